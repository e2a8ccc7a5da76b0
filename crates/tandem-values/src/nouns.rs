//! What a bare number counts: the noun phrase after it, up to its head.
//!
//! Without a tagger, the head of "60 joint projects worth" is found by form: the first plural before a
//! word that ends noun phrases. A singular head is taken only where the number is one.

use crate::cursor::Cursor;
use crate::role::{Role, Word};
use crate::scan::{Kind, Token};

/// Longest noun phrase looked for, in words.
const REACH: usize = 6;

/// The words from token `i` through the head noun, as written.
pub(crate) fn after(cx: &Cursor<'_>, i: usize) -> Option<String> {
    let at = if cx.is(i, b'-') && cx.tight(i) && cx.tight(i + 1) { i + 1 } else { i };
    // "30 more flights", "five other schools".
    let at = cx.skip(at, Word::Further);
    let end = head(cx, at)?;
    let span = cx.span(at, end);
    Some(span.of(cx.text).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The token after the head of the noun phrase at `i`.
fn head(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..REACH {
        let token = cx.get(at).filter(|t| t.kind == Kind::Word)?;
        if stops(cx, at, token) {
            return None;
        }
        if plural(cx, at, token) {
            return Some(extended(cx, at));
        }
        at = step(cx, at + 1)?;
    }
    None
}

/// The words from token `i` through a singular head: all words before one that ends the phrase.
pub(crate) fn singular(cx: &Cursor<'_>, i: usize) -> Option<String> {
    let goes_on = |at: usize| {
        cx.get(at).is_some_and(|t| t.kind == Kind::Word && !stops(cx, at, t) && (at == i || t.gap))
    };
    let end = (i..i + 4).take_while(|&at| goes_on(at)).last()? + 1;
    Some(cx.span(i, end).of(cx.text).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The next word of the phrase, over a hyphen or a comma or "and" between adjectives.
fn step(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let token = cx.get(i)?;
    match token.kind {
        Kind::Word => Some(cx.word(i, Word::RangeAnd).unwrap_or(i)),
        Kind::Sign if token.byte == b'-' && !token.gap && cx.tight(i + 1) => Some(i + 1),
        Kind::Sign if token.byte == b'/' && !token.gap => Some(i + 1),
        _ => None,
    }
}

fn stops(cx: &Cursor<'_>, i: usize, token: &Token) -> bool {
    let unit_of_time = cx.role(i, |r| matches!(r, Role::TimeUnit(_)).then_some(())).is_some();
    token.word != 0 && (cx.is_word(i, Word::Stop) || unit_of_time)
}

/// Whether a word looks like a plural noun.
fn plural(cx: &Cursor<'_>, i: usize, token: &Token) -> bool {
    if token.word != 0 && cx.is_word(i, Word::Plural) {
        return true;
    }
    let text = cx.str(i);
    let formed = text.len() > 3
        && text.ends_with('s')
        && !text.ends_with("ss")
        && !text.ends_with("us")
        && !text.ends_with("is");
    let acronym = text.len() > 2 && text.ends_with('s') && text.as_bytes()[1].is_ascii_uppercase();
    (formed || acronym) && !cx.is_word(i, Word::NoPlural) && !joined_on(cx, i)
}

fn joined_on(cx: &Cursor<'_>, i: usize) -> bool {
    cx.is(i + 1, b'-') && cx.tight(i + 1) && cx.tight(i + 2)
}

/// Past plurals that only describe the next one: "sports events".
fn extended(cx: &Cursor<'_>, i: usize) -> usize {
    let next = i + 1;
    match cx.get(next) {
        Some(token)
            if token.kind == Kind::Word
                && cx.is_word(i, Word::Attributive)
                && !stops(cx, next, token)
                && plural(cx, next, token) =>
        {
            next + 1
        }
        _ => next,
    }
}
