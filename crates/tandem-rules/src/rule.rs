//! A rule as written: what the parser yields, the printer prints and the compiler reads.
//!
//! Everything carries its span into the rule's source, so that the checker and the explainer can
//! point at it. Fields are public because a rule is data; only [`crate::RuleSet`] has invariants.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tandem_model::Span;

/// A piece of a rule's source: its meaning and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The name, or the string without quotes and escapes.
    pub text: String,
    /// Bytes in the rule's source.
    pub span: Span,
}

/// A rule: one way of saying one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Kind and own name, `figure/turnover-reached`.
    pub name: Text,
    /// The part of the name before `/`: the kind of statement the rule makes.
    pub kind: String,
    /// One sentence on what the rule reads.
    pub doc: String,
    /// What is looked for, in order.
    pub elements: Vec<Element>,
    /// `where` and `unless` lines in order.
    pub conditions: Vec<Guard>,
    /// `fill` lines in order.
    pub fills: Vec<FillLine>,
    /// How often such a match is right, 0 to 1, before anything is measured.
    pub confidence: f64,
    /// Sentences that the rule must and must not match.
    pub examples: Vec<Example>,
    /// Name of the file, for messages.
    pub file: String,
    /// The whole source; spans point into it.
    pub source: String,
}

/// An element of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Element {
    /// One mark.
    Item(Item),
    /// Any tokens.
    Gap(Gap),
    /// Items and gaps that may be absent together.
    Group(Group),
}

/// One mark of one of some classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Name of the capture, if the mark is captured.
    pub name: Option<Text>,
    /// Written with `head`.
    pub head: bool,
    /// The classes that it may have.
    pub alts: Alts,
    /// The whole element.
    pub span: Span,
}

/// A run of any tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Fewest tokens.
    pub min: u32,
    /// Most tokens.
    pub max: u32,
    /// Classes of which no mark starts in the gap; empty when the gap is free.
    pub not: Alts,
    /// The whole element.
    pub span: Span,
}

/// Elements that take part together or not at all; holds no further group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Items and gaps.
    pub elements: Vec<Element>,
    /// From `(` through `?`.
    pub span: Span,
}

/// Class names of which any will do: `MONEY`, `~reach` (any form), `=more than` (just so).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alts(pub Vec<Text>);

/// A `where` or `unless` line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// True for `where` (must hold), false for `unless` (must not).
    pub holds: bool,
    /// The condition.
    pub condition: Condition,
}

/// Something that holds of a match or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What is asked.
    pub test: Test,
    /// The whole condition.
    pub span: Span,
}

/// What a condition asks. A test that names a capture which took no part is false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// `ALTS in N before NAME`: such a mark lies within so many tokens beside the capture.
    Near {
        /// The classes.
        alts: Alts,
        /// How many tokens.
        distance: u32,
        /// On which side.
        side: Side,
        /// The capture.
        capture: Text,
    },
    /// `ALTS in sentence|clause|match|NAME`: such a mark lies within the place.
    In {
        /// The classes.
        alts: Alts,
        /// Where it must lie.
        place: Place,
    },
    /// `NAME is ALTS`: such a mark covers the capture, or starts where it starts and ends within it.
    Is {
        /// The capture.
        capture: Text,
        /// The classes.
        alts: Alts,
    },
    /// `NAME bound`: the capture took part.
    Bound {
        /// The capture.
        capture: Text,
    },
    /// `sentence is ALTS`: the sentence has such a trait.
    SentenceIs {
        /// The traits.
        alts: Alts,
    },
}

/// A side of something in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Earlier in the sentence.
    Before,
    /// Later in the sentence.
    After,
}

/// Where a mark is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The whole sentence.
    Sentence,
    /// Between the nearest `CLAUSE_END` marks around the match.
    Clause,
    /// From the first to the last element of the match.
    Match,
    /// Within a capture.
    Capture(Text),
}

/// A `fill` line: `field = source when condition`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillLine {
    /// The field.
    pub field: Text,
    /// What it gets.
    pub source: Source,
    /// Bytes of the source.
    pub source_span: Span,
    /// When the line holds; always, if `None`.
    pub when: Option<Condition>,
}

/// What a field gets. A line whose capture took no part does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// `null`.
    Null,
    /// A bare word that is no capture's name.
    Word(String),
    /// A quoted string.
    Quoted(String),
    /// A capture.
    Capture(String),
    /// From the start of one capture through the end of another.
    Range(Text, Text),
}

/// A sentence to test the rule with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Example {
    /// The rule must match.
    Yes(Yes),
    /// The rule must not match.
    No(No),
}

