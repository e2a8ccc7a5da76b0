//! Days, months, quarters, half-years, years and intervals of them, in ISO 8601 form.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The months by their English names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How a period is written, which is also how fine it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodForm {
    /// One calendar day, or from one day to another.
    Days,
    /// One month, or from one month through another.
    Months,
    /// A quarter, `2025-Q1`.
    Quarter,
    /// A half-year, `2025-H1`.
    Half,
    /// One year, or from one year through another; two following years also stand for a financial
    /// year (`2020/2021`).
    Years,
}

/// A stretch of the calendar, first and last day included.
///
/// ```
/// use tandem_model::Period;
/// let period: Period = "2025-01/2025-04".parse().unwrap();
/// assert_eq!(period.months(), 4);
/// assert_eq!(period.to_string(), "2025-01/2025-04");
/// assert_eq!(period.year_earlier().to_string(), "2024-01/2024-04");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    last: Date,
    form: PeriodForm,
}

/// The text is none of the period forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no period: expected 2024, 2024-05, 2024-05-13, 2024-Q1, 2024-H1, or two of one kind with / between"
)]
pub struct ParsePeriodError(pub String);

impl Period {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day, form: PeriodForm::Days }
    }

    /// From one day through another; `None` when they are out of order.
    pub fn days(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last, form: PeriodForm::Days })
    }

    /// One month; `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Self::month_span((year, month), (year, month))
    }

    /// From one month through another, as (year, month); `None` when out of order or no such month.
    pub fn month_span(from: (i16, i8), to: (i16, i8)) -> Option<Self> {
        let first = Date::new(from.0, from.1, 1).ok()?;
        let last = Date::new(to.0, to.1, 1).ok()?.last_of_month();
        (first <= last).then_some(Self { first, last, form: PeriodForm::Months })
    }

    /// One quarter, 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(())?;
        let months = Self::month_span((year, quarter * 3 - 2), (year, quarter * 3))?;
        Some(Self { form: PeriodForm::Quarter, ..months })
    }

    /// One half-year, 1 or 2.
    pub fn half(year: i16, half: i8) -> Option<Self> {
        (1..=2).contains(&half).then_some(())?;
        let months = Self::month_span((year, half * 6 - 5), (year, half * 6))?;
        Some(Self { form: PeriodForm::Half, ..months })
    }

    /// One year; `None` outside the calendar's range (−9999 to 9999).
    pub fn year(year: i16) -> Option<Self> {
        Self::years(year, year)
    }

    /// From one year through another.
    pub fn years(from: i16, to: i16) -> Option<Self> {
        let first = Date::new(from, 1, 1).ok()?;
        let last = Date::new(to, 12, 31).ok()?;
        (first <= last).then_some(Self { first, last, form: PeriodForm::Years })
    }

    /// First day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Last day, included.
    pub fn last(self) -> Date {
        self.last
    }

    /// How it is written.
    pub fn form(self) -> PeriodForm {
        self.form
    }

    /// Number of calendar months it touches.
    pub fn months(self) -> i32 {
        let count = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
        count(self.last) - count(self.first) + 1
    }

    /// Whether `other` lies wholly within it.
    pub fn contains(self, other: Period) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Period) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether both cover the same days, however they are written.
    pub fn same_days(self, other: Period) -> bool {
        self.first == other.first && self.last == other.last
    }

    /// The same period one year earlier.
    pub fn year_earlier(self) -> Self {
        let back = |d: Date| d.checked_sub(1.year()).unwrap_or(Date::MIN);
        let last = if self.form == PeriodForm::Days {
            back(self.last)
        } else {
            back(self.last.first_of_month()).last_of_month()
        };
        Self { first: back(self.first), last, form: self.form }
    }

    fn from_parts(first: Self, last: Self) -> Option<Self> {
        let form = match (first.form, last.form) {
            (PeriodForm::Years, PeriodForm::Years) => PeriodForm::Years,
            (PeriodForm::Days, _) | (_, PeriodForm::Days) => PeriodForm::Days,
            _ => PeriodForm::Months,
        };
        (first.first <= last.last).then_some(Self { first: first.first, last: last.last, form })
    }

    fn parse_one(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let (second, third) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        match (second, third) {
            (None, _) => Self::year(year),
            (Some(q), None) if q.starts_with('Q') => Self::quarter(year, digits(&q[1..], 1)? as i8),
            (Some(h), None) if h.starts_with('H') => Self::half(year, digits(&h[1..], 1)? as i8),
            (Some(m), None) => Self::month(year, digits(m, 2)? as i8),
            (Some(m), Some(d)) => {
                Some(Self::day(Date::new(year, digits(m, 2)? as i8, digits(d, 2)? as i8).ok()?))
            }
        }
    }
}

fn digits(text: &str, len: usize) -> Option<i16> {
    (text.len() == len && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = match text.split_once('/') {
            None => Self::parse_one(text),
            Some((a, b)) => {
                Self::parse_one(a).zip(Self::parse_one(b)).and_then(|(a, b)| Self::from_parts(a, b))
            }
        };
        parsed.ok_or_else(|| ParsePeriodError(text.to_owned()))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.first, self.last);
        match self.form {
            PeriodForm::Days if a == b => write!(f, "{a}"),
            PeriodForm::Days => write!(f, "{a}/{b}"),
            PeriodForm::Quarter => write!(f, "{:04}-Q{}", a.year(), (a.month() + 2) / 3),
            PeriodForm::Half => write!(f, "{:04}-H{}", a.year(), (a.month() + 5) / 6),
            PeriodForm::Months if self.months() == 1 => {
                write!(f, "{:04}-{:02}", a.year(), a.month())
            }
            PeriodForm::Months => {
                write!(f, "{:04}-{:02}/{:04}-{:02}", a.year(), a.month(), b.year(), b.month())
            }
            PeriodForm::Years if a.year() == b.year() => write!(f, "{:04}", a.year()),
            PeriodForm::Years => write!(f, "{:04}/{:04}", a.year(), b.year()),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back_as_written() {
        for text in [
            "2024",
            "2024-05",
            "2024-05-13",
            "2025-Q1",
            "2025-H2",
            "2025-01/2025-04",
            "2022-12-21/2022-12-22",
            "2020/2021",
            "2024-02-29",
        ] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn odd_texts_are_refused() {
        for text in
            ["", "24", "2024-13", "2024-02-30", "2025-Q5", "2025-04/2025-01", "soon", "2024-1", "２０２４"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_earlier_keeps_the_form_and_minds_leap_days() {
        let check = |text: &str, expected: &str| {
            assert_eq!(text.parse::<Period>().unwrap().year_earlier().to_string(), expected);
        };
        check("2025-01/2025-04", "2024-01/2024-04");
        check("2025-Q1", "2024-Q1");
        check("2024-02", "2023-02");
        check("2024-02-29", "2023-02-28");
        check("2025", "2024");
    }
}
