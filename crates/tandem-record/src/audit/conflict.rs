//! Two reports of one cell whose hard intervals do not meet, and the likeliest cause.
//!
//! Within a cell every value is held against the preferred one; across reporters only the preferred
//! values are, so that one odd report gives one finding. Causes are tried in the order of the
//! contract, and the first that holds is named; what nothing explains is called unexplained.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, FindingType, Severity};
use tandem_model::{Date, Measure};

use super::causes::{Explained, cause, first_row, gap, quotes};
use super::{Audit, SeriesKey, currency, equation, percent, series_key};
use crate::dates::days_between;
use crate::facts::{Cell, Reported, figure};
use crate::findings::Draft;
use crate::words;

/// Mirror statistics may be this far apart before another cause is looked for, in per cent.
pub(super) const MIRROR_GAP: i64 = 35;
/// Below this difference, in per cent, the number of another period is no likely cause.
pub(super) const LEAST_GAP: i64 = 5;
/// A revision is smaller than this, in per cent.
pub(super) const REVISION_GAP: i64 = 20;

/// Days within which two reports' present is one.
const ONE_MONTH: i64 = 31;

/// A value with its cell.
#[derive(Clone, Copy)]
pub(super) struct Side<'c, 'a> {
    pub number: usize,
    pub cell: &'c Cell<'a>,
    pub value: &'c Reported,
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
/// they are held against one another only where both offices are named or one of them is another flow's number.
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
                hold(audit, side(b), side(a), &[Cause::Flow, Cause::Reporter]);
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

/// How far a count of companies may move within a month, in per cent.
const MONTHS_GROWTH: i64 = 5;

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
        let moved = gap(cells[pair[0]].preferred().value, cells[pair[1]].preferred().value);
        if near && !dated && a.group != b.group && moved > Decimal::from(MONTHS_GROWTH) {
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

/// Whether two shares can be of one whole: the words around them have one of weight in common. "Nine tenths of all that is
/// landed there" and "exports make up three quarters" are two shares, and no report is wrong.
fn one_whole(audit: &Audit<'_, '_>, a: Side<'_, '_>, b: Side<'_, '_>) -> bool {
    const WEIGHTY: usize = 4;
    const UNITS: [&str; 8] = ["percent", "cent", "share", "about", "nearly", "third", "quarter", "total"];
    let around = |value: &Reported| {
        let mut words: Vec<String> = Vec::new();
        for row in &value.rows {
            let evidence = &audit.corpus.statement(*row).evidence;
            let text = format!("{} {} {}", evidence.prefix, evidence.exact, evidence.suffix).to_lowercase();
            let long = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > WEIGHTY);
            words.extend(long.filter(|word| !UNITS.contains(word)).map(str::to_owned));
        }
        words
    };
    let others = around(b.value);
    around(a.value).iter().any(|word| others.contains(word))
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
    if told_apart(audit, a, b) || a.cell.key.indicator == "share" && !one_whole(audit, a, b) {
        return;
    }
    let Explained { cause, why, suggestion, witness, source } = cause(audit, a, b);
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
    // Freight is told by line, by crossing and by carrier, and few texts say of how many of them; one that says from
    // where to where means all of it.
    let freight = a.cell.key.indicator == "freight";
    let vague = matches!(cause, Cause::Unexplained | Cause::Definition);
    if freight
        && vague
        && !(directed(a) && directed(b))
        && gap(a.value.value, b.value.value) > Decimal::from(MIRROR_GAP)
    {
        return;
    }
    let change = matches!(a.cell.key.measure, Measure::ChangePct | Measure::ChangeAbs);
    if change && cause == Cause::Unexplained && (part || levels_disagree(audit, a.cell)) {
        return;
    }
    let kind = match cause {
        // One text against itself; two reports of one cell stay two reports, whatever sets them apart.
        Cause::Misprint if one_text => FindingType::Misprint,
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
    if let Some(source) = source {
        draft.docs.push(source.doc);
        draft.beyond.push(source.statement);
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
pub(super) enum Coverage {
    Unsaid,
    Goods,
    WithServices,
}

pub(super) fn coverage(audit: &Audit<'_, '_>, value: &Reported) -> Coverage {
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
