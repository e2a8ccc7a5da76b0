//! Parts of a year: quarters, halves, its first or last months, financial years.

use rust_decimal::prelude::ToPrimitive;
use tandem_model::{Period, TimexKind};

use crate::calendar::{dated, ordinal, period, point, year_digits, year_slot};
use crate::cursor::Cursor;
use crate::ranges::years;
use crate::relative::relative_unit;
use crate::role::{Role, TimeUnit, Word};
use crate::scan::Kind;
use crate::time::{Expr, Tense, tense};
use crate::{numbers, resolve};

/// "FY2020-21", "fiscal year 2023/24", "the current fiscal year" (left to `relative`).
pub(crate) fn fiscal(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.word(cx.skip(i, Word::Article), Word::Fiscal)?;
    let at = cx.skip_hyphen(if cx.is(at, b'\'') { at + 1 } else { at });
    if let Some(expr) = years(cx, at, false) {
        return Some(Expr { range: false, ..expr });
    }
    if let Some(year) = year_digits(cx, at) {
        return Some(Expr::date(at + 1, Period::year(year)));
    }
    let text = cx.digits(at).filter(|d| d.len() == 2 && cx.tight(at))?;
    let year = 2000 + text.parse::<i16>().ok()?;
    let next =
        cx.digits(at + 2).filter(|d| d.len() == 2 && (cx.joined(at + 1, b'-') || cx.joined(at + 1, b'/')));
    match next.and_then(|d| d.parse::<i16>().ok()) {
        Some(last) if 2000 + last == year + 1 => Some(Expr::date(at + 3, Period::years(year, year + 1))),
        _ => Some(Expr::date(at + 1, Period::year(year))),
    }
}

/// "Q1 2022", "1Q22", "H1 2025", "1H17", "8M 2022".
pub(crate) fn compact(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let letter = |at: usize| {
        [(Word::QuarterLetter, 4), (Word::HalfLetter, 2), (Word::MonthLetter, 12)]
            .into_iter()
            .find(|&(word, _)| cx.word(at, word).is_some())
    };
    let tight = cx.tight(i + 1);
    let (word, most, number) = match (letter(i), letter(i + 1)) {
        (Some((word, most)), _) if tight && word != Word::MonthLetter => (word, most, cx.digits(i + 1)?),
        (_, Some((word, most))) if tight => (word, most, cx.digits(i)?),
        _ => return None,
    };
    let number: i8 =
        (number.len() <= 2).then(|| number.parse().ok()).flatten().filter(|n| (1..=most).contains(n))?;
    let slot =
        cx.digits(i + 2).filter(|d| d.len() == 2 && cx.tight(i + 2)).and_then(|d| d.parse::<i16>().ok());
    let (year, relative, end) = match (slot, year_slot(cx, i + 2)) {
        (Some(short), _) => (Some(2000 + short), false, i + 3),
        (None, Some(named)) => named,
        (None, None) if cx.joined(i + 2, b'/') && year_digits(cx, i + 3).is_some() => {
            (year_digits(cx, i + 3), false, i + 4)
        }
        (None, None) if !small_hour(cx, i) && !(word == Word::MonthLetter) => (None, true, i + 2),
        _ => return None,
    };
    let unit = match word {
        Word::QuarterLetter => TimeUnit::Quarter,
        Word::HalfLetter => TimeUnit::Half,
        _ => TimeUnit::Month,
    };
    let from = if unit == TimeUnit::Month { 0 } else { number };
    Some(part(cx, i, Part { unit, number, first: from != 0 || unit == TimeUnit::Month, end, year, relative }))
}

/// A small "h" is an hour.
fn small_hour(cx: &Cursor<'_>, i: usize) -> bool {
    cx.is_word(i, Word::HourMark) && cx.get(i).is_some_and(|t| !t.upper)
}

