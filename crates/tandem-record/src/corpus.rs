//! Documents and statements in the one order that everything else relies on.
//!
//! Statements become rows sorted by when their document was written, then by document and place in
//! it; a row number is therefore also an order in time, and the order of the input never matters.
//! Rows of one statement id count once. Under `as_of` only documents that were surely written by
//! that day take part.

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::{Body, Date, DateEvidence, DocumentCard, Figure, Measure, Modality, Statement};

use crate::Input;
use crate::bounds::Derived;
use crate::dates::When;
use crate::origins::{self, Reliability};

/// The least confidence at which a figure takes part in audits whose sentence does not say outright what the number
/// measures, or for when: a misreading must accuse nobody.
const GUESSED: f64 = 0.78;

/// The least confidence at which a figure is audited whose sentence says so itself. A wide margin lies below what such
/// figures have, so that weights learnt anew turn nobody away.
const OUTRIGHT: f64 = 0.75;

/// Rules that know only that a number stands beside a word are named so.
const NEIGHBOURHOOD: &str = "-beside";

/// The least confidence at which a target takes part in its lineage: below it a statement is likelier misread than
/// right.
const FOLLOWED: f64 = 0.5;

/// Index of a row; rows are in order of time.
pub(crate) type RowId = u32;

/// A document with what the record found out about it.
#[derive(Clone, Debug)]
pub(crate) struct Doc<'a> {
    pub(crate) id: &'a str,
    pub(crate) card: Option<&'a DocumentCard>,
    pub(crate) when: When,
    /// Number of its group of copies; documents of one group are one origin. It tells groups apart and
    /// means nothing else.
    pub(crate) group: u32,
    /// The member of its group with the earliest stated date: what the group is called.
    pub(crate) home: &'a str,
    pub(crate) reliability: Reliability,
    /// Reasons for the bounds that other documents and its own statements put on its date.
    pub(crate) evidence: Vec<DateEvidence>,
    pub(crate) first_row: RowId,
    pub(crate) end_row: RowId,
}

/// A statement with its document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) statement: &'a Statement,
    pub(crate) doc: u32,
    /// Whether it is a copy that others take in: nothing that its document says by itself.
    pub(crate) taken_in: bool,
}

/// What a corpus is made from.
pub(crate) struct Given<'a> {
    pub(crate) documents: Vec<&'a DocumentCard>,
    pub(crate) statements: Vec<&'a Statement>,
    /// Copies of statements with the parties that take them in, where they are not among the statements.
    pub(crate) taken_in: &'a [Statement],
    pub(crate) as_of: Option<Date>,
    pub(crate) today: Date,
    pub(crate) silent_after_months: u32,
}

impl<'a> Given<'a> {
    fn of(input: &Input<'a>, taken_in: &'a [Statement]) -> Self {
        Self {
            taken_in,
            documents: input.documents.iter().collect(),
            statements: input.statements.iter().collect(),
            as_of: input.as_of,
            today: input.today,
            silent_after_months: input.silent_after_months,
        }
    }
}

/// All that was known on a day.
#[derive(Debug)]
pub(crate) struct Corpus<'a> {
    pub(crate) docs: Vec<Doc<'a>>,
    pub(crate) rows: Vec<Row<'a>>,
    /// The day as of which findings speak.
    pub(crate) as_of: Date,
    /// Whether the caller named that day.
    pub(crate) as_of_given: bool,
    pub(crate) silent_after_months: u32,
}

impl<'a> Corpus<'a> {
    /// With copies found and every document where its own text dates it.
    pub(crate) fn new(input: &Input<'a>, taken_in: &'a [Statement]) -> Self {
        let mut corpus = Self::arranged(&Given::of(input, taken_in), &FxHashMap::default());
        origins::group(&mut corpus);
        corpus
    }

