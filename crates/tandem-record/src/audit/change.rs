//! Changes against levels: x(period) = x(base) + Δ, x(period) = x(base) × (1 + p/100).
//!
//! A change and one level give the other level, which is shown as derived. With both levels known the
//! three must fit: numbers of one text that do not are a misprint; numbers of several texts that do
//! not are a revision when one reporter's base moved a little, else a contradiction.

use rust_decimal::Decimal;
use tandem_model::record::{Cause, Derived, FindingType, Severity, Suggestion};
use tandem_model::{Date, Measure, Number, Period};

use super::{Audit, DerivedLevel, compatible, equation, percent, series_key};
use crate::corpus::RowId;
use crate::facts::Reported;
use crate::findings::Draft;
use crate::interval::Interval;
use crate::words;

/// A base that moved by no more than this was revised, in per cent.
const REVISED: i64 = 5;

/// A level beside a change.
#[derive(Clone, Copy)]
struct Level<'c> {
    cell: usize,
    value: &'c Reported,
}

pub(crate) fn changes(audit: &mut Audit<'_, '_>) {
    for number in 0..audit.cells.len() {
        let cell = &audit.cells[number];
        let Some(period) = cell.period.filter(|_| cell.asserted()) else { continue };
        if !matches!(cell.key.measure, Measure::ChangeAbs | Measure::ChangePct) {
            continue;
        }
        for value in &cell.values {
            change(audit, number, value, period);
        }
    }
}

fn change<'c>(audit: &mut Audit<'c, '_>, number: usize, value: &'c Reported, period: Period) {
    let cell = &audit.cells[number];
    let stated = cell.base;
    // Without a named base a growth is mostly year on year; that is enough to hold one text's own
    // numbers against one another, not to derive anything.
    let base = stated.unwrap_or_else(|| period.year_earlier());
    let days = |p: Period| (p.first(), p.last());
    let Some(now) = level(audit, number, value, days(period)) else { return };
    let Some(implied) = implied(now.value, value, cell.key.measure, cell.key.unit) else { return };
    let before = level(audit, number, value, days(base))
        .filter(|b| audit.cells[b.cell].key.unit == audit.cells[now.cell].key.unit);
    if stated.is_some() {
        derive(audit, (number, value), now, base, implied);
    }
    // Two offices' levels differ, so that no change need lead from the one to the other.
    let reporter = |level: &Level<'_>| audit.cells[level.cell].key.reporter;
    let Some(before) = before.filter(|b| b.cell != now.cell && reporter(b) == reporter(&now)) else { return };
    let one_text = audit.one_text(value, now.value) && audit.one_text(value, before.value);
    // Of levels that reports disagree on, nobody knows which one the change was reckoned from.
    let contested = [now, before].iter().any(|level| is_contested(audit, level.cell));
    // Growth in a whole year is growth on the year before; of months nobody knows on what.
    let yearly = period.months() == 12 && far_apart(before.value, implied.1);
    let told = stated.is_some() || yearly;
    if !one_text && (!told || contested || agrees(audit, before.cell, &implied.0)) {
        return;
    }
    if !implied.0.meets(&before.value.hard) {
        report(audit, (number, value), now, before, implied.1, one_text);
    }
}

/// The level for some days beside a change: of the same text if it gives one, else the preferred one
/// of a reporter that can be the same.
fn level<'c>(
    audit: &Audit<'c, '_>,
    change: usize,
    value: &Reported,
    days: (Date, Date),
) -> Option<Level<'c>> {
    let cells: &'c [crate::facts::Cell<'_>] = audit.cells;
    let cell = &cells[change];
    let wanted = (cell.key.measure == Measure::ChangeAbs).then_some(cell.key.unit);
    let mut found: Option<Level<'c>> = None;
    for series in audit.series_of_any_unit(&series_key(cell)) {
        if wanted.is_some_and(|unit| audit.series[series].0.unit != unit) {
            continue;
        }
        let key = audit.series[series].0.clone();
        for number in audit.levels_at(&key, days).filter(|n| !audit.suspect(*n)) {
            if !compatible(cells[number].key.reporter, cell.key.reporter) {
                continue;
            }
            let mut own = cells[number].values.iter().filter(|other| audit.one_text(other, value));
            if let Some(first) = own.next() {
                // A text that gives two numbers for one period means two things, and which is the change's is not told.
                let one = own.all(|other| other.hard.meets(&first.hard));
                return one.then_some(Level { cell: number, value: first });
            }
            found = found.or(Some(Level { cell: number, value: cells[number].preferred() }));
        }
    }
    found
}

