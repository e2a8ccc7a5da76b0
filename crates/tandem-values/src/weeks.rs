//! Weeks and weekdays: "Friday of next week", "the first week of October", "from Monday to Friday",
//! "the first Friday of July", "the 20th of next month".

use jiff::ToSpan;
use jiff::civil::Weekday;
use rust_decimal::prelude::ToPrimitive;
use tandem_model::{Date, Period, TimexKind};

use crate::calendar;
use crate::cursor::Cursor;
use crate::length;
use crate::numbers;
use crate::parts;
use crate::ranges;
use crate::relative::{relative_unit, time_unit};
use crate::resolve;
use crate::role::{Role, Seed, TimeUnit, Word};
use crate::scan::Kind;
use crate::time::{self, End, Expr, Tense, tense};

pub(crate) fn weekday_role(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if !cx.may_be(i, Role::WEEKDAY) {
        return None;
    }
    cx.role(i, |r| if let Role::Weekday(d) = r { Some(d) } else { None })
}

/// The weekday of the week that `direction` says: −1 before `day`, 1 after it, 0 in its own week.
pub(crate) fn weekday_from(day: Date, wanted: i8, direction: i8) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
    match direction {
        -1 => day.nth_weekday(-1, wanted).ok(),
        1 => day.nth_weekday(1, wanted).ok(),
        _ => {
            let offset =
                i64::from(wanted.to_monday_zero_offset()) - i64::from(day.weekday().to_monday_zero_offset());
            day.checked_add(offset.days()).ok()
        }
    }
}

/// Dates that a week or a weekday names together with a longer stretch.
pub(crate) fn named(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    day_of_week(cx, i)
        .or_else(|| weekday_range(cx, i))
        .or_else(|| ranked(cx, i))
        .or_else(|| weekdays_away(cx, i))
        .or_else(|| numbered_week(cx, i))
        .or_else(|| week_of(cx, i))
        .or_else(|| day_of_month(cx, i))
        .or_else(|| weekday_and_day(cx, i))
        .or_else(|| lone_day(cx, i))
}

/// "the 27th", "by the 5th", "the week of the 18th": a day of the nearest month that fits the tense.
fn lone_day(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if !(i..i + 2).any(|at| cx.kind(at) == Kind::Digits && cx.tight(at + 1)) {
        return None;
    }
    let at = cx.skip(i, Word::Article);
    let (number, end) = calendar::day(cx, at).filter(|(_, end)| cx.digits(at).is_some() && *end > at + 1)?;
    let led = cx
        .before(i)
        .is_some_and(|_| cx.is_word(i - 1, Word::Preposition) || cx.is_word(i - 1, Word::Deadline));
    let noun = cx.kind(end) == Kind::Word && !cx.is_word(end, Word::Stop) || cx.joined(end, b'-');
    if !led || noun || cx.word(end, Word::Of).is_some() {
        return None;
    }
    let day = cx.reference.and_then(|d| {
        let ahead = tense(cx, at) == Some(Tense::Future);
        (0..4).map(|n| if ahead { n } else { -n }).find_map(|n| {
            let month = resolve::shift(d.first_of_month(), TimeUnit::Month, n)?;
            let day = Date::new(month.year(), month.month(), number).ok()?;
            (if ahead { day >= d } else { day <= d }).then_some(day)
        })
    });
    let expr = Expr::date(end, day.map(Period::day)).relative();
    Some(if expr.timex.is_none() {
        Expr { timex: Some(format!("XXXX-XX-{number:02}")), ..expr }
    } else {
        expr
    })
}

/// "Friday of next week", "next week on Friday", "this week Friday".
fn day_of_week(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let on = |at: usize| if cx.is_word(at, Word::Preposition) { at + 1 } else { at };
    let (wanted, offset, end) = match weekday_role(cx, i) {
        Some((wanted, at)) => {
            let at = cx.word(at, Word::Of).unwrap_or(at);
            let ((offset, _), end) =
                relative_unit(cx, at).filter(|((_, unit), _)| *unit == TimeUnit::Week)?;
            (wanted, offset, end)
        }
        None => {
            let ((offset, _), at) = relative_unit(cx, i).filter(|((_, unit), _)| *unit == TimeUnit::Week)?;
            if let Some(expr) = week_days(cx, i, offset, at) {
                return Some(expr);
            }
            let (wanted, end) = weekday_role(cx, on(at))?;
            (wanted, offset, end)
        }
    };
    let day = cx
        .reference
        .and_then(|d| weekday_from(resolve::shift(d, TimeUnit::Week, i64::from(offset))?, wanted, 0));
    Some(Expr::date(end, day.map(Period::day)).relative())
}

