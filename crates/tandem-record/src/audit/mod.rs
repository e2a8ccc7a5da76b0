//! The number auditor: which figures disagree, why, and which cannot be right.
//!
//! Levels of one indicator form a series; values of one cell are compared first, then the cells of a
//! series with one another: parts with wholes, changes with levels, rates with rates, and series with
//! series (turnover with exports and imports). Different reporters are never mixed in one sum: mirror
//! statistics differ and are both right.

mod asked;
mod causes;
mod change;
mod conflict;
mod currency;
mod flows;
pub(crate) mod misprint;
mod network;
mod plausible;
mod portions;
mod shares;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Derived, FigureFact};
use tandem_model::{Date, Measure};

pub(crate) use asked::{Answer, Source};
pub use asked::{Ask, Told};

use crate::corpus::{Corpus, RowId};
use crate::facts::{Cell, Reported};
use crate::findings::Draft;
use crate::interval::Interval;
use crate::{names, words};

/// What makes two levels comparable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SeriesKey<'a> {
    pub(crate) parties: &'a [String],
    pub(crate) indicator: &'a str,
    pub(crate) scope: Option<String>,
    pub(crate) unit: &'a str,
    pub(crate) from: Option<&'a str>,
    pub(crate) to: Option<&'a str>,
}

/// The auditors' common ground and what they found.
pub(crate) struct Audit<'c, 'a> {
    pub(crate) corpus: &'c Corpus<'a>,
    pub(crate) cells: &'c [Cell<'a>],
    beyond: &'c Beyond<'c>,
    /// What was asked of other parties.
    pub(crate) asked: BTreeSet<Ask>,
    /// Cells of levels with a period, by series, in order of days and reporter.
    pub(crate) series: Vec<(SeriesKey<'a>, Vec<usize>)>,
    by_key: FxHashMap<SeriesKey<'a>, usize>,
    pub(crate) drafts: Vec<Draft>,
    /// Statements whose numbers cannot be right.
    pub(crate) suspects: FxHashSet<RowId>,
    /// Statements that were found not to be all true, a set a contradiction.
    pub(crate) contradicted: Vec<Vec<RowId>>,
    pub(crate) derived: Vec<DerivedLevel>,
    /// Series that differ in their unit only.
    any_unit: FxHashMap<UnitlessKey<'a>, Vec<usize>>,
    /// Cells of levels by indicator, days and each of their parties.
    by_days: FxHashMap<DaysKey<'a>, Vec<usize>>,
}

/// Parties, indicator, scope and direction.
type UnitlessKey<'a> = (&'a [String], &'a str, Option<String>, Option<&'a str>, Option<&'a str>);

/// Indicator, days and one of the parties.
type DaysKey<'a> = (&'a str, (Date, Date), &'a str);

/// Levels of an indicator for some days among which a country is a party, whoever the others are. A
/// figure that one pair's reports cannot explain may be another's, and this is the only thing that is
/// asked of other parties.
pub(crate) type Beyond<'b> = dyn Fn(&str, (Date, Date), &str) -> Vec<Told> + 'b;

/// A derived value with the cell that it stands beside and the statements that it rests on.
#[derive(Clone, Debug)]
pub(crate) struct DerivedLevel {
    pub(crate) cell: usize,
    pub(crate) rows: Vec<RowId>,
    pub(crate) value: Derived,
}

/// Everything there is to say about the cells' numbers.
pub(crate) fn audit<'c, 'a>(
    corpus: &'c Corpus<'a>,
    cells: &'c [Cell<'a>],
    beyond: &'c Beyond<'c>,
) -> Audit<'c, 'a> {
    let mut audit = Audit::new(corpus, cells, beyond);
    // The gravest first: what is found impossible explains nothing afterwards.
    misprint::powers_of_ten(&mut audit);
    change::changes(&mut audit);
    network::contradictions(&mut audit);
    plausible::tensions(&mut audit);
    conflict::conflicts(&mut audit);
    flows::sums(&mut audit);
    shares::shares(&mut audit);
    portions::portions(&mut audit);
    currency::rates(&mut audit);
    audit
}

