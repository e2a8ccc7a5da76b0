//! The tables of a language, compiled: vocabulary, phrases and their roles.
//!
//! Each word of a table gets a number; a phrase is a list of numbers kept with its first word, longest
//! first. A text's words are numbered while it is scanned, so that all matching compares 16-bit
//! numbers. Refused alternative: an Aho–Corasick automaton over the text, which finds every wording
//! everywhere although most of them only matter beside a number.

use std::collections::BTreeMap;
use std::fmt;

use crate::role::{Pool, Role};

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

/// The compiled tables.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Slots of (word number) by hash; 0 is empty. A power of two long.
    slots: Vec<u16>,
    /// Lower-case bytes of each word, and whether a value can begin with it; number 0 is no word.
    words: Vec<(Box<[u8]>, bool)>,
    ascii_signs: [u16; 128],
    wide_signs: BTreeMap<char, u16>,
    phrases: Vec<Vec<Phrase>>,
    pub(crate) pool: Pool,
}

impl Lexicon {
    /// Hash of no bytes.
    pub(crate) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

    /// Hash with one more byte (FNV-1a: short words, one multiplication a byte, no set-up).
    #[inline]
    pub(crate) fn step(hash: u64, byte: u8) -> u64 {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }

    /// Compiles tables given as (name, text).
    pub(crate) fn compile(tables: &[(&str, &str)]) -> Result<Self, TableError> {
        let mut lexicon = Self {
            slots: vec![0; 4096],
            words: vec![(Box::default(), false)],
            ascii_signs: [0; 128],
            wide_signs: BTreeMap::new(),
            phrases: vec![Vec::new()],
            pool: Pool::default(),
        };
        for (table, text) in tables {
            for (line, row) in text.lines().enumerate() {
                let fault = |why: String| TableError { table: (*table).to_owned(), line: line + 1, why };
                lexicon.add_row(row).map_err(fault)?;
            }
        }
        for list in &mut lexicon.phrases {
            list.sort_by_key(|p| (std::cmp::Reverse(p.rest.len()), p.exact.is_none()));
        }
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
        }
        Ok(())
    }

    fn add_wording(&mut self, wording: &str, role: Role) -> Option<()> {
        let exact = wording.strip_prefix('=').filter(|w| !w.is_empty());
        let numbers: Vec<u16> =
            atoms(exact.unwrap_or(wording)).into_iter().map(|atom| self.intern(atom)).collect();
        let (&first, rest) = numbers.split_first()?;
        let list = &mut self.phrases[usize::from(first)];
        let phrase = Phrase { rest: rest.into(), exact: exact.map(Into::into), role };
        if !list.iter().any(|p| p.rest == phrase.rest && p.exact == phrase.exact && p.role == role) {
            list.push(phrase);
        }
        self.words[usize::from(first)].1 |= role.opens();
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
        let number = u16::try_from(self.words.len()).unwrap_or(0);
        self.words.push((atom.to_lowercase().into_bytes().into(), false));
        self.phrases.push(Vec::new());
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
        let mut at = hash(&self.words[usize::from(number)].0) as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = number;
        if self.words.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for number in 1..self.words.len() {
                if self.words[number].0.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80) {
                    self.place(u16::try_from(number).unwrap_or(0));
                }
            }
        }
    }

    fn find(&self, lower: &str) -> Option<u16> {
        let (number, _) = self.word(lower.as_bytes(), hash(lower.as_bytes()));
        (number != 0).then_some(number)
    }

    /// The number of a word, given with the hash of its lower-case bytes, and whether a value can
    /// begin with it.
    #[inline]
    pub(crate) fn word(&self, bytes: &[u8], hash: u64) -> (u16, bool) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let number = self.slots[at];
            if number == 0 {
                return (0, false);
            }
            let (word, opens) = &self.words[usize::from(number)];
            if word.eq_ignore_ascii_case(bytes) {
                return (number, *opens);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a sign, and whether a value can begin with it.
    #[inline]
    pub(crate) fn sign(&self, c: char) -> (u16, bool) {
        let number = match c {
            c if c.is_ascii() => self.ascii_signs[c as usize],
            c => self.wide_signs.get(&c).copied().unwrap_or(0),
        };
        (number, self.words[usize::from(number)].1)
    }

    /// Wordings that begin with the word of this number, longest first.
    #[inline]
    pub(crate) fn phrases(&self, word: u16) -> &[Phrase] {
        &self.phrases[usize::from(word)]
    }
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(Lexicon::SEED, |h, &b| Lexicon::step(h, b))
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
