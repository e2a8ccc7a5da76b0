//! The annotated articles keep to the conventions that scoring relies on.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// For each kind, the fields whose words are limited, and the words.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("figure", "measure", &["level", "change_abs", "change_pct", "count", "share"]),
    ("target", "measure", &["level", "change_abs", "change_pct", "count", "share"]),
    ("figure", "bound", &["exact", "about", "under", "over", "range"]),
    ("target", "bound", &["exact", "about", "under", "over", "range"]),
    (
        "project",
        "status",
        &[
            "proposed",
            "planned",
            "agreed",
            "under_way",
            "launched",
            "completed",
            "suspended",
            "cancelled",
            "unknown",
        ],
    ),
    (
        "agreement",
        "type",
        &[
            "treaty",
            "declaration",
            "agreement",
            "programme",
            "memorandum",
            "protocol",
            "joint_statement",
            "contract",
            "roadmap",
            "plan",
            "documents",
        ],
    ),
    (
        "agreement",
        "status",
        &[
            "proposed",
            "drafted",
            "initialled",
            "planned",
            "signed",
            "adopted",
            "ratified",
            "in_force",
            "expired",
            "terminated",
            "unknown",
        ],
    ),
    (
        "meeting",
        "type",
        &[
            "state_visit",
            "official_visit",
            "working_visit",
            "informal",
            "talks",
            "call",
            "summit",
            "commission",
            "forum",
            "other",
        ],
    ),
    ("meeting", "status", &["held", "scheduled", "cancelled"]),
    ("commitment", "strength", &["ordered", "agreed", "promised", "proposed", "supported"]),
    (
        "institution",
        "status",
        &["proposed", "being_established", "inaugurated", "established", "operating", "dissolved"],
    ),
];

const KINDS: [&str; 8] =
    ["figure", "target", "project", "agreement", "meeting", "commitment", "institution", "award"];

/// The sets: annotations and texts.
const SETS: [(&str, &str); 4] = [
    ("corpus/gold", "corpus/gold/articles"),
    ("corpus/wide", "corpus/wide/articles"),
    ("corpus/held", "corpus/held/articles"),
    ("corpus/samples", "samples"),
];

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// What is wrong with a gold statement.
fn complaints(statement: &Value, text: &str) -> Vec<String> {
    let word = |field: &str| statement[field].as_str().unwrap_or_default();
    let mut wrong = Vec::new();
    if !KINDS.contains(&word("kind")) {
        wrong.push(format!("no kind {:?}", word("kind")));
    }
    let quote = word("quote");
    if quote.is_empty() || !text.contains(quote) {
        wrong.push(format!("the text has no {quote:?}"));
    }
    if quote.split_whitespace().count() > 40 {
        wrong.push(format!("more than 40 words: {quote:?}"));
    }
    for (kind, field, words) in WORDS {
        if *kind == word("kind") && !words.contains(&word(field)) {
            wrong.push(format!("{field} {:?} of {quote:?}", word(field)));
        }
    }
    let parties: Vec<&str> =
        statement["parties"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !parties.is_sorted() || parties.is_empty() {
        wrong.push(format!("parties {parties:?} of {quote:?} are not a sorted list"));
    }
    wrong
}

/// Everything wrong in one gold file; `text` is its article.
fn faults(id: &str, gold: &str, text: &str) -> Vec<String> {
    let statements = gold.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    statements.flat_map(|s: Value| complaints(&s, text)).map(|why| format!("{id}: {why}")).collect()
}

#[test]
fn gold_statements_keep_to_the_conventions() {
    let mut wrong = Vec::new();
    let mut articles = 0;
    for (folder, texts) in SETS {
        for entry in fs::read_dir(root().join(folder)).expect("a folder of gold") {
            let path = entry.expect("a readable folder").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Some(id) = name.strip_suffix(".gold.jsonl") else { continue };
            let gold = fs::read_to_string(&path).expect("a gold file");
            let text = root().join(texts).join(format!("{id}.txt"));
            let text = fs::read_to_string(text).expect("the article of a gold file");
            wrong.extend(faults(id, &gold, &text));
            articles += 1;
        }
    }
    assert!(articles > 60, "{articles}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn complaints_are_made() {
    let fine = serde_json::json!({"kind": "award", "quote": "an order", "parties": ["KZ", "UZ"]});
    assert_eq!(complaints(&fine, "He got an order."), Vec::<String>::new());
    let bad = serde_json::json!({"kind": "meeting", "quote": "met", "parties": ["UZ", "KZ"], "type": "chat", "status": "held"});
    assert_eq!(complaints(&bad, "no such word").len(), 3);
}
