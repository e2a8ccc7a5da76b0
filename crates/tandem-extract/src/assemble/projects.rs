//! Projects: what a phrase names, and how far the project has come.
//!
//! A rule finds the phrase and mostly the stage. Where it knows no stage, the word of a stage that the sentence
//! ties to the phrase decides; a member of a portfolio takes the portfolio's. A phrase that only points back
//! ("the project", "it") goes by the name told before.

use tandem_model::{Body, Mark, Project, ProjectStatus, SentenceKind, Value};

use super::events::concerns;
use super::papers::{count, place, thing, thing_parties};
use super::stages::{
    apposed, came_true, main_verb, nearly, negated, of_lead, only_then, stage, still_ahead, to_come,
};
use super::standing::own_plan;
use super::worth::worth;
use super::{Context, Filled};
use crate::discourse::deadlines;
use crate::reading::{self, Reading, Thing};

/// "The Northeast Frontier Railway announced": a firm that says something is no work.
fn speaks(reading: &Reading<'_>, name: Mark) -> bool {
    const SAYS: [&str; 7] = ["said", "says", "announced", "told", "reported", "declared", "stated"];
    SAYS.iter().any(|word| reading.is(name.end, word)) && !reading.is(name.end + 1, "to")
}

/// "To build a border post at Mamuno on the Trans-Kalahari road, which is to open in June": the road says where the post
/// will stand, which opens.
fn only_where(reading: &Reading<'_>, name: Mark) -> bool {
    const NEAR: u32 = 12;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let article = u32::from(name.start > 0 && is(name.start - 1, &["the"]) || is(name.start, &["the"]));
    let lead = if is(name.start, &["the"]) {
        name.start.saturating_sub(1)
    } else {
        name.start.saturating_sub(1 + article)
    };
    let led = article == 1 && is(lead, &["on", "along", "off"]);
    let which = reading.is(name.end, ",") && is(name.end + 1, &["which"]);
    let before = reading.within(name.start.saturating_sub(NEAR), name.start, reading.classes.project).next();
    led && which && before.is_some_and(|m| m.end <= lead)
}

/// A project.
pub(super) fn project(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let name = filled.mark("name")?;
    if inside_clause(context, name)
        || counted_out(context, filled)
        || ready_to(context, filled)
        || speaks(context.reading, name)
        || own_plan(context, name)
        || only_where(context.reading, name)
    {
        return None;
    }
    let part = part(context, name);
    if part.is_some() && !of_projects(context.reading, name) || bare_in_heading(context, name) {
        return None;
    }
    let thing = part.unwrap_or_else(|| thing(context, name));
    // A rule that leaves the stage open leaves it to the line before the list.
    let told = context.word(filled, "status", "status").and_then(|word| ProjectStatus::from_word(&word));
    let status = told.or_else(|| of_lead(context, context.reading.sentence_at(name.start)))?;
    let parties = partners(context, filled, &thing);
    let thing = explained(context, &thing).unwrap_or(thing);
    let parties = if concerns(&parties) { parties } else { of_one_side(context, &thing)? };
    if context.sporting
        || such(context, &thing)
        || of_one(&thing.name)
        || only_a_topic(context, filled, &thing)
    {
        return None;
    }
    // "60 projects worth $2.5 billion, of which 22 are ready": the sum before is that of all.
    let of_all = || {
        let c = context.reading.classes;
        let part = name.class == c.count || name.class == c.number;
        let own = || filled.mark("worth").is_some();
        part && !own() && context.reading.within(name.end, name.end + 10, c.money).next().is_none()
    };
    let worth = worth(context, filled, &thing).filter(|_| !of_all());
    let status = came_true(context, name).unwrap_or(status);
    let status =
        if of_whole(context, name) { taken_up(context, name) } else { nearly(context, name, status) };
    let loose = anything(&thing) && !running(&thing, status);
    if worth.is_none() && (loose || only_possible(context, &thing) || only_joint(context, &thing)) {
        return None;
    }
    // "A Russian-built plant is due to open": who built it says nothing of the stage.
    let joined = filled
        .mark("status")
        .is_some_and(|m| m.start > 0 && matches!(context.reading.word(m.start - 1), "-" | "–" | "‑"));
    let status = apposed(context, name).unwrap_or(status);
    let status = main_verb(context, filled).unwrap_or(status);
    let ahead = still_ahead(context, filled) || only_then(context, filled);
    let status = if ahead { to_come(status) } else { status };
    let status = if joined || status == ProjectStatus::Unknown { stage(context, name) } else { status };
    // A phase or a hub is told for what is said of it, not for standing in a clause.
    let loose = ["phase", "stage", "hub"].iter().any(|w| context.reading.is(thing.head_token, w));
    // "Thirty kilometres of track" are a part of some line.
    let loose = loose || context.reading.covered(thing.start, context.reading.classes.quantity);
    if alone(context, filled) && (loose || status == ProjectStatus::Unknown || !told_of(context, &thing)) {
        return None;
    }
    let status = match status {
        ProjectStatus::Unknown if worth.is_some() && financed(context, name) => ProjectStatus::Agreed,
        other => other,
    };
    // A phase of something is told for its stage or its sum.
    let phase = ["phase", "stage"].iter().any(|w| context.reading.is(thing.head_token, w));
    if phase && worth.is_none() && status == ProjectStatus::Unknown {
        return None;
    }
    let told =
        filled.mark("deadline").and_then(|m| deadlines::deadline(context.reading, name, m.start, m.end));
    let deadline = told.map(|(deadline, _)| deadline).or_else(|| due(context, name, status));
    let status =
        if far_ahead(context, name, status, deadline.as_deref()) { ProjectStatus::Planned } else { status };
    let so_many = out_of(context, name);
    let called = project_name(context, name, &thing).filter(|told| worth.is_some() || !says_nothing(told))?;
    let body = Project {
        name: if so_many.is_some() { uncounted(context, &thing, called) } else { called },
        count: so_many.or_else(|| count(context, &thing)),
        value: worth.as_ref().map(|w| w.0),
        unit: worth.as_ref().map(|w| w.1.clone()),
        bound: worth.map(|w| w.2),
        sectors: sectors(context, name),
        status,
        place: place(context, name.end),
        deadline,
    };
    if status != ProjectStatus::Unknown {
        let here = (status, context.reading.sentence_at(name.start));
        context.project = Some(here);
        context.portfolio = if thing.plural { Some(here) } else { context.portfolio };
    }
    Some((Body::Project(body), parties))
}

