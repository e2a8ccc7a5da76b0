//! Stretches of the calendar with two ends: "May 6 to 9", "January through April 2025", "2024-2034".

use tandem_model::{Date, Period, TimexKind};

use crate::calendar::{
    Point, counts_on, dated, day, measured, period, point, unknown_year, with_year, year_digits,
};
use crate::cursor::Cursor;
use crate::parts::compact;
use crate::relative::relative_unit;
use crate::resolve;
use crate::role::{TimeUnit, Word};
use crate::scan::Kind;
use crate::time::{End, Expr};

/// The word or dash between the ends of a stretch.
pub(crate) fn link(cx: &Cursor<'_>, i: usize, between: bool) -> Option<usize> {
    if cx.is(i, b'~') && cx.tight(i) && cx.tight(i + 1) {
        return Some(i + 1);
    }
    let spelled = cx.word(cx.skip_hyphen(i), Word::RangeTo).filter(|_| !between);
    if let Some(at) = spelled.filter(|at| cx.is(i, b'-') && cx.is(*at, b'-')) {
        return Some(cx.skip_hyphen(at));
    }
    if cx.is(i, b'-') {
        return (cx.get(i).is_some_and(|t| t.gap) == cx.get(i + 1).is_some_and(|t| t.gap)).then_some(i + 1);
    }
    if between {
        return cx.word(i, Word::RangeAnd);
    }
    let at = cx.word(cx.skip_hyphen(i), Word::RangeTo)?;
    Some(cx.skip_hyphen(at))
}

/// A stretch with two ends: days, months or years.
pub(crate) fn range(cx: &Cursor<'_>, i: usize, between: bool) -> Option<Expr> {
    years(cx, i, between).or_else(|| days_before_month(cx, i, between)).or_else(|| points(cx, i, between))
}

/// "Q1-Q3 2024", "Q2 to Q4".
pub(crate) fn quarters(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let number = |at: usize| {
        cx.word(at, Word::QuarterLetter)
            .and_then(|_| cx.digits(at + 1))
            .and_then(|digits| digits.parse::<i8>().ok())
    };
    let from = number(i)?;
    let first = compact(cx, i).filter(|first| first.relative)?;
    let next = link(cx, first.end, false)?;
    let to = number(next).filter(|to| from < *to)?;
    let last = compact(cx, next)?;
    let year = last.period.map(|period| period.first().year());
    let whole = year.and_then(|year| Period::month_span((year, from * 3 - 2), (year, to * 3)));
    Some(Expr { relative: last.relative, range: true, ..Expr::date(last.end, whole) })
}

/// "2018 to 2022", "2024-2034", "2020/2021", "2020-21".
pub(crate) fn years(cx: &Cursor<'_>, i: usize, between: bool) -> Option<Expr> {
    let at = cx.word(i, Word::Years).filter(|&at| cx.kind(at) == Kind::Digits).unwrap_or(i);
    let first = year_digits(cx, at).filter(|y| (1500..=2199).contains(y))?;
    let slash = cx.joined(at + 1, b'/');
    let next = if slash { at + 2 } else { link(cx, at + 1, between)? };
    let (last, end) = match year_digits(cx, next) {
        Some(year) => (year, next + 1),
        None => {
            let text = cx.digits(next).filter(|d| d.len() == 2 && (slash || cx.joined(at + 1, b'-')))?;
            let glued = cx.joined(next + 1, b'-')
                || cx.joined(next + 1, b'/')
                || cx.is(next + 1, b'%')
                || cx.joined(next + 1, b'.');
            (!glued).then_some((first / 100 * 100 + text.parse::<i16>().ok()?, next + 1))?
        }
    };
    if last <= first
        || last - first > 200
        || cx.before(at).is_some_and(|t| cx.tight(at) && matches!(t.byte, b'$' | b'/' | b'-'))
        || measured(cx, end - 1)
    {
        return None;
    }
    let expr = Expr { range: true, ..Expr::date(end, Period::years(first, last)) };
    if slash || year_digits(cx, next).is_none() {
        return Some(expr);
    }
    let year = |at: usize, year: i16| End { from: at, to: at + 1, value: Some(format!("{year:04}")) };
    Some(expr.between(year(at, first), year(next, last)))
}

/// "6-9 May 2022", "21 to 22 December".
fn days_before_month(cx: &Cursor<'_>, i: usize, between: bool) -> Option<Expr> {
    let (first, end) = day(cx, cx.skip(i, Word::Article))?;
    let at = link(cx, end, between).or_else(|| cx.word(end, Word::RangeAnd))?;
    if let Some(expr) = days_of_this_month(cx, i, first, at) {
        return Some(expr);
    }
    let last = point(cx, at).filter(|p| p.day.is_some() && !p.month_first && p.month.is_some())?;
    // Also where no year is known: the day of the report changes what is meant, never where it stands.
    last.day.filter(|last| first < *last)?;
    let (last, relative) = dated(cx, i, last);
    let first = Point { day: Some(first), end, ..last };
    stretch(first, last, relative).map(|e| e.between(named(i, first), named(at, last)))
}

