//! Shares: a part is its share of the whole.
//!
//! A text that gives a pair's trade, its share in one country's trade and that country's whole trade
//! says one thing twice; where the three do not fit, one is misprinted. With share and whole alone the
//! part is derived. Only one text's own numbers are held together here; across texts
//! [`super::portions`] does so, with more room, since another text's whole may count otherwise.

use rust_decimal::Decimal;
use tandem_model::record::{Cause, Derived, FindingType, Severity, Suggestion};
use tandem_model::{Measure, Number};

use super::{Audit, DerivedLevel, percent};
use crate::corpus::RowId;
use crate::facts::{self, CellKey, Reported, figure};
use crate::findings::Draft;
use crate::interval::Interval;
use crate::{ids, words};

/// Shares are rounded freely: off by less than this, in points, is no misprint.
const POINTS: i64 = 1;

/// A value in a cell of the pair.
#[derive(Clone, Copy)]
pub(super) struct At<'c> {
    pub(super) cell: usize,
    pub(super) value: &'c Reported,
}

/// One country's whole trade as a text gives it.
struct Whole<'a> {
    row: RowId,
    value: Reported,
    fact: String,
    indicator: &'a str,
    unit: &'a str,
}

pub(crate) fn shares(audit: &mut Audit<'_, '_>) {
    for (cell, values) in pairs_shares(audit) {
        values.iter().for_each(|value| hold(audit, At { cell, value }));
    }
}

/// Shares of pairs for some days, with all that is reported of each.
fn pairs_shares<'c>(audit: &Audit<'c, '_>) -> Vec<(usize, &'c [Reported])> {
    let shares = audit.cells.iter().enumerate().filter(|(_, cell)| {
        let share = cell.key.measure == Measure::Share && cell.key.unit == "%";
        share && cell.asserted() && cell.period.is_some() && cell.key.parties.len() == 2
    });
    shares.map(|(number, cell)| (number, &cell.values[..])).collect()
}

/// What is best known of every pair's share.
pub(super) fn preferred<'c>(audit: &Audit<'c, '_>) -> Vec<At<'c>> {
    let first = |(cell, values): (usize, &'c [Reported])| Some(At { cell, value: values.first()? });
    let shares = pairs_shares(audit).into_iter().filter_map(first);
    shares.filter(|at| at.value.origins > 0 && !audit.suspect(at.cell)).collect()
}

fn is_trade(indicator: &str) -> bool {
    matches!(indicator, "trade_turnover" | "exports" | "imports")
}

/// The whole trade of one of the two for the days of the share, as the text of the share gives it.
fn wholes<'a>(audit: &Audit<'_, 'a>, share: At<'_>) -> Vec<Whole<'a>> {
    let (corpus, key) = (audit.corpus, &audit.cells[share.cell].key);
    let Some(doc) = share.value.rows.first().map(|row| corpus.row(*row).doc) else { return Vec::new() };
    let mut wholes: Vec<Whole<'a>> = Vec::new();
    for row in corpus.rows_of(doc).filter(|row| corpus.asserted(*row) && corpus.heard(*row)) {
        let statement = corpus.statement(row);
        let one = matches!(&statement.parties[..], [one] if key.parties.contains(one));
        let Some(figure) = figure(corpus, row).filter(|_| one) else { continue };
        let days = figure.period.map(|period| (period.first(), period.last()));
        if !is_trade(&figure.indicator) || figure.measure != Measure::Level || days != key.days {
            continue;
        }
        let fact = ids::full('F', &[facts::hash(&facts::key(corpus, row, figure))]).swap_remove(0);
        let value = facts::reported(corpus, vec![row]);
        if !wholes.iter().any(|known| known.fact == fact && known.value.value == value.value) {
            wholes.push(Whole { row, value, fact, indicator: &figure.indicator, unit: &figure.unit });
        }
    }
    wholes
}

/// The only part and the only whole that one text gives for a share.
fn hold(audit: &mut Audit<'_, '_>, share: At<'_>) {
    let mut wholes = wholes(audit, share);
    let (Some(whole), true) = (wholes.pop(), wholes.is_empty()) else { return };
    let cells = audit.cells;
    let key = &cells[share.cell].key;
    let is_part = |key: &CellKey<'_>| {
        key.measure == Measure::Level && key.indicator == whole.indicator && key.unit == whole.unit
    };
    let days = key.days.unwrap_or((tandem_model::Date::MIN, tandem_model::Date::MAX));
    let party = key.parties.first().map_or("", String::as_str);
    let parts: Vec<At<'_>> = audit
        .concerning(whole.indicator, days, party)
        .iter()
        .filter(|cell| is_part(&cells[**cell].key))
        .flat_map(|cell| cells[*cell].values.iter().map(|value| At { cell: *cell, value }))
        .filter(|at| audit.one_text(at.value, share.value))
        .collect();
    match parts[..] {
        [] => derive(audit, share, &whole),
        [part] => compare(audit, share, part, &whole),
        _ => {}
    }
}

/// A hundredth of an interval.
pub(super) fn hundredth(interval: &Interval) -> Interval {
    let scaled = |v: Decimal| v.saturating_mul(Decimal::new(1, 2));
    Interval { low: interval.low.map(scaled), high: interval.high.map(scaled), ..*interval }
}

fn compare(audit: &mut Audit<'_, '_>, share: At<'_>, part: At<'_>, whole: &Whole<'_>) {
    let points = Decimal::from(POINTS);
    let wide = share.value.hard.plus(&Interval::closed(-points, points));
    if whole.value.hard.times(&hundredth(&wide)).meets(&part.value.hard) {
        return;
    }
    let computed = percent(part.value.value, whole.value.value);
    let unit = whole.unit;
    let message = format!(
        "{} {} given as {} and as {} of {}, but that is {computed} %: the numbers of one text do not fit one another.",
        audit.subject(part.cell),
        words::is_or_are(&audit.subject(part.cell)),
        audit.quoted(part.cell, part.value),
        words::qualified(share.value.value, share.value.value_max, share.value.bound, "%"),
        words::amount(whole.value.value, unit),
    );
    let mut draft = Draft::new(FindingType::Misprint, Cause::Misprint, Severity::Error, message);
    draft.rows = [share, part].iter().filter_map(|at| at.value.rows.first().copied()).collect();
    draft.rows.push(whole.row);
    draft.facts = [share, part].iter().map(|at| audit.cells[at.cell].id.clone()).collect();
    draft.facts.push(whole.fact.clone());
    let (size, _) = words::scale(&[part.value.value, whole.value.value]);
    let shown = |value: &Reported| words::scaled(value.value, size);
    draft.arithmetic = vec![format!("{} / {} = {computed} %", shown(part.value), shown(&whole.value))];
    draft.suggestion = Some(Suggestion {
        field: "value".to_owned(),
        from: share.value.value.normalize().to_string(),
        to: computed.normalize().to_string(),
        why: "It is what the part and the whole printed beside it give.".to_owned(),
    });
    audit.drafts.push(draft);
}

fn derive(audit: &mut Audit<'_, '_>, share: At<'_>, whole: &Whole<'_>) {
    let rows: Vec<RowId> = share.value.rows.first().copied().into_iter().chain([whole.row]).collect();
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
        unit: whole.unit.to_owned(),
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
