//! The marks of one sentence in the two orders that matching outward needs.

use std::cmp::Reverse;

use tandem_model::Mark;

use crate::class_set::ClassSet;
use crate::matcher::View;
use crate::rule::Side;

/// Marks by start and by end; kept and reused from sentence to sentence.
///
/// Places are found by halving: the lists hold some forty marks, and a table of tokens would cost
/// more to fill than it saves.
#[derive(Debug, Default)]
pub(crate) struct Index {
    tokens: u32,
    /// By start, then longest first, then class and entry.
    by_start: Vec<Mark>,
    /// By end from the last to the first, then longest first, then class and entry; made when first asked for.
    by_end: Vec<Mark>,
    /// For each end, counted from the last, the place of the next mark to be put there.
    places: Vec<u32>,
}

/// Tokens above which counting by token would cost more room than sorting is worth.
const FEW_TOKENS: usize = 1 << 14;

impl Index {
    /// Takes over the marks of a sentence. Marks that are empty or leave the sentence are dropped;
    /// marks out of order are put in order.
    pub(crate) fn load(&mut self, view: &View<'_>) {
        self.tokens = view.tokens;
        self.by_start.clear();
        self.by_start
            .extend(view.marks.iter().filter(|mark| mark.start < mark.end && mark.end <= view.tokens));
        if !self.by_start.is_sorted_by_key(reading_order) {
            self.by_start.sort_unstable_by_key(reading_order);
        }
        self.by_end.clear();
    }

    /// Makes ready for searches on one side: the order by end is needed in few sentences.
    pub(crate) fn prepare(&mut self, side: Side) {
        if side == Side::Before && self.by_end.len() != self.by_start.len() {
            self.order_by_end();
        }
    }

    /// Sorts by counting: marks are in order by start already, which is the order wanted of marks that end
    /// together.
    fn order_by_end(&mut self) {
        let tokens = self.by_start.iter().map(|mark| mark.end).max().unwrap_or(0) as usize;
        if tokens > FEW_TOKENS {
            self.by_end.clear();
            self.by_end.extend_from_slice(&self.by_start);
            self.by_end.sort_unstable_by_key(|mark| (Reverse(mark.end), mark.start, mark.class, mark.entry));
            return;
        }
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
                let from = self.by_start.partition_point(|mark| mark.start < low);
                let rest = &self.by_start[from..];
                &rest[..rest.iter().take_while(|mark| mark.start <= high).count()]
            }
            Side::Before => {
                let Some(high) = at.checked_sub(min) else { return &[] };
                let low = at.saturating_sub(max);
                let from = self.by_end.partition_point(|mark| mark.end > high);
                let rest = &self.by_end[from..];
                &rest[..rest.iter().take_while(|mark| mark.end >= low).count()]
            }
        }
    }

    /// How many tokens, `max` at most, a gap from `at` can span without leaving the sentence or
    /// holding a token at which one of `not` starts.
    pub(crate) fn room(&self, side: Side, at: u32, max: u32, not: Option<&ClassSet>) -> u32 {
        let room = match side {
            Side::After => max.min(self.tokens.saturating_sub(at)),
            Side::Before => max.min(at),
        };
        let Some(not) = not else { return room };
        match side {
            Side::After => {
                let from = self.by_start.partition_point(|mark| mark.start < at);
                let near = self.by_start[from..].iter().take_while(|mark| mark.start - at < room);
                near.into_iter().find(|mark| not.contains(mark.class)).map_or(room, |mark| mark.start - at)
            }
            Side::Before => {
                let to = self.by_start.partition_point(|mark| mark.start < at);
                let near = self.by_start[..to].iter().rev().take_while(|mark| at - mark.start <= room);
                near.into_iter()
                    .find(|mark| not.contains(mark.class))
                    .map_or(room, |mark| at - mark.start - 1)
            }
        }
    }
}

/// The order in which marks are handed over and preferred.
pub(crate) fn reading_order(mark: &Mark) -> (u32, Reverse<u32>, tandem_model::ClassId, u32) {
    (mark.start, Reverse(mark.end), mark.class, mark.entry)
}
