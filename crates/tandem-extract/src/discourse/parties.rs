//! Whose relations a passage is about.
//!
//! Every country mention of the text is collected once. A passage takes its parties from the narrowest
//! ring that names them: its clause, its sentence, the last pair named ("the two countries"), the
//! article's own pair. A third country in another clause never joins.

use std::collections::BTreeMap;

use tandem_model::Mark;

use crate::reading::Reading;

/// How a country is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// By name, adjective or demonym.
    Name,
    /// By one of its people or bodies, or by its capital.
    Through,
    /// A bloc.
    Bloc,
}

#[derive(Clone, Debug)]
struct Naming {
    token: u32,
    end: u32,
    codes: Vec<String>,
    how: How,
    /// It is a body of state.
    body: bool,
    /// It is only what the text compares with ("third after those of Russia and Türkiye", "more than China").
    compared: bool,
}

/// All country mentions of a document, and what follows from them.
#[derive(Debug)]
pub(crate) struct Parties {
    namings: Vec<Naming>,
    /// The pair (or group) that the article is about.
    pub pair: Vec<String>,
    /// The country that the article mostly speaks of.
    anchor: Option<String>,
    /// Where two or more countries stand side by side, with their codes.
    pairs_said: Vec<(u32, Vec<String>)>,
}

impl Parties {
    /// Reads all mentions of a document.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        Self::from_namings(reading, namings(reading))
    }

    /// The mentions alone, for judging a text's subject; no pair, no country of the article.
    pub(crate) fn mentioned(reading: &Reading<'_>) -> Self {
        Self { namings: namings(reading), pair: Vec::new(), anchor: None, pairs_said: Vec::new() }
    }

    /// The mentions that lie between two tokens; they are in the order of the text.
    fn between(&self, from: u32, to: u32) -> impl Iterator<Item = &Naming> {
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
                if !said.is_empty() && they() { join(said, &here) } else { self.with_one(&here, said) }
            }
            _ if both() => {
                let said = said();
                let mixed = here.iter().any(|c| !said.contains(c)) && here.iter().any(|c| said.contains(c));
                if mixed { join(said, &here) } else { here }
            }
            _ => here,
        }
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
        let anchor = main_country(reading, &namings);
        Self { namings, pair, anchor, pairs_said }
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
        let mut pairs = named.windows(2).filter(|pair| {
            let joined = (pair[0].end..pair[1].token).all(|t| reading.is(t, "and") || reading.is(t, "the"));
            led(pair[0]) && joined && pair[1].token > pair[0].end
        });
        let pair = pairs.next().filter(|_| pairs.next().is_none())?;
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
        self.between(from, to).all(|n| strange(n) && of_firm(n))
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
        if self.count(sentence.first_token, sentence.end_token) < 3 {
            return None;
        }
        let lead = self.between(sentence.first_token, value.start).find(|n| n.how != How::Bloc)?;
        let c = reading.classes;
        let amounts = [c.money, c.percent, c.count].into_iter().filter_map(|class| {
            reading.within(sentence.first_token, value.end, class).map(|m| m.start).min()
        });
        let first = amounts.min().unwrap_or(value.start);
        // "Trade with Borland at 4 and that with Cedonia at 2", not "4 with Borland and 2 with Cedonia".
        let ahead = self.between(lead.end, first).any(|n| tied_to(reading, n));
        let partner = if ahead {
            self.partner_ahead(reading, lead, value)?
        } else {
            self.partner_behind(reading, value)?
        };
        (lead.codes != partner.codes).then(|| join(&lead.codes, &partner.codes))
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
        let more = between(&self.namings, partner.end, (partner.end + 3).min(sentence.end_token))
            .any(|n| (partner.end..n.token).all(|t| joiner(reading, t)));
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
        let named = self.between(from, to).filter(|n| !n.compared);
        let codes = named.fold(Vec::new(), |codes, naming| join(&codes, &naming.codes));
        if codes.is_empty() { self.codes(from, to) } else { codes }
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
            *codes == self.pair || codes.len() == 2 && apart <= 1 || group && apart == 0
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

