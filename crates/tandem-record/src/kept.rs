//! What a ledger keeps of its record, so that one more document does not mean making all of it anew.
//!
//! A part, what is said between one set of parties, is a function of its statements, of what is known of their documents
//! and of the levels that it asked other parties for. [`Held`] makes a part, what there is to say of a document,
//! or a document as a source, from just what it needs, and [`collect`] puts any number of parts together. This comes to the
//! same as [`crate::build`], in whatever order documents came in: the ledger's part in it is to know which parts a
//! document touches, and it may have one part in memory at a time. Ids in what is kept are whole ones,
//! because how short an id may be depends on all others; [`crate::cut`] and [`seal`] finish them.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use tandem_model::record::{Decision, Finding, Record, SourceView};
use tandem_model::{Date, DocumentCard, Kind, Statement};

pub use crate::adoption::{Work, Works, all_taken_in, taken_in};
pub use crate::audit::{Ask, Told};
use crate::bounds::{self, Derived};
use crate::corpus::{Corpus, Given, RowId};
use crate::dates::When;
use crate::part::{self, Part};
use crate::{assemble, findings, lives, origins, sources, testimony};

/// What is kept of one part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptPart {
    /// Its findings, with whole ids of entries and none of their own.
    pub findings: Vec<Finding>,
    /// The whole ids of its entries, sorted. They are many, and whoever keeps them has a table for them.
    #[serde(skip)]
    pub ids: Vec<String>,
    /// What it asked of other parties, under the keys of the levels that could answer
    /// ([`level_keys`]); whoever keeps it has a table for it.
    #[serde(skip)]
    pub asked: Vec<(u64, Ask)>,
    /// What it tells of the dates of documents, by document.
    pub hints: Vec<(String, Derived)>,
    /// The last day on which it still says the same.
    pub until: Date,
    /// Ids of documents with a value that several origins report, sorted.
    pub confirmed: Vec<String>,
    /// Ids of statements whose numbers cannot be right, with their documents, sorted.
    pub suspects: Vec<(String, String)>,
}

/// What is kept of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptDocument {
    /// The document that names its group of copies; its own id when it has none.
    pub home: String,
    /// What its own statements and other documents tell of its date.
    pub bounds: Option<Derived>,
    /// Findings about it alone.
    pub findings: Vec<Finding>,
}

fn owned(hints: Vec<(&str, Derived)>) -> Vec<(String, Derived)> {
    hints.into_iter().map(|(doc, derived)| (doc.to_owned(), derived)).collect()
}

fn kept_part(corpus: &Corpus<'_>, rows: &[RowId], part: Part<'_>, hints: Vec<(String, Derived)>) -> KeptPart {
    let mut ids: Vec<String> = part.ids().cloned().collect();
    ids.sort_unstable();
    let parties = rows.first().map_or(&[][..], |row| &corpus.statement(*row).parties);
    let keyed = |ask: &Ask| -> Vec<(u64, Ask)> {
        let key = |party: &String| part::level_key(&ask.indicator, ask.days, party);
        parties.iter().map(|party| (key(party), ask.clone())).collect()
    };
    let mut asked: Vec<(u64, Ask)> = part.asked.iter().flat_map(keyed).collect();
    asked.sort_unstable();
    let suspect = |row: &RowId| (corpus.statement(*row).id.clone(), corpus.doc_of(*row).id.to_owned());
    let mut suspects: Vec<(String, String)> = part.suspects.iter().map(suspect).collect();
    suspects.sort_unstable();
    let confirmed = part.confirmed.iter().map(|doc| corpus.docs[*doc as usize].id.to_owned());
    let mut confirmed: Vec<String> = confirmed.collect();
    confirmed.sort_unstable();
    let until = part::holds_until(corpus, rows);
    KeptPart { findings: part.findings, ids, asked, hints, until, confirmed, suspects }
}

fn of_document(corpus: &Corpus<'_>, number: u32) -> Vec<Finding> {
    let drafts = sources::of_document(corpus, number).into_iter();
    drafts.map(|draft| findings::finding(corpus, draft)).collect()
}

/// The keys under which other parties may ask for a statement's level; none when it gives none.
pub fn level_keys(statement: &Statement) -> Vec<u64> {
    let Some((indicator, days)) = part::level(statement) else { return Vec::new() };
    statement.parties.iter().map(|party| part::level_key(indicator, days, party)).collect()
}

/// The level that a statement gives, as other parties are told it.
pub fn told(statement: &Statement) -> Option<Told> {
    part::told(statement)
}

/// The levels of a whole ledger, as parts ask for them.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    keys: Vec<(u64, u32)>,
    told: Vec<Told>,
    parties: FxHashSet<Arc<[String]>>,
    units: FxHashSet<Arc<str>>,
}

impl Levels {
    /// Takes in a statement's level, with its keys ([`level_keys`]).
    pub fn add(&mut self, keys: &[u64], told: Told) {
        let number = self.told.len() as u32;
        self.keys.extend(keys.iter().map(|key| (*key, number)));
        let parties = shared(&mut self.parties, told.parties);
        self.told.push(Told { parties, unit: shared(&mut self.units, told.unit), ..told });
    }

