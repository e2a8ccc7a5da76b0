//! The annotated articles keep to the conventions that scoring relies on.

use std::collections::BTreeSet;
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

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/gold"))
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

#[test]
fn gold_statements_keep_to_the_conventions() {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(folder()).expect("corpus/gold") {
        let name = entry.expect("a readable folder").file_name().to_string_lossy().into_owned();
        let Some(id) = name.strip_suffix(".gold.jsonl") else { continue };
        ids.insert(id.to_owned());
        let text = fs::read_to_string(folder().join(format!("articles/{id}.txt")))
            .expect("the article of a gold file");
        for line in fs::read_to_string(folder().join(&name)).expect("a gold file").lines() {
            let statement: Value = serde_json::from_str(line).expect("JSON");
            wrong.extend(complaints(&statement, &text).into_iter().map(|why| format!("{id}: {why}")));
        }
    }
    assert!(ids.len() > 40, "{ids:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn complaints_are_made() {
    let fine = serde_json::json!({"kind": "award", "quote": "an order", "parties": ["KZ", "UZ"]});
    assert_eq!(complaints(&fine, "He got an order."), Vec::<String>::new());
    let bad = serde_json::json!({"kind": "meeting", "quote": "met", "parties": ["UZ", "KZ"], "type": "chat", "status": "held"});
    assert_eq!(complaints(&bad, "no such word").len(), 3);
}
