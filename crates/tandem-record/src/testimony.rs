//! What a text or another report tells against the date that a document came with.
//!
//! A report that has as signed what another, younger one says was signed later cannot be as old as it says; one that
//! still awaits a meeting which was held is older. Only days that are written out with their year bear witness: others
//! were reckoned from a report's own date. The date is demoted, what is known instead is a bound, and the finding names
//! both reports. Refused alternative: believing the majority of dates, which copies would decide.

use tandem_model::record::{Cause, FindingType, Severity};
use tandem_model::{AgreementStatus, Body, Date, Meeting, MeetingStatus, Modality, Statement};

use crate::corpus::{Corpus, RowId};
use crate::dates::days_between;
use crate::entities::Name;
use crate::findings::Draft;
use crate::meetings;

/// Days by which a report may be dated before a signing that it tells of, or after a meeting that it awaits: the earth
/// turns, and releases are written ahead.
const AHEAD: i64 = 2;

/// Further apart than this, in days, two signings of one name are two documents.
const ONE_SIGNING: i64 = 400;

/// One statement against the date of another's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Against {
    /// The statement whose document is misdated.
    pub(crate) row: RowId,
    /// The statement that shows it, which may be the same.
    pub(crate) witness: RowId,
    /// The day that was written out.
    pub(crate) day: Date,
}

/// Whether a statement could bear witness: it writes the day of a signing or of a meeting out.
pub(crate) fn testifies(statement: &Statement) -> bool {
    match &statement.body {
        Body::Agreement(agreement) if agreement.status >= AgreementStatus::Signed => {
            statement.modality == Modality::Asserted && day_in_full(statement).is_some()
        }
        Body::Meeting(meeting) => {
            meeting.status != MeetingStatus::Cancelled
                && statement.modality != Modality::Negated
                && day_in_full(statement).is_some()
        }
        _ => false,
    }
}

/// The day of a signing or the last of a meeting that the text gives with its year.
pub(crate) fn day_in_full(statement: &Statement) -> Option<Date> {
    let day = match &statement.body {
        // The day on which a document took effect is not the day on which it was signed.
        Body::Agreement(agreement) if agreement.status > AgreementStatus::Signed => None,
        Body::Agreement(agreement) => {
            agreement.date.filter(|date| date.first() == date.last()).map(|date| date.first())
        }
        // A visit lasts some days; a month is none that could be written out.
        Body::Meeting(meeting) => {
            meeting.date.filter(|date| days_between(date.first(), date.last()) < 14).map(|date| date.last())
        }
        _ => None,
    }?;
    let (evidence, year) = (&statement.evidence, day.year().to_string());
    let told = [&evidence.prefix, &evidence.exact, &evidence.suffix].iter().any(|text| text.contains(&year));
    told.then_some(day)
}

/// Of statements about one document a report dated before the day on which, as another says in full, it was signed,
/// which has it as signed.
pub(crate) fn signed_later(corpus: &Corpus<'_>, rows: &[RowId]) -> Option<Against> {
    // "Memorandum of understanding" and "joint statement" are names of many documents.
    let distinctive = |row: &RowId| match &corpus.statement(*row).body {
        Body::Agreement(agreement) => {
            agreement.count.is_none_or(|count| count == 1) && Name::new(&agreement.title).tokens.len() > 1
        }
        _ => false,
    };
    if !rows.iter().any(distinctive) {
        return None;
    }
    let told = || rows.iter().copied().filter(|row| is_signed(corpus, *row));
    // A report that is itself older than the day it names is no witness to it.
    let witnesses = told().filter_map(|row| {
        let day = day_in_full(corpus.statement(row))?;
        (corpus.stated(row)? >= day).then_some((day, row))
    });
    let (day, witness) = witnesses.min()?;
    let early = |row: &RowId| {
        let apart = corpus.doc_of(*row).group != corpus.doc_of(witness).group;
        let days = corpus.stated(*row).map(|date| days_between(date, day));
        // One that gives the day itself, another one, tells of another signing or errs in the day.
        let own = day_in_full(corpus.statement(*row)).is_none();
        apart && own && days.is_some_and(|days| days > AHEAD && days < ONE_SIGNING)
    };
    told().find(early).map(|row| Against { row, witness, day })
}

