//! Agreements and institutions: things with a name and a status.

use tandem_model::{
    Agreement, AgreementStatus, AgreementType, Body, ClassId, Institution, InstitutionStatus, Mark, Period,
    Value,
};

use super::events::{concerns, ours};
use super::places::name_at;
use super::projects::{anything, day_behind, out_of, uncounted};
use super::worth::worth;
use super::{Context, Filled};
use crate::reading::{self, Reading, Thing};

/// An agreement.
pub(super) fn agreement(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let title = filled.mark("title")?;
    let thing = thing(context, title);
    if announces(context, &thing)
        || refers_back(context, title, &thing)
        || of_another(context, filled, title)
        || only_agreed(context, &thing)
        || is_negotiating(context, filled, title)
    {
        return None;
    }
    let status = AgreementStatus::from_word(&context.word(filled, "status", "status")?)?;
    let done =
        matches!(status, AgreementStatus::Signed | AgreementStatus::Adopted | AgreementStatus::Ratified);
    let status = if done { ahead(context, filled).unwrap_or(status) } else { status };
    let status = if only_wished(context, filled, status, title) { AgreementStatus::Signed } else { status };
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
    // "Eight of the fourteen memoranda have come into force".
    let so_many = out_of(context, title);
    let body = Agreement {
        kind,
        title: if so_many.is_some() {
            uncounted(context, &thing, thing.name.clone())
        } else {
            thing.name.clone()
        },
        count: so_many.or_else(|| count(context, &thing)),
        status,
        value: worth.as_ref().map(|w| w.0),
        unit: worth.as_ref().map(|w| w.1.clone()),
        bound: worth.map(|w| w.2),
        until: until(context, filled, title),
        // "In force until December, the ministry said on Thursday": the day is the ministry's.
        date: day(context, filled, title).filter(|_| filled.mark("until").is_none()),
    };
    Some((Body::Agreement(body), parties))
}

