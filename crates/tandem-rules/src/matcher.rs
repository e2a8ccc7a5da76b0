//! Running compiled rules on the marks of a sentence.
//!
//! Most rules match in few sentences, so most of the work is to say no: a bit set of the classes
//! present meets no trigger, or lacks a class that the rule needs. Only then are marks indexed and
//! layouts searched. Nothing is allocated before a match is certain; see [`Scratch`].

use tandem_model::{ClassId, Mark};

use crate::class_set::bits;
use crate::compile::{FillSource, Program, RuleSet};
use crate::condition::Scene;
use crate::index::Index;
use crate::rule::{Side, Source};
use crate::search::{Memo, Search};

/// A sentence as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Number of tokens.
    pub tokens: u32,
    /// Marks in token numbers of the sentence, sorted by start, then longest first, then class.
    pub marks: &'a [Mark],
    /// What the sentence is as a whole: `HEADING`, `ITEM`, `QUOTE`.
    pub traits: &'a [ClassId],
}

/// What a rule found: one layout around one head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The rule's place in [`RuleSet::rules`].
    pub rule: u32,
    /// First token of the first element.
    pub start: u32,
    /// First token after the last element.
    pub end: u32,
    /// The mark that the match is about.
    pub head: Mark,
    /// The captures that took part, by slot; see [`crate::Rule::captures`].
    pub captures: Vec<(u16, Mark)>,
}

/// What a field is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fill {
    /// A constant of the rule.
    Word(String),
    /// Nothing, on purpose.
    Null,
    /// A capture: its typed value or its text, as the field needs.
    Capture(Mark),
    /// The text of the tokens from the first up to the second.
    Range(u32, u32),
}

/// Room that [`RuleSet::find`] works in; kept from sentence to sentence, one a thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Bits of the rules that may match.
    candidates: Vec<u64>,
    rows: Vec<u32>,
    room: Room,
}

/// Room to search in, apart from the list of candidates.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pub(crate) index: Index,
    memo_before: Memo,
    memo_after: Memo,
    captures: Vec<(u16, Mark)>,
    heads: Vec<Mark>,
}

/// A layout found, with its captures in [`Room`].
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    start: u32,
    end: u32,
}

/// Above this many kept results a table is thrown away: clearing costs as much as its capacity.
const LARGEST_MEMO: usize = 4096;

impl Match {
    /// The capture of that name, if it took part. `rules` must be the set that made the match.
    pub fn capture(&self, rules: &RuleSet, name: &str) -> Option<Mark> {
        let rule = rules.rules().get(self.rule as usize)?;
        let slot = rule.captures().iter().position(|capture| *capture == name)?;
        self.captures.iter().find(|(of, _)| usize::from(*of) == slot).map(|(_, mark)| *mark)
    }
}

impl Scratch {
    /// Finds the rules that may match.
    fn gather(&mut self, rules: &RuleSet, view: &View<'_>) {
        self.candidates.clear();
        self.room.index.look(view, rules.class_words);
        let present = self.room.index.present();
        if present.iter().zip(&rules.triggers).any(|(present, triggers)| present & triggers != 0) {
            rules.wants.met(present, &mut self.rows, &mut self.candidates);
        }
    }
}

impl RuleSet {
    /// Finds all matches and appends them to `out`, sorted by rule and head: at most one for each
    /// rule and each stretch of tokens that its head can take.
    pub fn find(&self, view: &View<'_>, scratch: &mut Scratch, out: &mut Vec<Match>) {
        scratch.gather(self, view);
        if scratch.candidates.iter().all(|rules| *rules == 0) {
            return;
        }
        scratch.room.index.load(view, self.class_words * 64);
        for rule in bits(&scratch.candidates) {
            let program = &self.programs[rule];
            let heads = scratch.room.heads(program);
            if heads.is_empty() {
                scratch.room.heads = heads;
                continue;
            }
            scratch.room.forget();
            for &head in &heads {
                let Some(layout) = scratch.room.lay_out(program, head) else { continue };
                let scene = scratch.room.scene(self, view, layout);
                if program.guards.iter().all(|(holds, check)| check.holds(&scene) == *holds) {
                    out.push(scratch.room.to_match(rule as u32, head, layout));
                }
            }
            scratch.room.heads = heads;
        }
    }

