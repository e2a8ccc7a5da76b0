//! Commitments and awards: what a party undertakes, and whom it honours.

use tandem_model::{Award, Body, Commitment, Mark, Strength};

use super::days::{said_day, time};
use super::events::ours;
use super::papers::{parties_of, thing};
use super::{Context, Filled};
use crate::discourse::deadlines;
use crate::discourse::namings::behind_dateline;

/// A commitment.
pub(super) fn commitment(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let act = with_noun(context, filled.mark("action")?);
    // What was decided without a doer beside it carries the verb that governs it.
    let strength =
        context.word(filled, "strength", "strength").or_else(|| context.attribute(act, "strength"));
    let strength = strength.and_then(|word| Strength::from_word(&word))?;
    let thing_will = strength == Strength::Promised && said_of_thing(context, act);
    if thing_will
        || goes_on(context, act)
        || soft(context, act, strength)
        || half_hearted(context, filled, act)
        || named_so(context, filled)
        || no_verb(context, filled)
        || of_paper(context, act)
        || invitation(context, filled, act)
        || only_meant_for(context, filled)
        || outsider(context, filled, act)
        || of_session(context, act)
    {
        return None;
    }
    let deadline = deadlines::of_act(reading, act);
    let (deadline, deadline_words) = deadline.map_or((None, None), |(d, w)| (Some(d), Some(w)));
    let body = Commitment {
        actors: actors(context, filled, act),
        action: thing(context, act).name,
        strength,
        deadline,
        deadline_words,
    };
    let parties = parties_of(context, filled.found.start, filled.found.end);
    ours(context, &parties).then_some((Body::Commitment(body), parties))
}

/// "Lifted its ban on Alvarian *potatoes*": words put together by a rule do not end before the noun of an adjective.
fn with_noun(context: &Context<'_, '_>, act: Mark) -> Mark {
    let reading = context.reading;
    let c = reading.classes;
    let adjective = reading.within(act.start, act.end, c.country_adj).any(|m| m.end == act.end);
    let country = reading.within(act.start, act.end, c.country).any(|m| m.end == act.end);
    let noun = reading.is_word(act.end) && !reading.closed(act.end);
    let cut = act.class == tandem_model::ClassId(u16::MAX) && adjective && !country && noun;
    if cut { Mark { end: act.end + 1, ..act } } else { act }
}

/// Whether "will" or "is to" stands behind a project, a document or a meeting: what those will do, nobody promises.
fn said_of_thing(context: &Context<'_, '_>, act: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let helpers = ["will", "shall", "would", "is", "are"];
    let helper = (act.start.saturating_sub(3)..act.start).find(|t| helpers.iter().any(|w| reading.is(*t, w)));
    let subject = helper.filter(|at| *at > 0).map(|at| at - 1);
    let things = [c.project, c.doc, c.meeting];
    // "The meeting between the ministers of Alvaria and Borland will deal with": it opens the sentence.
    let opens = |helper: u32| {
        let first = reading.sentence(reading.sentence_at(helper)).first_token;
        let thing =
            reading.between(first, helper).find(|m| things.contains(&m.class) && m.start <= first + 3)?;
        let alone = ![c.aux, c.finite, c.say_verb]
            .into_iter()
            .any(|k| reading.within(thing.end, helper, k).next().is_some());
        Some(alone)
    };
    subject.is_some_and(|t| things.into_iter().any(|class| reading.covered(t, class)))
        || helper.and_then(opens).unwrap_or_default()
}

/// "Agreed that the fifth session would take place in April": a meeting with its day, and no promise besides.
fn of_session(context: &Context<'_, '_>, act: Mark) -> bool {
    const OPENING: u32 = 4;
    const HELD: [&str; 4] = ["held", "hosted", "convened", "organised"];
    let reading = context.reading;
    let c = reading.classes;
    let end = (act.start + OPENING).min(act.end);
    let Some(meeting) = reading.within(act.start, act.end, c.meeting).find(|m| m.start < end) else {
        return false;
    };
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let takes = |t: u32| {
        is(t, &["will", "would", "shall", "should"])
            && (reading.starts(t + 1, c.hold_verb).is_some() || is(t + 1, &["be"]) && is(t + 2, &HELD))
    };
    (meeting.end..act.end).any(takes)
}

/// "Will continue to support": what goes on anyway, with nothing to check.
fn goes_on(context: &Context<'_, '_>, act: Mark) -> bool {
    const EMPTY: [&str; 12] = [
        "support",
        "help",
        "work",
        "assist",
        "stand",
        "cooperate",
        "collaborate",
        "encourage",
        "play",
        "seek",
        "explore",
        "enhance",
    ];
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(act.start)).first_token;
    let from = act.start.saturating_sub(5).max(first);
    let goes = (from..act.start).any(|t| {
        reading.is(t, "continue") && (from..t).any(|w| reading.is(w, "will") || reading.is(w, "would"))
    });
    goes && EMPTY.iter().any(|w| reading.is(act.start, w))
}

