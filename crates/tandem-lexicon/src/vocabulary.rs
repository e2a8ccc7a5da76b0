//! Words to numbers, by a hash table that asks for no copy of the word.

use serde::{Deserialize, Serialize};
use tandem_model::Span;
use tandem_text::{fold_char, folds_to, is_joiner, sift};

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

/// The folded words of all forms, numbered, in two open-addressing hash tables: a quick one for words
/// that fit into two machine words, which nearly all are, and one for words of any length and script.
///
/// Stored as its words alone; the tables are made when it is read, which takes a fraction of the time that
/// reading them would.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Pool", into = "Pool")]
pub(crate) struct Vocabulary {
    words: Pool,
    /// The short words.
    short: Vec<Slot>,
    /// See [`Known::root`], for each word.
    roots: Vec<u32>,
    /// Upper half of the hash, in the slot of the word.
    tags: Vec<u32>,
    /// Number of the word plus one, 0 for an empty slot.
    slots: Vec<u32>,
}

impl From<Pool> for Vocabulary {
    fn from(words: Pool) -> Self {
        // At most half full, so that a word that is in no form soon meets an empty slot.
        let size = (words.len() as usize * 2 + 2).next_power_of_two();
        let mut own = Self {
            short: vec![Slot::default(); size],
            roots: Vec::new(),
            tags: vec![0; size],
            slots: vec![0; size],
            words,
        };
        for number in 0..own.words.len() {
            own.place(number);
        }
        own
    }
}

impl From<Vocabulary> for Pool {
    fn from(vocabulary: Vocabulary) -> Self {
        vocabulary.words
    }
}

