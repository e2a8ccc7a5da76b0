//! Writing a rule out again, in one fixed form: what `rule check` shows and what the parser's
//! round-trip test compares.

use std::fmt::{self, Display, Formatter};

use crate::rule::{Alts, Condition, Element, Example, FillLine, Gap, Item, Place, Rule, Side, Source, Test};

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "rule {}\n{}\nmatch", self.name.text, Quoted(&self.doc))?;
        for element in &self.elements {
            writeln!(f, "  {element}")?;
        }
        for (heading, holds) in [("where", true), ("unless", false)] {
            let mut guards = self.conditions.iter().filter(|guard| guard.holds == holds).peekable();
            if guards.peek().is_some() {
                writeln!(f, "{heading}")?;
            }
            for guard in guards {
                writeln!(f, "  {}", guard.condition)?;
            }
        }
        writeln!(f, "fill")?;
        for line in &self.fills {
            writeln!(f, "  {line}")?;
        }
        writeln!(f, "confidence {}", self.confidence)?;
        self.examples.iter().try_for_each(|example| write!(f, "{example}"))
    }
}

impl Display for Element {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(item) => item.fmt(f),
            Self::Gap(gap) => gap.fmt(f),
            Self::Group(group) => {
                f.write_str("(")?;
                for (index, element) in group.elements.iter().enumerate() {
                    let space = if index > 0 { "  " } else { "" };
                    write!(f, "{space}{element}")?;
                }
                f.write_str(")?")
            }
        }
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.head {
            f.write_str("head ")?;
        }
        if let Some(name) = &self.name {
            write!(f, "{}: ", name.text)?;
        }
        self.alts.fmt(f)
    }
}

impl Display for Gap {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "gap {}..{}", self.min, self.max)?;
        if self.not.0.is_empty() { Ok(()) } else { write!(f, " not {}", self.not) }
    }
}

impl Display for Alts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, name) in self.names().enumerate() {
            if index > 0 {
                f.write_str(" | ")?;
            }
            match (name.strip_prefix('~'), name.strip_prefix('=')) {
                (Some(word), _) => write!(f, "~{}", Quoted(word))?,
                (_, Some(word)) => write!(f, "{}", Quoted(word))?,
                _ => f.write_str(name)?,
            }
        }
        Ok(())
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.test {
            Test::Near { alts, distance, side, capture } => {
                let side = if *side == Side::Before { "before" } else { "after" };
                write!(f, "{alts} in {distance} {side} {}", capture.text)
            }
            Test::In { alts, place } => write!(f, "{alts} in {}", place.word()),
            Test::Is { capture, alts } => write!(f, "{} is {alts}", capture.text),
            Test::Bound { capture } => write!(f, "{} bound", capture.text),
            Test::SentenceIs { alts } => write!(f, "sentence is {alts}"),
        }
    }
}

impl Place {
    fn word(&self) -> &str {
        match self {
            Self::Sentence => "sentence",
            Self::Clause => "clause",
            Self::Match => "match",
            Self::Capture(name) => &name.text,
        }
    }
}

impl Display for FillLine {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.field.text, self.source)?;
        match &self.when {
            Some(condition) => write!(f, " when {condition}"),
            None => Ok(()),
        }
    }
}

impl Display for Source {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Word(word) | Self::Capture(word) => f.write_str(word),
            Self::Quoted(text) => Quoted(text).fmt(f),
            Self::Range(first, last) => write!(f, "{}..{}", first.text, last.text),
        }
    }
}

impl Display for Example {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes(yes) => {
                writeln!(f, "yes {}", Quoted(&yes.text.text))?;
                yes.expected.iter().try_for_each(|expected| writeln!(f, "  => {}", expected.text))?;
                yes.also.iter().try_for_each(|other| writeln!(f, "also {}", other.text))
            }
            Self::No(no) => match &no.comment {
                Some(comment) => writeln!(f, "no {}  # {comment}", Quoted(&no.text.text)),
                None => writeln!(f, "no {}", Quoted(&no.text.text)),
            },
        }
    }
}

/// A string in quotes, with escapes.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let escaped = self.0.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        write!(f, "\"{escaped}\"")
    }
}
