//! Documents as JSON: one object a line, or one value over several lines.

use serde_json::Value;
use tandem_model::{Article, Diagnostic, content_hash};

use crate::card::{fill, type_name};
use crate::format::BOM;
use crate::{HASH_ID, Limits, Reading};

/// Reads one line of JSONL; `number` counts from 1. A blank line is nothing, a bad line costs only itself.
pub fn read_line(place: &str, number: u64, line: &[u8], limits: &Limits) -> Reading {
    let line = line.strip_prefix(BOM).unwrap_or(line).trim_ascii();
    let place = format!("{place}:{number}");
    if line.is_empty() {
        return Reading::default();
    }
    if line.len() as u64 > limits.document_bytes {
        return Reading {
            articles: Vec::new(),
            diagnostics: vec![limits.refusal(&place, line.len() as u64)],
        };
    }
    if let Err(error) = std::str::from_utf8(line) {
        let offset = error.valid_up_to();
        let message = format!(
            "is not valid UTF-8: byte 0x{:02x} at byte {} of the line (save it as UTF-8)",
            line[offset],
            offset + 1
        );
        return Reading::refused(&place, message);
    }
    match serde_json::from_slice(line) {
        Ok(value) => from_value(&place, value),
        Err(error) => Reading::refused(
            &place,
            format!("is not valid JSON: {} (one object a line: {{\"text\": …}})", plain(&error)),
        ),
    }
}

/// Reads one JSON value that spans lines: an object is a document, a list holds documents.
pub fn read_json(place: &str, bytes: &[u8], limits: &Limits) -> Reading {
    if bytes.len() as u64 > limits.document_bytes {
        return Reading {
            articles: Vec::new(),
            diagnostics: vec![limits.refusal(place, bytes.len() as u64)],
        };
    }
    match serde_json::from_slice(bytes.strip_prefix(BOM).unwrap_or(bytes)) {
        Ok(Value::Array(items)) if items.is_empty() => {
            Reading::refused(place, "holds no document: the list is empty")
        }
        Ok(Value::Array(items)) => {
            let mut all = Reading::default();
            for (index, item) in items.into_iter().enumerate() {
                all.extend(from_value(&format!("{place}[{index}]"), item));
            }
            all
        }
        Ok(value) => from_value(place, value),
        Err(error) => {
            Reading::refused(place, format!("is not valid JSON: {error} (expected {{\"text\": …}})"))
        }
    }
}

/// The parser's message without its place: in one line the column alone helps.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or_default();
    format!("{message} at column {}", error.column())
}

fn from_value(place: &str, value: Value) -> Reading {
    let Value::Object(mut fields) = value else {
        return Reading::refused(
            place,
            format!("is {}, not an object (expected {{\"text\": …}})", type_name(&value)),
        );
    };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(other) => {
            return Reading::refused(place, format!("\"text\" is {}, not a string", type_name(&other)));
        }
        None => return Reading::refused(place, "has no \"text\" (only \"text\" is required)"),
    };
    if text.trim().is_empty() {
        return Reading::refused(place, "\"text\" is empty");
    }
    let sha256 = content_hash(text.as_bytes());
    let mut article = Article { id: sha256[..HASH_ID].to_owned(), sha256, text, ..Article::default() };
    let diagnostics = fill(&mut article, &fields)
        .into_iter()
        .map(|message| Diagnostic { place: place.to_owned(), message })
        .collect();
    Reading { articles: vec![article], diagnostics }
}
