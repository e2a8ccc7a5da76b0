//! Which statements are about one project, agreement, body or promise.
//!
//! Parties must be the same; within them names are compared only when they share a word, so the
//! work grows with the number of names and not with its square. A name joins a set of statements
//! only if it fits every name in it: a vague name ("the centre") never ties two bodies together. A
//! person's decisions come first and last: `different` keeps two statements apart, `same` joins.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Decision, Judgement};
use tandem_model::{AgreementStatus, Body, Kind, Modality, Period, ProjectStatus, Statement};

use crate::corpus::{Corpus, RowId};
use crate::dates::days_between;
use crate::entities::{Name, proper_words};
use crate::ids::{self, StableHash};
use crate::origins::Groups;

/// Likeness from which two names are proposed to be one thing.
const SAME_FROM: f64 = 0.6;
/// Promises are worded freely, so they must be closer.
const SAME_PROMISE_FROM: f64 = 0.75;
/// Likeness of two works of one kind of which one stands where the other's name says.
const BY_PLACE: f64 = 0.76;
/// Sets looked at for one name.
const CANDIDATES: usize = 64;
/// Different names kept of one set.
const NAMES: usize = 8;
/// Two nameless bundles of one size this many days apart are one.
const BUNDLE_DAYS: i64 = 31;

/// What a statement says of the thing that it is about.
#[derive(Clone, Debug)]
struct Item<'a> {
    row: RowId,
    name: Arc<Name>,
    text: &'a str,
    /// See [`text_key`].
    key: Arc<str>,
    count: Option<u64>,
    bundle: bool,
    until: Option<&'a str>,
    date: Option<Period>,
    place: Option<&'a str>,
}

/// Names that were cut to tokens before, by their text: most are repeated word for word.
type Known<'a> = FxHashMap<&'a str, (Arc<Name>, Arc<str>)>;

/// Statements about one thing, in order of time.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) rows: Vec<RowId>,
    /// The lowest likeness by which a statement joined: how sure the set is.
    pub(crate) score: f64,
}

/// What a person decided, as rows.
#[derive(Debug, Default)]
struct Decided {
    same: Vec<(RowId, RowId)>,
    different: FxHashSet<(RowId, RowId)>,
}

/// The sets of the four kinds with a life, in order of their first statement.
pub(crate) fn clusters(corpus: &Corpus<'_>, rows: &[RowId], decisions: &[Decision]) -> Vec<Cluster> {
    let automatic = join(corpus, rows, &Decided::default(), &|_| true);
    let decided = decided(corpus, rows, &automatic, decisions);
    if decided.same.is_empty() && decided.different.is_empty() {
        automatic
    } else {
        join(corpus, rows, &decided, &|_| true)
    }
}

fn decided(corpus: &Corpus<'_>, rows: &[RowId], clusters: &[Cluster], decisions: &[Decision]) -> Decided {
    let mut latest: FxHashMap<(&str, &str), &Decision> = FxHashMap::default();
    for decision in decisions.iter().filter(|d| !corpus.as_of_given || d.when <= corpus.as_of) {
        let (a, b) = (decision.left.as_str(), decision.right.as_str());
        let place = latest.entry((a.min(b), a.max(b))).or_insert(decision);
        if decision.when >= place.when {
            *place = decision;
        }
    }
    let mut result = Decided::default();
    if latest.is_empty() {
        return result;
    }
    let mut row_of: FxHashMap<&str, RowId> =
        clusters.iter().flat_map(|c| c.rows.first().map(|row| (c.id.as_str(), *row))).collect();
    for &row in rows {
        row_of.insert(&corpus.statement(row).id, row);
    }
    // People type short ids, of which a whole one is the continuation; what could be several says nothing.
    let find = |id: &str| {
        let one = || {
            let mut longer = clusters.iter().filter(|c| c.id.len() > id.len() && c.id.starts_with(id));
            longer.next().filter(|_| longer.next().is_none())
        };
        row_of.get(id).copied().or_else(|| one().map(|cluster| cluster.rows[0]))
    };
    for ((left, right), decision) in latest {
        let (Some(a), Some(b)) = (find(left), find(right)) else { continue };
        match decision.judgement {
            Judgement::Same => result.same.push((a, b)),
            Judgement::Different => {
                result.different.insert((a.min(b), a.max(b)));
            }
            Judgement::Unsure => {}
        }
    }
    result.same.sort_unstable();
    result
}

