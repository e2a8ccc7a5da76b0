//! Whose relations a passage is about.
//!
//! Every country mention of the text is collected once. A passage takes its parties from the narrowest
//! ring that names them: its clause, its sentence, the last pair named ("the two countries"), the
//! article's own pair. A third country in another clause never joins.

use std::collections::BTreeMap;

use tandem_model::Mark;

use super::namings::{How, Naming, TIES, joiner, namings};
use crate::reading::Reading;

/// All country mentions of a document, and what follows from them.
#[derive(Debug)]
pub(crate) struct Parties {
    namings: Vec<Naming>,
    /// The pair (or group) that the article is about.
    pub pair: Vec<String>,
    /// The country that the article mostly speaks of.
    pub(super) anchor: Option<String>,
    /// Where two or more countries stand side by side, with their codes.
    pairs_said: Vec<(u32, Vec<String>)>,
    /// The only country that the text names, or is sent from when it names none.
    pub lone: Option<String>,
}

impl Parties {
    /// Reads all mentions of a document.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        Self::from_namings(reading, namings(reading))
    }

    /// The mentions alone, for judging a text's subject; no pair, no country of the article.
    pub(crate) fn mentioned(reading: &Reading<'_>) -> Self {
        let namings = namings(reading);
        let lone = only_country(reading, &namings);
        Self { namings, pair: Vec::new(), anchor: None, pairs_said: Vec::new(), lone }
    }

    /// The mentions that lie between two tokens; they are in the order of the text.
    pub(super) fn between(&self, from: u32, to: u32) -> impl Iterator<Item = &Naming> {
        between(&self.namings, from, to)
    }

    /// How many different codes are named between two tokens.
    pub(crate) fn count(&self, from: u32, to: u32) -> usize {
        let mut codes: Vec<&str> = Vec::new();
        for code in self.between(from, to).flat_map(|n| &n.codes) {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        codes.len()
    }

    /// The parties of a passage: tokens `start..end` within one sentence.
    pub(crate) fn around(&self, reading: &Reading<'_>, start: u32, end: u32) -> Vec<String> {
        let index = reading.sentence_at(start);
        let sentence = reading.sentence(index);
        let (from, to) = clause(reading, start, end, sentence.first_token, sentence.end_token);
        let here = self.partners(from, to);
        let whole = || self.partners(sentence.first_token, sentence.end_token);
        let group =
            reading.within(sentence.first_token, sentence.end_token, reading.classes.group).next().is_some();
        // "Other states" are not "the two states".
        let both = || {
            (sentence.first_token..sentence.end_token)
                .any(|t| ["two", "both", "sides"].iter().any(|word| reading.is(t, word)))
        };
        let they = || (sentence.first_token..sentence.end_token).any(|t| reading.is(t, "they"));
        let said = || self.said_before(reading, index, group);
        // "At a trilateral meeting with the participation of the heads of the railways of Alvaria and Borland".
        if self.pair.len() == 3
            && !here.is_empty()
            && here.iter().all(|code| self.pair.contains(code))
            && says_three(reading, sentence.first_token, sentence.end_token)
        {
            return self.pair.clone();
        }
        if here.len() > 2
            && let Some(pair) = self.said_between(reading, start, end)
        {
            return pair;
        }
        match here.len() {
            0 | 1 if group => join(said(), &here),
            0 => {
                let (whole, said) = (whole(), said());
                match whole.len() {
                    2.. => whole,
                    1 if !said.is_empty() && they() => join(said, &whole),
                    1 if self.firm(reading, sentence.first_token, sentence.end_token) => said.to_vec(),
                    1 if self.owner_before(reading, index, &whole[0]).is_some() => {
                        self.owner_before(reading, index, &whole[0]).unwrap_or_default()
                    }
                    1 => self.with_one(&whole, said),
                    _ => said.to_vec(),
                }
            }
            1 => {
                let whole = whole();
                if whole.len() == 2 && !self.alternatives(reading, sentence.first_token, sentence.end_token) {
                    return whole;
                }
                let said = said();
                if let Some(pair) = self.owner_before(reading, index, &here[0]) {
                    pair
                } else if !said.is_empty() && they() {
                    join(said, &here)
                } else if self.firm(reading, from, to) {
                    said.to_vec()
                } else {
                    self.with_one(&here, said)
                }
            }
            _ if both() => {
                let said = said();
                let mixed = here.iter().any(|c| !said.contains(c)) && here.iter().any(|c| said.contains(c));
                if mixed { join(said, &here) } else { here }
            }
            _ => here,
        }
    }

    /// "Alvaria's trade with Borland and Cedonia has grown. That with Cedonia came to $40 million": the owner told before in
    /// the paragraph, where one of several partners is named alone.
    fn owner_before(&self, reading: &Reading<'_>, index: usize, code: &str) -> Option<Vec<String>> {
        let sentence = reading.sentence(index);
        let same = |n: &&Naming| {
            n.token < sentence.first_token
                && reading.sentence(reading.sentence_at(n.token)).paragraph == sentence.paragraph
        };
        let told = self.namings.iter().rev().filter(same).find_map(|n| {
            let owner = owner_of(reading, &self.namings, n)?;
            let end = reading.sentence(reading.sentence_at(n.token)).end_token;
            let partners = self.codes(n.token, end);
            (partners.len() > 1 && partners.iter().any(|c| c == code)).then_some(owner)
        })?;
        let one = [code.to_owned()];
        told.codes.iter().all(|c| c != code).then(|| join(&told.codes, &one))
    }

    /// Whether a sentence names nobody but strangers to the article's pair, none named more often than either of
    /// the pair: what Cedonia, which leads the sentence, does by itself in a
    /// report on Alvaria and Borland is told on the side.
    pub(crate) fn of_stranger(&self, reading: &Reading<'_>, at: u32) -> bool {
        let sentence = reading.sentence(reading.sentence_at(at));
        let (from, to) = (sentence.first_token, sentence.end_token);
        const LEAD: u32 = 5;
        let leads = |n: &&Naming| !n.body && n.how != How::Through && n.token < from + LEAD;
        let own = |n: &Naming| n.codes.iter().any(|code| self.pair.contains(code));
        let named: Vec<&Naming> = self.between(from, to).filter(|n| !n.compared).collect();
        if self.pair.len() != 2 || !named.iter().any(leads) || named.iter().any(|n| own(n)) {
            return false;
        }
        let shared = [reading.classes.group, reading.classes.pronoun];
        if shared.into_iter().any(|class| reading.within(from, to, class).next().is_some())
            || self.firm(reading, from, to)
        {
            return false;
        }
        let times = |code: &String| self.namings.iter().filter(|n| n.codes.contains(code)).count();
        let least = self.pair.iter().map(times).min().unwrap_or_default();
        named.iter().flat_map(|n| &n.codes).all(|code| times(code) <= least)
    }

    /// All mentions once values are known, and whether they are these: they are unless a sum of money may hide a
    /// country ("US dollars").
    pub(crate) fn completed(self, reading: &Reading<'_>) -> (Self, bool) {
        let c = reading.classes;
        let mut money = reading.marks.iter().filter(|m| m.class == c.money);
        if money.any(|m| (m.start..m.end).any(|t| reading.starts_any(t, c.masks.parties))) {
            return (Self::of(reading), false);
        }
        (Self::from_namings(reading, self.namings), true)
    }

    fn from_namings(reading: &Reading<'_>, namings: Vec<Naming>) -> Self {
        let pairs_said = explicit_pairs(reading, &namings);
        let pair = main_pair(reading, &namings, &pairs_said);
        let anchor = main_country(reading, &namings, &pair);
        let lone = only_country(reading, &namings);
        Self { namings, pair, anchor, pairs_said, lone }
    }

    /// The only two that a passage puts between "between" and "and", of whoever else its sentence names:
    /// "trade between Alvaria and Borland".
    fn said_between(&self, reading: &Reading<'_>, start: u32, end: u32) -> Option<Vec<String>> {
        const BEHIND: u32 = 6;
        let last = reading.sentence(reading.sentence_at(start)).end_token.min(end + BEHIND);
        let named: Vec<&Naming> = self.between(start, last).collect();
        let led = |n: &Naming| {
            let article = n.token > 0 && reading.is(n.token - 1, "the");
            n.token
                .checked_sub(1 + u32::from(article))
                .is_some_and(|t| t >= start && reading.is(t, "between"))
        };
        let pairs = named.windows(2).filter(|pair| {
            let joined = (pair[0].end..pair[1].token).all(|t| reading.is(t, "and") || reading.is(t, "the"));
            led(pair[0]) && joined && pair[1].token > pair[0].end
        });
        // "Between Alvaria and Borland to $5 million and between Alvaria and Cedonia to $2 million": the one told last.
        let pairs: Vec<&[&Naming]> = pairs.collect();
        let told = pairs.iter().rfind(|pair| pair[1].end <= end);
        let pair = if pairs.len() > 1 { told } else { pairs.first() }?;
        Some(join(&pair[0].codes, &pair[1].codes)).filter(|codes| codes.len() > 1)
    }

    /// Whether the country that a sentence names is only a firm's: "a Chinese contractor is to mend the line".
    fn firm(&self, reading: &Reading<'_>, from: u32, to: u32) -> bool {
        const FIRMS: [&str; 9] = [
            "contractor",
            "contractors",
            "company",
            "firm",
            "consortium",
            "builder",
            "builders",
            "bank",
            "lender",
        ];
        let of_firm = |n: &Naming| (n.end..n.end + 2).any(|t| FIRMS.iter().any(|w| reading.is(t, w)));
        let strange = |n: &Naming| self.pair.len() == 2 && n.codes.iter().all(|c| !self.pair.contains(c));
        // "The German bank KfW": the name beside it is the same firm.
        let itself = |n: &Naming| n.how == How::Through && !n.body;
        let mut named = self.between(from, to).peekable();
        named.peek().is_some_and(|n| of_firm(n)) && named.all(|n| strange(n) && (of_firm(n) || itself(n)))
    }

    /// Whether of two parties of a sentence one is of the article's pair and the other is a stranger to it whom the
    /// sentence does not tie to the first ("A and B", "together with B").
    pub(crate) fn only_helps(&self, reading: &Reading<'_>, at: u32, parties: &[String]) -> bool {
        let sentence = reading.sentence(reading.sentence_at(at));
        let (from, to) = (sentence.first_token, sentence.end_token);
        let foreign = |codes: &[String]| codes.iter().any(|code| !self.pair.contains(code));
        let shared = parties.iter().filter(|code| self.pair.contains(code)).count();
        if self.pair.len() != 2 || parties.len() != 2 || shared != 1 {
            return false;
        }
        // A bloc that a country joins or borrows from is named for that.
        let mut strangers =
            self.between(from, to).filter(|n| foreign(&n.codes) && n.how != How::Bloc).peekable();
        let said = self.pairs_said.iter().any(|(at, codes)| (from..to).contains(at) && foreign(codes));
        strangers.peek().is_some() && !said && !strangers.any(|n| partner_word(reading, n.token))
    }

    /// Of a sentence with three countries and more, the two that an amount ties: the country that leads the
    /// sentence, and the one behind the amount ("did $2.9 billion worth of business with Borland and $1 billion
    /// with Cedonia"), else the only one since the amount before ("with Borland it was $2.9 billion").
    pub(crate) fn tied(&self, reading: &Reading<'_>, value: Mark) -> Option<Vec<String>> {
        let sentence = reading.sentence(reading.sentence_at(value.start));
        if let Some(told) = self.told_apart(reading, value) {
            return Some(told);
        }
        if self.count(sentence.first_token, sentence.end_token) < 3 {
            return self.one_of_two(reading, value);
        }
        if let Some(pair) = self.pair_before(reading, value).or_else(|| self.left_out(reading, value)) {
            return Some(pair);
        }
        let lead = self.between(sentence.first_token, value.start).find(|n| n.how != How::Bloc)?;
        let c = reading.classes;
        let amounts = [c.money, c.percent, c.count].into_iter().filter_map(|class| {
            reading.within(sentence.first_token, value.end, class).map(|m| m.start).min()
        });
        let first = amounts.min().unwrap_or(value.start);
        // "Trade with Borland at 4 and that with Cedonia at 2", not "4 with Borland and 2 with Cedonia".
        let ahead = self.between(lead.end, first).any(|n| tied_to(reading, n))
            || self.between(first, value.start).any(|n| said_again(reading, n));
        let partner = if ahead {
            self.partner_ahead(reading, lead, value)?
        } else {
            self.partner_behind(reading, value)?
        };
        (lead.codes != partner.codes).then(|| join(&lead.codes, &partner.codes))
    }

    /// "…, between Alvaria and Cedonia $200 million": the two named right before an amount.
    fn pair_before(&self, reading: &Reading<'_>, value: Mark) -> Option<Vec<String>> {
        const REACH: u32 = 8;
        const LINKS: [&str; 6] = ["to", "at", "was", "were", "it", "some"];
        let first = reading.sentence(reading.sentence_at(value.start)).first_token;
        let near: Vec<&Naming> =
            self.between(value.start.saturating_sub(REACH).max(first), value.start).collect();
        let [.., one, other] = &near[..] else { return None };
        let led = one.token > 0 && ["between", "among"].iter().any(|w| reading.is(one.token - 1, w));
        let joined = (one.end..other.token).all(|t| joiner(reading, t));
        let beside = (other.end..value.start).all(|t| LINKS.iter().any(|w| reading.is(t, w)));
        (led && joined && beside && one.codes != other.codes).then(|| join(&one.codes, &other.codes))
    }

    /// "Borland drew 10 billion from Alvaria and Cedonia 3 billion": the country right before an amount, and the partner of the
    /// amount before, which is left out.
    fn left_out(&self, reading: &Reading<'_>, value: Mark) -> Option<Vec<String>> {
        let c = reading.classes;
        let first = reading.sentence(reading.sentence_at(value.start)).first_token;
        let owner = self.between(first, value.start).last().filter(|n| n.end == value.start)?;
        let joined = ["and", ",", "while"].iter().any(|w| reading.is(owner.token.saturating_sub(1), w));
        let earlier = [c.money, c.quantity, c.count].into_iter();
        let before = earlier
            .filter_map(|class| reading.within(first, owner.token, class).last())
            .max_by_key(|m| m.end)?;
        let partner = self.partner_behind(reading, before).filter(|n| joined && n.codes != owner.codes)?;
        Some(join(&owner.codes, &partner.codes))
    }

    /// "Trade with Borland grew by 5 percent and with Cedonia by 8": of two partners that a sentence names beside no third
    /// country, the one that an amount belongs to, with the country that the text is about.
    fn one_of_two(&self, reading: &Reading<'_>, value: Mark) -> Option<Vec<String>> {
        let sentence = reading.sentence(reading.sentence_at(value.start));
        let (first, end) = (sentence.first_token, sentence.end_token);
        if !self.alternatives(reading, first, end) {
            return None;
        }
        let before = self.between(first, value.start).last().filter(|n| tied_to(reading, n));
        let anchor = self.anchor.as_ref();
        let partner = self.partner_behind(reading, value).filter(|_| before.is_none()).or(before)?;
        let pair = self.with_one(&partner.codes, &self.pair);
        (pair.len() == 2 && anchor.is_some_and(|own| !partner.codes.contains(own))).then_some(pair)
    }

    /// The one country that "with", "to" or "from" ties to an amount before it.
    fn partner_behind(&self, reading: &Reading<'_>, value: Mark) -> Option<&Naming> {
        let sentence = reading.sentence(reading.sentence_at(value.start));
        let last = (value.end + TIE).min(sentence.end_token);
        let partner = self.between(value.end, last).find(|n| n.how != How::Bloc)?;
        let gap = || value.end..partner.token;
        let tie = gap().any(|t| TIES.iter().any(|word| reading.is(t, word)));
        let parted = gap().any(|t| reading.is(t, ",") || reading.is(t, "and"))
            || reading.within(value.end, partner.token, reading.classes.money).next().is_some();
        // "From Alvaria and Cedonia 3 billion": who is joined has an amount of its own.
        let c = reading.classes;
        let valued = |n: &Naming| {
            [c.money, c.quantity, c.number].iter().any(|class| reading.starts(n.end, *class).is_some())
        };
        let more = between(&self.namings, partner.end, (partner.end + 3).min(sentence.end_token))
            .any(|n| (partner.end..n.token).all(|t| joiner(reading, t)) && !valued(n));
        (tie && !parted && !more).then_some(partner)
    }

    /// The one country that stands behind "with", "to" or "from" between the amount before and this one.
    fn partner_ahead(&self, reading: &Reading<'_>, lead: &Naming, value: Mark) -> Option<&Naming> {
        let c = reading.classes;
        let first = reading.sentence(reading.sentence_at(value.start)).first_token;
        let ends = [c.money, c.percent, c.count]
            .into_iter()
            .filter_map(|class| reading.within(first, value.start, class).map(|m| m.end).max());
        let from = ends.max().unwrap_or(lead.end).max(lead.end);
        let mut since = self.between(from, value.start).filter(|n| n.how != How::Bloc);
        let partner = since.next().filter(|_| since.next().is_none())?;
        tied_to(reading, partner).then_some(partner)
    }

    /// Whether the two countries of a sentence are partners of a third one: "with Ghana … while with Togo …".
    fn alternatives(&self, reading: &Reading<'_>, from: u32, to: u32) -> bool {
        let led = |n: &Naming, word: &str| n.token > 0 && reading.is(n.token - 1, word);
        ["with", "to", "from"].iter().any(|w| {
            let mut led: Vec<&String> =
                self.between(from, to).filter(|n| led(n, w)).flat_map(|n| &n.codes).collect();
            led.sort();
            led.dedup();
            led.len() == 2
        })
    }

    /// One country and the one that the article mostly speaks of; the article's pair when it belongs there.
    pub(crate) fn partner(&self, code: &str) -> Vec<String> {
        self.with_one(std::slice::from_ref(&code.to_owned()), &self.pair)
    }

    /// Codes named between two tokens, sorted, each once.
    pub(crate) fn codes(&self, from: u32, to: u32) -> Vec<String> {
        let mut codes: Vec<String> = self.between(from, to).flat_map(|n| n.codes.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// Codes named between two tokens, without those that are only compared with when others are named.
    fn partners(&self, from: u32, to: u32) -> Vec<String> {
        let all = |named: &mut dyn Iterator<Item = &Naming>| {
            named.fold(Vec::new(), |codes, naming| join(&codes, &naming.codes))
        };
        let codes = all(&mut self.between(from, to).filter(|n| !n.compared && !n.passed));
        if codes.is_empty() { all(&mut self.between(from, to).filter(|n| !n.passed)) } else { codes }
    }

    /// The only country named between two tokens by its own name.
    pub(crate) fn named(&self, from: u32, to: u32) -> Vec<(u32, String)> {
        self.between(from, to)
            .filter(|n| n.how == How::Name)
            .filter_map(|n| n.codes.first().map(|c| (n.token, c.clone())))
            .collect()
    }

    /// Countries named directly or through people and bodies, in order, in a token range.
    pub(crate) fn sequence(&self, from: u32, to: u32) -> Vec<(u32, String)> {
        self.between(from, to)
            .filter(|n| n.how != How::Bloc)
            .filter_map(|n| n.codes.first().map(|c| (n.token, c.clone())))
            .collect()
    }

    /// The pair last named in the paragraph of a sentence or the one before, else the article's own: a digression
    /// does not last. A list of more countries counts only for words like "the three countries", and only in
    /// its own paragraph.
    fn said_before(&self, reading: &Reading<'_>, index: usize, group: bool) -> &[String] {
        let sentence = reading.sentence(index);
        let fits = |(at, codes): &&(u32, Vec<String>)| {
            let apart = sentence.paragraph - reading.sentence(reading.sentence_at(*at)).paragraph;
            // What is told of quite others is over with its paragraph: "Russians and Britons follow".
            let own = |code: &String| self.pair.contains(code);
            let ours = || match self.pair.len() {
                0 => true,
                1 | 2 => codes.iter().any(own),
                _ => codes.iter().all(own),
            };
            *codes == self.pair
                || codes.len() == 2 && (apart == 0 || apart == 1 && ours())
                || group && apart == 0
        };
        let before = self.pairs_said.iter().rev().filter(|(at, _)| *at < sentence.end_token);
        before.clone().find(fits).map_or(&self.pair, |(_, codes)| codes)
    }

    /// One country alone: the pair if it belongs to it, else it and the article's country.
    fn with_one(&self, one: &[String], said: &[String]) -> Vec<String> {
        if one.iter().all(|c| said.contains(c)) {
            return said.to_vec();
        }
        if one.iter().all(|c| self.pair.contains(c)) {
            return self.pair.clone();
        }
        match &self.anchor {
            Some(anchor) => join(one, std::slice::from_ref(anchor)),
            None => one.to_vec(),
        }
    }
}

/// Tokens within which an amount's partner follows it ("worth of business with Borland").
const TIE: u32 = 7;

/// The mentions that lie between two tokens, of mentions in the order of the text.
fn between(namings: &[Naming], from: u32, to: u32) -> impl Iterator<Item = &Naming> {
    let first = namings.partition_point(|n| n.token < from);
    namings[first..].iter().take_while(move |n| n.token < to).filter(move |n| n.end <= to)
}

pub(super) fn join(a: &[String], b: &[String]) -> Vec<String> {
    let mut all: Vec<String> = a.iter().chain(b).cloned().collect();
    all.sort();
    all.dedup();
    all
}

/// Whether "with", "to" or "from" stands before a country.
fn tied_to(reading: &Reading<'_>, naming: &Naming) -> bool {
    naming.token > 0 && TIES.iter().any(|word| reading.is(naming.token - 1, word))
}

/// "Trade between Alvaria and Borland was 4, while that with Cedonia was 2".
fn said_again(reading: &Reading<'_>, naming: &Naming) -> bool {
    let again = |t: u32| reading.is(t, "that") || reading.is(t, "those");
    tied_to(reading, naming) && naming.token > 1 && again(naming.token - 2)
}

/// Whether "with" stands before a country or the body named by it.
fn partner_word(reading: &Reading<'_>, token: u32) -> bool {
    let article = token > 0 && reading.is(token - 1, "the");
    token.checked_sub(1 + u32::from(article)).is_some_and(|t| reading.is(t, "with") || reading.is(t, "and"))
}

/// The clause around a passage: between the nearest clause ends.
fn clause(reading: &Reading<'_>, start: u32, end: u32, first: u32, last: u32) -> (u32, u32) {
    let class = reading.classes.clause_end;
    let from = reading.within(first, start, class).last().map_or(first, |m| m.end);
    let to = reading.within(end, last, class).next().map_or(last, |m| m.start);
    let parts = |t: &u32| reading.is(*t, ";");
    let from = (from..start).rev().find(parts).map_or(from, |t| t + 1);
    (from, (end..to).find(parts).unwrap_or(to))
}

/// Places where countries stand side by side ("A and B", "A-B", "A, B and C", "A's X with B").
fn explicit_pairs(reading: &Reading<'_>, namings: &[Naming]) -> Vec<(u32, Vec<String>)> {
    let beside = |a: &Naming, b: &Naming| {
        // Those that are only compared with, or where goods go on to, are no pair.
        !(b.compared || a.passed && b.passed)
            && b.token.saturating_sub(a.end) <= 4
            && (a.end..b.token).all(|t| joiner(reading, t))
            && reading.sentence_at(a.token) == reading.sentence_at(b.token)
    };
    let pairs = |run: &&[Naming]| {
        !people(reading, run.iter())
            && !of_firms(reading, run.iter())
            && run.first().is_none_or(|first| owner_of(reading, namings, first).is_none())
    };
    let runs = namings.chunk_by(beside).filter(pairs).filter_map(|run| {
        let codes = run.iter().fold(Vec::new(), |codes, naming| join(&codes, &naming.codes));
        Some((run.first()?.token, codes)).filter(|(_, codes)| codes.len() > 1)
    });
    runs.collect()
}

/// "Alvaria's trade with Borland and Cedonia": whose partners those are that stand behind "with".
fn owner_of<'n>(reading: &Reading<'_>, namings: &'n [Naming], partner: &Naming) -> Option<&'n Naming> {
    const REACH: u32 = 6;
    let with = partner.token.checked_sub(1).filter(|t| reading.is(*t, "with"))?;
    let first = reading.sentence(reading.sentence_at(with)).first_token;
    let owner = between(namings, with.saturating_sub(REACH).max(first), with).last()?;
    let owns = reading.is(owner.end, "'s") || reading.is(owner.end, "’s");
    (owns && owner.how == How::Name && owner.codes != partner.codes).then_some(owner)
}

/// Whether all that is named are homes of somebody else who is named: "Alvaria's Ferrum and Borland's Locomo" are two firms.
fn of_firms<'n>(reading: &Reading<'_>, named: impl Iterator<Item = &'n Naming>) -> bool {
    let c = reading.classes;
    let known = [c.title, c.leader_title, c.who, c.body_np, c.meeting, c.doc_noun];
    let owner = |t: u32| reading.is(t, "'s") || reading.is(t, "’s");
    let home = |n: &Naming| {
        n.how == How::Name
            && owner(n.end)
            && reading.capital(n.end + 1)
            && known.iter().all(|class| reading.starts(n.end + 1, *class).is_none())
    };
    let firm = |n: &Naming| n.how == How::Through && !n.body && reading.starts(n.token, c.body).is_some();
    let (mut homes, mut all) = (0, 0);
    for naming in named {
        homes += usize::from(home(naming));
        all += usize::from(!firm(naming));
    }
    homes > 1 && homes == all
}

/// Whether all that is named are people: "Russians and Britons follow" tells whose people came, and no pair of countries.
fn people<'n>(reading: &Reading<'_>, mut named: impl Iterator<Item = &'n Naming>) -> bool {
    let several = |n: &Naming| reading.ends(n.end.saturating_sub(1), "s");
    let demonym =
        |n: &Naming| reading.starts(n.token, reading.classes.demonym).is_some_and(|m| m.end == n.end);
    // "Hotels hope for Chilean and Argentine guests".
    let guests = |n: &Naming| {
        const GUESTS: [&str; 9] = [
            "tourists",
            "visitors",
            "guests",
            "buyers",
            "shoppers",
            "travellers",
            "travelers",
            "customers",
            "clients",
        ];
        let adjective = |n: &Naming| reading.starts(n.token, reading.classes.country_adj).is_some();
        adjective(n) && GUESTS.iter().any(|w| reading.is(n.end, w) || reading.is(n.end + 2, w))
    };
    named.all(|n| several(n) && demonym(n) || guests(n))
}

