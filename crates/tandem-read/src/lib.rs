//! Bytes to articles: `&[u8]` plus what is known of them → [`Article`]s and diagnostics.
//!
//! Everything here is pure: whoever calls opens the files. The format is told by content first and
//! by name second ([`Format::detect`]), because folders of clippings are full of wrong endings.
//! Nothing fails as a whole: what cannot be read becomes a [`Diagnostic`] that says what, where and
//! how to mend it, and everything else is still read.
//!
//! **The text is the file's bytes, unaltered**: line ends, a byte-order mark and odd spaces stay, so
//! that an offset in a statement is an offset in the file and `sha256sum FILE` is the document's
//! hash. Refused alternative: dropping the byte-order mark, which would move every offset by three
//! bytes against the file that the reader of a ledger holds.

mod card;
mod encoding;
mod format;
pub mod html;
mod json;
mod page;
mod text;

pub use card::{Sidecar, apply_sidecar};
pub use format::{Format, human_size};
pub use json::{read_json, read_line};
pub use text::read_text;

use tandem_model::{Article, Date, Diagnostic};

/// What the carrier of a document says of it: an HTTP header, an entry of a feed, a mail's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Where it was published.
    pub url: Option<String>,
    /// Label of its encoding (`windows-1251`).
    pub charset: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Language code.
    pub lang: Option<String>,
}

/// How much one document may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest size of one document (a text file, or one line of JSONL), in bytes.
    pub document_bytes: u64,
}

impl Default for Limits {
    /// 64 MiB: the largest single press release is a hundredth of it, and a text of that size still
    /// fits in memory several times over.
    fn default() -> Self {
        Self { document_bytes: 64 << 20 }
    }
}

impl Limits {
    /// The complaint about something that is too large.
    pub fn refusal(&self, place: &str, bytes: u64) -> Diagnostic {
        let message = format!(
            "holds {}, more than the {} that one document may hold (split it, or allow more with --max-size)",
            human_size(bytes),
            human_size(self.document_bytes)
        );
        Diagnostic { place: place.to_owned(), message }
    }
}

/// What came out of some input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The articles, in the order of the input.
    pub articles: Vec<Article>,
    /// What could not be read, in the order of the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    fn of(article: Article) -> Self {
        Self { articles: vec![article], diagnostics: Vec::new() }
    }

    fn refused(place: &str, message: impl Into<String>) -> Self {
        Self {
            articles: Vec::new(),
            diagnostics: vec![Diagnostic { place: place.to_owned(), message: message.into() }],
        }
    }

    /// Adds what came out of more input.
    pub fn extend(&mut self, more: Reading) {
        self.articles.extend(more.articles);
        self.diagnostics.extend(more.diagnostics);
    }
}

/// A whole input held in memory.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Path or other name of the input, for messages.
    pub place: &'a str,
    /// The file's name with its ending, empty for a stream; it helps to tell the format and gives the id.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The file beside it that describes it.
    pub sidecar: Option<Sidecar<'a>>,
}

/// Reads a whole input of any known format.
pub fn read(input: &Input<'_>, limits: &Limits) -> Reading {
    match Format::detect(input.name, input.bytes) {
        Format::Jsonl => read_lines(input, limits),
        Format::Json => read_json(input.place, input.bytes, limits),
        Format::Text => read_text(input, limits),
        Format::Html => page::read_page(input, &Hints::default(), limits),
        Format::Empty => {
            Reading::refused(input.place, "is empty (put the article's text in it, or remove it)")
        }
        Format::Refused(what) => Reading::refused(input.place, what),
    }
}

fn read_lines(input: &Input<'_>, limits: &Limits) -> Reading {
    let mut all = Reading::default();
    for (index, line) in input.bytes.split(|&byte| byte == b'\n').enumerate() {
        all.extend(read_line(input.place, index as u64 + 1, line, limits));
    }
    all
}

/// The id of a text that brings none: its file's stem, else the start of its hash.
fn fallback_id(name: &str, sha256: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
    if stem.is_empty() { sha256[..HASH_ID].to_owned() } else { stem.to_owned() }
}

/// Hexadecimal digits of a content hash that serve as an id.
const HASH_ID: usize = 12;
