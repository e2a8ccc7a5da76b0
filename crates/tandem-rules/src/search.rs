//! The best layout of one side of a rule, from the head outward.
//!
//! The two sides of the head cannot touch each other, and the preference (more groups, then shorter
//! gaps, then longer marks) adds up, so the best layout of a rule is the best layout of each side,
//! and the best layout of a side is a best first step and the best layout of the rest. That is what
//! [`Search::best`] computes; [`Search::walk`] then goes the way again, taking at each step the
//! first choice that keeps the best score. Refused alternative: carrying the marks along in the
//! search, which copies on the way that mostly fails.
//!
//! "Leftmost start" of the preference needs no code: of two left sides with equal gaps and equal
//! marks in sum, both start at the same token.

use std::cmp::Reverse;
use std::ops::ControlFlow;

use rustc_hash::FxHashMap;
use tandem_model::{Mark, Span};

use crate::class_set::ClassSet;
use crate::index::Index;
use crate::rule::Side;

/// One step outward from the head.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    /// The element in the rule's source.
    pub(crate) span: Span,
    /// Stands in a group, or is one.
    pub(crate) optional: bool,
}

/// The steps on one side of a head.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    steps: Vec<Step>,
    /// How many of them take a mark.
    items: usize,
}

impl From<Vec<Step>> for Steps {
    fn from(steps: Vec<Step>) -> Self {
        let items = steps.iter().filter(|step| is_item(step)).count();
        Self { steps, items }
    }
}

impl std::ops::Deref for Steps {
    type Target = [Step];

    fn deref(&self) -> &[Step] {
        &self.steps
    }
}

/// What a step takes.
#[derive(Clone, Debug)]
pub(crate) enum StepKind {
    /// A mark of the set.
    Item { set: ClassSet, slot: Option<u16> },
    /// Any tokens, none of them starting a mark of `not`.
    Gap { min: u32, max: u32, not: Option<ClassSet> },
    /// The steps up to `end`, or none of them.
    Group { end: usize },
}

/// How good a layout is; greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score {
    groups: u32,
    gap: Reverse<u32>,
    length: u32,
}

impl Score {
    fn and(self, other: Self) -> Self {
        Self {
            groups: self.groups + other.groups,
            gap: Reverse(self.gap.0 + other.gap.0),
            length: self.length.saturating_add(other.length),
        }
    }
}

/// A way to take a step: where it leads and what it is worth.
struct Choice {
    taken: Option<(Option<u16>, Mark)>,
    step: usize,
    at: u32,
    gain: Score,
}

/// Results for (step, token), kept for rules in which many ways lead to one place.
pub(crate) type Memo = FxHashMap<(u32, u32), Option<Score>>;

/// The furthest point at which a search found nothing to take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Furthest {
    pub(crate) step: usize,
    pub(crate) at: u32,
}

/// A search on one side of one head.
pub(crate) struct Search<'a> {
    index: &'a Index,
    steps: &'a [Step],
    side: Side,
    memo: Option<&'a mut Memo>,
    furthest: Option<Furthest>,
    tracing: bool,
}

/// Items on one side from which on results are kept: below, keeping costs more than doing again.
const ITEMS_WORTH_KEEPING: usize = 3;

/// Marks of a sentence from which on results are kept for two items already: in a "sentence" of
/// thousands of marks (a table, a list without stops) two long gaps are thousands of ways for each head.
const MARKS_WORTH_KEEPING: usize = 256;

impl<'a> Search<'a> {
    /// A search; `memo` may hold results of other heads of the same rule, side and sentence only.
    pub(crate) fn new(index: &'a Index, steps: &'a Steps, side: Side, memo: &'a mut Memo) -> Self {
        let Steps { steps, items } = steps;
        let items = *items;
        let long = index.marks().len() >= MARKS_WORTH_KEEPING;
        let keep = items >= ITEMS_WORTH_KEEPING || long && items + 1 >= ITEMS_WORTH_KEEPING;
        let memo = keep.then_some(memo);
        Self { index, steps, side, memo, furthest: None, tracing: false }
    }

    /// The same, remembering the furthest failure.
    pub(crate) fn tracing(mut self) -> Self {
        self.tracing = true;
        self
    }

    /// Where the search failed, if it was tracing and failed.
    pub(crate) fn furthest(&self) -> Option<Furthest> {
        self.furthest
    }