/// Words that tie a partner to an amount.
const TIES: [&str; 3] = ["with", "to", "from"];

/// Tokens within which an amount's partner follows it ("worth of business with Borland").
const TIE: u32 = 7;

/// The mentions that lie between two tokens, of mentions in the order of the text.
fn between(namings: &[Naming], from: u32, to: u32) -> impl Iterator<Item = &Naming> {
    let first = namings.partition_point(|n| n.token < from);
    namings[first..].iter().take_while(move |n| n.token < to).filter(move |n| n.end <= to)
}

fn join(a: &[String], b: &[String]) -> Vec<String> {
    let mut all: Vec<String> = a.iter().chain(b).cloned().collect();
    all.sort();
    all.dedup();
    all
}

/// Whether "with", "to" or "from" stands before a country.
fn tied_to(reading: &Reading<'_>, naming: &Naming) -> bool {
    naming.token > 0 && TIES.iter().any(|word| reading.is(naming.token - 1, word))
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
    (from, to)
}

/// Every mention of a country, in order; of overlapping ones the longest.
fn namings(reading: &Reading<'_>) -> Vec<Naming> {
    let c = reading.classes;
    let mut found: Vec<Naming> = Vec::new();
    let mut reached = 0;
    for mark in reading.starting_with(c.masks.parties) {
        if mark.start < reached || c.bit(mark.class) & c.masks.parties == 0 {
            continue;
        }
        let hidden = || [c.money, c.decoy].iter().any(|class| reading.covered(mark.start, *class));
        if mark.class == c.bloc && is_region(reading, *mark) {
            // Whoever else is in its words ("America") is not meant.
            reached = mark.end;
            found.extend(naming(reading, *mark, c).filter(|_| counted_with(reading, *mark)));
        } else if let Some(naming) = naming(reading, *mark, c).filter(|_| !hidden()) {
            reached = mark.end;
            found.push(naming);
        }
    }
    let found = without_datelines(reading, without_wars(reading, found));
    let mut found = without_strangers(without_occasions(reading, found));
    mark_compared(reading, &mut found);
    found
}

/// Marks the countries behind words of comparison, with those listed after them.
fn mark_compared(reading: &Reading<'_>, found: &mut [Naming]) {
    let mut reached = None;
    for naming in found {
        let listed = reached.is_some_and(|end: u32| {
            naming.token.saturating_sub(end) <= 3 && (end..naming.token).all(|t| joiner(reading, t))
        });
        naming.compared = listed || stands_behind(reading, naming.token);
        reached = naming.compared.then_some(naming.end);
    }
}

/// Words that make "after" a word of rank.
const RANKS: [&str; 13] = [
    "second", "third", "fourth", "fifth", "sixth", "place", "position", "largest", "biggest", "rank",
    "ranks", "ranked", "ranking",
];

/// Words between one of comparison and the country.
const BEFORE_COMPARED: [&str; 13] = [
    "those", "that", "of", "the", "only", "from", "to", "for", "with", "figure", "figures", "level", "levels",
];

/// Whether a word of comparison leads to a token: "than", "behind", "ahead of", "below the figure for", "followed
/// by", and "after" in a ranking ("third after").
fn stands_behind(reading: &Reading<'_>, token: u32) -> bool {
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let mut at = token;
    while at > 0 && token - at < 4 && is(at - 1, &BEFORE_COMPARED) {
        at -= 1;
    }
    let Some(lead) = at.checked_sub(1) else { return false };
    let ranked = || (lead.saturating_sub(9)..lead).any(|t| RANKS.iter().any(|word| reading.is(t, word)));
    is(lead, &["than", "behind"])
        || is(lead, &["ahead", "below", "above"]) && at < token
        || is(lead, &["by"]) && lead > 0 && is(lead - 1, &["followed", "trailed"])
        || is(lead, &["after"]) && ranked()
}

