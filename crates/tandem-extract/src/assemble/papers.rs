//! Agreements, projects and institutions: things with a name and a status.

use tandem_model::{
    Agreement, AgreementStatus, AgreementType, Body, Bound, Institution, InstitutionStatus, Mark, Number,
    Period, Project, ProjectStatus, Value,
};

use super::events::{concerns, ours};
use super::{Context, Filled};
use crate::discourse::periods;
use crate::reading::{self, Thing};

/// An agreement.
pub(super) fn agreement(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let title = filled.mark("title")?;
    let thing = thing(context, title);
    if refers_back(context, title, &thing) || of_another(context, filled, title) {
        return None;
    }
    let status = AgreementStatus::from_word(&context.word(filled, "status", "status")?)?;
    let kind = context
        .word(filled, "type", "type")
        .or_else(|| context.attribute(title, "type"))
        .and_then(|w| AgreementType::from_word(&w))
        .unwrap_or(AgreementType::Agreement);
    let kind = if several_kinds(context, &thing) { AgreementType::Documents } else { kind };
    let parties = thing_parties(context, filled, &thing);
    if !ours(context, &parties) {
        return None;
    }
    let worth = worth(context, filled, &thing);
    let body = Agreement {
        kind,
        title: thing.name.clone(),
        count: count(context, &thing),
        status,
        value: worth.as_ref().map(|w| w.0),
        unit: worth.as_ref().map(|w| w.1.clone()),
        bound: worth.map(|w| w.2),
        until: until(context, title),
        date: day(context, filled, title),
    };
    Some((Body::Agreement(body), parties))
}

/// Whether the verb before a document is the participle of another one: "the Declaration signed in 2013 and
/// the Action Plan" says nothing of the plan.
fn of_another(context: &Context<'_, '_>, filled: &Filled<'_>, title: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let Some(verb) = filled.mark("status").filter(|v| v.end <= title.start) else { return false };
    let participle = ["signed", "concluded", "inked", "adopted", "ratified"];
    let behind = |m: Mark| {
        let gap = verb.start.checked_sub(m.end);
        gap == Some(0) || gap == Some(1) && reading.is(m.end, ",")
    };
    let first = reading.sentence(reading.sentence_at(title.start)).first_token;
    participle.iter().any(|w| reading.is(verb.start, w))
        && reading.within(first, verb.start, c.doc).any(behind)
}

/// Whether one count covers two kinds of documents: "six memoranda and agreements".
fn several_kinds(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let noun = |t: u32| reading.starts(t, reading.classes.doc_noun).is_some();
    let after = thing.head_token + 1;
    thing.plural && after + 1 < thing.end && reading.is(after, "and") && noun(after + 1)
}

/// "The agreement", "the gas deal", "this document": words for a document that the text tells more fully
/// elsewhere, or in a headline that the text below unfolds.
fn refers_back(context: &Context<'_, '_>, title: Mark, thing: &Thing) -> bool {
    let reading = context.reading;
    let words = thing.name.split(' ').count();
    let single = !thing.plural && thing.count.is_none() && !thing.named;
    let definite =
        ["the", "this", "that", "their", "its", "current", "said"].iter().any(|w| reading.is(thing.start, w));
    let together = ["both", "all", "these", "those", "such"].iter().any(|w| reading.is(thing.start, w));
    let heading =
        reading.sentence(reading.sentence_at(title.start)).kind == tandem_model::SentenceKind::Heading;
    let apposed = words == 1 && thing.start > 0 && reading.is(thing.start - 1, ",");
    let bundle = thing.plural && thing.count.is_none() && words == 1 && (definite || together);
    if bundle {
        return reading.marks.iter().any(|m| {
            m.class == reading.classes.doc
                && m.start < title.start
                && (reading.thing(*m).plural || reading.thing(*m).named)
        });
    }
    single
        && (words == 1 && (heading || apposed)
            || words <= 2 && definite && told_elsewhere(context, title, thing, words))
}

/// Whether another document phrase of the text says more than this one.
fn told_elsewhere(context: &Context<'_, '_>, title: Mark, thing: &Thing, words: usize) -> bool {
    let reading = context.reading;
    let kind = |t: &Thing| t.head.and_then(|h| reading.parts.lexicon.entry(h).get("type"));
    reading.marks.iter().filter(|m| m.class == reading.classes.doc && m.start != title.start).any(|m| {
        let other = reading.thing(*m);
        let fuller = other.named || other.name.split(' ').count() > words.max(2);
        let alike = kind(other) == kind(thing) || words == 1;
        alike && (m.start < title.start && words == 1 || fuller || other.plural && other.count.is_some())
    })
}