    /// The score of the best layout of the steps from `step` on, beginning at token boundary `at`.
    pub(crate) fn best(&mut self, step: usize, at: u32) -> Option<Score> {
        if step >= self.steps.len() {
            return Some(Score::default());
        }
        let key = (step as u32, at);
        if let Some(known) = self.memo.as_ref().and_then(|memo| memo.get(&key)) {
            return *known;
        }
        let mut best = None;
        let mut any = false;
        let (index, steps, side) = (self.index, self.steps, self.side);
        choices(index, steps, side, step, at, |choice| {
            any = true;
            let score = self.best(choice.step, choice.at).map(|rest| choice.gain.and(rest));
            best = best.max(score);
            ControlFlow::Continue(())
        });
        if self.tracing && !any {
            self.note(step, at);
        }
        if let Some(memo) = &mut self.memo {
            memo.insert(key, best);
        }
        best
    }

    /// Hands over the marks of the best layout, whose score is `score`, from the head outward.
    pub(crate) fn walk(&mut self, score: Score, from: u32, mut take: impl FnMut(Option<u16>, Mark)) {
        let (mut step, mut at, mut score) = (0, from, score);
        while step < self.steps.len() {
            let (index, steps, side) = (self.index, self.steps, self.side);
            let mut next = None;
            choices(index, steps, side, step, at, |choice| {
                let rest = self.best(choice.step, choice.at);
                match rest.filter(|rest| choice.gain.and(*rest) == score) {
                    Some(rest) => {
                        next = Some((choice, rest));
                        ControlFlow::Break(())
                    }
                    None => ControlFlow::Continue(()),
                }
            });
            let Some((choice, rest)) = next else { return };
            if let Some((slot, mark)) = choice.taken {
                take(slot, mark);
            }
            (step, at, score) = (choice.step, choice.at, rest);
        }
    }

    /// Remembers an obligatory step that found nothing, if it is the furthest so far.
    fn note(&mut self, step: usize, at: u32) {
        let step = match self.steps.get(step + 1) {
            // A gap and the item behind it are one step of the search; the item is what is missing.
            Some(next) if matches!(self.steps[step].kind, StepKind::Gap { .. }) && is_item(next) => step + 1,
            _ => step,
        };
        if !self.steps[step].optional && self.furthest.is_none_or(|known| known.step < step) {
            self.furthest = Some(Furthest { step, at });
        }
    }
}

fn is_item(step: &Step) -> bool {
    matches!(step.kind, StepKind::Item { .. })
}

/// All ways to take a step, the preferred one first among equals: group before no group, shorter
/// gap before longer, longer mark before shorter, then by class and entry.
fn choices(
    index: &Index,
    steps: &[Step],
    side: Side,
    step: usize,
    at: u32,
    mut each: impl FnMut(Choice) -> ControlFlow<()>,
) {
    // The result only says whether the caller stopped early.
    let _stopped = match &steps[step].kind {
        StepKind::Item { set, slot } => items(index, side, (set, *slot), step + 1, at, (0, 0), each),
        StepKind::Gap { min, max, not } => {
            let max = index.room(side, at, *max, not.as_ref());
            match steps.get(step + 1).map(|next| &next.kind) {
                Some(StepKind::Item { set, slot }) if *min <= max => {
                    items(index, side, (set, *slot), step + 2, at, (*min, max), each)
                }
                Some(StepKind::Item { .. }) => ControlFlow::Continue(()),
                _ => (*min..=max).try_for_each(|tokens| {
                    let gain = Score { gap: Reverse(tokens), ..Score::default() };
                    each(Choice { taken: None, step: step + 1, at: moved(side, at, tokens), gain })
                }),
            }
        }
        StepKind::Group { end } => {
            let gain = Score { groups: 1, ..Score::default() };
            match each(Choice { taken: None, step: step + 1, at, gain }) {
                ControlFlow::Break(()) => ControlFlow::Break(()),
                ControlFlow::Continue(()) => {
                    each(Choice { taken: None, step: *end, at, gain: Score::default() })
                }
            }
        }
    };
}

/// The marks that an item can take behind a gap of `min` to `max` tokens.
fn items(
    index: &Index,
    side: Side,
    (set, slot): (&ClassSet, Option<u16>),
    next: usize,
    at: u32,
    (min, max): (u32, u32),
    mut each: impl FnMut(Choice) -> ControlFlow<()>,
) -> ControlFlow<()> {
    // Between neighbours a look at the few marks is quicker.
    if max > 0 && !set.meets(index.present()) {
        return ControlFlow::Continue(());
    }
    let marks = index.adjacent(side, at, min, max).iter().filter(|mark| set.contains(mark.class));
    for &mark in marks {
        let (near, far) = match side {
            Side::After => (mark.start - at, mark.end),
            Side::Before => (at - mark.end, mark.start),
        };
        let gain = Score { gap: Reverse(near), length: mark.end - mark.start, groups: 0 };
        each(Choice { taken: Some((slot, mark)), step: next, at: far, gain })?;
    }
    ControlFlow::Continue(())
}

fn moved(side: Side, at: u32, tokens: u32) -> u32 {
    match side {
        Side::After => at + tokens,
        Side::Before => at - tokens,
    }
}
