//! Words to numbers, by a hash table that asks for no copy of the word.

use serde::{Deserialize, Serialize};
use tandem_text::{fold_char, folds_to, is_joiner};

/// Strings end to end in one string: one allocation to load.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Pool {
    text: String,
    ends: Vec<u32>,
}

impl Pool {
    /// The string with this number; empty when there is none.
    pub(crate) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
        let end = self.ends.get(at).copied().unwrap_or(0);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Appends a string and returns its number.
    pub(crate) fn push(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        self.len() - 1
    }

    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }
}

/// The folded words of all forms, numbered, in an open-addressing hash table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    words: Pool,
    /// Upper half of the hash, in the slot of the word.
    tags: Vec<u32>,
    /// Number of the word plus one, 0 for an empty slot.
    slots: Vec<u32>,
}

impl Vocabulary {
    /// Numbers words in the order given; they are folded and differ from one another.
    pub(crate) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut pool = Pool::default();
        let hashes: Vec<u64> = words
            .map(|word| {
                pool.push(word);
                hash(word)
            })
            .collect();
        // At most half full, so that a word that is in no form soon meets an empty slot.
        let size = (hashes.len() * 2 + 2).next_power_of_two();
        let mut own = Self { words: pool, tags: vec![0; size], slots: vec![0; size] };
        for (number, hash) in hashes.into_iter().enumerate() {
            let free = own.probe(hash).find(|at| own.slots[*at] == 0).unwrap_or(0);
            own.tags[free] = tag(hash);
            own.slots[free] = number as u32 + 1;
        }
        own
    }

    /// The number of the word that `token` folds to.
    pub(crate) fn number(&self, token: &str) -> Option<u32> {
        let hash = hash(token);
        for at in self.probe(hash) {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                return None;
            }
            if self.tags.get(at) == Some(&tag(hash)) && folds_to(token, self.words.get(slot - 1)) {
                return Some(slot - 1);
            }
        }
        None
    }

    /// Number of words.
    pub(crate) fn len(&self) -> u32 {
        self.words.len()
    }

    /// Slots in the order in which to look for a hash.
    fn probe(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let size = self.slots.len();
        let mask = size.wrapping_sub(1);
        (0..size).map(move |step| (hash as usize).wrapping_add(step) & mask)
    }
}

fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The hash of a token's folded form.
fn hash(token: &str) -> u64 {
    let mut state = 0_u64;
    if token.is_ascii() {
        for byte in token.bytes() {
            state = mix(state, fold_char(byte as char) as u64);
        }
    } else {
        for c in token.chars().filter(|c| !is_joiner(*c)) {
            state = mix(state, fold_char(c) as u64);
        }
    }
    // The multiplication leaves the best bits on top; bring them down to the slot.
    state ^ (state >> 29)
}

/// The step of FxHash.
fn mix(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_spelling() {
        let vocabulary = Vocabulary::new(["trade", "to'qayev", "тўқаев", "é"].into_iter());
        let check = |token: &str, number: Option<u32>| assert_eq!(vocabulary.number(token), number);
        check("TRADE", Some(0));
        check("To‘qayev", Some(1));
        check("ТЎҚАЕВ", Some(2));
        check("É", Some(3));
        check("trades", None);
        check("", None);
        assert_eq!(Vocabulary::default().number("trade"), None);
        assert_eq!(vocabulary.len(), 4);
    }
}
