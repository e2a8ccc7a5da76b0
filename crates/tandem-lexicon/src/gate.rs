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
use crate::vocabulary::{CasedSieve, Known, Sieve};

/// The forms that matter, with their kinds as bits.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Lets the first words of all forms through; names are met with a capital.
    firsts: CasedSieve,
    /// Lets the words of forms of one word through.
    whole: CasedSieve,
    /// Lets the first two words of longer forms through.
    pairs: Sieve,
    /// Lets the words behind the first through.
    inner: Sieve,
    /// For each form by its place in the trie, its kinds.
    kinds: Vec<u16>,
    /// For each word by number, the kinds of the forms that begin with it.
    begins: Vec<u16>,
}

impl Gate {
    fn new(words: u32, forms: usize) -> Self {
        Self {
            firsts: CasedSieve::new(),
            whole: CasedSieve::new(),
            pairs: Sieve::new(),
            inner: Sieve::new(),
            kinds: vec![0; forms],
            begins: vec![0; words as usize],
        }
    }

    /// Whether a form may begin at a token: no is certain. Asked of every token of a text.
    #[inline(always)]
    fn may_begin(&self, token: &Token) -> bool {
        self.firsts.passes(token.sift, token.capital)
    }

    /// Whether a form may begin at a token of which [`Gate::may_begin`] holds, by the token behind it.
    fn may_go_on(&self, token: &Token, next: Option<&Token>) -> bool {
        self.whole.passes(token.sift, token.capital)
            // A dash may be stepped over.
            || next.is_some_and(|next| {
                next.kind == TokenKind::Punct || self.pairs.pair_passes(token.sift, next.sift)
            })
    }

    /// The tokens of a sentence, by number, at which a form may begin.
    #[inline(always)]
    fn beginnings(&self, document: &Document, sentence: &Sentence) -> impl Iterator<Item = usize> {
        let tokens = document.tokens_of(sentence);
        let may_begin = tokens.iter().enumerate().filter(|(_, token)| self.may_begin(token));
        let goes_on = may_begin.filter(|(place, token)| self.may_go_on(token, tokens.get(place + 1)));
        goes_on.map(|(place, _)| sentence.first_token as usize + place)
    }
}

/// A form met on the way through the trie: the token behind it, its kinds, and what it puts out.
struct Form {
    end: usize,
    kinds: u16,
    output: Output,
}

impl Lexicon {
    /// A gate for the forms to which `kinds` gives bits; it is asked with a form's entry and first word.
    pub fn gate(&self, kinds: impl Fn(&Entry, &str) -> u16) -> Gate {
        let vocabulary = self.vocabulary();
        let mut gate = Gate::new(vocabulary.len(), self.trie().places());
        self.trie().each_form(|words, place, output| {
            let Some((&first, rest)) = words.split_first() else { return };
            let word = vocabulary.word(first);
            let bits = kinds(self.entry(output.entry), word);
            gate.kinds[place] = bits;
            if bits != 0 {
                gate.begins[first as usize] |= bits;
                let any_case = !self.wants_capital(&output);
                gate.firsts.admit(word, any_case);
                if rest.is_empty() {
                    gate.whole.admit(word, any_case);
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
        settled: impl Fn(&[u16]) -> bool,
    ) -> Option<Vec<u16>> {
        let mut found = Vec::with_capacity(document.sentences.len());
        for sentence in &document.sentences {
            if found.len() == head && settled(&found) {
                return None;
            }
            found.push(self.survey_sentence(gate, document, sentence));
        }
        Some(found)
    }

    fn survey_sentence(&self, gate: &Gate, document: &Document, sentence: &Sentence) -> u16 {
        let end = sentence.end_token as usize;
        let mut found = 0;
        for at in gate.beginnings(document, sentence) {
            let Some(word) = self.known_at(document, at) else { continue };
            let hoped = gate.begins.get(word.number as usize).copied().unwrap_or(0);
            if hoped & !found != 0 {
                self.forms_from(gate, document, (at, end), word, |form| {
                    if form.kinds & !found != 0 && self.spelled(document, at, form.end, &form.output) {
                        found |= form.kinds;
                    }
                });
            }
        }
        found
    }

    /// Hands over each form of a sentence to which the gate gives kinds, in order of their first tokens, with its
    /// kinds.
    pub fn forms_of(
        &self,
        gate: &Gate,
        document: &Document,
        sentence: &Sentence,
        mut each: impl FnMut(Mark, u16),
    ) {
        let end = sentence.end_token as usize;
        for start in gate.beginnings(document, sentence) {
            let Some(word) = self.known_at(document, start) else { continue };
            if gate.begins.get(word.number as usize).is_none_or(|kinds| *kinds == 0) {
                continue;
            }
            self.forms_from(gate, document, (start, end), word, |form| {
                if form.kinds != 0 && self.spelled(document, start, form.end, &form.output) {
                    let Output { class, entry, .. } = form.output;
                    let mark = Mark { start: start as u32, end: form.end as u32, class, entry };
                    each(mark, form.kinds);
                }
            });
        }
    }

    /// Hands over the forms that begin at token `start` with the word `word`, if they are spelled so.
    #[inline(always)]
    fn forms_from(
        &self,
        gate: &Gate,
        document: &Document,
        (start, end): (usize, usize),
        word: Known,
        mut each: impl FnMut(Form),
    ) {
        let goes_on = |token: &Token| gate.inner.passes(token.sift);
        self.follow(document, (start, end), word, goes_on, |node, end| {
            for (place, output) in self.trie().outputs(node) {
                each(Form { end, kinds: gate.kinds.get(place).copied().unwrap_or(0), output });
            }
        });
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
