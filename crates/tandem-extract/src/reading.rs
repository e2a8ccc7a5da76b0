//! One article while it is being read: its tokens and all marks on them.
//!
//! Marks come from three makers, in this order: the lexicon (words and names), the values (numbers,
//! money, dates) and the phrases (documents, bodies, projects, acts, persons). The rules see only marks;
//! [`Mark::entry`] leads back to the lexicon entry, the value or the [`Thing`] behind one.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tandem_lexicon::Entry;
use tandem_model::{
    Bound, ClassId, Dating, Document, Mark, Mention, Number, Sentence, Span, TimexKind, TimexMod, Value,
};

use crate::classes::{Bits, Classes, NAMED, Origin};
use crate::grammar::Parts;
use crate::shared_names;

/// A phrase that names something: a document, a body, a project, an act, a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thing {
    /// Its words, white space folded.
    pub name: String,
    /// First token.
    pub start: u32,
    /// First token after it.
    pub end: u32,
    /// The lexicon entry of its head noun, if it has one.
    pub head: Option<u32>,
    /// The token of its head noun.
    pub head_token: u32,
    /// How many: an index into the values.
    pub count: Option<usize>,
    /// It is a plural, or a bundle.
    pub plural: bool,
    /// It bears a name of its own (capitals or quotation marks).
    pub named: bool,
    /// Countries or blocs that the phrase itself names.
    pub codes: Vec<String>,
}

/// A document with everything that is marked on it.
pub(crate) struct Reading<'a> {
    pub parts: &'a Parts,
    pub classes: &'a Classes,
    pub capitals: &'a BTreeMap<String, String>,
    pub doc: &'a Document,
    /// For each token its length and first letter; see [`keys`].
    keys: Vec<u16>,
    pub dating: &'a Dating,
    pub marks: Vec<Mark>,
    /// For each token, the number of the first mark that starts there or later; one more at the end.
    first_at: Vec<u32>,
    /// For each token, which of the classes that code names start there: most questions are answered "none".
    starting: Vec<Bits>,
    /// The same the other way round: for each of those classes, by its place, a bit for every token. Left out where
    /// few sentences are marked.
    places: Vec<u64>,
    /// Numbers of 64 tokens in `places` for one class.
    stride: usize,
    /// The same for every sentence; a class that was taken away again may still be there.
    in_sentence: Vec<Bits>,
    /// For each token, the number of its sentence, or of the next where it has none.
    sentence_of: Vec<u32>,
    pub values: Vec<Mention>,
    pub things: Vec<Thing>,
    /// Numbers of the sentences worth reading, once asked for.
    pub(crate) worth_reading: OnceCell<Vec<usize>>,
    /// All persons are marked.
    pub people_known: bool,
    /// All values are marked.
    values_known: bool,
    /// Acts are marked everywhere, not only where a rule could use them: for people who look at marks.
    pub thorough: bool,
}

impl<'a> Reading<'a> {
    /// Lexicon marks, sorted as the lexicon gives them; values and phrases are added later.
    pub(crate) fn new(
        parts: &'a Parts,
        (classes, capitals): (&'a Classes, &'a BTreeMap<String, String>),
        doc: &'a Document,
        dating: &'a Dating,
        mut marks: Vec<Mark>,
    ) -> Self {
        shared_names::unnest(classes, &mut marks);
        shared_names::settle(&parts.lexicon, classes, &mut marks);
        let mut reading = Self::bare(parts, (classes, capitals), doc, dating, Vec::new());
        reading.stride = doc.tokens.len().div_ceil(64);
        reading.places = vec![0; NAMED as usize * reading.stride];
        reading.marks = marks;
        reading.note_all();
        reading.add_marks(reading.clauses());
        reading.drop_modifiers();
        reading
    }

    /// The marks as the lexicon gives them and nothing else: for a look at what a text is about.
    pub(crate) fn bare(
        parts: &'a Parts,
        (classes, capitals): (&'a Classes, &'a BTreeMap<String, String>),
        doc: &'a Document,
        dating: &'a Dating,
        mut marks: Vec<Mark>,
    ) -> Self {
        shared_names::unnest(classes, &mut marks);
        shared_names::settle(&parts.lexicon, classes, &mut marks);
        let mut reading = Self {
            parts,
            classes,
            capitals,
            doc,
            keys: keys(doc),
            dating,
            marks,
            first_at: Vec::new(),
            starting: vec![0; doc.tokens.len()],
            places: Vec::new(),
            stride: 0,
            in_sentence: vec![0; doc.sentences.len()],
            sentence_of: sentences_of_tokens(doc),
            values: Vec::new(),
            things: Vec::new(),
            worth_reading: OnceCell::new(),
            people_known: false,
            values_known: false,
            thorough: false,
        };
        reading.note_all();
        reading
    }

