//! Bytes to characters.
//!
//! What decides, in this order: a byte-order mark; the carrier's word (an HTTP header, a mail's
//! `charset`); the document's own word (`<meta charset>`, `<?xml encoding>`); UTF-8 that is valid; the
//! frequencies of letters ([`chardetng`]), which tell windows-1251 from KOI8-R. A word that does not
//! fit the bytes is not believed: text declared as UTF-8 that is none goes on to the frequencies, and
//! text that is valid UTF-8 with letters beyond ASCII is UTF-8 whatever a page declares, since no text
//! in a one-byte encoding is valid UTF-8 by chance.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the start in which a document may declare its encoding.
const PROLOGUE: usize = 2048;

/// Decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The characters, without a byte-order mark.
    pub(crate) text: String,
    /// Whether some bytes had no meaning and were replaced.
    pub(crate) damaged: bool,
}

/// Decodes text of unknown encoding; `declared` is the carrier's word.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let encoding = encoding_of(bytes, declared);
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), damaged }
}

/// The encoding of some text.
pub(crate) fn encoding_of(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let label = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let declared = declared.and_then(label).or_else(|| own_word(bytes).and_then(|word| label(&word)));
    match declared {
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => encoding,
        _ => guess(bytes),
    }
}

/// UTF-16 without a mark: every other byte of the first characters is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (even, odd) {
        _ if half < 4 => None,
        (0, odd) if odd * 4 >= half * 3 => Some(UTF_16LE),
        (even, 0) if even * 4 >= half * 3 => Some(UTF_16BE),
        _ => None,
    }
}

/// `charset=…` or `encoding="…"` near the start.
fn own_word(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(PROLOGUE)];
    let lower = head.to_ascii_lowercase();
    let after = |key: &[u8]| memchr::memmem::find(&lower, key).map(|at| &lower[at + key.len()..]);
    let rest = after(b"charset=").or_else(|| after(b"encoding="))?;
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|&byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte)));
    let word = &rest[..end.unwrap_or(rest.len())];
    String::from_utf8(word.to_vec()).ok().filter(|word| !word.is_empty())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}