/// Whether the rule knows no wording, only that a clause with the word of some stage names the project.
fn alone(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    const BY_CLAUSE: f64 = 0.3;
    context.reading.parts.rules.rules()[filled.found.rule as usize].confidence <= BY_CLAUSE
}

/// Whether a clause tells of the project itself: it is described, looks back to none told before, and is not where, by
/// which way or since when something else happens.
fn told_of(context: &Context<'_, '_>, thing: &Thing) -> bool {
    // "Will be the largest port": what another is said to be.
    const SETTING: [&str; 20] = [
        "on", "at", "for", "since", "along", "through", "via", "from", "by", "until", "after", "before",
        "into", "as", "like", "only", "be", "is", "was", "become",
    ];
    const AROUND: usize = 2;
    let reading = context.reading;
    let before = thing.start.saturating_sub(1);
    let index = reading.sentence_at(thing.start);
    let last = (index + AROUND).min(reading.doc.sentences.len() - 1);
    let (from, to) =
        (reading.sentence(index.saturating_sub(AROUND)).first_token, reading.sentence(last).end_token);
    let office = reading.covered(thing.head_token, reading.classes.portfolio);
    let c = reading.classes;
    let official = reading.marks.iter().any(|m| [c.title, c.leader_title, c.group].contains(&m.class));
    // "Crossing the river" is no crossing, and "as part of a highway project" tells of the part.
    let verb = thing.start == thing.head_token && reading.ends(thing.head_token, "ing");
    let whole = reading.is(before, "of") && before > 0 && reading.is(before - 1, "part");
    let goes_on = reading.is(before, "and") && thing.start == thing.head_token.saturating_sub(1);
    let described = thing.named || thing.name.split(' ').count() > 1;
    described
        && !office
        && !goes_on
        && !verb
        && !whole
        && official
        && context.parties.codes(from, to).len() > 1
        && (!thing.plural || thing.count.is_some() || thing.named)
        && !points_back(context, thing)
        && !SETTING.iter().any(|w| reading.is(before, w))
}

