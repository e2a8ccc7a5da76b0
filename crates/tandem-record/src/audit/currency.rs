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
use crate::interval::Interval;
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

/// Rates of exchange that pairs of amounts in one text imply may be so far apart, in per cent.
const RATES_APART: i64 = 5;

/// One amount in two currencies, as one text gives it.
struct Pair<'c> {
    cells: [usize; 2],
    values: [&'c Reported; 2],
}

impl Pair<'_> {
    fn rate(&self) -> Interval {
        self.values[0].hard.over(&self.values[1].hard)
    }

    fn point(&self) -> Decimal {
        self.values[0].value.checked_div(self.values[1].value).unwrap_or_default()
    }
}

/// Amounts that one text gives in two currencies imply one rate of exchange. What extraction has told of a text
/// already is not told again.
pub(super) fn rates(audit: &mut Audit<'_, '_>) {
    let mut pairs: Vec<((u32, &str, &str), Pair<'_>)> = Vec::new();
    let twice = audit.any_unit.values().filter(|list| list.len() > 1);
    for cells in twice.map(|list| cells_of(audit, list)) {
        for (place, &a) in cells.iter().enumerate() {
            pairs.extend(cells[place + 1..].iter().flat_map(|b| pairs_of(audit, a, *b)));
        }
    }
    pairs.sort_by_key(|(key, pair)| (*key, pair.cells));
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        let (first, rest) = (&group[0].1, &group[1..]);
        let room = Decimal::from(RATES_APART);
        let apart = rest.iter().map(|(_, pair)| pair).find(|pair| {
            let (low, high) = (first.point().min(pair.point()), first.point().max(pair.point()));
            let gap = high.saturating_sub(low).saturating_mul(Decimal::ONE_HUNDRED);
            !first.rate().meets(&pair.rate()) && gap > low.saturating_mul(room)
        });
        if let Some(pair) = apart {
            let draft = two_rates(audit, first, pair);
            audit.drafts.push(draft);
        }
    }
}

/// The cells of some series in currencies, in their order.
fn cells_of(audit: &Audit<'_, '_>, series: &[usize]) -> Vec<usize> {
    let money = series.iter().filter(|n| is_currency(audit.series[**n].0.unit));
    let mut cells: Vec<usize> = money.flat_map(|n| audit.series[*n].1.iter().copied()).collect();
    cells.sort_unstable();
    cells
}

/// What one text gives in both of two cells for the same days, by document and currencies.
fn pairs_of<'c>(audit: &Audit<'c, '_>, a: usize, b: usize) -> Option<((u32, &'c str, &'c str), Pair<'c>)> {
    let cells: &'c [Cell<'_>] = audit.cells;
    if cells[a].key.days != cells[b].key.days || cells[a].key.unit == cells[b].key.unit {
        return None;
    }
    let (a, b) = if cells[a].key.unit < cells[b].key.unit { (a, b) } else { (b, a) };
    let doc = |value: &Reported| value.rows.first().map(|row| audit.corpus.row(*row).doc);
    let mut both = cells[a].values.iter().flat_map(|x| cells[b].values.iter().map(move |y| (x, y)));
    let (x, y) = both.find(|(x, y)| doc(x) == doc(y))?;
    let number = doc(x)?;
    let card = audit.corpus.docs[number as usize].card;
    let told = card.is_some_and(|card| !card.marks.misfits.is_empty());
    (!told).then(|| ((number, cells[a].key.unit, cells[b].key.unit), Pair { cells: [a, b], values: [x, y] }))
}

fn two_rates(audit: &Audit<'_, '_>, one: &Pair<'_>, other: &Pair<'_>) -> Draft {
    let unit = |n: usize| audit.cells[one.cells[n]].key.unit;
    let said = |pair: &Pair<'_>| {
        let amount = |n: usize| words::amount(pair.values[n].value, unit(n));
        format!("{} for {}", amount(0), amount(1))
    };
    let rate = |pair: &Pair<'_>| pair.point().round_sf(4).unwrap_or_default().normalize();
    let message = format!(
        "One text gives {} and {}: that is {} and {} {} to the {}, two rates of exchange.",
        said(one),
        said(other),
        rate(one),
        rate(other),
        unit(0),
        unit(1),
    );
    let mut draft = Draft::new(FindingType::Misprint, Cause::Misprint, Severity::Error, message);
    let values = one.values.iter().chain(&other.values);
    draft.rows = values.filter_map(|value| value.rows.first().copied()).collect();
    draft.facts = one.cells.iter().chain(&other.cells).map(|cell| audit.cells[*cell].id.clone()).collect();
    let reckoned = |pair: &Pair<'_>| {
        let (size, _) = words::scale(&[pair.values[0].value, pair.values[1].value]);
        let scaled = |n: usize| words::scaled(pair.values[n].value, size);
        format!("{} / {} = {}", scaled(0), scaled(1), rate(pair))
    };
    draft.arithmetic = vec![reckoned(one), reckoned(other)];
    draft
}
