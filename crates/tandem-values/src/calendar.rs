//! Dates of the calendar: days, months, years, quarters, halves, and stretches between two of them.

use tandem_model::{Date, Period};

use crate::cursor::Cursor;
use crate::role::{Role, Seed, TimeUnit, Word};
use crate::scan::{Kind, Token};
use crate::time::{Expr, Tense, tense};
use crate::weeks::weekday_role;
use crate::{nouns, numbers, parts, resolve, spoken};

/// A date as written, with what is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) end: usize,
    pub(crate) year: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    /// The year was said in relation to now ("August this year").
    pub(crate) relative: bool,
    /// Weekday that was named beside it, 1 for Monday.
    pub(crate) weekday: Option<i8>,
    /// The month stands before the day.
    pub(crate) month_first: bool,
}

pub(crate) fn month_role(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if !cx.may_be(i, Role::MONTH) {
        return None;
    }
    cx.role(i, |r| if let Role::Month(m) = r { Some(m) } else { None })
}

/// A month's name, where it cannot be the verb "may" or "march".
fn month(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let (month, end) = month_role(cx, i)?;
    let token = cx.get(i)?;
    let text = cx.str(i);
    let doubted = cx.is_word(i, Word::Doubtful);
    let small = doubted && !token.upper;
    let verb = small
        && cx.get(end).is_some_and(|t| t.kind == Kind::Word)
        && !cx.is_word(end, Word::Preposition)
        && cx
            .role(end, |r| matches!(r, Role::Relative(_) | Role::Tens(_) | Role::Ordinal(_)).then_some(()))
            .is_none()
        && ![Word::Article, Word::RangeTo, Word::RangeAnd].iter().any(|&w| cx.word(end, w).is_some());
    let led = [Word::Within, Word::Of, Word::Open, Word::Deadline];
    let ticker = cx.tight(i) && cx.before(i).is_some_and(|t| matches!(t.byte, b'$' | b'#' | b'@' | b'_'));
    let doubtful = doubted && (!token.upper || opens_sentence(cx, i)) || text.len() <= 3 && !token.upper;
    let beside = cx.digits(cx.skip_hyphen(end)).is_some_and(|d| d.len() <= 2 || d.len() == 4)
        || cx.before(i).is_some_and(|t| {
            t.kind == Kind::Digits
                || cx.is_word(i - 1, Word::Preposition)
                    && (!small || led.iter().any(|&word| cx.is_word(i - 1, word)))
                || cx.word(i - 1, Word::OrdinalSuffix).is_some()
        })
        || cx.is(end, b'-') && month_role(cx, end + 1).is_some()
        || !small && ordinal(cx, cx.skip(end, Word::Article)).is_some()
        || cx.role(end, |r| matches!(r, Role::Tens(_)).then_some(())).is_some()
        || cx.role(end, |r| matches!(r, Role::Relative(_)).then_some(())).is_some();
    let name = cx.kind(i + 1) == Kind::Word
        && cx.get(i + 1).is_some_and(|t| t.upper && t.word == 0)
        && cx.before(i).is_some_and(|t| t.kind == Kind::Word && t.upper);
    ((beside || !doubtful) && !name && !verb && !ticker).then_some((month, end))
}

fn opens_sentence(cx: &Cursor<'_>, i: usize) -> bool {
    cx.before(i).is_none_or(|t| matches!(t.byte, b'.' | b'"' | b'?' | b'!' | b':'))
}

/// A day of the month: "6", "6th", "sixth" (the last only where a month stands beside it).
pub(crate) fn day(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if let Some(text) = cx.digits(i) {
        let day: i8 = (text.len() <= 2).then(|| text.parse().ok()).flatten()?;
        let end = if cx.tight(i + 1) { cx.word(i + 1, Word::OrdinalSuffix).unwrap_or(i + 1) } else { i + 1 };
        let glued = cx.tight(end) && cx.kind(end) == Kind::Word;
        return ((1..=31).contains(&day) && !glued).then_some((day, end));
    }
    ordinal(cx, i).filter(|(n, _)| (1..=31).contains(n))
}