    /// Notes all marks, which are in order.
    fn note_all(&mut self) {
        if self.stride == 0 {
            for index in 0..self.marks.len() {
                self.note(self.marks[index]);
            }
            return self.count();
        }
        for mark in &self.marks {
            // Half of all marks are for rules alone.
            let Some(slot) = self.classes.slot(mark.class) else { continue };
            let Some(token) = self.starting.get_mut(mark.start as usize) else { continue };
            *token |= self.classes.known_bit(mark.class);
            self.places[slot * self.stride + mark.start as usize / 64] |= 1 << (mark.start % 64);
        }
        for (all, sentence) in self.in_sentence.iter_mut().zip(&self.doc.sentences) {
            let tokens = self.starting.get(sentence.first_token as usize..sentence.end_token as usize);
            *all = tokens.unwrap_or(&[]).iter().fold(0, |all, token| all | token);
        }
        self.count();
    }

    /// Whether marks of such an origin may still come into a sentence.
    pub(crate) fn may_come(&self, origin: Origin, sentence: &Sentence) -> bool {
        match origin {
            Origin::Noun(noun) => self.holds_any(sentence, self.classes.bit(noun)),
            Origin::Value => !self.values_known,
            Origin::Person => !self.people_known,
            Origin::Other => true,
        }
    }

