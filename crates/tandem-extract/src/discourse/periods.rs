//! Which period a figure covers, and which one it is compared with.

use tandem_model::{Mark, Period, Value};

use super::deadlines::taken;
use crate::reading::Reading;

/// What the text says about the time of a figure.
#[derive(Clone, Debug, Default)]
pub(crate) struct When {
    pub period: Option<Period>,
    pub words: Option<String>,
    pub base: Option<Period>,
    pub carried: bool,
}

/// The last period that a figure took, for "it", "the figure" and figures without their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub period: Option<Period>,
    pub words: Option<String>,
    pub sentence: usize,
}

/// The parts of a time expression.
struct Time {
    mark: Mark,
    period: Option<Period>,
    anchored: bool,
    shift: i8,
    open: bool,
    /// A year that only says of which year the period spoken of is: "the reporting period of 2022".
    year_of: bool,
    /// The value right before it is one that others are compared with: "against $3 billion in 2022".
    of_base: bool,
}

/// The period of the figure at `value`, given what was said before.
pub(crate) fn when(reading: &Reading<'_>, value: Mark, memory: &Memory) -> When {
    let index = reading.sentence_at(value.start);
    let sentence = reading.sentence(index);
    let times = times(reading, sentence.first_token, sentence.end_token);
    if let Some(time) = one_of_each(reading, value, &times) {
        return When { period: time.period, words: Some(words(reading, time.mark)), ..When::default() };
    }
    let (bases, owns): (Vec<&Time>, Vec<&Time>) = times.iter().partition(|t| is_base(reading, t));
    let mine = |t: &&&Time| !t.of_base || compared(reading, value, sentence.first_token);
    if let Some((at, years)) = years_later(reading, value).or_else(|| the_year_after(reading, value, &times))
    {
        let before = times.iter().filter(|t| t.mark.end <= at).filter_map(|t| t.period).next_back();
        let near = memory.period.filter(|_| index.saturating_sub(memory.sentence) <= 3);
        let whole = |told: Period| Period::year(told.first().year()).is_some_and(|year| year.same_days(told));
        let period = before.or(near).and_then(|told| {
            if whole(told) { Period::year(told.first().year() + years) } else { later(told, years) }
        });
        return When { period, carried: period.is_some(), ..When::default() };
    }
    let since = since_then(reading, value);
    let later = |t: &&&Time| since.is_none_or(|since| t.mark.start > since);
    // "Work has reached 81 percent; it opens in December": what is told behind a semicolon is another matter.
    let parted = |t: &&&Time| (value.end..t.mark.start).any(|token| reading.is(token, ";"));
    let own = |t: &&&Time| {
        let others = parted(t)
            || of_compared(reading, value, t.mark)
            || of_forecast(reading, value, t)
            || of_promise(reading, value, t.mark);
        !(others || t.open && stands_now(reading, value))
    };
    let owns: Vec<&Time> = owns.iter().filter(mine).filter(later).filter(own).copied().collect();
    let own = choose(reading, value, &owns);
    let mut when = When::default();
    match own {
        Some(time) if time.anchored => {
            let year = year_behind(reading, time).or_else(|| of_report(reading, time.mark));
            let memory = &Memory { period: months_told(time, &times).or(memory.period), ..memory.clone() };
            let told = memory.period.map(|p| p.last().year());
            let part = told.and_then(|told| part_of(reading, time.mark.start, told));
            let whole = told.filter(|_| that_year(reading, time.mark)).and_then(Period::year);
            let longer = whole.filter(|_| memory.period.is_some_and(|p| p.months() < 12));
            when.period = part.or(longer).or(memory.period.map(|p| year.map_or(p, |year| moved(p, year))));
            when.words = Some(words(reading, time.mark));
            when.carried = when.period.is_some() && part.is_none();
        }
        Some(time) if time.year_of && memory.period.is_some_and(|p| p.months() < 12) => {
            when.period = memory.period.zip(time.period).map(|(p, year)| moved(p, year));
            when.words = Some(words(reading, time.mark));
        }
        Some(time) if ends_before(reading, time.mark) => when.words = Some(words(reading, time.mark)),
        Some(time) => {
            when.period = of_year_told(reading, time, &times, memory).or_else(|| reach(reading, time));
            when.words = Some(words(reading, time.mark));
        }
        None if since.is_some() => {}
        None if memory.period.is_none() && points_back(reading, sentence.first_token, value.start)
            || goes_on(reading, index, memory) =>
        {
            let told = told_before(reading, index);
            when.period = told.as_ref().and_then(|time| time.period);
            when.words = told.map(|time| words(reading, time.mark));
            when.carried = when.period.is_some();
        }
        None if memory.period.is_some() || memory.words.is_some() => {
            when.period = memory.period.filter(|_| index.saturating_sub(memory.sentence) <= 3);
            when.words = memory.words.clone().filter(|_| index.saturating_sub(memory.sentence) <= 3);
            when.carried = when.period.is_some() || when.words.is_some();
        }
        None => {}
    }
    when.base = base(reading, value, &bases, when.period);
    when
}

/// "In 2021, 2022 and 2023 trade was 10, 12 and 15 million": as many times as values, each list told in one go; the time at the
/// value's place in its own.
fn one_of_each<'t>(reading: &Reading<'_>, value: Mark, times: &'t [Time]) -> Option<&'t Time> {
    const APART: u32 = 6;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let listing = |t: u32| ["and", ",", "in", "or"].iter().any(|w| reading.is(t, w));
    let joined = |a: u32, b: u32| a < b && b - a <= 3 && (a..b).all(listing);
    let c = reading.classes;
    let own = [c.money, c.percent, c.quantity, c.counted].into_iter().find(|class| {
        reading.within(value.start, value.end, *class).any(|m| m.start == value.start && m.end == value.end)
    })?;
    let all: Vec<Mark> = reading.within(sentence.first_token, sentence.end_token, own).collect();
    let values =
        all.chunk_by(|a, b| joined(a.end, b.start)).find(|run| run.iter().any(|m| m.start == value.start))?;
    let place = values.iter().position(|m| m.start == value.start)?;
    let dated: Vec<&Time> = times.iter().filter(|t| !t.anchored && t.period.is_some()).collect();
    let (first, last) = (values.first()?.start, values.last()?.end);
    let near = |run: &&[&Time]| {
        let (from, to) = (run[0].mark.start, run[run.len() - 1].mark.end);
        from >= last && from - last <= APART || to <= first && first - to <= 2 * APART
    };
    let mut runs = dated.chunk_by(|a, b| joined(a.mark.end, b.mark.start));
    let run = runs.find(|run| run.len() == values.len() && run.len() > 1 && near(run))?;
    run.get(place).copied()
}