/// Sets of the statements that are wanted, as the machine proposes them.
pub(crate) fn proposed(
    corpus: &Corpus<'_>,
    rows: &[RowId],
    wanted: &dyn Fn(&Statement) -> bool,
) -> Vec<Cluster> {
    join(corpus, rows, &Decided::default(), wanted)
}

fn join(
    corpus: &Corpus<'_>,
    rows: &[RowId],
    decided: &Decided,
    wanted: &dyn Fn(&Statement) -> bool,
) -> Vec<Cluster> {
    // One block after the other: what is compared stays close together in memory.
    let mut blocks: FxHashMap<(Kind, &[String]), Vec<RowId>> = FxHashMap::default();
    for &row in rows {
        let statement = corpus.statement(row);
        if has_life(statement.kind()) && statement.modality != Modality::Negated && wanted(statement) {
            blocks.entry((statement.kind(), &statement.parties)).or_default().push(row);
        }
    }
    let mut sets: Vec<(Kind, Vec<RowId>, f64)> = Vec::new();
    let mut known = Known::default();
    for ((kind, _), rows) in blocks {
        let mut block = Block::default();
        for item in rows.into_iter().filter_map(|row| item(corpus, row, &mut known)) {
            block.add(corpus, item, kind, decided);
        }
        sets.extend(block.sets.into_iter().map(|set| (kind, set.rows, set.score)));
    }
    sets.sort_unstable_by_key(|(_, rows, _)| rows[0]);
    named(corpus, join_decided(sets, decided), &mut known)
}

/// The kinds of statements that make a life.
pub(crate) const KINDS: [Kind; 4] = [Kind::Project, Kind::Agreement, Kind::Institution, Kind::Commitment];

fn has_life(kind: Kind) -> bool {
    KINDS.contains(&kind)
}

/// Joins the sets that a person says are one.
fn join_decided(sets: Vec<(Kind, Vec<RowId>, f64)>, decided: &Decided) -> Vec<(Kind, Vec<RowId>, f64)> {
    if decided.same.is_empty() {
        return sets;
    }
    let set_of: FxHashMap<RowId, u32> = sets
        .iter()
        .zip(0u32..)
        .flat_map(|((_, rows, _), set)| rows.iter().map(move |row| (*row, set)))
        .collect();
    let mut groups = Groups::new(sets.len());
    for (a, b) in &decided.same {
        match (set_of.get(a), set_of.get(b)) {
            (Some(&a), Some(&b)) if sets[a as usize].0 == sets[b as usize].0 => groups.join(a, b),
            _ => {}
        }
    }
    let mut joined: Vec<Option<(Kind, Vec<RowId>, f64)>> = vec![None; sets.len()];
    for ((kind, rows, score), number) in sets.into_iter().zip(0u32..) {
        let home = &mut joined[groups.find(number) as usize];
        match home {
            Some((_, all, _)) => all.extend(rows),
            None => *home = Some((kind, rows, score)),
        }
    }
    joined
        .into_iter()
        .flatten()
        .map(|(kind, mut rows, score)| {
            rows.sort_unstable();
            (kind, rows, score)
        })
        .collect()
}

