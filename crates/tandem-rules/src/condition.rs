//! Conditions of `where`, `unless` and `when`, compiled and asked of a match.

use tandem_model::{ClassId, Mark};

use crate::class_set::ClassSet;
use crate::rule::Side;

/// A compiled [`crate::Test`].
#[derive(Clone, Debug)]
pub(crate) enum Check {
    Near { set: ClassSet, distance: u32, side: Side, slot: u16 },
    Within { set: ClassSet, place: Where },
    Is { set: ClassSet, slot: u16 },
    Bound { slot: u16 },
    SentenceIs { set: ClassSet },
}

/// A compiled [`crate::Place`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Where {
    Sentence,
    Clause,
    Match,
    Capture(u16),
}

/// A match in its sentence, as far as conditions look at it.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// By start, then longest first.
    pub(crate) marks: &'a [Mark],
    /// For each token the place of the first mark that starts there or later; empty when not at hand.
    pub(crate) starts: &'a [u32],
    /// A bit for each class that rules name and the sentence holds, where that is at hand.
    pub(crate) present: Option<&'a [u64]>,
    pub(crate) traits: &'a [ClassId],
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) captures: &'a [(u16, Mark)],
    pub(crate) clause_end: Option<ClassId>,
}

impl Check {
    /// Whether it holds. A capture that took no part makes it false.
    pub(crate) fn holds(&self, scene: &Scene<'_>) -> bool {
        // Most guards are against what is not in the sentence at all.
        if let (Some(set), Some(present)) = (self.marks(), scene.present)
            && !set.meets(present)
        {
            return false;
        }
        match self {
            Self::Near { set, distance, side, slot } => scene.capture(*slot).is_some_and(|mark| {
                let (low, high) = match side {
                    Side::Before => (mark.start.saturating_sub(*distance), mark.start),
                    Side::After => (mark.end, mark.end.saturating_add(*distance)),
                };
                scene.any_within(set, low, high)
            }),
            Self::Within { set, place } => {
                scene.range(*place).is_some_and(|(low, high)| scene.any_within(set, low, high))
            }
            Self::Is { set, slot } => scene.capture(*slot).is_some_and(|capture| {
                scene.starting(capture.start).any(|mark| mark.end <= capture.end && set.contains(mark.class))
            }),
            Self::Bound { slot } => scene.capture(*slot).is_some(),
            Self::SentenceIs { set } => scene.traits.iter().any(|&class| set.contains(class)),
        }
    }
}

impl Check {
    /// The classes of which a mark must be there for it to hold, if that is what it asks.
    fn marks(&self) -> Option<&ClassSet> {
        match self {
            Self::Near { set, .. } | Self::Within { set, .. } | Self::Is { set, .. } => Some(set),
            Self::Bound { .. } | Self::SentenceIs { .. } => None,
        }
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn capture(&self, slot: u16) -> Option<Mark> {
        self.captures.iter().find(|(of, _)| *of == slot).map(|(_, mark)| *mark)
    }

    /// The marks that start at a token or later.
    fn from(&self, at: u32) -> &'a [Mark] {
        let from = match self.starts.get(at as usize) {
            Some(from) => *from as usize,
            None if self.starts.is_empty() => self.marks.partition_point(|mark| mark.start < at),
            None => self.marks.len(),
        };
        self.marks.get(from..).unwrap_or(&[])
    }

    fn starting(&self, at: u32) -> impl Iterator<Item = &'a Mark> {
        self.from(at).iter().take_while(move |mark| mark.start == at)
    }

    /// Whether a mark of the set lies wholly in `low..high`.
    fn any_within(&self, set: &ClassSet, low: u32, high: u32) -> bool {
        let mut near = self.from(low).iter().take_while(|mark| mark.start < high);
        near.any(|mark| mark.end <= high && set.contains(mark.class))
    }

    fn range(&self, place: Where) -> Option<(u32, u32)> {
        match place {
            Where::Sentence => Some((0, u32::MAX)),
            Where::Clause => Some(self.clause()),
            Where::Match => Some((self.start, self.end)),
            Where::Capture(slot) => self.capture(slot).map(|mark| (mark.start, mark.end)),
        }
    }

    /// From behind the clause end that starts last before the match to the first one after it.
    fn clause(&self) -> (u32, u32) {
        let ends = |mark: &&Mark| Some(mark.class) == self.clause_end;
        let before = &self.marks[..self.marks.len() - self.from(self.start).len()];
        let low = before.iter().rev().filter(ends).find(|mark| mark.end <= self.start);
        let high = self.from(self.end).iter().find(ends);
        (low.map_or(0, |mark| mark.end), high.map_or(u32::MAX, |mark| mark.start))
    }
}