/// "One year later they reached $4 million", "… and two years later $6 million": how many years behind the time told before, and
/// where that is said. A value between takes it for itself.
fn years_later(reading: &Reading<'_>, value: Mark) -> Option<(u32, i16)> {
    let c = reading.classes;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let said = (first + 2..value.start)
        .rev()
        .find(|t| reading.is(*t, "later") && (reading.is(t - 1, "year") || reading.is(t - 1, "years")))?;
    let crossed = [c.money, c.percent, c.quantity, c.count, c.period]
        .iter()
        .any(|class| reading.within(said, value.start, *class).next().is_some());
    let one = ["a", "one", "the"].iter().any(|w| reading.is(said - 2, w));
    let years = if one { Some(1) } else { small_number(reading, said - 2).map(i16::from) };
    years.filter(|_| !crossed).map(|years| (said - 2, years))
}

/// "The following year it was $29 million", "… and $29 million the year after": one year behind the time told before.
fn the_year_after(reading: &Reading<'_>, value: Mark, times: &[Time]) -> Option<(u32, i16)> {
    const BESIDE: u32 = 1;
    const LEAD: u32 = 8;
    let c = reading.classes;
    let crossed = |from: u32, to: u32| {
        let values = [c.money, c.percent, c.quantity, c.count, c.period];
        values.iter().any(|class| reading.within(from, to, *class).next().is_some())
    };
    let near = |time: &&Time| {
        let mark = time.mark;
        let ahead =
            mark.end <= value.start && value.start - mark.end <= LEAD && !crossed(mark.end, value.start);
        let behind = mark.start >= value.end && mark.start - value.end <= BESIDE;
        time.anchored && time.shift > 0 && (ahead || behind)
    };
    times.iter().rfind(near).map(|time| (time.mark.start, i16::from(time.shift)))
}

/// "$24 million, a decline from $26 million in 2024 and $43 million in 2023": a time behind a value that this one is
/// compared with is that value's.
fn of_compared(reading: &Reading<'_>, value: Mark, time: Mark) -> bool {
    const BESIDE: u32 = 2;
    let c = reading.classes;
    let last = |from: u32, to: u32| {
        let classes = [c.money, c.quantity, c.count].into_iter();
        classes.filter_map(|class| reading.within(from, to, class).last()).max_by_key(|m| m.end)
    };
    // Or a time before it: "…, from $43 million in 2023, while imports rose to $24 million".
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let from = if time.end <= value.start { first } else { value.end };
    let Some(other) = last(from, time.start).filter(|m| time.start - m.end <= BESIDE) else { return false };
    let led = |m: Mark| compared(reading, m, from);
    let listed = reading.is(other.start.saturating_sub(1), "and") && last(from, other.start).is_some_and(led);
    led(other) || listed
}

/// "In those six months", "over the same period": the time that was named before, with no figure of its own.
fn points_back(reading: &Reading<'_>, first: u32, until: u32) -> bool {
    const THOSE: [&str; 4] = ["those", "these", "that", "same"];
    const SPANS: [&str; 6] = ["months", "period", "half", "quarter", "year", "weeks"];
    const REACH: u32 = 3;
    let span = |t: u32| (t + 1..=t + REACH).any(|s| s < until && SPANS.iter().any(|w| reading.is(s, w)));
    (first..until).any(|t| THOSE.iter().any(|w| reading.is(t, w)) && span(t))
}

/// "Trade shrank in the first seven months, the office reported. It came to $508 million": a sentence without a time of its own
/// goes on about the time of the one before, which told no value.
fn goes_on(reading: &Reading<'_>, index: usize, memory: &Memory) -> bool {
    let Some(before) = index.checked_sub(1).map(|i| reading.sentence(i)) else { return false };
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let has = |class| reading.within(before.first_token, before.end_token, class).next().is_some();
    let valued = [c.money, c.percent, c.quantity, c.counted].into_iter().any(has);
    let newer = memory.period.is_none() || memory.sentence + 1 < index;
    newer
        && !valued
        && has(c.indicator)
        && before.paragraph == sentence.paragraph
        && reading.starts(sentence.first_token, c.it_subject).is_some()
}

/// "Trade has doubled since 2018 and now stands at $900 million": of today, whatever stretch the change took.
fn stands_now(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 4;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = value.start.saturating_sub(NEAR).max(first)..value.start;
    near.into_iter().any(|t| ["now", "currently", "presently"].iter().any(|w| reading.is(t, w)))
}

/// "Trade reached $1.1 billion, and the ministers expect it to exceed 1.5 billion in 2026": a time to come with another value
/// before it is that value's.
fn of_forecast(reading: &Reading<'_>, value: Mark, time: &Time) -> bool {
    let written = reading.dating.date.or(reading.dating.about.map(Period::last));
    let ahead = time.period.zip(written).is_some_and(|(period, written)| period.first() > written);
    let c = reading.classes;
    let crossed = |class| reading.within(value.end, time.mark.start, class).next().is_some();
    ahead && [c.money, c.percent, c.quantity, c.count, c.number].into_iter().any(crossed)
}

/// "17 percent complete at the end of September", "43% on 31 December": the time at which a level was reckoned, which is over and
/// stands right behind it or opens its sentence.
/// `reach` is how many tokens may stand between the level and a time behind it.
pub(crate) fn reckoned_at(reading: &Reading<'_>, value: Mark, reach: u32) -> Option<When> {
    const LEAD: u32 = 3;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let c = reading.classes;
    let written = reading.dating.date.or(reading.dating.about.map(Period::last))?;
    let past = |m: &Mark| match &reading.value(*m).value {
        Value::Time { period: Some(period), anchored: false, open: false, .. } => period.last() <= written,
        _ => false,
    };
    let parted = |m: &Mark| {
        let values = [c.money, c.percent, c.quantity, c.counted];
        (value.end..m.start).any(|t| reading.is(t, ",") || reading.is(t, ";"))
            || values.iter().any(|class| reading.within(value.end, m.start, *class).next().is_some())
    };
    let near = |m: &Mark| {
        let behind = m.start >= value.end && m.start - value.end <= reach && !parted(m);
        // "The two today agreed to raise it from the current 5 million": the day of the report.
        let today = reading.is(m.start, "today");
        behind || m.end <= value.start && m.start <= sentence.first_token + LEAD && !today
    };
    let marks = reading.between(sentence.first_token, sentence.end_token);
    let mut times = marks.filter(|m| [c.period, c.deadline].contains(&m.class) && past(m) && near(m));
    let mark = *times.next()?;
    let Value::Time { period, .. } = reading.value(mark).value else { return None };
    Some(When { period, words: Some(words(reading, mark)), ..When::default() })
}

