//! Who says so: a speaker for each sentence, from reporting words, quotation marks and what came before.

use tandem_model::{SentenceKind, TokenKind};

use super::ministries;
use crate::reading::{Reading, letters};

/// The speaker of each sentence, by sentence number.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    by: Vec<Option<String>>,
    /// Everyone named as a source, in order, each once.
    pub sources: Vec<String>,
}

impl Speakers {
    /// Reads a document from front to back.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut speakers = Self::default();
        let (mut last, mut recent): (Option<String>, Option<String>) = (None, None);
        let speech = speech_of(reading);
        let mut in_quote = false;
        // Whether the sentence before was a quotation with its speaker told behind it: “…,” said X.
        let mut tagged = false;
        let mut spoken = false;
        let mut paragraph = 0;
        for index in 0..reading.doc.sentences.len() {
            let sentence = reading.sentence(index);
            let own = source_in(reading, index);
            let opens = in_quote;
            let marked = (sentence.first_token..sentence.end_token).any(|token| reading.is_quote(token));
            in_quote = if marked { quote_after(reading, index, in_quote) } else { in_quote };
            let goes_on = opens
                || continues(reading, index)
                || (marked || !tagged) && sentence.paragraph == paragraph && !background(reading, index);
            let by = match own {
                Some(own) => {
                    speakers.note(&own);
                    Some(own)
                }
                None if sentence.kind == SentenceKind::Heading => None,
                None if goes_on && last.is_some() => last.clone(),
                // A quotation over several paragraphs opens each of them with a mark of its own.
                None if spoken && reading.is_quote(sentence.first_token) => recent.clone(),
                None if same_speaker(reading, index) => recent.clone(),
                None => speech.clone(),
            };
            paragraph = sentence.paragraph;
            tagged = own_behind(reading, index);
            spoken = by.is_some() && marked;
            recent = by.clone().or(recent);
            last = by.clone();
            speakers.by.push(by);
        }
        speakers
    }

    /// The speaker of a sentence.
    pub(crate) fn of_sentence(&self, index: usize) -> Option<String> {
        self.by.get(index).cloned().flatten()
    }

    fn note(&mut self, source: &str) {
        if !self.sources.iter().any(|s| s == source) {
            self.sources.push(source.to_owned());
        }
    }
}

/// Whether a sentence is a quotation with its speaker told behind it: what follows without marks is the reporter's.
fn own_behind(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    reading
        .within(sentence.first_token, sentence.end_token, reading.classes.say_verb)
        .any(|m| m.start > sentence.first_token && reading.is_quote(m.start - 1))
}

/// The source that a sentence names: "According to X", "X said", "X reports citing Y" (then Y).
fn source_in(reading: &Reading<'_>, index: usize) -> Option<String> {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let (first, end) = (sentence.first_token, sentence.end_token);
    if let Some(ministry) = ministries::of_several(reading, index) {
        return Some(ministry);
    }
    let quoted = reading
        .within(first, end, c.according)
        .filter_map(|m| {
            let reach = (m.end + 9).min(end);
            speaker_from(reading, m.end, reach)
                .or_else(|| named_source(reading, m.end, reach))
                .or_else(|| public_office(reading, m.end, reach))
        })
        .next_back();
    quoted
        .or_else(|| {
            reading.within(first, end, c.say_verb).filter(|m| !passive(reading, m.start)).find_map(|m| {
                let before = m.start.saturating_sub(1);
                // Whoever stands behind "told" has been told.
                let told = reading.is(m.end - 1, "told");
                let behind = || (!told).then(|| speaker_from(reading, m.end, (m.end + 8).min(end))).flatten();
                // “…,” said X: whoever the words between the marks name has not said them.
                if reading.is_quote(before)
                    && let Some(speaker) = behind()
                {
                    return Some(speaker);
                }
                speaker_before(reading, m.start, first)
                    .or_else(|| reading.is(before, ",").then(behind).flatten())
            })
        })
        .or_else(|| counter(reading, index))
        .or_else(|| data_of(reading, index))
        .or_else(|| body_before(reading, index))
        .or_else(|| by_line(reading, index))
        .or_else(|| plain_name(reading, index))
        .or_else(|| named_body(reading, index))
        .or_else(|| state_office(reading, index))
        .or_else(|| wisher(reading, index))
}

