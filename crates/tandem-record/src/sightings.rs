//! What later texts show of a work that an alarm waits for.
//!
//! A report that a work is in use often states nothing that could be read as a statement on the two countries: it names a
//! town, a noun and lorries. An alarm that "no report since says what became of it" must not be raised over the heads of such
//! reports, so the texts themselves are looked through for the few works that an alarm is about. A sighting never makes an entry:
//! it takes an alarm back, or adds a witness to it. Refused alternative: statements with guessed parties, which
//! would spread a guess to all that is told of the work.

use rustc_hash::FxHashSet;
use tandem_model::record::{Cause, Finding, FindingType};
use tandem_model::{Body, Date, Period, Statement};

use crate::entities::{Name, proper_words};
use crate::lives::{is_work_noun, noun, stands_for};
use crate::names;

/// What a text shows of a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is used, or was opened.
    InUse,
    /// It is still being built, or is said not to work.
    AtWork,
}

/// A work or a body that an alarm waits for, as later texts may name it.
#[derive(Clone, Debug)]
pub struct Sought {
    noun: String,
    proper: Vec<u64>,
    /// Its proper words and those of its own, as written.
    marks: Vec<String>,
    own: Name,
    parties: Vec<String>,
    /// Something that stands already is to be made larger or better: its use shows nothing.
    renewed: bool,
    /// A paper that is to be signed.
    paper: bool,
    /// Of an act, the past of its verb; empty when there is none to look for.
    act: Option<String>,
    /// How one goes on it, if its name says so.
    ways: Vec<usize>,
    /// Works that are to begin: that they go on shows the promise kept.
    starts: bool,
    due: Option<Date>,
}

/// Whether a finding is an alarm that a sighting could take back: a work or a body past its day.
pub fn waits(finding: &Finding) -> bool {
    finding.kind == FindingType::Status && finding.cause == Cause::Overdue
}

/// What a statement tells of a work or a body.
struct Told<'a> {
    statement: &'a Statement,
    name: &'a str,
    place: &'a str,
    deadline: Option<&'a str>,
}

impl<'a> Told<'a> {
    fn of(statement: &'a Statement) -> Option<Self> {
        match &statement.body {
            Body::Project(project) if project.count.is_none_or(|count| count == 1) => Some(Self {
                statement,
                name: &project.name,
                place: project.place.as_deref().unwrap_or_default(),
                deadline: project.deadline.as_deref(),
            }),
            Body::Institution(body) => {
                Some(Self { statement, name: &body.name, place: "", deadline: body.deadline.as_deref() })
            }
            // "The air services agreement will be signed by August": what is waited for is the paper; in "hand in a revised
            // plan by May" it is the plan.
            Body::Commitment(promise) => Some(Self {
                statement,
                name: object(&promise.action),
                place: "",
                deadline: promise.deadline.as_deref(),
            }),
            _ => None,
        }
    }
}

/// The capital words of a sentence that a preposition of place leads to, or "and" behind one of them: neither months nor those who lend
/// the money.
fn places(said: &str) -> String {
    const LEAD: [&str; 14] = [
        "in", "at", "near", "between", "from", "to", "over", "opposite", "outside", "through", "with", "and",
        "of", "linking",
    ];
    const TIMES: [&str; 19] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let mut places: Vec<&str> = Vec::new();
    let mut led = false;
    for word in said.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.starts_with(char::is_uppercase);
        if capital && led && !TIMES.contains(&bare) {
            places.push(bare);
        }
        // A name may have several words.
        led = LEAD.contains(&bare) || ["the", "a"].contains(&bare) && led || capital && led && bare == word;
    }
    places.join(" ")
}

/// What an act is done to: behind the first article, or behind the verb.
fn object(action: &str) -> &str {
    const ARTICLES: [&str; 7] = [" a ", " an ", " the ", " its ", " their ", " his ", " her "];
    const START: [&str; 3] = ["a ", "an ", "the "];
    let opened = START.iter().find_map(|article| action.strip_prefix(article));
    let behind = || ARTICLES.iter().filter_map(|a| action.find(a).map(|at| at + a.len())).min();
    opened.unwrap_or_else(|| match behind().or_else(|| action.find(' ').map(|at| at + 1)) {
        Some(at) => &action[at..],
        None => action,
    })
}