/// A project.
pub(super) fn project(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let name = filled.mark("name")?;
    let thing = thing(context, name);
    let status = ProjectStatus::from_word(&context.word(filled, "status", "status")?)?;
    let parties = thing_parties(context, filled, &thing);
    if !ours(context, &parties) {
        return None;
    }
    let worth = worth(context, filled, &thing);
    if worth.is_none() && anything(&thing) {
        return None;
    }
    let status = if status == ProjectStatus::Unknown && agreed_on(context, name) {
        ProjectStatus::Agreed
    } else {
        status
    };
    let body = Project {
        name: project_name(context, name, &thing),
        count: count(context, &thing),
        value: worth.as_ref().map(|w| w.0),
        unit: worth.as_ref().map(|w| w.1.clone()),
        bound: worth.map(|w| w.2),
        sectors: sectors(context, name),
        status,
        place: place(context, name.end),
        deadline: due(context, name, status),
    };
    Some((Body::Project(body), parties))
}

/// Whether a phrase is a plural of no number and no name: "roads", "joint ventures" are nothing to follow up.
fn anything(thing: &Thing) -> bool {
    thing.plural && thing.count.is_none() && !thing.named && thing.name.split(' ').count() <= 2
}

/// By when a project that is not done yet is to be done: "will be built by 2027", "to open … by the end
/// of the year".
fn due(context: &Context<'_, '_>, name: Mark, status: ProjectStatus) -> Option<String> {
    use ProjectStatus::{Agreed, Planned, Proposed, UnderWay};
    if !matches!(status, Agreed | Planned | Proposed | UnderWay) {
        return None;
    }
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(name.start));
    let set = |mark: &Mark| {
        matches!(
            &reading.value(*mark).value,
            Value::Time { deadline: true, vague: false, period: Some(_), .. }
        )
    };
    let c = reading.classes;
    let mark = reading.within(name.end, sentence.end_token, c.deadline).find(set)?;
    // Behind another number the deadline is that number's.
    let crossed =
        [c.money, c.percent].iter().any(|k| reading.within(name.end, mark.start, *k).next().is_some());
    let of_name = || periods::deadline(reading, name, mark.start, mark.end);
    if crossed { None } else { of_name().map(|(deadline, _)| deadline) }
}

/// Whether a project is what a signed document is about.
fn agreed_on(context: &Context<'_, '_>, name: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(name.start));
    let (from, to) = (sentence.first_token, sentence.end_token);
    let inside = [c.doc, c.doc_part, c.doc_item].iter().any(|class| reading.covered(name.start, *class));
    let signed =
        reading.within(from, to, c.doc_verb).any(|m| reading.entry(m).get("status") == Some("signed"));
    inside && (signed || reading.covered(name.start, c.doc_item))
}

/// The name of a project: a bare "the pipeline" is the one told before; "its first project, the …" is
/// what stands behind the comma.
fn project_name(context: &Context<'_, '_>, name: Mark, thing: &Thing) -> String {
    let reading = context.reading;
    let bare = thing.name.split(' ').count() == 1 && !thing.plural;
    let definite = ["the", "this", "that"].iter().any(|w| reading.is(thing.start, w));
    if bare && definite {
        return told_before(context, name).unwrap_or_else(|| thing.name.clone());
    }
    let weak = reading.word(thing.head_token).to_lowercase().starts_with("project");
    let apposed = reading.is(thing.end, ",") && reading.is(thing.end + 1, "the");
    if weak && apposed && !thing.named && !thing.plural {
        let c = reading.classes;
        let stop = |t: u32| {
            !reading.is_word(t)
                || [c.aux, c.conj, c.rel].iter().any(|class| reading.starts(t, *class).is_some())
        };
        let end = (thing.end + 2..thing.end + 14).find(|t| stop(*t)).unwrap_or(thing.end + 2);
        return reading.words(thing.end + 2, end);
    }
    thing.name.clone()
}

/// The last project, or body being built, that the text named more fully before.
fn told_before(context: &Context<'_, '_>, name: Mark) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let noun = reading.word(name.end - 1).to_lowercase();
    let fuller = |m: &&Mark| (m.class == c.project || m.class == c.body_np) && m.end <= name.start;
    let same =
        |t: &Thing| t.name.split(' ').count() > 1 && !t.plural && t.name.to_lowercase().contains(&noun);
    let general = ["facility", "project", "scheme", "initiative", "complex", "site"].contains(&noun.as_str());
    let mut found = reading.marks.iter().filter(fuller).map(|m| reading.thing(*m)).collect::<Vec<_>>();
    found.reverse();
    let exact = found.iter().find(|t| same(t));
    let last = found.iter().find(|t| t.named && !t.plural).map(|t| reading.sentence_at(t.start));
    let first =
        || found.iter().rev().find(|t| t.named && !t.plural && Some(reading.sentence_at(t.start)) == last);
    exact.or_else(|| if general { first() } else { None }).map(|t| t.name.clone())
}