/// Nouns that a body is called by again: "the office", "the Bank's tables".
const AGAIN: [&str; 13] = [
    "office",
    "service",
    "bureau",
    "agency",
    "institute",
    "bank",
    "committee",
    "department",
    "authority",
    "chamber",
    "directorate",
    "administration",
    "board",
];

/// What a body publishes its numbers in.
const PAPERS: [&str; 12] = [
    "tables",
    "table",
    "figures",
    "numbers",
    "data",
    "bulletin",
    "report",
    "yearbook",
    "register",
    "review",
    "release",
    "statistics",
];

/// Whether "it" or "the office" says something, or its numbers show it: the body of a sentence before.
pub(crate) fn it_says(reading: &Reading<'_>, index: usize) -> bool {
    const SHOW: [&str; 10] =
        ["show", "shows", "showed", "put", "puts", "give", "gives", "gave", "indicate", "reveal"];
    const LETTERS: u32 = letters(&SHOW);
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let again = |t: u32| AGAIN.iter().any(|w| reading.is(t, w)) && reading.is(t.saturating_sub(1), "the");
    let own = |t: u32| {
        let mark = reading.is(t, "'s") || reading.is(t, "’s");
        reading.is(t, "the") || reading.is(t, "its") || mark && t > first && again(t - 1)
    };
    let paper = |t: u32| t > first && PAPERS.iter().any(|w| reading.is(t, w)) && own(t - 1);
    let said = |before: u32| reading.is(before, "it") || again(before) || paper(before);
    let shows = |t: &u32| {
        let shown = reading.begins_with(*t, LETTERS) && SHOW.iter().any(|w| reading.is(*t, w));
        shown && (paper(*t - 1) || again(*t - 1))
    };
    // "According to the tables", "according to the authority": nothing follows that says of whom.
    let quoted = |m: &tandem_model::Mark| {
        let noun = m.end + 1;
        let alone = !["of", "in", "for", "on"].iter().any(|w| reading.is(noun + 1, w));
        alone && noun < end && (again(noun) || paper(noun))
    };
    reading.within(first, end, reading.classes.say_verb).any(|m| said(m.start.saturating_sub(1)))
        || (first + 1..end).any(|t| shows(&t))
        || reading.within(first, end, reading.classes.according).any(|m| quoted(&m))
}

/// "The statistical service has published its yearbook. Trade, it says, was worth $651 million": the body that the
/// sentence before opens with.
fn body_before(reading: &Reading<'_>, index: usize) -> Option<String> {
    const OPENING: u32 = 3;
    let before = reading.sentence(index.checked_sub(1).filter(|_| it_says(reading, index))?);
    let first = before.first_token;
    let body = reading.within(first, before.end_token, reading.classes.body).next()?;
    (body.start <= first + OPENING).then(|| reading.words(body.start, body.end))
}

/// Whose numbers say it: "Customs Office data show", "figures of the Board of Trade indicate" (then the Board).
pub(crate) fn data_of(reading: &Reading<'_>, index: usize) -> Option<String> {
    const NUMBERS: [&str; 4] = ["data", "figures", "statistics", "numbers"];
    const SHOW: [&str; 8] =
        ["show", "shows", "showed", "indicate", "indicated", "suggest", "reveal", "revealed"];
    const LETTERS: u32 = letters(&NUMBERS);
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    let numbers = |t: u32| reading.begins_with(t, LETTERS) && NUMBERS.iter().any(|w| reading.is(t, w));
    let said = |t: &u32| numbers(*t) && SHOW.iter().any(|w| reading.is(t + 1, w));
    let numbers = (first + 1..end.saturating_sub(1)).find(said)?;
    let name =
        |t: u32| reading.capital(t) && !reading.covered(t, c.country_adj) && !reading.covered(t, c.period);
    let from = (first..numbers).rev().take_while(|t| name(*t)).last()?;
    let whole = whole_name(reading, from, first);
    // One word that opens a sentence has its capital anyway.
    let named = numbers - from > 1 || from > first;
    (named && numbers - whole <= LONGEST_NAME).then(|| reading.words(whole, numbers))
}