fn is_signed(corpus: &Corpus<'_>, row: RowId) -> bool {
    let signed =
        matches!(&corpus.statement(row).body, Body::Agreement(a) if a.status >= AgreementStatus::Signed);
    signed && corpus.asserted(row) && corpus.heard(row) && !corpus.unsupported(row)
}

/// Words of a meeting that was to take place and may not have.
const CALLED_OFF: [&str; 10] = [
    "was scheduled",
    "were scheduled",
    "had been",
    "was to ",
    "were to ",
    "was due",
    "postpon",
    "cancel",
    "called off",
    "originally",
];

/// Whether a statement still awaits a meeting whose day it writes out: the first and the last day.
fn awaited(corpus: &Corpus<'_>, row: RowId) -> Option<(Date, Date)> {
    let statement = corpus.statement(row);
    let Body::Meeting(meeting) = &statement.body else { return None };
    let open = meeting.status == MeetingStatus::Scheduled && statement.modality != Modality::Negated;
    let evidence = &statement.evidence;
    let around = format!("{}{}{}", evidence.prefix, evidence.exact, evidence.suffix).to_lowercase();
    let stands = !CALLED_OFF.iter().any(|words| around.contains(words));
    let last = day_in_full(statement).filter(|_| open && stands && corpus.heard(row))?;
    Some((meeting.date?.first(), last))
}

/// The meetings that a dated document still awaits though its date is later.
pub(crate) fn awaits(corpus: &Corpus<'_>, row: RowId) -> Option<Against> {
    let (_, day) = awaited(corpus, row)?;
    let date = corpus.stated(row).filter(|_| !corpus.unsupported(row))?;
    (days_between(day, date) > AHEAD).then_some(Against { row, witness: row, day })
}

/// For each report that awaits a meeting after its day another report of the same parties that has it as held, or else
/// the report alone.
pub(crate) fn meetings(corpus: &Corpus<'_>, rows: &[RowId]) -> Vec<Against> {
    let late: Vec<Against> = rows.iter().filter_map(|row| awaits(corpus, *row)).collect();
    let held = |against: Against| {
        let mut others = rows.iter().copied().filter(|row| is_held(corpus, *row));
        let fits = |row: &RowId| {
            let apart = corpus.doc_of(*row).group != corpus.doc_of(against.row).group;
            let pair = meeting(corpus, *row).zip(meeting(corpus, against.row));
            apart && pair.is_some_and(|(a, b)| meetings::one_event(a, b))
        };
        Against { witness: others.find(fits).unwrap_or(against.row), ..against }
    };
    late.into_iter().map(held).collect()
}

fn is_held(corpus: &Corpus<'_>, row: RowId) -> bool {
    meeting(corpus, row).is_some_and(|meeting| meeting.status == MeetingStatus::Held)
        && corpus.asserted(row)
        && !corpus.unsupported(row)
}

fn meeting<'a>(corpus: &Corpus<'a>, row: RowId) -> Option<&'a Meeting> {
    match &corpus.statement(row).body {
        Body::Meeting(meeting) => Some(meeting),
        _ => None,
    }
}

/// The findings about reports that await what was over when they say they were written.
pub(crate) fn findings(corpus: &Corpus<'_>, rows: &[RowId]) -> Vec<Draft> {
    let mut told: Vec<u32> = Vec::new();
    let mut drafts = Vec::new();
    for against in meetings(corpus, rows) {
        let number = corpus.row(against.row).doc;
        let (Some(date), false) = (corpus.stated(against.row), told.contains(&number)) else { continue };
        told.push(number);
        let doc = corpus.doc_of(against.row);
        let held = if against.witness == against.row {
            String::new()
        } else {
            format!(", which {} has as held", corpus.doc_of(against.witness).id)
        };
        let taken = match doc.when.date {
            None => format!(" It is taken as written {}.", doc.when.words()),
            Some(_) => String::new(),
        };
        let message = format!(
            "{} is dated {date}, but it still awaits a meeting on {}{held}: \"{}\". Either its date or that day is wrong.{taken}",
            doc.id,
            against.day,
            corpus.statement(against.row).evidence.exact.trim(),
        );
        let mut draft = Draft::new(FindingType::Date, Cause::DateLine, Severity::Error, message);
        draft.rows = vec![against.row, against.witness];
        draft.rows.dedup();
        draft.arithmetic = vec![format!("{date} > {}", against.day)];
        drafts.push(draft);
    }
    drafts
}