    /// With copies that are known already (a document that is missing in `homes` has none), and what
    /// documents tell of one another's dates.
    pub(crate) fn known(
        given: &Given<'a>,
        homes: &FxHashMap<&'a str, &'a str>,
        bounds: &FxHashMap<&'a str, Derived>,
    ) -> Self {
        let mut corpus = Self::arranged(given, bounds);
        let mut number: FxHashMap<&str, u32> = FxHashMap::default();
        for (doc, place) in corpus.docs.iter_mut().zip(0..) {
            doc.home = homes.get(doc.id).copied().unwrap_or(doc.id);
            doc.group = *number.entry(doc.home).or_insert(place);
        }
        corpus
    }

    /// The same documents with bounds known of their dates: in another order, but with the same copies.
    pub(crate) fn bounded(
        self,
        input: &Input<'a>,
        taken_in: &'a [Statement],
        bounds: &FxHashMap<&'a str, Derived>,
    ) -> Self {
        let homes = self.docs.iter().map(|doc| (doc.id, doc.home)).collect();
        Self::known(&Given::of(input, taken_in), &homes, bounds)
    }

    fn arranged(given: &Given<'a>, bounds: &FxHashMap<&'a str, Derived>) -> Self {
        let mut docs = sorted_docs(given, bounds);
        let rows = sorted_rows(given, &mut docs);
        Self {
            docs,
            rows,
            as_of: given.as_of.unwrap_or(given.today),
            as_of_given: given.as_of.is_some(),
            silent_after_months: given.silent_after_months,
        }
    }

    /// The rows between each set of parties, in order of the parties; what is said between one set is
    /// judged by itself.
    pub(crate) fn parts(&self) -> Vec<Vec<RowId>> {
        let mut rows: FxHashMap<&[String], Vec<RowId>> = FxHashMap::default();
        for (row, number) in self.rows.iter().zip(0..) {
            rows.entry(&row.statement.parties).or_default().push(number);
        }
        let mut parts: Vec<(&[String], Vec<RowId>)> = rows.into_iter().collect();
        parts.sort_unstable_by_key(|(parties, _)| *parties);
        parts.into_iter().map(|(_, rows)| rows).collect()
    }

    /// The rows of one document, but what others take in of it.
    pub(crate) fn rows_of(&self, doc: u32) -> impl Iterator<Item = RowId> + Clone {
        self.own_rows(&self.docs[doc as usize])
    }

    /// The same of a document at hand.
    pub(crate) fn own_rows(&self, doc: &Doc<'_>) -> impl Iterator<Item = RowId> + Clone + use<'_, 'a> {
        (doc.first_row..doc.end_row).filter(|row| !self.row(*row).taken_in)
    }

