//! Years and decades in words: "nineteen ninety-nine", "two thousand and eighteen", "the seventies".

use rust_decimal::prelude::ToPrimitive;

use crate::calendar;
use crate::cursor::Cursor;
use crate::numbers;
use crate::resolve;
use crate::role::{Role, Word};
use crate::time::Expr;

/// A year as it is spoken, and the token after it.
pub(crate) fn year(cx: &Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    if let Some((century, at)) = century(cx, i) {
        // "seventeen hundred and thirty-three".
        let hundred = cx.role(at, |r| (r == Role::Hundred).then_some(())).map(|(_, end)| end);
        let at = hundred.map_or(at, |end| cx.word(end, Word::RangeAnd).unwrap_or(end));
        let (rest, end) = numbers::below_hundred(cx, cx.skip_hyphen(at))
            .filter(|(n, _)| *n >= 10)
            .or_else(|| oh(cx, at))?;
        return Some((century * 100 + i16::try_from(rest).ok()?, end));
    }
    let number = numbers::scaled(cx, i).filter(|n| !n.digits && n.exponent == 3)?;
    let year = number
        .value
        .to_i16()
        .filter(|y| (2000..2100).contains(y) || (1500..2000).contains(y) && y % 100 > 0)?;
    Some((year, number.end))
}

/// "nineteen", "twenty" as the first half of a year.
fn century(cx: &Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    let (number, end) = cx.role(i, |r| match r {
        Role::Cardinal(n @ 15..=19) | Role::Tens(n @ 20) => Some(i16::from(n)),
        _ => None,
    })?;
    Some((number, end))
}

/// "zero one" of "nineteen zero one".
fn oh(cx: &Cursor<'_>, i: usize) -> Option<(u16, usize)> {
    let digit =
        |at| cx.role(at, |r| if let Role::Cardinal(n @ 0..=9) = r { Some(u16::from(n)) } else { None });
    let (_, at) = digit(i).filter(|(n, _)| *n == 0)?;
    digit(at)
}

/// "the seventies", "the nineteen seventies", "the '40s", "the 70s".
pub(crate) fn decade(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let led = start > i || cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Within));
    if !led {
        return None;
    }
    if let Some((first, end)) = in_words(cx, start) {
        return Some(Expr::stretch(end, resolve::decade(first)));
    }
    let at = if cx.is(start, b'\'') { start + 1 } else { start };
    let text = cx.digits(at).filter(|d| d.len() == 2 && d.ends_with('0'))?;
    let mark = if cx.is(at + 1, b'\'') { at + 2 } else { at + 1 };
    (cx.tight(mark) && calendar::decade_mark(cx, mark)).then_some(())?;
    let first: i16 = text.parse().ok()?;
    Some(Expr::stretch(mark + 1, resolve::decade(first + if first < 20 { 2000 } else { 1900 })))
}

/// "two thousands", and "two thousand" before tens.
fn thousands(cx: &Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    let (two, at) = cx.role(i, |r| if let Role::Cardinal(n @ 2) = r { Some(i16::from(n)) } else { None })?;
    let (_, end) = cx.role(at, |r| (r == Role::Scale(3)).then_some(()))?;
    let tens = cx.word(end, Word::RangeAnd).unwrap_or(end);
    let decade = cx.role(tens, |r| matches!(r, Role::Decade(_)).then_some(())).is_some();
    (decade || cx.is_word(at, Word::Thousands)).then_some((two * 1000, end))
}

fn in_words(cx: &Cursor<'_>, i: usize) -> Option<(i16, usize)> {
    let tens = |at| cx.role(at, |r| if let Role::Decade(n) = r { Some(i16::from(n)) } else { None });
    if let Some((century, at)) = century(cx, i)
        && let Some((tens, end)) = tens(cx.skip_hyphen(at))
    {
        return Some((century * 100 + tens, end));
    }
    if let Some((2000, at)) = thousands(cx, i) {
        let tens_at = cx.word(at, Word::RangeAnd).unwrap_or(at);
        return Some(tens(tens_at).map_or((2000, at), |(tens, end)| (2000 + tens, end)));
    }
    tens(i)
        .filter(|(tens, _)| *tens != 10)
        .map(|(tens, end)| (1900 + tens + if tens < 20 { 100 } else { 0 }, end))
}
