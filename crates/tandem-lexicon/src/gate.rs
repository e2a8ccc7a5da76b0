//! Which sentences hold forms of certain kinds, without marking everything else that they hold.
//!
//! Most sentences of most texts hold nothing that a reader looks for. A [`Gate`] knows the first words of the
//! forms that matter; [`Lexicon::survey`] turns all other words away by a few bits and follows only these into
//! the trie. It says exactly what [`Lexicon::scan`] would find of these forms, at a fraction of the cost. The
//! words are taken from the tables, so that no list can fall behind them. Refused alternative: an automaton over
//! the raw bytes before they are cut into tokens. Cutting costs little, is needed for all that passes, and
//! dispenses with a check of boundaries.

use tandem_model::{Document, Mark, Sentence, Token, TokenKind};

use crate::entry::Entry;
use crate::scan::Lexicon;
use crate::vocabulary::Sieve;

/// The forms that matter, with their kinds as bits.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Lets the first words of the forms through.
    sieve: Sieve,
    /// Lets the words behind the first through.
    inner: Sieve,
    /// For each form by its place in the trie, its kinds.
    kinds: Vec<u8>,
    /// For each word by number, the kinds of the forms that begin with it.
    begins: Vec<u8>,
    /// Whether any of them begins with a mark instead of a word.
    marks: bool,
}

impl Lexicon {
    /// A gate for the forms to which `kinds` gives bits; it is asked with a form's entry and first word.
    pub fn gate(&self, kinds: impl Fn(&Entry, &str) -> u8) -> Gate {
        let (vocabulary, outputs) = (self.vocabulary(), self.trie().all_outputs());
        let mut gate = Gate {
            sieve: Sieve::new(),
            inner: Sieve::new(),
            kinds: vec![0; outputs.len()],
            begins: vec![0; vocabulary.len() as usize],
            marks: false,
        };
        self.trie().each_form(|words, place| {
            let Some((&first, rest)) = words.split_first() else { return };
            let word = vocabulary.word(first);
            let bits = kinds(self.entry(outputs[place].entry), word);
            gate.kinds[place] = bits;
            if bits != 0 {
                gate.begins[first as usize] |= bits;
                gate.sieve.admit(word);
                rest.iter().for_each(|word| gate.inner.admit(vocabulary.word(*word)));
                gate.marks |= !word.starts_with(char::is_alphanumeric);
            }
        });
        gate
    }

    /// For each sentence the kinds of forms that it holds; `None` when the first `head` sentences are enough
    /// for `settled` to say that the rest need no look.
    pub fn survey(
        &self,
        gate: &Gate,
        document: &Document,
        head: usize,
        settled: impl Fn(&[u8]) -> bool,
    ) -> Option<Vec<u8>> {
        let mut found = Vec::with_capacity(document.sentences.len());
        for sentence in &document.sentences {
            if found.len() == head && settled(&found) {
                return None;
            }
            found.push(self.survey_sentence(gate, document, sentence));
        }
        Some(found)
    }

    fn survey_sentence(&self, gate: &Gate, document: &Document, sentence: &Sentence) -> u8 {
        let text = document.article.text.as_str();
        let end = sentence.end_token as usize;
        let mut found = 0;
        for (token, at) in document.tokens_of(sentence).iter().zip(sentence.first_token as usize..) {
            let mark = token.kind == TokenKind::Punct && !gate.marks;
            if mark || !gate.sieve.passes(text, token.span) {
                continue;
            }
            let Some(word) = self.number_at(document, at) else { continue };
            let hoped = gate.begins.get(word as usize).copied().unwrap_or(0);
            if hoped & !found != 0 {
                found |= self.kinds_from(gate, document, (at, end), word);
            }
        }
        found
    }

    /// The kinds of the forms that begin at token `start` with the word numbered `word`.
    fn kinds_from(&self, gate: &Gate, document: &Document, (start, end): (usize, usize), word: u32) -> u8 {
        let text = document.article.text.as_str();
        let goes_on = |token: &Token| gate.inner.passes(text, token.span);
        let mut found = 0;
        self.follow(document, (start, end), word, goes_on, |node, upto| {
            for place in self.trie().places(node) {
                let bits = gate.kinds.get(place).copied().unwrap_or(0);
                let output = self.trie().all_outputs().get(place);
                if bits & !found != 0 && output.is_some_and(|o| self.spelled(document, start, upto, o)) {
                    found |= bits;
                }
            }
        });
        found
    }

    /// As [`Lexicon::scan`], for those sentences alone whose numbers are given, in order.
    pub fn scan_sentences(
        &self,
        document: &Document,
        sentences: impl IntoIterator<Item = usize>,
        out: &mut Vec<Mark>,
    ) {
        let mut numbers = Vec::new();
        for sentence in sentences.into_iter().filter_map(|index| document.sentences.get(index)) {
            out.reserve(document.tokens_of(sentence).len());
            self.scan_sentence(document, sentence, &mut numbers, out);
        }
    }
}