impl<'c, 'a> Audit<'c, 'a> {
    fn new(corpus: &'c Corpus<'a>, cells: &'c [Cell<'a>], beyond: &'c Beyond<'c>) -> Self {
        let mut groups: FxHashMap<SeriesKey<'a>, Vec<usize>> = FxHashMap::default();
        for (number, cell) in cells.iter().enumerate() {
            let level = matches!(cell.key.measure, Measure::Level | Measure::Count);
            if level && cell.asserted() && cell.period.is_some() {
                groups.entry(series_key(cell)).or_default().push(number);
            }
        }
        let mut series: Vec<_> = groups.into_iter().collect();
        series.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (_, list) in &mut series {
            list.sort_by_key(|n| (cells[*n].key.days, cells[*n].key.reporter));
        }
        let by_key = series.iter().enumerate().map(|(n, (key, _))| (key.clone(), n)).collect();
        let (drafts, suspects, derived) = (Vec::new(), FxHashSet::default(), Vec::new());
        let (any_unit, by_days) = (FxHashMap::default(), FxHashMap::default());
        let mut audit = Self {
            corpus,
            cells,
            beyond,
            asked: BTreeSet::new(),
            series,
            by_key,
            drafts,
            suspects,
            contradicted: Vec::new(),
            derived,
            any_unit,
            by_days,
        };
        audit.index();
        audit
    }

    fn index(&mut self) {
        for (number, (key, list)) in self.series.iter().enumerate() {
            let any = (key.parties, key.indicator, key.scope.clone(), key.from, key.to);
            self.any_unit.entry(any).or_default().push(number);
            for &cell in list {
                let Some(days) = self.cells[cell].key.days else { continue };
                for party in key.parties {
                    self.by_days.entry((key.indicator, days, party)).or_default().push(cell);
                }
            }
        }
    }

    /// The series of a key in whatever unit.
    pub(crate) fn series_of_any_unit(&self, key: &SeriesKey<'a>) -> Vec<usize> {
        let any = (key.parties, key.indicator, key.scope.clone(), key.from, key.to);
        self.any_unit.get(&any).cloned().unwrap_or_default()
    }

    /// Cells of levels of an indicator for some days that concern a country.
    pub(crate) fn concerning<'s>(
        &'s self,
        indicator: &'s str,
        days: (Date, Date),
        party: &'s str,
    ) -> &'s [usize] {
        self.by_days.get(&(indicator, days, party)).map_or(&[], |list| list)
    }

    /// Whose level of an indicator for some days, other than these parties', meets a value and not
    /// another; asking is noted.
    pub(crate) fn beyond(
        &mut self,
        what: (&str, (Date, Date), &str),
        (meets, misses): (&Interval, &Interval),
        own: &[String],
    ) -> Option<Answer> {
        let told = own.iter().flat_map(|party| (self.beyond)(what.0, what.1, party));
        let ask = Ask::new(what, (meets, misses), own, told);
        let answer = ask.answer().cloned();
        self.asked.insert(ask);
        answer
    }

    /// All that each of some parties alone has of an indicator for some days; asking is noted.
    pub(crate) fn wholes(&mut self, indicator: &str, days: (Date, Date), own: &[String]) -> Vec<Told> {
        let told = own.iter().flat_map(|party| (self.beyond)(indicator, days, party));
        let (ask, wholes) = Ask::wholes((indicator, days), own, told);
        self.asked.insert(ask);
        wholes
    }

    /// The cells of a series; none when there is no such series.
    pub(crate) fn levels(&self, key: &SeriesKey<'a>) -> &[usize] {
        self.by_key.get(key).map_or(&[], |n| &self.series[*n].1)
    }

    /// Cells of a series for exactly these days.
    pub(crate) fn levels_at(
        &self,
        key: &SeriesKey<'a>,
        days: (Date, Date),
    ) -> impl Iterator<Item = usize> + '_ {
        let list = self.levels(key);
        let start = list.partition_point(|n| self.cells[*n].key.days < Some(days));
        list[start..].iter().copied().take_while(move |n| self.cells[*n].key.days == Some(days))
    }

    /// Whether a cell's preferred value has been found impossible.
    pub(crate) fn suspect(&self, cell: usize) -> bool {
        self.cells[cell].preferred().rows.iter().any(|row| self.suspects.contains(row))
    }

    /// "4.0 billion USD for the first half of 2025 (d4)".
    pub(crate) fn quoted(&self, cell: usize, value: &Reported) -> String {
        let cell = &self.cells[cell];
        let period = cell.period.map(|p| format!(" for {}", words::period(p))).unwrap_or_default();
        let doc = value.rows.first().map_or("", |row| self.corpus.doc_of(*row).id);
        let number = words::qualified(value.value, value.value_max, value.bound, cell.key.unit);
        let reporter =
            cell.key.reporter.map(|r| format!(", figures of {}", names::of(r))).unwrap_or_default();
        format!("{number}{period} ({doc}{reporter})")
    }

    /// "Trade between Kazakhstan and Uzbekistan".
    pub(crate) fn subject(&self, cell: usize) -> String {
        let key = &self.cells[cell].key;
        let what = words::indicator(key.indicator, key.scope.as_deref());
        let what = what[..1].to_uppercase() + &what[1..];
        match (key.from, key.to) {
            (Some(from), Some(to)) => format!("{what} from {} to {}", names::of(from), names::of(to)),
            _ => format!("{what}{}", words::among(key.parties)),
        }
    }

    /// The documents of two values, when it is one and the same.
    pub(crate) fn one_text(&self, a: &Reported, b: &Reported) -> bool {
        let doc = |value: &Reported| value.rows.first().map(|row| self.corpus.row(*row).doc);
        doc(a) == doc(b)
    }
}

