//! The tables of a language, compiled: vocabulary, phrases and their roles.
//!
//! Each word of a table gets a number; a phrase is a list of numbers kept with its first word, ordered by
//! its second and then longest first. A text's words are numbered while it is scanned, so that all matching compares 16-bit
//! numbers. Refused alternative: an Aho–Corasick automaton over the text, which finds every wording
//! everywhere although most of them only matter beside a number.

use std::collections::BTreeMap;
use std::fmt;

use crate::role::{Opening, Part, Pool, Role, Seed, Word};

/// A row of a table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Name of the table.
    pub table: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it, as a whole sentence.
    pub why: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.table, self.line, self.why)
    }
}

impl std::error::Error for TableError {}

/// A wording after its first word.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) rest: Box<[u16]>,
    /// The whole wording when it must be written just so.
    pub(crate) exact: Option<Box<str>>,
    pub(crate) role: Role,
}

/// Wordings that begin with one word.
#[derive(Debug, Default)]
struct Wordings {
    /// Those of more words, ordered by the second, each group longest first.
    long: Vec<Phrase>,
    /// Those of this word alone.
    short: Vec<Phrase>,
}

impl Wordings {
    /// Those that go on with `next`, longest first, then those of one word.
    #[inline]
    fn before(&self, next: u16) -> impl Iterator<Item = &Phrase> {
        let from = if next == 0 { self.long.len() } else { self.long.partition_point(|p| p.rest[0] < next) };
        self.long[from..].iter().take_while(move |p| p.rest[0] == next).chain(&self.short)
    }

    fn continues(&self, next: u16) -> bool {
        self.long.binary_search_by_key(&next, |p| p.rest[0]).is_ok()
    }

    fn add(&mut self, phrase: Phrase) {
        let list = if phrase.rest.is_empty() { &mut self.short } else { &mut self.long };
        if !list.iter().any(|p| p.rest == phrase.rest && p.exact == phrase.exact && p.role == phrase.role) {
            list.push(phrase);
        }
    }

    fn sorts(&self) -> u8 {
        self.long.iter().chain(&self.short).fold(0, |sorts, phrase| sorts | phrase.role.sort())
    }

    fn sort(&mut self) {
        self.long.sort_by_key(|p| (p.rest[0], std::cmp::Reverse(p.rest.len()), p.exact.is_none()));
        self.short.sort_by_key(|p| p.exact.is_none());
    }
}

/// All that is known of one word.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Lower-case bytes.
    text: Box<[u8]>,
    values: Wordings,
    /// Wordings with roles of grammar, but for the word alone: most words have only that.
    grammar: Wordings,
    /// Roles of grammar that the word alone has, a bit each.
    alone: u128,
    /// Roles of grammar that wordings in `grammar` have.
    more: u128,
    /// The word alone, without a wording of more words, can begin a value.
    opens: bool,
    /// The word alone leads to values and is none.
    leads: bool,
    /// What a value can do with it.
    part: Part,
}

/// The compiled tables.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Slots of (word number) by key; 0 is empty. A power of two long.
    slots: Vec<u16>,
    /// Key and part of each word, beside `entries` so that looking one up touches little memory.
    keys: Vec<(Key, Part)>,
    /// Number 0 is no word.
    entries: Vec<Entry>,
    /// For each word the roles of grammar that it, or a wording that begins with it, has.
    roles: Vec<u128>,
    /// For each word the sorts of values that it, or a wording that begins with it, has; see [`Role::sort`].
    sorts: Vec<u8>,
    ascii_signs: [u16; 128],
    wide_signs: BTreeMap<char, u16>,
    /// Words inside wordings that are values, while compiling.
    seeds: Vec<(u16, Seed)>,
    /// First words of wordings without any such word, while compiling.
    firsts: Vec<(u16, Part)>,
    pub(crate) pool: Pool,
}

/// Points and letters of abbreviations are everywhere, and make nothing likely.
const SHORT: usize = 2;

/// The bit of a role of grammar.
#[inline]
fn bit(word: Word) -> u128 {
    1 << (word as u32)
}

