//! Which format some bytes are in: by content, then by name.

use crate::encoding::{decode, is_wide};

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text or Markdown, read as it stands.
    Text,
    /// A web page.
    Html,
    /// A web page in one file with all that it shows.
    Mhtml,
    /// A mail.
    Mail,
    /// RSS, Atom, RDF or CDF.
    Feed,
    /// One JSON object a line.
    Jsonl,
    /// One JSON value over several lines: an object, an array of them, a feed.
    Json,
    /// PDF.
    Pdf,
    /// Word.
    Docx,
    /// A table with a column of text.
    Csv,
    /// The same in columns.
    Parquet,
    /// A web archive.
    Warc,
    /// Compressed with gzip.
    Gzip,
    /// Compressed with Zstandard.
    Zstd,
    /// A ZIP archive, of documents or an office document.
    Zip,
    /// Nothing but white space, or nothing at all.
    Empty,
    /// Something that is not read; the message says what it is and what to do.
    Refused(&'static str),
}

/// First bytes of formats that are not text.
const MAGIC: &[(&[u8], Format)] = &[
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\x1f\x8b", Format::Gzip),
    (b"\x28\xb5\x2f\xfd", Format::Zstd),
    (b"PAR1", Format::Parquet),
    (b"WARC/", Format::Warc),
    (b"SQLite format 3\0", Format::Refused("is an SQLite database, not a document")),
    (b"\x89PNG", Format::Refused("is an image, not a document")),
    (b"\xff\xd8\xff", Format::Refused("is an image, not a document")),
    (b"GIF8", Format::Refused("is an image, not a document")),
    (b"\x7fELF", Format::Refused("is a program, not a document")),
    (
        b"\xd0\xcf\x11\xe0",
        Format::Refused(
            "is an old office document, which is not read (save it as .docx, or its text as .txt)",
        ),
    ),
    (b"{\\rtf", Format::Refused("is rich text, which is not read (save it as .docx or plain text)")),
    (b"7z\xbc\xaf\x27\x1c", Format::Refused("is a 7z archive, which is not read (unpack it first)")),
    (b"Rar!\x1a\x07", Format::Refused("is a RAR archive, which is not read (unpack it first)")),
    (b"BZh", Format::Refused("is compressed with bzip2, which is not read (unpack it first)")),
    (b"\xfd7zXZ\0", Format::Refused("is compressed with xz, which is not read (unpack it first)")),
    (b"filedesc://", Format::Refused("is an ARC archive, which is not read (convert it: warcio recompress)")),
];

const BINARY: &str = "is binary, not text: it holds NUL bytes (save its text as UTF-8)";
const TAR: &str = "is a TAR archive, which is not read (unpack it first)";
const SITEMAP: &str = "is a sitemap: a list of pages, not a page (give it to `tandem watch`)";

/// The mark that some editors put before UTF-8 text.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Bytes at the start that content detection looks at.
pub(crate) const HEAD: usize = 64 << 10;

/// Bytes at the start in which a PDF may begin.
const PDF_HEAD: usize = 1024;

/// Fields of a mail's head.
const MAIL: [&str; 16] = [
    "from",
    "to",
    "cc",
    "date",
    "subject",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "content-type",
    "reply-to",
    "sender",
    "dkim-signature",
    "x-mailer",
    "snapshot-content-location",
];

/// Tags with which pages and parts of pages begin.
const PAGE_TAGS: [&str; 20] = [
    "html", "head", "body", "title", "meta", "script", "style", "link", "div", "p", "h1", "h2", "table",
    "article", "main", "section", "span", "a", "ul", "header",
];

impl Format {
    /// The format of `bytes`, or of an input that begins with them, under a file name (which may be empty;
    /// `-` is a stream, in which a brace begins JSON lines).
    ///
    /// ```
    /// use tandem_read::Format;
    /// assert_eq!(Format::detect("a.txt", b"Trade grew."), Format::Text);
    /// assert_eq!(Format::detect("a.txt", br#"{"text": "Trade grew."}"#), Format::Jsonl);
    /// assert_eq!(Format::detect("a.txt", b"<rss version='2.0'>"), Format::Feed);
    /// ```
    pub fn detect(name: &str, bytes: &[u8]) -> Self {
        Self::of(name, bytes, None)
    }

