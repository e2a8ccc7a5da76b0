//! Bytes to articles: files of any format an analyst has → [`Article`](tandem_model::Article)s and diagnostics.
//!
//! Reading has two halves. [`unpack()`] takes a file apart, archive in archive, into [`Piece`]s: one
//! document's bytes each. [`understand`] makes a piece's articles of it, and being a pure function may
//! run on many threads. [`read`] does both for bytes in memory. The format is told by content first
//! and by name second ([`Format::detect`]), because folders of clippings are full of wrong endings.
//! Nothing fails as a whole: what cannot be read becomes a [`Diagnostic`] that says what, where and
//! how to mend it, and everything else is still read. How much may come out of how little is bounded
//! by [`Limits`].
//!
//! **The text of a text file is its bytes, unaltered** (when they are UTF-8): line ends, a byte-order
//! mark and odd spaces stay, so that an offset in a statement is an offset in the file and `sha256sum
//! FILE` is the document's hash. Refused alternative: dropping the byte-order mark, which would move
//! every offset by three bytes against the file that the reader of a ledger holds. Of other formats the
//! text is made here, and the piece's bytes are the original that it was made from.

mod card;
mod dates;
mod docx;
mod encoding;
pub mod feed;
mod format;
pub mod html;
mod json;
mod limits;
mod mail;
mod markup;
mod months;
mod options;
mod page;
mod pdf;
mod piece;
mod text;
mod unpack;

pub use card::{SIDECAR, sidecar_name};
pub use dates::day;
pub use format::{Format, human_size};
pub use limits::Limits;
pub use options::Options;
pub use page::is_resource;
pub use pdf::{PdfReader, pdf_on_a_thread, pdf_pages};
pub use piece::{Hints, Original, Piece, Reading, understand};
pub use unpack::{At, Flow, Found, Source, in_words, unpack, warc};

use std::ops::ControlFlow;

use tandem_model::Diagnostic;

/// Name of threads whose panics are caught and told as remarks; a program may keep its own word on
/// panics to itself there.
pub const GUARDED: &str = "tandem-guarded";

/// Largest sidecar that is read, in bytes.
pub const SIDECAR_BYTES: u64 = 1 << 20;

/// Hexadecimal digits of a content hash that serve as an id.
const HASH_ID: usize = 12;

/// Reads a file that is in memory: all articles of it, and what could not be read.
///
/// ```
/// use tandem_read::{At, Options, read};
/// let reading = read(b"Trade grew.", &At::file("news/a.txt", "a.txt"), &Options::default());
/// assert_eq!(reading.articles[0].id, "a");
/// ```
pub fn read(bytes: &[u8], at: &At, options: &Options) -> Reading {
    let mut all = Reading::default();
    // The sink never breaks, so the flow says nothing.
    let _whole = unpack(Source::Memory(bytes), at, options, &mut |found| {
        match found {
            Found::Piece(piece) => all.extend(understand(&piece, options)),
            Found::Remark(diagnostic) => all.diagnostics.push(diagnostic),
        }
        ControlFlow::Continue(())
    });
    all
}

/// The id of a document that brings none: its file's stem, else the start of its hash.
fn fallback_id(name: &str, sha256: &str) -> String {
    let stem = match name.rsplit_once('.') {
        // The number of a record in an archive is no ending.
        Some((stem, end)) if !stem.is_empty() && !end.contains('!') => stem,
        _ => name,
    };
    if stem.is_empty() || stem == "-" { sha256[..HASH_ID].to_owned() } else { stem.to_owned() }
}

/// A remark about a place.
fn remark(place: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic { place: place.to_owned(), message: message.into() }
}