/// "next week from Wednesday to Friday", "this week between Tuesday and Thursday".
fn week_days(cx: &Cursor<'_>, i: usize, offset: i8, at: usize) -> Option<Expr> {
    let between = cx.word(at, Word::RangeBetween);
    let first_at = between.or_else(|| cx.word(at, Word::RangeFrom))?;
    let (first, first_end) = weekday_role(cx, first_at)?;
    let second_at = ranges::link(cx, first_end, between.is_some())?;
    let (second, end) = weekday_role(cx, second_at).filter(|(day, _)| *day > first)?;
    let week = cx.reference.and_then(|d| resolve::shift(d, TimeUnit::Week, i64::from(offset)));
    let days = week.and_then(|w| Period::days(weekday_from(w, first, 0)?, weekday_from(w, second, 0)?));
    let value = |day: fn(Period) -> Date| days.map(|p| day(p).to_string());
    let ends = (
        End { from: i, to: first_end, value: value(Period::first) },
        End { from: second_at, to: end, value: value(Period::last) },
    );
    Some(Expr { range: true, ..Expr::date(end, days).relative() }.between(ends.0, ends.1))
}

/// "Monday to Friday", "from Tuesday through Thursday": the first as a lone weekday, the last after it.
fn weekday_range(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (first, end) = weekday_role(cx, i).filter(|_| cx.get(i).is_some_and(|t| t.upper))?;
    let (first_end, second) = (end, ranges::link(cx, end, false)?);
    let (last, end) = weekday_role(cx, second)?;
    let days = cx.reference.and_then(|d| {
        let ahead = tense(cx, i) == Some(Tense::Future);
        let from = if d.weekday().to_monday_one_offset() == first {
            d
        } else {
            weekday_from(d, first, if ahead { 1 } else { -1 })?
        };
        Period::days(from, weekday_from(from, last, 1)?)
    });
    let value = |day: fn(Period) -> Date| days.map(|p| day(p).to_string());
    let ends = (
        End { from: i, to: first_end, value: value(Period::first) },
        End { from: second, to: end, value: value(Period::last) },
    );
    Some(Expr { range: true, ..Expr::date(end, days).relative() }.between(ends.0, ends.1))
}

/// The stretch that something is counted in: "of October", "of next month", "in 2027".
fn frame(cx: &Cursor<'_>, i: usize) -> Option<(Option<Period>, bool, usize)> {
    let at = cx.word(i, Word::Of).unwrap_or(i);
    if let Some(((offset, unit), end)) = relative_unit(cx, cx.skip(at, Word::Article)) {
        let day = cx.reference.and_then(|d| resolve::shift(d, unit, i64::from(offset)));
        let months = matches!(unit, TimeUnit::Month | TimeUnit::Year | TimeUnit::Quarter);
        return months.then(|| (day.and_then(|d| resolve::around(d, unit)).map(|(p, _)| p), true, end));
    }
    let date = calendar::date(cx, at).filter(|_| at > i)?;
    Some((date.period, date.relative, date.end))
}

