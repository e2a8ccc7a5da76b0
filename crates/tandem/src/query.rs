//! Which part of the record is asked for.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use tandem_model::Date;
use tandem_model::record::{Finding, Life, Record};
use tandem_record::kept;

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

    /// The findings, to be held against the texts.
    pub(crate) fn findings_mut(&mut self) -> &mut Vec<Finding> {
        &mut self.record.findings
    }

    /// The part of the record between the parties of the query.
    pub fn select(&self, query: &Query) -> Record {
        match &query.between {
            None => self.record.clone(),
            Some(between) => self.split(query, &[between.iter().cloned().collect()]).swap_remove(0),
        }
    }

    /// The parts of the record between each of some sets of parties, in their order and in one pass over the
    /// record, however many are asked for.
    pub fn split(&self, query: &Query, sets: &[Vec<String>]) -> Vec<Record> {
        Split::new(query, sets).all(&self.record, &self.holdings)
    }

    /// The sets of two parties and more that have entries, with their number, the largest first.
    pub fn partnerships(&self) -> Vec<(Vec<String>, usize)> {
        let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
        self.record.parties().for_each(|parties| *counts.entry(parties).or_default() += 1);
        largest(counts.into_iter().map(|(parties, count)| (parties.to_vec(), count)))
    }
}

/// Those of some sets of parties that are of two and more, the largest first.
pub(crate) fn largest(counts: impl Iterator<Item = (Vec<String>, usize)>) -> Vec<(Vec<String>, usize)> {
    let mut sets: Vec<_> = counts.filter(|(parties, count)| parties.len() > 1 && *count > 0).collect();
    sets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sets
}

/// Deals the entries of a record out to sets of parties. Which sets want an entry is asked once for
/// all entries of the same parties.
struct Split {
    queries: Vec<Query>,
    wanting: FxHashMap<Vec<String>, Vec<usize>>,
}

impl Split {
    fn new(query: &Query, sets: &[Vec<String>]) -> Self {
        let between = |set: &Vec<String>| Some(set.iter().cloned().collect());
        let queries = sets.iter().map(|set| Query { between: between(set), ..query.clone() }).collect();
        Self { queries, wanting: FxHashMap::default() }
    }

    /// The places of the sets that want an entry of these parties.
    fn places(&mut self, parties: &[String]) -> &[usize] {
        if !self.wanting.contains_key(parties) {
            let wants = |place: &usize| self.queries[*place].wants(parties);
            let places = (0..self.queries.len()).filter(wants).collect();
            self.wanting.insert(parties.to_vec(), places);
        }
        &self.wanting[parties]
    }

    fn all(mut self, record: &Record, holdings: &Holdings) -> Vec<Record> {
        let mut parts = vec![Record::default(); self.queries.len()];
        self.deal(
            &mut parts,
            record,
            |part| &mut part.figures,
            |record| &record.figures,
            |fact| &fact.parties,
        );
        self.deal(
            &mut parts,
            record,
            |part| &mut part.targets,
            |record| &record.targets,
            |goal| &goal.parties,
        );
        self.deal(&mut parts, record, |part| &mut part.projects, |record| &record.projects, life_parties);
        self.deal(&mut parts, record, |part| &mut part.agreements, |record| &record.agreements, life_parties);
        self.deal(
            &mut parts,
            record,
            |part| &mut part.institutions,
            |record| &record.institutions,
            life_parties,
        );
        self.deal(
            &mut parts,
            record,
            |part| &mut part.commitments,
            |record| &record.commitments,
            life_parties,
        );
        self.deal(
            &mut parts,
            record,
            |part| &mut part.meetings,
            |record| &record.meetings,
            |fact| &fact.parties,
        );
        self.deal(&mut parts, record, |part| &mut part.awards, |record| &record.awards, |fact| &fact.parties);
        self.deal_documents(&mut parts, record, holdings);
        parts
    }

    fn deal<T: Clone>(
        &mut self,
        parts: &mut [Record],
        record: &Record,
        to: fn(&mut Record) -> &mut Vec<T>,
        from: fn(&Record) -> &Vec<T>,
        parties: fn(&T) -> &Vec<String>,
    ) {
        for entry in from(record) {
            for place in self.places(parties(entry)) {
                to(&mut parts[*place]).push(entry.clone());
            }
        }
    }

    /// A finding goes where one of its statements goes, a source where one of its statements goes; a finding that
    /// names no statements goes where its documents go.
    fn deal_documents(&mut self, parts: &mut [Record], record: &Record, holdings: &Holdings) {
        let (mut of_statement, mut of_doc) =
            (FxHashMap::<&str, BTreeSet<usize>>::default(), FxHashMap::<&str, BTreeSet<usize>>::default());
        let as_of = self.queries.first().and_then(|query| query.as_of);
        let taken_in = kept::all_taken_in(&holdings.cards, &holdings.statements, as_of);
        for statement in holdings.statements.iter().chain(&taken_in) {
            let places = self.places(&statement.parties);
            of_doc.entry(statement.doc.as_str()).or_default().extend(places);
            of_statement.entry(statement.id.as_str()).or_default().extend(places);
        }
        for source in &record.sources {
            for place in of_doc.get(source.doc.as_str()).into_iter().flatten() {
                parts[*place].sources.push(source.clone());
            }
        }
        for finding in &record.findings {
            let of_statements = finding.statements.iter().filter_map(|id| of_statement.get(id.as_str()));
            let mut places: BTreeSet<usize> = of_statements.flatten().copied().collect();
            if finding.statements.is_empty() {
                places.extend(finding.docs.iter().filter_map(|doc| of_doc.get(doc.as_str())).flatten());
            }
            places.into_iter().for_each(|place| parts[place].findings.push(finding.clone()));
        }
    }
}

fn life_parties(life: &Life) -> &Vec<String> {
    &life.parties
}
