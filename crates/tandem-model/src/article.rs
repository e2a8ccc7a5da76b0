//! What a reader hands over, and what the record knows of a document.

use serde::{Deserialize, Serialize};

use crate::{Date, Period, Span};

/// A text with what its carrier says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The caller's id, else the file's stem, else the start of the content hash.
    pub id: String,
    /// SHA-256 of `text`, lower-case hexadecimal.
    pub sha256: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The date that the caller vouches for.
    pub published: Option<Date>,
    /// When the caller knows only about when: the month or the year (`published_approx`, or a
    /// `published` without a day). Enough for "last year", not for "on Thursday".
    #[serde(default)]
    pub published_about: Option<Period>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Language code that the caller gives (`en`).
    pub lang: Option<String>,
    /// Headline, when it is not part of the text.
    pub title: Option<String>,
    /// The text, unaltered; all offsets point into it.
    pub text: String,
}

/// Who or what states a document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// The caller, a sidecar or the page's metadata.
    Caller,
    /// A date line or dateline at the head of the text.
    DateLine,
}

/// A reason that bears on a document's date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateEvidence {
    /// The words in the text, if words there are.
    pub span: Option<Span>,
    /// The quote at the span.
    pub quote: Option<String>,
    /// What follows from it, as a whole sentence.
    pub why: String,
}

/// When a document was written: what is stated, what the text allows, and what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dating {
    /// The date stated by caller or date line, even when it is demoted.
    pub stated: Option<Date>,
    /// Who states it.
    pub source: Option<DateSource>,
    /// True when the text contradicts the stated date.
    pub demoted: bool,
    /// The date to count from: the stated one unless demoted, else none.
    pub date: Option<Date>,
    /// No earlier than this day, if the text bounds it.
    pub not_before: Option<Date>,
    /// Earlier than this day, if the text bounds it ("before 2021-12-16").
    pub before: Option<Date>,
    /// About when, where no day is known; see [`Article::published_about`].
    #[serde(default)]
    pub about: Option<Period>,
    /// What all this rests on.
    pub evidence: Vec<DateEvidence>,
}

/// Marks in a text that bear on how far it can be trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextMarks {
    /// Bodies and persons that the text names as its sources, in order, each once.
    pub sources: Vec<String>,
    /// Sentences that hedge ("could lead to", "poised for").
    pub hedges: u32,
    /// Sentences that admit having no evidence ("were not detailed").
    pub admissions: u32,
    /// Sentences that speak of relations between countries: two of them, or one and its officials or its
    /// trade.
    #[serde(default)]
    pub relations: u32,
    /// Sentences in all.
    pub sentences: u32,
    /// Numbers and dates of the text that do not fit one another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misfits: Vec<Misfit>,
}

/// Numbers or dates of one text that cannot all be right, found while the text was at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfit {
    /// Where the later of them stands.
    pub span: Span,
    /// Its words.
    pub quote: String,
    /// What does not fit, as the second half of a sentence ("it names Monday, but …").
    pub why: String,
    /// The sums behind it.
    pub arithmetic: Vec<String>,
}

/// All that the record needs to know of a document besides its statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentCard {
    /// The document's id.
    pub id: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Its date and the evidence for it.
    pub dating: Dating,
    /// Marks of its sources and its hedging.
    pub marks: TextMarks,
    /// MinHash sketch of its words, for finding copies; empty when not computed.
    pub sketch: Vec<u64>,
}

impl Dating {
    /// The stretch in which the document can have been written, when it is known to the day.
    pub fn day(&self) -> Option<Period> {
        self.date.map(Period::day)
    }
}