    pub(crate) fn row(&self, row: RowId) -> Row<'a> {
        self.rows[row as usize]
    }

    pub(crate) fn statement(&self, row: RowId) -> &'a Statement {
        self.row(row).statement
    }

    pub(crate) fn doc_of(&self, row: RowId) -> &Doc<'a> {
        &self.docs[self.row(row).doc as usize]
    }

    pub(crate) fn when(&self, row: RowId) -> When {
        self.doc_of(row).when
    }

    /// The date that the document behind a row came with, even when it has been demoted since.
    pub(crate) fn stated(&self, row: RowId) -> Option<Date> {
        let doc = self.doc_of(row);
        doc.when.date.or_else(|| doc.card.and_then(|card| card.dating.date))
    }

    /// Whether the document behind a row names no source and admits having no evidence.
    pub(crate) fn unsupported(&self, row: RowId) -> bool {
        self.doc_of(row).reliability == Reliability::F
    }

    /// Whether a statement was read with enough confidence to be reckoned with. Others stay in the ledger as the
    /// sentences that they are.
    pub(crate) fn heard(&self, row: RowId) -> bool {
        let statement = self.statement(row);
        let least = match &statement.body {
            Body::Figure(figure) => audited_from(statement, figure),
            _ => FOLLOWED,
        };
        statement.confidence >= least
    }

    /// Whether a statement speaks of what is, not of what may be or is denied.
    pub(crate) fn asserted(&self, row: RowId) -> bool {
        self.statement(row).modality == Modality::Asserted
    }

    /// The ids of statements, sorted.
    pub(crate) fn statement_ids(&self, rows: &[RowId]) -> Vec<String> {
        let mut ids: Vec<String> = rows.iter().map(|row| self.statement(*row).id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// The ids of the documents of rows, sorted.
    pub(crate) fn doc_ids(&self, rows: &[RowId]) -> Vec<String> {
        let mut ids: Vec<String> = rows.iter().map(|row| self.doc_of(*row).id.to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// The least confidence at which a figure takes part in audits. A count of the present day, as of firms at work, has no
/// period of its own.
pub(crate) fn audited_from(statement: &Statement, figure: &Figure) -> f64 {
    let timed = figure.period.is_some() && !figure.period_carried;
    let outright = timed || figure.measure == Measure::Count && figure.period.is_none();
    if outright && !statement.rule.ends_with(NEIGHBOURHOOD) { OUTRIGHT } else { GUESSED }
}

fn sorted_docs<'a>(given: &Given<'a>, bounds: &FxHashMap<&'a str, Derived>) -> Vec<Doc<'a>> {
    let doc = |id: &'a str, card: Option<&'a DocumentCard>| Doc {
        id,
        card,
        when: card.map(|card| When::of(&card.dating)).unwrap_or_default(),
        group: 0,
        home: id,
        reliability: origins::reliability(card),
        evidence: Vec::new(),
        first_row: 0,
        end_row: 0,
    };
    let mut seen = FxHashSet::default();
    let carded = given.documents.iter().map(|card| doc(&card.id, Some(card)));
    let bare = given.statements.iter().map(|statement| doc(&statement.doc, None));
    let mut docs: Vec<Doc<'a>> = carded.chain(bare).filter(|doc| seen.insert(doc.id)).collect();
    if let Some(day) = given.as_of {
        docs.retain(|doc| doc.when.known_by(day));
    }
    for doc in &mut docs {
        if let Some(derived) = bounds.get(doc.id) {
            doc.when.not_before = doc.when.not_before.max(derived.not_before);
            doc.when.before = doc.when.before.into_iter().chain(derived.before).min();
            doc.evidence.clone_from(&derived.evidence);
            if derived.demoted {
                doc.when.date = None;
            }
        }
    }
    docs.sort_by(|a, b| (a.when.order(), a.id).cmp(&(b.when.order(), b.id)));
    docs
}

fn sorted_rows<'a>(given: &Given<'a>, docs: &mut [Doc<'a>]) -> Vec<Row<'a>> {
    let index: FxHashMap<&str, u32> = docs.iter().zip(0..).map(|(doc, i)| (doc.id, i)).collect();
    let mut seen = FxHashSet::default();
    let own = given.statements.iter().copied().filter(|statement| seen.insert(statement.id.as_str()));
    let all = own.map(|statement| (statement, false)).chain(given.taken_in.iter().map(|copy| (copy, true)));
    let row = |(statement, taken_in): (&'a Statement, bool)| {
        Some(Row { statement, doc: *index.get(statement.doc.as_str())?, taken_in })
    };
    let mut rows: Vec<Row<'a>> = all.filter_map(row).collect();
    let key = |row: &Row<'a>| (row.doc, row.statement.evidence.start, row.statement.evidence.end);
    let which = |row: &Row<'a>| (&row.statement.id, &row.statement.parties);
    rows.sort_by(|a, b| (key(a), which(a)).cmp(&(key(b), which(b))));
    let mut next = 0;
    for (doc, number) in docs.iter_mut().zip(0..) {
        doc.first_row = next;
        while rows.get(next as usize).is_some_and(|row| row.doc == number) {
            next += 1;
        }
        doc.end_row = next;
    }
    rows
}
