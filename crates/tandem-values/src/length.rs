//! Lengths of time: "five years", "a three-day visit", "two weeks ago", "the past decade", "the next
//! five years".

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tandem_model::{Date, Period, TimexKind};

use crate::cursor::Cursor;
use crate::numbers;
use crate::relative::time_unit;
use crate::resolve;
use crate::role::{Role, TimeUnit, Word};
use crate::scan::Kind;
use crate::time::Expr;

/// A number of units of time.
#[derive(Clone, Copy, Debug)]
struct Length {
    end: usize,
    number: Decimal,
    unit: TimeUnit,
}

/// "five years", "2.5 hours", "half a year", "a decade", "five-year", "a year and a half".
fn length(cx: &Cursor<'_>, i: usize) -> Option<Length> {
    if let Some(half) = half(cx, i) {
        return Some(half);
    }
    let (mut number, at) = match numbers::scaled(cx, i) {
        Some(n) if !n.share => (n.value, n.end),
        _ => (Decimal::ONE, cx.word(i, Word::Indefinite)?),
    };
    let hyphen = cx.skip_hyphen(at);
    let (unit, mut end) = time_unit(cx, hyphen).filter(|(_, end)| short_unit(cx, hyphen, *end))?;
    if let Some(share) =
        cx.word(end, Word::RangeAnd).and_then(|at| numbers::scaled(cx, at)).filter(|n| n.share && !n.scaled)
    {
        (number, end) = (number + share.value, share.end);
    }
    let single = cx.word(i, Word::Indefinite).is_some() && at == i + 1;
    let other = unit == TimeUnit::Second || unit == TimeUnit::Quarter && cx.is_word(end, Word::Of);
    if single && other {
        // "a second visit", "a quarter of exports".
        return None;
    }
    if cx.is(end, b'\'') && cx.tight(end) {
        let s = cx.tight(end + 1) && cx.str(end + 1) == "s";
        end = if s { end } else { end + 1 };
    }
    let old = cx.skip_hyphen(end);
    Some(Length { end: cx.word(old, Word::DurationTail).unwrap_or(end), number, unit })
}

/// "h" and "min" only against digits or as words after them.
fn short_unit(cx: &Cursor<'_>, at: usize, end: usize) -> bool {
    end > at && (cx.str(at).len() > 1 || cx.kind(at.wrapping_sub(1)) == Kind::Digits)
}

/// "half a year", "half an hour".
fn half(cx: &Cursor<'_>, i: usize) -> Option<Length> {
    let (_, at) = cx.role(i, |r| (r == Role::Half).then_some(()))?;
    let (unit, end) = time_unit(cx, cx.word(at, Word::Indefinite)?)?;
    let (number, unit) = match unit {
        TimeUnit::Year => (Decimal::from(6), TimeUnit::Month),
        _ => (Decimal::new(5, 1), unit),
    };
    Some(Length { end, number, unit })
}

fn plain(length: Length) -> Expr {
    Expr {
        timex: Some(resolve::duration(Some(length.number), length.unit)),
        ..Expr::new(length.end, TimexKind::Duration)
    }
}

/// A length of time that nothing places in the calendar.
pub(crate) fn duration(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    length(cx, i).map(plain)
}

/// The stretch that `direction` times the length at `i` reaches from `day`, in the length's own unit.
pub(crate) fn from(cx: &Cursor<'_>, day: Date, i: usize, direction: i64) -> Option<Period> {
    let length = length(cx, i)?;
    let (unit, number) = whole(length)?;
    Some(resolve::named(resolve::shift(day, unit, number * direction)?, unit)?.0)
}

/// The length in whole units: a year and a half is eighteen months.
fn whole(length: Length) -> Option<(TimeUnit, i64)> {
    if length.number.is_integer() {
        return Some((length.unit, length.number.to_i64()?));
    }
    let months = match length.unit {
        TimeUnit::Year => Decimal::from(12),
        TimeUnit::Decade => Decimal::from(120),
        _ => return Some((length.unit, length.number.round().to_i64()?)),
    };
    Some((TimeUnit::Month, length.number.checked_mul(months)?.round().to_i64()?))
}

fn offset(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let start = cx.skip(i, Word::Article);
    cx.role(start, |r| match r {
        Role::Relative(n) => Some(n),
        Role::Word(Word::Following) => Some(1),
        Role::Word(Word::Previous) => Some(-1),
        _ => None,
    })
}

/// "the next five years": counted on from the document's day.
pub(crate) fn coming(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, at) = offset(cx, i).filter(|(n, _)| *n == 1)?;
    let expr = duration(cx, at).filter(|_| {
        cx.word(at, Word::Indefinite).is_none()
            || cx.role(at, |r| matches!(r, Role::Cardinal(_)).then_some(())).is_some()
    })?;
    let period = cx.reference.and_then(|day| from(cx, day, at, 1));
    Some(Expr { period, ..expr }.relative())
}

/// "the past five years", "the last decade": up to the document's day.
pub(crate) fn past(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, at) = offset(cx, i).filter(|(n, _)| *n == -1)?;
    let found = length(cx, at)?;
    let period = cx.reference.and_then(|day| {
        let (unit, number) = whole(found)?;
        Period::days(resolve::shift(day, unit, -number)?, day)
    });
    Some(Expr { period, ..plain(found) }.relative())
}

/// "five years", and what places it: "two weeks ago", "a year earlier", "three days later".
pub(crate) fn counted(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let found = length(cx, i)?;
    let anchor = |direction: i8, anchored: bool, end: usize| placed(cx, found, direction, anchored, end);
    if let Some(end) = cx.word(found.end, Word::Ago) {
        return Some(anchor(-1, false, end));
    }
    if let Some(end) = cx.word(found.end, Word::FromNow) {
        return Some(anchor(1, false, end));
    }
    if let Some(end) = cx.word(found.end, Word::Earlier) {
        return Some(anchor(-1, true, end));
    }
    if let Some(end) = cx
        .word(found.end, Word::Later)
        .filter(|&end| end == found.end + 1 && !cx.str(found.end).eq_ignore_ascii_case("on"))
    {
        return Some(anchor(1, true, end));
    }
    Some(plain(found))
}

fn placed(cx: &Cursor<'_>, found: Length, direction: i8, anchored: bool, end: usize) -> Expr {
    let stretch = cx.reference.and_then(|day| {
        let (unit, number) = whole(found)?;
        resolve::named(resolve::shift(day, unit, number * i64::from(direction))?, unit)
    });
    let years = if found.unit == TimeUnit::Year { found.number.to_i8().unwrap_or(0) } else { 0 };
    let shift = if anchored { years.saturating_mul(direction) } else { 0 };
    Expr { anchored, shift, ..Expr::stretch(end, stretch) }.relative()
}
