//! By when: the deadline that belongs to a value.

use jiff::ToSpan;
use tandem_model::{Mark, Mention, Period, Value};

use super::periods::{small_number, words};
use crate::reading::Reading;

/// A deadline beside a target, as ISO or words, with the text's words.
pub(crate) fn deadline(reading: &Reading<'_>, value: Mark, from: u32, to: u32) -> Option<(String, String)> {
    let c = reading.classes;
    let mut best: Option<(u32, Mark)> = None;
    for class in [c.deadline, c.period, c.vague] {
        for mark in reading.within(from, to, class) {
            let gap = if mark.start >= value.end {
                mark.start - value.end
            } else {
                value.start.saturating_sub(mark.end) + 3
            };
            let cut = if mark.start >= value.end { (value.end, mark.start) } else { (mark.end, value.start) };
            // "To $12 billion from the current $6.5 billion by 2029": what it starts from has no term.
            let start = |m: &Mark| (1..=4).any(|back| reading.is(m.start.saturating_sub(back), "from"));
            let crossed = [c.money, c.percent].iter().any(|k| {
                reading.within(cut.0, cut.1, *k).any(|m| !start(&m) && !inserted(reading, m, value))
            });
            let parted = (cut.0..cut.1).any(|t| reading.is(t, ";"));
            let set_for = reading.is(mark.start.saturating_sub(1), "for");
            if !crossed
                && !parted
                && (set_for || !past(reading, mark, class))
                && !taken(reading, mark, value)
                && !of_paper(reading, mark, value)
                && !present(reading, mark)
                && !bygone(reading, mark)
                && !put_off(reading, mark)
                && !hours(reading, mark)
                && best.is_none_or(|(g, _)| gap < g)
            {
                best = Some((gap, mark));
            }
        }
    }
    let Some((_, mark)) = best else { return some_years(reading, value, to) };
    let text = words(reading, mark);
    if let Some(anchored) = anchored(reading, mark) {
        return Some((anchored.clone(), anchored));
    }
    let mention: &Mention = reading.value(mark);
    match &mention.value {
        Value::Time { vague: true, .. } => Some((bare(&text), text)),
        // "Moved the date from 2025 to 2030".
        Value::Time { period: Some(period), .. }
            if reading.is(mark.start, "from") && period.months() > 12 =>
        {
            Some((iso_end(*period, true), text))
        }
        Value::Time { period: Some(period), deadline, .. } => Some((iso_end(*period, *deadline), text)),
        Value::Time { period: None, .. } => Some((bare(&text), text)),
        Value::Amount { .. } => None,
    }
}

/// "Within six months of ratification", "within a day of finding it": counted from something whose day nobody knows yet.
fn anchored(reading: &Reading<'_>, mark: Mark) -> Option<String> {
    const KNOWN: [&str; 6] = ["signing", "signature", "today", "now", "this", "that"];
    const REACH: u32 = 4;
    let within = ["within", "inside"].iter().any(|w| reading.is(mark.start, w));
    let counted = within && ["of", "after", "from"].iter().any(|w| reading.is(mark.end, w));
    let end = reading.sentence(reading.sentence_at(mark.start)).end_token.min(mark.end + 1 + REACH);
    let noun =
        (mark.end + 1..end).find(|t| !["the", "a", "its", "their"].iter().any(|w| reading.is(*t, w)))?;
    let known = KNOWN.iter().any(|w| reading.is(noun, w)) || reading.covered(noun, reading.classes.period);
    (counted && !known && reading.is_word(noun)).then(|| bare(&reading.words(mark.start, noun + 1)))
}

/// "In two to three years", "within the next 3 to 7 years" behind a value: no year, and the text's own words.
fn some_years(reading: &Reading<'_>, value: Mark, end: u32) -> Option<(String, String)> {
    const REACH: u32 = 10;
    let led = |t: u32| ["in", "within", "over"].iter().any(|w| reading.is(t, w));
    // "$35 billion investment in Alvaria over five years".
    (value.end..end.min(value.end + REACH))
        .filter(|t| led(*t))
        .find_map(|lead| years_after(reading, value, lead))
}

