//! Lengths of time: "five years", "a three-day visit", "two weeks ago", "the past decade", "the next
//! five years", "two years and three months", "two days before 13 May".

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tandem_model::{Date, Period, TimexKind};

use crate::calendar;
use crate::cursor::Cursor;
use crate::numbers;
use crate::relative::{self, time_unit};
use crate::resolve;
use crate::role::{Role, Seed, TimeUnit, Word};
use crate::scan::Kind;
use crate::time::{self, Expr};

/// Longest chain of units that is read as one length ("2 years 1 month 21 days").
const MOST: usize = 4;

/// Numbers of units of time, the largest first.
#[derive(Clone, Copy, Debug)]
struct Length {
    end: usize,
    parts: [(Decimal, TimeUnit); MOST],
    count: usize,
}

impl Length {
    fn of(end: usize, number: Decimal, unit: TimeUnit) -> Self {
        Self { end, parts: [(number, unit); MOST], count: 1 }
    }

    fn parts(&self) -> &[(Decimal, TimeUnit)] {
        &self.parts[..self.count]
    }

    /// The smallest unit, in which a date counted by this length is named.
    fn unit(&self) -> TimeUnit {
        self.parts[self.count - 1].1
    }

    /// `day` moved by the whole length.
    fn shift(&self, day: Date, direction: i64) -> Option<Date> {
        self.parts().iter().try_fold(day, |day, &(number, unit)| {
            let (unit, number) = whole(number, unit)?;
            resolve::shift(day, unit, number.checked_mul(direction)?)
        })
    }
}

/// "five years", "2.5 hours", "half a year", "a decade", "five-year", "a year and a half", "1 month 21 days".
fn length(cx: &Cursor<'_>, i: usize) -> Option<Length> {
    let mut found = one(cx, i)?;
    while found.count < MOST {
        let comma = if cx.is(found.end, b',') { found.end + 1 } else { found.end };
        let at = cx.word(comma, Word::RangeAnd).unwrap_or(comma);
        let apart = at > found.end;
        let Some(next) = one(cx, at).filter(|n| n.parts[0].1.of_the_clock() == found.unit().of_the_clock())
        else {
            break;
        };
        if cx.word(at, Word::Indefinite).is_some() && !cx.is_word(at, Word::Indefinite)
            || apart && rank(next.unit()) >= rank(found.unit())
            || found.parts().iter().any(|(_, unit)| *unit == next.unit())
        {
            break;
        }
        found.parts[found.count] = next.parts[0];
        (found.count, found.end) = (found.count + 1, next.end);
    }
    let old = cx.skip_hyphen(found.end);
    Some(Length { end: cx.word(old, Word::DurationTail).unwrap_or(found.end), ..found })
}

fn rank(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Minute => 1,
        TimeUnit::Hour => 2,
        TimeUnit::Day | TimeUnit::Weekend => 3,
        TimeUnit::Week | TimeUnit::Fortnight => 4,
        TimeUnit::Month => 5,
        TimeUnit::Quarter | TimeUnit::Half => 6,
        TimeUnit::Year => 7,
        TimeUnit::Decade => 8,
        TimeUnit::Century => 9,
        TimeUnit::Millennium => 10,
    }
}

