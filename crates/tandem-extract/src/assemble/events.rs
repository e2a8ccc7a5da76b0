//! Meetings: who met whom, where, when, and whether it took place.

use tandem_model::{Body, Mark, Meeting, MeetingStatus, MeetingType, Period};

use super::days::{date, moved_to, past_aside, to_come, was_due, whole_year};
use super::papers::parties_of;
use super::places::{names_a_building, place};
use super::{Context, Filled};
use crate::reading::Reading;

/// A meeting.
pub(super) fn meeting(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let kind = context.word(filled, "type", "type").and_then(|w| MeetingType::from_word(&w))?;
    let kind = if of_body(context, filled.head) { MeetingType::Commission } else { kind };
    // "The interagency-led Dialogue": a compound, no verb.
    let first = filled.found.start;
    let prefixed = ["co", "re"].iter().any(|w| reading.is(first.wrapping_sub(2), w));
    let verb = reading.starts_any(first, reading.classes.masks.verbs) || reading.is(first, "led");
    let compound = verb && !prefixed && matches!(reading.word(first.wrapping_sub(1)), "-" | "–");
    if compound
        || inside_longer(reading, filled.head)
        || inside_bloc(reading, filled.head)
        || a_welcome(reading, filled.head)
        || beside(reading, filled.head)
        || visit_noun(reading, filled.head)
        || !has_guest(context, filled.head)
        || years_of(reading, filled.head)
        || talks_to(reading, filled.head)
        || habitual(reading, filled.head)
        || !really_met(reading, filled.head)
    {
        return None;
    }
    let index = reading.sentence_at(filled.head.start);
    let date = date(context, filled, index).or_else(|| {
        // Sessions are told by their year; talks of some year are told elsewhere.
        let session = matches!(kind, MeetingType::Commission | MeetingType::Summit);
        let end = reading.sentence(index).end_token;
        let scheduled = status(context, filled, None) == MeetingStatus::Scheduled;
        if session || scheduled { whole_year(context, end, filled.head) } else { None }
    });
    let parties = meeting_parties(context, filled);
    let kind = if kind == MeetingType::Talks && leaders_gather(reading, filled, &parties) {
        MeetingType::Summit
    } else {
        kind
    };
    let status = status(context, filled, date);
    let date = match status {
        MeetingStatus::Scheduled => {
            moved_to(context, filled.head).or_else(|| date.and_then(|day| to_come(context, day, index)))
        }
        MeetingStatus::Cancelled => date.and_then(|day| was_due(context, filled.head, day)),
        MeetingStatus::Held => date,
    };
    let body = Meeting {
        kind,
        participants: participants(context, filled, index, long_past(context, date)),
        // Nobody travels to telephone.
        place: if kind == MeetingType::Call { None } else { place(context, filled, index) },
        date,
        status,
    };
    (said_enough(context, filled, &body) && ours(context, &parties)).then_some((Body::Meeting(body), parties))
}

/// Leaders of three countries and more, or of blocs, who meet: a summit.
fn leaders_gather(reading: &Reading<'_>, filled: &Filled<'_>, parties: &[String]) -> bool {
    let c = reading.classes;
    let bloc = parties.iter().any(|code| code.len() != 2);
    let words = ["leaders", "presidents", "heads"];
    let subject = (filled.found.start..filled.head.start).any(|t| words.iter().any(|w| reading.is(t, w)));
    filled.head.class == c.meet_verb && subject && (bloc || parties.len() >= 3)
}

/// Held, scheduled or cancelled: what the rule read, and a day after the article's is still to come.
fn status(context: &Context<'_, '_>, filled: &Filled<'_>, date: Option<Period>) -> MeetingStatus {
    let said = context
        .word(filled, "status", "status")
        .and_then(|w| MeetingStatus::from_word(&w))
        .unwrap_or(MeetingStatus::Held);
    if moved_to(context, filled.head).is_some() {
        return MeetingStatus::Scheduled;
    }
    if was_to_have(context.reading, filled.head) {
        return MeetingStatus::Cancelled;
    }
    if called_off(context, filled.head) {
        let put_off = later_date(context, filled.head);
        return if put_off { MeetingStatus::Scheduled } else { MeetingStatus::Cancelled };
    }
    if said == MeetingStatus::Held
        && (still_to_come(context.reading, filled.head) || ahead(context.reading, filled.head))
    {
        return MeetingStatus::Scheduled;
    }
    let later = date.zip(context.reading.dating.date).is_some_and(|(day, today)| day.first() > today);
    if said == MeetingStatus::Held && later { MeetingStatus::Scheduled } else { said }
}

