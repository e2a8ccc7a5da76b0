//! What a ledger keeps of its record, so that one more document does not mean making all of it anew.
//!
//! A part, what is said between one set of parties, is a function of its statements, of what is known of their documents
//! and of the levels that it asked other parties for. [`keep_all`] makes every part at once; [`Held`]
//! makes one, from just what it needs. Both come to the same, in whatever order documents came in: the
//! ledger's part in it is to know which parts a document touches. Ids in what is kept are whole ones,
//! because how short an id may be depends on all others; [`crate::cut`] and [`seal`] finish them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tandem_model::record::Finding;
use tandem_model::{Date, DocumentCard, Statement};

use crate::audit::Told;
use crate::bounds::{self, Derived};
use crate::corpus::{Corpus, RowId};
use crate::dates::When;
use crate::part::{self, Part};
use crate::{Input, SILENT_AFTER_MONTHS, assemble, findings, sources};

/// What is kept of one part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptPart {
    /// Its findings, with whole ids of entries and none of their own.
    pub findings: Vec<Finding>,
    /// The whole ids of its entries, sorted. They are many, and whoever keeps them has a table for them.
    #[serde(skip)]
    pub ids: Vec<String>,
    /// Keys of levels that it asked for; see [`level_keys`].
    pub asked: Vec<u64>,
    /// What it tells of the dates of undated documents, by document.
    pub hints: Vec<(String, Derived)>,
    /// The last day on which it still says the same.
    pub until: Date,
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

/// Everything that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Parts by their parties.
    pub parts: Vec<(Vec<String>, KeptPart)>,
    /// Documents by id.
    pub documents: Vec<(String, KeptDocument)>,
    /// Findings about copies, by the home of the group.
    pub copies: Vec<(String, Finding)>,
}

