//! Quantities in sentences as news has them, in our own words: values, and values with their units, scored as F1.
//!
//! The manner of counting is that of public benchmarks of quantities: dates are none, lengths of time are,
//! a bare number's unit is the noun that it counts (its head), a range is one quantity with two ends. One
//! half of the sentences was written before the rules and not looked at while writing them.

use tandem_model::{Date, TimexKind, Value};
use tandem_values::{ValueLine, Values};

/// A quantity as the tables write it: value, unit with the head of its noun, bound.
#[derive(Clone, Debug, PartialEq)]
struct Quantity {
    value: String,
    unit: String,
    bound: String,
}

/// How many were expected, found, and met by value, by value and unit, and in all.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    expected: usize,
    found: usize,
    value: usize,
    unit: usize,
    all: usize,
}

impl Score {
    fn f1(&self, met: usize) -> f64 {
        2.0 * met as f64 / (self.expected + self.found) as f64
    }
}

fn expected(line: &str) -> Quantity {
    let mut words = line.split_whitespace();
    let value = words.next().unwrap_or_default().to_owned();
    let mut unit = words.next().unwrap_or_default().to_owned();
    let mut rest: Vec<&str> = words.collect();
    let bound = rest.pop_if(|w| matches!(*w, "about" | "under" | "over")).unwrap_or("");
    if unit == "count" {
        unit = rest.last().unwrap_or(&"").to_lowercase();
    }
    Quantity { value, unit, bound: bound.to_owned() }
}

fn found(text: &str, values: &Values) -> Vec<Quantity> {
    let mentions = values.find(text, Date::new(2024, 3, 20).ok());
    let counts = |value: &Value| match value {
        Value::Amount { .. } => true,
        // Lengths of time are quantities; stretches of the calendar are none.
        Value::Time { kind, period, .. } => *kind == TimexKind::Duration && period.is_none(),
    };
    mentions
        .iter()
        .filter(|m| counts(&m.value))
        .filter_map(|m| {
            let line = ValueLine::new("", m);
            let low = line.value?.to_string();
            let value = line.value_max.map_or(low.clone(), |high| format!("{low}..{high}"));
            let noun = line.noun.and_then(|n| n.split_whitespace().last()).map(str::to_lowercase);
            let unit = noun.or(line.unit.map(str::to_owned)).unwrap_or("-".to_owned());
            let bound = line.bound.map_or(String::new(), |b| format!("{b:?}").to_lowercase());
            let bound = if matches!(bound.as_str(), "exact" | "range") { String::new() } else { bound };
            Some(Quantity { value, unit, bound })
        })
        .collect()
}

/// Takes out of `found` the best match of one expected quantity.
fn meet(one: &Quantity, found: &mut Vec<Quantity>, score: &mut Score) -> bool {
    let close = |f: &Quantity| {
        usize::from(f.value == one.value) * 4
            + usize::from(f.unit == one.unit) * 2
            + usize::from(f.bound == one.bound)
    };
    let Some((at, best)) =
        (0..found.len()).map(|i| (i, close(&found[i]))).max_by_key(|(i, c)| (*c, usize::MAX - i))
    else {
        return false;
    };
    if best < 4 {
        return false;
    }
    found.remove(at);
    score.value += 1;
    score.unit += usize::from(best >= 6);
    score.all += usize::from(best == 7);
    best >= 6
}

/// Scores a table and prints what is missed; `quiet` keeps the sentences unseen.
fn score(table: &str, quiet: bool) -> Score {
    let values = Values::english();
    let mut score = Score::default();
    for case in table.split("\n> ").skip(1) {
        let (text, rest) = case.split_once('\n').unwrap_or((case, ""));
        let wanted: Vec<Quantity> = rest.lines().filter(|l| !l.trim().is_empty()).map(expected).collect();
        let mut left = found(text, &values);
        score.expected += wanted.len();
        score.found += left.len();
        let missed: Vec<&Quantity> = wanted.iter().filter(|one| !meet(one, &mut left, &mut score)).collect();
        if !quiet && (!missed.is_empty() || !left.is_empty()) {
            println!("{text}\n    missed {missed:?}\n    left over {left:?}");
        }
    }
    println!(
        "{} expected, {} found: F1 of value {:.3}, of value with unit {:.3}, of both with bound {:.3}",
        score.expected,
        score.found,
        score.f1(score.value),
        score.f1(score.unit),
        score.f1(score.all)
    );
    score
}

#[test]
fn news_as_seen() {
    let score = score(include_str!("data/news.txt"), false);
    assert!(score.f1(score.value) >= 0.98 && score.f1(score.unit) >= 0.98, "{score:?}");
}

#[test]
fn news_unseen() {
    let score = score(include_str!("data/news-unseen.txt"), std::env::var("TANDEM_NEWS_SHOW").is_err());
    assert!(score.f1(score.value) >= 0.96 && score.f1(score.unit) >= 0.95, "{score:?}");
}