/// One number with one unit.
fn one(cx: &Cursor<'_>, i: usize) -> Option<Length> {
    if let Some(half) = half(cx, i) {
        return Some(half);
    }
    let (mut number, at) = match numbers::scaled(cx, i) {
        Some(n) if !n.share => (n.value, n.end),
        // "the previous three quarters" are of the year, not of the whole.
        Some(_) if quarters(cx, i).is_some() => quarters(cx, i)?,
        _ => (Decimal::ONE, cx.word(i, Word::Indefinite)?),
    };
    // "Four straight months", "two more years"; but "13,800 last year" is a count and a year.
    let at = couple(cx, at);
    let several = |end: usize| time_unit(cx, end).is_some_and(|(_, stop)| cx.str(stop - 1).ends_with('s'));
    let at = cx.word(at, Word::Running).filter(|&end| several(end)).unwrap_or(at);
    let hyphen = cx.skip_hyphen(at);
    let (unit, mut end) = time_unit(cx, hyphen).filter(|(_, end)| short_unit(cx, hyphen, *end))?;
    if let Some(share) =
        cx.word(end, Word::RangeAnd).and_then(|at| numbers::scaled(cx, at)).filter(|n| n.share && !n.scaled)
    {
        (number, end) = (number + share.value, share.end);
    }
    let single = cx.word(i, Word::Indefinite).is_some() && at == i + 1;
    if single && (unit == TimeUnit::Second || unit == TimeUnit::Quarter && counting(cx, end).is_none()) {
        // "a second visit", "a quarter of exports".
        return None;
    }
    if cx.is(end, b'\'') && cx.tight(end) {
        let s = cx.tight(end + 1) && calendar::decade_mark(cx, end + 1);
        end = if s { end } else { end + 1 };
    }
    Some(Length::of(end, number, unit))
}

/// Past "of" in "a couple of weeks".
fn couple(cx: &Cursor<'_>, at: usize) -> usize {
    // "couple weeks" of speech counts as well, and so does "couple of weeks" without its article.
    let dozen = at > 0 && cx.role(at - 1, |r| matches!(r, Role::Dozen(_)).then_some(())).is_some();
    if dozen { cx.skip(at, Word::Of) } else { at }
}

/// A small number before "quarters" that a word like "next" counts.
fn quarters(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, usize)> {
    let (number, end) = numbers::below_hundred(cx, i)?;
    let counted = cx.before(i).is_some_and(|_| offset(cx, i - 1).is_some_and(|(_, end)| end == i));
    (counted && time_unit(cx, end).is_some()).then(|| (Decimal::from(number), end))
}

/// "h" and "min" only against digits or as words after them.
fn short_unit(cx: &Cursor<'_>, at: usize, end: usize) -> bool {
    end > at && (cx.str(at).len() > 1 || cx.kind(at.wrapping_sub(1)) == Kind::Digits)
}

/// "half a year", "half an hour", "half hour".
fn half(cx: &Cursor<'_>, i: usize) -> Option<Length> {
    let start = cx.word(i, Word::Indefinite).unwrap_or(i);
    let (_, at) = cx.role(start, |r| (r == Role::Half).then_some(()))?;
    let unit_at = if start == i { cx.word(at, Word::Indefinite).unwrap_or(at) } else { at };
    let (unit, end) = time_unit(cx, unit_at).filter(|(u, _)| {
        unit_at > at || matches!(u, TimeUnit::Hour | TimeUnit::Year | TimeUnit::Century | TimeUnit::Decade)
    })?;
    let (number, unit) = match unit {
        TimeUnit::Year => (Decimal::from(6), TimeUnit::Month),
        TimeUnit::Decade => (Decimal::from(5), TimeUnit::Year),
        TimeUnit::Century => (Decimal::from(50), TimeUnit::Year),
        _ => (Decimal::new(5, 1), unit),
    };
    Some(Length::of(end, number, unit))
}

fn plain(length: Length) -> Expr {
    let mut timex = String::new();
    for &(number, unit) in length.parts() {
        let part = resolve::duration(Some(number), unit);
        // "P2Y" and "P1M" make "P2Y1M", "PT1H" and "PT30M" make "PT1H30M".
        let skip = if timex.is_empty() { 0 } else { 1 + usize::from(part.starts_with("PT")) };
        timex.push_str(&part[skip..]);
    }
    Expr { timex: Some(timex), ..Expr::new(length.end, TimexKind::Duration) }
}

/// A length of time that nothing places in the calendar.
pub(crate) fn duration(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    length(cx, i).map(plain)
}

/// The stretch that `direction` times the length at `i` reaches from `day`, in the length's own unit.
pub(crate) fn from(cx: &Cursor<'_>, day: Date, i: usize, direction: i64) -> Option<Period> {
    let length = length(cx, i)?;
    Some(resolve::named(length.shift(day, direction)?, length.named_unit())?.0)
}

