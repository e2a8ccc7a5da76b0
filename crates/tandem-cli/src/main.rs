//! The command `tandem`: the shell that opens files, knows the clock and the terminal, and prints.
//!
//! Everything it says comes from [`tandem`] and [`tandem_report`]; what is decided here is where text
//! goes, in which colours, and the exit code: 0 when all went well, 1 when something could not be
//! read or written, 2 on wrong usage. A reader that hangs up (`| head`) is no error.

mod args;
mod asking;
mod out;
mod pdf;
mod reading;
mod rule;
mod watch;

use std::process::ExitCode;

use args::{Cli, Command, Options, RuleCommand};
use clap::{CommandFactory, Parser};
use out::Out;

// Extraction makes many short-lived strings on many threads, where the system's allocator is slower.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    quiet_guarded_threads();
    let arguments: Vec<String> = std::env::args().skip(1).take(3).collect();
    if arguments.first().is_some_and(|command| command == pdf::COMMAND) {
        return pdf::serve(&arguments[1..]);
    }
    let cli = Cli::parse();
    if let Some(complaint) = misplaced(&cli) {
        Cli::command().error(clap::error::ErrorKind::ArgumentConflict, complaint).exit();
    }
    let mut out = Out::new();
    let done = run(&cli, &mut out).and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
    match done {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if hung_up(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::complain(&format!("{error:#}"));
            let wrong_usage =
                error.downcast_ref::<tandem::StoreError>().is_some_and(tandem::StoreError::is_missing)
                    || error.downcast_ref::<WrongUsage>().is_some();
            ExitCode::from(if wrong_usage { 2 } else { 1 })
        }
    }
}

/// Panics of readers that guard themselves are told as remarks, and need not be told twice.
fn quiet_guarded_threads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(tandem::GUARDED) {
            usual(panic);
        }
    }));
}

/// How a command ended that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    SomeFailed,
}

/// A mistake of the user's that only shows while the command runs.
#[derive(Debug)]
struct WrongUsage(String);

impl std::fmt::Display for WrongUsage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUsage {}

fn run(cli: &Cli, out: &mut Out) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Demo => reading::demo(&cli.options, out),
        Command::Extract { inputs } => reading::extract(inputs, &cli.options, out),
        Command::Read { inputs } => reading::read(inputs, &cli.options, out),
        Command::Values { inputs, timex3, published } => {
            reading::values(inputs, *timex3, *published, &cli.options, out)
        }
        Command::Explain { file, sentence } => reading::explain(file, sentence, &cli.options, out),
        Command::Watch { sources, every, pages, pause, timeout } => {
            let manners = watch::Manners { pages: *pages, pause: *pause, timeout: *timeout };
            watch::run(sources, *every, &manners, &cli.options, out)
        }
        Command::Rule(command) => rule::run(command, &cli.options, out),
        question => asking::answer(question, &cli.options, out),
    }
}

/// An option that means nothing to the command: better refused than silently ignored.
fn misplaced(cli: &Cli) -> Option<String> {
    let Options { between, as_of, silent_after, format, rules, .. } = &cli.options;
    let asks = cli.command.asks();
    let writes_rows = matches!(
        cli.command,
        Command::Values { .. } | Command::Rule(RuleCommand::Try { .. } | RuleCommand::Check { .. })
    );
    let question_only = [
        (between.is_some(), "--between"),
        (as_of.is_some(), "--as-of"),
        (silent_after.is_some(), "--silent-after"),
        (format.is_some() && !writes_rows, "--format"),
    ];
    let reading_only = [(rules.is_some(), "--rules"), (cli.options.no_sidecar, "--no-sidecar")];
    let wrong = if asks { &reading_only[..] } else { &question_only[..] };
    let (_, option) = wrong.iter().find(|(given, _)| *given)?;
    Some(if asks {
        format!("{option} is for reading documents (extract, read, values, explain), not for questions")
    } else {
        format!(
            "{option} is for questions (status, figures, check, …), not for `tandem {}`",
            cli.command.name()
        )
    })
}

/// Whether whoever reads our output has gone, as `head` does.
fn hung_up(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
