//! Which part of the record is asked for.

use std::collections::BTreeSet;

use tandem_model::Date;
use tandem_model::record::Record;

use crate::ledger::Holdings;

/// A question's frame: between whom, as of when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Codes of the parties; everything when `None`.
    pub between: Option<BTreeSet<String>>,
    /// Keep entries that name further parties too.
    pub with_others: bool,
    /// What was known on this day; everything when `None`.
    pub as_of: Option<Date>,
    /// The day on which the question is asked; deadlines are measured against it.
    pub today: Date,
    /// Months without a word after which a promise is said to have gone silent.
    pub silent_after_months: u32,
}

impl Query {
    /// Everything, asked on a day.
    pub fn on(today: Date) -> Self {
        Self {
            between: None,
            with_others: false,
            as_of: None,
            today,
            silent_after_months: tandem_record::SILENT_AFTER_MONTHS,
        }
    }

    /// Whether an entry of these parties is asked for.
    pub fn wants(&self, parties: &[String]) -> bool {
        let Some(between) = &self.between else { return true };
        let all = between.iter().all(|wanted| parties.contains(wanted));
        all && (self.with_others || parties.iter().all(|party| between.contains(party)))
    }
}

/// Everything that is held and what it adds up to, as of a day: built once, asked many times.
#[derive(Clone, Debug)]
pub struct Knowledge {
    holdings: Holdings,
    record: Record,
}

impl Knowledge {
    /// The record of some holdings as the query's days have it. The parties asked for play no part
    /// yet, because an entry's findings and links may rest on entries of other parties.
    pub fn new(holdings: Holdings, query: &Query) -> Self {
        let record = tandem_record::build(&tandem_record::Input {
            documents: &holdings.cards,
            statements: &holdings.statements,
            decisions: &holdings.decisions,
            as_of: query.as_of,
            today: query.today,
            silent_after_months: query.silent_after_months,
        });
        Self { holdings, record }
    }

    /// Everything that is held.
    pub fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// The whole record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The part of the record between the parties of the query.
    pub fn select(&self, query: &Query) -> Record {
        let mut record = self.record.clone();
        if query.between.is_some() {
            keep(&mut record, &self.holdings, query);
        }
        record
    }
}

/// Drops what is not between the parties asked for. A finding stays when one of its statements is
/// between them; a source when one of its statements is.
fn keep(record: &mut Record, holdings: &Holdings, query: &Query) {
    let wanted: Vec<_> =
        holdings.statements.iter().filter(|statement| query.wants(&statement.parties)).collect();
    let statements: BTreeSet<&str> = wanted.iter().map(|statement| statement.id.as_str()).collect();
    let docs: BTreeSet<&str> = wanted.iter().map(|statement| statement.doc.as_str()).collect();
    record.figures.retain(|entry| query.wants(&entry.parties));
    record.targets.retain(|entry| query.wants(&entry.parties));
    for lives in
        [&mut record.projects, &mut record.agreements, &mut record.institutions, &mut record.commitments]
    {
        lives.retain(|entry| query.wants(&entry.parties));
    }
    record.meetings.retain(|entry| query.wants(&entry.parties));
    record.awards.retain(|entry| query.wants(&entry.parties));
    record.sources.retain(|source| docs.contains(source.doc.as_str()));
    record.findings.retain(|finding| {
        let about_documents = finding.statements.is_empty();
        finding.statements.iter().any(|id| statements.contains(id.as_str()))
            || (about_documents && finding.docs.iter().any(|doc| docs.contains(doc.as_str())))
    });
}
