//! Documents, bodies and projects: noun phrases around a head noun of their class.

use tandem_model::{ClassId, Mark, Value};

use super::extent::{hyphen, leftward, rightward};
use super::heads::{decoy, names_a_body, on_the_initiative, verb_reading};
use super::titles::{name_before, numbered, own_name, priced_items};
use crate::reading::{Reading, Thing};

/// Words of a project's name at most: more in quotation marks are what somebody says of it.
const LONGEST_NAME: usize = 14;

/// Marks documents, bodies and projects; of nested phrases of one class the outer one stays.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let c = reading.classes;
    for (noun, class) in [
        (c.doc_noun, c.doc),
        (c.body_noun, c.body_np),
        (c.project_noun, c.project),
        (c.award_noun, c.award_np),
    ] {
        let mut found = Vec::new();
        for index in reading.readable() {
            collect(reading, index, noun, &mut found);
        }
        if class == c.award_np {
            found.iter_mut().for_each(|thing| without_receiver(reading, thing));
        }
        if class == c.project {
            found.extend(priced_items(reading, &found));
            found.extend(numbered(reading, &found));
            let called = |t: &&Thing| {
                !reading.is(t.head_token, "initiative")
                    && t.name.split(' ').count() <= LONGEST_NAME
                    && t.named
                    && !t.plural
                    && (reading.capital(t.head_token)
                        || (t.start..t.end).any(|i| reading.is_quote(i))
                        || reading.is(t.head_token, "project"))
            };
            let named: Vec<Thing> = found.iter().filter(called).cloned().collect();
            reading.add_things(c.project_name, named);
        }
        if class == c.body_np {
            let joint: Vec<Thing> = found.iter().filter(|t| shared(reading, t)).cloned().collect();
            reading.add_things(c.body_name, joint);
        }
        reading.add_things(class, found);
    }
}

/// "The medal *for his part*", "the order *to the director*": neither is of the honour's name.
fn without_receiver(reading: &Reading<'_>, thing: &mut Thing) {
    let after = thing.head_token + 1;
    let loose =
        |t: &u32| ["to", "for", "from", "on"].iter().any(|w| reading.is(*t, w)) && !reading.capital(*t);
    if let Some(end) = (after..thing.end).find(loose) {
        let start = name_start(reading, thing.start, thing.head_token);
        (thing.end, thing.name) = (end, reading.words(start, end));
    }
}

/// Whether a body's own name says that it is shared: it names two parties, or calls itself joint.
fn shared(reading: &Reading<'_>, thing: &Thing) -> bool {
    let joint = [
        "Joint",
        "Intergovernmental",
        "Inter-governmental",
        "Interstate",
        "Permanent",
        "International",
        "Binational",
        "Bi-national",
        "Bilateral",
        "Trilateral",
        "Tripartite",
        "Mixed",
    ];
    // "The Japan International Cooperation Agency" is Japan's.
    let of_one = [reading.classes.country, reading.classes.country_adj]
        .into_iter()
        .any(|class| reading.within(thing.start, thing.head_token, class).next().is_some());
    let joint = (thing.start..thing.head_token).any(|t| {
        joint.iter().any(|w| reading.word(t) == *w)
            && (reading.word(t) != "International" || official(reading) && !of_one)
    });
    // A forum is mostly an event; the others are one country's.
    let resident = ["embassy", "consulate", "foundation", "university", "forum"];
    let resident = (thing.start..thing.end).any(|t| resident.iter().any(|w| reading.is(t, w)));
    // "The Joint Commission, the highest bilateral mechanism of the two": what it is, and not what it is called.
    const RANKS: [&str; 7] = ["highest", "main", "key", "principal", "top", "central", "supreme"];
    let ranked = (thing.start..thing.head_token.min(thing.start + 2))
        .any(|t| !reading.capital(t) && RANKS.iter().any(|w| reading.is(t, w)));
    !thing.plural
        && !resident
        && !ranked
        && (thing.named && (joint || of_a_pair(reading, thing) || of_cooperation(reading, thing))
            || described(reading, thing))
}

