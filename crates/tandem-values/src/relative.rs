//! Expressions that count from the document's day or hang on another expression: "last year", "on
//! Thursday", "today", "so far this year", "the same period last year", "in the near future".

use jiff::ToSpan;
use rust_decimal::Decimal;
use tandem_model::{Date, Period, TimexKind, TimexMod};

use crate::calendar;
use crate::cursor::Cursor;
use crate::role::{Role, TimeUnit, Word};
use crate::scan::Kind;
use crate::time::{Expr, Tense, is_edge, tense, told_as_past};
use crate::weeks::{weekday_from, weekday_role};
use crate::{length, loose, nouns, numbers, ranges, resolve, spoken};

/// Phrases whose meaning needs no grammar: "so far this year", "now", "today", "annually".
pub(crate) fn fixed(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if let Some(end) = cx.word(i, Word::YearOnYear) {
        return Some(Expr { anchored: true, shift: -1, ..Expr::new(end, TimexKind::Date) });
    }
    to_date_phrase(cx, i)
        .or_else(|| year_end(cx, i))
        .or_else(|| set(cx, i))
        .or_else(|| today(cx, i))
        .or_else(|| vague_first(cx, i))
}

/// "so far this year", "year to date": words that name both ends.
fn to_date_phrase(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    // "the beginning of the year" begins a stretch only after "since" (see `to_date`).
    let end =
        cx.word(i, Word::ToDate).filter(|&end| !is_edge(cx, cx.skip(i, Word::Article)) && end > i + 1)?;
    // TIMEX3 leaves "so far" out of "so far this year".
    let named = (i + 1..end).find(|&at| relative_unit(cx, at).is_some_and(|(_, after)| after == end));
    let expr = from_new_year(cx, end);
    Some(match named {
        Some(from) => expr.noting(|x| x.tag = Some((from, end))),
        None => expr,
    })
}

/// "the beginning of the year" after "since": the stretch from 1 January to the document's day.
pub(crate) fn to_date(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    cx.word(i, Word::ToDate).map(|end| from_new_year(cx, end))
}

fn from_new_year(cx: &Cursor<'_>, end: usize) -> Expr {
    let period = cx.reference.and_then(|day| Period::days(Date::new(day.year(), 1, 1).ok()?, day));
    let timex = cx.reference.map(|day| format!("{:04}", day.year()));
    Expr { period, timex, relative: true, ..Expr::new(end, TimexKind::Date) }
}

/// "the end of the year", "year-end".
fn year_end(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let end = cx.word(i, Word::YearEnd)?;
    let year = cx.reference.and_then(|day| resolve::around(day, TimeUnit::Year));
    Some(Expr::stretch(end, year).relative().modified(TimexMod::End))
}

/// "the week", "the year", "the weekend": the one that the document's day lies in, or the weekend last
/// past where the sentence looks back.
pub(crate) fn the_unit(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    bare_unit(cx, i, cx.word(i, Word::Article)?)
}

/// The unit named at `at`, around the document's day.
pub(crate) fn bare_unit(cx: &Cursor<'_>, i: usize, at: usize) -> Option<Expr> {
    let (unit, end) = time_unit(cx, at).filter(|_| cx.word(at, Word::Units).is_none())?;
    let named = [TimeUnit::Half, TimeUnit::Century, TimeUnit::Millennium];
    (!unit.of_the_clock() && !named.contains(&unit)).then(|| around_now(cx, i, unit, end))
}

/// The unit around the document's day.
pub(crate) fn around_now(cx: &Cursor<'_>, i: usize, unit: TimeUnit, end: usize) -> Expr {
    let back = unit == TimeUnit::Weekend
        && tense(cx, i) == Some(Tense::Past)
        && cx.reference.is_some_and(|d| d.weekday().to_monday_one_offset() < 6);
    let day = cx.reference.and_then(|d| resolve::shift(d, unit, -i64::from(back)));
    Expr::stretch(end, day.and_then(|d| resolve::around(d, unit))).relative()
}

/// "next", "the past", "following": the direction that a word counts in.
pub(crate) fn direction(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    offset(cx, i)
        .filter(|(n, _)| *n != 0)
        .or_else(|| cx.word(i, Word::Following).map(|end| (1, end)))
        .or_else(|| cx.word(i, Word::Previous).map(|end| (-1, end)))
}

