//! Numbers that are no values: phone numbers, coordinates, versions, models, labels.

use rust_decimal::Decimal;

use crate::amount::{Found, Measure, Part};
use crate::cursor::Cursor;
use crate::numbers::Num;
use crate::role::{Role, Word};
use crate::scan::Kind;

/// Whether the number in tokens `start..end` is part of something that is no amount. `bare` says that no
/// unit or currency stands beside it.
pub(crate) fn no_amount(cx: &Cursor<'_>, start: usize, end: usize, bare: bool) -> bool {
    let digits = (start..end).any(|i| cx.kind(i) == Kind::Digits);
    digits
        && (glued(cx, start, end, bare)
            || chained(cx, end)
            || coordinate(cx, end)
            || bare && (labelled(cx, start) || degrees(cx, end)))
}

/// Steps over what is written on to a number that is a name: "Boeing 737-800".
pub(crate) fn rest_of_name(cx: &Cursor<'_>, start: usize, end: usize) -> Option<Found> {
    let mut at = end;
    while cx.joined(at, b'-') && matches!(cx.kind(at + 1), Kind::Digits | Kind::Word) {
        at += 2;
    }
    (at > end && labelled(cx, start)).then_some(Found { mentions: Vec::new(), end: at })
}

/// "3-1", "11-9": the result of a match or a vote, which no unit follows; the token after it.
pub(crate) fn score(cx: &Cursor<'_>, first: Part) -> Option<usize> {
    let low = first.measure == Measure::None && first.num.plain && first.num.value < Decimal::ONE_HUNDRED;
    let next = first.num.end;
    let other = cx.digits(next + 1).filter(|d| low && d.len() <= 2 && cx.joined(next, b'-'))?;
    let ends = !cx.joined(next + 2, b'-') && !cx.joined(next + 2, b'.') && !cx.is(next + 2, b'%');
    let falling = other.parse::<u8>().is_ok_and(|n| Decimal::from(n) <= first.num.value);
    let counted = crate::amount::part(cx, next + 1)
        .is_some_and(|p| p.measure != Measure::None || p.num.scaled || !p.num.plain);
    let plural = crate::nouns::after(cx, next + 2).is_some();
    (ends && !counted && (falling || !plural)).then_some(next + 2)
}

/// A currency of one letter, or one that is a label too, before one or two digits or a long row of them makes a
/// name: "an Audi R8", "COP 29", "P173763".
pub(crate) fn letter_and_digit(cx: &Cursor<'_>, i: usize, num: Num) -> bool {
    let named = cx.kind(i) == Kind::Word && (cx.str(i).len() == 1 || cx.is_word(i, Word::Label));
    named && num.plain && (num.value < Decimal::ONE_HUNDRED || coded(cx, i, num))
}

/// "P173763": one letter and a long row of digits without marks is the number of a project or a file.
fn coded(cx: &Cursor<'_>, i: usize, num: Num) -> bool {
    let long = num.value >= Decimal::from(100_000);
    long && cx.tight(i + 1) && cx.get(i).is_some_and(|t| t.upper) && cx.str(i).len() == 1
}

/// "p" after a number that is no sum of pence: apart from it, with a scale, or lines of a screen.
pub(crate) fn no_pence(cx: &Cursor<'_>, num: Num, at: usize) -> bool {
    const LINES: [i64; 8] = [240, 360, 480, 540, 576, 720, 900, 960];
    let lines = i64::try_from(num.value).is_ok_and(|n| LINES.contains(&n));
    !cx.tight(at) || num.scaled || num.value >= Decimal::ONE_THOUSAND || lines
}

/// A point with white space before it and digits behind it: ".5".
pub(crate) fn leading_point(cx: &Cursor<'_>, i: usize) -> bool {
    let apart =
        cx.get(i).is_some_and(|t| t.gap) || cx.before(i).is_some_and(|t| t.byte == b'$' || t.byte == b'(');
    cx.is(i, b'.') && apart && cx.tight(i + 1) && cx.kind(i + 1) == Kind::Digits
}

/// Letters or signs written against the digits: G20, COVID-19, 5G, C5+1, v2.
fn glued(cx: &Cursor<'_>, start: usize, end: usize, bare: bool) -> bool {
    let before = cx.before(start).filter(|_| cx.tight(start));
    let letters = before.is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Opaque));
    let marks = before.is_some_and(|t| match t.byte {
        b'/' | b'+' => bare,
        b'.' if leading_point(cx, start - 1) => false,
        byte => matches!(byte, b'#' | b'@' | b'_' | b'.' | b',' | b':' | b'\\' | b'^'),
    });
    let hyphen = before.is_some_and(|t| t.byte == b'-')
        && cx.tight(start - 1)
        && cx.before(start - 1).is_some_and(|t| t.kind == Kind::Word)
        && cx.role(start - 2, |r| matches!(r, Role::Letter(_)).then_some(())).is_none();
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
    let trunk = groups >= 3 && digits >= 9 && cx.digits(i)?.starts_with('0');
    let called = groups >= 2 && digits >= 6 && labelled(cx, i) && !plus;
    let found = trunk
        || called
        || plus && groups >= 2 && digits >= 7
        || hyphens >= 2 && digits >= 6
        || local
        || paired;
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

/// "51.5°N", "41.2995 N".
fn coordinate(cx: &Cursor<'_>, end: usize) -> bool {
    let fraction =
        || cx.digits(end - 1).is_some_and(|digits| digits.len() >= 2) && cx.is(end.saturating_sub(2), b'.');
    end > 0
        && matches!(cx.str(end), "N" | "S" | "E" | "W" | "O")
        && (matches!(cx.str(end - 1), "°" | "º" | "′" | "″") || fraction())
        || cx.is(end, b'\'') && cx.tight(end) && degrees(cx, end.saturating_sub(2))
}

/// A name with its number: "the Apollo 11 crew", "a Falcon 9". A capital inside a sentence before a
/// bare number that counts nothing; days and months have capitals too and are no names.
pub(crate) fn numbered_name(cx: &Cursor<'_>, part: Part) -> bool {
    let bare = part.measure == Measure::None
        && part.num.plain
        && part.num.digits
        && part.num.value < Decimal::from(3000);
    let Some(before) = part.start.checked_sub(1).filter(|_| bare && !part.negative) else { return false };
    let named = cx.get(before).is_some_and(|t| t.kind == Kind::Word && t.upper)
        && cx.get(part.start).is_some_and(|t| t.gap);
    let inside =
        cx.before(before).is_some_and(|t| t.kind == Kind::Word || matches!(t.byte, b'&' | b'-' | b','));
    let known = cx.role(before, |r| {
        matches!(r, Role::Month(_) | Role::Weekday(_) | Role::BoundBefore(_)).then_some(())
    });
    named && inside && known.is_none() && !cx.is(part.num.end, b'-') && !cx.is(part.num.end, b'%')
}

/// "the one", "no one", "one of": a pronoun.
pub(crate) fn pronoun_one(cx: &Cursor<'_>, i: usize) -> bool {
    cx.is_word(i + 1, Word::Of)
}
