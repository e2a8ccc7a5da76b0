//! Marks of a text that bear on how far it can be trusted.

use tandem_model::{Body, Kind, SentenceKind, Statement, TextMarks};

use crate::discourse::attribution::Speakers;
use crate::discourse::parties::Parties;
use crate::phrases::people::surname;
use crate::reading::Reading;

/// Counts hedges and admissions, and lists the sources that the text names.
pub(crate) fn marks(reading: &Reading<'_>, speakers: &Speakers, relations: u32) -> TextMarks {
    let c = reading.classes;
    let count = |class| {
        reading
            .doc
            .sentences
            .iter()
            .filter(|s| reading.within(s.first_token, s.end_token, class).next().is_some())
            .count() as u32
    };
    TextMarks {
        sources: speakers.sources.clone(),
        hedges: count(c.hedge),
        admissions: count(c.admit),
        relations,
        sentences: reading.doc.sentences.len() as u32,
        misfits: Vec::new(),
    }
}

/// What a document's marks leave of the confidence in its statements: a text that names no source,
/// hedges and admits having no evidence is of the lowest grade.
pub(crate) fn weight(marks: &TextMarks) -> f64 {
    let unsupported = marks.sources.is_empty() && marks.hedges >= 2 && marks.admissions >= 1;
    if unsupported { 0.4 } else { 1.0 }
}

/// Whether a sentence speaks of relations between countries.
pub(crate) fn relation(reading: &Reading<'_>, parties: &Parties, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let (from, to) = (sentence.first_token, sentence.end_token);
    let c = reading.classes;
    if !reading.holds_any(sentence, c.masks.parties | c.masks.group) {
        return false;
    }
    let group = reading.within(from, to, c.group).any(|m| reading.entry(m).get("weak").is_none());
    let countries = parties.count(from, to);
    let official = || {
        reading.within(from, to, c.leader_title).next().is_some()
            || reading.within(from, to, c.body).any(|m| state_body(reading.entry(m).get("kind")))
    };
    let trade = || reading.within(from, to, c.indicator).any(|m| flow(reading.entry(m)));
    (2..=4).contains(&countries) || group || countries >= 1 && (official() || trade())
}

/// What a text is about, by the countries that it mentions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged {
    /// Sentences on relations between countries, without what the lead adds.
    pub relations: u32,
    pub subject: Subject,
    /// Whether the text is a report from one country ([`local`]).
    pub local: bool,
}

impl Judged {
    /// Looks at every sentence.
    pub(crate) fn of(reading: &Reading<'_>, mentioned: &Parties) -> Self {
        let sentences = 0..reading.doc.sentences.len();
        let relations = sentences.filter(|i| relation(reading, mentioned, *i)).count() as u32;
        let subject = Subject::of(reading, mentioned, relations);
        Self { relations, subject, local: local(reading, mentioned) }
    }

    /// Whether any sentence can give a statement that stands in the end, by the marks and mentions of the text: what
    /// could still make a statement there, once more is known, is left out nowhere.
    pub(crate) fn promising(&self, reading: &Reading<'_>, mentioned: &Parties) -> bool {
        if self.subject.on_relations() || self.local {
            return reading.readable().any(|i| may_match(reading, i));
        }
        alone(reading, mentioned).any(|i| may_match(reading, i))
    }
}

/// Whether a text of so many sentences, so many of which hold words of company news, can be a report from one country: it is
/// short, and its colour ("a choir sang", "the hotel on the bank") may have one such word.
pub(crate) fn may_be_local(sentences: usize, company: usize) -> bool {
    const LOCAL: usize = 24;
    const COLOUR: usize = 1;
    sentences <= LOCAL && company <= COLOUR
}

/// Whether a text is a short report from one country: what becomes of a work on a border is often told so, on the side
/// that it is built on. Whose work it is only other reports can say, so a statement is made only of a work with a name of its
/// own. Company news betrays itself by its words: of 2935 press releases none gives a statement in this way.
pub(crate) fn local(reading: &Reading<'_>, mentioned: &Parties) -> bool {
    let sentences = &reading.doc.sentences;
    let company = || sentences.iter().filter(|s| business(reading, s.first_token, s.end_token)).count();
    mentioned.lone.is_some() && may_be_local(sentences.len(), company())
}

