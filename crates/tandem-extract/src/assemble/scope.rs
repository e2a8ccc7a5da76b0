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
) -> Option<String> {
    let reading = context.reading;
    if let Some(said) = source.and_then(|m| context.attribute(m, "scope")) {
        return Some(said);
    }
    if source.is_some_and(|m| stock(context, m)) {
        return Some("stock".to_owned());
    }
    if source.is_some_and(|m| whole_region(reading, m, value)) {
        return Some("region".to_owned());
    }
    let (from, to) = (filled.found.start.saturating_sub(2), (value.end + 6).max(filled.found.end));
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let near = source.map_or((from, to), |m| (reading.back(m.start, 3), m.end + 4));
    // "They carry more cement. Freight came to 2 million tons": a sentence before narrows nothing.
    reading
        .within(near.0.max(sentence.first_token), near.1.min(sentence.end_token), reading.classes.commodity)
        .find(|m| !mostly(reading, *m))
        .map(|m| ware(reading, m))
        .or_else(|| province(reading, source, value))
}

/// A ware by its name; "non-oil" is all but it.
fn ware(reading: &Reading<'_>, mark: Mark) -> String {
    let name = reading.words(mark.start, mark.end).to_lowercase();
    let not = |back: u32| mark.start >= back && reading.is(mark.start - back, "non");
    if not(1) || not(2) && matches!(reading.word(mark.start - 1), "-" | "‑" | "–") {
        return format!("non-{name}");
    }
    name
}

/// "Imports, chiefly crude oil and dates, were $210 million": what most of it is narrows nothing.
fn mostly(reading: &Reading<'_>, ware: Mark) -> bool {
    const MOST: [&str; 9] = [
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