/// Words that undertake as verbs and here are something else: "Korea's *support* for efforts to reform", "the *proposed*
/// treaty to ease trade", "with the *aim* of easing trade".
fn no_verb(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let Some(verb) = filled.mark("strength") else { return false };
    let before = verb.start.saturating_sub(1);
    let owned =
        reading.starts(before, c.det).is_some() || reading.is(before, "'s") || reading.is(before, "’s");
    let is = |words: &[&str]| words.iter().any(|w| reading.is(verb.start, w));
    let adjective = is(&["proposed", "agreed", "promised", "pledged", "offered"]);
    let noun = is(&["support"]) && (reading.is(verb.end, "for") || reading.is(verb.end, "of"));
    let adverb =
        ["to", "home", "up", "by", "in", "at", "on", "from", "into", "of", "then", "when", "again", "-"];
    if is(&["back"]) && adverb.iter().any(|w| reading.is(verb.end, w)) {
        return true;
    }
    let counted = [c.count, c.number].into_iter().any(|class| reading.covered(before, class));
    let nouns = is(&["promises", "pledges", "plans", "demands", "offers", "requests", "agreed"]);
    if counted && nouns && verb.end == verb.start + 1 {
        return true;
    }
    let purpose = is(&["aim"]) && reading.is(verb.end, "of") && owned;
    verb.end == verb.start + 1 && (owned && (adjective || noun) || purpose)
}

/// What a paper will do, nobody promises: "the deal was signed in Rome *and will take* …", "signed a pact that will help
/// drivers *and will spare* them fees".
fn of_paper(context: &Context<'_, '_>, act: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let helpers = ["will", "would", "shall"];
    let will = |t: &u32| helpers.iter().any(|w| reading.is(*t, w));
    let Some(helper) = (reading.back(act.start, 3)..act.start).find(|t| will(t)) else { return false };
    let first = reading.sentence(reading.sentence_at(act.start)).first_token;
    if helper <= first + 1 || !reading.is(helper - 1, "and") {
        return false;
    }
    let relative = (first + 1..helper - 1)
        .any(|t| will(&t) && (reading.is(t - 1, "that") || reading.is(t - 1, "which")));
    let subject = [c.doc, c.project, c.meeting]
        .into_iter()
        .any(|class| reading.within(first, first + 4, class).any(|m| m.start <= first + 1));
    relative || subject
}

/// "Means to", "is ready to", "plans" of an act that nobody could check; "our plan is to" is no verb.
fn half_hearted(context: &Context<'_, '_>, filled: &Filled<'_>, act: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let Some(verb) = filled.mark("strength") else { return false };
    let noun = reading.starts(verb.start.saturating_sub(1), c.det).is_some() || reading.is(verb.end, "is");
    let plan = reading.word(verb.start).to_lowercase().starts_with("plan");
    let concrete =
        reading.starts(act.start, c.action_verb).is_some_and(|m| reading.entry(m).get("concrete").is_some());
    let weak = context.attribute(verb, "weak").is_some();
    // "Had planned to sign" did not come about.
    let undone = plan && reading.is(verb.start.saturating_sub(1), "had");
    let empty = [
        "work",
        "take",
        "stand",
        "cooperate",
        "continue",
        "help",
        "use",
        "keep",
        "support",
        "collaborate",
        "coordinate",
    ];
    let meant = plan || reading.word(verb.start).to_lowercase().starts_with("intend");
    // "The company plans to start production": a firm's own business.
    let firm = ["company", "firm", "manufacturer", "producer", "developer"]
        .iter()
        .any(|w| reading.is(verb.start.saturating_sub(1), w));
    if meant && (firm || domestic(context, act)) {
        return true;
    }
    weak && (undone || plan && noun || !concrete && empty.iter().any(|w| reading.is(act.start, w)))
}

/// Whether a sentence knows one country only, and no word for two: what a government plans at home is no undertaking
/// towards a partner.
fn domestic(context: &Context<'_, '_>, act: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(act.start));
    let (from, to) = (sentence.first_token, sentence.end_token);
    let within = |class| reading.within(from, to, class);
    let mut codes: Vec<&str> = [c.country, c.country_adj, c.demonym, c.capital, c.city, c.bloc]
        .into_iter()
        .flat_map(within)
        .filter_map(|m| reading.entry(m).get("code"))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let both = [c.group, c.side, c.who, c.pronoun, c.pron, c.body_np]
        .into_iter()
        .any(|class| within(class).next().is_some());
    let home = ["economy", "citizens", "nationwide", "domestic", "national", "poverty", "gdp", "its own"];
    let inward = (from..to).any(|t| home.iter().any(|w| reading.is(t, w)));
    codes.len() == 1 && !both && inward
}

