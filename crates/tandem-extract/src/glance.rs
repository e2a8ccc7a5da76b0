//! How many sentences of a text can speak of relations between countries at most, by their names and offices alone.
//!
//! Most texts that name countries name one in a sentence, and nothing that is between countries. That shows before
//! anything is marked: [`Glance::of`] asks only for the forms that count, in the sentences that name somebody, and
//! counts whatever could make a sentence one on relations ([`trust::relation`]). What it says is never less than what a
//! full look says, so a text that falls short here falls short there.

use tandem_lexicon::{Entry, Gate, Lexicon};
use tandem_model::{Document, Mark};

use crate::classes::Classes;
use crate::trust;

/// "The two countries" and their like.
const GROUP: u16 = 1;
/// Names of parties: countries, blocs, bodies, persons of office.
const PARTY: u16 = 2;
/// Names of countries and their adjectives, which tell whose an office is.
const COUNTRY: u16 = 4;
/// Capitals, which are parties but where they are places.
const CAPITAL: u16 = 8;
/// Persons of office.
const PERSON: u16 = 16;
/// Offices.
const TITLE: u16 = 32;
/// Offices and bodies of states, beside which one country is enough.
const OFFICIAL: u16 = 64;
/// Trade between countries.
const TRADE: u16 = 128;
/// Anything that is counted.
const INDICATOR: u16 = 256;
/// What goes between countries, or may.
const FLOW: u16 = 512;
/// Houses of states, which are a country's beside it.
const HOUSE: u16 = 1024;

/// The gate for these forms.
pub(crate) fn gate(lexicon: &Lexicon, classes: &Classes) -> Gate {
    lexicon.gate(|entry, _| kinds(classes, entry))
}

fn kinds(c: &Classes, entry: &Entry) -> u16 {
    let class = entry.class;
    // Asked of every form while a program starts.
    let counts =
        [c.group, c.person, c.title, c.leader_title, c.state_office, c.indicator, c.goods, c.commodity];
    if c.known_bit(class) & c.masks.parties == 0 && !counts.contains(&class) {
        return 0;
    }
    let body = class == c.body && entry.get("country").is_some();
    let party = class != c.body && c.known_bit(class) & c.masks.parties != 0;
    let state_body = class == c.body && trust::state_body(entry.get("kind"));
    let indicator = class == c.indicator;
    let flags = [
        (class == c.group && entry.get("weak").is_none(), GROUP),
        (body || party || class == c.person, PARTY),
        (class == c.country || class == c.country_adj, COUNTRY),
        (class == c.capital, CAPITAL),
        (class == c.person, PERSON),
        (class == c.title, TITLE),
        (class == c.leader_title || state_body, OFFICIAL),
        (class == c.state_office, HOUSE),
        (indicator && trust::flow(entry), TRADE),
        (indicator, INDICATOR),
        (indicator && trust::counted(entry) || class == c.goods || class == c.commodity, FLOW),
    ];
    flags.iter().filter(|(is, _)| *is).fold(0, |all, (_, kind)| all | kind)
}

/// What sentences can be at most.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Glance {
    /// Sentences on relations.
    pub relations: u32,
    /// Sentences that name persons of office.
    pub persons: u32,
    /// Whether a sentence names two countries.
    pub two: bool,
    /// Whether a sentence may be about two countries in a text that is not.
    pub alone: bool,
    /// Whether somebody may be introduced with a country by an office: such persons are met again by name alone.
    pub introduces: bool,
}

/// One sentence.
#[derive(Default)]
struct Seen<'l> {
    kinds: u16,
    codes: Vec<&'l str>,
    /// A region, which is a party only where something is counted.
    region: bool,
}

impl Glance {
    /// Looks at some sentences, by number, of which `business` says whether they are company news; at no more of them
    /// once `enough` are on relations.
    pub(crate) fn of(
        lexicon: &Lexicon,
        (gate, classes): (&Gate, &Classes),
        document: &Document,
        sentences: impl Iterator<Item = usize>,
        business: impl Fn(usize) -> bool,
        enough: u32,
    ) -> Self {
        let mut all = Self::default();
        let (mut titles, mut countries) = (Vec::new(), Vec::new());
        let mut seen = Seen::default();
        for index in sentences {
            seen.kinds = 0;
            seen.codes.clear();
            seen.region = false;
            let sentence = &document.sentences[index];
            lexicon.forms_of(gate, document, sentence, |mark, kinds| {
                if kinds & TITLE != 0 {
                    titles.push((mark, sentence.end_token));
                }
                if kinds & COUNTRY != 0 {
                    countries.push(mark.start);
                }
                if kinds & CAPITAL == 0 || !is_place(document, mark.start) {
                    seen.note(lexicon.entry(mark.entry), kinds, classes);
                }
            });
            all.count(&seen, business(index));
            if all.relations >= enough {
                break;
            }
        }
        all.introduces =
            titles.iter().any(|title| countries.iter().any(|at| tells_whose(document, *title, *at)));
        all
    }

    fn count(&mut self, seen: &Seen<'_>, business: bool) {
        let has = |kind: u16| seen.kinds & kind != 0;
        let codes = seen.codes.len() + usize::from(seen.region && has(INDICATOR));
        let relation = has(GROUP) || codes >= 2 || codes == 1 && has(OFFICIAL | TRADE);
        self.relations += u32::from(relation);
        self.persons += u32::from(has(PERSON));
        self.two |= codes >= 2;
        self.alone |= codes >= 2 && !business && has(TITLE | OFFICIAL | PERSON | HOUSE | FLOW);
    }
}

impl<'l> Seen<'l> {
    fn note(&mut self, entry: &'l Entry, kinds: u16, classes: &Classes) {
        self.kinds |= kinds;
        if kinds & PARTY == 0 {
            return;
        }
        let codes = if entry.class == classes.bloc {
            entry.get("party").or_else(|| entry.get("code"))
        } else {
            entry.get("code").or_else(|| entry.get("country"))
        };
        if entry.class == classes.bloc && entry.get("code").is_some_and(|code| code.starts_with("REGION_")) {
            self.region = true;
            return;
        }
        for code in codes.unwrap_or("").split([',', '|', '+']).filter(|code| !code.is_empty()) {
            if !self.codes.contains(&code) {
                self.codes.push(code);
            }
        }
    }
}

/// Whether a capital is only where something is: "in London".
fn is_place(document: &Document, token: u32) -> bool {
    let Some(before) = (token as usize).checked_sub(1) else { return false };
    let word = document.token_text(before);
    ["in", "at", "near", "from", "to", "of"].iter().any(|place| word.eq_ignore_ascii_case(place))
}

/// Whether a country may tell whose an office is, whose sentence ends at a token: it stands right before, or a few
/// words behind an "of" or "for" that follows the office or the name beside it.
fn tells_whose(document: &Document, (title, end): (Mark, u32), country: u32) -> bool {
    const BEFORE: u32 = 3;
    const BEHIND: u32 = 6;
    let before = country < title.start && title.start - country <= BEFORE;
    let led = || {
        let mut words = country.saturating_sub(BEHIND).max(title.end)..country;
        words.any(|t| {
            let word = document.token_text(t as usize);
            word.eq_ignore_ascii_case("of") || word.eq_ignore_ascii_case("for")
        })
    };
    before || country >= title.end && country < end + BEHIND && led()
}