/// What stands before a verb in its base form that somebody is only to do: "agreed to soon complete and *sign* a protocol",
/// "will raise trade, open a bank, *sign* a contract". Talks under way leave it proposed.
fn ahead(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<AgreementStatus> {
    const BASE: [&str; 10] = [
        "sign", "conclude", "ink", "adopt", "approve", "ratify", "finalise", "finalize", "exchange", "issue",
    ];
    let reading = context.reading;
    let c = reading.classes;
    let verb = filled.mark("status").filter(|v| BASE.iter().any(|w| reading.is(v.start, w)))?;
    let sentence = reading.sentence(reading.sentence_at(verb.start));
    let heading = sentence.kind == tandem_model::SentenceKind::Heading;
    let joined =
        reading.is(verb.start.saturating_sub(1), "and") || reading.is(verb.start.saturating_sub(1), ",");
    // "The senate voted to approve the treaty": done by that.
    let voted = reading.within(reading.back(verb.start, 4), verb.start, c.to).next().is_some()
        && (reading.back(verb.start, 4)..verb.start).any(|t| reading.is(t, "voted"));
    if heading && joined || voted {
        return None;
    }
    let opens = |t: u32| {
        reading.starts(t, c.to).is_some() && !reading.capital(t + 1) && reading.starts(t + 1, c.det).is_none()
            || ["will", "would", "shall", "should", "must"].iter().any(|w| reading.is(t, w))
    };
    let from = sentence.first_token;
    let talks = ["negotiations", "talks", "negotiating", "consultations"];
    let talked = || (from..verb.start).any(|t| talks.iter().any(|w| reading.is(t, w)));
    // What is still to be ratified is signed.
    let ratify = reading.is(verb.start, "ratify");
    (from..verb.start).any(opens).then(|| match (ratify, talked()) {
        (true, _) => AgreementStatus::Signed,
        (_, true) => AgreementStatus::Proposed,
        _ => AgreementStatus::Planned,
    })
}

/// "Called for the early ratification of the treaty", "its entry into force is expected by June": a step told as a noun that
/// somebody only wishes or waits for has not been taken.
fn only_wished(context: &Context<'_, '_>, filled: &Filled<'_>, status: AgreementStatus, title: Mark) -> bool {
    const BEFORE: u32 = 8;
    const BEHIND: u32 = 6;
    const WISHES: [&str; 30] = [
        "hope",
        "hopes",
        "hoped",
        "hoping",
        "await",
        "awaits",
        "awaiting",
        "awaited",
        "pending",
        "early",
        "earliest",
        "speedy",
        "swift",
        "prompt",
        "rapid",
        "quick",
        "timely",
        "expected",
        "until",
        "before",
        "subject",
        "towards",
        "toward",
        "work",
        "process",
        "delay",
        "delays",
        "once",
        "upon",
        "importance",
    ];
    const WAITS: [&str; 12] = [
        "pending",
        "awaited",
        "outstanding",
        "begun",
        "expected",
        "would",
        "will",
        "yet",
        "still",
        "remains",
        "could",
        "should",
    ];
    let reading = context.reading;
    let c = reading.classes;
    let found = filled.found.start..filled.found.end;
    let step = |words: &[&str]| found.clone().find(|t| words.iter().any(|w| reading.is(*t, w)));
    // "Urged parliament to ratify the treaty".
    if status == AgreementStatus::Planned {
        return step(&["ratify", "ratification", "entry", "coming"]).is_some();
    }
    let noun = step(&["ratification", "entry", "coming"]);
    let taken = matches!(status, AgreementStatus::Ratified | AgreementStatus::InForce);
    let Some(noun) = noun.filter(|_| taken) else { return false };
    let sentence = reading.sentence(reading.sentence_at(noun));
    let from = noun.saturating_sub(BEFORE).max(sentence.first_token);
    let any = |from: u32, to: u32, words: &[&str]| (from..to).any(|t| words.iter().any(|w| reading.is(t, w)));
    let behind = title.end.max(noun + 1);
    [c.commit_verb, c.need].iter().any(|class| reading.within(from, noun, *class).next().is_some())
        || any(from, noun, &WISHES)
        || any(behind, (behind + BEHIND).min(sentence.end_token), &WAITS)
}

/// "Chile has accords with Peru and is *negotiating* with Japan": no passive of the accords before it.
fn is_negotiating(context: &Context<'_, '_>, filled: &Filled<'_>, title: Mark) -> bool {
    let reading = context.reading;
    let Some(verb) = filled.mark("status") else { return false };
    verb.start > title.end
        && reading.ends(verb.start, "ing")
        && !reading.is(verb.start, "being")
        && ["is", "are", "was", "were"].iter().any(|w| reading.is(verb.start - 1, w))
}

/// "Reached an agreement to hold talks", "an agreement has been reached to build a line": they agreed, on no paper.
fn only_agreed(context: &Context<'_, '_>, thing: &Thing) -> bool {
    const REACH: u32 = 5;
    let reading = context.reading;
    let bare =
        !thing.plural && thing.head_token + 1 == thing.end && reading.is(thing.head_token, "agreement");
    let reached = |from: u32, to: u32| (from..to).any(|t| reading.is(t, "reached") || reading.is(t, "reach"));
    let to = |t: u32| reading.is(t, "to") && reading.starts(t + 1, reading.classes.action_verb).is_some();
    let the = reading.is(thing.start, "the") || reading.is(thing.start, "this");
    let before = reached(reading.back(thing.start, 2), thing.start);
    bare && (before && (the || to(thing.end))
        || the && reached(thing.end, thing.end + 4)
        || reached(thing.end, thing.end + 4) && (thing.end..thing.end + REACH).any(to))
}

/// "The following documents were signed:" announces the list below, which names them.
fn announces(context: &Context<'_, '_>, thing: &Thing) -> bool {
    const LINES: usize = 2;
    let reading = context.reading;
    let index = reading.sentence_at(thing.start);
    let last = (index + LINES).min(reading.doc.sentences.len().saturating_sub(1));
    let following = (thing.start..thing.end).any(|t| reading.is(t, "following"));
    let (from, to) = (reading.sentence(index).end_token, reading.sentence(last).end_token);
    following && thing.count.is_none() && reading.within(from, to, reading.classes.doc_item).next().is_some()
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
    // "The contract *under which* crude is pumped" is told right here.
    let c = reading.classes;
    let rel = |t: u32| reading.starts(t, c.rel).is_some() || reading.is(t, "whereby");
    let unfolded = rel(thing.end) && !reading.is(thing.end, "which")
        || reading.starts(thing.end, c.prep).is_some() && rel(thing.end + 1);
    if single && unfolded && !heading {
        return false;
    }
    // "Thus, an agreement was signed": the comma of an adverb parts nothing.
    let first = reading.sentence(reading.sentence_at(title.start)).first_token;
    let apposed = words == 1 && thing.start > first + 3 && reading.is(thing.start - 1, ",");
    // "Ministers ink seven pacts" heads a text that tells of seven memoranda.
    let counted =
        |t: &Thing| t.count.and_then(|i| reading::amount(&reading.values[i])).map(|a| a.value.to_f64());
    let many = counted(thing).filter(|n| *n > 1.0);
    if heading && many.is_some() {
        return reading
            .marks
            .iter()
            .any(|m| m.class == c.doc && m.start > title.end && counted(reading.thing(*m)) == many);
    }
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

/// An institution.
pub(super) fn institution(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let name = filled.mark("name")?;
    let thing = thing(context, name);
    let status = InstitutionStatus::from_word(&context.word(filled, "status", "status")?)?;
    let parties = thing_parties(context, filled, &thing);
    // A forum that opens is an event.
    let verb = filled.mark("status").map(|m| context.reading.word(m.start).to_lowercase());
    let opened =
        verb.is_some_and(|v| ["open", "launch", "inaugurat", "unveil"].iter().any(|w| v.starts_with(w)));
    let held = (context.reading.back(filled.found.start, 2)..filled.found.end + 3).any(|t| {
        let word = context.reading.word(t).to_lowercase();
        ["hold", "held", "host", "organis", "organiz", "conven", "attend"].iter().any(|w| word.starts_with(w))
    });
    let forum = context.reading.is(thing.head_token, "forum");
    if forum && (opened || held) || opened && numbered(context, &thing) {
        return None;
    }
    // "Under the Agreement on Joint Venture Development": a word of the paper's name.
    let paper = |m: &Mark| m.start < thing.start && m.end >= thing.end;
    let docs =
        context.reading.within(thing.start.saturating_sub(12), thing.end + 12, context.reading.classes.doc);
    let inside = || docs.into_iter().any(|m| paper(&m));
    // "The agreement “On the creation of a mechanism for water”": a word of a title in quotes.
    let titled = || {
        let from = thing
            .start
            .saturating_sub(8)
            .max(context.reading.sentence(context.reading.sentence_at(thing.start)).first_token);
        let quote = (from..thing.start).rev().find(|t| context.reading.is_quote(*t));
        quote.is_some_and(|q| q > 0 && context.reading.covered(q - 1, context.reading.classes.doc_noun))
    };
    if titled() || filled.mark("status").is_some_and(|m| context.reading.is(m.start, "under")) && inside() {
        return None;
    }
    if !ours(context, &parties) || anything(&thing) || reports(context, &thing) {
        return None;
    }
    let status = if founded(context, filled, name) { InstitutionStatus::Established } else { status };
    let ahead = matches!(status, InstitutionStatus::Proposed | InstitutionStatus::BeingEstablished);
    let deadline = ahead.then(|| day_behind(context, name)).flatten();
    Some((Body::Institution(Institution { name: thing.name.clone(), status, deadline }), parties))
}

/// "The creation of the Joint Council in 2001": the noun leaves open when, the year behind the name does not.
fn founded(context: &Context<'_, '_>, filled: &Filled<'_>, name: Mark) -> bool {
    let reading = context.reading;
    let noun = |m: Mark| ["creation", "establishment", "formation"].iter().any(|w| reading.is(m.start, w));
    let past = |m: &Mark| {
        let told = time_of(context, *m);
        told.zip(reading.dating.date).is_some_and(|(period, today)| period.last() < today)
    };
    let year = || reading.within(name.end, name.end + 3, reading.classes.period).any(|m| past(&m));
    filled.mark("status").is_some_and(noun) && year()
}

/// "Borland News Agency reports": who tells it, and nothing that was set up.
fn reports(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let press =
        ["news", "press", "information"].iter().any(|w| reading.is(thing.head_token.saturating_sub(1), w));
    press
        && reading.is(thing.head_token, "agency")
        && reading.starts(thing.end, reading.classes.say_verb).is_some()
}

/// "The 11th Joint Commission" that opens is its eleventh session.
fn numbered(context: &Context<'_, '_>, thing: &Thing) -> bool {
    const ORDINALS: [&str; 9] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let reading = context.reading;
    let word = |t: u32| reading.word(t).to_lowercase();
    let figure = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_digit()) && ["st", "nd", "rd", "th"].iter().any(|e| w.ends_with(e))
    };
    let split = |t: u32| ["st", "nd", "rd", "th"].iter().any(|e| reading.is(t, e));
    (reading.back(thing.start, 3)..thing.head_token)
        .any(|t| split(t) || figure(&word(t)) || ORDINALS.contains(&word(t).as_str()))
}