/// "ABIDJAN, Alvaria –": the country of the place that a report was sent from is no party, unless another sentence
/// names it.
fn without_datelines(reading: &Reading<'_>, found: Vec<Naming>) -> Vec<Naming> {
    let sent_from = |n: &Naming| n.how == How::Name && in_dateline(reading, n.token, n.end);
    let mut sent: Vec<bool> = found.iter().map(sent_from).collect();
    // The city before it names the country too.
    for at in 1..sent.len() {
        sent[at - 1] |= sent[at] && found[at - 1].end + 1 == found[at].token;
    }
    let elsewhere = |codes: &[String]| found.iter().zip(&sent).any(|(n, sent)| !sent && n.codes == codes);
    let keep: Vec<bool> = found.iter().zip(&sent).map(|(n, sent)| !sent || elsewhere(&n.codes)).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(naming, _)| naming).collect()
}

/// Whether a country stands behind the city of a dateline: capitals from the start of the paragraph, a comma, and a
/// dash or an agency in brackets right behind.
fn in_dateline(reading: &Reading<'_>, start: u32, end: u32) -> bool {
    const CITY: u32 = 4;
    const REACH: u32 = 8;
    let first = reading.sentence(reading.sentence_at(start)).first_token;
    let city = start > first + 1
        && start <= first + CITY + 1
        && reading.is(start - 1, ",")
        && (first..start - 1).all(|t| reading.capital(t));
    let dash = (end..end + REACH).find(|t| matches!(reading.word(*t), "–" | "—" | "-" | "--" | "―"));
    let plain = |t: u32| !reading.is_word(t) || reading.capital(t);
    city && dash.is_some_and(|dash| (end..dash).all(plain))
}

/// Development banks lend to the parties of a work and are none.
const LENDERS: [&str; 10] = ["ADB", "AfDB", "AIIB", "EBRD", "EDB", "EIB", "IDB", "IMF", "IsDB", "WB"];

/// The United Nations beside two countries is where they met; a lender helps them; a body whose country nothing else in the text
/// names ("the State Department", "the Foreign Office") may be any country's.
fn without_strangers(found: Vec<Naming>) -> Vec<Naming> {
    let mut named: Vec<&String> =
        found.iter().filter(|n| !n.body && n.how != How::Bloc).flat_map(|n| &n.codes).collect();
    named.sort();
    named.dedup();
    let stranger = |n: &Naming| n.body && n.codes.iter().all(|code| !named.contains(&code));
    let others = named.len() >= 2;
    let apart = |code: &str| code == "UN" || LENDERS.contains(&code);
    let keep: Vec<bool> = found
        .iter()
        .map(|n| !(others && (stranger(n) || n.how == How::Bloc && n.codes.iter().all(|code| apart(code)))))
        .collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(naming, _)| naming).collect()
}

/// "On the sidelines of the SCO summit", "a guest of honour at the BRICS meeting": where two countries met, no
/// party beside them.
fn without_occasions(reading: &Reading<'_>, found: Vec<Naming>) -> Vec<Naming> {
    const LEAD: u32 = 8;
    let mut named: Vec<&String> =
        found.iter().filter(|n| !n.body && n.how != How::Bloc).flat_map(|n| &n.codes).collect();
    named.sort();
    named.dedup();
    if named.len() < 2 {
        return found;
    }
    let any = |words: &[&str], from: u32, to: u32| (from..to).any(|t| words.iter().any(|w| reading.is(t, w)));
    let occasion = |n: &Naming| {
        let first = reading.sentence(reading.sentence_at(n.token)).first_token;
        let from = n.token.saturating_sub(LEAD).max(first);
        let of = n.token > 2 && (reading.is(n.token - 1, "of") || reading.is(n.token - 2, "of"));
        let event = ["summit", "meeting", "conference", "assembly", "session", "anniversary"];
        if n.how == How::Bloc && of && any(&event, n.token.saturating_sub(3).max(first), n.token) {
            return any(
                &["sidelines", "margins", "framework", "during", "attend", "attended"],
                from,
                n.token,
            );
        }
        n.how == How::Bloc
            && any(
                &["summit", "meeting", "forum", "conference", "assembly", "session", "countries"],
                n.end,
                n.end + 6,
            )
            && (any(&["sidelines", "margins"], n.end, n.end + 4)
                || any(&["sidelines", "margins", "fringes", "guest", "during"], from, n.token)
                || any(
                    &["attend", "attending", "attended", "part", "participate", "participated"],
                    from,
                    n.token,
                ))
    };
    // "On the sidelines of the summit in Lima, Peru": the host of others is no party either.
    let host = |n: &Naming| {
        const BEHIND: u32 = 16;
        let first = reading.sentence(reading.sentence_at(n.token)).first_token;
        let from = n.token.saturating_sub(BEHIND).max(first);
        let aside = || {
            let words = ["sidelines", "margins", "fringes"];
            (from..n.token).rev().find(|t| words.iter().any(|w| reading.is(*t, w)))
        };
        let placed = |t: u32| reading.is(t, "in") || reading.is(t, ",") && !reading.is(t + 1, "and");
        let plain = |from: u32| (from..n.token).all(|t| !reading.is(t, "with") && !reading.is(t, "and"));
        n.how != How::Bloc && !n.body && n.token > 0 && placed(n.token - 1) && aside().is_some_and(plain)
    };
    let keep: Vec<bool> = found.iter().map(|n| !occasion(n) && !host(n)).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(naming, _)| naming).collect()
}

