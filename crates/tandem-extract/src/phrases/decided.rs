//! What was decided, told without a verb in the active: "red tape *is to be cut*", "*the opening of a bank* was
//! agreed on", and the items below "the sides agreed on the following:".
//!
//! Reports put half of what parties undertake this way. Such an act has no doer beside it, so the marks are kept
//! apart from those of [`super::acts`], whose rules all ask for one.

use tandem_model::{Mark, SentenceKind};

use super::acts::shorten;
use crate::reading::{Reading, Thing};

/// Longest act in tokens; longer ones are cut.
const LONGEST: u32 = 40;
/// How many items a list may have.
const LONGEST_LIST: usize = 40;
/// How far before "will be" or "were agreed on" the subject may begin, in tokens.
const SUBJECT: u32 = 40;

/// Marks DECIDED.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let sentences: Vec<usize> = reading.readable().collect();
    let mut found = Vec::new();
    for (position, index) in sentences.iter().enumerate() {
        passives(reading, *index, &mut found);
        nominals(reading, *index, &mut found);
        if let Some(verb) = leads_in(reading, *index) {
            let below = sentences[position + 1..].iter().take(LONGEST_LIST);
            let items = below.take_while(|i| reading.sentence(**i).kind == SentenceKind::Item);
            items.for_each(|i| item(reading, *i, verb, &mut found));
        }
    }
    found.sort_by_key(|t: &Thing| t.start);
    found.dedup_by_key(|t| t.start);
    reading.add_things(reading.classes.decided, found);
}

/// Whether a word of the sentence is of one of the classes, in a range.
fn holds(reading: &Reading<'_>, from: u32, to: u32, classes: &[tandem_model::ClassId]) -> bool {
    classes.iter().any(|class| reading.within(from, to, *class).next().is_some())
}

/// Whether what stands there is told as what it is (a paper, a project, a meeting, somebody), not as an act.
fn told(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    holds(
        reading,
        from,
        to,
        &[c.doc, c.doc_noun, c.project, c.project_noun, c.body_np, c.meeting, c.who, c.title],
    )
}

/// The end of what names the thing in a subject: its first preposition ("*joint research* on the agreement").
fn core(reading: &Reading<'_>, from: u32, to: u32) -> u32 {
    let prep = reading.classes.prep;
    (from + 1..to).find(|t| reading.starts(*t, prep).is_some()).unwrap_or(to)
}

/// Acts in the passive: "will be", "is to be", "must be" and the participle of an act.
fn passives(reading: &Reading<'_>, index: usize, found: &mut Vec<Thing>) {
    let c = reading.classes;
    let sentence = reading.sentence(index);
    if !reading.may_start_in(index, c.bit(c.action_verb)) {
        return;
    }
    for token in sentence.first_token + 2..sentence.end_token {
        if !reading.is(token, "be") {
            continue;
        }
        let adverb = u32::from(reading.starts(token + 1, c.adverb).is_some());
        let verb = reading.starts(token + 1 + adverb, c.action_verb);
        let Some(helper) = helper(reading, token) else { continue };
        let subject = subject(reading, helper, sentence.first_token);
        // Meetings and papers are told as such, with or without a word for them.
        let event = is_event(reading, token + 1 + adverb);
        if verb.is_some_and(|m| !reading.ends(m.start, "ing") && !event)
            && subject.is_some_and(|from| plain(reading, from, helper))
        {
            found.push(act(reading, token, sentence.end_token, None));
        }
    }
}

/// Whether a participle tells of a meeting or a paper: "will be held", "is to be signed".
fn is_event(reading: &Reading<'_>, token: u32) -> bool {
    ["held", "signed", "convened", "hosted"].iter().any(|w| reading.is(token, w))
}

/// The helper before "be": "will", "must", "is to".
fn helper(reading: &Reading<'_>, be: u32) -> Option<u32> {
    let one = ["will", "shall", "should", "must", "would"];
    let before = be - 1;
    let also = u32::from(reading.starts(before, reading.classes.adverb).is_some());
    let at = before.saturating_sub(also);
    if one.iter().any(|w| reading.is(at, w)) {
        return Some(at);
    }
    let two = at.saturating_sub(1);
    (reading.is(at, "to") && ["is", "are"].iter().any(|w| reading.is(two, w))).then_some(two)
}