impl Lexicon {
    /// Compiles tables given as (name, text).
    pub(crate) fn compile(tables: &[(&str, &str)]) -> Result<Self, TableError> {
        let mut lexicon = Self {
            slots: vec![0; 4096],
            keys: vec![(Key::default(), Part::NONE)],
            entries: vec![Entry::new(Box::default())],
            roles: Vec::new(),
            sorts: Vec::new(),
            ascii_signs: [0; 128],
            wide_signs: BTreeMap::new(),
            seeds: Vec::new(),
            firsts: Vec::new(),
            pool: Pool::default(),
        };
        for (table, text) in tables {
            for (line, row) in text.lines().enumerate() {
                let fault = |why: String| TableError { table: (*table).to_owned(), line: line + 1, why };
                lexicon.add_row(row).map_err(fault)?;
            }
        }
        for (word, seed) in std::mem::take(&mut lexicon.seeds) {
            let entry = &mut lexicon.entries[usize::from(word)];
            if !entry.common() && !entry.leads && entry.text.len() > SHORT {
                entry.part.seed = entry.part.seed.or(seed);
            }
        }
        for (word, part) in std::mem::take(&mut lexicon.firsts) {
            let entry = &mut lexicon.entries[usize::from(word)];
            if !entry.common() && !entry.leads {
                entry.part = entry.part.or(part);
            }
        }
        for entry in &mut lexicon.entries {
            entry.values.sort();
            entry.grammar.sort();
        }
        for (key, entry) in lexicon.keys.iter_mut().zip(&lexicon.entries) {
            key.1 = entry.part;
        }
        lexicon.roles = lexicon.entries.iter().map(|entry| entry.alone | entry.more).collect();
        lexicon.sorts = lexicon.entries.iter().map(|entry| entry.values.sorts()).collect();
        Ok(lexicon)
    }

