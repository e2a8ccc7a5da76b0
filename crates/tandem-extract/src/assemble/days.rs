//! When a meeting took place: the day or days that the sentence gives, and not the day of the report.

use jiff::ToSpan;
use tandem_model::{Mark, Period, SentenceKind, Value};

use super::{Context, Filled};
use crate::reading::{Reading, letters};

/// The day of a meeting to come: none that has passed, unless its year is written, for then it is the report's own date
/// that is in doubt; of a month or quarter that has, the same one a year later.
pub(super) fn to_come(context: &Context<'_, '_>, day: Period, index: usize) -> Option<Period> {
    if with_its_year(context, day, index) {
        return Some(day);
    }
    let Some(today) = context.reading.dating.date.filter(|today| day.last() < *today) else {
        return Some(day);
    };
    let first = day.first();
    // "PM to visit Alvaria on Monday": the weekday that comes next.
    let back = i64::from((today - first).get_days());
    if days(day) == 1 && (1..7).contains(&back) && by_weekday(context, day, index) {
        return first.checked_add(7.days()).ok().map(Period::day);
    }
    let year = first.year() + 1;
    let quarter = (first.month() - 1) / 3 + 1;
    let later = if Period::month(first.year(), first.month()) == Some(day) {
        Period::month(year, first.month())
    } else if Period::quarter(first.year(), quarter) == Some(day) {
        Period::quarter(year, quarter)
    } else {
        None
    };
    let later = later.filter(|p| p.first() > today)?;
    (first.year() == today.year() || year == today.year()).then_some(later)
}

/// Whether a sentence tells a day by no figure, and not as what once was to be: "was to visit Alvaria on Monday, but".
fn by_weekday(context: &Context<'_, '_>, day: Period, index: usize) -> bool {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let once = |t: u32| {
        ["was", "were"].iter().any(|w| reading.is(t, w))
            && ["to", "due", "scheduled", "set", "expected", "planned"].iter().any(|w| reading.is(t + 1, w))
    };
    if (sentence.first_token..sentence.end_token).any(once) {
        return false;
    }
    let bare = |mark: &Mark| {
        (mark.start..mark.end).all(|t| !reading.word(t).starts_with(|c: char| c.is_ascii_digit()))
    };
    reading
        .within(sentence.first_token, sentence.end_token, reading.classes.day)
        .any(|mark| time(context, mark) == Some(day) && bare(&mark))
}

/// "Has been pushed back to 10 June", "put off his visit until June 5": the day to which a meeting is moved, which is the
/// nearest such day to the report, whatever tense the verb is in.
pub(super) fn moved_to(context: &Context<'_, '_>, head: Mark) -> Option<Period> {
    /// Tokens between the meeting and the verb, and between both and the new day.
    const VERB: u32 = 24;
    const DAY: u32 = 12;
    let reading = context.reading;
    let c = reading.classes;
    let index = reading.sentence_at(head.start);
    let sentence = reading.sentence(index);
    let open = |from: u32, to: u32| {
        [c.meeting, c.clause_end].iter().all(|class| reading.within(from, to, *class).next().is_none())
            && (from..to).all(|t| !reading.is(t, ","))
    };
    let behind = past_aside(reading, head.end, head.end + VERB);
    let (from, to) =
        (head.start.saturating_sub(DAY).max(sentence.first_token), (head.end + VERB).min(sentence.end_token));
    let verb = (from..to).find(|t| {
        // "The visit, moved to June, will …": the comma of the participle parts nothing.
        let comma = u32::from(*t > head.end && reading.is(*t - 1, ","));
        moves(reading, *t)
            && if *t < head.start {
                open(t + 1, head.start)
            } else {
                open(behind.min(*t - comma), *t - comma)
            }
    })?;
    let start = verb.max(head.end - 1) + 1;
    let led = |t: &u32| ["to", "until", "till", "for", "from"].iter().any(|w| reading.is(*t, w));
    let told = |t: u32| {
        let near = |class| (t..=t + 2).find_map(|at| reading.starts(at, class));
        [c.day, c.period].into_iter().find_map(near).and_then(|mark| time(context, mark))
    };
    let day = (start..(start + DAY).min(sentence.end_token))
        .take_while(|t| !reading.is(*t, ","))
        .filter(led)
        .find_map(|t| match told(t)? {
            // "From March 28 to April 15" is read as one stretch of days.
            day if !reading.is(t, "from") => Some(day),
            stretch => (days(stretch) > 1).then(|| Period::day(stretch.last())),
        })
        .filter(|day| day.months() <= 1)?;
    Some(if with_its_year(context, day, index) { day } else { nearest(context, day) })
}

