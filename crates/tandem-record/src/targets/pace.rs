//! Growth needed against growth seen.

use rust_decimal::Decimal;
use tandem_model::{Date, Measure, Number, Period};

use super::Level;

/// Growth needed against growth seen.
#[derive(Debug, Default)]
pub(super) struct Pace {
    pub required: Option<Number>,
    pub required_band: Option<[Number; 2]>,
    pub observed: Option<Number>,
    pub reached_in: Option<i16>,
    pub reached_band: Option<[i16; 2]>,
}

/// Years that the observed pace looks back on.
const PACE_YEARS: i16 = 5;
/// A year further off than this is no forecast.
const FORECAST_YEARS: f64 = 100.0;

impl Pace {
    /// `levels` are full years in order; of one year the first is the preferred one. Conflicting levels
    /// of the last year make the band; the observed pace is one reporter's, since two offices' levels
    /// differ by more than a year's growth.
    pub(super) fn new(
        current: Option<(Decimal, Option<Date>)>,
        levels: &[Level<'_>],
        measure: Measure,
    ) -> Self {
        let (Some((target, end)), Some(last)) = (current, levels.last()) else { return Self::default() };
        if !matches!(measure, Measure::Level | Measure::Count) {
            return Self::default();
        }
        let target = Number(target).to_f64();
        let of_year =
            |period: Period| levels.iter().filter(move |level| level.period.last() == period.last());
        let value = |level: &Level<'_>| Number(level.value).to_f64();
        let latest = of_year(last.period).next().map_or(0.0, value);
        let lowest = of_year(last.period).map(value).fold(f64::INFINITY, f64::min);
        let highest = of_year(last.period).map(value).fold(0.0, f64::max);
        let years = end.map(|end| years_between(last.period.last(), end)).filter(|years| *years > 0.0);
        let required = |actual: f64| growth(actual, target, years?).and_then(per_cent);
        let observed = series(levels).and_then(|(first, last)| {
            let span = years_between(first.period.last(), last.period.last());
            growth(value(first), value(last), span)
        });
        let reached = |actual: f64| year_reached(actual, target, observed?, last.period.last().year());
        let band = lowest < highest;
        Self {
            required: required(latest),
            required_band: band.then(|| Some([required(highest)?, required(lowest)?])).flatten(),
            observed: observed.and_then(per_cent),
            reached_in: reached(latest),
            reached_band: band.then(|| Some([reached(highest)?, reached(lowest)?])).flatten(),
        }
    }
}

/// The first and the last of the latest five years that one reporter gives: of the reporters that have
/// the latest year the one with the longest stretch; a level without a reporter continues any series.
fn series<'l, 'c>(levels: &'l [Level<'c>]) -> Option<(&'l Level<'c>, &'l Level<'c>)> {
    let mut reporters: Vec<Option<&str>> = levels.iter().map(|level| level.reporter).collect();
    reporters.sort_unstable();
    reporters.dedup();
    let stretch = |reporter: Option<&str>, alone: bool| {
        let of = |level: &&Level<'_>| level.reporter == reporter || (!alone && level.reporter.is_none());
        // Of one year the reporter's own level stands before one that names nobody.
        let own = |year: i16| {
            let of_year = levels.iter().filter(of).filter(move |l| l.period.last().year() == year);
            of_year.min_by_key(|level| level.reporter.is_none())
        };
        let last = own(levels.iter().rfind(of)?.period.last().year())?;
        let from = last.period.last().year() - PACE_YEARS + 1;
        let first = (from..last.period.last().year()).find_map(own)?;
        Some((first, last))
    };
    let all = reporters.into_iter().filter_map(|r| stretch(r, true).or_else(|| stretch(r, false)));
    all.max_by_key(|(first, last)| {
        let years = last.period.last().year() - first.period.last().year();
        (last.period.last(), years, std::cmp::Reverse(last.reporter))
    })
}

/// Years from one day to another, by whole months.
fn years_between(from: Date, to: Date) -> f64 {
    let months = |day: Date| f64::from(day.year()) * 12.0 + f64::from(day.month());
    (months(to) - months(from)) / 12.0
}

fn growth(from: f64, to: f64, years: f64) -> Option<f64> {
    let rate = (to / from).powf(1.0 / years) - 1.0;
    (from > 0.0 && to > 0.0 && rate.is_finite()).then_some(rate)
}

fn per_cent(rate: f64) -> Option<Number> {
    Number::from_f64((rate * 1000.0).round() / 10.0)
}

fn year_reached(actual: f64, target: f64, rate: f64, year: i16) -> Option<i16> {
    if actual >= target {
        return Some(year);
    }
    let years = ((target / actual).ln() / rate.ln_1p()).ceil();
    (rate > 0.0 && years.is_finite() && years < FORECAST_YEARS).then(|| year.saturating_add(years as i16))
}