    /// The text of the article.
    pub(crate) fn text(&self) -> &'a str {
        &self.doc.article.text
    }

    /// A token's text.
    pub(crate) fn word(&self, token: u32) -> &'a str {
        let doc: &'a Document = self.doc;
        doc.tokens.get(token as usize).map_or("", |t| t.span.of(&doc.article.text))
    }

    /// Whether a token is this word, whatever its case. Asked of every token, mostly of a list of words one by one: length
    /// and first letter say no, in a line that is short enough to be written out for each word.
    #[inline(always)]
    pub(crate) fn is(&self, token: u32, word: &str) -> bool {
        self.may_be(token, word) && self.is_the_word(token, word)
    }

    /// Whether a token is this word with its case. Asked of every token, as [`Reading::is`] is.
    #[inline(always)]
    pub(crate) fn is_exactly(&self, token: u32, word: &str) -> bool {
        self.may_be(token, word) && self.word(token) == word
    }

    /// Whether a token begins with these small letters, whatever its case.
    #[inline(always)]
    pub(crate) fn begins(&self, token: u32, stem: &str) -> bool {
        let own = self.keys.get(token as usize).copied().unwrap_or(0);
        let first = stem.as_bytes().first().copied().unwrap_or(0);
        first | SMALL == own as u8 && stem.len() <= usize::from(own >> 8) && self.is_the_head(token, stem)
    }

    /// Whether a token is as long as a quotation mark and begins as one does. Asked of every token.
    #[inline(always)]
    pub(crate) fn may_be_quote(&self, token: u32) -> bool {
        const MARKS: [u16; 4] = [key_of("\""), key_of("«"), key_of("“"), key_of("‘‘")];
        self.keys.get(token as usize).is_some_and(|own| MARKS.contains(own))
    }

    /// Whether a token begins with one of some letters, whatever its case; see [`letters`].
    #[inline(always)]
    pub(crate) fn begins_with(&self, token: u32, letters: u32) -> bool {
        self.keys.get(token as usize).is_some_and(|own| letters >> (own & 31) & 1 == 1)
    }

    /// Whether a token is as long as a word and begins as it does; no token is taken for the empty word.
    #[inline(always)]
    fn may_be(&self, token: u32, word: &str) -> bool {
        match self.keys.get(token as usize) {
            Some(own) => {
                usize::from(own >> 8) == word.len().min(LONGEST_KEY)
                    && word.as_bytes().first().is_none_or(|first| first | SMALL == *own as u8)
            }
            None => word.is_empty(),
        }
    }

    #[inline(never)]
    fn is_the_word(&self, token: u32, word: &str) -> bool {
        // No mark is the capital of another, so that their keys have told.
        matches!(word.as_bytes(), [b' '..=b'?']) || self.word(token).eq_ignore_ascii_case(word)
    }

    #[inline(never)]
    fn is_the_head(&self, token: u32, stem: &str) -> bool {
        let head = self.word(token).as_bytes().get(..stem.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(stem.as_bytes()))
    }

    /// Whether a token is a word with this ending, in small letters.
    pub(crate) fn ends(&self, token: u32, ending: &str) -> bool {
        self.doc.tokens.get(token as usize).is_some_and(|t| self.bytes(t.span).ends_with(ending.as_bytes()))
    }

    fn bytes(&self, span: Span) -> &'a [u8] {
        self.doc.article.text.as_bytes().get(span.start()..span.end()).unwrap_or(&[])
    }

    /// Bytes from one token through the token before `end`.
    pub(crate) fn span(&self, start: u32, end: u32) -> Span {
        let tokens = &self.doc.tokens;
        let (Some(first), Some(last)) =
            (tokens.get(start as usize), tokens.get((end.max(start + 1) - 1) as usize))
        else {
            return Span::default();
        };
        first.span.cover(last.span)
    }

    /// The words from one token to another, white space folded.
    pub(crate) fn words(&self, start: u32, end: u32) -> String {
        let raw = self.span(start, end).of(self.text());
        if is_folded(raw.as_bytes()) {
            return raw.to_owned();
        }
        let mut folded = String::with_capacity(raw.len());
        for word in raw.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded
    }

    /// The marks of a sentence, sorted by start, then longest first.
    pub(crate) fn marks_of(&self, sentence: usize) -> &[Mark] {
        let sentence = self.sentence(sentence);
        let marks = self.from(sentence.first_token);
        &marks[..marks.len() - self.from(sentence.end_token).len()]
    }

    /// The marks that start at a token or later.
    fn from(&self, token: u32) -> &[Mark] {
        let first = self.first_at.get(token as usize).map_or(self.marks.len(), |i| *i as usize);
        &self.marks[first..]
    }

    /// The marks within a token range.
    pub(crate) fn between(&self, start: u32, end: u32) -> impl Iterator<Item = &Mark> {
        self.from(start).iter().take_while(move |m| m.start < end).filter(move |m| m.end <= end)
    }

    /// The marks of one class within a token range.
    pub(crate) fn within(
        &self,
        start: u32,
        end: u32,
        class: ClassId,
    ) -> impl DoubleEndedIterator<Item = Mark> + '_ {
        let marks = if self.nowhere(start, end, class) { &[] } else { self.around(start, end, class) };
        marks.iter().filter(move |m| m.class == class && m.end <= end).copied()
    }

    /// Whether no mark of a class starts in the sentence of two tokens: most questions are asked of one sentence, and most
    /// sentences hold none. Yes is certain, no is not.
    #[inline(always)]
    fn nowhere(&self, start: u32, end: u32, class: ClassId) -> bool {
        let bit = self.classes.known_bit(class);
        let sentence = |token: u32| self.sentence_of.get(token as usize);
        let (from, to) = (sentence(start), sentence(end.wrapping_sub(1)));
        let held = from.filter(|_| from == to).and_then(|at| self.in_sentence.get(*at as usize));
        held.is_some_and(|held| bit != 0 && held & bit == 0)
    }

    /// The marks from the first token at which one of the class starts to the last, between two tokens.
    fn around(&self, start: u32, end: u32, class: ClassId) -> &[Mark] {
        let end = (end as usize).min(self.doc.tokens.len());
        let start = start as usize;
        if start >= end {
            return &[];
        }
        let ends = match self.classes.slot(class) {
            Some(slot) if self.stride > 0 => {
                let from = slot * self.stride;
                let words = self.places.get(from + start / 64..=from + (end - 1) / 64);
                words.and_then(|words| ends(words, start, end))
            }
            _ => Some((start, end - 1)),
        };
        let Some((first, last)) = ends else { return &[] };
        &self.marks[self.first_at[first] as usize..self.first_at[last + 1] as usize]
    }

    /// Whether marks of any of these classes start within a sentence; see [`crate::classes::Masks`].
    pub(crate) fn holds_any(&self, sentence: &Sentence, mask: Bits) -> bool {
        if !self.may_start_in(self.sentence_at(sentence.first_token), mask) {
            return false;
        }
        let (first, end) = (sentence.first_token as usize, sentence.end_token as usize);
        self.starting.get(first..end).is_some_and(|all| all.iter().any(|token| token & mask != 0))
    }

    /// Whether a mark of the class starts at the token.
    pub(crate) fn starts(&self, token: u32, class: ClassId) -> Option<Mark> {
        let bit = self.classes.known_bit(class);
        if bit != 0 && !self.starts_any(token, bit) {
            return None;
        }
        self.from(token).iter().take_while(|m| m.start == token).find(|m| m.class == class).copied()
    }

    /// Whether a mark of any of these classes starts at the token.
    pub(crate) fn starts_any(&self, token: u32, mask: Bits) -> bool {
        self.starting.get(token as usize).is_some_and(|bits| bits & mask != 0)
    }

    /// Whether a mark of the class covers the token; the classes asked for have marks of a few tokens.
    pub(crate) fn covered(&self, token: u32, class: ClassId) -> bool {
        const LONGEST: u32 = 16;
        let first = token.saturating_sub(LONGEST);
        if self.nowhere_near(first, token, class) {
            return false;
        }
        self.around(first, token + 1, class).iter().any(|m| m.class == class && m.end > token)
    }

    /// Whether no mark of a class starts in the two words of bits around two tokens that are close to one another. Yes is
    /// certain, no is not.
    #[inline(always)]
    fn nowhere_near(&self, first: u32, last: u32, class: ClassId) -> bool {
        let Some(slot) = self.classes.slot(class).filter(|_| self.stride > 0) else { return false };
        let row = slot * self.stride;
        let word = |token: u32| self.places.get(row + token as usize / 64).copied();
        // Behind the last token of all the row of another class begins: it says less, and nothing wrong.
        matches!((word(first), word(last)), (Some(0), Some(0)))
    }

    /// The marks at all tokens at which one of these classes starts, those of other classes included.
    pub(crate) fn starting_with(&self, mask: Bits) -> impl Iterator<Item = &Mark> {
        let tokens =
            self.starting.iter().zip(self.first_at.windows(2)).filter(move |(bits, _)| *bits & mask != 0);
        tokens.flat_map(|(_, ends)| &self.marks[ends[0] as usize..ends[1] as usize])
    }

    /// The lexicon entry behind a mark of a lexicon class.
    pub(crate) fn entry(&self, mark: Mark) -> &'a Entry {
        self.parts.lexicon.entry(mark.entry)
    }

    /// The thing behind a mark of a phrase class.
    pub(crate) fn thing(&self, mark: Mark) -> &Thing {
        &self.things[mark.entry as usize]
    }

    /// The value behind a mark of a value class.
    pub(crate) fn value(&self, mark: Mark) -> &Mention {
        &self.values[mark.entry as usize]
    }

    /// So many tokens before one, but in its own sentence: what stands before a full stop tells nothing of what stands
    /// behind it.
    pub(crate) fn back(&self, token: u32, tokens: u32) -> u32 {
        let first = self.doc.sentences.get(self.sentence_at(token)).map_or(0, |s| s.first_token);
        token.saturating_sub(tokens).max(first.min(token))
    }

    /// The number of the sentence that holds a token.
    pub(crate) fn sentence_at(&self, token: u32) -> usize {
        let last = self.doc.sentences.len().saturating_sub(1);
        self.sentence_of.get(token as usize).map_or(last, |index| (*index as usize).min(last))
    }

    /// Whether marks of any of these classes may start within a sentence: no is certain, yes is not.
    pub(crate) fn may_start_in(&self, sentence: usize, mask: Bits) -> bool {
        self.in_sentence.get(sentence).is_some_and(|bits| bits & mask != 0)
    }

    /// A sentence.
    pub(crate) fn sentence(&self, index: usize) -> &'a Sentence {
        &self.doc.sentences[index]
    }

    /// Adds phrases of one class with their marks.
    pub(crate) fn add_things(&mut self, class: ClassId, things: Vec<Thing>) {
        if things.is_empty() {
            return;
        }
        let mut marks = Vec::with_capacity(things.len());
        for thing in things {
            let entry = self.things.len() as u32;
            marks.push(Mark { start: thing.start, end: thing.end, class, entry });
            self.things.push(thing);
        }
        self.add_marks(marks);
    }

    /// Adds marks where they belong in the order of all: by start, then longest first.
    fn add_marks(&mut self, new: Vec<Mark>) {
        if !new.is_empty() {
            self.merge(new);
        }
    }

    fn merge(&mut self, mut new: Vec<Mark>) {
        new.sort_unstable_by_key(order);
        new.dedup();
        new.retain(|mark| self.marks.get(self.place_of(mark)) != Some(mark));
        // From the last to the first, so that what stands behind a new mark is moved once, to where it stays.
        let mut end = self.marks.len();
        let mut at = self.first_at.len();
        let filler = Mark { start: 0, end: 0, class: ClassId(u16::MAX), entry: 0 };
        self.marks.resize(end + new.len(), filler);
        for (before, mark) in new.iter().enumerate().rev() {
            let place = self.place_of(mark).min(end);
            self.marks.copy_within(place..end, place + before + 1);
            self.marks[place + before] = *mark;
            end = place;
            // Behind each new mark all places move up by the marks put in up to there.
            let from = mark.start as usize + 1;
            self.first_at[from..at.max(from)].iter_mut().for_each(|at| *at += before as u32 + 1);
            at = at.min(from);
        }
        new.into_iter().for_each(|mark| self.note(mark));
    }

    /// Where a mark belongs among all, whose places are known.
    fn place_of(&self, mark: &Mark) -> usize {
        let first = self.first_at.get(mark.start as usize).map_or(self.marks.len(), |at| *at as usize);
        let end = self.first_at.get(mark.start as usize + 1).map_or(self.marks.len(), |at| *at as usize);
        let here = self.marks.get(first..end).unwrap_or(&[]);
        first + here.iter().take_while(|known| order(known) < order(mark)).count()
    }

    /// Notes that a mark's class starts at its token.
    fn note(&mut self, mark: Mark) {
        let bit = self.classes.known_bit(mark.class);
        if let Some(token) = self.starting.get_mut(mark.start as usize) {
            *token |= bit;
            if self.stride > 0
                && let Some(slot) = self.classes.slot(mark.class)
            {
                self.places[slot * self.stride + mark.start as usize / 64] |= 1 << (mark.start % 64);
            }
            if let Some(sentence) = self.in_sentence.get_mut(self.sentence_of[mark.start as usize] as usize) {
                *sentence |= bit;
            }
        }
    }

    /// Finds where each token's marks begin.
    fn count(&mut self) {
        let tokens = self.doc.tokens.len();
        self.first_at.clear();
        self.first_at.resize(tokens + 2, 0);
        for mark in &self.marks {
            self.first_at[mark.start as usize + 1] += 1;
        }
        self.first_at.pop();
        let mut before = 0;
        for at in &mut self.first_at {
            before += *at;
            *at = before;
        }
    }

    /// Clause ends that need no table: semicolons, colons, commas before a relative, and "after visiting".
    fn clauses(&self) -> Vec<Mark> {
        let class = self.classes.clause_end;
        let mut found = Vec::new();
        let (semicolon, colon, comma) = (key_of(";"), key_of(":"), key_of(","));
        let (after, before) = (key_of("after"), key_of("before"));
        for (own, at) in self.keys.iter().zip(0..) {
            let cut = match *own {
                own if own == semicolon || own == colon => true,
                own if own == comma => ["which", "who", "where"].iter().any(|word| self.is(at + 1, word)),
                own if own == after || own == before => {
                    matches!(self.word(at), "after" | "before") && self.ends(at + 1, "ing")
                }
                _ => false,
            };
            if cut {
                found.push(Mark { start: at, end: at + 1, class, entry: 0 });
            }
        }
        found
    }

    /// Adds the values that were found in the text, each under its classes.
    pub(crate) fn add_values(&mut self, values: Vec<Mention>) {
        self.values = values;
        self.values_known = true;
        let mut found = Vec::new();
        for (mention, index) in self.values.iter().zip(0..) {
            if let Some((start, end)) = self.tokens_of(mention.span) {
                value_classes(self.classes, &mention.value, |class| {
                    found.push(Mark { start, end, class, entry: index });
                });
            }
        }
        self.add_marks(found);
        self.mark_counted();
    }

    /// The tokens that a span touches.
    fn tokens_of(&self, span: Span) -> Option<(u32, u32)> {
        let tokens = &self.doc.tokens;
        let start = tokens.partition_point(|t| t.span.end() <= span.start()) as u32;
        let end = tokens.partition_point(|t| t.span.start() < span.end()) as u32;
        (start < end).then_some((start, end))
    }

    /// "Trade contracts" and "investment agreements" are documents: an indicator right before another head
    /// noun is only its modifier. "It should be noted" and "I would like to stress" aim at nothing.
    fn drop_modifiers(&mut self) {
        let c = self.classes;
        let heads = [c.doc_noun, c.project_noun, c.body_noun, c.title, c.meeting, c.office_noun, c.sector];
        let modifier = |m: &Mark| {
            if m.class != c.indicator || m.end != m.start + 1 {
                return false;
            }
            let inside =
                heads.iter().any(|class| self.starts(m.start, *class).is_some_and(|h| h.end > m.end));
            let head = heads.iter().any(|class| self.starts(m.end, *class).is_some());
            let head = inside || head && self.starts(m.end, c.indicator).is_none();
            let weak = self.entry(*m).get("weak").is_some();
            // "Take trade past the mark", "trade up 9 percent", "increase trade fivefold": no noun that "trade" could describe.
            head || weak
                && self.plain_word(m.end)
                && !self.tells_measure(m.end)
                && self.starts(m.end, c.goal_noun).is_none()
        };
        let filler = |m: &Mark| [c.aim, c.modal].contains(&m.class) && self.covered(m.start, c.filler);
        // "They signed a draft memorandum, a protocol and a plan": an adjective of the first alone.
        let draft = |m: &Mark| {
            m.class == c.doc_verb
                && self.is(m.start, "draft")
                && self.starts(m.start + 1, c.doc_noun).is_some()
                && self.within(self.back(m.start, 4), m.start, c.doc_verb).next().is_some()
        };
        let drops = |m: &Mark| modifier(m) || filler(m) || draft(m);
        let mask = c.bit(c.indicator) | c.bit(c.aim) | c.bit(c.modal) | c.bit(c.doc_verb);
        let dropped: Vec<Mark> = self.starting_with(mask).filter(|m| drops(m)).copied().collect();
        if dropped.is_empty() {
            return;
        }
        let mut next = dropped.iter().peekable();
        self.marks.retain(|mark| next.next_if(|drop| **drop == *mark).is_none());
        self.count();
        // Its place and its sentence may still claim the class; that costs a look, no more.
        for mark in dropped {
            let left = self.from(mark.start).iter().take_while(|m| m.start == mark.start);
            self.starting[mark.start as usize] =
                left.fold(0, |bits, mark| bits | self.classes.known_bit(mark.class));
        }
    }

    /// A lower-case word of no closed class and no known verb: likely a noun.
    fn plain_word(&self, token: u32) -> bool {
        let c = self.classes;
        self.doc
            .tokens
            .get(token as usize)
            .is_some_and(|t| t.kind == tandem_model::TokenKind::Word && !t.capital)
            && !self.starts_any(token, c.masks.no_plain_noun)
            && !self.ends(token, "ed")
    }

    /// Whether a word says how far or how much something goes, and is no noun: "past", "further", "four", "tenfold", "sharply".
    fn tells_measure(&self, token: u32) -> bool {
        const WORDS: [&str; 21] = [
            "past", "up", "down", "further", "again", "even", "twice", "thrice", "once", "back", "several",
            "many", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ];
        self.ends(token, "fold") || self.ends(token, "ly") || WORDS.iter().any(|w| self.is(token, w))
    }

    /// COUNTED: a count of firms, people, flights or jobs, from the number through the noun.
    fn mark_counted(&mut self) {
        let c = self.classes;
        let mut found = Vec::new();
        let numbers = self.starting_with(c.bit(c.count) | c.bit(c.number));
        for mark in numbers.filter(|m| m.class == c.count || m.class == c.number) {
            let end = self.sentence(self.sentence_at(mark.start)).end_token.min(mark.end + 6);
            let noun = self.within(mark.end, end, c.indicator).find(|m| self.counts(*mark, *m));
            if noun.is_some() {
                found.push(Mark { class: c.counted, ..*mark });
            }
        }
        self.add_marks(found);
    }

    /// Whether an indicator noun is what the number before it counts: nothing but modifiers between.
    fn counts(&self, number: Mark, noun: Mark) -> bool {
        let c = self.classes;
        let countable = ["companies", "jobs", "flights", "tourists", "passengers"];
        // "940 Brazilian-owned companies", "600 Emirati-capital companies".
        let hyphen = |t: u32| self.is(t, "-") && (self.ends(t + 1, "ed") || self.is(t + 1, "capital"));
        let plain = |t: u32| {
            let token = &self.doc.tokens[t as usize];
            hyphen(t)
                || token.kind == tandem_model::TokenKind::Word
                    && [c.prep, c.conj, c.aux, c.pron, c.rel]
                        .iter()
                        .all(|class| self.starts(t, *class).is_none())
        };
        let countable = |i: &str| countable.contains(&i) || i.starts_with("other:");
        self.entry(noun).get("indicator").is_some_and(countable) && (number.end..noun.start).all(plain)
    }
}

