//! Text to tokens, a paragraph or at most 64 KB at a time.
//!
//! Tokens are runs of letters, runs of digits, and single signs; dashes and apostrophes of all kinds
//! carry the ASCII byte that stands for them, so that grammar compares bytes. Text is cut into pieces
//! so that memory stays small and time linear even for 100 MB on one line; refused alternative: tokens
//! of the whole text, which takes 24 bytes for every digit of such a line.

use crate::lexicon::Lexicon;
use crate::role::{Part, Seed};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Digits,
    Sign,
    /// An end of line that nothing may cross, or the end of a piece.
    Break,
    /// An address of the web or of mail; never looked into.
    Opaque,
}

/// A piece of text without white space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Number in the vocabulary; 0 when the lexicon does not know it.
    pub(crate) word: u16,
    pub(crate) kind: Kind,
    /// White space stands before it.
    pub(crate) gap: bool,
    /// Starts with an upper-case letter.
    pub(crate) upper: bool,
    /// The ASCII byte it begins with, or that stands for it (`-` for dashes); 0 for other signs.
    pub(crate) byte: u8,
    /// What a value can do with it.
    pub(crate) part: Part,
}

const PIECE: usize = 64 * 1024;
/// How far back from the end of a piece a place to cut is looked for.
const CUT_WITHIN: usize = 4 * 1024;

/// Byte ranges of `text` that are read apart: paragraphs, and parts of overlong ones.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0 }
}

/// See [`pieces`].
pub(crate) struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let start = self.at;
        let left = self.text.len() - start;
        if left == 0 {
            return None;
        }
        let end = if left <= PIECE { self.text.len() } else { start + cut(&self.text.as_bytes()[start..]) };
        let end = (end..=self.text.len()).find(|&i| self.text.is_char_boundary(i)).unwrap_or(self.text.len());
        self.at = end;
        Some((start, end))
    }
}

/// Where to end a piece of more than [`PIECE`] bytes: after a line, else at a gap, else anywhere.
fn cut(bytes: &[u8]) -> usize {
    let tail = &bytes[PIECE - CUT_WITHIN..PIECE];
    memchr::memrchr(b'\n', tail)
        .or_else(|| tail.iter().rposition(|b| b.is_ascii_whitespace()))
        .map_or(PIECE, |i| PIECE - CUT_WITHIN + i + 1)
}