/// The body that has counted: "The National Institute of Statistics counted 1.7 million tourists".
pub(crate) fn counter(reading: &Reading<'_>, index: usize) -> Option<String> {
    const COUNTED: [&str; 7] = ["counted", "recorded", "registered", "puts", "put", "estimates", "estimated"];
    /// Tokens from the verb to its amount: "puts the value of Thai exports to Laos in 2023 at $4.4 billion".
    const REACH: u32 = 14;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    let amounts = [c.count, c.number, c.money, c.quantity];
    if !reading.may_start_in(index, amounts.iter().fold(0, |all, class| all | c.bit(*class))) {
        return None;
    }
    let verb = (first + 1..end).find(|t| COUNTED.iter().any(|word| reading.is(*t, word)))?;
    let closes = reading.within(verb, end, c.clause_end).next().map_or(end, |m| m.start);
    let counts = |class| reading.within(verb, (verb + REACH).min(closes), class).next().is_some();
    if passive(reading, verb) || !amounts.into_iter().any(counts) {
        return None;
    }
    if let Some(body) = national_body(reading, before_bracket(reading, verb, first), first) {
        return Some(body);
    }
    // A place may stand between: "in Tunis".
    let name = |t: u32| reading.capital(t) && !reading.covered(t, c.country);
    let place = |t: u32| t > first + 1 && reading.is(t - 2, "in") && name(t - 1);
    let last = if place(verb) { verb - 2 } else { before_bracket(reading, verb, first) };
    let from = (first..last).rev().take_while(|t| name(*t)).last()?;
    // "The Kenya Revenue Authority recorded": the country belongs to the name.
    let national = from > first
        && reading.starts(from - 1, c.country).is_some_and(|m| m.end == from)
        && HOUSES.iter().any(|word| reading.is(last - 1, word));
    let from = from - u32::from(national);
    let whole = whole_name(reading, from, first);
    let named = !(from == first && last == first + 1);
    (named && last - whole <= LONGEST_NAME).then(|| reading.words(whole, last))
}

/// Who speaks throughout: "Remarks of the minister at the forum" over the text.
fn speech_of(reading: &Reading<'_>) -> Option<String> {
    let first = reading.doc.sentences.first()?;
    let kinds = ["remarks", "speech", "address", "statement", "keynote", "op-ed"];
    let opens = kinds.iter().any(|w| reading.is(first.first_token, w));
    let of = reading.is(first.first_token + 1, "of") || reading.is(first.first_token + 1, "by");
    if !opens || !of {
        return None;
    }
    let det = reading.starts(first.first_token + 2, reading.classes.det).is_some();
    let from = first.first_token + 2 + u32::from(det);
    let stop = |t: &u32| {
        ["at", "to", "in", "on", "during", ","].iter().any(|w| reading.is(*t, w)) || *t >= first.end_token
    };
    let end = (from..=first.end_token).find(stop)?;
    (end > from).then(|| reading.words(from, end))
}

/// "Maren Okoth, Minister of Trade: …" at the start of a paragraph.
fn by_line(reading: &Reading<'_>, index: usize) -> Option<String> {
    const REACH: u32 = 24;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token.min(sentence.first_token + REACH));
    if !reading.may_start_in(index, reading.classes.bit(reading.classes.who)) {
        return None;
    }
    let colon = (first..end).find(|t| reading.is(*t, ":"))?;
    let quote = reading.is_quote(colon + 1);
    let who = reading.within(first, colon, reading.classes.who).next()?;
    let near = who.start <= first + 6;
    (quote && near).then(|| reading.thing(who).name.clone())
}

/// A plain name right before or, behind a comma, right after a verb of saying: "…, Okoth recalled".
fn plain_name(reading: &Reading<'_>, index: usize) -> Option<String> {
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    let name = |t: u32| {
        let other =
            [c.country, c.country_adj, c.det, c.pron, c.group, c.period, c.day, c.prep, c.conj, c.doc_noun];
        reading.capital(t) && other.iter().all(|class| !reading.covered(t, *class))
    };
    // "The Gulf states", "Port Said": only a past form in small letters is a verb for certain.
    let past = |t: u32| {
        let word = reading.word(t);
        word.ends_with("ed") || ["said", "told", "wrote", "says"].contains(&word)
    };
    let spoken = |m: &tandem_model::Mark| past(m.start) && !passive(reading, m.start);
    reading.within(first, end, c.say_verb).filter(spoken).find_map(|m| {
        // "The Ministry of Tourism in Malé said": where the body is, is not who it is.
        let place =
            m.start > first + 2 && name(m.start - 1) && reading.is(m.start - 2, "in") && name(m.start - 3);
        if let Some(office) = office_in(reading, m.start, first) {
            return Some(office);
        }
        let last = if place { m.start - 2 } else { before_bracket(reading, m.start, first) };
        if let Some(body) = national_body(reading, last, first) {
            return Some(body);
        }
        let from = (first..last).rev().take_while(|t| name(*t)).last()?;
        let whole = whole_name(reading, from, first);
        // A first word may be capital only because it is the first.
        let alone = from == first && m.start == first + 1 && reading.closed(first);
        let longest = if whole < from { LONGEST_NAME } else { 3 };
        (!alone && last - whole <= longest).then(|| reading.words(whole, last))
    })
}