fn timex(cx: &Cursor<'_>, number: u16) -> Option<String> {
    cx.lexicon.pool.timex.get(usize::from(number)).cloned()
}

/// "annually", "every month", "a year" as a rate, "twice a week".
fn set(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if let Some((often, at)) = how_often(cx, i) {
        let (number, end) = cx.role(at, |r| if let Role::Set(n) = r { Some(n) } else { None })?;
        let expr = Expr { timex: timex(cx, number), ..Expr::new(end, TimexKind::Set) };
        return Some(expr.noting(|x| x.freq = Some(format!("{}X", often.normalize()))));
    }
    if let Some(expr) = each(cx, i) {
        return Some(expr);
    }
    let (number, end) = cx.role(i, |r| if let Role::Set(n) = r { Some(n) } else { None })?;
    let article = cx.word(i, Word::Indefinite).is_some();
    if article
        && (cx.is_word(end, Word::Of)
            || cx.role(end, |r| matches!(r, Role::Scale(_)).then_some(())).is_some())
    {
        // "a quarter of exports", "a quarter million".
        return None;
    }
    if article && !rate(cx, i) {
        return None;
    }
    let expr = Expr { timex: timex(cx, number), ..Expr::new(end, TimexKind::Set) };
    Some(if cx.word(i, Word::Every).is_some() { every(expr) } else { expr })
}

fn every(expr: Expr) -> Expr {
    expr.noting(|x| x.quant = Some("EVERY"))
}

/// "every three weeks", "every Monday", "each morning", "Mondays", "every other Friday".
fn each(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let set = |end: usize, timex: String| {
        let expr = Expr { timex: Some(timex), ..Expr::new(end, TimexKind::Set) };
        Some(if cx.word(i, Word::Every).is_some() { every(expr) } else { expr })
    };
    let Some(at) = cx.word(i, Word::Every) else {
        let (day, end) = weekday_role(cx, i)
            .filter(|_| cx.is_word(i, Word::Weekdays) && cx.get(i).is_some_and(|t| t.upper))?;
        return set(end, format!("XXXX-WXX-{day}"));
    };
    let at = cx.word(at, Word::Other).unwrap_or(at);
    if let Some((day, end)) = weekday_role(cx, at) {
        return set(end, format!("XXXX-WXX-{day}"));
    }
    if let Some((part, end)) = daypart(cx, at) {
        return set(end, format!("XXXX-XX-XXT{}", String::from_utf8_lossy(&part)));
    }
    if let Some((letters, end)) = season_role(cx, at) {
        return set(end, format!("XXXX-{}", String::from_utf8_lossy(&letters)));
    }
    if let Some((month, end)) = calendar::month_role(cx, at).filter(|_| cx.get(at).is_some_and(|t| t.upper)) {
        return set(end, format!("XXXX-{month:02}"));
    }
    let number = match numbers::scaled(cx, at).filter(|n| !n.share) {
        Some(number) => number,
        None => {
            let (unit, end) =
                time_unit(cx, at).filter(|(u, _)| matches!(u, TimeUnit::Decade | TimeUnit::Weekend))?;
            return set(end, resolve::duration(Some(1.into()), unit));
        }
    };
    let (unit, end) = time_unit(cx, number.end)?;
    set(end, resolve::duration(Some(number.value), unit))
}

/// "Twice" or "five times" before "a week": how many, and the token after.
fn how_often(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, usize)> {
    let times = |at| cx.role(at, |r| (r == Role::Times).then_some(())).map(|((), end)| end);
    let (often, at) = match cx.role(i, |r| if let Role::Multiple(n) = r { Some(n) } else { None }) {
        Some(found) => found,
        None => {
            let number = numbers::scaled(cx, i).filter(|n| !n.share)?;
            (number.value, times(number.end)?)
        }
    };
    cx.role(at, |r| matches!(r, Role::Set(_)).then_some((often, at))).map(|(found, _)| found)
}