/// "The leaders were to have met in May": they did not.
fn was_to_have(reading: &Reading<'_>, head: Mark) -> bool {
    let is = |back: u32, word: &str| head.start >= back && reading.is(head.start - back, word);
    is(1, "have") && is(2, "to") && (is(3, "were") || is(3, "was"))
        || is(1, "been") && is(2, "have") && is(3, "to") && (is(4, "were") || is(4, "was"))
}

/// "Will call on the president and meet the minister": the modal is the second verb's too.
fn still_to_come(reading: &Reading<'_>, head: Mark) -> bool {
    const REACH: u32 = 20;
    let c = reading.classes;
    let bare = ["meet", "hold", "have", "visit", "receive", "host", "attend", "chair", "co", "pay", "call"];
    let joined = head.start > 0 && reading.is(head.start - 1, "and");
    if !joined || !bare.iter().any(|w| reading.is(head.start, w)) {
        return false;
    }
    let first = reading.sentence(reading.sentence_at(head.start)).first_token;
    let from = head.start.saturating_sub(REACH).max(first);
    reading.within(from, head.start, c.modal).next().is_some()
}

/// "The meeting to take place in May", "the talks due to be held in Accra": what follows the noun has it ahead.
fn ahead(reading: &Reading<'_>, head: Mark) -> bool {
    let c = reading.classes;
    head.class == c.meeting
        && reading.starts(head.end, c.to).is_some()
        && reading.starts_any(head.end + 1, c.bit(c.hold_verb))
}

/// "Postponed to June", "put off until next week": a day to come is named for it.
fn later_date(context: &Context<'_, '_>, head: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(head.start)).end_token;
    reading.within(head.start, end.min(head.end + 14), c.cancelled).any(|m| {
        let led = ["to", "until", "till"].iter().any(|w| reading.is(m.end, w));
        led && (m.end + 1..m.end + 4)
            .any(|t| [c.day, c.period].iter().any(|k| reading.starts(t, *k).is_some()))
    })
}

/// Whether the meeting is called off: "cancelled his visit", "the visit has been postponed".
fn called_off(context: &Context<'_, '_>, head: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(head.start));
    let behind = past_aside(reading, head.end, sentence.end_token);
    let near = |m: &Mark| {
        let (from, to) =
            if m.start < head.start { (m.end, head.start) } else { (behind.min(m.start), m.start) };
        let crossed =
            [c.meeting, c.clause_end].iter().any(|class| reading.within(from, to, *class).next().is_some());
        !crossed && to.saturating_sub(from) <= 8
    };
    let (from, to) =
        (head.start.saturating_sub(10).max(sentence.first_token), (behind + 11).min(sentence.end_token));
    reading
        .within(from, to, c.cancelled)
        .any(|m| near(&m) && reading.within(reading.back(m.start, 2), m.start, c.neg).next().is_none())
}

/// Whether a statement concerns relations at all: two parties, or a bloc other than the EU by itself.
pub(crate) fn concerns(parties: &[String]) -> bool {
    let bloc = |code: &String| {
        code != "EU" && code != "UN" && (code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()))
    };
    parties.len() >= 2 || parties.iter().any(bloc)
}

/// Whether statements of these parties are the ledger's: relations, and not a sports report.
pub(super) fn ours(context: &Context<'_, '_>, parties: &[String]) -> bool {
    concerns(parties) && !context.sporting
}

/// Whether a text is a sports report.
pub(super) fn sporting(reading: &Reading<'_>) -> bool {
    let sport = reading.within(0, reading.doc.tokens.len() as u32, reading.classes.sport).count();
    sport >= 3 && sport * 3 >= reading.doc.sentences.len()
}

/// Whether "visit" is the noun: "his first visit to Kenya" is no verb.
fn visit_noun(reading: &Reading<'_>, head: Mark) -> bool {
    let c = reading.classes;
    let single = head.class == c.visit_go
        && head.end == head.start + 1
        && reading.starts(head.start, c.meeting).is_some();
    let before = head.start.saturating_sub(1);
    let verbal =
        [c.aux, c.to, c.adverb, c.rel, c.conj].iter().any(|class| reading.starts(before, *class).is_some())
            || [c.who, c.title, c.leader_title].iter().any(|class| reading.covered(before, *class));
    single && !verbal
}

