//! Chores of this repository that are more than one command. `cargo xtask help` lists them.

mod budget;
mod calibrate;
mod compare;
mod coverage;
mod floors;
mod fuzz;
mod gold;
mod names;
mod readme;
#[allow(unreachable_pub, reason = "written as a library: it could move to one")]
mod recognizers;
mod rules;
mod run;
mod scale;
mod score;
mod shared;
mod speed;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask gold [FOLDER]      score the program on annotated articles (both sets of corpus/) and hold the floors
      --texts DIR              where the texts lie, when not in FOLDER/articles or FOLDER
      --predictions FILE       score these JSON lines instead of what the program says
      --lang CODE              only articles in this language (en for our own)
      --ids A,B                only these articles
      --text-only              without sidecars, against what the text alone supports
      --quiet                  the table only, no single misses and extras
cargo xtask calibrate [--check] learn how sure statements are from the annotated articles
cargo xtask coverage [--all]   rules that fire in fewer than two documents (or all, with their counts)
cargo xtask check-shared       what can only be checked with ../shared beside the repository
cargo xtask recognizers        values against the public cases of Recognizers-Text in ../shared/data
      --failures               with every case that fails
cargo xtask name-pairs         comparison of names against the labelled pairs in ../shared/data, with its floor
      --failures               with every pair that comes out wrong
cargo xtask fuzz [TARGET]      fuzz all targets, or one
      --seconds N              so long each (20); 0 only replays the samples and what once broke a target
cargo xtask readme [--check]    put the demo and the accuracy table into README.md (or say whether they are current)
cargo xtask budget [--built]   instructions that extraction needs for a byte read, held to benches/budgets.toml; of the
                               released program, as it lies there, with --built
cargo xtask speed              instructions that values need for a byte of text, held to the same file
cargo xtask scale              that making the record takes no more for a statement of a larger archive
cargo xtask rules [--check]     write docs/rules.md from the rule files (or say whether it is current)
cargo xtask help               this";

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        arguments.push("help".to_owned());
    }
    let command = arguments.remove(0);
    match command.as_str() {
        "gold" => gold::run(&gold_options(arguments)?),
        "calibrate" => calibrate::run(only_flag(&arguments, "--check")?),
        "coverage" => coverage::run(only_flag(&arguments, "--all")?),
        "check-shared" => {
            only_flag(&arguments, "")?;
            shared::run()
        }
        "readme" => readme::run(only_flag(&arguments, "--check")?),
        "rules" => rules::run(only_flag(&arguments, "--check")?),
        "budget" => match only_flag(&arguments, "--built")? {
            true => budget::of_program(),
            false => budget::run(),
        },
        "speed" => {
            only_flag(&arguments, "")?;
            speed::run()
        }
        "scale" => {
            only_flag(&arguments, "")?;
            scale::run()
        }
        "name-pairs" => names::run(only_flag(&arguments, "--failures")?),
        "recognizers" => recognizers_command(&arguments),
        "fuzz" => fuzz_command(arguments),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("no chore {other:?}\n\n{HELP}"),
    }
}

fn gold_options(arguments: Vec<String>) -> Result<gold::Options> {
    let mut options = gold::Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--texts" => options.texts = Some(value(&mut arguments, &argument)?.into()),
            "--predictions" => options.predictions = Some(value(&mut arguments, &argument)?.into()),
            "--lang" => options.lang = Some(value(&mut arguments, &argument)?),
            "--ids" => {
                options.ids = value(&mut arguments, &argument)?.split(',').map(str::to_owned).collect();
            }
            "--quiet" => options.quiet = true,
            "--text-only" => options.text_only = true,
            folder if !folder.starts_with('-') => options.folder = Some(folder.into()),
            other => bail!("gold knows no {other}\n\n{HELP}"),
        }
    }
    Ok(options)
}

fn fuzz_command(arguments: Vec<String>) -> Result<()> {
    let (mut seconds, mut target) = (20, None);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seconds" => seconds = value(&mut arguments, &argument)?.parse()?,
            name if !name.starts_with('-') => target = Some(name.to_owned()),
            other => bail!("fuzz knows no {other}\n\n{HELP}"),
        }
    }
    fuzz::run(seconds, target.as_deref())
}

/// Runs the public cases for values; `--failures` lists those that fail.
fn recognizers_command(arguments: &[String]) -> Result<()> {
    let list = only_flag(arguments, "--failures")?;
    let report = recognizers::run(&run::shared()?.join("data/recognizers-text"))?;
    println!("{report}");
    let failures = report.scores.iter().flat_map(|score| score.failures.iter().map(|f| (&score.file, f)));
    for (file, failure) in failures.filter(|_| list) {
        println!("{file}: {failure}");
    }
    Ok(())
}

/// The word after an option.
fn value(arguments: &mut impl Iterator<Item = String>, option: &str) -> Result<String> {
    match arguments.next() {
        Some(value) => Ok(value),
        None => bail!("{option} wants a value\n\n{HELP}"),
    }
}

/// Whether the one flag that a chore knows was given.
fn only_flag(arguments: &[String], flag: &str) -> Result<bool> {
    match arguments {
        [] => Ok(false),
        [one] if one == flag => Ok(true),
        _ => bail!("too many arguments: {}\n\n{HELP}", arguments.join(" ")),
    }
}
