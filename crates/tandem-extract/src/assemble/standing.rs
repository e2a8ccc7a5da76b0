//! What a clause on things to come tells besides: what there is already, and what one country plans for itself alone.
//!
//! A rule on targets sees a verb of aiming and a quantity. Whether the quantity is aimed at shows in the words right
//! behind it (a stage reached, a day that has passed), and whether it is of two countries in the whole sentence.

use tandem_model::{Mark, Measure, Value};

use super::Context;
use crate::reading::Reading;

/// Tokens behind a value within which its stage and its time stand.
const NEAR: u32 = 8;

/// "The 1,045-kilometre line, commissioned in 2022, now carries 200 megawatts", "of which 210,000 tonnes moved last year":
/// what there is or was, whatever else the sentence hopes for.
pub(super) fn as_it_is(reading: &Reading<'_>, value: Mark, measure: Measure) -> bool {
    const DONE: [&str; 8] =
        ["commissioned", "opened", "inaugurated", "completed", "finished", "built", "moved", "went"];
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let end = (value.end + NEAR).min(sentence.end_token);
    let done = || {
        (value.end..end).any(|t| {
            is(t, &DONE)
                && !(reading.back(t, 3)..t).any(|b| is(b, &["be", "been", "being", "to", "will", "is"]))
        })
    };
    let past = |m: &Mark| {
        let told = match &reading.value(*m).value {
            Value::Time { period, .. } => *period,
            Value::Amount { .. } => None,
        };
        told.zip(reading.dating.date).is_some_and(|(p, today)| p.last() < today)
    };
    let dated = || [c.period, c.day].iter().any(|k| reading.within(value.end, end, *k).any(|m| past(&m)));
    // "Now carries 200 megawatts".
    let from = value.start.saturating_sub(4).max(sentence.first_token);
    let now = (from..value.start).any(|t| {
        is(t, &["now", "already", "currently"])
            && is(t + 1, &["carries", "has", "holds", "produces", "takes"])
    });
    // "In 2010 it had not got to 2.9 billion", "trade has tripled in that time".
    let told = |t: u32| is(t, &["had", "did"]) && is(t + 1, &["not", "never"]);
    let perfect = measure == Measure::ChangePct
        && value.start > 0
        && is(value.start - 1, &["has", "have", "had"])
        && reading.within(sentence.first_token, value.start, c.modal).next().is_none();
    let reached = perfect || (from..value.start).any(told);
    reached || matches!(measure, Measure::Level | Measure::Count) && (now || done() && dated())
}

/// A plan that one country makes for itself alone: its growth, its budget, its National Development Plan. The
/// sentence names no partner and no joint thing.
pub(super) fn own_plan(context: &Context<'_, '_>, value: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let (from, to) = (sentence.first_token, sentence.end_token);
    let national = |t: u32| {
        reading.word(t) == "National"
            && (t + 1..t + 4).any(|n| ["plan", "strategy", "programme"].iter().any(|w| reading.is(n, w)))
    };
    let economy = |t: u32| {
        ["gdp", "poverty", "inflation"].iter().any(|w| reading.is(t, w))
            || reading.is(t, "peak") && reading.is(t + 1, "demand")
            || reading.is(t, "country") && matches!(reading.word(t + 1), "'s" | "\u{2019}s")
    };
    let shared = [c.group, c.joint, c.doc]
        .iter()
        .any(|class| reading.within(from, to, *class).any(|m| !(m.start..m.end).any(national)));
    (from..to).any(|t| national(t) || economy(t)) && !shared && context.parties.codes(from, to).len() <= 1
}
