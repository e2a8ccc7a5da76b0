//! Text to tokens in one pass.
//!
//! Words end at white space, at every dash, slash and mark, and where letters meet digits; a number
//! keeps its inner points and commas. An apostrophe between letters stays in the word (`To‘qayev`,
//! `don't`) except in a possessive, whose `’s` is a word of its own, so that `Kazakhstan’s` is found
//! as Kazakhstan. Soft hyphens and joiners between letters stay inside the word and are skipped when
//! words are compared; every other invisible character is a gap.

use tandem_model::{Span, Token, TokenKind};

use crate::chars::{is_apostrophe, is_extend, is_invisible, is_joiner};

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
    // Running text has a token about every six bytes; growing in the middle costs more than the slack.
    let mut found = Vec::with_capacity(text.len() / 5 + 1);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (end, kind, behind) = match plain_word(bytes, at) {
            Some((end, b' ')) => (end, TokenKind::Word, end + 1),
            Some((end, next)) if BYTES[usize::from(next)] != Byte::Other => (end, TokenKind::Word, end),
            _ => {
                let (end, kind) = match BYTES[usize::from(byte)] {
                    Byte::Gap => {
                        at += 1;
                        continue;
                    }
                    Byte::Letter => (word_end(text, letters_end(bytes, at)), TokenKind::Word),
                    Byte::Digit => (number_end(text, at + 1), TokenKind::Number),
                    Byte::Mark => (at + 1, TokenKind::Punct),
                    Byte::Other => match other(text, at, &mut found) {
                        Some(end) => {
                            at = end;
                            continue;
                        }
                        None => return found,
                    },
                };
                (end, kind, end)
            }
        };
        found.push(Token { span: Span::new(at, end), kind, capital: byte.is_ascii_uppercase() });
        at = behind;
    }
    found
}

/// Where the ASCII letters from `at` end and the byte there, looked at by eight: most words are told in one
/// step. `None` where there is no letter, and near the end of the text.
#[inline(always)]
fn plain_word(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let mut from = at;
    loop {
        let raw = u64::from_le_bytes(bytes.get(from..from + 8)?.try_into().ok()?);
        let others = others(raw);
        if others == 0 {
            from += 8;
            continue;
        }
        let bits = others.trailing_zeros() & !7;
        let end = from + bits as usize / 8;
        return (end > at).then_some((end, (raw >> bits) as u8));
    }
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
fn other(text: &str, at: usize, found: &mut Vec<Token>) -> Option<usize> {
    let c = char_at(text, at)?;
    if c.is_whitespace() || is_invisible(c) {
        return Some(at + c.len_utf8());
    }
    let (end, kind) = token_end(text, at, c, found.last());
    found.push(Token { span: Span::new(at, end), kind, capital: c.is_uppercase() });
    Some(end)
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
    if c.is_alphabetic() {
        return (word_end(text, next), TokenKind::Word);
    }
    if c.is_numeric() {
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
