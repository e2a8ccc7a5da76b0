//! The commands that read documents: demo, extract, read, explain.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use tandem::model::{Article, Date, Diagnostic};
use tandem::{
    Event, Happening, InputOptions, Inputs, Item, Ledger, Limits, Memory, Pipeline, ReadSummary,
    ReadingOptions, ValueLine, Values, timex3,
};

use crate::args::{Format, Options};
use crate::out::{Out, Progress};
use crate::{Outcome, WrongUsage, asking, pdf};

/// A sample report: its name, its text, its sidecar.
type Sample = (&'static str, &'static [u8], Option<&'static [u8]>);

/// The sample reports, in the order of their names.
static SAMPLES: &[Sample] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// What to try after the demo.
const NEXT: [(&str, &str); 5] = [
    ("tandem check --ledger tandem-demo.db", "what cannot be right, and why"),
    ("tandem targets --ledger tandem-demo.db", "targets through their wordings"),
    ("tandem timeline --ledger tandem-demo.db", "everything by date"),
    ("tandem show ID --ledger tandem-demo.db", "one entry with every sentence behind it"),
    ("tandem read FOLDER", "your own reports, into ./tandem.db"),
];

/// The ledger that the demo makes.
const DEMO: &str = "tandem-demo.db";

pub(crate) fn demo(options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    let pipeline = pipeline(options)?;
    let mut ledger = Ledger::create(Path::new(DEMO))?;
    let samples = SAMPLES.iter().map(|(name, bytes, sidecar)| Memory {
        name: (*name).to_owned(),
        bytes: bytes.to_vec(),
        sidecar: sidecar.map(<[u8]>::to_vec),
        hints: tandem::Hints::default(),
    });
    let inputs = Inputs::new(&[], input_options(options, Path::new(DEMO))).and_memory(samples);
    let summary = feed(&mut ledger, &pipeline, inputs)?;
    out.line(&format!(
        "{} sample reports read into ./{DEMO}.\n",
        summary.new + summary.revised + summary.unchanged
    ))?;
    asking::status_of_largest(&mut ledger, options, out)?;
    out.text("\nNext, try:\n")?;
    for (command, what) in NEXT {
        out.line(&format!("  {command:42}{what}"))?;
    }
    Ok(outcome(summary.diagnostics))
}

pub(crate) fn extract(paths: &[PathBuf], options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    let pipeline = pipeline(options)?;
    let inputs = inputs(paths, input_options(options, &options.ledger))?;
    let mut complaints = 0;
    let mut progress = Progress::new(true);
    pipeline.run(inputs, |happening| -> anyhow::Result<()> {
        match happening {
            Happening::Extracted(extracted) => {
                for statement in &extracted.extraction.statements {
                    out.line(&serde_json::to_string(statement)?)?;
                }
            }
            Happening::Diagnostic(diagnostic) => {
                complaints += 1;
                progress.complain(&format!("{}: {}", diagnostic.place, diagnostic.message));
            }
            Happening::Progress { done, total } => progress.at(done, total),
        }
        Ok(())
    })?;
    Ok(outcome(complaints))
}

pub(crate) fn read(paths: &[PathBuf], options: &Options, out: &mut Out) -> anyhow::Result<Outcome> {
    let pipeline = pipeline(options)?;
    let mut ledger = Ledger::create(&options.ledger)?;
    let inputs = inputs(paths, input_options(options, &options.ledger))?;
    let summary = feed(&mut ledger, &pipeline, inputs)?;
    let counts = ledger.counts()?;
    let ReadSummary { new, revised, unchanged, statements, diagnostics } = summary;
    out.line(&format!(
        "{new} new, {revised} changed, {unchanged} known already; {statements} statements added."
    ))?;
    if diagnostics > 0 {
        out.line(&format!("{diagnostics} could not be read, or only in part: see above."))?;
    }
    out.line(&format!(
        "{} holds {} documents with {} statements. Next: tandem status",
        options.ledger.display(),
        counts.documents,
        counts.statements
    ))?;
    Ok(outcome(diagnostics))
}

pub(crate) fn explain(
    file: &Path,
    sentence: &str,
    options: &Options,
    out: &mut Out,
) -> anyhow::Result<Outcome> {
    let pipeline = pipeline(options)?;
    let mut lines = Vec::new();
    let mut complaints = 0;
    for item in inputs(&[file.to_owned()], input_options(options, &options.ledger))? {
        match item {
            Item::Article(located) => lines.extend(pipeline.explain(&located.article, sentence)),
            Item::Diagnostic(diagnostic) => {
                complaints += 1;
                say(&diagnostic);
            }
        }
    }
    if lines.is_empty() && complaints == 0 {
        let message = format!(
            "{}: no sentence holds \"{sentence}\" (copy it from the text as it stands)",
            file.display()
        );
        return Err(WrongUsage(message).into());
    }
    for line in lines {
        out.line(&line)?;
    }
    Ok(outcome(complaints))
}

pub(crate) fn values(
    paths: &[PathBuf],
    tagged: bool,
    published: Option<Date>,
    options: &Options,
    out: &mut Out,
) -> anyhow::Result<Outcome> {
    let format = options.format.unwrap_or(Format::Table);
    if matches!(format, Format::Json | Format::Csv) {
        return Err(WrongUsage(
            "values are written as table or jsonl, or with --timex3 as TimeML".to_owned(),
        )
        .into());
    }
    if paths == [Path::new("-")] && io::stdin().is_terminal() {
        return Err(WrongUsage(
            "values wants files, folders, or documents on standard input (tandem help values)".to_owned(),
        )
        .into());
    }
    let reader = Values::english();
    let mut complaints = 0;
    for item in inputs(paths, input_options(options, &options.ledger))? {
        match item {
            Item::Article(located) => {
                let text = values_of(&reader, &located.article, published, tagged, format, out)?;
                out.text(&text)?;
            }
            Item::Diagnostic(diagnostic) => {
                complaints += 1;
                say(&diagnostic);
            }
        }
    }
    Ok(outcome(complaints))
}

/// The values of one document in the form asked for.
fn values_of(
    reader: &Values,
    article: &Article,
    published: Option<Date>,
    tagged: bool,
    format: Format,
    out: &Out,
) -> anyhow::Result<String> {
    let published = article.published.or(published);
    let mentions = reader.find(&article.text, published);
    if tagged {
        let timeml = timex3(&article.id, &article.text, &mentions, published);
        return Ok(match format {
            Format::Jsonl => {
                format!("{}\n", serde_json::json!({ "doc": article.id, "timeml": timeml }))
            }
            _ => timeml,
        });
    }
    let lines: Vec<ValueLine<'_>> =
        mentions.iter().map(|mention| ValueLine::new(&article.id, mention)).collect();
    Ok(match format {
        Format::Table => tandem_report::values(article, &lines, out.look()),
        _ => tandem_report::jsonl(&lines),
    })
}

pub(crate) fn outcome(complaints: usize) -> Outcome {
    if complaints == 0 { Outcome::Fine } else { Outcome::SomeFailed }
}

/// Reads into the ledger, saying what is wrong as it goes.
fn feed(ledger: &mut Ledger, pipeline: &Pipeline, inputs: Inputs) -> anyhow::Result<ReadSummary> {
    let mut progress = Progress::new(false);
    let summary = ledger.read(pipeline, inputs, |event| match event {
        Event::Diagnostic(diagnostic) => {
            progress.complain(&format!("{}: {}", diagnostic.place, diagnostic.message))
        }
        Event::Progress { done, total } => progress.at(done, total),
        Event::Document { .. } => {}
    })?;
    // The record follows the documents; where it cannot now, the next question sees to it.
    ledger.keep_up(asking::clock()).ok();
    Ok(summary)
}

fn say(diagnostic: &Diagnostic) {
    crate::out::complain(&format!("{}: {}", diagnostic.place, diagnostic.message));
}

pub(crate) fn pipeline(options: &Options) -> anyhow::Result<Pipeline> {
    let threads = options.threads.map(usize::from);
    let made = match &options.rules {
        None => Pipeline::shipped(threads),
        Some(folder) => Pipeline::with_rules(rules(folder)?, threads),
    };
    Ok(made?)
}

/// A `.rule` file, or those of a folder in the order of their names.
pub(crate) fn rules(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut rules = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let path = entry.with_context(|| format!("{}: cannot read the rules", folder.display()))?.into_path();
        if path.is_file() && path.extension().is_some_and(|ending| ending == "rule") {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("{}: cannot be read", path.display()))?;
            rules.push((path.display().to_string(), text));
        }
    }
    if rules.is_empty() {
        return Err(WrongUsage(format!("{}: holds no .rule file", folder.display())).into());
    }
    Ok(rules)
}

