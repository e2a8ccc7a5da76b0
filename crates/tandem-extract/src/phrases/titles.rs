//! Names that stand beside their noun or without one: "a gas company, SERBGAZ", "(2) Flood control: 15 billion yen".

use tandem_model::Mark;

use super::extent::{dateline, hyphen, number};
use crate::reading::{Reading, Thing};

/// How many sentences a lead-in may stand before its list.
const LEAD: u32 = 4;

/// Where the name in apposition ends: "a joint gas company, SERBGAZ, …", "a rail link called Hafeet Rail".
pub(super) fn own_name(reading: &Reading<'_>, stop: u32, end: u32) -> Option<u32> {
    const LONGEST: u32 = 7;
    let c = reading.classes;
    if stop == 0 || reading.capital(stop - 1) || reading.is_quote(stop - 1) {
        return None;
    }
    let said = ["called", "named", "dubbed"].iter().any(|w| reading.is(stop, w));
    if !said && !reading.is(stop, ",") {
        return None;
    }
    let first = if reading.is(stop + 1, "the") { stop + 2 } else { stop + 1 };
    let part = |t: u32| {
        reading.capital(t)
            || reading.is_quote(t)
            || number(reading, t)
            || t > first && (hyphen(reading, t) || reading.is(t, "of") && reading.capital(t + 1))
    };
    let last = (first..end.min(first + LONGEST)).take_while(|t| part(*t)).last()?;
    let names = [
        c.who,
        c.person,
        c.title,
        c.leader_title,
        c.country,
        c.country_adj,
        c.city,
        c.capital,
        c.place,
        c.bloc,
    ];
    let other = names.iter().any(|class| reading.starts(first, *class).is_some());
    let opens = reading.capital(first) || reading.is_quote(first);
    let closed = last + 1 >= end
        || !reading.is_word(last + 1) && !reading.is(last + 1, ",")
        || reading.is(last + 1, ",");
    (opens && !other && (said || closed && !listed_names(reading, last, end))).then_some(last + 1)
}

/// Where the name begins that a description follows between commas: "NordLink, a cable between …, has gone live".
pub(super) fn name_before(reading: &Reading<'_>, start: u32, stop: u32, first: u32) -> Option<u32> {
    const LONGEST: u32 = 5;
    // "Atucha III, an $8 billion reactor": a sum may stand behind the article.
    let c = reading.classes;
    let sum = || reading.within(reading.back(start, 6), start, c.money).find(|m| m.end == start);
    let start = if start > first && reading.covered(start - 1, c.money) {
        sum().and_then(|m| m.start.checked_sub(1)).unwrap_or(start)
    } else {
        start
    };
    let article = ["a", "an", "the"].iter().any(|w| reading.is(start, w));
    let comma = start.checked_sub(1).filter(|t| article && *t > first && reading.is(*t, ","))?;
    let part = |t: &u32| {
        (reading.capital(*t) || number(reading, *t) || hyphen(reading, *t)) && !dateline(reading, first, *t)
    };
    let from = (first.max(comma.saturating_sub(LONGEST))..comma).rev().take_while(part).last()?;
    let from = (from..comma).find(|t| reading.capital(*t))?;
    let full = from == first || !part(&(from - 1));
    let other = [
        c.who,
        c.person,
        c.title,
        c.leader_title,
        c.body,
        c.country,
        c.country_adj,
        c.city,
        c.capital,
        c.place,
        c.bloc,
        c.period,
        c.det,
        c.prep,
        c.conj,
        c.adverb,
        c.pronoun,
    ];
    let foreign = (from..comma).any(|t| other.iter().any(|class| reading.covered(t, *class)));
    const LEADS: [&str; 11] =
        ["in", "at", "near", "outside", "around", "from", "between", "and", "for", "by", "with"];
    // "In the Pacific, the wharf" is no name, nor is the last of "Sohar, Duqm, a port".
    let article = from > first && reading.is(from - 1, "the");
    let before = from.checked_sub(1 + u32::from(article)).filter(|t| *t >= first);
    let led = before.is_some_and(|t| {
        LEADS.iter().any(|w| reading.is(t, w)) || t > first && reading.is(t, ",") && reading.capital(t - 1)
    });
    (full && !foreign && !led && !opening_word(reading, from, comma, first) && described(reading, stop))
        .then_some(from)
}

