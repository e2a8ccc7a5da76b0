//! The commands that put a question to the ledger.

use serde::Serialize;
use tandem::model::Date;
use tandem::model::record::Record;
use tandem::{Ledger, Query, ShowError};
use tandem_report::{self as report, Look, Partnership};

use crate::args::{Command, Format, Options, Since};
use crate::out::Out;
use crate::{Outcome, WrongUsage};

/// Partnerships that `status` shows in full, at most, when none is asked for.
const PAGES: usize = 3;
/// Entries that make a partnership, other than the largest, worth a page.
const WORTH_A_PAGE: usize = 10;

pub(crate) fn answer(command: &Command, options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open(&options.ledger)?;
    let query = query(options);
    match command {
        Command::Check => {
            let look = look(options, out);
            emit(&ledger.findings(&query)?, options, out, |rows| report::findings(rows, look))?;
        }
        Command::Doc { id, original } => doc(&ledger, id, *original, options, out)?,
        Command::Show { id } => show(&mut ledger, id, &query, options, out)?,
        Command::Changes { since } => changes(&mut ledger, *since, &query, options, out)?,
        Command::Status => status(&mut ledger, &query, options, out)?,
        _ => entries(command, &ledger.record(&query)?, options, out)?,
    }
    Ok(Outcome::Fine)
}

fn query(options: &Options) -> Query {
    Query {
        between: options.between.as_ref().map(|parties| parties.0.clone()),
        with_others: options.with_others,
        as_of: options.as_of,
        silent_after_months: options.silent_after.unwrap_or(tandem::SILENT_AFTER_MONTHS),
        ..Query::on(options.today.or(options.as_of).unwrap_or_else(clock))
    }
}

/// The record as it was known on the day, held against the record as asked for.
fn changes(
    ledger: &mut Ledger,
    since: Since,
    query: &Query,
    options: &Options,
    out: &mut Out,
) -> anyhow::Result<()> {
    let after = ledger.record(query)?;
    let day = match since {
        Since::Day(day) => day,
        Since::LastMeeting => report::last_meeting(&after).ok_or_else(|| {
            WrongUsage("no meeting with a date is known: name a day (--since 2024-12-31)".to_owned())
        })?,
    };
    let before = ledger.record(&Query { as_of: Some(day), today: day, ..query.clone() })?;
    let rows = report::changes(&before, &after, day);
    let look = look(options, out);
    emit(&rows, options, out, |rows| report::changed(rows, look))
}

/// The clock's day: read here and nowhere else.
pub(crate) fn clock() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn entries(command: &Command, record: &Record, options: &Options, out: &mut Out) -> anyhow::Result<()> {
    let look = look(options, out);
    match command {
        Command::Figures => emit(&record.figures, options, out, |rows| report::figures(rows, look)),
        Command::Targets => emit(&record.targets, options, out, |rows| report::targets(rows, look)),
        Command::Projects => {
            emit(&record.projects, options, out, |rows| report::lives(rows, "projects", look))
        }
        Command::Agreements => {
            emit(&record.agreements, options, out, |rows| report::lives(rows, "agreements", look))
        }
        Command::Institutions => {
            emit(&record.institutions, options, out, |rows| report::lives(rows, "institutions", look))
        }
        Command::Commitments => {
            emit(&record.commitments, options, out, |rows| report::lives(rows, "commitments", look))
        }
        Command::Meetings => emit(&record.meetings, options, out, |rows| report::meetings(rows, look)),
        Command::Awards => emit(&record.awards, options, out, |rows| report::awards(rows, look)),
        Command::Sources => emit(&record.sources, options, out, |rows| report::sources(rows, look)),
        Command::Timeline => {
            emit(&report::moments(record), options, out, |rows| report::timeline(rows, look))
        }
        // `main` sends only questions here, and `answer` takes the others.
        _ => Ok(()),
    }
}

/// With one pair asked for, a column of parties says nothing.
fn look(options: &Options, out: &Out) -> Look {
    Look { parties: options.between.is_none() || options.with_others, ..out.look() }
}

