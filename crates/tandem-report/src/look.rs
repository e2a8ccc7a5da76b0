//! How a view is drawn: how wide, and whether in colour.

use std::fmt::Write as _;

use tandem::model::record::{Light, Severity};
use unicode_width::UnicodeWidthStr;

/// How a view is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of the screen or page.
    pub width: usize,
    /// Whether escape codes may be written.
    pub color: bool,
    /// Whether a column of parties is wanted; it is noise when only one pair is asked for.
    pub parties: bool,
}

impl Look {
    /// Plain text of a width.
    pub fn plain(width: usize) -> Self {
        Self { width, color: false, parties: true }
    }
}

/// What a piece of text means, from which its colour follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Strong,
    Faint,
    Good,
    Moving,
    Bad,
    Changed,
}

impl Tone {
    pub(crate) fn of_light(light: Light) -> Self {
        match light {
            Light::Green => Self::Good,
            Light::Amber => Self::Moving,
            Light::Red => Self::Bad,
            Light::Violet => Self::Changed,
            Light::Grey => Self::Faint,
        }
    }

    pub(crate) fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Bad,
            Severity::Warning => Self::Moving,
            Severity::Info => Self::Faint,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Moving => "33",
            Self::Bad => "31",
            Self::Changed => "35",
        }
    }
}

/// A text in its tone.
pub(crate) fn paint(text: &str, tone: Tone, look: Look) -> String {
    if !look.color || tone == Tone::Plain || text.is_empty() {
        return text.to_owned();
    }
    format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
}

/// A text broken between words into lines of at most `width` columns, the first behind `first` and
/// the others behind as many spaces. A word that is longer than a line stands alone.
pub(crate) fn wrap(text: &str, first: &str, width: usize) -> String {
    let indent = first.width();
    let room = width.saturating_sub(indent).max(20);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().map(|line| (line.width(), line));
        match line {
            Some((0, line)) => line.push_str(word),
            Some((used, line)) if used + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let lead = if index == 0 { first.to_owned() } else { " ".repeat(indent) };
        let _infallible = writeln!(out, "{lead}{line}");
    }
    out
}

/// A heading with a rule under it.
pub(crate) fn heading(text: &str, look: Look) -> String {
    format!(
        "{}\n{}\n",
        paint(text, Tone::Strong, look),
        paint(&"─".repeat(text.width().min(look.width)), Tone::Faint, look)
    )
}
