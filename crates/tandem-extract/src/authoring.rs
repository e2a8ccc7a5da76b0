//! What an author of rules asks: do the examples hold, why did my rule not fire, what would a first draft be.
//!
//! The tests of the shipped rules and the command `tandem rule` share these functions, so that what an author
//! is told at home is what the repository will say.

use std::collections::BTreeSet;

use tandem_model::{Article, Mark, Statement};
use tandem_rules::Rule;

use crate::grammar::MADE_CLASSES;
use crate::reading::Reading;
use crate::{Extractor, explain, summary};

/// What one example sentence gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// Summaries of the statements that the rule itself made, in order of place.
    pub own: Vec<String>,
    /// The other rules that made statements.
    pub others: BTreeSet<String>,
}

/// Most tokens that a draft leaves between two elements beyond those it saw.
const SLACK: u32 = 2;
/// Classes that hold the value a statement is about, the likeliest head first.
const VALUES: [&str; 9] =
    ["MONEY", "QUANTITY", "PERCENT", "COUNTED", "TIMES", "DOC", "BODY_NP", "PROJECT", "AWARD_NP"];
/// Classes of the grammar's small words: a draft that insists on them fits one sentence.
const SMALL: [&str; 10] =
    ["PREP", "DET", "CONJ", "AND", "DURING", "CLAUSE_END", "OF", "TO", "BETWEEN", "SHARE_OF"];
/// Classes that a field or a rule's sense hangs on: taken before others on the same words.
const TELLING: [&str; 6] = ["INDICATOR", "LEVEL_VERB", "UP_VERB", "DOWN_VERB", "COUNTRY", "DOC_VERB"];

impl Extractor {
    /// What a sentence, read as a text of its own, gives for a rule.
    pub fn example(&self, rule: &str, text: &str) -> ExampleOutcome {
        let statements = self.extract(&example(text)).statements;
        let (own, others): (Vec<&Statement>, Vec<&Statement>) =
            statements.iter().partition(|statement| statement.rule == rule);
        ExampleOutcome {
            own: own.into_iter().map(summary).collect(),
            others: others.into_iter().map(|statement| statement.rule.clone()).collect(),
        }
    }

    /// Where the examples of a rule say one thing and reading them gives another, a fault each, as
    /// `file:line: …` with what was expected and what was found; empty when all hold. The rule must be
    /// one of this extractor's.
    pub fn example_faults(&self, rule: &Rule) -> Vec<String> {
        let mut faults = Vec::new();
        let name = &rule.name.text;
        for yes in rule.yes() {
            let at = place(rule, yes.text.span.start());
            let outcome = self.example(name, &yes.text.text);
            let expected: Vec<String> = yes.expected.iter().map(|e| e.text.trim().to_owned()).collect();
            if outcome.own != expected {
                let (wanted, found) = (list(&expected), list(&outcome.own));
                faults
                    .push(format!("{at}: yes {:?}\n  expected {wanted}\n  found    {found}", yes.text.text));
            }
            let declared: BTreeSet<String> = yes.also.iter().map(|also| also.text.clone()).collect();
            if outcome.others != declared {
                let (wanted, found) = (list(&declared), list(&outcome.others));
                faults.push(format!(
                    "{at}: yes {:?}\n  also declared {wanted}\n  also found    {found}",
                    yes.text.text
                ));
            }
        }
        for no in rule.no() {
            let outcome = self.example(name, &no.text.text);
            if !outcome.own.is_empty() {
                let at = place(rule, no.text.span.start());
                faults.push(format!("{at}: no {:?}\n  found    {}", no.text.text, list(&outcome.own)));
            }
        }
        faults
    }

    /// Like [`Extractor::explain`], of the given rules alone.
    pub fn explain_rules(&self, article: &Article, sentence: &str, rules: &[String]) -> Vec<String> {
        self.with_reading(article, |reading| {
            explain::lines(reading, &self.extract(article).statements, sentence, Some(rules))
        })
    }

    /// A first draft of a rule from the first sentence of a text: its marks as elements, the likeliest value as head,
    /// and the sentence as the first example. `None` when the text holds no mark to begin with.
    pub fn draft(&self, name: &str, text: &str) -> Option<String> {
        let kind = name.split_once('/')?.0;
        self.with_reading(&example(text), |reading| {
            let elements = elements(reading);
            let head = VALUES.iter().find_map(|class| elements.iter().position(|e| e.class == *class));
            let head = head.or(if elements.is_empty() { None } else { Some(0) })?;
            Some(written(reading, name, kind, &elements, head))
        })
    }
}

