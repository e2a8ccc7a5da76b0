//! What was to be done and has not been: "the list *has still not been handed over*", "Peru *has yet to send* the data".
//!
//! Such a denial undertakes nothing. It is kept as what it denies, so that it can be held against the promise that it
//! speaks of.

use tandem_model::Mark;

use super::acts::shorten;
use super::decided::subject;
use crate::reading::{Reading, Thing};

/// Longest act in tokens; longer ones are cut.
const LONGEST: u32 = 24;

/// Marks OWED.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for index in reading.readable() {
        denials(reading, index, &mut found);
    }
    found.sort_by_key(|t: &Thing| t.start);
    found.dedup_by_key(|t| t.start);
    reading.add_things(reading.classes.owed, found);
}

fn denials(reading: &Reading<'_>, index: usize, found: &mut Vec<Thing>) {
    let c = reading.classes;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    if reading.within(first, end, c.neg).next().is_none() {
        return;
    }
    let firm = |m: &Mark| reading.entry(*m).get("idle").is_none();
    for verb in reading.within(first + 2, end, c.action_verb).filter(firm) {
        let Some(denial) = denial(reading, verb.start, first) else { continue };
        let thing = match denial.passive {
            true => suffered(reading, verb, denial.aux, first),
            false => Some(left_undone(reading, verb.start, end)),
        };
        found.extend(thing.filter(|_| denial.aux > first));
    }
}

/// A denial before a verb: where its auxiliary stands, and whether the verb is in the passive.
struct Denial {
    aux: u32,
    passive: bool,
}

/// "Has still not been | handed", "have not yet | sent", "has yet to | send", "failed to | send", "was never | built".
fn denial(reading: &Reading<'_>, verb: u32, first: u32) -> Option<Denial> {
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let adverb = |t: u32| reading.starts(t, reading.classes.adverb).is_some();
    let slack = |t: u32| !is(t, &["not", "never"]) && (is(t, &["still", "yet", "so", "far"]) || adverb(t));
    let back =
        |from: u32| (first..from).rev().find(|t| is(*t, &["yet"]) && is(*t + 1, &["to"]) || !slack(*t));
    let mut at = back(verb)?;
    let mut passive = is(at, &["been", "be"]);
    if passive {
        at = back(at)?;
    }
    if is(at, &["to"]) {
        at = at.checked_sub(1)?;
    }
    // "Has yet to send", "failed to send".
    if is(at + 1, &["to"]) {
        let lead = back(at).filter(|t| is(*t, &["has", "have"]) && is(at, &["yet"]));
        let failed = is(at, &["failed"]).then_some(at);
        return lead.or(failed).map(|aux| Denial { aux, passive });
    }
    if !is(at, &["not", "never"]) {
        return None;
    }
    let never = is(at, &["never"]);
    let aux = back(at)?;
    passive = passive || is(aux, &["was", "were"]);
    (is(aux, &["has", "have"]) || never && is(aux, &["was", "were"])).then_some(Denial { aux, passive })
}

/// What has not been done to a thing: "handed over | the tariff schedule".
fn suffered(reading: &Reading<'_>, verb: Mark, aux: u32, first: u32) -> Option<Thing> {
    let from = subject(reading, aux, first).filter(|from| *from + 1 < aux)?;
    let particle = u32::from(["over", "out", "up"].iter().any(|w| reading.is(verb.start + 1, w)));
    let end = verb.start + 1 + particle;
    let name = format!("{} {}", reading.words(verb.start, end), shorten(reading, from, aux));
    Some(Thing { name, start: from, end, head_token: verb.start, ..Thing::default() })
}

/// What somebody has not done, to the end of its clause.
fn left_undone(reading: &Reading<'_>, start: u32, end: u32) -> Thing {
    let c = reading.classes;
    let stops = |t: u32| {
        matches!(reading.word(t), "." | ";" | "!" | "?" | "," | "”" | "»")
            || reading.starts(t, c.clause_end).is_some()
    };
    let last = end.min(start + LONGEST);
    let stop = (start + 1..last).find(|t| stops(*t)).unwrap_or(last);
    Thing { name: shorten(reading, start, stop), start, end: stop, head_token: start, ..Thing::default() }
}