/// The last stretch of the calendar that the two sentences before name.
fn told_before(reading: &Reading<'_>, index: usize) -> Option<Time> {
    const BACK: usize = 2;
    (index.saturating_sub(BACK)..index).rev().find_map(|i| {
        let sentence = reading.sentence(i);
        let long = |t: &Time| !t.anchored && t.period.is_some_and(|p| p.first() != p.last());
        times(reading, sentence.first_token, sentence.end_token).into_iter().rfind(long)
    })
}

/// "Peaked at $90 million in 2014 and has since fallen to $70 million": the token of "since" before a value of today.
fn since_then(reading: &Reading<'_>, value: Mark) -> Option<u32> {
    const LEAD: u32 = 8;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let from = value.start.saturating_sub(LEAD).max(first + 1);
    let have = |t: u32| ["has", "have"].iter().any(|w| reading.is(t, w));
    let since = (from..value.start).rev().find(|t| reading.is(*t, "since") && have(t - 1))?;
    (!(since..value.start).any(|t| reading.is(t, ","))).then_some(since)
}

/// "Exports came to $38 million in 2023, of which $17 million fell in the first half": a part of a year that would lie
/// ahead of the report is of the year told before.
fn of_year_told(reading: &Reading<'_>, time: &Time, times: &[Time], memory: &Memory) -> Option<Period> {
    let part = time.period.filter(|period| period.months() < 12 && period.first() != period.last())?;
    let written = reading.dating.date?;
    let bare =
        !(time.mark.start..time.mark.end).any(|t| reading.word(t).starts_with(|c: char| c.is_ascii_digit()));
    if !bare || part.last() < written {
        return None;
    }
    let year = |period: &Period| period.months() == 12 && period.last() < written;
    let before = times.iter().filter(|other| other.mark.end <= time.mark.start);
    let told = before.filter_map(|other| other.period).rfind(year);
    told.or(memory.period.filter(year)).map(|year| moved(part, year))
}

/// "From 412,000 in January–May 2023 to 451,000 in the same months of this year": the months that the sentence told before.
fn months_told(time: &Time, times: &[Time]) -> Option<Period> {
    let part = |other: &&Time| !other.anchored && other.mark.end <= time.mark.start;
    let told = times.iter().rfind(part)?.period?;
    (time.shift == 0 && told.months() < 12 && told.first() != told.last()).then_some(told)
}

/// The year that "the same months of this year" names by the report's.
fn of_report(reading: &Reading<'_>, mark: Mark) -> Option<Period> {
    let date = reading.dating.date.filter(|_| reading.is(mark.end - 1, "year"))?;
    let back = match reading.word(mark.end - 2) {
        "this" | "current" => 0,
        "last" => 1,
        _ => return None,
    };
    Period::year(date.year() - back)
}

/// "In the same year", behind a figure of some of its months: the year.
fn that_year(reading: &Reading<'_>, mark: Mark) -> bool {
    let same = |t: u32| reading.is(t, "same") || reading.is(t, "that");
    mark.end - mark.start <= 3 && reading.is(mark.end - 1, "year") && same(mark.end - 2)
}

/// The part of a year that is named before "of that year": "the first nine months", "the second half".
fn part_of(reading: &Reading<'_>, at: u32, year: i16) -> Option<Period> {
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    let year_named = (at..at + 3).any(|t| reading.is(t, "year"));
    if at < 4 || !year_named || !(reading.is(at - 1, "of") || reading.is(at - 1, "in")) {
        return None;
    }
    let span = |from: i8, to: i8| Period::month_span((year, from), (year, to));
    let last = |t: u32| reading.is(t, "last") || reading.is(t, "latter") || reading.is(t, "final");
    let place = |t: u32| ORDINALS.iter().position(|word| reading.is(t, word)).map(|place| place as i8);
    match reading.word(at - 2) {
        "quarter" if last(at - 3) => span(10, 12),
        "quarter" => place(at - 3).and_then(|place| span(3 * place + 1, 3 * place + 3)),
        "half" if last(at - 3) => span(7, 12),
        "half" => {
            place(at - 3).filter(|place| *place < 2).and_then(|place| span(6 * place + 1, 6 * place + 6))
        }
        "months" => {
            let months = small_number(reading, at - 3).filter(|months| (2..12).contains(months))?;
            if last(at - 4) { span(13 - months, 12) } else { span(1, months) }
        }
        _ => None,
    }
}

/// "From $1 billion a few years back": of a time that nobody can name, whatever period the sentence tells of.
pub(crate) fn long_ago(reading: &Reading<'_>, value: Mark) -> bool {
    const REACH: u32 = 8;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let end = reading.sentence(reading.sentence_at(value.start)).end_token.min(value.end + REACH);
    let vague = |t: u32| is(t, &["few", "several", "some", "many", "decades"]);
    let back = |t: &u32| is(*t, &["ago", "back", "earlier"]) && is(t - 1, &["years", "decades"]);
    let closed = |t: &u32| is(*t, &[",", ";", "to"]);
    (value.end..end).take_while(|t| !closed(t)).find(back).is_some_and(|t| vague(t - 1) || vague(t - 2))
}

/// The words of a stretch of years that a value was added up or changed over: "in the last five years", "within
/// ten years". No year that was told before covers it, and which years it means is not said.
pub(crate) fn over_years(reading: &Reading<'_>, value: Mark) -> Option<String> {
    const BEHIND: u32 = 3;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let first = sentence.first_token;
    (first + 2..sentence.end_token).find_map(|unit| {
        let years = is(unit, &["years", "decade", "decades"]);
        let told = small_number(reading, unit - 1).is_some()
            || is(unit - 1, &["few", "several", "a", "many"]) && years;
        let from = unit - u32::from(told);
        let past =
            from > first && (is(from - 1, &["last", "past"]) || years && is(from - 1, &["recent", "first"]));
        let months = past && is(unit, &["months"]);
        if !(years || months) || !(told || past) {
            return None;
        }
        let from = from - u32::from(past);
        let from = from - u32::from(from > first && is(from - 1, &["the", "these", "its", "their"]));
        let opens = from > first && is(from - 1, &["in", "over", "within", "during", "throughout", "across"]);
        // "For the first time in nine years" and "the most in a decade" tell of a rank, not of a stretch.
        let beside = from <= first + BEHIND || (value.end..=value.end + BEHIND).contains(&from);
        (opens && (past || beside)).then(|| reading.words(from, unit + 1))
    })
}

/// A number of months or years: up to twelve as a word, up to 127 in digits.
pub(super) fn small_number(reading: &Reading<'_>, token: u32) -> Option<i8> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = WORDS.iter().position(|word| reading.is(token, word)).map(|place| place as i8 + 1);
    word.or_else(|| reading.word(token).parse().ok())
}

