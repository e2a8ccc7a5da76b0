//! Parts and wholes: levels of one series over nested and adjoining periods.
//!
//! Let S(d) be what had flowed by day d. A level for a period says that S(end) − S(start) lies in an
//! interval, and flows never run back, so every series is a system of difference constraints: it has
//! a solution unless the graph of its bounds has a cycle of negative length, and such a cycle is a
//! smallest set of statements that cannot all be true. That covers a part larger than its whole,
//! parts that add up to more, parts that fill a whole and add up to less. Levels that changes imply
//! take part with the statements that they rest on. Refused alternative: testing every pair and
//! every sum of parts, of which there are exponentially many.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, FindingType, Severity};
use tandem_model::{Date, Measure, Period};

use super::{Audit, SeriesKey, adds_up};
use crate::corpus::RowId;
use crate::facts::{Cell, Reported, figure};
use crate::findings::Draft;
use crate::interval::Interval;
use crate::words;

/// Sums off by less than this share of the largest level are left to rounding, in per mille.
const ROUNDING: i64 = 5;
/// Contradictions reported of one series.
const MOST: usize = 20;
/// Series with more days than this that matter are not audited: they are daily data, not reports.
const MOST_DAYS: usize = 1500;

/// A level that takes part.
#[derive(Clone, Debug)]
struct Part {
    period: Period,
    interval: Interval,
    value: Decimal,
    rows: Vec<RowId>,
    fact: String,
    shown: String,
    derived: bool,
    /// What else was reported for the same days.
    others: Vec<Interval>,
}

/// S(to) − S(from) ≤ most.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: usize,
    to: usize,
    most: Decimal,
    /// The level behind it and whether its upper end is used; none for "flows never run back".
    part: Option<(usize, bool)>,
}

pub(crate) fn contradictions(audit: &mut Audit<'_, '_>) {
    let mut derived_of: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (number, derived) in audit.derived.iter().enumerate() {
        if derived.value.measure == Measure::Level {
            derived_of.entry(derived.cell).or_default().push(number);
        }
    }
    for place in 0..audit.series.len() {
        let (key, list) = audit.series[place].clone();
        if !adds_up(&key) || list.len() < 2 {
            continue;
        }
        let mut reporters: Vec<Option<&str>> = list.iter().map(|n| audit.cells[*n].key.reporter).collect();
        reporters.sort_unstable();
        reporters.dedup();
        if reporters.iter().any(Option::is_some) {
            reporters.retain(Option::is_some);
        }
        for reporter in reporters {
            let mut parts = parts(audit, &list, reporter, &derived_of);
            for _ in 0..MOST {
                let Some(cycle) = cycle(&parts) else { break };
                let (culprit, alone) = culprit(&parts, &cycle);
                // What only follows from reports is no report that could contradict.
                let told = cycle.iter().any(|(part, _)| !parts[*part].derived);
                if told && !disputed(&parts, &cycle) {
                    report(audit, &key, &parts, &cycle);
                }
                if alone {
                    audit.suspects.extend(&parts[culprit].rows);
                }
                parts.remove(culprit);
            }
        }
    }
}

/// The level of a contradiction that most others contradict, and whether it stands alone in that;
/// among equals a derived one, then the one stated last.
fn culprit(parts: &[Part], cycle: &[(usize, bool)]) -> (usize, bool) {
    let against = |part: usize| {
        parts.iter().filter(|other| clash(&parts[part], other) || clash(other, &parts[part])).count()
    };
    let members: Vec<usize> = cycle.iter().map(|(part, _)| *part).collect();
    let order = |part: &usize| (against(*part), parts[*part].derived, parts[*part].rows.last().copied());
    let worst = members.iter().copied().max_by_key(order).unwrap_or_default();
    let alone = members.iter().all(|part| *part == worst || against(*part) < against(worst));
    (worst, alone && against(worst) > 1)
}

/// Whether a part is surely more than its whole.
fn clash(part: &Part, whole: &Part) -> bool {
    let within = whole.period.contains(part.period);
    within && part.interval.low.zip(whole.interval.high).is_some_and(|(low, high)| low > high)
}

/// Whether one level of a contradiction is the number of another printed for other days, and what else was reported for
/// its days contradicts nobody: the conflict of the two tells it.
fn disputed(parts: &[Part], cycle: &[(usize, bool)]) -> bool {
    let same = |part: usize| {
        cycle.iter().any(|(other, _)| *other != part && parts[*other].value == parts[part].value)
    };
    let settles = |part: usize, interval: &Interval| {
        let told = |(n, _): &(usize, bool)| {
            let level = parts[*n].clone();
            if *n == part { Part { interval: *interval, ..level } } else { level }
        };
        self::cycle(&cycle.iter().map(told).collect::<Vec<_>>()).is_none()
    };
    cycle.iter().any(|(part, _)| same(*part) && parts[*part].others.iter().any(|other| settles(*part, other)))
}

