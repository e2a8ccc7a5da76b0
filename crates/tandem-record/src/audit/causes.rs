//! Why two numbers of one cell differ: the first cause that holds, with the sentence that gives it.

use rust_decimal::Decimal;
use tandem_model::record::{Cause, Suggestion};
use tandem_model::{Date, Period};

use super::conflict::{Coverage, LEAST_GAP, MIRROR_GAP, REVISION_GAP, Side, coverage};
use super::{Audit, SeriesKey, Source, currency, series_key};
use crate::corpus::RowId;
use crate::dates::days_between;
use crate::facts::{Reported, figure};
use crate::interval::Interval;
use crate::{names, words};

/// A cause, the sentence that gives it, and what to put right.
#[derive(Clone)]
pub(super) struct Explained {
    pub cause: Cause,
    pub why: String,
    pub suggestion: Option<Suggestion>,
    /// The cell that shows it, beside the two that are compared.
    pub witness: Option<usize>,
    /// The statement between other parties that shows it.
    pub source: Option<Source>,
}

pub(super) fn explained(cause: Cause, why: impl Into<String>) -> Explained {
    Explained { cause, why: why.into(), suggestion: None, witness: None, source: None }
}

/// A cause that a third cell shows.
pub(super) fn witnessed(cause: Cause, why: String, cell: usize) -> Explained {
    Explained { witness: Some(cell), ..explained(cause, why) }
}

