//! Extraction measured on the seeds, and our measuring measured against the script's.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::Bench;
use crate::compare::{evidence_span, quote_span, text_of};
use crate::floors::Floors;
use crate::gold::{GoldSet, findings};
use crate::run::{objects, read, write};
use crate::score::{KINDS, Object, Score, Verdict};

/// Below this a statement counts as "graded lowest".
const LOWEST: f64 = 0.3;

/// Runs `score.py` on the same predictions, on the seeds and the development set, with and without dates.
pub(super) fn same_as_python(bench: &Bench) -> Result<()> {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("      python3 is not installed here: our scores are not compared with the script's");
        return Ok(());
    }
    let gold = bench.shared.join("gold");
    let dev = gold.join("dev");
    for (folder, texts) in [(gold.join("seeds"), bench.seeds()), (dev.clone(), dev.join("articles"))] {
        for text_only in [false, true] {
            compare(bench, &folder, &texts, text_only).with_context(|| folder.display().to_string())?;
        }
    }
    Ok(())
}

fn compare(bench: &Bench, folder: &Path, texts: &Path, text_only: bool) -> Result<()> {
    let lines = bench.shop.text(&extract_arguments(texts, text_only))?;
    let file = bench.scratch("predictions.jsonl");
    write(&file, &lines)?;
    let mut script = Command::new("python3");
    script
        .arg(bench.shared.join("gold/score.py"))
        .arg(folder)
        .arg(&file)
        .arg("--json")
        .arg("--texts")
        .arg(texts);
    if text_only {
        script.arg("--text-only");
    }
    let output = script.output().context("cannot run score.py")?;
    ensure!(output.status.success(), "score.py failed: {}", String::from_utf8_lossy(&output.stderr));
    let theirs: Value = serde_json::from_slice(&output.stdout).context("score.py --json")?;
    let ours = GoldSet::load(folder, texts, None)?.score(&objects(&lines)?, text_only, |_, _| {});
    for kind in KINDS.into_iter().chain(["all"]) {
        same_scores(kind, &ours, &theirs[kind])?;
    }
    Ok(())
}

fn same_scores(kind: &'static str, ours: &Score, theirs: &Value) -> Result<()> {
    let tally = ours.tally(kind);
    let counts = (Some(tally.gold as u64), Some(tally.predicted as u64));
    ensure!(
        (theirs["gold"].as_u64(), theirs["pred"].as_u64()) == counts,
        "{kind}: {tally:?} against {theirs}"
    );
    let rounded = |number: f64, digits: usize| format!("{number:.digits$}").parse::<f64>().ok();
    for (name, number) in
        [("P", tally.precision()), ("R", tally.recall()), ("F1", tally.f1()), ("strictF1", tally.strict_f1())]
    {
        ensure!(theirs[name].as_f64() == rounded(number, 3), "{kind} {name}: {number} against {theirs}");
    }
    if kind != "all" {
        for (field, share) in ours.fields(kind) {
            let theirs = theirs["fields"][field].as_f64();
            ensure!(theirs == rounded(share, 2), "{kind} {field}: {share} against {theirs:?}");
        }
    }
    Ok(())
}

fn extract_arguments(texts: &Path, text_only: bool) -> Vec<String> {
    let mut arguments = vec!["extract".to_owned(), texts.to_string_lossy().into_owned()];
    if text_only {
        arguments.push("--no-sidecar".to_owned());
    }
    arguments
}

/// The floors of `[seeds]`, and every gold statement marked `must`.
pub(super) fn seeds(bench: &Bench) -> Result<()> {
    seeds_scored(bench, false)
}

/// The same with what the text alone supports.
pub(super) fn seeds_text_only(bench: &Bench) -> Result<()> {
    seeds_scored(bench, true)
}

