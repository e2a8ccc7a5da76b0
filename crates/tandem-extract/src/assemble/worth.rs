//! What a project or a document is worth: the sum that the text ties to its name.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mark, Number};

use super::{Context, Filled};
use crate::reading::{self, Reading, Thing};

/// How far from a phrase its sum may stand, in tokens.
const REACH: u32 = 16;

/// The worth beside a phrase: what the rule captured, else a sum tied to it.
pub(super) fn worth(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    thing: &Thing,
) -> Option<(Number, String, Bound)> {
    let found = filled.mark("worth").or_else(|| lent(context, thing)).or_else(|| beside(context, thing));
    let mark = found.or_else(|| behind(context, thing)).or_else(|| sole(context, thing))?;
    let amount = reading::amount(context.reading.value(mark))?;
    // "Five yen loans" are five loans.
    let counted =
        ["loan", "loans", "credit", "credits", "grants"].iter().any(|w| context.reading.is(mark.end, w));
    if counted && amount.value.0 < Decimal::TEN {
        return None;
    }
    Some((amount.value, amount.unit, amount.bound))
}

/// "A loan agreement of 35 million euros": what is lent or given.
fn lent(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    const SUMS: [&str; 8] =
        ["agreement", "contract", "loan", "credit", "grant", "deal", "facility", "arrangement"];
    let reading = context.reading;
    let money = reading.within(thing.head_token, thing.end + 3, reading.classes.money).next()?;
    let of = money.start.checked_sub(1).filter(|t| reading.is(*t, "of"))?;
    SUMS.iter().any(|w| reading.is(of.saturating_sub(1), w)).then_some(money)
}

/// A sum within or right behind the phrase, with a word of worth before it: "a contract worth $5 million".
fn behind(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    let reading = context.reading;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(thing.start)).end_token;
    let money = reading.within(thing.start, (thing.end + 12).min(end), c.money).next()?;
    let plain = !of_a_part(reading, thing.end, money.start)
        && (thing.end.min(money.start)..money.start).all(|t| {
            reading.starts(t, c.conj).is_none()
                && !reading.is(t, ".")
                && reading.starts(t, c.clause_end).is_none()
        });
    let worth = reading.within(thing.head_token, money.start + 1, c.worth).next().is_some();
    (plain && worth).then_some(money)
}

/// A sum that modifies the phrase ("a $5 million road"), stands in brackets or behind a dash after it, or is tied to
/// it by a word of payment without another such phrase between.
fn beside(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(thing.start));
    let paid = |from: u32, to: u32| reading.within(from, to, c.payment).next().is_some();
    let free = |from: u32, to: u32| {
        [c.project, c.doc, c.clause_end].iter().all(|class| reading.within(from, to, *class).next().is_none())
    };
    let before = reading
        .within(thing.start.saturating_sub(REACH).max(sentence.first_token), thing.start, c.money)
        .next_back()
        .filter(|m| {
            let modifies = m.end == thing.start
                || reading.is(m.end, "-") && m.end + 1 == thing.start
                || one_of_two(reading, m.end, thing.start);
            modifies || free(m.end, thing.start) && paid(reading.back(m.start, 5), thing.start)
        });
    let after = || {
        reading.within(thing.end, (thing.end + REACH).min(sentence.end_token), c.money).next().filter(|m| {
            let spent = || paid(thing.end, m.start) || paid(m.end, (m.end + 4).min(sentence.end_token));
            let which = (thing.end..m.start).any(|t| reading.is(t, "which"));
            let own = !of_a_part(reading, thing.end, m.start);
            apposed(context, thing.end, m.start) || own && (free(thing.end, m.start) || which) && spent()
        })
    };
    right_behind(context, thing).or(before).or_else(after).or_else(|| set_off(context, thing))
}

/// "A $1.4 billion ammonia and fertiliser complex": what stands between a sum and the phrase that "and" joins to it.
fn one_of_two(reading: &Reading<'_>, from: u32, start: u32) -> bool {
    const LONGEST: u32 = 4;
    let c = reading.classes;
    let and = start.checked_sub(1).filter(|t| reading.is(*t, "and") && *t > from && start - from <= LONGEST);
    let closed = [c.det, c.prep, c.aux, c.project];
    and.is_some_and(|and| {
        (from..and).all(|t| {
            let joins = reading.is(t, ",") || reading.is(t, "-");
            joins || reading.is_word(t) && !closed.iter().any(|class| reading.starts(t, *class).is_some())
        })
    })
}

