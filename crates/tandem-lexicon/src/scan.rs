//! The lexicon and its pass over a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_model::{ClassId, Document, Mark, Sentence, Token, TokenKind};
use tandem_text::{is_dash, is_joiner};

use crate::entry::Entry;
use crate::trie::{Output, Place, Trie};
use crate::vocabulary::{Home, Known, Pool, Vocabulary};

/// Word classes and names, ready to be found in documents.
///
/// Serialise it with a compact format (postcard) and embed it: reading it back is a matter of a few
/// array copies.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Lexicon {
    classes: BTreeMap<String, ClassId>,
    names: Vec<String>,
    entries: Vec<Entry>,
    vocabulary: Vocabulary,
    trie: Trie,
    spellings: Pool,
}

/// A lexicon as it is written: its tables without what is reckoned from them.
#[derive(Serialize, Deserialize)]
struct Stored {
    classes: BTreeMap<String, ClassId>,
    names: Vec<String>,
    entries: Vec<Entry>,
    vocabulary: Vocabulary,
    trie: Trie,
    spellings: Pool,
}

impl From<Stored> for Lexicon {
    fn from(stored: Stored) -> Self {
        let Stored { classes, names, entries, vocabulary, trie, spellings } = stored;
        Self::new(classes, names, entries, vocabulary, trie, spellings)
    }
}

impl From<Lexicon> for Stored {
    fn from(lexicon: Lexicon) -> Self {
        let Lexicon { classes, names, entries, vocabulary, trie, spellings } = lexicon;
        Self { classes, names, entries, vocabulary, trie, spellings }
    }
}

/// Room for the words of a sentence, used again for the next.
#[derive(Default)]
pub(crate) struct Desk {
    homes: Vec<Home>,
    words: Vec<Known>,
}

/// No word of the vocabulary.
const UNKNOWN: Known = Known { number: u32::MAX, root: 0 };
/// A dash, over which a match may step.
const DASH: Known = Known { number: u32::MAX - 1, root: 0 };
/// Letters from which on a name in capitals is taken for the name.
const CAPITALS: usize = 4;

impl Lexicon {
    pub(crate) fn new(
        classes: BTreeMap<String, ClassId>,
        names: Vec<String>,
        entries: Vec<Entry>,
        mut vocabulary: Vocabulary,
        trie: Trie,
        spellings: Pool,
    ) -> Self {
        vocabulary.note_roots(trie.roots());
        Self { classes, names, entries, vocabulary, trie, spellings }
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn trie(&self) -> &Trie {
        &self.trie
    }

    /// The number of a class.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.get(name).copied()
    }

    /// The name of a class; empty for a number that this lexicon did not hand out.
    pub fn class_name(&self, id: ClassId) -> &str {
        self.names.get(usize::from(id.0)).map_or("", String::as_str)
    }

    /// All classes by name.
    pub fn classes(&self) -> &BTreeMap<String, ClassId> {
        &self.classes
    }

    /// The entry behind a mark.
    ///
    /// # Panics
    /// When the number is not that of a mark of this lexicon: a caller's mistake that no text causes.
    pub fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    /// All entries, in the order in which they were added.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Appends a mark for every form found in the document, sorted by start, longest first, then by
    /// class and entry. Marks point at tokens of the document and never cross a sentence.
    pub fn scan(&self, document: &Document, out: &mut Vec<Mark>) {
        let mut desk = Desk::default();
        // What running text has; growing in the middle costs more than the slack.
        out.reserve(3 * document.tokens.len());
        for sentence in &document.sentences {
            self.scan_sentence(document, sentence, &mut desk, out);
        }
    }

    pub(crate) fn scan_sentence(
        &self,
        document: &Document,
        sentence: &Sentence,
        desk: &mut Desk,
        out: &mut Vec<Mark>,
    ) {
        let first = sentence.first_token as usize;
        let end = (sentence.end_token as usize).min(document.tokens.len());
        let text = document.article.text.as_str();
        let tokens = document.tokens.get(first..end).unwrap_or(&[]);
        let Desk { homes, words } = desk;
        homes.clear();
        homes.extend(tokens.iter().map(|token| self.vocabulary.home(text, token.span)));
        self.vocabulary.fetch(homes);
        words.clear();
        words.extend(tokens.iter().zip(homes.iter()).map(|(token, home)| self.known(text, token, *home)));
        self.trie.fetch(words.iter().map(|word| word.root));
        for start in 0..words.len() {
            if words[start].root == 0 {
                continue;
            }
            let found = out.len();
            let ends = self.walk(document, first + start, &words[start..], out);
            // The forms of one length are in order as they come.
            if ends > 1 {
                out[found..].sort_unstable_by_key(|m| (std::cmp::Reverse(m.end), m.class, m.entry));
            }
        }
    }

    /// The word at a token whose place is `home`, or one of the two above.
    #[inline(always)]
    fn known(&self, text: &str, token: &Token, home: Home) -> Known {
        if token.kind == TokenKind::Punct && is_dash_token(text, token) {
            return DASH;
        }
        self.vocabulary.known(home, text, token.span).unwrap_or(UNKNOWN)
    }

