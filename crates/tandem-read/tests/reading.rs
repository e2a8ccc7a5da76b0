//! Every format and every bad input, as a table: what comes out, whole.

use proptest::prelude::*;
use tandem_read::{At, Format, Limits, Options, Reading, read};

/// What comes out of one input, written as `id|published|publisher|title|text` lines and `! place: message` lines.
fn outcome(name: &str, bytes: &[u8], sidecar: Option<&[u8]>, limits: Limits) -> String {
    let sidecar = sidecar.map(|bytes| ("x.meta.json".to_owned(), bytes.to_vec()));
    let at = At { sidecar, ..At::file(name, name) };
    show(&read(bytes, &at, &Options { limits, ..Options::default() }))
}

fn show(reading: &Reading) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let articles = reading.articles.iter().map(|a| {
        let published = a.published.map_or("-".to_owned(), |date| date.to_string());
        format!("{}|{published}|{}|{}|{}", a.id, text(&a.publisher), text(&a.title), a.text)
    });
    let remarks = reading.diagnostics.iter().map(|d| format!("! {}: {}", d.place, d.message));
    articles.chain(remarks).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(name: &str, bytes: &[u8], sidecar: Option<&str>, expected: &str) {
    assert_eq!(outcome(name, bytes, sidecar.map(str::as_bytes), Limits::default()), expected, "{name}");
}

#[test]
fn text_keeps_its_bytes_and_takes_its_name() {
    check("a.b.txt", b"Trade grew.\r\n", None, "a.b|-|-|-|Trade grew.\r\n");
    check("notes.md", b"# Head\nText", None, "notes|-|-|-|# Head\nText");
    check(".hidden", b"Text", None, ".hidden|-|-|-|Text");
    check("wide.txt", b"\xff\xfeT\0e\0x\0t\0", None, "wide|-|-|-|Text");
    check("old.txt", b"\xd2\xee\xf0\xe3\xee\xe2\xeb\xff \xec\xe5\xe6\xe4\xf3 \xf1\xf2\xf0\xe0\xed\xe0\xec\xe8 \xe2\xfb\xf0\xee\xf1\xeb\xe0.", None, "old|-|-|-|Торговля между странами выросла.");
    check("bom.txt", "\u{feff}Text".as_bytes(), None, "bom|-|-|-|\u{feff}Text");
    check(
        "",
        b"Text",
        None,
        "7c7a5c99f68f|-|-|-|Text"
            .replace("7c7a5c99f68f", &tandem_model::content_hash(b"Text")[..12])
            .as_str(),
    );
}