/// Heads of bodies that states share more often than not, where their name or a word before them says so.
const BOARDS: [&str; 7] =
    ["council", "committee", "commission", "platform", "mechanism", "board", "secretariat"];

/// "The Strategic Dialogue and Cooperation Platform": what it is for shows whose it is.
fn of_cooperation(reading: &Reading<'_>, thing: &Thing) -> bool {
    let purpose = ["Cooperation", "Co-operation", "Coordination", "Partnership"];
    BOARDS.iter().any(|w| reading.is(thing.head_token, w))
        && (thing.start..thing.head_token).any(|t| purpose.iter().any(|w| reading.word(t) == *w))
}

/// "The mixed commission on transport", "the tripartite mechanism": a body that is there, called by what it is.
fn described(reading: &Reading<'_>, thing: &Thing) -> bool {
    let shared =
        ["mixed", "joint", "tripartite", "trilateral", "intergovernmental", "binational", "bilateral"];
    let the = ["the", "their", "its"].iter().any(|w| reading.is(thing.start, w));
    // "The joint committee" alone looks back to one that was told more fully.
    let told = thing.head_token > thing.start + 2 || thing.end > thing.head_token + 1;
    the && told
        && BOARDS.iter().any(|w| reading.is(thing.head_token, w))
        && (thing.start..thing.head_token).any(|t| shared.iter().any(|w| reading.is(t, w)))
}

/// Whether two countries stand side by side in a name: "the German–Kenyan Chamber", "the Council of Ghana and Togo". In "the
/// German Fund of the United States" they do not: one of them only says what the other's body is called.
fn of_a_pair(reading: &Reading<'_>, thing: &Thing) -> bool {
    const BETWEEN: u32 = 3;
    let c = reading.classes;
    let code = |m: &Mark| reading.entry(*m).get("code");
    let mut places: Vec<Mark> = [c.country, c.country_adj, c.bloc, c.capital]
        .iter()
        .flat_map(|class| reading.within(thing.start, thing.end, *class))
        .filter(|m| code(m).is_some())
        .collect();
    places.sort_by_key(|m| m.start);
    let joins = |t: u32| !reading.is(t, "of") && !reading.is(t, "in");
    places.windows(2).any(|pair| {
        let (a, b) = (pair[0], pair[1]);
        code(&a) != code(&b) && b.start <= a.end + BETWEEN && (a.end..b.start).all(joins)
    })
}

fn collect(reading: &Reading<'_>, index: usize, noun: ClassId, found: &mut Vec<Thing>) {
    if !reading.may_start_in(index, reading.classes.bit(noun)) {
        return;
    }
    let sentence = reading.sentence(index);
    let mut reached = sentence.first_token;
    let heads: Vec<Mark> = reading.within(sentence.first_token, sentence.end_token, noun).collect();
    for (at, head) in heads.iter().copied().enumerate() {
        let of_name = || heads[at + 1..].iter().any(|next| inside_title(reading, head, *next));
        if head.start < reached
            || heads.get(at + 1).is_some_and(|next| qualifies(reading, head, *next))
            || of_name()
        {
            continue;
        }
        let bloc = noun == reading.classes.body_noun && reading.covered(head.start, reading.classes.bloc);
        // "The project's first phase": the owner of what is spoken of.
        let owner = noun == reading.classes.project_noun
            && (reading.is(head.end, "'s") || reading.is(head.end, "’s"));
        if bloc
            || owner
            || decoy(reading, head)
            || verb_reading(reading, head)
            || on_the_initiative(reading, head)
            || noun == reading.classes.project_noun && names_a_body(reading, head)
        {
            continue;
        }
        let thing = around(reading, head, sentence.first_token, sentence.end_token);
        if !enough(reading, head, &thing) {
            continue;
        }
        reached = thing.end;
        found.push(thing);
    }
}

