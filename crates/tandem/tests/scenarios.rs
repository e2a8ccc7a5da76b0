//! Scenarios from their texts: short reports are read into a ledger, and every finding that a careful
//! reader would expect is there, and no other.
//!
//! Dropping a folder into `corpus/scenarios` adds a test of its name: `ID.txt` with its `ID.meta.json`,
//! and `expected.toml`, which names each finding by type, cause and the documents that it must rest on.
//! A folder that names none is a control. Folders with a `statements.jsonl` bring their statements with
//! them and are tested by `tandem-record`. `TANDEM_SCENARIOS=FOLDER cargo test -p tandem --test scenarios` runs scenarios that are
//! kept elsewhere.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use tandem::model::record::Finding;
use tandem::{Event, InputOptions, Inputs, Ledger, Pipeline, Query};

/// Stands for any cause.
const ANY: &str = "any";

fn any() -> String {
    ANY.to_owned()
}

#[derive(Debug, Deserialize)]
struct Expected {
    /// What the scenario shows, in a sentence.
    about: String,
    /// The present day.
    today: String,
    #[serde(default)]
    finding: Vec<ExpectedFinding>,
}

#[derive(Debug, Deserialize)]
struct ExpectedFinding {
    #[serde(rename = "type")]
    kind: String,
    /// Any cause will do where none is named: record.md names none for contradictions.
    #[serde(default = "any")]
    cause: String,
    severity: Option<String>,
    /// Documents that it rests on, maybe among others.
    docs: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::from_args();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/scenarios");
    let root = std::env::var_os("TANDEM_SCENARIOS").map_or(own, PathBuf::from);
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&root)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    folders.retain(|path| path.join("expected.toml").is_file());
    folders.sort();
    let pipeline = Arc::new(Pipeline::shipped(Some(1))?);
    let of_texts = folders.iter().filter(|path| !path.join("statements.jsonl").is_file());
    let mut trials: Vec<Trial> = of_texts.map(|path| trial(path, &pipeline)).collect();
    trials.push(Trial::test("a_third_of_all_scenarios_are_controls", move || a_third_are_controls(&folders)));
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(path: &Path, pipeline: &Arc<Pipeline>) -> Trial {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let (path, pipeline) = (path.to_owned(), Arc::clone(pipeline));
    Trial::test(name, move || check(&path, &pipeline).map_err(|error| Failed::from(error.to_string())))
}

fn expected(folder: &Path) -> Result<Expected, Box<dyn Error>> {
    Ok(toml::from_str(&fs::read_to_string(folder.join("expected.toml"))?)?)
}

fn a_third_are_controls(folders: &[PathBuf]) -> Result<(), Failed> {
    let all: Vec<Expected> = folders.iter().map(|folder| expected(folder).unwrap()).collect();
    let controls = all.iter().filter(|scenario| scenario.finding.is_empty()).count();
    if 3 * controls >= all.len() { Ok(()) } else { Err(format!("{controls} of {}", all.len()).into()) }
}

fn check(folder: &Path, pipeline: &Pipeline) -> Result<(), Box<dyn Error>> {
    let expected = expected(folder)?;
    let mut texts: Vec<PathBuf> =
        fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    texts.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    texts.sort();
    let mut ledger = Ledger::in_memory()?;
    let mut remarks = Vec::new();
    ledger.read(pipeline, Inputs::new(&texts, InputOptions::default()), |event| {
        if let Event::Diagnostic(diagnostic) = event {
            remarks.push(format!("{}: {}", diagnostic.place, diagnostic.message));
        }
    })?;
    let record = ledger.record(&Query::on(expected.today.parse()?))?;
    remarks.extend(compare(&expected.finding, &record.findings));
    if remarks.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n{}", expected.about, remarks.join("\n")).into())
    }
}

fn compare(expected: &[ExpectedFinding], found: &[Finding]) -> Vec<String> {
    let fits = |want: &ExpectedFinding, got: &Finding| {
        want.kind == got.kind.word()
            && [ANY, got.cause.word()].contains(&want.cause.as_str())
            && want.severity.as_deref().is_none_or(|severity| severity == got.severity.word())
            && want.docs.iter().all(|doc| got.docs.contains(doc))
    };
    let missing = expected
        .iter()
        .filter(|want| !found.iter().any(|got| fits(want, got)))
        .map(|want| format!("not found: {}/{} of {}", want.kind, want.cause, want.docs.join(", ")));
    let more = found.iter().filter(|got| !expected.iter().any(|want| fits(want, got))).map(|got| {
        let (kind, cause, severity) = (got.kind.word(), got.cause.word(), got.severity.word());
        format!("not expected: {kind}/{cause} ({severity}) of {}: {}", got.docs.join(", "), got.message)
    });
    missing.chain(more).collect()
}