/// Where the subject before a helper begins: behind the last comma, clause or "that".
pub(super) fn subject(reading: &Reading<'_>, helper: u32, first: u32) -> Option<u32> {
    let c = reading.classes;
    let ends = |t: u32| {
        matches!(reading.word(t), "," | ":" | ";")
            || reading.is_quote(t)
            || reading.starts(t, c.clause_end).is_some()
            || reading.starts(t, c.say_verb).is_some()
            || reading.is(t, "that") && told_that(reading, t)
    };
    let from = first.max(helper.saturating_sub(SUBJECT));
    let behind = |to: u32| (from..to).rev().find(|t| ends(*t)).map_or(from, |t| t + 1);
    let start = behind(helper);
    // "Barriers, particularly at the border, are to be removed".
    if start == helper && reading.is(helper - 1, ",") {
        let inserted = behind(helper - 1);
        let aside = ["particularly", "especially", "including", "notably", "above"]
            .iter()
            .any(|w| reading.is(inserted, w));
        let before = inserted.saturating_sub(1);
        return (aside && before > from).then(|| behind(before)).filter(|start| *start < before);
    }
    (start < helper).then_some(start)
}

/// Whether "that" opens what is said or resolved, not a clause on a noun ("the line *that* ends here").
fn told_that(reading: &Reading<'_>, that: u32) -> bool {
    let c = reading.classes;
    holds(reading, reading.back(that, 8), that, &[c.say_verb, c.commit_verb, c.stress_verb])
}

/// Whether a subject is a plain thing that something can be done with: no pronoun, nobody, nothing told elsewhere.
fn plain(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    let word =
        (from..to).any(|t| reading.is_word(t) && !reading.closed(t) && reading.starts(t, c.det).is_none());
    if (from..to).any(|t| reading.is(t, "what")) {
        return false;
    }
    let nobody = holds(
        reading,
        from,
        to,
        &[c.pronoun_he, c.pron, c.rel, c.money, c.quantity, c.percent, c.count, c.counted, c.neg],
    );
    let party = [c.country, c.group, c.bloc, c.side, c.capital].iter().any(|k| reading.covered(to - 1, *k));
    let alone = party && to - from <= 3;
    word && !nobody && !alone && !told(reading, from, core(reading, from, to))
}

/// Acts as the subject of what was decided: "the opening of branches was recommended".
fn nominals(reading: &Reading<'_>, index: usize, found: &mut Vec<Thing>) {
    let c = reading.classes;
    let sentence = reading.sentence(index);
    let first = sentence.first_token;
    let verbs: Vec<Mark> = reading.within(first + 2, sentence.end_token, c.commit_verb).collect();
    for verb in verbs {
        let Some(aux) = passive_of(reading, verb) else { continue };
        let these = ["these", "this", "all"].iter().any(|w| reading.is(aux - 1, w));
        let colon = (first..aux).find(|t| reading.is(*t, ":"));
        let (to, list) = match colon {
            Some(colon) if these => (colon, true),
            None if !these => (aux, false),
            _ => continue,
        };
        if to - first < LONGEST && to > first && impersonal(reading, first, to) {
            let parts = parts(reading, first, to, list);
            found.extend(parts.into_iter().map(|(a, b)| act(reading, a, b, Some(verb.entry))));
            return;
        }
    }
}

/// The auxiliary of a passive of an undertaking whose subject is what is undertaken.
fn passive_of(reading: &Reading<'_>, verb: Mark) -> Option<u32> {
    // Forms of "agreed on" and the first words of "one of the decisions", "among the decisions".
    const DONE: [&str; 9] =
        ["agreed", "recommended", "proposed", "suggested", "decided", "called", "promised", "pledged", "one"];
    let entry = reading.parts.lexicon.entry(verb.entry);
    let firm = entry.get("weak").is_none() && entry.get("strength") != Some("supported");
    let done = DONE.iter().any(|w| reading.is(verb.start, w)) || reading.is(verb.start, "among");
    let on = ["to", "that"].iter().any(|w| reading.is(verb.end, w));
    let mut at = verb.start.checked_sub(1)?;
    while reading.starts(at, reading.classes.adverb).is_some() {
        at = at.checked_sub(1)?;
    }
    let aux = ["was", "were", "is", "are"].iter().any(|w| reading.is(at, w));
    let been = reading.is(at, "been") && at > 0;
    (firm && done && !on && (aux || been)).then_some(if been { at - 1 } else { at })
}

/// Whether a subject is an act or a thing wished for, not a party, a person, a paper or a project.
fn impersonal(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    let start = from + u32::from(reading.starts(from, c.det).is_some());
    let parties = [
        c.country,
        c.group,
        c.bloc,
        c.side,
        c.capital,
        c.who,
        c.title,
        c.pron,
        c.pronoun_he,
        c.it_subject,
        c.prep,
    ];
    let party = parties
        .iter()
        .any(|class| reading.starts(start, *class).is_some() || reading.starts(from, *class).is_some());
    let finite = (from..to).any(|t| {
        reading.starts(t, c.aux).is_some()
            || reading.starts(t, c.say_verb).is_some()
            || reading.is(t, "there")
    });
    let figures = holds(reading, from, to, &[c.money, c.percent, c.quantity, c.count, c.counted, c.number])
        || reading.is(start, "what");
    !party && !finite && !figures && !told(reading, from, to)
}