    fn add_row(&mut self, row: &str) -> Result<(), String> {
        if row.is_empty() || row.starts_with("# ") {
            return Ok(());
        }
        let mut cells = row.split('\t');
        let (Some(role), Some(value), Some(wordings), None) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            return Err("Expected three cells parted by tabs: role, value, wordings.".to_owned());
        };
        let meaning = Role::parse(role, value, &mut self.pool)
            .ok_or_else(|| format!("There is no role \"{role}\" with the value \"{value}\"."))?;
        for wording in wordings.split('|') {
            self.add_wording(wording.trim(), meaning)
                .ok_or_else(|| format!("The wording \"{wording}\" is empty."))?;
            if matches!(meaning, Role::Word(Word::Early | Word::Middle | Word::Late)) {
                // One look tells whether any of the three stands there.
                self.add_wording(wording.trim(), Role::Word(Word::Edge));
            }
        }
        Ok(())
    }

    fn add_wording(&mut self, wording: &str, role: Role) -> Option<()> {
        let exact = wording.strip_prefix('=').filter(|w| !w.is_empty());
        let numbers: Vec<u16> =
            atoms(exact.unwrap_or(wording)).into_iter().map(|atom| self.intern(atom)).collect();
        let (&first, rest) = numbers.split_first()?;
        let seedable = rest.iter().any(|&word| self.entries[usize::from(word)].text.len() > SHORT);
        let entry = &mut self.entries[usize::from(first)];
        let phrase = Phrase { rest: rest.into(), exact: exact.map(Into::into), role };
        match role {
            Role::Word(word) if rest.is_empty() && exact.is_none() => entry.alone |= bit(word),
            Role::Word(word) => {
                entry.more |= bit(word);
                entry.grammar.add(phrase);
            }
            _ => entry.values.add(phrase),
        }
        let part = role.part();
        let inner = if matches!(role, Role::Word(word) if rest.is_empty() && !word.inner()) {
            Seed::NONE
        } else {
            Seed::INNER
        };
        entry.part.seed = entry.part.seed.or(inner);
        entry.opens |= rest.is_empty() && part.opens != Opening::No;
        entry.leads |= rest.is_empty() && part.leads();
        // A wording of several words begins a value where its other words are seeds.
        let opens = if rest.is_empty() { part.opens } else { part.opens.min(Opening::BeforeSeed) };
        entry.part =
            entry.part.or(Part { opens, seed: if rest.is_empty() { part.seed } else { Seed::NONE } });
        // Where these are too short to be seeds ("y/y"), its first word is one.
        if !rest.is_empty() && !seedable && part.opens == Opening::Always && part.seed.meets(Seed::TIME) {
            self.firsts.push((first, part));
        }
        for &word in rest {
            let entry = &mut self.entries[usize::from(word)];
            entry.part.seed = entry.part.seed.or(Seed::INNER);
        }
        if part.seed != Seed::NONE {
            self.seeds.extend(rest.iter().map(|&word| (word, part.seed)));
        }
        Some(())
    }

    fn intern(&mut self, atom: &str) -> u16 {
        let sign = atom.chars().next().filter(|c| !c.is_alphabetic() && !c.is_ascii_digit());
        let known = match sign {
            Some(c) => self.sign(c).0,
            None => self.find(&atom.to_lowercase()).unwrap_or(0),
        };
        if known != 0 {
            return known;
        }
        let number = u16::try_from(self.entries.len()).unwrap_or(0);
        let lower = atom.to_lowercase().into_bytes();
        self.keys.push((Key::of(&lower, 0, lower.len()), Part::NONE));
        self.entries.push(Entry::new(lower.into()));
        match sign {
            Some(c) if c.is_ascii() => self.ascii_signs[c as usize] = number,
            Some(c) => {
                self.wide_signs.insert(c, number);
            }
            None => self.place(number),
        }
        number
    }

    fn place(&mut self, number: u16) {
        let mask = self.slots.len() - 1;
        let len = self.entries[usize::from(number)].text.len();
        let mut at = self.keys[usize::from(number)].0.slot(len, mask);
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = number;
        if self.entries.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for number in 1..self.entries.len() {
                if self.entries[number].text.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
                {
                    self.place(u16::try_from(number).unwrap_or(0));
                }
            }
        }
    }

    fn find(&self, lower: &str) -> Option<u16> {
        let (number, _) = self.word(lower.as_bytes(), 0, lower.len());
        (number != 0).then_some(number)
    }

    /// The number of the word `bytes[start..end]`, whatever its case, and its part in values.
    #[inline]
    pub(crate) fn word(&self, bytes: &[u8], start: usize, end: usize) -> (u16, Part) {
        let mask = self.slots.len() - 1;
        let wanted = Key::of(bytes, start, end);
        let mut at = wanted.slot(end - start, mask);
        loop {
            let number = self.slots[at];
            if number == 0 {
                return (0, Part::NONE);
            }
            let (key, part) = self.keys[usize::from(number)];
            if key == wanted && (end - start <= 16 || self.same(number, &bytes[start..end])) {
                return (number, part);
            }
            at = (at + 1) & mask;
        }
    }

    fn same(&self, number: u16, bytes: &[u8]) -> bool {
        self.entries[usize::from(number)].text.eq_ignore_ascii_case(bytes)
    }

    /// The number of a sign, and its part in values.
    #[inline]
    pub(crate) fn sign(&self, c: char) -> (u16, Part) {
        let number = match c {
            c if c.is_ascii() => self.ascii_signs[c as usize],
            c => self.wide_signs.get(&c).copied().unwrap_or(0),
        };
        (number, self.keys[usize::from(number)].1)
    }

    /// Wordings of values that begin with this word and go on with `next`, longest first, then those of
    /// the word alone.
    #[inline]
    pub(crate) fn values(&self, word: u16, next: u16) -> impl Iterator<Item = &Phrase> {
        self.entries[usize::from(word)].values.before(next)
    }

    /// Whether any wording of a value of one of these sorts begins with this word.
    #[inline]
    pub(crate) fn sorted(&self, word: u16, sorts: u8) -> bool {
        self.sorts[usize::from(word)] & sorts != 0
    }

    /// Whether any wording of a value begins with this word.
    #[inline]
    pub(crate) fn has_values(&self, word: u16) -> bool {
        let values = &self.entries[usize::from(word)].values;
        !(values.long.is_empty() && values.short.is_empty())
    }

    /// Whether a value can begin with the word where the word `next`, of this part, follows.
    #[inline]
    pub(crate) fn goes_on(&self, word: u16, next: u16, part: Part) -> bool {
        self.entries[usize::from(word)].opens && part.takes_part() || self.leads_on(word, next)
    }

    /// Whether a wording begins with the word and goes on with `next`.
    pub(crate) fn leads_on(&self, word: u16, next: u16) -> bool {
        let entry = &self.entries[usize::from(word)];
        next != 0 && (entry.values.continues(next) || entry.grammar.continues(next))
    }

    /// As [`Lexicon::values`], for roles of grammar; the word alone is left to [`Lexicon::alone`].
    #[inline]
    pub(crate) fn grammar(&self, word: u16, next: u16) -> impl Iterator<Item = &Phrase> {
        self.entries[usize::from(word)].grammar.before(next)
    }

    /// Whether the word, or a wording that begins with it, has this role of grammar.
    #[inline]
    pub(crate) fn may(&self, word: u16, role: Word) -> bool {
        self.roles[usize::from(word)] & bit(role) != 0
    }

    /// Whether the word alone has this role of grammar.
    #[inline]
    pub(crate) fn alone(&self, word: u16, role: Word) -> bool {
        self.entries[usize::from(word)].alone & bit(role) != 0
    }

    /// Whether [`Lexicon::grammar`] holds wordings with this role.
    #[inline]
    pub(crate) fn more(&self, word: u16, role: Word) -> bool {
        self.entries[usize::from(word)].more & bit(role) != 0
    }
}

