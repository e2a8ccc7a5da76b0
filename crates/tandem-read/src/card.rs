//! What a carrier says about a text: the fields of a sidecar, of a JSONL object, of a table's row.
//!
//! They are read by hand from a JSON value, field by field, so that one field of a wrong type costs
//! that field and not the document. Refused alternative: a derived `Deserialize`, which gives up at
//! the first surprise. Our own names for fields come first, and complaints are about those; the names that
//! other people's dumps use are taken when they fit and passed over in silence when they do not.

use serde_json::{Map, Value};
use tandem_model::{Article, Date};

use crate::format::BOM;
use crate::{Reading, day, remark};

/// The ending of a file `X.meta.json` that describes `X.txt`.
pub const SIDECAR: &str = ".meta.json";

/// The sidecar of a file.
///
/// ```
/// assert_eq!(tandem_read::sidecar_name("news/a.b.txt"), "news/a.b.meta.json");
/// ```
pub fn sidecar_name(file: &str) -> String {
    let name_start = file.rfind('/').map_or(0, |slash| slash + 1);
    let stem = match file[name_start..].rfind('.') {
        Some(dot) if dot > 0 => &file[..name_start + dot],
        _ => file,
    };
    format!("{stem}{SIDECAR}")
}

/// Names of a column that holds the text, the likeliest first.
const TEXT: [&str; 16] = [
    "text",
    "maintext",
    "main_text",
    "full_text",
    "fulltext",
    "article_text",
    "articletext",
    "plain_text",
    "article",
    "body",
    "content",
    "content_text",
    "story",
    "raw_text",
    "news",
    "текст",
];

/// Other names of our fields: `url`, `published`, `publisher`, `lang`, `title`.
const ALIASES: [(&str, &[&str]); 5] = [
    ("url", &["link", "href", "canonical_url", "source_url", "article_url"]),
    (
        "published",
        &[
            "published_at",
            "date_published",
            "date_publish",
            "publish_date",
            "publication_date",
            "pubdate",
            "pub_date",
            "published_date",
            "datetime",
            "date",
            "created_at",
            "timestamp",
        ],
    ),
    ("publisher", &["outlet", "site_name", "sitename", "source_domain", "source_name", "domain", "source"]),
    ("lang", &["language", "lang_code"]),
    ("title", &["headline", "heading", "subject"]),
];

/// The column that holds the text: the one that is asked for, else the likeliest by name.
pub(crate) fn text_column<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    asked: Option<&str>,
) -> Option<&'n str> {
    let named = |wanted: &str| names.clone().find(|name| name.eq_ignore_ascii_case(wanted));
    match asked {
        Some(asked) => named(asked),
        None => TEXT.iter().find_map(|wanted| named(wanted)),
    }
}

/// Whether a column says something of a document.
pub(crate) fn is_known_column(name: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    is("id")
        || is("published_approx")
        || ALIASES.iter().any(|(own, others)| is(own) || others.iter().any(|o| is(o)))
}

/// Fills an article from its sidecar; what is wrong with the sidecar is said, and the text is kept.
pub(crate) fn apply_sidecar(mut article: Article, place: &str, bytes: &[u8]) -> Reading {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let complaints = match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(fields)) => fill(&mut article, &fields),
        Ok(_) => vec![
            "is not a JSON object; the text was read without it (expected {\"published\": …, …})".to_owned(),
        ],
        Err(error) => {
            vec![format!("is not valid JSON: {error}; the text was read without it (mend it or remove it)")]
        }
    };
    let diagnostics = complaints.into_iter().map(|message| remark(place, message)).collect();
    Reading { articles: vec![article], diagnostics }
}

/// Takes the known fields over; returns what is wrong with them. Unknown fields are ignored.
pub(crate) fn fill(article: &mut Article, fields: &Map<String, Value>) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut take = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => alias(name, fields),
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
    let own = fields.get("published").is_some_and(|value| !value.is_null());
    if let Some(written) = take("published") {
        let stated = parse_date(&written).or_else(|| day(&written));
        let stated_about = written.parse().ok().filter(|_| stated.is_none());
        if stated.is_some() || stated_about.is_some() {
            (article.published, article.published_about) = (stated, stated_about);
        } else if own {
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

/// The value of a field under one of the names that others give it.
fn alias(name: &str, fields: &Map<String, Value>) -> Option<String> {
    let (_, others) = ALIASES.iter().find(|(own, _)| *own == name)?;
    let named = |other: &&str| fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(other));
    // Our own name in other letters first.
    std::iter::once(&name).chain(*others).filter_map(named).find_map(|(_, value)| {
        let text = value.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    })
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
