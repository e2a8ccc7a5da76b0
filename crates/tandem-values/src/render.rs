//! Values written out: one JSON object a mention.

use rust_decimal::Decimal;
use serde::Serialize;
use tandem_model::{Bound, Mention, Number, Period, TimexKind, Value};

/// A mention as `tandem values --format jsonl` writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueLine<'a> {
    /// The document's id.
    pub doc: &'a str,
    /// First byte of the mention.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// `money`, `percentage`, `multiple`, `quantity`, `count`, `number`, `date`, `time`, `duration` or
    /// `set`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The number in base units; for a duration how many of its unit.
    pub value: Option<Number>,
    /// Upper end of a range.
    pub value_max: Option<Number>,
    /// ISO 4217 code, `%`, `pp`, `times`, `count`, a unit symbol, or a duration's unit (`year`); null
    /// where there is none.
    pub unit: Option<&'a str>,
    /// What a count counts.
    pub noun: Option<&'a str>,
    /// The qualifier; null for times.
    pub bound: Option<Bound>,
    /// One unit in the last written place; null for times.
    pub precision: Option<Number>,
    /// The stretch of the calendar meant.
    pub period: Option<Period>,
    /// TIMEX3 value.
    pub timex: Option<&'a str>,
}

impl<'a> ValueLine<'a> {
    /// The line for a mention in the document `doc`.
    pub fn new(doc: &'a str, mention: &'a Mention) -> Self {
        let (start, end) = (mention.span.start(), mention.span.end());
        let line = Self { doc, start, end, ..Self::empty() };
        match &mention.value {
            Value::Amount { value, value_max, unit, precision, bound, noun, .. } => Self {
                kind: amount_kind(unit, noun.is_some()),
                value: Some(*value),
                value_max: *value_max,
                unit: Some(unit.as_str()).filter(|u| !u.is_empty()),
                noun: noun.as_deref(),
                bound: Some(*bound),
                precision: Some(*precision),
                ..line
            },
            Value::Time { kind, period, timex, .. } => {
                let (low, high) = match timex.as_deref().filter(|_| *kind == TimexKind::Duration) {
                    Some(timex) => {
                        timex.split_once('/').map_or((Some(timex), None), |(a, b)| (Some(a), Some(b)))
                    }
                    None => (None, None),
                };
                let (value, unit) = low.and_then(length).unzip();
                let value_max = high.and_then(length).map(|(max, _)| max);
                let (kind, timex) = (time_kind(*kind), timex.as_deref());
                Self { kind, value, value_max, unit, period: *period, timex, ..line }
            }
        }
    }

    fn empty() -> Self {
        Self {
            doc: "",
            start: 0,
            end: 0,
            kind: "number",
            value: None,
            value_max: None,
            unit: None,
            noun: None,
            bound: None,
            precision: None,
            period: None,
            timex: None,
        }
    }
}

fn amount_kind(unit: &str, noun: bool) -> &'static str {
    match unit {
        "%" | "pp" => "percentage",
        "times" => "multiple",
        "count" => "count",
        "" => {
            if noun {
                "count"
            } else {
                "number"
            }
        }
        code if code.len() == 3
            && code.bytes().all(|b| b.is_ascii_uppercase())
            && code != "TEU"
            && code != "MVA" =>
        {
            "money"
        }
        _ => "quantity",
    }
}

fn time_kind(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "date",
        TimexKind::Time => "time",
        TimexKind::Duration => "duration",
        TimexKind::Set => "set",
    }
}

/// Number and unit of a TIMEX3 length of time: `P3Y` is 3 years, `PT2H30M` 150 minutes. Parts that are
/// no fixed number of one another (`P1M10D`) have no number.
fn length(timex: &str) -> Option<(Number, &'static str)> {
    let (mut clock, mut rest) = (false, timex.strip_prefix('P')?);
    let mut whole: Option<(Decimal, &'static str)> = None;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (clock, rest) = (true, after);
        }
        let letters = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let after = rest[letters..].find(|c: char| !c.is_ascii_alphabetic() || c == 'T');
        let end = after.map_or(rest.len(), |n| letters + n);
        let number: Decimal = rest[..letters].parse().ok()?;
        let unit = unit_of_time(clock, &rest[letters..end])?;
        whole = Some(match whole {
            None => (number, unit),
            Some((large, of)) => (large.checked_mul(in_one(of, unit)?)?.checked_add(number)?, unit),
        });
        rest = &rest[end..];
    }
    whole.map(|(number, unit)| (Number(number.normalize()), unit))
}

fn unit_of_time(clock: bool, letters: &str) -> Option<&'static str> {
    Some(match (clock, letters) {
        (true, "S") => "second",
        (true, "M") => "minute",
        (true, "H") => "hour",
        (false, "D") => "day",
        (false, "W") => "week",
        (false, "WE") => "weekend",
        (false, "M") => "month",
        (false, "Q") => "quarter",
        (false, "Y") => "year",
        (false, "DE") => "decade",
        (false, "CE") => "century",
        _ => return None,
    })
}

/// How many of the unit `small` one `large` is.
fn in_one(large: &str, small: &str) -> Option<Decimal> {
    let many = match (large, small) {
        ("hour", "minute") | ("minute", "second") => 60,
        ("hour", "second") => 3600,
        ("day", "hour") => 24,
        ("week", "day") => 7,
        ("year", "month") => 12,
        _ => return None,
    };
    Some(Decimal::from(many))
}

#[cfg(test)]
mod tests {
    use tandem_model::Date;

    use super::*;
    use crate::Values;

    #[test]
    fn a_line_for_each_kind_of_value() {
        let check = |text: &str, expected: &str| {
            let found = Values::english().find(text, Date::new(2025, 7, 24).ok());
            let lines: Vec<String> = found
                .iter()
                .map(|m| serde_json::to_string(&ValueLine::new("d", m)).expect("a line of JSON"))
                .collect();
            assert_eq!(lines.join("\n"), expected, "{text}");
        };
        check(
            "almost $1.4 billion",
            r#"{"doc":"d","start":0,"end":19,"type":"money","value":1400000000,"value_max":null,"unit":"USD","noun":null,"bound":"under","precision":100000000,"period":null,"timex":null}"#,
        );
        check(
            "60 joint projects",
            r#"{"doc":"d","start":0,"end":2,"type":"count","value":60,"value_max":null,"unit":"count","noun":"joint projects","bound":"exact","precision":1,"period":null,"timex":null}"#,
        );
        check(
            "by 2030",
            r#"{"doc":"d","start":0,"end":7,"type":"date","value":null,"value_max":null,"unit":null,"noun":null,"bound":null,"precision":null,"period":"2030","timex":"2030"}"#,
        );
        check(
            "five years",
            r#"{"doc":"d","start":0,"end":10,"type":"duration","value":5,"value_max":null,"unit":"year","noun":null,"bound":null,"precision":null,"period":null,"timex":"P5Y"}"#,
        );
        check(
            "2 hours 30 minutes",
            r#"{"doc":"d","start":0,"end":18,"type":"duration","value":150,"value_max":null,"unit":"minute","noun":null,"bound":null,"precision":null,"period":null,"timex":"PT2H30M"}"#,
        );
        check(
            "10-12 weeks",
            r#"{"doc":"d","start":0,"end":11,"type":"duration","value":10,"value_max":12,"unit":"week","noun":null,"bound":null,"precision":null,"period":null,"timex":"P10W/P12W"}"#,
        );
    }
}