/// The countries that the article is about: the most frequent pair, the early ones counting more.
fn main_pair(reading: &Reading<'_>, namings: &[Naming], pairs: &[(u32, Vec<String>)]) -> Vec<String> {
    let mut weight: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
    let total = reading.doc.sentences.len().max(1);
    let early = |index: usize| if index < 3 || index * 4 < total { 3 } else { 1 };
    let three = of_three(reading);
    for (token, pair) in pairs {
        // A list of countries says less of whom the article is about than a pair, unless it says that they act together.
        let sort = match pair.len() {
            2 => 3,
            3 if three => 5,
            _ => 1,
        };
        *weight.entry(borrowed(pair)).or_default() += sort * early(reading.sentence_at(*token));
    }
    for index in 0..reading.doc.sentences.len() {
        let sentence = reading.sentence(index);
        let here = || between(namings, sentence.first_token, sentence.end_token);
        let mut codes: Vec<&str> = Vec::new();
        for code in here().filter(|n| n.how != How::Bloc).flat_map(|n| &n.codes) {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        let together = codes.len() == 2 || three && codes.len() == 3;
        if together && !people(reading, here()) && !of_firms(reading, here()) {
            codes.sort_unstable();
            *weight.entry(codes).or_default() += early(index);
        }
        for bloc in here().filter(|n| n.how == How::Bloc) {
            *weight.entry(borrowed(&bloc.codes)).or_default() += early(index);
        }
    }
    let best = weight.iter().max_by_key(|(pair, weight)| (**weight, std::cmp::Reverse((*pair).clone())));
    match best {
        Some((pair, _)) => pair.iter().map(|code| (*code).to_owned()).collect(),
        None => {
            let mut all: Vec<String> = namings.iter().flat_map(|n| n.codes.clone()).collect();
            all.sort();
            all.dedup();
            if all.len() <= 2 {
                return all;
            }
            let two = two_of_many(namings);
            two.unwrap_or_else(|| main_country(reading, namings, &[]).into_iter().collect())
        }
    }
}

/// Whether a text says that three act together: "a trilateral meeting", "the ministers of the three countries".
fn of_three(reading: &Reading<'_>) -> bool {
    let end = reading.doc.sentences.last().map_or(0, |s| s.end_token);
    says_three(reading, 0, end)
}

/// Whether a passage says so.
fn says_three(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    const WAYS: [&str; 5] = ["trilateral", "tripartite", "three-way", "three-country", "three-nation"];
    const THREE: [&str; 14] = [
        "countries",
        "states",
        "nations",
        "governments",
        "neighbours",
        "neighbors",
        "parties",
        "sides",
        "ministers",
        "presidents",
        "leaders",
        "capitals",
        "partners",
        "republics",
    ];
    let three = |t: u32| {
        reading.is(t, "three") && (t + 1..t + 3).any(|next| THREE.iter().any(|w| reading.is(next, w)))
    };
    (from..to).any(|t| three(t) || WAYS.iter().any(|w| reading.is(t, w)))
}

/// The two countries that a text names far more often than any other, though never in one sentence: a report from the bank
/// of a border river.
fn two_of_many(namings: &[Naming]) -> Option<Vec<String>> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    let own = namings.iter().filter(|n| n.how != How::Bloc && !n.compared && !n.passed);
    own.flat_map(|n| &n.codes).for_each(|code| *count.entry(code).or_default() += 1);
    let mut often: Vec<(u32, &str)> = count.into_iter().map(|(code, n)| (n, code)).collect();
    often.sort_unstable_by(|a, b| b.cmp(a));
    let third = often.get(2).map_or(0, |(n, _)| *n);
    let mut two: Vec<String> = often.iter().take(2).map(|(_, code)| (*code).to_owned()).collect();
    two.sort_unstable();
    let second = often.get(1).map_or(0, |(n, _)| *n);
    (second >= 2 && second > third).then_some(two)
}

