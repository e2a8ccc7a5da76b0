//! Files made to do harm: bounded time and memory, a word on each, the rest read.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::{Duration, Instant};

use support::{docx, gzip, outcome, page, pdf, response, show, zip, zstd};
use tandem_read::{At, Limits, Options, read};

/// Small limits, so that what would take a gigabyte takes a megabyte.
fn small() -> Options {
    let limits = Limits { document_bytes: 1 << 20, nested_bytes: 4 << 20, ..Limits::default() };
    Options { limits, ..Options::default() }
}

#[track_caller]
fn check_small(name: &str, bytes: &[u8], expected: &str) {
    let began = Instant::now();
    assert_eq!(show(&read(bytes, &At::file(name, name), &small())), expected, "{name}");
    assert!(began.elapsed() < Duration::from_secs(20), "{name}: bounded time");
}

const TOO_LARGE: &str =
    "is too large: more than 1 MB, which one document may hold (split it, or allow more with --max-size)";

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![b' '; 30 << 20];
    check_small("a.txt.gz", &gzip(&zeros), &format!("! a.txt.gz: {TOO_LARGE}"));
    check_small("a.txt.zst", &zstd(&zeros), &format!("! a.txt.zst: {TOO_LARGE}"));
    check_small(
        "a.zip",
        &zip(&[("bomb.txt", &zeros), ("good.txt", b"Trade grew.")]),
        &format!("good|-|-|-|-|Trade grew.\n! a.zip!bomb.txt: {TOO_LARGE}"),
    );
    // Many lines, each short: the limit on the whole holds.
    let lines = "\n".repeat(30 << 20);
    check_small(
        "a.jsonl.zst",
        &zstd(lines.as_bytes()),
        "! a.jsonl.zst: cannot be read on: it unpacks to more than 200 times its size, as decompression bombs do (allow more \
         with --max-expansion)",
    );
    let said = show(&read(
        &docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(3 << 20))),
        &At::file("a.docx", "a.docx"),
        &small(),
    ));
    assert!(said.starts_with("! a.docx: is too large") || said.contains("decompression bombs"), "{said}");
}

#[test]
fn archives_in_archives_come_to_an_end() {
    let mut archive = zip(&[("a.txt", b"Trade grew.")]);
    for _ in 0..3 {
        archive = zip(&[("inner.zip", &archive), ("good.txt", b"Roads too.")]);
    }
    let said = outcome("x.zip", &archive);
    assert!(said.contains("a|-|-|-|-|Trade grew."), "{said}");
    for _ in 0..3 {
        archive = zip(&[("inner.zip", &archive), ("good.txt", b"Roads too.")]);
    }
    let said = outcome("x.zip", &archive);
    assert!(said.contains("lies in 5 archives, one in another, and was not unpacked"), "{said}");
    assert!(said.contains("good|-|-|-|-|Roads too."), "{said}");
}

#[test]
fn deep_nesting_is_no_harm() {
    let began = Instant::now();
    for depth in [10_000, 100_000] {
        let tags = format!("<html><body>{}<p>Trade grew.</p>", "<div>".repeat(depth));
        let said = outcome("a.html", tags.as_bytes());
        assert!(
            said.contains("Trade grew.") || said.starts_with("! a.html: "),
            "{}",
            &said[..said.len().min(200)]
        );
        let feed = format!(
            "<rss><channel><item><title>T</title><description>{}x</description></item>",
            "<b>".repeat(depth)
        );
        assert!(outcome("a.rss", feed.as_bytes()).contains("|T|-|"));
        let word = docx(&format!("{}<w:p><w:r><w:t>Trade grew.</w:t></w:r></w:p>", "<w:sdt>".repeat(depth)));
        assert_eq!(outcome("a.docx", &word), "a|-|-|A visit|-|Trade grew.");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let lines = format!("{{\"text\": {deep}}}\n{{\"text\": \"Trade grew.\", \"id\": \"b\"}}");
    let said = outcome("a.jsonl", lines.as_bytes());
    let expected = "b|-|-|-|-|Trade grew.\n! a.jsonl:1: is not valid JSON: recursion limit exceeded";
    assert!(said.starts_with(expected), "{said}");
    assert!(outcome("a.json", deep.as_bytes()).starts_with("! a.json: is not valid JSON: recursion limit"));
    assert!(began.elapsed() < Duration::from_secs(120), "bounded time: {:?}", began.elapsed());
}

#[test]
fn damaged_pdfs_cost_only_themselves() {
    let good = pdf(&["Trade of the two countries reached $4.3 billion in 2024, the ministry said."]);
    let text = String::from_utf8_lossy(&good).into_owned();
    let broken = [
        text.replace("startxref\n", "startxref\n9"),
        text.replace("/Kids [4 0 R]", "/Kids [2 0 R]"),
        text.replace("/Parent 2 0 R", "/Parent 4 0 R"),
        text.replace("/Contents 5 0 R", "/Contents 99 0 R"),
        text.replace("Helvetica", &"[".repeat(50_000)),
        text.replace("/Count 1", "/Count -1"),
        text.replace("/WinAnsiEncoding", "<< /Differences [0 /a 999 /b (x)] >>"),
    ];
    for bytes in &broken {
        let archive = zip(&[("broken.pdf", bytes.as_bytes()), ("good.txt", b"Roads too.")]);
        assert!(outcome("x.zip", &archive).contains("good|-|-|-|-|Roads too."));
    }
}

#[test]
fn a_web_archive_of_lies_is_read_on() {
    let good = response("http://a.test/", "Content-Type: text/html", page("T", "Trade grew.").as_bytes());
    let long = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n".to_vec();
    let endless = [b"WARC/1.0\r\n".to_vec(), vec![b'x'; 200_000], b"\r\n".to_vec()].concat();
    let said = outcome("d.warc", &[long, good.clone(), endless, good].concat());
    assert_eq!(said.matches("|Trade grew.").count(), 2, "{said}");
    assert_eq!(said.matches("the record was left out, the rest is read").count(), 2, "{said}");
}
