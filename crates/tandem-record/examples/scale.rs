//! What making the record of an archive takes, at any size.
//!
//!     cargo run --release -p tandem-record --example scale -- [--bare] [STATEMENTS…]
//!
//! The archive is `tandem_testkit::archive`: partnerships, projects and agreements grow with it. One
//! line a size: wall time, time a statement, and the most memory used so far, input included. `--bare`
//! only makes the archive: for counting instructions, and for what the input itself takes.

use std::time::Instant;

use tandem_record::{Input, SILENT_AFTER_MONTHS, build};
use tandem_testkit::archive::Archive;

/// The program's own allocator: what is measured is what a user has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (flags, sizes): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let bare = flags.iter().any(|flag| flag == "--bare");
    let given: Vec<usize> = sizes.iter().map(|word| word.parse()).collect::<Result<_, _>>()?;
    let sizes = if given.is_empty() { vec![10_000, 100_000] } else { given };
    for size in sizes {
        let archive = Archive::new(size, 7);
        let start = Instant::now();
        if bare {
            println!("{size} statements, {} MB", peak_megabytes());
            continue;
        }
        let record = build(&Input {
            documents: &archive.documents,
            statements: &archive.statements,
            decisions: &[],
            as_of: None,
            today: "2026-06-30".parse()?,
            silent_after_months: SILENT_AFTER_MONTHS,
        });
        let seconds = start.elapsed().as_secs_f64();
        let lives = [&record.projects, &record.agreements, &record.institutions, &record.commitments];
        println!(
            "{size} statements in {} documents: {seconds:.2} s, {:.1} us a statement, {} MB, {} figures, {} lives, {} findings",
            archive.documents.len(),
            seconds * 1e6 / size as f64,
            peak_megabytes(),
            record.figures.len(),
            lives.iter().map(|lives| lives.len()).sum::<usize>(),
            record.findings.len(),
        );
    }
    Ok(())
}

/// The most memory that the process has used, where the system tells; else 0.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}