/// Replaces `out` by the tokens of `text[start..end]`.
#[inline(never)]
pub(crate) fn tokenise(text: &str, start: usize, end: usize, lexicon: &Lexicon, out: &mut Vec<Token>) {
    out.clear();
    let mut scan = Scanner { text, bytes: text.as_bytes(), end, at: start, gap: true, lexicon };
    loop {
        scan.plain(out);
        let Some(token) = scan.next_token(out.last()) else { return };
        out.push(token);
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// Eight bytes from `at` on; `None` near the end.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// The high bits of those of eight bytes that are no ASCII letters.
#[inline(always)]
fn others(raw: u64) -> u64 {
    let lower = (raw | ONES << 5) & !HIGH;
    // Below 0x80 each, so that no sum carries into the next byte.
    let from_a = lower + ONES * u64::from(0x80 - b'a');
    let past_z = lower + ONES * u64::from(0x7f - b'z');
    !(from_a & !past_z & !raw) & HIGH
}

/// Where the ASCII letters from `at` end, looked at by eight: most words are told in one step.
#[inline(always)]
fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(raw) = eight(bytes, at) {
        let others = others(raw);
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes.get(at..).unwrap_or(&[]).iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    end: usize,
    at: usize,
    gap: bool,
    lexicon: &'t Lexicon,
}

impl Scanner<'_> {
    /// Adds the words of ASCII letters from here on, up to anything else: three of four tokens, which need none of the
    /// questions that the others do.
    fn plain(&mut self, out: &mut Vec<Token>) {
        let (bytes, mut at, mut gap) = (self.bytes, self.at, self.gap);
        while let Some(raw) = eight(bytes, at).filter(|_| at < self.end) {
            let others = others(raw);
            if others & 0x80 != 0 {
                if raw as u8 != b' ' {
                    break;
                }
                gap = true;
                at += 1;
                continue;
            }
            let end = if others == 0 {
                letters_end(bytes, at + 8)
            } else {
                at + others.trailing_zeros() as usize / 8
            };
            // The piece may end in the word, or the word be part of an address or go on with letters of more bytes.
            let Some(&next) = bytes.get(end).filter(|_| end < self.end) else { break };
            if matches!(next, b':' | b'.' | b'@' | 0x80..) {
                break;
            }
            let byte = raw as u8;
            let upper = byte.is_ascii_uppercase();
            let (word, part) = self.lexicon.word(bytes, at, end);
            out.push(Token { start: at, end, word, kind: Kind::Word, gap, upper, byte, part });
            gap = next == b' ';
            at = end + usize::from(gap);
        }
        (self.at, self.gap) = (at, gap);
    }

    fn next_token(&mut self, last: Option<&Token>) -> Option<Token> {
        let mut lines = 0;
        while self.at < self.end {
            let byte = self.bytes[self.at];
            match byte {
                b'\n' => lines += 1,
                b' ' | b'\t' | b'\r' => {}
                _ if byte < 0x80 => break,
                _ => match self.wide() {
                    Some(c) if c.is_whitespace() || c == '\u{ad}' || c == '\u{200b}' || c == '\u{feff}' => {
                        self.at += c.len_utf8();
                        self.gap = true;
                        continue;
                    }
                    _ => break,
                },
            }
            self.gap = true;
            self.at += 1;
        }
        if self.at >= self.end {
            return None;
        }
        if lines > 0 && last.is_some_and(|t| t.kind != Kind::Break && self.breaks(lines, t)) {
            return Some(self.token(Kind::Break, self.at, self.at));
        }
        let token = self.visible();
        self.gap = false;
        Some(token)
    }

    /// Whether a new line ends what stands before it: a blank line, or a line that does not go on in
    /// small letters or from a word to a number, as wrapped prose does.
    fn breaks(&self, lines: u32, last: &Token) -> bool {
        let byte = self.bytes[self.at];
        lines > 1
            || !(byte.is_ascii_lowercase()
                || (byte.is_ascii_digit() && last.kind == Kind::Word && last.byte.is_ascii_lowercase()))
    }

    fn wide(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn visible(&mut self) -> Token {
        let start = self.at;
        let byte = self.bytes[start];
        if byte.is_ascii_digit() {
            while self.at < self.end && self.bytes[self.at].is_ascii_digit() {
                self.at += 1;
            }
            // Only short runs occur in wordings ("24/7", "m2").
            let word = if self.at - start <= 2 { self.lexicon.word(self.bytes, start, self.at).0 } else { 0 };
            let part = Part::opens(if self.dated(start) { Seed::BOTH } else { Seed::NUMBER });
            return Token { word, part, ..self.token(Kind::Digits, start, self.at) };
        }
        if byte.is_ascii_alphabetic() || byte >= 0x80 && self.wide().is_some_and(char::is_alphabetic) {
            return self.word(start);
        }
        self.sign(start)
    }

    /// Whether the digits just read can be part of a date by their look alone.
    fn dated(&self, start: usize) -> bool {
        let next = self.bytes.get(self.at).copied().unwrap_or(b' ');
        let before = start.checked_sub(1).map_or(b' ', |i| self.bytes[i]);
        let marked = matches!(
            next,
            b'-' | b'/' | b'.' | b':' | b'h' | b'H' | b'q' | b'Q' | b'M' | b's' | b't' | b'n' | b'r' | b'\''
        ) || next >= 0x80;
        marked || self.at - start == 4 || before == b'\'' || before >= 0x80
    }

    fn word(&mut self, start: usize) -> Token {
        loop {
            self.at = letters_end(self.bytes, self.at).min(self.end);
            if self.at >= self.end || self.bytes[self.at] < 0x80 {
                break;
            }
            match self.wide().filter(|c| c.is_alphabetic()) {
                Some(c) => self.at += c.len_utf8(),
                None => break,
            }
        }
        if self.address(start) {
            return self.token(Kind::Opaque, start, self.at);
        }
        let (word, part) = self.lexicon.word(self.bytes, start, self.at);
        let mut token = self.token(Kind::Word, start, self.at);
        token.word = word;
        token.part = part;
        token.upper = token.byte.is_ascii_uppercase()
            || token.byte == 0 && self.text[start..].chars().next().is_some_and(char::is_uppercase);
        token
    }

    /// Steps over the rest of an address that the word just read begins.
    fn address(&mut self, start: usize) -> bool {
        let next = |i: usize| self.bytes.get(self.at + i).copied().unwrap_or(b' ');
        let word = &self.bytes[start..self.at];
        let web = next(0) == b':' && next(1) == b'/' && next(2) == b'/'
            || next(0) == b'.' && word.eq_ignore_ascii_case(b"www")
            || next(0) == b'@';
        if web {
            while self.at < self.end && !self.bytes[self.at].is_ascii_whitespace() {
                self.at += 1;
            }
            while !self.text.is_char_boundary(self.at) {
                self.at += 1;
            }
        }
        web
    }

    fn sign(&mut self, start: usize) -> Token {
        if let Some(byte) = self.bytes.get(start).copied().filter(u8::is_ascii) {
            self.at += 1;
            let (word, part) = self.lexicon.sign(char::from(byte));
            return Token { word, part, ..self.token(Kind::Sign, start, self.at) };
        }
        let c = self.wide().unwrap_or(' ');
        self.at += c.len_utf8().max(1);
        let mut token = self.token(Kind::Sign, start, self.at);
        token.byte = match c {
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '―' => b'-',
            '’' | '‘' | 'ʼ' | 'ʻ' => b'\'',
            '“' | '”' | '«' | '»' => b'"',
            c if c.is_ascii() => c as u8,
            _ => 0,
        };
        (token.word, token.part) =
            self.lexicon.sign(if token.byte == 0 { c } else { char::from(token.byte) });
        token
    }

    fn token(&self, kind: Kind, start: usize, end: usize) -> Token {
        let byte = Some(self.bytes[start]).filter(u8::is_ascii).unwrap_or(0);
        Token { start, end, word: 0, kind, gap: self.gap, upper: false, byte, part: Part::NONE }
    }
}