fn named<'a>(corpus: &Corpus<'a>, sets: Vec<(Kind, Vec<RowId>, f64)>, known: &mut Known<'a>) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = sets
        .into_iter()
        .map(|(kind, rows, score)| Cluster { id: String::new(), kind, rows, score })
        .collect();
    for (kind, letter) in
        [(Kind::Project, 'P'), (Kind::Agreement, 'A'), (Kind::Institution, 'I'), (Kind::Commitment, 'C')]
    {
        let of_kind: Vec<usize> = (0..clusters.len()).filter(|i| clusters[*i].kind == kind).collect();
        let hashes: Vec<u64> = of_kind.iter().map(|i| hash(corpus, clusters[*i].rows[0], known)).collect();
        for (place, id) in of_kind.into_iter().zip(ids::full(letter, &hashes)) {
            clusters[place].id = id;
        }
    }
    clusters
}

/// Of the earliest statement: later ones do not rename the entry.
fn hash<'a>(corpus: &Corpus<'a>, row: RowId, known: &mut Known<'a>) -> u64 {
    let statement = corpus.statement(row);
    let start =
        statement.parties.iter().fold(StableHash::default().part(statement.kind().word()), |h, p| h.part(p));
    let Some(item) = item(corpus, row, known) else { return start.finish() };
    let words =
        item.name.tokens.iter().chain(&item.name.light).fold(start, |hash, token| hash.part(&token.word));
    words.maybe(item.count.map(|count| count.to_string())).maybe(item.until).finish()
}

fn item<'a>(corpus: &Corpus<'a>, row: RowId, known: &mut Known<'a>) -> Option<Item<'a>> {
    let (text, count, until, date): (&str, Option<u64>, Option<&str>, Option<Period>) =
        match &corpus.statement(row).body {
            Body::Project(p) => (&p.name, p.count, None, None),
            // Only a signed document has a day of its own; "is negotiating … on Tuesday" dates the talks.
            Body::Agreement(a) => {
                let date = a.date.filter(|_| a.status >= AgreementStatus::Signed);
                (&a.title, a.count, a.until.as_deref(), date)
            }
            Body::Institution(i) => (&i.name, Some(1), None, None),
            Body::Commitment(c) => (undated(&c.action), Some(1), None, None),
            _ => return None,
        };
    let new = || (Arc::new(Name::new(text)), text_key(text).into());
    let (name, key) = known.entry(text).or_insert_with(new).clone();
    let place = match &corpus.statement(row).body {
        Body::Project(project) => project.place.as_deref(),
        _ => None,
    };
    Some(Item { row, name, text, key, count, bundle: count != Some(1), until, date, place })
}

/// An action without the words of its deadline: "report by the end of 2024" and "report by the end of this year"
/// are one.
pub(super) fn undated(action: &str) -> &str {
    const BEFORE: [&str; 4] = [" by the end of ", " before the end of ", " until the end of ", " by 20"];
    let cut = BEFORE.iter().filter_map(|words| action.find(words)).min();
    cut.map_or(action, |cut| &action[..cut])
}

/// Whether an action is only to begin something.
fn begins(action: &str) -> bool {
    const BEGIN: [&str; 4] = ["begin", "start", "commence", "launch"];
    action.split_whitespace().next().is_some_and(|verb| BEGIN.contains(&verb.to_lowercase().as_str()))
}

#[derive(Debug, Default)]
struct Block<'a> {
    sets: Vec<Set<'a>>,
    /// Sets by the words and the exact text of their names.
    by_word: FxHashMap<String, Vec<u32>>,
    /// Bundles by size.
    by_count: FxHashMap<u64, Vec<u32>>,
}

#[derive(Debug)]
struct Set<'a> {
    rows: Vec<RowId>,
    score: f64,
    /// Its different names, each with the statement that first gave it.
    names: Vec<Item<'a>>,
}

