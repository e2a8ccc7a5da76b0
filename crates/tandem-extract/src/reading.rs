//! One article while it is being read: its tokens and all marks on them.
//!
//! Marks come from three makers, in this order: the lexicon (words and names), the values (numbers,
//! money, dates) and the phrases (documents, bodies, projects, acts, persons). The rules see only marks;
//! [`Mark::entry`] leads back to the lexicon entry, the value or the [`Thing`] behind one.

use std::collections::BTreeMap;

use tandem_lexicon::Entry;
use tandem_model::{Bound, ClassId, Dating, Document, Mark, Mention, Sentence, Span, TimexKind, Value};

use crate::classes::Classes;
use crate::grammar::Parts;

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
    pub dating: &'a Dating,
    pub marks: Vec<Mark>,
    /// For each token, the number of the first mark that starts there or later; one more at the end.
    first_at: Vec<u32>,
    pub values: Vec<Mention>,
    pub things: Vec<Thing>,
}

impl<'a> Reading<'a> {
    /// Lexicon and value marks; phrases are added by [`Reading::add_things`].
    pub(crate) fn new(
        parts: &'a Parts,
        (classes, capitals): (&'a Classes, &'a BTreeMap<String, String>),
        doc: &'a Document,
        dating: &'a Dating,
        marks: Vec<Mark>,
        values: Vec<Mention>,
    ) -> Self {
        let mut reading = Self {
            parts,
            classes,
            capitals,
            doc,
            dating,
            marks,
            first_at: Vec::new(),
            values,
            things: Vec::new(),
        };
        reading.mark_clauses();
        reading.mark_values();
        reading.settle();
        reading
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

    /// Whether a token is this word, whatever its case.
    pub(crate) fn is(&self, token: u32, word: &str) -> bool {
        self.word(token).eq_ignore_ascii_case(word)
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
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
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

    /// The marks of one class within a token range.
    pub(crate) fn within(
        &self,
        start: u32,
        end: u32,
        class: ClassId,
    ) -> impl DoubleEndedIterator<Item = Mark> + '_ {
        let marks = self.from(start);
        let marks = &marks[..marks.len() - self.from(end.max(start)).len()];
        marks.iter().filter(move |m| m.class == class && m.end <= end).copied()
    }

    /// Whether a mark of the class starts at the token.
    pub(crate) fn starts(&self, token: u32, class: ClassId) -> Option<Mark> {
        self.from(token).iter().take_while(|m| m.start == token).find(|m| m.class == class).copied()
    }

    /// Whether a mark of the class covers the token; the classes asked for have marks of a few tokens.
    pub(crate) fn covered(&self, token: u32, class: ClassId) -> bool {
        const LONGEST: u32 = 16;
        self.from(token.saturating_sub(LONGEST))
            .iter()
            .take_while(|m| m.start <= token)
            .any(|m| m.class == class && m.end > token)
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

    /// The number of the sentence that holds a token.
    pub(crate) fn sentence_at(&self, token: u32) -> usize {
        self.doc
            .sentences
            .partition_point(|s| s.end_token <= token)
            .min(self.doc.sentences.len().saturating_sub(1))
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
        for thing in things {
            let entry = self.things.len() as u32;
            self.marks.push(Mark { start: thing.start, end: thing.end, class, entry });
            self.things.push(thing);
        }
        self.settle();
    }

    /// Sorts the marks and finds where each token's begin.
    fn settle(&mut self) {
        self.marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.class, m.entry));
        self.marks.dedup();
        self.first_at.clear();
        for (index, mark) in self.marks.iter().enumerate() {
            while self.first_at.len() <= mark.start as usize {
                self.first_at.push(index as u32);
            }
        }
        while self.first_at.len() <= self.doc.tokens.len() {
            self.first_at.push(self.marks.len() as u32);
        }
    }

    /// Clause ends that need no table: semicolons, colons, commas before a relative, and "after visiting".
    fn mark_clauses(&mut self) {
        let class = self.classes.clause_end;
        let mut found = Vec::new();
        for token in 0..self.doc.tokens.len() as u32 {
            let cut = match self.word(token) {
                ";" | ":" => true,
                "," => {
                    self.is(token + 1, "which") || self.is(token + 1, "who") || self.is(token + 1, "where")
                }
                "after" | "before" => self.word(token + 1).ends_with("ing"),
                _ => false,
            };
            if cut {
                found.push(Mark { start: token, end: token + 1, class, entry: 0 });
            }
        }
        self.marks.extend(found);
    }