impl Entry {
    /// Words of grammar that are everywhere.
    fn common(&self) -> bool {
        self.alone & (bit(Word::Stop) | bit(Word::Article) | bit(Word::Of)) != 0
    }

    fn new(text: Box<[u8]>) -> Self {
        Self {
            text,
            values: Wordings::default(),
            grammar: Wordings::default(),
            alone: 0,
            more: 0,
            opens: false,
            leads: false,
            part: Part::NONE,
        }
    }
}

/// The first sixteen bytes of a word as two numbers, capitals made small: most words are told apart by
/// comparing these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key(u64, u64);

const SMALL: u64 = 0x2020_2020_2020_2020;

impl Key {
    /// The key of the word `bytes[start..end]`; `bytes` may go on behind it.
    #[inline(always)]
    fn of(bytes: &[u8], start: usize, end: usize) -> Self {
        let len = end - start;
        if len <= 8 {
            Self(eight(bytes, start, len), 0)
        } else {
            Self(eight(bytes, start, 8), eight(bytes, start + 8, (len - 8).min(8)))
        }
    }

    /// Slots spread by the upper half of a product (Fibonacci hashing).
    #[inline]
    fn slot(self, len: usize, mask: usize) -> usize {
        let mixed = (self.0 ^ self.1.rotate_left(29) ^ len as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 40) as usize & mask
    }
}

/// Up to eight bytes as a number; bit 5, which tells capitals from small letters, is set in all of them.
#[inline(always)]
fn eight(bytes: &[u8], start: usize, len: usize) -> u64 {
    let mask = if len >= 8 { u64::MAX } else { (1 << (8 * len)) - 1 };
    let word = match bytes.get(start..start + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => bytes[start..start + len].iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)),
    };
    (word | SMALL) & mask
}

/// Words and signs of a wording; spaces and hyphens between words are left out.
fn atoms(wording: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = wording;
    while let Some(c) = rest.chars().next() {
        let same = |x: char| {
            if c.is_alphabetic() { x.is_alphabetic() } else { c.is_ascii_digit() && x.is_ascii_digit() }
        };
        let len = rest.find(|x| !same(x)).filter(|&n| n > 0).unwrap_or(if same(c) {
            rest.len()
        } else {
            c.len_utf8()
        });
        let (atom, after) = rest.split_at(len);
        if !c.is_whitespace() && c != '-' {
            out.push(atom);
        }
        rest = after;
    }
    out
}