/// "Nine of these projects", "four out of 51 projects": how many of those that the phrase stands for.
pub(super) fn out_of(context: &Context<'_, '_>, name: Mark) -> Option<u64> {
    let reading = context.reading;
    let of = name.start.checked_sub(1).filter(|t| reading.is(*t, "of"))?;
    let numbers = [reading.classes.number, reading.classes.count];
    let counted = numbers.iter().any(|class| reading.starts(name.start, *class).is_some());
    if !counted {
        reading.starts(name.start, reading.classes.det)?;
    }
    let of = if reading.is(of.wrapping_sub(1), "out") { of - 1 } else { of };
    let number = numbers
        .iter()
        .find_map(|class| reading.within(reading.back(of, 3), of, *class).find(|mark| mark.end == of))?;
    let amount = reading::amount(reading.value(number))?;
    Some(amount.value.to_f64()).filter(|v| *v > 0.0 && v.fract() == 0.0).map(|v| v as u64)
}

/// The name of a part of a whole, without the number of the whole.
pub(super) fn uncounted(context: &Context<'_, '_>, thing: &Thing, name: String) -> String {
    let reading = context.reading;
    let number = thing.count.map(|index| reading.values[index].span.of(reading.text()));
    match number.and_then(|number| name.strip_prefix(number)) {
        Some(rest) => rest.trim_start().to_owned(),
        None => name,
    }
}

/// "*Of 30 projects*, five are completed": the whole, of which the sentence counts out parts.
fn of_whole(context: &Context<'_, '_>, name: Mark) -> bool {
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(name.start));
    let first = sentence.first_token;
    let of = name.start.checked_sub(1).filter(|t| reading.is(*t, "of"));
    // "BAKU, 13 May – Of 30 projects": behind a dateline.
    let sent = |of: u32| of > first && matches!(reading.word(of - 1), "-" | "–" | "—" | "--" | "." | ":");
    let opens = of.is_some_and(|of| of >= first && (of <= first + 1 || sent(of)));
    let numbers = [reading.classes.number, reading.classes.count];
    let part = || numbers.iter().any(|c| reading.within(name.end, sentence.end_token, *c).next().is_some());
    opens && reading.thing(name).plural && part() && reading.is(reading.thing(name).head_token, "projects")
}

/// "Ten projects, three *of which* have been launched": the stage behind is that of a part.
fn counted_out(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let whole = filled.head.class == c.project;
    let Some(told) = filled.mark("status").filter(|m| whole && m.start > filled.head.end) else {
        return false;
    };
    let part = |t: u32| {
        let of = reading.is(t, "of") && ["which", "them", "these"].iter().any(|w| reading.is(t + 1, w));
        let number = |class| reading.within(reading.back(t, 3), t, class).any(|m| m.end == t);
        of && [c.number, c.count].into_iter().any(number)
    };
    (filled.head.end..told.start).any(part)
}

/// How far a whole has come of which parts are counted out: "the 55 projects *agreed* by both".
fn taken_up(context: &Context<'_, '_>, name: Mark) -> ProjectStatus {
    let reading = context.reading;
    let agreed = (name.start..name.end + 3).any(|t| reading.is(t, "agreed") || reading.is(t, "approved"));
    if agreed { ProjectStatus::Agreed } else { ProjectStatus::UnderWay }
}

/// "A link, meant for the gas of the pipeline, was opened": the verb behind the second comma is the first phrase's.
fn inside_clause(context: &Context<'_, '_>, name: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let finite = ["is", "are", "was", "were", "has", "have", "will", "would"];
    let closed = reading.is(name.end, ",") && finite.iter().any(|w| reading.is(name.end + 1, w));
    let first = reading.sentence(reading.sentence_at(name.start)).first_token;
    // Right before the comma that opens the clause, and no other comma on the way: that would be a list.
    let opens = |m: &Mark| {
        reading.is(m.end, ",") && m.end < name.start && !(m.end + 1..name.start).any(|t| reading.is(t, ","))
    };
    closed && reading.within(first, name.start, c.project).any(|m| opens(&m))
}

/// The one country of a report from there, for a work with a name of its own by which other reports may tell whose else
/// it is.
fn of_one_side(context: &Context<'_, '_>, thing: &Thing) -> Option<Vec<String>> {
    let reading = context.reading;
    let c = reading.classes;
    let proper = |t: u32| {
        let country =
            [c.country, c.country_adj, c.demonym, c.bloc].into_iter().any(|k| reading.covered(t, k));
        reading.capital(t) && !country && reading.starts(t, c.project_noun).is_none()
    };
    let own = context.local && !thing.plural && (thing.start + 1..thing.end).any(proper);
    context.parties.lone.clone().filter(|_| own).map(|one| vec![one])
}

