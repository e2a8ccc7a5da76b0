//! Documents as JSON: one object a line, or one value over several lines.

use serde_json::Value;
use tandem_model::{Article, content_hash};

use crate::card::{fill, text_column, type_name};
use crate::encoding::{decode, is_wide};
use crate::format::BOM;
use crate::{HASH_ID, Options, Reading, feed, remark};

/// Reads one line of JSONL. A blank line is nothing, a bad line costs only itself.
pub(crate) fn read_line(place: &str, line: &[u8], options: &Options) -> Reading {
    let line = line.strip_prefix(BOM).unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return Reading::default();
    }
    if let Err(error) = std::str::from_utf8(line) {
        let offset = error.valid_up_to();
        let message = format!(
            "is not valid UTF-8: byte 0x{:02x} at byte {} of the line (save it as UTF-8)",
            line[offset],
            offset + 1
        );
        return Reading::refused(place, message);
    }
    match serde_json::from_slice(line) {
        Ok(value) => from_value(place, value, options),
        Err(error) => Reading::refused(
            place,
            format!("is not valid JSON: {} (one object a line: {{\"text\": …}})", plain(&error)),
        ),
    }
}

/// Reads one JSON value that spans lines: an object is a document or a feed, a list holds documents.
pub(crate) fn read_json(place: &str, bytes: &[u8], options: &Options) -> Reading {
    let decoded = is_wide(bytes).then(|| decode(bytes, None).text);
    let bytes = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
    match serde_json::from_slice(bytes.strip_prefix(BOM).unwrap_or(bytes)) {
        Ok(Value::Array(items)) if items.is_empty() => {
            Reading::refused(place, "holds no document: the list is empty")
        }
        Ok(Value::Array(items)) => {
            let mut all = Reading::default();
            for (index, item) in items.into_iter().enumerate() {
                all.extend(from_value(&format!("{place}[{index}]"), item, options));
            }
            all
        }
        Ok(value) => from_value(place, value, options),
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

fn from_value(place: &str, value: Value, options: &Options) -> Reading {
    if feed::is_json_feed(&value) {
        return feed::json_articles(place, &value);
    }
    let Value::Object(mut fields) = value else {
        return Reading::refused(
            place,
            format!("is {}, not an object (expected {{\"text\": …}})", type_name(&value)),
        );
    };
    let name =
        text_column(fields.keys().map(String::as_str), options.text_column.as_deref()).map(str::to_owned);
    let text = match name.as_deref().and_then(|name| fields.remove(name)) {
        Some(Value::String(text)) => text,
        Some(other) => {
            let name = name.unwrap_or_default();
            return Reading::refused(place, format!("\"{name}\" is {}, not a string", type_name(&other)));
        }
        None => {
            let wanted = options.text_column.as_deref().unwrap_or("text");
            return Reading::refused(place, format!("has no \"{wanted}\" (only \"{wanted}\" is required)"));
        }
    };
    if text.trim().is_empty() {
        return Reading::refused(place, format!("\"{}\" is empty", name.unwrap_or_default()));
    }
    let sha256 = content_hash(text.as_bytes());
    let mut article = Article { id: sha256[..HASH_ID].to_owned(), sha256, text, ..Article::default() };
    let diagnostics = fill(&mut article, &fields).into_iter().map(|message| remark(place, message)).collect();
    Reading { articles: vec![article], diagnostics }
}