/// An ordinal in words: "first", "twenty-first".
pub(crate) fn ordinal(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    if !cx.may_be(i, Role::ORDINAL | Role::TENS) {
        return None;
    }
    let plain = |i| cx.role(i, |r| if let Role::Ordinal(n) = r { i8::try_from(n).ok() } else { None });
    if let Some((tens, end)) = cx.role(i, |r| if let Role::Tens(n) = r { i8::try_from(n).ok() } else { None })
    {
        let (one, end) = plain(cx.skip_hyphen(end)).filter(|(n, _)| *n < 10)?;
        return Some((tens + one, end));
    }
    plain(i)
}

/// Four digits that can be a year.
pub(crate) fn year_digits(cx: &Cursor<'_>, i: usize) -> Option<i16> {
    let text = cx.digits(i).filter(|d| d.len() == 4)?;
    let glued = cx.tight(i + 1) && cx.kind(i + 1) == Kind::Word && !cx.is_word(i + 1, Word::DecadeSuffix);
    let year: i16 = text.parse().ok()?;
    ((1000..=2199).contains(&year) && !glued && !marked(cx, i)).then_some(year)
}

/// Digits that go on as a number does: "2,024", "2024.5".
fn marked(cx: &Cursor<'_>, i: usize) -> bool {
    let mark = |at: usize| {
        cx.get(at).is_some_and(|t| matches!(t.byte, b'.' | b',' | b':') && t.kind == Kind::Sign)
            && cx.tight(at)
            && cx.tight(at + 1)
    };
    mark(i + 1) && cx.kind(i + 2) == Kind::Digits || i >= 2 && mark(i - 1) && cx.kind(i - 2) == Kind::Digits
}

/// The year that is named after a month or a part of the year, and whether in relation to now.
pub(crate) fn year_slot(cx: &Cursor<'_>, i: usize) -> Option<(Option<i16>, bool, usize)> {
    // "The April-September period of 2024".
    let stretch = cx.word(i, Word::Stretch).filter(|&end| cx.word(end, Word::Of).is_some());
    let i = stretch.unwrap_or(i);
    let comma = if cx.is(i, b',') { i + 1 } else { i };
    let slash = if cx.joined(i, b'/') { i + 1 } else { i };
    for at in [i, comma, cx.word(i, Word::Of).unwrap_or(i), cx.skip_hyphen(i), slash] {
        if let Some(year) = year_digits(cx, at).filter(|_| at == i || !counted(cx, at)) {
            return Some((Some(year), false, at + 1));
        }
        if let Some(year) = short_year(cx, at) {
            return Some((Some(year), false, at + 2));
        }
        if let Some((year, end)) = spoken::year(cx, at).filter(|(_, end)| nouns::after(cx, *end).is_none()) {
            return Some((Some(year), false, end));
        }
    }
    let of = cx.word(i, Word::Of).unwrap_or(i);
    let article = cx.skip(of, Word::Article);
    let unit = |at| cx.role(at, |r| (r == Role::TimeUnit(TimeUnit::Year)).then_some(())).map(|(_, end)| end);
    if of > i
        && article > of
        && let Some(end) = unit(article)
    {
        return Some((cx.reference.map(Date::year), true, end));
    }
    let (offset, at) = cx
        .role(article, |r| if let Role::Relative(n) = r { Some(n) } else { None })
        .or_else(|| cx.word(article, Word::Previous).map(|end| (-1, end)))?;
    let end = unit(at)?;
    Some((cx.reference.map(|d| d.year() + i16::from(offset)), true, end))
}

/// "'98".
fn short_year(cx: &Cursor<'_>, i: usize) -> Option<i16> {
    let text = cx.digits(i + 1).filter(|d| d.len() == 2 && cx.is(i, b'\'') && cx.tight(i + 1))?;
    let year: i16 = text.parse().ok()?;
    Some(if year < 50 { 2000 + year } else { 1900 + year })
}

pub(crate) fn with_year(cx: &Cursor<'_>, point: Point) -> Point {
    match year_slot(cx, point.end) {
        Some((year, relative, end)) => Point { year, relative, end, ..point },
        None => point,
    }
}

