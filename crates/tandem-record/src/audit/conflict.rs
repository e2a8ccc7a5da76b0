//! Two reports of one cell whose hard intervals do not meet, and the likeliest cause.
//!
//! Within a cell every value is held against the preferred one; across reporters only the preferred
//! values are, so that one odd report gives one finding. Causes are tried in the order of the
//! contract, and the first that holds is named; what nothing explains is called unexplained.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, FindingType, Severity, Suggestion};
use tandem_model::{Date, Measure, Period};

use super::{Audit, SeriesKey, currency, equation, percent, series_key};
use crate::corpus::RowId;
use crate::dates::days_between;
use crate::facts::{Cell, Reported, figure};
use crate::findings::Draft;
use crate::interval::Interval;
use crate::{names, words};

/// Mirror statistics may be this far apart before another cause is looked for, in per cent.
const MIRROR_GAP: i64 = 35;
/// Below this difference, in per cent, the number of another period is no likely cause.
const LEAST_GAP: i64 = 5;
/// A revision is smaller than this, in per cent.
const REVISION_GAP: i64 = 20;

/// Days within which two reports' present is one.
const ONE_MONTH: i64 = 31;

/// A value with its cell.
#[derive(Clone, Copy)]
struct Side<'c, 'a> {
    number: usize,
    cell: &'c Cell<'a>,
    value: &'c Reported,
}

pub(crate) fn conflicts(audit: &mut Audit<'_, '_>) {
    for (number, cell) in audit.cells.iter().enumerate().filter(|(_, cell)| cell.asserted()) {
        let side = |value| Side { number, cell, value };
        let mut told: Vec<(&Reported, usize)> = Vec::new();
        for other in &cell.values[1..] {
            // What one report says of the preferred value, a like one says too: 24 and 24.1 against 31.2.
            if let Some((_, draft)) = told.iter().find(|(known, _)| known.hard.meets(&other.hard)) {
                audit.drafts[*draft].rows.extend(&other.rows);
                continue;
            }
            let next = audit.drafts.len();
            compare(audit, side(cell.preferred()), side(other));
            told.extend((audit.drafts.len() > next).then_some((other, next)));
        }
    }
    for place in 0..audit.series.len() {
        let list = audit.series[place].1.clone();
        for cells in list.chunk_by(|a, b| audit.cells[*a].key.days == audit.cells[*b].key.days) {
            across_reporters(audit, cells);
        }
    }
    guesses(audit);
    same_flows(audit);
    stocks(audit);
    currency::one_number_in_two(audit);
}

/// What one country imports from another is what the other exports to it. The two differ by freight and by office;
/// they are held against one another only where one of them is another flow's number.
fn same_flows(audit: &mut Audit<'_, '_>) {
    let cells = audit.cells;
    let side = |n: usize| Side { number: n, cell: &cells[n], value: cells[n].preferred() };
    for place in 0..audit.series.len() {
        let (key, exports) = audit.series[place].clone();
        if key.indicator != "exports" || key.from.is_none() || key.to.is_none() {
            continue;
        }
        let bought = SeriesKey { indicator: "imports", ..key };
        for a in exports {
            let Some(days) = cells[a].key.days else { continue };
            let told = cells[a].preferred();
            let apart = |b: &usize| !audit.one_text(told, cells[*b].preferred());
            let others: Vec<usize> = audit.levels_at(&bought, days).filter(apart).collect();
            for b in others {
                hold(audit, side(b), side(a), &[Cause::Flow]);
            }
        }
    }
}

/// The least confidence of a figure that may be held against a surely read one.
const GUESSED: f64 = 0.75;

/// Figures read with less confidence, held against surely read ones: they are heard only where the other number is
/// what the record has for something else, which no misreading would bring about.
fn guesses(audit: &mut Audit<'_, '_>) {
    let cells = audit.cells;
    let sure: FxHashMap<_, usize> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.asserted())
        .map(|(n, cell)| (&cell.key, n))
        .collect();
    for (number, cell) in cells.iter().enumerate() {
        let Some(key) = cell.key.read_surely() else { continue };
        let Some(&other) = sure.get(&key) else { continue };
        let value = cell.preferred();
        let fair = value.rows.iter().any(|row| audit.corpus.statement(*row).confidence >= GUESSED);
        let known = cells[other].preferred();
        if fair && cell.period.is_some() && value.origins > 0 && !audit.one_text(value, known) {
            let (a, b) =
                (Side { number: other, cell: &cells[other], value: known }, Side { number, cell, value });
            hold(audit, a, b, &[Cause::Period, Cause::Flow, Cause::Scope]);
        }
    }
}

