//! `cargo xtask check-shared`: what can only be checked with the material shared beside the repository.
//!
//! Each check is a function that returns an error with a whole sentence; all are run, whatever the others say.

mod feeds;
mod input;
mod ledger;
mod pages;
mod scores;
mod speed;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::run::{Workshop, shared};

/// What the checks have in common.
pub(crate) struct Bench {
    /// The program and the repository.
    pub(crate) shop: Workshop,
    /// The folder `../shared`.
    pub(crate) shared: PathBuf,
    /// A folder that is deleted afterwards.
    pub(crate) scratch: tempfile::TempDir,
}

impl Bench {
    /// A path in the scratch folder.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// The five real reports.
    pub(crate) fn seeds(&self) -> PathBuf {
        self.shared.join("seeds")
    }
}

type Check = fn(&Bench) -> Result<()>;

const CHECKS: &[(&str, Check)] = &[
    ("our scores are those of score.py", scores::same_as_python),
    ("seeds: accuracy and every statement that must be found", scores::seeds),
    ("seeds without sidecars: accuracy on what the text alone says", scores::seeds_text_only),
    ("seeds without sidecars: no year that the text does not give", scores::no_foreign_years),
    ("seeds: passages that are no statements", scores::traps),
    ("ledger: the half-year of $4 billion cannot be right", ledger::impossible_half_year),
    ("ledger: the date line of report 003 is demoted", ledger::date_line),
    ("ledger: the lineage of the trade target and its pace", ledger::target_lineage),
    ("ledger: centre and programme go from promised to delivered", ledger::promises),
    ("ledger: the New Development Bank stays out of the pair's views", ledger::no_leak),
    ("ledger: nothing adds up portfolios", ledger::no_sums),
    ("ledger: reading twice changes nothing, two runs agree", ledger::repeatable),
    ("ledger: a killed run is completed by the next", ledger::killed),
    ("web pages: main text and dates", pages::web_articles),
    ("names: spellings of one bearer are joined, others kept apart", crate::names::check),
    ("bad input: a message each, the rest is read", input::bad_input),
    ("bad input: 100 MB on one line", input::one_long_line),
    ("bad input: three broken files of 10,000 in all formats", input::three_of_ten_thousand),
    ("feeds: every entry with title, link and date", feeds::entries),
    ("feeds: no panic and no hang on ill-formed ones", feeds::ill_formed),
    ("speed: a web archive costs what unpacking and its pages cost", speed::web_archive),
    ("web archives: all records of the good ones, a word on the bad ones", feeds::web_archives),
];

/// Runs every check and fails when one does.
pub(crate) fn run() -> Result<()> {
    let shared = shared()?;
    let scratch = tempfile::tempdir().context("no room for scratch files")?;
    let bench = Bench { shop: Workshop::open(false)?, shared, scratch };
    let mut failed = 0;
    for (name, check) in CHECKS {
        let start = Instant::now();
        match check(&bench) {
            Ok(()) => println!("ok    {name} ({:.1} s)", start.elapsed().as_secs_f64()),
            Err(error) => {
                failed += 1;
                println!("FAIL  {name}\n      {}", format!("{error:#}").replace('\n', "\n      "));
            }
        }
    }
    println!("check-shared: {} passed, {failed} failed", CHECKS.len() - failed);
    if failed > 0 {
        bail!("{failed} of {} checks failed", CHECKS.len());
    }
    Ok(())
}