fn seeds_scored(bench: &Bench, text_only: bool) -> Result<()> {
    let set = seed_gold(bench)?;
    let predicted = bench.shop.text(&extract_arguments(&bench.seeds(), text_only))?;
    let (mut missed, mut said) = (Vec::new(), String::new());
    let score = set.score(&objects(&predicted)?, text_only, |case, verdicts| {
        said.push_str(&findings(case, verdicts));
        for verdict in verdicts {
            if let Verdict::Miss { gold } = verdict
                && text_of(&case.gold[*gold], "expect") == Some("must")
            {
                let quote = text_of(&case.gold[*gold], "quote").unwrap_or("-");
                missed.push(format!("{} {quote}", case.id));
            }
        }
    });
    let all = score.tally("all");
    println!("      relaxed F1 {:.3}, strict {:.3}", all.f1(), all.strict_f1());
    let floors = Floors::load(&bench.shop.root)?.hold("seeds", &score);
    if let Err(error) = floors {
        bail!("{error:#}\n{said}");
    }
    ensure!(missed.is_empty(), "must be found and is not:\n{}", missed.join("\n"));
    Ok(())
}

fn seed_gold(bench: &Bench) -> Result<GoldSet> {
    GoldSet::load(&bench.shared.join("gold/seeds"), &bench.seeds(), None)
}

/// Without sidecars no statement may name a year that its text does not name.
pub(super) fn no_foreign_years(bench: &Bench) -> Result<()> {
    for statement in bench.shop.extract(&bench.seeds(), &["--no-sidecar"])? {
        let doc = text_of(&statement, "doc").unwrap_or_default();
        let text = read(&bench.seeds().join(format!("{doc}.txt")))?;
        for name in ["period", "base", "date", "deadline", "until"] {
            let words = text_of(&statement, name).unwrap_or_default();
            for year in years(words) {
                ensure!(
                    text.contains(year),
                    "{doc}: {name} {words:?} is not in the text: {}",
                    quote(&statement)
                );
            }
        }
    }
    Ok(())
}

/// Runs of exactly four digits.
fn years(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4)
}

/// A passage of `traps.jsonl` may become no statement that is graded above lowest, unless the gold has one there.
pub(super) fn traps(bench: &Bench) -> Result<()> {
    let traps = objects(&read(&bench.shared.join("gold/seeds/traps.jsonl"))?)?;
    let mut sprung = BTreeSet::new();
    let mut bad = Vec::new();
    let predicted = bench.shop.extract(&bench.seeds(), &[])?;
    seed_gold(bench)?.score(&predicted, false, |case, verdicts| {
        for verdict in verdicts {
            let Verdict::Extra { predicted } = verdict else { continue };
            let statement = &case.predicted[*predicted];
            if statement.get("confidence").and_then(Value::as_f64).unwrap_or(1.0) < LOWEST {
                continue;
            }
            let here = |trap: &&Object| {
                text_of(trap, "doc").is_some_and(|doc| doc.trim_end_matches(".txt") == case.id)
            };
            for trap in traps.iter().filter(here) {
                let passage = quote_span(case.text, text_of(trap, "quote"));
                let place = evidence_span(case.text, statement);
                if mostly_inside(passage, place) && sprung.insert(quote(statement)) {
                    bad.push(format!("{}: {}", case.id, quote(statement)));
                }
            }
        }
    });
    ensure!(bad.is_empty(), "read as statements:\n{}", bad.join("\n"));
    Ok(())
}

/// Whether half of the passage or half of the evidence is common to both.
fn mostly_inside(passage: Option<(usize, usize)>, place: Option<(usize, usize)>) -> bool {
    let (Some(a), Some(b)) = (passage, place) else { return false };
    let common = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    common > 0 && (2 * common >= a.1 - a.0 || 2 * common >= b.1.saturating_sub(b.0))
}

fn quote(statement: &Object) -> String {
    let exact = statement.get("evidence").and_then(|evidence| evidence.get("exact")).and_then(Value::as_str);
    format!("{} {:?}", text_of(statement, "kind").unwrap_or("-"), exact.unwrap_or("-"))
}
