//! Documents, bodies and projects: noun phrases around a head noun of their class.

use tandem_model::{ClassId, Mark, Value};

use super::heads::{decoy, names_a_body, on_the_initiative, verb_reading};
use super::titles::{own_name, priced_items};
use crate::reading::{Reading, Thing};

/// Longest run of modifiers before a head noun.
const LEFT: u32 = 12;
/// Words of a project's name at most: more in quotation marks are what somebody says of it.
const LONGEST_NAME: usize = 14;
/// Longest complement after it.
const RIGHT: u32 = 24;

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
    !thing.plural
        && !resident
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
    let measured = reading.within(thing.start, head.start, reading.classes.quantity).next().is_some();
    let sum = thing.start > 0 && reading.covered(thing.start - 1, reading.classes.money);
    // "The Nile water commission of Egypt and Sudan".
    let theirs = body && of_a_pair(reading, thing);
    let told = thing.named || thing.count.is_some() || adjective || measured;
    !weak || sum || told || body && (described || theirs)
}

/// The phrase around a head noun.
pub(super) fn around(reading: &Reading<'_>, head: Mark, first: u32, end: u32) -> Thing {
    let start = leftward(reading, head.start, first);
    let stop = rightward(reading, head.end, end);
    let noun = head.class;
    let titled = [reading.classes.body_noun, reading.classes.project_noun].contains(&noun);
    let called = if titled { own_name(reading, stop, end) } else { None };
    let stop = called.unwrap_or(stop);
    let count = count_in(reading, start, head.end);
    let many = count
        .and_then(|i| crate::reading::amount(&reading.values[i]))
        .is_some_and(|a| a.value.to_f64() > 1.0);
    let plural = |token: u32| {
        let word = reading.word(token).to_ascii_lowercase();
        word.ends_with('s') && !word.ends_with("ss") || word == "memoranda"
    };
    let c = reading.classes;
    let codes = [c.country, c.country_adj, c.bloc]
        .iter()
        .flat_map(|class| reading.within(start, stop, *class))
        .filter_map(|m| reading.entry(m).get("code").map(str::to_owned))
        .collect();
    Thing {
        name: reading.words(name_start(reading, start, head.start), stop),
        start,
        end: stop,
        head: Some(head.entry),
        head_token: head.end - 1,
        count,
        plural: many || plural(head.start) || plural(head.end - 1),
        named: called.is_some() || named(reading, start, head, stop),
        codes,
    }
}

/// Leftward over modifiers, numbers and quoted names, up to a determiner.
fn leftward(reading: &Reading<'_>, head: u32, first: u32) -> u32 {
    let mut start = head;
    while start > first && head - start < LEFT {
        let token = start - 1;
        if reading.starts(token, reading.classes.det).is_some() {
            return token;
        }
        if reading.is_quote(token) {
            match opening(reading, token, first) {
                Some(open) if token - open <= 6 && token > open + 1 => {
                    start = open;
                    continue;
                }
                _ => break,
            }
        }
        // "The Rapid Transit System (RTS) Link": a short form in brackets inside a name.
        if reading.is(token, ")")
            && token >= first + 3
            && reading.is(token - 2, "(")
            && reading.capital(token - 1)
            && reading.capital(token - 3)
            && reading.capital(start)
        {
            start = token - 2;
            continue;
        }
        let compound = start < head
            && hyphen(reading, start)
            && reading.is_word(token)
            && reading.starts(token, reading.classes.aux).is_none();
        if !compound && !modifier(reading, token) || before_count(reading, token, start) {
            break;
        }
        start = token;
    }
    while start < head
        && (hyphen(reading, start) || ["st", "nd", "rd", "th"].iter().any(|w| reading.is(start, w)))
    {
        start += 1;
    }
    start
}

/// "In their presence | two memoranda": a plain noun before a number is of another phrase.
fn before_count(reading: &Reading<'_>, token: u32, start: u32) -> bool {
    const ORDER: [&str; 5] = ["first", "last", "other", "next", "further"];
    let c = reading.classes;
    let counted = [c.count, c.number].into_iter().any(|class| reading.starts(start, class).is_some());
    counted
        && reading.is_word(token)
        && !reading.capital(token)
        && !ORDER.iter().any(|w| reading.is(token, w))
}

/// Whether the token is a hyphen or dash.
pub(super) fn hyphen(reading: &Reading<'_>, token: u32) -> bool {
    matches!(reading.word(token), "-" | "–" | "−")
}

