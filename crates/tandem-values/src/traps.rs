//! Numbers that are no values: phone numbers, coordinates, versions, models, labels.

use crate::cursor::Cursor;
use crate::role::Word;
use crate::scan::Kind;

/// Whether the number in tokens `start..end` is part of something that is no amount. `bare` says that no
/// unit or currency stands beside it.
pub(crate) fn no_amount(cx: &Cursor<'_>, start: usize, end: usize, bare: bool) -> bool {
    let digits = (start..end).any(|i| cx.kind(i) == Kind::Digits);
    digits
        && (glued(cx, start, end, bare)
            || chained(cx, start, end)
            || bare && (labelled(cx, start) || degrees(cx, end)))
}

/// Letters or signs written against the digits: G20, COVID-19, 5G, C5+1, v2.
fn glued(cx: &Cursor<'_>, start: usize, end: usize, bare: bool) -> bool {
    let before = cx.before(start).filter(|_| cx.tight(start));
    let letters = before.is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Opaque));
    let marks = before.is_some_and(|t| {
        matches!(t.byte, b'#' | b'@' | b'_' | b'+' | b'.' | b',' | b'/' | b':' | b'\\' | b'^')
    }) && !(before.is_some_and(|t| t.byte == b'/' || t.byte == b'+') && !bare);
    let hyphen = before.is_some_and(|t| t.byte == b'-')
        && cx.tight(start - 1)
        && cx.before(start - 1).is_some_and(|t| t.kind == Kind::Word);
    let after = cx.tight(end) && matches!(cx.kind(end), Kind::Word | Kind::Opaque);
    let plus = cx.joined(end, b'+') && matches!(cx.kind(end + 1), Kind::Digits);
    letters || marks && bare || hyphen || after || plus
}

/// Digits that go on with marks that no number has: 74-12-34, 1.2.3, 41:18, 24/7.
fn chained(cx: &Cursor<'_>, start: usize, end: usize) -> bool {
    let links = |i: usize| {
        cx.get(i).is_some_and(|t| matches!(t.byte, b'.' | b':' | b'/' | b','))
            && cx.tight(i)
            && cx.tight(i + 1)
    };
    let next = links(end) && cx.kind(end + 1) == Kind::Digits && !cx.is(end, b',');
    let hyphens = |i: usize| cx.joined(i, b'-') && cx.kind(i + 1) == Kind::Digits;
    let telephone = hyphens(end)
        && (hyphens(end + 2)
            || cx.digits(end - 1).is_some_and(|d| d.len() == 3)
                && cx.digits(end + 1).is_some_and(|d| d.len() == 4));
    let back = start >= 2
        && hyphens(start - 1)
        && cx.kind(start - 2) == Kind::Digits
        && start >= 4
        && hyphens(start - 3);
    next || telephone || back || spaced_phone(cx, start, end)
}

/// "+7 701 123 45 67", "(8717) 74 12 34".
fn spaced_phone(cx: &Cursor<'_>, start: usize, end: usize) -> bool {
    let plus = start > 0 && cx.is(start - 1, b'+') || cx.is(start, b'+');
    let more = cx.kind(end) == Kind::Digits && cx.get(end).is_some_and(|t| t.gap);
    let bracket = cx.is(end, b'(') && cx.kind(end + 1) == Kind::Digits;
    plus && (more || bracket)
}

/// A label before the number: "Article 5", "Boeing 737", "No. 12".
fn labelled(cx: &Cursor<'_>, start: usize) -> bool {
    let Some(before) = cx.before(start) else { return false };
    if before.kind == Kind::Word {
        return cx.is_word(start - 1, Word::Label);
    }
    before.byte == b'.' && start >= 2 && cx.word(start - 2, Word::Label) == Some(start) || before.byte == b'#'
}

/// "41°18′ N".
fn degrees(cx: &Cursor<'_>, end: usize) -> bool {
    matches!(cx.str(end), "°" | "º" | "′" | "″")
}

/// "the one", "no one", "one of": a pronoun.
pub(crate) fn pronoun_one(cx: &Cursor<'_>, i: usize) -> bool {
    cx.is_word(i + 1, Word::Of)
}