/// The phrase that a mark names: a thing, or the plain words under it.
pub(super) fn thing(context: &Context<'_, '_>, mark: Mark) -> Thing {
    let reading = context.reading;
    let c = reading.classes;
    if c.things().contains(&mark.class) {
        return reading.thing(mark).clone();
    }
    // "The seven schools": no phrase of ours, and yet counted.
    let plain = mark.class == ClassId(u16::MAX) || context.is_value(mark);
    let built = !plain && reading.entry(mark).get("house").is_some();
    let before = reading.back(mark.start, 2);
    let counted = [c.count, c.number].into_iter().filter(|_| built);
    let counted = counted.filter_map(|class| reading.within(before, mark.end, class).next()).next();
    Thing {
        name: reading.words(mark.start, mark.end),
        start: mark.start,
        end: mark.end,
        head_token: mark.end.saturating_sub(1),
        count: counted.map(|m| m.entry as usize),
        // "Flights between A and B", "the railway and the port", "portfolio": words that a rule has put together.
        plural: holds_some(reading, mark)
            || mark.class == ClassId(u16::MAX)
                && (reading.is(mark.start, "flights") || joined(reading, mark))
            || built && reading.ends(mark.start, "s"),
        ..Thing::default()
    }
}

/// What holds several works and says not how many.
fn holds_some(reading: &Reading<'_>, mark: Mark) -> bool {
    const HOLDERS: [&str; 4] = ["portfolio", "programme", "program", "package"];
    mark.end > mark.start && HOLDERS.iter().any(|word| reading.is(mark.end - 1, word))
}

