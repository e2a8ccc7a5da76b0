//! When a document was written, as far as anything tells: a day, or bounds.
//!
//! Extraction reads what one text says of its own date; here documents bound one another. A bound is
//! shown as a bound ("<2021-12-16") and orders what is said; it never becomes a date, and no period is
//! made from it.

use jiff::ToSpan;
use tandem_model::{Date, Dating};

/// A day, or what is known instead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) date: Option<Date>,
    pub(crate) not_before: Option<Date>,
    pub(crate) before: Option<Date>,
}

impl When {
    /// What a document's own text and its carrier say; "about May 2024" is two bounds.
    pub(crate) fn of(dating: &Dating) -> Self {
        let about = dating.about.filter(|_| dating.date.is_none());
        let from = about.map(|about| about.first());
        let to = about.and_then(|about| about.last().tomorrow().ok());
        Self {
            date: dating.date,
            not_before: dating.not_before.max(from),
            before: dating.before.into_iter().chain(to).min(),
        }
    }

    /// The day to sort by: the date, else the last day that the bounds allow, else the first, else
    /// after everything dated.
    pub(crate) fn order(&self) -> (Date, u8) {
        match (self.date, self.before, self.not_before) {
            (Some(date), _, _) => (date, 1),
            (None, Some(before), _) => (day_before(before), 0),
            (None, None, Some(not_before)) => (not_before, 2),
            (None, None, None) => (Date::MAX, 3),
        }
    }

    /// The date, the bounds, or nothing.
    pub(crate) fn shown(&self) -> Option<String> {
        match (self.date, self.not_before, self.before) {
            (Some(date), _, _) => Some(date.to_string()),
            (None, Some(from), Some(to)) => Some(format!(">={from},<{to}")),
            (None, Some(from), None) => Some(format!(">={from}")),
            (None, None, Some(to)) => Some(format!("<{to}")),
            (None, None, None) => None,
        }
    }

    /// In words: "on 2025-11-15", "before 2021-12-16", "on an unknown date".
    pub(crate) fn words(&self) -> String {
        match (self.date, self.not_before, self.before) {
            (Some(date), _, _) => format!("on {date}"),
            (None, Some(from), Some(to)) => format!("between {from} and {to}"),
            (None, Some(from), None) => format!("on or after {from}"),
            (None, None, Some(to)) => format!("before {to}"),
            (None, None, None) => "on an unknown date".to_owned(),
        }
    }

    /// The last day on which it can have been written, if any is known.
    pub(crate) fn latest(&self) -> Option<Date> {
        self.date.or_else(|| self.before.map(day_before))
    }

    /// The first day on which it can have been written, if any is known.
    pub(crate) fn earliest(&self) -> Option<Date> {
        self.date.or(self.not_before)
    }

    /// Whether it was surely written on or before `day`.
    pub(crate) fn known_by(&self, day: Date) -> bool {
        self.latest().is_some_and(|latest| latest <= day)
    }

    /// Whether it was surely written before the other.
    pub(crate) fn surely_before(&self, other: &Self) -> bool {
        matches!((self.latest(), other.earliest()), (Some(a), Some(b)) if a < b)
    }
}

/// The day before, or the first day of the calendar.
pub(crate) fn day_before(day: Date) -> Date {
    day.yesterday().unwrap_or(Date::MIN)
}

/// `months` later, or the last day of the calendar.
pub(crate) fn months_after(day: Date, months: u32) -> Date {
    day.checked_add(i64::from(months.min(100_000)).months()).unwrap_or(Date::MAX)
}

/// Days from one day to another, negative when out of order.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::from(i32::MAX), |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn bounds_order_and_show_as_bounds() {
        let demoted = When { before: Some(date(2021, 12, 16)), ..When::default() };
        let dated = When { date: Some(date(2025, 11, 15)), ..When::default() };
        let unknown = When::default();
        assert!(demoted.order() < dated.order() && dated.order() < unknown.order());
        assert_eq!(demoted.shown().as_deref(), Some("<2021-12-16"));
        assert_eq!(unknown.shown(), None);
        assert!(demoted.surely_before(&dated) && !dated.surely_before(&unknown));
        assert!(demoted.known_by(date(2021, 12, 15)) && !unknown.known_by(Date::MAX));
    }

    #[test]
    fn calendar_ends_do_not_panic() {
        assert_eq!((day_before(Date::MIN), months_after(Date::MAX, u32::MAX)), (Date::MIN, Date::MAX));
        assert_eq!(days_between(date(2024, 1, 1), date(2024, 3, 1)), 60);
    }
}
