//! The command that looks at the web. The only place that sleeps: libraries know no clock.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use tandem::{Event, FetchSettings, Fetcher, Ledger, WatchEvent, WatchLimits, WatchSummary};

use crate::args::Options;
use crate::out::{Out, Progress};
use crate::reading::{input_options, outcome, pipeline};
use crate::{Outcome, WrongUsage, asking};

/// How politely, and how much.
pub(crate) struct Manners {
    /// Pages of one source in one look.
    pub(crate) pages: usize,
    /// Seconds between two questions to one host.
    pub(crate) pause: f32,
    /// Longest time for an answer, in seconds.
    pub(crate) timeout: u64,
}

pub(crate) fn run(
    sources: &[String],
    every: Option<u64>,
    manners: &Manners,
    options: &Options,
    out: &mut Out,
) -> anyhow::Result<Outcome> {
    let pause = Duration::try_from_secs_f32(manners.pause)
        .map_err(|_| WrongUsage(format!("--pause {}: that is no time to wait", manners.pause)))?;
    let addresses = addresses(sources)?;
    let pipeline = pipeline(options)?;
    let mut ledger = Ledger::create(&options.ledger)?;
    let input = input_options(options, &options.ledger);
    loop {
        // What a host's robots.txt says is asked for anew with each look.
        let settings = FetchSettings {
            timeout: Duration::from_secs(manners.timeout),
            bytes: u64::from(options.max_size) << 20,
            pause,
            ..FetchSettings::default()
        };
        let mut fetcher = Fetcher::new(settings, std::thread::sleep);
        let limits = WatchLimits { pages: manners.pages };
        let progress = Progress::new(false);
        let mut lines = Vec::new();
        let summary =
            ledger.watch(&addresses, &pipeline, &mut fetcher, (&input, limits), |event| match event {
                WatchEvent::Unchanged(address) => lines.push(format!("{address}: nothing new")),
                WatchEvent::Source { address, pages, left } => lines.push(listed(address, pages, left)),
                WatchEvent::Reading(Event::Diagnostic(diagnostic)) => {
                    progress.complain(&format!("{}: {}", diagnostic.place, diagnostic.message));
                }
                WatchEvent::Reading(_) => {}
            })?;
        ledger.keep_up(asking::clock()).ok();
        lines.iter().try_for_each(|line| out.line(line))?;
        out.line(&told(&summary, options))?;
        out.flush()?;
        match every {
            None => return Ok(outcome(summary.read.diagnostics)),
            Some(minutes) => std::thread::sleep(Duration::from_secs(minutes * 60)),
        }
    }
}

fn listed(address: &str, pages: usize, left: usize) -> String {
    match left {
        0 => format!("{address}: {pages} new"),
        left => {
            format!("{address}: {pages} new, {left} more with the next look (or allow more with --pages)")
        }
    }
}

fn told(summary: &WatchSummary, options: &Options) -> String {
    let read = summary.read;
    format!(
        "{} fetched; {} new, {} changed, {} known already in {}; {} statements added.",
        summary.pages,
        read.new,
        read.revised,
        read.unchanged,
        options.ledger.display(),
        read.statements
    )
}

/// Addresses as typed, and those that files list.
fn addresses(sources: &[String]) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for source in sources {
        if source.starts_with("http://") || source.starts_with("https://") {
            all.push(source.clone());
            continue;
        }
        let listed = std::fs::read_to_string(Path::new(source)).with_context(|| {
            format!("{source}: is neither an address (http://…, https://…) nor a file that can be read")
        })?;
        let lines = listed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        all.extend(lines.map(str::to_owned));
    }
    if all.is_empty() {
        return Err(WrongUsage("the files list no address (write one a line)".to_owned()).into());
    }
    Ok(all)
}