/// "Strengthening cooperation" without an act that could be checked, only supported or proposed.
fn soft(context: &Context<'_, '_>, act: Mark, strength: Strength) -> bool {
    let reading = context.reading;
    let vague = [
        "strengthen",
        "deepen",
        "enhance",
        "promot",
        "develop",
        "expand",
        "boost",
        "widen",
        "improv",
        "intensif",
    ];
    let verb = reading.word(act.start).to_lowercase();
    let weak = matches!(strength, Strength::Supported | Strength::Proposed | Strength::Promised);
    let object =
        reading.within(act.start, (act.start + 6).min(act.end), reading.classes.soft_object).next().is_some();
    weak && object && vague.iter().any(|v| verb.starts_with(v))
}

/// A verb in capitals inside a sentence is part of a name: "the Investment Guarantee Agency has started to …".
fn named_so(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    let reading = context.reading;
    let Some(verb) = filled.mark("strength") else { return false };
    let sentence = reading.sentence(reading.sentence_at(verb.start));
    let heading = sentence.kind == tandem_model::SentenceKind::Heading;
    let after_sign = verb.start > 0 && !reading.is_word(verb.start - 1);
    !heading && !after_sign && verb.start > sentence.first_token && reading.capital(verb.start)
}

/// "Invited the president to visit Nairobi", "asks guests to come": an invitation alone is no proposal.
fn invitation(context: &Context<'_, '_>, filled: &Filled<'_>, act: Mark) -> bool {
    const COMING: [&str; 6] = ["visit", "come", "attend", "travel", "discover", "join"];
    let reading = context.reading;
    let word = filled.mark("strength").map_or("", |verb| reading.word(verb.start)).to_lowercase();
    (word.starts_with("invit") || word.starts_with("ask")) && COMING.iter().any(|w| reading.is(act.start, w))
}

/// "Memoranda intended to ease trade": what they are for, which nobody undertakes.
fn only_meant_for(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    let reading = context.reading;
    filled.mark("strength").is_some_and(|verb| {
        reading.is(verb.start, "intended")
            && reading.starts(verb.start.saturating_sub(1), reading.classes.who).is_none()
    })
}

/// Whether the one who wishes or means to do it is nobody of ours: "the gala offered guests to …", "the letter asks …".
/// Before the verb there must be a party, somebody in office, a body, or a word for one of them.
fn outsider(context: &Context<'_, '_>, filled: &Filled<'_>, act: Mark) -> bool {
    let reading = context.reading;
    let c = reading.classes;
    let Some(verb) = filled.mark("strength") else { return false };
    let wish = matches!(context.attribute(verb, "strength").as_deref(), Some("proposed" | "supported"));
    let sentence = reading.sentence(reading.sentence_at(act.start));
    let first = sentence.first_token;
    let insiders = [
        c.who,
        c.group,
        c.leader_title,
        c.title,
        c.country,
        c.country_adj,
        c.capital,
        c.pron,
        c.pronoun_he,
        c.side,
        c.body,
        c.body_noun,
        c.bloc,
        c.demonym,
        c.it_subject,
        c.meeting,
        c.doc,
        c.project,
    ];
    let there = |class| reading.within(first, verb.start, class).next().is_some();
    let leads = verb.start < first + 3;
    wish && !leads && !insiders.into_iter().any(there)
}

/// Who undertakes it: persons before the act, else the words of the group, else who the act names ("is to be built by"),
/// else the pair.
fn actors(context: &Context<'_, '_>, filled: &Filled<'_>, act: Mark) -> Vec<String> {
    let first = context.reading.sentence(context.reading.sentence_at(act.start)).first_token;
    let before = named_in(context, first, act.start);
    let reading = context.reading;
    // "The World Bank will lend": a lender is no party, but it is who undertakes it.
    let lender = || {
        let bloc = reading.within(first, act.start, reading.classes.bloc).next();
        bloc.map(|m| reading.words(m.start, m.end)).into_iter().collect::<Vec<String>>()
    };
    let behind = || match context.parties.count(first, act.start) {
        0 if lender().is_empty() => named_in(context, act.start, filled.found.end),
        0 => lender(),
        _ => Vec::new(),
    };
    let named = if before.is_empty() { behind() } else { before };
    let subject = filled.mark("strength").map_or(act.start, |verb| verb.start.min(act.start));
    let alone = context.parties.codes(behind_dateline(reading, first), subject);
    if named.is_empty() && alone.len() == 1 {
        // "Alvaria agreed to shorten the queues of Borland's lorries".
        return alone;
    }
    if named.is_empty() { parties_of(context, filled.found.start, filled.found.end) } else { named }
}

