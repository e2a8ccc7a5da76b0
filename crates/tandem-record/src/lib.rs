//! Statements to the record: dates, origins, facts, audit, targets, lives.
//!
//! [`build`] is a pure function: documents and statements in, the whole record out, the same for any
//! order of the input and on any machine. It knows no clock ("today" is an argument) and no text
//! beyond the quotes that statements carry. The way through it: documents and statements are put in
//! order of time ([`corpus`](self), copies found), figures become cells, the auditor holds the cells
//! against one another, targets become lineages, everything with a status becomes a life, and what
//! any of them has to say becomes a finding. Refused alternative: updating a stored record with each
//! document; what a report means depends on those that come after it, so the record is made anew
//! from statements that never change.

mod adoption;
mod assemble;
mod audit;
mod bounds;
mod corpus;
mod dates;
mod entities;
mod facts;
mod findings;
mod ids;
mod interval;
pub mod kept;
mod lives;
mod meetings;
mod names;
mod origins;
mod part;
mod people;
pub mod sightings;
mod sources;
mod targets;
mod testimony;
mod words;

use tandem_model::record::{Decision, Record};
use tandem_model::{Date, DocumentCard, Statement};

pub use bounds::Derived;
pub use ids::{Shortener, cut};
pub use origins::{COMMON, Profile, homes, sketch};
pub use people::{NameKind, same_name};

use corpus::Corpus;

/// Months of silence after which a promise is said to have gone silent, unless the caller says otherwise.
pub const SILENT_AFTER_MONTHS: u32 = 12;

/// What a record is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What is known of the documents. A statement whose document is missing here counts as undated.
    pub documents: &'a [DocumentCard],
    /// Everything that the documents state, in any order.
    pub statements: &'a [Statement],
    /// What people decided about them.
    pub decisions: &'a [Decision],
    /// Show what was known on this day: only documents surely written by then take part.
    pub as_of: Option<Date>,
    /// The present day, for deadlines.
    pub today: Date,
    /// Months without a word after which a promise has gone silent ([`SILENT_AFTER_MONTHS`]).
    pub silent_after_months: u32,
}

/// The record that the input adds up to.
pub fn build(input: &Input<'_>) -> Record {
    let taken_in = adoption::all_taken_in(input.documents, input.statements, input.as_of);
    let mut corpus = Corpus::new(input, &taken_in);
    let mut parts = corpus.parts();
    let bounds = bounds::derive(&corpus, &parts);
    if !bounds.is_empty() {
        corpus = corpus.bounded(input, &taken_in, &bounds);
        parts = corpus.parts();
    }
    if input.decisions.is_empty() {
        let made = assemble::make_all(&corpus, &parts, Some(&[]));
        return assemble::record(&corpus, made, lives::Lives::default());
    }
    // A person may join what the parties of two parts do, so lives are then made of all rows at once.
    let rows: Vec<corpus::RowId> = (0..corpus.rows.len() as corpus::RowId).collect();
    let lives = lives::lives(&corpus, &rows, input.decisions);
    assemble::record(&corpus, assemble::make_all(&corpus, &parts, None), lives)
}
