//! Which format some bytes are in: by content, then by name.

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 text or Markdown, read as it stands.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// One JSON object, or an array of them, over several lines.
    Json,
    /// A web page.
    Html,
    /// Nothing but white space, or nothing at all.
    Empty,
    /// Something that is not read; the message says what it is and what to do.
    Refused(&'static str),
}

/// First bytes of formats that are not read, with what to say about them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "is a PDF, which is not read yet (save its text as .txt)"),
    (b"PK\x03\x04", "is a ZIP archive or an office document, which is not read yet (save its text as .txt)"),
    (b"\x1f\x8b", "is compressed with gzip (unpack it first)"),
    (b"SQLite format 3\0", "is an SQLite database, not a document"),
    (b"\x89PNG", "is an image, not a document"),
    (b"\xff\xd8\xff", "is an image, not a document"),
    (b"GIF8", "is an image, not a document"),
    (b"\x7fELF", "is a program, not a document"),
    (b"\xd0\xcf\x11\xe0", "is an old office document, which is not read yet (save its text as .txt)"),
    (b"{\\rtf", "is rich text, which is not read yet (save it as plain text)"),
    (b"\xff\xfe", "is in UTF-16, not UTF-8 (convert it: iconv -f UTF-16 -t UTF-8)"),
    (b"\xfe\xff", "is in UTF-16, not UTF-8 (convert it: iconv -f UTF-16 -t UTF-8)"),
];

const BINARY: &str = "is binary, not text: it holds NUL bytes (save its text as UTF-8)";

/// The mark that some editors put before UTF-8 text.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Bytes at the start that content detection looks at.
const HEAD: usize = 64 << 10;

impl Format {
    /// The format of `bytes`, or of an input that begins with them, under a file name (which may be empty).
    ///
    /// ```
    /// use tandem_read::Format;
    /// assert_eq!(Format::detect("a.txt", b"Trade grew."), Format::Text);
    /// assert_eq!(Format::detect("a.txt", br#"{"text": "Trade grew."}"#), Format::Jsonl);
    /// ```
    pub fn detect(name: &str, bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(HEAD)];
        if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Self::Refused(what);
        }
        if memchr::memchr(0, head).is_some() {
            return Self::Refused(BINARY);
        }
        let start = trim(head);
        if start.is_empty() && bytes.len() <= HEAD {
            return Self::Empty;
        }
        match start.first() {
            Some(b'{' | b'[') => json_kind(name, start),
            Some(b'<') if is_html(start) => Self::Html,
            _ if ends(name, &["jsonl", "ndjson"]) => Self::Jsonl,
            _ => Self::Text,
        }
    }
}

/// Objects with a key at once are JSONL when a line holds one whole; text in braces stays text.
fn json_kind(name: &str, start: &[u8]) -> Format {
    if ends(name, &["jsonl", "ndjson"]) {
        return Format::Jsonl;
    }
    let after = trim(&start[1..]);
    let looks_like_json = match start[0] {
        b'{' => after.first() == Some(&b'"'),
        _ => after.first() == Some(&b'{'),
    };
    if !looks_like_json && !ends(name, &["json"]) {
        return Format::Text;
    }
    let line_end = memchr::memchr(b'\n', start).unwrap_or(start.len());
    let whole_line = serde_json::from_slice::<serde::de::IgnoredAny>(&start[..line_end]).is_ok();
    let cut_off = line_end >= HEAD / 2;
    if start[0] == b'{' && (whole_line || cut_off) { Format::Jsonl } else { Format::Json }
}

fn is_html(start: &[u8]) -> bool {
    let head: Vec<u8> = start.iter().take(512).map(u8::to_ascii_lowercase).collect();
    head.starts_with(b"<!doctype html")
        || head.starts_with(b"<html")
        || memchr::memmem::find(&head, b"<head").is_some()
}

fn ends(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, end)| endings.iter().any(|wanted| end.eq_ignore_ascii_case(wanted)))
}

/// Without a byte-order mark and leading white space.
fn trim(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes).trim_ascii_start()
}

/// A size for a person: `64 MB`, `100 MB`, `812 bytes` (1 MB is 1 048 576 bytes).
pub fn human_size(bytes: u64) -> String {
    const MEGA: u64 = 1 << 20;
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..MEGA => format!("{} kB", bytes.div_ceil(1024)),
        _ => format!("{} MB", bytes.div_ceil(MEGA)),
    }
}