/// Where a name ends that its letters follow: "the National Superintendency of Customs (SUNAT) said".
fn before_bracket(reading: &Reading<'_>, end: u32, first: u32) -> u32 {
    const LETTERS: u32 = 4;
    if end <= first + 2 || !reading.is(end - 1, ")") {
        return end;
    }
    let opens = (end.saturating_sub(LETTERS).max(first + 1)..end).find(|t| reading.is(*t, "("));
    opens.unwrap_or(end)
}

/// "The trade ministry in Lima said", "… in Panama City said": an office in small letters and where it is.
fn office_in(reading: &Reading<'_>, verb: u32, first: u32) -> Option<String> {
    const LONGEST_CITY: usize = 3;
    let city = (first..verb).rev().take(LONGEST_CITY).take_while(|t| reading.capital(*t)).last()?;
    let place = city.checked_sub(1).filter(|at| *at > first && reading.is(*at, "in"))?;
    let noun = place - 1;
    if !HOUSES.iter().any(|word| reading.is(noun, word)) {
        return None;
    }
    let plain = |t: &u32| {
        reading.is_word(*t) && !reading.closed(*t) && reading.starts(*t, reading.classes.det).is_none()
    };
    let start = (first..=noun).rev().take_while(plain).last()?;
    (noun - start <= 4).then(|| reading.words(start, place))
}

/// A body whose name ends with its country: "the National Bureau of Statistics of Alvaria", "Statistics Alvaria".
fn national_body(reading: &Reading<'_>, end: u32, first: u32) -> Option<String> {
    let country = reading.within(first, end, reading.classes.country).find(|m| m.end == end)?;
    let before = country.start.checked_sub(1).filter(|t| *t >= first)?;
    if reading.is(before, "statistics") && reading.capital(before) {
        return Some(reading.words(before, end));
    }
    let last =
        before.checked_sub(1).filter(|t| *t > first && reading.is(before, "of") && reading.capital(*t))?;
    // "The Ministry of Trade of Alvaria" has a second "of"; "the President of Alvaria" is no body.
    let from = (first..=last).rev().take_while(|t| reading.capital(*t)).last()?;
    let whole = whole_name(reading, from, first);
    let whole = if reading.is(whole, "the") { whole + 1 } else { whole };
    // "The Commerce Ministry of Thailand", "the Bank of Thailand".
    let house = HOUSES.iter().any(|word| reading.is(last, word));
    ((whole < from || house) && end - whole <= LONGEST_NAME).then(|| reading.words(whole, end))
}

/// Nouns of bodies that count and announce.
const HOUSES: [&str; 17] = [
    "ministry",
    "office",
    "agency",
    "service",
    "bureau",
    "chamber",
    "directorate",
    "authority",
    "department",
    "committee",
    "bank",
    "institute",
    "board",
    "secretariat",
    "superintendency",
    "administration",
    "commission",
];

/// Tokens of the longest name of a body: "National Bureau of Statistics and Census".
const LONGEST_NAME: u32 = 8;

/// Where the name begins of which a run of capital words is the end: "Ministry of | Commerce". What stands
/// before "of" must be a body's noun for it, a capital word that is no country.
fn whole_name(reading: &Reading<'_>, end: u32, first: u32) -> u32 {
    let c = reading.classes;
    let part = |t: u32| {
        let other = [c.country, c.country_adj, c.pron, c.group, c.period, c.day, c.say_verb];
        reading.capital(t) && other.iter().all(|class| !reading.covered(t, *class))
    };
    let joint = |t: u32| ["of", "for", "and", "&"].iter().any(|word| reading.is(t, word));
    let mut start = end;
    while start >= first + 2 && joint(start - 1) {
        let mut before = start - 1;
        while before > first && part(before - 1) {
            before -= 1;
        }
        if before == start - 1
            || (reading.is(start - 1, "and") && !reading.is(before.saturating_sub(1), "of"))
        {
            break;
        }
        start = before;
    }
    start
}

