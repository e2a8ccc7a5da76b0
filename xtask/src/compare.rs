//! When two statements stand at the same place, say the same thing, and agree in a field.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::score::{Object, ratio};

const STOP: [&str; 20] = [
    "the", "a", "an", "of", "for", "in", "on", "and", "to", "with", "between", "at", "by", "from", "its",
    "their", "his", "her", "new", "joint",
];

/// The fields that count for the strict score.
pub(crate) fn fields_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "figure" => &["indicator", "measure", "bound", "period", "parties"],
        "target" => &["indicator", "bound", "deadline", "parties"],
        "project" => &["status", "parties"],
        "agreement" => &["type", "status", "until"],
        "meeting" => &["type", "place", "date", "status"],
        "commitment" => &["strength"],
        "institution" => &["status"],
        _ => &["from", "to"],
    }
}

/// Whether the two stand at places that overlap; a place that cannot be found is no objection.
pub(crate) fn same_place(text: &str, gold: &Object, predicted: &Object) -> bool {
    match (quote_span(text, text_of(gold, "quote")), evidence_span(text, predicted)) {
        (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
        _ => true,
    }
}

/// The bytes of a statement's evidence.
pub(crate) fn evidence_span(text: &str, predicted: &Object) -> Option<(usize, usize)> {
    let evidence = match predicted.get("evidence") {
        Some(Value::Array(list)) => list.first(),
        other => other,
    };
    let Some(Value::Object(evidence)) = evidence else {
        return quote_span(text, text_of(predicted, "quote"));
    };
    let offset = |name: &str| evidence.get(name).and_then(Value::as_u64).map(|n| n as usize);
    match (offset("start"), offset("end")) {
        (Some(start), Some(end)) => Some((start, end)),
        _ => quote_span(text, text_of(evidence, "quote").or_else(|| text_of(evidence, "exact"))),
    }
}

/// The bytes of a quote's first place in the text; runs of white space may differ.
pub(crate) fn quote_span(text: &str, quote: Option<&str>) -> Option<(usize, usize)> {
    let quote = quote.filter(|quote| !quote.is_empty())?;
    if let Some(start) = text.find(quote) {
        return Some((start, start + quote.len()));
    }
    let words: Vec<&str> = quote.split_whitespace().collect();
    let first = words.first()?;
    text.match_indices(first).find_map(|(start, _)| words_at(text, start, &words).map(|end| (start, end)))
}

/// Where the words end that begin at `start`, with white space between each two of them.
fn words_at(text: &str, start: usize, words: &[&str]) -> Option<usize> {
    let mut at = start;
    for (i, word) in words.iter().enumerate() {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        if i > 0 && trimmed.len() == rest.len() {
            return None;
        }
        let rest = if i > 0 { trimmed } else { rest };
        at = text.len() - rest.len() + word.len();
        rest.starts_with(word).then_some(())?;
    }
    Some(at)
}

/// Whether the two state the same thing at heart.
pub(crate) fn same_core(kind: &str, g: &Object, p: &Object) -> bool {
    let whole = |key: &str| near(field(g, key), field(p, key));
    let alike = |key: &str| overlap_of_words(text_of(g, key), text_of(p, key)) >= 0.5;
    let several = field(g, "count").and_then(Value::as_f64).is_some_and(|count| count > 1.0);
    match kind {
        "figure" | "target" => {
            let unit = |object| text_of(object, "unit").unwrap_or("").to_lowercase();
            whole("value") && unit(g) == unit(p)
        }
        "project" if field(g, "value").is_some() => whole("value"),
        "project" | "agreement" if several => whole("count"),
        "project" | "institution" | "award" => alike("name"),
        "agreement" => alike("title") || field(g, "type") == field(p, "type"),
        "meeting" => {
            let (a, b) = (joined(g, "participants"), joined(p, "participants"));
            overlap_of_words(Some(&a), Some(&b)) > 0.0 || field(g, "type") == field(p, "type")
        }
        _ => true,
    }
}

fn joined(object: &Object, key: &str) -> String {
    let Some(Value::Array(items)) = object.get(key) else { return String::new() };
    items.iter().map(plain).collect::<Vec<_>>().join(" ")
}

/// Whether one field is right, by the gold's answer or another accepted one.
pub(crate) fn field_right(name: &str, g: &Object, p: &Object, periods: &BTreeSet<String>) -> bool {
    let accepted = g.get("accept").and_then(|accept| accept.get(name)).and_then(Value::as_array);
    let others = accepted.into_iter().flatten().filter(|value| !value.is_null()).map(Some);
    let none_accepted = accepted.is_some_and(|list| list.iter().any(Value::is_null));
    let answers = others.chain(none_accepted.then_some(None)).chain([field(g, name)]);
    answers.into_iter().any(|answer| answer_right(name, answer, p, periods))
}

fn answer_right(name: &str, answer: Option<&Value>, p: &Object, periods: &BTreeSet<String>) -> bool {
    let got = field(p, name);
    match name {
        "period" if answer.is_none() && carried(p, periods) => true,
        "period" | "deadline" | "date" | "until" => answer.map(normal_period) == got.map(normal_period),
        "parties" => sorted(answer) == sorted(got),
        "place" => answer.is_none_or(|place| {
            overlap_of_words(Some(&plain(place)), Some(&got.map(plain).unwrap_or_default())) > 0.0
        }),
        "indicator" if answer.and_then(Value::as_str).is_some_and(|s| s.starts_with("other")) => {
            got.is_some_and(Value::is_string)
        }
        _ => same_value(answer, got),
    }
}

/// A period taken over from another sentence is no error when the gold knows that period.
fn carried(p: &Object, periods: &BTreeSet<String>) -> bool {
    let flag = field(p, "period_carried").is_some_and(|flag| flag.as_bool().unwrap_or(true));
    flag && field(p, "period").is_some_and(|period| periods.contains(&normal_period(period)))
}

/// The period of a statement that has one, in the normal form that carried periods are compared in.
pub(crate) fn truthy_period(object: &Object) -> Option<String> {
    let period = field(object, "period")?;
    (period.as_str() != Some("")).then(|| normal_period(period))
}

fn same_value(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a.and_then(Value::as_f64), b.and_then(Value::as_f64)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

fn sorted(value: Option<&Value>) -> Vec<String> {
    let mut items: Vec<String> = value.and_then(Value::as_array).into_iter().flatten().map(plain).collect();
    items.sort();
    items
}

/// Halves and quarters as months, twelve months as a year.
fn normal_period(value: &Value) -> String {
    let period = plain(value).trim().to_owned();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let Some((year, rest)) = period.get(..4).filter(|y| digits(y)).zip(period.get(4..)) else {
        return period;
    };
    match rest {
        "-H1" | "-Q1" | "-Q2" | "-Q3" | "-Q4" | "-H2" => {
            let (first, last) = match rest {
                "-H1" => (1, 6),
                "-H2" => (7, 12),
                "-Q1" => (1, 3),
                "-Q2" => (4, 6),
                "-Q3" => (7, 9),
                _ => (10, 12),
            };
            format!("{year}-{first:02}/{year}-{last:02}")
        }
        _ if rest == format!("-01/{year}-12") => year.to_owned(),
        _ => period,
    }
}

/// Words two names have in common, as a share of the shorter one.
fn overlap_of_words(a: Option<&str>, b: Option<&str>) -> f64 {
    let (a, b) = (words(a.unwrap_or("")), words(b.unwrap_or("")));
    if a.is_empty() || b.is_empty() { 0.0 } else { ratio(a.intersection(&b).count(), a.len().min(b.len())) }
}

fn words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase().replace("centre", "center").replace("programme", "program");
    let pieces = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    pieces.filter(|word| !word.is_empty() && !STOP.contains(word)).map(str::to_owned).collect()
}

/// Equal within half a percent; without a number on both sides, equal as words.
fn near(a: Option<&Value>, b: Option<&Value>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 0.005 * a.abs().max(b.abs()).max(1e-9),
        _ => plain(a) == plain(b),
    }
}

/// A field that is neither absent nor null.
fn field<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// A field that holds words.
pub(crate) fn text_of<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Trade reached $4.3 billion in 2024. The sides\nsigned 17 documents. Lu met Okoth in Lomé.";

    #[test]
    fn quotes_are_found_over_other_white_space() {
        assert_eq!(quote_span(TEXT, Some("The sides signed 17")), Some((36, 55)));
        assert_eq!(quote_span(TEXT, Some("sides  signed")), Some((40, 52)));
        assert_eq!(quote_span(TEXT, Some("Lomé")), Some((TEXT.len() - 6, TEXT.len() - 1)));
        assert_eq!(quote_span(TEXT, Some("thesigned")), None);
        assert_eq!(quote_span(TEXT, None), None);
    }
}