/// The years that "in" or "over" leads to.
fn years_after(reading: &Reading<'_>, value: Mark, lead: u32) -> Option<(String, String)> {
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let number = |t: u32| small_number(reading, t).is_some();
    let first = (lead + 1..lead + 4).find(|t| !is(*t, &["the", "next", "coming"]))?;
    let joined = is(first + 1, &["to", "or", "-", "–"]);
    let last = first + 3;
    if let Some(years) = small_number(reading, first).filter(|_| is(first + 1, &["years"])) {
        // "To double their trade in three years": counted from the report.
        let behind = (value.end..lead).all(|t| !reading.covered(t, reading.classes.clause_end));
        let year = reading.dating.date.filter(|_| behind)?.year() + i16::from(years);
        return Some((format!("{year:04}"), reading.words(lead, first + 2)));
    }
    let range = number(first) && joined && number(first + 2) && is(last, &["years", "months"]);
    let said = range.then(|| reading.words(lead + 1, last + 1))?;
    Some((bare(&said), said))
}

/// Whether a plain period is no deadline: it is over when the text is written, or it is the day of the
/// report.
fn past(reading: &Reading<'_>, mark: Mark, class: tandem_model::ClassId) -> bool {
    let Value::Time { period, timex, .. } = &reading.value(mark).value else { return false };
    let weekday = timex.as_deref().is_some_and(|t| t.contains("-W"));
    let Some(period) = period else { return class == reading.classes.period && weekday };
    let written = reading.dating.date.or(reading.dating.about.map(Period::last));
    class == reading.classes.period
        && (period.first() == period.last() || written.is_some_and(|d| period.last() < d))
}

/// The term of an act that somebody ordered, agreed or promised: what is to be done in July is to be done in the July that comes.
pub(crate) fn of_act(reading: &Reading<'_>, act: Mark) -> Option<(String, String)> {
    let found = deadline(reading, Mark { end: act.start, ..act }, act.start, act.end + 1);
    found.or_else(|| {
        let c = reading.classes;
        let times =
            [c.period, c.day].into_iter().flat_map(|class| reading.within(act.start, act.end + 1, class));
        let mut coming = times
            .filter(|mark| !done_then(reading, *mark))
            .filter_map(|mark| Some((mark, comes_round(reading, mark)?)));
        coming.next().map(|(mark, day)| (day.to_string(), words(reading, mark)))
    })
}

/// "A single tariff from January 1", decided in September; "to open the post in July": a day or month without its year is the next
/// one; with its year it is a term if it has not passed.
pub(crate) fn comes_round(reading: &Reading<'_>, mark: Mark) -> Option<Period> {
    let dated = (mark.start..mark.end).any(|t| {
        let word = reading.word(t);
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    });
    let Value::Time { period: Some(period), .. } = &reading.value(mark).value else { return None };
    let (first, written) = (period.first(), reading.dating.date?);
    let month = Period::month(first.year(), first.month()) == Some(*period);
    let day = first == period.last() && named_month(reading, mark);
    if !(month || day) {
        return None;
    }
    if first >= written {
        return Some(*period);
    }
    let next = first.checked_add(1.year()).ok().filter(|next| !dated && *next >= written)?;
    if month { Period::month(next.year(), next.month()) } else { Some(Period::day(next)) }
}

/// Whether a day is told by its month: "Tuesday" is none.
fn named_month(reading: &Reading<'_>, mark: Mark) -> bool {
    (mark.start..mark.end).any(|t| reading.word(t).starts_with(|c: char| c.is_ascii_digit()))
}

/// "The accords signed in March", "agreed on 1 May": what was done then.
fn done_then(reading: &Reading<'_>, mark: Mark) -> bool {
    const DONE: [&str; 10] =
        ["held", "made", "taken", "struck", "begun", "made", "put", "laid", "last", "since"];
    (1..=3).any(|back| {
        let t = mark.start.saturating_sub(back);
        reading.ends(t, "ed") || DONE.iter().any(|w| reading.is(t, w))
    })
}