/// "Meeting" inside "news conference", "board meeting": the longer phrase decides.
fn inside_longer(reading: &Reading<'_>, head: Mark) -> bool {
    let class = reading.classes.meeting;
    let longer = |m: &Mark| {
        m.class == class
            && m.start <= head.start
            && m.end >= head.end
            && m.end - m.start > head.end - head.start
    };
    let from = reading.marks.partition_point(|m| m.start + 8 < head.start);
    reading.marks[from..].iter().take_while(|m| m.start <= head.start).any(longer)
}

/// "The Pacific Islands Forum Leaders Meeting": the forum is the name of the bloc, and the meeting stands behind it.
fn inside_bloc(reading: &Reading<'_>, head: Mark) -> bool {
    const REACH: u32 = 3;
    let c = reading.classes;
    let name = reading.within(reading.back(head.start, 6), head.end, c.bloc).find(|m| m.end == head.end);
    name.is_some_and(|m| reading.within(m.end, m.end + REACH, c.meeting).next().is_some())
}

/// "The fraternal welcome", "his host": nouns.
fn a_welcome(reading: &Reading<'_>, head: Mark) -> bool {
    let c = reading.classes;
    let noun = head.end == head.start + 1 && ["welcome", "host"].iter().any(|w| reading.is(head.start, w));
    let det = |t: u32| reading.starts(t, c.det).is_some();
    let person = |t: u32| [c.who, c.title, c.leader_title].iter().any(|class| reading.covered(t, *class));
    let before = head.start.saturating_sub(1);
    noun && head.start > 1
        && (det(before) || det(before - 1) && !person(before) && !reading.word(before).ends_with('s'))
}

/// "On the sidelines of the … session": where two met, not their meeting.
fn beside(reading: &Reading<'_>, head: Mark) -> bool {
    let from =
        head.start.saturating_sub(8).max(reading.sentence(reading.sentence_at(head.start)).first_token);
    let aside = (from..head.start).rev().find(|t| reading.is(*t, "sidelines") || reading.is(*t, "margins"));
    // "In the margins of the committee, the minister held talks": a clause of its own.
    aside.is_some_and(|at| !(at..head.start).any(|t| reading.is(t, ",")))
}

/// "The ambassador, NAME, talks to the paper": a verb.
fn talks_to(reading: &Reading<'_>, head: Mark) -> bool {
    head.end == head.start + 1
        && reading.is(head.start, "talks")
        && reading.is(head.end, "to")
        && reading.starts(head.end + 1, reading.classes.action_verb).is_none()
}

/// "The ministers meet at least twice a year", "holds its sessions every two years": a habit, and no meeting.
fn habitual(reading: &Reading<'_>, head: Mark) -> bool {
    const REACH: u32 = 6;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let near = (head.end..head.end + REACH).take_while(|t| !reading.is(*t, ",") && !reading.is(*t, "."));
    near.into_iter().any(|t| {
        is(t, &["annually", "regularly"])
            || is(t, &["every", "each"])
                && (is(t + 1, &["year", "month", "quarter"]) || is(t + 2, &["years", "months"]))
            || is(t, &["once", "twice", "times"])
                && is(t + 1, &["a", "every"])
                && is(t + 2, &["year", "month", "two"])
    })
}

/// "After 17 years of talks": a time, and no meeting.
fn years_of(reading: &Reading<'_>, head: Mark) -> bool {
    let spans = ["years", "months", "weeks", "decades", "rounds"];
    let before = (reading.back(head.start, 5)..head.start).rev();
    let of = before.into_iter().find(|t| reading.is(*t, "of") || reading.closed(*t));
    of.is_some_and(|of| of > 0 && reading.is(of, "of") && spans.iter().any(|w| reading.is(of - 1, w)))
}