fn joined(reading: &Reading<'_>, mark: Mark) -> bool {
    (mark.start..mark.end).any(|t| reading.is(t, "and") && reading.is(t + 1, "the"))
}

/// Parties of a named thing: those that its name holds when they are two or more, else the passage's.
pub(super) fn thing_parties(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Vec<String> {
    let mut own = thing.codes.clone();
    own.sort();
    own.dedup();
    if own.len() >= 2 {
        return own;
    }
    seated(context, filled, thing).unwrap_or_else(|| passage(context, filled, thing))
}

/// The parties of the passage around a thing.
fn passage(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Vec<String> {
    parties_of(context, filled.found.start.min(thing.start), filled.found.end.max(thing.end))
}

/// "The hospital in Borland City that Alvaria promised": of a work or a house that one country sets up in a city of
/// another, both are parties.
fn seated(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Option<Vec<String>> {
    const REACH: u32 = 7;
    let reading = context.reading;
    let c = reading.classes;
    let (start, end) = (filled.found.start.min(thing.start), filled.found.end.max(thing.end));
    let one = context.parties.around(reading, start, end);
    let last = reading.sentence(reading.sentence_at(thing.start)).end_token.min(thing.end + REACH);
    let lies = |t: u32| ["in", "at", "near"].iter().any(|w| reading.is(t, w));
    let place = |t: u32| [c.capital, c.city].into_iter().find_map(|class| reading.starts(t, class));
    let code = |m: Mark| reading.entry(m).get("code").filter(|code| code.len() == 2).map(str::to_owned);
    let other = (thing.start + 1..last).filter(|t| lies(t - 1)).filter_map(place).find_map(code)?;
    let single = one.len() == 1 && one[0].len() == 2 && one[0] != other;
    let mut both = one;
    both.push(other);
    both.sort();
    single.then_some(both)
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
pub(super) fn count(context: &Context<'_, '_>, thing: &Thing) -> Option<u64> {
    let counted = thing.count.and_then(|index| reading::amount(&context.reading.values[index]));
    match counted {
        Some(amount) => {
            Some(amount.value.to_f64()).filter(|v| *v >= 0.0 && v.fract() == 0.0).map(|v| v as u64)
        }
        None => (!thing.plural).then_some(1),
    }
}

/// Months of the longest term that a title may name.
const LONGEST_TERM: i32 = 600;

/// The horizon in a title: "until 2034", "for 2024–2034".
fn until(context: &Context<'_, '_>, filled: &Filled<'_>, title: Mark) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    // "The contract expires *at the end of 2024*".
    let end = filled.mark("until");
    if let Some((mark, told)) = end.and_then(|mark| Some((mark, time_of(context, mark)?))) {
        let told = to_come(context, mark, told);
        let year = Period::year(told.last().year()).filter(|year| year.last() == told.last());
        return Some(year.unwrap_or(told).to_string());
    }
    let near = title.end + 4;
    let runs = |at: u32| {
        // "A treaty that goes back to 1984".
        let back = (1..=2).any(|n| reading.is(at.saturating_sub(n), "back"));
        at > 0
            && !back
            && ["to", "up", "till", "until", "through"]
                .iter()
                .any(|w| reading.is(at, w) || reading.is(at - 1, w))
    };
    // "Renewed, *up to the end of 2026*, the contract".
    let verb = filled.mark("status").filter(|v| v.end <= title.start).map_or(title.start, |v| v.end);
    [c.deadline, c.period]
        .iter()
        .flat_map(|class| reading.within(verb, near, *class))
        .filter_map(|mark| match &reading.value(mark).value {
            Value::Time { period: Some(period), deadline, .. } => {
                // "The Compact for the 21st Century" has no end.
                let spans = period.months() > 12 && period.months() < LONGEST_TERM;
                let inside = mark.start < title.end && mark.start >= title.start;
                let horizon = runs(mark.start);
                let ahead = horizon && (*deadline || mark.start > title.start);
                (*deadline && inside || ahead || spans && inside)
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
        .or_else(|| month_or_year(context, filled, near))
}

/// "In 2017 the two signed an agreement", "signed a memorandum in May 2017": no day, but when.
fn month_or_year(context: &Context<'_, '_>, filled: &Filled<'_>, title: Mark) -> Option<Period> {
    const NEAR: u32 = 2;
    let reading = context.reading;
    let written = reading.dating.date?;
    let sentence = reading.sentence(reading.sentence_at(title.start));
    let led = |t: u32| reading.is(t, "in") || reading.is(t, "since");
    let end = filled.found.end.max(title.end);
    let told = |m: &Mark| {
        let opens = m.start <= sentence.first_token + 1;
        let behind = m.start >= end && m.start <= end + NEAR;
        (led(m.start) || m.start > 0 && led(m.start - 1)) && (opens || behind)
    };
    let marks = reading.within(sentence.first_token, sentence.end_token, reading.classes.period);
    let times = marks.filter(told).filter_map(|m| time_of(context, m));
    times.into_iter().find(|period| period.last() < written && period.months() <= 12)
}

/// A month or day without its year that something is to last until: the next one.
fn to_come(context: &Context<'_, '_>, mark: Mark, told: Period) -> Period {
    let written =
        (mark.start..mark.end).any(|t| context.reading.word(t).parse::<i16>().is_ok_and(|n| n > 31));
    let today = context.reading.dating.date.filter(|today| !written && told.last() < *today);
    let next = |day: tandem_model::Date| day.checked_add(jiff::ToSpan::years(1)).ok();
    let later = || Period::days(next(told.first())?, next(told.last())?);
    today.and_then(|_| later()).unwrap_or(told)
}

fn time_of(context: &Context<'_, '_>, mark: Mark) -> Option<Period> {
    match &context.reading.value(mark).value {
        Value::Time { period, .. } => *period,
        Value::Amount { .. } => None,
    }
}

/// A city or place after "in", "at", "near" behind a token, within the sentence.
pub(super) fn place(context: &Context<'_, '_>, from: u32) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(from.saturating_sub(1))).end_token;
    let known = (from..end.min(from + 16)).find_map(|token| {
        let preposition = ["in", "at", "near", "to"].iter().any(|p| reading.is(token, p));
        if !preposition {
            return None;
        }
        let at = if reading.is(token + 1, "the") { token + 2 } else { token + 1 };
        [c.place, c.capital, c.city]
            .iter()
            .find_map(|class| reading.starts(at, *class))
            .map(|m| place_name(context, m))
    });
    // A place that no table knows stands right behind: "a wind farm at Moroto".
    let near = || ["in", "at", "near"].iter().any(|p| reading.is(from, p));
    known.or_else(|| name_at(reading, from + 1, end).filter(|_| near()))
}

/// A place in the words of the text, with its letters; a place that the tables rename keeps their name.
pub(super) fn place_name(context: &Context<'_, '_>, mark: Mark) -> String {
    let words = context.reading.words(mark.start, mark.end);
    let entry = context.reading.entry(mark);
    let known = entry.get("canonical").or_else(|| entry.get("place"));
    let same = |name: &str| name.chars().count() == words.chars().count();
    // A country's second capital is a city of its own.
    let second = mark.class == context.reading.classes.capital
        && known.is_some_and(|name| !name.contains(&words) && !name.starts_with(|c| words.starts_with(c)));
    known.filter(|name| !same(name) && !second).map_or(words.clone(), str::to_owned)
}