/// The sentences that name two countries and can be about them in a text that is not: the only ones there in which a
/// statement can stand ([`stands_alone`]).
pub(crate) fn alone(reading: &Reading<'_>, mentioned: &Parties) -> impl Iterator<Item = usize> {
    reading.readable().filter(|i| {
        let sentence = reading.sentence(*i);
        let (from, to) = (sentence.first_token, sentence.end_token);
        mentioned.count(from, to) >= 2 && own_subject(reading, from, to)
    })
}

/// Whether a rule can match in a sentence, whatever is still to be found there: phrases, ends of clauses, and values
/// and persons where these are not marked yet.
pub(crate) fn may_match(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let rules = &reading.parts.rules;
    let mut present = rules.presence(reading.marks_of(index).iter().map(|m| m.class));
    present.add(reading.classes.clause_end);
    for (origin, made) in &reading.classes.made {
        if reading.may_come(*origin, sentence) {
            present.add(*made);
        }
    }
    rules.may_match(&present)
}

pub(crate) fn state_body(kind: Option<&str>) -> bool {
    matches!(
        kind,
        Some(
            "presidency" | "government" | "ministry" | "statistics" | "parliament" | "commission" | "council"
        )
    )
}

/// A flow between countries: trade, exports, imports.
pub(crate) fn flow(entry: &tandem_lexicon::Entry) -> bool {
    entry.get("weak").is_none()
        && matches!(entry.get("indicator"), Some("trade_turnover" | "exports" | "imports" | "trade_balance"))
}

/// Shortest text, in sentences, whose subject can be judged by counting.
pub(crate) const JUDGED: u32 = 5;
/// Least part of a text's sentences that must speak of relations or of people in office. Of the annotated
/// articles the lowest has 0.12.
const SUBJECT: f64 = 0.1;

/// Sentences of a report so short that one on relations, and none of company news, tells what it is about.
const BRIEF: u32 = 8;

/// What a text is about, counted in sentences.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Subject {
    /// Sentences on relations between countries.
    pub relations: u32,
    /// Sentences on people in office.
    pub office: u32,
    /// Sentences of company news.
    pub business: u32,
    /// All sentences.
    pub sentences: u32,
}

impl Subject {
    /// Counts the sentences on relations, on people in office, and of company news.
    pub(crate) fn of(reading: &Reading<'_>, mentioned: &Parties, relations: u32) -> Self {
        let sentences = reading.doc.sentences.len() as u32;
        let mut subject = Self { relations, sentences, ..Self::default() };
        if sentences < JUDGED || relations == 0 && !one_by_one(reading, mentioned) {
            return subject;
        }
        subject.relations += lead(reading, mentioned, &|_| true);
        for sentence in &reading.doc.sentences {
            let (from, to) = (sentence.first_token, sentence.end_token);
            subject.office += u32::from(in_office(reading, from, to));
            subject.business += u32::from(business(reading, from, to));
        }
        subject
    }

    /// Whether the text is about relations between states at all. Company news names countries too, and
    /// its figures are nobody's ledger: its words betray it, however many countries it names. Of 2935
    /// press releases this holds for 29, nearly all of them on dealings between states; a share of
    /// sentences that name two countries held for 68, and left out interviews.
    pub(crate) fn on_relations(self) -> bool {
        let spoken = self.relations + self.office;
        self.sentences < JUDGED
            || self.relations >= 1
                && spoken >= (2 * self.business).max(if self.sentences <= BRIEF { 1 } else { 2 })
                && f64::from(spoken) >= SUBJECT * f64::from(self.sentences)
    }
}

/// A word of company news that states use, too: theirs are joint ones, or of projects.
pub(crate) const SHARED_WORD: &str = "portfolio";

/// A word of company news, but for what is still to be founded.
pub(crate) const FOUNDED: &str = "founded";

