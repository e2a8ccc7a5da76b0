//! Where a meeting took place: the city that the sentence says, never the country alone.

use tandem_model::Mark;

use super::papers::place_name;
use super::{Context, Filled};
use crate::reading::Reading;

/// The city where it took place: after "in", or of a residence; never the country alone.
pub(super) fn place(context: &Context<'_, '_>, filled: &Filled<'_>, index: usize) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    if let Some(mark) = filled.mark("place").filter(|m| [c.capital, c.city, c.place].contains(&m.class)) {
        return Some(place_name(context, mark));
    }
    let sentence = reading.sentence(index);
    // What [`city_at`] can name begins so; it asks much of each token.
    let names = [c.capital, c.city, c.place, c.country_adj].iter().fold(0, |all, class| all | c.bit(*class));
    // "During the talks, the minister said that the next forum would be in Kisumu": what is said is of another place.
    let told = reading.within(filled.head.end, sentence.end_token, c.say_verb).next();
    let held = |t: &u32| told.is_none_or(|said| *t < said.start || !conveyed(reading, said.end, *t));
    let tokens = (sentence.first_token..sentence.end_token)
        .filter(held)
        .filter(|t| reading.starts_any(*t, names) || reading.is(*t, "capital"));
    let found = tokens
        .filter_map(|token| Some((token.abs_diff(filled.head.start), city_at(context, filled, token)?)));
    found
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
        .or_else(|| unknown_place(context, filled.head, index))
}

/// Whether something to come is told between a verb of saying and a token: "said that … would".
fn conveyed(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    (from..to).any(|t| ["will", "would"].iter().any(|w| reading.is(t, w)))
}

/// A place that no table knows, right behind the meeting: "held talks in Flores".
fn unknown_place(context: &Context<'_, '_>, head: Mark, index: usize) -> Option<String> {
    const REACH: u32 = 3;
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let behind = (head.end..(head.end + REACH).min(end)).find(|t| {
        reading.is(*t, "in")
            || reading.is(*t, "at") && *t == head.end && head.class == reading.classes.meet_verb
    });
    let dated = || {
        (first..end)
            .filter(|t| reading.is(*t, "in") || reading.is(*t, "at"))
            .find(|t| beside_day(reading, *t))
    };
    let of_town = || (first..end).find(|t| reading.is(*t, "of") && town(reading, *t));
    behind
        .and_then(|at| name_at(reading, at + 1, end))
        .or_else(|| name_at(reading, dated()? + 1, end))
        .or_else(|| name_at(reading, of_town()? + 1, end))
}

/// Whether "in" stands right behind a day, or its name right before one: "on Friday in Flores", "in Flores on
/// 3 May".
fn beside_day(reading: &Reading<'_>, at: u32) -> bool {
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(at)).end_token;
    let before = reading.within(reading.back(at, 6), at, c.day).any(|m| m.end == at);
    let after = (at + 1..(at + 6).min(end)).find(|t| !reading.capital(*t) && !small(reading, *t));
    let after = after.map(|t| if reading.is(t, "on") { t + 1 } else { t });
    before || after.is_some_and(|t| reading.starts(t, c.day).is_some())
}

/// A small word inside a name of a place: "Foz do Iguaçu", "Santa Cruz de la Sierra".
fn small(reading: &Reading<'_>, token: u32) -> bool {
    ["do", "da", "de", "del", "di", "la", "el", "al", "es", "sur"].iter().any(|w| reading.is(token, w))
}

/// The capitalised words from a token on that no table knows as something else.
pub(super) fn name_at(reading: &Reading<'_>, at: u32, end: u32) -> Option<String> {
    const LONGEST: u32 = 6;
    let c = reading.classes;
    let classes = [
        c.country,
        c.country_adj,
        c.demonym,
        c.bloc,
        c.person,
        c.who,
        c.body,
        c.day,
        c.period,
        c.title,
        c.body_np,
    ];
    let name = |t: u32| {
        t < end
            && reading.capital(t)
            && reading.word(t).chars().skip(1).all(char::is_lowercase)
            && classes.iter().all(|class| !reading.covered(t, *class))
    };
    let inner = |t: u32| name(t) || t > at && small(reading, t) && (name(t + 1) || small(reading, t + 1));
    let stop = (at..at + LONGEST).find(|t| !inner(*t)).unwrap_or(at + LONGEST);
    (stop > at).then(|| reading.words(at, stop))
}

