//! Rows for programs: JSON, JSON lines, CSV.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// One object a line.
pub fn jsonl<T: Serialize>(rows: &[T]) -> String {
    rows.iter().map(|row| format!("{}\n", object(row))).collect()
}

/// One array, an object a line, so that it can be read by eye and compared by line.
pub fn json<T: Serialize>(rows: &[T]) -> String {
    let objects: Vec<String> = rows.iter().map(|row| format!("  {}", object(row))).collect();
    if objects.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", objects.join(",\n")) }
}

/// The types of the record have string keys and plain values, which always serialize.
fn object<T: Serialize>(row: &T) -> String {
    serde_json::to_string(row).unwrap_or_else(|error| format!("{{\"error\":{:?}}}", error.to_string()))
}

/// Comma-separated values with a header row (RFC 4180 but for the line ends, which are plain).
///
/// Lists of words are joined with `; `, anything deeper is JSON in its cell. A text that a spreadsheet
/// would take for a formula gets an apostrophe before it: the texts come from anywhere.
pub fn csv<T: Serialize>(rows: &[T]) -> String {
    let rows: Vec<Fields> = rows.iter().filter_map(|row| serde_json::from_str(&object(row)).ok()).collect();
    let mut header: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.0) {
        if !header.contains(&name.as_str()) {
            header.push(name);
        }
    }
    let mut out = line(header.iter().map(|name| (*name).to_owned()));
    for row in &rows {
        let cell = |name: &&str| {
            row.0.iter().find(|(key, _)| key == name).map_or_else(String::new, |(_, v)| flat(v))
        };
        out.push_str(&line(header.iter().map(cell)));
    }
    if rows.is_empty() { String::new() } else { out }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("{}\n", cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            items.iter().map(flat).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// An object's fields in their written order, which `serde_json::Map` does not keep.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