/// The first cause that holds, in the order of the contract; but two named reporters explain a
/// moderate difference better than a number that happens to be another year's.
pub(super) fn cause(audit: &mut Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Explained {
    let gap = gap(a.value.value, b.value.value);
    let mirror = mirror(audit, a, b, gap);
    let close = mirror.clone().filter(|_| gap <= Decimal::from(MIRROR_GAP) && a.cell.key.reporter.is_some());
    let named = a.cell.key.reporter.is_some();
    // Two offices' counts may come near any number; one in the very digits is that number.
    let half_named = half_named(a, b, gap);
    let cells = audit.cells;
    let telling = |found: &Explained| {
        let digits = |witness: usize| cells[witness].preferred().value;
        let known = found.witness.map(digits);
        half_named.is_none() || known.is_none_or(|known| known == a.value.value || known == b.value.value)
    };
    close
        .or_else(|| {
            currency::other_unit(audit, a.cell, a.value)
                .or_else(|| currency::other_unit(audit, b.cell, b.value))
        })
        .or_else(|| revision(audit, a, b, gap).filter(|_| named))
        .or_else(|| other_period(audit, a, b).or_else(|| other_period(audit, b, a)).filter(telling))
        .or_else(|| other_flow(audit, a, b).or_else(|| other_flow(audit, b, a)).filter(telling))
        .or(mirror)
        .or_else(|| revision(audit, a, b, gap))
        .or_else(|| other_scope(audit, a, b))
        .or_else(|| other_scope(audit, b, a))
        .or_else(|| definition(audit, a, b))
        .or_else(|| misprint(a, b))
        .or_else(|| counted(a, gap))
        .or_else(|| half_named.clone())
        .unwrap_or_else(|| explained(Cause::Unexplained, "Nothing in the record explains the difference."))
}

/// The difference in per cent of the smaller; very large when the smaller is zero.
pub(super) fn gap(a: Decimal, b: Decimal) -> Decimal {
    let (high, low) = (a.abs().max(b.abs()), a.abs().min(b.abs()));
    let ratio = high.saturating_sub(low).saturating_mul(Decimal::ONE_HUNDRED).checked_div(low);
    ratio.unwrap_or(Decimal::MAX)
}

/// The second value is another period's: a level known for a part of the period or for the year
/// before.
fn other_period(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Option<Explained> {
    let period = b.cell.period?;
    // A period that had not ended cannot have been meant, and a small difference needs no such cause.
    let said = first_row(b.value).and_then(|row| audit.corpus.when(row).latest()).unwrap_or(Date::MAX);
    if gap(a.value.value, b.value.value) < Decimal::from(LEAST_GAP) {
        return None;
    }
    let list = audit.levels(&series_key(b.cell)).iter().copied();
    let near = list.filter(|n| {
        let other = &audit.cells[*n];
        !audit.suspect(*n)
            && super::compatible(other.key.reporter, b.cell.key.reporter)
            && other.period.is_some_and(|p| mistakable(p, period) && p.last() < said)
    });
    let candidate = near.filter(|n| {
        let other = audit.cells[*n].preferred();
        one_number(other, b.value) && !other.hard.meets(&a.value.hard)
    });
    // Of several, the one of the same year tells most.
    let year = |n: &usize| audit.cells[*n].period.map(|p| p.first().year() != period.first().year());
    if let Some(other) = candidate.min_by_key(year).and_then(|n| Some((n, audit.cells[n].period?))) {
        let why = format!(
            "{} is what is reported {}, so it is likely that period's.",
            words::amount(b.value.value, b.cell.key.unit),
            format_args!("for {}", words::period(other.1)),
        );
        let suggestion = Suggestion {
            field: "period".to_owned(),
            from: period.to_string(),
            to: other.1.to_string(),
            why: why.clone(),
        };
        return Some(Explained { suggestion: Some(suggestion), ..witnessed(Cause::Period, why, other.0) });
    }
    if let Some(why) = so_far(audit, a, b) {
        return Some(explained(Cause::Period, why));
    }
    const PART: [&str; 6] =
        ["so far", "since the beginning", "since the start", " months", " quarter", "half of"];
    let said = |value: &Reported| {
        quotes(audit, value).iter().any(|quote| PART.iter().any(|word| quote.contains(word)))
    };
    (said(b.value) && !said(a.value) && b.value.value < a.value.value)
        .then(|| explained(Cause::Period, "The smaller one is worded as a part of the year."))
}

/// The second value was told before the last month of its period began, the first, a larger one, after its end:
/// the second can only count the period so far.
fn so_far(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Option<String> {
    let period = b.cell.period.filter(|period| period.months() > 1)?;
    let when = |side: Side<'_, '_>| first_row(side.value).map(|row| audit.corpus.when(row));
    let (told, later) = (when(b)?, when(a)?);
    let before = told.latest().is_some_and(|day| day < period.last().first_of_month());
    let after = later.earliest().is_some_and(|day| day > period.last());
    (before && after && b.value.value < a.value.value).then(|| {
        format!(
            "The smaller one was reported {}, before {} was over, so it counts that period so far.",
            told.words(),
            words::period(period)
        )
    })
}

/// Whether a value of the one period is likely to be printed for the other: a part of the year for the year, a financial
/// year for the calendar year that it meets, or the year before's for this one's.
fn mistakable(one: Period, other: Period) -> bool {
    let part = other.contains(one) && other.first() == one.first() && one.months() < other.months();
    let before = other.year_earlier().same_days(one);
    // A financial year that ends in the calendar year, or begins in it.
    let year = |p: Period| p.months() == 12;
    let straddles = year(one) && year(other) && one.overlaps(other) && !one.same_days(other);
    // "The first half" for what nine months brought.
    let longer = one.contains(other)
        && other.first() == one.first()
        && (other.months() + 1..12).contains(&one.months());
    part || before || straddles || longer
}

/// Whether two values are one number: intervals that meet are not enough where they are wide.
fn one_number(a: &Reported, b: &Reported) -> bool {
    let near = a.value.saturating_sub(b.value).abs() <= b.value.abs().saturating_mul(Decimal::new(3, 2));
    near && a.hard.meets(&b.hard)
}

pub(super) fn quotes(audit: &Audit<'_, '_>, value: &Reported) -> Vec<String> {
    value.rows.iter().map(|row| audit.corpus.statement(*row).evidence.exact.to_lowercase()).collect()
}

/// The second value is another flow's: exports for turnover, goods for goods and services.
fn other_flow(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Option<Explained> {
    const FLOWS: [&str; 4] = ["trade_turnover", "exports", "imports", "trade_balance"];
    if !FLOWS.contains(&b.cell.key.indicator) {
        return None;
    }
    let days = b.cell.key.days?;
    let directions = |key: &SeriesKey<'_>| -> Vec<(Option<String>, Option<String>)> {
        let owned = |text: &str| Some(text.to_owned());
        match key.parties {
            [x, y] => vec![(None, None), (owned(x), owned(y)), (owned(y), owned(x))],
            _ => vec![(None, None)],
        }
    };
    let key = series_key(b.cell);
    for indicator in FLOWS {
        for (from, to) in directions(&key) {
            if indicator == key.indicator && (from.as_deref(), to.as_deref()) == (key.from, key.to) {
                continue;
            }
            let party = key.parties.first().map_or("", String::as_str);
            let hit = audit.concerning(indicator, days, party).iter().find(|n| {
                let (cell, other) = (&audit.cells[**n], audit.cells[**n].preferred());
                let flow = (cell.key.from, cell.key.to) == (from.as_deref(), to.as_deref());
                let same = cell.key.parties == key.parties
                    && cell.key.scope == key.scope
                    && cell.key.unit == key.unit;
                flow && same && other.hard.meets(&b.value.hard) && !other.hard.meets(&a.value.hard)
            });
            if let Some(&hit) = hit {
                let why = format!(
                    "{} is what is reported for {} in that period.",
                    words::amount(b.value.value, b.cell.key.unit),
                    words::indicator(indicator, None)
                );
                return Some(witnessed(Cause::Flow, why, hit));
            }
        }
    }
    let services = |value: &Reported| coverage(audit, value) == Coverage::WithServices;
    (services(a.value) != services(b.value))
        .then(|| explained(Cause::Flow, "One of them counts services with the goods."))
}

/// Two offices that both are named differ by no more than this, in per cent of the smaller: goods that pass through a third
/// country may be most of one side's count.
const WIDEST_MIRROR: i64 = 200;

/// Different statistical offices.
fn mirror(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>, gap: Decimal) -> Option<Explained> {
    let why = |x: &str, y: &str| {
        let (x, y) = (names::of(x), names::of(y));
        format!("One is the figure of {x}, the other that of {y}: mirror statistics differ, and both stand.")
    };
    if let (Some(x), Some(y)) = (a.cell.key.reporter, b.cell.key.reporter) {
        return (x != y && gap <= Decimal::from(WIDEST_MIRROR))
            .then(|| explained(Cause::Reporter, why(x, y)));
    }
    // A value without a reporter that agrees with a named one's is that reporter's.
    let named = |side: Side<'_, '_>| {
        let days = side.cell.key.days?;
        audit
            .levels_at(&series_key(side.cell), days)
            .filter(|n| audit.cells[*n].preferred().hard.meets(&side.value.hard))
            .find_map(|n| audit.cells[n].key.reporter)
    };
    match (named(a), named(b)) {
        (Some(x), Some(y)) if x != y => Some(explained(Cause::Reporter, why(x, y))),
        _ => None,
    }
}

/// One side's count beside one that names nobody, which may be the other's. Nothing shows it, so everything else is
/// tried first.
fn half_named(a: Side<'_, '_>, b: Side<'_, '_>, gap: Decimal) -> Option<Explained> {
    let (one, none) = (a.cell.key.reporter.xor(b.cell.key.reporter)?, &a.cell.key);
    let counted_by_both =
        matches!(none.indicator, "trade_turnover" | "exports" | "imports" | "trade_balance" | "tourists");
    let [x, y] = none.parties else { return None };
    let other = if one == x { y } else { x };
    let side = one == x || one == y;
    (side && counted_by_both && gap <= Decimal::from(MIRROR_GAP)).then(|| {
        let (one, other) = (names::of(one), names::of(other));
        let why = format!(
            "One is the figure of {one}; the other names no office and may be that of {other}: mirror statistics differ by as much."
        );
        explained(Cause::Reporter, why)
    })
}

/// Days after which an office may have counted anew without saying so.
const ANEW: i64 = 7;

/// One reporter, later; two swapped digits are a slip unless somebody says that they were corrected.
fn revision(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>, gap: Decimal) -> Option<Explained> {
    let (x, y) = (first_row(a.value)?, first_row(b.value)?);
    let source = |row: RowId| {
        let figure = figure(audit.corpus, row)?;
        figure.office.as_ref().or(audit.corpus.statement(row).by.as_ref()).map(|name| office_key(name))
    };
    let offices = |row: RowId| figure(audit.corpus, row)?.office.as_ref().map(|name| office_key(name));
    let one_office = match (offices(x), offices(y)) {
        (Some(x), Some(y)) => one_body(&x, &y),
        _ => true,
    };
    let (first, second) = if x < y { (x, y) } else { (y, x) };
    let one_source = || match source(x).zip(source(y)) {
        Some((x, y)) => one_body(&x, &y),
        None => source(x).is_none() && source(y).is_none() && share_a_source(audit, x, y),
    };
    let corrected = says_so(audit, second, &CORRECTED) || says_so(audit, first, &PRELIMINARY);
    let one_reporter = match (a.cell.key.reporter, b.cell.key.reporter) {
        (Some(x), Some(y)) => x == y,
        (None, None) => corrected || one_source(),
        _ => corrected,
    };
    let (before, after) = (audit.corpus.when(first), audit.corpus.when(second));
    let days = before.latest().zip(after.earliest()).map(|(from, to)| days_between(from, to));
    let later = days.is_some_and(|days| days >= if corrected { 1 } else { ANEW });
    let slip = !corrected && swapped(a.value.value.abs(), b.value.value.abs());
    (one_reporter && one_office && later && !slip && gap <= Decimal::from(REVISION_GAP)).then(|| {
        explained(
            Cause::Revision,
            format!(
                "The same reporter gave the one {} and the other {}: the later one is a revision.",
                audit.corpus.when(first).words(),
                audit.corpus.when(second).words()
            ),
        )
    })
}

/// Words of a number that will be, or has been, counted better.
const PRELIMINARY: [&str; 5] =
    ["preliminar", "provisional", "flash estimate", "first estimate", "initial data"];
/// See [`PRELIMINARY`].
const CORRECTED: [&str; 13] = [
    "revised",
    "revision",
    "corrected",
    "restated",
    "updated",
    "recalculated",
    "adjusted",
    "final data",
    "final figure",
    " now stand",
    " now put",
    " now give",
    " now count",
];

/// Whether the words around a statement have one of some.
fn says_so(audit: &Audit<'_, '_>, row: RowId, words: &[&str]) -> bool {
    let evidence = &audit.corpus.statement(row).evidence;
    let around = format!("{}{}{}", evidence.prefix, evidence.exact, evidence.suffix).to_lowercase();
    words.iter().any(|word| around.contains(word))
}

/// Whether the texts of two statements name one body as their source.
fn share_a_source(audit: &Audit<'_, '_>, a: RowId, b: RowId) -> bool {
    let sources = |row: RowId| {
        let named = audit.corpus.doc_of(row).card.into_iter().flat_map(|card| &card.marks.sources);
        named.map(|name| office_key(name)).collect::<Vec<_>>()
    };
    let (a, b) = (sources(a), sources(b));
    a.iter().any(|x| b.iter().any(|y| one_body(x, y)))
}

/// The words of a body's present name, sorted, without those that only say whose it is.
fn office_key(name: &str) -> Vec<String> {
    const EMPTY: [&str; 8] = ["the", "of", "for", "and", "s", "republic", "national", "state"];
    let name = names::present_name(name);
    let words = name.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word));
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

/// Whether one name says no more than the other: "statistics office", "the Statistics Office of Ghana".
fn one_body(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

pub(super) fn first_row(value: &Reported) -> Option<RowId> {
    value.rows.first().copied()
}

/// The second value is that of a region or of one country's whole trade.
fn other_scope(audit: &mut Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Option<Explained> {
    let days = b.cell.key.days?;
    let key = &b.cell.key;
    let fits = |hard: &Interval| hard.meets(&b.value.hard) && !hard.meets(&a.value.hard);
    let party = key.parties.first()?;
    let scoped = audit.concerning(key.indicator, days, party).iter().find_map(|n| {
        let other = &audit.cells[*n];
        let same = other.key.parties == key.parties && other.key.unit == key.unit;
        let shows = same && other.key.scope != key.scope && fits(&other.preferred().hard);
        shows.then_some((*n, &other.key.scope))
    });
    let why = |whose: &str| {
        format!("{} is what is reported for {whose}.", words::amount(b.value.value, b.cell.key.unit))
    };
    if let Some((witness, scope)) = scoped {
        let whose = scope.clone().unwrap_or_else(|| words::parties(key.parties));
        return Some(witnessed(Cause::Scope, why(&whose), witness));
    }
    let values = (&b.value.hard, &a.value.hard);
    let answer = audit.beyond((key.indicator, days, key.unit), values, key.parties)?;
    let why = why(&words::parties(&answer.parties));
    Some(Explained { source: answer.source, ..explained(Cause::Scope, why) })
}

/// Two offices of one country count different things.
fn definition(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Option<Explained> {
    // What is counted one by one is counted by somebody's rule, office or not.
    let counted = a.cell.key.unit == "count";
    let office = |side: Side<'_, '_>| {
        let row = first_row(side.value)?;
        let by = || audit.corpus.statement(row).by.clone().filter(|_| counted);
        figure(audit.corpus, row)?.office.clone().or_else(by)
    };
    let (x, y) = (office(a)?, office(b)?);
    (!one_body(&office_key(&x), &office_key(&y))).then(|| {
        explained(Cause::Definition, format!("One is from {x}, the other from {y}, which count differently."))
    })
}

/// Firms, jobs and projects are counted by rules: registered or at work, with any foreign capital or with
/// most of it.
fn counted(a: Side<'_, '_>, gap: Decimal) -> Option<Explained> {
    /// Per cent: five times as many firms are registered as are at work, at most.
    const BY_RULE: u32 = 400;
    let by_rule = matches!(a.cell.key.indicator, "companies" | "jobs" | "projects");
    let moderate = by_rule && a.cell.key.unit == "count" && gap <= Decimal::from(BY_RULE);
    moderate.then(|| {
        explained(Cause::Definition, "Counts of one time differ so when they count by different rules.")
    })
}

/// A power of ten, or two digits swapped.
fn misprint(a: Side<'_, '_>, b: Side<'_, '_>) -> Option<Explained> {
    if let Some(word) = off_by_power(a, b) {
        let why = format!("They differ by a factor of {word}: one is misprinted.");
        return Some(explained(Cause::Misprint, why));
    }
    swapped(a.value.value.abs(), b.value.value.abs())
        .then(|| explained(Cause::Misprint, "Two neighbouring digits are swapped: one is misprinted."))
}

/// The power of ten, in words, by which two values differ.
fn off_by_power(a: Side<'_, '_>, b: Side<'_, '_>) -> Option<&'static str> {
    let (x, y) = (a.value.value.abs(), b.value.value.abs());
    let (high, low) = (x.max(y), x.min(y));
    let off = |(power, _): &(i64, &str)| {
        let scaled = low.saturating_mul(Decimal::from(*power));
        (scaled.saturating_sub(high)).abs() <= high.saturating_mul(Decimal::new(3, 2))
    };
    let powers = [(10, "10"), (1000, "1000"), (1_000_000, "1,000,000")];
    powers.into_iter().find(off).map(|(_, word)| word)
}

fn swapped(a: Decimal, b: Decimal) -> bool {
    let digits = |v: Decimal| v.normalize().to_string().into_bytes();
    let (a, b) = (digits(a), digits(b));
    let differ: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    // "4.3" and "3.4": neighbours, a decimal point between them not counting.
    let neighbours = |i: usize, j: usize| j == i + 1 || (j == i + 2 && a[i + 1] == b'.');
    a.len() == b.len() && matches!(differ[..], [i, j] if neighbours(i, j) && a[i] == b[j] && a[j] == b[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_digits() {
        let check = |a: &str, b: &str, expected| {
            assert_eq!(swapped(a.parse().unwrap(), b.parse().unwrap()), expected, "{a} {b}");
        };
        check("4.3", "3.4", true);
        check("4230", "4320", true);
        check("4.3", "4.4", false);
        check("4.3", "43", false);
    }
}