impl Length {
    /// A year and a half reaches a month, two years reach a year.
    fn named_unit(&self) -> TimeUnit {
        let (number, unit) = self.parts[self.count - 1];
        whole(number, unit).map_or(unit, |(unit, _)| unit)
    }
}

/// A number of units in whole units: a year and a half is eighteen months.
fn whole(number: Decimal, unit: TimeUnit) -> Option<(TimeUnit, i64)> {
    if number.is_integer() {
        return Some((unit, number.to_i64()?));
    }
    let months = match unit {
        TimeUnit::Year => Decimal::from(12),
        TimeUnit::Decade => Decimal::from(120),
        _ => return Some((unit, number.round().to_i64()?)),
    };
    Some((TimeUnit::Month, number.checked_mul(months)?.round().to_i64()?))
}

fn offset(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let start = cx.skip(i, Word::Article);
    cx.role(start, |r| if let Role::Relative(n) = r { Some(n) } else { None })
        .or_else(|| cx.word(start, Word::Following).map(|end| (1, end)))
        .or_else(|| cx.word(start, Word::Previous).map(|end| (-1, end)))
}

/// "the next five years": counted on from the document's day.
pub(crate) fn coming(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, at) = offset(cx, i).filter(|(n, _)| *n == 1)?;
    let counted = cx.word(at, Word::Indefinite).is_none()
        || cx.role(at, |r| matches!(r, Role::Cardinal(_)).then_some(())).is_some();
    let expr = duration(cx, at).filter(|_| counted)?;
    if cx.word(cx.skip(i, Word::Article), Word::Following).is_some() {
        // "the following 32 years" follow something else than today.
        return Some(Expr { anchored: true, ..expr });
    }
    let period = cx.reference.and_then(|day| from(cx, day, at, 1));
    Some(Expr { period, ..expr }.relative())
}

/// "the past five years", "the last decade": up to the document's day.
pub(crate) fn past(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, at) = offset(cx, i).filter(|(n, _)| *n == -1)?;
    // "The journey will last three hours": a verb.
    let verb = || i.checked_sub(1).is_some_and(|before| cx.is_word(before, Word::CueFuture));
    let found = length(cx, at).filter(|_| !verb())?;
    let period = cx.reference.and_then(|day| Period::days(found.shift(day, -1)?, day));
    Some(Expr { period, ..plain(found) }.relative())
}

/// "the five coming years", "3 past weeks": the number before the word.
fn number_first(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let number = numbers::scaled(cx, cx.skip(i, Word::Article)).filter(|n| !n.share)?;
    let (direction, at) = offset(cx, number.end).filter(|(n, _)| *n != 0)?;
    let (unit, end) = time_unit(cx, at)?;
    // "Rose to 13,800 last year" counts no years.
    if number.value > Decimal::ONE && !cx.is_word(end - 1, Word::Units) {
        return None;
    }
    let found = Length::of(end, number.value, unit);
    let other = cx.reference.and_then(|day| Some((day, found.shift(day, i64::from(direction))?)));
    let period = other.and_then(|(day, other)| Period::days(day.min(other), day.max(other)));
    Some(Expr { period, ..plain(found) }.relative())
}

/// The word that places a length, the direction it counts in, whether from another expression, and
/// the token after it.
pub(crate) fn counting(cx: &Cursor<'_>, i: usize) -> Option<(i8, bool, usize)> {
    // "three weeks earlier than usual", "two days before the vote" count from what is named, not from here.
    let leads = cx.is_word(i, Word::Deadline) || cx.is_word(i, Word::Open);
    if cx.word(i + 1, Word::Than).is_some() || leads && cx.kind(i + 1) == Kind::Word {
        return None;
    }
    let later = || cx.word(i, Word::Later).filter(|&end| end == i + 1 && !cx.is_word(i, Word::Preposition));
    cx.word(i, Word::Ago)
        .map(|end| (-1, false, end))
        .or_else(|| cx.word(i, Word::FromNow).map(|end| (1, false, end)))
        .or_else(|| cx.word(i, Word::Earlier).map(|end| (-1, true, end)))
        .or_else(|| later().map(|end| (1, true, end)))
        .or_else(|| cx.word(i, Word::Later).filter(|_| cx.is_word(i, Word::Open)).map(|end| (1, true, end)))
}