/// "Meanwhile, a bridge …": one word with a capital because it opens the sentence is no name.
fn opening_word(reading: &Reading<'_>, from: u32, comma: u32, first: u32) -> bool {
    const OPEN: [&str; 24] = [
        "meanwhile",
        "however",
        "moreover",
        "furthermore",
        "besides",
        "elsewhere",
        "overall",
        "instead",
        "nevertheless",
        "nonetheless",
        "therefore",
        "otherwise",
        "together",
        "hence",
        "thus",
        "indeed",
        "still",
        "afterwards",
        "today",
        "yesterday",
        "tomorrow",
        "later",
        "earlier",
        "then",
    ];
    from == first
        && comma == from + 1
        && (reading.ends(from, "ly") || OPEN.iter().any(|w| reading.is(from, w)))
}

/// Whether a description ends with its noun: "the cable between …, has", not "the cable operator".
fn described(reading: &Reading<'_>, stop: u32) -> bool {
    let c = reading.classes;
    let goes_on = [c.prep, c.rel, c.aux, c.conj, c.to, c.modal, c.project_verb, c.clause_end]
        .iter()
        .any(|class| reading.starts(stop, *class).is_some());
    !reading.is_word(stop)
        || goes_on
        || reading.capital(stop)
        || reading.ends(stop, "ed")
        || reading.ends(stop, "ing")
}

/// Whether a name is one of a list: "a bridge, Porto and Lima" has no name.
fn listed_names(reading: &Reading<'_>, last: u32, end: u32) -> bool {
    let next = (last + 1..end.min(last + 5)).find(|t| reading.is(*t, "and"));
    let names = |and: u32| (last + 1..and).all(|t| reading.is(t, ",") || reading.capital(t));
    reading.is(last + 1, ",") && next.is_some_and(|and| reading.capital(and + 1) && names(and))
}

/// Items of a list that are a title and a sum: "(2) Flood control in the delta: 15.9 billion yen". What they name is
/// a project, whatever its noun, when the line before the list speaks of projects or of their money.
pub(super) fn priced_items(reading: &Reading<'_>, known: &[Thing]) -> Vec<Thing> {
    let c = reading.classes;
    let (mut found, mut led) = (Vec::new(), 0);
    for index in reading.readable() {
        let sentence = reading.sentence(index);
        let (from, to) = (sentence.first_token, sentence.end_token);
        if sentence.kind != tandem_model::SentenceKind::Item {
            let leads = [c.project_noun, c.payment, c.worth]
                .into_iter()
                .any(|class| reading.within(from, to, class).next().is_some());
            led = if leads { LEAD } else { led.saturating_sub(1) };
            continue;
        }
        let told = || known.iter().any(|t| t.start >= from && t.end <= to);
        if led > 0 && !told() {
            found.extend(priced_item(reading, from, to));
        }
    }
    found
}

/// The title of such an item: what stands before a colon, a dash or a bracket with the sum.
fn priced_item(reading: &Reading<'_>, from: u32, to: u32) -> Option<Thing> {
    let c = reading.classes;
    let money = reading.within(from, to, c.money).next()?;
    let signs = |t: &u32| matches!(reading.word(*t), ":" | "–" | "—" | "(") && *t > from + 2;
    let sign = (from..money.start).rev().take(3).find(signs)?;
    let first = (from..sign).find(|t| reading.is_word(*t) && reading.word(*t).len() > 1)?;
    let start = if reading.starts(first, c.det).is_some() { first + 1 } else { first };
    // "Supply of boats" is what is paid for; "Exports" is a flow.
    let flow = |m: &Mark| reading.entry(*m).get("weak").is_none();
    let other = [c.aux, c.doc_noun, c.body_noun, c.say_verb, c.who]
        .into_iter()
        .any(|class| reading.within(start, sign, class).next().is_some())
        || reading.within(start, sign, c.indicator).any(|m| flow(&m));
    (!other && sign > start + 1).then(|| Thing {
        name: reading.words(start, sign),
        start,
        end: sign,
        head_token: sign - 1,
        ..Thing::default()
    })
}

