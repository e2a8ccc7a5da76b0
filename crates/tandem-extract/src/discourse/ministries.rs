//! Ministries of several matters: "the Ministry of Trade, Industry and Energy", whose name holds commas and an "and".

use crate::reading::{Reading, letters};

/// The ministry of several matters that a sentence quotes: "according to Alvaria's Ministry of Trade, Industry and Energy",
/// "the Ministry of Agriculture, Animal Industry and Fisheries of Borland said".
pub(super) fn of_several(reading: &Reading<'_>, index: usize) -> Option<String> {
    const HOUSES: [&str; 4] = ["ministry", "department", "directorate", "secretariat"];
    const LETTERS: u32 = letters(&HOUSES);
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let house = |t: &u32| {
        reading.begins_with(*t, LETTERS)
            && reading.capital(*t)
            && HOUSES.iter().any(|w| reading.is(*t, w))
            && (reading.is(t + 1, "of") || reading.is(t + 1, "for"))
    };
    (first..end).filter(house).find_map(|noun| {
        let last = matters(reading, noun + 2, end)?;
        let start = beginning(reading, noun, first);
        let close = with_country(reading, last, end);
        quoted(reading, start, close, first).then(|| reading.words(start, close))
    })
}

/// Where a list of matters ends: it holds an "and".
fn matters(reading: &Reading<'_>, from: u32, end: u32) -> Option<u32> {
    let c = reading.classes;
    let plain = |t: u32| {
        t < end
            && reading.capital(t)
            && reading.is_word(t)
            && [c.country, c.who].iter().all(|class| reading.starts(t, *class).is_none())
    };
    let mut at = from;
    let mut joined = false;
    while plain(at) {
        while plain(at) {
            at += 1;
        }
        let comma = u32::from(reading.is(at, ","));
        let and = u32::from(["and", "&"].iter().any(|w| reading.is(at + comma, w)));
        if joined || comma + and == 0 || !plain(at + comma + and) {
            break;
        }
        joined = and > 0;
        at += comma + and;
    }
    joined.then_some(at)
}

/// Where the name begins: "the General Department", "the Federal Ministry". Whose it is ("Alvaria's", "the Alvarian") is the reporter's
/// country, and an office is the same with and without it.
fn beginning(reading: &Reading<'_>, noun: u32, first: u32) -> u32 {
    let c = reading.classes;
    let sort = |t: &u32| {
        let place = [c.country, c.country_adj].iter().any(|class| reading.covered(*t, *class));
        reading.capital(*t) && reading.is_word(*t) && reading.starts(*t, c.det).is_none() && !place
    };
    (first..noun).rev().take_while(sort).last().unwrap_or(noun)
}

/// "… of Borland" behind it.
fn with_country(reading: &Reading<'_>, end: u32, last: u32) -> u32 {
    let country = reading.starts(end + 1, reading.classes.country).filter(|_| reading.is(end, "of"));
    country.map_or(end, |m| m.end.min(last))
}

/// Whether it is quoted: behind "according to", right before a verb of saying, or with its numbers.
fn quoted(reading: &Reading<'_>, start: u32, end: u32, first: u32) -> bool {
    const REACH: u32 = 6;
    const SHOW: [&str; 5] = ["show", "shows", "showed", "indicate", "reveal"];
    let c = reading.classes;
    let from = start.saturating_sub(REACH).max(first);
    reading.within(from, start, c.according).next().is_some()
        || reading.starts(end, c.say_verb).is_some()
        || SHOW.iter().any(|w| reading.is(end, w))
}
