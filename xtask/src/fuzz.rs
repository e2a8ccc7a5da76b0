//! `cargo xtask fuzz`: libFuzzer on the stable compiler, a while for each target.
//!
//! `cargo fuzz` passes `-Z` flags and so wants a nightly; the same instrumentation is had by asking LLVM's
//! sancov pass for it. No address sanitizer that way, which a workspace without `unsafe` can do without.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::run::{cargo, root};

const TARGETS: [&str; 16] = [
    "read_text",
    "page",
    "read_feed",
    "read_json",
    "read_mail",
    "read_warc",
    "read_csv",
    "read_gzip",
    "read_zip",
    "read_docx",
    "read_parquet",
    "read_pdf",
    "values",
    "document",
    "rules_parse",
    "extract",
];

const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Where the built targets are instrumented: only code compiled for an explicit target is, build scripts are not.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// From so many seconds a target on, the crates that we use are instrumented too. That finds more in a reader's depths and
/// takes minutes to build, most of them for `lopdf` alone: too long for a run of seconds.
const DEEP: u32 = 60;

/// Builds the targets and runs each of them, or one, for some seconds; with none, only over the inputs at hand:
/// the samples or rules, and what once broke the target. That much is the same on every run, and so is a gate of CI.
pub(crate) fn run(seconds: u32, only: Option<&str>) -> Result<()> {
    if let Some(name) = only {
        ensure!(TARGETS.contains(&name), "no target {name:?}; targets are {}", TARGETS.join(", "));
    }
    ensure!(cfg!(all(target_os = "linux", target_arch = "x86_64")), "fuzzing is set up for {PLATFORM}");
    let folder = root().join("fuzz");
    let built = build(&folder, seconds >= DEEP)?;
    for target in TARGETS.into_iter().filter(|target| only.is_none_or(|name| name == *target)) {
        fuzz(&folder, &built, target, seconds)?;
    }
    Ok(())
}

/// Builds all targets; the folder of the built ones.
fn build(folder: &Path, deep: bool) -> Result<PathBuf> {
    let mut command = cargo();
    let made = if deep {
        command.env("RUSTFLAGS", FLAGS);
        folder.join("target")
    } else {
        command.env("RUSTC_WRAPPER", folder.join("instrument.sh")).env("TANDEM_SANCOV", FLAGS);
        folder.join("target/own")
    };
    let build = ["build", "--quiet", "--release", "--target", PLATFORM, "--target-dir"];
    let status = command.current_dir(folder).args(build).arg(&made).status().context("cannot start cargo")?;
    ensure!(status.success(), "the fuzz targets do not build");
    Ok(made.join(PLATFORM).join("release"))
}

fn fuzz(folder: &Path, built: &Path, target: &str, seconds: u32) -> Result<()> {
    let corpus = folder.join("corpus").join(target);
    let artifacts = folder.join("artifacts").join(target);
    for made in [&corpus, &artifacts] {
        std::fs::create_dir_all(made)?;
    }
    let seeds = match target {
        "rules_parse" => root().join("languages/en/rules"),
        // Small files of each reader's format.
        reader if folder.join("seeds").join(reader).is_dir() => folder.join("seeds").join(reader),
        _ => root().join("samples"),
    };
    let stop = if seconds == 0 { "-runs=0".to_owned() } else { format!("-max_total_time={seconds}") };
    let once_broke = folder.join("regressions").join(target);
    let output = Command::new(built.join(target))
        .arg(stop)
        .args(["-max_len=4096", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0"])
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(&corpus)
        .arg(seeds)
        .args(once_broke.is_dir().then_some(once_broke))
        .output()
        .with_context(|| format!("cannot run {target}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{target} broke; the input is in {}\n{said}", artifacts.display());
    }
    let runs = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!("fuzz {target}: {} inputs in {seconds} s, no break", runs.map_or("?", str::trim));
    Ok(())
}