/// The first and the last bit that is set from `start` up to `end`, which is behind it, of the words that hold these.
#[inline(always)]
fn ends(words: &[u64], start: usize, end: usize) -> Option<(usize, usize)> {
    let (head, tail) = (u64::MAX << (start % 64), u64::MAX >> (63 - (end - 1) % 64));
    let (from, to) = (start & !63, (end - 1) & !63);
    let first = |word: u64, at: usize| at + word.trailing_zeros() as usize;
    let last = |word: u64, at: usize| at + 63 - word.leading_zeros() as usize;
    match words {
        // Nearly always: a sentence, or less.
        [word] => {
            let word = word & head & tail;
            (word != 0).then(|| (first(word, from), last(word, from)))
        }
        [a, between @ .., b] => {
            let (a, b) = (a & head, b & tail);
            let set = |word: &u64| *word != 0;
            let from_inner = || between.iter().position(set).map(|n| first(between[n], from + 64 * (n + 1)));
            let to_inner = || between.iter().rposition(set).map(|n| last(between[n], from + 64 * (n + 1)));
            let low = if a != 0 { Some(first(a, from)) } else { from_inner() };
            let low = low.or_else(|| (b != 0).then(|| first(b, to)))?;
            let high = if b != 0 { Some(last(b, to)) } else { to_inner() };
            Some((low, high.unwrap_or_else(|| last(a, from))))
        }
        [] => None,
    }
}

