//! What is wrong with a rule, shown at its place.
//!
//! Inside the crate a problem is a [`Fault`]: a span and a precise cause. Outside it is one opaque
//! [`RuleError`] that renders like a compiler's message; nobody is meant to branch on the cause.

use std::fmt;

use tandem_model::Span;

/// Something wrong in a rule. `Display` gives the message, the line with carets, and a hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    file: String,
    span: Span,
    line: usize,
    column: usize,
    text: String,
    carets: usize,
    message: String,
    hint: Option<String>,
}

impl RuleError {
    pub(crate) fn new(file: &str, source: &str, fault: Fault) -> Self {
        // A rule is plain data, so its spans may not fit its source: then the first line is shown.
        let span = if source.get(fault.span.start()..fault.span.end()).is_some() {
            fault.span
        } else {
            Span::new(0, 0)
        };
        let start = source[..span.start()].rfind('\n').map_or(0, |newline| newline + 1);
        let end = source[span.start()..].find('\n').map_or(source.len(), |newline| span.start() + newline);
        let line_text = source[start..end].trim_end_matches('\r');
        let before = &source[start..span.start()];
        let under = &source[span.start()..span.end().min(end).max(span.start())];
        Self {
            file: file.to_owned(),
            span,
            line: source[..start].matches('\n').count() + 1,
            column: before.chars().count() + 1,
            text: line_text.replace('\t', " "),
            carets: under.chars().count().max(1),
            message: fault.problem.to_string(),
            hint: fault.hint.or_else(|| fault.problem.standing_hint().map(str::to_owned)),
        }
    }