/// A date with at least a month, at `i`.
pub(crate) fn point(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    if let Some((_, end)) = weekday_role(cx, i) {
        let at = if cx.is(end, b',') || cx.is(end, b'(') { end + 1 } else { end };
        let at = cx.skip(at, Word::Article);
        let weekday = weekday_role(cx, i).map(|(day, _)| day);
        return day_point(cx, at).filter(|p| p.day.is_some()).map(|p| Point { weekday, ..p });
    }
    if let Some(year) = year_digits(cx, i) {
        // "2017 April", "2019-Aug-01".
        let at = if cx.joined(i + 1, b'-') || cx.joined(i + 1, b'/') || cx.is(i + 1, b',') {
            i + 2
        } else {
            i + 1
        };
        let named = cx.kind(at) == Kind::Word
            && (at > i + 1 || cx.get(at).is_some_and(|t| t.upper || cx.str(at).len() > 3));
        let Some((month, end)) = month_role(cx, at).filter(|_| named) else { return day_point(cx, i) };
        let day_at = if cx.joined(end, b'-') || cx.joined(end, b'/') { end + 1 } else { end };
        let day = day(cx, day_at).filter(|_| day_at > end);
        let end = day.map_or(end, |(_, end)| end);
        return Some(Point {
            end,
            year: Some(year),
            month: Some(month),
            day: day.map(|(d, _)| d),
            ..Point::default()
        })
        .filter(|_| !counted(cx, i));
    }
    day_point(cx, i)
}

/// "Friday, 22 March" after "this": the whole date, however the weekday is meant.
pub(crate) fn weekday_date(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let point = point(cx, i)?;
    let (full, relative) = dated(cx, i, point);
    let closed =
        usize::from(cx.is(point.end, b')') && weekday_role(cx, i).is_some_and(|(_, end)| cx.is(end, b'(')));
    Some(Expr { relative, ..Expr::date(point.end + closed, period(full)) })
}

/// A date without its weekday.
fn day_point(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    if let Some(numeric) = numeric(cx, i).or_else(|| slashed(cx, i)) {
        return Some(numeric);
    }
    let start = cx.skip(i, Word::Article);
    let spelled = || {
        cx.get(start).filter(|t| t.kind == Kind::Word && t.part.seed.meets(Seed::NUMBER))?;
        let (day, end) = numbers::below_hundred(cx, start).filter(|(n, _)| (1..=31).contains(n))?;
        (cx.digits(start).is_none() && month(cx, end).is_some()).then_some((day as i8, end))
    };
    if let Some((day, end)) = day(cx, start).or_else(spelled) {
        let dot = usize::from(
            cx.is(end, b'.')
                && cx.tight(end)
                && cx.digits(start).is_some()
                && month_role(cx, end + 1).is_some(),
        );
        let slash = usize::from(cx.joined(end, b'/'));
        let at = cx.skip_hyphen(cx.word(end + dot, Word::Of).unwrap_or(end + dot)) + slash;
        let (month, end) = month_role(cx, at)
            .filter(|_| cx.get(at).is_some_and(|t| t.upper || cx.str(at).len() > 3) || start == i)?;
        return Some(with_year(
            cx,
            Point {
                end: cx.skip(cx.skip_hyphen(end), Word::Of).min(end),
                month: Some(month),
                day: Some(day),
                ..Point::default()
            },
        ));
    }
    month_point(cx, i)
}

/// A month first: "May", "May 6", "May 6, 2022", "May 2022".
fn month_point(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    let (month, end) = month(cx, i)?;
    let point = Point { end, month: Some(month), month_first: true, ..Point::default() };
    let at = cx.skip(cx.skip_hyphen(end), Word::Article);
    let spelled = || spelled_day(cx, at);
    match day(cx, at).or_else(spelled).filter(|(_, after)| !counts_on(cx, at, *after)) {
        Some((day, end)) => Some(with_year(cx, Point { end, day: Some(day), ..point })),
        None => Some(with_year(cx, point)),
    }
}

/// "twenty-one" of "May twenty-one", where it counts nothing.
pub(crate) fn spelled_day(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let (number, end) = numbers::below_hundred(cx, i).filter(|(n, _)| (1..=31).contains(n))?;
    let counts =
        cx.kind(end) == Kind::Word && spoken::year(cx, end).is_none() && !cx.is_word(end, Word::Stop);
    (!counts).then_some((number as i8, end))
}

/// "in May 60 companies" has no day; "May 6.5" neither; "May 15:30" is a clock.
pub(crate) fn counts_on(cx: &Cursor<'_>, i: usize, after: usize) -> bool {
    let mark = cx.get(after).is_some_and(|t| matches!(t.byte, b'.' | b':' | b'%' | b'$'))
        && cx.tight(after)
        && cx.kind(after + 1) == Kind::Digits
        && cx.tight(after + 1);
    let grouped = cx.joined(after, b',') && cx.digits(after + 1).is_some_and(|d| d.len() == 3);
    let scale = numbers::scaled(cx, i).is_some_and(|n| n.scaled) || cx.is(after, b'%');
    mark || grouped || scale
}