#[test]
fn sidecars_describe_and_never_cost_the_text() {
    check(
        "a.txt",
        b"Text",
        Some(
            r#"{"id": "d1", "published": "2025-07-24", "publisher": "Trend", "lang": "en", "title": "T", "mood": 3}"#,
        ),
        "d1|2025-07-24|Trend|T|Text",
    );
    check(
        "a.txt",
        b"Text",
        Some(r#"{"published": "2025-07-24T10:00:00Z", "publisher": null}"#),
        "a|2025-07-24|-|-|Text",
    );
    check(
        "a.txt",
        b"Text",
        Some("{oops"),
        "a|-|-|-|Text\n! x.meta.json: is not valid JSON: key must be a string at line 1 column 2; the text was read \
         without it (mend it or remove it)",
    );
    check(
        "a.txt",
        b"Text",
        Some("[1]"),
        "a|-|-|-|Text\n! x.meta.json: is not a JSON object; the text was read without it (expected {\"published\": …, …})",
    );
    check(
        "a.txt",
        b"Text",
        Some(r#"{"published": "24 July", "publisher": 5}"#),
        "a|-|-|-|Text\n! x.meta.json: \"publisher\" is a number, not a string; it was left out\n! x.meta.json: \"published\" \
         is \"24 July\", not a date like 2025-07-24; the document was read without it",
    );
}

#[test]
fn a_bad_line_costs_only_itself() {
    let lines = b"{\"id\": \"d1\", \"text\": \"One\"}\n\n{broken\n{\"id\": 7, \"title\": \"T\", \"text\": \"Two\"}\n{\"id\": \"x\"}\n[1]\n{\"text\": 5}\n{\"text\": \" \"}\n{\"text\":\"\xff\"}";
    check(
        "a.jsonl",
        lines,
        None,
        "d1|-|-|-|One\n7|-|-|T|Two\n! a.jsonl:3: is not valid JSON: key must be a string at column 2 (one object a line: \
         {\"text\": …})\n! a.jsonl:5: has no \"text\" (only \"text\" is required)\n! a.jsonl:6: is a list, not an object \
         (expected {\"text\": …})\n! a.jsonl:7: \"text\" is a number, not a string\n! a.jsonl:8: \"text\" is empty\n! \
         a.jsonl:9: is not valid UTF-8: byte 0xff at byte 10 of the line (save it as UTF-8)",
    );
}

#[test]
fn one_json_value_over_lines_is_read() {
    check("a.json", b"{\n \"id\": \"d1\",\n \"text\": \"One\"\n}\n", None, "d1|-|-|-|One");
    check(
        "a.json",
        b"[\n {\"id\": \"d1\", \"text\": \"One\"},\n {\"id\": \"d2\"}]",
        None,
        "d1|-|-|-|One\n! a.json[1]: has no \"text\" (only \"text\" is required)",
    );
    check("a.txt", b"{ unclear } what this is", None, "a|-|-|-|{ unclear } what this is");
}

#[test]
fn what_cannot_be_read_is_said() {
    let binary = "! b: is binary, not text: it holds NUL bytes (save its text as UTF-8)";
    check("b", b"", None, "! b: is empty (put the article's text in it, or remove it)");
    check("b", b" \n\t\n", None, "! b: is empty (put the article's text in it, or remove it)");
    check("b", b"\xef\xbb\xbf", None, "! b: is empty (put the article's text in it, or remove it)");
    check("b", b"ab\0cd", None, binary);
    check("b", &[b"a".repeat(70 << 10), b"\0".to_vec()].concat(), None, binary);
    check("b", b"Rar!\x1a\x07\0", None, "! b: is a RAR archive, which is not read (unpack it first)");
    check(
        "b",
        b"Line\nTr\xe0de",
        None,
        "! b: is not valid UTF-8: byte 0xe0 at offset 7, line 2 (save it as UTF-8; if it is in another encoding: iconv -f \
         WINDOWS-1251 -t UTF-8)",
    );
}

#[test]
fn pages_are_decoded_and_their_text_is_taken() {
    check(
        "b.htm",
        b"<!DOCTYPE html><html lang=en><head><title>Trade grew</title></head><body><p>Trade grew.</p></body></html>",
        None,
        "b|-|-|Trade grew|Trade grew.",
    );
    check(
        "b",
        b"<html><meta charset=windows-1251><p>\xd2\xee\xf0\xe3\xee\xe2\xeb\xff</p>",
        Some(r#"{"published": "2025-01-31", "title": "T"}"#),
        "b|2025-01-31|-|T|\u{422}\u{43e}\u{440}\u{433}\u{43e}\u{432}\u{43b}\u{44f}",
    );
    check(
        "b",
        b"<html><script>1</script>",
        None,
        "! b: holds no text beside menus and scripts (save the page once it is loaded, or its text as .txt)",
    );
}

#[test]
fn sizes_are_limited() {
    let limits = Limits { document_bytes: 16, ..Limits::default() };
    let expected = "! a.txt: is too large: more than 16 bytes, which one document may hold (split it, or allow more with \
                    --max-size)";
    assert_eq!(outcome("a.txt", &b"a".repeat(17), None, limits), expected);
    assert_eq!(
        outcome("a.jsonl", b"{\"text\": \"abcdefgh\"}\n{\"text\":\"b\"}", None, limits)
            .matches("more than")
            .count(),
        1
    );
}

proptest! {
    #[test]
    fn no_bytes_cause_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in ".{0,12}", sidecar in proptest::option::of(".{0,40}")) {
        let reading = outcome(&name, &bytes, sidecar.as_deref().map(str::as_bytes), Limits::default());
        prop_assert!(!reading.is_empty() || matches!(Format::detect(&name, &bytes), Format::Jsonl));
    }

    #[test]
    fn no_json_causes_a_panic(text in "[\\[\\]{}\":,a-z0-9 \\n\\\\u\u{feff}]{0,80}") {
        outcome("a.jsonl", text.as_bytes(), None, Limits::default());
        outcome("a.json", text.as_bytes(), Some(text.as_bytes()), Limits::default());
    }

    #[test]
    fn text_comes_back_as_it_went_in(text in "\\PC{1,80}") {
        prop_assume!(!text.trim().is_empty() && !text.contains('\0'));
        let line = serde_json::json!({"id": "d", "text": text}).to_string();
        let reading = read(line.as_bytes(), &At::file("-", ""), &Options::default());
        prop_assert_eq!(&reading.articles[0].text, &text);
        prop_assert_eq!(&reading.articles[0].sha256, &tandem_model::content_hash(text.as_bytes()));
    }
}
