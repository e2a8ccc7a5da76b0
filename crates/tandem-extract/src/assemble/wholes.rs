//! What a country trades with all the world, told beside what it trades with one: "11.6 percent of the country's total
//! exports of 18.9 billion euros".
//!
//! A national total is one country's own figure. Taken for the pair's it would stand against their real trade, and be
//! a conflict that nobody made.

use tandem_model::Mark;

use super::Context;
use crate::reading::Reading;

/// The country whose trade an indicator for national totals tells of ("foreign trade", "world exports"), which its
/// entry marks as `total`: the one named last and near.
pub(super) fn national(context: &Context<'_, '_>, indicator: Mark, start: u32, end: u32) -> Option<String> {
    context.attribute(indicator, "total")?;
    const NEAR: u32 = 7;
    let reading = context.reading;
    // "Foreign trade between Alvaria and Borland" is the pair's, whatever it is called.
    let led = |t: u32| ["between", "among", "with"].iter().any(|w| reading.is(t, w));
    let named = context.parties.named(indicator.end, indicator.end + NEAR);
    let with = (indicator.end.saturating_sub(1)..indicator.end + 2).any(led);
    // "The foreign trade turnover of Alvaria with Borland".
    let of_two = named.len() > 1 && reading.is(indicator.end, "of");
    if with && !named.is_empty() || of_two {
        return None;
    }
    let first = reading.sentence(reading.sentence_at(start)).first_token;
    let near = context.parties.named(start.saturating_sub(8).max(first), end);
    let named = if near.is_empty() { context.parties.named(first, end) } else { near };
    named.last().map(|(_, code)| code.clone())
}

/// The owner of "Latvia's total exports", "the country's overall imports", "6 percent of total exports"; nobody where a
/// partner stands behind ("total exports to Uganda") or nothing says whose they are, for a text on two countries may
/// add up theirs.
pub(super) fn of_one(context: &Context<'_, '_>, indicator: Mark) -> Option<String> {
    const ALL: [&str; 6] = ["total", "overall", "entire", "whole", "aggregate", "all"];
    const PARTNER: [&str; 7] = ["to", "with", "from", "between", "among", "by", "into"];
    let reading = context.reading;
    let name = context.attribute(indicator, "indicator")?;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let flow = matches!(&*name, "exports" | "imports" | "trade_turnover");
    let visitors = || {
        name == "tourists" && (from_everywhere(reading, indicator.end) || with_part(reading, indicator.end))
    };
    if visitors() || flow && with_everybody(reading, indicator.end) {
        let first = reading.sentence(reading.sentence_at(indicator.start)).first_token;
        return context.parties.named(first, indicator.start).pop().map(|(_, code)| code);
    }
    if let Some(owner) =
        its_own(context, indicator, flow).or_else(|| with_the_world(context, indicator, &name))
    {
        return Some(owner);
    }
    let all = (reading.back(indicator.start, 2)..indicator.end).rev().find(|t| is(*t, &ALL))?;
    // "Trade with" is an indicator by itself.
    if !flow || is(indicator.end, &PARTNER) || is(indicator.end - 1, &PARTNER) {
        return None;
    }
    // "Total exports of the Philippines were worth $48.0 billion".
    let at = indicator.end + 1 + u32::from(is(indicator.end + 1, &["the"]));
    let behind = reading
        .starts(at, reading.classes.country)
        .filter(|m| is(indicator.end, &["of"]) && !is(m.end, &PARTNER) && !is(m.end, &["and"]));
    if let Some(country) = behind {
        return context.attribute(country, "code");
    }
    let owner = context.parties.named(reading.back(all, 4), all).pop();
    let close = owner.filter(|(at, _)| (*at..all).any(|t| is(t, &OWNING)) || at + 1 == all);
    close.map(|(_, code)| code).or_else(|| unnamed(context, all, &name))
}