/// Whether words of ASCII are parted by single spaces, as nearly all are.
fn is_folded(words: &[u8]) -> bool {
    let mut before = b' ';
    let plain = words.iter().all(|byte| {
        let single = *byte != b' ' || before != b' ';
        before = *byte;
        single && matches!(byte, b' '..=b'~')
    });
    plain && before != b' '
}

/// The first letters of words, a bit each, for [`Reading::begins_with`].
pub(crate) const fn letters(words: &[&str]) -> u32 {
    let (mut all, mut at) = (0, 0);
    while at < words.len() {
        all |= 1 << (words[at].as_bytes()[0] & 31);
        at += 1;
    }
    all
}

/// The bit in which capitals and small letters differ.
const SMALL: u8 = 0x20;
/// Tokens of so many bytes and more have one length in their keys.
const LONGEST_KEY: usize = 255;

/// The key of a word; see [`keys`].
const fn key_of(word: &str) -> u16 {
    let [first, ..] = word.as_bytes() else { return 0 };
    let len = if word.len() < LONGEST_KEY { word.len() } else { LONGEST_KEY };
    (len as u16) << 8 | (*first | SMALL) as u16
}

/// For each token its length, above, and its first byte in small letters: two bytes that tell most words apart.
fn keys(doc: &Document) -> Vec<u16> {
    let bytes = doc.article.text.as_bytes();
    let key = |span: Span| {
        let first = bytes.get(span.start()).map_or(0, |first| first | SMALL);
        (span.len().min(LONGEST_KEY) as u16) << 8 | u16::from(first)
    };
    doc.tokens.iter().map(|token| key(token.span)).collect()
}