/// "Since 2005" reaches from then to when the text was written; of an undated text it is no period.
fn reach(reading: &Reading<'_>, time: &Time) -> Option<Period> {
    let since = ["since", "starting", "beginning"].iter().any(|w| reading.is(time.mark.start, w));
    let period = time.period?;
    if !time.open || !since || period.first() == period.last() {
        return Some(period);
    }
    if period.form() == tandem_model::PeriodForm::Years {
        let written = reading.dating.date.or(reading.dating.about.map(Period::last))?;
        return Period::years(period.first().year(), written.year());
    }
    // "Since January": up to the month of the report, which must be known.
    let Some(written) = reading.dating.date else { return Some(period) };
    let begun = period.months() == 1 && period.last() < written;
    let months = || {
        Period::month_span((period.first().year(), period.first().month()), (written.year(), written.month()))
    };
    if begun { months().or(Some(period)) } else { Some(period) }
}

/// "By the end of August trade had reached $9 million": what flows adds up from the start of the year.
pub(crate) fn added_up(when: &mut When) {
    let by = when.words.as_ref().is_some_and(|words| words.to_lowercase().starts_with("by "));
    let Some(period) = when.period.filter(|p| by && p.months() == 1 && p.first().month() > 1) else { return };
    let (year, month) = (period.last().year(), period.last().month());
    when.period = Period::month_span((year, 1), (year, month)).or(when.period);
}

/// The year that "the same period in 2017" names behind itself.
fn year_behind(reading: &Reading<'_>, time: &Time) -> Option<Period> {
    let at = time.mark.end;
    if let Some(year) = last_year(reading, time.mark) {
        return Period::year(year);
    }
    let named = reading.is(at, "of") || reading.is(at, "in");
    let mark = reading.starts(at + 1, reading.classes.period).filter(|_| named)?;
    match &reading.value(mark).value {
        Value::Time { period: Some(period), .. } if period.months() == 12 => Some(*period),
        _ => None,
    }
}

/// The year that ends a time expression: that of "the same period of 2017", the first of "2022/23".
fn last_year(reading: &Reading<'_>, mark: Mark) -> Option<i16> {
    const DIGITS: usize = 4;
    let year =
        |word: &str| word.get(..DIGITS).filter(|_| word.is_ascii()).and_then(|y| y.parse::<i16>().ok());
    let last = mark.end - 1;
    let joined = last > mark.start + 1 && matches!(reading.word(last - 1), "/" | "-" | "–");
    match reading.word(last) {
        word if word.len() == DIGITS => year(word),
        word if word.contains(['/', '-']) => year(word),
        word if joined && word.len() == 2 => year(reading.word(last - 2)),
        _ => None,
    }
}

/// A period of some year moved to another year.
fn moved(period: Period, year: Period) -> Period {
    let back = period.first().year() - year.first().year();
    if back >= 0 { earlier(period, back) } else { later(period, -back).unwrap_or(period) }
}

/// Months or a day of one year, so many years later.
fn later(period: Period, years: i16) -> Option<Period> {
    let (first, last) = (period.first(), period.last());
    if first == last {
        return tandem_model::Date::new(first.year() + years, first.month(), first.day())
            .ok()
            .map(Period::day);
    }
    let months = Period::month_span((first.year(), first.month()), (last.year(), last.month()))?;
    let whole = first.year() == last.year() && months.same_days(period);
    whole.then(|| {
        Period::month_span((first.year() + years, first.month()), (last.year() + years, last.month()))
    })?
}

/// Time expressions of a stretch that name a place in the calendar, or hang on one.
fn times(reading: &Reading<'_>, from: u32, to: u32) -> Vec<Time> {
    let c = reading.classes;
    let mut found: Vec<Time> = Vec::new();
    for mark in reading.between(from, to) {
        if ![c.period, c.anchored, c.deadline].contains(&mark.class)
            || found.iter().any(|t| t.mark.start == mark.start)
        {
            continue;
        }
        if let Value::Time { period, anchored, shift_years, open, deadline, .. } = &reading.value(*mark).value
            && (!deadline || over(reading, *period))
            && !passing_day(reading, *mark, *period)
            && !of_record(reading, *mark)
            && !of_event(reading, *mark, from)
        {
            found.push(Time {
                mark: *mark,
                period: *period,
                anchored: *anchored,
                shift: *shift_years,
                open: *open,
                year_of: year_of(reading, *mark),
                of_base: of_base(reading, *mark, from),
            });
        }
    }
    found
}

/// "Before 2020", "until 2021": years that end there, and nobody says where they begin.
fn ends_before(reading: &Reading<'_>, mark: Mark) -> bool {
    let year = |t: u32| reading.word(t).starts_with(|c: char| c.is_ascii_digit());
    let led = |words: &[&str]| words.iter().any(|w| reading.is(mark.start, w));
    led(&["before", "until", "till"]) && year(mark.start + 1) || led(&["prior"]) && year(mark.start + 2)
}

/// "Trade worth 5 million will reach 10 million this year": the time of what is to come, behind its own value.
fn of_promise(reading: &Reading<'_>, value: Mark, time: Mark) -> bool {
    let c = reading.classes;
    let between = |class| reading.within(value.end, time.start, class).next();
    let modal = || between(c.modal).map(|m| m.end);
    time.start >= value.end
        && modal().is_some_and(|from| reading.within(from, time.start, c.money).next().is_some())
}

/// "By the end of 2022" in a report of 2024: no term, but when it was counted.
fn over(reading: &Reading<'_>, period: Option<Period>) -> bool {
    let written = reading.dating.date.or(reading.dating.about.map(Period::last));
    period.zip(written).is_some_and(|(period, written)| period.last() < written)
}

/// "The highest since 2014", "the best figure in seven years": how long a record has stood.
fn of_record(reading: &Reading<'_>, mark: Mark) -> bool {
    const RECORDS: [&str; 14] = [
        "first",
        "highest",
        "lowest",
        "best",
        "worst",
        "largest",
        "biggest",
        "smallest",
        "fastest",
        "strongest",
        "record",
        "most",
        "peak",
        "low",
    ];
    let since = reading.is(mark.start, "since") || reading.is(mark.start.saturating_sub(1), "since");
    let from = reading.back(mark.start, 6);
    since && (from..mark.start).any(|t| RECORDS.iter().any(|w| reading.is(t, w)))
}

/// Words of rank before "after".
const RANKS: [&str; 6] = ["second", "third", "fourth", "fifth", "place", "position"];

