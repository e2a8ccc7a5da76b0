//! Dates of the calendar: days, months, years, quarters, halves, and stretches between two of them.

use tandem_model::{Date, Period, TimexKind};

use crate::cursor::Cursor;
use crate::role::{Role, TimeUnit, Word};
use crate::scan::{Kind, Token};
use crate::time::{Expr, Tense, tense};
use crate::{nouns, numbers, resolve};

/// A date as written, with what is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Point {
    end: usize,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    /// The year was said in relation to now ("August this year").
    relative: bool,
    /// The month stands before the day.
    month_first: bool,
}

fn month_role(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    cx.role(i, |r| if let Role::Month(m) = r { Some(m) } else { None })
}

/// A month's name, where it cannot be the verb "may" or "march".
fn month(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
    let (month, end) = month_role(cx, i)?;
    let token = cx.get(i)?;
    let text = cx.str(i);
    let doubtful = matches!(month, 3 | 5) && text.len() <= 5 && (!token.upper || opens_sentence(cx, i))
        || text.len() <= 3 && !token.upper;
    let beside = cx.digits(end).is_some_and(|d| d.len() <= 2 || d.len() == 4)
        || cx.before(i).is_some_and(|t| {
            t.kind == Kind::Digits
                || cx.is_word(i - 1, Word::Preposition)
                || cx.word(i - 1, Word::OrdinalSuffix).is_some()
        })
        || cx.is(end, b'-') && month_role(cx, end + 1).is_some()
        || cx.role(end, |r| matches!(r, Role::Relative(_)).then_some(())).is_some();
    let name = cx.kind(i + 1) == Kind::Word
        && cx.get(i + 1).is_some_and(|t| t.upper && t.word == 0)
        && cx.before(i).is_some_and(|t| t.kind == Kind::Word && t.upper);
    ((beside || !doubtful) && !name).then_some((month, end))
}

fn opens_sentence(cx: &Cursor<'_>, i: usize) -> bool {
    cx.before(i).is_none_or(|t| matches!(t.byte, b'.' | b'"' | b'?' | b'!' | b':'))
}

/// A day of the month: "6", "6th", "sixth" (the last only where a month stands beside it).
fn day(cx: &Cursor<'_>, i: usize) -> Option<(i8, usize)> {
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
    let plain = |i| cx.role(i, |r| if let Role::Ordinal(n) = r { i8::try_from(n).ok() } else { None });
    if let Some((tens, end)) = cx.role(i, |r| if let Role::Tens(n) = r { i8::try_from(n).ok() } else { None })
    {
        let (one, end) = plain(cx.skip_hyphen(end)).filter(|(n, _)| *n < 10)?;
        return Some((tens + one, end));
    }
    plain(i)
}