impl<'a> Block<'a> {
    fn add(&mut self, corpus: &Corpus<'a>, item: Item<'a>, kind: Kind, decided: &Decided) {
        let fit = |candidate: u32| {
            let set = &self.sets[candidate as usize];
            let kept_apart =
                !decided.different.is_empty() && set.rows.iter().any(|row| apart(decided, *row, item.row));
            let scores = set.names.iter().map(|name| likeness(corpus, kind, name, &item));
            if kept_apart { 0.0 } else { scores.fold(1.0, f64::min) }
        };
        // Most names are repeated word for word.
        let repeated = self.by_word.get(&*item.key).and_then(|list| list.last().copied());
        let mut best = repeated.map(|set| (fit(set), set)).filter(|(score, _)| *score >= 1.0);
        if best.is_none() {
            for candidate in self.candidates(&item) {
                let score = fit(candidate);
                if best.is_none_or(|(highest, _)| score > highest) {
                    best = Some((score, candidate));
                }
            }
        }
        let least = if kind == Kind::Commitment { SAME_PROMISE_FROM } else { SAME_FROM };
        match best.filter(|(score, _)| *score >= least) {
            Some((score, set)) => self.extend(set, item, score),
            None => self.start(item),
        }
    }

    fn candidates(&self, item: &Item<'_>) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let mut lists: Vec<&Vec<u32>> =
            item.name.tokens.iter().filter_map(|token| self.by_word.get(&token.word)).collect();
        lists.extend(self.by_word.get(&*item.key));
        lists.extend(item.count.filter(|_| item.bundle).and_then(|count| self.by_count.get(&count)));
        // The rarest words first: they tell most.
        lists.sort_by_key(|list| list.len());
        for list in lists {
            let room = CANDIDATES.saturating_sub(found.len());
            found.extend(list.iter().rev().take(room));
        }
        found.sort_unstable_by_key(|set| Reverse(*set));
        found.dedup();
        found
    }

    fn start(&mut self, item: Item<'a>) {
        let number = self.sets.len() as u32;
        self.index(number, &item);
        self.sets.push(Set { rows: vec![item.row], score: 1.0, names: vec![item] });
    }

    fn extend(&mut self, number: u32, item: Item<'a>, score: f64) {
        self.index(number, &item);
        let set = &mut self.sets[number as usize];
        set.rows.push(item.row);
        set.score = set.score.min(score);
        let known =
            set.names.iter().any(|n| n.name == item.name && n.count == item.count && n.until == item.until);
        if !known && set.names.len() < NAMES {
            set.names.push(item);
        }
    }

