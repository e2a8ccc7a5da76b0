//! `cargo xtask budget`: instructions for each byte that extraction reads, held to `benches/budgets.toml`.
//!
//! Instructions, counted by valgrind, are the same on a busy machine and an idle one, which seconds are not;
//! what they leave out (memory that is far away, branches guessed wrong) the benchmarks see. What is counted is
//! the example `pass` of `tandem-extract`, which reads the sets of the benchmarks: once reading them and once
//! not, so that start-up does not count. It can be profiled, and its sets are large; but it is a build of its own.
//!
//! With `--built` the released program is asked instead, which CI has built by then anyway: start-up, and what it needs
//! for a byte of three small sets that every clone has. That takes seconds, and finds what makes everything slower.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::run::{counts_instructions, example, instructions, read, released, root};

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

/// Measures the released program as it lies there, and fails when it is over its budget.
pub(crate) fn of_program() -> Result<()> {
    if !counts_instructions() {
        return Ok(());
    }
    let budgets = Budgets::here()?;
    let program = released("tandem")?;
    let room = tempfile::tempdir().context("no room for a text")?;
    let prose = room.path().join("prose.txt");
    let nothing = room.path().join("nothing.txt");
    std::fs::write(&prose, PROSE.repeat(PROSE_TIMES)).context("cannot write a text")?;
    std::fs::write(&nothing, PROSE).context("cannot write a text")?;
    let spent = |input: &Path| -> Result<u64> {
        Ok(instructions(&program, &["extract", &input.to_string_lossy()])?.0)
    };
    let start = spent(&nothing)?;
    let mut over = budgets.judge("program-start", start / 1_000_000, "million instructions");
    let sets = [
        ("program-samples", root().join("samples")),
        ("program-gold", root().join("corpus/gold/articles")),
        ("program-prose", prose),
    ];
    for (set, input) in sets {
        let cost = spent(&input)?.saturating_sub(start) / size(&input)?.max(1);
        over |= budgets.judge(set, cost, "instructions a byte");
    }
    ensure!(!over, "the program has become slower than benches/budgets.toml allows");
    Ok(())
}

/// A paragraph without anything that a statement could be made of, and how often it is read.
const PROSE: &str = "The old gardener walked slowly along the wall and looked at the roses that his mother had planted. \
    Nobody came by, and the afternoon was warm.\n\n";
const PROSE_TIMES: usize = 1500;

/// Bytes of a text, or of the texts in a folder.
fn size(input: &Path) -> Result<u64> {
    let told = || format!("cannot read {}", input.display());
    if input.is_file() {
        return Ok(std::fs::metadata(input).with_context(told)?.len());
    }
    let mut bytes = 0;
    for entry in std::fs::read_dir(input).with_context(told)? {
        let entry = entry.with_context(told)?;
        if entry.path().extension().is_some_and(|extension| extension == "txt") {
            bytes += entry.metadata().with_context(told)?.len();
        }
    }
    Ok(bytes)
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
