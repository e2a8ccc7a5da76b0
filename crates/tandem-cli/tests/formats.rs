//! Folders as analysts have them: every format through the real program.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::process::Stdio;

use common::{Place, ran, report};

/// A file of one of five formats with its text.
fn mixed(number: usize) -> (String, String) {
    let text = report(number);
    let (ending, content) = match number % 5 {
        0 => ("txt", text),
        1 => ("html", format!("<!DOCTYPE html><html><body><p>{text}</p></body></html>")),
        2 => ("jsonl", serde_json::json!({"id": format!("j{number}"), "text": text}).to_string()),
        3 => (
            "eml",
            format!(
                "From: a@b.test\r\nSubject: S\r\nDate: Mon, 31 Mar 2025 10:00:00 +0500\r\n\r\n{text}\r\n"
            ),
        ),
        _ => (
            "rss",
            format!(
                "<rss><channel><item><guid>{number}</guid><description>{text}</description></item></channel></rss>"
            ),
        ),
    };
    (format!("in/{number:03}.{ending}"), content)
}

#[test]
fn a_mixed_folder_is_read_and_what_is_broken_is_named() {
    let place = Place::new();
    for number in 0..100 {
        let (name, content) = mixed(number);
        place.write(&name, content);
    }
    place
        .write("in/000.txt", b"\0\x01\x02")
        .write("in/011.html", "<html><script>1</script></html>")
        .write("in/022.jsonl", "{oops\n")
        .write("in/001_files/ad.html", "<p>Not a document.</p>");
    let run = place.run(&["read", "in"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.err,
        "tandem: in/000.txt: is binary, not text: it holds NUL bytes (save its text as UTF-8)\n\
         tandem: in/011.html: holds no text beside menus and scripts (save the page once it is loaded, or its text as .txt)\n\
         tandem: in/022.jsonl:1: is not valid JSON: key must be a string at column 2 (one object a line: {\"text\": …})\n"
    );
    assert!(run.out.starts_with("97 new, 0 changed, 0 known already; "), "{}", run.out);
    let again = place.run(&["read", "in"]);
    assert!(again.out.starts_with("0 new, 0 changed, 97 known already; "), "{}", again.out);
}

/// A PDF of one page with one line.
fn pdf(text: &str) -> String {
    let drawing = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
    ];
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = file.len();
    format!(
        "{file}xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
}

#[test]
fn pdfs_are_read_by_a_child_and_broken_ones_are_named() {
    let place = Place::new();
    let text = "Trade between Kazakhstan and Uzbekistan reached $4.3 billion in 2024.";
    place.write("in/a.pdf", pdf(text)).write("in/b.pdf", "%PDF-1.4 and no more");
    let run = place.run(&["extract", "in"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("\"doc\":\"a\"") && run.out.contains("4300000000"), "{}", run.out);
    assert!(
        run.err.starts_with("tandem: in/b.pdf: is damaged") && run.err.lines().count() == 1,
        "{}",
        run.err
    );
}

#[test]
fn a_child_whose_time_is_up_ends_itself() {
    let place = Place::new();
    let child = place
        .command(&["pdf-pages", "1", "2048"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Standard input stays open, so that the child waits for a PDF that never comes.
    let mut child = child;
    let open = child.stdin.take();
    let run = ran(child.wait_with_output().unwrap());
    drop(open);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (124, "", ""));
}