/// "2021-12-16", "16.12.2021", "12/16/2021".
fn numeric(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    let (a, b, c) = (cx.digits(i)?, cx.digits(i + 2)?, cx.digits(i + 4)?);
    let mark = cx.get(i + 1)?.byte;
    if !matches!(mark, b'-' | b'.' | b'/') || !cx.joined(i + 1, mark) || !cx.joined(i + 3, mark) {
        return None;
    }
    if cx.joined(i + 5, mark) && cx.kind(i + 6) == Kind::Digits
        || i > 0 && cx.tight(i) && matches!(cx.before(i)?.byte, b'-' | b'/' | b'.')
    {
        return None;
    }
    let n = |t: &str| t.parse::<i16>().ok();
    let small = |t: &str| (t.len() <= 2).then(|| t.parse::<i8>().ok()).flatten();
    let (year, month, day) = if a.len() == 4 {
        (n(a)?, small(b)?, small(c)?)
    } else if c.len() == 4 || c.len() == 2 && mark != b'-' {
        let year = if c.len() == 2 { 2000 + n(c)? - if n(c)? > 68 { 100 } else { 0 } } else { n(c)? };
        let (first, second) = (small(a)?, small(b)?);
        // A slash is American, month first, unless that cannot be; points and hyphens are European.
        if mark == b'/' && first <= 12 || second > 12 { (year, first, second) } else { (year, second, first) }
    } else {
        return None;
    };
    Date::new(year, month, day).ok()?;
    Some(Point { end: i + 5, year: Some(year), month: Some(month), day: Some(day), ..Point::default() })
}

/// "4/22", "22/04": a month and a day, where a word of time leads to them.
fn slashed(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    let (a, b) = (cx.digits(i)?, cx.digits(i + 2)?);
    let short = |t: &str| (t.len() <= 2).then(|| t.parse::<i8>().ok()).flatten();
    let (a, b) = (short(a)?, short(b)?);
    let chained =
        |at: usize| cx.tight(at) && cx.get(at).is_some_and(|t| matches!(t.byte, b'/' | b'.' | b'%'));
    if !cx.joined(i + 1, b'/') || chained(i + 3) && cx.tight(i + 4) || i > 0 && chained(i - 1) && cx.tight(i)
    {
        return None;
    }
    let (month, day) = if a <= 12 { (a, b) } else { (b, a) };
    Date::new(2024, month, day).ok()?;
    let point = Point { end: i + 3, month: Some(month), day: Some(day), ..Point::default() };
    led_to(cx, i).then(|| with_year(cx, point))
}

/// Words that only a date follows stand before: "on 4/22", "Friday 7/6", "from 10/1 to 11/7".
fn led_to(cx: &Cursor<'_>, i: usize) -> bool {
    let Some(before) = cx.before(i).and_then(|_| i.checked_sub(1)) else { return false };
    let words = [Word::Deadline, Word::Open, Word::RangeBetween, Word::DateLead];
    let at = before - usize::from(before > 0 && cx.is(before, b'('));
    words.iter().any(|&word| cx.is_word(before, word))
        || (0..=2)
            .filter_map(|back| at.checked_sub(back))
            .any(|b| weekday_role(cx, b).is_some_and(|(_, end)| end >= at))
        || cx.is(before, b'-') && before >= 3 && cx.joined(before - 2, b'/')
        || cx.word(before, Word::RangeTo).is_some()
            && before >= 3
            && cx.joined(before - 2, b'/')
            && cx.kind(before - 1) == Kind::Digits
}

/// Gives a point without a year the one that the reference day and the tense suggest.
pub(crate) fn dated(cx: &Cursor<'_>, i: usize, point: Point) -> (Point, bool) {
    if point.year.is_some() || point.relative {
        return (point, point.relative);
    }
    let (Some(today), Some(month)) = (cx.reference, point.month) else { return (point, true) };
    let year = today.year();
    let ahead =
        (month, point.day.unwrap_or(1)) > (today.month(), if point.day.is_some() { today.day() } else { 31 });
    let same_month = month == today.month() && point.day.is_none();
    let behind = !ahead && !same_month && (month, point.day.unwrap_or(1)) != (today.month(), today.day());
    let months_ahead = i16::from(month) - i16::from(today.month());
    let chosen = match tense(cx, i) {
        Some(Tense::Future) if behind && months_ahead < -1 => year + 1,
        Some(Tense::Future) => year,
        // Without a cue a date a few weeks ahead is likelier than one eleven months ago.
        None if ahead && months_ahead <= 1 => year,
        _ if ahead => year - 1,
        _ => year,
    };
    (Point { year: Some(matching_weekday(point, chosen)), ..point }, true)
}

