//! Text to tokens in one pass.
//!
//! Words end at white space, at every dash, slash and mark, and where letters meet digits; a number
//! keeps its inner points and commas. An apostrophe between letters stays in the word (`To‘qayev`,
//! `don't`) except in a possessive, whose `’s` is a word of its own, so that `Kazakhstan’s` is found
//! as Kazakhstan. Soft hyphens and joiners between letters stay inside the word and are skipped when
//! words are compared; every other invisible character is a gap.

use tandem_model::{Span, Token, TokenKind};

use crate::chars::{fold_char, is_apostrophe, is_extend, is_invisible, is_joiner};
use crate::sift::{of_letters, of_mark, sift};

/// What an ASCII byte can be in a token; nine in ten tokens are told by their bytes alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Gap,
    Letter,
    Digit,
    Mark,
    /// An apostrophe, or part of a wider character: the slow way decides.
    Other,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let b = byte as u8;
        table[byte] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'0'..=b'9' => Byte::Digit,
            b'\'' | b'`' => Byte::Other,
            b'!'..=b'~' => Byte::Mark,
            _ => Byte::Gap,
        };
        byte += 1;
    }
    table
};

/// Cuts a text into tokens.
pub fn tokens(text: &str) -> Vec<Token> {
    cut(text).0
}

/// The tokens of a text, and whether it has line breaks that take more than one byte, which next to none has.
pub(crate) fn cut(text: &str) -> (Vec<Token>, bool) {
    // Spans end there.
    let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
    // Running text has a token about every five bytes; growing in the middle costs more than the slack.
    let mut found = Vec::with_capacity(text.len() / 4 + 1);
    let mut wide_breaks = false;
    let mut room = [NONE; ROOM];
    let mut at = 0;
    loop {
        let (filled, behind) = plain(text.as_bytes(), at, &mut room);
        found.extend_from_slice(&room[..filled]);
        at = behind;
        if filled == ROOM {
            continue;
        }
        let Some(next) = step(text, at, &mut found, &mut wide_breaks) else { return (found, wide_breaks) };
        at = next;
    }
}

/// Tokens that are cut in one go.
const ROOM: usize = 32;
const NONE: Token = Token { span: Span::empty(), kind: TokenKind::Punct, capital: false, sift: 0 };

/// Cuts tokens from byte `at` on until there is no more room, or one comes that its ASCII bytes alone do not
/// tell; returns how many, and the byte to go on from. Nothing is called on the way, which is what makes it quick.
fn plain(bytes: &[u8], at: usize, room: &mut [Token; ROOM]) -> (usize, usize) {
    let mut at = at;
    let mut filled = 0;
    while filled < ROOM {
        let Some(raw) = eight(bytes, at) else { break };
        let others = others(raw);
        let (end, next, kind, sift) = if others & 0x80 == 0 {
            let Some((end, next)) = word_of_letters(bytes, at, raw, others) else { break };
            (end, next, TokenKind::Word, of_letters(raw, others))
        } else {
            match BYTES[usize::from(raw as u8)] {
                Byte::Gap => {
                    at += 1;
                    continue;
                }
                Byte::Mark => (at + 1, (raw >> 8) as u8, TokenKind::Punct, of_mark(raw as u8)),
                _ => break,
            }
        };
        let gap = next == b' ';
        if !gap && kind == TokenKind::Word && BYTES[usize::from(next)] == Byte::Other {
            break;
        }
        let capital = (raw as u8).is_ascii_uppercase();
        let span = Span::from_start(at as u32, (end - at) as u32);
        room[filled] = Token { span, kind, capital, sift };
        filled += 1;
        at = end + usize::from(gap);
    }
    (filled, at)
}

