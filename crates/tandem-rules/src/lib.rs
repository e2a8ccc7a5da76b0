//! The rule language: parse, check, compile, match, explain.
//!
//! A rule describes one way of saying one thing as a row of elements (classes of the lexicon, words,
//! bounded gaps) around a *head*, with conditions and a list of fields to fill. This crate knows
//! classes and fields only by name: it sees a sentence as [`Mark`](tandem_model::Mark)s and returns
//! which marks the elements took; what a `MONEY` is, or an `indicator`, is the caller's business.
//!
//! ```text
//! source --parse--> Rule --check--> [RuleError] ; [Rule] --compile--> RuleSet --find--> Match --fills--> Fill
//! ```
//!
//! Refused alternatives: regular expressions over text (no classes, no typed captures, no place in
//! the rule to point at when it does not match) and one automaton of all rules (gaps blow it up:
//! measured 0.03 M tokens a second at 300 rules against 10.7 for an index on one element).

mod check;
mod class_set;
mod compile;
mod condition;
mod error;
mod index;
mod lex;
mod matcher;
mod parse;
mod print;
mod rule;
mod schema;
mod search;
mod trace;

pub use check::{Classes, check};
pub use class_set::Presence;
pub use compile::{Frequencies, RuleSet};
pub use error::RuleError;
pub use matcher::{Fill, Match, Scratch, View};
pub use parse::parse;
pub use rule::{
    Alts, Condition, Element, Example, FillLine, Gap, Group, Guard, Item, No, Place, Rule, Side, Source,
    Test, Text, Yes, words_used,
};
pub use schema::{FieldType, Schema};
pub use trace::{Outcome, Trace};