/// Whose project it is: of the article's pair and a third (who builds it, lends for it, or lies on its way), the pair's,
/// unless the phrase itself or the sentence ties the third to it.
fn partners(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Vec<String> {
    let parties = joined(context, thing).unwrap_or_else(|| thing_parties(context, filled, thing));
    let parties = with_way(context, thing, parties);
    let own = thing.codes.iter().any(|code| !context.parties.pair.contains(code));
    if !own && context.parties.only_helps(context.reading, filled.head.start, &parties) {
        return context.parties.pair.clone();
    }
    parties
}

/// "A line *that will link* Alvaria, Borland and Cedonia": whom it joins are its parties, whoever else the sentence names.
fn joined(context: &Context<'_, '_>, thing: &Thing) -> Option<Vec<String>> {
    const LIST: u32 = 9;
    const LINK: [&str; 9] =
        ["link", "links", "linking", "connect", "connects", "connecting", "join", "joins", "joining"];
    let reading = context.reading;
    let c = reading.classes;
    let lead = |t: &u32| ["that", "which", "will", "would", "to"].iter().any(|w| reading.is(*t, w));
    let verb = (thing.end..thing.end + 3).find(|t| !lead(t))?;
    let from = Some(verb + 1).filter(|_| LINK.iter().any(|w| reading.is(verb, w)))?;
    let part = |t: &u32| {
        reading.covered(*t, c.country) || ["and", ",", "the", "with", "to"].iter().any(|w| reading.is(*t, w))
    };
    let to = (from..from + LIST).find(|t| !part(t)).unwrap_or(from + LIST);
    let mut codes: Vec<String> = context.parties.named(from, to).into_iter().map(|(_, code)| code).collect();
    codes.extend(thing.codes.iter().cloned());
    codes.sort();
    codes.dedup();
    (codes.len() > 1 && thing.codes.len() < 2).then_some(codes)
}

/// "The railway from Alvaria to Borland by way of Cedonia": whom it passes through has a part in it.
fn with_way(context: &Context<'_, '_>, thing: &Thing, mut parties: Vec<String>) -> Vec<String> {
    const LIST: u32 = 8;
    let reading = context.reading;
    let way = ["via", "through", "across"].iter().any(|w| reading.is(thing.end, w));
    let by_way =
        reading.is(thing.end, "by") && reading.is(thing.end + 1, "way") && reading.is(thing.end + 2, "of");
    if !(way || by_way) || thing.codes.len() < 2 {
        return parties;
    }
    let from = if way { thing.end + 1 } else { thing.end + 3 };
    let c = reading.classes;
    let part =
        |t: &u32| reading.covered(*t, c.country) || ["and", ",", "the"].iter().any(|w| reading.is(*t, w));
    let to = (from..from + LIST).find(|t| !part(t)).unwrap_or(from + LIST);
    parties.extend(context.parties.named(from, to).into_iter().map(|(_, code)| code));
    parties.sort();
    parties.dedup();
    parties
}

/// "Ministers lay cable, count lorries": a bare noun of a headline names none.
fn bare_in_heading(context: &Context<'_, '_>, name: Mark) -> bool {
    let reading = context.reading;
    let index = reading.sentence_at(name.start);
    let one = name.end == name.start + 1 && reading.starts(name.start, reading.classes.project).is_some();
    one && reading.sentence(index).kind == SentenceKind::Heading
}

/// "The bank is ready to support the line": nothing is ready yet.
fn ready_to(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    let reading = context.reading;
    filled.mark("status").is_some_and(|m| reading.is(m.end - 1, "ready") && reading.is(m.end, "to"))
}

/// "Alvaria's own first phase": what a country builds by itself.
fn of_one(name: &str) -> bool {
    name.contains("'s own ") || name.contains("’s own ")
}

/// "The project", where nothing before says which.
fn says_nothing(name: &str) -> bool {
    ["project", "scheme", "initiative", "construction"].iter().any(|w| name.eq_ignore_ascii_case(w))
        || name.ends_with(" of")
}

/// "The border post at Tunduma, a joint project of Zambia and Tanzania, will be finished": what is explained, not what
/// explains it.
fn explained(context: &Context<'_, '_>, thing: &Thing) -> Option<Thing> {
    const SAID: [&str; 7] =
        ["project", "venture", "undertaking", "initiative", "scheme", "effort", "endeavour"];
    let reading = context.reading;
    let comma = thing.start.checked_sub(1).filter(|t| matches!(reading.word(*t), "," | "–" | "—"))?;
    if !SAID.iter().any(|w| reading.is(thing.head_token, w)) || thing.count.is_some() {
        return None;
    }
    // "The border post at Nakonde and Tunduma": a place may stand between.
    let c = reading.classes;
    let place = |t: u32| {
        reading.capital(t) || [c.prep, c.conj, c.det].iter().any(|k| reading.starts(t, *k).is_some())
    };
    let beside = |m: &Mark| (m.end..comma).all(place);
    let before = reading.within(reading.back(comma, 24), comma, c.project).rfind(beside)?;
    Some(reading.thing(before).clone())
}

/// "A memorandum on grain storage", "an agreement on road transport": what a paper deals with, and no work. In a headline
/// articles are left out.
fn only_a_topic(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let rule = &reading.parts.rules.rules()[filled.found.rule as usize];
    let heading = reading.sentence(reading.sentence_at(thing.start)).kind == SentenceKind::Heading;
    let before = thing.start.saturating_sub(1);
    let pointed = [thing.start, before].iter().any(|t| reading.starts(*t, reading.classes.det).is_some());
    rule.name.text == "project/of-document"
        && !heading
        && !pointed
        && !thing.plural
        && !thing.named
        && !(thing.start..thing.end).any(|t| reading.capital(t))
        && !reading.is(before, "of")
        // "A memorandum on a $9 million fishing park".
        && !reading.covered(before, reading.classes.money)
}

/// "Such a line": none in particular, or the one told before.
fn such(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let before = context.reading.back(thing.start, 2);
    (before..thing.head_token).any(|t| context.reading.is(t, "such"))
}

/// "Of the 31 projects *nine* are finished": a number that stands for so many of them.
fn part(context: &Context<'_, '_>, name: Mark) -> Option<Thing> {
    let c = context.reading.classes;
    let number = name.class == c.count || name.class == c.number;
    number.then(|| Thing {
        name: "projects".to_owned(),
        start: name.start,
        end: name.end,
        head_token: name.start,
        count: Some(name.entry as usize),
        plural: true,
        ..Thing::default()
    })
}

/// Whether projects are what a number is a part of: its sentence or the one before speaks of them, sentences that only
/// tell of another part ("Twelve of them …. Eleven of them …") not counted.
fn of_projects(reading: &Reading<'_>, number: Mark) -> bool {
    let index = reading.sentence_at(number.start);
    let other_part = |sentence: usize| {
        let told = reading.sentence(sentence);
        (told.first_token..told.end_token.min(told.first_token + 3)).any(|t| reading.is(t, "them"))
    };
    let mut before = index.saturating_sub(1);
    while before > 0 && other_part(before) {
        before -= 1;
    }
    let from = reading.sentence(before).first_token;
    let end = reading.sentence(index).end_token;
    (from..end).any(|t| {
        ["projects", "ventures", "plants", "works", "undertakings", "schemes", "entries"]
            .iter()
            .any(|word| reading.is(t, word))
    })
}

/// Whether a phrase is a plural of no number and no name: "roads", "joint ventures" are nothing to follow up.
pub(super) fn anything(thing: &Thing) -> bool {
    let words = thing.name.split(' ').count();
    let loose = thing.name.split(' ').any(|w| w.eq_ignore_ascii_case("initiatives"));
    thing.plural && thing.count.is_none() && !thing.named && (words <= 2 || loose)
}

/// "Resumed direct flights", "launched passenger trains": services that have begun, stopped or begun again are told by their
/// kind alone, for those between whom they run stand in the sentence.
fn running(thing: &Thing, status: ProjectStatus) -> bool {
    use ProjectStatus::{Cancelled, Launched, Suspended};
    const SERVICES: [&str; 4] = ["flights", "trains", "services", "connections"];
    let last = thing.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    thing.name.contains(' ')
        && SERVICES.contains(&last.as_str())
        && matches!(status, Cancelled | Launched | Suspended)
}

/// "Joint projects of the two countries", "joint projects in industry": all of them, and none that could be followed up.
fn only_joint(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let plain = |t: u32| [c.generic, c.joint, c.det].iter().any(|class| reading.starts(t, *class).is_some());
    thing.plural
        && !thing.named
        && thing.count.is_none()
        && reading.is(thing.head_token, "projects")
        && ["of", "in"].iter().any(|w| reading.is(thing.head_token + 1, w))
        && (thing.start..thing.head_token).all(plain)
}

/// "Potential joint projects", "future routes": nothing that anybody has named yet.
fn only_possible(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let open = ["potential", "possible", "future", "prospective", "further", "such"];
    thing.plural
        && !thing.named
        && thing.count.is_none()
        && (thing.start..thing.head_token).any(|t| open.iter().any(|w| reading.is(t, w)))
}

/// An item with a sum, under a text in which somebody signed: what the documents pay for.
fn financed(context: &Context<'_, '_>, name: Mark) -> bool {
    const BACK: usize = 12;
    let reading = context.reading;
    let c = reading.classes;
    let index = reading.sentence_at(name.start);
    let first = reading.sentence(index.saturating_sub(BACK)).first_token;
    let signed = |m: &Mark| reading.entry(*m).get("status") == Some("signed") && !negated(context, *m);
    reading.sentence(index).kind == SentenceKind::Item
        && reading.within(first, name.start, c.doc_verb).any(|m| signed(&m))
}

/// By when a project that is not done yet is to be done: "will be built by 2027", "to open … by the end
/// of the year".
fn due(context: &Context<'_, '_>, name: Mark, status: ProjectStatus) -> Option<String> {
    use ProjectStatus::{Agreed, Planned, Proposed, UnderWay};
    matches!(status, Agreed | Planned | Proposed | UnderWay).then(|| day_behind(context, name)).flatten()
}

/// "Will be completed by 2030", of something that no word says is begun: a term of two years and more is a plan.
fn far_ahead(context: &Context<'_, '_>, name: Mark, status: ProjectStatus, deadline: Option<&str>) -> bool {
    const YEARS: i16 = 2;
    const BEGUN: [&str; 9] = [
        "construction",
        "constructed",
        "built",
        "building",
        "works",
        "started",
        "began",
        "progress",
        "percent",
    ];
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(name.start));
    let begun = || (sentence.first_token..sentence.end_token).any(|t| BEGUN.iter().any(|w| reading.is(t, w)));
    let year = deadline.and_then(|d| d.get(..4)?.parse::<i16>().ok());
    let far = year.zip(reading.dating.date).is_some_and(|(year, today)| year - today.year() >= YEARS);
    status == ProjectStatus::UnderWay && far && !begun()
}