/// "Since the agreement took effect in 2012", "following the signing in February": when the event was, which is no
/// time of a figure; "since 2012" is.
fn of_event(reading: &Reading<'_>, mark: Mark, first: u32) -> bool {
    const REACH: u32 = 16;
    let c = reading.classes;
    // "After its revision the office puts last year's exports at …".
    if reading.is(mark.end, "'s") || reading.is(mark.end, "’s") {
        return false;
    }
    let words = ["after", "following", "since"];
    // "Since its launch a year ago".
    let begun = ["launch", "opening", "start", "creation", "founding", "inauguration", "commissioning"];
    if mark.start >= 3
        && reading.is(mark.start - 3, "since")
        && begun.iter().any(|w| reading.is(mark.start - 1, w))
    {
        return true;
    }
    let values = [c.money, c.percent, c.quantity, c.counted];
    let lead = (mark.start.saturating_sub(REACH).max(first)..mark.start.saturating_sub(3))
        .rev()
        .take_while(|t| !reading.is(*t, ",") && !values.iter().any(|class| reading.covered(*t, *class)));
    let lead = lead.into_iter().find(|t| words.iter().any(|w| reading.is(*t, w)));
    lead.is_some_and(|t| {
        // "After reaching 3 billion in 2023" and "third after Russia in 2023" tell of the figure's own time.
        let event = reading.within(t, mark.start, c.indicator).next().is_none();
        let ranked = RANKS.iter().any(|w| reading.is(t.saturating_sub(1), w));
        event && !ranked
    })
}

/// "The reporting period of 2022", "the same months of 2022".
fn year_of(reading: &Reading<'_>, mark: Mark) -> bool {
    let spoken = ["period", "months", "timeframe", "interval"];
    let said = ["reporting", "same", "review", "corresponding", "similar", "given", "analogous"];
    let at = mark.start;
    at >= 3
        && (reading.is(at - 1, "of") || reading.is(at - 1, "in"))
        && spoken.iter().any(|w| reading.is(at - 2, w))
        && said.iter().any(|w| reading.is(at - 3, w))
}

/// Whether the value that a time stands behind is one that others are compared with.
fn of_base(reading: &Reading<'_>, time: Mark, first: u32) -> bool {
    let c = reading.classes;
    let from = time.start.saturating_sub(14).max(first);
    let values = [c.money, c.quantity, c.percent, c.count, c.number];
    // "From $9 billion (2.2 trillion naira) in 2006": what stands in brackets is not the owner.
    let closed = |end: u32| {
        let depth = |t: u32| i32::from(reading.is(t, "(")) - i32::from(reading.is(t, ")"));
        (end..time.start).map(depth).sum::<i32>() < 0
    };
    let owner = values
        .iter()
        .filter_map(|class| reading.within(from, time.start, *class).rfind(|m| !closed(m.end)))
        .max_by_key(|m| m.end);
    let parted = |t: u32| [",", "and", ";", "to"].iter().any(|w| reading.is(t, w));
    owner.is_some_and(|m| {
        let bracketed = (m.end..time.start).any(|t| reading.is(t, ")"));
        time.start - m.end <= if bracketed { 14 } else { 6 }
            && !(m.end..time.start).any(parted)
            && compared(reading, m, first)
    })
}

/// Whether a value is what others are compared with: "against $3 billion", "from 2.4 million tons".
pub(crate) fn compared(reading: &Reading<'_>, value: Mark, first: u32) -> bool {
    let words = ["against", "compared", "versus", "vs", "than"];
    let c = reading.classes;
    // "From Borland and $210 million from Cedonia" tells where goods came from.
    let place = |t: u32| {
        let places = [c.country, c.capital, c.city, c.bloc];
        !reading.covered(t, c.money) && places.iter().any(|class| reading.starts(t, *class).is_some())
    };
    let lead = |t: u32| {
        reading.is(t, "from") && !place(t + 1) && !(reading.is(t + 1, "the") && place(t + 2))
            || words.iter().any(|w| reading.is(t, w))
    };
    let from = value.start.saturating_sub(3).max(first);
    let from = (from..value.start).rev().take_while(|t| !reading.is(*t, ",")).last().unwrap_or(value.start);
    // "10 percent below the $55 million of 2023", but "rose above $5 billion".
    let beside = |t: u32| {
        ["above", "below", "over", "under", "beyond"].iter().any(|w| reading.is(t, w))
            && reading.is(t + 1, "the")
    };
    (from..value.start).any(|t| beside(t) || lead(t))
}

/// "Above the 744 gigawatt-hours of the year before", "against the $4 billion of the previous year": a level compared with, and
/// right behind it that it is of the time before.
fn of_time_before(reading: &Reading<'_>, value: Mark) -> bool {
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let behind = times(reading, value.end, (value.end + 6).min(sentence.end_token));
    let then = behind.first().filter(|t| t.anchored && t.shift < 0 && t.mark.start <= value.end + 1);
    then.is_some() && compared(reading, value, sentence.first_token)
}

/// Whether a value is compared with, or stands behind one that is: "from $26 million in 2024 and $43 million in 2023".
pub(crate) fn listed_as_compared(reading: &Reading<'_>, value: Mark, first: u32) -> bool {
    let c = reading.classes;
    let before = || {
        let classes = [c.money, c.quantity, c.count].into_iter();
        let last = classes.filter_map(|class| reading.within(first, value.start, class).last());
        last.max_by_key(|m| m.end).is_some_and(|m| compared(reading, m, first))
    };
    compared(reading, value, first) || reading.is(value.start.saturating_sub(1), "and") && before()
}

/// A single day is the report's, not the figure's ("said on Thursday", "today"), unless it is said to be
/// the day of reckoning ("as of 1 May").
fn passing_day(reading: &Reading<'_>, mark: Mark, period: Option<Period>) -> bool {
    let day = period.is_some_and(|p| p.first() == p.last());
    let reckoned = (mark.start.saturating_sub(3)..=mark.start).any(|t| reading.is(t, "as"));
    day && !reckoned
}

