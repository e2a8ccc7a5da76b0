//! The marks of one sentence in the two orders that matching outward needs.

use std::cmp::Reverse;

use tandem_model::{ClassId, Mark};

use crate::class_set::ClassSet;
use crate::matcher::View;
use crate::rule::Side;

/// Marks by start, by end and by class; kept and reused from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Index {
    tokens: u32,
    /// By start, then longest first, then class and entry.
    by_start: Vec<Mark>,
    /// For each token up to the last at which a mark starts, the place of the first that starts there or later.
    starts: Vec<u32>,
    /// By end from the last to the first, then longest first, then class and entry; made when first asked for.
    by_end: Vec<Mark>,
    /// The last end of a mark.
    last_end: usize,
    /// For each end, counted from the last, the place behind its marks; empty where there are too many tokens.
    places: Vec<u32>,
    /// For each class that the rules name, the place of its first mark plus one.
    firsts: Vec<u32>,
    /// For each mark, the place of the next of its class plus one.
    nexts: Vec<u32>,
    /// Room to put places in order.
    found: Vec<u32>,
    /// A bit for each class that the rules name and the sentence holds.
    present: Vec<u64>,
}

/// Tokens above which counting by token would cost more room than sorting is worth.
const FEW_TOKENS: usize = 1 << 14;

impl Index {
    /// Notes which classes a sentence holds, of so many words of 64 classes; before [`Index::load`].
    #[inline(never)]
    pub(crate) fn look(&mut self, view: &View<'_>, words: usize) {
        self.present.clear();
        self.present.resize(words, 0);
        for mark in view.marks {
            if let Some(word) = self.present.get_mut(usize::from(mark.class.0 / 64)) {
                *word |= 1 << (mark.class.0 % 64);
            }
        }
    }

    /// The classes that the sentence holds, as bits.
    pub(crate) fn present(&self) -> &[u64] {
        &self.present
    }

    /// Takes over the marks of a sentence, which may be of `classes` classes and more. Marks that are empty or leave the
    /// sentence are dropped; marks out of order are put in order.
    #[inline(never)]
    pub(crate) fn load(&mut self, view: &View<'_>, classes: usize) {
        // Before the marks of the last sentence are gone: most classes are not among them.
        for mark in &self.by_start {
            if let Some(first) = self.firsts.get_mut(usize::from(mark.class.0)) {
                *first = 0;
            }
        }
        self.firsts.resize(classes, 0);
        self.tokens = view.tokens;
        self.by_start.clear();
        if view.marks.iter().all(|mark| is_within(mark, view)) {
            self.by_start.extend_from_slice(view.marks);
        } else {
            self.by_start.extend(view.marks.iter().filter(|mark| is_within(mark, view)));
        }
        if !self.by_start.is_sorted_by(in_order) {
            self.by_start.sort_unstable_by_key(reading_order);
        }
        self.by_end.clear();
        self.list();
    }

    /// Makes the lists by token and by class.
    fn list(&mut self) {
        self.starts.clear();
        for (mark, place) in self.by_start.iter().zip(0..) {
            if self.starts.len() <= mark.start as usize {
                self.starts.resize(mark.start as usize + 1, place);
            }
        }
        self.nexts.clear();
        self.nexts.resize(self.by_start.len(), 0);
        for (place, mark) in self.by_start.iter().enumerate().rev() {
            if let Some(first) = self.firsts.get_mut(usize::from(mark.class.0)) {
                self.nexts[place] = std::mem::replace(first, place as u32 + 1);
            }
        }
    }

    /// For each token up to the last at which a mark starts, the place of the first that starts there or later.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Adds the marks of some classes, in order.
    pub(crate) fn of_classes(&mut self, classes: &[ClassId], out: &mut Vec<Mark>) {
        self.found.clear();
        let mut sorts = 0;
        for class in classes {
            let mut next = self.firsts.get(usize::from(class.0)).copied().unwrap_or(0);
            sorts += u32::from(next > 0);
            while let Some(place) = next.checked_sub(1) {
                self.found.push(place);
                next = self.nexts[place as usize];
            }
        }
        if sorts > 1 {
            self.found.sort_unstable();
        }
        out.extend(self.found.iter().map(|place| self.by_start[*place as usize]));
    }

    /// The place of the first mark that starts at a token or later.
    fn first_from(&self, token: u32) -> usize {
        self.starts.get(token as usize).map_or(self.by_start.len(), |place| *place as usize)
    }

