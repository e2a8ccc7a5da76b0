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
    // "Their output, now down to 102 MW, returns to 140": the level of today in a clause of its own.
    let from_now = (from..value.start)
        .find(|t| is(*t, &["now", "currently", "presently"]) && is(t.wrapping_sub(1), &[",", "(", "–", "—"]));
    let ahead = |t: u32| reading.covered(t, c.modal) || reading.covered(t, c.aim);
    let now = now || from_now.is_some_and(|from| !(from..value.start).any(ahead));
    // "In 2010 it had not got to 2.9 billion", "trade has tripled in that time".
    let told = |t: u32| is(t, &["had", "did"]) && is(t + 1, &["not", "never"]);
    let perfect = measure == Measure::ChangePct
        && value.start > 0
        && is(value.start - 1, &["has", "have", "had"])
        && reading.within(sentence.first_token, value.start, c.modal).next().is_none();
    let reached = perfect || (from..value.start).any(told);
    reached || matches!(measure, Measure::Level | Measure::Count) && (now || done() && dated())
}

/// "Agreed to double trade to $200 million", "to triple it, from $100 million to $300 million": the sum behind says all
/// that the multiple does.
pub(super) fn spelled_out(reading: &Reading<'_>, value: Mark, measure: Measure) -> bool {
    const REACH: u32 = 22;
    const VERBS: [&str; 9] = [
        "double",
        "doubling",
        "triple",
        "tripling",
        "treble",
        "trebling",
        "quadruple",
        "quadrupling",
        "quintuple",
    ];
    let verb = value.end > value.start && VERBS.iter().any(|w| reading.is(value.end - 1, w));
    if measure != Measure::ChangePct || !verb {
        return false;
    }
    let end = reading.sentence(reading.sentence_at(value.start)).end_token.min(value.end + REACH);
    let c = reading.classes;
    let to = |m: &Mark| (m.start.saturating_sub(2)..m.start).any(|t| reading.is(t, "to"));
    // "To double trade and to raise exports to $3 billion" are two aims.
    let other = |m: &Mark| {
        (value.end..m.start).any(|t| {
            reading.is(t, "and") || reading.is(t, "to") && reading.starts(t + 1, c.reach_verb).is_some()
        })
    };
    [c.money, c.quantity]
        .iter()
        .any(|class| reading.within(value.end, end, *class).any(|m| to(&m) && !other(&m)))
}

/// "$30 million short of the target", "40 percent below their goal", "missed it by $30 million": what is lacking is
/// neither reached nor aimed at.
pub(super) fn lacking(reading: &Reading<'_>, value: Mark) -> bool {
    const REACH: u32 = 6;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let at = value.end;
    let end = reading.sentence(reading.sentence_at(value.start)).end_token.min(at + REACH);
    let goal = || reading.within(at, end, reading.classes.goal_noun).next().is_some();
    let short = is(at, &["short", "shy"]) && reading.is(at + 1, "of");
    let below = is(at, &["below", "under", "beneath"])
        && is(at + 1, &["the", "that", "their", "its", "this"])
        && goal();
    let missed = value.start > 0
        && reading.is(value.start - 1, "by")
        && (reading.back(value.start, 8)..value.start)
            .any(|t| is(t, &["missed", "missing", "undershot", "short"]));
    short || below || missed
}

/// "The service was cancelled four times in January": how often, not how much more.
pub(super) fn so_often(reading: &Reading<'_>, value: Mark) -> bool {
    let last = value.end.saturating_sub(1).max(value.start);
    let times = ["times", "twice", "thrice"].iter().any(|w| reading.is(last, w));
    let at = value.start;
    let been = |t: u32| ["was", "were", "been"].iter().any(|w| reading.is(t, w));
    times
        && at >= 2
        && been(at - 2)
        && reading.ends(at - 1, "ed")
        && [reading.classes.up_verb, reading.classes.down_verb]
            .iter()
            .all(|c| reading.starts(at - 1, *c).is_none())
}

