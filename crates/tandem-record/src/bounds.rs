//! Bounds on undated documents that follow from what they report and from other documents.
//!
//! A report that gives January to May as past is no older than June; one that sees a centre still
//! being set up is older than one that saw it open. Such bounds order what is said and are shown
//! with their reasons; a bound never becomes a date. A stated date before the months that a report
//! counts is demoted: nobody could know them then. Bounds that contradict one another are dropped:
//! then one of the reports is wrong, and which is not for dates to say.

use jiff::ToSpan;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::{AgreementStatus, Body, Date, DateEvidence, MeetingStatus, PeriodForm, Statement};

use crate::corpus::{Corpus, RowId};
use crate::dates::When;
use crate::lives::{self, Class, Stage};
use crate::origins::Reliability;

/// What follows about one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    pub(crate) not_before: Option<Date>,
    pub(crate) before: Option<Date>,
    pub(crate) evidence: Vec<DateEvidence>,
    /// Whether the stated date cannot be right.
    pub(crate) demoted: bool,
}

impl Derived {
    fn no_earlier(&mut self, day: Date, statement: &Statement, why: String) {
        if self.not_before.is_none_or(|known| day > known) {
            self.not_before = Some(day);
        }
        self.note(statement, why);
    }

    fn earlier_than(&mut self, day: Date, statement: &Statement, why: String) {
        if self.before.is_none_or(|known| day < known) {
            self.before = Some(day);
        }
        self.note(statement, why);
    }

    fn note(&mut self, statement: &Statement, why: String) {
        let evidence = &statement.evidence;
        self.evidence.push(DateEvidence {
            span: Some(evidence.span()),
            quote: Some(evidence.exact.clone()),
            why,
        });
    }
}

/// Bounds by document id; documents with a date, or that nothing bounds, are not in it.
pub(crate) fn derive<'a>(corpus: &Corpus<'a>) -> FxHashMap<&'a str, Derived> {
    let undated: FxHashSet<u32> = (0..corpus.docs.len() as u32)
        .filter(|doc| {
            let doc = &corpus.docs[*doc as usize];
            doc.when.date.is_none() && doc.reliability != Reliability::F
        })
        .collect();
    let mut bounds = unknowable(corpus);
    if undated.is_empty() {
        return bounds;
    }
    for row in (0..corpus.rows.len() as RowId).filter(|row| undated.contains(&corpus.row(*row).doc)) {
        content(corpus, row, &mut bounds);
    }
    stages(corpus, &undated, &mut bounds);
    let when_of: FxHashMap<&str, When> = corpus.docs.iter().map(|doc| (doc.id, doc.when)).collect();
    bounds.retain(|id, derived| {
        let stated = when_of.get(id).copied().unwrap_or_default();
        let not_before = derived.not_before.max(stated.not_before);
        let before = derived.before.into_iter().chain(stated.before).min();
        !matches!((not_before, before), (Some(from), Some(to)) if from >= to)
    });
    bounds
}

/// Dated documents that give figures of months which began after their date. One that also tells of
/// an event of its own month has the months wrong, not the date.
fn unknowable<'a>(corpus: &Corpus<'a>) -> FxHashMap<&'a str, Derived> {
    let mut found = FxHashMap::default();
    for doc in corpus.docs.iter().filter(|doc| doc.reliability != Reliability::F) {
        let Some(date) = doc.when.date else { continue };
        let rows = || (doc.first_row..doc.end_row).filter(|row| corpus.asserted(*row));
        let counted = |row: &RowId| match &corpus.statement(*row).body {
            Body::Figure(figure) => figure.period.map(|period| period.first()).filter(|first| *first > date),
            _ => None,
        };
        let Some(row) = rows().max_by_key(counted).filter(|row| counted(row).is_some()) else { continue };
        let month_before = date.checked_sub(31.days()).unwrap_or(Date::MIN);
        let near = rows().any(|row| {
            event(&corpus.statement(row).body).is_some_and(|day| day > month_before && day <= date)
        });
        if near {
            continue;
        }
        let (statement, day) = (corpus.statement(row), counted(&row).unwrap_or(date));
        let mut derived = Derived { demoted: true, ..Derived::default() };
        let why = format!("It counts what began on {day}, after its stated date.");
        derived.no_earlier(day, statement, why);
        found.insert(doc.id, derived);
    }
    found
}

