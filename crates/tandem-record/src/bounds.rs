//! Bounds on undated documents that follow from what they report and from other documents.
//!
//! A report that gives January to May as past is no older than June; one that sees a centre still
//! being set up is older than one that saw it open. Such bounds order what is said and are shown
//! with their reasons; a bound never becomes a date. A stated date before the months that a report
//! counts is demoted: nobody could know them then; so is one before a signing that it reports, or after a
//! meeting that it awaits ([`crate::testimony`]). Bounds that contradict one another are dropped:
//! then one of the reports is wrong, and which is not for dates to say.

use jiff::ToSpan;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use tandem_model::{
    AgreementStatus, Body, Date, DateEvidence, Figure, Meeting, MeetingStatus, PeriodForm, Statement,
};

use crate::corpus::{Corpus, Doc, RowId};
use crate::dates::When;
use crate::lives::{self, Class, Stage};
use crate::origins::Reliability;
use crate::testimony;

/// What follows about the date of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// No earlier than this day.
    pub not_before: Option<Date>,
    /// Earlier than this day.
    pub before: Option<Date>,
    /// What the bounds rest on.
    pub evidence: Vec<DateEvidence>,
    /// Whether the stated date cannot be right.
    pub demoted: bool,
}

impl Derived {
    /// Takes in what other statements tell.
    pub fn add(&mut self, other: Self) {
        self.not_before = self.not_before.max(other.not_before);
        self.before = self.before.into_iter().chain(other.before).min();
        self.evidence.extend(other.evidence);
        self.demoted |= other.demoted;
    }

    /// Whether the bounds leave a day open; bounds that contradict one another are none.
    pub(crate) fn holds(&self, stated: When) -> bool {
        let not_before = self.not_before.max(stated.not_before);
        let before = self.before.into_iter().chain(stated.before).min();
        !matches!((not_before, before), (Some(from), Some(to)) if from >= to)
    }

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

/// Bounds by document id; documents with a date, or that nothing bounds, are not in it. `parts` are
/// the rows between each set of parties.
pub(crate) fn derive<'a>(corpus: &Corpus<'a>, parts: &[Vec<RowId>]) -> FxHashMap<&'a str, Derived> {
    let mut bounds: FxHashMap<&str, Derived> = FxHashMap::default();
    for doc in 0..corpus.docs.len() as u32 {
        if let Some(derived) = of_itself(corpus, doc) {
            bounds.insert(corpus.docs[doc as usize].id, derived);
        }
    }
    let open = corpus.docs.iter().any(is_undated);
    if open || corpus.rows.iter().any(|row| testimony::testifies(row.statement)) {
        for (doc, derived) in parts.iter().flat_map(|rows| between(corpus, rows)) {
            bounds.entry(doc).or_default().add(derived);
        }
    }
    let when_of: FxHashMap<&str, When> = corpus.docs.iter().map(|doc| (doc.id, doc.when)).collect();
    bounds.retain(|id, derived| derived.holds(when_of.get(id).copied().unwrap_or_default()));
    bounds
}

/// Whether other reports may bound the date of a document.
pub(crate) fn is_undated(doc: &Doc<'_>) -> bool {
    open(doc.when, doc.reliability)
}

/// The same of a document with these dates and this reliability.
pub(crate) fn open(when: When, reliability: Reliability) -> bool {
    when.date.is_none() && reliability != Reliability::F
}

/// What follows from a document's own statements.
pub(crate) fn of_itself(corpus: &Corpus<'_>, number: u32) -> Option<Derived> {
    let doc = &corpus.docs[number as usize];
    if let Some(date) = doc.when.date.filter(|_| doc.reliability != Reliability::F) {
        return unknowable(corpus, doc, date).or_else(|| awaiting(corpus, doc));
    }
    let mut derived = Derived::default();
    if is_undated(doc) {
        corpus.rows_of(number).for_each(|row| content(corpus, row, &mut derived));
    }
    (!derived.evidence.is_empty()).then_some(derived)
}

/// What the statements between one set of parties tell of the undated documents among them, by
/// document.
pub(crate) fn between<'a>(corpus: &Corpus<'a>, rows: &[RowId]) -> Vec<(&'a str, Derived)> {
    let undated: FxHashSet<u32> = rows
        .iter()
        .map(|row| corpus.row(*row).doc)
        .filter(|doc| is_undated(&corpus.docs[*doc as usize]))
        .collect();
    let mut bounds = FxHashMap::default();
    if !undated.is_empty() {
        stages(corpus, rows, &undated, &mut bounds);
    }
    signings(corpus, rows, &mut bounds);
    let mut bounds: Vec<(&str, Derived)> = bounds.into_iter().collect();
    bounds.sort_unstable_by_key(|(doc, _)| *doc);
    bounds
}

