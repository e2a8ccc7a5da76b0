//! How far a project has come: the words of a stage around its phrase, and which of them are the phrase's.

use tandem_model::{Mark, ProjectStatus, SentenceKind};

use super::{Context, Filled};
use crate::reading::Reading;

/// How far before a phrase the word of its stage may stand, in tokens, and how far behind it.
const STAGE_REACH: (u32, u32) = (12, 24);
/// For how many sentences the members of a portfolio may follow it.
const MEMBERS: usize = 3;

/// "The line, inaugurated in March, …": the stage between commas right behind the phrase.
pub(super) fn apposed(context: &Context<'_, '_>, name: Mark) -> Option<ProjectStatus> {
    use ProjectStatus::{Cancelled, Completed, Launched, Suspended};
    let reading = context.reading;
    let verb = reading.starts(name.end + 1, reading.classes.project_verb)?;
    let strong = ["built", "laid", "put"].iter().any(|w| reading.is(verb.start, w));
    let past = reading.is(name.end, ",")
        && (strong || reading.ends(verb.start, "ed"))
        && !reading.is(verb.end, "to");
    // "The flight, suspended during the pandemic, would resume": the sentence goes on to say what becomes of it.
    let closed = (verb.end..verb.end + STAGE_REACH.0).find(|t| reading.is(*t, ","));
    let goes_on = |t: u32| ["will", "would", "should", "could"].iter().any(|w| reading.is(t + 1, w));
    // "The flights, suspended in 2020, resumed on Friday": the verb of the sentence tells what is now.
    let main = closed.and_then(|t| reading.starts(t + 1, reading.classes.project_state));
    if let Some(state) = main.filter(|m| past && !negated(context, *m)) {
        return status_at(context, state);
    }
    if closed.is_some_and(goes_on) {
        return Some(ProjectStatus::Planned);
    }
    let status = context.attribute(verb, "status").and_then(|word| ProjectStatus::from_word(&word))?;
    (past && matches!(status, Cancelled | Completed | Launched | Suspended)).then_some(status)
}