/// Whether a time expression is what a figure is compared with: it stands after "than", "compared
/// with", "against", or is itself "a year earlier".
fn is_base(reading: &Reading<'_>, time: &&Time) -> bool {
    if time.anchored && time.shift != 0 {
        return true;
    }
    let c = reading.classes;
    // "340 firms, 60 more than a year ago": no age of anything.
    let more = ["more", "less", "fewer", "higher", "lower"].iter().any(|w| reading.is(time.mark.start, w));
    let beside = |class| reading.covered(time.mark.start.saturating_sub(1), class);
    if more && [c.number, c.count, c.counted, c.percent, c.money, c.quantity, c.times].into_iter().any(beside)
    {
        return true;
    }
    // "Up 31.2 percent from the same period of 2023", "four times the 2021 volume".
    let levels = ["level", "levels", "volume", "figure", "figures", "total", "result", "value"];
    let level = |t: u32| levels.iter().any(|w| reading.is(t, w));
    let before = time.mark.start.saturating_sub(1);
    let of_level = time.period.is_some() && level(time.mark.end)
        || reading.is(before, "of")
            && level(before.saturating_sub(1))
            && reading.is(before.saturating_sub(2), "the");
    let from_same = (time.anchored || time.year_of)
        && (reading.is(before, "from")
            || reading.is(before.saturating_sub(1), "from") && reading.is(before, "the"));
    if of_level || from_same || counted_from(reading, time) {
        return true;
    }
    let from = reading.back(time.mark.start, if time.year_of { 7 } else { 5 });
    let strong = ["than", "against", "compared", "comparison", "versus", "vs", "above", "below"];
    let values = [c.money, c.quantity, c.percent, c.count, c.number, c.times];
    let parted = values
        .iter()
        .filter_map(|v| reading.within(from.saturating_sub(8), time.mark.start, *v).map(|m| m.end).max())
        .max();
    let from = from.max(parted.unwrap_or(0));
    let near = (from..time.mark.start).any(|t| strong.iter().any(|w| reading.is(t, w)));
    let after_on = reading.is(time.mark.start.saturating_sub(1), "on")
        && reading.starts(time.mark.start, c.day).is_none()
        || reading.is(time.mark.start.saturating_sub(2), "on")
            && reading.is(time.mark.start.saturating_sub(1), "the");
    let as_in = reading.is(time.mark.start.saturating_sub(1), "in")
        && reading.is(time.mark.start.saturating_sub(2), "as");
    near || as_in || after_on && reading.starts(time.mark.start, c.day).is_none()
}

/// "Up 9 percent from July 2023", "rose 9 percent over 2022", "down $6 million from 2022": the period that a change is
/// counted from stands right behind the change.
fn counted_from(reading: &Reading<'_>, time: &Time) -> bool {
    let c = reading.classes;
    // "Grew 13 times from 2015 to 2018" is how long it grew.
    if (time.mark.start..time.mark.end).any(|t| reading.is(t, "to")) {
        return false;
    }
    // The preposition may be read as part of the time.
    let within = u32::from(!reading.is(time.mark.start, "from"));
    let Some(lead) = time.mark.start.checked_sub(within).filter(|_| time.period.is_some()) else {
        return false;
    };
    // "Grew 9 percent over the first half" is how long it grew.
    let year = reading.word(time.mark.start).starts_with(|c: char| c.is_ascii_digit());
    if !(reading.is(lead, "from") || reading.is(lead, "over") && year) {
        return false;
    }
    // "Up 9 percent in 2023 from 2022".
    let own = reading.within(reading.back(lead, 6), lead, c.period).find(|m| m.end == lead);
    let lead = own.map_or(lead, |m| m.start - u32::from(m.start > 0 && reading.is(m.start - 1, "in")));
    // "Down $6 million, or 9 percent, from 2022".
    let lead = if reading.is(lead.saturating_sub(1), ",") { lead - 1 } else { lead };
    let ends = |class| reading.within(reading.back(lead, 6), lead, class).any(|m: Mark| m.end == lead);
    let sums = [c.money, c.quantity];
    let turned = || {
        let words = ["up", "down", "more", "less", "higher", "lower", "fewer"];
        let from = reading.back(lead, 8);
        let verb =
            [c.up_verb, c.down_verb].into_iter().any(|k| reading.within(from, lead, k).next().is_some());
        verb || (from..lead).any(|t| words.iter().any(|w| reading.is(t, w)))
    };
    [c.percent, c.times].into_iter().any(ends) || sums.into_iter().any(ends) && turned()
}

/// Whether a time is the present without a measure: "now", "at present".
fn is_now(reading: &Reading<'_>, mark: Mark) -> bool {
    matches!(&reading.value(mark).value, tandem_model::Value::Time { timex: Some(timex), .. } if timex == "PRESENT_REF")
}