/// One end of a stretch with its own value.
fn named(from: usize, point: Point) -> End {
    let value = period(point).map_or_else(|| unknown_year(point), |p| p.to_string());
    End { from, to: point.end, value: Some(value) }
}

/// "from 4 to 22 of this month".
fn days_of_this_month(cx: &Cursor<'_>, i: usize, first: i8, at: usize) -> Option<Expr> {
    let (last, end) = day(cx, at)?;
    let ((offset, _), end) = relative_unit(cx, cx.word(end, Word::Of).unwrap_or(end))
        .filter(|((_, unit), _)| *unit == TimeUnit::Month)?;
    let led = cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Preposition))
        || cx.word(i, Word::RangeBetween).is_some();
    let days = cx.reference.and_then(|d| {
        let month = resolve::shift(d, TimeUnit::Month, i64::from(offset))?;
        Period::days(
            Date::new(month.year(), month.month(), first).ok()?,
            Date::new(month.year(), month.month(), last).ok()?,
        )
    });
    led.then(|| Expr { range: true, ..Expr::date(end, days).relative() })
}

fn stretch(first: Point, last: Point, relative: bool) -> Option<Expr> {
    let expr = Expr { relative, range: true, ..Expr::new(last.end, TimexKind::Date) };
    if first.year.is_none() || last.year.is_none() {
        return Some(expr);
    }
    let (from, to) = (period(first)?, period(last)?);
    let whole = if first.day.is_some() || last.day.is_some() {
        Period::days(from.first(), to.last())
    } else {
        Period::month_span((from.first().year(), from.first().month()), (to.last().year(), to.last().month()))
    }?;
    Some(Expr { period: Some(whole), timex: Some(whole.to_string()), ..expr })
}

/// "May 6 to 9", "30 May – 2 June 2023", "January through April 2025".
fn points(cx: &Cursor<'_>, i: usize, between: bool) -> Option<Expr> {
    let first = point(cx, i)?;
    let mut at = link(cx, first.end, between);
    if at.is_none() && first.month_first && first.year.is_none() {
        // "January and February 2024": two months that follow one another.
        at = cx.word(first.end, Word::RangeAnd).filter(|&at| {
            point(cx, at).is_some_and(|p| {
                p.day.is_none() && first.day.is_none() && p.month == first.month.map(|m| m + 1)
            })
        });
    }
    let at = at?;
    let bare = |at| {
        let at = cx.skip(at, Word::Article);
        let (day, end) = day(cx, at).filter(|(_, end)| first.month_first && !counts_on(cx, at, *end))?;
        Some(with_year(cx, Point { end, day: Some(day), month: first.month, ..Point::default() }))
    };
    let last = match first.day {
        Some(_) => point(cx, at).or_else(|| bare(at))?,
        None => point(cx, at)?,
    };
    if first.day.is_some() != last.day.is_some() {
        return None;
    }
    if let Some(expr) = fiscal_months(cx, first, last) {
        return Some(expr);
    }
    let (last, relative) = dated(cx, i, last);
    let mut first = first;
    if first.year.is_none() {
        let wraps = (first.month, first.day) > (last.month, last.day);
        first.year = last.year.map(|y| y - i16::from(wraps));
    }
    stretch(first, last, relative || first.relative).map(|e| e.between(named(i, first), named(at, last)))
}

/// "July-April 2017-18": months of a financial year that bears two years. The first month is in the first of them,
/// unless the months lie in the early part of a year, which then is the second.
fn fiscal_months(cx: &Cursor<'_>, first: Point, last: Point) -> Option<Expr> {
    const SPRING: i8 = 4;
    let bare = first.day.is_none() && first.year.is_none() && last.day.is_none();
    let (year, from, to) = (last.year?, first.month?, last.month?);
    let mark = [b'-', b'/'].into_iter().any(|m| cx.joined(last.end, m));
    let tail = cx.digits(last.end + 1).filter(|d| bare && mark && d.len() == 2)?;
    if tail.parse::<i16>().ok()? != (year + 1) % 100 {
        return None;
    }
    let begins = if from < SPRING { year + 1 } else { year };
    let ends = if to < from { begins + 1 } else { begins };
    let whole = Period::month_span((begins, from), (ends, to));
    Some(Expr { range: true, ..Expr::date(last.end + 2, whole) })
}
