//! Explaining: for each rule whose head is in the sentence, what it found or where it stopped.

use tandem_model::{Mark, Span};

use crate::compile::{Program, RuleSet};
use crate::matcher::{Match, Room, View};
use crate::rule::{Rule, Side};
use crate::search::{Furthest, Step, StepKind};

/// What came of a rule at one head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The rule's place in [`RuleSet::rules`].
    pub rule: u32,
    /// The head that was tried.
    pub head: Mark,
    /// How many of the rule's obligatory elements found a place, the head among them.
    pub placed: usize,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a rule ended at a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It matched.
    Matched(Match),
    /// An element was not found.
    Missed {
        /// The element, in the rule's source.
        element: Span,
        /// On which side of `at` it was looked for.
        side: Side,
        /// The token boundary from which it was looked for: the end of what was placed last, or its
        /// start when looking back.
        at: u32,
    },
    /// All elements were found, but a condition spoke against it.
    Refused {
        /// The condition, in the rule's source.
        condition: Span,
        /// True for a `where` that does not hold, false for an `unless` that does.
        holds: bool,
        /// The layout that was refused.
        layout: Match,
    },
}

impl RuleSet {
    /// What each rule does with a sentence, for every head that it has there; by rule and head.
    pub fn trace(&self, view: &View<'_>) -> Vec<Trace> {
        let mut room = Room::default();
        room.index.look(view, self.class_words);
        room.index.load(view, self.class_words * 64);
        let marks = room.index.marks().to_vec();
        let mut traces = Vec::new();
        for (rule, program) in self.programs.iter().enumerate() {
            let mut last = None;
            for &head in marks.iter().filter(|mark| program.head.contains(mark.class)) {
                if last.replace((head.start, head.end)) != Some((head.start, head.end)) {
                    traces.push(self.trace_head(rule, program, head, view, &mut room));
                }
            }
        }
        traces
    }

    fn trace_head(
        &self,
        rule: usize,
        program: &Program,
        head: Mark,
        view: &View<'_>,
        room: &mut Room,
    ) -> Trace {
        let number = rule as u32;
        room.forget();
        let mut placed = 1;
        for (side, from, steps) in
            [(Side::After, head.end, &program.after), (Side::Before, head.start, &program.before)]
        {
            let mut search = room.search(program, side).tracing();
            if search.best(0, from).is_some() {
                placed += obligatory(steps);
                continue;
            }
            let Furthest { step, at } = search.furthest().unwrap_or(Furthest { step: 0, at: from });
            placed += obligatory(&steps[..step]);
            let outcome = Outcome::Missed { element: steps[step].span, side, at };
            return Trace { rule: number, head, placed, outcome };
        }
        let outcome = match room.lay_out(program, head) {
            None => Outcome::Missed { element: Span::default(), side: Side::After, at: head.end },
            Some(layout) => {
                let found = room.to_match(number, head, layout);
                let scene = room.scene(self, view, layout);
                let against = program.guards.iter().position(|(holds, check)| check.holds(&scene) != *holds);
                match against.and_then(|index| self.rules()[rule].conditions.get(index)) {
                    None => Outcome::Matched(found),
                    Some(guard) => Outcome::Refused {
                        condition: guard.condition.span,
                        holds: guard.holds,
                        layout: found,
                    },
                }
            }
        };
        Trace { rule: number, head, placed, outcome }
    }
}

fn obligatory(steps: &[Step]) -> usize {
    steps.iter().filter(|step| !step.optional && matches!(step.kind, StepKind::Item { .. })).count()
}

impl Trace {
    /// The outcome in one line; `words` gives the text of a stretch of tokens.
    pub fn describe(&self, rules: &RuleSet, words: impl Fn(u32, u32) -> String) -> String {
        let Some(rule) = rules.rules().get(self.rule as usize) else { return String::new() };
        let name = &rule.name.text;
        match &self.outcome {
            Outcome::Matched(found) => {
                format!("{name}: matched \"{}\"", words(found.start, found.end))
            }
            Outcome::Missed { element, side, at } => {
                let head = words(self.head.start, self.head.end);
                let beside = match side {
                    Side::After => format!("after \"{}\"", words(at.saturating_sub(1), *at)),
                    Side::Before => format!("before \"{}\"", words(*at, at.saturating_add(1))),
                };
                format!("{name}: at \"{head}\", no `{}` {beside}", source_of(rule, *element))
            }
            Outcome::Refused { condition, holds, layout } => {
                let found = words(layout.start, layout.end);
                let against = if *holds { "`where` does not hold" } else { "`unless` holds" };
                format!("{name}: \"{found}\" refused, {against}: `{}`", source_of(rule, *condition))
            }
        }
    }
}

/// A stretch of a rule on one line.
fn source_of(rule: &Rule, span: Span) -> String {
    span.of(&rule.source).split_whitespace().collect::<Vec<_>>().join(" ")
}
