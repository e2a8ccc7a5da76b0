//! Scenarios: a folder of short reports each, with the findings that a careful reader would expect.
//!
//! Those here bring their statements with them, so that what fails is the record; folders without a
//! `statements.jsonl` are read from their texts by `crates/tandem/tests/scenarios.rs`.
//!
//! Dropping a folder into `corpus/scenarios` adds a test of its name. `expected.toml` names every
//! finding by type, cause and documents; a finding that is not named there fails the test, and so
//! does one named and not found. A folder that names none is a control. Lights, steps and preferred
//! values may be named, too. `TANDEM_SCENARIOS=FOLDER cargo test -p tandem-record --test scenarios` runs
//! scenarios that are kept elsewhere.

mod support;

use std::error::Error;
use std::fs;
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use tandem_model::record::{Decision, Finding, Life, Lineage, LineageStep, Record};
use tandem_record::{Input, SILENT_AFTER_MONTHS, build};

/// Stands for any cause.
const ANY: &str = "any";

fn any() -> String {
    ANY.to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// What the scenario shows, in a sentence.
    about: String,
    /// The present day.
    today: String,
    as_of: Option<String>,
    #[serde(default)]
    finding: Vec<ExpectedFinding>,
    #[serde(default)]
    target: Vec<ExpectedTarget>,
    #[serde(default)]
    life: Vec<ExpectedLife>,
    #[serde(default)]
    figure: Vec<ExpectedFigure>,
    #[serde(default)]
    decision: Vec<ExpectedDecision>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFinding {
    #[serde(rename = "type")]
    kind: String,
    /// Any cause will do where none is named: record.md names none for contradictions.
    #[serde(default = "any")]
    cause: String,
    severity: Option<String>,
    docs: Vec<String>,
    /// Words that the message has.
    #[serde(default)]
    says: Vec<String>,
    /// The value that is suggested.
    suggests: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedTarget {
    parties: Vec<String>,
    steps: Vec<String>,
    light: Option<String>,
    required_pace_pct: Option<f64>,
    observed_pace_pct: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedLife {
    name: String,
    steps: Vec<String>,
    light: String,
    light_date: Option<String>,
    /// Names of the lives that deliver it.
    #[serde(default)]
    fulfilled_by: Vec<String>,
    #[serde(default)]
    members: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFigure {
    indicator: String,
    period: String,
    reporter: Option<String>,
    preferred: f64,
    /// Origins of the preferred value.
    origins: u32,
    #[serde(default)]
    derived: Vec<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedDecision {
    left: String,
    right: String,
    judgement: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::from_args();
    let root = scenarios();
    let mut folders: Vec<_> = fs::read_dir(&root)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    folders.retain(|path| path.join("statements.jsonl").is_file());
    folders.sort();
    let trial = |path: &std::path::PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let path = path.clone();
        Trial::test(name, move || check(&path).map_err(|error| Failed::from(error.to_string())))
    };
    libtest_mimic::run(&arguments, folders.iter().map(trial).collect()).exit();
}

fn check(path: &Path) -> Result<(), Box<dyn Error>> {
    let expected: Expected = toml::from_str(&fs::read_to_string(path.join("expected.toml"))?)?;
    let folder = support::read(path)?;
    let decisions = expected.decision.iter().map(decision).collect::<Result<Vec<_>, _>>()?;
    let input = Input {
        documents: &folder.documents,
        statements: &folder.statements,
        decisions: &decisions,
        as_of: expected.as_of.as_deref().map(str::parse).transpose()?,
        today: expected.today.parse()?,
        silent_after_months: SILENT_AFTER_MONTHS,
    };
    let record = build(&input);
    let mut wrong = findings(&expected, &record);
    wrong.extend(targets(&expected, &record));
    wrong.extend(lives(&expected, &record));
    wrong.extend(figures(&expected, &record));
    wrong.extend(any_order(&input, &record));
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n{}", expected.about, wrong.join("\n")).into()) }
}

fn decision(expected: &ExpectedDecision) -> Result<Decision, Box<dyn Error>> {
    let judgement =
        tandem_model::record::Judgement::from_word(&expected.judgement).ok_or("no such judgement")?;
    Ok(Decision {
        left: expected.left.clone(),
        right: expected.right.clone(),
        judgement,
        who: "reader".to_owned(),
        when: "2020-01-01".parse()?,
        why: None,
    })
}

/// A finding rests on the documents that were named, maybe among others.
fn fits(want: &ExpectedFinding, got: &Finding) -> bool {
    want.kind == got.kind.word()
        && [ANY, got.cause.word()].contains(&want.cause.as_str())
        && want.severity.as_deref().is_none_or(|severity| severity == got.severity.word())
        && want.docs.iter().all(|doc| got.docs.contains(doc))
}

fn findings(expected: &Expected, record: &Record) -> Vec<String> {
    let mut wrong = Vec::new();
    for want in &expected.finding {
        let docs = want.docs.join(", ");
        let key = format!("{}/{} ({:?}) of {docs}", want.kind, want.cause, want.severity);
        let found: Vec<&Finding> = record.findings.iter().filter(|got| fits(want, got)).collect();
        if found.is_empty() {
            wrong.push(format!("not found: {key}"));
        }
        for finding in found {
            let missing = want.says.iter().filter(|words| !finding.message.contains(*words));
            wrong.extend(missing.map(|words| format!("\"{words}\" is not in: {}", finding.message)));
            let suggested = finding.suggestion.as_ref().map(|s| s.to.as_str());
            if want.suggests.is_some() && suggested != want.suggests.as_deref() {
                wrong.push(format!("{key} suggests {suggested:?}"));
            }
        }
    }
    let expected = |got: &&Finding| expected.finding.iter().any(|want| fits(want, got));
    wrong.extend(record.findings.iter().filter(|got| !expected(got)).map(|got| {
        let (kind, cause, severity) = (got.kind.word(), got.cause.word(), got.severity.word());
        format!("not expected: {kind}/{cause} ({severity}) of {}: {}", got.docs.join(", "), got.message)
    }));
    wrong
}

fn targets(expected: &Expected, record: &Record) -> Vec<String> {
    let steps = |target: &Lineage| -> Vec<String> {
        let step = |step: &LineageStep| {
            let steps: Vec<&str> = step.step.iter().map(|s| s.word()).collect();
            let deadline = step.deadline.as_deref().unwrap_or("-");
            format!("{} {} {deadline} {}", steps.join("+"), step.value, step.doc)
        };
        target.steps.iter().map(step).collect()
    };
    let pace = |pace: Option<tandem_model::Number>| pace.map(|p| p.to_f64());
    let fits = |want: &ExpectedTarget, got: &Lineage| {
        want.parties == got.parties
            && want.steps == steps(got)
            && want.light.as_deref().is_none_or(|light| light == got.light.word())
            && want.required_pace_pct == pace(got.required_pace_pct)
            && want.observed_pace_pct == pace(got.observed_pace_pct)
    };
    let show = |got: &Lineage| {
        let paces = (pace(got.required_pace_pct), pace(got.observed_pace_pct));
        format!("{:?} {} {paces:?} {:#?}", got.parties, got.light.word(), steps(got))
    };
    let missing = expected.target.iter().filter(|want| !record.targets.iter().any(|got| fits(want, got)));
    missing
        .map(|want| {
            let got: Vec<String> = record.targets.iter().map(show).collect();
            format!("no such target: {want:?}\namong {}", got.join("\n"))
        })
        .collect()
}

fn lives(expected: &Expected, record: &Record) -> Vec<String> {
    let all: Vec<&Life> = [&record.projects, &record.agreements, &record.institutions, &record.commitments]
        .into_iter()
        .flatten()
        .collect();
    let names = |ids: &[String]| -> Vec<String> {
        ids.iter()
            .filter_map(|id| all.iter().find(|life| life.id == *id))
            .map(|life| life.name.clone())
            .collect()
    };
    let show = |life: &Life| {
        let steps: Vec<String> =
            life.steps.iter().map(|step| format!("{} {}", step.status, step.doc)).collect();
        let (done, members) = (names(&life.fulfilled_by), names(&life.members));
        format!(
            "{} {} {:?} {steps:?} by {done:?} with {members:?}",
            life.name,
            life.light.word(),
            life.light_date
        )
    };
    let missing = expected.life.iter().filter_map(|want| {
        let line = format!(
            "{} {} {:?} {:?} by {:?} with {:?}",
            want.name, want.light, want.light_date, want.steps, want.fulfilled_by, want.members
        );
        let got: Vec<String> = all.iter().map(|life| show(life)).collect();
        (!got.contains(&line)).then(|| format!("no such life: {line}\namong {}", got.join("\n")))
    });
    missing.collect()
}

fn figures(expected: &Expected, record: &Record) -> Vec<String> {
    let show = |fact: &tandem_model::record::FigureFact| {
        let period = fact.period.map_or("-".to_owned(), |p| p.to_string());
        let derived: Vec<f64> = fact.derived.iter().map(|d| d.value.to_f64()).collect();
        let (value, origins) = (fact.preferred.value.to_f64(), fact.values[0].origins);
        format!("{} {period} {:?} {value} of {origins} {derived:?}", fact.indicator, fact.reporter)
    };
    let missing = expected.figure.iter().filter_map(|want| {
        let line = format!(
            "{} {} {:?} {} of {} {:?}",
            want.indicator, want.period, want.reporter, want.preferred, want.origins, want.derived
        );
        let got: Vec<String> = record.figures.iter().map(show).collect();
        (!got.contains(&line)).then(|| format!("no such figure: {line}\namong {}", got.join("\n")))
    });
    missing.collect()
}

/// The order of the input never matters, and saying everything twice changes nothing.
fn any_order(input: &Input<'_>, record: &Record) -> Vec<String> {
    let mut statements = input.statements.to_vec();
    statements.reverse();
    statements.extend_from_slice(input.statements);
    let mut documents = input.documents.to_vec();
    documents.reverse();
    let again = build(&Input { documents: &documents, statements: &statements, ..*input });
    if again == *record { vec![] } else { vec!["the order of the input matters".to_owned()] }
}

/// Where the scenarios are: those of the corpus, or others that the environment names.
fn scenarios() -> std::path::PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/scenarios");
    std::env::var_os("TANDEM_SCENARIOS").map_or(own, Into::into)
}
