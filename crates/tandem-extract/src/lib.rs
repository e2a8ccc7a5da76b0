//! Documents to statements: values, names, phrases, discourse and rules.
//!
//! One article is read in one pass of pure steps: cut into sentences and tokens, dated, marked by the
//! lexicon and the values, phrases built on the marks, rules matched sentence by sentence, and what a
//! sentence leaves open (whose, when, who says so) filled from the text around it. Nothing fails on odd
//! text; the same article gives the same statements.

mod assemble;
mod authoring;
mod classes;
pub mod confidence;
mod dating;
mod discourse;
mod explain;
mod gate;
mod glance;
pub mod grammar;
mod misfits;
mod phrases;
mod reading;
mod shared_names;
mod summary;
mod trust;
mod weekdays;

pub use authoring::ExampleOutcome;
pub use summary::summary;

use std::collections::BTreeMap;

use tandem_model::{Article, Dating, Diagnostic, Document, Kind, Statement, TextMarks};
use tandem_values::Values;

use classes::Classes;
use discourse::attribution::Speakers;
use discourse::parties::Parties;
use grammar::{Parts, Source, Sources};
use reading::Reading;

const SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.bin"));
const SOURCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en-sources.bin"));
const CONFIDENCE: &str = include_str!("../../../languages/en/confidence.tsv");
const ANNIVERSARIES: &str = include_str!("../../../names/anniversaries.tsv");

/// What extraction makes of one article.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// When the article was written, with the evidence.
    pub dating: Dating,
    /// Marks of its sources and its hedging. Of a text in which no statement can stand only the sentences are
    /// counted: nothing rests on its sources.
    pub marks: TextMarks,
    /// The statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// For each statement, what bears on its being right: see [`confidence`].
    pub circumstances: Vec<confidence::Circumstances>,
    /// Remarks on what could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads articles with the shipped rules, or with others.
#[derive(Debug)]
pub struct Extractor {
    parts: Parts,
    classes: Classes,
    capitals: BTreeMap<String, String>,
    values: Values,
    weights: confidence::Weights,
    anniversaries: Vec<dating::Anniversary>,
    gate: tandem_lexicon::Gate,
    glance: tandem_lexicon::Gate,
}

impl Extractor {
    /// The shipped lexicon and rules for English.
    ///
    /// # Panics
    /// Never in a build that passed its tests: the embedded tables were written by the build script
    /// from the same types.
    #[allow(clippy::expect_used, reason = "the bytes come from this crate's own build script")]
    pub fn shipped() -> Self {
        let (lexicon, rules) = postcard::from_bytes(SHIPPED).expect("tables embedded by the build script");
        let sources = shipped_sources();
        let language = tandem_text::Language::parse(&sources.language, &sources.irregular)
            .expect("settings checked by the build script");
        Self::from_parts(Parts { lexicon, rules, language })
    }

    /// The shipped lexicon with other rules: texts of `.rule` files with their names. A rule named like
    /// a shipped one replaces it.
    ///
    /// # Errors
    /// Every fault of the rules, each with file, line, caret and hint.
    pub fn with_rules(rules: Vec<Source>) -> Result<Self, Vec<String>> {
        let mut sources = shipped_sources();
        let named = |text: &str| text.lines().find_map(|l| l.trim().strip_prefix("rule ").map(str::to_owned));
        sources.rules.retain(|(_, text)| rules.iter().all(|(_, other)| named(other) != named(text)));
        sources.rules.extend(rules);
        Ok(Self::from_parts(grammar::build(&sources)?))
    }

    /// Other tables and rules altogether: what is shipped, changed, or another language's.
    ///
    /// # Errors
    /// Every fault found in tables or rules, each with its file, line and hint.
    pub fn with_sources(sources: &Sources) -> Result<Self, Vec<String>> {
        Ok(Self::from_parts(grammar::build(sources)?))
    }

    fn from_parts(parts: Parts) -> Self {
        let classes = Classes::of(&parts.lexicon);
        let capitals = classes::capitals(&parts.lexicon, &classes);
        Self {
            gate: gate::of(&parts.lexicon, &classes),
            glance: glance::gate(&parts.lexicon, &classes),
            classes,
            capitals,
            parts,
            values: Values::english(),
            weights: confidence::Weights::parse(CONFIDENCE),
            anniversaries: dating::anniversaries(ANNIVERSARIES),
        }
    }

    /// The names of all rules, in the order in which matches refer to them.
    pub fn rules(&self) -> impl Iterator<Item = &tandem_rules::Rule> {
        self.parts.rules.rules().iter()
    }