/// "A road improvement project", "the contract agreement": the first noun only says what sort of thing the second is.
fn qualifies(reading: &Reading<'_>, head: Mark, next: Mark) -> bool {
    const BETWEEN: u32 = 2;
    let c = reading.classes;
    let plain = |t: u32| {
        reading.is_word(t)
            && !reading.closed(t)
            && !reading.capital(t)
            && reading.starts(t, c.det).is_none()
            && !(reading.verbish(t) && reading.starts(t, c.action_noun).is_none())
    };
    let strong = reading.is(next.end - 1, "project") || reading.is(next.end - 1, "agreement");
    strong
        && next.start >= head.end
        && next.start - head.end <= BETWEEN
        && !reading.capital(head.end - 1)
        && (head.end..next.start).all(plain)
}

/// "The Volta Road and Lomé Transport Corridor Project": nouns inside the title of one project.
fn inside_title(reading: &Reading<'_>, head: Mark, next: Mark) -> bool {
    const TITLE: u32 = 9;
    let part = |t: u32| reading.capital(t) || reading.is(t, "and") || hyphen(reading, t);
    reading.word(next.end - 1) == "Project"
        && reading.capital(head.start)
        && next.start > head.end
        && next.start - head.end <= TITLE
        && (head.end..next.start).all(part)
}

/// Whether the text is about states at all: it speaks of two countries, both sides, heads of state.
fn official(reading: &Reading<'_>) -> bool {
    let c = reading.classes;
    reading.marks.iter().filter(|m| m.class == c.group || m.class == c.leader_title).take(2).count() == 2
}

/// Heads that say little ("project", "council") need a name, a count or a country beside them.
fn enough(reading: &Reading<'_>, head: Mark, thing: &Thing) -> bool {
    let weak = match reading.entry(head).get("weak") {
        Some("plural") => thing.plural,
        other => other.is_some(),
    };
    let adjective = reading.within(thing.start, head.start, reading.classes.country_adj).next().is_some();
    let described = reading.within(thing.start, head.start, reading.classes.det).next().is_some_and(|m| {
        ["a", "an", "another"].iter().any(|w| reading.is(m.start, w)) && head.start >= m.end + 2
    });
    let body = reading.starts(head.start, reading.classes.body_noun) == Some(head);
    // "To open an embassy in Lomé".
    let missions = ["embassy", "consulate", "embassies", "consulates"];
    let mission = body
        && missions.iter().any(|w| reading.is(head.start, w))
        && head.start > 0
        && ["a", "an", "its", "another", "their"].iter().any(|w| reading.is(head.start - 1, w));
    let measured = reading.within(thing.start, head.start, reading.classes.quantity).next().is_some();
    let sum = thing.start > 0 && reading.covered(thing.start - 1, reading.classes.money);
    // "The Nile water commission of Egypt and Sudan".
    let theirs = body && of_a_pair(reading, thing);
    let told = thing.named || thing.count.is_some() || adjective || measured;
    // "The port of Lomé".
    let of_place =
        !body && reading.is(head.end, "of") && thing.end > head.end + 1 && reading.capital(head.end + 1);
    // "A company for the dredging of the river".
    let with_task = body
        && thing.end > head.end
        && (reading.is(head.end, "for") || reading.is(head.end, "to") && reading.verbish(head.end + 1))
        && ["a", "an"].iter().any(|w| reading.is(thing.start, w));
    !weak
        || sum
        || told
        || of_place
        || mission
        || with_task
        || body && (described || theirs || formed(reading, head, thing))
}

/// "Agreed to form a committee to oversee the works", "wound up their joint board": a body that nothing names but what is
/// done with it and what it is for.
fn formed(reading: &Reading<'_>, head: Mark, thing: &Thing) -> bool {
    const REACH: u32 = 4;
    let any = |words: &[&str], from: u32, to: u32| (from..to).any(|t| words.iter().any(|w| reading.is(t, w)));
    let task = any(&["to", "on", "tasked", "charged"], head.end, head.end + 1);
    let new = task && any(&["a", "an"], thing.start, head.start);
    let joint = any(&["joint"], thing.start, head.start);
    let from = reading.back(thing.start, REACH);
    (new || joint) && reading.within(from, thing.start + 1, reading.classes.body_verb).next().is_some()
}