/// "2017 Q1", "2019-H2": the year first.
pub(crate) fn year_first(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let year = year_digits(cx, i)?;
    let inner = compact(cx, cx.skip_hyphen(i + 1)).filter(|e| e.relative)?;
    let moved = |p: Period| match p.form() {
        tandem_model::PeriodForm::Quarter => Period::quarter(year, (p.first().month() + 2) / 3),
        _ => Period::half(year, (p.first().month() + 5) / 6),
    };
    let written = inner.timex.clone().map(|t| t.replacen("XXXX", &format!("{year:04}"), 1));
    match inner.period {
        Some(period) => Some(Expr::date(inner.end, moved(period))),
        None => Some(Expr::date(inner.end, written.and_then(|t| t.parse().ok()))),
    }
}

/// A numbered part of a year.
struct Part {
    unit: TimeUnit,
    number: i8,
    /// Counted from the start of the year.
    first: bool,
    end: usize,
    year: Option<i16>,
    relative: bool,
}

fn part(cx: &Cursor<'_>, i: usize, part: Part) -> Expr {
    let Part { unit, number, first, end, .. } = part;
    let mut relative = part.relative;
    let mut year = part.year;
    if year.is_none() {
        relative = true;
        year = cx.reference.map(|today| {
            let begins = match unit {
                TimeUnit::Quarter => number * 3 - 2,
                TimeUnit::Half => number * 6 - 5,
                _ if first => number,
                _ => 1,
            };
            let ahead = begins > today.month();
            today.year() - i16::from(ahead && tense(cx, i) != Some(Tense::Future))
        });
    }
    let period = year.and_then(|year| match unit {
        TimeUnit::Quarter => Period::quarter(year, number),
        TimeUnit::Half => Period::half(year, number),
        _ if first => Period::month_span((year, 1), (year, number)),
        _ => Period::month_span((year, 13 - number), (year, 12)),
    });
    let mut expr = Expr { relative, ..Expr::date(end, period) };
    if expr.timex.is_none() && matches!(unit, TimeUnit::Quarter | TimeUnit::Half) {
        let letter = if unit == TimeUnit::Quarter { 'Q' } else { 'H' };
        expr.timex = Some(format!("XXXX-{letter}{number}"));
    }
    expr
}

/// The token after a short form in brackets: "the first half (H1) of 2017".
fn short_form(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let close = (i + 1..=i + LONGEST).find(|at| cx.is(*at, b')'))?;
    (cx.is(i, b'(') && close > i + 1).then_some(close + 1)
}

/// "the first quarter of 2022", "the second half of the year", "the first seven months of this year",
/// "nine months of 2024".
pub(crate) fn part_of_year(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    if let Some(expr) = years_part(cx, start) {
        return Some(expr);
    }
    let (which, at) = position(cx, start);
    if let Some(which) = which {
        let half = cx.word(at, Word::HalfOf).or_else(|| {
            cx.role(at, |r| (r == Role::TimeUnit(TimeUnit::Half) || r == Role::Half).then_some(()))
                .map(|(_, e)| e)
        });
        let quarter = cx.role(at, |r| (r == Role::TimeUnit(TimeUnit::Quarter)).then_some(())).map(|(_, e)| e);
        if let Some((unit, most, end)) =
            quarter.map(|e| (TimeUnit::Quarter, 4, e)).or(half.map(|e| (TimeUnit::Half, 2, e)))
        {
            let number = if which == -1 { most } else { which };
            // "The first half of fiscal 2024": when that year begins is its country's matter.
            if let Some(end) = in_fiscal_year(cx, end) {
                return Some(Expr::new(end, TimexKind::Date));
            }
            let slot = year_slot(cx, end).or_else(|| year_slot(cx, short_form(cx, end)?));
            // "last quarter" without a year is the one before this.
            let sure = slot.is_some() || which != -1 && (unit == TimeUnit::Quarter || quarter_ends(cx, end));
            if !sure {
                return None;
            }
            let (year, relative, end) = slot.unwrap_or((None, true, end));
            return ((1..=most).contains(&number) && sure)
                .then(|| part(cx, i, Part { unit, number, first: true, end, year, relative }));
        }
    }
    if let Some(expr) = several_quarters(cx, i, (which, at)) {
        return Some(expr);
    }
    let number = numbers::scaled(cx, at).filter(|n| !n.scaled && !n.share)?;
    let months: i8 = i8::try_from(number.value.to_i64()?).ok().filter(|n| (1..=12).contains(n))?;
    let (_, end) =
        cx.role(cx.skip_hyphen(number.end), |r| (r == Role::TimeUnit(TimeUnit::Month)).then_some(()))?;
    let from_start = matches!(which, Some(1)) || which.is_none();
    if let Some(end) = in_fiscal_year(cx, end) {
        return Some(Expr::new(end, TimexKind::Date));
    }
    let slot = year_slot(cx, end);
    let (year, relative, end) = match slot {
        Some(slot) => slot,
        None if ending(cx, end).is_some() => return ending(cx, end).and_then(|at| months_to(cx, at, months)),
        None if matches!(which, Some(1)) && number.value > rust_decimal::Decimal::ONE => (None, true, end),
        None => return None,
    };
    (which.is_none() || which == Some(1) || which == Some(-1)).then(|| {
        part(cx, i, Part { unit: TimeUnit::Month, number: months, first: from_start, end, year, relative })
    })
}

