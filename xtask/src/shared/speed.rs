//! Speed as ratios, which a busy machine does not disturb much.

use std::fs;
use std::hint::black_box;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use tandem_read::{At, Format, Found, Hints, Options, Source, html, unpack};

use super::Bench;

/// How much more than its parts the whole may cost: noise, not a loss.
const TOLERANCE: f64 = 1.25;
/// Rounds at most. Whole and parts are timed in turn, and one round within the tolerance will do: what else the machine does
/// comes and goes, a loss of ours is in every round.
const ROUNDS: usize = 8;

/// A `.warc.gz` of the shared pages costs no more than unpacking it and taking the main text of its pages.
pub(super) fn web_archive(bench: &Bench) -> Result<()> {
    let pages = pages(bench)?;
    let archive = pack(&pages)?;
    let texts: Vec<String> = pages.iter().map(|page| String::from_utf8_lossy(page).into_owned()).collect();
    let unpack = || {
        let mut all = Vec::new();
        MultiGzDecoder::new(&archive[..]).read_to_end(&mut all).map(black_box).is_ok()
    };
    let extract =
        || texts.iter().all(|text| black_box(html::read(text, &Hints::default())).remarks.len() < 99);
    let found = read(&archive);
    ensure!(found >= pages.len() * 9 / 10, "{found} pages of {} are read", pages.len());
    let mut said = Vec::new();
    for _ in 0..ROUNDS {
        let (unpacking, extracting, reading) = (timed(unpack), timed(extract), timed(|| read(&archive) > 0));
        let ratio = reading.as_secs_f64() / (unpacking + extracting).as_secs_f64();
        if ratio <= TOLERANCE {
            return Ok(());
        }
        said.push(format!(
            "reading takes {reading:.2?}, {ratio:.2} times unpacking ({unpacking:.2?}) and extraction ({extracting:.2?})"
        ));
    }
    bail!("{}", said.join("\n      "))
}

/// The pages of the shared set.
fn pages(bench: &Bench) -> Result<Vec<Vec<u8>>> {
    let folder = bench.shared.join("data/web-articles");
    let walk = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().flatten();
    let mut pages = Vec::new();
    for entry in walk.filter(|entry| entry.path().to_string_lossy().ends_with(".html.gz")) {
        let mut page = Vec::new();
        MultiGzDecoder::new(fs::File::open(entry.path())?).read_to_end(&mut page)?;
        pages.push(page);
    }
    ensure!(!pages.is_empty(), "{} holds no page", folder.display());
    Ok(pages)
}

/// The pages as a web archive, a member a record.
fn pack(pages: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut archive = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec();
        body.extend_from_slice(page);
        let mut member = GzEncoder::new(Vec::new(), flate2::Compression::default());
        write!(
            member,
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.test/{number}\r\nContent-Type: application/http; \
             msgtype=response\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )?;
        member.write_all(&body)?;
        member.write_all(b"\r\n\r\n")?;
        archive.extend(member.finish().context("cannot pack")?);
    }
    Ok(archive)
}

/// Pages that are read out of an archive on one thread.
fn read(archive: &[u8]) -> usize {
    let options = Options::default();
    let mut pages = 0;
    let _whole =
        unpack(Source::Memory(archive), &At::file("a.warc.gz", "a.warc.gz"), &options, &mut |found| {
            if let Found::Piece(piece) = found
                && piece.format == Format::Html
            {
                pages += usize::from(!tandem_read::understand(&piece, &options).articles.is_empty());
            }
            ControlFlow::Continue(())
        });
    pages
}

fn timed(work: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}