/// The quote that opens what the quote at `token` closes.
fn opening(reading: &Reading<'_>, token: u32, first: u32) -> Option<u32> {
    (first..token).rev().take(8).find(|t| reading.is_quote(*t))
}

/// Whether a token can modify a noun that follows it.
fn modifier(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    if reading.covered(token, c.money) {
        return false;
    }
    let word = reading.word(token);
    if matches!(word, "-" | "–" | "’s" | "'s" | "’" | "&")
        || word == "and" && (between_capitals(reading, token) || between_adjectives(reading, token))
    {
        return true;
    }
    let number =
        reading.doc.tokens.get(token as usize).is_some_and(|t| t.kind == tandem_model::TokenKind::Number);
    if number {
        // "Kambarata-1": a number of the name.
        let own = token > 1 && hyphen(reading, token - 1) && reading.capital(token - 2);
        // "Nord Stream 2 gas pipeline": so does one behind a capital word.
        let after = token > 0
            && reading.capital(token - 1)
            && word.len() < 3
            && token - 1 > reading.sentence(reading.sentence_at(token)).first_token
            && !reading.closed(token - 1);
        return own
            || after
            || [c.count, c.number, c.period, c.quantity].iter().any(|class| reading.covered(token, *class));
    }
    // "Carrying out 78 projects", "set up a plant": the particle is the verb's.
    let particle = ["out", "up", "off", "down", "over", "back", "away"].iter().any(|w| reading.is(token, w));
    if !reading.is_word(token) || reading.closed(token) || particle {
        return false;
    }
    // "Chinese-funded", "Russian-built": one adjective.
    let compound = token > 1 && hyphen(reading, token - 1) && reading.is_word(token - 2);
    if compound && (reading.ends(token, "ed") || reading.is(token, "built")) {
        return true;
    }
    let topic = reading.starts(token, c.topic_verb).is_some() && word.ends_with("ed");
    !topic && !reading.verbish(token) || reading.capital(token) || reading.is(token, "joint")
}

/// Whether "and" or a comma joins two adjectives before a noun: "intergovernmental and commercial documents".
fn between_adjectives(reading: &Reading<'_>, token: u32) -> bool {
    let adjective = |t: u32| {
        let word = reading.word(t);
        reading.is_word(t)
            && !reading.closed(t)
            && (["al", "ic", "ive", "ary", "ous", "cy"].iter().any(|e| word.ends_with(e) && word.len() > 5)
                || reading.starts(t, reading.classes.joint).is_some())
    };
    token > 0 && adjective(token - 1) && adjective(token + 1)
}

fn between_capitals(reading: &Reading<'_>, token: u32) -> bool {
    token > 0 && reading.capital(token - 1) && reading.capital(token + 1)
}

/// Rightward over complements: "of …", "on …", "between A and B", "until 2034".
fn rightward(reading: &Reading<'_>, from: u32, end: u32) -> u32 {
    let mut token = from;
    let mut quoted = false;
    let mut pairing = false;
    while token < end && token - from < RIGHT {
        pairing |= reading.starts(token, reading.classes.between).is_some();
        if let Some(next) = acronym(reading, token, end) {
            token = next;
            continue;
        }
        if reading.is_quote(token) {
            quoted = !quoted;
        } else if !quoted && stops(reading, token, (from, end), &mut pairing) {
            break;
        }
        token += 1;
    }
    trim(reading, from, token)
}

