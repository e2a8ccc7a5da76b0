//! Reads folders of annotated articles into what the record is made from.
//!
//! A statement line has the fields of the contract and a `quote` in place of its evidence; the place
//! of the quote is looked up in the text `DOC.txt` beside it, and fields that no line needs to
//! repeat have their usual values. A line with `evidence` is a whole statement as `tandem extract` writes it, and a
//! document may carry its `text` in place of a file.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use tandem_model::{Date, DateEvidence, DateSource, Dating, DocumentCard, Statement, TextMarks};
use tandem_record::sketch;

/// What one folder holds.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Cards of its documents.
    pub(crate) documents: Vec<DocumentCard>,
    /// Its statements.
    pub(crate) statements: Vec<Statement>,
}

/// A line of `documents.jsonl` and its text as a card: `id`, and where they matter `published`,
/// `publisher`, `before`, `not_before`, `demoted`, `why`, `sources`, `hedges`, `admissions`.
pub(crate) fn card(line: &Value, text: &str) -> Result<DocumentCard, Box<dyn Error>> {
    let word = |field: &str| line[field].as_str().map(str::to_owned);
    let day = |field: &str| word(field).map(|day| day.parse::<Date>()).transpose();
    let number = |field: &str| line[field].as_u64().unwrap_or(0) as u32;
    let demoted = line["demoted"].as_bool().unwrap_or(false);
    let stated = day("published")?;
    let evidence = word("why").map(|why| DateEvidence { span: None, quote: None, why });
    let sources = line["sources"].as_array().into_iter().flatten().filter_map(Value::as_str);
    Ok(DocumentCard {
        id: word("id").ok_or("a document line without an id")?,
        publisher: word("publisher"),
        url: word("url"),
        title: word("title"),
        dating: Dating {
            stated,
            source: stated.map(|_| DateSource::DateLine),
            demoted,
            date: stated.filter(|_| !demoted),
            not_before: day("not_before")?,
            before: day("before")?,
            evidence: evidence.into_iter().collect(),
            ..Dating::default()
        },
        marks: TextMarks {
            sources: sources.map(str::to_owned).collect(),
            hedges: number("hedges"),
            admissions: number("admissions"),
            sentences: number("sentences"),
            ..TextMarks::default()
        },
        sketch: sketch(text),
        ..DocumentCard::default()
    })
}

/// A statement line of a document as a statement; `number` makes its id.
pub(crate) fn statement(
    doc: &str,
    number: usize,
    text: &str,
    line: &Value,
) -> Result<Statement, Box<dyn Error>> {
    let mut fields = line.as_object().ok_or("a statement line is no object")?.clone();
    if fields.contains_key("evidence") {
        fields.insert("doc".to_owned(), json!(doc));
        return serde_json::from_value(Value::Object(fields))
            .map_err(|error| format!("{doc}: {error}").into());
    }
    let quote = fields.remove("quote").ok_or("a statement line without a quote")?;
    let words = quote.as_str().ok_or("a quote that is no text")?;
    let start = text.find(words).ok_or_else(|| format!("{doc}: \"{words}\" is not in the text"))?;
    let place = json!({"start": start, "end": start + words.len()});
    let mut all: Map<String, Value> = Map::new();
    for (field, value) in [
        ("id", json!(format!("{doc}-{number}"))),
        ("doc", json!(doc)),
        ("modality", json!("asserted")),
        ("rule", json!("by_hand")),
        ("confidence", json!(1.0)),
        ("bound", json!("exact")),
        ("measure", json!("level")),
        ("count", json!(1)),
        ("sentence", place.clone()),
    ] {
        all.insert(field.to_owned(), value);
    }
    for field in ["parties", "participants", "sectors", "actors"] {
        all.insert(field.to_owned(), json!([]));
    }
    let precision = fields.get("value").and_then(Value::as_f64).map(precision);
    all.insert("precision".to_owned(), json!(precision));
    let mut evidence = json!({"exact": quote, "prefix": "", "suffix": ""});
    evidence["start"] = place["start"].clone();
    evidence["end"] = place["end"].clone();
    all.insert("evidence".to_owned(), evidence);
    let texts = ["title", "name", "action"];
    all.extend(texts.map(|field| (field.to_owned(), json!(""))));
    let lists = ["parties", "participants", "sectors", "actors"];
    all.extend(fields.into_iter().filter(|(field, value)| {
        !(value.is_null() && (lists.contains(&field.as_str()) || texts.contains(&field.as_str())))
    }));
    serde_json::from_value(Value::Object(all)).map_err(|error| format!("{doc}: \"{words}\": {error}").into())
}

/// One unit in the last written place, guessed from the value: its last digit, but no more than one
/// in a scale word.
fn precision(value: f64) -> f64 {
    let scale = [1e9, 1e6, 1e3, 1.0].into_iter().find(|scale| value.abs() >= *scale).unwrap_or(1.0);
    let mut unit = scale;
    while (value / unit - (value / unit).round()).abs() > 1e-9 && unit > 1e-3 {
        unit /= 10.0;
    }
    unit
}

/// A folder with `documents.jsonl`, `statements.jsonl` (each line naming its `doc`) and the texts.
#[allow(dead_code, reason = "the example reads annotated articles in another layout")]
pub(crate) fn read(folder: &Path) -> Result<Folder, Box<dyn Error>> {
    let lines = |name: &str| -> Result<Vec<Value>, Box<dyn Error>> {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let rows = text.lines().filter(|line| !line.trim().is_empty());
        Ok(rows.map(serde_json::from_str).collect::<Result<_, _>>()?)
    };
    let mut result = Folder::default();
    let mut texts = std::collections::BTreeMap::new();
    for line in lines("documents.jsonl")? {
        let id = line["id"].as_str().ok_or("a document line without an id")?.to_owned();
        let text = match line["text"].as_str() {
            Some(text) => text.to_owned(),
            None => fs::read_to_string(folder.join(format!("{id}.txt")))?,
        };
        result.documents.push(card(&line, &text)?);
        texts.insert(id, text);
    }
    for (number, mut line) in lines("statements.jsonl")?.into_iter().enumerate() {
        let doc = line.as_object_mut().and_then(|line| line.remove("doc"));
        let doc = doc.as_ref().and_then(Value::as_str).ok_or("a statement line without a doc")?;
        let text = texts.get(doc).ok_or_else(|| format!("no document {doc}"))?;
        result.statements.push(statement(doc, number, text, &line)?);
    }
    Ok(result)
}