/// Whether a stretch holds words of company news.
pub(crate) fn business(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let joint = |m: &tandem_model::Mark| {
        let before = m.start.saturating_sub(2).max(from);
        let of_states = ["joint", "common", "binational", "bilateral"];
        let shared = (before..m.start).any(|t| of_states.iter().any(|word| reading.is(t, word)));
        // "A portfolio of nine projects … The portfolio includes": what was told before.
        let told = reading.is(m.start.saturating_sub(1), "the");
        reading.is(m.start, SHARED_WORD) && (shared || told || reading.is(m.end, "of"))
    };
    // "A chamber will be founded": only what was founded long ago is a company's story.
    let to_come =
        |m: &tandem_model::Mark| reading.is(m.start, FOUNDED) && reading.is(m.start.saturating_sub(1), "be");
    reading.within(from, to, reading.classes.business).any(|m| !joint(&m) && !to_come(&m))
}

/// Most sentences of a short report, and how many of them open it.
const SHORT: usize = 16;
const OPENING: usize = 5;
/// Sentences that a lead counts for beyond itself.
pub(crate) const LEAD: u32 = 2;

/// What the lead adds to the sentences on relations: a text that opens with two countries and their document, trade
/// or offices is about them, whatever colour follows, and a short report is on what its first sentences tell of two
/// countries. `seen` says which sentences are to be looked at.
pub(crate) fn lead(reading: &Reading<'_>, mentioned: &Parties, seen: &dyn Fn(usize) -> bool) -> u32 {
    let sentences = reading.doc.sentences.len();
    let prose = |i: &usize| reading.doc.sentences[*i].kind == SentenceKind::Prose;
    let opening = if sentences <= SHORT { OPENING } else { 1 };
    let two = |i: &usize| {
        let sentence = reading.sentence(*i);
        let (from, to) = (sentence.first_token, sentence.end_token);
        (2..=4).contains(&mentioned.count(from, to)) && !business(reading, from, to)
    };
    let mut opens = (0..sentences).filter(prose).take(opening).filter(|i| seen(*i)).filter(two);
    if opens.any(|i| sentences <= SHORT || theirs(reading, i)) || one_by_one(reading, mentioned) {
        LEAD
    } else {
        0
    }
}

/// Whether a short report opens with two countries one after the other, in sentences on an office of theirs ("The agreement
/// with Lithuania is a draft. … Poland's deputy minister said"), or with what both share ("the binational bridge"). Only
/// asked where [`may_be_local`] keeps a text from being given up at a glance.
fn one_by_one(reading: &Reading<'_>, mentioned: &Parties) -> bool {
    let sentences = &reading.doc.sentences;
    let company = |s: &&tandem_model::Sentence| business(reading, s.first_token, s.end_token);
    if sentences.len() > SHORT || !may_be_local(sentences.len(), sentences.iter().filter(company).count()) {
        return false;
    }
    let opening: Vec<_> = sentences.iter().filter(|s| s.kind == SentenceKind::Prose).take(OPENING).collect();
    let group = |s: &tandem_model::Sentence| {
        let mut groups = reading.within(s.first_token, s.end_token, reading.classes.group);
        groups.any(|m| reading.entry(m).get("weak").is_none())
    };
    let office = |s: &tandem_model::Sentence| in_office(reading, s.first_token, s.end_token);
    let together = |pair: &[&tandem_model::Sentence]| {
        let [one, next] = pair else { return false };
        (2..=4).contains(&mentioned.count(one.first_token, next.end_token))
            && (office(one) || office(next))
            && !company(one)
            && !company(next)
    };
    opening.windows(2).any(together) || opening.iter().any(|s| group(s) && !company(s))
}

/// Whether a sentence with two countries tells of their document, trade, work or offices.
fn theirs(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let (from, to) = (sentence.first_token, sentence.end_token);
    let office = || reading.within(from, to, reading.classes.state_office).any(|m| owned(reading, m, from));
    let document = || reading.within(from, to, reading.classes.doc_noun).next().is_some();
    document() || own_subject(reading, from, to) || joined(reading, from, to) || office()
}

