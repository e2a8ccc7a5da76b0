//! What a language contributes: small word lists read from two tables.
//!
//! Both tables are tab-separated lines, `#` starts a comment. The first holds `key<TAB>words`, with
//! words separated by spaces (phrases: one a line); the second holds `lemma<TAB>forms`. Refused
//! alternative: TOML, which would bring a parser into this crate for what is a list of lists.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::TokenKind;

use crate::{chars::fold, token::tokens};

/// Words to look up, never to list: asked for at every stop and every line, so that comparing strings on
/// the way down a sorted set would cost more than the sentences themselves.
pub(crate) type Words = FxHashSet<String>;

/// The word lists of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    /// ISO 639 code (`en`).
    pub code: String,
    /// Words whose full stop ends a sentence only before a word that opens sentences (`Sept`, `Inc`).
    pub abbreviations: Words,
    /// Words whose full stop never ends a sentence (`Mr`, `Gen`, `Sh`).
    pub titles: Words,
    /// Words whose full stop does not end a sentence before a number (`No`, `Art`).
    pub counters: Words,
    /// For each small first letter the lengths of the words above, a bit each; empty until there is one.
    short_forms: Vec<u32>,
    /// Words of measure right after decimals, by which a number torn by a space is known ("18. 1 percent").
    pub measures: Words,
    /// Words that open sentences (`The`, `In`, `He`), as written.
    pub starters: Words,
    /// Words after which a line cannot end a paragraph (`of`, `and`), folded.
    pub connectives: Words,
    /// Words that a line made of a date and nothing else may hold, folded.
    pub date_words: Words,
    /// Words that open the line of an author ("by"), folded.
    pub bylines: Words,
    /// Openings of paragraphs that are page furniture: first folded token to the tokens after it.
    pub clutter: FxHashMap<String, Vec<Vec<String>>>,
    /// Whole paragraphs that are page furniture, as folded tokens without punctuation.
    pub clutter_lines: FxHashSet<Vec<String>>,
    /// Forms of words that the rules get wrong: lemma to all its forms, the lemma included.
    pub irregular: BTreeMap<String, Vec<String>>,
}

/// A line of a language table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl std::fmt::Display for LanguageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for LanguageError {}

impl Language {
    /// Reads the two tables.
    ///
    /// # Errors
    /// When a line has no tab or a key is unknown.
    pub fn parse(words: &str, irregular: &str) -> Result<Self, LanguageError> {
        let mut language = Self::default();
        for (line, key, value) in rows(words) {
            let value = value.ok_or_else(|| no_tab(line))?;
            language.add(key, value).map_err(|message| LanguageError { line, message })?;
        }
        for (line, lemma, forms) in rows(irregular) {
            let forms = forms.ok_or_else(|| no_tab(line))?;
            let all = std::iter::once(lemma).chain(forms.split_whitespace()).map(str::to_owned);
            language.irregular.entry(lemma.to_owned()).or_default().extend(all);
        }
        Ok(language)
    }

    fn add(&mut self, key: &str, value: &str) -> Result<(), String> {
        let words = value.split_whitespace().map(str::to_owned);
        let folded = value.split_whitespace().map(fold);
        if matches!(key, "abbreviation" | "title" | "counter") {
            words.clone().for_each(|word| self.note_short_form(&word));
        }
        match key {
            "code" => value.clone_into(&mut self.code),
            "abbreviation" => self.abbreviations.extend(words),
            "title" => self.titles.extend(words),
            "counter" => self.counters.extend(words),
            "measure" => self.measures.extend(words),
            "starter" => self.starters.extend(words),
            "connective" => self.connectives.extend(folded),
            "date_word" => self.date_words.extend(folded),
            "byline" => self.bylines.extend(folded),
            "clutter" => self.add_clutter(&phrase(value, false)),
            "clutter_line" => drop(self.clutter_lines.insert(phrase(value, true))),
            _ => return Err(format!("unknown key '{key}'; known are {KEYS}")),
        }
        Ok(())
    }
}

impl Language {
    fn note_short_form(&mut self, word: &str) {
        self.short_forms.resize(256, 0);
        if let Some(first) = word.bytes().next() {
            self.short_forms[usize::from(small(first))] |= length_bit(word);
        }
    }

    /// Whether a word may be an abbreviation, a title or a counter in any case of its letters: no is certain.
    /// Nearly all words before a full stop are told by their first letter and length.
    pub(crate) fn may_be_short_form(&self, word: &str) -> bool {
        // Folding may change the length of other words.
        !word.is_ascii()
            || word.bytes().next().is_some_and(|first| {
                self.short_forms.get(usize::from(small(first))).is_some_and(|all| all & length_bit(word) != 0)
            })
    }

    fn add_clutter(&mut self, phrase: &[String]) {
        if let Some((first, rest)) = phrase.split_first() {
            self.clutter.entry(first.clone()).or_default().push(rest.to_vec());
        }
    }
}

const KEYS: &str = "code, abbreviation, title, counter, measure, starter, connective, date_word, byline, clutter and clutter_line";

fn small(letter: u8) -> u8 {
    letter | 0x20
}

/// The bit of a word's length; the last stands for all that are longer.
fn length_bit(word: &str) -> u32 {
    1 << word.len().min(31)
}

/// The folded tokens of a phrase.
fn phrase(text: &str, words_only: bool) -> Vec<String> {
    tokens(text)
        .iter()
        .filter(|token| !words_only || token.kind != TokenKind::Punct)
        .map(|token| fold(token.span.of(text)))
        .collect()
}

fn no_tab(line: usize) -> LanguageError {
    LanguageError { line, message: "no tab between the key and its words".to_owned() }
}

/// Lines that are neither empty nor comments, cut at their first tab.
fn rows(table: &str) -> impl Iterator<Item = (usize, &str, Option<&str>)> {
    table.lines().enumerate().filter(|(_, row)| !row.trim().is_empty() && !row.starts_with('#')).map(
        |(index, row)| match row.split_once('\t') {
            Some((key, value)) => (index + 1, key.trim(), Some(value.trim())),
            None => (index + 1, row.trim(), None),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read() {
        let language =
            Language::parse("# c\ncode\ten\ntitle\tMr Dr\nclutter\tPhoto:", "take\ttakes took").unwrap();
        assert_eq!(language.code, "en");
        assert!(language.titles.contains("Dr"));
        assert_eq!(language.clutter["photo"], [[":"]]);
        assert_eq!(language.irregular["take"], ["take", "takes", "took"]);
    }

    #[test]
    fn errors_name_the_line() {
        let check = |words: &str, message: &str| {
            assert_eq!(Language::parse(words, "").unwrap_err().to_string(), message);
        };
        check("code en", "line 1: no tab between the key and its words");
        check("code\ten\n\nxyz\ta", &format!("line 3: unknown key 'xyz'; known are {KEYS}"));
    }
}
