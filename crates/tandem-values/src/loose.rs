//! Words that only point: "the week", "years of talks", "all day", "another month", "the morning".
//!
//! TIMEX3 tags them, and a reader may want their place; but nothing that they say is a date or a length
//! that a statement could carry, so that each is marked as loose. Every reader here hangs on a unit of
//! time or a part of the day. Refused alternative: a second pass for TIMEX3 alone, which would read every
//! text twice and could disagree with the first.

use tandem_model::{Period, TimexKind};

use crate::calendar;
use crate::cursor::Cursor;
use crate::relative::{self, time_unit};
use crate::resolve;
use crate::role::{Role, Seed, TimeUnit, Word};
use crate::scan::Kind;
use crate::time::{self, Expr, Tense, tense};

/// The loose expression at `i`.
pub(crate) fn at(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    // All of them name a unit, a season or a part of the day within a few words.
    let named = |t: usize| cx.get(t).is_some_and(|t| t.part.seed.meets(Seed::TIME));
    if !(i..i + 5).any(named) {
        return None;
    }
    several(cx, i)
        .or_else(|| whole(cx, i))
        .or_else(|| units(cx, i))
        .or_else(|| beside(cx, i))
        .or_else(|| pointed(cx, i))
        .or_else(|| daypart(cx, i))
        .or_else(|| season(cx, i))
        .or_else(|| current(cx, i))
}

/// "the current plan": now.
fn current(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let end = cx.word(i, Word::Current).filter(|&end| cx.kind(end) == Kind::Word)?;
    Some(Expr { timex: Some("PRESENT_REF".to_owned()), ..Expr::new(end, TimexKind::Date) }.loosely())
}

/// "years", "hours ago": a length without a number.
pub(crate) fn units(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    cx.word(i, Word::Units)?;
    let (unit, end) = time_unit(cx, i)?;
    let compound = cx.tight(i) && cx.before(i).is_some_and(|t| t.byte == b'-' || t.kind != Kind::Sign);
    (!compound).then(|| passed(cx, open_length(end, unit)).loosely())
}

fn open_length(end: usize, unit: TimeUnit) -> Expr {
    Expr { timex: Some(resolve::duration(None, unit)), vague: true, ..Expr::new(end, TimexKind::Duration) }
}

/// "A few years ago" is no length but a point left open.
pub(crate) fn passed(cx: &Cursor<'_>, expr: Expr) -> Expr {
    match cx.word(expr.end, Word::Ago) {
        Some(end) if expr.kind == TimexKind::Duration => {
            Expr { end, kind: TimexKind::Date, timex: Some("PAST_REF".to_owned()), ..expr }
        }
        _ => expr,
    }
}

/// "several decades", "few hours ago", "the past few weeks".
fn several(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let at = relative::direction(cx, start).map_or(start, |(_, end)| end);
    let at = cx.word(at, Word::Several)?;
    let (unit, end) = time_unit(cx, at)?;
    cx.word(at, Word::Units)?;
    Some(passed(cx, open_length(end, unit)).loosely())
}

/// "all day", "the whole year", "another week", "full-year".
fn whole(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let at = cx.word(cx.skip(i, Word::Article), Word::Whole)?;
    let (unit, end) = time_unit(cx, cx.skip_hyphen(at)).filter(|_| cx.word(at, Word::Units).is_none())?;
    let timex = Some(resolve::duration(Some(1.into()), unit));
    Some(Expr { timex, ..Expr::new(end, TimexKind::Duration) }.loosely())
}

/// "the week", "the weekend": the one that the document's day lies in, or the weekend last past.
fn pointed(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let expr = relative::the_unit(cx, i).or_else(|| weekend(cx, i))?;
    if cx.joined(expr.end, b'-') {
        return None;
    }
    Some(Expr { period: None, ..expr }.loosely())
}