/// "the first Friday of July", "the third week of 2027", "the last week of July".
fn ranked(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let (Some(rank), at) = parts::position(cx, start) else { return None };
    if let Some(expr) = first_days(cx, rank, at).or_else(|| numbered_month(cx, rank, at)) {
        return Some(expr);
    }
    if let Some((wanted, end)) = weekday_role(cx, at) {
        let Some((frame, relative, end)) = frame(cx, end) else {
            return ((1..=5).contains(&rank) && cx.kind(end) != Kind::Word)
                .then(|| ranked_weekday(cx, rank, wanted, end));
        };
        let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
        let day = frame.and_then(|f| f.first().nth_weekday_of_month(rank, wanted).ok());
        return Some(Expr { relative, ..Expr::date(end, day.map(Period::day)) });
    }
    let (_, end) = time_unit(cx, at).filter(|(unit, _)| *unit == TimeUnit::Week)?;
    let (frame, relative, end) = frame(cx, end)?;
    let stretch = frame.and_then(|f| {
        // A week belongs to the month or year that its Thursday lies in, as in ISO 8601.
        let thursday = if rank > 0 {
            let offset = (10 - i64::from(f.first().weekday().to_monday_zero_offset())) % 7;
            f.first().checked_add((offset + 7 * (i64::from(rank) - 1)).days()).ok()?
        } else {
            let offset = (i64::from(f.last().weekday().to_monday_zero_offset()) + 4) % 7;
            f.last().checked_sub(offset.days()).ok()?
        };
        resolve::around(thursday, TimeUnit::Week)
    });
    Some(Expr { relative, ..Expr::stretch(end, stretch) })
}

/// "the first Sunday" of the document's month.
fn ranked_weekday(cx: &Cursor<'_>, rank: i8, wanted: i8, end: usize) -> Expr {
    let wanted = Weekday::from_monday_one_offset(wanted).ok();
    let day =
        cx.reference.zip(wanted).and_then(|(d, w)| d.first_of_month().nth_weekday_of_month(rank, w).ok());
    let timex = day.map(|d| d.to_string());
    Expr { timex, ..Expr::new(end, TimexKind::Date) }.relative().loosely()
}

/// "the first ten days of May", "the last two weeks of 2024".
fn first_days(cx: &Cursor<'_>, rank: i8, i: usize) -> Option<Expr> {
    let number = numbers::scaled(cx, i).filter(|n| !n.share && !n.scaled && rank.abs() == 1)?;
    let (unit, end) =
        time_unit(cx, number.end).filter(|(u, _)| matches!(u, TimeUnit::Day | TimeUnit::Week))?;
    let (frame, relative, end) = frame(cx, end)?;
    let days = number.value.to_i64()?.checked_mul(if unit == TimeUnit::Week { 7 } else { 1 })?;
    let period = frame.and_then(|f| {
        let reach = (days - 1).clamp(0, 400).days();
        if rank == 1 {
            Period::days(f.first(), f.first().checked_add(reach).ok()?)
        } else {
            Period::days(f.last().checked_sub(reach).ok()?, f.last())
        }
    });
    Some(Expr { relative, range: true, ..Expr::date(end, period) })
}

/// "the third month of 2021", "the ninth month of next year".
fn numbered_month(cx: &Cursor<'_>, rank: i8, i: usize) -> Option<Expr> {
    let (_, end) = time_unit(cx, i).filter(|(unit, _)| *unit == TimeUnit::Month)?;
    let (frame, relative, end) = frame(cx, end)?;
    let year = frame.filter(|f| f.months() == 12)?.first().year();
    let month = if rank == -1 { 12 } else { rank };
    Period::month(year, month).map(|period| Expr { relative, ..Expr::date(end, Some(period)) })
}

/// "week 31", "week 3 of 2027".
fn numbered_week(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, at) = time_unit(cx, cx.skip(i, Word::Article)).filter(|(unit, _)| *unit == TimeUnit::Week)?;
    let number: i8 = cx.digits(at).filter(|d| d.len() <= 2)?.parse().ok().filter(|n| (1..=53).contains(n))?;
    let (year, relative, end) =
        calendar::year_slot(cx, at + 1).unwrap_or((cx.reference.map(|d| d.year()), true, at + 1));
    let monday =
        year.and_then(|y| jiff::civil::ISOWeekDate::new(y, number, Weekday::Monday).ok()).map(|d| d.date());
    Some(Expr { relative, ..Expr::stretch(end, monday.and_then(|d| resolve::around(d, TimeUnit::Week))) })
}

/// "two Sundays from now", "three Fridays ago".
fn weekdays_away(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    cx.get(i + 1).filter(|t| t.part.seed.meets(Seed::TIME))?;
    weekday_role(cx, i + 1)?;
    let number = numbers::scaled(cx, i).filter(|n| !n.share && !n.scaled)?;
    let (wanted, at) = weekday_role(cx, number.end)?;
    let (direction, end) = length::counting(cx, at).map(|(direction, _, end)| (direction, end))?;
    let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
    let count = number.value.to_i32()?.checked_mul(i32::from(direction))?;
    let day = cx.reference.and_then(|d| d.nth_weekday(count, wanted).ok());
    Some(Expr::date(end, day.map(Period::day)).relative())
}

