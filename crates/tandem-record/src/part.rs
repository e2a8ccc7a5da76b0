//! A part of the record: what is said between one set of parties.
//!
//! Nearly everything that one set of parties makes known is judged by itself, so the record is made of
//! parts, each a function of the statements between its parties, of what is known of their documents,
//! and of the few levels of other parties that it asks for. That makes the work proportional to what
//! there is, lets it be shared among threads, and lets a ledger keep what parts came to and make only
//! those anew that a new document touches.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tandem_model::record::{AwardFact, Decision, Finding, Lineage, MeetingFact};
use tandem_model::{Body, Date, Modality, Statement};

use crate::audit::{self, Ask, Beyond, DerivedLevel, Source, Told};
use crate::corpus::{Corpus, RowId, audited_from};
use crate::facts::{self, Cell};
use crate::findings;
use crate::ids::StableHash;
use crate::lives::{self, Lives};
use crate::targets::deadline_end;
use crate::{meetings, sources, targets, testimony};

/// What the statements between one set of parties come to; entries carry whole ids.
#[derive(Default)]
pub(crate) struct Part<'a> {
    pub(crate) cells: Vec<Cell<'a>>,
    pub(crate) derived: Vec<DerivedLevel>,
    pub(crate) suspects: FxHashSet<RowId>,
    pub(crate) lineages: Vec<Lineage>,
    pub(crate) lives: Lives,
    pub(crate) meetings: Vec<(RowId, MeetingFact)>,
    pub(crate) awards: Vec<(RowId, AwardFact)>,
    pub(crate) findings: Vec<Finding>,
    /// Numbers of documents with a value that several origins report.
    pub(crate) confirmed: FxHashSet<u32>,
    /// What was asked of other parties.
    pub(crate) asked: BTreeSet<Ask>,
}

impl Part<'_> {
    /// The whole ids of its entries.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &String> {
        let figures = self.cells.iter().map(|cell| &cell.id);
        let targets = self.lineages.iter().map(|lineage| &lineage.id);
        let lives = self.lives.lives.iter().map(|(_, life)| &life.id);
        let meetings = self.meetings.iter().map(|(_, meeting)| &meeting.id);
        let awards = self.awards.iter().map(|(_, award)| &award.id);
        figures.chain(targets).chain(lives).chain(meetings).chain(awards)
    }
}

/// The part that some rows make. With `beside` its lives are made on a thread of their own.
pub(crate) fn make<'a>(
    corpus: &Corpus<'a>,
    rows: &[RowId],
    decisions: Option<&[Decision]>,
    beyond: &Beyond<'_>,
    beside: bool,
) -> Part<'a> {
    let of_lives =
        || decisions.map_or_else(Lives::default, |decisions| lives::lives(corpus, rows, decisions));
    let (mut part, lives) = if beside {
        // Each result is a value of its own, so the part does not depend on which is ready first.
        std::thread::scope(|scope| {
            let lives = scope.spawn(of_lives);
            let part = numbers(corpus, rows, beyond);
            (part, lives.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    } else {
        (numbers(corpus, rows, beyond), of_lives())
    };
    part.findings.extend(lives.drafts.iter().cloned().map(|draft| findings::finding(corpus, draft)));
    part.lives = lives;
    part
}

fn numbers<'a>(corpus: &Corpus<'a>, rows: &[RowId], beyond: &Beyond<'_>) -> Part<'a> {
    let cells = facts::cells(corpus, rows);
    let audit = audit::audit(corpus, &cells, beyond);
    let (drafts, suspects, derived, asked) = (audit.drafts, audit.suspects, audit.derived, audit.asked);
    let targets = targets::lineages(corpus, rows, &cells, &suspects);
    let drafts = drafts.into_iter().chain(targets.drafts).chain(testimony::findings(corpus, rows));
    Part {
        confirmed: sources::confirmed(corpus, &cells),
        findings: drafts.map(|draft| findings::finding(corpus, draft)).collect(),
        lineages: targets.lineages,
        lives: Lives::default(),
        meetings: meetings::meetings(corpus, rows),
        awards: meetings::awards(corpus, rows),
        cells,
        derived,
        suspects,
        asked,
    }
}

/// The last day on which a part made on `corpus.as_of` still says the same: the day before the next
/// deadline has passed.
pub(crate) fn holds_until(corpus: &Corpus<'_>, rows: &[RowId]) -> Date {
    let deadline = |row: &RowId| {
        let deadline = match &corpus.statement(*row).body {
            Body::Target(target) => target.deadline.as_deref(),
            Body::Project(project) => project.deadline.as_deref(),
            Body::Institution(institution) => institution.deadline.as_deref(),
            Body::Commitment(commitment) => commitment.deadline.as_deref(),
            _ => None,
        };
        deadline.and_then(deadline_end).filter(|end| *end >= corpus.as_of)
    };
    // Silence is measured up to the last report, and one from the future counts as of today.
    let ahead = |row: &RowId| corpus.when(*row).date.filter(|day| *day > corpus.as_of).map(|_| corpus.as_of);
    rows.iter().flat_map(|row| [deadline(row), ahead(row)]).flatten().min().unwrap_or(Date::MAX)
}

/// The indicator and the days of the level that a statement gives, if it gives one that other parties
/// may ask for.
pub(crate) fn level(statement: &Statement) -> Option<(&str, (Date, Date))> {
    let Body::Figure(figure) = &statement.body else { return None };
    let level = matches!(figure.measure, tandem_model::Measure::Level | tandem_model::Measure::Count);
    let sure =
        statement.modality == Modality::Asserted && statement.confidence >= audited_from(statement, figure);
    let period = figure.period.filter(|_| level && sure)?;
    Some((&figure.indicator, (period.first(), period.last())))
}

/// The level that a statement gives, as other parties may ask for it.
pub(crate) fn told(statement: &Statement) -> Option<Told> {
    let (Body::Figure(figure), Some(_)) = (&statement.body, level(statement)) else { return None };
    let hard = facts::written(figure, statement).hard();
    // A pair's level is told of by its parties; who gives a whole is named where it is reckoned with.
    let source = (statement.parties.len() != 2).then(|| {
        Box::new(Source {
            doc: statement.doc.clone(),
            statement: statement.id.clone(),
            value: figure.value.0.normalize().to_string(),
            scope: figure.scope.as_ref().map(|scope| scope.trim().to_lowercase()),
        })
    });
    let (parties, unit) = (statement.parties.as_slice().into(), figure.unit.as_str().into());
    Some(Told { parties, unit, hard, source })
}

/// The key under which levels of an indicator for some days are found that concern a party.
pub(crate) fn level_key(indicator: &str, (first, last): (Date, Date), party: &str) -> u64 {
    let days = format!("{first}/{last}");
    StableHash::default().part(indicator).part(days).part(party).finish()
}
