//! JSON Feed, versions 1 and 1.1.

use serde_json::Value;

use super::text::as_text;
use super::{Entry, Feed};
use crate::dates::day;

/// Whether a JSON value is a feed.
pub(crate) fn is_feed(value: &Value) -> bool {
    value
        .get("version")
        .and_then(Value::as_str)
        .is_some_and(|version| version.contains("jsonfeed.org/version/"))
}

/// Reads a feed; what is missing or of a wrong type is left out.
pub(super) fn read(feed: &Value) -> Feed {
    let items = feed.get("items").and_then(Value::as_array);
    Feed {
        title: string(feed, "title"),
        lang: string(feed, "language"),
        entries: items.into_iter().flatten().map(entry).collect(),
        fault: items.is_none().then(|| "has no list \"items\"".to_owned()),
    }
}

fn entry(item: &Value) -> Entry {
    let html = |name: &str| string(item, name).map(|html| as_text(&html, true));
    let text =
        html("content_html").or_else(|| string(item, "content_text")).or_else(|| string(item, "summary"));
    let date = ["date_published", "date_modified"].iter().find_map(|name| day(&string(item, name)?));
    Entry {
        key: string(item, "id"),
        title: string(item, "title"),
        link: string(item, "url").or_else(|| string(item, "external_url")),
        published: date,
        lang: string(item, "language"),
        text: text.unwrap_or_default(),
    }
}

fn string(object: &Value, name: &str) -> Option<String> {
    let text = match object.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