    /// Puts them in order; before that nothing is found.
    pub fn sort(&mut self) {
        self.keys.sort_unstable();
        (self.parties, self.units) = Default::default();
    }

    /// All levels with their keys, those of one key together.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Told)> {
        self.keys.iter().map(|(key, number)| (*key, &self.told[*number as usize]))
    }

    /// The levels under a key.
    pub fn at(&self, key: u64) -> Vec<Told> {
        let from = self.keys.partition_point(|(other, _)| *other < key);
        let found = self.keys[from..].iter().take_while(|(other, _)| *other == key);
        found.map(|(_, number)| self.told[*number as usize].clone()).collect()
    }
}

/// The one copy of equal values that is kept.
fn shared<T: ?Sized + Eq + std::hash::Hash>(pool: &mut FxHashSet<Arc<T>>, value: Arc<T>) -> Arc<T> {
    if let Some(known) = pool.get(&*value) {
        return known.clone();
    }
    pool.insert(value.clone());
    value
}

/// The kinds of statements from which a part tells something of the dates of documents.
pub const TELL_OF_DATES: [Kind; 4] = lives::KINDS;

/// Whether a statement may bear witness against the date of another document, dated or not.
pub fn testifies(statement: &Statement) -> bool {
    testimony::testifies(statement)
}

/// Whether other reports may tell something of a document's date.
pub fn is_undated(card: &DocumentCard) -> bool {
    bounds::open(When::of(&card.dating), origins::reliability(Some(card)))
}

/// Whether a document was surely written by a day.
pub fn is_known_by(card: &DocumentCard, day: Date) -> bool {
    When::of(&card.dating).known_by(day)
}

/// Whether a part must be given all statements of a document besides its own: its share of a country's
/// whole trade is held against that whole.
pub fn wants_whole_document(statement: &Statement) -> bool {
    matches!(&statement.body, tandem_model::Body::Figure(f) if f.measure == tandem_model::Measure::Share)
}

/// What one part, or one document, is made anew from.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The documents concerned.
    pub documents: &'a [&'a DocumentCard],
    /// The homes of those that have copies, by document.
    pub homes: &'a FxHashMap<&'a str, &'a str>,
    /// What is known of their dates beyond their cards, by document.
    pub bounds: &'a FxHashMap<&'a str, Derived>,
    /// For a part its statements, and all of documents that [`wants_whole_document`] names; for a
    /// document all of its own.
    pub statements: &'a [Statement],
    /// The present day.
    pub today: Date,
    /// The day whose knowledge is asked for, of which all documents are ([`is_known_by`]); the present when `None`.
    pub as_of: Option<Date>,
    /// Months without a word after which a promise has gone silent.
    pub silent_after_months: u32,
}

impl<'a> Held<'a> {
    fn corpus(&self, bounds: &FxHashMap<&'a str, Derived>) -> Corpus<'a> {
        self.corpus_of(bounds, &|_| true)
    }

    fn corpus_of(
        &self,
        bounds: &FxHashMap<&'a str, Derived>,
        wanted: &dyn Fn(&Statement) -> bool,
    ) -> Corpus<'a> {
        let given = Given {
            documents: self.documents.to_vec(),
            statements: self.statements.iter().filter(|statement| wanted(statement)).collect(),
            taken_in: &[],
            as_of: self.as_of,
            today: self.today,
            silent_after_months: self.silent_after_months,
        };
        Corpus::known(&given, self.homes, bounds)
    }

    fn rows(corpus: &Corpus<'a>, parties: &[String]) -> Vec<RowId> {
        (0..corpus.rows.len() as RowId).filter(|row| corpus.statement(*row).parties == parties).collect()
    }

    /// What a part tells of the dates of undated documents.
    pub fn hints(&self, parties: &[String]) -> Vec<(String, Derived)> {
        let tells = |statement: &Statement| TELL_OF_DATES.contains(&statement.kind());
        let corpus = self.corpus_of(&FxHashMap::default(), &tells);
        let rows = Self::rows(&corpus, parties);
        owned(bounds::between(&corpus, &rows))
    }

    /// A part to be kept; `levels` gives the levels known under keys of [`level_keys`], and `hints` is
    /// what [`Held::hints`] gave. With `beside` a large part may use a second thread.
    pub fn part(
        &self,
        parties: &[String],
        hints: Vec<(String, Derived)>,
        levels: &dyn Fn(u64) -> Vec<Told>,
        beside: bool,
    ) -> KeptPart {
        let corpus = self.corpus(self.bounds);
        let rows = Self::rows(&corpus, parties);
        let part = made(&corpus, &rows, &[], levels, beside);
        kept_part(&corpus, &rows, part, hints)
    }