/// "Within 100 minutes of each other": how far apart, and no term.
fn hours(reading: &Reading<'_>, mark: Mark) -> bool {
    (mark.start..mark.end).any(|t| reading.begins(t, "minute") || reading.begins(t, "hour"))
}

/// "Once planned for 2025", "originally by 2024", "rather than 2026": a term that was given up.
fn bygone(reading: &Reading<'_>, mark: Mark) -> bool {
    const LEAD: u32 = 5;
    let words = ["once", "originally", "initially", "formerly", "instead", "rather", "earlier"];
    let before = |back: &u32| mark.start.checked_sub(*back);
    let lead = (1..=LEAD)
        .take_while(|back| before(back).is_some_and(|t| !reading.is(t, ",")))
        .map(|back| mark.start - back);
    lead.into_iter().any(|t| words.iter().any(|word| reading.is(t, word)))
}

/// "The goal set for 2025 has been postponed to 2030": a term that was moved to the one behind it.
fn put_off(reading: &Reading<'_>, mark: Mark) -> bool {
    const REACH: u32 = 7;
    const MOVED: [&str; 9] =
        ["moved", "postponed", "pushed", "put", "deferred", "shifted", "extended", "delayed", "prolonged"];
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(mark.start)).end_token;
    let verb = (mark.end..(mark.end + REACH).min(end)).find(|t| MOVED.iter().any(|w| reading.is(*t, w)));
    verb.is_some_and(|verb| {
        let time = |class| reading.within(verb + 1, (verb + 6).min(end), class).next().is_some();
        let to = (verb + 1..verb + 4).any(|t| ["to", "until", "till"].iter().any(|w| reading.is(t, w)));
        let until = reading.covered(verb + 1, c.deadline) || reading.covered(verb + 2, c.deadline);
        (to || until) && (time(c.period) || time(c.deadline))
    })
}

/// Whether a time expression before the value belongs to another value right before it.
pub(super) fn taken(reading: &Reading<'_>, time: Mark, value: Mark) -> bool {
    let c = reading.classes;
    let before = reading.back(time.start, 4);
    // "2021 – $0.8bn; 2022 – $1.0bn".
    let heads = time.end + 1 == value.start && ["–", "—", "-", ":"].contains(&reading.word(time.end));
    time.end <= value.start
        && !heads
        && !opens_item(reading, time, value)
        && !does(reading, time, value)
        && !fronts(reading, time)
        // Values do not overlap: the last to start is the last to end.
        && [c.money, c.percent, c.quantity].iter().any(|class| {
            reading.within(0, time.start, *class).next_back().is_some_and(|m| m.end > before)
        })
}

/// "To double trade, now at $100 million, by 2030", "their trade, which stands at $9 million, by 2030": the level of today
/// in a clause of its own does not part an aim from its term.
fn inserted(reading: &Reading<'_>, level: Mark, value: Mark) -> bool {
    const LONGEST: u32 = 8;
    const NOW: [&str; 7] = ["now", "currently", "presently", "present", "today", "which", "whose"];
    let opened = (level.start.saturating_sub(LONGEST).max(value.end)..level.start)
        .rev()
        .find(|t| matches!(reading.word(*t), "," | "(" | "–" | "—" | "-"));
    // "In which Alvaria holds a 20 percent stake,": a noun may stand behind.
    let closed = (level.end..level.end + 3).any(|t| matches!(reading.word(t), "," | ")" | "–" | "—" | "-"));
    closed && opened.is_some_and(|from| (from..level.start).any(|t| NOW.iter().any(|w| reading.is(t, w))))
}

