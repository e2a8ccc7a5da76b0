//! Feeds and web archives of public test sets: what is in them is found, what is broken does no harm.
//!
//! The feeds say in a comment what a reader must find (`Expect: … entries[0]['title'] == 'Example' …`);
//! as far as that is about titles, links, ids and dates of entries, it is held against ours.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use flate2::read::MultiGzDecoder;
use tandem_read::feed::{Entry, Feed, read_json, read_xml};
use tandem_read::warc::Records;
use tandem_read::{At, Options};

use super::Bench;

/// Longest time for one feed.
const PATIENCE: Duration = Duration::from_secs(5);

/// All files under a folder of the test data, in order.
fn files(bench: &Bench, folder: &str) -> Result<Vec<PathBuf>> {
    let folder = bench.shared.join("data").join(folder);
    let walk = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter();
    let files: Vec<PathBuf> = walk
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    ensure!(!files.is_empty(), "{} holds nothing", folder.display());
    Ok(files)
}

/// Every well-formed feed: its entries are counted, and what it expects of them is there.
pub(super) fn entries(bench: &Bench) -> Result<()> {
    let mut wrong = Vec::new();
    let (mut feeds, mut found, mut held) = (0, 0, 0);
    for path in files(bench, "feeds/wellformed")?.into_iter().chain(files(bench, "feeds/json")?) {
        let bytes = fs::read(&path)?;
        let json = path.extension().is_some_and(|ending| ending == "json");
        let feed = if json { read_json(&bytes).context("no JSON feed")? } else { read_xml(&bytes, None) };
        let name = path.strip_prefix(&bench.shared).unwrap_or(&path).display().to_string();
        let text = String::from_utf8_lossy(&bytes);
        feeds += 1;
        found += feed.entries.len();
        let tags = if json { 2 } else { tags(&text, "item") + tags(&text, "entry") };
        if feed.entries.len() != tags {
            wrong.push(format!("{name}: {} entries of {tags}", feed.entries.len()));
        }
        // What such feeds expect rests on the head of an HTTP answer, which is not in the file.
        let from_http = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("http_"));
        // Their day is Greenwich's, ours that of the place, which is in the feed.
        let elsewhere = name.ends_with("cdf/item_lastmod_parsed.xml");
        for clause in expected(&text).split(" and ").filter(|_| !from_http && !elsewhere) {
            match holds(clause, &feed) {
                Some(None) => held += 1,
                Some(Some(fault)) => wrong.push(format!("{name}: {fault}")),
                None => {}
            }
        }
    }
    let count = wrong.len();
    ensure!(
        wrong.is_empty(),
        "{count} of {feeds} feeds ({found} entries, {held} expectations held):\n{}",
        wrong.join("\n")
    );
    Ok(())
}

