//! Numbers off by a power of ten, and dates that cannot be.

use rust_decimal::Decimal;
use tandem_model::record::{Cause, FindingType, Severity, Suggestion};
use tandem_model::{AgreementStatus, Body, Date, MeetingStatus, Number, Period, Statement};

use super::{Audit, adds_up, compatible};
use crate::bounds::counted_from;
use crate::corpus::{Corpus, Doc, RowId};
use crate::findings::Draft;
use crate::words;

/// Years that a value is compared over.
const NEAR_YEARS: i16 = 2;

/// Finds levels that fit their neighbours once a factor of ten, a thousand or a million is put right.
pub(crate) fn powers_of_ten(audit: &mut Audit<'_, '_>) {
    for place in 0..audit.series.len() {
        let (key, list) = audit.series[place].clone();
        let flow = adds_up(&key);
        let rates: Vec<f64> = list.iter().map(|n| rate(audit, *n, flow)).collect();
        let mut found: Vec<(usize, usize, i64, bool)> = Vec::new();
        for (this, number) in list.iter().enumerate() {
            let near: Vec<usize> =
                (0..list.len()).filter(|o| *o != this && near(audit, *number, list[*o])).collect();
            if let Some((other, power, up)) = misplaced(this, &near, &rates) {
                found.push((this, other, power, up));
            }
        }
        // Of two values that accuse one another the one with fewer origins is taken, else the larger.
        let weight = |n: usize| audit.cells[list[n]].preferred().origins;
        let accused = found.clone();
        found.retain(|(this, other, ..)| {
            let mutual = accused.iter().any(|(a, b, ..)| (a, b) == (other, this));
            !mutual || (weight(*this), rates[*other]) < (weight(*other), rates[*this])
        });
        for (this, other, power, up) in found {
            // Two values alone, of as many origins each, accuse one another, and neither is surely wrong.
            let even =
                accused.iter().any(|(a, b, ..)| (*a, *b) == (other, this)) && weight(this) == weight(other);
            report(audit, (list[this], list[other]), (power, up), even);
        }
    }
}

fn rate(audit: &Audit<'_, '_>, cell: usize, flow: bool) -> f64 {
    let value = Number(audit.cells[cell].preferred().value).to_f64();
    let months = audit.cells[cell].period.map_or(1, |p| p.months()).max(1);
    if flow { value / f64::from(months) } else { value }
}

fn near(audit: &Audit<'_, '_>, a: usize, b: usize) -> bool {
    let (a, b) = (&audit.cells[a], &audit.cells[b]);
    let years = a.period.zip(b.period).map_or(i16::MAX, |(x, y)| (x.first().year() - y.first().year()).abs());
    years <= NEAR_YEARS && compatible(a.key.reporter, b.key.reporter)
}

/// A neighbour that a value fits after scaling, the power, and whether the value is too large. A
/// factor of ten needs two neighbours that agree: trade does grow tenfold, now and then.
fn misplaced(this: usize, near: &[usize], rates: &[f64]) -> Option<(usize, i64, bool)> {
    let own = rates[this];
    if own <= 0.0 {
        return None;
    }
    for power in [1_000_000i64, 1000, 10] {
        for up in [true, false] {
            let scaled = if up { own / power as f64 } else { own * power as f64 };
            let room = if power == 10 { 1.5 } else { 3.0 };
            let fits = |o: &&usize| rates[**o] > 0.0 && (1.0 / room..=room).contains(&(scaled / rates[**o]));
            let fitting: Vec<usize> = near.iter().filter(fits).copied().collect();
            let enough = if power == 10 { fitting.len() >= 2 } else { !fitting.is_empty() };
            // Neighbours that agree with the value as printed speak for it.
            let against = near.iter().filter(|o| (0.2..=5.0).contains(&(own / rates[**o]))).count();
            if enough && fitting.len() > against {
                return Some((fitting[0], power, up));
            }
        }
    }
    None
}

fn report(audit: &mut Audit<'_, '_>, (suspect, other): (usize, usize), (power, up): (i64, bool), even: bool) {
    let (a, b) = (&audit.cells[suspect], &audit.cells[other]);
    let (x, y) = (a.preferred(), b.preferred());
    let factor = Decimal::from(power);
    let fixed =
        if up { x.value.checked_div(factor).unwrap_or_default() } else { x.value.saturating_mul(factor) };
    let subject = audit.subject(suspect);
    let given = format!(
        "{subject} {} given as {}, beside {}",
        words::is_or_are(&subject),
        audit.quoted(suspect, x),
        audit.quoted(other, y)
    );
    let message = if even {
        format!("{given}: one of the two is off by a factor of {power}.")
    } else {
        let fitting = words::amount(fixed, a.key.unit);
        format!("{given}: it is off by a factor of {power}, and {fitting} would fit.")
    };
    let mut draft = Draft::new(FindingType::Misprint, Cause::Misprint, Severity::Error, message);
    draft.rows = x.rows.iter().chain(y.rows.first()).copied().collect();
    draft.facts = vec![a.id.clone(), b.id.clone()];
    let sign = if up { "/" } else { "*" };
    draft.arithmetic = vec![format!(
        "{} = {} {sign} {power}",
        words::amount(fixed, a.key.unit),
        words::amount(x.value, a.key.unit)
    )];
    draft.suggestion = (!even).then(|| Suggestion {
        field: "value".to_owned(),
        from: x.value.normalize().to_string(),
        to: fixed.normalize().to_string(),
        why: "It is what the neighbouring periods are like.".to_owned(),
    });
    audit.suspects.extend(&x.rows);
    audit.drafts.push(draft);
}