/// The past of the verb that opens an act: "hand in a plan" is done when it was "handed" in.
fn done(action: &str) -> Option<String> {
    const IRREGULAR: [(&str, &str); 24] = [
        ("build", "built"),
        ("send", "sent"),
        ("give", "given"),
        ("hold", "held"),
        ("set", "set"),
        ("begin", "begun"),
        ("buy", "bought"),
        ("bring", "brought"),
        ("lend", "lent"),
        ("pay", "paid"),
        ("make", "made"),
        ("put", "put"),
        ("cut", "cut"),
        ("draw", "drawn"),
        ("take", "taken"),
        ("write", "written"),
        ("lay", "laid"),
        ("find", "found"),
        ("meet", "met"),
        ("let", "let"),
        ("lift", "lifted"),
        ("be", ""),
        ("have", ""),
        ("do", ""),
    ];
    let verb = action.split(' ').next().filter(|verb| verb.chars().all(char::is_lowercase))?;
    let past = match IRREGULAR.iter().find(|(base, _)| *base == verb) {
        Some((_, past)) => (*past).to_owned(),
        None if ["a", "an", "the"].contains(&verb) => String::new(),
        None if verb.ends_with('e') => format!("{verb}d"),
        None if verb.ends_with('y') => format!("{}ied", &verb[..verb.len() - 1]),
        None => format!("{verb}ed"),
    };
    (!past.is_empty()).then(|| format!(" {past} "))
}

/// Adds the report that shows a work unfinished to the alarm about it.
pub fn witnessed(finding: &mut Finding, doc: &str, written: Date) {
    const UNKNOWN: &str = "no report since says what became of it";
    if finding.message.contains(UNKNOWN) {
        let known = format!("{doc} (on {written}) does not show it finished");
        finding.message = finding.message.replace(UNKNOWN, &known);
        finding.docs.push(doc.to_owned());
        finding.docs.sort_unstable();
        finding.docs.dedup();
    }
}

/// Nouns that stand for any work.
const ANY: &str = "facility site structure project scheme works installation complex";

/// Words of works on what stands already.
const RENEWED: [&str; 14] = [
    "expansion",
    "expand",
    "extension",
    "extend",
    "widen",
    "upgrad",
    "moderni",
    "reconstruct",
    "repair",
    "rehabilit",
    "renovat",
    "electrif",
    "second ",
    "dualling",
];

/// Signs that a thing is used. Each begins and ends at the edge of a word where it has a blank.
const IN_USE: [&str; 77] = [
    " handled ",
    " handles ",
    " handling ",
    " cleared ",
    " clears ",
    " carried ",
    " carries ",
    " carry ",
    " carrying ",
    " passed ",
    " passing ",
    " passes ",
    " pass through ",
    " crossed ",
    " crosses ",
    " crossing it ",
    " use it",
    " used it",
    " used the ",
    " uses ",
    " used by ",
    " in use ",
    " in use.",
    " in service ",
    " into service",
    " in operation",
    " into operation",
    " operates ",
    " operating ",
    " operational",
    " at work ",
    " working since",
    " has worked",
    " have worked",
    " been working",
    " running ",
    " runs ",
    " ran ",
    " plies ",
    " plied ",
    " sails ",
    " sailed ",
    " sailing",
    " voyage",
    " trips ",
    " flies ",
    " flown ",
    " passengers",
    " traffic",
    " serves ",
    " served ",
    " serving ",
    " opened",
    " inaugurated",
    " launched",
    " handed over",
    " handed the ",
    " completed",
    " finished",
    " commissioned",
    " welcomed ",
    " welcomes ",
    " treated ",
    " treats ",
    " taught ",
    " teaches ",
    " trained ",
    " enrolled",
    " supplies ",
    " supplied ",
    " supplying ",
    " delivers ",
    " delivered ",
    " produces ",
    " produced ",
    " processed ",
    " first trip",
];

