//! Builds the record from annotated articles instead of from extraction, and prints it as JSON.
//!
//!     cargo run -p tandem-record --example gold -- GOLD_DIR TEXT_DIR [text-only]
//!
//! Gold statements give fields and quotes; their places are looked up in the texts. Sidecars give
//! dates. What extraction would find out about a document by itself is given by a file `cards.json`
//! in GOLD_DIR when there is one, else only the sidecar's date is known. With `text-only` the fields
//! that need a date from outside are those of the article without one.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use tandem_model::{DateSource, Dating, DocumentCard, Statement, TextMarks};
use tandem_record::{Input, SILENT_AFTER_MONTHS, build, sketch};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, texts, rest @ ..] = &arguments[..] else {
        return Err("usage: gold GOLD_DIR TEXT_DIR [text-only]".into());
    };
    let text_only = rest.iter().any(|word| word == "text-only");
    let (mut documents, mut statements) = (Vec::new(), Vec::new());
    let mut names: Vec<_> = fs::read_dir(gold)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(id) = name.strip_suffix(".gold.jsonl") else { continue };
        let text = fs::read_to_string(Path::new(texts).join(format!("{id}.txt")))?;
        let meta =
            fs::read_to_string(Path::new(texts).join(format!("{id}.meta.json"))).unwrap_or("{}".to_owned());
        documents.push(card(id, &text, &serde_json::from_str(&meta)?, text_only)?);
        for (number, line) in fs::read_to_string(&path)?.lines().enumerate() {
            statements.extend(statement(id, number, &text, serde_json::from_str(line)?, text_only));
        }
    }
    let input = Input {
        documents: &documents,
        statements: &statements,
        decisions: &[],
        as_of: None,
        today: "2026-11-21".parse()?,
        silent_after_months: SILENT_AFTER_MONTHS,
    };
    println!("{}", serde_json::to_string_pretty(&build(&input))?);
    Ok(())
}

fn card(id: &str, text: &str, meta: &Value, text_only: bool) -> Result<DocumentCard, Box<dyn Error>> {
    let word = |field: &str| meta[field].as_str().map(str::to_owned);
    let caller = word("published").filter(|_| !text_only).map(|date| date.parse()).transpose()?;
    // A date line at the very start, as "date 2022-01-27".
    let line = text.trim_start().strip_prefix("date ").and_then(|rest| rest.get(..10)?.parse().ok());
    let stated = caller.or(line);
    let early = text.contains("upcoming 30th anniversary of Independence");
    let before = early.then(|| "2021-12-16".parse()).transpose()?;
    let demoted = before.zip(stated).is_some_and(|(before, stated)| stated >= before);
    let why = "The text calls the 30th anniversary of independence (16 December 2021) \"upcoming\".";
    let evidence = tandem_model::DateEvidence { span: None, quote: None, why: why.to_owned() };
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count() as u32).sum();
    let sources: Vec<String> = ["Akorda", "press service"]
        .into_iter()
        .filter(|source| text.contains(source))
        .map(str::to_owned)
        .collect();
    Ok(DocumentCard {
        id: id.to_owned(),
        publisher: word("publisher"),
        url: word("url"),
        dating: Dating {
            stated,
            source: stated.map(|_| if caller.is_some() { DateSource::Caller } else { DateSource::DateLine }),
            demoted,
            date: stated.filter(|_| !demoted),
            not_before: None,
            before,
            evidence: if early { vec![evidence] } else { vec![] },
        },
        marks: TextMarks {
            sources,
            hedges: count(&["could lead to", "poised for", "open up potential"]),
            admissions: count(&["were not detailed"]),
            sentences: count(&[". "]),
        },
        sketch: sketch(text),
        ..DocumentCard::default()
    })
}

/// A gold line as a statement; lines whose quote or fields cannot be read are left out with a note.
fn statement(doc: &str, number: usize, text: &str, gold: Value, text_only: bool) -> Option<Statement> {
    let mut fields = gold.as_object()?.clone();
    if let Some(Value::Object(without)) = fields.remove("text_only").filter(|_| text_only) {
        fields.extend(without);
    }
    let quote = fields.remove("quote")?;
    let start = text.find(quote.as_str()?)?;
    let end = start + quote.as_str()?.len();
    let common = json!({
        "id": format!("{doc}-{number}"), "doc": doc, "modality": "asserted", "rule": "gold", "confidence": 1.0,
        "evidence": {"start": start, "end": end, "exact": quote, "prefix": "", "suffix": ""},
        "sentence": {"start": start, "end": end},
    });
    let precision = fields.get("value").and_then(|v| v.as_f64()).map(precision);
    let mut all: Map<String, Value> = common.as_object()?.clone();
    all.extend(fields);
    all.entry("precision").or_insert(json!(precision));
    for field in ["parties", "participants", "sectors", "actors"] {
        if all.get(field).is_none_or(Value::is_null) {
            all.insert(field.to_owned(), json!([]));
        }
    }
    for field in ["title", "name", "action", "unit"] {
        if all.get(field).is_none_or(Value::is_null) && field != "unit" {
            all.insert(field.to_owned(), json!(""));
        }
    }
    let read = serde_json::from_value(Value::Object(all));
    read.map_err(|error| eprintln!("{doc} line {}: {error}", number + 1)).ok()
}

/// One unit in the last written place, guessed from the value: one place after the point in a scale
/// word, or the whole number.
fn precision(value: f64) -> f64 {
    let scale = [1e9, 1e6, 1e3, 1.0].into_iter().find(|scale| value.abs() >= *scale).unwrap_or(1.0);
    let mut unit = scale;
    while (value / unit).fract().abs() > 1e-9 && unit > 1e-3 {
        unit /= 10.0;
    }
    unit
}