    /// The statements of an article. Pure: the same article gives the same answer.
    pub fn extract(&self, article: &Article) -> Extraction {
        let document = tandem_text::document(article.clone(), &self.parts.language);
        let mut marks = dating::Marks::new(&self.parts.lexicon);
        let dating = dating::date(article, &document, &self.values, &self.anniversaries, &mut marks);
        let nothing = |dating| {
            let marks = TextMarks { sentences: document.sentences.len() as u32, ..TextMarks::default() };
            Extraction { marks, dating, ..Extraction::default() }
        };
        if self.hopeless(&document, &dating) {
            return nothing(dating);
        }
        let mut reading = self.names(&document, &dating, &mut marks);
        let mentioned = Parties::mentioned(&reading);
        let judged = trust::Judged::of(&reading, &mentioned);
        if !judged.promising(&reading, &mentioned) {
            drop(reading);
            return nothing(dating);
        }
        // Asked again when values are known: most rules want one.
        self.add_values(&mut reading);
        if !judged.promising(&reading, &mentioned) {
            drop(reading);
            return nothing(dating);
        }
        phrases::mark(&mut reading);
        let (parties, as_before) = mentioned.completed(&reading);
        let judged = if as_before { judged } else { trust::Judged::of(&reading, &parties) };
        let possible = || judged.local || assemble::any_match(&reading, trust::alone(&reading, &parties));
        if !judged.subject.on_relations() && !possible() {
            drop(reading);
            return nothing(dating);
        }
        let speakers = Speakers::of(&reading);
        let mut marks = trust::marks(&reading, &speakers, judged.relations);
        marks.misfits = misfits::misfits(&reading, &self.values);
        let weight = trust::weight(&marks);
        let mut statements = assemble::statements(&reading, &parties, &speakers, judged.local);
        let on_subject =
            judged.subject.on_relations() && (marks.sentences < 5 || assemble::concerns(&parties.pair));
        if !on_subject {
            let kept = |s: &Statement| trust::stands_alone(&reading, &parties, s) && assemble::firm(s);
            statements.retain(|s| kept(s) || judged.local && s.kind() == Kind::Project);
        }
        statements.retain(|s| !s.parties.is_empty() || trust::between_somebody(s));
        statements.retain(|s| !trust::half_known(&reading, s));
        let circumstances = confidence::of_statements(&reading, &parties, &statements, on_subject);
        for (statement, around) in statements.iter_mut().zip(&circumstances) {
            let prior = statement.confidence;
            let chance = self.weights.chance(statement.kind().word(), &statement.rule, prior, around);
            statement.confidence = (chance * weight * 100.0).round() / 100.0;
        }
        Extraction { marks, statements, circumstances, diagnostics: Vec::new(), dating }
    }

    /// Why each rule did or did not fire on the sentences of an article that hold `sentence`, as lines
    /// for a person; empty when no sentence holds it.
    pub fn explain(&self, article: &Article, sentence: &str) -> Vec<String> {
        self.with_reading(article, |reading| {
            explain::lines(reading, &self.extract(article).statements, sentence, None)
        })
    }

    /// Marks an article and looks at it.
    fn with_reading<T>(&self, article: &Article, look: impl FnOnce(&Reading<'_>) -> T) -> T {
        let document = tandem_text::document(article.clone(), &self.parts.language);
        let mut marks = dating::Marks::new(&self.parts.lexicon);
        let dating = dating::date(article, &document, &self.values, &self.anniversaries, &mut marks);
        let mut reading = self.names(&document, &dating, &mut marks);
        reading.thorough = true;
        self.add_values(&mut reading);
        phrases::mark(&mut reading);
        look(&reading)
    }

    /// The words and names of a document: all that it takes to see what it is about.
    fn names<'a>(
        &'a self,
        document: &'a Document,
        dating: &'a Dating,
        marks: &mut dating::Marks<'_>,
    ) -> Reading<'a> {
        let marks = marks.take(document);
        let mut reading = Reading::new(&self.parts, (&self.classes, &self.capitals), document, dating, marks);
        phrases::people::mark(&mut reading);
        reading.people_known = true;
        reading
    }

    /// Adds values to names.
    fn add_values(&self, reading: &mut Reading<'_>) {
        let (reference, exact) = dating::reference(reading.dating);
        let mut values = self.values.find(reading.text(), reference);
        // Words that only point ("the week", "years") are TIMEX3's, and nothing to found a statement on.
        values.retain(|m| !matches!(m.value, tandem_model::Value::Time { loose: true, .. }));
        if !exact {
            values.iter_mut().for_each(unresolve_days);
        }
        discourse::currency::shared(reading, &mut values);
        discourse::currency::carry(reading.text(), &mut values);
        reading.add_values(values);
    }
}

/// With a date that is only about right, "on Thursday" and "last month" stay words.
fn unresolve_days(mention: &mut tandem_model::Mention) {
    if let tandem_model::Value::Time { period, relative: true, .. } = &mut mention.value {
        *period = period.filter(|p| p.months() >= 3);
    }
}

/// The texts that the shipped tables and rules were built from.
#[allow(clippy::expect_used, reason = "the bytes come from this crate's own build script")]
pub fn shipped_sources() -> Sources {
    let (language, irregular, lexicon, rules) =
        postcard::from_bytes(SOURCES).expect("sources embedded by the build script");
    Sources { language, irregular, lexicon, rules }
}
