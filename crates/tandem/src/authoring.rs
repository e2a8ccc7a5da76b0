//! The author's loop: check rules, see why one did not fire, try what it would change, draft a new one.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_extract::{Extractor, summary};
use tandem_model::{Article, Statement};
use tandem_rules::Rule;

use crate::PipelineError;

/// Rules on an author's desk, with the shipped lexicon and the other shipped rules around them.
#[derive(Debug)]
pub struct Workbench {
    extractor: Extractor,
    /// The author's own rules, in the order given.
    own: Vec<Rule>,
}

/// Whether the examples of a rule hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleVerdict {
    /// The rule's name.
    pub rule: String,
    /// Its examples, counted.
    pub examples: usize,
    /// The faults of its examples, as whole messages with file and line.
    pub faults: Vec<String>,
}

/// A statement that is there with the rules and was not without them, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `gained` or `lost`.
    pub change: &'static str,
    /// The document.
    pub doc: String,
    /// The kind of statement.
    pub kind: &'static str,
    /// The rule that made it.
    pub rule: String,
    /// The statement in one line.
    pub summary: String,
    /// The words it came from.
    pub quote: String,
}

impl Workbench {
    /// Rules as names and texts of `.rule` files, over the shipped ones: a rule named like a shipped one takes its
    /// place. No rules at all means the shipped ones themselves.
    ///
    /// # Errors
    /// Every fault of form, name or field, each with file, line, caret and hint.
    pub fn new(rules: Vec<(String, String)>) -> Result<Self, PipelineError> {
        let shipped = rules.is_empty();
        let files = if shipped { tandem_extract::shipped_sources().rules } else { rules.clone() };
        let extractor = if shipped { Ok(Extractor::shipped()) } else { Extractor::with_rules(rules) }
            .map_err(PipelineError::Rules)?;
        // Whoever built an extractor from these texts has parsed them all.
        let own = files.iter().filter_map(|(file, text)| tandem_rules::parse(file, text).ok()).collect();
        Ok(Self { extractor, own })
    }

    /// The names of the author's rules.
    pub fn names(&self) -> Vec<String> {
        self.own.iter().map(|rule| rule.name.text.clone()).collect()
    }

    /// Runs the examples of each of the author's rules among all others.
    pub fn verdicts(&self) -> Vec<RuleVerdict> {
        let verdict = |rule: &Rule| RuleVerdict {
            rule: rule.name.text.clone(),
            examples: rule.examples.len(),
            faults: self.extractor.example_faults(rule),
        };
        self.own.iter().map(verdict).collect()
    }

    /// What the author's rules make of the sentences of an article that hold the given words, and where they
    /// stop; empty when no sentence holds them.
    pub fn explain(&self, article: &Article, sentence: &str) -> Vec<String> {
        self.extractor.explain_rules(article, sentence, &self.names())
    }

    /// What is gained and lost in an article against what was found in it before, in the order of the text.
    pub fn changes(&self, article: &Article, before: &[Statement]) -> Vec<Change> {
        compare(before, &self.extractor.extract(article).statements)
    }
}

/// A draft of a rule from a sentence; `None` when nothing in the sentence is known to the lexicon.
///
/// # Errors
/// A name that is not `kind/own-name` with a kind that exists, as a message.
pub fn draft_rule(name: &str, sentence: &str) -> Result<Option<String>, String> {
    let schema = tandem_extract::grammar::schema();
    let kinds = || schema.kinds.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let fits = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    match name.split_once('/') {
        Some((kind, own)) if schema.kinds.contains_key(kind) && fits(own) => {
            Ok(Extractor::shipped().draft(name, sentence))
        }
        _ => Err(format!(
            "\"{name}\" is no name of a rule: write KIND/NAME with small letters, digits and hyphens, the kind one of {}",
            kinds()
        )),
    }
}

/// Statements are the same when they stand at the same place with the same core; which rule made them and how
/// sure it is may differ.
fn compare(before: &[Statement], after: &[Statement]) -> Vec<Change> {
    let key = |statement: &Statement| (statement.evidence.span(), statement.kind(), summary(statement));
    let mut balance = BTreeMap::new();
    for (statements, sign) in [(before, -1), (after, 1)] {
        for statement in statements {
            let (span, kind, core) = key(statement);
            let entry = balance.entry((span, kind.word(), core)).or_insert((0, statement));
            entry.0 += sign;
        }
    }
    let changed = balance.into_iter().filter(|(_, (count, _))| *count != 0);
    changed
        .map(|((_, kind, summary), (count, statement))| Change {
            change: if count > 0 { "gained" } else { "lost" },
            doc: statement.doc.clone(),
            kind,
            rule: statement.rule.clone(),
            summary,
            quote: statement.evidence.exact.clone(),
        })
        .collect()
}
