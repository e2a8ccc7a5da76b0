//! Values found in text: amounts, percentages, counts, dates and periods.

use serde::{Deserialize, Serialize};

use crate::{Number, Period, Span};

/// How a qualifier bounds the number beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// No qualifier.
    #[default]
    Exact,
    /// About, around, some.
    About,
    /// Almost, nearly, up to, less than.
    Under,
    /// Over, more than, exceeding, at least.
    Over,
    /// From one value to another.
    Range,
}

/// What kind of time expression, after TimeML TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A day, month, year or interval of the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time without a place in the calendar.
    Duration,
    /// A repeated time ("every year", "annually").
    Set,
}

/// How TIMEX3 qualifies the value of a time expression, its attribute `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimexMod {
    /// The first part: "early 2013", "the beginning of May".
    Start,
    /// The middle: "mid-2013".
    Mid,
    /// The last part: "late 2013", "the end of May".
    End,
    /// "About three years".
    Approx,
    /// "Nearly three years".
    LessThan,
    /// "More than three years".
    MoreThan,
}

impl TimexMod {
    /// As TIMEX3 writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
        }
    }
}

/// One of the two ends of a stretch, which TIMEX3 tags apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimexEnd {
    /// Its words.
    pub span: Span,
    /// Its TIMEX3 value, when it has one.
    pub value: Option<String>,
}

/// How far an anchored expression lies from the one that it hangs on: "the following day" is one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimexStep {
    /// How many units, negative for earlier.
    pub count: i32,
    /// TIMEX3 letter of the unit: `D`, `W`, `M`, `Q`, `Y`, or `X` for ten years.
    pub unit: char,
}

/// What TIMEX3 says of a time expression beyond its kind and value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimexDetail {
    /// Attribute `mod`.
    pub modifier: Option<TimexMod>,
    /// Attribute `quant` of a set: `EVERY`, `EACH`.
    pub quant: Option<String>,
    /// Attribute `freq` of a set: `2X`.
    pub freq: Option<String>,
    /// The words to tag where they are fewer than the expression ("this year" of "so far this year").
    pub tag: Option<Span>,
    /// Both ends of a stretch that names two; else empty.
    pub ends: Vec<TimexEnd>,
    /// For anchored expressions, how far they lie from their anchor.
    pub step: Option<TimexStep>,
}

/// A typed value with the place where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The written value, qualifier included ("almost $1.4 billion").
    pub span: Span,
    /// What it means.
    pub value: Value,
}

/// The meaning of a value in text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Value {
    /// A number with or without a unit: money (ISO 4217 unit), percentage (`%`), quantity (`t`, `km`,
    /// `kWh`, …), multiple (`times`), or a bare count (`count`).
    Amount {
        /// The number in base units; the lower end of a range.
        value: Number,
        /// The upper end of a range.
        value_max: Option<Number>,
        /// ISO 4217 code, `%`, `pp` (percentage points), `times`, `count` or a unit symbol; empty
        /// for a number that has none and counts nothing that is named beside it.
        unit: String,
        /// The size of one unit in the last written place (4.3 billion: 100000000).
        precision: Number,
        /// The qualifier.
        bound: Bound,
        /// The noun that a count counts ("projects"), as written, when the text names one.
        noun: Option<String>,
        /// The span of the number alone, without qualifier, currency or unit.
        number: Span,
    },
    /// A time expression.
    Time {
        /// What kind.
        kind: TimexKind,
        /// The expression alone, without the preposition that makes it a deadline or a start
        /// ("2030" of "by 2030").
        expression: Span,
        /// The stretch of the calendar meant, when it can be resolved.
        period: Option<Period>,
        /// TIMEX3 value, when there is one (`2024-05`, `P3Y`, `PRESENT_REF`).
        timex: Option<String>,
        /// True for "the same period last year", "a year earlier", "that year": the meaning hangs on
        /// another expression in the text; `shift_years` says how far from it.
        anchored: bool,
        /// For anchored expressions: years from the anchor (−1 for "the same period last year"); 0
        /// with a `period` means the anchor's stretch of the calendar moved into that period ("the
        /// same period of 2023").
        shift_years: i8,
        /// True when the document's date was needed to resolve it ("last year", "on Thursday").
        relative: bool,
        /// True for "by 2030", "until", "before", "within three years": an end, not a stretch.
        deadline: bool,
        /// True for "since 2017", "from 2019" and the like: a start without an end.
        open: bool,
        /// True for words that no calendar resolves ("near future", "coming years", "soon").
        vague: bool,
        /// True for words that only point ("the day", "years", "the 1st week"): TIMEX3 tags them, but they
        /// are no date or length that a statement could carry.
        loose: bool,
        /// What TIMEX3 says beyond kind and value, when there is more.
        detail: Option<Box<TimexDetail>>,
    },
}
