//! Of which work a quantity is: the capacity of one plant is no new wording of the capacity of another.
//!
//! A report tells a work and how large it will be in one sentence, or in two that follow each other. Two wordings are kept
//! apart only when the works behind them cannot be one; a quantity beside no work goes with any. Refused alternative: the
//! work's name as scope of the target, by which "the line" and "the Alva–Borl railway" would be two targets.

use rustc_hash::FxHashMap;
use tandem_model::{Body, Evidence, Statement};

use crate::corpus::{Corpus, RowId};
use crate::entities::proper_words;

/// Bytes between the sentence of a work and the next one on it.
const BESIDE: usize = 160;

/// Nouns for works; two works with nouns of two rows are two.
const KINDS: [&[&str]; 10] = [
    &["railway", "railways", "railroad", "rail", "trains", "train"],
    &["road", "roads", "highway", "motorway", "expressway"],
    &["pipeline", "pipelines", "pipe"],
    &["port", "harbour", "harbor", "terminal", "hub", "depot"],
    &["dam", "hydropower", "hydroelectric"],
    &["wind", "turbines"],
    &["solar", "photovoltaic"],
    &["interconnector", "interconnection", "cable", "transmission"],
    &["factory", "refinery", "smelter", "mill"],
    &["airport", "airports"],
];

/// Indicators that measure a work as often as all that passes between two countries.
const OF_WORKS: [&str; 7] = ["energy", "water", "freight", "passengers", "jobs", "flights", "tourists"];

/// What tells one work from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Work<'a> {
    name: &'a str,
    proper: Vec<u64>,
    kind: Option<usize>,
}

impl<'a> Work<'a> {
    /// A name without proper words is told apart by its place.
    fn new(name: &'a str, place: Option<&str>) -> Self {
        let mut proper = proper_words(name);
        if proper.is_empty() {
            proper = place.map_or_else(Vec::new, proper_words);
        }
        Self { name, proper, kind: kind(name) }
    }

    /// What it is called.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// Whether the two cannot be one.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let named = !self.proper.is_empty() && !other.proper.is_empty();
        let unlike = named && !self.proper.iter().any(|word| other.proper.contains(word));
        unlike || self.kind.zip(other.kind).is_some_and(|(a, b)| a != b)
    }
}

/// The only kind that some words name.
fn kind(words: &str) -> Option<usize> {
    let lower = words.to_lowercase();
    let mut found = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| KINDS.iter().position(|nouns| nouns.contains(&word)));
    let first = found.next()?;
    found.all(|kind| kind == first).then_some(first)
}

/// The works that reports tell of, by document.
#[derive(Debug, Default)]
pub(super) struct Works<'a> {
    told: FxHashMap<u32, Vec<&'a Statement>>,
}

impl<'a> Works<'a> {
    /// Those of some rows.
    pub(super) fn of(corpus: &Corpus<'a>, rows: &[RowId]) -> Self {
        let mut told: FxHashMap<u32, Vec<&'a Statement>> = FxHashMap::default();
        for &row in rows {
            let statement = corpus.statement(row);
            if matches!(statement.body, Body::Project(_)) {
                told.entry(corpus.row(row).doc).or_default().push(statement);
            }
        }
        Self { told }
    }

    /// The work that a quantity is told of, when one alone can be meant.
    pub(super) fn behind(&self, corpus: &Corpus<'a>, row: RowId) -> Option<Work<'a>> {
        let statement = corpus.statement(row);
        let told = self.told.get(&corpus.row(row).doc).filter(|_| may_measure_a_work(&statement.body))?;
        let distance = |work: &Statement| apart(work, statement);
        let nearest = told.iter().filter_map(|work| distance(work)).min()?;
        let beside = || told.iter().filter(|work| distance(work) == Some(nearest));
        // "The railway will carry 2 million tonnes, the roads agency said": what stands before the quantity.
        let before = |work: &&&'a Statement| work.evidence.start <= statement.evidence.start;
        let last = beside().filter(before).max_by_key(|work| work.evidence.start);
        let mut works =
            beside().filter(|work| last.is_none_or(|last| last.id == work.id)).filter_map(|s| named(s));
        let own = kind(&beside_words(&statement.evidence));
        let fits = |work: &Work<'a>| own.is_none() || work.kind.is_none() || work.kind == own;
        let first = works.next().filter(fits)?;
        works.all(|work| work == first).then_some(first)
    }
}

fn named(statement: &Statement) -> Option<Work<'_>> {
    match &statement.body {
        Body::Project(project) => Some(Work::new(&project.name, project.place.as_deref())),
        _ => None,
    }
}

fn may_measure_a_work(body: &Body) -> bool {
    let indicator = match body {
        Body::Target(target) => &target.indicator,
        Body::Figure(figure) => &figure.indicator,
        _ => return false,
    };
    OF_WORKS.contains(&indicator.as_str()) || indicator.starts_with("other:")
}

/// Evidence with the words around it.
fn beside_words(evidence: &Evidence) -> String {
    [evidence.prefix.as_str(), &evidence.exact, &evidence.suffix].concat()
}

/// How far the sentence of a work stands before that of a quantity: nothing when it is the same; none when it
/// stands behind or too far off.
fn apart(work: &Statement, quantity: &Statement) -> Option<usize> {
    let (work, quantity) = (work.sentence, quantity.sentence);
    if work.start() < quantity.end() && quantity.start() < work.end() {
        return Some(0);
    }
    quantity.start().checked_sub(work.end()).filter(|bytes| *bytes <= BESIDE).map(|bytes| bytes + 1)
}