/// "the week of April 10", "the week starting 4 February", "week 10".
fn week_of(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, at) = time_unit(cx, cx.skip(i, Word::Article)).filter(|(unit, _)| *unit == TimeUnit::Week)?;
    let lead =
        cx.word(at, Word::Of).or_else(|| cx.word(at, Word::Open)).or_else(|| cx.word(at, Word::Ending))?;
    let lead = if cx.is_word(lead, Word::Preposition) { lead + 1 } else { lead };
    let day =
        calendar::date(cx, cx.skip(lead, Word::Article)).or_else(|| lone_day(cx, lead)).filter(|e| {
            time::names_day(cx, cx.skip(lead, Word::Article), e)
                || e.timex.as_deref().is_some_and(|t| t.len() == 10)
        })?;
    let stretch = day.period.and_then(|p| resolve::around(p.first(), TimeUnit::Week));
    Some(Expr { relative: day.relative, ..Expr::stretch(day.end, stretch) })
}

/// "Friday the 15th", "Mon 13th": the nearest day that is both.
fn weekday_and_day(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (wanted, at) = weekday_role(cx, i)?;
    let at = cx.skip(if cx.is(at, b',') { at + 1 } else { at }, Word::Article);
    let (number, end) = calendar::day(cx, at)
        .or_else(|| calendar::spelled_day(cx, at))
        .filter(|(_, end)| *end > at + 1 || cx.digits(at).is_none())?;
    // "Wednesday, the first day of talks" ranks something else.
    if cx.digits(at).is_none() && (cx.kind(end) == Kind::Word || cx.joined(end, b'-')) {
        return None;
    }
    let day = cx.reference.and_then(|d| {
        let ahead = tense(cx, i) != Some(Tense::Past);
        // The nearest month on either side, the one ahead first unless the sentence looks back.
        let months = (0..24).flat_map(|n| if ahead { [n, -n] } else { [-n, n] });
        months.filter_map(|n| resolve::shift(d.first_of_month(), TimeUnit::Month, n)).find_map(|m| {
            let day = Date::new(m.year(), m.month(), number).ok()?;
            (day.weekday().to_monday_one_offset() == wanted && (day >= d) == (ahead || day == d))
                .then_some(day)
        })
    });
    Some(Expr::date(end, day.map(Period::day)).relative())
}

/// "the 20th of next month", "15th of this month".
fn day_of_month(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let (day, at) = calendar::day(cx, start)
        .filter(|(_, at)| *at > start + 1 || start > i || cx.digits(start).is_none())?;
    // "the fifteenth day of June".
    let counted = time_unit(cx, at).filter(|(unit, _)| *unit == TimeUnit::Day).map_or(at, |(_, end)| end);
    let at =
        cx.word(counted, Word::Of).or((cx.digits(start).is_some() && at > start + 1).then_some(counted))?;
    if counted > start + 1
        && let Some(month) = calendar::point(cx, at).filter(|p| p.month.is_some() && p.day.is_none())
    {
        let (full, relative) = calendar::dated(cx, i, month);
        let date = calendar::period(calendar::Point { day: Some(day), ..full });
        return Some(Expr { relative, ..Expr::date(month.end, date) });
    }
    let this =
        |at| cx.word(at, Word::Article).and_then(|at| Some(((0, TimeUnit::Month), time_unit(cx, at)?.1)));
    let ((offset, _), end) =
        relative_unit(cx, at).filter(|((_, unit), _)| *unit == TimeUnit::Month).or_else(|| {
            this(at).filter(|(_, end)| time_unit(cx, end - 1).is_some_and(|(u, _)| u == TimeUnit::Month))
        })?;
    let date = cx.reference.and_then(|d| {
        let month = resolve::shift(d, TimeUnit::Month, i64::from(offset))?;
        Date::new(month.year(), month.month(), day).ok()
    });
    Some(Expr::date(end, date.map(Period::day)).relative())
}