/// Signs that a thing is ready, whatever was there before.
const READY: [&str; 9] = [
    " opened",
    " inaugurated",
    " handed over",
    " completed",
    " finished",
    " commissioned",
    " into service",
    " into operation",
    " is ready",
];

/// Signs that a paper was signed.
const SIGNED: [&str; 7] =
    [" signed", " in force", " into force", " took effect", " taken effect", " applied ", " concluded"];

/// Words of works that are to begin.
const STARTS: [&str; 7] =
    [" will begin", " will start", " to begin", " to start", " would begin", " would start", " commence"];

/// Signs that a thing is still to come.
const TO_COME: [&str; 23] = [
    " will ",
    " would ",
    " is to ",
    " are to ",
    " was to ",
    " to be ",
    " plan ",
    " plans ",
    " planned ",
    " expected",
    " scheduled",
    " once ",
    " due to ",
    " if ",
    " should ",
    " could ",
    " may ",
    " might ",
    " before it ",
    " old ",
    " existing ",
    " present ",
    " current ",
];

/// Signs of works that go on, or of a thing that does not work.
const AT_WORK: [&str; 47] = [
    " under construction",
    " being built",
    " is being ",
    " are being ",
    " still ",
    " not yet",
    " yet to ",
    " has not ",
    " have not ",
    " had not ",
    " cannot ",
    " delay",
    " behind schedule",
    " unfinished",
    " incomplete",
    " half-finished",
    " of the work ",
    " of the works ",
    " of all work",
    " percent complete",
    " per cent complete",
    " percent done",
    " per cent done",
    " percent ready",
    " are standing",
    " is standing",
    " stand idle",
    " cranes",
    " builders ",
    " workers ",
    " works on ",
    " work on ",
    " girder",
    " halted",
    " suspended",
    " postponed",
    " stalled",
    " waiting for",
    " awaiting",
    " idle",
    " no date",
    " locked",
    " first pile",
    " ground was broken",
    " broke ground",
    " groundbreaking",
    " foundation stone",
];

