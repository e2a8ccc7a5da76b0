//! Flows among one another: turnover = exports + imports, balance = exports − imports, a total's
//! growth lies between its parts', a part is its share of the whole.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, FindingType, Severity};
use tandem_model::{Date, Measure};

use super::{Audit, compatible, equation};
use crate::facts::{Cell, Reported};
use crate::findings::Draft;
use crate::interval::Interval;
use crate::words;

/// Reports of several texts may differ by so much from a sum, in per cent, before it is worth a word:
/// offices round and revise.
const SLACK: i64 = 2;
/// Two offices count one trade differently by up to a fifth of it.
const OFFICES_APART: i64 = 5;

/// The flows of one pair in one period, in one measure and unit.
type Block<'k, 'a> =
    (&'a [String], &'k Option<String>, &'a str, Measure, Option<(Date, Date)>, Option<(Date, Date)>);

/// A value in a cell.
#[derive(Clone, Copy)]
struct At<'c> {
    cell: usize,
    value: &'c Reported,
}

pub(crate) fn sums(audit: &mut Audit<'_, '_>) {
    let cells = audit.cells;
    let mut blocks: FxHashMap<Block<'_, '_>, Vec<usize>> = FxHashMap::default();
    for (number, cell) in cells.iter().enumerate() {
        let flow = matches!(cell.key.indicator, "trade_turnover" | "exports" | "imports" | "trade_balance");
        let measured = matches!(cell.key.measure, Measure::Level | Measure::ChangePct);
        if flow && measured && cell.period.is_some() && cell.asserted() {
            let key = &cell.key;
            blocks
                .entry((key.parties, &key.scope, key.unit, key.measure, key.days, key.base))
                .or_default()
                .push(number);
        }
    }
    let mut blocks: Vec<_> = blocks.into_iter().filter(|(_, list)| list.len() > 1).collect();
    blocks.sort_unstable_by(|a, b| a.1.cmp(&b.1));
    for (key, list) in blocks {
        for whole in list
            .iter()
            .copied()
            .filter(|n| matches!(cells[*n].key.indicator, "trade_turnover" | "trade_balance"))
        {
            check(audit, &list, whole, key.3);
        }
    }
}

fn check<'c>(audit: &mut Audit<'c, '_>, list: &[usize], whole: usize, measure: Measure) {
    let cells: &'c [Cell<'_>] = audit.cells;
    for total in &cells[whole].values {
        let total = At { cell: whole, value: total };
        let Some((a, b)) = parts(audit, list, total) else {
            if measure == Measure::Level && cells[whole].key.indicator == "trade_turnover" {
                exceeds(audit, list, total);
            }
            continue;
        };
        if [total, a, b].iter().any(|at| audit.suspect(at.cell)) {
            continue;
        }
        let balance = cells[whole].key.indicator == "trade_balance";
        match measure {
            Measure::Level if balance => balances(audit, total, a, b),
            Measure::Level if fitted(audit, list, a, b) => {}
            Measure::Level => adds(audit, total, a, b),
            _ if !balance => between(audit, total, a, b),
            _ => {}
        }
        return;
    }
}

/// Exports and imports that make up a total: of its own text, else of its own reporter.
fn parts<'c>(audit: &Audit<'c, '_>, list: &[usize], total: At<'c>) -> Option<(At<'c>, At<'c>)> {
    let cells: &'c [Cell<'_>] = audit.cells;
    let of = |indicator: &str, own: Option<bool>| -> Vec<At<'c>> {
        list.iter()
            .filter(|n| cells[**n].key.indicator == indicator)
            .flat_map(|n| cells[*n].values.iter().map(|value| At { cell: *n, value }))
            .filter(|at| own.is_none_or(|own| audit.one_text(at.value, total.value) == own))
            .collect()
    };
    // At last one part from the total's text and the other from another report.
    for own in [Some(true), Some(false), None] {
        for a in of("exports", own) {
            for b in of("imports", own).into_iter().chain(of("exports", own)) {
                let reporters = [a, b, total].map(|at| cells[at.cell].key.reporter);
                let named = reporters.iter().all(|r| r.is_some()) || reporters.iter().all(|r| r.is_none());
                let one = compatible(reporters[0], reporters[1])
                    && compatible(reporters[0], reporters[2])
                    && compatible(reporters[1], reporters[2]);
                let turnover = cells[total.cell].key.indicator == "trade_turnover";
                let sound = own == Some(true) || named || (turnover && far_off(a, b, total));
                if a.cell != b.cell
                    && opposite(&cells[a.cell], &cells[b.cell], own == Some(true))
                    && one
                    && sound
                {
                    return Some((a, b));
                }
            }
        }
    }
    None
}