/// The deadline that stands behind a thing in its sentence.
pub(super) fn day_behind(context: &Context<'_, '_>, name: Mark) -> Option<String> {
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(name.start));
    let set = |mark: &Mark| {
        matches!(
            &reading.value(*mark).value,
            Value::Time { deadline: true, vague: false, period: Some(_), .. }
        )
    };
    let c = reading.classes;
    let term = reading.within(name.end, sentence.end_token, c.deadline).find(set);
    let mark = term.or_else(|| day_to_come(reading, name, sentence.end_token))?;
    if only_begun(reading, name, mark) {
        return None;
    }
    // Behind another number the deadline is that number's, unless commas close it in: "the airport, for which a bank lends
    // $136 million, is to be completed by 2027".
    let comma = |from: u32, to: u32| (from..to).any(|t| reading.is(t, ","));
    let closed_in = |m: Mark| comma(name.end, m.start) && comma(m.end, mark.start);
    let crossed =
        [c.money, c.percent].iter().any(|k| reading.within(name.end, mark.start, *k).any(|m| !closed_in(m)));
    if crossed {
        return None;
    }
    let day = || deadlines::comes_round(reading, mark).filter(|day| day.first() == day.last());
    let term = deadlines::deadline(reading, name, mark.start, mark.end).map(|(deadline, _)| deadline);
    term.or_else(|| day().map(|day| day.to_string()))
}