    /// Makes ready for searches on one side: the order by end is needed in few sentences.
    pub(crate) fn prepare(&mut self, side: Side) {
        if side == Side::Before && self.by_end.len() != self.by_start.len() {
            self.order_by_end();
        }
    }

    /// Sorts by counting: marks are in order by start already, which is the order wanted of marks that end
    /// together.
    #[inline(never)]
    fn order_by_end(&mut self) {
        let tokens = self.by_start.iter().map(|mark| mark.end).max().unwrap_or(0) as usize;
        if tokens > FEW_TOKENS {
            self.by_end.clear();
            self.by_end.extend_from_slice(&self.by_start);
            self.by_end.sort_unstable_by_key(|mark| (Reverse(mark.end), mark.start, mark.class, mark.entry));
            self.places.clear();
            return;
        }
        self.last_end = tokens;
        self.places.clear();
        self.places.resize(tokens + 2, 0);
        for mark in &self.by_start {
            self.places[tokens - mark.end as usize + 1] += 1;
        }
        for at in 1..self.places.len() {
            self.places[at] += self.places[at - 1];
        }
        self.by_end.clear();
        self.by_end.extend_from_slice(&self.by_start);
        for mark in &self.by_start {
            let place = &mut self.places[tokens - mark.end as usize];
            self.by_end[*place as usize] = *mark;
            *place += 1;
        }
    }

    /// All marks by start.
    pub(crate) fn marks(&self) -> &[Mark] {
        &self.by_start
    }

    /// Marks that begin (going on) or end (going back) `min` to `max` tokens from `at`, nearest
    /// first, then longest first.
    pub(crate) fn adjacent(&self, side: Side, at: u32, min: u32, max: u32) -> &[Mark] {
        match side {
            Side::After => {
                let (low, high) = (at.saturating_add(min), at.saturating_add(max));
                let (from, to) = (self.first_from(low), self.first_from(high.saturating_add(1)));
                self.by_start.get(from..to).unwrap_or(&[])
            }
            Side::Before => {
                let Some(high) = at.checked_sub(min) else { return &[] };
                let low = at.saturating_sub(max);
                let (from, to) = (self.ending_behind(high), self.ending_behind(low.saturating_sub(1)));
                self.by_end.get(from..to).unwrap_or(&[])
            }
        }
    }

    /// How many marks end behind a boundary of tokens. No mark ends at the first, so that asking for those that end
    /// there or later is asking for all.
    fn ending_behind(&self, boundary: u32) -> usize {
        if self.places.is_empty() {
            return self.by_end.partition_point(|mark| mark.end > boundary);
        }
        let behind = self.last_end.checked_sub(boundary as usize + 1);
        behind.and_then(|place| self.places.get(place)).map_or(0, |place| *place as usize)
    }

    /// How many tokens, `max` at most, a gap from `at` can span without leaving the sentence or
    /// holding a token at which one of `not` starts.
    pub(crate) fn room(&self, side: Side, at: u32, max: u32, not: Option<&ClassSet>) -> u32 {
        let room = match side {
            Side::After => max.min(self.tokens.saturating_sub(at)),
            Side::Before => max.min(at),
        };
        let Some(not) = not.filter(|not| not.meets(&self.present)) else { return room };
        match side {
            Side::After => {
                let near =
                    self.by_start[self.first_from(at)..].iter().take_while(|mark| mark.start - at < room);
                near.into_iter().find(|mark| not.contains(mark.class)).map_or(room, |mark| mark.start - at)
            }
            Side::Before => {
                let near = self.by_start[..self.first_from(at)]
                    .iter()
                    .rev()
                    .take_while(|mark| at - mark.start <= room);
                near.into_iter()
                    .find(|mark| not.contains(mark.class))
                    .map_or(room, |mark| at - mark.start - 1)
            }
        }
    }
}

/// Whether a mark is not empty and lies within its sentence.
fn is_within(mark: &Mark, view: &View<'_>) -> bool {
    mark.start < mark.end && mark.end <= view.tokens
}

/// Whether two marks are in that order; most are told by where they start.
fn in_order(a: &Mark, b: &Mark) -> bool {
    a.start < b.start || a.start == b.start && reading_order(a) <= reading_order(b)
}

/// The order in which marks are handed over and preferred.
pub(crate) fn reading_order(mark: &Mark) -> (u32, Reverse<u32>, ClassId, u32) {
    (mark.start, Reverse(mark.end), mark.class, mark.entry)
}