/// "The visit of the minister, *scheduled for May*, has been …": the token behind the clause between two commas, if one
/// stands between a meeting and its verb.
pub(super) fn past_aside(reading: &Reading<'_>, from: u32, to: u32) -> u32 {
    /// Tokens before such a clause and within it.
    const REACH: u32 = 12;
    let comma = |from: u32| (from..(from + REACH).min(to)).find(|t| reading.is(*t, ","));
    let clause = comma(from).and_then(|open| comma(open + 1));
    let aux = |t: u32| ["has", "have", "was", "were", "had", "is"].iter().any(|w| reading.is(t, w));
    clause.map(|close| close + 1).filter(|t| aux(*t)).unwrap_or(from)
}

/// Whether a verb of moving a meeting stands at a token, and not denied.
fn moves(reading: &Reading<'_>, token: u32) -> bool {
    const VERBS: [&str; 6] = ["postpone", "reschedul", "moved", "deferred", "delayed", "shifted"];
    const WITH: [(&str, &str); 5] =
        [("put", "off"), ("put", "back"), ("pushed", "back"), ("pushed", "to"), ("brought", "forward")];
    const LETTERS: u32 = letters(&["p", "r", "m", "d", "s", "b"]);
    if !reading.begins_with(token, LETTERS) {
        return false;
    }
    let noun = || reading.word(token).to_ascii_lowercase().ends_with("ment");
    let verb = VERBS.iter().any(|stem| reading.begins(token, stem) && !noun())
        || WITH.iter().any(|(verb, particle)| reading.is(token, verb) && reading.is(token + 1, particle));
    verb && reading.within(reading.back(token, 3), token, reading.classes.neg).next().is_none()
}

/// A day without its year, of this year or the next: the one that is nearer to the report.
pub(super) fn nearest(context: &Context<'_, '_>, day: Period) -> Period {
    let Some(today) = context.reading.dating.date else { return day };
    let next = || {
        let (first, last) = (day.first().checked_add(1.year()).ok()?, day.last().checked_add(1.year()).ok()?);
        let month =
            Period::month(first.year(), first.month()).filter(|m| m.first() == first && m.last() == last);
        month.or_else(|| Period::days(first, last))
    };
    let away = |from, to| Period::days(from, to).map_or(i64::MAX, days);
    match next() {
        Some(next) if day.last() < today && away(today, next.first()) < away(day.last(), today) => next,
        _ => day,
    }
}

/// The day of a meeting that is called off. One that has passed is mostly that of calling it off; "the talks *due on
/// Friday*" were to be on the coming one.
pub(super) fn was_due(context: &Context<'_, '_>, head: Mark, day: Period) -> Option<Period> {
    const REACH: u32 = 5;
    const DUE: [&str; 6] = ["due", "scheduled", "planned", "set", "slated", "pencilled"];
    let reading = context.reading;
    let index = reading.sentence_at(head.start);
    let sentence = reading.sentence(index);
    let Some(today) = reading.dating.date else { return Some(day) };
    if day.last() > today || with_its_year(context, day, index) {
        return Some(day);
    }
    let due = reading
        .within(sentence.first_token, sentence.end_token, reading.classes.day)
        .filter(|mark| time(context, *mark) == Some(day))
        .any(|mark| {
            (reading.back(mark.start, REACH)..mark.start).any(|t| DUE.iter().any(|w| reading.is(t, w)))
        });
    let coming = day.first().checked_add(7.days()).ok().filter(|next| *next > today);
    let weekday = coming.filter(|_| days(day) == 1).map(Period::day);
    due.then(|| weekday.unwrap_or(day))
}

/// Whether a sentence writes a day, or days, with the year.
fn with_its_year(context: &Context<'_, '_>, day: Period, index: usize) -> bool {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let year = day.first().year().to_string();
    let written = |mark: &Mark| (mark.start..mark.end).any(|t| reading.word(t) == year);
    reading
        .within(sentence.first_token, sentence.end_token, reading.classes.day)
        .any(|mark| written(&mark) && time(context, mark) == Some(day))
}

/// A day, or days, that the sentence gives; a year only when it stands inside the meeting's name.
pub(super) fn date(context: &Context<'_, '_>, filled: &Filled<'_>, index: usize) -> Option<Period> {
    if let Some(mark) = filled.mark("date") {
        return time(context, mark);
    }
    said(context, filled, index).map(|day| over_days(context, filled, index, arranged(context, filled, day)))
}