/// The year nearest to `year` in which a named weekday falls on the day.
fn matching_weekday(point: Point, year: i16) -> i16 {
    let (Some(wanted), Some(month), Some(day)) = (point.weekday, point.month, point.day) else { return year };
    let fits =
        |y: &i16| Date::new(*y, month, day).is_ok_and(|d| d.weekday().to_monday_one_offset() == wanted);
    [year, year + 1, year - 1].into_iter().find(fits).unwrap_or(year)
}

pub(crate) fn period(point: Point) -> Option<Period> {
    match (point.year?, point.month?, point.day) {
        (year, month, Some(day)) => Some(Period::day(Date::new(year, month, day).ok()?)),
        (year, month, None) => Period::month(year, month),
    }
}

/// A single date at `i`: a day, a month, a year, a decade.
pub(crate) fn date(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if let Some(point) = point(cx, i) {
        if point
            .day
            .is_some_and(|d| Date::new(point.year.unwrap_or(2024), point.month.unwrap_or(1), d).is_err())
        {
            return None;
        }
        let (full, relative) = dated(cx, i, point);
        let mut expr = Expr { relative, ..Expr::date(point.end, period(full)) };
        if expr.timex.is_none() {
            expr.timex = Some(unknown_year(point));
        }
        return Some(expr);
    }
    decade(cx, i)
        .or_else(|| spoken::decade(cx, i))
        .or_else(|| century(cx, i))
        .or_else(|| year_month(cx, i))
        .or_else(|| year(cx, i))
        .or_else(|| spoken_year(cx, i))
}

/// "the 21st century", "the nineteenth century".
fn century(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (Some(number), at) = parts::position(cx, cx.skip(i, Word::Article)) else { return None };
    let (_, end) = cx.role(at, |r| (r == Role::TimeUnit(TimeUnit::Century)).then_some(()))?;
    (number > 0).then(|| Expr::stretch(end, resolve::century(i16::from(number) - 1)))
}

pub(crate) fn unknown_year(point: Point) -> String {
    let year = point.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    let month = point.month.map_or_else(|| "XX".to_owned(), |m| format!("{m:02}"));
    point.day.map_or_else(|| format!("{year}-{month}"), |d| format!("{year}-{month}-{d:02}"))
}

/// The letter of "1990s", which is small.
pub(crate) fn decade_mark(cx: &Cursor<'_>, i: usize) -> bool {
    cx.is_word(i, Word::DecadeSuffix) && cx.get(i).is_some_and(|t| !t.upper)
}

/// "the 1990s", "2010s".
fn decade(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.skip(i, Word::Article);
    let text = cx.digits(at).filter(|d| d.len() == 4 && d.ends_with('0'))?;
    let mark = if cx.is(at + 1, b'\'') { at + 2 } else { at + 1 };
    (cx.tight(mark) && decade_mark(cx, mark)).then_some(())?;
    Some(Expr::stretch(mark + 1, resolve::decade(text.parse().ok()?)))
}

/// "in nineteen ninety-nine": words are a year only behind a preposition and before no noun.
fn spoken_year(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (value, end) = spoken::year(cx, i)?;
    let led =
        cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Preposition) || cx.is_word(i - 1, Word::Open));
    (led && nouns::after(cx, end).is_none() && !measured(cx, end - 1))
        .then(|| Expr::date(end, Period::year(value)))
}

/// "2024-05", "2024/05", "05/2024".
fn year_month(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (a, b) = (cx.digits(i)?, cx.digits(i + 2)?);
    let mark = cx.get(i + 1)?.byte;
    let follows = cx.before(i).is_some_and(|t| t.byte == mark) && cx.tight(i);
    let apart = !(cx.joined(i + 3, mark) || follows);
    let (year, month) = match (a.len(), b.len(), mark) {
        (4, 1 | 2, b'-' | b'/') => (a, b),
        (1 | 2, 4, b'/' | b'-') => (b, a),
        _ => return None,
    };
    let period =
        Period::month(year.parse().ok()?, month.parse().ok()?).filter(|_| cx.joined(i + 1, mark) && apart)?;
    (1900..2100).contains(&period.first().year()).then(|| Expr::date(i + 3, Some(period)))
}