/// "a year" after a number, a unit or a noun is a rate; after a preposition or a verb it is a length.
fn rate(cx: &Cursor<'_>, i: usize) -> bool {
    let Some(before) = cx.before(i) else { return false };
    let leads = cx.is_word(i - 1, Word::Preposition)
        || cx.is_word(i - 1, Word::Deadline)
        || cx.is_word(i - 1, Word::Within)
        || cx.is_word(i - 1, Word::Stop);
    let bound = (1..=3).filter_map(|b| i.checked_sub(b)).any(|at| {
        cx.role(at, |r| matches!(r, Role::BoundBefore(_)).then_some(())).is_some_and(|(_, e)| e == i)
    });
    let placed = [Word::Ago, Word::Earlier, Word::Later, Word::FromNow];
    let after = placed.iter().any(|&word| cx.word(i + 2, word).is_some());
    let stands =
        matches!(before.kind, Kind::Word | Kind::Digits) || matches!(before.byte, b'%' | b')' | b'$');
    stands && !leads && !bound && !after
}

/// "today", "the day after tomorrow".
pub(crate) fn day(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (offset, end) = cx.role(i, |r| if let Role::Day(n) = r { Some(n) } else { None })?;
    let day = cx.reference.and_then(|d| d.checked_add(i64::from(offset).days()).ok());
    Some(Expr::date(end, day.map(Period::day)).relative())
}

fn today(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if let Some(expr) = day(cx, i) {
        return Some(with_daypart(cx, expr));
    }
    if let Some(end) = cx.word(i, Word::Tonight) {
        return Some(night(cx, end, 0));
    }
    let (number, end) = cx.role(i, |r| if let Role::Reference(n) = r { Some(n) } else { None })?;
    let value = timex(cx, number);
    let now = value.as_deref() == Some("PRESENT_REF");
    if end > i + 1 && (!now && describes(cx, end) || length::duration(cx, end).is_some()) {
        return None;
    }
    Some(Expr { timex: value, ..Expr::new(end, TimexKind::Date) })
}

fn with_daypart(cx: &Cursor<'_>, expr: Expr) -> Expr {
    match daypart(cx, expr.end) {
        Some((letters, end)) => in_daypart(expr, letters, end),
        None => expr,
    }
}

fn daypart(cx: &Cursor<'_>, i: usize) -> Option<([u8; 2], usize)> {
    cx.role(i, |r| if let Role::DayPart(p) = r { Some(p) } else { None })
}

fn in_daypart(expr: Expr, letters: [u8; 2], end: usize) -> Expr {
    let part = String::from_utf8_lossy(&letters).into_owned();
    let timex = expr.timex.map(|day| format!("{day}T{part}"));
    Expr { end, kind: TimexKind::Time, timex, ..expr }
}

fn night(cx: &Cursor<'_>, end: usize, offset: i64) -> Expr {
    let day = cx.reference.and_then(|d| d.checked_add(offset.days()).ok());
    in_daypart(Expr::date(end, day.map(Period::day)).relative(), *b"NI", end)
}

/// "the same period last year", "a year earlier" are in `length`; here: "the corresponding month of
/// 2023", "that year", "the same period".
pub(crate) fn anchored(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    if let Some(end) = cx.word(start, Word::That) {
        let (unit, end) = time_unit(cx, end).filter(|(u, _)| !u.of_the_clock())?;
        return Some(Expr { anchored: true, ..Expr::new(end, TimexKind::Date) }.stepping(0, unit));
    }
    if start > i
        && let Some((TimeUnit::Half, end)) = time_unit(cx, start)
    {
        return Some(Expr { anchored: true, ..Expr::new(end, TimexKind::Date) });
    }
    let same = cx.word(start, Word::Same)?;
    let unit = |at| time_unit(cx, at).map(|(_, end)| end);
    let counted = || numbers::scaled(cx, same).and_then(|n| unit(cx.skip_hyphen(n.end)));
    let end = cx.word(same, Word::Stretch).or_else(|| unit(same)).or_else(counted)?;
    let shift = shifted(cx, end);
    let mut expr = Expr { anchored: true, ..Expr::new(end, TimexKind::Date) };
    if let Some((unit, _)) = time_unit(cx, same) {
        expr = expr.stepping(0, unit);
    }
    Some(match shift {
        Some((shift, period, end)) => {
            let timex = period
                .map(|p| p.to_string())
                .or_else(|| cx.reference.map(|d| format!("{:04}", d.year() + i16::from(shift))));
            let relative = period.is_none();
            Expr { end, shift, period, timex, relative, ..expr }
        }
        None => expr,
    })
}