/// "Called on the prime minister" is a visit, "called on the prime minister to act" an appeal.
fn called_on(reading: &Reading<'_>, head: Mark) -> bool {
    const PERSON: u32 = 12;
    let c = reading.classes;
    let near = (head.end..head.end + 3)
        .any(|t| [c.who, c.title, c.leader_title].iter().any(|class| reading.starts(t, *class).is_some()));
    let end = reading.sentence(reading.sentence_at(head.start)).end_token.min(head.end + PERSON);
    let asks = |t: u32| reading.is(t, "to") && reading.starts(t + 1, c.action_verb).is_some();
    near && !(head.end..end).any(asks)
}

/// Words behind a "met" that needs no object.
const HOW: [&str; 10] = [
    "and",
    "next",
    "online",
    "virtually",
    "today",
    "yesterday",
    "here",
    "separately",
    "briefly",
    "privately",
];

/// Whether "meet" has people for its object: not a target, a need, a demand.
fn really_met(reading: &Reading<'_>, head: Mark) -> bool {
    let c = reading.classes;
    if reading.is(head.end - 1, "on") && reading.word(head.start).to_lowercase().starts_with("call") {
        return called_on(reading, head);
    }
    if head.class != c.meet_verb
        || head.end > head.start + 1
        || !reading.word(head.start).to_lowercase().starts_with("me")
    {
        return true;
    }
    let before = head.start.saturating_sub(1);
    let gerund =
        reading.is(before, ",") || [c.aux, c.adverb].iter().any(|k| reading.starts(before, *k).is_some());
    let opens = head.start == reading.sentence(reading.sentence_at(head.start)).first_token
        && ["with", "in", "at", "on"].iter().any(|w| reading.is(head.end, w));
    let noun = reading.is(head.start, "meeting") && !opens && (!gerund || reading.capital(head.start));
    if noun {
        return false;
    }
    let next = head.end;
    let own_subject = [c.meeting, c.body_np].iter().any(|k| {
        reading.within(reading.back(head.start, 6), head.start, *k).any(|m| m.end + 1 >= head.start)
    });
    if own_subject && reading.within(next, next + 5, c.who).next().is_none() {
        return false;
    }
    let person = [c.who, c.title, c.leader_title, c.country, c.country_adj, c.demonym, c.body];
    let goals = [
        "target",
        "targets",
        "need",
        "needs",
        "demand",
        "deadline",
        "goal",
        "goals",
        "criteria",
        "requirements",
        "standards",
        "conditions",
        "challenge",
        "challenges",
        "expectations",
    ];
    if (next..next + 4).any(|t| goals.iter().any(|w| reading.is(t, w))) {
        return false;
    }
    let reaches = person.iter().any(|class| reading.within(next, next + 5, *class).next().is_some());
    let free = !reading.is_word(next)
        || [c.prep, c.to, c.adverb, c.pron, c.day, c.period, c.with]
            .iter()
            .any(|class| reading.starts(next, *class).is_some())
        || HOW.iter().any(|w| reading.is(next, w));
    reaches || free && !reading.is(next, "or")
}

/// Whether a bare mention says enough: a meeting to come needs a time, a place, or whose it is.
fn said_enough(context: &Context<'_, '_>, filled: &Filled<'_>, body: &Meeting) -> bool {
    if body.place.is_some() || body.date.is_some() || body.status != MeetingStatus::Scheduled {
        return true;
    }
    let reading = context.reading;
    let c = reading.classes;
    let noun = reading.word(filled.head.end - 1);
    let one = ["talks", "consultations", "negotiations", "discussions"];
    let plural = noun.ends_with('s') && !one.iter().any(|w| noun.eq_ignore_ascii_case(w));
    let sentence = reading.sentence(reading.sentence_at(filled.head.start));
    let reach = if context.attribute(filled.head, "visit").is_some() { 12 } else { 5 };
    let from = filled.head.start.saturating_sub(reach).max(sentence.first_token);
    let to = (filled.head.end + 9).min(sentence.end_token);
    let whose = [c.who, c.bloc, c.body_np, c.country, c.country_adj, c.title, c.leader_title]
        .iter()
        .any(|class| reading.within(from, to, *class).next().is_some());
    !plural && whose
}