/// Eight bytes from `at` on; `None` near the end.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// Where the ASCII letters end that the eight bytes at `at` begin with, and the byte there.
#[inline(always)]
fn word_of_letters(bytes: &[u8], mut at: usize, mut raw: u64, mut others: u64) -> Option<(usize, u8)> {
    while others == 0 {
        at += 8;
        raw = eight(bytes, at)?;
        others = self::others(raw);
    }
    let bits = others.trailing_zeros() & 0x38;
    Some((at + bits as usize / 8, (raw >> bits) as u8))
}

/// Cuts the token at byte `at`, whatever it is, or steps over the gap there; `None` at the end of the text.
fn step(text: &str, at: usize, found: &mut Vec<Token>, wide_breaks: &mut bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let byte = *bytes.get(at)?;
    let (end, kind) = match BYTES[usize::from(byte)] {
        Byte::Gap => return Some(at + 1),
        Byte::Letter => (word_end(text, letters_end(bytes, at)), TokenKind::Word),
        Byte::Digit => (number_end(text, at + 1), TokenKind::Number),
        Byte::Mark => (at + 1, TokenKind::Punct),
        Byte::Other => return other(text, at, found, wide_breaks),
    };
    let span = Span::new(at, end);
    found.push(Token { span, kind, capital: byte.is_ascii_uppercase(), sift: sift(span.of(text)) });
    Some(end)
}

/// The high bits of those of eight bytes that are no ASCII letters.
#[inline(always)]
fn others(raw: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let lower = (raw | ONES << 5) & !HIGH;
    // Below 0x80 each, so that no sum carries into the next byte.
    let from_a = lower + ONES * u64::from(0x80 - b'a');
    let past_z = lower + ONES * u64::from(0x7f - b'z');
    !(from_a & !past_z & !raw) & HIGH
}

/// Where a run of ASCII letters from `at` ends.
fn letters_end(bytes: &[u8], at: usize) -> usize {
    let letters = bytes.get(at..).unwrap_or(&[]).iter().take_while(|byte| byte.is_ascii_alphabetic());
    at + letters.count()
}

/// Steps over the character at `at`, or adds the token that begins with it, and returns the byte to go on from.
fn other(text: &str, at: usize, found: &mut Vec<Token>, wide_breaks: &mut bool) -> Option<usize> {
    let c = char_at(text, at)?;
    // Quotation marks and dashes, which nearly all of these are.
    let mark = matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}');
    if !mark && (c.is_whitespace() || is_invisible(c)) {
        *wide_breaks |= matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
        return Some(at + c.len_utf8());
    }
    let (end, kind) = token_end(text, at, c, found.last());
    let span = Span::new(at, end);
    let sift = if kind == TokenKind::Punct { sift_of_mark(c) } else { sift(span.of(text)) };
    found.push(Token { span, kind, capital: c.is_uppercase(), sift });
    Some(end)
}

fn sift_of_mark(c: char) -> u32 {
    sift(fold_char(c).encode_utf8(&mut [0; 4]))
}

/// The character that starts at byte `at`, which is a boundary or the end.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&byte) if byte < 0x80 => Some(byte as char),
        Some(_) => text[at..].chars().next(),
        None => None,
    }
}

/// Where the token that starts with `c` ends, and what it is made of.
fn token_end(text: &str, at: usize, c: char, last: Option<&Token>) -> (usize, TokenKind) {
    let next = at + c.len_utf8();
    if c.is_ascii_digit() {
        return (number_end(text, next), TokenKind::Number);
    }
    let mark = matches!(c, '\u{2010}'..='\u{2027}');
    if !mark && c.is_alphabetic() {
        return (word_end(text, next), TokenKind::Word);
    }
    if !mark && c.is_numeric() {
        return (run_end(text, next, |c| !c.is_ascii() && c.is_numeric()), TokenKind::Number);
    }
    if is_apostrophe(c) {
        let after_word = last.is_some_and(|t| t.kind != TokenKind::Punct && t.span.end() == at);
        if let Some(end) = possessive_end(text, next).filter(|_| after_word) {
            return (end, TokenKind::Word);
        }
    }
    (next, TokenKind::Punct)
}