/// What reports give for a cell's days beside the value taken.
fn others(cell: &Cell<'_>, taken: &Reported) -> Vec<Interval> {
    let others = cell.values.iter().filter(|value| value.origins > 0 && value.value != taken.value);
    others.map(|value| value.hard).collect()
}

/// The levels of one reporter and of none, and what changes imply of them.
fn parts(
    audit: &Audit<'_, '_>,
    list: &[usize],
    reporter: Option<&str>,
    derived_of: &FxHashMap<usize, Vec<usize>>,
) -> Vec<Part> {
    let own = |n: &&usize| {
        let cell = &audit.cells[**n];
        (cell.key.reporter == reporter || cell.key.reporter.is_none()) && !audit.suspect(**n)
    };
    let mut parts: Vec<Part> = Vec::new();
    for &number in list.iter().filter(own) {
        let cell = &audit.cells[number];
        let value = cell.preferred();
        let Some(period) = cell.period.filter(|_| value.origins > 0 && !no_sum_of_years(audit, number))
        else {
            continue;
        };
        // A named reporter's value stands for its days before an unnamed one's.
        if cell.key.reporter.is_none() && list.iter().filter(own).any(|n| same_days_named(audit, *n, number))
        {
            continue;
        }
        parts.push(Part {
            period,
            interval: value.hard,
            value: value.value,
            rows: value.rows.first().copied().into_iter().collect(),
            fact: cell.id.clone(),
            shown: audit.quoted(number, value),
            derived: false,
            others: others(cell, value),
        });
    }
    let known: Vec<Period> = parts.iter().map(|part| part.period).collect();
    let implied = list.iter().flat_map(|cell| derived_of.get(cell).into_iter().flatten());
    for derived in implied.map(|number| &audit.derived[*number]) {
        let Some(period) = derived.value.period else { continue };
        let cell = &audit.cells[derived.cell];
        if !own(&&derived.cell) || known.iter().any(|p| p.same_days(period)) {
            continue;
        }
        let ends = (derived.value.low.map(|v| v.0), derived.value.high.map(|v| v.0));
        parts.push(Part {
            period,
            interval: Interval { low: ends.0, high: ends.1, low_open: false, high_open: false },
            value: derived.value.value.0,
            rows: derived.rows.clone(),
            fact: cell.id.clone(),
            shown: format!(
                "{} for {} (derived: {})",
                words::amount(derived.value.value.0, cell.key.unit),
                words::period(period),
                derived.value.arithmetic
            ),
            derived: true,
            others: Vec::new(),
        });
    }
    parts
}

/// Whether a period of years is no sum of them: its words only say since when ("grew every year since 2015, when it was
/// 1.8 billion" gives that year's level), or it is a financial year that bears two calendar years ("2023-24").
fn no_sum_of_years(audit: &Audit<'_, '_>, number: usize) -> bool {
    let cell = &audit.cells[number];
    let years = cell.period.is_some_and(|period| period.months() > 12);
    let says = |row: &RowId| {
        let words = figure(audit.corpus, *row).and_then(|figure| figure.period_words.as_deref());
        words.is_some_and(|words| words.to_lowercase().contains("since") || words::is_financial_year(words))
    };
    years && cell.preferred().rows.iter().any(says)
}

fn same_days_named(audit: &Audit<'_, '_>, a: usize, b: usize) -> bool {
    let (a, b) = (&audit.cells[a], &audit.cells[b]);
    a.key.reporter.is_some() && a.key.days == b.key.days
}

/// A smallest contradiction: the levels on a negative cycle, each with the end that is used.
fn cycle(parts: &[Part]) -> Option<Vec<(usize, bool)>> {
    let (edges, nodes) = graph(parts)?;
    let largest = parts.iter().map(|part| part.value.abs()).max()?;
    let slack = largest.saturating_mul(Decimal::new(ROUNDING, 3));
    let mut length = vec![Decimal::ZERO; nodes];
    let mut last: Vec<Option<usize>> = vec![None; nodes];
    let mut moved = None;
    for _ in 0..nodes {
        moved = None;
        for (number, edge) in edges.iter().enumerate() {
            let reach = length[edge.from].saturating_add(edge.most);
            if reach < length[edge.to] {
                length[edge.to] = reach;
                last[edge.to] = Some(number);
                moved = Some(edge.to);
            }
        }
        moved?;
    }
    let mut node = moved?;
    for _ in 0..nodes {
        node = edges[last[node]?].from;
    }
    let start = node;
    let (mut used, mut sum) = (Vec::new(), Decimal::ZERO);
    loop {
        let edge = edges[last[node]?];
        sum = sum.saturating_add(edge.most);
        used.extend(edge.part);
        node = edge.from;
        if node == start {
            break;
        }
    }
    used.sort_unstable();
    (sum < -slack).then_some(used)
}