/// "The first three quarters of 2024", "in the last two quarters of the year": months counted from either end of a year.
fn several_quarters(cx: &Cursor<'_>, i: usize, (which, at): (Option<i8>, usize)) -> Option<Expr> {
    let first = which == Some(1);
    let (count, end) = numbers::below_hundred(cx, at).filter(|_| first || which == Some(-1))?;
    let (_, end) = cx.role(end, |r| (r == Role::TimeUnit(TimeUnit::Quarter)).then_some(()))?;
    let number = i8::try_from(count).ok().filter(|n| (2..=3).contains(n))? * 3;
    if let Some(end) = in_fiscal_year(cx, end) {
        return Some(Expr::new(end, TimexKind::Date));
    }
    let (year, relative, end) = year_slot(cx, end).or(first.then_some((None, true, end)))?;
    Some(part(cx, i, Part { unit: TimeUnit::Month, number, first, end, year, relative }))
}

/// The token after "of fiscal 2024", "of the current fiscal year", "of the 2024-25 financial year" at `i`.
fn in_fiscal_year(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let of = cx.word(i, Word::Of).unwrap_or(i);
    let at = cx.skip(of, Word::Article);
    let named = || {
        let end = years(cx, at, false).map(|e| e.end).or_else(|| year_digits(cx, at).map(|_| at + 1))?;
        cx.word(end, Word::Fiscal)
    };
    // "The ongoing" is one wording, article and all.
    let relative = |at: usize| {
        let before = cx.role(at, |r| matches!(r, Role::Relative(_)).then_some(())).map(|(_, end)| end);
        cx.word(before.or_else(|| cx.word(at, Word::Previous))?, Word::Fiscal)
    };
    fiscal(cx, at).map(|year| year.end).or_else(named).or_else(|| relative(at)).or_else(|| relative(of))
}

/// "last year's fourth quarter", "2012's first half".
fn years_part(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    // The sign of the possessive stands near, or this is none.
    (i + 1..i + 4).find(|&at| cx.is(at, b'\''))?;
    let (year, at, relative) = match relative_unit(cx, i) {
        Some(((n, TimeUnit::Year), at)) => (cx.reference.map(|d| d.year() + i16::from(n)), at, true),
        Some(_) => return None,
        None => (Some(year_digits(cx, i)?), i + 1, false),
    };
    // The sign and letter of the possessive.
    let at = (cx.is(at, b'\'') && cx.tight(at + 1) && cx.get(at + 1)?.end - cx.get(at + 1)?.start == 1)
        .then_some(at + 2)?;
    let (which, at) = position(cx, at);
    let (unit, end) = cx.role(at, |r| match r {
        Role::TimeUnit(unit @ (TimeUnit::Quarter | TimeUnit::Half)) => Some(unit),
        Role::Half => Some(TimeUnit::Half),
        _ => None,
    })?;
    let most = if unit == TimeUnit::Quarter { 4 } else { 2 };
    let number = if which == Some(-1) { most } else { which? };
    (1..=most).contains(&number).then(|| part(cx, i, Part { unit, number, first: true, end, year, relative }))
}