/// "Raised their target for 2030 from $20 billion to $30 billion": what a goal was before it was changed.
pub(super) fn given_up(reading: &Reading<'_>, value: Mark) -> bool {
    const VERBS: [&str; 20] = [
        "raised",
        "raise",
        "raising",
        "lifted",
        "lift",
        "cut",
        "cutting",
        "lowered",
        "lower",
        "revised",
        "revise",
        "increased",
        "increase",
        "reduced",
        "reduce",
        "upped",
        "hiked",
        "doubled",
        "changed",
        "adjusted",
    ];
    const REACH: u32 = 14;
    let Some(from) = (1..=2).map(|back| value.start.saturating_sub(back)).find(|t| reading.is(*t, "from"))
    else {
        return false;
    };
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let goals = reading.within(from.saturating_sub(REACH).max(first), from, reading.classes.goal_noun);
    let Some(goal) = goals.last() else { return false };
    // "The target of raising trade from 2 to 5 million" has its verb behind the noun.
    let c = reading.classes;
    let verb = [c.reach_verb, c.up_verb, c.down_verb]
        .into_iter()
        .any(|class| reading.within(goal.end, from, class).next().is_some());
    // "The target has been revised from 3 to 2 billion".
    let been = |t: u32| ["been", "was", "were"].iter().any(|w| reading.is(t.saturating_sub(1), w));
    if (goal.end..from).any(|t| been(t) && VERBS.iter().any(|w| reading.is(t, w))) {
        return true;
    }
    let lead = goal.start.saturating_sub(REACH).max(first)..goal.start;
    lead.into_iter().any(|t| VERBS.iter().any(|w| reading.is(t, w)))
        && !verb
        && !(goal.end..from).any(|t| reading.is(t, ","))
}

/// A plan that one country makes for itself alone: its growth, its budget, its National Development Plan. The
/// sentence names no partner and no joint thing.
pub(super) fn own_plan(context: &Context<'_, '_>, value: Mark) -> bool {
    const PLANS: [&str; 4] = ["plan", "strategy", "programme", "vision"];
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let (from, to) = (sentence.first_token, sentence.end_token);
    let national = |t: u32| {
        reading.word(t) == "National" && (t + 1..t + 4).any(|n| PLANS.iter().any(|w| reading.is(n, w)))
    };
    let economy = |t: u32| {
        ["gdp", "poverty", "inflation"].iter().any(|w| reading.is(t, w))
            || reading.is(t, "peak") && reading.is(t + 1, "demand")
            || reading.is(t, "country") && matches!(reading.word(t + 1), "'s" | "\u{2019}s")
            || reading.is(t, "at") && reading.is(t + 1, "home")
            || reading.is(t, "own") && (t + 1..t + 4).any(|n| PLANS.iter().any(|w| reading.is(n, w)))
    };
    let shared = [c.group, c.joint, c.doc]
        .iter()
        .any(|class| reading.within(from, to, *class).any(|m| !(m.start..m.end).any(national)));
    let alone = !shared && context.parties.codes(from, to).len() <= 1;
    alone && ((from..to).any(|t| national(t) || economy(t)) || at_large(context, from, to))
}

/// "Alvaria itself wants to open 3,000 km of expressways", "nationally", "will build 3.9 million homes": what one country, which
/// opens the sentence, does all over its land.
fn at_large(context: &Context<'_, '_>, from: u32, to: u32) -> bool {
    const OPENING: u32 = 5;
    const LARGE: [&str; 6] =
        ["nationally", "domestically", "nationwide", "countrywide", "globally", "elsewhere"];
    const THINGS: [&str; 12] = [
        "homes",
        "vehicles",
        "cars",
        "roads",
        "expressways",
        "motorways",
        "highways",
        "lines",
        "track",
        "tracks",
        "electricity",
        "pipelines",
    ];
    const MEASURES: [&str; 5] = ["km", "kilometres", "kilometers", "miles", "million"];
    let reading = context.reading;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let named = context.parties.named(from, (from + OPENING).min(to));
    let Some((subject, _)) = named.first() else { return false };
    let itself = (subject + 1..subject + 4).any(|t| is(t, &["itself"]));
    let large = (from..to).any(|t| is(t, &LARGE));
    let lot =
        (from..to).any(|t| is(t, &MEASURES) && (t + 1..t + 5).any(|n| is(n, &THINGS)) && !is(t + 1, &["-"]));
    itself || large || lot
}
