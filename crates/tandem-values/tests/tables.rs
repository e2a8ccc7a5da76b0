//! Every table of `data`: a text a line, opened by `>`, and below it all values in it.

use tandem_model::{Date, Span, Value};
use tandem_values::Values;

mod shown;

/// Compares all values of each text with those written below it.
fn check(table: &str, reference: Option<&str>) {
    let values = Values::english();
    let reference: Option<Date> = reference.map(|day| day.parse().expect("a day"));
    let mut faults = String::new();
    for case in table.split("\n> ").skip(1) {
        let (text, rest) = case.split_once('\n').unwrap_or((case, ""));
        let expected: Vec<&str> =
            rest.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        let found = values.find(text, reference);
        let lines: Vec<String> = found.iter().map(|m| shown::shown(text, m)).collect();
        if lines != expected {
            faults.push_str(&format!("> {text}\n  expected {expected:#?}\n  found    {lines:#?}\n"));
        }
        assert!(found.windows(2).all(|w| w[0].span.end() <= w[1].span.start()), "{text}: not in order");
        for mention in &found {
            let inner: Span = match &mention.value {
                Value::Amount { number, .. } => *number,
                Value::Time { expression, .. } => *expression,
            };
            assert!(mention.span.contains(inner) && !inner.is_empty(), "{text}: {mention:?}");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn amounts() {
    check(include_str!("data/amounts.txt"), Some("2025-07-24"));
}

#[test]
fn times_are_counted_from_the_reference_day() {
    check(include_str!("data/times.txt"), Some("2025-07-24"));
}

#[test]
fn without_a_reference_day_relative_times_stay_words() {
    check(include_str!("data/undated.txt"), None);
}

#[test]
fn what_looks_like_a_value_and_is_none() {
    check(include_str!("data/nothing.txt"), Some("2025-07-24"));
}
