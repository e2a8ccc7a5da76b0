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
            || chained(cx, end)
            || bare && (labelled(cx, start) || degrees(cx, end)))
}

/// Letters or signs written against the digits: G20, COVID-19, 5G, C5+1, v2.
fn glued(cx: &Cursor<'_>, start: usize, end: usize, bare: bool) -> bool {
    let before = cx.before(start).filter(|_| cx.tight(start));
    let letters = before.is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Opaque));
    let marks = before.is_some_and(|t| match t.byte {
        b'/' | b'+' => bare,
        byte => matches!(byte, b'#' | b'@' | b'_' | b'.' | b',' | b':' | b'\\' | b'^'),
    });
    let hyphen = before.is_some_and(|t| t.byte == b'-')
        && cx.tight(start - 1)
        && cx.before(start - 1).is_some_and(|t| t.kind == Kind::Word);
    let after = cx.tight(end) && matches!(cx.kind(end), Kind::Word | Kind::Opaque);
    let plus = cx.joined(end, b'+') && matches!(cx.kind(end + 1), Kind::Digits);
    letters || marks && bare || hyphen || after && bare || plus
}

/// The token after digits that are chained as no number is, so that no part of them is read:
/// telephone numbers, versions, addresses of machines.
pub(crate) fn chain(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    if cx.kind(i) != Kind::Digits {
        return None;
    }
    telephone(cx, i).or_else(|| marked(cx, i))
}

/// "+7 701 123 45 67", "(8717) 74-12-34", "555-1234".
fn telephone(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let plus = cx.before(i).is_some_and(|t| t.byte == b'+') && cx.tight(i);
    let (mut end, mut groups, mut digits, mut short) = (i, 0, 0, true);
    let mut hyphens = 0;
    // Longer runs than any telephone number has are cut, so that a line of digits takes linear time.
    while let Some(group) = cx.digits(end).filter(|g| groups < 9 && g.len() <= if plus { 12 } else { 4 }) {
        (groups, digits, short) = (groups + 1, digits + group.len(), short && group.len() <= 3);
        end += 1;
        let hyphen = cx.joined(end, b'-') && cx.kind(end + 1) == Kind::Digits;
        let bracket = usize::from(cx.is(end, b'(') || cx.is(end, b')'));
        hyphens += usize::from(hyphen);
        end += usize::from(hyphen) + if plus || groups == 1 { bracket } else { 0 };
    }
    let local = groups == 2 && hyphens == 1 && cx.digits(i)?.len() == 3 && cx.digits(end - 1)?.len() == 4;
    let paired = groups >= 4 && short && digits >= 9 && cx.digits(end - 1)?.len() == 2;
    let found = plus && groups >= 2 && digits >= 7 || hyphens >= 2 && digits >= 6 || local || paired;
    (found && !cx.is(end, b'%')).then_some(end)
}

/// "1.2.3", "192.168.0.1", "41:18:30", "24/7/365".
fn marked(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let mark = cx.get(i + 1).map(|t| t.byte).filter(|b| matches!(b, b'.' | b':' | b'/'))?;
    let mut end = i + 1;
    let mut groups = 1;
    while cx.joined(end, mark) && cx.kind(end + 1) == Kind::Digits {
        (groups, end) = (groups + 1, end + 2);
    }
    let number = mark == b'.' && crate::numbers::scaled(cx, i).is_some_and(|n| n.end >= end);
    (!number && (groups > 2 || groups == 2 && mark == b':')).then_some(end)
}

/// Digits that go on with a mark that no number has.
fn chained(cx: &Cursor<'_>, end: usize) -> bool {
    let link = cx.get(end).is_some_and(|t| matches!(t.byte, b':' | b'/' | b'.'))
        && cx.tight(end)
        && cx.tight(end + 1);
    link && cx.kind(end + 1) == Kind::Digits
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