/// A sum between commas or dashes behind the phrase: "the access road, $472 million in all, went to", "the bridge, six lanes,
/// $6.4 billion, is".
fn set_off(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    const REACH: u32 = 12;
    let reading = context.reading;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(thing.start)).end_token;
    let parts = |t: u32| matches!(reading.word(t), "," | "–" | "—");
    let money = reading.within(thing.end, (thing.end + REACH).min(end), c.money).next()?;
    let closed = parts(money.end) || reading.is(money.end, "in") && reading.is(money.end + 2, ",");
    let opened = parts(thing.end) && parts(money.start - 1);
    let told = [c.aux, c.indicator, c.project, c.doc, c.modal]
        .iter()
        .any(|class| reading.within(thing.end, money.start, *class).next().is_some());
    (opened && closed && !told).then_some(money)
}

/// "Has approved nine projects for $68 million": a sum that a preposition ties right behind the phrase, whatever sum stands
/// before it.
fn right_behind(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    let reading = context.reading;
    let end = behind_part(reading, thing.end);
    let tied = ["for", "worth", "at", "costing", "totalling", "totaling"].iter().any(|w| reading.is(end, w));
    tied.then(|| reading.starts(end + 1, reading.classes.money)).flatten()
}

/// The token behind what says of which whole a number is a part, and a comma: "eleven *of them,* for $5 billion", "five *more,* for
/// $310 million".
fn behind_part(reading: &Reading<'_>, end: u32) -> u32 {
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let of = is(end, &["of"]) && is(end + 1, &["them", "these", "those", "which"]);
    let more = is(end, &["more", "others", "further", "other"]);
    let at = end + if of { 2 } else { u32::from(more) };
    at + u32::from(at > end && is(at, &[","]))
}

/// The only sum of a sentence, behind a project and with no other project between, when "for" or a word of payment
/// introduces it: "a dry port, which the two build together for 38 million".
fn sole(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    let reading = context.reading;
    let c = reading.classes;
    reading.starts(thing.start, c.project)?;
    let sentence = reading.sentence(reading.sentence_at(thing.start));
    let mut sums = reading.within(sentence.first_token, sentence.end_token, c.money);
    let money = sums.next().filter(|m| m.start >= thing.end)?;
    let near = reading.back(money.start, 4)..money.start;
    let tied = near.clone().any(|t| reading.starts(t, c.payment).is_some())
        || near.clone().any(|t| reading.is(t, "for"));
    let flow = reading.within(near.start, money.end + 4, c.indicator).next().is_some();
    let crossed = [c.project, c.doc, c.body_np]
        .into_iter()
        .any(|class| reading.within(thing.end, money.start, class).next().is_some());
    (tied && !flow && !crossed && !of_a_part(reading, thing.end, money.start) && sums.next().is_none())
        .then_some(money)
}

/// Whether the words before a sum turn to a part of what stands before: "52 projects, of which nine, worth $5 million".
fn of_a_part(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let part = |t: u32| {
        let of = reading.is(t, "of") || reading.is(t, "among");
        of && ["which", "them", "these", "those"].iter().any(|w| reading.is(t + 1, w))
            || reading.is(t, "including")
    };
    // "Nine of these, worth $5 million": the part itself.
    (from + 1..to).any(part)
}

/// Whether a sum stands in the bracket that opens right behind a phrase ("a pipeline (508 km, $5 million)"), or right
/// behind a dash.
fn apposed(context: &Context<'_, '_>, end: u32, money: u32) -> bool {
    let reading = context.reading;
    let closes = |t: u32| reading.is(t, ")") || reading.is(t, "]");
    let bracket = reading.is(end, "(") && !(end..money).any(closes);
    let dash = matches!(reading.word(end), "–" | "—" | "-" | ":") && money <= end + 3;
    bracket || dash
}