/// "The Alvaria-Borland war" names a war, not two partners.
fn without_wars(reading: &Reading<'_>, found: Vec<Naming>) -> Vec<Naming> {
    let strife = |end: u32| reading.starts(end, reading.classes.strife).is_some();
    let dash = |t: u32| matches!(reading.word(t), "-" | "–");
    let second = |n: &Naming| n.token > 0 && dash(n.token - 1) && strife(n.end);
    let wars: Vec<u32> = found.iter().filter(|n| second(n)).map(|n| n.token).collect();
    let part = |n: &Naming| wars.iter().any(|w| n.token == *w || n.end + 1 == *w);
    found.into_iter().filter(|n| !part(n)).collect()
}

fn naming(reading: &Reading<'_>, mark: Mark, c: &crate::classes::Classes) -> Option<Naming> {
    let attr = |key: &str| reading.entry(mark).get(key).filter(|v| !v.is_empty());
    let class = mark.class;
    let prefix = class == c.prefix_adj && !matches!(reading.word(mark.end), "-" | "–" | "‑" | "/");
    if prefix && !reading.word(mark.end - 1).ends_with('-') {
        return None;
    }
    if [c.country_adj, c.demonym].contains(&class) && acronym(reading, mark) {
        return None;
    }
    let (codes, how) = if [c.country, c.country_adj, c.demonym, c.prefix_adj].contains(&class) {
        (attr("code"), How::Name)
    } else if class == c.bloc {
        (attr("party").or_else(|| attr("code")), How::Bloc)
    } else if class == c.capital && !located(reading, mark) {
        (attr("code"), How::Through)
    } else if class == c.body && !matches!(attr("kind"), Some("news" | "initiative")) {
        (attr("country"), How::Through)
    } else if class == c.who {
        (reading.thing(mark).codes.first().map(String::as_str), How::Through)
    } else {
        return None;
    };
    let codes = codes?.split([',', '|', '+']).filter(|c| !c.is_empty());
    let codes: Vec<String> = codes.map(str::to_owned).collect();
    (!codes.is_empty()).then_some(Naming {
        token: mark.start,
        end: mark.end,
        codes,
        how,
        body: class == c.body && state_office(reading, mark),
        compared: false,
    })
}

/// Whether a bloc is a region, which is no union of states.
fn is_region(reading: &Reading<'_>, mark: Mark) -> bool {
    reading.entry(mark).get("code").is_some_and(|code| code.starts_with("REGION_"))
}