/// What "the same period" is moved to: years back, or the year named, and the token after.
fn shifted(cx: &Cursor<'_>, i: usize) -> Option<(i8, Option<Period>, usize)> {
    let of = cx.word(i, Word::Of).unwrap_or(i);
    let article = cx.skip(of, Word::Article);
    if let Some((unit, end)) = cx.word(article, Word::Previous).and_then(|at| time_unit(cx, at)) {
        return (unit == TimeUnit::Year).then_some((-1, None, end));
    }
    if let Some(((offset, unit), end)) = relative_unit(cx, article) {
        return (unit == TimeUnit::Year).then_some((offset, None, end));
    }
    // "a year earlier", "the year before", "one year ago".
    let unit = cx.word(article, Word::Indefinite).unwrap_or(article);
    if let Some((TimeUnit::Year, end)) = time_unit(cx, unit) {
        let back = cx
            .word(end, Word::Earlier)
            .or_else(|| cx.word(end, Word::Ago))
            .or_else(|| before_word(cx, end))?;
        return Some((-1, None, back));
    }
    let named =
        ranges::range(cx, article, false).or_else(|| calendar::date(cx, article)).filter(|e| !e.relative)?;
    Some((0, named.period, named.end))
}

fn before_word(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    cx.word(i, Word::Deadline).filter(|&end| end == i + 1 && cx.word(i, Word::Earlier).is_some())
}

pub(crate) fn time_unit(cx: &Cursor<'_>, i: usize) -> Option<(TimeUnit, usize)> {
    if !cx.may_be(i, Role::TIME_UNIT) {
        return None;
    }
    cx.role(i, |r| if let Role::TimeUnit(u) = r { Some(u) } else { None })
}

fn offset(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if !cx.may_be(i, Role::RELATIVE) {
        return None;
    }
    cx.role(i, |r| if let Role::Relative(n) = r { Some(n) } else { None })
}

/// "last year", "this month": how far from now, and the unit.
pub(crate) fn relative_unit(cx: &Cursor<'_>, i: usize) -> Option<((i8, TimeUnit), usize)> {
    let (n, at) = offset(cx, i)?;
    let (unit, end) = time_unit(cx, cx.skip_hyphen(at))?;
    Some(((n, unit), end))
}

/// "last year", "this month", "the previous quarter", "next May", "last night", "this Thursday".
pub(crate) fn unit(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    if let Some(expr) = neighbour(cx, start).or_else(|| after_next(cx, start)).or_else(|| rest_of(cx, start))
    {
        return Some(expr);
    }
    let (n, at) = offset(cx, start)?;
    if let Some((letters, end)) = daypart(cx, at) {
        let back = if letters == *b"NI" { i64::from(n) } else { i64::from(n.max(0)) };
        let day = cx.reference.and_then(|d| d.checked_add(back.days()).ok());
        return Some(in_daypart(Expr::date(end, day.map(Period::day)).relative(), letters, end));
    }
    if let Some((letters, end)) = season_role(cx, at) {
        let year = cx.reference.map(|d| d.year() + i16::from(n));
        return Some(Expr::stretch(end, year.and_then(|y| resolve::season(y, letters))).relative());
    }
    if let Some((day, end)) = weekday_role(cx, at) {
        if let Some(expr) = calendar::weekday_date(cx, at) {
            return Some(expr);
        }
        let expr =
            Expr::date(end, cx.reference.and_then(|d| weekday_from(d, day, n)).map(Period::day)).relative();
        return Some(with_daypart(cx, expr));
    }
    let verb = cx.is_word(at, Word::Doubtful)
        && cx.get(at).is_some_and(|t| !t.upper)
        && cx.str(start).bytes().any(|b| b.is_ascii_uppercase());
    if let Some((month, end)) =
        cx.role(at, |r| if let Role::Month(m) = r { Some(m) } else { None }).filter(|_| !verb)
    {
        return Some(day_of_month(cx, month, end, n).unwrap_or_else(|| named_month(cx, month, end, n)));
    }
    let (unit, end) =
        time_unit(cx, cx.skip_hyphen(at)).filter(|(u, _)| !u.of_the_clock() && *u != TimeUnit::Millennium)?;
    if unit == TimeUnit::Day {
        return None;
    }
    if cx.is_word(start, Word::Past) && start > i {
        // "the past year" reaches up to today, "last year" does not.
        let period = cx.reference.and_then(|d| Period::days(resolve::shift(d, unit, -1)?, d));
        let timex = Some(resolve::duration(Some(1.into()), unit));
        return Some(Expr { period, timex, ..Expr::new(end, TimexKind::Duration) }.relative());
    }
    let day = cx.reference.and_then(|d| resolve::shift(d, unit, i64::from(n)));
    Some(Expr::stretch(end, day.and_then(|d| resolve::around(d, unit))).relative())
}