/// Companies at work, counted by two reports of one month: without a period a count is the report's own
/// day's, and within a month such a number hardly moves.
fn stocks(audit: &mut Audit<'_, '_>) {
    let cells = audit.cells;
    let side = |n: usize| Side { number: n, cell: &cells[n], value: cells[n].preferred() };
    let told = |n: &usize| first_row(cells[*n].preferred());
    let key = |n: usize| {
        let key = &cells[n].key;
        (key.parties, key.indicator, key.scope.clone(), key.from, key.to, key.reporter)
    };
    let counted = |n: &usize| {
        let cell = &cells[*n];
        let stock = cell.key.indicator == "companies" && cell.key.measure == Measure::Count;
        stock && cell.asserted() && cell.preferred().origins > 0 && of_its_day(audit, cell)
    };
    let mut counts: Vec<usize> = (0..cells.len()).filter(counted).collect();
    counts.sort_by_cached_key(|n| (key(*n), told(n)));
    for pair in counts.windows(2).filter(|pair| key(pair[0]) == key(pair[1])) {
        let doc = |n: usize| told(&n).map(|row| audit.corpus.doc_of(row));
        let (Some(a), Some(b)) = (doc(pair[0]), doc(pair[1])) else { continue };
        let near = a.when.date.zip(b.when.date).is_some_and(|(x, y)| days_between(x, y).abs() <= ONE_MONTH);
        let dated = pair.iter().all(|n| cells[*n].period.is_some());
        if near && !dated && a.group != b.group {
            compare(audit, side(pair[0]), side(pair[1]));
        }
    }
}

/// Whether a count is its report's own day's: without a period, or of the month in which or before which it was
/// reported.
fn of_its_day(audit: &Audit<'_, '_>, cell: &Cell<'_>) -> bool {
    let Some(period) = cell.period else { return true };
    let told = first_row(cell.preferred()).and_then(|row| audit.corpus.when(row).date);
    let near = |day: Date| (0..=2 * ONE_MONTH).contains(&days_between(period.first(), day));
    period.months() <= 1 && told.is_some_and(near)
}

fn across_reporters(audit: &mut Audit<'_, '_>, cells: &[usize]) {
    let all = audit.cells;
    let side = |n: usize| Side { number: n, cell: &all[n], value: all[n].preferred() };
    let (named, unnamed): (Vec<usize>, Vec<usize>) =
        cells.iter().copied().partition(|n| audit.cells[*n].key.reporter.is_some());
    for (place, a) in named.iter().enumerate() {
        for b in &named[place + 1..] {
            compare(audit, side(*a), side(*b));
        }
    }
    for n in unnamed {
        // What one office's figure agrees with is that office's.
        let explained = named.iter().any(|m| side(*m).value.hard.meets(&side(n).value.hard));
        if let Some(first) = named.first().filter(|_| !explained) {
            compare(audit, side(*first), side(n));
        }
    }
}

fn compare(audit: &mut Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) {
    hold(audit, a, b, &[]);
}

