//! What fields a kind of statement has, and what may be written into them.

use std::collections::BTreeMap;

/// What a field holds, as far as a rule can get it wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// One of the listed words.
    Word(Vec<String>),
    /// Any word.
    OpenWord,
    /// A value with its unit; as a constant, a plain number.
    Amount,
    /// A day or period; as a constant, one that starts with a digit, or quoted words.
    Time,
    /// A piece of the text, or words of the rule's own.
    Text,
    /// A plain number.
    Number,
    /// Several words; a constant is one of them.
    List,
    /// Countries or bodies; as a constant, a code in capitals or a quoted name.
    Party,
}

/// The kinds of statement and the fields of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Kind → field → type.
    pub kinds: BTreeMap<String, BTreeMap<String, FieldType>>,
}

impl Schema {
    /// Adds a kind, or replaces it.
    ///
    /// ```
    /// use tandem_rules::{FieldType, Schema};
    /// let schema = Schema::default().kind("award", [("name", FieldType::Text), ("date", FieldType::Time)]);
    /// assert_eq!(schema.kinds["award"].len(), 2);
    /// ```
    #[must_use]
    pub fn kind<'a>(mut self, kind: &str, fields: impl IntoIterator<Item = (&'a str, FieldType)>) -> Self {
        let fields = fields.into_iter().map(|(name, of)| (name.to_owned(), of)).collect();
        self.kinds.insert(kind.to_owned(), fields);
        self
    }
}

impl FieldType {
    /// Whether a constant may be written into such a field.
    pub(crate) fn allows(&self, constant: &str, quoted: bool) -> bool {
        match self {
            Self::Word(allowed) => allowed.iter().any(|word| word == constant),
            Self::OpenWord | Self::Text | Self::List => !constant.is_empty(),
            Self::Amount | Self::Number => is_number(constant),
            Self::Time => quoted || constant.starts_with(|first: char| first.is_ascii_digit()),
            Self::Party => quoted || is_code(constant),
        }
    }

    /// What may be written, for messages and drafts.
    pub fn expectation(&self) -> String {
        match self {
            Self::Word(allowed) => format!("one of {}", allowed.join(", ")),
            Self::OpenWord => "a word".to_owned(),
            Self::Amount => "a capture or a number".to_owned(),
            Self::Time => "a capture, a period such as 2030, or quoted words".to_owned(),
            Self::Text => "a capture, a range of captures, or quoted words".to_owned(),
            Self::Number => "a capture or a number".to_owned(),
            Self::List => "a capture or a word".to_owned(),
            Self::Party => "a capture, a code such as KZ, or a quoted name".to_owned(),
        }
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_code(text: &str) -> bool {
    text.len() >= 2 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}
