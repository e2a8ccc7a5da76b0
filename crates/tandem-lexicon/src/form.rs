//! The little language of forms: `(bilateral|mutual) trade ~turnover`.
//!
//! Words stand in order. `~word` is any inflection of the word, `a|b` is one of them, `(…)` may be
//! left out. A form grows into all the phrases it stands for; that is cheap at build time and keeps
//! the matcher free of choices.

use tandem_text::{Language, inflections};

/// Phrases that one form may stand for; more is taken for a slip.
const MOST_PHRASES: usize = 4096;

/// All phrases that a form stands for.
///
/// # Errors
/// When brackets do not pair, a word is missing, or the form stands for too many phrases.
pub(crate) fn expand(form: &str, language: &Language) -> Result<Vec<String>, String> {
    let mut phrases = vec![String::new()];
    for slot in slots(form)? {
        let choices = slot.choices(language)?;
        if phrases.len() * choices.len() > MOST_PHRASES {
            return Err(format!("the form '{form}' stands for more than {MOST_PHRASES} phrases; split it"));
        }
        phrases = phrases.iter().flat_map(|head| choices.iter().map(|tail| join(head, tail))).collect();
    }
    phrases.retain(|phrase| !phrase.is_empty());
    phrases.sort();
    phrases.dedup();
    if phrases.is_empty() { Err("a form needs at least one word".to_owned()) } else { Ok(phrases) }
}

fn join(head: &str, tail: &str) -> String {
    let space = if head.is_empty() || tail.is_empty() { "" } else { " " };
    format!("{head}{space}{tail}")
}

/// A place in a form.
struct Slot<'a> {
    text: &'a str,
    optional: bool,
}

/// Cuts a form into words and bracketed groups.
fn slots(form: &str) -> Result<Vec<Slot<'_>>, String> {
    let mut slots = Vec::new();
    let mut rest = form.trim_start();
    while !rest.is_empty() {
        let (slot, after) = match rest.strip_prefix('(') {
            Some(inner) => {
                let (group, after) =
                    inner.split_once(')').ok_or_else(|| format!("a '(' without ')' in '{form}'"))?;
                (Slot { text: group, optional: true }, after)
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (Slot { text: &rest[..end], optional: false }, &rest[end..])
            }
        };
        if slot.text.contains(['(', ')']) || !(after.is_empty() || after.starts_with(char::is_whitespace)) {
            return Err(format!("brackets must hold whole words in '{form}'"));
        }
        slots.push(slot);
        rest = after.trim_start();
    }
    Ok(slots)
}

impl Slot<'_> {
    /// The phrases that can stand here; an optional slot may be empty.
    fn choices(&self, language: &Language) -> Result<Vec<String>, String> {
        let mut choices = if self.optional { vec![String::new()] } else { Vec::new() };
        for alternative in self.text.split('|') {
            if alternative.trim().is_empty() {
                return Err(format!("an empty alternative in '{}'", self.text));
            }
            choices.extend(inflect(alternative, language));
        }
        Ok(choices)
    }
}

/// A run of words with each `~word` in all its forms.
fn inflect(words: &str, language: &Language) -> Vec<String> {
    words.split_whitespace().fold(vec![String::new()], |phrases, word| {
        let forms = match word.strip_prefix('~') {
            Some(lemma) => inflections(lemma, language),
            None => vec![word.to_owned()],
        };
        phrases.iter().flat_map(|head| forms.iter().map(|tail| join(head, tail))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_grow() {
        let check = |form: &str, expected: &str| {
            let phrases = expand(form, &Language::default()).map(|all| all.join(", "));
            assert_eq!(phrases.unwrap_or_else(|error| error), expected, "{form}");
        };
        check("trade", "trade");
        check("(mutual|bilateral) trade", "bilateral trade, mutual trade, trade");
        check("exports|imports of goods", "exports of goods, imports of goods");
        check("~amount to", "amount to, amounted to, amounting to, amounts to");
        check("made (in the) UAE", "made UAE, made in the UAE");
        check("(only)", "only");
        check("", "a form needs at least one word");
        check("a (b", "a '(' without ')' in 'a (b'");
        check("a b)", "brackets must hold whole words in 'a b)'");
        check("(a)b", "brackets must hold whole words in '(a)b'");
        check("a| b", "an empty alternative in 'a|'");
    }
}