/// Holds two values against one another; of `only` some causes, when there are any.
fn hold(audit: &mut Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>, only: &[Cause]) {
    let flagged = |side: &Side<'_, '_>| side.value.rows.iter().any(|row| audit.suspects.contains(row));
    if a.value.hard.meets(&b.value.hard) || flagged(&a) || flagged(&b) {
        return;
    }
    let one_text = audit.one_text(a.value, b.value);
    let mirrored = a.cell.key.reporter != b.cell.key.reporter;
    // A text that sets two offices side by side tells of the difference itself.
    if (one_text && (mirrored || !once_in_a_text(audit, a, b))) || is_unscoped_freight(a.cell) {
        return;
    }
    if told_apart(audit, a, b) {
        return;
    }
    let Explained { cause, why, suggestion, witness } = cause(audit, a, b);
    if !only.is_empty() && !only.contains(&cause) {
        return;
    }
    // Two numbers of one text for one cell are mostly two things that its words tell apart better than
    // we do; digits that are swapped or shifted are worth a word all the same.
    if one_text && cause != Cause::Misprint {
        return;
    }
    // Travellers go both ways, and a text that names no direction for them is most often read too simply.
    let travel = matches!(a.cell.key.indicator, "tourists" | "passengers");
    let directed = |side: Side<'_, '_>| side.cell.key.from.is_some() && side.cell.key.to.is_some();
    if travel && cause == Cause::Unexplained && !(directed(a) && directed(b)) {
        return;
    }
    // Exports come by commodity, and a quote does not always say of which.
    let part = matches!(a.cell.key.indicator, "exports" | "imports");
    if part && cause == Cause::Unexplained && gap(a.value.value, b.value.value) > Decimal::ONE_HUNDRED {
        return;
    }
    // Freight is told by line, by crossing and by carrier, and few texts say of how many of them.
    let freight = a.cell.key.indicator == "freight";
    let vague = matches!(cause, Cause::Unexplained | Cause::Definition);
    if freight && vague && gap(a.value.value, b.value.value) > Decimal::from(MIRROR_GAP) {
        return;
    }
    let change = matches!(a.cell.key.measure, Measure::ChangePct | Measure::ChangeAbs);
    if change && cause == Cause::Unexplained && (part || levels_disagree(audit, a.cell)) {
        return;
    }
    let kind = match cause {
        // Off by a power of ten, or one text against itself; two reports with swapped digits are two reports.
        Cause::Misprint if one_text || off_by_power(a, b).is_some() => FindingType::Misprint,
        _ => FindingType::Conflict,
    };
    let severity = match cause {
        Cause::Reporter | Cause::Revision => Severity::Info,
        Cause::Misprint => Severity::Error,
        _ => Severity::Warning,
    };
    let message = format!(
        "{} {} given as {} and as {}; the two do not agree within rounding. {why}",
        audit.subject(a.number),
        words::is_or_are(&audit.subject(a.number)),
        audit.quoted(a.number, a.value),
        audit.quoted(b.number, b.value),
    );
    let mut draft = Draft::new(kind, cause, severity, message);
    draft.rows = a.value.rows.iter().chain(&b.value.rows).copied().collect();
    draft.facts = vec![a.cell.id.clone(), b.cell.id.clone()];
    if let Some(cell) = witness.map(|witness| &audit.cells[witness]) {
        draft.rows.extend(cell.preferred().rows.first());
        draft.facts.push(cell.id.clone());
    }
    let (high, low) = (a.value.value.max(b.value.value), a.value.value.min(b.value.value));
    draft.arithmetic = vec![
        equation(high - low, high, "-", low),
        format!("the difference is {} % of the smaller", percent(high.saturating_sub(low), low)),
    ];
    draft.suggestion = suggestion;
    audit.drafts.push(draft);
}

/// Whether the levels that a change belongs to disagree: then so do the changes, and that says nothing new.
fn levels_disagree(audit: &Audit<'_, '_>, change: &Cell<'_>) -> bool {
    let Some(days) = change.key.days else { return false };
    let levels: Vec<usize> = audit
        .series_of_any_unit(&series_key(change))
        .into_iter()
        .flat_map(|series| audit.levels_at(&audit.series[series].0, days).collect::<Vec<_>>())
        .collect();
    let values: Vec<&Reported> = levels.iter().flat_map(|n| &audit.cells[*n].values).collect();
    values.iter().any(|a| values.iter().any(|b| !a.hard.meets(&b.hard)))
}

/// What a quote says that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coverage {
    Unsaid,
    Goods,
    WithServices,
}

fn coverage(audit: &Audit<'_, '_>, value: &Reported) -> Coverage {
    let quotes = quotes(audit, value);
    let said = |words: &[&str]| quotes.iter().any(|quote| words.iter().any(|word| quote.contains(word)));
    if said(&["services"]) {
        Coverage::WithServices
    } else if said(&["goods", "merchandise"]) {
        Coverage::Goods
    } else {
        Coverage::Unsaid
    }
}

