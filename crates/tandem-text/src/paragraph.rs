//! Lines to paragraphs: which line breaks end a thought and which only end a line.
//!
//! Web text has a paragraph a line, mail and press releases break lines at about 70 characters. A
//! blank line always parts. A single break is undone when the next line starts in lower case, when
//! the line ends in a word that cannot end a paragraph (`of`, a comma), or when the whole block is
//! set to a width: each of its lines would have overflowed with the next line's first word.

use tandem_model::{Token, TokenKind};

use crate::chars::{fold, is_bullet, is_dash};
use crate::{Language, sentence::is_list_marker};

/// A run of tokens, as a half-open range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

impl Run {
    pub(crate) fn of<'a>(&self, tokens: &'a [Token]) -> &'a [Token] {
        &tokens[self.first..self.end]
    }
}

/// Lines shorter than this are not taken for wrapped on the evidence of the next line alone.
const WRAPPED_LINE: usize = 40;
/// The widest setting that counts as wrapped text.
const WIDEST: usize = 120;

/// Cuts the tokens from `from` on into paragraphs; `wide_breaks` as [`crate::token::cut`] says.
pub(crate) fn paragraphs(
    text: &str,
    tokens: &[Token],
    from: usize,
    wide_breaks: bool,
    language: &Language,
) -> Vec<Run> {
    let mut found = Vec::new();
    // The lines of a block, until a blank line parts it from the next.
    let mut block: Vec<Run> = Vec::new();
    let mut first = from;
    let mut place = tokens.get(from).map_or(text.len(), |token| token.span.start());
    while let Some(at) = next_break(text, place, wide_breaks) {
        let end = first + tokens[first..].partition_point(|token| token.span.start() < at);
        let Some((left, right)) = tokens.get(end.wrapping_sub(1)).zip(tokens.get(end)) else { break };
        let breaks = line_breaks(text, left, right);
        block.push(Run { first, end });
        first = end;
        place = right.span.start();
        if breaks > 1 {
            join(text, tokens, &block, language, &mut found);
            block.clear();
        }
    }
    if first < tokens.len() {
        block.push(Run { first, end: tokens.len() });
        join(text, tokens, &block, language, &mut found);
    }
    found
}

/// The byte of the first line break from byte `place` on; breaks stand in gaps, never in tokens.
fn next_break(text: &str, place: usize, wide: bool) -> Option<usize> {
    let rest = text.get(place..)?;
    let found = if wide {
        rest.find(['\n', '\r', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'])
    } else {
        memchr::memchr3(b'\n', b'\r', 0xC, rest.as_bytes())
    };
    found.map(|at| place + at)
}

/// Joins the lines of a block that go on from one to the next.
fn join(text: &str, tokens: &[Token], block: &[Run], language: &Language, found: &mut Vec<Run>) {
    let wrapped = is_wrapped(text, tokens, block);
    let mut open: Option<Run> = None;
    for &line in block {
        open = match open {
            Some(run) if goes_on(text, tokens, run, line, wrapped, language) => {
                Some(Run { end: line.end, ..run })
            }
            Some(run) => {
                found.push(run);
                Some(line)
            }
            None => Some(line),
        };
    }
    found.extend(open);
}

/// Number of line breaks between two tokens; 2 stands for "two or more".
fn line_breaks(text: &str, left: &Token, right: &Token) -> usize {
    let (from, to) = (left.span.end(), right.span.start());
    let mut after_return = false;
    let mut breaks = 0;
    for c in text.get(from..to).unwrap_or("").chars() {
        match c {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' => breaks += 1,
            '\u{2029}' | '\u{C}' => breaks += 2,
            _ => {}
        }
        after_return = c == '\r';
    }
    breaks.min(2)
}

/// Whether `line` continues the paragraph `run`.
fn goes_on(text: &str, tokens: &[Token], run: Run, line: Run, wrapped: bool, language: &Language) -> bool {
    let (before, after) = (run.of(tokens), line.of(tokens));
    if is_item(text, after) {
        return false;
    }
    let Some((last, next)) = before.last().zip(after.first()) else { return false };
    let last_word = last.span.of(text);
    let end = last_word.chars().next().unwrap_or(' ');
    if matches!(end, ':' | ';') || crate::chars::is_stop(end) {
        return wrapped && end != ':';
    }
    // Only the last line's width counts, and a longer paragraph has shown to be wrapped already.
    let long = last.span.end() - before[0].span.start() >= WRAPPED_LINE;
    let connective = end == ',' || is_dash(end) || language.connectives.contains(&fold(last_word));
    let lower = next.span.of(text).starts_with(char::is_lowercase);
    wrapped || (lower && (long || connective)) || (long && connective)
}

/// Whether a block is set to a width: every line would overflow with the next line's first word.
fn is_wrapped(text: &str, tokens: &[Token], block: &[Run]) -> bool {
    if block.len() < 3 {
        return false;
    }
    let mut widths = Vec::with_capacity(block.len());
    for line in block {
        let line = line.of(tokens);
        let Some((first, last)) = line.first().zip(line.last()) else { return false };
        let bytes = last.span.end() - first.span.start();
        // Cyrillic takes two bytes a letter; a line longer than this is too wide in any script.
        if bytes > 4 * WIDEST {
            return false;
        }
        widths.push(text.get(first.span.start()..last.span.end()).map_or(0, |line| line.chars().count()));
    }
    let width = widths.iter().copied().max().unwrap_or(0);
    let first_word = |line: &Run| first_word_width(text, tokens, line);
    (WRAPPED_LINE..=WIDEST).contains(&width)
        && block.iter().skip(1).zip(&widths).all(|(next, own)| own + 1 + first_word(next) + 1 > width)
}

/// Characters from the start of a line to its first gap.
fn first_word_width(text: &str, tokens: &[Token], line: &Run) -> usize {
    let line = line.of(tokens);
    let together = line.windows(2).take_while(|pair| pair[0].span.end() == pair[1].span.start()).count();
    line[..=together].iter().map(|token| token.span.of(text).chars().count()).sum()
}

/// Whether a line begins with the mark of a list: a bullet, a dash, `1.`, `1)`, `(i)`, `a)`.
pub(crate) fn is_item(text: &str, line: &[Token]) -> bool {
    let Some(first) = line.first() else { return false };
    let word = first.span.of(text);
    let mark = word.chars().next().is_some_and(|c| is_bullet(c) || is_dash(c));
    let apart =
        |index: usize| line.get(index + 1).is_some_and(|next| next.span.start() > line[index].span.end());
    if first.kind == TokenKind::Punct && mark {
        // "-Cooperation in trade": many pages leave no space behind the dash.
        let capital = line.get(1).is_some_and(|next| next.kind == TokenKind::Word && next.capital);
        return line.len() > 1 && (apart(0) || capital || word.starts_with(is_bullet));
    }
    let is = |index: usize, mark: &str| line.get(index).is_some_and(|token| token.span.of(text) == mark);
    if word == "(" {
        return line.get(1).is_some_and(|t| is_list_marker(text, t)) && is(2, ")") && line.len() > 3;
    }
    is_list_marker(text, first) && ((is(1, ".") && apart(1)) || is(1, ")")) && line.len() > 2
}