/// The period nearest to the value, one that is fronted or follows in the same clause first.
fn choose<'t>(reading: &Reading<'_>, value: Mark, owns: &[&'t Time]) -> Option<&'t Time> {
    let clause_end = reading.classes.clause_end;
    // "Exports in 2024 now stand at …": the number is of now, what it counts is not.
    let counted = |time: &&&Time| {
        time.period.is_some_and(|p| p.months() > 1)
            && !is_now(reading, time.mark)
            && time.mark.end <= value.start
            // "Stood at 50 million in 2015, is now 90 million": 2015 is that of the other value.
            && !taken(reading, time.mark, value)
    };
    let dated = owns.iter().any(|time| counted(&time));
    let kept: Vec<&'t Time> =
        owns.iter().copied().filter(|time| !(dated && is_now(reading, time.mark))).collect();
    let owns = &kept[..];
    let distance = |time: &Time| {
        let (from, to) = if time.mark.start >= value.end {
            (value.end, time.mark.start)
        } else {
            (time.mark.end, value.start)
        };
        let other_values =
            [reading.classes.money, reading.classes.percent, reading.classes.count, reading.classes.quantity]
                .iter()
                .map(|class| reading.within(from, to, *class).count() as u32)
                .sum::<u32>();
        let clauses = reading.within(from, to, clause_end).count() as u32;
        let behind = time.mark.start >= value.end;
        let parts = [",", "and", ";"];
        let next_clause = behind && (from..to).any(|t| parts.iter().any(|w| reading.is(t, w)));
        to.saturating_sub(from)
            + 12 * clauses
            + if behind { 10 * other_values } else { 2 * other_values }
            + if next_clause { 15 } else { 0 }
            + if !behind && taken(reading, time.mark, value) { 20 } else { 0 }
    };
    // A time in brackets is not that of a value outside them; a value in brackets may take one outside.
    let walled = |time: &Time| {
        let depth = |t: u32| i32::from(reading.is(t, "(")) - i32::from(reading.is(t, ")"));
        let deeper = |from: u32, to: u32| (from..to).map(depth).sum::<i32>();
        deeper(time.mark.end, value.start) < 0 || deeper(value.end, time.mark.start) > 0
    };
    // "Before the war it was 90 million; last year 20": what opens the next clause is of the value there.
    let next = |time: &Time| {
        let opens = time.mark.start.saturating_sub(2)..time.mark.start;
        time.mark.start >= value.end && opens.into_iter().any(|t| reading.is(t, ";"))
    };
    owns.iter()
        .filter(|t| (!t.open || t.period.is_some()) && !walled(t) && !next(t))
        .min_by_key(|t| (distance(t), t.mark.start))
        .copied()
}

/// The base of a comparison: the period after "than" and its like, shifted when it hangs on the figure's.
fn base(reading: &Reading<'_>, value: Mark, bases: &[&Time], period: Option<Period>) -> Option<Period> {
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let after = bases.iter().filter(|t| t.mark.start >= value.start).min_by_key(|t| t.mark.start);
    let near = after.or_else(|| {
        bases
            .iter()
            .filter(|t| t.mark.start < value.start && value.start - t.mark.end < 8)
            .max_by_key(|t| t.mark.start)
    });
    if let Some(time) = near {
        return match (time.anchored, time.period) {
            // "Rose 9 percent in July from a year ago": from the same month.
            (false, Some(base)) => {
                let ago = reading.is(time.mark.end - 1, "ago") && base.months() == 12;
                period.filter(|own| ago && own.months() < 12).map_or(Some(base), |own| Some(moved(own, base)))
            }
            (true, _) => period.map(|p| earlier(p, years_back(reading, time, p))),
            (false, None) => None,
        };
    }
    let yoy = reading
        .within(reading.back(value.start, 8), (value.end + 8).min(sentence.end_token), c.yoy)
        .next()
        .is_some();
    if yoy { period.map(Period::year_earlier) } else { None }
}

/// How many years before the figure's period its base lies: one for "a year earlier", more when a year is
/// named behind ("the same period of 2020").
fn years_back(reading: &Reading<'_>, time: &Time, period: Period) -> i16 {
    if let Some(year) = last_year(reading, time.mark) {
        return period.first().year() - year;
    }
    let named = reading.is(time.mark.end, "of") || reading.is(time.mark.end, "in");
    let year =
        reading.starts(time.mark.end + u32::from(named), reading.classes.period).and_then(|m| match &reading
            .value(m)
            .value
        {
            Value::Time { period: Some(year), .. } if year.months() == 12 => Some(year.first().year()),
            _ => None,
        });
    match year {
        Some(year) => period.first().year() - year,
        None => i16::from(-time.shift.min(0)),
    }
}

fn earlier(period: Period, years: i16) -> Period {
    (0..years.clamp(0, 100)).fold(period, |p, _| p.year_earlier())
}

/// The period that a base level covers: "against $1.9 billion a year before", "($2.8 billion)" behind
/// "the same period of 2023".
pub(crate) fn base_of(reading: &Reading<'_>, value: Mark, memory: &Memory) -> When {
    let found = when(reading, value, memory);
    if let Some(said) = behind(reading, value, memory) {
        return said;
    }
    if let Some(said) = said_before(reading, value).filter(|said| memory.period != said.period) {
        return said;
    }
    let own = memory.period.or(found.period);
    let fronted = years_before(reading, value);
    let before = |p: Period| match fronted {
        Some((years, true)) => Period::year(p.first().year() - years).unwrap_or_else(|| earlier(p, years)),
        Some((years, false)) => earlier(p, years),
        None => p.year_earlier(),
    };
    When {
        period: match (fronted, found.base) {
            (None, Some(base)) => Some(base),
            _ => own.map(before),
        },
        words: found.words,
        base: None,
        carried: true,
    }
}

/// "Up from last year's $6.6 billion": the time that stands between "from" and a base level is its own.
fn said_before(reading: &Reading<'_>, value: Mark) -> Option<When> {
    const REACH: u32 = 5;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let from =
        (value.start.saturating_sub(REACH).max(first)..value.start).rev().find(|t| reading.is(*t, "from"))?;
    let time =
        times(reading, from, value.start).into_iter().next_back().filter(|t| t.mark.start == from + 1)?;
    let period = Some(time.period?);
    Some(When { period, words: Some(words(reading, time.mark)), base: None, carried: false })
}

/// "Had been $20.9 billion the year before": a level with the time before the one spoken of right behind it.
fn was_before(reading: &Reading<'_>, value: Mark) -> bool {
    let c = reading.classes;
    let level =
        [c.money, c.quantity, c.counted].iter().any(|class| reading.starts(value.start, *class).is_some());
    let told = (reading.back(value.start, 3)..value.start)
        .any(|t| ["been", "was", "were"].iter().any(|w| reading.is(t, w)));
    let before = || {
        times(reading, value.end, value.end + 4).iter().any(|t| {
            t.anchored && t.shift < 0 && t.mark.start == value.end && !reading.is(t.mark.start, "in")
        })
    };
    level && told && before()
}

/// "Reached $1.08 billion in 2022, having stood at $0.83 billion in 2021": a level with an earlier time than the one told
/// before it.
fn having_been(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 4;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let having = (reading.back(value.start, NEAR)..value.start).find(|t| reading.is(*t, "having"));
    let behind = times(reading, value.end, (value.end + NEAR).min(sentence.end_token));
    let Some((having, then)) = having.zip(behind.first().and_then(|time| time.period)) else { return false };
    let before = times(reading, sentence.first_token, having);
    before.iter().any(|time| time.period.is_some_and(|period| period.first() > then.last()))
}

/// "A year earlier the figure was $64 million": how many years the time that opens a sentence goes back, and
/// whether it is a whole year: "in the previous year".
fn years_before(reading: &Reading<'_>, value: Mark) -> Option<(i16, bool)> {
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let times = times(reading, sentence.first_token, sentence.end_token);
    let time = times.first().filter(|t| t.anchored && t.shift < 0 && t.mark.end <= value.start)?;
    let opens = time.mark.start <= sentence.first_token + 1
        && !["on", "than", "from", "over"].iter().any(|w| reading.is(sentence.first_token, w));
    let own = times.iter().skip(1).any(|t| t.mark.end <= value.start || !is_base(reading, &t));
    let last = time.mark.end - 1;
    let whole = reading.is(last, "year") || reading.is(last, "before");
    (opens && !own).then(|| (i16::from(-time.shift), whole))
}

/// Whether the only times of a sentence stand beside other values: "some 1,000 firms work there; the stock was
/// 2 billion at the end of 2023".
pub(crate) fn of_another(reading: &Reading<'_>, value: Mark) -> bool {
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let parted = |time: &Time| {
        let (from, to) = if time.mark.start >= value.end {
            (value.end, time.mark.start)
        } else {
            (time.mark.end, value.start)
        };
        let kinds = [c.money, c.percent, c.counted, c.quantity];
        kinds.iter().any(|class| reading.within(from, to, *class).next().is_some())
    };
    times(reading, sentence.first_token, sentence.end_token).iter().all(parted)
}

/// Whether the time nearest to a value, within its clause, lies ahead of the report: "by 2030", "next year".
pub(crate) fn ahead(reading: &Reading<'_>, value: Mark) -> bool {
    let Some(written) = reading.dating.date.or(reading.dating.about.map(Period::last)) else {
        return false;
    };
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let end = |class| reading.within(value.end, sentence.end_token, class).next();
    let start = |class| reading.within(sentence.first_token, value.start, class).next_back();
    let from = start(c.clause_end).map_or(sentence.first_token, |m| m.end);
    let to = end(c.clause_end).map_or(sentence.end_token, |m| m.start);
    // "Reached 3 billion in the first half of 2024" tells of what has been, whatever the date line says:
    // then the date line is wrong.
    const TOLD: [&str; 20] = [
        "reached",
        "amounted",
        "totalled",
        "totaled",
        "stood",
        "exceeded",
        "rose",
        "grew",
        "came",
        "fell",
        "handled",
        "carried",
        "received",
        "welcomed",
        "sold",
        "exported",
        "imported",
        "visited",
        "served",
        "processed",
    ];
    let near = value.start.saturating_sub(3).max(from)..value.start;
    // "The target for 2030 was $5 billion" tells of what lies ahead all the same.
    let goal = reading.within(from, value.start, c.goal_noun).next().is_some();
    let was = |t: u32| !goal && (reading.is(t, "was") || reading.is(t, "were"));
    let told = |t: u32| TOLD.iter().any(|w| reading.is(t, w)) && !reading.is(t.wrapping_sub(1), "be");
    if near.into_iter().any(|t| told(t) || was(t)) {
        return false;
    }
    let away = |m: &Mark| {
        // What stands behind an amount is nearer to it than what stands before.
        let gap =
            if m.start >= value.end { m.start - value.end } else { value.start.saturating_sub(m.end) + 3 };
        let cut = if m.start >= value.end { (value.end, m.start) } else { (m.end, value.start) };
        let crossed = [c.money, c.percent, c.quantity]
            .iter()
            .any(|k| reading.within(cut.0, cut.1, *k).next().is_some());
        gap + if crossed { 12 } else { 0 }
    };
    let time = [c.deadline, c.period, c.vague]
        .iter()
        .flat_map(|class| reading.within(from, to, *class))
        .filter(|m| reading.starts(m.start, c.day).is_none())
        .min_by_key(away);
    // "Went up from 700 to 900 million within a year": how long it took.
    let took = |m: &Mark| reading.is(m.start, "within") && gone(reading, from, value.start);
    time.is_some_and(|m| match &reading.value(m).value {
        Value::Time { .. } if took(&m) => false,
        Value::Time { period: Some(period), .. } => {
            let ends = m.class == c.deadline && (m.start..m.end).any(|t| reading.is(t, "end"));
            let day = if ends { period.last() } else { period.first() };
            away(&m) < 16 && day > written
        }
        // "For a robust $6 billion trade volume in the near future".
        Value::Time { vague: true, timex: Some(timex), .. } => {
            m.end > m.start + 1 && away(&m) < 10 && timex == "FUTURE_REF"
        }
        _ => false,
    })
}

/// Whether a clause tells of a change that is over: a verb of rising or falling in the past tense, and nothing meant or wanted.
pub(crate) fn gone(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    const PAST: [&str; 8] = ["went", "rose", "grew", "fell", "shot", "sank", "shrank", "swelled"];
    let c = reading.classes;
    let past = |m: Mark| reading.ends(m.start, "ed") || PAST.iter().any(|w| reading.is(m.start, w));
    let verbs = [c.up_verb, c.down_verb, c.reach_verb];
    let moved = verbs.into_iter().any(|class| reading.within(from, to, class).any(past));
    let meant = [c.modal, c.aim].into_iter().any(|class| reading.within(from, to, class).next().is_some());
    moved && !meant
}

/// Whether a value stands right behind the time that a figure is compared with: "compared to the same
/// period of 2021 ($104.5 million)", "than a year before, when it was 3 billion".
pub(crate) fn follows_base(reading: &Reading<'_>, value: Mark) -> bool {
    if years_before(reading, value).is_some()
        || was_before(reading, value)
        || having_been(reading, value)
        || of_time_before(reading, value)
    {
        return true;
    }
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let from = value.start.saturating_sub(14).max(sentence.first_token);
    const LINK: [&str; 17] = [
        "(", ",", "which", "when", "it", "was", "were", "stood", "at", "amounted", "to", "totalled", "they",
        "had", "been", "only", "just",
    ];
    times(reading, from, value.start).iter().rev().find(|t| t.mark.end <= value.start).is_some_and(|time| {
        is_base(reading, &time)
            && time.shift <= 0
            && value.start > time.mark.end
            && value.start - time.mark.end <= 5
            && (time.mark.end..value.start).all(|t| {
                LINK.iter().any(|w| reading.is(t, w)) || reading.covered(t, reading.classes.indicator)
            })
            && !reading.is(value.start - 1, ",")
            && (!reading.is(value.start - 1, "to") || reading.is(value.start - 2, "amounted"))
    })
}

/// A period that stands right behind a base level: "against $1.9 billion in 2017".
fn behind(reading: &Reading<'_>, value: Mark, memory: &Memory) -> Option<When> {
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let end = (value.end + 12).min(sentence.end_token);
    let time =
        times(reading, value.end, end).into_iter().find(|t| t.of_base || t.mark.start <= value.end + 2)?;
    let parted = (value.end..time.mark.start).any(|t| [",", "and", ";"].iter().any(|w| reading.is(t, w)));
    let year = last_year(reading, time.mark).and_then(Period::year);
    if parted || time.anchored && year.is_none() {
        return None;
    }
    // "$70 million in January-July, compared with $64 million a year ago": of the same months.
    let ago = reading.is(time.mark.end - 1, "ago") && time.period.is_some_and(|p| p.months() == 12);
    if let Some(own) = memory.period.filter(|own| ago && own.months() < 12) {
        // Of a report early in the next year "a year ago" is before the months told, not before the report.
        let period =
            time.period.map(|year| moved(own, year)).map(|p| if p == own { p.year_earlier() } else { p });
        return Some(When { period, words: Some(words(reading, time.mark)), base: None, carried: false });
    }
    let period = match (time.year_of, memory.period) {
        _ if time.anchored => memory.period.zip(year).map(|(own, year)| moved(own, year)),
        (true, Some(own)) if own.months() < 12 => time.period.map(|year| moved(own, year)),
        _ => time.period,
    };
    Some(When { period, words: Some(words(reading, time.mark)), base: None, carried: false })
}

/// The words of a time expression without a leading preposition of deadline.
pub(crate) fn words(reading: &Reading<'_>, mark: Mark) -> String {
    reading.words(mark.start, mark.end)
}