/// "Arrived on Tuesday for a three-day visit", "today ended a visit of two days": all its days, where the sentence says
/// whether the one told is the first or the last.
fn over_days(context: &Context<'_, '_>, filled: &Filled<'_>, index: usize, day: Period) -> Period {
    /// Tokens between the meeting and how long it takes.
    const REACH: u32 = 8;
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(index);
    let (from, to) = (sentence.first_token, sentence.end_token);
    let near = reading.within(
        filled.head.start.saturating_sub(REACH).max(from),
        (filled.head.end + REACH).min(to),
        c.duration,
    );
    let length = near.into_iter().find_map(|mark| length_in_days(context, mark));
    let told = |class| reading.within(from, to, class).next().is_some();
    let span = |n: i64| match (told(c.day_first), told(c.day_last)) {
        (true, false) => Period::days(day.first(), day.first().checked_add((n - 1).days()).ok()?),
        (false, true) => Period::days(day.first().checked_sub((n - 1).days()).ok()?, day.first()),
        _ => None,
    };
    length.filter(|_| days(day) == 1).and_then(span).unwrap_or(day)
}

/// Days of a duration, of two to nine.
fn length_in_days(context: &Context<'_, '_>, mark: Mark) -> Option<i64> {
    let Value::Time { timex: Some(timex), .. } = &context.reading.value(mark).value else { return None };
    let length = timex.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    (2..=9).contains(&length).then_some(length)
}

/// "The president visits Alvaria on Thursday": the present tells what is arranged, and its weekday is the next one.
fn arranged(context: &Context<'_, '_>, filled: &Filled<'_>, day: Period) -> Period {
    let reading = context.reading;
    let c = reading.classes;
    let prose = reading.sentence(reading.sentence_at(filled.head.start)).kind != SentenceKind::Heading;
    let present = [c.visit_go, c.meet_verb].contains(&filled.head.class)
        && reading.ends(filled.head.start, "s")
        && !reading.is(filled.head.start, "was")
        && !reading.capital(filled.head.start);
    let Some(today) = reading.dating.date.filter(|_| prose && present) else { return day };
    let back = i64::from((today - day.last()).get_days());
    let next = || day.first().checked_add(7.days()).ok();
    if days(day) == 1 && (1..7).contains(&back) { next().map_or(day, Period::day) } else { day }
}

/// The day as the sentence says it.
fn said(context: &Context<'_, '_>, filled: &Filled<'_>, index: usize) -> Option<Period> {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(index);
    let near = || {
        [c.day, c.period]
            .iter()
            .flat_map(|class| reading.within(sentence.first_token, sentence.end_token, *class))
            .filter(|m| m.class == c.day || time(context, *m).is_some_and(|p| days(p) <= SOME_DAYS))
            .filter(|m| !said_day(context, *m, filled.head) && !dateline(reading, *m))
            // "The first time since 2006 that a president has visited": when the one before was.
            .filter(|m| !reading.is(m.start, "since") && !reading.is(m.start.saturating_sub(1), "since"))
            .filter(|m| !other_clause(reading, *m, filled.head))
            .min_by_key(|m| (m.start.abs_diff(filled.head.start), m.class != c.period))
            .and_then(|m| with_next(context, m))
    };
    let close = |class, reach: u32| {
        reading.within(filled.head.end, (filled.head.end + reach).min(sentence.end_token), class).next()
    };
    if let Some(month) = close(c.period, 10).filter(|_| close(c.day, 10).is_none())
        && let Some(period) = time(context, month).filter(|p| p.months() <= 1)
        && (filled.head.end..=month.start).all(|t| !reading.is(t, ",") && !reading.is(t, "since"))
    {
        return Some(period);
    }
    same_day(context, filled.head)
        .or_else(near)
        .or_else(|| {
            reading
                .within(
                    filled.head.start.saturating_sub(8).max(sentence.first_token),
                    filled.head.end + 1,
                    c.period,
                )
                .find(|m| {
                    !other_clause(reading, *m, filled.head)
                        && !said_day(context, *m, filled.head)
                        && !reading.is(m.start.saturating_sub(1), "since")
                })
                .and_then(|m| time(context, m))
        })
        .or_else(|| fronted(context, index, filled.head))
        .or_else(|| {
            reading
                .within(filled.head.end, (filled.head.end + 14).min(sentence.end_token), c.period)
                .next()
                .filter(|m| !other_clause(reading, *m, filled.head) && !said_day(context, *m, filled.head))
                .and_then(|m| time(context, m))
                .filter(|p| p.months() <= 3)
        })
}