/// Whether reports give a cell values that do not agree.
fn is_contested(audit: &Audit<'_, '_>, cell: usize) -> bool {
    let [first, others @ ..] = &audit.cells[cell].values[..] else { return false };
    others.iter().any(|other| !other.hard.meets(&first.hard))
}

/// Whether a level is further from what a change implies of it than revisions go.
fn far_apart(before: &Reported, implied: Decimal) -> bool {
    let (low, high) = (before.value.min(implied), before.value.max(implied));
    let gap = high.saturating_sub(low).saturating_mul(Decimal::ONE_HUNDRED);
    gap > low.saturating_mul(Decimal::from(REVISED))
}

/// Whether any value of the base's cell fits.
fn agrees(audit: &Audit<'_, '_>, cell: usize, implied: &Interval) -> bool {
    audit.cells[cell].values.iter().any(|value| value.hard.meets(implied))
}

/// The base level that a level and a change imply: its interval and its point.
fn implied(now: &Reported, change: &Reported, measure: Measure, unit: &str) -> Option<(Interval, Decimal)> {
    let hundredth = |v: Decimal| v.saturating_mul(Decimal::new(1, 2));
    match (measure, unit) {
        (Measure::ChangeAbs, _) => {
            Some((now.hard.minus(&change.hard), now.value.saturating_sub(change.value)))
        }
        (_, "%") => {
            let factor = |v: Decimal| Decimal::ONE.saturating_add(hundredth(v));
            let factors = Interval {
                low: change.hard.low.map(factor),
                high: change.hard.high.map(factor),
                ..change.hard
            };
            Some((now.hard.over(&factors), now.value.checked_div(factor(change.value))?))
        }
        (_, "times") if change.value > Decimal::ONE => {
            Some((now.hard.over(&change.hard), now.value.checked_div(change.value)?))
        }
        // "Decreased 4 times" is told as minus four times.
        (_, "times") if change.value < Decimal::NEGATIVE_ONE => {
            Some((now.hard.times(&change.hard.negated()), now.value.checked_mul(-change.value)?))
        }
        _ => None,
    }
}