/// Whether a stretch names two countries in one breath, as those who act or between whom something is, and a work, a
/// body or a meeting of theirs: "the railway between Iran and Iraq", "Romania and Moldova opened a crossing".
fn joined(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    let pair = |m: tandem_model::Mark| {
        let next = if reading.starts(m.end + 1, c.det).is_some() { m.end + 2 } else { m.end + 1 };
        let between = reading.starts(m.start.saturating_sub(1), c.between).is_some();
        let first = m.start == from || ["–", "-", "—", ".", ":"].contains(&reading.word(m.start - 1));
        reading.is(m.end, "and") && reading.starts(next, c.country).is_some() && (between || first)
    };
    let shared = |class| reading.within(from, to, class).any(|m| reading.entry(m).get("weak").is_none());
    reading.within(from, to, c.country).any(pair)
        && [c.project_noun, c.body_noun, c.meeting].into_iter().any(shared)
}

/// Offices that companies and clubs have too: they are a state's only beside a country.
pub(crate) const SHARED_OFFICES: [&str; 16] = [
    "king",
    "queen",
    "prince",
    "princess",
    "senator",
    "mayor",
    "commissioner",
    "president",
    "presidents",
    "leader",
    "leaders",
    "chancellor",
    "secretary",
    "governor",
    "representative",
    "speaker",
];

/// Whether a stretch names somebody in the office of a state, or one of its bodies.
pub(crate) fn in_office(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    let state = |m: &tandem_model::Mark| {
        let word = reading.word(m.start).to_lowercase();
        let beside = (m.start.saturating_sub(3).max(from), (m.end + 6).min(to));
        let country = |class| reading.within(beside.0, beside.1.max(beside.0), class).next().is_some();
        reading.entry(*m).get("firm").is_none()
            && !names_a_place(reading, *m)
            && !surname(reading, *m)
            && (!SHARED_OFFICES.contains(&word.as_str())
                || [c.country, c.country_adj, c.demonym].into_iter().any(country))
    };
    reading.within(from, to, c.title).any(|m| state(&m))
        || reading.within(from, to, c.person).any(|m| reading.entry(m).get("country").is_some())
        || reading.within(from, to, c.body).any(|m| state_body(reading.entry(m).get("kind")))
        || reading.within(from, to, c.state_office).any(|m| owned(reading, m, from))
}

/// "Prince of Wales Island", "King County Hospital": a title inside the name of a place or a house.
fn names_a_place(reading: &Reading<'_>, title: tandem_model::Mark) -> bool {
    const REACH: u32 = 4;
    const PLACES: [&str; 16] = [
        "Island",
        "Islands",
        "County",
        "Street",
        "Square",
        "Avenue",
        "Road",
        "Park",
        "Hospital",
        "University",
        "College",
        "School",
        "Airport",
        "Sound",
        "Cup",
        "Museum",
    ];
    let name = |t: &u32| reading.capital(*t) || reading.is(*t, "of") || reading.is(*t, "the");
    reading.capital(title.start)
        && (title.end..title.end + REACH)
            .take_while(name)
            .any(|t| PLACES.iter().any(|place| reading.word(t) == *place))
}

/// Whether a country stands right before a word for an office of states or is the one it is of: "the Polish foreign
/// ministry", "Chad's Ministry of Works", "the Ministry of Public Works of Cameroon".
fn owned(reading: &Reading<'_>, office: tandem_model::Mark, first: u32) -> bool {
    const REACH: u32 = 3;
    const BEHIND: u32 = 7;
    let c = reading.classes;
    let before = office.start.saturating_sub(REACH).max(first);
    let of = |t: u32| {
        let at = if reading.is(t + 1, "the") { t + 2 } else { t + 1 };
        reading.is(t, "of") && reading.starts(at, c.country).is_some()
    };
    let name =
        |t: &u32| reading.capital(*t) || ["of", "and", "the", "for", ","].iter().any(|w| reading.is(*t, w));
    [c.country, c.country_adj]
        .iter()
        .any(|class| reading.within(before, office.start, *class).next().is_some())
        || (office.end..office.end + BEHIND).take_while(name).any(of)
}