/// The phrase around a head noun.
pub(super) fn around(reading: &Reading<'_>, head: Mark, first: u32, end: u32) -> Thing {
    let pairs = [reading.classes.doc_noun, reading.classes.body_noun].contains(&head.class);
    let start = leftward(reading, head.start, first, pairs);
    let noun = head.class;
    let start = if noun == reading.classes.project_noun { length_of(reading, start) } else { start };
    let stop = rightward(reading, head.end, end);
    let stop = if noun == reading.classes.body_noun { without_task(reading, head.end, stop) } else { stop };
    let titled = [reading.classes.body_noun, reading.classes.project_noun].contains(&noun);
    let called = if titled { own_name(reading, stop, end) } else { None };
    let stop = called.unwrap_or(stop);
    let before = if noun == reading.classes.project_noun && called.is_none() {
        name_before(reading, start, stop, first)
    } else {
        None
    };
    let count = count_in(reading, start, head.end);
    let many = count
        .and_then(|i| crate::reading::amount(&reading.values[i]))
        .is_some_and(|a| a.value.to_f64() > 1.0);
    let plural = |token: u32| {
        let word = reading.word(token).to_ascii_lowercase();
        word.ends_with('s') && !word.ends_with("ss") || word == "memoranda"
    };
    let c = reading.classes;
    let names = [c.country, c.country_adj, c.bloc];
    let codes = names
        .iter()
        .flat_map(|class| reading.within(start, stop, *class))
        .filter(|m| !inside_longer(reading, *m, &names))
        .filter_map(|m| reading.entry(m).get("code").map(str::to_owned))
        .collect();
    let name = match before {
        Some(from) => {
            with_noun(reading, from, (from..start).find(|t| reading.is(*t, ",")).unwrap_or(start), head)
        }
        None => reading.words(name_start(reading, start, head.start), stop),
    };
    Thing {
        name,
        // A sum between the name and its noun stays outside, where rules look for it.
        start: before.filter(|_| start > first && !reading.covered(start - 1, c.money)).unwrap_or(start),
        end: stop,
        head: Some(head.entry),
        head_token: head.end - 1,
        count,
        plural: many || noun != reading.classes.project_noun && plural(head.start) || plural(head.end - 1),
        named: called.is_some() || before.is_some() || named(reading, start, head, stop),
        codes,
    }
}

/// "*Sudan*" in "South Sudan": a name within a longer one is not said.
fn inside_longer(reading: &Reading<'_>, name: Mark, classes: &[tandem_model::ClassId]) -> bool {
    const LONGEST: u32 = 4;
    let around = (name.start.saturating_sub(LONGEST), name.end + LONGEST);
    let longer =
        |m: Mark| m.start <= name.start && m.end >= name.end && m.end - m.start > name.end - name.start;
    classes.iter().any(|class| reading.within(around.0, around.1, *class).any(longer))
}

/// "550 km of track": so much of a thing is one phrase.
fn length_of(reading: &Reading<'_>, start: u32) -> u32 {
    let c = reading.classes;
    let Some(of) = start.checked_sub(1).filter(|t| reading.is(*t, "of")) else { return start };
    let length = |m: &Mark| {
        m.end == of
            && ["km", "kilometres", "kilometers", "miles", "metres", "meters"]
                .iter()
                .any(|w| reading.is(of - 1, w))
    };
    let found = reading.within(reading.back(of, 5), of, c.quantity).find(length);
    found.map_or(start, |m| m.start)
}

/// A name with the noun of the description behind it: "NordLink" and "subsea cable".
fn with_noun(reading: &Reading<'_>, from: u32, comma: u32, head: Mark) -> String {
    let name = reading.words(from, comma);
    let noun = reading.words(head.start, head.end);
    let told = name.to_lowercase().ends_with(&reading.word(head.end - 1).to_lowercase());
    if told { name } else { format!("{name} {noun}") }
}

