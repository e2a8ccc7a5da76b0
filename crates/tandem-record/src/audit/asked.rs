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
    /// Who says so, where one country or a group of several is told of: such a level may be a whole of
    /// which other parties have a part.
    pub(crate) source: Option<Box<Source>>,
}

/// A level so exactly that others can quote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Source {
    pub(crate) doc: String,
    pub(crate) statement: String,
    /// The number as written, in base units.
    pub(crate) value: String,
    pub(crate) scope: Option<String>,
}

/// A level as text: its parties, its unit, its interval and who says so.
type AsText = (Vec<String>, String, Stretch, Option<Source>);

impl Told {
    /// As text, to be kept; equal levels have one text.
    pub fn to_text(&self) -> String {
        let source = self.source.as_deref();
        serde_json::to_string(&(&*self.parties, &*self.unit, Stretch::of(&self.hard), source))
            .unwrap_or_default()
    }

    /// Back from its text; `None` when it is no level.
    pub fn from_text(text: &str) -> Option<Self> {
        let (parties, unit, hard, source): AsText = serde_json::from_str(text).ok()?;
        let source = source.map(Box::new);
        Some(Self { parties: parties.into(), unit: unit.into(), hard: hard.interval(), source })
    }
}

/// Whose a level is, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) parties: Vec<String>,
    pub(crate) source: Option<Source>,
}

impl Answer {
    fn of(told: &Told) -> Self {
        Self { parties: told.parties.to_vec(), source: told.source.as_deref().cloned() }
    }
}

/// What was asked, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ask {
    pub(crate) indicator: String,
    pub(crate) days: (Date, Date),
    want: Want,
}

/// What a level must be like to be an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Want {
    /// Of other parties, in a unit, meeting the one interval and not the other; the first by parties.
    Like { unit: String, meets: Stretch, misses: Stretch, answer: Option<Box<Answer>> },
    /// All that is traded by one of the parties alone: the texts of the levels known.
    Wholes { known: Vec<String> },
}

impl Ask {
    /// Asks for a level of parties other than these, among those told.
    pub(crate) fn new(
        (indicator, days, unit): (&str, (Date, Date), &str),
        (meets, misses): (&Interval, &Interval),
        own: &[String],
        told: impl Iterator<Item = Told>,
    ) -> Self {
        let want = Want::Like {
            unit: unit.to_owned(),
            meets: Stretch::of(meets),
            misses: Stretch::of(misses),
            answer: None,
        };
        let mut ask = Self { indicator: indicator.to_owned(), days, want };
        for told in told {
            if !ask.is_answered_by(own, &told) {
                continue;
            }
            if let Want::Like { answer, .. } = &mut ask.want {
                *answer = Some(Box::new(Answer::of(&told)));
            }
        }
        ask
    }

    /// Asks for what each of some parties has alone, among the levels told; gives these, too.
    pub(crate) fn wholes(
        (indicator, days): (&str, (Date, Date)),
        own: &[String],
        told: impl Iterator<Item = Told>,
    ) -> (Self, Vec<Told>) {
        let mut known: Vec<(String, Told)> =
            told.filter(|told| is_whole(own, told)).map(|told| (told.to_text(), told)).collect();
        known.sort_by(|a, b| a.0.cmp(&b.0));
        known.dedup_by(|a, b| a.0 == b.0);
        let (texts, wholes) = known.into_iter().unzip();
        (Self { indicator: indicator.to_owned(), days, want: Want::Wholes { known: texts } }, wholes)
    }

    /// Whose level it is.
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match &self.want {
            Want::Like { answer, .. } => answer.as_deref(),
            Want::Wholes { .. } => None,
        }
    }

    /// Whether parties that asked this would be told something else if a level were known, too; they
    /// must have asked under its key.
    pub fn is_answered_by(&self, own: &[String], told: &Told) -> bool {
        match &self.want {
            Want::Wholes { known } => is_whole(own, told) && known.binary_search(&told.to_text()).is_err(),
            Want::Like { unit, meets, misses, answer } => {
                let others = *told.parties != *own && *told.unit == **unit;
                let fits = || told.hard.meets(&meets.interval()) && !told.hard.meets(&misses.interval());
                let first = || answer.as_ref().is_none_or(|answer| Answer::of(told) < **answer);
                others && fits() && first()
            }
        }
    }
}

/// Whether a level is all that one of the parties has: no goods are named.
fn is_whole(own: &[String], told: &Told) -> bool {
    let one = matches!(&*told.parties, [one] if own.len() > 1 && own.contains(one));
    one && told.source.as_ref().is_some_and(|source| source.scope.is_none())
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