/// What was held, signed or measured after the report of it, numbers of one text that do not fit, and
/// spans that end before they begin: all that a document's own words say against it.
pub(crate) fn document(corpus: &Corpus<'_>, number: u32) -> Vec<Draft> {
    let doc = &corpus.docs[number as usize];
    let mut drafts: Vec<Draft> = ahead_of_its_date(corpus, doc).into_iter().collect();
    for misfit in doc.card.iter().flat_map(|card| &card.marks.misfits) {
        let message = format!("In {} {}.", doc.id, misfit.why);
        let mut draft = Draft::new(FindingType::Misprint, Cause::Misprint, Severity::Error, message);
        draft.docs = vec![doc.id.to_owned()];
        draft.arithmetic.clone_from(&misfit.arithmetic);
        drafts.push(draft);
    }
    for row in corpus.rows_of(number) {
        if let Some(why) = backwards(&corpus.statement(row).body) {
            let message = format!("{} names {why}.", doc.id);
            let mut draft = Draft::new(FindingType::Misprint, Cause::Misprint, Severity::Error, message);
            draft.rows = vec![row];
            drafts.push(draft);
        }
    }
    drafts
}

fn ahead_of_its_date(corpus: &Corpus<'_>, doc: &Doc<'_>) -> Option<Draft> {
    // The date that the document came with, even when it has been demoted for this.
    let stated = || doc.card.and_then(|card| card.dating.date);
    let date = doc.when.date.or_else(stated)?;
    let first_day = |row: RowId| past_event(corpus.statement(row));
    let rows: Vec<RowId> = corpus
        .own_rows(doc)
        .filter(|row| corpus.asserted(*row))
        .filter(|row| first_day(*row).is_some_and(|day| day > date))
        .collect();
    let latest_of = |row: &RowId| Some((*row, first_day(*row)?));
    let (first, latest) = rows.iter().filter_map(latest_of).max_by_key(|(_, day)| *day)?;
    let taken = match doc.when.date {
        None => format!(" It is taken as written {}.", doc.when.words()),
        Some(_) => String::new(),
    };
    let message = format!(
        "{} is dated {date}, but it reports as past what lies on {latest} or later: \"{}\". Either its date or that date is wrong.{taken}",
        doc.id,
        corpus.statement(first).evidence.exact.trim(),
    );
    let mut draft = Draft::new(FindingType::Date, Cause::DateLine, Severity::Error, message);
    draft.rows = rows;
    draft.arithmetic = vec![format!("{date} < {latest}")];
    Some(draft)
}

/// The day from which something told as past can be known.
fn past_event(statement: &Statement) -> Option<Date> {
    let first = |period: Option<Period>| period.map(|period| period.first());
    match &statement.body {
        Body::Figure(figure) => counted_from(statement, figure),
        Body::Meeting(meeting) if meeting.status == MeetingStatus::Held => first(meeting.date),
        Body::Agreement(agreement) if agreement.status >= AgreementStatus::Signed => first(agreement.date),
        Body::Award(award) => first(award.date),
        _ => None,
    }
}

fn backwards(body: &Body) -> Option<String> {
    match body {
        Body::Agreement(agreement) => {
            let end = agreement.until.as_deref().and_then(|until| until.parse::<Period>().ok());
            let signed = agreement.date.filter(|_| agreement.status >= AgreementStatus::Signed);
            match (end, signed) {
                (Some(end), Some(signed)) if end.last() < signed.first() => Some(format!(
                    "\"{}\", signed in {signed} and running until {end}: it would end before it begins",
                    agreement.title
                )),
                _ => span_in(&agreement.title),
            }
        }
        Body::Project(project) => span_in(&project.name),
        Body::Commitment(commitment) => span_in(&commitment.action),
        _ => None,
    }
}

/// A span of years in a title that does not run forward: "for 2024-2024".
fn span_in(title: &str) -> Option<String> {
    let chars: Vec<char> = title.chars().collect();
    let year = |at: usize| {
        let digits: String = chars.get(at..at + 4)?.iter().collect();
        let whole = chars.get(at + 4).is_none_or(|c| !c.is_ascii_digit())
            && (at == 0 || !chars[at - 1].is_ascii_digit());
        digits.parse::<i32>().ok().filter(|y| whole && (1900..2200).contains(y))
    };
    (0..chars.len()).find_map(|at| {
        let dash = matches!(chars.get(at + 4)?, '-' | '–' | '—');
        let (from, to) = (year(at)?, year(at + 5)?);
        (dash && to <= from).then(|| format!("\"{title}\": the span {from}–{to} does not run forward"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_do_not_run_forward() {
        assert!(span_in("programme of cooperation for 2024-2024").is_some());
        assert!(span_in("plan 2025–2023").is_some());
        assert!(span_in("programme of cooperation for 2024–2034").is_none());
        assert!(span_in("order 12024-20245 of 2024").is_none());
    }

    #[test]
    fn a_misplaced_power_needs_neighbours() {
        assert_eq!(misplaced(0, &[1], &[4300.0, 4.4]), Some((1, 1000, true)));
        assert_eq!(misplaced(0, &[1], &[43.0, 4.4]), None);
        assert_eq!(misplaced(0, &[1, 2], &[43.0, 4.4, 4.1]), Some((1, 10, true)));
        assert_eq!(misplaced(0, &[1, 2], &[5.0, 4.4, 4.1]), None);
    }
}