/// Whether a sentence that names two countries can be about their relations in a text that is not: states act
/// in it, or it counts a flow between them, and it is no company news.
pub(crate) fn own_subject(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    states_act(reading, from, to) || (flows(reading, from, to) && !business(reading, from, to))
}

/// Whether a stretch counts what goes between countries: goods, travellers, firms.
fn flows(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    reading.within(from, to, c.indicator).any(|m| counted(reading.entry(m))) || dealt(reading, from, to)
}

/// Whether an indicator counts what goes between countries.
pub(crate) fn counted(entry: &tandem_lexicon::Entry) -> bool {
    let firm = entry.get("weak").is_none();
    flow(entry)
        || matches!(entry.get("indicator"), Some("tourists" | "companies"))
        || firm && matches!(entry.get("indicator"), Some("passengers" | "freight"))
}

/// Whether goods change hands in a stretch, told by a verb: "exported goods worth", "shipped wheat".
fn dealt(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    let c = reading.classes;
    let any = |classes: &[tandem_model::ClassId]| {
        classes.iter().any(|class| reading.within(from, to, *class).next().is_some())
    };
    any(&[c.goods, c.commodity]) && any(&[c.sell_verb, c.buy_verb, c.trade_verb, c.worth])
}

/// Whether a statement is about relations between countries by its own sentence, in a text that is not: it
/// names both, and states act there, by people in office or bodies, or it is a figure of a flow between
/// them.
pub(crate) fn stands_alone(reading: &Reading<'_>, parties: &Parties, statement: &Statement) -> bool {
    let index = reading.doc.sentences.partition_point(|s| s.span.end() <= statement.evidence.start);
    let Some(sentence) = reading.doc.sentences.get(index) else { return false };
    let (from, to) = (sentence.first_token, sentence.end_token);
    let own = parties.codes(from, to);
    let (flows, states) = (flows(reading, from, to), states_act(reading, from, to));
    let pair = statement.parties.len() == 2 && !business(reading, from, to);
    statement.parties.len() >= 2
        && statement.parties.iter().all(|p| own.contains(p))
        && match statement.kind() {
            Kind::Figure => flows && (states || pair),
            Kind::Target => flows && states,
            _ => states,
        }
}

/// Whether what a few lines that name no country count can only go between countries: trade, and not a museum's
/// visitors. Longer texts that name none are not read.
pub(crate) fn between_somebody(statement: &Statement) -> bool {
    let indicator = match &statement.body {
        Body::Figure(figure) => &figure.indicator,
        Body::Target(target) => &target.indicator,
        _ => return true,
    };
    ["trade_turnover", "trade_balance", "exports", "imports", "investment", "share"]
        .contains(&indicator.as_str())
}

/// "Bilateral trade of India and Africa": of two partners, of whom only one is a country that the program knows. It is not
/// that country's trade with all.
pub(crate) fn half_known(reading: &Reading<'_>, statement: &Statement) -> bool {
    const MUTUAL: [&str; 4] = ["bilateral", "two-way", "mutual", "reciprocal"];
    const FLOWS: [&str; 3] = ["trade", "turnover", "commerce"];
    let one = matches!(&statement.parties[..], [one] if one.len() == 2);
    let quantity = matches!(statement.kind(), Kind::Figure | Kind::Target);
    let index = reading.doc.sentences.partition_point(|s| s.span.end() <= statement.evidence.start);
    let Some(sentence) = reading.doc.sentences.get(index).filter(|_| one && quantity) else { return false };
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let mutual = |t: u32| is(t, &MUTUAL) || is(t, &["two"]) && is(t + 2, &["way"]);
    (sentence.first_token..sentence.end_token).any(|t| mutual(t) && (t + 1..t + 5).any(|t| is(t, &FLOWS)))
}

/// Whether states act in a stretch, by people in office or bodies, and nothing there is company news.
pub(crate) fn states_act(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    in_office(reading, from, to) && !business(reading, from, to)
}