/// Whether the phrase whose complement lies in `from..end` stops before a token; `pairing` says that a
/// "between" still waits for its "and".
fn stops(reading: &Reading<'_>, token: u32, (from, end): (u32, u32), pairing: &mut bool) -> bool {
    let c = reading.classes;
    let word = reading.word(token);
    let starts = |class: ClassId| reading.starts(token, class).is_some();
    let another = ["another", "one", "others"].iter().any(|w| reading.is(token + 1, w));
    if *pairing && token > from && reading.is(token, "and") && !reading.verbish(token + 1) && !another {
        *pairing = false;
        return false;
    }
    let paper = || reading.within(token + 1, (token + 4).min(end), c.doc_noun).next().is_some();
    if word == "," && token > from && (*pairing && !paper() || listed(reading, token, end))
        || mixed(reading, token, from)
    {
        return false;
    }
    if when_starts(reading, token) {
        return true;
    }
    // "A line between Alpha in Alvaria and Beta": the other end is still to come.
    if *pairing && token > from && reading.is(token, "in") && reading.starts(token + 1, c.country).is_some() {
        return false;
    }
    if starts(c.prep) {
        return !takes(reading, token, end);
    }
    if starts(c.conj) {
        return token == from || !coordinates(reading, token, end);
    }
    if matches!(word, "-" | "–" | "−" | "’s" | "'s" | "’" | "&") {
        return false;
    }
    if token > from && hyphen(reading, token - 1) && reading.is_word(token) {
        return false;
    }
    let number = number(reading, token);
    let after_place = token > from
        && [c.country, c.city, c.capital].iter().any(|class| reading.covered(token - 1, *class))
        && reading.starts(token - 1, c.country_adj).is_none();
    // "Dar es Salaam": a small word inside the name of a place.
    let inside = [c.city, c.capital, c.place].iter().any(|class| reading.covered(token, *class));
    if after_place && !inside && reading.is_word(token) && !reading.capital(token) {
        return true;
    }
    if starts(c.rel) {
        return true;
    }
    if !reading.is_word(token) && !number || [c.aux, c.pron, c.adverb].into_iter().any(starts) {
        return !starts(c.det);
    }
    // "The Order of the Southern Cross": in running text a capital is no verb's.
    let title = reading.capital(token)
        && reading.sentence(reading.sentence_at(token)).kind != tandem_model::SentenceKind::Heading;
    let verbal = reading.verbish(token) && !title || participle(reading, token);
    // Behind a head that ends in a preposition ("centre for") its object stands bare.
    let led = token > 0 && reading.starts(token - 1, c.prep).is_some();
    let bare = token == from && !reading.capital(token) && !number && !led;
    !starts(c.det) && (verbal && !after_preposition(reading, token) || bare)
}

/// The token after a short form in brackets: "Memorandum of Understanding (MoU) on …".
fn acronym(reading: &Reading<'_>, token: u32, end: u32) -> Option<u32> {
    let short =
        token + 2 < end && reading.is(token, "(") && reading.capital(token + 1) && reading.is(token + 2, ")");
    short.then_some(token + 3)
}

/// Whether a comma goes on with a list of plain nouns that ends in "and": "on trade, farming and sport".
fn listed(reading: &Reading<'_>, comma: u32, end: u32) -> bool {
    let c = reading.classes;
    let plain = |t: u32| {
        reading.is_word(t)
            && !reading.closed(t)
            && !reading.verbish(t)
            && [c.det, c.doc_noun, c.who, c.country, c.money, c.count, c.number, c.day, c.period]
                .iter()
                .all(|class| reading.starts(t, *class).is_none())
    };
    let mut token = comma + 1;
    while token < end && token - comma <= 12 {
        if reading.is(token, ",") && token > comma + 1 {
        } else if reading.is(token, "and") {
            let tail = if reading.is(token - 1, ",") { token - 1 } else { token };
            let says = reading.within(token, (token + 5).min(end), c.say_verb).next().is_some();
            return tail > comma && plain(token + 1) && !says;
        } else if !plain(token) {
            return false;
        }
        token += 1;
    }
    false
}

/// Whether a time expression starts here that no preposition ties to the phrase ("… this year").
fn when_starts(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let time = [c.period, c.day, c.anchored].iter().any(|class| reading.starts(token, *class).is_some());
    let tied = token > 0
        && ["for", "until", "through", "-", "–", "−", "of", "to"].iter().any(|w| reading.is(token - 1, w));
    time && !tied
}

pub(super) fn number(reading: &Reading<'_>, token: u32) -> bool {
    reading.doc.tokens.get(token as usize).is_some_and(|t| t.kind == tandem_model::TokenKind::Number)
}

fn participle(reading: &Reading<'_>, token: u32) -> bool {
    let word = reading.word(token);
    word.len() > 5 && (word.ends_with("ing") || word.ends_with("ed")) && !reading.capital(token)
}

fn after_preposition(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let before = token.saturating_sub(1);
    let article = [c.prep, c.det, c.country_adj].iter().any(|class| reading.starts(before, *class).is_some());
    let count = [c.count, c.number].iter().any(|class| reading.covered(before, *class));
    token > 0 && (article || count)
        || token > 1
            && reading.starts(token - 2, c.prep).is_some()
            && reading.is_word(token - 1)
            && !reading.capital(token - 1)
}

