//! Shares: a part is its share of the whole.
//!
//! A text that gives a pair's trade, its share in one country's trade and that country's whole trade
//! says one thing twice; where the three do not fit, one is misprinted. With share and whole alone the
//! part is derived. Only one text's own numbers are held together: another text's whole may count
//! otherwise.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, Derived, FindingType, Severity, Suggestion};
use tandem_model::{Measure, Number};

use super::{Audit, DerivedLevel, percent};
use crate::facts::Reported;
use crate::findings::Draft;
use crate::interval::Interval;
use crate::words;

/// Shares are rounded freely: off by less than this, in points, is no misprint.
const POINTS: i64 = 1;

/// A value in a cell.
#[derive(Clone, Copy)]
struct At<'c> {
    cell: usize,
    value: &'c Reported,
}

pub(crate) fn shares(audit: &mut Audit<'_, '_>) {
    let cells = audit.cells;
    let shares: Vec<At<'_>> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.key.measure == Measure::Share && cell.key.unit == "%")
        .filter(|(_, cell)| cell.asserted() && cell.period.is_some() && cell.key.parties.len() == 2)
        .flat_map(|(number, cell)| cell.values.iter().map(move |value| At { cell: number, value }))
        .collect();
    if shares.is_empty() {
        return;
    }
    let doc =
        |audit: &Audit<'_, '_>, value: &Reported| value.rows.first().map(|row| audit.corpus.row(*row).doc);
    let mut levels: FxHashMap<u32, Vec<At<'_>>> =
        shares.iter().filter_map(|share| doc(audit, share.value)).map(|doc| (doc, Vec::new())).collect();
    for (number, cell) in cells.iter().enumerate() {
        let trade = matches!(cell.key.indicator, "trade_turnover" | "exports" | "imports");
        if !(trade && cell.key.measure == Measure::Level && cell.asserted()) {
            continue;
        }
        for value in &cell.values {
            if let Some(list) = doc(audit, value).and_then(|doc| levels.get_mut(&doc)) {
                list.push(At { cell: number, value });
            }
        }
    }
    for share in shares {
        if let Some(list) = doc(audit, share.value).and_then(|doc| levels.get(&doc)) {
            hold(audit, share, list);
        }
    }
}

/// The only part and the only whole that one text gives for a share.
fn hold(audit: &mut Audit<'_, '_>, share: At<'_>, levels: &[At<'_>]) {
    let key = &audit.cells[share.cell].key;
    let same_days = |at: &&At<'_>| audit.cells[at.cell].key.days == key.days;
    let parties = |at: &At<'_>| audit.cells[at.cell].key.parties;
    let wholes: Vec<At<'_>> = levels
        .iter()
        .filter(same_days)
        .filter(|at| matches!(parties(at), [one] if key.parties.contains(one)))
        .copied()
        .collect();
    let [whole] = wholes[..] else { return };
    let of = &audit.cells[whole.cell].key;
    let parts: Vec<At<'_>> = levels
        .iter()
        .filter(same_days)
        .filter(|at| parties(at) == key.parties)
        .filter(|at| {
            let part = &audit.cells[at.cell].key;
            part.indicator == of.indicator && part.unit == of.unit
        })
        .copied()
        .collect();
    match parts[..] {
        [] => derive(audit, share, whole),
        [part] => compare(audit, share, part, whole),
        _ => {}
    }
}

fn hundredth(interval: &Interval) -> Interval {
    let scaled = |v: Decimal| v.saturating_mul(Decimal::new(1, 2));
    Interval { low: interval.low.map(scaled), high: interval.high.map(scaled), ..*interval }
}

fn compare(audit: &mut Audit<'_, '_>, share: At<'_>, part: At<'_>, whole: At<'_>) {
    let points = Decimal::from(POINTS);
    let wide = share.value.hard.plus(&Interval::closed(-points, points));
    if whole.value.hard.times(&hundredth(&wide)).meets(&part.value.hard) {
        return;
    }
    let computed = percent(part.value.value, whole.value.value);
    let unit = audit.cells[whole.cell].key.unit;
    let message = format!(
        "{} is given as {} and as {} of {}, but that is {computed} %: the numbers of one text do not fit one another.",
        audit.subject(part.cell),
        audit.quoted(part.cell, part.value),
        words::qualified(share.value.value, share.value.value_max, share.value.bound, "%"),
        words::amount(whole.value.value, unit),
    );
    let mut draft = Draft::new(FindingType::Misprint, Cause::Misprint, Severity::Error, message);
    draft.rows = [share, part, whole].iter().filter_map(|at| at.value.rows.first().copied()).collect();
    draft.facts = [share, part, whole].iter().map(|at| audit.cells[at.cell].id.clone()).collect();
    let (size, _) = words::scale(&[part.value.value, whole.value.value]);
    let shown = |at: At<'_>| words::scaled(at.value.value, size);
    draft.arithmetic = vec![format!("{} / {} = {computed} %", shown(part), shown(whole))];
    draft.suggestion = Some(Suggestion {
        field: "value".to_owned(),
        from: share.value.value.normalize().to_string(),
        to: computed.normalize().to_string(),
        why: "It is what the part and the whole printed beside it give.".to_owned(),
    });
    audit.drafts.push(draft);
}

fn derive(audit: &mut Audit<'_, '_>, share: At<'_>, whole: At<'_>) {
    let rows: Vec<_> = [share, whole].iter().filter_map(|at| at.value.rows.first().copied()).collect();
    let interval = whole.value.hard.times(&hundredth(&share.value.hard));
    let part = whole.value.value.saturating_mul(share.value.value).saturating_mul(Decimal::new(1, 2));
    let (size, _) = words::scale(&[whole.value.value]);
    let shown = |value: Decimal| words::scaled(value.round_sf(4).unwrap_or(value), size);
    let value = Derived {
        measure: Measure::Level,
        period: audit.cells[share.cell].period,
        value: Number(part.round_sf(4).unwrap_or(part)),
        low: interval.low.map(Number),
        high: interval.high.map(Number),
        unit: audit.cells[whole.cell].key.unit.to_owned(),
        arithmetic: format!(
            "{} = {} % of {}",
            shown(part),
            share.value.value.normalize(),
            shown(whole.value.value)
        ),
        statements: audit.corpus.statement_ids(&rows),
    };
    audit.derived.push(DerivedLevel { cell: share.cell, rows, value });
}