/// Whether goods or people are counted between somebody and a region: "trade with the six countries of Central
/// America", not "the largest bridge in Central America".
fn counted_with(reading: &Reading<'_>, mark: Mark) -> bool {
    const WITHIN: [&str; 7] = ["of", "the", "all", "countries", "states", "nations", "republics"];
    const REACH: u32 = 6;
    let sentence = reading.sentence(reading.sentence_at(mark.start));
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let first = mark.start.saturating_sub(REACH).max(sentence.first_token);
    let inner = |t: &u32| {
        is(*t, &WITHIN) || reading.word(*t).bytes().all(|b| b.is_ascii_digit()) || small(reading.word(*t))
    };
    let lead = (first..mark.start).rev().find(|t| !inner(t));
    let tied =
        lead.is_some_and(|t| is(t, &TIES) || (is(t, &["and"]) && (first..t).any(|t| is(t, &["between"]))));
    tied && reading
        .within(sentence.first_token, sentence.end_token, reading.classes.indicator)
        .next()
        .is_some()
}

fn small(word: &str) -> bool {
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].contains(&word)
}

/// "DANE" among words in small letters is an office, no Dane.
fn acronym(reading: &Reading<'_>, mark: Mark) -> bool {
    let loud = |t: u32| {
        let word = reading.doc.tokens.get(t as usize).map_or("", |token| token.span.of(reading.text()));
        word.len() > 2 && word.chars().all(char::is_uppercase)
    };
    mark.end == mark.start + 1
        && loud(mark.start)
        && !loud(mark.end)
        && !(mark.start > 0 && loud(mark.start - 1))
}

/// Whether a body is an office that every state has.
fn state_office(reading: &Reading<'_>, mark: Mark) -> bool {
    matches!(
        reading.entry(mark).get("kind"),
        Some(
            "presidency" | "government" | "ministry" | "statistics" | "parliament" | "commission" | "council"
        )
    )
}

/// A capital after "in", "at", "from", "to" is a place, not a government.
fn located(reading: &Reading<'_>, mark: Mark) -> bool {
    mark.start > 0 && ["in", "at", "near", "from", "to", "of"].iter().any(|p| reading.is(mark.start - 1, p))
}

/// Places where countries stand side by side ("A and B", "A-B", "A, B and C", "A's X with B").
fn explicit_pairs(reading: &Reading<'_>, namings: &[Naming]) -> Vec<(u32, Vec<String>)> {
    let beside = |a: &Naming, b: &Naming| {
        // Those that are only compared with are no pair.
        !b.compared
            && b.token.saturating_sub(a.end) <= 4
            && (a.end..b.token).all(|t| joiner(reading, t))
            && reading.sentence_at(a.token) == reading.sentence_at(b.token)
    };
    let runs = namings.chunk_by(beside).filter_map(|run| {
        let codes = run.iter().fold(Vec::new(), |codes, naming| join(&codes, &naming.codes));
        Some((run.first()?.token, codes)).filter(|(_, codes)| codes.len() > 1)
    });
    runs.collect()
}

fn joiner(reading: &Reading<'_>, token: u32) -> bool {
    ["and", "-", "–", "—", ",", "/", "with", "&", "President", "the", "of", "’s", "'s"]
        .iter()
        .any(|w| reading.is(token, w))
}

/// The countries that the article is about: the most frequent pair, the early ones counting more.
fn main_pair(reading: &Reading<'_>, namings: &[Naming], pairs: &[(u32, Vec<String>)]) -> Vec<String> {
    let mut weight: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
    let total = reading.doc.sentences.len().max(1);
    let early = |index: usize| if index < 3 || index * 4 < total { 3 } else { 1 };
    for (token, pair) in pairs {
        // A list of countries says less of whom the article is about than a pair.
        let sort = if pair.len() == 2 { 3 } else { 1 };
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
        if codes.len() == 2 {
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
            if all.len() <= 2 { all } else { main_country(reading, namings).into_iter().collect() }
        }
    }
}

fn borrowed(codes: &[String]) -> Vec<&str> {
    codes.iter().map(String::as_str).collect()
}

/// The country that is named most often, at the head of the text above all.
fn main_country(reading: &Reading<'_>, namings: &[Naming]) -> Option<String> {
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
    count.into_iter().max_by_key(|(code, n)| (*n, std::cmp::Reverse(*code))).map(|(code, _)| code.to_owned())
}
