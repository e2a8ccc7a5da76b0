//! Documents to statements.

use tandem_model::{Article, Dating, Diagnostic, Statement, TextMarks};

/// What extraction makes of one article.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// When the article was written, with the evidence.
    pub dating: Dating,
    /// Marks of its sources and its hedging.
    pub marks: TextMarks,
    /// The statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// Remarks on what could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads articles in one language with the shipped rules, or with others.
#[derive(Debug)]
pub struct Extractor {}

impl Extractor {
    /// The shipped lexicon and rules.
    pub fn shipped() -> Self {
        Self {}
    }

    /// The statements of an article. Pure: the same article gives the same answer.
    pub fn extract(&self, _article: &Article) -> Extraction {
        Extraction::default()
    }

    /// Why each rule did or did not fire on one sentence of an article, as lines for a person.
    pub fn explain(&self, _article: &Article, _sentence: &str) -> Vec<String> {
        Vec::new()
    }
}
