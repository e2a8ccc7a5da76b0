//! What the ledger must make of the five real reports.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::Bench;
use crate::compare::text_of;
use crate::run::objects;
use crate::score::Object;

const FIRST: &str = "000_fb70a900381a8b08";
const DATE_LINE: &str = "003_406a51d068a87b48";
const LATEST: &str = "004_c29f196579ce70c1";

/// The views that a pair of countries has.
const VIEWS: [&str; 8] =
    ["figures", "targets", "projects", "agreements", "meetings", "commitments", "institutions", "awards"];

/// A fresh ledger of the seeds under a name.
fn read_seeds(bench: &Bench, name: &str) -> Result<PathBuf> {
    let ledger = bench.scratch(name);
    if !ledger.exists() {
        read_into(bench, &ledger)?;
    }
    Ok(ledger)
}

fn read_into(bench: &Bench, ledger: &Path) -> Result<()> {
    let seeds = bench.seeds();
    bench.shop.text(&["read", &seeds.to_string_lossy(), "--ledger", &ledger.to_string_lossy()]).map(drop)
}

/// What a query answers, as JSON lines.
fn query(bench: &Bench, ledger: &Path, command: &str, more: &[&str]) -> Result<Vec<Object>> {
    objects(&raw(bench, ledger, command, more)?).with_context(|| command.to_owned())
}

fn raw(bench: &Bench, ledger: &Path, command: &str, more: &[&str]) -> Result<String> {
    let ledger = ledger.to_string_lossy();
    let mut arguments = vec![command, "--ledger", &ledger, "--format", "jsonl"];
    arguments.extend(more);
    bench.shop.text(&arguments)
}

fn names_docs(finding: &Object, docs: &[&str]) -> bool {
    let named: Vec<&str> = finding
        .get("docs")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    docs.iter().all(|doc| named.contains(doc))
}

/// "$4 billion in the first half" beside $1.4 billion for January–April and 4.3 for 2024.
pub(super) fn impossible_half_year(bench: &Bench) -> Result<()> {
    let findings = query(bench, &read_seeds(bench, "seeds.db")?, "check", &[])?;
    let about = |f: &&Object| {
        matches!(text_of(f, "type"), Some("tension" | "contradiction")) && names_docs(f, &[LATEST])
    };
    let candidates: Vec<_> = findings.iter().filter(about).collect();
    let right = |f: &&Object| {
        let arithmetic = f.get("arithmetic").map(Value::to_string).unwrap_or_default();
        let says = format!("{} {arithmetic}", text_of(f, "message").unwrap_or_default());
        names_docs(f, &[FIRST])
            && ["4.3", "1.4", "2.6"].iter().all(|number| says.contains(number))
            && f.get("suggestion").is_some_and(Value::is_object)
            && arithmetic.len() > 2
    };
    ensure!(
        candidates.iter().any(right),
        "no finding has 4.0, 1.4, 4.3, the rest of 2.6 and a likelier reading: {candidates:#?}"
    );
    Ok(())
}

/// An anniversary that is "upcoming" six weeks after it.
pub(super) fn date_line(bench: &Bench) -> Result<()> {
    let ledger = read_seeds(bench, "seeds.db")?;
    let findings = query(bench, &ledger, "check", &[])?;
    let found = findings.iter().find(|f| text_of(f, "type") == Some("date") && names_docs(f, &[DATE_LINE]));
    let found = found.context("no finding of type date names report 003")?;
    let message = text_of(found, "message").unwrap_or_default();
    ensure!(message.contains("anniversary"), "the message does not name the anniversary: {message}");
    Ok(())
}

/// 3 → 10 without a date (2021) → 10 by 2030 (2025), and 15.1 % a year from here.
pub(super) fn target_lineage(bench: &Bench) -> Result<()> {
    let targets = query(bench, &read_seeds(bench, "seeds.db")?, "targets", &["--between", "KZ,UZ"])?;
    let lineage = targets.iter().find(|t| text_of(t, "indicator") == Some("trade_turnover"));
    let lineage = lineage.context("no lineage for trade_turnover")?;
    let steps: Vec<(Option<f64>, Option<&str>)> = lineage
        .get("steps")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|step| (step["value"].as_f64(), step["deadline"].as_str()))
        .collect();
    let is = |at: usize, value: f64| steps.get(at).is_some_and(|step| step.0 == Some(value));
    ensure!(steps.len() >= 3 && is(0, 3e9) && is(1, 10e9), "steps: {steps:?}");
    ensure!(steps[1].1.is_none_or(|d| !d.contains("20")), "the $10 billion of 2021 had no date: {steps:?}");
    ensure!(steps.contains(&(Some(10e9), Some("2030"))), "no 10 by 2030: {steps:?}");
    let pace = lineage.get("required_pace_pct").and_then(Value::as_f64).unwrap_or(f64::NAN);
    ensure!((pace - 15.1).abs() < 0.051, "required pace {pace} instead of 15.1");
    Ok(())
}

