//! `cargo xtask scale`: that making the record stays linear. Instructions for a statement in a small archive
//! and in a large one are counted by valgrind, so the outcome is the same on any machine.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::run::{counts_instructions, example, instructions};

/// Statements of the two archives.
const SIZES: [u64; 2] = [5_000, 20_000];
/// How many hundredths of the smaller one's instructions a statement of the larger one may take.
const MOST: u64 = 120;

/// Counts and compares; says so and passes where valgrind is not installed.
pub(crate) fn run() -> Result<()> {
    if !counts_instructions() {
        return Ok(());
    }
    let program = example("tandem-record", "scale")?;
    let [small, large] = [each(&program, SIZES[0])?, each(&program, SIZES[1])?];
    let share = large * 100 / small.max(1);
    println!(
        "record: {small} instructions a statement of {}, {large} of {}: {share} %, at most {MOST} %",
        SIZES[0], SIZES[1]
    );
    ensure!(share <= MOST, "making the record grows faster than the archive; see benches/README.md");
    Ok(())
}

/// Instructions for a statement, without those that make the archive up.
fn each(program: &Path, statements: u64) -> Result<u64> {
    let size = statements.to_string();
    let (whole, _) = instructions(program, &[&size])?;
    let (bare, _) = instructions(program, &["--bare", &size])?;
    Ok(whole.saturating_sub(bare) / statements)
}