/// "In 2015 $50m, in 2016 $60m and in 2017 $90m": a time that opens an item of a list, with its value right behind it.
fn opens_item(reading: &Reading<'_>, time: Mark, value: Mark) -> bool {
    const LINKS: [&str; 11] = ["was", "were", "to", "at", "it", "some", "about", ",", "—", "–", "-"];
    let parts = |t: u32| [",", "and", ";"].iter().any(|w| reading.is(t, w));
    let lead = |t: u32| reading.is(t, "in") || reading.is(t, "for");
    let before = (1..=2).find(|back| !lead(time.start.saturating_sub(*back)));
    let opened = lead(time.start.saturating_sub(1))
        && before.is_some_and(|back| parts(time.start.saturating_sub(back)));
    let straight = (time.end..value.start).all(|t| LINKS.iter().any(|w| reading.is(t, w)));
    opened && straight && value.start - time.end <= 2
}

/// "It was 1.1 billion last year, and this year it is expected to reach 1.5": a time between "and" and the subject of the next clause.
fn fronts(reading: &Reading<'_>, time: Mark) -> bool {
    const OPENS: [&str; 5] = ["and", "while", "but", ";", "whereas"];
    let c = reading.classes;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    // A preposition belongs to some times and not to others.
    let lead = time.start.saturating_sub(1);
    let lead = if is(lead, &["in", "for", "by", "this", "next"]) { lead.saturating_sub(1) } else { lead };
    let next = time.end + u32::from(is(time.end, &[","]));
    is(lead, &OPENS)
        && (is(next, &["it", "this", "they", "the", "their", "both"])
            || reading.starts(next, c.indicator).is_some())
}

/// "…, so the last quarter alone added $115 million", "and the first half $140 million": a time that is what its clause
/// tells of, with its value behind it.
fn does(reading: &Reading<'_>, time: Mark, value: Mark) -> bool {
    const REACH: u32 = 5;
    const OPENS: [&str; 9] = [",", ";", "and", "so", "while", "whereas", "but", "with", "–"];
    let named = reading.is(time.start, "the");
    let opened = named && OPENS.iter().any(|w| reading.is(time.start.saturating_sub(1), w));
    let parted =
        || (time.end..value.start).any(|t| [",", ";", "and", "of", "to"].iter().any(|w| reading.is(t, w)));
    opened && value.start - time.end <= REACH && !parted()
}

/// Whether a term before the value is that of a document whose aim the value is: "to adopt, by the end of
/// the month, a programme for raising trade to $10 billion".
fn of_paper(reading: &Reading<'_>, time: Mark, value: Mark) -> bool {
    let aims = ["for", "to", "on", "aimed", "designed", "that", "which"];
    time.end <= value.start
        && reading
            .within(time.end, value.start, reading.classes.doc_noun)
            .any(|paper| !planning(reading, paper) && aims.iter().any(|word| reading.is(paper.end, word)))
}

/// "By 2030 the two countries plan to": the verb and no paper.
fn planning(reading: &Reading<'_>, paper: Mark) -> bool {
    let c = reading.classes;
    let before = paper.start.saturating_sub(1);
    let subject = [c.group, c.side, c.country, c.pronoun, c.who, c.title, c.leader_title, c.demonym, c.body];
    paper.end == paper.start + 1
        && reading.is(paper.start, "plan")
        && subject.iter().any(|class| reading.covered(before, *class))
        && reading.starts(before, c.det).is_none()
}

/// "Now" and "currently" are no deadlines.
fn present(reading: &Reading<'_>, mark: Mark) -> bool {
    matches!(&reading.value(mark).value, Value::Time { timex: Some(timex), .. } if timex == "PRESENT_REF")
}

/// A period as a deadline: a named period stays itself; "over the next five years" ends in its last year.
fn iso_end(period: Period, deadline: bool) -> String {
    if deadline && period.form() == tandem_model::PeriodForm::Years && period.months() > 12 {
        return format!("{:04}", period.last().year());
    }
    period.to_string()
}

/// "in the near future" without preposition and article.
fn bare(text: &str) -> String {
    let mut rest = text.trim();
    for lead in ["by ", "in ", "over ", "within ", "until ", "before the ", "the ", "during "] {
        if rest.len() > lead.len() && rest.to_ascii_lowercase().starts_with(lead) && lead != "before the " {
            rest = rest[lead.len()..].trim_start();
        }
    }
    rest.to_owned()
}