/// "Its total exports exceed $300 billion and its imports amount to $320 billion": the second is the same country's own, too.
fn its_own(context: &Context<'_, '_>, indicator: Mark, flow: bool) -> Option<String> {
    let reading = context.reading;
    let its = flow && indicator.start > 0 && reading.is(indicator.start - 1, "its");
    let here = reading.sentence_at(indicator.start);
    let last =
        context.last.as_ref().filter(|last| its && last.sentence == here && last.parties.len() == 1)?;
    // "Trade with" is an indicator by itself.
    let partner = ["to", "with", "from"]
        .iter()
        .any(|w| reading.is(indicator.end, w) || reading.is(indicator.end - 1, w));
    last.parties.first().filter(|_| !partner).cloned()
}

/// "A surplus of $1.4 billion in international trade", "an installed capacity of 59,700 MW", in a sentence that names one country:
/// its own.
fn with_the_world(context: &Context<'_, '_>, indicator: Mark, name: &str) -> Option<String> {
    const REACH: u32 = 12;
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(indicator.start));
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let end = (indicator.end + REACH).min(sentence.end_token);
    let balance = || {
        (indicator.end..end)
            .any(|t| is(t, &["international", "foreign", "external", "overall"]) && is(t + 1, &["trade"]))
    };
    let capacity = || {
        let lead = reading.back(indicator.start, 2)..indicator.end;
        let own = |t: u32| is(t, &["installed", "generating", "nominal"]);
        lead.into_iter().any(own) && (indicator.start..indicator.end + 2).any(|t| is(t, &["capacity"]))
    };
    let whole = name == "trade_balance" && balance() || name == "energy" && capacity();
    let named = context.parties.named(sentence.first_token, sentence.end_token);
    let shared = || {
        let c = reading.classes;
        let classes = [c.group, c.joint, c.project];
        classes.iter().any(|k| reading.within(sentence.first_token, sentence.end_token, *k).next().is_some())
    };
    let mut codes: Vec<String> = named.into_iter().map(|(_, code)| code).collect();
    codes.dedup();
    (whole && codes.len() == 1 && !shared()).then(|| codes.remove(0))
}

/// "929,000 visitors from all countries", "arrivals from all markets", "from around the world": nobody's in particular.
fn from_everywhere(reading: &Reading<'_>, at: u32) -> bool {
    const ALL: [&str; 5] = ["all", "abroad", "around", "across", "every"];
    const OVER: [&str; 3] = ["world", "globe", "countries"];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let over = || is(at + 1, &["over"]) && (at + 2..at + 4).any(|t| is(t, &OVER));
    is(at, &["from"]) && (is(at + 1, &ALL) || over())
}

/// "Exports to all countries", "trade with the rest of the world", "imports from every market": one country's own.
fn with_everybody(reading: &Reading<'_>, at: u32) -> bool {
    const PARTNERS: [&str; 7] =
        ["countries", "country", "markets", "market", "partners", "destinations", "trading"];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    // "Trade with" is an indicator by itself.
    let at = if at > 0 && is(at - 1, &["with", "to"]) { at - 1 } else { at };
    let all = is(at + 1, &["all", "every"]) && is(at + 2, &PARTNERS);
    let world =
        is(at + 1, &["the"]) && (is(at + 2, &["world"]) || is(at + 2, &["rest"]) && is(at + 5, &["world"]));
    let led = is(at, &["to", "with", "from", "by"]);
    led && (all || world || with_outsiders(reading, at + 1) || with_region(reading, at + 1))
}

/// "Trade with Africa", "exports to the Middle East", "with the rest of Asia": a part of the world, and none of the countries
/// that the text is about.
fn with_region(reading: &Reading<'_>, at: u32) -> bool {
    const PARTS: [&str; 16] = [
        "the",
        "rest",
        "of",
        "north",
        "south",
        "east",
        "west",
        "central",
        "latin",
        "southeast",
        "eastern",
        "western",
        "southern",
        "northern",
        "sub-saharan",
        "whole",
    ];
    const REGIONS: [&str; 12] = [
        "africa",
        "asia",
        "europe",
        "america",
        "americas",
        "balkans",
        "caribbean",
        "continent",
        "region",
        "maghreb",
        "sahel",
        "oceania",
    ];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let noun = (at..at + 4).find(|t| !is(*t, &PARTS));
    // South Africa and the Central African Republic are countries.
    let country = (at..at + 4).any(|t| reading.starts(t, reading.classes.country).is_some());
    let middle_east = is(at, &["the"]) && is(at + 1, &["middle"]) && is(at + 2, &["east"]);
    middle_east || !country && noun.is_some_and(|t| is(t, &REGIONS))
}

