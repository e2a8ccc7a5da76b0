//! What a carrier says about a text: the fields of a sidecar and of a JSONL object.
//!
//! Both are read by hand from a JSON value, field by field, so that one field of a wrong type costs
//! that field and not the document. Refused alternative: a derived `Deserialize`, which gives up at
//! the first surprise.

use serde_json::{Map, Value};
use tandem_model::{Article, Date, Diagnostic};

use crate::Reading;
use crate::format::BOM;

/// A file `X.meta.json` that describes `X.txt`.
#[derive(Clone, Copy, Debug)]
pub struct Sidecar<'a> {
    /// Its path, for messages.
    pub place: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Fills an article from its sidecar; what is wrong with the sidecar is said, and the text is kept.
pub fn apply_sidecar(mut article: Article, sidecar: Sidecar<'_>) -> Reading {
    let bytes = sidecar.bytes.strip_prefix(BOM).unwrap_or(sidecar.bytes);
    let complaints = match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(fields)) => fill(&mut article, &fields),
        Ok(_) => vec![
            "is not a JSON object; the text was read without it (expected {\"published\": …, …})".to_owned(),
        ],
        Err(error) => {
            vec![format!("is not valid JSON: {error}; the text was read without it (mend it or remove it)")]
        }
    };
    let diagnostics = complaints
        .into_iter()
        .map(|message| Diagnostic { place: sidecar.place.to_owned(), message })
        .collect();
    Reading { articles: vec![article], diagnostics }
}

/// Takes the known fields over; returns what is wrong with them. Unknown fields are ignored.
pub(crate) fn fill(article: &mut Article, fields: &Map<String, Value>) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut take = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Some(Value::Number(number)) if name == "id" => Some(number.to_string()),
        Some(other) => {
            complaints.push(format!("\"{name}\" is {}, not a string; it was left out", type_name(other)));
            None
        }
    };
    if let Some(id) = take("id") {
        article.id = id;
    }
    article.url = take("url").or(article.url.take());
    article.publisher = take("publisher").or(article.publisher.take());
    article.lang = take("lang").or(article.lang.take());
    article.title = take("title").or(article.title.take());
    let about = take("published_approx");
    if let Some(written) = take("published") {
        article.published = parse_date(&written);
        article.published_about = written.parse().ok().filter(|_| article.published.is_none());
        if article.published.is_none() && article.published_about.is_none() {
            complaints.push(format!(
                "\"published\" is \"{written}\", not a date like 2025-07-24; the document was read without it"
            ));
        }
    }
    if let Some(about) = about.filter(|_| article.published.is_none()) {
        article.published_about = about.parse().ok().or(article.published_about);
    }
    complaints
}

/// A day, with or without a time of day behind it.
fn parse_date(written: &str) -> Option<Date> {
    let day = written.get(..10)?;
    let rest = &written[10..];
    (rest.is_empty() || rest.starts_with(['T', ' '])).then_some(())?;
    day.parse().ok()
}

pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