fn rows(values: &[&Reported]) -> Vec<RowId> {
    let mut rows: Vec<RowId> = values.iter().filter_map(|value| value.rows.first().copied()).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn derive(
    audit: &mut Audit<'_, '_>,
    change: (usize, &Reported),
    now: Level<'_>,
    base: Period,
    implied: (Interval, Decimal),
) {
    let cell = &audit.cells[change.0];
    let unit = audit.cells[now.cell].key.unit.to_owned();
    let rows = rows(&[change.1, now.value]);
    let statements = audit.corpus.statement_ids(&rows);
    let absolute = cell.key.measure == Measure::ChangeAbs;
    let arithmetic = if absolute {
        equation(implied.1, now.value.value, "-", change.1.value)
    } else {
        let (size, _) = words::scale(&[now.value.value]);
        let shown = |value: Decimal| words::scaled(value.round_sf(4).unwrap_or(value), size);
        let times = if cell.key.unit == "times" {
            change.1.value
        } else {
            Decimal::ONE.saturating_add(change.1.value.saturating_mul(Decimal::new(1, 2)))
        };
        let sign = if times < Decimal::ZERO { "*" } else { "/" };
        format!("{} = {} {sign} {}", shown(implied.1), shown(now.value.value), times.abs().normalize())
    };
    let level = Derived {
        measure: Measure::Level,
        period: Some(base),
        value: Number(if absolute { implied.1 } else { implied.1.round_sf(4).unwrap_or(implied.1) }),
        low: implied.0.low.map(Number),
        high: implied.0.high.map(Number),
        unit,
        arithmetic,
        statements: statements.clone(),
    };
    if absolute {
        let rate = percent(change.1.value, implied.1);
        audit.derived.push(DerivedLevel {
            cell: now.cell,
            rows: rows.clone(),
            value: Derived {
                measure: Measure::ChangePct,
                period: audit.cells[now.cell].period,
                value: Number(rate),
                low: None,
                high: None,
                unit: "%".to_owned(),
                arithmetic: format!("{rate} % = {}", equation_ratio(change.1.value, implied.1)),
                statements,
            },
        });
    }
    audit.derived.push(DerivedLevel { cell: now.cell, rows, value: level });
}

/// How many times a level is what it was; negative where it fell.
fn multiple(now: Decimal, before: Decimal) -> Decimal {
    let of = |a: Decimal, b: Decimal| a.checked_div(b).unwrap_or_default().round_dp(2);
    if now < before { -of(before, now) } else { of(now, before) }
}

fn equation_ratio(part: Decimal, whole: Decimal) -> String {
    let (size, _) = words::scale(&[part, whole]);
    format!("{} / {}", words::scaled(part, size), words::scaled(whole, size))
}

fn report(
    audit: &mut Audit<'_, '_>,
    change: (usize, &Reported),
    now: Level<'_>,
    before: Level<'_>,
    implied: Decimal,
    one_text: bool,
) {
    let cell = &audit.cells[change.0];
    let unit = audit.cells[now.cell].key.unit;
    let actual = now.value.value.saturating_sub(before.value.value);
    let is_abs = cell.key.measure == Measure::ChangeAbs;
    let computed = match (is_abs, cell.key.unit) {
        (true, _) => actual,
        (false, "times") => multiple(now.value.value, before.value.value),
        _ => percent(actual, before.value.value),
    };
    let gap = percent(implied.saturating_sub(before.value.value).abs(), before.value.value);
    let (kind, cause, severity, why) = if one_text {
        let why = "The numbers of one text do not fit one another.".to_owned();
        (FindingType::Misprint, Cause::Misprint, Severity::Error, why)
    } else if gap <= Decimal::from(REVISED) && is_later(audit, change.1, before.value) {
        let why = format!(
            "The later report implies {} for the base, {gap} % away: the base was revised or covers something else.",
            words::amount(implied.round_sf(3).unwrap_or(implied), unit)
        );
        (FindingType::Contradiction, Cause::Revision, Severity::Info, why)
    } else {
        let why = format!(
            "The change implies {} for the base.",
            words::amount(implied.round_sf(3).unwrap_or(implied), unit)
        );
        (FindingType::Contradiction, Cause::Unexplained, Severity::Warning, why)
    };
    let message = format!(
        "{} {} given as {} and as {}; that is a change of {}, but {} is printed. {why}",
        audit.subject(now.cell),
        words::is_or_are(&audit.subject(now.cell)),
        audit.quoted(before.cell, before.value),
        audit.quoted(now.cell, now.value),
        words::amount(computed, cell.key.unit),
        words::qualified(change.1.value, change.1.value_max, change.1.bound, cell.key.unit),
    );
    let mut draft = Draft::new(kind, cause, severity, message);
    draft.rows = rows(&[change.1, now.value, before.value]);
    draft.facts =
        vec![cell.id.clone(), audit.cells[now.cell].id.clone(), audit.cells[before.cell].id.clone()];
    draft.arithmetic = vec![equation(actual, now.value.value, "-", before.value.value)];
    if !is_abs {
        draft.arithmetic.push(format!("{computed} % = {}", equation_ratio(actual, before.value.value)));
    }
    draft.suggestion = one_text.then(|| Suggestion {
        field: "value".to_owned(),
        from: change.1.value.normalize().to_string(),
        to: computed.normalize().to_string(),
        why: "It is what the two levels printed beside it give.".to_owned(),
    });
    audit.drafts.push(draft);
}

fn is_later(audit: &Audit<'_, '_>, change: &Reported, base: &Reported) -> bool {
    let when = |value: &Reported| value.rows.first().map(|row| audit.corpus.when(*row));
    when(base).zip(when(change)).is_some_and(|(base, change)| base.surely_before(&change))
}