/// The series that a cell belongs to, or would if it were a level.
pub(crate) fn series_key<'a>(cell: &Cell<'a>) -> SeriesKey<'a> {
    SeriesKey {
        parties: cell.key.parties,
        indicator: cell.key.indicator,
        scope: cell.key.scope.clone(),
        unit: cell.key.unit,
        from: cell.key.from,
        to: cell.key.to,
    }
}

/// Whether two reporters can be one: equal, or one not named.
pub(crate) fn compatible(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Whether values of periods add up: flows of goods, people and money, not stocks, shares or
/// capacities.
pub(crate) fn adds_up(key: &SeriesKey<'_>) -> bool {
    let flow = matches!(
        key.indicator,
        "trade_turnover" | "exports" | "imports" | "freight" | "passengers" | "tourists"
    );
    // Power and gas that one sends to the other; what a plant or a line can do is no such flow.
    let sent =
        key.indicator == "energy" && key.from.is_some() && matches!(key.unit, "kWh" | "m3" | "t" | "bbl");
    sent || flow && !matches!(key.unit, "%" | "MW" | "GW" | "kW" | "km" | "times")
}

/// Writes the derived values beside the facts that they follow from.
pub(crate) fn attach(derived: Vec<DerivedLevel>, facts: &mut [FigureFact]) {
    for derived in derived {
        facts[derived.cell].derived.push(derived.value);
    }
}

/// "2.6 = 4.0 - 1.4" in one scale.
pub(crate) fn equation(result: Decimal, left: Decimal, sign: &str, right: Decimal) -> String {
    let (size, _) = words::scale(&[result, left, right]);
    let shown = |value| words::scaled(value, size);
    format!("{} = {} {sign} {}", shown(result), shown(left), shown(right))
}

/// `part` in per cent of `whole`, to one place.
pub(crate) fn percent(part: Decimal, whole: Decimal) -> Decimal {
    part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default().round_dp(1).normalize()
}