/// Dated documents that have as signed what others say was signed later.
fn signings<'a>(corpus: &Corpus<'a>, rows: &[RowId], bounds: &mut FxHashMap<&'a str, Derived>) {
    let signed = |statement: &Statement| match &statement.body {
        Body::Agreement(agreement) => agreement.status >= AgreementStatus::Signed,
        _ => false,
    };
    let full = |row: &RowId| {
        let statement = corpus.statement(*row);
        signed(statement) && testimony::testifies(statement)
    };
    if !rows.iter().any(full) {
        return;
    }
    for rows in lives::one_thing(corpus, rows, &signed) {
        let Some(against) = testimony::signed_later(corpus, &rows) else { continue };
        let why = format!(
            "It has as signed what {} says was signed on {}: it is no older.",
            corpus.doc_of(against.witness).id,
            against.day
        );
        let derived = bounds.entry(corpus.doc_of(against.row).id).or_default();
        derived.demoted = true;
        derived.no_earlier(against.day, corpus.statement(against.row), why);
    }
}

/// Dated documents that still await a meeting which was over on their date.
fn awaiting(corpus: &Corpus<'_>, doc: &Doc<'_>) -> Option<Derived> {
    let against = corpus.own_rows(doc).find_map(|row| testimony::awaits(corpus, row))?;
    let statement = corpus.statement(against.row);
    let Body::Meeting(meeting) = &statement.body else { return None };
    let end = meeting.date?.first().tomorrow().ok()?;
    let mut derived = Derived { demoted: true, ..Derived::default() };
    derived.earlier_than(end, statement, format!("It still awaits a meeting on {}.", against.day));
    Some(derived)
}

/// Dated documents that give figures of months which began after their date. One that also tells of
/// an event of its own month has the months wrong, not the date.
fn unknowable(corpus: &Corpus<'_>, doc: &Doc<'_>, date: Date) -> Option<Derived> {
    let rows = || corpus.own_rows(doc).filter(|row| corpus.asserted(*row));
    let counted = |row: &RowId| match &corpus.statement(*row).body {
        Body::Figure(figure) => counted_from(corpus.statement(*row), figure).filter(|first| *first > date),
        _ => None,
    };
    let row = rows().max_by_key(counted).filter(|row| counted(row).is_some())?;
    let month_before = date.checked_sub(31.days()).unwrap_or(Date::MIN);
    let near = rows()
        .any(|row| event(&corpus.statement(row).body).is_some_and(|day| day > month_before && day <= date));
    if near {
        return None;
    }
    let (statement, day) = (corpus.statement(row), counted(&row).unwrap_or(date));
    let mut derived = Derived { demoted: true, ..Derived::default() };
    let why = format!("It counts what began on {day}, after its stated date.");
    derived.no_earlier(day, statement, why);
    Some(derived)
}

/// The day before which nobody can know a figure: the first of the last month that it counts, or of the
/// year where it counts years, which are often reported before they have ended. A period that comes
/// from another sentence is trusted with less.
pub(crate) fn counted_from(statement: &Statement, figure: &Figure) -> Option<Date> {
    if let Some(last) = whole_year(statement, figure) {
        return Some(last);
    }
    let period = figure.period?;
    // "This autumn" is told while it lasts; "January to November" is not.
    let lasting = |words: &String| {
        let first = words.split_whitespace().find(|word| !matches!(*word, "in" | "during" | "the"));
        first.is_some_and(|word| matches!(word.to_lowercase().as_str(), "this" | "current" | "ongoing"))
    };
    let lasting = figure.period_words.as_ref().is_some_and(lasting);
    let months = (2..12).contains(&period.months()) && !figure.period_carried && !lasting;
    Some(if months { period.last().first_of_month() } else { period.first() })
}

/// The last month of a year that is said to be counted as a whole: "in 2014 as a whole", "over the whole of 2014".
fn whole_year(statement: &Statement, figure: &Figure) -> Option<Date> {
    let period = figure.period.filter(|period| period.months() == 12 && !figure.period_carried)?;
    let around = format!("{}{}", statement.evidence.exact, statement.evidence.suffix).to_lowercase();
    let year = period.first().year();
    let said = [format!("{year} as a"), format!("whole of {year}"), format!("all of {year}")];
    said.iter().any(|words| around.contains(words)).then(|| period.last().first_of_month())
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
fn content(corpus: &Corpus<'_>, row: RowId, derived: &mut Derived) {
    let statement = corpus.statement(row);
    // What it awaits lies ahead of it.
    if let Body::Meeting(Meeting { status: MeetingStatus::Scheduled, date: Some(date), .. }) = &statement.body
        && let Ok(end) = date.first().tomorrow()
        && testimony::testifies(statement)
    {
        derived.earlier_than(end, statement, format!("It awaits a meeting on {}.", date.first()));
    }
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
    if let Some(day) = day.filter(|day| derived.not_before.is_none_or(|known| *day > known)) {
        let why = format!("It reports as past what ends or takes place by {day}.");
        derived.no_earlier(day, statement, why);
    }
}

/// A thing promised in one text and made in another puts the two in order.
fn stages<'a>(
    corpus: &Corpus<'a>,
    rows: &[RowId],
    undated: &FxHashSet<u32>,
    bounds: &mut FxHashMap<&'a str, Derived>,
) {
    let touched: FxHashSet<_> = rows
        .iter()
        .copied()
        .filter(|row| undated.contains(&corpus.row(*row).doc))
        .map(|row| corpus.statement(row))
        .map(|statement| statement.kind())
        .collect();
    for rows in lives::one_thing(corpus, rows, &|statement| touched.contains(&statement.kind())) {
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
