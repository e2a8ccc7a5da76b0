//! Projects: what a phrase names, and how far the project has come.
//!
//! A rule finds the phrase and mostly the stage. Where it knows no stage, the word of a stage that the sentence
//! ties to the phrase decides; a member of a portfolio takes the portfolio's. A phrase that only points back
//! ("the project", "it") goes by the name told before.

use tandem_model::{Body, Mark, Project, ProjectStatus, SentenceKind, Value};

use super::events::ours;
use super::papers::{count, place, thing, thing_parties};
use super::worth::worth;
use super::{Context, Filled};
use crate::discourse::deadlines;
use crate::reading::{self, Reading, Thing};

/// How far before a phrase the word of its stage may stand, in tokens, and how far behind it.
const STAGE_REACH: (u32, u32) = (12, 24);
/// For how many sentences the members of a portfolio may follow it.
const MEMBERS: usize = 3;

/// A project.
pub(super) fn project(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let name = filled.mark("name")?;
    if inside_clause(context, name) {
        return None;
    }
    let part = part(context, name);
    if part.is_some() && !of_projects(context.reading, name) {
        return None;
    }
    let thing = part.unwrap_or_else(|| thing(context, name));
    // A rule that leaves the stage open leaves it to the line before the list.
    let told = context.word(filled, "status", "status").and_then(|word| ProjectStatus::from_word(&word));
    let status = told.or_else(|| of_lead(context, context.reading.sentence_at(name.start)))?;
    let parties = partners(context, filled, &thing);
    if !ours(context, &parties) || such(context, &thing) {
        return None;
    }
    // "60 projects worth $2.5 billion, of which 22 are ready": the sum before is that of all.
    let of_all = || {
        let c = context.reading.classes;
        let part = name.class == c.count || name.class == c.number;
        part && context.reading.within(name.end, name.end + 10, c.money).next().is_none()
    };
    let worth = worth(context, filled, &thing).filter(|_| !of_all());
    if worth.is_none() && (anything(&thing) || only_possible(context, &thing) || only_joint(context, &thing))
    {
        return None;
    }
    // "A Russian-built plant is due to open": who built it says nothing of the stage.
    let joined = filled
        .mark("status")
        .is_some_and(|m| m.start > 0 && matches!(context.reading.word(m.start - 1), "-" | "–" | "‑"));
    let status = apposed(context, name).unwrap_or(status);
    let status = main_verb(context, filled).unwrap_or(status);
    let status = if still_ahead(context, filled) { to_come(status) } else { status };
    let status = if joined || status == ProjectStatus::Unknown { stage(context, name) } else { status };
    let status = match status {
        ProjectStatus::Unknown if worth.is_some() && financed(context, name) => ProjectStatus::Agreed,
        other => other,
    };
    // A phase of something is told for its stage or its sum.
    let phase = ["phase", "stage"].iter().any(|w| context.reading.is(thing.head_token, w));
    if phase && worth.is_none() && status == ProjectStatus::Unknown {
        return None;
    }
    let body = Project {
        name: project_name(context, name, &thing).filter(|told| worth.is_some() || !says_nothing(told))?,
        count: out_of(context, name).or_else(|| count(context, &thing)),
        value: worth.as_ref().map(|w| w.0),
        unit: worth.as_ref().map(|w| w.1.clone()),
        bound: worth.map(|w| w.2),
        sectors: sectors(context, name),
        status,
        place: place(context, name.end),
        deadline: due(context, name, status),
    };
    if status != ProjectStatus::Unknown {
        let here = (status, context.reading.sentence_at(name.start));
        context.project = Some(here);
        context.portfolio = if thing.plural { Some(here) } else { context.portfolio };
    }
    Some((Body::Project(body), parties))
}

/// "Nine of these projects": how many of those that the phrase stands for.
fn out_of(context: &Context<'_, '_>, name: Mark) -> Option<u64> {
    let reading = context.reading;
    let of = name.start.checked_sub(1).filter(|t| reading.is(*t, "of"))?;
    reading.starts(name.start, reading.classes.det)?;
    let numbers = [reading.classes.number, reading.classes.count];
    let number = numbers
        .iter()
        .find_map(|class| reading.within(of.saturating_sub(3), of, *class).find(|mark| mark.end == of))?;
    let amount = reading::amount(reading.value(number))?;
    Some(amount.value.to_f64()).filter(|v| *v > 0.0 && v.fract() == 0.0).map(|v| v as u64)
}