/// Every ill-formed or oddly encoded feed: in time and without a panic.
pub(super) fn ill_formed(bench: &Bench) -> Result<()> {
    for folder in ["feeds/illformed", "feeds/encoding", "feeds/entities"] {
        for path in files(bench, folder)? {
            let bytes = fs::read(&path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let start = Instant::now();
            let outcome = std::panic::catch_unwind(|| {
                let feed = read_xml(&bytes, None);
                let reading = tandem_read::read(&bytes, &At::file(&name, &name), &Options::default());
                feed.entries.len() + reading.articles.len()
            });
            ensure!(outcome.is_ok(), "{name}: a panic");
            ensure!(start.elapsed() < PATIENCE, "{name}: {} s", start.elapsed().as_secs());
        }
    }
    Ok(())
}

/// The expectation of a feed, without its condition on well-formedness.
fn expected(text: &str) -> &str {
    let after = text.split_once("Expect:").map_or("", |(_, after)| after);
    after.split("-->").next().unwrap_or_default().trim()
}

/// How often an element begins; comments, which quote some, stand before the feed and hold no tags.
fn tags(text: &str, name: &str) -> usize {
    let body = text.split_once("-->").map_or(text, |(_, body)| body);
    body.match_indices('<')
        .filter(|&(at, _)| {
            let tag = &body[at + 1..];
            let end = tag.find(|c: char| c.is_whitespace() || "/>".contains(c)).unwrap_or(tag.len());
            let local = tag[..end].rsplit(':').next().unwrap_or_default();
            local.eq_ignore_ascii_case(name)
        })
        .count()
}

/// Whether `entries[0]['title'] == … == 'Example'` holds: nothing for what is about something else,
/// else the fault, if there is one.
fn holds(clause: &str, feed: &Feed) -> Option<Option<String>> {
    let mut sides: Vec<&str> = clause.split(" == ").map(str::trim).collect();
    let wanted = sides.pop().filter(|_| !sides.is_empty())?;
    let faults = sides.into_iter().map(|side| {
        let (number, field) = field_of(side)?;
        let ours = feed.entries.get(number).map(|entry| value(entry, field));
        let theirs = literal(wanted)?;
        let same = ours.as_ref().is_some_and(|ours| match field {
            "title" => *ours == one_line(&theirs) || *ours == bare(&theirs),
            _ => *ours == theirs,
        });
        Some((!same).then(|| format!("{clause}: {ours:?}")))
    });
    faults.collect::<Option<Vec<_>>>().map(|faults| faults.into_iter().flatten().next())
}

/// `entries[0]['title']` or `entries[0].title` as number and field.
fn field_of(side: &str) -> Option<(usize, &str)> {
    let rest = side.strip_prefix("entries[")?;
    let (number, rest) = rest.split_once(']')?;
    let field = rest
        .strip_prefix("['")
        .and_then(|rest| rest.strip_suffix("']"))
        .or_else(|| rest.strip_prefix('.'))?;
    let known = ["title", "link", "id", "guid", "published_parsed", "updated_parsed"].contains(&field);
    Some((number.parse().ok()?, field)).filter(|_| known)
}

fn value(entry: &Entry, field: &str) -> String {
    match field {
        "title" => one_line(entry.title.as_deref().unwrap_or_default()),
        "link" => entry.link.clone().unwrap_or_default(),
        "id" | "guid" => entry.key.clone().unwrap_or_default(),
        _ => entry.published.map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// A quoted string, or the day of a tuple; nothing for what is more than that.
fn literal(written: &str) -> Option<String> {
    if let Some(tuple) = written.strip_prefix('(') {
        let numbers: Vec<u32> =
            tuple.split(',').take(3).filter_map(|number| number.trim().parse().ok()).collect();
        let [year, month, day] = numbers[..] else { return None };
        return Some(format!("{year:04}-{month:02}-{day:02}"));
    }
    let inner = written.strip_prefix('\'')?.strip_suffix('\'')?;
    let text = inner.replace("\\'", "\u{1}");
    (!text.contains(['\'', '\\'])).then_some(())?;
    Some(text.replace('\u{1}', "'"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// HTML as text in one line: a title is the same with markup and without.
fn bare(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    one_line(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// What is to come out of each web archive: articles, and the numbers of records that are complained of
/// (0 for the file itself). Those that other readers call bad for how their records are packed are read whole.
const ARCHIVES: &[(&str, usize, &[u64])] = &[
    ("example-bad-non-chunked.warc.gz", 1, &[]),
    ("example-bad.warc.gz.bad", 1, &[]),
    ("example-digest.warc", 0, &[0]),
    ("example-iana.org-chunked.warc", 1, &[]),
    ("example-resource.warc.gz", 1, &[]),
    ("example-space-in-target-uri.warc.gz", 0, &[0]),
    ("example-trunc.warc", 1, &[3]),
    ("example-wget-bad-target-uri.warc.gz", 1, &[]),
    ("example-wrong-chunks.warc.gz", 1, &[]),
    ("example.warc", 1, &[]),
    ("example.warc.gz", 1, &[]),
    ("post-test.warc.gz", 0, &[0]),
];

/// Records of all kinds, counted by the lines that begin them, are found in each archive.
fn records(path: &Path) -> Result<(usize, usize)> {
    let mut bytes = fs::read(path)?;
    if bytes.starts_with(b"\x1f\x8b") {
        let packed = std::mem::take(&mut bytes);
        MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes)?;
    }
    let begun = bytes
        .windows(10)
        .filter(|window| window.starts_with(b"WARC/1.") && window.ends_with(b"\r\n"))
        .count();
    let mut source = &bytes[..];
    let found = Records::new(&mut source, u64::MAX >> 1).filter(Result::is_ok).count();
    Ok((begun, found))
}

/// Every record of the good archives, and a word on each fault of the bad ones.
pub(super) fn web_archives(bench: &Bench) -> Result<()> {
    let mut wrong = Vec::new();
    for path in files(bench, "warc")?.iter().filter(|path| !path.ends_with("LICENSE")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (articles, complaints) = archive(path, &name)?;
        let (begun, found) = records(path)?;
        if begun != found {
            wrong.push(format!("{name}: {found} records of {begun}"));
        }
        let expected = ARCHIVES.iter().find(|(known, ..)| *known == name);
        let Some((_, wanted, faults)) = expected else {
            wrong.push(format!("{name} is new: {articles} articles, {complaints:?}"));
            continue;
        };
        let places: Vec<u64> = complaints.iter().map(|(place, _)| *place).collect();
        if articles != *wanted || places != *faults {
            wrong.push(format!("{name}: {articles} articles, {complaints:?}"));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn archive(path: &Path, name: &str) -> Result<(usize, Vec<(u64, String)>)> {
    let reading = tandem_read::read(&fs::read(path)?, &At::file(name, name), &Options::default());
    let number =
        |place: &str| place.rsplit_once('!').and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
    let complaints = reading.diagnostics.into_iter().map(|remark| (number(&remark.place), remark.message));
    Ok((reading.articles.len(), complaints.collect()))
}
