//! English forms of a word, as verb and as noun.
//!
//! The lexicon lists lemmas (`~reach`); here they grow into what texts contain (reaches, reached,
//! reaching). Spelling rules cover regular words, a table of the language the others. A form that no
//! one writes (`agreementing`) costs nothing, so verb and noun are not told apart. Refused
//! alternative: stemming the text, which costs time at every token and conflates `state` and
//! `station`.

use crate::Language;

/// All forms of a lower-case word, sorted, the word itself included.
///
/// Only the last part of a hyphenated word is inflected (`follow-ups`).
///
/// ```
/// use tandem_text::{inflections, Language};
/// let language = Language::default();
/// assert_eq!(inflections("carry", &language), ["carried", "carries", "carry", "carrying"]);
/// ```
pub fn inflections(lemma: &str, language: &Language) -> Vec<String> {
    let (head, tail) = match lemma.rfind('-') {
        Some(at) => lemma.split_at(at + 1),
        None => ("", lemma),
    };
    let mut forms = match language.irregular.get(tail) {
        Some(forms) => forms.clone(),
        None => regular(tail),
    };
    for form in &mut forms {
        form.insert_str(0, head);
    }
    forms.sort();
    forms.dedup();
    forms
}

fn regular(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), plural(word)];
    if !word.chars().all(|c| c.is_ascii_lowercase()) || word.len() < 2 {
        return forms;
    }
    for stem in stems(word) {
        forms.push(format!("{stem}ed"));
        forms.push(ing(word, &stem));
    }
    forms
}

/// Plural of a noun, third person of a verb.
fn plural(word: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    if let Some(stem) = consonant_y(word) {
        format!("{stem}ies")
    } else if sibilant {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// What stands before a final `y` that follows a consonant.
fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| stem.ends_with(|c| !is_vowel(c)))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The stems to which `-ed` is added; two where usage is divided (`travelled`, `traveled`).
fn stems(word: &str) -> Vec<String> {
    if let Some(stem) = consonant_y(word) {
        return vec![format!("{stem}i")];
    }
    if let Some(stem) = word.strip_suffix('e') {
        return vec![stem.to_owned()];
    }
    let Some(last) = doubled(word) else { return vec![word.to_owned()] };
    let double = format!("{word}{last}");
    match syllables(word) {
        0 | 1 => vec![double],
        _ if last == 'l' => vec![word.to_owned(), double],
        _ => vec![word.to_owned()],
    }
}

/// The final consonant, when a single vowel and a consonant stand before it (`plan`, `travel`).
fn doubled(word: &str) -> Option<char> {
    let mut ends = word.chars().rev();
    let (last, vowel, before) = (ends.next()?, ends.next()?, ends.next()?);
    let after_qu = before == 'u' && ends.next() == Some('q');
    (!is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y')
        && is_vowel(vowel)
        && (!is_vowel(before) || after_qu))
        .then_some(last)
}

/// Number of vowel groups.
fn syllables(word: &str) -> usize {
    let vowels: Vec<bool> = word.chars().map(|c| is_vowel(c) || c == 'y').collect();
    vowels.iter().enumerate().filter(|(i, v)| **v && (*i == 0 || !vowels[i - 1])).count()
}

fn ing(word: &str, stem: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        format!("{stem}ying")
    } else if ["ee", "oe", "ye"].iter().any(|end| word.ends_with(end)) || word.ends_with('y') {
        format!("{word}ing")
    } else {
        format!("{stem}ing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let language = Language::parse("", "take\ttakes took taken taking").unwrap();
        let check = |lemma: &str, expected: &str| {
            assert_eq!(inflections(lemma, &language).join(" "), expected);
        };
        check("reach", "reach reached reaches reaching");
        check("carry", "carried carries carry carrying");
        check("take", "take taken takes taking took");
        check("plan", "plan planned planning plans");
        check("agree", "agree agreed agreeing agrees");
        check("travel", "travel traveled traveling travelled travelling travels");
        check("increase", "increase increased increases increasing");
        check("tie", "tie tied ties tying");
        check("convey", "convey conveyed conveying conveys");
        check("show", "show showed showing shows");
        check("visit", "visit visited visiting visits");
        check("discuss", "discuss discussed discusses discussing");
        check("equip", "equip equiped equiping equips");
        check("follow-up", "follow-up follow-uped follow-uping follow-ups");
        check("o‘rda", "o‘rda o‘rdas");
    }
}