/// Whether a meeting is that of a standing body: "the 9th meeting of the … Commission", "the
/// Commission's next meeting".
fn of_body(context: &Context<'_, '_>, head: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let noun = matches!(
        reading.word(head.end - 1).to_ascii_lowercase().as_str(),
        "meeting" | "session" | "sitting" | "round" | "talks" | "consultations"
    );
    let after = reading.is(head.end, "of")
        && reading.within(head.end, head.end + 14, c.body_np).next().is_some_and(|m| m.start <= head.end + 3);
    let before = (reading.back(head.start, 3)..head.start).any(|t| {
        matches!(reading.word(t), "’s" | "'s" | "’")
            && ["commission", "committee", "council", "cabinet", "mechanism", "platform", "assembly"]
                .iter()
                .any(|w| t > 0 && reading.is(t - 1, w))
    });
    noun && (after || before || its_own(context, head).is_some())
}

/// The body whose meeting "its fourth meeting" is: the last one named in the sentences right before.
fn its_own(context: &Context<'_, '_>, head: Mark) -> Option<String> {
    let reading = context.reading;
    let c = reading.classes;
    let index = reading.sentence_at(head.start);
    let from = head.start.saturating_sub(3).max(reading.sentence(index).first_token);
    let own = (from..head.start).any(|t| reading.is(t, "its") || reading.is(t, "whose"));
    // "Its 11th meeting" can be of nothing but a body, be it named further up.
    let numbered = (from..head.start).any(|t| ["th", "st", "nd", "rd"].iter().any(|e| reading.ends(t, e)));
    let first = reading.sentence(index.saturating_sub(if numbered { 8 } else { 2 })).first_token;
    let body = || reading.within(first, head.start, c.body_np).last().map(|m| reading.thing(m).name.clone());
    own.then(body).flatten()
}

/// A visit needs a visitor: tourists' trips and study tours are no meetings.
fn has_guest(context: &Context<'_, '_>, head: Mark) -> bool {
    let reading = context.reading;
    if context.attribute(head, "visit").is_none() {
        return true;
    }
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(head.start));
    // "During his visit", of somebody told before.
    let his = head.start > 0 && reading.starts(head.start - 1, c.pronoun_he).is_some();
    let group = |t: u32| ["delegation", "mission", "delegates", "officials"].iter().any(|w| reading.is(t, w));
    his || (sentence.first_token..head.start).any(group)
        || [c.who, c.leader_title, c.title]
            .iter()
            .any(|class| reading.within(sentence.first_token, sentence.end_token, *class).next().is_some())
}

/// A bloc's own meeting is the bloc's; otherwise the passage's parties.
fn meeting_parties(context: &Context<'_, '_>, filled: &Filled<'_>) -> Vec<String> {
    let reading = context.reading;
    let (from, to) = (reading.back(filled.head.start, 6), filled.head.end + 7);
    let sentence = reading.sentence(reading.sentence_at(filled.head.start));
    let blocs: Vec<String> = reading
        .within(from.max(sentence.first_token), to.min(sentence.end_token), reading.classes.bloc)
        .filter(|m| !names_a_building(reading, *m) && !context.parties.codes(m.start, m.end).is_empty())
        .filter_map(|m| reading.entry(m).get("party").map(str::to_owned))
        .flat_map(|c| c.split([',', '|', '+']).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    if let Some(goal) = filled.mark("place").and_then(|m| context.attribute(m, "code")) {
        return journey(context, filled, goal);
    }
    let persons = guests(context, filled);
    if persons.len() >= 2 {
        return persons;
    }
    if let [guest] = persons.as_slice()
        && let Some(both) = visit_to(context, filled, guest)
    {
        return both;
    }
    if blocs.is_empty()
        || filled.head.class == reading.classes.meet_verb
        || context.attribute(filled.head, "visit").is_some()
    {
        return match persons.as_slice() {
            [guest] if pronoun_met(context, filled) => context.parties.partner(guest),
            _ => of_pair(context, filled, parties_of(context, filled.found.start, filled.found.end)),
        };
    }
    let mut all = blocs;
    all.extend(beside_bloc(context, filled.head));
    all.extend(
        context
            .parties
            .named(filled.head.start.saturating_sub(10).max(sentence.first_token), filled.head.end)
            .into_iter()
            .filter(|_| {
                reading
                    .within(from.max(sentence.first_token), filled.head.end, reading.classes.host)
                    .next()
                    .is_some()
            })
            .map(|(_, c)| c),
    );
    all.sort();
    all.dedup();
    all
}

/// "A three-day visit to Alvaria by President NAME" of Borland: the guest's country and the one visited, whomever else the
/// article is about.
fn visit_to(context: &Context<'_, '_>, filled: &Filled<'_>, guest: &str) -> Option<Vec<String>> {
    let reading = context.reading;
    context.attribute(filled.head, "visit")?;
    let at = filled.head.end;
    let goal = (reading.is(at, "to")).then(|| reading.starts(at + 1, reading.classes.country)).flatten()?;
    let goal = reading.entry(goal).get("code")?;
    let mut both = vec![guest.to_owned(), goal.to_owned()];
    both.sort();
    (guest != goal).then_some(both)
}

/// "The two heads of state … the ideals of a bloc": whom "the two" are is known, whatever else the sentence names.
fn of_pair(context: &Context<'_, '_>, filled: &Filled<'_>, parties: Vec<String>) -> Vec<String> {
    let reading = context.reading;
    let pair = &context.parties.pair;
    let two = reading
        .within(filled.found.start, filled.head.start, reading.classes.group)
        .any(|m| (m.start..m.end).any(|t| reading.is(t, "two") || reading.is(t, "both")));
    let wider = parties.len() > 2 && pair.len() == 2 && pair.iter().all(|code| parties.contains(code));
    if two && wider { pair.clone() } else { parties }
}

/// "He also met the Prime Minister of Alvaria": the host's country stands in no sentence near, it is the article's.
fn pronoun_met(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(filled.head.start)).first_token;
    reading.starts(first, reading.classes.pronoun_he).is_some() && filled.found.start <= first + 1
}

