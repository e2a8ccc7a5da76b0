//! Forms and tables to a lexicon.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tandem_model::ClassId;
use tandem_text::{Language, fold, is_dash, tokens};

use crate::entry::Entry;
use crate::form::expand;
use crate::scan::{Lexicon, exact};
use crate::table::{LexiconError, attributes};
use crate::trie::{Growing, Output};
use crate::vocabulary::{Pool, Vocabulary};

/// Collects forms and makes a [`Lexicon`] of them.
///
/// ```
/// use tandem_lexicon::Builder;
/// use tandem_text::Language;
/// let mut builder = Builder::new(&Language::default());
/// builder.add("REACH", "~reach|~exceed", &[("measure", "level")]).unwrap();
/// builder.add("COUNTRY", "Chad", &[("code", "TD"), ("cased", "1")]).unwrap();
/// let lexicon = builder.build().unwrap();
/// assert_eq!(lexicon.entry(0).get("measure"), Some("level"));
/// ```
#[derive(Debug)]
pub struct Builder {
    language: Language,
    classes: BTreeMap<String, ClassId>,
    names: Vec<String>,
    entries: Vec<Entry>,
    /// Word to number; numbers are handed out in order of appearance, which is deterministic.
    numbers: FxHashMap<String, u32>,
    words: Vec<String>,
    spellings: Pool,
    trie: Growing,
}

impl Builder {
    /// A builder whose `~` inflects by the rules of a language.
    pub fn new(language: &Language) -> Self {
        Self {
            language: language.clone(),
            classes: BTreeMap::new(),
            names: Vec::new(),
            entries: Vec::new(),
            numbers: FxHashMap::default(),
            words: Vec::new(),
            spellings: Pool::default(),
            trie: Growing::new(),
        }
    }

    /// The number of a class, which is made when new; a class may have no forms and be filled by
    /// other code.
    pub fn declare(&mut self, class: &str) -> ClassId {
        if let Some(known) = self.classes.get(class) {
            return *known;
        }
        let id = ClassId(u16::try_from(self.names.len()).unwrap_or(u16::MAX));
        self.classes.insert(class.to_owned(), id);
        self.names.push(class.to_owned());
        id
    }

    /// Adds a form with `~`, `|` and `(…)` to a class; all phrases it stands for share one entry.
    ///
    /// # Errors
    /// When the form cannot be read or holds no word.
    pub fn add(&mut self, class: &str, form: &str, attrs: &[(&str, &str)]) -> Result<(), LexiconError> {
        let phrases = expand(form, &self.language).map_err(|message| LexiconError::new(form, message))?;
        self.add_phrases(class, form, &phrases, attrs)
    }

    /// Adds a form as it stands, in which no character has a meaning; for names.
    ///
    /// # Errors
    /// When it holds no word.
    pub fn add_literal(
        &mut self,
        class: &str,
        form: &str,
        attrs: &[(&str, &str)],
    ) -> Result<(), LexiconError> {
        self.add_phrases(class, form, &[form.to_owned()], attrs)
    }

    /// Adds a table of `CLASS<TAB>form<TAB>attributes`; the third cell may be left out.
    ///
    /// # Errors
    /// When a row has no form or cannot be read; the place is `file:line`.
    pub fn add_tsv(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let at = |message: String| LexiconError::new(format!("{file}:{}", index + 1), message);
            let mut cells = line.split('\t').map(str::trim);
            let (Some(class), Some(form)) = (cells.next(), cells.next()) else {
                return Err(at("no tab between class and form".to_owned()));
            };
            let attrs = attributes(cells.next().unwrap_or("")).map_err(at)?;
            self.add(class, form, &attrs).map_err(|error| at(error.message))?;
        }
        Ok(())
    }

    fn add_phrases(
        &mut self,
        class: &str,
        form: &str,
        phrases: &[String],
        attrs: &[(&str, &str)],
    ) -> Result<(), LexiconError> {
        if let Some((key, _)) = attrs.iter().find(|(key, value)| key.contains('=') || value.contains('\n')) {
            return Err(LexiconError::new(form, format!("the attribute '{key}' holds '=' or a line break")));
        }
        let cased = attrs.iter().any(|(key, value)| *key == "cased" && !matches!(*value, "0" | "no"));
        let entry = self.entries.len() as u32;
        let class = self.declare(class);
        for phrase in phrases {
            let words = self.numbered(phrase);
            if words.is_empty() {
                return Err(LexiconError::new(form, "no word in this form"));
            }
            let spelling = if cased { self.spellings.push(&spelling(phrase)) + 1 } else { 0 };
            self.trie.insert(&words, Output { entry, spelling, class });
        }
        self.entries.push(Entry::new(class, form, attrs));
        Ok(())
    }

    /// The words of a phrase as numbers.
    fn numbered(&mut self, phrase: &str) -> Vec<u32> {
        let words: Vec<String> = words(phrase).map(fold).collect();
        words.into_iter().map(|word| self.number(word)).collect()
    }

    fn number(&mut self, word: String) -> u32 {
        if let Some(number) = self.numbers.get(&word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.words.push(word.clone());
        self.numbers.insert(word, number);
        number
    }

    /// The lexicon.
    ///
    /// # Errors
    /// When there are more classes than their numbers allow (65,535).
    pub fn build(self) -> Result<Lexicon, LexiconError> {
        if self.names.len() > usize::from(u16::MAX) {
            return Err(LexiconError::new("lexicon", format!("{} classes; 65535 at most", self.names.len())));
        }
        let vocabulary = Vocabulary::new(self.words.iter().map(String::as_str));
        let trie = self.trie.flatten(vocabulary.len());
        Ok(Lexicon::new(self.classes, self.names, self.entries, vocabulary, trie, self.spellings))
    }
}

/// The tokens of a phrase, dashes left out.
fn words(phrase: &str) -> impl Iterator<Item = &str> {
    tokens(phrase).into_iter().map(|token| token.span.of(phrase)).filter(|word| !word.starts_with(is_dash))
}

/// A phrase as it must be met when its case matters: words parted by spaces, one apostrophe.
fn spelling(phrase: &str) -> String {
    let words: Vec<String> = words(phrase).map(|word| exact(word).collect()).collect();
    words.join(" ")
}