/// Four digits that can be a year.
fn year_digits(cx: &Cursor<'_>, i: usize) -> Option<i16> {
    let text = cx.digits(i).filter(|d| d.len() == 4)?;
    let glued = cx.tight(i + 1) && cx.kind(i + 1) == Kind::Word && !cx.str(i + 1).eq_ignore_ascii_case("s");
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
fn year_slot(cx: &Cursor<'_>, i: usize) -> Option<(Option<i16>, bool, usize)> {
    let comma = if cx.is(i, b',') { i + 1 } else { i };
    for at in [i, comma, cx.word(i, Word::Of).unwrap_or(i), cx.skip_hyphen(i)] {
        if let Some(year) = year_digits(cx, at).filter(|_| at == i || !counted(cx, at)) {
            return Some((Some(year), false, at + 1));
        }
        if let Some(year) = short_year(cx, at) {
            return Some((Some(year), false, at + 2));
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
    let (offset, at) = cx.role(article, |r| match r {
        Role::Relative(n) => Some(n),
        Role::Word(Word::Previous) => Some(-1),
        _ => None,
    })?;
    let end = unit(at)?;
    Some((cx.reference.map(|d| d.year() + i16::from(offset)), true, end))
}

/// "'98".
fn short_year(cx: &Cursor<'_>, i: usize) -> Option<i16> {
    let text = cx.digits(i + 1).filter(|d| d.len() == 2 && cx.is(i, b'\'') && cx.tight(i + 1))?;
    let year: i16 = text.parse().ok()?;
    Some(if year < 50 { 2000 + year } else { 1900 + year })
}

fn with_year(cx: &Cursor<'_>, point: Point) -> Point {
    match year_slot(cx, point.end) {
        Some((year, relative, end)) => Point { year, relative, end, ..point },
        None => point,
    }
}

fn weekday_role(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    cx.role(i, |r| matches!(r, Role::Weekday(_)).then_some(())).map(|(_, end)| end)
}

/// A date with at least a month, at `i`.
fn point(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    if let Some(end) = weekday_role(cx, i) {
        let at = if cx.is(end, b',') || cx.is(end, b'(') { end + 1 } else { end };
        let at = cx.skip(at, Word::Article);
        return day_point(cx, at).filter(|p| p.day.is_some());
    }
    day_point(cx, i)
}

/// A date without its weekday.
fn day_point(cx: &Cursor<'_>, i: usize) -> Option<Point> {
    if let Some(numeric) = numeric(cx, i) {
        return Some(numeric);
    }
    let start = cx.skip(i, Word::Article);
    if let Some((day, end)) = day(cx, start) {
        let at = cx.skip_hyphen(cx.word(end, Word::Of).unwrap_or(end));
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
    match day(cx, at).filter(|(_, after)| !counts_on(cx, at, *after)) {
        Some((day, end)) => Some(with_year(cx, Point { end, day: Some(day), ..point })),
        None => Some(with_year(cx, point)),
    }
}

/// "in May 60 companies" has no day; "May 6.5" neither; "May 15:30" is a clock.
fn counts_on(cx: &Cursor<'_>, i: usize, after: usize) -> bool {
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

/// Gives a point without a year the one that the reference day and the tense suggest.
fn dated(cx: &Cursor<'_>, i: usize, point: Point) -> (Point, bool) {
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
    (Point { year: Some(chosen), ..point }, true)
}

fn period(point: Point) -> Option<Period> {
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
    decade(cx, i).or_else(|| century(cx, i)).or_else(|| year(cx, i))
}

/// "the 21st century", "the nineteenth century".
fn century(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (Some(number), at) = position(cx, cx.skip(i, Word::Article)) else { return None };
    let (_, end) = cx.role(at, |r| (r == Role::TimeUnit(TimeUnit::Century)).then_some(()))?;
    (number > 0).then(|| Expr::stretch(end, resolve::century(i16::from(number) - 1)))
}

fn unknown_year(point: Point) -> String {
    let year = point.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    let month = point.month.map_or_else(|| "XX".to_owned(), |m| format!("{m:02}"));
    point.day.map_or_else(|| format!("{year}-{month}"), |d| format!("{year}-{month}-{d:02}"))
}

/// "the 1990s", "2010s".
fn decade(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.skip(i, Word::Article);
    let text = cx.digits(at).filter(|d| d.len() == 4 && d.ends_with('0'))?;
    let mark = if cx.is(at + 1, b'\'') { at + 2 } else { at + 1 };
    (cx.tight(mark) && cx.str(mark) == "s").then_some(())?;
    Some(Expr::stretch(mark + 1, resolve::decade(text.parse().ok()?)))
}

/// Four digits that read as a year here.
fn year(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.word(i, Word::Years).filter(|&at| cx.kind(at) == Kind::Digits).unwrap_or(i);
    let value = year_digits(cx, at)?;
    let named = at > i;
    (named || reads_as_year(cx, at, value)).then(|| Expr::date(at + 1, Period::year(value)))
}

fn reads_as_year(cx: &Cursor<'_>, i: usize, value: i16) -> bool {
    if !(1900..=2100).contains(&value) {
        let after = cx.before(i).is_some_and(|_| cx.is_word(i - 1, Word::Preposition));
        return after && (1500..1900).contains(&value) && !counted(cx, i);
    }
    let before = cx.before(i);
    let hyphen = before.is_some_and(|t| t.byte == b'-') && i >= 2 && cx.kind(i - 2) == Kind::Word;
    let glued = !hyphen && cx.tight(i) && before.is_some_and(glues);
    let money = before.is_some()
        && cx
            .role(i - 1, |r| matches!(r, Role::MoneyBefore(_) | Role::Word(Word::Label)).then_some(()))
            .is_some();
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
fn measured(cx: &Cursor<'_>, i: usize) -> bool {
    let at = cx.skip_hyphen(i + 1);
    cx.role(at, |r| {
        matches!(
            r,
            Role::Percent | Role::Scale(_) | Role::Points | Role::MoneyAfter(_) | Role::Unit(_) | Role::Times
        )
        .then_some(())
    })
    .is_some_and(|(_, end)| !(cx.is_word(at, Word::Preposition) && end == at + 1))
}

/// The word or dash between the ends of a stretch.
fn link(cx: &Cursor<'_>, i: usize, between: bool) -> Option<usize> {
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

/// "2018 to 2022", "2024-2034", "2020/2021", "2020-21".
fn years(cx: &Cursor<'_>, i: usize, between: bool) -> Option<Expr> {
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
    Some(Expr { range: true, ..Expr::date(end, Period::years(first, last)) })
}

/// "6-9 May 2022", "21 to 22 December".
fn days_before_month(cx: &Cursor<'_>, i: usize, between: bool) -> Option<Expr> {
    let (first, end) = day(cx, cx.skip(i, Word::Article))?;
    let at = link(cx, end, between).or_else(|| cx.word(end, Word::RangeAnd))?;
    let last = point(cx, at).filter(|p| p.day.is_some() && !p.month_first && p.month.is_some())?;
    let (last, relative) = dated(cx, i, last);
    stretch(Point { day: Some(first), ..last }, last, relative)
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
    let (last, relative) = dated(cx, i, last);
    let mut first = first;
    if first.year.is_none() {
        let wraps = (first.month, first.day) > (last.month, last.day);
        first.year = last.year.map(|y| y - i16::from(wraps));
    }
    stretch(first, last, relative || first.relative)
}

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
        cx.role(at, |r| match r {
            Role::Word(Word::QuarterLetter) => Some((Word::QuarterLetter, 4)),
            Role::Word(Word::HalfLetter) => Some((Word::HalfLetter, 2)),
            Role::Word(Word::MonthLetter) => Some((Word::MonthLetter, 12)),
            _ => None,
        })
        .map(|(found, _)| found)
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
        (None, None) if cx.str(i) != "h" && !(word == Word::MonthLetter) => (None, true, i + 2),
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

/// "the first quarter of 2022", "the second half of the year", "the first seven months of this year",
/// "nine months of 2024".
pub(crate) fn part_of_year(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
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
            let slot = year_slot(cx, end);
            let sure = slot.is_some() || unit == TimeUnit::Quarter || quarter_ends(cx, end);
            let (year, relative, end) = slot.unwrap_or((None, true, end));
            return ((1..=most).contains(&number) && sure)
                .then(|| part(cx, i, Part { unit, number, first: true, end, year, relative }));
        }
    }
    let number = numbers::scaled(cx, at).filter(|n| !n.scaled && !n.share)?;
    let months: i8 = i8::try_from(rust_decimal::prelude::ToPrimitive::to_i64(&number.value)?)
        .ok()
        .filter(|n| (1..=12).contains(n))?;
    let (_, end) =
        cx.role(cx.skip_hyphen(number.end), |r| (r == Role::TimeUnit(TimeUnit::Month)).then_some(()))?;
    let from_start = matches!(which, Some(1)) || which.is_none();
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

/// "the year to March", "the year ending 19 March".
pub(crate) fn year_to(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, end) =
        cx.role(cx.skip(i, Word::Article), |r| (r == Role::TimeUnit(TimeUnit::Year)).then_some(()))?;
    months_to(cx, ending(cx, end)?, 12)
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
fn position(cx: &Cursor<'_>, i: usize) -> (Option<i8>, usize) {
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