/// "The same day", "that evening", "the following day": counted from the day told last before.
fn same_day(context: &Context<'_, '_>, head: Mark) -> Option<Period> {
    /// Tokens on either side of the meeting, and sentences back in which the day was told.
    const REACH: u32 = 14;
    const BACK: usize = 3;
    let reading = context.reading;
    let index = reading.sentence_at(head.start);
    let sentence = reading.sentence(index);
    let (from, to) = (
        head.start.saturating_sub(REACH).max(sentence.first_token),
        (head.end + REACH).min(sentence.end_token),
    );
    let parts = ["day", "evening", "afternoon", "morning", "night"];
    let (at, shift) = (from..to).find_map(|t| {
        let shift = if reading.is(t, "same") {
            0
        } else if reading.is(t, "following") || reading.is(t, "next") {
            1
        } else if reading.is(t, "previous") {
            -1
        } else {
            return None;
        };
        if shift != 0 && !reading.is(t.wrapping_sub(1), "the") {
            return None;
        }
        let whole = if shift == 0 { &parts[..] } else { &parts[..1] };
        whole.iter().any(|w| reading.is(t + 1, w)).then_some((t, shift))
    })?;
    let first = reading.sentence(index.saturating_sub(BACK)).first_token;
    let told = reading.within(first, at, reading.classes.day);
    let days: Vec<Period> = told.filter_map(|mark| time(context, mark)).filter(|p| days(*p) == 1).collect();
    let day = days.last()?.first().checked_add(i64::from(shift).days()).ok()?;
    Some(Period::day(day))
}

/// "On Monday and Tuesday, "on the 28th and 29th": both days.
fn with_next(context: &Context<'_, '_>, day: Mark) -> Option<Period> {
    let reading = context.reading;
    let first = time(context, day)?;
    let beside = |mark: &Mark| {
        let (from, to) = if mark.start >= day.end { (day.end, mark.start) } else { (mark.end, day.start) };
        (from + 1..=from + 2).contains(&to)
            && (from..to).all(|t| ["and", "on", "the"].iter().any(|w| reading.is(t, w)))
    };
    let near = reading.within(reading.back(day.start, 3), day.end + 4, reading.classes.day);
    let other = near.filter(|m| *m != day && beside(m)).find_map(|m| time(context, m));
    let other = other.or_else(|| numbered_next(reading, day, first));
    let both = other.and_then(|other| {
        let (early, late) = if first.first() <= other.first() { (first, other) } else { (other, first) };
        Period::days(early.first(), late.last()).filter(|p| days(*p) == days(early) + days(late))
    });
    Some(both.unwrap_or(first))
}

/// "July 9 and 10": the second day by its number alone.
fn numbered_next(reading: &Reading<'_>, day: Mark, first: Period) -> Option<Period> {
    let at = day.end + 1;
    let number = reading.word(at).parse::<i8>().ok()?;
    let counts = reading.is_word(at + 1) && !reading.closed(at + 1);
    let date = first.first();
    let next = (reading.is(day.end, "and") && !counts && number > date.day()).then_some(number)?;
    tandem_model::Date::new(date.year(), date.month(), next).ok().map(Period::day)
}

/// So many days at most are days of a meeting and not a time in which it was.
const SOME_DAYS: i64 = 15;

fn days(period: Period) -> i64 {
    i64::from((period.last() - period.first()).get_days()) + 1
}

/// "Will be hosted by Borland in 2026", "last met in Cendria in 2022": a year, where no day is told.
pub(super) fn whole_year(context: &Context<'_, '_>, end: u32, head: Mark) -> Option<Period> {
    const REACH: u32 = 12;
    let reading = context.reading;
    let mark = reading.within(head.end, (head.end + REACH).min(end), reading.classes.period).next()?;
    let led = reading.is(mark.start.wrapping_sub(1), "in")
        || reading.is(mark.start.wrapping_sub(1), "the") && reading.is(mark.start.wrapping_sub(2), "in")
        || reading.is(mark.start, "next")
        || reading.is(head.end, ":");
    let part = |p: &Period| matches!(p.months(), 3 | 6 | 12);
    time(context, mark).filter(|p| led && part(p))
}