/// "The line, inaugurated in March, …": the stage between commas right behind the phrase.
fn apposed(context: &Context<'_, '_>, name: Mark) -> Option<ProjectStatus> {
    use ProjectStatus::{Cancelled, Completed, Launched, Suspended};
    let reading = context.reading;
    let verb = reading.starts(name.end + 1, reading.classes.project_verb)?;
    let past = reading.is(name.end, ",") && reading.ends(verb.start, "ed") && !reading.is(verb.end, "to");
    // "The flight, suspended during the pandemic, would resume": the sentence goes on to say what becomes of it.
    let closed = (verb.end..verb.end + STAGE_REACH.0).find(|t| reading.is(*t, ","));
    let goes_on = |t: u32| ["will", "would", "should", "could"].iter().any(|w| reading.is(t + 1, w));
    if closed.is_some_and(goes_on) {
        return Some(ProjectStatus::Planned);
    }
    let status = context.attribute(verb, "status").and_then(|word| ProjectStatus::from_word(&word))?;
    (past && matches!(status, Cancelled | Completed | Launched | Suspended)).then_some(status)
}

/// "The bridge that is to join the banks *has been put on ice*": the stage told in a clause on what the thing is for
/// yields to that of the sentence.
fn main_verb(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<ProjectStatus> {
    let reading = context.reading;
    let c = reading.classes;
    let told = filled.mark("status")?;
    let before = told.start.saturating_sub(1);
    if told.start <= filled.head.end || !(reading.is(before, "that") || reading.is(before, "which")) {
        return None;
    }
    let end = reading.sentence(reading.sentence_at(told.start)).end_token.min(told.end + STAGE_REACH.1);
    let state = reading.within(told.end, end, c.project_state).find(|m| !negated(context, *m))?;
    let free = (told.end..state.start).all(|t| reading.starts(t, c.project).is_none() && !reading.is(t, ","));
    status_at(context, state).filter(|_| free)
}

/// "The opening of the bridge is expected in June", "will attend the launch of the line", "the imminent completion of
/// the dam": the noun of a stage tells what is still to come when the words around it do.
fn still_ahead(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    const BEFORE: u32 = 14;
    const BEHIND: u32 = 10;
    const NOUNS: [&str; 9] = [
        "launch",
        "opening",
        "inauguration",
        "commissioning",
        "completion",
        "start",
        "handover",
        "launching",
        "starting",
    ];
    const AHEAD: [&str; 12] = [
        "imminent",
        "upcoming",
        "forthcoming",
        "planned",
        "early",
        "speedy",
        "timely",
        "possible",
        "scheduled",
        "expected",
        "await",
        "awaits",
    ];
    let reading = context.reading;
    let c = reading.classes;
    let Some(told) = filled.mark("status").filter(|m| NOUNS.iter().any(|w| reading.is(m.start, w))) else {
        return false;
    };
    let sentence = reading.sentence(reading.sentence_at(told.start));
    let from = told.start.saturating_sub(BEFORE).max(sentence.first_token);
    let end = (filled.head.end + BEHIND).min(sentence.end_token);
    // Of the clause that the noun is in: a comma or a word like "while" closes it.
    let parts = |t: &u32| reading.is(*t, ",") || reading.starts(*t, c.clause_end).is_some();
    let from = (from..told.start).rev().find(parts).map_or(from, |t| t + 1);
    let end = (filled.head.end..end).find(parts).unwrap_or(end);
    let meant = |from: u32, to: u32| {
        (from..to).any(|t| {
            ["will", "would", "should", "could", "expected", "due", "scheduled"]
                .iter()
                .any(|w| reading.is(t, w))
        })
    };
    (told.start.saturating_sub(2)..told.start).any(|t| AHEAD.iter().any(|w| reading.is(t, w)))
        || meant(from, told.start)
        || meant(filled.head.end, end)
}

/// The stage of what is done already, as that of something to come.
fn to_come(status: ProjectStatus) -> ProjectStatus {
    use ProjectStatus::{Completed, Launched, UnderWay};
    if matches!(status, Completed | Launched | UnderWay) { ProjectStatus::Planned } else { status }
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

/// Whose project it is: of the article's pair and a third (who builds it, lends for it, or lies on its way), the pair's,
/// unless the phrase itself or the sentence ties the third to it.
fn partners(context: &Context<'_, '_>, filled: &Filled<'_>, thing: &Thing) -> Vec<String> {
    let parties = thing_parties(context, filled, thing);
    let own = thing.codes.iter().any(|code| !context.parties.pair.contains(code));
    if !own && context.parties.only_helps(context.reading, filled.head.start, &parties) {
        return context.parties.pair.clone();
    }
    parties
}

/// "The project", where nothing before says which.
fn says_nothing(name: &str) -> bool {
    ["project", "scheme", "initiative"].iter().any(|w| name.eq_ignore_ascii_case(w))
}

/// "Such a line": none in particular, or the one told before.
fn such(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let before = thing.start.saturating_sub(2);
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

/// Whether projects are what a number is a part of: its sentence or the one before speaks of them.
fn of_projects(reading: &Reading<'_>, number: Mark) -> bool {
    let index = reading.sentence_at(number.start);
    let from = reading.sentence(index.saturating_sub(1)).first_token;
    let end = reading.sentence(index).end_token;
    (from..end).any(|t| ["projects", "ventures", "plants"].iter().any(|word| reading.is(t, word)))
}

/// Whether a phrase is a plural of no number and no name: "roads", "joint ventures" are nothing to follow up.
pub(super) fn anything(thing: &Thing) -> bool {
    let words = thing.name.split(' ').count();
    let loose = thing.name.split(' ').any(|w| w.eq_ignore_ascii_case("initiatives"));
    thing.plural && thing.count.is_none() && !thing.named && (words <= 2 || loose)
}

/// "Joint projects of the two countries": all of them, and none that could be followed up.
fn only_joint(context: &Context<'_, '_>, thing: &Thing) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let plain = |t: u32| [c.generic, c.joint, c.det].iter().any(|class| reading.starts(t, *class).is_some());
    thing.plural
        && !thing.named
        && thing.count.is_none()
        && reading.is(thing.head_token, "projects")
        && reading.is(thing.head_token + 1, "of")
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

/// The stage of a project of which the rule knows none.
fn stage(context: &Context<'_, '_>, name: Mark) -> ProjectStatus {
    if agreed_on(context, name) {
        return ProjectStatus::Agreed;
    }
    let index = context.reading.sentence_at(name.start);
    let inherited = || context.portfolio.filter(|(_, at)| index <= at + MEMBERS).map(|(status, _)| status);
    let to_come = || meant(context.reading, name.end).then_some(ProjectStatus::Planned);
    stage_behind(context, name)
        .or_else(to_come)
        .or_else(|| stage_before(context, name))
        .or_else(|| context.project.filter(|(_, at)| *at == index).map(|(status, _)| status))
        .or_else(inherited)
        .or_else(|| of_lead(context, index))
        .unwrap_or(ProjectStatus::Unknown)
}

/// "Will", "is to", "is intended to" right behind a project: what it does is still to come.
fn meant(reading: &Reading<'_>, at: u32) -> bool {
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let to_come =
        ["to", "intended", "meant", "designed", "expected", "due", "set", "planned", "slated", "supposed"];
    is(at, &["will", "would", "shall", "could", "should"]) || is(at, &["is", "are"]) && is(at + 1, &to_come)
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

/// The stage that the line before a list of works gives to each: "works to be financed include:", "the following
/// projects were agreed on:".
fn of_lead(context: &Context<'_, '_>, index: usize) -> Option<ProjectStatus> {
    let reading = context.reading;
    let c = reading.classes;
    if reading.sentence(index).kind != SentenceKind::Item {
        return None;
    }
    let lead = (0..index).rev().map(|i| reading.sentence(i)).find(|s| s.kind != SentenceKind::Item)?;
    let (from, to) = (lead.first_token, lead.end_token);
    let works = (from..to).any(|t| reading.is(t, "works") || reading.starts(t, c.project_noun).is_some());
    if !works || !reading.is(to.saturating_sub(1), ":") {
        return None;
    }
    let ahead = (from..to).any(|t| reading.is(t, "will") || reading.is(t, "to") && reading.is(t + 1, "be"));
    let signed =
        [c.doc_verb, c.commit_verb].iter().any(|class| reading.within(from, to, *class).next().is_some());
    let told = || reading.within(from, to, c.project_verb).next().and_then(|verb| status_at(context, verb));
    if ahead { Some(ProjectStatus::Planned) } else { told().or(signed.then_some(ProjectStatus::Agreed)) }
}

/// The stage in the predicate behind a project, up to the next project.
fn stage_behind(context: &Context<'_, '_>, name: Mark) -> Option<ProjectStatus> {
    let reading = context.reading;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(name.start)).end_token.min(name.end + STAGE_REACH.1);
    let next = [c.project, c.doc].into_iter().filter_map(|class| reading.within(name.end, end, class).next());
    let end = next.map(|m| m.start).min().unwrap_or(end);
    let passive = |m: &Mark| {
        m.class == c.project_state
            || m.class == c.project_stage
            || (m.start.saturating_sub(2)..m.start).any(|t| reading.starts(t, c.aux).is_some())
    };
    let marks = [c.project_state, c.project_stage, c.project_verb]
        .into_iter()
        .flat_map(|class| reading.within(name.end, end, class).filter(passive))
        .filter(|m| !negated(context, *m));
    let first = marks.min_by_key(|m| (m.start, std::cmp::Reverse(m.end)))?;
    status_at(context, first)
}

/// The stage in the verb or noun of work right before a project.
fn stage_before(context: &Context<'_, '_>, name: Mark) -> Option<ProjectStatus> {
    let reading = context.reading;
    let c = reading.classes;
    let first = reading.sentence(reading.sentence_at(name.start)).first_token;
    let from = name.start.saturating_sub(STAGE_REACH.0).max(first);
    let last = [c.project, c.clause_end]
        .into_iter()
        .filter_map(|class| reading.within(from, name.start, class).last());
    let from = last.map(|m| m.end).max().unwrap_or(from);
    // "The cost of building a bridge" says nothing of its stage.
    let costs = |m: &Mark| {
        m.start > 1
            && ["of", "for"].iter().any(|w| reading.is(m.start - 1, w))
            && reading.starts(m.start - 2, c.payment).is_some()
    };
    // "The paving of the road": the work, and no word on how far it is.
    let noun = |m: &Mark| reading.is(m.end, "of") && reading.ends(m.start, "ing");
    let active = |m: &Mark| !negated(context, *m) && !reading.is(m.end, "by") && !costs(m) && !noun(m);
    let verb = reading.within(from, name.start, c.project_verb).rfind(active)?;
    status_at(context, verb)
}

/// Whether the word of a stage is denied.
fn negated(context: &Context<'_, '_>, mark: Mark) -> bool {
    let reading = context.reading;
    reading.within(mark.start.saturating_sub(3), mark.start, reading.classes.neg).next().is_some()
}

/// What the word of a stage says where it stands: behind "will" or "to be" it is still to come.
fn status_at(context: &Context<'_, '_>, mark: Mark) -> Option<ProjectStatus> {
    let reading = context.reading;
    let before = mark.start.saturating_sub(3)..mark.start;
    let modal = ["will", "would", "shall", "should", "could", "must", "to"];
    let ahead = before.clone().any(|t| modal.iter().any(|w| reading.is(t, w)))
        || mark.start > 0 && reading.is(mark.start - 1, "be");
    let status = context.attribute(mark, "status").and_then(|w| ProjectStatus::from_word(&w))?;
    let done = !matches!(status, ProjectStatus::Proposed | ProjectStatus::Agreed | ProjectStatus::Planned);
    // "A month from finishing", "is completing": not done yet.
    let going_on = reading.ends(mark.start, "ing")
        && mark.start > 0
        && ["from", "is", "are", "now", "currently"].iter().any(|w| reading.is(mark.start - 1, w));
    let status =
        if going_on && status == ProjectStatus::Completed { ProjectStatus::UnderWay } else { status };
    Some(if ahead && done { ProjectStatus::Planned } else { status })
}

/// By when a project that is not done yet is to be done: "will be built by 2027", "to open … by the end
/// of the year".
fn due(context: &Context<'_, '_>, name: Mark, status: ProjectStatus) -> Option<String> {
    use ProjectStatus::{Agreed, Planned, Proposed, UnderWay};
    matches!(status, Agreed | Planned | Proposed | UnderWay).then(|| day_behind(context, name)).flatten()
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
    // Behind another number the deadline is that number's.
    let crossed =
        [c.money, c.percent].iter().any(|k| reading.within(name.end, mark.start, *k).next().is_some());
    let of_name = || deadlines::deadline(reading, name, mark.start, mark.end);
    if crossed { None } else { of_name().map(|(deadline, _)| deadline) }
}

/// A time after the report in which a thing is to be: "will open to traffic in September", "is due in 2025".
fn day_to_come(reading: &Reading<'_>, name: Mark, end: u32) -> Option<Mark> {
    let c = reading.classes;
    let written = reading.dating.date?;
    let ahead = |mark: &Mark| match &reading.value(*mark).value {
        Value::Time { period: Some(period), vague: false, .. } => {
            period.first() > written && period.months() <= 12
        }
        _ => false,
    };
    let mark = reading.within(name.end, end, c.period).find(ahead)?;
    let meant =
        [c.modal, c.aim].iter().any(|class| reading.within(name.end, mark.start, *class).next().is_some());
    let led = ["in", "on", "for", "from"]
        .iter()
        .any(|w| reading.is(mark.start.saturating_sub(1), w) || reading.is(mark.start, w));
    (meant && led).then_some(mark)
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

/// The name of a project: "it", a bare "the pipeline" and "this major project" are the one told before (a pronoun
/// alone is nothing); "its first project, the …" is what stands behind the comma.
fn project_name(context: &Context<'_, '_>, name: Mark, thing: &Thing) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    if reading.starts(name.start, c.pron).is_some() && name.end == name.start + 1 {
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
            let Some(sector) = reading.entry(mark).get("sector") else { continue };
            if !found.iter().any(|s| s == sector) {
                found.push(sector.to_owned());
            }
        }
    }
    found
}
