//! What a part asks other parties for, so precisely that a ledger can tell whether a new level is an
//! answer.
//!
//! A figure that one pair's reports cannot explain may be another's: the auditor asks for a level of the
//! same indicator, days and unit that meets the odd figure and not the others. Only whose level it is
//! plays a part in what is said. Nearly all levels that are reported later are no answer to what has
//! been asked, and the parts that asked need not be made anew for them. Refused alternative: keeping only
//! for which days of which indicator a part asked; then one more report of a large country's trade
//! would mean making anew the parts of all its partners.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tandem_model::Date;

use crate::interval::Interval;

/// A level that parties have for some days.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub(crate) parties: Arc<[String]>,
    pub(crate) unit: Arc<str>,
    pub(crate) hard: Interval,
}

impl Told {
    /// As text, to be kept; equal levels have one text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(&(&*self.parties, &*self.unit, Stretch::of(&self.hard))).unwrap_or_default()
    }

    /// Back from its text; `None` when it is no level.
    pub fn from_text(text: &str) -> Option<Self> {
        let (parties, unit, hard): (Vec<String>, String, Stretch) = serde_json::from_str(text).ok()?;
        Some(Self { parties: parties.into(), unit: unit.into(), hard: hard.interval() })
    }
}

/// What was asked, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ask {
    pub(crate) indicator: String,
    pub(crate) days: (Date, Date),
    unit: String,
    /// What the level must meet and what it must not.
    meets: Stretch,
    misses: Stretch,
    /// Whose the first such level is, when there is one.
    answer: Option<Vec<String>>,
}

impl Ask {
    /// Asks for a level of parties other than these, among those told.
    pub(crate) fn new(
        (indicator, days, unit): (&str, (Date, Date), &str),
        (meets, misses): (&Interval, &Interval),
        own: &[String],
        told: impl Iterator<Item = Told>,
    ) -> Self {
        let mut ask = Self {
            indicator: indicator.to_owned(),
            days,
            unit: unit.to_owned(),
            meets: Stretch::of(meets),
            misses: Stretch::of(misses),
            answer: None,
        };
        for told in told {
            if ask.is_answered_by(own, &told) {
                ask.answer = Some(told.parties.to_vec());
            }
        }
        ask
    }

    /// Whose level it is.
    pub(crate) fn answer(&self) -> Option<&[String]> {
        self.answer.as_deref()
    }

    /// Whether parties that asked this would be told something else if a level were known, too; they
    /// must have asked under its key.
    pub fn is_answered_by(&self, own: &[String], told: &Told) -> bool {
        let others = *told.parties != *own && *told.unit == *self.unit;
        let fits = || told.hard.meets(&self.meets.interval()) && !told.hard.meets(&self.misses.interval());
        others && self.answer.as_ref().is_none_or(|answer| *told.parties < **answer) && fits()
    }
}

/// An interval that can be written down: its ends and whether they are open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Stretch(Option<String>, Option<String>, bool, bool);

impl Stretch {
    fn of(interval: &Interval) -> Self {
        let end = |end: Option<Decimal>| end.map(|end| end.normalize().to_string());
        Self(end(interval.low), end(interval.high), interval.low_open, interval.high_open)
    }

    fn interval(&self) -> Interval {
        let end = |end: &Option<String>| end.as_ref().and_then(|end| end.parse().ok());
        Interval { low: end(&self.0), high: end(&self.1), low_open: self.2, high_open: self.3 }
    }
}