/// A city that starts at the token and stands where a place stands: after "in" or "at", behind a building
/// ("at State House, Nairobi"), or as the goal of the visit itself.
fn city_at(context: &Context<'_, '_>, filled: &Filled<'_>, token: u32) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    if token == 0 && !hosting(reading, token) {
        return None;
    }
    let before = if token == 0 {
        0
    } else if reading.is(token - 1, "the") && token == 1 {
        return None;
    } else if reading.is(token - 1, "the") {
        token - 2
    } else {
        token - 1
    };
    let goal = reading.is(before, "to")
        && context.attribute(filled.head, "visit").is_some()
        && before <= filled.head.end + 8
        && before >= filled.head.end;
    let leaving = reading.is(before, "for")
        && (reading.back(before, 6)..before)
            .any(|t| ["leaves", "leave", "left", "departs", "departed"].iter().any(|w| reading.is(t, w)));
    let announced = before == filled.head.end && (reading.is(before, ":") || reading.is(before, "–"));
    let welcomed = reading.is(before, "to")
        && before >= filled.head.end
        && before <= filled.head.end + 12
        && reading.word(filled.head.start).starts_with("welcom");
    let planned = reading.is(before, "for")
        && before > 0
        && ["planned", "scheduled", "slated", "set", "due"].iter().any(|w| reading.is(before - 1, w))
        || reading.is(before, "in") && before > 1 && reading.is(before - 1, "pencilled");
    let hosts = reading.is(before, "by") && before > 0 && reading.is(before - 1, "hosted");
    if !(goal
        || leaving
        || planned
        || welcomed
        || hosts
        || hosting(reading, token)
        || announced
        || reading.is(before, "in")
        || reading.is(before, "at")
        || town(reading, before)
        || building(reading, before))
    {
        return None;
    }
    let city = [c.capital, c.city, c.place].iter().find_map(|class| reading.starts(token, *class));
    if city.is_some_and(|m| names_a_building(reading, m)) {
        return None;
    }
    city.map(|m| place_name(context, m)).or_else(|| capital(context, token))
}

/// "Nicosia is to host the summit": the city that hosts opens the sentence or the clause.
fn hosting(reading: &Reading<'_>, city: u32) -> bool {
    const REACH: u32 = 5;
    let ahead = (city + 1..city + REACH).take_while(|t| !reading.is(*t, ",") && !reading.is(*t, "and"));
    ahead.into_iter().any(|t| ["host", "hosts", "hosted", "venue"].iter().any(|w| reading.is(t, w)))
        && !(city..city + REACH).any(|t| reading.is(t, "by"))
}

/// "In the northern Alvarian city of NAME", "in the border town of NAME", "in Alvaria's capital city, NAME": whether the words
/// before a name say that something was in it.
fn town(reading: &Reading<'_>, last: u32) -> bool {
    const REACH: u32 = 7;
    let last = if reading.is(last, ",") { last.saturating_sub(1) } else { last };
    let noun = if reading.is(last, "of") { last.saturating_sub(1) } else { last };
    let kind = ["city", "town", "resort", "village", "port", "capital"].iter().any(|w| reading.is(noun, w));
    let first = reading.sentence(reading.sentence_at(last)).first_token;
    let lead = (noun.saturating_sub(REACH).max(first)..noun).rev().take_while(|t| !reading.is(*t, ","));
    kind && (noun < last || reading.is(noun.saturating_sub(1), "capital") || reading.is(noun, "capital"))
        && lead.into_iter().any(|t| reading.is(t, "in") || reading.is(t, "at"))
}

/// Whether the token ends "at State House," or "at State House".
fn building(reading: &Reading<'_>, last: u32) -> bool {
    let mut token = if reading.is(last, ",") { last.saturating_sub(1) } else { last };
    let end = token;
    while token > 0 && reading.capital(token) && end - token < 5 {
        token -= 1;
    }
    let article = token < end && reading.is(token, "the") && token > 0;
    let preposition = if article { token - 1 } else { token };
    token < end && reading.is(preposition, "at")
}

/// "The capital of Alvaria" or "the Alvarian capital": its name, with the words of the text.
fn capital(context: &Context<'_, '_>, at: u32) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let (country, end) = if reading.is(at, "capital") && reading.is(at + 1, "of") {
        let mark = reading.starts(at + 2, c.country)?;
        (mark, mark.end)
    } else {
        let mark = reading.starts(at, c.country_adj)?;
        reading.is(mark.end, "capital").then_some((mark, mark.end + 1))?
    };
    let code = reading.entry(country).get("code")?;
    let words = reading.words(at, end);
    Some(reading.capitals.get(code).map_or(words.clone(), |name| format!("{name} ({words})")))
}

/// Whether a bloc's or a city's name is only that of a building: "at APEC Haus", "at Hyderabad House".
pub(super) fn names_a_building(reading: &Reading<'_>, name: Mark) -> bool {
    ["Haus", "House", "Hall", "Palace", "Hotel", "Centre", "Center", "Building", "Headquarters", "Tower"]
        .iter()
        .any(|w| reading.word(name.end) == *w)
}
