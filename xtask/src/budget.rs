//! `cargo xtask budget`: instructions for each byte that the program reads, held to `benches/budgets.toml`.
//!
//! Instructions, counted by valgrind, are the same on a busy machine and an idle one, which seconds are not;
//! what they leave out (memory that is far away, branches guessed wrong) the benchmarks see. What is counted
//! is the program as people run it, on one thread, less what it costs to start.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use tandem_model::Article;

use crate::run::{Workshop, read, root, write};

#[allow(clippy::unwrap_used, reason = "shared with the benchmark; a text that cannot be read ends the chore")]
#[path = "../../crates/tandem-extract/benches/sets/mod.rs"]
mod sets;

/// Measures every set whose texts are here and fails when one is over its budget.
pub(crate) fn run() -> Result<()> {
    let budgets = Budgets::read(&root().join("benches/budgets.toml"))?;
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not here: instructions are not counted (apt-get install valgrind)");
        return Ok(());
    }
    let workshop = Workshop::open(true)?;
    let folder = tempfile::tempdir()?;
    let nothing = folder.path().join("nothing.txt");
    write(&nothing, "Nothing.\n")?;
    let start = instructions(&workshop, &nothing)?;
    let mut over = budgets.judge("start", start / 1_000_000, "million instructions");
    for set in sets::NAMES {
        let articles = sets::articles(&root(), set);
        let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
        if bytes == 0 {
            println!("{set:8}  left out: its texts are not here");
            continue;
        }
        let file = folder.path().join(format!("{set}.jsonl"));
        write(&file, &lines(&articles)?)?;
        let spent = instructions(&workshop, &file)?.saturating_sub(start);
        over |= budgets.judge(set, spent / bytes as u64, "instructions a byte");
    }
    ensure!(!over, "the program has become slower than benches/budgets.toml allows");
    Ok(())
}

/// Articles as JSON lines, as the program reads them.
fn lines(articles: &[Article]) -> Result<String> {
    let mut out = String::new();
    for (number, article) in articles.iter().enumerate() {
        let row = serde_json::json!({
            "id": format!("{number}-{}", article.id),
            "text": article.text,
            "published": article.published,
        });
        writeln!(out, "{row}")?;
    }
    Ok(out)
}

/// What the program executes to extract a file.
fn instructions(workshop: &Workshop, file: &Path) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(&workshop.program)
        .args(["extract", "--threads", "1"])
        .arg(file)
        .output()
        .context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "tandem under valgrind ended with {}:\n{said}", output.status);
    let count = said.lines().find_map(|line| line.split_once("refs:")).map(|(_, count)| count);
    match count.map(|count| count.trim().replace(',', "").parse()) {
        Some(Ok(count)) => Ok(count),
        _ => bail!("valgrind counted nothing:\n{said}"),
    }
}

/// How much each set may cost.
struct Budgets(BTreeMap<String, u64>);

impl Budgets {
    fn read(path: &Path) -> Result<Self> {
        toml::from_str(&read(path)?).map(Self).with_context(|| path.display().to_string())
    }

    /// Prints a line and says whether the budget is exceeded.
    fn judge(&self, what: &str, spent: u64, unit: &str) -> bool {
        match self.0.get(what) {
            Some(most) if spent > *most => {
                println!("{what:8}  {spent:>5} {unit}: over the budget of {most}");
                true
            }
            Some(most) => {
                println!("{what:8}  {spent:>5} {unit} of {most}");
                false
            }
            None => {
                println!("{what:8}  {spent:>5} {unit}, no budget");
                false
            }
        }
    }
}