/// For each token, the number of its sentence: the first that ends behind it.
fn sentences_of_tokens(doc: &Document) -> Vec<u32> {
    let mut of = Vec::with_capacity(doc.tokens.len());
    for (sentence, index) in doc.sentences.iter().zip(0..) {
        let end = (sentence.end_token as usize).min(doc.tokens.len());
        of.resize(end.max(of.len()), index);
    }
    of.resize(doc.tokens.len(), doc.sentences.len() as u32);
    of
}

/// The order of all marks.
fn order(mark: &Mark) -> (u32, std::cmp::Reverse<u32>, ClassId, u32) {
    (mark.start, std::cmp::Reverse(mark.end), mark.class, mark.entry)
}

/// The classes that a value's mention belongs to.
fn value_classes(classes: &Classes, value: &Value, mut each: impl FnMut(ClassId)) {
    match value {
        Value::Amount { unit, .. } => each(match unit.as_str() {
            "%" | "pp" => classes.percent,
            "times" => classes.times,
            "count" => classes.count,
            "" => classes.number,
            code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) && code != "TEU" => {
                classes.money
            }
            _ => classes.quantity,
        }),
        Value::Time { kind, period, deadline, vague, anchored, .. } => {
            let traits = [(deadline, classes.deadline), (vague, classes.vague), (anchored, classes.anchored)];
            traits.into_iter().filter(|(is, _)| **is).for_each(|(_, class)| each(class));
            match kind {
                TimexKind::Duration => each(classes.duration),
                TimexKind::Set => each(classes.set),
                // "On Wednesday night": the day is what matters.
                TimexKind::Time => {
                    if period.is_some_and(|p| p.first() == p.last()) {
                        each(classes.day);
                    }
                }
                TimexKind::Date => {
                    if period.is_some_and(|p| p.first() == p.last()) {
                        each(classes.day);
                    }
                    if !vague && !anchored && !deadline {
                        each(classes.period);
                    }
                }
            }
        }
    }
}