    fn index(&mut self, number: u32, item: &Item<'_>) {
        let mut note = |key: &str| match self.by_word.get_mut(key) {
            Some(list) if list.last() == Some(&number) => {}
            Some(list) => list.push(number),
            None => drop(self.by_word.insert(key.to_owned(), vec![number])),
        };
        item.name.tokens.iter().for_each(|token| note(&token.word));
        note(&item.key);
        if let Some(count) = item.count.filter(|_| item.bundle) {
            let list = self.by_count.entry(count).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
}

fn apart(decided: &Decided, a: RowId, b: RowId) -> bool {
    decided.different.contains(&(a.min(b), a.max(b)))
}

/// Exact texts are kept apart from words by a mark that no word has.
fn text_key(text: &str) -> String {
    format!("={}", text.to_lowercase())
}

fn likeness(corpus: &Corpus<'_>, kind: Kind, a: &Item<'_>, b: &Item<'_>) -> f64 {
    if !one_horizon(a, b) {
        return 0.0;
    }
    if kind == Kind::Project && next_one(corpus, a, b) {
        return 0.0;
    }
    // What was to begin by a day was not to be ready by then.
    if kind == Kind::Commitment && begins(a.text) != begins(b.text) {
        return 0.0;
    }
    let one_text = corpus.row(a.row).doc == corpus.row(b.row).doc;
    let names = if a.text == b.text { 1.0 } else { a.name.likeness(&b.name) };
    let names = if names < BY_PLACE && (stands_there(a, b) || stands_there(b, a)) { BY_PLACE } else { names };
    if kind != Kind::Project && kind != Kind::Agreement || !(a.bundle || b.bundle) {
        return names;
    }
    let copies = corpus.doc_of(a.row).group == corpus.doc_of(b.row).group;
    let near = corpus
        .when(a.row)
        .date
        .zip(corpus.when(b.row).date)
        .is_some_and(|(x, y)| days_between(x, y).abs() <= BUNDLE_DAYS);
    match (a.count, b.count) {
        (Some(x), Some(y)) if x == y && x > 1 && (copies || near) => names.max(0.7),
        (Some(x), Some(y)) if x == y => names,
        // A portfolio goes by its name while its size changes; in one text two sizes are two bundles.
        (Some(_), Some(_)) if !one_text && is_portfolio(a) && is_portfolio(b) => names,
        (Some(_), Some(_)) => 0.0,
        (None, None) | (None, Some(_)) | (Some(_), None) if copies => names,
        _ if a.name.tokens.is_empty() || b.name.tokens.is_empty() => 0.0,
        _ => names,
    }
}

/// Whether the place of one work stands in the name of another of its kind: "the binational bridge" at Porto Murtinho is "the
/// bridge between Carmelo Peralta and Porto Murtinho".
fn stands_there(one: &Item<'_>, other: &Item<'_>) -> bool {
    let Some(place) = one.place.map(proper_words).filter(|words| !words.is_empty()) else { return false };
    let named = proper_words(other.text);
    // "The Ketou cement plant" has a name of its own already.
    let (own, others) = (head(one.text), head(other.text));
    let noun = |words: &[&str]| words.last().map(|word| word.to_lowercase());
    place.iter().all(|word| named.contains(word))
        && noun(&own).is_some_and(|noun_of| noun(&others) == Some(noun_of))
        && proper_words(&own.join(" ")).is_empty()
        && Name::new(&own.join(" ")).says_no_more_than(&other.name)
}

/// The words that a name is built on: "binational bridge" of "binational bridge of the Bioceanic route".
fn head(name: &str) -> Vec<&str> {
    const BEHIND: [&str; 12] =
        ["of", "over", "between", "from", "to", "at", "in", "on", "for", "across", "near", "with"];
    name.split_whitespace().take_while(|word| !BEHIND.contains(word)).collect()
}

/// A "second line" that is planned or built where the line is at work: the next one, not the first fallen back. A second
/// bridge that was promised and is then told as "the bridge" stays one.
fn next_one(corpus: &Corpus<'_>, earlier: &Item<'_>, later: &Item<'_>) -> bool {
    let status = |item: &Item<'_>| match &corpus.statement(item.row).body {
        Body::Project(project) => project.status,
        _ => ProjectStatus::Unknown,
    };
    use ProjectStatus::{Agreed, Completed, Launched, Planned, Proposed, UnderWay};
    further(later.text)
        && !further(earlier.text)
        && earlier.row < later.row
        && (matches!(status(earlier), UnderWay | Launched | Completed)
            && matches!(status(later), Proposed | Planned | Agreed)
            || matches!(status(earlier), Launched | Completed) && status(later) == UnderWay)
}

/// "Second line", "another bridge": one more of a kind, and no phase of one.
fn further(name: &str) -> bool {
    const MORE: [&str; 7] = ["second", "third", "fourth", "another", "additional", "2nd", "3rd"];
    const PARTS: [&str; 7] = ["phase", "stage", "section", "tranche", "part", "unit", "stretch"];
    let mut words = name.split_whitespace();
    let more = words.next().is_some_and(|word| MORE.contains(&word.to_lowercase().as_str()));
    more && words.next().is_some_and(|word| !PARTS.contains(&word.to_lowercase().as_str()))
}

fn is_portfolio(item: &Item<'_>) -> bool {
    item.name.tokens.iter().any(|token| token.word == "portfolio")
}

/// Renewals are not one document: another horizon, or signed at another time.
fn one_horizon(a: &Item<'_>, b: &Item<'_>) -> bool {
    let until = a.until.is_none() || b.until.is_none() || a.until == b.until;
    let dates = a
        .date
        .zip(b.date)
        .is_none_or(|(x, y)| days_between(x.first(), y.first()).abs() <= 60 || x.overlaps(y));
    until && dates
}