/// A body whose name holds that of its country, right before a verb of saying: "the National Bank of Alvaria said".
fn named_body(reading: &Reading<'_>, index: usize) -> Option<String> {
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    let mut verbs = reading.within(first, end, c.say_verb).filter(|m| !passive(reading, m.start));
    verbs.find_map(|verb| {
        let before = verb.start.saturating_sub(LONGEST_NAME + 3).max(first);
        let body = reading.within(before, verb.start, c.body_np).find(|body| body.end == verb.start)?;
        let thing = reading.thing(body);
        reading.capital(thing.head_token).then(|| thing.name.clone())
    })
}

/// An office of a state called by what it is, right before a verb of saying or behind "according to": "the Peruvian trade
/// ministry said".
fn state_office(reading: &Reading<'_>, index: usize) -> Option<String> {
    const BEHIND: u32 = 6;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    let said = |office: &tandem_model::Mark| {
        reading.starts(office.end, c.say_verb).is_some_and(|verb| !passive(reading, verb.start))
    };
    let quoted = |office: &tandem_model::Mark| {
        reading
            .within(office.start.saturating_sub(BEHIND).max(first), office.start, c.according)
            .next()
            .is_some()
    };
    let office = reading.within(first, end, c.state_office).find(|m| said(m) || quoted(m))?;
    let from = office.start.saturating_sub(BEHIND - 2).max(first);
    let state = |class| reading.within(from, office.start, class).last();
    let state = [c.country_adj, c.country].into_iter().filter_map(state).max_by_key(|m| m.start)?;
    let plain =
        (state.end..office.start).all(|t| reading.is_word(t) && !reading.closed(t) || reading.ends(t, "s"));
    plain.then(|| reading.words(state.start, office.end))
}

/// A body whose name nobody listed, right behind "according to": "the Qatar Chamber".
fn named_source(reading: &Reading<'_>, from: u32, to: u32) -> Option<String> {
    let c = reading.classes;
    let start = from + u32::from(reading.is(from, "the"));
    let place = |t: u32| [c.country, c.country_adj].iter().any(|class| reading.covered(t, *class));
    let other = |t: u32| [c.period, c.day, c.pron, c.group].iter().any(|class| reading.covered(t, *class));
    let inner = |t: u32| reading.is(t, "of") && t + 1 < to && reading.capital(t + 1);
    let end = (start..to).find(|t| !(reading.capital(*t) && !other(*t) || inner(*t))).unwrap_or(to);
    let named = (start..end).any(|t| !place(t));
    (named && end > start + 1).then(|| reading.words(start, end))
}

/// An office in small letters right behind "according to": "the police register", "the immigration department".
fn public_office(reading: &Reading<'_>, from: u32, to: u32) -> Option<String> {
    const LONGEST: usize = 4;
    const OFFICES: [&str; 12] = [
        "police",
        "immigration",
        "customs",
        "border",
        "frontier",
        "tourism",
        "tourist",
        "statistics",
        "statistical",
        "migration",
        "airport",
        "port",
    ];
    let start = from + u32::from(reading.is(from, "the"));
    let plain = |t: &u32| reading.is_word(*t) && !reading.closed(*t) && !reading.capital(*t);
    let end = (start..to).take(LONGEST).take_while(plain).last()? + 1;
    let office = (start..end).any(|t| OFFICES.iter().any(|w| reading.is(t, w)));
    let noun = |t: u32| {
        [&AGAIN[..], &PAPERS[..], &["police", "guard", "customs"]].concat().iter().any(|w| reading.is(t, w))
    };
    (office && noun(end - 1)).then(|| reading.words(start, end))
}

/// A person who proposes, asks or promises says so.
fn wisher(reading: &Reading<'_>, index: usize) -> Option<String> {
    const REACH: u32 = 6;
    let sentence = reading.sentence(index);
    let (first, end) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    let own = |m: &tandem_model::Mark| {
        matches!(reading.entry(*m).get("strength"), Some("proposed" | "promised"))
            && !passive(reading, m.start)
            && reading.word(m.start).ends_with("ed")
    };
    reading.within(first, end, c.commit_verb).filter(own).find_map(|m| {
        let from = m.start.saturating_sub(REACH).max(first);
        let mut people = reading.within(from, m.start, c.who);
        let one = people.next()?;
        people.next().is_none().then(|| reading.thing(one).name.clone())
    })
}

