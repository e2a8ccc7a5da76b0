//! Rows for programs: JSON, JSON lines, CSV.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
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
/// An entry with several values (figures) or steps (targets, lives) gives a row for each of them, with
/// the entry's own fields repeated; objects within become columns (`preferred_value`); lists of words
/// are joined with `; `; anything deeper is JSON in its cell. A text that a spreadsheet would take for a
/// formula gets an apostrophe before it: the texts come from anywhere.
pub fn csv<T: Serialize>(rows: &[T]) -> String {
    let entries = rows.iter().filter_map(|row| serde_json::from_str::<Node>(&object(row)).ok());
    let rows: Vec<Row> = entries.flat_map(|entry| exploded(&entry)).collect();
    let mut header: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !header.contains(&name.as_str()) {
            header.push(name);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let mut out = line(header.iter().map(|name| (*name).to_owned()));
    for row in &rows {
        let cell = |name: &&str| {
            row.iter().find(|(key, _)| key == name).map_or_else(String::new, |(_, value)| value.clone())
        };
        out.push_str(&line(header.iter().map(cell)));
    }
    out
}

/// Names and cells.
type Row = Vec<(String, String)>;

/// The fields that hold what an entry has several of, with what to call one of them.
const SEVERAL: [(&str, &str); 2] = [("values", "value"), ("steps", "step")];

/// The rows of one entry.
fn exploded(entry: &Node) -> Vec<Row> {
    let several = SEVERAL.iter().find_map(|(field, one)| match entry.field(field) {
        Some(Node::List(items)) if !items.is_empty() => Some((*field, *one, items)),
        _ => None,
    });
    let mut own = Row::new();
    for (name, value) in entry.fields() {
        if several.is_none_or(|(field, _, _)| field != name) {
            value.flatten(name, &mut own);
        }
    }
    let Some((_, one, items)) = several else { return vec![own] };
    let row = |item: &Node| {
        let mut fields = Row::new();
        item.flatten("", &mut fields);
        let taken = |name: &str| own.iter().any(|(own, _)| own == name);
        let named = |(name, value): (String, String)| {
            (if taken(&name) { format!("{one}_{name}") } else { name }, value)
        };
        own.iter().cloned().chain(fields.into_iter().map(named)).collect()
    };
    items.iter().map(row).collect()
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

/// A text as a cell that no spreadsheet runs.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A JSON value whose objects keep their written order, which `serde_json::Value` does not.
enum Node {
    Plain(Value),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn fields(&self) -> &[(String, Node)] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    fn field(&self, name: &str) -> Option<&Node> {
        self.fields().iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Adds itself as one cell, or its fields as several.
    fn flatten(&self, name: &str, row: &mut Row) {
        let Self::Object(fields) = self else {
            row.push((name.to_owned(), self.cell()));
            return;
        };
        for (inner, value) in fields {
            let name = if name.is_empty() { inner.clone() } else { format!("{name}_{inner}") };
            value.flatten(&name, row);
        }
    }

    fn cell(&self) -> String {
        match self {
            Self::Plain(Value::Null) => String::new(),
            Self::Plain(Value::String(text)) => harmless(text),
            Self::List(items) if items.iter().all(|item| matches!(item, Self::Plain(_))) => {
                items.iter().map(Self::cell).collect::<Vec<_>>().join("; ")
            }
            other => other.json(),
        }
    }

    fn json(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(",");
        match self {
            Self::Plain(value) => value.to_string(),
            Self::List(items) => format!("[{}]", joined(items.iter().map(Self::json).collect())),
            Self::Object(fields) => {
                let field = |(name, value): &(String, Node)| {
                    format!("{}:{}", Value::from(name.as_str()), value.json())
                };
                format!("{{{}}}", joined(fields.iter().map(field).collect()))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

/// Reads any JSON value as a [`Node`].
struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Object(fields))
    }
}