/// An institution.
pub(super) fn institution(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let name = filled.mark("name")?;
    let thing = thing(context, name);
    let status = InstitutionStatus::from_word(&context.word(filled, "status", "status")?)?;
    let parties = thing_parties(context, filled, &thing);
    (ours(context, &parties) && !anything(&thing))
        .then(|| (Body::Institution(Institution { name: thing.name.clone(), status }), parties))
}

/// The phrase that a mark names: a thing, or the plain words under it.
pub(super) fn thing(context: &Context<'_, '_>, mark: Mark) -> Thing {
    let reading = context.reading;
    let c = reading.classes;
    if c.things().contains(&mark.class) {
        return reading.thing(mark).clone();
    }
    Thing {
        name: reading.words(mark.start, mark.end),
        start: mark.start,
        end: mark.end,
        head_token: mark.end.saturating_sub(1),
        ..Thing::default()
    }
}

/// Parties of a named thing: those that its name holds when they are two or more, else the passage's.
fn thing_parties(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Vec<String> {
    let mut own = thing.codes.clone();
    own.sort();
    own.dedup();
    if own.len() >= 2 {
        return own;
    }
    parties_of(context, filled.found.start.min(thing.start), filled.found.end.max(thing.end))
}

/// The parties of a passage; one country alone joins those that the article is about, when it is about
/// more than that country.
pub(super) fn parties_of(context: &Context<'_, '_>, start: u32, end: u32) -> Vec<String> {
    let mut parties = context.parties.around(context.reading, start, end);
    if !concerns(&parties) && concerns(&context.parties.pair) {
        parties.extend(context.parties.pair.iter().cloned());
        parties.sort();
        parties.dedup();
    }
    parties
}

/// How many: a number among the modifiers, one for a singular, nothing for an uncounted plural.
fn count(context: &Context<'_, '_>, thing: &Thing) -> Option<u64> {
    let counted = thing.count.and_then(|index| reading::amount(&context.reading.values[index]));
    match counted {
        Some(amount) => {
            Some(amount.value.to_f64()).filter(|v| *v >= 0.0 && v.fract() == 0.0).map(|v| v as u64)
        }
        None => (!thing.plural).then_some(1),
    }
}

/// The worth beside a phrase: what the rule captured, else money right after it.
fn worth(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Option<(Number, String, Bound)> {
    let reading = context.reading;
    let mark = filled.mark("worth").or_else(|| beside(context, thing)).or_else(|| {
        let end = reading.sentence(reading.sentence_at(thing.start)).end_token;
        let money = reading.within(thing.start, (thing.end + 8).min(end), reading.classes.money).next()?;
        let between = thing.end.min(money.start)..money.start;
        let plain = between.clone().all(|t| {
            reading.starts(t, reading.classes.conj).is_none()
                && !reading.is(t, ".")
                && reading.starts(t, reading.classes.clause_end).is_none()
        });
        let worth = reading.within(thing.head_token, money.start + 1, reading.classes.worth).next().is_some();
        (plain && worth).then_some(money)
    })?;
    let amount = reading::amount(reading.value(mark))?;
    Some((amount.value, amount.unit, amount.bound))
}

/// Words that tie a sum to what it pays for: "a loan of $5 million for the road", "the road, at a cost of $5 million".
const PAYMENT: [&str; 26] = [
    "cost",
    "costs",
    "costing",
    "loan",
    "loans",
    "grant",
    "grants",
    "credit",
    "credits",
    "investment",
    "financing",
    "funding",
    "funded",
    "financed",
    "budget",
    "budgeted",
    "costed",
    "price",
    "package",
    "contract",
    "valued",
    "worth",
    "estimated",
    "lent",
    "sanctioned",
    "approved",
];

/// A sum that modifies the phrase ("a $5 million road"), stands in brackets behind it, or is tied to it by a word
/// of payment without another such phrase between.
fn beside(context: &Context<'_, '_>, thing: &Thing) -> Option<Mark> {
    const REACH: u32 = 16;
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(thing.start));
    let paid = |from: u32, to: u32| (from..to).any(|t| PAYMENT.iter().any(|w| reading.is(t, w)));
    let free = |from: u32, to: u32| {
        [c.project, c.doc, c.clause_end].iter().all(|class| reading.within(from, to, *class).next().is_none())
    };
    let before = reading
        .within(thing.start.saturating_sub(REACH).max(sentence.first_token), thing.start, c.money)
        .next_back()
        .filter(|m| {
            let modifies = m.end == thing.start || reading.is(m.end, "-") && m.end + 1 == thing.start;
            modifies || free(m.end, thing.start) && paid(m.start.saturating_sub(5), thing.start)
        });
    let after = || {
        reading.within(thing.end, (thing.end + REACH).min(sentence.end_token), c.money).next().filter(|m| {
            let bracket = reading.is(thing.end, "(") && m.start <= thing.end + 2;
            bracket || free(thing.end, m.start) && paid(thing.end, m.start)
        })
    };
    before.or_else(after)
}

/// The horizon in a title: "until 2034", "for 2024–2034".
fn until(context: &Context<'_, '_>, title: Mark) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let near = title.end + 3;
    [c.deadline, c.period]
        .iter()
        .flat_map(|class| reading.within(title.start, near, *class))
        .filter_map(|mark| match &reading.value(mark).value {
            Value::Time { period: Some(period), deadline, .. } => {
                let spans = period.months() > 12;
                let inside = mark.start < title.end;
                let horizon = ["until", "till", "through"].iter().any(|w| reading.is(mark.start, w));
                (*deadline && (inside || horizon) || spans && inside)
                    .then(|| last_part(*period, *deadline && !spans))
            }
            _ => None,
        })
        .next()
}

