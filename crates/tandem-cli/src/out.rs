//! Where text goes: standard output in one buffer, remarks on standard error, and how both look.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use tandem_report::Look;

/// Columns of output that goes to a file or a pipe.
const PAGE: usize = 120;
/// The narrowest screen that tables are made for.
const NARROWEST: usize = 60;

/// Standard output.
pub(crate) struct Out {
    buffer: BufWriter<Stdout>,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self { buffer: BufWriter::with_capacity(1 << 16, io::stdout()) }
    }

    /// Writes text.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.buffer.write_all(text.as_bytes())
    }

    /// Writes bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.write_all(bytes)
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, line: &str) -> io::Result<()> {
        self.text(line)?;
        self.text("\n")
    }

    /// Hands everything over.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.buffer.flush()
    }

    /// How views are drawn: colours on a terminal that wants them (`NO_COLOR`, `TERM=dumb` are
    /// honoured), as wide as the screen.
    pub(crate) fn look(&self) -> Look {
        let stdout = io::stdout();
        let color = AutoStream::choice(&stdout) != ColorChoice::Never;
        Look { width: width(stdout.is_terminal()), color, parties: true }
    }
}

/// `COLUMNS` when it is set, else the screen's width, else that of a page.
fn width(terminal: bool) -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    told.or_else(seen).unwrap_or(PAGE).max(NARROWEST)
}

/// Says something on standard error. Nothing can be done when even that fails.
pub(crate) fn complain(message: &str) {
    // Texts and file names come from anywhere: control characters could repaint the terminal.
    let safe: String =
        message.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect();
    let _nowhere_else_to_say_it = writeln!(io::stderr(), "tandem: {safe}");
}

/// A bar on standard error that appears only on a terminal and only when the work is long.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    since: Instant,
    wanted: bool,
}

impl Progress {
    /// `stdout_too` when the work itself writes to standard output, where a bar would get in between.
    pub(crate) fn new(stdout_too: bool) -> Self {
        let wanted = io::stderr().is_terminal() && !(stdout_too && io::stdout().is_terminal());
        Self { bar: None, since: Instant::now(), wanted }
    }

    /// So much of so much is done.
    pub(crate) fn at(&mut self, done: usize, total: usize) {
        if !self.wanted || self.since.elapsed() < Duration::from_secs(1) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left");
            ProgressBar::new(total as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(done as u64);
    }

    /// Says something without tearing the bar.
    pub(crate) fn complain(&self, message: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| complain(message)),
            None => complain(message),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