/// Whether parts and total are further apart than two offices' counts are likely to be.
fn far_off(a: At<'_>, b: At<'_>, total: At<'_>) -> bool {
    let sum = a.value.value.saturating_add(b.value.value);
    let off = total.value.value.saturating_sub(sum).abs();
    off.saturating_mul(Decimal::from(OFFICES_APART)) > sum.abs()
}

/// One goes out, the other comes back; in one text the direction may go without saying.
fn opposite(a: &Cell<'_>, b: &Cell<'_>, one_text: bool) -> bool {
    let ends = |cell: &Cell<'_>| cell.key.from.map(str::to_owned).zip(cell.key.to.map(str::to_owned));
    match (ends(a), ends(b)) {
        (Some((from, to)), Some((back, home))) => from == home && to == back,
        _ => one_text && a.key.indicator != b.key.indicator,
    }
}

/// Whether the text of the parts gives a total that they make up: any other total is somebody else's count.
fn fitted(audit: &Audit<'_, '_>, list: &[usize], a: At<'_>, b: At<'_>) -> bool {
    let sum = a.value.hard.plus(&b.value.hard);
    let cells: &[Cell<'_>] = audit.cells;
    let totals = list.iter().filter(|n| cells[**n].key.indicator == "trade_turnover");
    let mut values = totals.flat_map(|n| &cells[*n].values);
    audit.one_text(a.value, b.value)
        && values.any(|value| audit.one_text(value, a.value) && value.hard.meets(&sum))
}

fn adds(audit: &mut Audit<'_, '_>, total: At<'_>, a: At<'_>, b: At<'_>) {
    let sum = a.value.hard.plus(&b.value.hard);
    let point = a.value.value.saturating_add(b.value.value);
    let text = "turnover is exports and imports together";
    report(audit, [total, a, b], sum, (point, "+"), text);
}

fn balances(audit: &mut Audit<'_, '_>, total: At<'_>, a: At<'_>, b: At<'_>) {
    let difference = a.value.hard.minus(&b.value.hard);
    let point = a.value.value.saturating_sub(b.value.value);
    // Which side's balance it is often goes without saying, so either sign will do.
    let meets = difference.meets(&total.value.hard) || difference.negated().meets(&total.value.hard);
    if !meets {
        report(audit, [total, a, b], difference, (point, "-"), "the balance is exports less imports");
    }
}

fn report(audit: &mut Audit<'_, '_>, values: [At<'_>; 3], sum: Interval, point: (Decimal, &str), text: &str) {
    let [total, a, b] = values;
    let one_text = audit.one_text(a.value, total.value) && audit.one_text(b.value, total.value);
    let slack = point.0.abs().saturating_mul(Decimal::new(SLACK, 2));
    let off = total.value.value.saturating_sub(point.0).abs();
    // Some cut digits off where others round: one unit in the last place is nobody's misprint.
    let cut = off <= total.value.precision.unwrap_or_default();
    if sum.meets(&total.value.hard) || cut || (!one_text && off <= slack) {
        return;
    }
    let unit = audit.cells[total.cell].key.unit;
    let message = format!(
        "{} is given as {}, but {text}, and {} and {} make {}.",
        audit.subject(total.cell),
        audit.quoted(total.cell, total.value),
        audit.quoted(a.cell, a.value),
        audit.quoted(b.cell, b.value),
        words::amount(point.0, unit),
    );
    let (kind, cause) = if one_text {
        (FindingType::Misprint, Cause::Misprint)
    } else if mistaken(&values) {
        (FindingType::Contradiction, Cause::Flow)
    } else {
        (FindingType::Contradiction, Cause::Unexplained)
    };
    let mut draft = Draft::new(kind, cause, Severity::Error, message);
    draft.rows = values.iter().filter_map(|at| at.value.rows.first().copied()).collect();
    draft.facts = values.iter().map(|at| audit.cells[at.cell].id.clone()).collect();
    draft.arithmetic = vec![equation(point.0, a.value.value, point.1, b.value.value)];
    audit.drafts.push(draft);
}

/// Whether the total is one of its own parts, or their difference: one flow was taken for another.
fn mistaken([total, a, b]: &[At<'_>; 3]) -> bool {
    let difference = a.value.hard.minus(&b.value.hard);
    let others = [a.value.hard, b.value.hard, difference, difference.negated()];
    others.iter().any(|other| other.meets(&total.value.hard))
}

/// What one side sells or buys is a part of what the two exchange, and cannot be more.
fn exceeds(audit: &mut Audit<'_, '_>, list: &[usize], total: At<'_>) {
    let cells = audit.cells;
    let flows = list.iter().filter(|n| matches!(cells[**n].key.indicator, "exports" | "imports"));
    let parts = flows.flat_map(|n| cells[*n].values.iter().map(|value| At { cell: *n, value }));
    let more = |part: &At<'_>| {
        let reporters = (cells[part.cell].key.reporter, cells[total.cell].key.reporter);
        let one_text = audit.one_text(part.value, total.value);
        // Two offices' counts of one flow differ, and one that is not named may be either.
        let room = match reporters {
            _ if one_text => SLACK,
            (Some(a), Some(b)) if a == b => SLACK,
            (Some(_), Some(_)) => return false,
            (None, None) => 2 * OFFICES_APART,
            _ => 7 * OFFICES_APART,
        };
        let most = total.value.value.saturating_mul(Decimal::from(100 + room) / Decimal::ONE_HUNDRED);
        let beyond = part.value.hard.low.zip(total.value.hard.high).is_some_and(|(low, high)| low > high);
        beyond && part.value.value > most && part.value.origins > 0 && total.value.origins > 0
    };
    let sound = |part: &At<'_>| !audit.suspect(part.cell) && !audit.suspect(total.cell);
    let Some(part) = parts.filter(sound).find(more) else { return };
    let one_text = audit.one_text(part.value, total.value);
    let message = format!(
        "{} {} given as {}, but {} as {}: a part cannot be more than the whole.",
        audit.subject(part.cell),
        words::is_or_are(&audit.subject(part.cell)),
        audit.quoted(part.cell, part.value),
        words::indicator("trade_turnover", None),
        audit.quoted(total.cell, total.value),
    );
    let (kind, cause) = if one_text {
        (FindingType::Misprint, Cause::Misprint)
    } else {
        (FindingType::Contradiction, Cause::Flow)
    };
    let mut draft = Draft::new(kind, cause, Severity::Error, message);
    draft.rows = [part, total].iter().filter_map(|at| at.value.rows.first().copied()).collect();
    draft.facts = [part, total].iter().map(|at| cells[at.cell].id.clone()).collect();
    let (size, _) = words::scale(&[part.value.value, total.value.value]);
    let shown = |at: At<'_>| words::scaled(at.value.value, size);
    draft.arithmetic = vec![format!("{} > {}", shown(part), shown(total))];
    audit.drafts.push(draft);
}

/// Points by which a total's growth must lie outside its parts' where several texts give them: of one reporter, and
/// of none that is named.
const BEYOND: (i64, i64) = (2, 5);

/// A total cannot grow faster or slower than both of its parts.
fn between(audit: &mut Audit<'_, '_>, total: At<'_>, a: At<'_>, b: At<'_>) {
    let span = Interval {
        low: a.value.hard.low.zip(b.value.hard.low).map(|(x, y)| x.min(y)),
        high: a.value.hard.high.zip(b.value.hard.high).map(|(x, y)| x.max(y)),
        low_open: false,
        high_open: false,
    };
    let one_text = audit.one_text(a.value, total.value) && audit.one_text(b.value, total.value);
    let reporters = [a, b, total].map(|at| audit.cells[at.cell].key.reporter);
    let one_reporter = reporters.iter().all(|reporter| *reporter == reporters[0]);
    let room = Decimal::from(if reporters[0].is_some() { BEYOND.0 } else { BEYOND.1 });
    let far = || !span.plus(&Interval::closed(-room, room)).meets(&total.value.hard);
    if span.meets(&total.value.hard) || !(one_text || one_reporter && far()) {
        return;
    }
    let message = format!(
        "{} is said to change by {}, but its parts change by {} and {}: a total's growth lies between its parts'.",
        audit.subject(total.cell),
        audit.quoted(total.cell, total.value),
        audit.quoted(a.cell, a.value),
        audit.quoted(b.cell, b.value),
    );
    let (kind, cause, severity) = if one_text {
        (FindingType::Misprint, Cause::Misprint, Severity::Error)
    } else {
        (FindingType::Contradiction, Cause::Unexplained, Severity::Warning)
    };
    let mut draft = Draft::new(kind, cause, severity, message);
    draft.rows = [total, a, b].iter().filter_map(|at| at.value.rows.first().copied()).collect();
    draft.facts = [total, a, b].iter().map(|at| audit.cells[at.cell].id.clone()).collect();
    audit.drafts.push(draft);
}