/// Whether a preposition starts a complement of the noun, not an adverbial of place or time.
fn takes(reading: &Reading<'_>, token: u32, end: u32) -> bool {
    let c = reading.classes;
    let word = reading.word(token).to_ascii_lowercase();
    let next = token + 1;
    if next >= end || reading.starts(token, c.worth).is_some() || reading.starts(next, c.worth).is_some() {
        return false;
    }
    let time = [c.period, c.day, c.anchored].iter().any(|class| reading.starts(next, *class).is_some())
        || [c.deadline, c.vague].iter().any(|class| reading.starts(token, *class).is_some());
    // "With a capacity of": what it can do is no name.
    let bare = if reading.starts(next, c.det).is_some() { next + 1 } else { next };
    let able = ["capacity", "length", "cost", "total", "output", "budget", "investment", "combined"];
    if word == "with" && able.iter().any(|w| reading.is(bare, w)) {
        return false;
    }
    match word.as_str() {
        "until" | "through" => true,
        "for" if time => true,
        _ if time => false,
        "on" | "upon" | "from" | "to" if person(reading, next) => false,
        "to" if reading.starts(next, c.det).is_some() && reading.starts(next + 1, c.country).is_some() => {
            false
        }
        "of" | "on" | "for" | "between" | "regarding" | "concerning" | "with" | "among" | "towards" => {
            reading.starts(next, c.money).is_none() && reading.starts(next, c.group).is_none()
                || matches!(word.as_str(), "between" | "of")
        }
        "in" => {
            reading.starts(next, c.country).is_none()
                && reading.starts(next, c.city).is_none()
                && reading.starts(next, c.capital).is_none()
                && reading.starts(next, c.place).is_none()
        }
        "to" => reading.starts(next, c.action_verb).is_none() && reading.is_word(next),
        // "A bridge over the Volta": what it crosses is its name.
        "over" | "across" => reading.capital(next) || reading.is(next, "the") && reading.capital(next + 1),
        "from" => reading.starts(next, c.country).is_some() || reading.capital(next),
        _ => false,
    }
}

/// Whether a person or an office starts at the token, after an article if there is one.
fn person(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let at = if reading.starts(token, c.det).is_some() { token + 1 } else { token };
    [c.who, c.title, c.leader_title].iter().any(|class| reading.starts(at, *class).is_some())
}

/// Whether "and" joins more of the same phrase rather than another clause.
fn coordinates(reading: &Reading<'_>, token: u32, end: u32) -> bool {
    let c = reading.classes;
    let next = token + 1;
    next < end
        && reading.is(token, "and")
        && reading.is_word(next)
        && !["another", "one", "others", "two", "three"].iter().any(|w| reading.is(next, w))
        && [c.det, c.pron, c.aux, c.group, c.to, c.rel, c.doc_noun, c.count, c.number, c.prep]
            .iter()
            .all(|class| reading.starts(next, *class).is_none())
        && (reading.capital(next) || !reading.verbish(next))
        && !participle(reading, next)
}

/// Whether "and" adds a second noun to one count: "six memoranda and agreements".
fn mixed(reading: &Reading<'_>, token: u32, from: u32) -> bool {
    let noun = reading.classes.doc_noun;
    let plural = |t: u32| reading.word(t).ends_with('s') && reading.starts(t, noun).is_some();
    token == from && reading.is(token, "and") && plural(token + 1) && reading.word(from - 1).ends_with('s')
}

/// Without the function words that a cut phrase ends in.
fn trim(reading: &Reading<'_>, from: u32, mut end: u32) -> u32 {
    let c = reading.classes;
    while end > from {
        let last = end - 1;
        let loose =
            [c.prep, c.conj, c.det, c.adverb].iter().any(|class| reading.starts(last, *class).is_some());
        let bracket = reading.is(last, ")") && (from..last).any(|t| reading.is(t, "("));
        if bracket || !loose && (reading.is_word(last) || number(reading, last) || reading.is_quote(last)) {
            break;
        }
        end -= 1;
    }
    end
}

/// The phrase without its determiner.
fn name_start(reading: &Reading<'_>, start: u32, head: u32) -> u32 {
    let mut token = start;
    while token < head && reading.starts(token, reading.classes.det).is_some() {
        token += 1;
    }
    token
}

/// The count among the modifiers, as an index into the values.
fn count_in(reading: &Reading<'_>, start: u32, end: u32) -> Option<usize> {
    let c = reading.classes;
    let from = start.saturating_sub(3);
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