impl Sought {
    /// What an alarm waits for, from the statements that promise it; nothing where no text could name it.
    pub fn of(statements: &[Statement]) -> Option<Self> {
        let told: Vec<Told<'_>> = statements.iter().filter_map(Told::of).collect();
        let first = told.iter().find(|told| told.deadline.is_some()).or(told.first())?;
        // "A plant for iron, under construction near Arandis": the place often stands behind what is quoted.
        let behind = |told: &Told<'_>| {
            told.statement.evidence.suffix.split(". ").next().unwrap_or_default().to_owned()
        };
        let quoted = |told: &Told<'_>| format!("{}{}", told.statement.evidence.exact, behind(told));
        let of = |told: &Told<'_>| format!("{}. {}. {}. ", told.name, told.place, quoted(told));
        let said: String = told.iter().map(of).collect();
        let named =
            told.iter().map(|told| format!("{}. {}. {}", told.name, told.place, places(&quoted(told))));
        let proper = proper_words(&named.collect::<Vec<_>>().join(". "));
        let own = Name::new(first.name);
        let is_mark = |word: &&str| {
            proper_words(word).iter().any(|word| proper.contains(word))
                || own.own_words_in(&Name::new(word)) > 0
        };
        let lower = said.to_lowercase();
        let act = match &first.statement.body {
            Body::Commitment(promise) => Some(promise.action.as_str()),
            _ => None,
        };
        let paper = act.is_some() && stands_for("agreement", &noun(first.name));
        Some(Self {
            noun: noun(first.name),
            marks: said.split(|c: char| !c.is_alphanumeric()).filter(is_mark).map(str::to_owned).collect(),
            parties: first.statement.parties.clone(),
            paper,
            act: act.map(|act| done(act).unwrap_or_default()),
            ways: ways(&first.name.to_lowercase()),
            starts: STARTS.iter().any(|word| lower.contains(word)),
            renewed: RENEWED.iter().any(|word| lower.contains(word)),
            due: first.deadline.and_then(|due| due.parse::<Period>().ok()).map(|due| due.last()),
            proper,
            own,
        })
    }

    /// Words as written, one of which a text must have to be worth a look.
    pub fn marks(&self) -> &[String] {
        &self.marks
    }

    /// Whether a text names all the parties, so that it may tell of the work without a proper name.
    fn parties_in(&self, text: &str) -> bool {
        !self.parties.is_empty() && self.parties.iter().all(|party| names::is_called_in(party, text))
    }

    fn any_party_in(&self, text: &str) -> bool {
        self.parties.is_empty() || self.parties.iter().any(|party| names::is_called_in(party, text))
    }

    /// What a text written on a day shows of the work.
    pub fn seen(&self, text: &str, written: Date) -> Option<Seen> {
        let sentences: Vec<&str> = sentences(text).collect();
        let here = |sentence: &str| -> usize {
            let words: FxHashSet<u64> = proper_words(sentence).into_iter().collect();
            self.proper.iter().filter(|word| words.contains(word)).count()
        };
        let shared: Vec<usize> = sentences.iter().map(|sentence| here(sentence)).collect();
        // A word in common says little of a text that names neither country.
        let own = || self.own.own_words_in(&Name::new(text));
        let known = || shared.iter().any(|count| *count > 1) || self.any_party_in(text);
        let near = shared.iter().any(|count| *count > 0) && known()
            || self.parties_in(text) && own() > 0
            || self.any_party_in(text) && own() > 1;
        let signs = sentences
            .iter()
            .zip(&shared)
            .filter(|_| near)
            .map(|(sentence, shared)| self.sign(sentence, *shared));
        let signs: Vec<Seen> = signs.flatten().collect();
        let late = self.due.is_none_or(|due| written > due);
        if self.starts && !signs.is_empty() {
            return Some(Seen::InUse);
        }
        if late && signs.contains(&Seen::AtWork) {
            return Some(Seen::AtWork);
        }
        signs.contains(&Seen::InUse).then_some(Seen::InUse)
    }

    /// What one sentence shows that has so many of the work's proper words.
    fn sign(&self, sentence: &str, shared: usize) -> Option<Seen> {
        let lower = format!(" {} ", sentence.to_lowercase());
        let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
        let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let kindred = words.any(|word| {
            let singular = word.strip_suffix('s').unwrap_or(word);
            stands_for(&self.noun, word)
                || stands_for(&self.noun, singular)
                || shared > 0 && ANY.split(' ').any(|w| w == word)
        });
        if self.paper {
            const UNSIGNED: [&str; 6] = ["unsigned", " not ", " yet ", " draft", " negotiat", " wait"];
            let signed = kindred && has(&SIGNED) && !has(&TO_COME[..11]) && !has(&UNSIGNED);
            return signed.then_some(Seen::InUse);
        }
        if let Some(past) = &self.act {
            // A part of what was promised is not all of it.
            const PART: [&str; 8] =
                [" first ", " second ", " half", " part", " some of", " not ", " never ", " no "];
            const UNDONE: [&str; 5] = [" has not ", " have not ", " not yet ", " yet to ", " not been "];
            if kindred && !past.is_empty() && lower.contains(past.trim_end()) && has(&UNDONE) {
                return Some(Seen::AtWork);
            }
            let did = !past.is_empty() && lower.contains(past) && kindred;
            return (did && !has(&TO_COME[..6]) && !has(&PART)).then_some(Seen::InUse);
        }
        if has(&AT_WORK) {
            return (shared > 0 || kindred).then_some(Seen::AtWork);
        }
        // "The ferry between Ruse and Giurgiu carried 40,000 lorries" shows no railway between the two in use.
        let ways = ways(&lower);
        let another_way =
            !self.ways.is_empty() && !ways.is_empty() && ways.iter().all(|way| !self.ways.contains(way));
        let named = (kindred || shared > 1 && !names_a_work(&lower)) && !another_way;
        let used = if self.renewed { has(&READY) } else { has(&IN_USE) };
        (named && used && !has(&TO_COME)).then_some(Seen::InUse)
    }
}