    /// What each field is filled with, in the order of the rule: for each field the first line whose
    /// condition holds and whose captures took part.
    pub fn fills<'r>(&'r self, found: &Match, view: &View<'_>) -> Vec<(&'r str, Fill)> {
        let number = found.rule as usize;
        let (Some(program), Some(rule)) = (self.programs.get(number), self.rules().get(number)) else {
            return Vec::new();
        };
        let scene = Scene {
            marks: view.marks,
            starts: &[],
            present: None,
            traits: view.traits,
            start: found.start,
            end: found.end,
            captures: &found.captures,
            clause_end: self.clause_end,
        };
        let mut fills: Vec<(&str, Fill)> = Vec::with_capacity(rule.fills.len());
        for (line, step) in rule.fills.iter().zip(&program.fills) {
            let field = line.field.text.as_str();
            let open = fills.iter().all(|(done, _)| *done != field);
            if open && step.when.as_ref().is_none_or(|check| check.holds(&scene)) {
                fills.extend(fill(&line.source, step.source, &scene).map(|fill| (field, fill)));
            }
        }
        fills
    }
}

/// What one line yields, unless a capture that it needs took no part.
fn fill(constant: &Source, source: FillSource, scene: &Scene<'_>) -> Option<Fill> {
    Some(match source {
        FillSource::Null => Fill::Null,
        FillSource::Constant => match constant {
            Source::Word(word) | Source::Quoted(word) => Fill::Word(word.clone()),
            _ => return None,
        },
        FillSource::Capture(slot) => Fill::Capture(scene.capture(slot)?),
        FillSource::Range(first, last) => Fill::Range(scene.capture(first)?.start, scene.capture(last)?.end),
    })
}

impl Room {
    /// Drops what was kept for another rule or sentence.
    pub(crate) fn forget(&mut self) {
        for memo in [&mut self.memo_before, &mut self.memo_after] {
            if memo.capacity() > LARGEST_MEMO {
                *memo = Memo::default();
            }
            memo.clear();
        }
    }

    /// The marks that can be the head, one for each stretch of tokens, in a list that is to be given back.
    fn heads(&mut self, program: &Program) -> Vec<Mark> {
        let mut heads = std::mem::take(&mut self.heads);
        heads.clear();
        self.index.of_classes(&program.head_classes, &mut heads);
        heads.dedup_by_key(|mark| (mark.start, mark.end));
        heads
    }

    /// A search on one side of a head, and the token boundary that it begins at.
    pub(crate) fn search<'a>(&'a mut self, program: &'a Program, side: Side) -> Search<'a> {
        self.index.prepare(if program.before.is_empty() { Side::After } else { side });
        match side {
            Side::Before => Search::new(&self.index, &program.before, side, &mut self.memo_before),
            Side::After => Search::new(&self.index, &program.after, side, &mut self.memo_after),
        }
    }

    /// The best layout around a head; its captures are left in `self.captures`, by slot.
    pub(crate) fn lay_out(&mut self, program: &Program, head: Mark) -> Option<Layout> {
        let mut best = |side| match side {
            Side::After => self.search(program, side).best(0, head.end),
            Side::Before => self.search(program, side).best(0, head.start),
        };
        let (after, before) = match program.first {
            Side::After => (best(Side::After)?, best(Side::Before)?),
            Side::Before => {
                let before = best(Side::Before)?;
                (best(Side::After)?, before)
            }
        };
        let mut captures = std::mem::take(&mut self.captures);
        captures.clear();
        captures.extend(program.head_slot.map(|slot| (slot, head)));
        let mut layout = Layout { start: head.start, end: head.end };
        self.search(program, Side::After).walk(after, head.end, |slot, mark| {
            layout.end = mark.end;
            captures.extend(slot.map(|slot| (slot, mark)));
        });
        self.search(program, Side::Before).walk(before, head.start, |slot, mark| {
            layout.start = mark.start;
            captures.extend(slot.map(|slot| (slot, mark)));
        });
        captures.sort_unstable_by_key(|(slot, _)| *slot);
        self.captures = captures;
        Some(layout)
    }

    pub(crate) fn scene<'a>(&'a self, rules: &RuleSet, view: &View<'a>, layout: Layout) -> Scene<'a> {
        Scene {
            marks: self.index.marks(),
            starts: self.index.starts(),
            present: Some(self.index.present()),
            traits: view.traits,
            start: layout.start,
            end: layout.end,
            captures: &self.captures,
            clause_end: rules.clause_end,
        }
    }

    pub(crate) fn to_match(&self, rule: u32, head: Mark, layout: Layout) -> Match {
        Match { rule, start: layout.start, end: layout.end, head, captures: self.captures.clone() }
    }
}