/// A month that opens the sentence: "In August of this year, the heads of the two countries met".
fn fronted(context: &Context<'_, '_>, index: usize, head: Mark) -> Option<Period> {
    const LEAD: u32 = 4;
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let end = (sentence.first_token + LEAD + 6).min(head.start);
    let month = reading
        .within(sentence.first_token, end, reading.classes.period)
        .find(|m| m.start <= sentence.first_token + LEAD)?;
    // Without a comma the subject follows: "In July the presidents met".
    let c = reading.classes;
    let opens = reading.is(month.end, ",")
        || reading.is(sentence.first_token, "in")
            && [c.det, c.who, c.title, c.leader_title, c.country]
                .iter()
                .any(|class| reading.starts(month.end, *class).is_some());
    time(context, month).filter(|p| opens && p.months() <= 1)
}

/// Whether a day belongs to the line that says where and when the report was sent: "LOMÉ, 14 May –".
fn dateline(reading: &Reading<'_>, day: Mark) -> bool {
    let first = reading.sentence(reading.sentence_at(day.start)).first_token;
    let dash = (day.end..day.end + 6).find(|t| matches!(reading.word(*t), "–" | "—" | "-" | "--" | ":"));
    let agency = |t: u32| !reading.is_word(t) || reading.capital(t) || reading.closed(t);
    first < 40
        && day.start <= first + 6
        && reading.capital(first)
        && dash.is_some_and(|d| (day.end..d).all(agency))
}

/// Whether a day stands in a relative clause that the meeting is not in: "the president, who took office
/// on January 1".
fn other_clause(reading: &Reading<'_>, day: Mark, head: Mark) -> bool {
    let c = reading.classes;
    let (from, to) = if day.start > head.end { (head.end, day.start) } else { (day.end, head.start) };
    // "“It grew last year,” he said at the meeting": a time inside the quotation is not that of the meeting outside it.
    if (from..to).filter(|t| reading.is_quote(*t)).count() % 2 == 1 {
        return true;
    }
    let relative = |t: u32| reading.is(t, ",") && (reading.is(t + 1, "who") || reading.is(t + 1, "whose"));
    let first = reading.sentence(reading.sentence_at(day.start)).first_token;
    let opened = (first..day.start).rev().find(|t| reading.is(*t, ",")).is_some_and(relative);
    if opened && day.end <= head.start && (day.end..head.start).any(|t| reading.is(t, ",")) {
        return true;
    }
    // "Is on a visit during which he is to speak on Wednesday", "his first trip since being elected last May".
    let aside = |t: u32| {
        reading.is(t, "since")
            || ["during", "in", "at", "after", "for"].iter().any(|w| reading.is(t, w))
                && reading.is(t + 1, "which")
    };
    let open = |t: u32| !(t..day.start).any(|t| reading.is(t, ","));
    if day.start > head.end && (reading.is(day.start, "since") || (from..to).any(|t| aside(t) && open(t))) {
        return true;
    }
    let other_verb =
        reading.within(from, to, c.meet_verb).chain(reading.within(from, to, c.hold_verb)).next().is_none();
    (from..to).any(relative) && other_verb
}

/// Whether a day belongs to the report ("said on Thursday") and not to the event; "said on Thursday after
/// talks" and "on Thursday in Accra, where he met" give the day of both.
pub(super) fn said_day(context: &Context<'_, '_>, day: Mark, head: Mark) -> bool {
    let reading = context.reading;
    let from = reading.back(day.start, 3);
    let shared = ["where", "when", "after", "at", "following", "during"];
    // "Said on Thursday *that* it was reached during the session".
    let told = (day.end..head.start.max(day.end)).take_while(|t| !reading.is(*t, "that"));
    let both = head.start > day.end && told.into_iter().any(|t| shared.iter().any(|w| reading.is(t, w)));
    // "The minister on Monday said that …".
    let then_said = || {
        reading.starts(day.end, reading.classes.say_verb).is_some()
            && head.start > day.end
            && !reading.is(day.end + 1, ",")
    };
    // "At State House on Tuesday" says nothing.
    let said =
        || reading.within(from, day.start, reading.classes.say_verb).any(|m| !reading.capital(m.start));
    !both && (said() || then_said())
}

pub(super) fn time(context: &Context<'_, '_>, mark: Mark) -> Option<Period> {
    match &context.reading.value(mark).value {
        Value::Time { period, .. } => *period,
        Value::Amount { .. } => None,
    }
}