/// The day of an event told as past.
fn event(body: &Body) -> Option<Date> {
    match body {
        Body::Meeting(meeting) if meeting.status == MeetingStatus::Held => {
            meeting.date.map(|date| date.last())
        }
        Body::Agreement(agreement) if agreement.status >= AgreementStatus::Signed => {
            agreement.date.map(|date| date.last())
        }
        Body::Award(award) => award.date.map(|date| date.last()),
        _ => None,
    }
}

/// What a text gives as past is no younger than the text.
fn content<'a>(corpus: &Corpus<'a>, row: RowId, bounds: &mut FxHashMap<&'a str, Derived>) {
    let statement = corpus.statement(row);
    if !corpus.asserted(row) {
        return;
    }
    let day = match &statement.body {
        // A year is often reported before it has ended, a month or a quarter is not.
        Body::Figure(figure) => figure.period.and_then(|period| match period.form() {
            PeriodForm::Years => Some(period.first()),
            _ => period.last().tomorrow().ok(),
        }),
        Body::Meeting(meeting) if meeting.status == MeetingStatus::Held => {
            meeting.date.map(|date| date.first())
        }
        Body::Agreement(agreement) if agreement.status >= AgreementStatus::Signed => {
            agreement.date.map(|date| date.first())
        }
        _ => None,
    };
    let id = corpus.doc_of(row).id;
    let known = bounds.get(id).and_then(|derived| derived.not_before);
    if let Some(day) = day.filter(|day| known.is_none_or(|known| *day > known)) {
        let why = format!("It reports as past what ends or takes place by {day}.");
        bounds.entry(id).or_default().no_earlier(day, statement, why);
    }
}

/// A thing promised in one text and made in another puts the two in order.
fn stages<'a>(corpus: &Corpus<'a>, undated: &FxHashSet<u32>, bounds: &mut FxHashMap<&'a str, Derived>) {
    let touched: FxHashSet<_> = (0..corpus.rows.len() as RowId)
        .filter(|row| undated.contains(&corpus.row(*row).doc))
        .map(|row| corpus.statement(row))
        .map(|statement| (statement.kind(), &statement.parties[..]))
        .collect();
    for rows in
        lives::one_thing(corpus, &|statement| touched.contains(&(statement.kind(), &statement.parties[..])))
    {
        let told: Vec<(RowId, Stage)> =
            rows.iter().filter_map(|row| Some((*row, Stage::of(corpus.statement(*row))?))).collect();
        for (row, stage) in told.iter().filter(|(row, _)| undated.contains(&corpus.row(*row).doc)) {
            order(corpus, (*row, *stage), &told, bounds);
        }
    }
}

fn order<'a>(
    corpus: &Corpus<'a>,
    (row, stage): (RowId, Stage),
    told: &[(RowId, Stage)],
    bounds: &mut FxHashMap<&'a str, Derived>,
) {
    let made = |stage: &Stage| matches!(stage.class, Class::Done | Class::Ceremony);
    let dated = |wanted: &dyn Fn(&Stage) -> bool| -> Vec<(Date, RowId)> {
        let rows = told.iter().filter(|(other, stage)| wanted(stage) && !corpus.unsupported(*other));
        rows.filter_map(|(other, _)| Some((corpus.when(*other).date?, *other))).collect()
    };
    let statement = corpus.statement(row);
    let id = corpus.doc_of(row).id;
    if stage.class == Class::Promised {
        if let Some((day, other)) = dated(&made).into_iter().min() {
            let why = format!(
                "It has as {} what {} reports as made on {day}: it is the older one.",
                stage.word.replace('_', " "),
                corpus.doc_of(other).id
            );
            bounds.entry(id).or_default().earlier_than(day, statement, why);
        }
    } else if made(&stage)
        && let Some((day, other)) = dated(&|s: &Stage| s.class == Class::Promised).into_iter().max()
    {
        let why = format!(
            "It has as {} what {} on {day} still had to come: it is the younger one.",
            stage.word.replace('_', " "),
            corpus.doc_of(other).id
        );
        bounds.entry(id).or_default().no_earlier(day, statement, why);
    }
}