impl Vocabulary {
    /// Numbers words in the order given; they are folded and differ from one another.
    pub(crate) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut pool = Pool::default();
        for word in words {
            pool.push(word);
        }
        pool.into()
    }

    /// Enters a word into the tables.
    fn place(&mut self, number: u32) {
        let word = self.words.get(number);
        let hash = hash(word);
        let free = self.probe(hash).find(|at| self.slots[*at] == 0).unwrap_or(0);
        let key = Key::of(word, Span::new(0, word.len()));
        self.tags[free] = tag(hash);
        self.slots[free] = number + 1;
        if let Some(key) = key {
            let free = self.probe(key.hash() >> 32).find(|at| self.short[*at].next == 0).unwrap_or(0);
            self.short[free] = Slot { key, next: number + 1, root: 0 };
        }
    }

    /// Notes for each word where forms that begin with it lead.
    pub(crate) fn note_roots(&mut self, roots: &[u32]) {
        for slot in &mut self.short {
            let number = slot.next.checked_sub(1);
            slot.root = number.and_then(|number| roots.get(number as usize)).copied().unwrap_or(0);
        }
        roots.clone_into(&mut self.roots);
    }

    /// The word that the token at `span` of `text` folds to.
    #[inline(always)]
    pub(crate) fn known_at(&self, text: &str, span: Span) -> Option<Known> {
        self.known(self.home(text, span), text, span)
    }

    /// Where the token at `span` of `text` has its place in the table.
    #[inline(always)]
    pub(crate) fn home(&self, text: &str, span: Span) -> Home {
        let key = Key::of(text, span);
        let mask = self.short.len().wrapping_sub(1);
        Home { key, at: key.map_or(0, |key| (key.hash() >> 32) as usize & mask) }
    }

    /// Asks for the places of many tokens at once, so that memory is not waited for token by token: of a big
    /// table most places are far away.
    pub(crate) fn fetch(&self, homes: &[Home]) {
        let places = homes.iter().filter_map(|home| self.short.get(home.at));
        std::hint::black_box(places.fold(0, |all, slot| all ^ slot.next));
    }

    /// The word that the token at `span` of `text` folds to, whose place is `home`.
    #[inline(always)]
    pub(crate) fn known(&self, home: Home, text: &str, span: Span) -> Option<Known> {
        let Some(key) = home.key else {
            let number = self.number(span.of(text))?;
            return Some(Known { number, root: self.roots.get(number as usize).copied().unwrap_or(0) });
        };
        let mask = self.short.len().wrapping_sub(1);
        let mut at = home.at;
        // At most half of the slots are taken, so that an empty one ends the search.
        loop {
            let slot = self.short.get(at)?;
            if slot.key == key {
                return Some(Known { number: slot.next.checked_sub(1)?, root: slot.root });
            }
            if slot.next == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// A word by its number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.get(number)
    }

    /// The number of the word that `token` folds to, whatever its length and script.
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

/// A few thousand words, or pairs of words, as bits of their numbers ([`tandem_text::sift`]): small enough to stay
/// at hand, so that most words of a text are turned away without a look at the tables.
#[derive(Clone, Debug)]
pub(crate) struct Sieve(Box<[u64; PLACES]>);

/// Bits of a word's number that name a bit of a sieve.
const BITS: u32 = 16;
const PLACES: usize = 1 << (BITS - 6);

impl Sieve {
    pub(crate) fn new() -> Self {
        let mut bits = Box::new([0; PLACES]);
        // Tokens without a number pass everywhere.
        bits[0] = 1;
        Self(bits)
    }

    /// Lets a folded word through.
    pub(crate) fn admit(&mut self, word: &str) {
        spellings(word, |number| self.add(number));
    }

    /// Lets two folded words in a row through.
    pub(crate) fn admit_pair(&mut self, first: &str, second: &str) {
        spellings(first, |first| spellings(second, |second| self.add(in_a_row(first, second))));
    }

    fn add(&mut self, number: u32) {
        let (place, bit) = place(number);
        self.0[place] |= bit;
    }

    /// Whether the token with this number may fold to a word that was let through: no is certain.
    #[inline(always)]
    pub(crate) fn passes(&self, number: u32) -> bool {
        let (place, bit) = place(number);
        self.0[place] & bit != 0
    }

    /// Whether two tokens may fold to a pair that was let through: no is certain.
    #[inline(always)]
    pub(crate) fn pair_passes(&self, first: u32, second: u32) -> bool {
        first == 0 || second == 0 || self.passes(in_a_row(first, second))
    }
}

/// Two sieves in one place: of words with a capital, and of words without.
#[derive(Clone, Debug)]
pub(crate) struct CasedSieve(Box<[u64; 2 * PLACES]>);

impl CasedSieve {
    pub(crate) fn new() -> Self {
        let mut bits = Box::new([0; 2 * PLACES]);
        // Tokens without a number pass everywhere.
        (bits[0], bits[PLACES]) = (1, 1);
        Self(bits)
    }

    /// Lets a folded word through, with a capital, or in any case.
    pub(crate) fn admit(&mut self, word: &str, any_case: bool) {
        spellings(word, |number| {
            let (place, bit) = cased_place(number, true);
            self.0[place] |= bit;
            if any_case {
                self.0[place - PLACES] |= bit;
            }
        });
    }

    /// Whether a token may fold to a word that was let through in its case: no is certain.
    #[inline(always)]
    pub(crate) fn passes(&self, number: u32, capital: bool) -> bool {
        let (place, bit) = cased_place(number, capital);
        self.0[place] & bit != 0
    }
}

#[inline(always)]
fn cased_place(number: u32, capital: bool) -> (usize, u64) {
    let bit = (number >> (u32::BITS - BITS)) | u32::from(capital) << BITS;
    ((bit >> 6) as usize % (2 * PLACES), 1 << (bit & 63))
}

#[inline(always)]
fn place(number: u32) -> (usize, u64) {
    let bit = number >> (u32::BITS - BITS);
    ((bit >> 6) as usize % PLACES, 1 << (bit & 63))
}

/// The number of two words in a row.
#[inline(always)]
fn in_a_row(first: u32, second: u32) -> u32 {
    (first ^ second >> 7).wrapping_mul(0x9e37_79b9)
}

/// Hands over the numbers of a folded word with either of the two apostrophes of ASCII wherever it has one.
fn spellings(word: &str, mut each: impl FnMut(u32)) {
    each(sift(word));
    // Few words have an apostrophe, and next to none have two.
    if word.contains('\'') {
        let mut written = vec![String::new()];
        for c in word.chars() {
            let other: Vec<String> =
                if c == '\'' { written.iter().map(|w| format!("{w}`")).collect() } else { Vec::new() };
            written.iter_mut().for_each(|w| w.push(c));
            written.extend(other);
        }
        written.iter().for_each(|word| each(sift(word)));
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// Whether one of eight ASCII bytes is a grave accent, which folds to an apostrophe.
fn holds_grave(raw: u64) -> bool {
    let grave = raw ^ (ONES * u64::from(b'`'));
    grave.wrapping_sub(ONES) & !grave & HIGH != 0
}

/// A short ASCII word, folded, in two machine words; the bytes behind its end are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key(u64, u64);

impl Key {
    /// The token at `span` of `text`; `None` when it is long, not ASCII, or empty.
    #[inline(always)]
    fn of(text: &str, span: Span) -> Option<Self> {
        let bytes = text.as_bytes();
        match span.len() {
            1..=8 => Some(Self(eight(bytes, span.start(), span.len())?, 0)),
            9..=16 => {
                let head = eight(bytes, span.start(), 8)?;
                Some(Self(head, eight(bytes, span.start() + 8, span.len() - 8)?))
            }
            _ => None,
        }
    }

    fn hash(self) -> u64 {
        let both = self.0 ^ self.1.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
        both.wrapping_mul(0x517c_c1b7_2722_0a95)
    }
}

/// A short word, its number plus one, and where forms that begin with it lead; 0 for an empty slot. Side by side, so
/// that most words of a text are found by looking at one place of memory.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    next: u32,
    root: u32,
}

/// The place of a token in the table of short words; none of a token that is not short.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home {
    key: Option<Key>,
    at: usize,
}

/// A word of the vocabulary: its number, and the node of the trie for forms that begin with it, 0 when none does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) number: u32,
    pub(crate) root: u32,
}

