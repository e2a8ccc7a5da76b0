//! What narrows an indicator: a commodity, a kind of trade, a part of a country.

use tandem_model::Mark;

use super::{Context, Filled};
use crate::reading::Reading;

/// The commodity, kind of trade or part of a country that narrows an indicator.
pub(super) fn scope(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    source: Option<Mark>,
    value: Mark,
    indicator: &str,
) -> Option<String> {
    let reading = context.reading;
    if let Some(said) = source.and_then(|m| context.attribute(m, "scope")) {
        return Some(said);
    }
    if source.is_some_and(|m| stock(context, m)) {
        return Some("stock".to_owned());
    }
    if source.is_some_and(|m| with_the_world(reading, m, value)) {
        return Some("world".to_owned());
    }
    if source.is_some_and(|m| whole_region(reading, m, value)) {
        return Some("region".to_owned());
    }
    if let Some(ware) = worth_of(reading, value) {
        return Some(ware);
    }
    let (from, to) = (filled.found.start.saturating_sub(2), (value.end + 6).max(filled.found.end));
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let near = source.map_or((from, to), |m| (reading.back(m.start, 3), m.end + 4));
    // "They carry more cement. Freight came to 2 million tons": a sentence before narrows nothing.
    reading
        .within(near.0.max(sentence.first_token), near.1.min(sentence.end_token), reading.classes.commodity)
        .find(|m| !mostly(reading, *m) && !parted(reading, *m, source, value))
        .map(|m| ware(reading, m))
        // Of energy in kilowatt-hours the unit says it.
        .filter(|ware| indicator != "energy" || ware != "electricity")
        .or_else(|| {
            let flow = matches!(indicator, "exports" | "imports");
            source.filter(|_| flow).and_then(|m| dealt_in(reading, m, value))
        })
        .or_else(|| province(reading, source, value))
}

/// What is sold or bought, in a word that no table knows: "exports of avocados", "sold cut flowers worth $28 million", "shipped
/// 120,000 tonnes of plantains". Without it a ware would be taken for all that is sold.
fn dealt_in(reading: &Reading<'_>, source: Mark, value: Mark) -> Option<String> {
    let c = reading.classes;
    if ![c.sell_verb, c.buy_verb].contains(&source.class) {
        return reading.is(source.end, "of").then(|| named_ware(reading, source.end + 1, value))?;
    }
    let worth = (source.end..value.start).find(|t| WORTH.iter().any(|w| reading.is(*t, w)));
    if worth.is_some_and(|at| at > source.end) {
        return named_ware(reading, source.end, value);
    }
    let behind = value.end + u32::from(reading.is(value.end, "worth"));
    (source.end <= value.start && reading.is(behind, "of")).then(|| named_ware(reading, behind + 1, value))?
}

/// "12,000 tonnes of cement from Alvaria, *valued at $2 million*": of what the worth is told.
fn worth_of(reading: &Reading<'_>, value: Mark) -> Option<String> {
    const REACH: u32 = 20;
    let near = reading.back(value.start, 4)..value.start;
    near.into_iter().find(|t| ["worth", "valued"].iter().any(|w| reading.is(*t, w)))?;
    let from = reading.back(value.start, REACH);
    let amount = reading.within(from, value.start, reading.classes.quantity).last()?;
    reading.is(amount.end, "of").then(|| named_ware(reading, amount.end + 1, value))?
}

/// Words between a ware and what it brought.
const WORTH: [&str; 5] = ["worth", "valued", "for", "totalling", "totaling"];

/// The lower-case words from a token on up to the next word that only joins; none when they reach the number, name goods of all
/// sorts, or whose they are.
fn named_ware(reading: &Reading<'_>, from: u32, value: Mark) -> Option<String> {
    const LONGEST: u32 = 4;
    const JOINING: [&str; 23] = [
        "to", "from", "in", "into", "during", "last", "this", "by", "at", "via", "through", "over", "with",
        "on", "between", "were", "was", "had", "have", "has", "reached", "rose", "fell",
    ];
    const ANY: [&str; 10] =
        ["both", "each", "all", "other", "various", "everything", "some", "these", "those", "its"];
    let c = reading.classes;
    let ends = |t: u32| {
        let word = reading.word(t);
        !word.starts_with(char::is_alphabetic)
            || [&JOINING[..], &WORTH].concat().iter().any(|w| reading.is(t, w))
    };
    let to = (from..from + LONGEST + 1).find(|t| *t == value.start || ends(*t))?;
    let vague = |t: u32| {
        reading.capital(t)
            || reading.starts(t, c.goods).is_some()
            || reading.starts(t, c.det).is_some()
            || ANY.iter().any(|w| reading.is(t, w))
    };
    let plain = to > from && to != value.start && !(from..to).any(vague);
    plain.then(|| reading.words(from, to).to_lowercase())
}