/// "Countries outside the European Union", "non-EU markets", "third countries": whoever is left when some are not meant.
fn with_outsiders(reading: &Reading<'_>, at: u32) -> bool {
    const NAMES: [&str; 8] =
        ["countries", "states", "markets", "buyers", "partners", "suppliers", "economies", "nations"];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let outside = |t: u32| is(t, &NAMES) && is(t + 1, &["outside", "beyond"]);
    outside(at) || outside(at + 1) || is(at, &["third"]) && is(at + 1, &NAMES) || reading.begins(at, "non")
}

/// "1.49 million visitors, of whom 302,844 were Indians", "2 million tourists, including 41,300 from Togo": all of them are
/// not of the country that a part is from.
fn with_part(reading: &Reading<'_>, at: u32) -> bool {
    const REACH: u32 = 9;
    let c = reading.classes;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let led =
        |t: u32| is(t, &["including", "among"]) || is(t, &["of"]) && is(t + 1, &["whom", "them", "these"]);
    let Some(lead) = (at..at + 4).find(|t| led(*t)) else { return false };
    let counted =
        (lead..lead + 4).any(|t| [c.number, c.count].iter().any(|k| reading.starts(t, *k).is_some()));
    let from = || {
        (lead..lead + REACH).any(|t| [c.demonym, c.country].iter().any(|k| reading.starts(t, *k).is_some()))
    };
    counted && from()
}

/// How an owner ends.
const OWNING: [&str; 5] = ["'s", "’s", "s", "'", "’"];

/// Whose it is that is not named again: "the country's total exports", a share "of total exports".
fn unnamed(context: &Context<'_, '_>, all: u32, name: &str) -> Option<String> {
    let reading = context.reading;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let index = reading.sentence_at(all);
    let sentence = reading.sentence(index);
    let share =
        reading.within(sentence.first_token, sentence.end_token, reading.classes.percent).next().is_some();
    let of = |back: u32| all >= back && is(all - back, &["of", "in"]);
    let owned = (reading.back(all, 3)..all).any(|t| is(t, &["country", "nation", "republic", "its"]));
    if !(owned || share && (of(1) || of(2) && is(all - 1, &["the", "its"]))) {
        return None;
    }
    let told = context.last.as_ref().filter(|last| index.saturating_sub(last.sentence) <= 1);
    let told = told.and_then(|last| match name {
        "exports" => last.from.clone(),
        "imports" => last.to.clone(),
        _ => None,
    });
    // "Latvia's exports to Sweden totalled 1.14 billion, 6 percent of the country's total exports".
    let subject =
        || context.parties.named(sentence.first_token, all).into_iter().find(|(at, _)| is(at + 1, &OWNING));
    told.or_else(|| subject().map(|(_, code)| code))
}

/// "The eight neighbouring countries together accounted for 15 percent of Zambia's exports": the share of many, where
/// the sentence names no other country whose it could be.
pub(super) fn of_many(context: &Context<'_, '_>, value: Mark) -> bool {
    const MANY: [&str; 6] = ["countries", "neighbours", "neighbors", "states", "partners", "members"];
    const REACH: u32 = 8;
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let many = |t: u32| MANY.iter().any(|word| reading.is(t, word));
    // "Both countries", "the two countries" are the pair.
    let both = |t: u32| (reading.back(t, 3)..t).any(|b| reading.is(b, "two") || reading.is(b, "both"));
    // "The Alvarian partners" are one country's.
    let own = |t: u32| reading.within(reading.back(t, 1), t, reading.classes.country_adj).next().is_some();
    (reading.back(value.start, REACH)..value.start).any(|t| many(t) && !both(t) && !own(t))
        && context.parties.codes(sentence.first_token, sentence.end_token).len() < 2
}
