//! What the lexicon knows of one form.

use serde::{Deserialize, Serialize};
use tandem_model::ClassId;

/// A row of a word table: a form, its class and its attributes.
///
/// Attributes are kept as lines in one string: a lexicon has tens of thousands of entries and must
/// load in a few milliseconds, which rules out a map each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its class.
    pub class: ClassId,
    form: Box<str>,
    attrs: Box<str>,
}

impl Entry {
    /// An entry; attributes are sorted by key, the last of equal keys wins.
    pub(crate) fn new(class: ClassId, form: &str, attrs: &[(&str, &str)]) -> Self {
        let sorted: std::collections::BTreeMap<_, _> = attrs.iter().copied().collect();
        let lines: String = sorted.iter().map(|(key, value)| format!("{key}={value}\n")).collect();
        Self { class, form: form.into(), attrs: lines.into() }
    }

    /// The form as written in its table (`~amount to`).
    pub fn form(&self) -> &str {
        &self.form
    }

    /// The attributes, sorted by key.
    pub fn attrs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attrs.lines().filter_map(|line| line.split_once('='))
    }

    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        // Asked for every mark that is looked at: the lines are short, so they are compared as they stand, and only up
        // to where the key would be among them.
        let mut rest: &str = &self.attrs;
        loop {
            if rest.as_bytes().first() > key.as_bytes().first() {
                return None;
            }
            let end = rest.bytes().position(|byte| byte == b'\n')?;
            let (line, after) = rest.split_at_checked(end)?;
            if line.as_bytes().get(key.len()) == Some(&b'=') && line.starts_with(key) {
                return line.get(key.len() + 1..);
            }
            rest = after.get(1..)?;
        }
    }
}