/// Whether the two say themselves that they count different things: goods, and goods with services
/// that come to more.
fn told_apart(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> bool {
    let trade = a.cell.key.indicator == "trade_turnover";
    match (coverage(audit, a.value), coverage(audit, b.value)) {
        (Coverage::Goods, Coverage::WithServices) => trade && a.value.value < b.value.value,
        (Coverage::WithServices, Coverage::Goods) => trade && a.value.value > b.value.value,
        _ => false,
    }
}

/// Whether one text would give this number once: turnover in money, given twice, in one voice. Exports
/// come by commodity and firms in many definitions, and a text that quotes two voices reports their
/// difference itself.
fn once_in_a_text(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> bool {
    let by = |side: Side<'_, '_>| side.value.rows.first().map(|row| &audit.corpus.statement(*row).by);
    let key = &a.cell.key;
    let total =
        key.indicator == "trade_turnover" && key.measure == Measure::Level && currency::is_currency(key.unit);
    // A period carried over from another sentence is no ground to call a number wrong.
    let carried = |side: Side<'_, '_>| {
        side.value.rows.iter().any(|row| figure(audit.corpus, *row).is_some_and(|f| f.period_carried))
    };
    total && a.cell.values.len() == 2 && by(a) == by(b) && !carried(a) && !carried(b)
}

/// Tonnes of goods that are not named: two such numbers are two goods.
fn is_unscoped_freight(cell: &Cell<'_>) -> bool {
    let goods = matches!(cell.key.indicator, "exports" | "imports") && cell.key.scope.is_none();
    goods && cell.key.measure == Measure::Level && !currency::is_currency(cell.key.unit)
}

/// A cause, the sentence that gives it, and what to put right.
#[derive(Clone)]
pub(super) struct Explained {
    cause: Cause,
    why: String,
    suggestion: Option<Suggestion>,
    /// The cell that shows it, beside the two that are compared.
    witness: Option<usize>,
}

pub(super) fn explained(cause: Cause, why: impl Into<String>) -> Explained {
    Explained { cause, why: why.into(), suggestion: None, witness: None }
}

/// A cause that a third cell shows.
pub(super) fn witnessed(cause: Cause, why: String, cell: usize) -> Explained {
    Explained { witness: Some(cell), ..explained(cause, why) }
}

/// The first cause that holds, in the order of the contract; but two named reporters explain a
/// moderate difference better than a number that happens to be another year's.
fn cause(audit: &mut Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> Explained {
    let gap = gap(a.value.value, b.value.value);
    let mirror = mirror(audit, a, b, gap);
    let close = mirror.clone().filter(|_| gap <= Decimal::from(MIRROR_GAP) && a.cell.key.reporter.is_some());
    let named = a.cell.key.reporter.is_some();
    close
        .or_else(|| {
            currency::other_unit(audit, a.cell, a.value)
                .or_else(|| currency::other_unit(audit, b.cell, b.value))
        })
        .or_else(|| revision(audit, a, b, gap).filter(|_| named))
        .or_else(|| other_period(audit, a, b).or_else(|| other_period(audit, b, a)))
        .or_else(|| other_flow(audit, a, b).or_else(|| other_flow(audit, b, a)))
        .or(mirror)
        .or_else(|| revision(audit, a, b, gap))
        .or_else(|| other_scope(audit, a, b))
        .or_else(|| other_scope(audit, b, a))
        .or_else(|| definition(audit, a, b))
        .or_else(|| misprint(a, b))
        .or_else(|| counted(a, gap))
        .unwrap_or_else(|| explained(Cause::Unexplained, "Nothing in the record explains the difference."))
}

/// The difference in per cent of the smaller; very large when the smaller is zero.
fn gap(a: Decimal, b: Decimal) -> Decimal {
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

/// Whether a value of the one period is likely to be printed for the other: a part of the year for the
/// year, or the year before's for this one's.
fn mistakable(one: Period, other: Period) -> bool {
    let part = other.contains(one) && other.first() == one.first() && one.months() < other.months();
    let before = other.year_earlier().same_days(one);
    part || before
}

/// Whether two values are one number: intervals that meet are not enough where they are wide.
fn one_number(a: &Reported, b: &Reported) -> bool {
    let near = a.value.saturating_sub(b.value).abs() <= b.value.abs().saturating_mul(Decimal::new(3, 2));
    near && a.hard.meets(&b.hard)
}

fn quotes(audit: &Audit<'_, '_>, value: &Reported) -> Vec<String> {
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

/// Different statistical offices.
fn mirror(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>, gap: Decimal) -> Option<Explained> {
    let why = |x: &str, y: &str| {
        let (x, y) = (names::of(x), names::of(y));
        format!("One is the figure of {x}, the other that of {y}: mirror statistics differ, and both stand.")
    };
    if let (Some(x), Some(y)) = (a.cell.key.reporter, b.cell.key.reporter) {
        return (x != y && gap <= Decimal::from(2 * MIRROR_GAP))
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

/// One reporter, later.
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
    let later = audit.corpus.when(first).surely_before(&audit.corpus.when(second));
    (one_reporter && one_office && later && gap <= Decimal::from(REVISION_GAP)).then(|| {
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
const CORRECTED: [&str; 6] = ["revised", "updated", "recalculated", "adjusted", "final data", "final figure"];

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

fn first_row(value: &Reported) -> Option<RowId> {
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
        (same && other.key.scope != key.scope && fits(&other.preferred().hard)).then_some(&other.key.scope)
    });
    let whose = match scoped {
        Some(Some(scope)) => scope.clone(),
        Some(None) => words::parties(key.parties),
        None => {
            let values = (&b.value.hard, &a.value.hard);
            words::parties(&audit.beyond((key.indicator, days, key.unit), values, key.parties)?)
        }
    };
    Some(explained(
        Cause::Scope,
        format!("{} is what is reported for {whose}.", words::amount(b.value.value, b.cell.key.unit)),
    ))
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
    let by_rule = matches!(a.cell.key.indicator, "companies" | "jobs" | "projects");
    let moderate = by_rule && a.cell.key.unit == "count" && gap <= Decimal::ONE_HUNDRED;
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
