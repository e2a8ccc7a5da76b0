//! How far a noun phrase reaches: leftward over its modifiers, rightward over its complements.

use tandem_model::ClassId;

use crate::reading::Reading;

/// Longest run of modifiers before a head noun.
const LEFT: u32 = 12;

/// Longest complement after it.
const RIGHT: u32 = 24;

/// Leftward over modifiers, numbers and quoted names, up to a determiner; with `pairs`, over two nouns joined by "and".
pub(super) fn leftward(reading: &Reading<'_>, head: u32, first: u32, pairs: bool) -> u32 {
    let mut start = head;
    while start > first && head - start < LEFT {
        let token = start - 1;
        if reading.starts(token, reading.classes.det).is_some() {
            return token;
        }
        // "The Commissioners' Committee".
        let genitive = matches!(reading.word(token), "'" | "’")
            && token > first
            && reading.ends(token - 1, "s")
            && reading.capital(token - 1)
            && reading.capital(start);
        if genitive {
            start = token - 1;
            continue;
        }
        if reading.is_quote(token) {
            // "The fifth “friendship bridge” between the two": the quotes close right behind the head.
            if reading.is_quote(head + 1) && matches!(reading.word(head + 1), "”" | "»" | "\"") {
                start = token;
                continue;
            }
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
            && (reading.capital(start) || loud(reading, token - 1))
        {
            start = token - 2;
            continue;
        }
        // "A 5-year supply deal".
        let years = reading.word(token).bytes().all(|b| b.is_ascii_digit())
            && ["year", "month", "day", "point"].iter().any(|w| reading.is(start + 1, w));
        let compound = start < head
            && hyphen(reading, start)
            && (reading.is_word(token) || years)
            && reading.starts(token, reading.classes.aux).is_none();
        let paired = pairs && token > first && start < head && joins_nouns(reading, token);
        if dateline(reading, first, token)
            || !compound && !paired && !modifier(reading, token)
            || before_count(reading, token, start)
        {
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

/// Whether a word is a short form in capitals: "(*TAPI*)".
fn loud(reading: &Reading<'_>, token: u32) -> bool {
    let word = reading.word(token);
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a dash ends a dateline: "NAIROBI – | Freight trains", "Muscat – | Duqm refinery".
pub(super) fn dateline(reading: &Reading<'_>, first: u32, dash: u32) -> bool {
    const LONGEST: u32 = 8;
    if dash <= first || dash - first > LONGEST || !matches!(reading.word(dash), "–" | "—" | "-" | "--") {
        return false;
    }
    let loud = |t: u32| {
        let word = reading.word(t);
        word.chars().count() > 3 && !word.chars().any(char::is_lowercase) && reading.is_word(t)
    };
    let place = reading.covered(first, reading.classes.capital);
    let spaced = reading.span(dash - 1, dash).end() < reading.span(dash, dash + 1).start();
    let plain = |t: u32| !reading.is_word(t) || reading.capital(t);
    spaced && (loud(first) || place) && (first..dash).all(plain)
}

/// "In their presence | two memoranda": a plain noun before a number is of another phrase.
fn before_count(reading: &Reading<'_>, token: u32, start: u32) -> bool {
    const ORDER: [&str; 5] = ["first", "last", "other", "next", "further"];
    let c = reading.classes;
    let counted = [c.count, c.number].into_iter().any(|class| reading.starts(start, class).is_some());
    // "Signed on Monday | six memoranda"; "the May 20 accord" is of that day.
    let day = |t: u32| reading.covered(t, c.day);
    counted
        && reading.is_word(token)
        && (!reading.capital(token) || day(token) && !day(start))
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
        || word == "and"
            && (between_capitals(reading, token)
                || between_adjectives(reading, token)
                || between_wares(reading, token))
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
    let particle =
        ["out", "up", "off", "down", "over", "back", "away", "witness"].iter().any(|w| reading.is(token, w));
    if !reading.is_word(token) || reading.closed(token) || particle {
        return false;
    }
    // "Chinese-funded", "Russian-built", "water-sharing": one adjective.
    let compound = token > 1 && hyphen(reading, token - 1) && reading.is_word(token - 2);
    let active = || reading.ends(token, "ing") && reading.is_word(token - 2) && !reading.closed(token - 2);
    if compound && (reading.ends(token, "ed") || reading.is(token, "built") || active()) {
        return true;
    }
    let topic = reading.starts(token, c.topic_verb).is_some() && word.ends_with("ed");
    // "A double taxation agreement", "a double visa": no verb.
    let double = reading.is(token, "double") && !reading.closed(token + 1);
    // "A power purchase agreement", "the currency swap deal".
    let noun = ["purchase", "lease", "swap", "transfer", "buyback", "export", "import"];
    let double = double
        || noun.iter().any(|w| reading.is(token, w))
            && token > 0
            && reading.is_word(token - 1)
            && !reading.closed(token - 1)
            && !reading.verbish(token - 1);
    !topic && !reading.verbish(token) || reading.capital(token) || reading.is(token, "joint") || double
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

/// "An ammonia and fertiliser complex", "a $90 million oil and gas terminal": two wares that one noun makes or
/// handles, behind an article or a sum.
fn between_wares(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let plain = |t: u32| {
        reading.is_word(t)
            && !reading.closed(t)
            && !reading.capital(t)
            && !reading.verbish(t)
            && reading.starts(t, c.project_noun).is_none()
            && reading.starts(t, c.doc_noun).is_none()
    };
    let led =
        |t: u32| reading.covered(t, c.money) || ["a", "an"].iter().any(|article| reading.is(t, article));
    token > 1 && plain(token - 1) && plain(token + 1) && led(token - 2)
}

/// Whether "and" joins two plain nouns that tell what a paper or a body is about: "a *trade and investment* accord".
fn joins_nouns(reading: &Reading<'_>, and: u32) -> bool {
    let c = reading.classes;
    let noun = |t: u32| {
        reading.is_word(t)
            && !reading.closed(t)
            && !reading.capital(t)
            && !reading.verbish(t)
            && !reading.covered(t, c.doc_noun)
            && !reading.covered(t, c.body_noun)
            && reading.starts(t, c.doc_verb).is_none()
    };
    reading.is(and, "and") && noun(and - 1) && noun(and + 1)
}

fn between_capitals(reading: &Reading<'_>, token: u32) -> bool {
    // "The Investment Centre and MOUs on health": papers are a new item of the list.
    let papers = reading
        .starts(token + 1, reading.classes.doc_noun)
        .is_some_and(|m| m.end == token + 2 && reading.ends(token + 1, "s"));
    token > 0 && !papers && reading.capital(token - 1) && reading.capital(token + 1)
}

/// Rightward over complements: "of …", "on …", "between A and B", "until 2034".
pub(super) fn rightward(reading: &Reading<'_>, from: u32, end: u32) -> u32 {
    let mut token = from;
    let mut quoted = false;
    let mut pairing = false;
    while token < end && token - from < RIGHT {
        pairing |= reading.starts(token, reading.classes.between).is_some();
        if let Some(next) = acronym(reading, token, end) {
            token = next;
            continue;
        }
        // "The air link between St. John's and Dublin": no end of anything.
        let saint = token > from
            && reading.is(token, ".")
            && ["St", "Ste", "Mt", "Ft"].contains(&reading.word(token - 1));
        if saint && reading.capital(token + 1) {
            token += 1;
            continue;
        }
        // "The undertaking "does not figure among our priorities"": what somebody says of it.
        let said = token == from
            && reading.is_quote(token)
            && reading.starts(token + 1, reading.classes.aux).is_some();
        if said {
            break;
        }
        // One that closes what was opened before the head opens nothing.
        let closes = token == from && matches!(reading.word(token), "”" | "»");
        if reading.is_quote(token) {
            quoted = !quoted && !closes;
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
    // "The treaty of the two dates from 2010".
    let dates = ["from", "back"].iter().any(|w| reading.is(token + 1, w));
    if dates && ["dates", "dating", "date", "dated"].iter().any(|w| reading.is(token, w)) {
        return true;
    }
    // "The access road, R$ 472 million in all", "the Volta Bridge – 2.5 kilometres long": what it costs or measures.
    let parts = matches!(word, "," | "–" | "—");
    if parts && [c.money, c.quantity].iter().any(|class| reading.covered(token + 1, *class)) {
        return true;
    }
    let paper = || reading.within(token + 1, (token + 4).min(end), c.doc_noun).next().is_some();
    if word == "," && token > from && (*pairing && !paper() || listed(reading, token, end))
        || mixed(reading, token, from)
    {
        return false;
    }
    // "The committee to study the routes": what it is for is no part of its name.
    let purpose = token == from
        && starts(c.to)
        && reading.starts(token + 1, c.det).is_none()
        && !reading.capital(token + 1);
    // "To make the fund *a* success", "the phase *the* partners have shelved".
    let article = || ["a", "an", "the"].iter().any(|w| reading.is(token, w));
    if leads_off(reading, token)
        || token > from && says_how(reading, token)
        || when_starts(reading, token)
        || purpose && reading.covered(from - 1, c.body_noun)
        || token == from && article() && reading.starts(token - 1, c.prep).is_none()
    {
        return true;
    }
    // "A line between Alpha in Alvaria and Beta", "from Alpha in Alvaria to Beta": the other end is still to come.
    if token > from && reading.is(token, "in") && reading.starts(token + 1, c.country).is_some() {
        const REACH: u32 = 4;
        let led = (from..token).any(|t| reading.is(t, "from"));
        if *pairing || led && (token + 2..end.min(token + REACH)).any(|t| reading.is(t, "to")) {
            return false;
        }
    }
    if starts(c.prep) {
        return !takes(reading, token, end);
    }
    if starts(c.conj) {
        return token == from || !coordinates(reading, token, end);
    }
    // "The bridge–which is ten metres long–is being built".
    // "The interconnector – a cable between the two".
    let inserted = matches!(word, "–" | "—")
        && ([c.rel, c.aux, c.pron].into_iter().any(|class| reading.starts(token + 1, class).is_some())
            || ["a", "an"].iter().any(|w| reading.is(token + 1, w)));
    if inserted {
        return true;
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
    let inside = [c.city, c.capital, c.place, c.country].iter().any(|class| reading.covered(token, *class));
    // "The first phase of the Nacala road corridor": the place only says which road.
    let of_works = starts(c.project_noun)
        && (reading.is(token.saturating_sub(2), "the") || token > 1 && hyphen(reading, token - 2));
    if after_place && !inside && !of_works && reading.is_word(token) && !reading.capital(token) {
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
    if purposed(reading, token) {
        return true;
    }
    let verbal = (reading.verbish(token) && !title || participle(reading, token))
        && !(token > from && noun_as_well(reading, token, from));
    // Behind a head that ends in a preposition ("centre for") its object stands bare.
    let led = token > 0 && reading.starts(token - 1, c.prep).is_some();
    let bare = token == from && !reading.capital(token) && !number && !led;
    !starts(c.det) && (verbal && !after_preposition(reading, token) || bare)
}

/// Whether "in" leads off to something else: "new crossings *in order* to shorten queues", "a deal *in a bid* to end the
/// dispute", "had the line *in operation*".
fn leads_off(reading: &Reading<'_>, token: u32) -> bool {
    const STATES: [&str; 7] = ["operation", "service", "use", "place", "production", "full", "part"];
    const ENDS: [&str; 10] = [
        "order",
        "bid",
        "light",
        "view",
        "exchange",
        "return",
        "addition",
        "accordance",
        "conjunction",
        "line",
    ];
    let behind = token + 1 + u32::from(reading.is(token + 1, "a"));
    let leads = |words: &[&str]| words.iter().any(|w| reading.is(behind, w));
    reading.is(token, "in") && (leads(&STATES) || leads(&ENDS))
}

/// Whether a word tells how or how far, no longer what: "to build the plant *together*", "to have the line to Lomé *ready* by
/// May".
fn says_how(reading: &Reading<'_>, token: u32) -> bool {
    const WORDS: [&str; 10] = [
        "together",
        "jointly",
        "alone",
        "instead",
        "ready",
        "open",
        "operational",
        "complete",
        "completed",
        "finished",
    ];
    !reading.capital(token) && WORDS.iter().any(|w| reading.is(token, w))
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

/// Participles that go on with a clause of purpose: "an accord on fishing *aimed* at saving stocks".
fn purposed(reading: &Reading<'_>, token: u32) -> bool {
    ["aimed", "aiming", "designed", "intended", "meant", "seeking"].iter().any(|w| reading.is(token, w))
}

fn participle(reading: &Reading<'_>, token: u32) -> bool {
    let word = reading.word(token);
    word.len() > 5 && (word.ends_with("ing") || word.ends_with("ed")) && !reading.capital(token)
}

/// "An agreement on visa-free *travel*", "the centre for the joint *monitoring* of waters": a noun that could be a verb, behind a
/// singular noun or an adjective of the same phrase, where no verb in this form could stand.
fn noun_as_well(reading: &Reading<'_>, token: u32, from: u32) -> bool {
    const NOUNS: [&str; 42] = [
        "use",
        "plan",
        "travel",
        "study",
        "work",
        "trade",
        "supply",
        "transport",
        "transit",
        "research",
        "support",
        "access",
        "exchange",
        "purchase",
        "design",
        "control",
        "review",
        "transfer",
        "release",
        "return",
        "aid",
        "help",
        "market",
        "project",
        "process",
        "patrol",
        "search",
        "rescue",
        "finance",
        "fund",
        "credit",
        "debt",
        "tax",
        "guarantee",
        "service",
        "repair",
        "test",
        "delivery",
        "visit",
        "report",
        "session",
        "post",
    ];
    const BEHIND: [&str; 5] = ["of", "in", "for", "on", "and"];
    let c = reading.classes;
    let before = token - 1;
    let led = before >= from
        && (reading.is_word(before) || number(reading, before))
        && !reading.capital(before)
        && !reading.closed(before)
        && !reading.ends(before, "s")
        && !reading.verbish(before)
        && reading.starts(before, c.adverb).is_none();
    let doing = reading.ends(token, "ing")
        && (!reading.is_word(token + 1) || BEHIND.iter().any(|w| reading.is(token + 1, w)));
    led && (doing || NOUNS.iter().any(|w| reading.is(token, w)))
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
    let able = [
        "capacity",
        "length",
        "cost",
        "total",
        "output",
        "budget",
        "investment",
        "combined",
        "loan",
        "loans",
        "grant",
        "grants",
        "credit",
        "credits",
        "money",
        "funds",
        "financing",
        "up",
    ];
    let purpose = [
        "bid",
        "effort",
        "light",
        "view",
        "order",
        "hope",
        "response",
        "presence",
        "move",
        "accordance",
        "line",
    ];
    if matches!(word.as_str(), "in" | "with" | "on" | "amid" | "as")
        && purpose.iter().any(|w| reading.is(bare, w))
    {
        return false;
    }
    // "A joint company with 50 per cent", "a plant with 400 workers": what it has is no name either.
    if word == "with" && (number(reading, next) || able.iter().any(|w| reading.is(bare, w))) {
        return false;
    }
    // "Signed the agreement on behalf of", "a communique on the occasion of".
    if word == "on" && ["behalf", "occasion", "sidelines", "margins"].iter().any(|w| reading.is(bare, w)) {
        return false;
    }
    match word.as_str() {
        "until" | "through" => true,
        // "The line through the hills *for twenty years*".
        "for"
            if reading.starts(token, c.duration).is_some() || reading.starts(next, c.duration).is_some() =>
        {
            false
        }
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
        "to" => {
            reading.starts(next, c.action_verb).is_none() && reading.is_word(next) && !firm(reading, next)
        }
        // "A bridge over the Volta": what it crosses is its name.
        "over" | "across" => reading.capital(next) || reading.is(next, "the") && reading.capital(next + 1),
        "from" => reading.starts(next, c.country).is_some() || reading.capital(next),
        _ => false,
    }
}

/// Whether the name that starts at a token is a firm's: "stations to *Volta Energy*" were given to it.
fn firm(reading: &Reading<'_>, token: u32) -> bool {
    const FIRMS: [&str; 14] = [
        "Group",
        "Energy",
        "Corp",
        "Corporation",
        "Company",
        "Co",
        "Ltd",
        "Limited",
        "Inc",
        "plc",
        "Consortium",
        "Bank",
        "AG",
        "SA",
    ];
    let name = (token..token + 4).take_while(|t| reading.capital(*t));
    name.into_iter().skip(1).any(|t| FIRMS.iter().any(|w| reading.word(t) == *w))
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
    let hopes = |t: u32| reading.ends(t, "s") && reading.starts(t, c.commit_verb).is_some();
    next < end
        && reading.is(token, "and")
        && reading.is_word(next)
        && !["another", "one", "others", "two", "three"].iter().any(|w| reading.is(next, w))
        && [c.det, c.pron, c.aux, c.group, c.to, c.rel, c.doc_noun, c.count, c.number, c.prep]
            .iter()
            .all(|class| reading.starts(next, *class).is_none())
        && (reading.capital(next) || !reading.verbish(next))
        && !participle(reading, next)
        // "The line from Karachi to Lahore, and Moscow hopes that".
        && !(reading.capital(next) && hopes(next + 1))
}

/// Whether "and" adds a second noun to one count: "six memoranda and agreements".
fn mixed(reading: &Reading<'_>, token: u32, from: u32) -> bool {
    let noun = reading.classes.doc_noun;
    let plural = |t: u32| {
        (reading.word(t).ends_with('s') || reading.is(t, "memoranda")) && reading.starts(t, noun).is_some()
    };
    let joined = |t: u32| reading.is(t, "and") || reading.is(t, ",");
    // "15 agreements, programmes, and protocols": all of them are the fifteen.
    let next = if reading.is(token, ",") && reading.is(token + 1, "and") { token + 2 } else { token + 1 };
    joined(token)
        && plural(next)
        && reading.word(from - 1).ends_with('s')
        && (from..token).all(|t| joined(t) || plural(t))
}

/// Without the function words that a cut phrase ends in.
fn trim(reading: &Reading<'_>, from: u32, mut end: u32) -> u32 {
    let c = reading.classes;
    while end > from {
        let last = end - 1;
        // "An institute *with Alvaria's* | support".
        let led = (from.max(last.saturating_sub(3))..last)
            .find(|t| ["with", "under", "through", "by"].iter().any(|w| reading.is(*t, w)));
        if let Some(at) = led.filter(|_| matches!(reading.word(last), "'s" | "\u{2019}s")) {
            end = at;
            continue;
        }
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