/// A sentence that the rule must match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yes {
    /// The sentence.
    pub text: Text,
    /// One summary for each statement that this rule makes of it, as written after `=>`.
    pub expected: Vec<Text>,
    /// Other rules that may fire on it.
    pub also: Vec<Text>,
}

/// A sentence that the rule must not match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct No {
    /// The sentence.
    pub text: Text,
    /// The comment behind it: why not, or whose it is.
    pub comment: Option<String>,
}

impl Element {
    /// Bytes in the rule's source.
    pub fn span(&self) -> Span {
        match self {
            Self::Item(item) => item.span,
            Self::Gap(gap) => gap.span,
            Self::Group(group) => group.span,
        }
    }
}

impl Alts {
    /// The class names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|alt| alt.text.as_str())
    }
}

impl Test {
    /// The classes it asks for, if any.
    pub fn alts(&self) -> Option<&Alts> {
        match self {
            Self::Near { alts, .. } | Self::In { alts, .. } | Self::Is { alts, .. } => Some(alts),
            Self::SentenceIs { alts } => Some(alts),
            Self::Bound { .. } => None,
        }
    }

    /// The capture it names, if any.
    pub fn capture(&self) -> Option<&Text> {
        match self {
            Self::Near { capture, .. } | Self::Is { capture, .. } | Self::Bound { capture } => Some(capture),
            Self::In { place: Place::Capture(capture), .. } => Some(capture),
            Self::In { .. } | Self::SentenceIs { .. } => None,
        }
    }
}

impl Rule {
    /// Every item, with whether it stands in an optional group.
    pub fn items(&self) -> impl Iterator<Item = (&Item, bool)> {
        self.flat().filter_map(|(element, optional)| match element {
            Element::Item(item) => Some((item, optional)),
            _ => None,
        })
    }

    /// Items and gaps in order with groups opened; `true` marks those of a group.
    pub(crate) fn flat(&self) -> impl Iterator<Item = (&Element, bool)> {
        self.elements.iter().flat_map(|element| match element {
            Element::Group(group) => {
                group.elements.iter().map(|inner| (inner, true)).collect::<Vec<_>>().into_iter()
            }
            _ => vec![(element, false)].into_iter(),
        })
    }

    /// Names of the captures in order; a capture's place in the list is its slot.
    pub fn captures(&self) -> Vec<&str> {
        self.items().filter_map(|(item, _)| item.name.as_ref()).map(|name| name.text.as_str()).collect()
    }

    /// The head: the item marked so, else the first obligatory captured one.
    pub fn head(&self) -> Option<&Item> {
        let obligatory = || self.items().filter(|(_, optional)| !optional).map(|(item, _)| item);
        match self.items().find(|(item, _)| item.head) {
            Some((_, true)) => None,
            Some((item, false)) => Some(item),
            None => obligatory().find(|item| item.name.is_some()),
        }
    }

    /// Sentences that the rule must match.
    pub fn yes(&self) -> impl Iterator<Item = &Yes> {
        self.examples.iter().filter_map(|example| match example {
            Example::Yes(yes) => Some(yes),
            Example::No(_) => None,
        })
    }

    /// Sentences that the rule must not match.
    pub fn no(&self) -> impl Iterator<Item = &No> {
        self.examples.iter().filter_map(|example| match example {
            Example::No(no) => Some(no),
            Example::Yes(_) => None,
        })
    }

    /// All conditions: of `where`, `unless` and `when`.
    pub(crate) fn all_conditions(&self) -> impl Iterator<Item = &Condition> {
        let guards = self.conditions.iter().map(|guard| &guard.condition);
        guards.chain(self.fills.iter().filter_map(|line| line.when.as_ref()))
    }

    /// Every class name in the rule, where it stands.
    pub(crate) fn class_names(&self) -> impl Iterator<Item = &Text> {
        let of_elements = self.flat().flat_map(|(element, _)| match element {
            Element::Item(item) => item.alts.0.as_slice(),
            Element::Gap(gap) => gap.not.0.as_slice(),
            Element::Group(_) => &[],
        });
        let of_conditions =
            self.all_conditions().filter_map(|condition| condition.test.alts()).flat_map(|alts| &alts.0);
        of_elements.chain(of_conditions)
    }
}

/// The words that rules name, as class names: `~reach` for any form, `=more than` for just so.
///
/// Whoever builds the lexicon adds their forms under these classes. Sorted, each once.
pub fn words_used(rules: &[Rule]) -> Vec<String> {
    let names = rules.iter().flat_map(Rule::class_names);
    let words: BTreeSet<_> =
        names.map(|name| name.text.as_str()).filter(|name| name.starts_with(['~', '='])).collect();
    words.into_iter().map(str::to_owned).collect()
}