    /// The same with the carrier's word on what it is, which counts where neither content nor name decide.
    pub(crate) fn of(name: &str, bytes: &[u8], media: Option<&str>) -> Self {
        let head = &bytes[..bytes.len().min(HEAD)];
        if let Some(&(_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            return format;
        }
        let pdf = memchr::memmem::find(&head[..head.len().min(PDF_HEAD)], b"%PDF-");
        if pdf.is_some_and(|at| at == 0 || ends(name, &["pdf"])) {
            return Self::Pdf;
        }
        if is_wide(head) {
            return Self::of_text(name, decode(head, None).text.as_bytes(), bytes.len(), media);
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Refused(TAR);
        }
        if memchr::memchr(0, head).is_some() {
            return Self::Refused(BINARY);
        }
        Self::of_text(name, head, bytes.len(), media)
    }

    /// The format of something without NUL bytes.
    fn of_text(name: &str, head: &[u8], length: usize, media: Option<&str>) -> Self {
        let start = trim(head);
        if start.is_empty() && length < HEAD {
            return Self::Empty;
        }
        match start.first() {
            Some(b'{' | b'[') if name == "-" && start[0] == b'{' => return Self::Jsonl,
            Some(b'{' | b'[') => return json_kind(name, start),
            Some(b'<') => {
                if let Some(format) = tagged(start) {
                    return format;
                }
            }
            _ => {}
        }
        if start.starts_with(b"WARC/") {
            return Self::Warc;
        }
        if let Some(format) = mail_kind(name, start) {
            return format;
        }
        by_name(name, start).or_else(|| by_media(media)).unwrap_or(Self::Text)
    }

    /// Whether it holds files that are looked at in turn.
    pub(crate) fn holds_files(self) -> bool {
        matches!(
            self,
            Self::Gzip | Self::Zstd | Self::Zip | Self::Warc | Self::Csv | Self::Parquet | Self::Mail
        )
    }

    /// Its media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Mhtml => "multipart/related",
            Self::Mail => "message/rfc822",
            Self::Feed => "application/xml",
            Self::Jsonl | Self::Json => "application/json",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Csv => "text/csv",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Warc => "application/warc",
            Self::Gzip => "application/gzip",
            Self::Zstd => "application/zstd",
            Self::Zip => "application/zip",
            Self::Empty | Self::Refused(_) => "application/octet-stream",
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

/// What begins with a tag: the first element decides, whatever stands before it.
fn tagged(start: &[u8]) -> Option<Format> {
    let name = first_element(start)?;
    let local = name.rsplit(':').next().unwrap_or(&name);
    match local {
        "rss" | "feed" | "rdf" | "channel" => Some(Format::Feed),
        "urlset" | "sitemapindex" => Some(Format::Refused(SITEMAP)),
        "!doctype" => Some(Format::Html),
        tag if PAGE_TAGS.contains(&tag) => Some(Format::Html),
        _ => None,
    }
}

/// The name of the first element in lower case; `!doctype` for a declaration of HTML.
fn first_element(mut rest: &[u8]) -> Option<String> {
    loop {
        rest = rest.trim_ascii_start();
        let end = if rest.starts_with(b"<!--") {
            memchr::memmem::find(rest, b"-->")? + 3
        } else if rest.starts_with(b"<?") {
            memchr::memmem::find(rest, b">")? + 1
        } else if rest.get(..9).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<!doctype")) {
            let declared = rest[9..].trim_ascii_start();
            if declared.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"html")) {
                return Some("!doctype".to_owned());
            }
            doctype_end(rest)?
        } else {
            let tag = rest.strip_prefix(b"<")?;
            let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))?;
            return Some(String::from_utf8_lossy(&tag[..end]).to_lowercase());
        };
        rest = &rest[end..];
    }
}

/// Past a document type declaration, which may hold further ones in brackets.
fn doctype_end(declaration: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'>', declaration)?;
    match memchr::memchr(b'[', &declaration[..end]) {
        None => Some(end + 1),
        Some(_) => Some(memchr::memmem::find(declaration, b"]>")? + 2),
    }
}

/// Fields of a mail's head, three of them, or one under the name of a mail.
fn mail_kind(name: &str, start: &[u8]) -> Option<Format> {
    const LINES: usize = 60;
    let (mut fields, mut page, mut parts) = (0, ends(name, &["mht", "mhtml"]), false);
    for line in start.split(|&byte| byte == b'\n').take(LINES) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if line[0].is_ascii_whitespace() {
            continue;
        }
        let colon = memchr::memchr(b':', line)?;
        let field = String::from_utf8_lossy(&line[..colon]).to_lowercase();
        if field.bytes().any(|byte| !(byte.is_ascii_alphanumeric() || b"-_".contains(&byte))) {
            return None;
        }
        fields += usize::from(MAIL.contains(&field.as_str()));
        page |= field == "snapshot-content-location";
        parts |= field == "content-type"
            && line.to_ascii_lowercase().windows(17).any(|w| w == b"multipart/related");
    }
    let enough = if ends(name, &["eml", "mht", "mhtml", "mail"]) { 1 } else { 3 };
    let saved_by_blink = memchr::memmem::find(&start[..start.len().min(200)], b"<Saved by ").is_some();
    (fields >= enough).then_some(if page || (parts && saved_by_blink) { Format::Mhtml } else { Format::Mail })
}

fn by_name(name: &str, start: &[u8]) -> Option<Format> {
    let has_tags = || memchr::memchr(b'<', start).is_some();
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" | "tsv" => Some(Format::Csv),
        "html" | "htm" | "xhtml" | "shtml" if has_tags() => Some(Format::Html),
        "rss" | "atom" | "rdf" if has_tags() => Some(Format::Feed),
        _ => None,
    }
}

fn by_media(media: Option<&str>) -> Option<Format> {
    match media? {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => Some(Format::Feed),
        "text/csv" => Some(Format::Csv),
        _ => None,
    }
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