/// "the nine months": TIMEX3 has the article within.
pub(crate) fn determined(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.word(i, Word::Article)?;
    cx.get(at).filter(|t| t.part.seed.meets(Seed::NUMBER))?;
    // "the three-day visit" has its article from the visit.
    let found = length(cx, at).filter(|found| (at..found.end).all(|t| !cx.is(t, b'-')))?;
    Some(plain(found))
}

/// "five years", and what places it: "two weeks ago", "a year earlier", "three days later".
pub(crate) fn counted(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if let Some(expr) = number_first(cx, i) {
        return Some(expr);
    }
    let found = length(cx, i)?;
    if let Some(expr) = lasting(cx, i, found) {
        return Some(expr);
    }
    if let Some(expr) = from_date(cx, found) {
        return Some(expr);
    }
    match counting(cx, found.end) {
        Some((direction, anchored, end)) => Some(placed(cx, found, direction, anchored, end)),
        None => Some(plain(found)),
    }
}

/// "for three days from 5 May", "a week starting tomorrow": a stretch with a first day.
fn lasting(cx: &Cursor<'_>, i: usize, found: Length) -> Option<Expr> {
    let comma = if cx.is(found.end, b',') { found.end + 1 } else { found.end };
    let at = cx.word(comma, Word::Open).filter(|_| !cx.is_word(comma, Word::Later))?;
    let from = cx.is_word(comma, Word::RangeFrom);
    let led = cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Lasting));
    if found.unit().of_the_clock() || from && !led {
        return None;
    }
    let first = time::expression(cx, at)
        .filter(|e| e.kind == TimexKind::Date && !e.loose && !e.range && time::names_day(cx, at, e))?;
    let days = first.period.and_then(|p| Period::days(p.first(), found.shift(p.first(), 1)?));
    Some(Expr { relative: first.relative, range: true, ..Expr::date(first.end, days) })
}

/// "two weeks before 13 May 1999", "two days after tomorrow": counted from another day.
fn from_date(cx: &Cursor<'_>, found: Length) -> Option<Expr> {
    let at = found.end;
    if found.unit().of_the_clock() {
        return None;
    }
    let (direction, start) = match (cx.is_word(at, Word::Earlier), cx.word(at, Word::Open)) {
        (true, _) if cx.is_word(at, Word::Deadline) => (-1, at + 1),
        (_, Some(end)) if cx.is_word(at, Word::Later) || cx.is_word(at, Word::RangeFrom) => (1, end),
        _ => return None,
    };
    let day = relative::day(cx, start).or_else(|| calendar::date(cx, start))?;
    let one = day.period.filter(|p| p.first() == p.last());
    let stretch = one.and_then(|p| resolve::named(found.shift(p.first(), direction)?, TimeUnit::Day));
    (one.is_some() || day.relative)
        .then(|| Expr { relative: day.relative, ..Expr::stretch(day.end, stretch) })
}

fn placed(cx: &Cursor<'_>, found: Length, direction: i8, anchored: bool, end: usize) -> Expr {
    let stretch = cx
        .reference
        .and_then(|day| resolve::named(found.shift(day, i64::from(direction))?, found.named_unit()));
    let years = match found.parts() {
        [(number, TimeUnit::Year)] => number.to_i8().unwrap_or(0),
        _ => 0,
    };
    let shift = if anchored { years.saturating_mul(direction) } else { 0 };
    let expr = Expr { anchored, shift, ..Expr::stretch(end, stretch) }.relative();
    match found.parts() {
        [(number, unit)] if anchored => {
            expr.stepping(number.to_i32().unwrap_or(0).saturating_mul(i32::from(direction)), *unit)
        }
        _ => expr,
    }
}