/// The industrial centre and the industrial programme: promised in 2024, there in 2025.
pub(super) fn promises(bench: &Bench) -> Result<()> {
    let ledger = read_seeds(bench, "seeds.db")?;
    let mut lives = query(bench, &ledger, "institutions", &["--between", "KZ,UZ"])?;
    lives.extend(query(bench, &ledger, "agreements", &["--between", "KZ,UZ"])?);
    lives.extend(query(bench, &ledger, "commitments", &["--between", "KZ,UZ"])?);
    lives.extend(query(bench, &ledger, "projects", &["--between", "KZ,UZ"])?);
    for (what, words) in [("centre", ["industrial", "cent"]), ("programme", ["industrial", "program"])] {
        let of_it = |life: &&Object| {
            let name = ["name", "title", "action", "aliases"]
                .map(|k| life.get(k).map(Value::to_string).unwrap_or_default());
            let name = name.concat().to_lowercase();
            words.iter().all(|word| name.contains(word))
        };
        let delivered = |life: &&Object| {
            let steps = life.get("steps").and_then(Value::as_array);
            let docs: Vec<_> = steps.into_iter().flatten().filter_map(|step| step["doc"].as_str()).collect();
            let linked = ["fulfilled_by", "fulfils"]
                .iter()
                .any(|k| life.get(*k).is_some_and(|v| v.as_array().is_some_and(|a| !a.is_empty())));
            docs.len() >= 2 && docs.contains(&LATEST) || linked
        };
        let found: Vec<_> = lives.iter().filter(of_it).collect();
        ensure!(found.iter().any(delivered), "the {what} does not go from promised to delivered: {found:#?}");
    }
    Ok(())
}

/// The bank's $5 billion is Uzbekistan's own.
pub(super) fn no_leak(bench: &Bench) -> Result<()> {
    let ledger = read_seeds(bench, "seeds.db")?;
    for view in VIEWS {
        let said = raw(bench, &ledger, view, &["--between", "KZ,UZ"])?;
        ensure!(
            !said.contains("5000000000") || said.contains("25000000000"),
            "{view} shows $5 billion:\n{said}"
        );
        ensure!(!said.contains("Development Bank"), "{view} names the bank:\n{said}");
    }
    Ok(())
}

/// 60 + 7 projects, 2.5 + 1.3 + 8 billion: different things.
pub(super) fn no_sums(bench: &Bench) -> Result<()> {
    let ledger = read_seeds(bench, "seeds.db")?;
    let mut views = VIEWS.to_vec();
    views.extend(["check", "timeline"]);
    for view in views {
        for entry in query(bench, &ledger, view, &[])? {
            let bad = |number: f64| [67.0, 68.0, 3.8e9, 11.8e9, 9.3e9, 10.5e9, 16.8e9].contains(&number);
            ensure!(
                !any_number(&Value::Object(entry.clone()), &bad),
                "{view} holds a sum of portfolios: {entry:?}"
            );
        }
    }
    Ok(())
}

fn any_number(value: &Value, bad: &impl Fn(f64) -> bool) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(bad),
        Value::Array(items) => items.iter().any(|item| any_number(item, bad)),
        // Offsets into texts are not quantities.
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "evidence").any(|(_, item)| any_number(item, bad))
        }
        _ => false,
    }
}

/// Everything that a ledger answers, in one string.
fn everything(bench: &Bench, ledger: &Path) -> Result<String> {
    let mut all = String::new();
    for view in VIEWS.into_iter().chain(["check", "timeline"]) {
        all.push_str(&raw(bench, ledger, view, &[])?);
    }
    Ok(all)
}

/// Reading again changes nothing; two ledgers and two extractions are alike to the byte.
pub(super) fn repeatable(bench: &Bench) -> Result<()> {
    let ledger = read_seeds(bench, "seeds.db")?;
    let before = everything(bench, &ledger)?;
    ensure!(!before.is_empty(), "the ledger answers nothing");
    read_into(bench, &ledger)?;
    ensure!(everything(bench, &ledger)? == before, "reading the folder twice changed what the ledger says");
    let other = read_seeds(bench, "other.db")?;
    ensure!(everything(bench, &other)? == before, "two clean runs do not agree");
    let seeds = bench.seeds();
    let extract = || bench.shop.text(&["extract", &seeds.to_string_lossy()]);
    ensure!(extract()? == extract()?, "two extractions do not agree");
    Ok(())
}

/// Kills `read` at various moments of a run over the seeds and the annotated articles, and runs it again.
pub(super) fn killed(bench: &Bench) -> Result<()> {
    let clean = bench.scratch("clean.db");
    bench.shop.text(&reading(bench, &clean))?;
    let clean = everything(bench, &clean)?;
    for delay in (0..40).map(|step| step * 2) {
        let ledger = bench.scratch(&format!("killed-{delay}.db"));
        let mut command = bench.shop.tandem();
        command.args(reading(bench, &ledger)).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().context("cannot kill")?;
        child.wait()?;
        bench.shop.text(&reading(bench, &ledger)).with_context(|| format!("after a kill at {delay} ms"))?;
        if everything(bench, &ledger)? != clean {
            bail!("killed at {delay} ms and run again, the ledger differs from one clean run");
        }
    }
    Ok(())
}

/// The arguments that read the seeds and the development articles into a ledger.
fn reading(bench: &Bench, ledger: &Path) -> Vec<OsString> {
    let inputs = [bench.seeds(), bench.shared.join("gold/dev/articles")];
    let mut arguments = vec![OsString::from("read")];
    arguments.extend(inputs.map(PathBuf::into_os_string));
    arguments.extend(["--ledger".into(), ledger.as_os_str().to_owned()]);
    arguments
}
