//! A floor of speed that holds on any machine: instructions for each byte of text, counted by valgrind.
//!
//! Time depends on the machine and on what else it does; instructions depend on the program alone. The
//! texts are read once and three times, and the difference counts, so that start-up does not.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::run;

/// Most instructions for a byte of the sample reports, which are dense in values: about a fifth above what
/// was reached. Raise it only with the reason in the change.
const MOST: f64 = 420.0;

/// Counts and compares; says so and passes where valgrind is not installed.
pub(crate) fn run() -> Result<()> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not here: instructions are not counted");
        return Ok(());
    }
    let root = run::root();
    let status = run::cargo()
        .args(["build", "--release", "--locked", "--quiet", "-p", "tandem-values", "--example", "find"])
        .status()?;
    ensure!(status.success(), "the example find of tandem-values does not build");
    let folder = root.join("target/speed");
    std::fs::create_dir_all(&folder)?;
    let sample = folder.join("sample.txt");
    let text = sample_text(&root.join("samples"))?;
    run::write(&sample, &text)?;
    let program = root.join("target/release/examples/find");
    let (once, thrice) = (instructions(&program, &sample, 1)?, instructions(&program, &sample, 3)?);
    let each = (thrice - once) / 2.0 / text.len() as f64;
    println!("values: {each:.0} instructions a byte over {} bytes of samples; at most {MOST:.0}", text.len());
    if each > MOST {
        bail!("values have become slower; see benches/README.md");
    }
    Ok(())
}

/// All sample reports, in the order of their names.
fn sample_text(folder: &Path) -> Result<String> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|e| e == "txt"));
    Ok(texts.map(|path| run::read(path)).collect::<Result<Vec<_>>>()?.join("\n\n"))
}

fn instructions(program: &Path, text: &Path, times: u32) -> Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(text)
        .arg(times.to_string())
        .output()
        .context("valgrind cannot be run")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "valgrind: {said}");
    let count = said.lines().find_map(|line| line.split_once("Collected :")).map(|(_, count)| count.trim());
    count.and_then(|count| count.parse().ok()).with_context(|| format!("valgrind counted nothing: {said}"))
}