/// All that is kept of some documents and statements. Decisions, a day in the past and another measure
/// of silence are not for keeping.
pub fn keep_all(documents: &[DocumentCard], statements: &[Statement], today: Date) -> Kept {
    let input = &input(documents, statements, today);
    let plain = Corpus::new(input);
    let plain_parts = plain.parts();
    let bounds = bounds::derive(&plain, &plain_parts);
    let mut hints: Vec<Vec<(String, Derived)>> =
        plain_parts.iter().map(|rows| owned(bounds::between(&plain, rows))).collect();
    let corpus = plain.bounded(input, &bounds);
    let parts = corpus.parts();
    let made = assemble::make_all(&corpus, &parts, Some(&[]));
    let kept = |((rows, part), hints): ((&Vec<RowId>, Part<'_>), &mut Vec<_>)| {
        let parties = corpus.statement(rows[0]).parties.clone();
        (parties, kept_part(&corpus, rows, part, std::mem::take(hints)))
    };
    let document = |number: u32| {
        let doc = &corpus.docs[number as usize];
        let kept = KeptDocument {
            home: doc.home.to_owned(),
            bounds: bounds.get(doc.id).cloned(),
            findings: of_document(&corpus, number),
        };
        (doc.id.to_owned(), kept)
    };
    let mut documents: Vec<_> = (0..corpus.docs.len() as u32).map(document).collect();
    documents.sort_by(|a, b| a.0.cmp(&b.0));
    let mut copies: Vec<_> = sources::groups(&corpus)
        .into_iter()
        .map(|list| {
            let draft = sources::copies(list.iter().map(|number| corpus.docs[*number].id));
            (corpus.docs[list[0]].home.to_owned(), findings::finding(&corpus, draft))
        })
        .collect();
    copies.sort_by(|a, b| a.0.cmp(&b.0));
    Kept { parts: parts.iter().zip(made).zip(&mut hints).map(kept).collect(), documents, copies }
}

fn input<'a>(documents: &'a [DocumentCard], statements: &'a [Statement], today: Date) -> Input<'a> {
    Input {
        documents,
        statements,
        decisions: &[],
        as_of: None,
        today,
        silent_after_months: SILENT_AFTER_MONTHS,
    }
}

fn owned(hints: Vec<(&str, Derived)>) -> Vec<(String, Derived)> {
    hints.into_iter().map(|(doc, derived)| (doc.to_owned(), derived)).collect()
}

fn kept_part(corpus: &Corpus<'_>, rows: &[RowId], part: Part<'_>, hints: Vec<(String, Derived)>) -> KeptPart {
    let mut ids: Vec<String> = part.ids().cloned().collect();
    ids.sort_unstable();
    let parties = rows.first().map_or(&[][..], |row| &corpus.statement(*row).parties);
    let keys = |(indicator, days): &(String, (Date, Date))| -> Vec<u64> {
        parties.iter().map(|party| part::level_key(indicator, *days, party)).collect()
    };
    let mut asked: Vec<u64> = part.asked.iter().flat_map(keys).collect();
    asked.sort_unstable();
    KeptPart { findings: part.findings, ids, asked, hints, until: part::holds_until(corpus, rows) }
}

fn of_document(corpus: &Corpus<'_>, number: u32) -> Vec<Finding> {
    let drafts = sources::of_document(corpus, number).into_iter();
    drafts.map(|draft| findings::finding(corpus, draft)).collect()
}

/// The keys under which other parties may ask for a statement's level; none when it gives none.
pub fn level_keys(statement: &Statement) -> Vec<u64> {
    let Some((indicator, days, _)) = part::told(statement) else { return Vec::new() };
    statement.parties.iter().map(|party| part::level_key(indicator, days, party)).collect()
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
    pub documents: &'a [DocumentCard],
    /// The homes of those that have copies, by document.
    pub homes: &'a FxHashMap<&'a str, &'a str>,
    /// What is known of their dates beyond their cards, by document.
    pub bounds: &'a FxHashMap<&'a str, Derived>,
    /// For a part its statements, and all of documents that [`wants_whole_document`] names; for a
    /// document all of its own.
    pub statements: &'a [Statement],
    /// The present day.
    pub today: Date,
}

impl<'a> Held<'a> {
    fn corpus(&self, bounds: &FxHashMap<&'a str, Derived>) -> Corpus<'a> {
        Corpus::known(&input(self.documents, self.statements, self.today), self.homes, bounds)
    }

    fn rows(corpus: &Corpus<'a>, parties: &[String]) -> Vec<RowId> {
        (0..corpus.rows.len() as RowId).filter(|row| corpus.statement(*row).parties == parties).collect()
    }

    /// What a part tells of the dates of undated documents.
    pub fn hints(&self, parties: &[String]) -> Vec<(String, Derived)> {
        let corpus = self.corpus(&FxHashMap::default());
        let rows = Self::rows(&corpus, parties);
        owned(bounds::between(&corpus, &rows))
    }

    /// A part; `levels` gives the statements known under keys of [`level_keys`].
    pub fn part(
        &self,
        parties: &[String],
        hints: Vec<(String, Derived)>,
        levels: &dyn Fn(u64) -> Vec<Statement>,
    ) -> KeptPart {
        let corpus = self.corpus(self.bounds);
        let rows = Self::rows(&corpus, parties);
        let beyond = |indicator: &str, days: (Date, Date), party: &str| -> Vec<Told> {
            let key = part::level_key(indicator, days, party);
            levels(key).iter().filter_map(|statement| Some(part::told(statement)?.2)).collect()
        };
        let part = part::make(&corpus, &rows, Some(&[]), &beyond, true);
        kept_part(&corpus, &rows, part, hints)
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

/// All that is known of a document's date from its own statements and from parts, these in the order
/// of their parties; `None` when it adds nothing or contradicts itself.
pub fn settle(card: &DocumentCard, own: Option<Derived>, hints: Vec<Derived>) -> Option<Derived> {
    let mut all = own.into_iter().chain(hints);
    let mut derived = all.next()?;
    all.for_each(|other| derived.add(other));
    derived.holds(When::of(&card.dating)).then_some(derived)
}

/// Findings with short ids of their own, the gravest first, as of a day. Facts in them stay as they are.
pub fn seal(mut all: Vec<Finding>, today: Date) -> Vec<Finding> {
    all.iter_mut().for_each(|finding| finding.as_of = today);
    findings::seal(all)
}