/// A list lead-in: an undertaking shortly before the colon that ends the sentence. Gives its verb.
fn leads_in(reading: &Reading<'_>, index: usize) -> Option<Mark> {
    let c = reading.classes;
    let sentence = reading.sentence(index);
    let colon = sentence.end_token.checked_sub(1)?;
    if !reading.is(colon, ":") {
        return None;
    }
    // "Under the protocol, both sides will:"
    let modal = reading.within(colon.saturating_sub(1), colon, c.modal).last();
    let ours =
        || holds(reading, sentence.first_token, colon, &[c.country, c.group, c.side, c.capital, c.bloc]);
    if let Some(modal) = modal.filter(|m| reading.entry(*m).get("strength").is_some() && ours()) {
        return Some(modal);
    }
    let from = colon.saturating_sub(8).max(sentence.first_token);
    let verb = reading.within(from, colon, c.commit_verb).last()?;
    let entry = reading.parts.lexicon.entry(verb.entry);
    // What is only supported is listed as things: roads, principles.
    let firm = entry.get("weak").is_none() && entry.get("strength") != Some("supported");
    let other =
        holds(reading, verb.end, colon, &[c.doc_noun, c.project_noun, c.body_noun, c.meeting, c.say_verb]);
    (firm && !other).then_some(verb)
}

/// What an item of such a list says is to be done.
fn item(reading: &Reading<'_>, index: usize, verb: Mark, found: &mut Vec<Thing>) {
    let c = reading.classes;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let Some(start) = (first..end).find(|t| reading.is_word(*t) && reading.word(*t).chars().count() > 1)
    else {
        return;
    };
    let paper =
        holds(reading, start, (start + 4).min(end), &[c.doc_noun, c.meeting, c.project_noun, c.body_noun]);
    let told = holds(reading, start, end, &[c.say_verb, c.modal]);
    // "They praised the vote", "Chile is the main partner": a clause of its own, told with its verb.
    let pronoun = reading.starts(start, c.pron).is_some() || reading.starts(start, c.pronoun).is_some();
    let finite = ["is", "are", "was", "were", "has", "have", "had"];
    let clause = (start..end).any(|t| {
        finite.iter().any(|w| reading.is(t, w)) && !(start..t).any(|r| reading.starts(r, c.rel).is_some())
    });
    // "Raise the number of flights from 72 to 100" is a target.
    let numbers = [c.money, c.percent, c.count, c.number, c.counted];
    let target = reading.starts(start, c.reach_verb).is_some() && holds(reading, start, end, &numbers);
    let paper = paper || target;
    if !paper && !told && !pronoun && !clause && end - start >= 3 {
        let parts = parts(reading, start, end, false);
        found.extend(parts.into_iter().map(|(a, b)| act(reading, a, b, Some(verb.entry))));
    }
}

/// The acts of a chain of nouns: parted at "and" before another act, or, in a list, at each comma.
fn parts(reading: &Reading<'_>, from: u32, to: u32, list: bool) -> Vec<(u32, u32)> {
    let c = reading.classes;
    let acts = |t: u32| {
        let t = t + u32::from(reading.starts(t, c.det).is_some());
        reading.starts(t, c.action_noun).is_some() || reading.ends(t, "ing")
    };
    let and = |t: u32| reading.is(t, "and");
    let cut = |t: &u32| and(*t) && (list || acts(*t + 1)) || list && reading.is(*t, ",");
    let mut starts = vec![from];
    starts.extend((from + 1..to).filter(cut).map(|t| t + 1));
    let ends: Vec<u32> = starts.iter().skip(1).map(|s| s - 1).chain([to]).collect();
    let long = |(a, b): &(u32, u32)| b > a && (!list || b - a > 3);
    starts.into_iter().zip(ends).filter(long).collect()
}

/// The act from its first word to the end of its clause; `head` is the undertaking that governs it.
fn act(reading: &Reading<'_>, start: u32, end: u32, head: Option<u32>) -> Thing {
    let c = reading.classes;
    let passive = head.is_none();
    let last = end.min(start + LONGEST);
    let stops = |t: u32| {
        matches!(reading.word(t), "." | ";" | "!" | "?" | "”" | "»")
            || passive && (reading.starts(t, c.clause_end).is_some() || reading.is(t, ","))
    };
    let mut stop = (start + 1..last).find(|t| stops(*t)).unwrap_or(last);
    while stop > start + 1 && matches!(reading.word(stop - 1), "," | "and" | "-" | "\"") {
        stop -= 1;
    }
    Thing {
        name: shorten(reading, start, stop),
        start,
        end: stop,
        head,
        head_token: start,
        ..Thing::default()
    }
}