/// "the year after next".
fn after_next(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (unit, at) = time_unit(cx, i)?;
    let end = cx.word(at, Word::AfterNext)?;
    let day = cx.reference.and_then(|d| resolve::shift(d, unit, 2));
    Some(Expr::stretch(end, day.and_then(|d| resolve::around(d, unit))).relative())
}

/// "the rest of the year", "the remainder of this month": from the document's day to its end.
fn rest_of(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.word(i, Word::RestOf)?;
    let at = cx
        .word(at, Word::Article)
        .or_else(|| offset(cx, at).filter(|(n, _)| *n == 0).map(|(_, end)| end))
        .unwrap_or(at);
    let (unit, end) = time_unit(cx, at).filter(|(u, _)| {
        matches!(u, TimeUnit::Week | TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year | TimeUnit::Decade)
    })?;
    let whole = cx.reference.and_then(|d| resolve::around(d, unit));
    let timex = whole.as_ref().map(|(_, timex)| timex.clone());
    let period = whole.and_then(|(p, _)| Period::days(cx.reference?, p.last()));
    Some(Expr { period, timex, relative: true, ..Expr::new(end, TimexKind::Date) })
}

/// "the previous year", "the year before", "the following month": beside the stretch last spoken of.
fn neighbour(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (shift, at) = match (cx.word(i, Word::Previous), cx.word(i, Word::Following)) {
        (Some(at), _) => (-1, at),
        (_, Some(at)) => (1, at),
        _ => {
            return time_unit(cx, i)
                .filter(|(u, end)| {
                    *u == TimeUnit::Year
                        && cx.is_word(*end, Word::Earlier)
                        && cx.is_word(*end, Word::Deadline)
                })
                .map(|(u, end)| beside(cx, u, -1, end + 1));
        }
    };
    if let Some((day, end)) = weekday_role(cx, at) {
        return Some(
            Expr::date(end, cx.reference.and_then(|d| weekday_from(d, day, shift)).map(Period::day))
                .relative(),
        );
    }
    let (unit, end) = time_unit(cx, at).filter(|(u, _)| !u.of_the_clock())?;
    Some(beside(cx, unit, shift, end))
}

fn beside(cx: &Cursor<'_>, unit: TimeUnit, shift: i8, end: usize) -> Expr {
    let day = cx.reference.and_then(|d| resolve::shift(d, unit, i64::from(shift)));
    let years = if unit == TimeUnit::Year { shift } else { 0 };
    let expr = Expr::stretch(end, day.and_then(|d| resolve::around(d, unit))).relative();
    Expr { anchored: true, shift: years, ..expr }.stepping(i32::from(shift), unit)
}

fn named_month(cx: &Cursor<'_>, month: i8, end: usize, n: i8) -> Expr {
    let year = cx.reference.map(|d| {
        let before = match n {
            -1 => i16::from(month >= d.month()),
            1 => -i16::from(month <= d.month()),
            _ => 0,
        };
        d.year() - before
    });
    Expr::date(end, year.and_then(|y| Period::month(y, month))).relative()
}

/// "This July 12", "next May 3rd": the day behind the month.
fn day_of_month(cx: &Cursor<'_>, month: i8, end: usize, n: i8) -> Option<Expr> {
    let (day, after) = calendar::day(cx, end).filter(|(_, after)| nouns::after(cx, *after).is_none())?;
    let expr = named_month(cx, month, after, n);
    let year = expr.period?.first().year();
    let in_year = |year| Date::new(year, month, day).ok();
    // "This coming February 16", told on the 10th, is this year's.
    let near = cx.reference.and_then(|today| match n {
        1 => in_year(today.year()).filter(|date| *date >= today),
        -1 => in_year(today.year()).filter(|date| *date < today),
        _ => None,
    });
    let date = near.or_else(|| in_year(year))?;
    Some(Expr::date(after, Some(Period::day(date))).relative())
}