    /// The same part with its entries, and with what people decided of its statements and lives.
    pub fn entries(
        &self,
        parties: &[String],
        decisions: &[Decision],
        levels: &dyn Fn(u64) -> Vec<Told>,
    ) -> (KeptPart, Entries) {
        let corpus = self.corpus(self.bounds);
        let rows = Self::rows(&corpus, parties);
        let mut part = made(&corpus, &rows, decisions, levels, false);
        let shown = Part {
            cells: std::mem::take(&mut part.cells),
            derived: std::mem::take(&mut part.derived),
            lineages: std::mem::take(&mut part.lineages),
            lives: std::mem::take(&mut part.lives),
            meetings: std::mem::take(&mut part.meetings),
            awards: std::mem::take(&mut part.awards),
            ..Part::default()
        };
        let entries = Entries(assemble::Entries::new(&corpus, shown, &|row| Place::new(&corpus, row)));
        let mut kept = kept_part(&corpus, &rows, part, Vec::new());
        kept.ids = entries.0.ids().cloned().collect();
        kept.ids.sort_unstable();
        (kept, entries)
    }

    /// The wanted documents as sources. All copies of each must be among the documents; `confirmed` and
    /// `doubted` tell those with a value that several origins report, and those with an error.
    pub fn sources(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        confirmed: &dyn Fn(&str) -> bool,
        doubted: &dyn Fn(&str) -> bool,
    ) -> Vec<SourceView> {
        let corpus = self.corpus(self.bounds);
        let confirmed = |doc: u32| confirmed(corpus.docs[doc as usize].id);
        sources::views(&corpus, &confirmed, doubted, wanted)
    }

    /// What a document's own statements tell of its date.
    pub fn own_bounds(&self, doc: &str) -> Option<Derived> {
        let corpus = self.corpus(&FxHashMap::default());
        let number = corpus.docs.iter().position(|other| other.id == doc)?;
        bounds::of_itself(&corpus, number as u32)
    }

    /// Findings about one document.
    pub fn findings_about(&self, doc: &str) -> Vec<Finding> {
        let corpus = self.corpus(self.bounds);
        let number = corpus.docs.iter().position(|other| other.id == doc);
        number.map_or_else(Vec::new, |number| of_document(&corpus, number as u32))
    }

    /// The finding about a group of copies, when all documents are of one group and there are several.
    pub fn copies(&self) -> Option<Finding> {
        let corpus = self.corpus(self.bounds);
        let draft = sources::copies(corpus.docs.iter().map(|doc| doc.id));
        (corpus.docs.len() > 1).then(|| findings::finding(&corpus, draft))
    }
}

fn made<'a>(
    corpus: &Corpus<'a>,
    rows: &[RowId],
    decisions: &[Decision],
    levels: &dyn Fn(u64) -> Vec<Told>,
    beside: bool,
) -> Part<'a> {
    let beyond =
        |indicator: &str, days: (Date, Date), party: &str| levels(part::level_key(indicator, days, party));
    part::make(corpus, rows, Some(decisions), &beyond, beside)
}

/// The entries of one part, with whole ids.
#[derive(Clone, Debug)]
pub struct Entries(assemble::Entries<Place>);

/// Where a statement stands in time: as its document does, then by its place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    day: (Date, u8),
    doc: String,
    evidence: (usize, usize),
    statement: String,
    parties: Vec<String>,
}

impl Place {
    fn new(corpus: &Corpus<'_>, row: RowId) -> Self {
        let statement = corpus.statement(row);
        Self {
            day: corpus.when(row).order(),
            doc: statement.doc.clone(),
            evidence: (statement.evidence.start, statement.evidence.end),
            statement: statement.id.clone(),
            parties: statement.parties.clone(),
        }
    }
}

/// The record that parts, in the order of their parties, add up to, without findings and sources.
/// `findings` are all that there are, whoever they are between, and `suspects` the statements whose
/// numbers cannot be right; `cut` shortens ids.
pub fn collect<'f>(
    parts: Vec<Entries>,
    findings: &'f [Finding],
    suspects: &FxHashSet<&'f str>,
    cut: &mut dyn FnMut(&mut String),
) -> Record {
    assemble::collect(parts.into_iter().map(|part| part.0).collect(), Vec::new(), findings, suspects, cut)
}

/// Documents whose date cannot be right.
pub fn misdated(findings: &[Finding]) -> impl Iterator<Item = &str> {
    assemble::misdated(findings)
}

/// All that is known of a document's date from its own statements and from parts, these in the order
/// of their parties; `None` when it adds nothing or contradicts itself.
pub fn settle(card: &DocumentCard, own: Option<Derived>, hints: Vec<Derived>) -> Option<Derived> {
    let mut all = own.into_iter().chain(hints);
    let mut derived = all.next()?;
    all.for_each(|other| derived.add(other));
    derived.holds(When::of(&card.dating)).then_some(derived)
}

/// Findings with short ids of their own, the gravest first, as of a day. Facts in them stay as they are.
pub fn seal(mut all: Vec<Finding>, day: Date) -> Vec<Finding> {
    all.iter_mut().for_each(|finding| finding.as_of = day);
    findings::seal(all)
}
