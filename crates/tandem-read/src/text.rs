//! UTF-8 text and Markdown, read as they stand.

use tandem_model::{Article, content_hash};

use crate::{Input, Limits, Reading, apply_sidecar, fallback_id};

/// Reads the whole input as one text; the sidecar describes it.
pub fn read_text(input: &Input<'_>, limits: &Limits) -> Reading {
    if input.bytes.len() as u64 > limits.document_bytes {
        return Reading {
            articles: Vec::new(),
            diagnostics: vec![limits.refusal(input.place, input.bytes.len() as u64)],
        };
    }
    let text = match std::str::from_utf8(input.bytes) {
        Ok(text) => text,
        Err(error) => return Reading::refused(input.place, broken_utf8(input.bytes, error.valid_up_to())),
    };
    if text.contains('\0') {
        return Reading::refused(
            input.place,
            "is binary, not text: it holds NUL bytes (save its text as UTF-8)",
        );
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Reading::refused(input.place, "is empty (put the article's text in it, or remove it)");
    }
    let sha256 = content_hash(input.bytes);
    let article =
        Article { id: fallback_id(input.name, &sha256), sha256, text: text.to_owned(), ..Article::default() };
    match input.sidecar {
        None => Reading::of(article),
        Some(sidecar) => apply_sidecar(article, sidecar),
    }
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
