//! One document's bytes, and what they mean.

use tandem_model::{Article, Date, Diagnostic, content_hash};

use crate::{Format, Options, card, docx, feed, json, mail, page, pdf, remark, text};

/// What the carrier of a document says of it: an HTTP header, an entry of a feed, a mail's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Where it was published.
    pub url: Option<String>,
    /// Label of its encoding (`windows-1251`).
    pub charset: Option<String>,
    /// Media type in lower case, without parameters (`text/html`).
    pub media: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Language code.
    pub lang: Option<String>,
}

/// The bytes of one document as they were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, for messages: `dump.warc.gz!3`.
    pub place: String,
    /// Where it stands inside its file (`!3`, `!reports/a.txt`), empty for the file itself.
    pub within: String,
    /// Its file name, or what serves as one; gives the id and helps to tell the format.
    pub name: String,
    /// Whether several documents of its file stand at the same place, so that only ids tell them apart.
    pub several: bool,
    /// What the bytes are.
    pub format: Format,
    /// The bytes, unaltered: the original of the document.
    pub bytes: Vec<u8>,
    /// What its carrier says of it.
    pub hints: Hints,
    /// The file beside it that describes it: its place and its bytes.
    pub sidecar: Option<(String, Vec<u8>)>,
}

/// What a document was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The bytes: a file, a record of an archive, a line of JSONL; a row of a table as a JSON object.
    pub bytes: Vec<u8>,
    /// Their SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// What they are, as a media type (`text/html`).
    pub media: &'static str,
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
    pub(crate) fn refused(place: &str, message: impl Into<String>) -> Self {
        Self { articles: Vec::new(), diagnostics: vec![remark(place, message)] }
    }

    /// Adds what came out of more input.
    pub fn extend(&mut self, more: Reading) {
        self.articles.extend(more.articles);
        self.diagnostics.extend(more.diagnostics);
    }
}

impl Piece {
    /// The article with what the sidecar says of it, and remarks on the document.
    pub(crate) fn described(&self, article: Article, remarks: Vec<String>) -> Reading {
        let mut reading = match &self.sidecar {
            None => Reading { articles: vec![article], diagnostics: Vec::new() },
            Some((place, bytes)) => card::apply_sidecar(article, place, bytes),
        };
        reading.diagnostics.extend(remarks.into_iter().map(|message| remark(&self.place, message)));
        reading
    }

    /// The piece as what its articles were read from.
    pub fn into_original(self) -> Original {
        Original { sha256: content_hash(&self.bytes), media: self.format.media(), bytes: self.bytes }
    }
}

/// What a piece holds. A pure function of its bytes, whatever they are.
pub fn understand(piece: &Piece, options: &Options) -> Reading {
    let limits = &options.limits;
    match piece.format {
        Format::Text => text::read(piece),
        Format::Html => page::read(piece),
        Format::Mhtml => mail::read_page(piece),
        Format::Mail => mail::read(piece),
        Format::Feed => feed::articles(piece),
        Format::Jsonl => json::read_line(&piece.place, &piece.bytes, options),
        Format::Json => json::read_json(&piece.place, &piece.bytes, options),
        Format::Pdf => pdf::read(piece, &options.pdf, limits),
        Format::Docx => docx::read(piece, limits),
        Format::Refused(what) => Reading::refused(&piece.place, what),
        Format::Empty => {
            Reading::refused(&piece.place, "is empty (put the article's text in it, or remove it)")
        }
        Format::Gzip | Format::Zstd | Format::Zip | Format::Warc | Format::Csv | Format::Parquet => {
            Reading::refused(&piece.place, "holds several documents and must be unpacked first")
        }
    }
}
