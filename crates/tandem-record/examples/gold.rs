//! Builds the record from annotated articles instead of from extraction, and prints it as JSON.
//!
//!     cargo run -p tandem-record --example gold -- GOLD_DIR TEXT_DIR [text-only]
//!
//! Annotated statements give fields and quotes; their places are looked up in the texts. Sidecars
//! give dates. What extraction would find out about a document by itself is put together here only
//! so far as trying things out needs it. With `text-only` the fields that need a date from outside
//! are those of the article without one.

#[path = "../tests/support/mod.rs"]
mod support;

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tandem_model::Date;
use tandem_record::{Input, SILENT_AFTER_MONTHS, build};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, texts, rest @ ..] = &arguments[..] else {
        return Err("usage: gold GOLD_DIR TEXT_DIR [text-only]".into());
    };
    let text_only = rest.iter().any(|word| word == "text-only");
    let mut folder = support::Folder::default();
    let mut paths: Vec<_> = fs::read_dir(gold)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(id) = name.strip_suffix(".gold.jsonl") else { continue };
        let text = fs::read_to_string(Path::new(texts).join(format!("{id}.txt")))?;
        let meta =
            fs::read_to_string(Path::new(texts).join(format!("{id}.meta.json"))).unwrap_or("{}".to_owned());
        let line = document(id, &text, serde_json::from_str(&meta)?, text_only);
        folder.documents.push(support::card(&line, &text)?);
        for (number, line) in fs::read_to_string(&path)?.lines().enumerate() {
            let line = without_date(serde_json::from_str(line)?, text_only);
            match support::statement(id, number, &text, &line) {
                Ok(statement) => folder.statements.push(statement),
                Err(error) => eprintln!("left out: {error}"),
            }
        }
    }
    let input = Input {
        documents: &folder.documents,
        statements: &folder.statements,
        decisions: &[],
        as_of: None,
        today: "2026-11-21".parse()?,
        silent_after_months: SILENT_AFTER_MONTHS,
    };
    println!("{}", serde_json::to_string_pretty(&build(&input))?);
    Ok(())
}

/// The fields of an annotated line as they are when the article has no date from outside.
fn without_date(mut line: Value, text_only: bool) -> Value {
    if let Some(fields) = line.as_object_mut() {
        let other = fields.remove("text_only");
        if let Some(Value::Object(other)) = other.filter(|_| text_only) {
            fields.extend(other);
        }
    }
    line
}

fn document(id: &str, text: &str, meta: Value, text_only: bool) -> Value {
    let caller = meta["published"].as_str().filter(|_| !text_only);
    // A date line at the very start, as "date 2022-01-27".
    let line = text.trim_start().strip_prefix("date ").and_then(|rest| rest.get(..10));
    let stated = caller.or(line);
    let before = text.contains("upcoming 30th anniversary of Independence").then_some("2021-12-16");
    let demoted = before.zip(stated).is_some_and(|(before, stated)| {
        let day = |day: &str| day.parse::<Date>().ok();
        day(stated) >= day(before)
    });
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let sources: Vec<&str> =
        ["Akorda", "press service"].into_iter().filter(|source| text.contains(source)).collect();
    json!({
        "id": id, "published": stated, "publisher": meta["publisher"], "url": meta["url"], "before": before,
        "demoted": demoted, "sources": sources,
        "why": before.map(|_| "The text calls the 30th anniversary of independence (16 December 2021) \"upcoming\"."),
        "hedges": count(&["could lead to", "poised for", "open up potential"]),
        "admissions": count(&["were not detailed"]),
    })
}