/// "The working group *to meet in May*": what a body is to do is not of its name.
fn without_task(reading: &Reading<'_>, from: u32, end: u32) -> u32 {
    let task = |t: &u32| {
        reading.is(*t, "to")
            && !reading.capital(*t)
            && reading.is_word(t + 1)
            && !reading.capital(t + 1)
            && reading.starts(t + 1, reading.classes.det).is_none()
    };
    (from..end).find(task).unwrap_or(end)
}
/// The phrase without its determiner.
fn name_start(reading: &Reading<'_>, start: u32, head: u32) -> u32 {
    let mut token = start;
    while token < head && reading.starts(token, reading.classes.det).is_some() {
        token += 1;
    }
    // "A *three-day* joint commission": how long it sits.
    let length = matches!(reading.word(token + 1), "-" | "–")
        && ["day", "week", "hour"].iter().any(|w| reading.is(token + 2, w));
    if length && token + 3 < head { token + 3 } else { token }
}

/// The count among the modifiers, as an index into the values.
fn count_in(reading: &Reading<'_>, start: u32, end: u32) -> Option<usize> {
    let c = reading.classes;
    let from = reading.back(start, 3);
    [c.count, c.number, c.counted]
        .iter()
        .flat_map(|class| reading.within(from, end, *class))
        .filter(|m| m.end >= start)
        .filter(|m| !inside_name(reading, *m, start) && !measures(reading, *m))
        .filter(|m| matches!(reading.value(*m).value, Value::Amount { .. }))
        .map(|m| m.entry as usize)
        .next()
}

/// Whether a number measures a part of one thing: "a six-lane road", "a 60-bed hospital".
fn measures(reading: &Reading<'_>, number: Mark) -> bool {
    let parts =
        ["lane", "bed", "storey", "story", "track", "stage", "span", "seat", "room", "unit", "point", "way"];
    let next = if hyphen(reading, number.end) { number.end + 1 } else { number.end };
    parts.iter().any(|w| reading.is(next, w))
}

/// Whether a number belongs to a name: "the Sava 4 project" is one project.
fn inside_name(reading: &Reading<'_>, number: Mark, start: u32) -> bool {
    number.start > start
        && reading.capital(number.start - 1)
        && reading.starts(number.start - 1, reading.classes.det).is_none()
}

/// Whether the phrase is a name: quoted, or with capitals beside its head.
fn named(reading: &Reading<'_>, start: u32, head: Mark, end: u32) -> bool {
    let quoted = (start..end).any(|t| reading.is_quote(t));
    let capitals = (start..end)
        .filter(|t| {
            reading.capital(*t)
                && reading.starts(*t, reading.classes.det).is_none()
                && reading.starts(*t, reading.classes.country_adj).is_none()
                && reading.starts(*t, reading.classes.country).is_none()
        })
        .count();
    let titled = reading.capital(head.end - 1) && reading.is(head.end, "of") && head.start > start;
    // "The Greater Sunrise gas project": two capitals before a noun in small letters.
    let first = reading.sentence(reading.sentence_at(start)).first_token;
    let own = |t: u32| {
        t > first
            && reading.capital(t)
            && [
                reading.classes.det,
                reading.classes.country_adj,
                reading.classes.country,
                reading.classes.who,
            ]
            .iter()
            .all(|class| !reading.covered(t, *class))
    };
    let modified = reading.is(head.end - 1, "project")
        && (start..head.start.saturating_sub(1))
            .any(|t| own(t) && (own(t + 1) || hyphen(reading, t + 1) && own(t + 2)));
    let called = head.start > start
        && reading.capital(head.start - 1)
        && [
            reading.classes.det,
            reading.classes.country_adj,
            reading.classes.country,
            reading.classes.capital,
        ]
        .iter()
        .all(|class| reading.starts(head.start - 1, *class).is_none())
        && (head.start - 1 > reading.sentence(reading.sentence_at(start)).first_token);
    quoted || titled || called || modified || reading.capital(head.end - 1) && capitals >= 2
}
