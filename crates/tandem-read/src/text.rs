//! Text and Markdown, read as they stand.

use tandem_model::{Article, content_hash};

use crate::encoding::decode_plain;
use crate::{Piece, Reading, fallback_id};

/// Reads the whole piece as one text. UTF-8 stays as it is to the byte; other encodings are turned into it.
pub(crate) fn read(piece: &Piece) -> Reading {
    let text = match std::str::from_utf8(&piece.bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => match decode_plain(&piece.bytes, piece.hints.charset.as_deref()) {
            Some(text) => text,
            None => {
                return Reading::refused(&piece.place, broken_utf8(&piece.bytes, error.valid_up_to()));
            }
        },
    };
    // UTF-16 without a mark is valid UTF-8 full of NUL bytes.
    let text = match text.contains('\0') {
        false => text,
        true => match decode_plain(&piece.bytes, None) {
            Some(text) => text,
            None => {
                let message = "is binary, not text: it holds NUL bytes (save its text as UTF-8)";
                return Reading::refused(&piece.place, message);
            }
        },
    };
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Reading::refused(&piece.place, "is empty (put the article's text in it, or remove it)");
    }
    let sha256 = content_hash(text.as_bytes());
    let hints = piece.hints.clone();
    let article = Article {
        id: fallback_id(&piece.name, &sha256),
        sha256,
        url: hints.url,
        published: hints.published,
        publisher: hints.publisher,
        lang: hints.lang,
        title: hints.title,
        text,
        ..Article::default()
    };
    piece.described(article, Vec::new())
}

/// The complaint about the first byte that is not UTF-8.
fn broken_utf8(bytes: &[u8], offset: usize) -> String {
    let line = memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1;
    format!(
        "is not valid UTF-8: byte 0x{:02x} at offset {offset}, line {line} (save it as UTF-8; if it is in another \
         encoding: iconv -f WINDOWS-1251 -t UTF-8)",
        bytes[offset]
    )
}
