//! The commands for authors of rules.

use std::path::{Path, PathBuf};

use anyhow::Context;
use tandem::model::Article;
use tandem::{Change, Happening, RuleVerdict, Workbench, draft_rule};
use tandem_report as report;

use crate::args::{Format, Options, RuleCommand};
use crate::out::{Out, Progress};
use crate::reading::{input_options, inputs, outcome, pipeline, rules};
use crate::{Outcome, WrongUsage};

pub(crate) fn run(command: &RuleCommand, options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    match command {
        RuleCommand::New { name, sentence, dir } => new(name, sentence, dir, out),
        RuleCommand::Check { files } => check(files, options, out),
        RuleCommand::Explain { file, sentence } => explain(file, sentence, out),
        RuleCommand::Try { file, inputs } => try_out(file, inputs, options, out),
    }
}

fn new(name: &str, sentence: &str, dir: &Path, out: &mut Out) -> anyhow::Result<Outcome> {
    let draft = draft_rule(name, sentence).map_err(WrongUsage)?;
    let Some(draft) = draft else {
        let message = "the lexicon knows nothing in this sentence: give one with a value, a name or a verb of the subject";
        return Err(WrongUsage(message.to_owned()).into());
    };
    let own = name.rsplit('/').next().unwrap_or(name);
    let path = dir.join(format!("{own}.rule"));
    let file = std::fs::File::create_new(&path);
    let file = file.with_context(|| format!("{}: cannot be created", path.display()));
    std::io::Write::write_all(&mut file?, draft.as_bytes())?;
    out.line(&format!(
        "{} written. Make it your own, then: tandem rule check {}",
        path.display(),
        path.display()
    ))?;
    Ok(Outcome::Fine)
}

/// All rules of several files and folders.
fn all_rules(files: &[PathBuf]) -> anyhow::Result<Vec<(String, String)>> {
    Ok(files.iter().map(|file| rules(file)).collect::<anyhow::Result<Vec<_>>>()?.concat())
}

fn check(files: &[PathBuf], options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    let verdicts = Workbench::new(all_rules(files)?)?.verdicts();
    let faults: usize = verdicts.iter().map(|verdict| verdict.faults.len()).sum();
    out.text(&match options.format.unwrap_or(Format::Table) {
        Format::Table => verdicts_for_people(&verdicts, faults),
        Format::Json => report::json(&verdicts),
        Format::Jsonl => report::jsonl(&verdicts),
        Format::Csv => report::csv(&verdicts),
    })?;
    Ok(outcome(faults))
}

fn verdicts_for_people(verdicts: &[RuleVerdict], faults: usize) -> String {
    let mut text: String =
        verdicts.iter().flat_map(|verdict| &verdict.faults).map(|fault| format!("{fault}\n")).collect();
    let examples: usize = verdicts.iter().map(|verdict| verdict.examples).sum();
    let (rules, examples) = (count(verdicts.len(), "rule"), count(examples, "example"));
    text.push_str(&match faults {
        0 => format!("{rules}, {examples}: all hold\n"),
        _ => format!("{rules}, {examples}: {faults} not as written\n"),
    });
    text
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn explain(file: &Path, sentence: &str, out: &mut Out) -> anyhow::Result<Outcome> {
    let bench = Workbench::new(rules(file)?)?;
    let article = Article { id: "sentence".to_owned(), text: sentence.to_owned(), ..Article::default() };
    // The article is the sentence: every sentence of it is meant.
    for line in bench.explain(&article, "") {
        out.line(&line)?;
    }
    Ok(Outcome::Fine)
}

fn try_out(file: &Path, paths: &[PathBuf], options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    let bench = Workbench::new(rules(file)?)?;
    let shipped = pipeline(options)?;
    let mut complaints = 0;
    let (mut documents, mut changes) = (0, Vec::new());
    let mut progress = Progress::new(false);
    shipped.run(
        inputs(paths, input_options(options, &options.ledger))?,
        |happening| -> anyhow::Result<()> {
            match happening {
                Happening::Extracted(extracted) => {
                    documents += 1;
                    changes.extend(bench.changes(&extracted.article, &extracted.extraction.statements));
                }
                Happening::Diagnostic(diagnostic) => {
                    complaints += 1;
                    progress.complain(&format!("{}: {}", diagnostic.place, diagnostic.message));
                }
                Happening::Progress { done, total } => progress.at(done, total),
            }
            Ok(())
        },
    )?;
    drop(progress);
    out.text(&match options.format.unwrap_or(Format::Table) {
        Format::Table => changes_for_people(&changes, documents),
        Format::Json => report::json(&changes),
        Format::Jsonl => report::jsonl(&changes),
        Format::Csv => report::csv(&changes),
    })?;
    Ok(outcome(complaints))
}

fn changes_for_people(changes: &[Change], documents: usize) -> String {
    let mut text = String::new();
    for change in changes {
        let sign = if change.change == "gained" { '+' } else { '-' };
        text.push_str(&format!(
            "{sign} {}  {} by {}: {}\n",
            change.doc, change.kind, change.rule, change.summary
        ));
        text.push_str(&format!("    {}\n", change.quote.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    let gained = changes.iter().filter(|change| change.change == "gained").count();
    let lost = changes.len() - gained;
    text.push_str(&format!("{}: {gained} gained, {lost} lost\n", count(documents, "document")));
    text
}