    /// The file's name as given to the parser.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Bytes in the rule's source.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Character in the line, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it, when that can be told.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(f, "error: {}", self.message)?;
        writeln!(f, "{margin}--> {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(f, "{margin} |")?;
        writeln!(f, "{number} | {}", self.text)?;
        write!(f, "{margin} | {}{}", " ".repeat(self.column - 1), "^".repeat(self.carets))?;
        match &self.hint {
            Some(hint) => write!(f, "\n{margin} = help: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for RuleError {}

/// A problem at a place, before the source is at hand.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) span: Span,
    pub(crate) problem: Problem,
    pub(crate) hint: Option<String>,
}

impl Fault {
    pub(crate) fn new(span: Span, problem: Problem) -> Self {
        Self { span, problem, hint: None }
    }

    pub(crate) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

/// Most tokens that a gap may span: longer ones join what does not belong together.
pub(crate) const LONGEST_GAP: u32 = 60;

/// Most items and gaps in one rule.
pub(crate) const MOST_ELEMENTS: usize = 64;

/// Fewest examples of each kind.
pub(crate) const FEWEST_EXAMPLES: usize = 2;

/// What can be wrong.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("unexpected character `{0}`")]
    UnexpectedCharacter(char),
    #[error("string without closing quote")]
    UnterminatedString,
    #[error("expected {what}, found {found}")]
    Expected { what: &'static str, found: String },
    #[error("`{0}` is no rule name")]
    BadRuleName(String),
    #[error("no `{0}` section")]
    MissingSection(&'static str),
    #[error("a second `{0}` section")]
    RepeatedSection(&'static str),
    #[error("`{0}` belongs under a `yes`")]
    Misplaced(&'static str),
    #[error("gap without a bound")]
    UnboundedGap,
    #[error("a group within a group")]
    NestedGroup,
    #[error("`{0}` is no class name")]
    ClassSpelling(String),
    #[error("no word between the quotes")]
    EmptyWord,
    #[error("`{0}` is a word of the rule language and cannot name a capture")]
    ReservedName(String),
    #[error("`{0}` is no capture name")]
    CaptureSpelling(String),
    #[error("`{0}` is no confidence")]
    BadConfidence(String),
    #[error("unknown class {0}")]
    UnknownClass(String),
    #[error("unknown kind `{0}`")]
    UnknownKind(String),
    #[error("a {kind} has no field `{field}`")]
    UnknownField { kind: String, field: String },
    #[error("`{constant}` cannot be written into `{field}`")]
    BadConstant { constant: String, field: String },
    #[error("no capture is named `{0}`")]
    UnknownCapture(String),
    #[error("a second capture named `{0}`")]
    DuplicateCapture(String),
    #[error("no element can be the head")]
    NoHead,
    #[error("a second head")]
    SecondHead,
    #[error("the head stands in an optional group")]
    OptionalHead,
    #[error("gap from {0} to {1} tokens")]
    GapOrder(u32, u32),
    #[error("gap of up to {0} tokens")]
    GapTooLong(u32),
    #[error("gap at the edge of the match")]
    EdgeGap,
    #[error("empty match: nothing obligatory is looked for")]
    EmptyMatch,
    #[error("group without an element")]
    EmptyGroup,
    #[error("match of {0} elements")]
    TooManyElements(usize),
    #[error("`{0}` comes after `{1}` in the match")]
    RangeOrder(String, String),
    #[error("this line for `{0}` is never reached")]
    UnreachableFill(String),
    #[error("too few `{word}` examples: {found}")]
    FewExamples { word: &'static str, found: usize },
    #[error("`yes` without an expected statement")]
    NoExpectation,
    #[error("a second rule named `{0}`")]
    DuplicateRule(String),
}

impl Problem {
    /// A hint that does not depend on the case.
    fn standing_hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::UnterminatedString => "strings end on their line; write \\\" for a quote within",
            Self::BadRuleName(_) => "write kind/name in small letters, digits and hyphens",
            Self::MissingSection("match") => "say what to look for under a line `match`",
            Self::MissingSection("fill") => "say what the statement holds under a line `fill`",
            Self::RepeatedSection(_) => "join the two",
            Self::Misplaced("=>") => "write `=> statement` on the line after the `yes`",
            Self::Misplaced(_) => "write `also rule/name` on a line after the `yes`",
            Self::UnboundedGap => "write gap m..n, for example gap 0..6",
            Self::NestedGroup => "open the inner group, or write two rules",
            Self::ClassSpelling(_) => {
                "classes are in capitals; write ~word for any form of a word, \"word\" for just this form"
            }
            Self::ReservedName(_) => "choose another name",
            Self::CaptureSpelling(_) => "names are in small letters, digits and _",
            Self::BadConfidence(_) => "write a number from 0 to 1",
            Self::DuplicateCapture(_) => "each element needs a name of its own",
            Self::NoHead => "name an obligatory element, or write `head` before one",
            Self::SecondHead => "a match is about one element",
            Self::OptionalHead => "choose an element that every match has",
            Self::GapOrder(..) => "the smaller number stands first",
            Self::GapTooLong(_) => "60 is the most; beyond it things do not belong together",
            Self::EdgeGap => "a gap stands between two elements; put it into the group it leads to",
            Self::EmptyMatch => "put an element outside the optional groups",
            Self::EmptyGroup => "put a class or a word into the group, or drop it",
            Self::TooManyElements(_) => "64 is the most; write two rules",
            Self::RangeOrder(..) => "write the earlier capture first",
            Self::UnreachableFill(_) => {
                "the line before always holds; put lines with `when` first and the plain one last"
            }
            Self::FewExamples { word: "yes", .. } => "write at least two sentences that the rule must match",
            Self::FewExamples { .. } => "write at least two sentences that the rule must not match",
            Self::NoExpectation => "write `=> statement` on the line after it",
            Self::DuplicateRule(_) => "rename one of the two",
            _ => return None,
        })
    }
}

/// The candidate most like the word, if any is like it.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.6;
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::normalized_damerau_levenshtein(word, candidate);
        if likeness >= ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// "did you mean …?" for the candidate most like the word.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean {candidate}?"))
}