    fn mark_values(&mut self) {
        let tokens = &self.doc.tokens;
        let mut found = Vec::new();
        for (index, mention) in self.values.iter().enumerate() {
            let start = tokens.partition_point(|t| t.span.end() <= mention.span.start()) as u32;
            let end = tokens.partition_point(|t| t.span.start() < mention.span.end()) as u32;
            if start >= end {
                continue;
            }
            let mut mark = |class: ClassId| found.push(Mark { start, end, class, entry: index as u32 });
            value_classes(self.classes, &mention.value).into_iter().for_each(&mut mark);
        }
        self.marks.extend(found);
        self.settle();
        self.drop_modifiers();
        self.mark_counted();
    }

    /// "Trade contracts" and "investment agreements" are documents: an indicator right before another head
    /// noun is only its modifier.
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
            head || weak && self.plain_word(m.end) && self.starts(m.end, c.goal_noun).is_none()
        };
        let keep: Vec<bool> = self.marks.iter().map(|m| !modifier(m)).collect();
        let mut keep = keep.into_iter();
        self.marks.retain(|_| keep.next().unwrap_or(true));
        self.settle();
    }

    /// A lower-case word of no closed class and no known verb: likely a noun.
    fn plain_word(&self, token: u32) -> bool {
        let c = self.classes;
        let closed = [
            c.prep,
            c.conj,
            c.aux,
            c.pron,
            c.rel,
            c.adverb,
            c.det,
            c.to,
            c.level_verb,
            c.up_verb,
            c.down_verb,
            c.multiply_verb,
        ];
        self.doc
            .tokens
            .get(token as usize)
            .is_some_and(|t| t.kind == tandem_model::TokenKind::Word && !t.capital)
            && closed.iter().all(|class| self.starts(token, *class).is_none())
            && !self.word(token).ends_with("ed")
            && self.starts(token, c.indicator).is_none()
    }

    /// COUNTED: a count of firms, people, flights or jobs, from the number through the noun.
    fn mark_counted(&mut self) {
        let c = self.classes;
        let mut found = Vec::new();
        for mark in self.marks.iter().filter(|m| m.class == c.count || m.class == c.number) {
            let end = self.sentence(self.sentence_at(mark.start)).end_token.min(mark.end + 6);
            let noun = self.within(mark.end, end, c.indicator).find(|m| self.counts(*mark, *m));
            if noun.is_some() {
                found.push(Mark { class: c.counted, ..*mark });
            }
        }
        self.marks.extend(found);
    }

    /// Whether an indicator noun is what the number before it counts: nothing but modifiers between.
    fn counts(&self, number: Mark, noun: Mark) -> bool {
        let c = self.classes;
        let countable = ["companies", "jobs", "flights", "tourists", "passengers"];
        let plain = |t: u32| {
            let token = &self.doc.tokens[t as usize];
            token.kind == tandem_model::TokenKind::Word
                && [c.prep, c.conj, c.aux, c.pron, c.rel].iter().all(|class| self.starts(t, *class).is_none())
        };
        let countable = |i: &str| countable.contains(&i) || i.starts_with("other:");
        self.entry(noun).get("indicator").is_some_and(countable) && (number.end..noun.start).all(plain)
    }
}

/// The classes that a value's mention belongs to.
fn value_classes(classes: &Classes, value: &Value) -> Vec<ClassId> {
    match value {
        Value::Amount { unit, .. } => vec![match unit.as_str() {
            "%" | "pp" => classes.percent,
            "times" => classes.times,
            "count" => classes.count,
            "" => classes.number,
            code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) && code != "TEU" => {
                classes.money
            }
            _ => classes.quantity,
        }],
        Value::Time { kind, period, deadline, vague, anchored, .. } => {
            let mut all = Vec::new();
            if *deadline {
                all.push(classes.deadline);
            }
            if *vague {
                all.push(classes.vague);
            }
            if *anchored {
                all.push(classes.anchored);
            }
            match kind {
                TimexKind::Duration => all.push(classes.duration),
                TimexKind::Set => all.push(classes.set),
                TimexKind::Time => {}
                TimexKind::Date => {
                    let day = period.is_some_and(|p| p.first() == p.last());
                    if day {
                        all.push(classes.day);
                    }
                    if !vague && !anchored && !deadline {
                        all.push(classes.period);
                    }
                }
            }
            all
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

/// The amount that a mention holds, if it holds one.
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
        Value::Time { .. } => None,
    }
}