/// The last year of a range of years, or the period itself when it is an end already.
fn last_part(period: Period, whole: bool) -> String {
    if whole { period.to_string() } else { format!("{:04}", period.last().year()) }
}

/// A calendar day, month or year of signing in the same sentence.
fn day(context: &Context<'_, '_>, filled: &Filled<'_>, near: Mark) -> Option<Period> {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(near.start));
    if let Some(mark) = filled.mark("date") {
        return time_of(context, mark);
    }
    let days: Vec<Mark> = reading.within(sentence.first_token, sentence.end_token, c.day).collect();
    let reach = (filled.found.start.saturating_sub(12), filled.found.end + 12);
    days.into_iter()
        .filter(|d| d.start >= reach.0 && d.end <= reach.1)
        .min_by_key(|d| d.start.abs_diff(filled.head.start))
        .and_then(|d| time_of(context, d))
}

fn time_of(context: &Context<'_, '_>, mark: Mark) -> Option<Period> {
    match &context.reading.value(mark).value {
        Value::Time { period, .. } => *period,
        Value::Amount { .. } => None,
    }
}

/// Sectors named in the sentence after the project, and in the list under it.
fn sectors(context: &Context<'_, '_>, name: Mark) -> Vec<String> {
    let reading = context.reading;
    let index = reading.sentence_at(name.start);
    let sentence = reading.sentence(index);
    let mut stretches = vec![(sentence.first_token, sentence.end_token)];
    let mut next = index + 1;
    while next < reading.doc.sentences.len()
        && reading.sentence(next).kind == tandem_model::SentenceKind::Item
    {
        stretches.push((reading.sentence(next).first_token, reading.sentence(next).end_token));
        next += 1;
    }
    let mut found: Vec<String> = Vec::new();
    for (from, to) in stretches {
        for mark in reading.within(from, to, reading.classes.sector) {
            let Some(sector) = reading.entry(mark).get("sector") else { continue };
            if !found.iter().any(|s| s == sector) {
                found.push(sector.to_owned());
            }
        }
    }
    found
}

/// A city or place after "in", "at", "near" behind a token, within the sentence.
pub(super) fn place(context: &Context<'_, '_>, from: u32) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(from.saturating_sub(1))).end_token;
    (from..end.min(from + 16)).find_map(|token| {
        let preposition = ["in", "at", "near", "to"].iter().any(|p| reading.is(token, p));
        if !preposition {
            return None;
        }
        let at = if reading.is(token + 1, "the") { token + 2 } else { token + 1 };
        [c.place, c.capital, c.city]
            .iter()
            .find_map(|class| reading.starts(at, *class))
            .map(|m| place_name(context, m))
    })
}

/// A place in the words of the text, with its letters; a place that the tables rename keeps their name.
pub(super) fn place_name(context: &Context<'_, '_>, mark: Mark) -> String {
    let words = context.reading.words(mark.start, mark.end);
    let entry = context.reading.entry(mark);
    let known = entry.get("canonical").or_else(|| entry.get("place"));
    let same = |name: &str| name.chars().count() == words.chars().count();
    known.filter(|name| !same(name)).map_or(words.clone(), str::to_owned)
}
