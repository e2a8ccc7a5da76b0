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

mod audit;
mod bounds;
mod corpus;
mod dates;
mod entities;
mod facts;
mod findings;
mod ids;
mod interval;
mod lives;
mod meetings;
mod names;
mod origins;
mod people;
mod sources;
mod targets;
mod words;

use rustc_hash::FxHashSet;
use tandem_model::record::{Decision, Finding, FindingType, Life, Record, Severity};
use tandem_model::{Date, DocumentCard, Kind, Statement};

pub use origins::sketch;
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
    let mut corpus = Corpus::new(input, &Default::default());
    let bounds = bounds::derive(&corpus);
    if !bounds.is_empty() {
        corpus = corpus.bounded(input, &bounds);
    }
    let cells = facts::cells(&corpus);
    // Lives need no figures: they are made beside the audit. Each result is a value of its own, so the
    // record does not depend on which is ready first.
    let (lives, audit, targets) = std::thread::scope(|scope| {
        let beside = scope.spawn(|| lives::lives(&corpus, input.decisions));
        let audit = audit::audit(&corpus, &cells);
        let targets = targets::lineages(&corpus, &cells, &audit.suspects);
        (beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), audit, targets)
    });
    let drafts = [audit.drafts, targets.drafts, lives.drafts, sources::findings(&corpus)].concat();
    let findings = findings::seal(&corpus, drafts);
    let doubts = findings::doubts(&corpus, &findings, &audit.suspects);
    let mut figures = facts::views(&corpus, &cells, &|row| doubts.get(&row).copied().unwrap_or(0));
    audit::attach(audit.derived, &mut figures);
    let mut wrong: FxHashSet<&str> = audit.suspects.iter().map(|row| corpus.doc_of(*row).id).collect();
    wrong.extend(misdated(&findings));
    let sources = sources::views(&corpus, &cells, &|doc| wrong.contains(doc));
    let [projects, agreements, institutions, commitments] = by_kind(lives.lives);
    Record {
        figures,
        targets: targets.lineages,
        projects,
        agreements,
        institutions,
        commitments,
        meetings: meetings::meetings(&corpus),
        awards: meetings::awards(&corpus),
        sources,
        findings,
    }
}

/// Documents whose date cannot be right.
fn misdated(findings: &[Finding]) -> impl Iterator<Item = &str> {
    let dates = findings.iter().filter(|f| f.severity == Severity::Error && f.kind == FindingType::Date);
    dates.flat_map(|finding| finding.docs.iter().map(String::as_str))
}

fn by_kind(lives: Vec<Life>) -> [Vec<Life>; 4] {
    let mut kinds: [Vec<Life>; 4] = Default::default();
    for life in lives {
        let place = match life.kind {
            Kind::Project => 0,
            Kind::Agreement => 1,
            Kind::Institution => 2,
            _ => 3,
        };
        kinds[place].push(life);
    }
    kinds
}