/// "Imports, cocoa and rubber for the most part, were $21 million": a comma parts a ware from what it would narrow.
fn parted(reading: &Reading<'_>, ware: Mark, source: Option<Mark>, value: Mark) -> bool {
    let (start, end) = source.map_or((value.start, value.end), |m| (m.start, m.end));
    let between = if ware.end <= start { ware.end..start } else { end..ware.start };
    between.into_iter().any(|t| reading.is(t, ",") || reading.is(t, ";"))
}

/// A ware by its name; "non-oil" is all but it.
fn ware(reading: &Reading<'_>, mark: Mark) -> String {
    let name = reading.words(mark.start, listed(reading, mark)).to_lowercase();
    let not = |back: u32| mark.start >= back && reading.is(mark.start - back, "non");
    if not(1) || not(2) && matches!(reading.word(mark.start - 1), "-" | "‑" | "–") {
        return format!("non-{name}");
    }
    name
}

/// "Exports of cement, steel and salt": where the list of wares ends that one begins.
fn listed(reading: &Reading<'_>, first: Mark) -> u32 {
    let c = reading.classes;
    let known = |t: u32| reading.starts(t, c.commodity).map(|m| m.end);
    // One that no table knows: "cement, steel and salt".
    let noun = |t: u32| {
        let plain = reading.is_word(t) && !reading.closed(t) && !reading.capital(t);
        let other = [c.country_adj, c.indicator, c.sell_verb, c.buy_verb, c.level_verb, c.adverb];
        (plain && other.iter().all(|class| reading.starts(t, *class).is_none())).then_some(t + 1)
    };
    let ware = |t: u32| known(t).or_else(|| noun(t));
    let and = |t: u32| ["and", "&"].iter().any(|w| reading.is(t, w));
    let mut end = first.end;
    loop {
        let comma = u32::from(reading.is(end, ","));
        let last = and(end + comma);
        if comma == 0 && !last {
            return first.end;
        }
        match ware(end + comma + u32::from(last)) {
            Some(next) if last => return next,
            Some(next) => end = next,
            None => return first.end,
        }
    }
}

/// "Imports, chiefly crude oil and dates, were $210 million": what most of it is narrows nothing.
fn mostly(reading: &Reading<'_>, ware: Mark) -> bool {
    const MOST: [&str; 12] = [
        "such",
        "like",
        "including",
        "chiefly",
        "mainly",
        "mostly",
        "largely",
        "primarily",
        "predominantly",
        "particularly",
        "especially",
        "notably",
    ];
    let near = reading.back(ware.start, 5);
    (near..ware.start).any(|t| MOST.iter().any(|w| reading.is(t, w)))
}

/// "Trade with all countries of the world", "exports to the world": of all partners, not of the one who is named elsewhere.
fn with_the_world(reading: &Reading<'_>, indicator: Mark, value: Mark) -> bool {
    const REACH: u32 = 7;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let end = (indicator.end + REACH).min(value.start.max(indicator.end));
    let whom = (indicator.end - 1..end).find(|t| is(*t, &["with", "to", "from"])).map(|t| t + 1);
    whom.is_some_and(|t| {
        let all = is(t, &["all"]) && is(t + 1, &["countries", "partners", "states", "nations"]);
        all || (t..end).any(|t| is(t, &["the"]) && is(t + 1, &["world"]))
    })
}

