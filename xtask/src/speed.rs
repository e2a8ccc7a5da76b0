//! `cargo xtask speed`: instructions for each byte in which values are looked for, held to
//! `benches/budgets.toml` as those of extraction are.
//!
//! The texts are read once and twice, and the difference counts, so that start-up does not. Two sets: the sample
//! reports, which hold a value in nearly every clause, and press releases, when they are here.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::budget::Budgets;
use crate::run::{self, counts_instructions, example, instructions};

#[allow(clippy::unwrap_used, reason = "shared with the benchmark; a text that cannot be read ends the chore")]
#[allow(dead_code, reason = "the list of sets serves the example")]
#[path = "../../crates/tandem-extract/benches/sets/mod.rs"]
mod sets;

/// Bytes of press releases that are read: enough to be typical.
const PRESS: usize = 1_000_000;

/// Counts and compares; says so and passes where valgrind is not installed.
pub(crate) fn run() -> Result<()> {
    if !counts_instructions() {
        return Ok(());
    }
    let budgets = Budgets::here()?;
    let program = example("tandem-values", "find")?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("text");
    let mut over = false;
    for (what, text) in [("values-samples", samples()?), ("values-press", press())] {
        if text.is_empty() {
            println!("{what:14}  left out: its texts are not here");
            continue;
        }
        run::write(&file, &text)?;
        let spent = passes(&program, &file, 2)? - passes(&program, &file, 1)?;
        over |= budgets.judge(what, spent / text.len() as u64, "instructions a byte");
    }
    ensure!(!over, "values have become slower than benches/budgets.toml allows");
    Ok(())
}

/// What the program executes to find the values of a file so many times.
fn passes(program: &Path, file: &Path, times: u32) -> Result<u64> {
    let (count, _) = instructions(program, &[&file.to_string_lossy(), &times.to_string()])?;
    Ok(count)
}

/// All sample reports, in the order of their names.
fn samples() -> Result<String> {
    let entries = std::fs::read_dir(run::root().join("samples"))?;
    let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|e| e == "txt"));
    Ok(texts.map(|path| run::read(path)).collect::<Result<Vec<_>>>()?.join("\n\n"))
}

/// Press releases, one after the other; empty when they are not here.
fn press() -> String {
    let mut text = String::new();
    for article in sets::articles(&run::root(), "press") {
        if text.len() >= PRESS {
            break;
        }
        text.push_str(&article.text);
        text.push_str("\n\n");
    }
    text
}
