//! Bytes to characters.
//!
//! What decides, in this order: a byte-order mark; UTF-8 that is valid, since no text in a one-byte
//! encoding is valid UTF-8 by chance; the carrier's word (an HTTP header, a mail's `charset`); the
//! document's own word (`<meta charset>`, `<?xml encoding>`); the frequencies of letters
//! ([`chardetng`]), which tell windows-1251 from KOI8-R. A declared UTF-8 that is none is not believed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the start in which a document may declare its encoding.
const PROLOGUE: usize = 2048;

/// Words with letters beyond ASCII that a guess must rest on.
const EVIDENCE: usize = 3;

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
    if let Some(order) = utf32_order(bytes) {
        return utf32(bytes, order);
    }
    let encoding = encoding_of(bytes, declared);
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), damaged }
}

/// Decodes plain text, which declares nothing, when the letters leave no doubt; nothing otherwise.
///
/// Text without doubt has a byte-order mark, or is valid in the encoding that its letters point to and
/// has several words of such letters, or nothing but typographic signs beyond ASCII.
pub(crate) fn decode_plain(bytes: &[u8], declared: Option<&str>) -> Option<String> {
    let known =
        is_wide(bytes) || declared.and_then(|word| Encoding::for_label(word.trim().as_bytes())).is_some();
    let decoded = decode(bytes, declared);
    if decoded.damaged || decoded.text.contains(['\0', '\u{fffd}']) {
        return None;
    }
    (known || is_plausible(&decoded.text)).then_some(decoded.text)
}

/// Whether decoded text looks like text: no control signs, and enough words to have guessed from.
fn is_plausible(text: &str) -> bool {
    let foreign = |c: char| !c.is_ascii();
    if text.chars().any(|c| c.is_control() && !c.is_ascii_whitespace()) {
        return false;
    }
    let letters = |word: &&str| word.chars().any(|c| foreign(c) && c.is_alphabetic());
    let words = text.split_whitespace().filter(letters).count();
    let typographic = |c: char| {
        matches!(c, '\u{a0}' | '«' | '»' | '°' | '§' | '©' | '®' | '±' | '·' | '№' | '€' | '£')
            || ('\u{2010}'..='\u{2122}').contains(&c)
    };
    words >= EVIDENCE || text.chars().filter(|&c| foreign(c)).all(typographic)
}

/// The encoding of some text, or of a text that begins with these bytes.
pub(crate) fn encoding_of(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // Cut off inside a letter.
        Err(error) => error.error_len().is_none() && bytes.len() - error.valid_up_to() < 4,
    };
    if valid {
        return UTF_8;
    }
    let label = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let declared = declared.and_then(label).or_else(|| own_word(bytes).and_then(|word| label(&word)));
    match declared {
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => encoding,
        // A page in UTF-8 with a few bad bytes is still one.
        Some(encoding) if encoding == UTF_8 && mostly_utf8(bytes) => UTF_8,
        _ => guess(bytes),
    }
}

/// Whether nearly all letters beyond ASCII are valid UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// Whether characters take two or four bytes.
pub(crate) fn is_wide(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8);
    marked || wide(bytes).is_some() || utf32_order(bytes).is_some()
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

/// The order of bytes in UTF-32, told by its mark or by three zeros beside `<`, with which XML begins.
fn utf32_order(bytes: &[u8]) -> Option<fn([u8; 4]) -> u32> {
    match bytes.get(..4)? {
        [0, 0, 0xfe, 0xff] | [0, 0, 0, b'<'] => Some(u32::from_be_bytes),
        [0xff, 0xfe, 0, 0] | [b'<', 0, 0, 0] => Some(u32::from_le_bytes),
        _ => None,
    }
}

fn utf32(bytes: &[u8], order: fn([u8; 4]) -> u32) -> Decoded {
    let mut damaged = !bytes.len().is_multiple_of(4);
    let units = bytes.chunks_exact(4).map(|unit| order([unit[0], unit[1], unit[2], unit[3]]));
    let text = units.map(|unit| {
        char::from_u32(unit).unwrap_or_else(|| {
            damaged = true;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text: String = text.collect();
    Decoded { text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), damaged }
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

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Товарооборот между Казахстаном и Узбекистаном вырос на 11 процентов.";

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, declared).text, expected);
    }

    #[test]
    fn russian_is_told_by_its_letters() {
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R, encoding_rs::IBM866, UTF_8] {
            let bytes = encoding.encode(RUSSIAN).0;
            check(&bytes, None, RUSSIAN);
            assert_eq!(decode_plain(&bytes, None).as_deref(), Some(RUSSIAN), "{}", encoding.name());
        }
        let wide: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&[b"\xff\xfe".to_vec(), wide].concat(), None, RUSSIAN);
    }

    #[test]
    fn words_are_believed_when_they_fit() {
        check(b"\xcc\xe8\xf0", Some("windows-1251"), "Мир");
        check(b"<meta charset=\"KOI8-R\">\xed\xc9\xd2", None, "<meta charset=\"KOI8-R\">Мир");
        check("Мир".as_bytes(), Some("windows-1251"), "Мир");
        check(b"a\0b\0c\0d\0e\0", None, "abcde");
        check(b"\0\0\0<\0\0\0a\0\0\0>", None, "<a>");
    }

    #[test]
    fn plain_text_is_not_guessed_without_evidence() {
        assert_eq!(decode_plain(b"Kazakhstan\x92s trade", None).as_deref(), Some("Kazakhstan’s trade"));
        assert_eq!(decode_plain(b"Trade gr\xffew", None), None);
        assert_eq!(decode_plain(b"Trade reached \xff\xfe\xc3( billion.", None), None);
    }
}