/// "the year to March", "the year ending 19 March", "the quarter ended in June".
pub(crate) fn year_to(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (months, end) = cx.role(cx.skip(i, Word::Article), |r| match r {
        Role::TimeUnit(TimeUnit::Year) => Some(12),
        Role::TimeUnit(TimeUnit::Half) => Some(6),
        Role::TimeUnit(TimeUnit::Quarter) => Some(3),
        _ => None,
    })?;
    months_to(cx, ending(cx, end)?, months)
}

/// "The June 2024 year": the twelve months that end with a month.
pub(crate) fn year_of_month(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let last = point(cx, i).filter(|p| p.month_first && p.day.is_none() && p.year.is_some())?;
    let (_, end) = cx.role(last.end, |r| (r == Role::TimeUnit(TimeUnit::Year)).then_some(()))?;
    let ends = end == last.end + 1 && !cx.joined(end, b'-') && !cx.is_word(last.end, Word::Units);
    let months = months_to(cx, i, 12).filter(|_| ends)?;
    Some(Expr { end, ..months })
}

/// The token after "ended", "to", "through" behind a number of months.
fn ending(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let at = cx.word(i, Word::Ending)?;
    point(cx, cx.skip(at, Word::Article)).is_some().then_some(at)
}

/// "the nine months to September 2024", "six months ended June 30".
fn months_to(cx: &Cursor<'_>, i: usize, months: i8) -> Option<Expr> {
    let (last, relative) = dated(cx, i, point(cx, cx.skip(i, Word::Article))?);
    let expr = Expr { relative, range: true, ..Expr::new(last.end, TimexKind::Date) };
    let Some(end) = period(last).map(Period::last) else { return Some(expr) };
    let first = resolve::shift(end.first_of_month(), TimeUnit::Month, 1 - i64::from(months))?;
    let whole = if end == end.last_of_month() {
        Period::month_span((first.year(), first.month()), (end.year(), end.month()))
    } else {
        Period::days(resolve::shift(end, TimeUnit::Month, -i64::from(months))?.tomorrow().ok()?, end)
    };
    Some(Expr { period: whole, timex: whole.map(|p| p.to_string()), ..expr })
}

/// "first half" alone is a stretch of the year only where no noun follows ("the first half hour").
fn quarter_ends(cx: &Cursor<'_>, end: usize) -> bool {
    !cx.is_word(end, Word::Of)
        && cx.get(end).is_none_or(|t| t.kind != Kind::Word || cx.is_word(end, Word::Stop))
}

/// "first", "2nd", "last" (−1) before a part of the year.
pub(crate) fn position(cx: &Cursor<'_>, i: usize) -> (Option<i8>, usize) {
    if let Some((n, end)) = ordinal(cx, i) {
        return (Some(n), cx.skip_hyphen(end));
    }
    if let Some(end) = cx.word(i, Word::LastPart) {
        return (Some(-1), end);
    }
    if let Some(end) = cx.word(i, Word::FirstPart) {
        return (Some(1), end);
    }
    let ranked = cx
        .digits(i)
        .and_then(|d| d.parse::<i8>().ok())
        .zip(cx.word(i + 1, Word::OrdinalSuffix).filter(|_| cx.tight(i + 1)));
    match ranked {
        Some((n, end)) => (Some(n), cx.skip_hyphen(end)),
        None => (None, i),
    }
}