fn run_end(text: &str, mut at: usize, belongs: impl Fn(char) -> bool) -> usize {
    while let Some(c) = char_at(text, at).filter(|c| belongs(*c)) {
        at += c.len_utf8();
    }
    at
}

/// Digits, with single points and commas between digits.
fn number_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9') => at += 1,
            Some(b'.' | b',') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => at += 2,
            _ => return at,
        }
    }
}

/// Letters, with apostrophes and joiners between letters, unless a possessive begins.
fn word_end(text: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(text, at) {
        let next = at + c.len_utf8();
        if c.is_alphabetic() || is_extend(c) {
            at = next;
        } else if is_apostrophe(c) {
            if possessive_end(text, next).is_some() || !letter_at(text, next) {
                return at;
            }
            at = next;
        } else if is_joiner(c) {
            let after = run_end(text, next, is_joiner);
            if !letter_at(text, after) {
                return at;
            }
            at = after;
        } else {
            return at;
        }
    }
    at
}

/// Where the `s` after an apostrophe ends, when no letter follows it.
fn possessive_end(text: &str, at: usize) -> Option<usize> {
    let s = matches!(text.as_bytes().get(at), Some(b's' | b'S'));
    (s && !letter_at(text, at + 1)).then_some(at + 1)
}

fn letter_at(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_alphabetic() || is_extend(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let cut: Vec<&str> = tokens(text).iter().map(|token| token.span.of(text)).collect();
        assert_eq!(cut.join("|"), expected, "{text:?}");
    }

    #[test]
    fn words_and_marks() {
        check("Kazakh-Uzbek trade/transit", "Kazakh|-|Uzbek|trade|/|transit");
        check("Kazakhstan's and countries’ ties", "Kazakhstan|'s|and|countries|’|ties");
        check("KAZAKHSTAN’S", "KAZAKHSTAN|’S");
        check("To‘qayev, O'zbekiston don't", "To‘qayev|,|O'zbekiston|don't");
        check("“Yes,” he said.", "“|Yes|,|”|he|said|.");
        check("‘Kazakhstan’", "‘|Kazakhstan|’");
        check("the U.S. 'quoted'", "the|U|.|S|.|'|quoted|'");
        check("ended 2026.He said", "ended|2026|.|He|said");
        check("ADB’s, EU's", "ADB|’s|,|EU|'s");
        check("1990's", "1990|'s");
    }

    #[test]
    fn numbers() {
        check("1,496.2 4.3bn US$2", "1,496.2|4.3|bn|US|$|2");
        check("400kV 46th 12:30 2024-07", "400|kV|46|th|12|:|30|2024|-|07");
        check("C5+1, 10%.", "C|5|+|1|,|10|%|.");
        check("km² 4½ ٢٠٢٤", "km|²|4|½|٢٠٢٤");
        check("in 2024, 5.", "in|2024|,|5|.");
    }

    #[test]
    fn invisible_characters() {
        check("\u{FEFF}A\u{200B}B\u{FE0F} C\u{A0}D", "A|B|C|D");
        check("coop\u{AD}eration a\u{AD} b", "coop\u{AD}eration|a|b");
        check("cafe\u{301} 👩\u{200D}🚀!", "cafe\u{301}|👩|🚀|!");
    }

    proptest! {
        #[test]
        fn tokens_and_gaps_are_the_text(text in "(?s).{0,60}|[ a’'s\u{AD}\u{301}1.,\n“-]{0,40}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start() >= at && !token.span.is_empty());
                let gap = text.get(at..token.span.start());
                prop_assert!(gap.is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || is_invisible(c))));
                prop_assert!(text.get(token.span.start()..token.span.end()).is_some());
                at = token.span.end();
            }
            prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || is_invisible(c)));
        }
    }
}
