//! Calendar arithmetic: from a reference day to periods and TIMEX3 values.

use jiff::ToSpan;
use tandem_model::{Date, Period};

use crate::role::TimeUnit;

/// `date` moved by `n` units; `None` outside the calendar or for units that are no stretch of days.
pub(crate) fn shift(date: Date, unit: TimeUnit, n: i64) -> Option<Date> {
    if !(-100_000..=100_000).contains(&n) {
        return None;
    }
    let span = match unit {
        TimeUnit::Day => n.days(),
        TimeUnit::Week | TimeUnit::Weekend => n.weeks(),
        TimeUnit::Fortnight => (2 * n).weeks(),
        TimeUnit::Month => n.months(),
        TimeUnit::Quarter => (3 * n).months(),
        TimeUnit::Half => (6 * n).months(),
        TimeUnit::Year => n.try_years_checked()?,
        TimeUnit::Decade => (10 * n).try_years_checked()?,
        TimeUnit::Century => (100 * n).try_years_checked()?,
        TimeUnit::Millennium => (1000 * n).try_years_checked()?,
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return Some(date),
    };
    date.checked_add(span).ok()
}

/// Years as a span without the panic of `ToSpan::years` on numbers beyond the calendar.
trait Years {
    fn try_years_checked(self) -> Option<jiff::Span>;
}

impl Years for i64 {
    fn try_years_checked(self) -> Option<jiff::Span> {
        jiff::Span::new().try_years(self).ok()
    }
}

/// A stretch of the calendar and its TIMEX3 value.
pub(crate) type Stretch = (Period, String);

/// The year, quarter, month, week or day that `date` lies in.
pub(crate) fn around(date: Date, unit: TimeUnit) -> Option<Stretch> {
    let plain = |period: Period| (period, period.to_string());
    Some(match unit {
        TimeUnit::Day | TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => plain(Period::day(date)),
        TimeUnit::Week | TimeUnit::Fortnight => week(date)?,
        TimeUnit::Weekend => weekend(date)?,
        TimeUnit::Month => plain(Period::month(date.year(), date.month())?),
        TimeUnit::Quarter => plain(Period::quarter(date.year(), (date.month() + 2) / 3)?),
        TimeUnit::Half => plain(Period::half(date.year(), (date.month() + 5) / 6)?),
        TimeUnit::Year => plain(Period::year(date.year())?),
        TimeUnit::Decade => decade(date.year().div_euclid(10) * 10)?,
        TimeUnit::Century => century(date.year().div_euclid(100))?,
        TimeUnit::Millennium => return None,
    })
}

fn week(date: Date) -> Option<Stretch> {
    let monday = date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()?;
    let iso = date.iso_week_date();
    Some((
        Period::days(monday, monday.checked_add(6.days()).ok()?)?,
        format!("{:04}-W{:02}", iso.year(), iso.week()),
    ))
}

fn weekend(date: Date) -> Option<Stretch> {
    let (days, timex) = week(date)?;
    let saturday = days.first().checked_add(5.days()).ok()?;
    Some((Period::days(saturday, days.last())?, format!("{timex}-WE")))
}

/// The ten years from `first`.
pub(crate) fn decade(first: i16) -> Option<Stretch> {
    Some((Period::years(first, first.checked_add(9)?)?, format!("{:03}", first.div_euclid(10))))
}

/// The hundred years whose numbers begin with `number`, 20 for the twenty-first century.
pub(crate) fn century(number: i16) -> Option<Stretch> {
    let first = number.checked_mul(100)?;
    Some((Period::years(first, first.checked_add(99)?)?, format!("{number:02}")))
}

/// The season that TIMEX3 writes with these letters, in the year of its first month.
pub(crate) fn season(year: i16, letters: [u8; 2]) -> Option<Stretch> {
    let name = std::str::from_utf8(&letters).ok()?;
    let (from, to) = match name {
        "SP" => ((year, 3), (year, 5)),
        "SU" => ((year, 6), (year, 8)),
        "FA" => ((year, 9), (year, 11)),
        _ => ((year, 12), (year.checked_add(1)?, 2)),
    };
    Some((Period::month_span(from, to)?, format!("{year:04}-{name}")))
}

/// TIMEX3 letters of a length of time: whether it takes a `T`, how many of the letter, and the letter.
fn letter(unit: TimeUnit) -> (&'static str, u32, &'static str) {
    match unit {
        TimeUnit::Second => ("T", 1, "S"),
        TimeUnit::Minute => ("T", 1, "M"),
        TimeUnit::Hour => ("T", 1, "H"),
        TimeUnit::Day => ("", 1, "D"),
        TimeUnit::Week => ("", 1, "W"),
        TimeUnit::Weekend => ("", 1, "WE"),
        TimeUnit::Fortnight => ("", 2, "W"),
        TimeUnit::Month => ("", 1, "M"),
        TimeUnit::Quarter => ("", 1, "Q"),
        TimeUnit::Half => ("", 6, "M"),
        TimeUnit::Year => ("", 1, "Y"),
        TimeUnit::Decade => ("", 1, "DE"),
        TimeUnit::Century => ("", 1, "CE"),
        TimeUnit::Millennium => ("", 1000, "Y"),
    }
}

/// The TIMEX3 value of a length of time, `P3Y`; `None` as the number makes `PXY`.
pub(crate) fn duration(number: Option<rust_decimal::Decimal>, unit: TimeUnit) -> String {
    let (t, times, letter) = letter(unit);
    match number.and_then(|n| n.checked_mul(times.into())) {
        Some(n) => format!("P{t}{}{letter}", n.normalize()),
        None => format!("P{t}X{letter}"),
    }
}

/// How much longer a unit is than a day, as far as naming a date needs it: dates count in the unit.
pub(crate) fn named(date: Date, unit: TimeUnit) -> Option<Stretch> {
    match unit {
        TimeUnit::Decade | TimeUnit::Century | TimeUnit::Millennium => around(date, TimeUnit::Year),
        TimeUnit::Weekend | TimeUnit::Fortnight => around(date, TimeUnit::Week),
        other => around(date, other),
    }
}