fn example(text: &str) -> Article {
    Article { id: "example".to_owned(), text: text.to_owned(), ..Article::default() }
}

fn place(rule: &Rule, byte: usize) -> String {
    let before = rule.source.get(..byte).unwrap_or_default();
    format!("{}:{}", rule.file, before.matches('\n').count() + 1)
}

fn list<'a>(items: impl IntoIterator<Item = &'a String>) -> String {
    let joined = items.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ; ");
    if joined.is_empty() { "nothing".to_owned() } else { joined }
}

/// A mark that a draft builds on.
struct Draft<'a> {
    mark: Mark,
    class: &'a str,
    /// Further classes that cover the same words.
    others: Vec<&'a str>,
}

/// The longest marks of the first sentence, left to right, none over another.
fn elements<'a>(reading: &Reading<'a>) -> Vec<Draft<'a>> {
    let mut elements: Vec<Draft<'a>> = Vec::new();
    for mark in if reading.doc.sentences.is_empty() { &[] } else { reading.marks_of(0) } {
        let class = reading.parts.lexicon.class_name(mark.class);
        if class.starts_with(['~', '=']) || SMALL.contains(&class) {
            continue;
        }
        match elements.last_mut() {
            Some(last) if (last.mark.start, last.mark.end) == (mark.start, mark.end) => {
                if weight(class) > weight(last.class) {
                    last.others.push(std::mem::replace(&mut last.class, class));
                } else {
                    last.others.push(class);
                }
            }
            Some(last) if mark.start < last.mark.end => {}
            _ => elements.push(Draft { mark: *mark, class, others: Vec::new() }),
        }
    }
    elements
}

/// A class made of values or phrases says more than one from a table.
fn weight(class: &str) -> u8 {
    if MADE_CLASSES.contains(&class) { 2 } else { u8::from(TELLING.contains(&class)) }
}

fn written(reading: &Reading<'_>, name: &str, kind: &str, elements: &[Draft<'_>], head: usize) -> String {
    let mut out = format!("rule {name}\n\"Say in one sentence what this rule reads.\"\nmatch\n");
    let mut end = None;
    for (index, element) in elements.iter().enumerate() {
        if let Some(end) = end {
            out.push_str(&format!("  gap 0..{}\n", element.mark.start.saturating_sub(end) + SLACK));
        }
        end = Some(element.mark.end);
        let words = reading.words(element.mark.start, element.mark.end);
        let capture = if index == head { "head value".to_owned() } else { format!("part{}", index + 1) };
        let others = if element.others.is_empty() {
            String::new()
        } else {
            format!(" (also {})", element.others.join(", "))
        };
        out.push_str(&format!("  {capture}: {}    # {words}{others}\n", element.class));
    }
    out.push_str("fill\n");
    out.push_str(&fields(kind, elements, head));
    let sentence = reading.sentence(0).span.of(reading.text()).replace('\\', "\\\\").replace('"', "\\\"");
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    out.push_str(&format!("confidence 0.7\nyes \"{sentence}\"\n  => ?\n"));
    out.push_str("yes \"A second sentence of the same sort, in other words.\"\n  => ?\n");
    out.push_str("no \"The sentence that comes closest and must not match.\"\n");
    out.push_str("no \"Another one.\"\n");
    out
}

/// The lines of `fill`: what can be guessed, and the other fields as remarks.
fn fields(kind: &str, elements: &[Draft<'_>], head: usize) -> String {
    let schema = crate::grammar::schema();
    let Some(known) = schema.kinds.get(kind) else { return String::new() };
    let part = |classes: &[&str]| {
        let at = elements.iter().position(|e| classes.contains(&e.class))?;
        Some(if at == head { "value".to_owned() } else { format!("part{}", at + 1) })
    };
    let mut out = String::new();
    for (field, of) in known {
        let guess = match field.as_str() {
            "amount" | "worth" | "title" | "name" => Some("value".to_owned()),
            "period" | "date" => part(&["PERIOD", "DAY"]),
            "deadline" => part(&["DEADLINE", "PERIOD"]),
            "indicator" => part(&["INDICATOR"]),
            "measure" => Some("level".to_owned()),
            _ => None,
        };
        match guess {
            Some(guess) => out.push_str(&format!("  {field} = {guess}\n")),
            None => out.push_str(&format!("  # {field} = {}\n", of.expectation())),
        }
    }
    out
}