/// The parts of an amount that statements carry.
#[derive(Clone, Debug)]
pub(crate) struct Amount {
    pub value: tandem_model::Number,
    pub value_max: Option<tandem_model::Number>,
    pub unit: String,
    pub precision: tandem_model::Number,
    pub bound: Bound,
    pub noun: Option<String>,
}

/// Power in MW and energy in kWh, so that one quantity has one unit.
const BASE_UNITS: &[(&str, &str, i64)] =
    &[("GW", "MW", 1000), ("MWh", "kWh", 1000), ("GWh", "kWh", 1_000_000), ("TWh", "kWh", 1_000_000_000)];

fn base_unit(unit: &str) -> &str {
    BASE_UNITS.iter().find(|(from, _, _)| *from == unit).map_or(unit, |(_, to, _)| to)
}

fn scaled(value: tandem_model::Number, unit: &str) -> tandem_model::Number {
    let factor = BASE_UNITS.iter().find(|(from, _, _)| *from == unit).map_or(1, |(_, _, f)| *f);
    value.0.checked_mul(factor.into()).map_or(value, tandem_model::Number)
}

/// The amount that a mention holds, if it holds one; a length of time is one in hours, minutes or days.
pub(crate) fn amount(mention: &Mention) -> Option<Amount> {
    match &mention.value {
        Value::Amount { value, value_max, unit, precision, bound, noun, .. } => Some(Amount {
            value: scaled(*value, unit),
            value_max: value_max.map(|v| scaled(v, unit)),
            unit: base_unit(unit).to_owned(),
            precision: scaled(*precision, unit),
            bound: *bound,
            noun: noun.clone(),
        }),
        Value::Time { timex, detail, .. } => {
            let modifier = detail.as_ref().and_then(|detail| detail.modifier);
            timex.as_deref().and_then(|timex| lasting(timex, modifier))
        }
    }
}

