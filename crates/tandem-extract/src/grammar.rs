//! The language's tables and rules, put together once and for all articles.
//!
//! This file is compiled twice: into the crate, and into its build script, which checks every shipped
//! table and rule (so a broken rule fails the build) and embeds the result. Loading is then a decode,
//! not a build.

use tandem_lexicon::{Builder, Lexicon};
use tandem_rules::{FieldType, RuleSet, Schema};
use tandem_text::Language;

/// A file's name and its text.
pub type Source = (String, String);

/// All that one language consists of.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// `language.tsv`-like settings: see `tandem_text::Language::parse`.
    pub language: String,
    /// Irregular word forms.
    pub irregular: String,
    /// Word classes, `lexicon/*.tsv`.
    pub lexicon: Vec<Source>,
    /// `rules/<kind>/*.rule`.
    pub rules: Vec<Source>,
}

/// Classes that are filled from values and phrases, not from tables.
pub const MADE_CLASSES: &[&str] = &[
    "MONEY",
    "PERCENT",
    "QUANTITY",
    "TIMES",
    "COUNT",
    "COUNTED",
    "NUMBER",
    "PERIOD",
    "DAY",
    "DEADLINE",
    "DURATION",
    "VAGUE",
    "SET",
    "ANCHORED",
    "DOC",
    "DOC_ITEM",
    "DOC_PART",
    "BODY_NAME",
    "BODY_NP",
    "PROJECT",
    "PROJECT_NAME",
    "AWARD_NP",
    "ACTION",
    "ACTION_AND",
    "DECIDED",
    "OWED",
    "WHO",
    "NATION",
    "HEADING",
    "ITEM",
    "PROSE",
    "QUOTED",
];

/// The lexicon and the rules of a language.
#[derive(Debug)]
pub struct Parts {
    /// Names and word classes.
    pub lexicon: Lexicon,
    /// Compiled rules.
    pub rules: RuleSet,
    /// Sentence and word settings.
    pub language: Language,
}

/// Builds lexicon and rules.
///
/// # Errors
/// Every fault found in tables or rules, each with its file, line and hint.
pub fn build(sources: &Sources) -> Result<Parts, Vec<String>> {
    let language = Language::parse(&sources.language, &sources.irregular).map_err(|e| vec![e.to_string()])?;
    let mut errors = Vec::new();
    let mut rules = Vec::new();
    for (file, text) in &sources.rules {
        match tandem_rules::parse(file, text) {
            Ok(rule) => rules.push(rule),
            Err(found) => errors.extend(found.iter().map(ToString::to_string)),
        }
    }
    let lexicon = lexicon(sources, &language, &rules).map_err(|e| vec![e])?;
    let schema = schema();
    let classes = lexicon.classes();
    for rule in &rules {
        errors.extend(tandem_rules::check(rule, classes, &schema).iter().map(ToString::to_string));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let rules = RuleSet::compile(rules, classes)
        .map_err(|e| e.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    Ok(Parts { lexicon, rules, language })
}

fn lexicon(sources: &Sources, language: &Language, rules: &[tandem_rules::Rule]) -> Result<Lexicon, String> {
    let mut builder = Builder::new(language);
    for class in MADE_CLASSES {
        builder.declare(class);
    }
    for (file, text) in &sources.lexicon {
        builder.add_tsv(file, text).map_err(|e| e.to_string())?;
    }
    for word in tandem_rules::words_used(rules) {
        let added = match word.strip_prefix('=') {
            Some(literal) => builder.add_literal(&word, literal, &[]),
            None => builder.add(&word, &word, &[]),
        };
        added.map_err(|e| e.to_string())?;
    }
    tandem_lexicon::names(&mut builder).map_err(|e| e.to_string())?;
    builder.build().map_err(|e| e.to_string())
}

/// The kinds and fields that rules may fill.
pub fn schema() -> Schema {
    use tandem_model::{
        AgreementStatus, AgreementType, InstitutionStatus, Measure, MeetingStatus, MeetingType,
        ProjectStatus, Strength,
    };
    let words = |all: Vec<&str>| FieldType::Word(all.into_iter().map(str::to_owned).collect());
    let measures = || words(Measure::ALL.iter().map(|w| w.word()).collect());
    let bounds = || words(vec!["exact", "about", "under", "over"]);
    let quantity = || {
        vec![
            ("indicator", FieldType::OpenWord),
            ("measure", measures()),
            ("amount", FieldType::Amount),
            ("bound", bounds()),
            ("sign", words(vec!["up", "down"])),
            ("scope", FieldType::Text),
            ("parties", FieldType::Party),
        ]
    };
    let mut schema = Schema::default();
    let mut kind = |name: &str, fields: Vec<(&str, FieldType)>| {
        schema = std::mem::take(&mut schema).kind(name, fields);
    };
    kind(
        "figure",
        [
            quantity(),
            vec![
                ("period", FieldType::Time),
                ("base", FieldType::Time),
                ("role", words(vec!["base", "now"])),
            ],
        ]
        .concat(),
    );
    kind("target", [quantity(), vec![("deadline", FieldType::Time)]].concat());
    kind(
        "project",
        vec![
            ("name", FieldType::Text),
            ("worth", FieldType::Amount),
            ("deadline", FieldType::Time),
            ("status", words(ProjectStatus::ALL.iter().map(|w| w.word()).collect())),
            ("place", FieldType::Text),
            ("parties", FieldType::Party),
        ],
    );
    kind(
        "agreement",
        vec![
            ("title", FieldType::Text),
            ("until", FieldType::Time),
            ("type", words(AgreementType::ALL.iter().map(|w| w.word()).collect())),
            ("status", words(AgreementStatus::ALL.iter().map(|w| w.word()).collect())),
            ("worth", FieldType::Amount),
            ("date", FieldType::Time),
            ("parties", FieldType::Party),
        ],
    );
    kind(
        "meeting",
        vec![
            ("type", words(MeetingType::ALL.iter().map(|w| w.word()).collect())),
            ("status", words(MeetingStatus::ALL.iter().map(|w| w.word()).collect())),
            ("date", FieldType::Time),
            ("place", FieldType::Text),
            ("parties", FieldType::Party),
        ],
    );
    kind(
        "commitment",
        vec![
            ("action", FieldType::Text),
            ("strength", words(Strength::ALL.iter().map(|w| w.word()).collect())),
            ("deadline", FieldType::Time),
            ("parties", FieldType::Party),
        ],
    );
    kind(
        "institution",
        vec![
            ("name", FieldType::Text),
            ("status", words(InstitutionStatus::ALL.iter().map(|w| w.word()).collect())),
            ("parties", FieldType::Party),
        ],
    );
    kind(
        "award",
        vec![
            ("name", FieldType::Text),
            ("from", FieldType::Party),
            ("to", FieldType::Party),
            ("date", FieldType::Time),
        ],
    );
    schema
}