pub(crate) fn season_role(cx: &Cursor<'_>, i: usize) -> Option<([u8; 2], usize)> {
    cx.role(i, |r| if let Role::Season(s) = r { Some(s) } else { None })
}

/// "Thursday", "on Thursday evening": the nearest one back, or ahead where the sentence looks ahead.
pub(crate) fn weekday(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (wanted, end) = weekday_role(cx, i)?;
    let token = cx.get(i)?;
    let whole = cx.str(i).len() > 5;
    let led = (token.upper || cx.str(i).len() > 3)
        && cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Preposition));
    if !(whole || led) || cx.is_word(i, Word::Weekdays) {
        return None;
    }
    let ahead = tense(cx, i) == Some(Tense::Future) && !told_as_past(cx, end);
    let day = cx.reference.and_then(|d| {
        let same = d.weekday().to_monday_one_offset() == wanted;
        if same { Some(d) } else { weekday_from(d, wanted, if ahead { 1 } else { -1 }) }
    });
    let mut expr = Expr::date(end, day.map(Period::day)).relative();
    if expr.timex.is_none() {
        expr.timex = Some(format!("XXXX-WXX-{wanted}"));
    }
    Some(with_daypart(cx, expr))
}

/// "summer 2022", "in autumn".
pub(crate) fn season(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let (letters, end) = season_role(cx, start)?;
    let of = cx.word(end, Word::Of).unwrap_or(end);
    if let Some(year) = cx.digits(of).filter(|d| d.len() == 4).and_then(|d| d.parse::<i16>().ok()) {
        return Some(Expr::stretch(of + 1, resolve::season(year, letters)));
    }
    if let Some((year, end)) = spoken::year(cx, of) {
        return Some(Expr::stretch(end, resolve::season(year, letters)));
    }
    if let Some(((n, TimeUnit::Year), end)) = relative_unit(cx, cx.skip(of, Word::Article)) {
        let year = cx.reference.map(|d| d.year() + i16::from(n));
        return Some(Expr::stretch(end, year.and_then(|y| resolve::season(y, letters))).relative());
    }
    let led = cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Preposition))
        && cx.str(start).bytes().all(|b| b.is_ascii_lowercase());
    let noun = cx.get(end).is_some_and(|t| t.kind == Kind::Word && !cx.is_word(end, Word::Stop));
    (led && !noun)
        .then(|| Expr::stretch(end, cx.reference.and_then(|d| resolve::season(d.year(), letters))).relative())
}

fn vague_first(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    vague(cx, i).filter(|e| e.end > i + 1)
}

/// Words that no calendar resolves: "the near future", "coming years", "soon".
pub(crate) fn vague(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (number, end) = cx.role(i, |r| if let Role::Vague(n) = r { Some(n) } else { None })?;
    if end > i + 1 && (describes(cx, end) || cx.is(end - 2, b'-')) || end == i + 1 && leads_on(cx, end) {
        return None;
    }
    let value = timex(cx, number);
    let kind = if value.as_deref().is_some_and(|v| v.starts_with('P') && !v.ends_with("REF")) {
        TimexKind::Duration
    } else {
        TimexKind::Date
    };
    Some(loose::passed(cx, Expr { timex: value, vague: true, ..Expr::new(end, kind) }))
}

/// "shortly after the talks": no time by itself.
fn leads_on(cx: &Cursor<'_>, end: usize) -> bool {
    cx.is_word(end, Word::Open) || cx.is_word(end, Word::Deadline)
}

/// "the future centre", "long-term programme": the words describe a noun and name no time.
fn describes(cx: &Cursor<'_>, end: usize) -> bool {
    let lower = |i| cx.get(i).is_some_and(|t| t.kind == Kind::Word && !t.upper);
    let closing = [Word::Stop, Word::Open, Word::Deadline, Word::Within, Word::CueFuture];
    let follows = lower(end) && !closing.iter().any(|&word| cx.word(end, word).is_some());
    follows && !cx.str(end).ends_with("ly") || cx.joined(end, b'-')
}