/// Countries that stand in one compound with a bloc in a meeting's name: "the ASEAN-Alvaria Summit", "the Alvaria–SADC
/// forum".
fn beside_bloc(context: &Context<'_, '_>, head: Mark) -> Vec<String> {
    const NAME: u32 = 7;
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(head.start)).first_token;
    let (from, to) = (head.start.saturating_sub(NAME).max(first), head.start);
    let dash = |t: u32| matches!(reading.word(t), "-" | "–" | "—" | "/");
    let blocs: Vec<Mark> = reading.within(from, to, reading.classes.bloc).collect();
    let joined = |at: u32| {
        let behind = |b: &Mark| b.end + 1 == at && dash(b.end);
        let ahead = |b: &Mark| b.start > at && b.start - at <= 3 && dash(b.start - 1);
        blocs.iter().any(|b| behind(b) || ahead(b))
    };
    let named = context.parties.named(from, to).into_iter();
    named.filter(|(at, _)| joined(*at)).map(|(_, code)| code).collect()
}

/// The traveller's country and the one travelled to; nobody travels abroad within his own.
fn journey(context: &Context<'_, '_>, filled: &Filled<'_>, goal: String) -> Vec<String> {
    let mut codes = people(context, filled.found.start, filled.head.start);
    if codes.contains(&goal) {
        return Vec::new();
    }
    if codes.is_empty() {
        codes = parties_of(context, filled.found.start, filled.found.end);
    }
    codes.push(goal);
    codes.sort();
    codes.dedup();
    codes
}

/// The countries of the persons in the match and right behind it, when offices or tables tell them.
fn guests(context: &Context<'_, '_>, filled: &Filled<'_>) -> Vec<String> {
    /// Tokens behind the match within which two guests stand, and those beside them.
    const NEAR: u32 = 9;
    const LIST: u32 = 14;
    let end = context.reading.sentence(context.reading.sentence_at(filled.head.start)).end_token;
    let from = listed_from(context.reading, filled.found.start);
    let near = people(context, from, (filled.found.end + NEAR).min(end));
    if near.len() < 2 { near } else { people(context, from, (filled.found.end + LIST).min(end)) }
}

/// Where the list of persons starts that a match may have cut: "A, B and C met".
fn listed_from(reading: &Reading<'_>, start: u32) -> u32 {
    const GAP: u32 = 5;
    let c = reading.classes;
    let first = reading.sentence(reading.sentence_at(start)).first_token;
    let mut from = start;
    loop {
        let Some(before) = reading.within(from.saturating_sub(12).max(first), from, c.who).last() else {
            return from;
        };
        let joined = from - before.end <= GAP
            && (before.end..from).any(|t| reading.is(t, ","))
            && (before.end..from).all(|t| {
                reading.is(t, ",")
                    || reading.capital(t)
                    || [c.title, c.country_adj].iter().any(|k| reading.covered(t, *k))
            });
        if !joined {
            return from;
        }
        from = before.start;
    }
}