pub(crate) fn input_options(options: &Options, ledger: &Path) -> InputOptions {
    // A folder may hold the ledger itself, with the files that SQLite keeps beside it.
    let beside = |ending: &str| {
        let mut name = ledger.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let limits = Limits {
        document_bytes: u64::from(options.max_size) << 20,
        expansion: u64::from(options.max_expansion),
        nesting: options.max_nesting,
        nested_bytes: u64::from(options.max_nested) << 20,
    };
    let child = pdf::Child { seconds: options.pdf_seconds, megabytes: options.pdf_memory };
    InputOptions {
        reading: ReadingOptions {
            limits,
            sidecars: !options.no_sidecar,
            text_column: options.text_column.clone(),
            pdf: Arc::new(move |bytes: &[u8]| child.pages(bytes)),
        },
        exclude: ["", "-wal", "-shm", "-journal"].map(beside).to_vec(),
    }
}

/// The paths as inputs; `-` is standard input, read last and once.
pub(crate) fn inputs(paths: &[PathBuf], options: InputOptions) -> anyhow::Result<Inputs> {
    let (streams, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| path.as_os_str() == "-");
    let inputs = Inputs::new(&files.into_iter().cloned().collect::<Vec<_>>(), options);
    if streams.is_empty() {
        return Ok(inputs);
    }
    if io::stdin().is_terminal() {
        let how = "standard input is the keyboard (pipe JSON lines or a text into it, or name a file)";
        return Err(WrongUsage(how.to_owned()).into());
    }
    Ok(inputs.and_stream(Box::new(io::stdin())))
}