/// "weekend" without an article, where no noun follows.
fn weekend(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let (_, end) = time_unit(cx, i).filter(|(unit, end)| {
        *unit == TimeUnit::Weekend && cx.word(i, Word::Units).is_none() && !noun_follows(cx, *end)
    })?;
    Some(relative::around_now(cx, i, TimeUnit::Weekend, end))
}

fn noun_follows(cx: &Cursor<'_>, end: usize) -> bool {
    cx.get(end).is_some_and(|t| t.kind == Kind::Word && !cx.is_word(end, Word::Stop)) || cx.joined(end, b'-')
}

/// "the day before", "the week after", "the next day": beside another day.
fn beside(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let (shift, unit, end) = match relative::direction(cx, start) {
        Some((shift, at)) => {
            let (unit, end) = time_unit(cx, at).filter(|(unit, _)| *unit == TimeUnit::Day)?;
            (shift, unit, end)
        }
        None => {
            let (unit, at) = time_unit(cx, start).filter(|_| start > i)?;
            let earlier = cx.is_word(at, Word::Earlier) && cx.is_word(at, Word::Deadline);
            let later = cx.is_word(at, Word::Later) && cx.is_word(at, Word::Open);
            let ends = cx.kind(at + 1) != Kind::Word && cx.kind(at + 1) != Kind::Digits;
            ((earlier || later) && ends).then_some((if earlier { -1 } else { 1 }, unit, at + 1))?
        }
    };
    if cx.word(start, Word::Units).is_some() || unit.of_the_clock() {
        return None;
    }
    let day = cx.reference.and_then(|d| resolve::shift(d, unit, i64::from(shift)));
    let (_, timex) = day.and_then(|d| resolve::around(d, unit)).unzip();
    let expr = Expr { timex, anchored: true, ..Expr::new(end, TimexKind::Date) };
    Some(expr.relative().loosely().stepping(i32::from(shift), unit))
}

/// "the morning", "that evening", "the night of 4 August 2002".
fn daypart(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.word(i, Word::That).or_else(|| cx.word(i, Word::Article))?;
    let (letters, end) = cx.role(start, |r| if let Role::DayPart(p) = r { Some(p) } else { None })?;
    let part = String::from_utf8_lossy(&letters).into_owned();
    let of = cx.word(end, Word::Of);
    if let Some(date) = of.and_then(|at| calendar::date(cx, at).filter(|e| time::names_day(cx, at, e))) {
        let timex = date.timex.map(|day| format!("{day}T{part}"));
        return Some(Expr { kind: TimexKind::Time, timex, ..date });
    }
    let counted = cx.get(end).is_some_and(|t| t.part.seed.meets(Seed::NUMBER));
    if cx.word(i, Word::That).is_none() && noun_follows(cx, end) && !counted && of.is_none() {
        return None;
    }
    let day = cx.reference.map(Period::day);
    let timex = day.map(|day| format!("{day}T{part}"));
    let expr = Expr { timex, anchored: true, ..Expr::new(end, TimexKind::Time) };
    Some(expr.relative().loosely().stepping(0, TimeUnit::Day))
}

/// "the summer", "summer" where nothing places it.
fn season(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let (letters, end) = relative::season_role(cx, start)?;
    // "Fall" is a verb, "Summer" a name.
    let plain = cx.get(start).is_some_and(|t| !t.upper) && (start > i || !cx.is_word(start, Word::CueChange));
    if !plain || noun_follows(cx, end) {
        return None;
    }
    let year = cx.reference.map(|d| {
        let ahead = tense(cx, i) == Some(Tense::Future);
        let past = resolve::season(d.year(), letters).is_some_and(|(p, _)| p.last() < d);
        d.year() + i16::from(ahead && past)
    });
    let (_, timex) = year.and_then(|y| resolve::season(y, letters)).unzip();
    let timex = timex.or_else(|| Some(format!("XXXX-{}", String::from_utf8_lossy(&letters))));
    Some(Expr { timex, ..Expr::new(end, TimexKind::Date) }.relative().loosely())
}