/// A length of time as an amount: `PT8H` is 8 h, `PT3H40M` 220 min, `PT8H/PT9H` 8 to 9 h.
fn lasting(timex: &str, modifier: Option<TimexMod>) -> Option<Amount> {
    let (least, most) = timex.split_once('/').map_or((timex, None), |(least, most)| (least, Some(most)));
    let (value, unit) = length(least)?;
    let value_max = most.and_then(length).filter(|(_, same)| *same == unit).map(|(value, _)| value);
    let bound = match modifier {
        _ if value_max.is_some() => Bound::Range,
        Some(TimexMod::LessThan) => Bound::Under,
        Some(TimexMod::MoreThan) => Bound::Over,
        Some(TimexMod::Approx) => Bound::About,
        _ => Bound::Exact,
    };
    Some(Amount { value, value_max, unit: unit.to_owned(), precision: Number::from(1), bound, noun: None })
}

/// One length of time in TIMEX3: in its own unit, or in minutes when it has hours and minutes.
fn length(timex: &str) -> Option<(Number, &'static str)> {
    if let Some(days) = timex.strip_prefix('P').and_then(|rest| rest.strip_suffix('D')) {
        return Some((days.parse().ok().map(Number)?, "d"));
    }
    let clock = timex.strip_prefix("PT")?;
    if let Some((hours, minutes)) = clock.strip_suffix('M').and_then(|rest| rest.split_once('H')) {
        let hours: Decimal = hours.parse().ok()?;
        let minutes: Decimal = minutes.parse().ok()?;
        return Some((Number(hours.checked_mul(60.into())?.checked_add(minutes)?), "min"));
    }
    let unit = if clock.ends_with('H') { "h" } else { "min" };
    let number = clock.strip_suffix(['H', 'M'])?;
    Some((Number(number.parse().ok()?), unit))
}