/// Writes rows in the format asked for; nothing is drawn that is not.
fn emit<T: Serialize>(
    rows: &[T],
    options: &Options,
    out: &mut Out,
    table: impl FnOnce(&[T]) -> String,
) -> anyhow::Result<()> {
    let text = match options.format.unwrap_or(Format::Table) {
        Format::Table => table(rows),
        Format::Json => report::json(rows),
        Format::Jsonl => report::jsonl(rows),
        Format::Csv => report::csv(rows),
    };
    Ok(out.text(&text)?)
}

fn doc(ledger: &Ledger, id: &str, original: bool, options: &Options, out: &mut Out) -> anyhow::Result<()> {
    if original {
        return Ok(out.bytes(&ledger.original(id).map_err(wrong_id)?.bytes)?);
    }
    let view = ledger.document(id).map_err(wrong_id)?;
    let look = out.look();
    if options.format == Some(Format::Csv) {
        return Ok(out.text(&report::csv(&view.statements))?);
    }
    emit(&[view], options, out, |views| views.iter().map(|view| report::document(view, look)).collect())
}

/// What to tell about an id: a name mistyped is wrong usage, a broken ledger is not.
fn wrong_id(error: ShowError) -> anyhow::Error {
    match error {
        ShowError::Store(error) => error.into(),
        wrong => WrongUsage(wrong.to_string()).into(),
    }
}

fn show(
    ledger: &mut Ledger,
    id: &str,
    query: &Query,
    options: &Options,
    out: &mut Out,
) -> anyhow::Result<()> {
    let shown = ledger.show(id, query).map_err(wrong_id)?;
    let look = out.look();
    if options.format == Some(Format::Csv) {
        // An entry has columns of its own; what a spreadsheet can use is the list of its sources.
        return Ok(out.text(&report::csv(&shown.passages))?);
    }
    emit(&[shown], options, out, |rows| rows.iter().map(|shown| report::show(shown, look)).collect())
}

fn status(ledger: &mut Ledger, query: &Query, options: &Options, out: &mut Out) -> anyhow::Result<()> {
    let format = options.format.unwrap_or(Format::Table);
    let sets = sets(ledger, query)?;
    if format != Format::Table {
        let pages = pages(ledger, query, &sets)?;
        if format == Format::Csv {
            return Ok(out.text(&report::csv(&report::status_lines(&pages)))?);
        }
        return emit(&pages, options, out, |_| String::new());
    }
    if sets.is_empty() {
        let nothing = "The ledger holds nothing between two parties yet (add reports: tandem read FOLDER).\n";
        return Ok(out.text(nothing)?);
    }
    let large = sets.iter().take(PAGES).take_while(|(_, entries)| *entries >= WORTH_A_PAGE).count();
    let (full, rest) = sets.split_at(large.max(1));
    let (look, on) = (out.look(), query.as_of.unwrap_or(query.today));
    let pages = pages(ledger, query, full)?;
    let text = pages.iter().map(|page| report::status(page, on, look)).collect::<Vec<_>>().join("\n\n");
    Ok(out.text(&(text + &report::other_partnerships(rest, look)))?)
}

/// The parties asked for, else all sets of parties, the largest first; each with its number of entries,
/// which only several sets need.
fn sets(ledger: &mut Ledger, query: &Query) -> anyhow::Result<Vec<(Vec<String>, usize)>> {
    match &query.between {
        Some(between) => Ok(vec![(between.iter().cloned().collect(), 0)]),
        None => Ok(ledger.partnerships(query)?),
    }
}

fn pages(
    ledger: &mut Ledger,
    query: &Query,
    sets: &[(Vec<String>, usize)],
) -> anyhow::Result<Vec<Partnership>> {
    let sets: Vec<Vec<String>> = sets.iter().map(|(parties, _)| parties.clone()).collect();
    let records = ledger.records(query, &sets)?;
    Ok(sets.into_iter().zip(&records).map(|(parties, record)| Partnership::new(parties, record)).collect())
}

/// The page of the largest partnership, as the demo shows it.
pub(crate) fn status_of_largest(ledger: &mut Ledger, options: &Options, out: &mut Out) -> anyhow::Result<()> {
    let query = query(options);
    let sets = sets(ledger, &query)?;
    let pages = pages(ledger, &query, &sets[..sets.len().min(1)])?;
    let look = out.look();
    let page = pages.first().map(|page| report::status(page, query.today, look)).unwrap_or_default();
    Ok(out.text(&page)?)
}