/// "Construction of the line is to begin in April", "work on it will start before the end of the year": not when it is to be there.
fn only_begun(reading: &Reading<'_>, name: Mark, time: Mark) -> bool {
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let work = (reading.back(name.start, 4)..name.start).any(|t| is(t, &["construction", "work", "works"]));
    let begin = ["begin", "start", "commence", "beginning", "starting"];
    let end = ["complete", "completed", "finish", "finished", "end", "open", "operational", "ready"];
    let between = || name.end..time.start;
    work && between().any(|t| is(t, &begin)) && !between().any(|t| is(t, &end))
}

/// A time after the report in which a thing is to be: "will open to traffic in September", "is due in 2025".
fn day_to_come(reading: &Reading<'_>, name: Mark, end: u32) -> Option<Mark> {
    let c = reading.classes;
    let written = reading.dating.date?;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    // "At the end of this year", which has begun.
    let close = |mark: &Mark| (reading.back(mark.start, 3)..mark.end).any(|t| is(t, &["end", "close"]));
    let ahead = |mark: &Mark| match &reading.value(*mark).value {
        Value::Time { period: Some(period), vague: false, .. } => {
            let to_come = period.first() > written || period.last() > written && close(mark);
            to_come && period.months() <= 12
        }
        _ => false,
    };
    let mark = reading.within(name.end, end, c.period).find(ahead)?;
    let due = ["due", "expected", "scheduled", "slated", "set", "planned"];
    let meant =
        [c.modal, c.aim].iter().any(|class| reading.within(name.end, mark.start, *class).next().is_some())
            || (name.end..mark.start).any(|t| due.iter().any(|w| reading.is(t, w)));
    const LED: [&str; 7] = ["in", "on", "for", "from", "at", "of", "before"];
    let led = is(mark.start.saturating_sub(1), &LED) || is(mark.start, &LED);
    (meant && led).then_some(mark)
}