/// Four digits that read as a year here.
pub(crate) fn year(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.word(i, Word::Years).filter(|&at| cx.kind(at) == Kind::Digits).unwrap_or(i);
    if at > i && cx.digits(at).is_some_and(|d| d.len() == 3) && !marked(cx, at) && !measured(cx, at) {
        let year = cx.digits(at)?.parse().ok()?;
        return Some(Expr::date(at + 1, Period::year(year)));
    }
    let value = year_digits(cx, at)?;
    let named = at > i;
    (named || reads_as_year(cx, at, value)).then(|| Expr::date(at + 1, Period::year(value)))
}

fn reads_as_year(cx: &Cursor<'_>, i: usize, value: i16) -> bool {
    if !(1900..=2100).contains(&value) {
        let after = cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Preposition));
        return after && value >= 1500 && !counted(cx, i) && !measured(cx, i);
    }
    let before = cx.before(i);
    let hyphen = before.is_some_and(|t| t.byte == b'-') && i >= 2 && cx.kind(i - 2) == Kind::Word;
    // "2017-13-12" is no date and no year either.
    let chain = [b'-', b'/']
        .iter()
        .any(|&m| cx.joined(i + 1, m) && cx.joined(i + 3, m) && cx.kind(i + 4) == Kind::Digits);
    if chain {
        return false;
    }
    let glued = !hyphen && cx.tight(i) && before.is_some_and(glues);
    let money = before.is_some()
        && (cx.role(i - 1, |r| matches!(r, Role::MoneyBefore(_)).then_some(())).is_some()
            || cx.word(i - 1, Word::Label).is_some());
    let count = counted(cx, i) && (!led(cx, i) || bound_ends(cx, i));
    !glued && !money && !count && !measured(cx, i)
}

/// Signs that make the digits written against them part of something else.
fn glues(token: &Token) -> bool {
    token.kind == Kind::Word
        || matches!(token.byte, b'-' | b'/' | b'.' | b'$' | b'#' | b'+' | b':' | b'@' | b'_')
}

/// A qualifier that binds numbers stands right before.
fn bound_ends(cx: &Cursor<'_>, i: usize) -> bool {
    (1..=3).filter_map(|back| i.checked_sub(back)).any(|at| {
        cx.role(at, |r| matches!(r, Role::BoundBefore(_)).then_some(())).is_some_and(|(_, end)| end == i)
    })
}

/// Words of time or an article lead to a year even before a plural ("in 2024 exports rose").
fn led(cx: &Cursor<'_>, i: usize) -> bool {
    let round = cx.digits(i).is_some_and(|d| d.ends_with("00") || d.ends_with("50") && !d.starts_with("20"));
    let preposition = cx.before(i).is_some_and(|_| {
        cx.is_word(i - 1, Word::Preposition)
            || cx.is_word(i - 1, Word::Article)
            || cx.is_word(i - 1, Word::Deadline)
            || cx.is_word(i - 1, Word::Open)
    });
    !round && (preposition || cx.before(i).is_none())
}

/// A noun that the number would count follows.
fn counted(cx: &Cursor<'_>, i: usize) -> bool {
    nouns::after(cx, i + 1).is_some() && cx.get(i + 1).is_some_and(|t| !t.upper)
}

/// A unit, scale or percent sign follows.
pub(crate) fn measured(cx: &Cursor<'_>, i: usize) -> bool {
    let at = cx.skip_hyphen(i + 1);
    cx.role(at, |r| {
        matches!(
            r,
            Role::Percent | Role::Scale(_) | Role::Points | Role::MoneyAfter(_) | Role::Unit(_) | Role::Times
        )
        .then_some(())
    })
    .is_some_and(|(_, end)| {
        // "In 2016 $60 million": the sign is that of the next number.
        let leads =
            cx.kind(at) == Kind::Sign && end == at + 1 && cx.kind(end) == Kind::Digits && cx.tight(end);
        let percent = cx.get(at).is_some_and(|t| t.byte == b'%');
        !(cx.is_word(at, Word::Preposition) && end == at + 1) && (percent || !leads || cx.tight(at))
    })
}