/// Words before a number that make it a label and no work's name: "Article 5", "Boeing 737", "May 3".
const LABELS: [&str; 34] = [
    "article",
    "section",
    "phase",
    "lot",
    "package",
    "route",
    "highway",
    "road",
    "group",
    "chapter",
    "annex",
    "page",
    "level",
    "category",
    "class",
    "unit",
    "block",
    "line",
    "terminal",
    "gate",
    "room",
    "boeing",
    "airbus",
    "covid",
    "part",
    "session",
    "round",
    "expo",
    "vision",
    "agenda",
    "category",
    "track",
    "stage",
    "resolution",
];

/// Works called by a name with a number, where what is said of them shows that they are works: "CASA-1000, which brings
/// current to the south, is 60 percent built", "EstLink 2 will be back in operation".
pub(super) fn numbered(reading: &Reading<'_>, known: &[Thing]) -> Vec<Thing> {
    let mut found = Vec::new();
    for index in reading.readable() {
        let sentence = reading.sentence(index);
        let (first, end) = (sentence.first_token, sentence.end_token);
        let names = (first..end).filter_map(|start| numbered_name(reading, first, start));
        found.extend(names.filter(|(start, to)| {
            let apart = known.iter().all(|t| t.end <= *start || t.start >= *to);
            // "Arun-3, the plant": told under its noun.
            let apposed = reading.is(*to, ",") && reading.covered(*to + 1, reading.classes.det);
            apart && !apposed && is_a_work(reading, *to, end)
        }));
    }
    let thing = |(start, end): (u32, u32)| Thing {
        name: reading.words(start, end),
        start,
        end,
        head_token: end - 1,
        named: true,
        ..Thing::default()
    };
    found.into_iter().map(thing).collect()
}

/// Where a name with a number begins and ends; `first` is the first token of its sentence.
fn numbered_name(reading: &Reading<'_>, first: u32, start: u32) -> Option<(u32, u32)> {
    const SHORTEST: usize = 4;
    let c = reading.classes;
    let word = reading.word(start);
    let glued = |t: u32| reading.span(t - 1, t).end() == reading.span(t, t + 1).start();
    let hyphen = reading.is(start + 1, "-") && glued(start + 1) && glued(start + 2);
    let number = if hyphen { start + 2 } else { start + 1 };
    let digits = reading.word(number);
    let year = digits.len() == 4 && !digits.starts_with("10");
    let plain = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    // A word at the start of a sentence has its capital from there.
    let own = hyphen || start > first || word.chars().skip(1).any(char::is_uppercase);
    let other = [c.country, c.country_adj, c.capital, c.period, c.day, c.meeting, c.bloc, c.money, c.title]
        .into_iter()
        .any(|class| reading.covered(start, class) || reading.covered(number, class));
    let label = LABELS.iter().any(|w| word.eq_ignore_ascii_case(w));
    let named =
        reading.capital(start) && word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    (named && plain && !year && own && !other && !label && !glued_on(reading, number))
        .then_some((start, number + 1))
}

/// "T-1000s", "A4-sized": more hangs on the number.
fn glued_on(reading: &Reading<'_>, number: u32) -> bool {
    reading.span(number, number + 1).end() == reading.span(number + 1, number + 2).start()
        && (reading.is_word(number + 1) || matches!(reading.word(number + 1), "-" | "/" | "%"))
}

/// Whether what stands behind a name is said of works alone: a stage, or that it is built, finished, commissioned.
fn is_a_work(reading: &Reading<'_>, from: u32, end: u32) -> bool {
    const REACH: u32 = 16;
    const DONE: [&str; 8] = [
        "built",
        "completed",
        "complete",
        "finished",
        "commissioned",
        "constructed",
        "operational",
        "inaugurated",
    ];
    let c = reading.classes;
    let to = (from + REACH).min(end);
    let state = |class| {
        reading.within(from, to, class).any(|m| reading.covered(m.start, c.aux) || m.end > m.start + 1)
    };
    let done = (from..to).any(|t| DONE.iter().any(|w| reading.is(t, w)));
    let told = reading.within(from, to, c.aux).next().is_some();
    told && (done || state(c.project_state))
}
