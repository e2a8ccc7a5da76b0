//! One number in two currencies: "2.4 billion francs, or 2.7 billion dollars", quoted elsewhere as 2.4 billion dollars.
//!
//! The number is what tells, not the rate: rates would have to be brought in from outside, and no report is wrong for
//! having converted on another day.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::Measure;
use tandem_model::record::{Cause, FindingType, Severity};

use super::causes::{Explained, witnessed};
use super::{Audit, series_key};
use crate::facts::{Cell, Reported};
use crate::findings::Draft;
use crate::words;

/// The value of a cell is the very number that is reported in another currency for the same thing and days.
pub(super) fn other_unit<'a>(audit: &Audit<'_, 'a>, cell: &Cell<'a>, value: &Reported) -> Option<Explained> {
    let days = cell.key.days.filter(|_| is_currency(cell.key.unit) && telling(value.value))?;
    let series = audit.series_of_any_unit(&series_key(cell)).into_iter();
    let keys =
        series.map(|n| &audit.series[n].0).filter(|key| key.unit != cell.key.unit && is_currency(key.unit));
    let mut levels = keys.flat_map(|key| audit.levels_at(key, days).collect::<Vec<_>>());
    let other = levels.find(|n| audit.cells[*n].values.iter().any(|other| other.value == value.value))?;
    let unit = audit.cells[other].key.unit;
    let why = format!(
        "{} is what is reported in another currency, so {} is likely to be the wrong one.",
        words::amount(value.value, unit),
        cell.key.unit
    );
    Some(witnessed(Cause::Unit, why, other))
}

/// Whether a number has more than one digit of its own: a round one can be right in two currencies by chance.
fn telling(value: Decimal) -> bool {
    value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len() > 1
}

/// Whether a unit is an ISO 4217 code.
pub(super) fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// One number in two currencies for one cell: one of them names the wrong one.
pub(super) fn one_number_in_two(audit: &mut Audit<'_, '_>) {
    let mut found = Vec::new();
    let mut by_number: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (number, cell) in audit.cells.iter().enumerate() {
        let level = cell.key.measure == Measure::Level && cell.period.is_some() && cell.asserted();
        if level && is_currency(cell.key.unit) && telling(cell.preferred().value) {
            let key = (
                cell.key.parties,
                cell.key.indicator,
                &cell.key.scope,
                cell.key.days,
                cell.key.from,
                cell.key.to,
            );
            by_number.entry((key, cell.preferred().value)).or_default().push(number);
        }
    }
    for cells in by_number.into_values() {
        match cells[..] {
            [a, b, ..] if audit.cells[a].key.unit != audit.cells[b].key.unit => found.push((a, b)),
            _ => {}
        }
    }
    found.sort_unstable();
    for (a, b) in found {
        // A conflict of the one has told of the other already.
        let facts = [&audit.cells[a].id, &audit.cells[b].id];
        if audit.drafts.iter().any(|d| d.cause == Cause::Unit && d.facts.iter().any(|f| facts.contains(&f))) {
            continue;
        }
        let (x, y) = (audit.cells[a].preferred(), audit.cells[b].preferred());
        let message = format!(
            "{} {} given as {} and as {}: one number in two currencies cannot be right in both.",
            audit.subject(a),
            words::is_or_are(&audit.subject(a)),
            audit.quoted(a, x),
            audit.quoted(b, y)
        );
        let mut draft = Draft::new(FindingType::Conflict, Cause::Unit, Severity::Warning, message);
        draft.rows = x.rows.iter().chain(&y.rows).copied().collect();
        draft.facts = vec![audit.cells[a].id.clone(), audit.cells[b].id.clone()];
        audit.drafts.push(draft);
    }
}
