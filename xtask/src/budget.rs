//! `cargo xtask budget`: instructions for each byte that extraction reads, held to `benches/budgets.toml`.
//!
//! Instructions, counted by valgrind, are the same on a busy machine and an idle one, which seconds are not;
//! what they leave out (memory that is far away, branches guessed wrong) the benchmarks see. What is counted is
//! the example `pass` of `tandem-extract`, which reads the sets of the benchmarks: once reading them and once
//! not, so that start-up does not count. Refused alternative: the program as people run it. It takes ten times
//! as long to build, and what it does besides is not what makes it slow.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::run::{counts_instructions, example, instructions, read, root};

/// The sets, as `pass` knows them.
const SETS: [&str; 5] = ["samples", "gold", "seeds", "press", "prose"];

/// Measures every set whose texts are here and fails when one is over its budget.
pub(crate) fn run() -> Result<()> {
    if !counts_instructions() {
        return Ok(());
    }
    let budgets = Budgets::here()?;
    let program = example("tandem-extract", "pass")?;
    let mut over = false;
    for set in SETS {
        let (start, _) = instructions(&program, &[set, "0"])?;
        let (whole, said) = instructions(&program, &[set, "1"])?;
        if set == "prose" {
            over |= budgets.judge("start", start / 1_000_000, "million instructions");
        }
        match bytes(&said)? {
            0 => println!("{set:14}  left out: its texts are not here"),
            bytes => over |= budgets.judge(set, whole.saturating_sub(start) / bytes, "instructions a byte"),
        }
    }
    ensure!(!over, "extraction has become slower than benches/budgets.toml allows");
    Ok(())
}

/// The number of bytes that `pass` says it has read.
fn bytes(said: &str) -> Result<u64> {
    let number = said.split_whitespace().find_map(|word| word.strip_prefix("bytes="));
    number.and_then(|number| number.parse().ok()).with_context(|| format!("no number of bytes in {said:?}"))
}

/// How much each thing that is measured may cost.
pub(crate) struct Budgets(BTreeMap<String, u64>);

impl Budgets {
    /// The budgets of this repository.
    pub(crate) fn here() -> Result<Self> {
        Self::read(&root().join("benches/budgets.toml"))
    }

    fn read(path: &Path) -> Result<Self> {
        toml::from_str(&read(path)?).map(Self).with_context(|| path.display().to_string())
    }

    /// Prints a line and says whether the budget is exceeded.
    pub(crate) fn judge(&self, what: &str, spent: u64, unit: &str) -> bool {
        match self.0.get(what) {
            Some(most) if spent > *most => {
                println!("{what:14}  {spent:>5} {unit}: over the budget of {most}");
                true
            }
            Some(most) => {
                println!("{what:14}  {spent:>5} {unit} of {most}");
                false
            }
            None => {
                println!("{what:14}  {spent:>5} {unit}, no budget");
                false
            }
        }
    }
}