    /// Hands over every node on the way from token `start`, whose word is `word`, towards token
    /// `end`, each with the token behind it; as [`Lexicon::walk`], but words are looked up as they are met, and
    /// only where `goes_on` holds of them.
    pub(crate) fn follow(
        &self,
        document: &Document,
        (start, end): (usize, usize),
        word: Known,
        goes_on: impl Fn(&Token) -> bool,
        mut each: impl FnMut(u32, usize),
    ) {
        if word.root == 0 {
            return;
        }
        let mut node = word.root;
        let mut at = start;
        loop {
            at += 1;
            each(node, at);
            if self.trie.is_leaf(node) || at >= end {
                return;
            }
            if at + 1 < end && self.is_dash_at(document, at) && touches(document, at) {
                at += 1;
            }
            if document.tokens.get(at).is_none_or(|token| !goes_on(token)) {
                return;
            }
            let next = self.known_at(document, at).and_then(|word| self.trie.child(node, word.number));
            let Some(next) = next else { return };
            node = next;
        }
    }

    fn is_dash_at(&self, document: &Document, at: usize) -> bool {
        let text = document.article.text.as_str();
        document.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Punct && is_dash_token(text, t))
    }

    /// The word at a token that is no dash.
    pub(crate) fn known_at(&self, document: &Document, at: usize) -> Option<Known> {
        let token = document.tokens.get(at)?;
        let dash = || token.kind == TokenKind::Punct && is_dash_token(&document.article.text, token);
        self.vocabulary.known_at(&document.article.text, token.span).filter(|_| !dash())
    }

    /// Reports every form that begins at token `start`; `words` are those from there to the end of the
    /// sentence. Returns how many lengths they have.
    fn walk(&self, document: &Document, start: usize, words: &[Known], out: &mut Vec<Mark>) -> usize {
        let mut node = words.first().map_or(0, |word| word.root);
        let mut at = 0;
        let mut ends = 0;
        loop {
            let place = self.trie.place(node);
            let before = out.len();
            self.report(document, start, start + at + 1, place, out);
            ends += usize::from(out.len() > before);
            at += 1;
            if place.is_leaf() {
                return ends;
            }
            if words.get(at) == Some(&DASH) && touches(document, start + at) {
                at += 1;
            }
            let Some(next) = words.get(at).and_then(|word| place.child(word.number)) else {
                return ends;
            };
            node = next;
        }
    }

    /// Reports the forms that end at `place`, which was reached by the tokens `start..end`.
    #[inline(always)]
    fn report(&self, document: &Document, start: usize, end: usize, place: Place<'_>, out: &mut Vec<Mark>) {
        for output in place.outputs() {
            let (class, entry) = (output.class, output.entry);
            let mark = Mark { start: start as u32, end: end as u32, class, entry };
            // Two spellings of one entry stand side by side; one mark says it all.
            let spelled = output.spelling == 0 || self.spelled(document, start, end, &output);
            if spelled && out.last() != Some(&mark) {
                out.push(mark);
            }
        }
    }

    /// The spelling to be met, empty where case does not matter.
    pub(crate) fn spelling(&self, output: &Output) -> &str {
        output.spelling.checked_sub(1).map_or("", |number| self.spellings.get(number))
    }

    /// Whether the case of the tokens is the one that the form demands, if it demands one.
    pub(crate) fn spelled(&self, document: &Document, start: usize, end: usize, output: &Output) -> bool {
        if output.spelling == 0 {
            return true;
        }
        let spelling = self.spelling(output);
        // Nearly all names are met as they are written in the tables, or in small letters.
        if end == start + 1 {
            let word = document.token_text(start);
            if word == spelling || word.starts_with(|c: char| c.is_ascii_lowercase()) {
                return word == spelling || same(word, spelling);
            }
        }
        let words = || (start..end).map(|at| document.token_text(at)).filter(|w| !w.starts_with(is_dash));
        words().zip(spelling.split(' ')).all(|(word, form)| same(word, form)) || in_capitals(words())
    }
}

/// Whether a mark is a dash.
fn is_dash_token(text: &str, token: &Token) -> bool {
    match text.as_bytes().get(token.span.start()) {
        Some(byte @ 0..0x80) => is_dash(char::from(*byte)),
        _ => token.span.of(text).starts_with(is_dash),
    }
}

/// The characters of a word with its case, but with one apostrophe and nothing invisible.
pub(crate) fn exact(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| !is_joiner(*c)).map(|c| {
        let folded = tandem_text::fold_char(c);
        if folded == '\'' { folded } else { c }
    })
}

/// Whether a word is written as a form demands.
fn same(word: &str, form: &str) -> bool {
    word == form || (!word.is_ascii() || word.contains('`')) && exact(word).eq(form.chars())
}

/// Whether all letters are capitals, and enough of them to tell a name from a word.
fn in_capitals<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut letters = 0;
    for c in words.flat_map(str::chars) {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= CAPITALS
}

/// Whether a dash touches the word before it and the one after it, a line break apart.
fn touches(document: &Document, dash: usize) -> bool {
    let (Some(before), Some(own), Some(after)) =
        (document.tokens.get(dash.wrapping_sub(1)), document.tokens.get(dash), document.tokens.get(dash + 1))
    else {
        return false;
    };
    let gap = document.article.text.get(own.span.end()..after.span.start()).unwrap_or("");
    before.span.end() == own.span.start() && (gap.is_empty() || gap.contains('\n'))
}