/// The countries of the persons between two tokens, when offices or tables tell them.
fn people(context: &Context<'_, '_>, from: u32, to: u32) -> Vec<String> {
    let reading = context.reading;
    let people = reading.within(from, to, reading.classes.who);
    let mut codes: Vec<String> = people.filter_map(|m| reading.thing(m).codes.first().cloned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Whether a meeting was in another year than the report: whoever the report names need not have been there.
fn long_past(context: &Context<'_, '_>, date: Option<Period>) -> bool {
    let written = context.reading.dating.date;
    date.zip(written).is_some_and(|(day, written)| {
        day.last().year() < written.year() && {
            let days = i64::from((written - day.last()).get_days());
            days > 90
        }
    })
}

/// Persons named in the sentence; "the two leaders" are the article's.
fn participants(context: &Context<'_, '_>, filled: &Filled<'_>, index: usize, past: bool) -> Vec<String> {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let mut people: Vec<String> = Vec::new();
    for mark in reading.within(sentence.first_token, sentence.end_token, c.who) {
        add(&mut people, reading.thing(mark).name.clone());
    }
    // "Discussed the opening of a consulate": what they spoke of or opened was no guest.
    let gathering =
        [c.meeting, c.meet_verb, c.hold_verb, c.body_np, c.body_name].contains(&filled.head.class);
    let near = (filled.head.start.saturating_sub(1), filled.head.end + 10);
    for mark in reading.within(near.0, near.1, c.body_np).filter(|_| gathering) {
        add(&mut people, reading.thing(mark).name.clone());
    }
    // "The session of the Joint Commission" is the commission's own.
    let known = |name: &String| people.iter().any(|p| name.ends_with(p.as_str()));
    let of_body = |name: &String| {
        people.iter().any(|p| name.rsplit(" of the ").next().is_some_and(|body| p.starts_with(body)))
    };
    let own = own_name(reading, filled.head).filter(|name| !known(name) && !of_body(name));
    own.into_iter().for_each(|name| add(&mut people, name));
    if people.is_empty() {
        its_own(context, filled.head).into_iter().for_each(|body| add(&mut people, body));
    }
    if people.is_empty() {
        for mark in reading.within(sentence.first_token, sentence.end_token, c.leader_title) {
            if reading.is(mark.end, "of") && people.is_empty() {
                let inside =
                    |t: u32| reading.capital(t) || ["of", "the", "both"].iter().any(|w| reading.is(t, w));
                let end = (mark.end..(mark.end + 8).min(sentence.end_token)).find(|t| !inside(*t));
                add(&mut people, reading.words(mark.start, end.unwrap_or(mark.end + 1)));
            }
        }
    }
    // Else those whom the article named first; but a delegation is somebody else.
    let sent = (filled.found.start..filled.head.end)
        .any(|t| ["delegation", "delegations", "mission"].iter().any(|w| reading.is(t, w)));
    if people.is_empty() && !sent && !past {
        for mark in reading.marks.iter().filter(|m| m.class == c.who && m.start < sentence.end_token).take(2)
        {
            add(&mut people, reading.thing(*mark).name.clone());
        }
    }
    people
}

/// The name that a meeting itself bears: "the Alvaria–Borland Ministerial Forum".
fn own_name(reading: &Reading<'_>, head: Mark) -> Option<String> {
    const LONGEST: u32 = 8;
    let c = reading.classes;
    let last = head.end.checked_sub(1).filter(|t| head.class == c.meeting && reading.capital(*t))?;
    let first = reading.sentence(reading.sentence_at(head.start)).first_token;
    let part = |t: u32| {
        (reading.capital(t) || matches!(reading.word(t), "-" | "–"))
            && [c.det, c.who, c.day, c.period].iter().all(|class| reading.starts(t, *class).is_none())
    };
    let start = (first..head.start).rev().take(LONGEST as usize).take_while(|t| part(*t)).last();
    let start = start.unwrap_or(head.start);
    (start < last).then(|| reading.words(start, head.end))
}

/// Adds a name once.
fn add(people: &mut Vec<String>, name: String) {
    if !name.is_empty() && !people.contains(&name) {
        people.push(name);
    }
}