/// The name of a project: "it", a bare "the pipeline" and "this major project" are the one told before (a pronoun
/// alone is nothing); "its first project, the …" is what stands behind the comma.
fn project_name(context: &Context<'_, '_>, name: Mark, thing: &Thing) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let pronoun = reading.starts(name.start, c.pron).is_some() || reading.is(name.start, "its");
    // "The latter, budgeted at $102 million", "he gave the price as $3 billion".
    const MEANT: [&str; 8] = ["latter", "former", "price", "tag", "bill", "cost", "costs", "budget"];
    let meant = MEANT.iter().any(|w| reading.is(name.end - 1, w)) && name.class != c.project;
    if pronoun && name.end == name.start + 1 || meant {
        return told_before(context, name, "project");
    }
    // A sum may stand between article and noun: "the $15 billion project".
    let sum = thing.start > 0 && reading.covered(thing.start - 1, c.money);
    // "Another bridge" is not the one told before.
    if thing.start > 0 && thing.end == thing.head_token + 1 && !thing.named {
        let another = (thing.start.saturating_sub(1)..thing.head_token).find(|t| reading.is(*t, "another"));
        if let Some(at) = another {
            return Some(reading.words(at, thing.end));
        }
    }
    let article = if sum {
        let from = reading.sentence(reading.sentence_at(name.start)).first_token;
        reading.within(from, thing.start, c.money).last().map_or(thing.start, |m| m.start.saturating_sub(1))
    } else {
        thing.start
    };
    // "The line is an ambitious project that": what is said of the line.
    let predicate = article > 0
        && ["a", "an"].iter().any(|w| reading.is(article, w))
        && ["is", "was", "remains"].iter().any(|w| reading.is(article - 1, w))
        && ["project", "initiative", "scheme"].iter().any(|w| reading.is(thing.head_token, w));
    let definite = ["the", "this", "that"].iter().any(|w| reading.is(article, w)) || predicate;
    // "The cost of bridge is": headlines and translated English drop the article.
    let dropped = thing.start == thing.head_token && thing.end == thing.head_token + 1 && !sum;
    if (definite || dropped) && !thing.named && !thing.plural && points_back(context, thing) {
        let noun = reading.word(thing.head_token).to_lowercase();
        return Some(told_before(context, name, &noun).unwrap_or_else(|| thing.name.clone()));
    }
    let weak = reading.word(thing.head_token).to_lowercase().starts_with("project");
    let apposed = reading.is(thing.end, ",") && reading.is(thing.end + 1, "the");
    if weak && apposed && !thing.named && !thing.plural {
        let stop = |t: u32| {
            !reading.is_word(t)
                || [c.aux, c.conj, c.rel].iter().any(|class| reading.starts(t, *class).is_some())
        };
        let end = (thing.end + 2..thing.end + 14).find(|t| stop(*t)).unwrap_or(thing.end + 2);
        return Some(reading.words(thing.end + 2, end));
    }
    Some(thing.name.clone())
}