/// "Trade with the whole of Central America and Panama": not the trade with the one country that is named.
fn whole_region(reading: &Reading<'_>, indicator: Mark, value: Mark) -> bool {
    let first = reading.sentence(reading.sentence_at(indicator.start)).first_token;
    // "From South Asia as a whole, Nepal's imports were $7.9 billion".
    let as_a_whole = |t: u32| reading.is(t, "as") && reading.is(t + 1, "a") && reading.is(t + 2, "whole");
    if (first..indicator.start).any(|t| t > first && as_a_whole(t) && reading.capital(t - 1)) {
        return true;
    }
    (indicator.end..value.start.min(indicator.end + 12)).any(|t| {
        reading.is(t, "whole")
            && reading.is(t + 1, "of")
            && (reading.capital(t + 2) || reading.is(t + 2, "the") && reading.capital(t + 3))
    })
}

/// "The stock of Australian investment", "accumulated investment": what all years have left, not what one brought.
fn stock(context: &Context<'_, '_>, indicator: Mark) -> bool {
    const STOCK: [&str; 4] = ["stock", "accumulated", "cumulative", "cumulatively"];
    let reading = context.reading;
    let near = reading.back(indicator.start, 4)..indicator.end + 2;
    context.attribute(indicator, "indicator").is_some_and(|name| name == "investment")
        && near.into_iter().any(|t| STOCK.iter().any(|w| reading.is(t, w)))
}

/// The part of a country whose trade or investment it is: "the province's own trade", "trade between Sughd region and
/// Uzbekistan", "$4 million passed between Yunnan province and Laos". A province where something was said or seen
/// ("in Sughd region") narrows nothing.
fn province(reading: &Reading<'_>, source: Option<Mark>, value: Mark) -> Option<String> {
    const AROUND: u32 = 14;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let from = value.start.saturating_sub(AROUND).max(sentence.first_token);
    let to = (value.end + AROUND).min(sentence.end_token);
    let marks = reading.within(from, to, reading.classes.province);
    marks.into_iter().find_map(|mark| {
        let (start, end) = named(reading, mark);
        let is_one = reading.capital(start) || reading.entry(mark).get("named").is_none();
        let narrows = is_one && (holds(reading, end, source) || tied(reading, start, source, value));
        narrows.then(|| {
            if reading.capital(start) { reading.words(start, end) } else { last_named(reading, mark) }
        })
    })
}

/// The province that "the province" means: the last one named, else just so.
fn last_named(reading: &Reading<'_>, mark: Mark) -> String {
    const BACK: usize = 3;
    let first = reading.sentence(reading.sentence_at(mark.start).saturating_sub(BACK)).first_token;
    let before = reading.within(first, mark.start, reading.classes.province).map(|mark| named(reading, mark));
    let last = before.filter(|(start, _)| reading.capital(*start)).last();
    last.map_or_else(|| reading.words(mark.start, mark.end), |(start, end)| reading.words(start, end))
}

/// A province with its name, on whichever side this stands: "Quang Tri province", "the province of Salta".
fn named(reading: &Reading<'_>, mark: Mark) -> (u32, u32) {
    const LONGEST: u32 = 4;
    let name = |t: &u32| reading.capital(*t) && reading.starts(*t, reading.classes.det).is_none();
    let before = (mark.start.saturating_sub(LONGEST)..mark.start).rev().take_while(name).last();
    let named_of = || (mark.end + 1..mark.end + 1 + LONGEST).take_while(name).last();
    let behind = || named_of().filter(|_| reading.is(mark.end, "of"));
    match before {
        Some(first) => (first, mark.end),
        None => (mark.start, behind().map_or(mark.end, |last| last + 1)),
    }
}

/// Whether the indicator is the province's: "the province's own trade".
fn holds(reading: &Reading<'_>, end: u32, source: Option<Mark>) -> bool {
    const REACH: u32 = 3;
    let possessive = matches!(reading.word(end), "'s" | "\u{2019}s");
    possessive && source.is_some_and(|m| (end..=end + REACH).contains(&m.start))
}

/// Whether a preposition ties a named province to the indicator right before it, or to the amount.
fn tied(reading: &Reading<'_>, start: u32, source: Option<Mark>, value: Mark) -> bool {
    let article = start > 0 && reading.is(start - 1, "the");
    let Some(lead) = start.checked_sub(if article { 2 } else { 1 }) else { return false };
    let is = |words: &[&str]| words.iter().any(|word| reading.is(lead, word));
    let of_indicator = source.is_some_and(|m| m.end == lead) && is(&["between", "of", "from", "with"]);
    let passed = value.end <= lead && is(&["between"]);
    reading.capital(start) && (of_indicator || passed)
}