/// "He said", "the minister added": the speaker told before, even in another paragraph.
fn same_speaker(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let said = |verb: u32| {
        let before = verb.saturating_sub(1);
        let titled = || {
            (reading.back(verb, 4)..verb).any(|t| {
                reading.is(t, "the")
                    && [c.title, c.leader_title]
                        .iter()
                        .any(|class| reading.starts(t + 1, *class).is_some_and(|m| m.end == verb))
            })
        };
        ["he", "she"].iter().any(|w| reading.is(before, w)) || titled()
    };
    reading.within(sentence.first_token, sentence.end_token, c.say_verb).any(|m| said(m.start))
}

fn passive(reading: &Reading<'_>, verb: u32) -> bool {
    verb > 0
        && reading.starts(verb - 1, reading.classes.aux).is_some()
        && !reading.is(verb - 1, "has")
        && !reading.is(verb - 1, "had")
        && !reading.is(verb - 1, "have")
}

/// A person, body or office that starts within a stretch of tokens.
fn speaker_from(reading: &Reading<'_>, from: u32, to: u32) -> Option<String> {
    let office = office(reading, from, to);
    office.or_else(|| nearest(reading, from, to, false))
}

/// The person or body before a verb of saying, close to it.
fn speaker_before(reading: &Reading<'_>, verb: u32, first: u32) -> Option<String> {
    let from = verb.saturating_sub(10).max(first);
    office(reading, from, verb).or_else(|| nearest(reading, from, verb, true))
}

fn nearest(reading: &Reading<'_>, from: u32, to: u32, last: bool) -> Option<String> {
    let c = reading.classes;
    let mut found: Vec<(u32, String)> =
        reading.within(from, to, c.who).map(|m| (m.start, reading.thing(m).name.clone())).collect();
    found.extend(
        reading
            .within(from, to, c.body)
            .map(|m| (m.start, reading.entry(m).get("canonical").unwrap_or_default().to_owned())),
    );
    found.sort();
    if last { found.pop().map(|f| f.1) } else { found.into_iter().next().map(|f| f.1) }
}

/// A press service or office with whose it is: "the press service of the President of Kenya".
fn office(reading: &Reading<'_>, from: u32, to: u32) -> Option<String> {
    let c = reading.classes;
    let mark = reading.within(from, to, c.press).next()?;
    let mut end = mark.end;
    while end < mark.end + 9 && (reading.is(end, "of") || reading.is(end, "the") || reading.capital(end)) {
        end += 1;
    }
    while end > mark.end && !reading.capital(end - 1) {
        end -= 1;
    }
    let mut start = mark.start;
    while start > from
        && (reading.capital(start - 1) || reading.is(start - 1, "’s") || reading.is(start - 1, "'s"))
    {
        start -= 1;
    }
    Some(reading.words(start, end))
}

/// Whether a quotation is still open after the sentence.
fn quote_after(reading: &Reading<'_>, index: usize, mut open: bool) -> bool {
    let sentence = reading.sentence(index);
    // Asked of every token of a text: words, which are most, need no look.
    let begins = index == 0 || reading.sentence(index - 1).paragraph != sentence.paragraph;
    let marks = |token: &u32| reading.doc.tokens[*token as usize].kind == TokenKind::Punct;
    for token in (sentence.first_token..sentence.end_token).filter(marks) {
        match reading.word(token) {
            "“" | "«" | "„" => open = true,
            "”" | "»" => open = false,
            // A quotation that goes on opens its next paragraph with a mark that closes nothing.
            "\"" => open = !open || begins && token == sentence.first_token,
            _ => {}
        }
    }
    open
}

/// "He added", "in turn", "they noted": the same speaker goes on.
fn continues(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let first = sentence.first_token;
    reading.starts(first, reading.classes.pronoun_he).is_some()
        || reading.starts(first, reading.classes.pronoun).is_some()
}

/// A sentence that looks back is not the speaker's.
fn background(reading: &Reading<'_>, index: usize) -> bool {
    let first = reading.sentence(index).first_token;
    ["Earlier", "Recall", "Previously"].iter().any(|w| reading.is(first, w))
}