/// Ways of going: by rail, road, water and air.
fn ways(lower: &str) -> Vec<usize> {
    const WAYS: [&[&str]; 4] = [
        &["rail", "railway", "railroad", "train", "trains", "tram"],
        &["road", "highway", "motorway", "bus", "buses", "expressway"],
        &[
            "ferry", "ferries", "ship", "ships", "boat", "boats", "vessel", "vessels", "sails", "sailed",
            "barges",
        ],
        &["air", "flight", "flights", "plane", "planes", "airline", "airlines", "flies", "flown"],
    ];
    let words: FxHashSet<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    (0..WAYS.len()).filter(|n| WAYS[*n].iter().any(|word| words.contains(word))).collect()
}

/// Whether a sentence has the noun of any sort of work.
fn names_a_work(lower: &str) -> bool {
    let plain = |word: &'_ str| word.strip_suffix('s').unwrap_or(word).to_owned();
    lower.split(|c: char| !c.is_alphabetic()).any(|word| is_work_noun(word) || is_work_noun(&plain(word)))
}

/// The sentences of a text, roughly: a cut too many does no harm here.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '!', '?'])
        .flat_map(|line| line.split(". "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_have_an_object_and_a_past() {
        let check = |action: &str, thing: &str, past: Option<&str>| {
            assert_eq!((object(action), done(action).as_deref()), (thing, past), "{action}");
        };
        check("hand in a revised plan by May", "revised plan by May", Some(" handed "));
        check("open consulates by June", "consulates by June", Some(" opened "));
        check("the pact will be signed", "pact will be signed", None);
        check("ratify the treaty", "treaty", Some(" ratified "));
        check("pay", "pay", Some(" paid "));
    }

    fn check(name: &str, said: &str, text: &str, expected: Option<Seen>) {
        let statement = format!(
            r#"{{"id":"s","kind":"project","doc":"d","sentence":[0,9],"evidence":{{"exact":"{said}","prefix":"","suffix":"","start":0,"end":9}},
            "parties":["BG","GE"],"modality":"asserted","confidence":0.9,"rule":"project/built","name":"{name}","count":1,"value":null,"unit":null,
            "bound":null,"sectors":[],"status":"planned","place":null}}"#
        );
        let statement = Statement::from_json(&statement).unwrap();
        let day = "2025-05-01".parse().unwrap();
        let seen = Sought::of(&[statement]).and_then(|sought| sought.seen(&format!("Georgia.\n{text}"), day));
        assert_eq!(seen, expected, "{name}: {text}");
    }

    #[test]
    fn use_is_seen_where_noun_and_place_agree() {
        let ferry = "regular ferry between Burgas and Batumi";
        check(
            ferry,
            ferry,
            "The third voyage of the Drujba from Burgas to Batumi began on Friday.",
            Some(Seen::InUse),
        );
        check(ferry, ferry, "The ferry will carry lorries from Burgas to Batumi.", None);
        check(ferry, ferry, "The ferry has carried 300 lorries. It sails to Poti.", None);
        check(
            ferry,
            ferry,
            "In Batumi rain fell. The ship carried 300 lorries on the route.",
            Some(Seen::InUse),
        );
        check(
            "border post",
            "border post at Darranga",
            "Some 640 trucks passed through the complex at Darranga.",
            Some(Seen::InUse),
        );
        check("border post", "border post at Darranga", "Trucks passed through Darranga before.", None);
        check("airport", "expansion of Gan airport", "The airport of Gan served 200,000 guests.", None);
        check(
            "airport",
            "expansion of Gan airport",
            "Cranes stand over Gan. Half of the work is done.",
            Some(Seen::AtWork),
        );
        check(
            "service centre for tractors",
            "",
            "Bulgaria's tractors plough in Georgia. The centre has served 40 farmers.",
            Some(Seen::InUse),
        );
        check(
            "service centre for tractors",
            "",
            "Tractors are sold. The centre has served 40 farmers.",
            None,
        );
    }
}