fn graph(parts: &[Part]) -> Option<(Vec<Edge>, usize)> {
    let ends = |period: Period| (period.first(), period.last().tomorrow().unwrap_or(Date::MAX));
    let mut days: Vec<Date> =
        parts.iter().flat_map(|part| [ends(part.period).0, ends(part.period).1]).collect();
    days.sort_unstable();
    days.dedup();
    if days.len() > MOST_DAYS {
        return None;
    }
    let place = |day: Date| days.binary_search(&day).unwrap_or_default();
    let back = |to: usize| Edge { from: to + 1, to, most: Decimal::ZERO, part: None };
    let mut edges: Vec<Edge> = (0..days.len().saturating_sub(1)).map(back).collect();
    for (number, part) in parts.iter().enumerate() {
        let (a, b) = (place(ends(part.period).0), place(ends(part.period).1));
        if let Some(high) = part.interval.high {
            edges.push(Edge { from: a, to: b, most: high, part: Some((number, true)) });
        }
        if let Some(low) = part.interval.low {
            edges.push(Edge { from: b, to: a, most: -low, part: Some((number, false)) });
        }
    }
    Some((edges, days.len()))
}

fn report(audit: &mut Audit<'_, '_>, key: &SeriesKey<'_>, parts: &[Part], cycle: &[(usize, bool)]) {
    let side = |upper: bool| cycle.iter().filter(move |(_, u)| *u == upper).map(|(part, _)| &parts[*part]);
    let least: Decimal =
        side(false).filter_map(|part| part.interval.low).fold(Decimal::ZERO, Decimal::saturating_add);
    let most: Decimal =
        side(true).filter_map(|part| part.interval.high).fold(Decimal::ZERO, Decimal::saturating_add);
    let shown = |upper: bool| words::list(&side(upper).map(|part| part.shown.as_str()).collect::<Vec<_>>());
    let what = words::indicator(key.indicator, key.scope.as_deref());
    let message = format!(
        "Reports of {what}{} cannot all be true: {} make at least {}, while {} allow at most {}.",
        words::among(key.parties),
        shown(false),
        words::amount(least, key.unit),
        shown(true),
        words::amount(most, key.unit),
    );
    let (size, _) = words::scale(&[least, most]);
    let sum =
        |upper: bool| side(upper).map(|part| words::scaled(part.value, size)).collect::<Vec<_>>().join(" + ");
    let mut draft = Draft::new(FindingType::Contradiction, Cause::Period, Severity::Error, message);
    draft.rows = cycle.iter().flat_map(|(part, _)| parts[*part].rows.iter().copied()).collect();
    draft.facts = cycle.iter().map(|(part, _)| parts[*part].fact.clone()).collect();
    draft.arithmetic = vec![format!("{} > {}", sum(false), sum(true))];
    audit.contradicted.push(draft.rows.clone());
    audit.drafts.push(draft);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(period: &str, low: i64, high: i64) -> Part {
        Part {
            period: period.parse().unwrap(),
            interval: Interval::closed(low.into(), high.into()),
            value: ((low + high) / 2).into(),
            rows: vec![],
            fact: String::new(),
            shown: String::new(),
            derived: false,
            others: Vec::new(),
        }
    }

    #[test]
    fn the_smallest_contradiction_is_named() {
        let check = |parts: &[Part], expected: Option<&[(usize, bool)]>| {
            assert_eq!(cycle(parts).as_deref(), expected, "{parts:?}");
        };
        let year = part("2024", 100, 102);
        check(&[year.clone(), part("2024-Q1", 30, 31), part("2023", 1, 2)], None);
        // A part more than its whole.
        check(&[year.clone(), part("2023", 1, 2), part("2024-H1", 120, 121)], Some(&[(0, true), (2, false)]));
        // Disjoint parts more than the whole.
        let halves = [year.clone(), part("2024-H1", 60, 61), part("2024-H2", 60, 61)];
        check(&halves, Some(&[(0, true), (1, false), (2, false)]));
        // Parts that fill the whole and fall short of it.
        let halves = [year, part("2024-H1", 30, 31), part("2024-H2", 30, 31)];
        check(&halves, Some(&[(0, false), (1, true), (2, true)]));
    }
}