/// The persons, else the groups ("both sides"), that a stretch of text names.
fn named_in(context: &Context<'_, '_>, from: u32, to: u32) -> Vec<String> {
    let reading = context.reading;
    let c = reading.classes;
    let before = |class| reading.within(from, to, class);
    let people: Vec<String> = before(c.who).map(|m| reading.thing(m).name.clone()).collect();
    if !people.is_empty() {
        return once(people);
    }
    let groups: Vec<String> = before(c.group)
        .filter(|m| reading.entry(*m).get("weak").is_none())
        .filter(|m| {
            !before(c.group)
                .any(|o| o.start <= m.start && o.end >= m.end && o.end - o.start > m.end - m.start)
        })
        .map(|m| reading.words(m.start, m.end))
        .collect();
    once(groups)
}

/// Each name once, in order.
fn once(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

/// An award: from the giver to the receiver, each of another country.
pub(super) fn award(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let name = match filled.get("name")? {
        tandem_rules::Fill::Capture(mark) => thing(context, *mark).name,
        tandem_rules::Fill::Range(a, b) => reading.words(*a, *b),
        _ => return None,
    };
    let name = filled.mark("name").and_then(|mark| called(context, mark)).unwrap_or(name);
    let who = |field: &str| filled.mark(field).map(|m| family(context, m));
    let sentence = reading.sentence(reading.sentence_at(filled.head.start));
    let date = reading
        .within(sentence.first_token, sentence.end_token, reading.classes.day)
        .filter(|m| !said_day(context, *m, filled.head))
        .min_by_key(|m| m.start.abs_diff(filled.head.start))
        .and_then(|m| time(context, m));
    let parties = parties_of(context, filled.found.start, filled.found.end);
    let body = Award { name: unquoted(&name), from: who("from"), to: who("to"), date };
    ours(context, &parties).then_some((Body::Award(body), parties))
}

/// The proper name behind "its highest honour, the Order of …".
fn called(context: &Context<'_, '_>, mark: Mark) -> Option<String> {
    let reading = context.reading;
    let own = thing(context, mark);
    let dash = (own.start..own.end).find(|t| matches!(reading.word(*t), "–" | "—"));
    if let Some(dash) = dash {
        return Some(reading.words(dash + 1, own.end)).filter(|_| own.named);
    }
    let near = reading
        .within(own.end, own.end + 40, reading.classes.award_np)
        .next()
        .filter(|m| m.start <= own.end + 3)?;
    let proper = reading.thing(near);
    (reading.is(own.end, ",") && proper.named && !reading.capital(own.head_token))
        .then(|| proper.name.clone())
}

/// The name by which a person is known, in the letters of the text; a country by its code.
fn family(context: &Context<'_, '_>, mark: Mark) -> String {
    let reading = context.reading;
    let holder = (mark.start > 1 && reading.is(mark.start - 1, "of"))
        .then(|| reading.marks.iter().find(|m| m.class == reading.classes.who && m.end == mark.start - 1))
        .flatten();
    if let (Some(holder), true) = (holder, mark.class != reading.classes.who) {
        return family(context, *holder);
    }
    if mark.class != reading.classes.who {
        return context.attribute(mark, "code").unwrap_or_else(|| reading.words(mark.start, mark.end));
    }
    let full = reading.words(mark.start, mark.end);
    let Some(known) = context.attribute(mark, "family").filter(|f| !f.is_empty()) else { return full };
    let count = known.split(' ').count();
    let words: Vec<&str> = full.split(' ').collect();
    let tail = words[words.len().saturating_sub(count)..].join(" ");
    if same_letters(&tail, &known) { tail } else { known }
}

/// Whether two spellings differ at most in accents: "Lourenço" and "Lourenco".
fn same_letters(a: &str, b: &str) -> bool {
    let alike = |(x, y): (char, char)| x.eq_ignore_ascii_case(&y) || !x.is_ascii() || !y.is_ascii();
    a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).all(alike)
}

fn unquoted(name: &str) -> String {
    let bare = name.trim_start_matches("the ").trim_start_matches("The ");
    match (bare.find(['“', '"', '«']), bare.rfind(['”', '"', '»'])) {
        (Some(a), Some(b)) if b > a => bare[a..b].trim_start_matches(['“', '"', '«']).to_owned(),
        _ => bare.to_owned(),
    }
}