/// "The bridge that is to join the banks *has been put on ice*": the stage told in a clause on what the thing is for
/// yields to that of the sentence.
pub(super) fn main_verb(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<ProjectStatus> {
    let reading = context.reading;
    let c = reading.classes;
    let told = filled.mark("status")?;
    let before = told.start.saturating_sub(1);
    if told.start <= filled.head.end {
        return None;
    }
    // "Facilities, which a contractor had begun, have been put on hold".
    let who = |t: u32| ["which", "that", "whose"].iter().any(|w| reading.is(t, w));
    let aside = reading.is(filled.head.end, ",") && who(filled.head.end + 1) && reading.is(told.end, ",");
    if aside {
        let state = reading.starts(told.end + 1, c.project_state).filter(|m| !negated(context, *m));
        return state.and_then(|state| status_at(context, state));
    }
    if !(reading.is(before, "that") || reading.is(before, "which")) {
        return None;
    }
    let end = reading.sentence(reading.sentence_at(told.start)).end_token.min(told.end + STAGE_REACH.1);
    let state = reading.within(told.end, end, c.project_state).find(|m| !negated(context, *m))?;
    // "NordLink, the cable that will run to Lomé, has been finished": the comma closes the description.
    let described =
        filled.head.start < before && (filled.head.start..filled.head.end).any(|t| reading.is(t, ","));
    let open = |t: u32| !reading.is(t, ",") || described && t + 1 == state.start;
    let free = (told.end..state.start).all(|t| reading.starts(t, c.project).is_none() && open(t));
    status_at(context, state).filter(|_| free)
}

/// "The opening of the bridge is expected in June", "will attend the launch of the line", "the imminent completion of
/// the dam": the noun of a stage tells what is still to come when the words around it do.
pub(super) fn still_ahead(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
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
    // "The completion of the bridge was discussed".
    let discussed = |t: u32| {
        ["was", "were"].iter().any(|w| reading.is(t, w))
            && ["discussed", "considered", "reviewed", "debated"].iter().any(|w| reading.is(t + 1, w))
    };
    let meant = |from: u32, to: u32| {
        (from..to).any(|t| {
            discussed(t)
                || ["will", "would", "should", "could", "expected", "due", "scheduled"]
                    .iter()
                    .any(|w| reading.is(t, w))
        })
    };
    (told.start.saturating_sub(2)..told.start).any(|t| AHEAD.iter().any(|w| reading.is(t, w)))
        || meant(from, told.start)
        || meant(filled.head.end, end)
}

/// "When the first phase is completed, jobs will be created", "if built, the railway would carry": what is done only in a clause on
/// what will follow from it.
pub(super) fn only_then(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    const REACH: u32 = 24;
    let reading = context.reading;
    let Some(told) = filled.mark("status") else { return false };
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let sentence = reading.sentence(reading.sentence_at(told.start));
    let from = sentence.first_token.max(told.start.saturating_sub(REACH));
    let mut clause = (from..told.start).rev().take_while(|t| !reading.is(*t, ",") && !reading.is(*t, ";"));
    let opening = |t: &u32| {
        is(*t, &["if", "when", "after", "once"]) || is(*t, &["time"]) && *t > 1 && is(*t - 2, &["by"])
    };
    let Some(opens) = clause.find(opening) else { return false };
    let past = |t: u32| is(t, &["was", "were", "had", "last", "ago"]);
    let follows = |t: u32| is(t, &["will", "would", "could", "can", "may", "might", "should"]);
    let (first, end) = (sentence.first_token, sentence.end_token);
    !(opens..told.end).any(|t| past(t) || follows(t))
        && ((first..opens).any(follows) || (told.end..end).any(follows))
}

/// "Was expected to open in 2022 *but opened* in May 2023": what was once to come has come.
pub(super) fn came_true(context: &Context<'_, '_>, name: Mark) -> Option<ProjectStatus> {
    const ONCE: [&str; 7] = ["expected", "due", "scheduled", "set", "planned", "supposed", "meant"];
    const DONE: [&str; 5] = ["opened", "completed", "finished", "inaugurated", "launched"];
    let reading = context.reading;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let end = reading.sentence(reading.sentence_at(name.start)).end_token.min(name.end + STAGE_REACH.1);
    let once = (name.end..end).find(|t| is(*t, &["was", "were"]) && is(*t + 1, &ONCE))?;
    let then = (once..end).find(|t| is(*t, &["but", "and"]))?;
    let verb = (then + 1..(then + 4).min(end)).find(|t| is(*t, &DONE))?;
    let free = (then + 1..verb).all(|t| is(t, &["was", "were", "it", "only", "then", "finally"]));
    let launched = is(verb, &["opened", "inaugurated", "launched"]);
    free.then_some(if launched { ProjectStatus::Launched } else { ProjectStatus::Completed })
}

/// "The bridge is nearly complete", "stands 96 % finished": how far it is, and that it is not there yet.
pub(super) fn nearly(context: &Context<'_, '_>, name: Mark, status: ProjectStatus) -> ProjectStatus {
    const REACH: u32 = 16;
    const DONE: [&str; 5] = ["complete", "completed", "finished", "ready", "built"];
    const NEARLY: [&str; 11] = [
        "nearly",
        "almost",
        "virtually",
        "practically",
        "partly",
        "partially",
        "half",
        "percent",
        "cent",
        "%",
        "but",
    ];
    let reading = context.reading;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let end = reading.sentence(reading.sentence_at(name.start)).end_token.min(name.end + REACH);
    let done = (name.end..end).find(|t| is(*t, &DONE)).filter(|_| status == ProjectStatus::Completed);
    // "All but finished", but no other "but".
    let near = |t: u32| is(t - 1, &NEARLY) && (!is(t - 1, &["but"]) || is(t.saturating_sub(2), &["all"]));
    // "A hundred per cent complete".
    let whole = |t: u32| is(t.saturating_sub(2), &["100"]) || is(t.saturating_sub(3), &["100"]);
    if done.is_some_and(|t| near(t) && !whole(t)) { ProjectStatus::UnderWay } else { status }
}

/// The stage of what is done already, as that of something to come.
pub(super) fn to_come(status: ProjectStatus) -> ProjectStatus {
    use ProjectStatus::{Completed, Launched, UnderWay};
    if matches!(status, Completed | Launched | UnderWay) { ProjectStatus::Planned } else { status }
}

/// The stage of a project of which the rule knows none.
pub(super) fn stage(context: &Context<'_, '_>, name: Mark) -> ProjectStatus {
    if agreed_on(context, name) {
        return ProjectStatus::Agreed;
    }
    let index = context.reading.sentence_at(name.start);
    let inherited = || context.portfolio.filter(|(_, at)| index <= at + MEMBERS).map(|(status, _)| status);
    let reading = context.reading;
    // "The corridor, announced by both on Friday, will link": the clause closes before what it is to do.
    let closed =
        || (name.end + 1..name.end + STAGE_REACH.1).find(|t| reading.is(*t, ",")).map_or(name.end, |t| t + 1);
    let at = if reading.is(name.end, ",") { closed() } else { name.end };
    let to_come = || meant(reading, at).then_some(ProjectStatus::Planned);
    let gets = || will_have(reading, name).then_some(ProjectStatus::Planned);
    stage_behind(context, name)
        .or_else(to_come)
        .or_else(gets)
        .or_else(|| stage_before(context, name))
        .or_else(|| context.project.filter(|(_, at)| *at == index).map(|(status, _)| status))
        .or_else(inherited)
        .or_else(|| of_lead(context, index))
        .unwrap_or(ProjectStatus::Unknown)
}

/// "Will have a second crossing", "is to get a bridge".
fn will_have(reading: &Reading<'_>, name: Mark) -> bool {
    const NEAR: u32 = 5;
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let first = reading.sentence(reading.sentence_at(name.start)).first_token;
    let near = name.start.saturating_sub(NEAR).max(first + 1)..name.start;
    near.into_iter()
        .any(|t| is(t, &["have", "get", "receive"]) && is(t - 1, &["will", "would", "to", "shall"]))
}

/// "Will", "is to", "is intended to" right behind a project: what it does is still to come.
fn meant(reading: &Reading<'_>, at: u32) -> bool {
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let to_come =
        ["to", "intended", "meant", "designed", "expected", "due", "set", "planned", "slated", "supposed"];
    is(at, &["will", "would", "shall", "could", "should"]) || is(at, &["is", "are"]) && is(at + 1, &to_come)
}

/// The stage that the line before a list of works gives to each: "works to be financed include:", "the following
/// projects were agreed on:".
pub(super) fn of_lead(context: &Context<'_, '_>, index: usize) -> Option<ProjectStatus> {
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
            || (reading.back(m.start, 2)..m.start).any(|t| reading.starts(t, c.aux).is_some())
    };
    let marks = [c.project_state, c.project_stage, c.project_verb]
        .into_iter()
        .flat_map(|class| reading.within(name.end, end, class).filter(passive))
        // "For which both have put up $25 million": what was done is paying.
        .filter(|m| !negated(context, *m) && reading.starts(m.end, c.money).is_none())
        // "Before the end of August".
        .filter(|m| !(reading.is(m.start, "end") && reading.is(m.end, "of")));
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
pub(super) fn negated(context: &Context<'_, '_>, mark: Mark) -> bool {
    let reading = context.reading;
    reading.within(reading.back(mark.start, 3), mark.start, reading.classes.neg).next().is_some()
}

/// What the word of a stage says where it stands: behind "will" or "to be" it is still to come.
fn status_at(context: &Context<'_, '_>, mark: Mark) -> Option<ProjectStatus> {
    let reading = context.reading;
    let before = reading.back(mark.start, 3)..mark.start;
    let modal = ["will", "would", "shall", "should", "could", "must", "to"];
    // "The line to Lomé was completed": a finite verb of its own, whatever "to" stands in the name before it.
    let finite = ["is", "are", "was", "were", "has", "have", "had"].iter().any(|w| reading.is(mark.start, w));
    // "Once completed, it will be the largest": it is not yet.
    let awaited =
        !finite && mark.start > 0 && ["once", "when", "until"].iter().any(|w| reading.is(mark.start - 1, w));
    let ahead = !finite && before.clone().any(|t| modal.iter().any(|w| reading.is(t, w)))
        || awaited
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
