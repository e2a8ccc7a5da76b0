//! Which sentences hold forms of certain kinds, without marking everything else that they hold.
//!
//! Most sentences of most texts hold nothing that a reader looks for. A [`Gate`] knows the first words of the
//! forms that matter; [`Lexicon::survey`] turns all other words away by a few bits and follows only these into
//! the trie. It says exactly what [`Lexicon::scan`] would find of these forms, at a fraction of the cost. Names
//! are looked for where a token has a capital, forms of several words where two words in a row are theirs. The
//! words are taken from the tables, so that no list can fall behind them. Refused alternative: an automaton over
//! the raw bytes before they are cut into tokens. Cutting costs little, is needed for all that passes, and
//! dispenses with a check of boundaries.

use tandem_model::{Document, Mark, Sentence, Token, TokenKind};

use crate::entry::Entry;
use crate::scan::{Desk, Lexicon};
use crate::trie::Output;
use crate::vocabulary::{Known, Sieve};

/// The forms that matter, with their kinds as bits.
#[derive(Clone, Debug)]
pub struct Gate {
    /// What tokens in small letters are let through by, and what those with a capital are: names are met with one.
    firsts: [Firsts; 2],
    /// Lets the first two words of longer forms through.
    pairs: Sieve,
    /// Lets the words behind the first through.
    inner: Sieve,
    /// For each form by its place in the trie, its kinds.
    kinds: Vec<u8>,
    /// For each word by number, the kinds of the forms that begin with it.
    begins: Vec<u8>,
}

/// Sieves for the first words of forms.
#[derive(Clone, Debug)]
struct Firsts {
    /// Of all forms.
    any: Sieve,
    /// Of forms of one word.
    whole: Sieve,
}

impl Firsts {
    fn new() -> Self {
        Self { any: Sieve::new(), whole: Sieve::new() }
    }

    fn admit(&mut self, word: &str, whole: bool) {
        self.any.admit(word);
        if whole {
            self.whole.admit(word);
        }
    }
}

impl Gate {
    fn new(words: u32, forms: usize) -> Self {
        Self {
            firsts: [Firsts::new(), Firsts::new()],
            pairs: Sieve::new(),
            inner: Sieve::new(),
            kinds: vec![0; forms],
            begins: vec![0; words as usize],
        }
    }

    /// Whether a form may begin at a token: no is certain. Asked of every token of a text.
    #[inline(always)]
    fn may_begin(&self, token: &Token) -> bool {
        self.firsts[usize::from(token.capital)].any.passes(token.sift)
    }

    /// Whether a form may begin at a token of which [`Gate::may_begin`] holds, by the token behind it.
    fn may_go_on(&self, token: &Token, next: Option<&Token>) -> bool {
        self.firsts[usize::from(token.capital)].whole.passes(token.sift)
            // A dash may be stepped over.
            || next.is_some_and(|next| {
                next.kind == TokenKind::Punct || self.pairs.pair_passes(token.sift, next.sift)
            })
    }
}

impl Lexicon {
    /// A gate for the forms to which `kinds` gives bits; it is asked with a form's entry and first word.
    pub fn gate(&self, kinds: impl Fn(&Entry, &str) -> u8) -> Gate {
        let vocabulary = self.vocabulary();
        let mut gate = Gate::new(vocabulary.len(), self.trie().places());
        self.trie().each_form(|words, place, output| {
            let Some((&first, rest)) = words.split_first() else { return };
            let word = vocabulary.word(first);
            let bits = kinds(self.entry(output.entry), word);
            gate.kinds[place] = bits;
            if bits != 0 {
                gate.begins[first as usize] |= bits;
                gate.firsts[1].admit(word, rest.is_empty());
                if !self.wants_capital(&output) {
                    gate.firsts[0].admit(word, rest.is_empty());
                }
                if let Some(second) = rest.first() {
                    gate.pairs.admit_pair(word, vocabulary.word(*second));
                }
                rest.iter().for_each(|word| gate.inner.admit(vocabulary.word(*word)));
            }
        });
        gate
    }

    /// Whether a form is met with a capital alone.
    fn wants_capital(&self, output: &Output) -> bool {
        output.spelling != 0 && self.spelling(output).starts_with(|c: char| c.is_ascii_uppercase())
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
        let end = sentence.end_token as usize;
        let mut found = 0;
        let tokens = document.tokens_of(sentence);
        for (place, token) in tokens.iter().enumerate().filter(|(_, token)| gate.may_begin(token)) {
            if !gate.may_go_on(token, tokens.get(place + 1)) {
                continue;
            }
            let at = sentence.first_token as usize + place;
            let Some(word) = self.known_at(document, at) else { continue };
            let hoped = gate.begins.get(word.number as usize).copied().unwrap_or(0);
            if hoped & !found != 0 {
                found |= self.kinds_from(gate, document, (at, end), word);
            }
        }
        found
    }

    /// The kinds of the forms that begin at token `start` with the word `word`.
    fn kinds_from(&self, gate: &Gate, document: &Document, (start, end): (usize, usize), word: Known) -> u8 {
        let goes_on = |token: &Token| gate.inner.passes(token.sift);
        let mut found = 0;
        self.follow(document, (start, end), word, goes_on, |node, upto| {
            for (place, output) in self.trie().outputs(node) {
                let bits = gate.kinds.get(place).copied().unwrap_or(0);
                if bits & !found != 0 && self.spelled(document, start, upto, &output) {
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
        let mut desk = Desk::default();
        for sentence in sentences.into_iter().filter_map(|index| document.sentences.get(index)) {
            out.reserve(document.tokens_of(sentence).len());
            self.scan_sentence(document, sentence, &mut desk, out);
        }
    }
}