/// Whether a definite phrase says no more than its noun: nothing stands before it but words like "major", "new", "joint".
fn points_back(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    // "The 152-kilometre railway": how long it is does not say which.
    let plain = |t: u32| {
        [c.generic, c.joint, c.det].iter().any(|class| reading.starts(t, *class).is_some())
            || ["construction", "reconstruction", "rehabilitation"].iter().any(|w| reading.is(t, w))
            || reading.covered(t, c.quantity)
            || matches!(reading.word(t), "-" | "–")
    };
    thing.end == thing.head_token + 1 && (thing.start..thing.head_token).all(plain)
}

/// The last project, or body being built, that the text named more fully before.
fn told_before(context: &Context<'_, '_>, name: Mark, noun: &str) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let built = ["centre", "center", "zone", "hub", "campus", "park", "complex"];
    let site = |t: &Thing| built.iter().any(|w| t.name.to_lowercase().contains(w));
    let fuller = |m: &&Mark| {
        m.end <= name.start && (m.class == c.project || m.class == c.body_np && site(reading.thing(**m)))
    };
    let same = |t: &Thing| t.name.split(' ').count() > 1 && !t.plural && t.name.to_lowercase().contains(noun);
    let general = [
        "facility",
        "structure",
        "undertaking",
        "project",
        "scheme",
        "initiative",
        "complex",
        "site",
        "hub",
        "crossing",
        "link",
        "venture",
    ]
    .contains(&noun);
    let mut found = reading.marks.iter().filter(fuller).map(|m| reading.thing(*m)).collect::<Vec<_>>();
    found.reverse();
    let own = found.iter().find(|t| same(t) && (t.named || !general));
    let last = found.iter().find(|t| t.named && !t.plural).map(|t| reading.sentence_at(t.start));
    let first =
        || found.iter().rev().find(|t| t.named && !t.plural && Some(reading.sentence_at(t.start)) == last);
    let any = || found.iter().find(|t| !t.plural && t.name.split(' ').count() > 1);
    // "The plant", of a power station told in the sentence before or in this one.
    let here = reading.sentence_at(name.start);
    let close = |t: &&&Thing| reading.sentence_at(t.start) + 4 > here;
    let kin = || {
        let nouns = kin(noun);
        let of_kind =
            |t: &&&Thing| nouns.iter().any(|w| reading.word(t.head_token).to_lowercase().ends_with(w));
        found.iter().find(|t| !t.plural && t.name.split(' ').count() > 1 && of_kind(t) && close(t))
    };
    let near = || kin().or_else(|| any().filter(|t| reading.sentence_at(t.start) + 2 > here));
    own.or_else(|| if general { first().or_else(any) } else { near() }).map(|t| t.name.clone())
}

/// Nouns that a plainer noun may stand for: "the line" of a railway, "the crossing" of a bridge.
fn kin(noun: &str) -> &'static [&'static str] {
    match noun {
        "line" | "route" | "track" => &[
            "railway",
            "railroad",
            "line",
            "pipeline",
            "interconnector",
            "interconnection",
            "cable",
            "link",
            "route",
            "rail",
        ],
        "link" => &["bridge", "railway", "interconnector", "cable", "line", "link", "tunnel"],
        "road" => &["highway", "motorway", "road", "corridor", "expressway"],
        "plant" | "works" => &["plant", "station", "factory", "refinery", "dam", "mill"],
        "bridge" | "crossing" => &["bridge", "crossing", "post"],
        "pipe" | "conduit" => &["pipeline", "cable"],
        "service" | "flights" | "sailings" => {
            &["flight", "flights", "ferry", "train", "line", "link", "route", "bus", "service", "connection"]
        }
        "school" | "campus" | "academy" | "college" => {
            &["school", "centre", "center", "academy", "institute", "college", "campus"]
        }
        _ => &[],
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
            // "A favourable environment for business": no matter of the environment.
            let hidden = |m: tandem_model::Mark| {
                reading.entry(m).get("sector").is_none() && m.start <= mark.start && m.end >= mark.end
            };
            if reading.within(reading.back(mark.start, 3), mark.end, reading.classes.sector).any(hidden) {
                continue;
            }
            let Some(sector) = reading.entry(mark).get("sector") else { continue };
            if !found.iter().any(|s| s == sector) {
                found.push(sector.to_owned());
            }
        }
    }
    found
}