/// Up to eight folded ASCII bytes as one number; `None` when a byte is not ASCII or is a grave accent,
/// which folds to an apostrophe.
#[inline(always)]
fn eight(bytes: &[u8], at: usize, len: usize) -> Option<u64> {
    let raw = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight) & (u64::MAX >> (64 - 8 * len as u32)),
        None => bytes.get(at..at + len)?.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    if raw & HIGH != 0 || holds_grave(raw) {
        return None;
    }
    // All bytes are below 0x80, so that these sums do not carry from one byte into the next.
    let from_a = raw + ONES * u64::from(0x80 - b'A');
    let past_z = raw + ONES * u64::from(0x7f - b'Z');
    Some(raw | ((from_a ^ past_z) & HIGH) >> 2)
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
    use proptest::prelude::*;

    use super::*;

    fn check(vocabulary: &Vocabulary, token: &str, number: Option<u32>) {
        assert_eq!(vocabulary.number(token), number, "{token}");
        for text in [token.to_owned(), format!("x{token}y and more behind")] {
            let from = text.len().min(1) * usize::from(text != token);
            let span = Span::new(from, from + token.len());
            assert_eq!(
                vocabulary.known_at(&text, span).map(|known| known.number),
                number,
                "{token} in {text}"
            );
        }
    }

    #[test]
    fn words_are_found_in_any_spelling() {
        let words =
            ["trade", "to'qayev", "тўқаев", "é", "exactly8", "cooperationists", "16-bytes-of-word", "@", "["];
        let vocabulary = Vocabulary::new(words.into_iter());
        let check = |token: &str, number: Option<u32>| check(&vocabulary, token, number);
        check("TRADE", Some(0));
        check("To‘qayev", Some(1));
        check("To'qayev", Some(1));
        check("To`qayev", Some(1));
        check("ТЎҚАЕВ", Some(2));
        check("É", Some(3));
        check("Exactly8", Some(4));
        check("exactly88", None);
        check("COOPERATIONISTS", Some(5));
        check("16-Bytes-of-Word", Some(6));
        check("16-bytes-of-words", None);
        check("@", Some(7));
        check("`", None);
        check("[", Some(8));
        check("{", None);
        check("trades", None);
        check("", None);
        assert_eq!(Vocabulary::default().number("trade"), None);
        assert_eq!(Vocabulary::default().known_at("trade", Span::new(0, 5)), None);
        assert_eq!(vocabulary.len(), 9);
    }

    proptest! {
        #[test]
        fn the_sieve_lets_every_spelling_through(word in "[a-z'éß@0-9]{1,18}", grave in any::<bool>(), upper in any::<bool>()) {
            let mut sieve = Sieve::new();
            sieve.admit(&word);
            let cased = if upper { word.to_uppercase() } else { word.clone() };
            let token = if grave { cased.replace('\'', "`") } else { cased };
            if tandem_text::folds_to(&token, &word) {
                prop_assert!(sieve.passes(sift(&token)));
            }
        }

        #[test]
        fn the_quick_table_says_what_the_other_says(words in proptest::collection::btree_set("[a-z'@0-9]{1,18}", 0..40), token in "[a-zA-Z`'@0-9é]{0,18}") {
            let vocabulary = Vocabulary::new(words.iter().map(String::as_str));
            let number_at = |word: &str| vocabulary.known_at(word, Span::new(0, word.len())).map(|known| known.number);
            prop_assert_eq!(number_at(&token), vocabulary.number(&token));
            for (number, word) in words.iter().enumerate() {
                let upper = word.to_ascii_uppercase();
                prop_assert_eq!(number_at(&upper), Some(number as u32));
            }
        }
    }
}