/// The only country that a text names; where it names none, the one that all its cities lie in: "Kathmandu", "TABORA –".
fn only_country(reading: &Reading<'_>, namings: &[Naming]) -> Option<String> {
    let c = reading.classes;
    let cities = || {
        let marks = reading.marks.iter().filter(|m| m.class == c.capital || m.class == c.city);
        marks.filter_map(|m| reading.entry(*m).get("code"))
    };
    let named = || namings.iter().flat_map(|n| &n.codes).map(String::as_str);
    let one = if namings.is_empty() { cities().next() } else { named().next() }?;
    let alone =
        if namings.is_empty() { cities().all(|code| code == one) } else { named().all(|code| code == one) };
    (alone && one.len() == 2).then(|| one.to_owned())
}

fn borrowed(codes: &[String]) -> Vec<&str> {
    codes.iter().map(String::as_str).collect()
}

/// The country that is named most often, at the head of the text above all; of equal ones one of the article's pair.
fn main_country(reading: &Reading<'_>, namings: &[Naming], pair: &[String]) -> Option<String> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    for naming in namings.iter().filter(|n| n.how != How::Bloc) {
        let weight = match reading.sentence_at(naming.token) {
            0 => 5,
            1 => 2,
            _ => 1,
        };
        for code in &naming.codes {
            *count.entry(code).or_default() += weight;
        }
    }
    let own = |code: &str| pair.len() == 2 && pair.iter().any(|p| p == code);
    let most = count.into_iter().max_by_key(|(code, n)| (*n, own(code), std::cmp::Reverse(*code)));
    most.map(|(code, _)| code.to_owned())
}
