//! The slow, obvious twin of `RuleSet::find`: all layouts are enumerated, then the best is taken.
//!
//! It reads the rule as written, not the compiled program; from left to right, not from the head
//! outward; and ranks whole layouts by the order of preference as the manual states it. So a slip in
//! compiling, indexing, searching or in the argument that the two sides are independent shows up as
//! a difference.

use std::cmp::Reverse;

use tandem_model::{ClassId, Mark};
use tandem_rules::{
    Alts, Classes, Condition, Element, Fill, Gap, Item, Match, Place, Rule, Side, Source, Test, View,
};

/// All matches of all rules, sorted by rule and head: what `RuleSet::find` must give.
pub fn find(rules: &[Rule], classes: &Classes, view: &View<'_>) -> Vec<Match> {
    let numbered = rules.iter().enumerate();
    numbered.flat_map(|(number, rule)| Sentence { classes, view }.matches(number as u32, rule)).collect()
}

/// What each field is filled with: what `RuleSet::fills` must give.
pub fn fills<'r>(rule: &'r Rule, classes: &Classes, found: &Match, view: &View<'_>) -> Vec<(&'r str, Fill)> {
    let sentence = Sentence { classes, view };
    let mut fills: Vec<(&str, Fill)> = Vec::new();
    for line in &rule.fills {
        let field = line.field.text.as_str();
        let done = fills.iter().any(|(done, _)| *done == field);
        let holds = line.when.as_ref().is_none_or(|condition| sentence.holds(condition, rule, found));
        if !done
            && holds
            && let Some(fill) = fill(&line.source, rule, found)
        {
            fills.push((field, fill));
        }
    }
    fills
}

fn fill(source: &Source, rule: &Rule, found: &Match) -> Option<Fill> {
    Some(match source {
        Source::Null => Fill::Null,
        Source::Word(word) | Source::Quoted(word) => Fill::Word(word.clone()),
        Source::Capture(name) => Fill::Capture(capture(rule, found, name)?),
        Source::Range(first, last) => {
            Fill::Range(capture(rule, found, &first.text)?.start, capture(rule, found, &last.text)?.end)
        }
    })
}

fn capture(rule: &Rule, found: &Match, name: &str) -> Option<Mark> {
    let slot = rule.captures().iter().position(|capture| *capture == name)? as u16;
    found.captures.iter().find(|(of, _)| *of == slot).map(|(_, mark)| *mark)
}

/// What one element of a rule took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    /// A group: false sorts first, so this holds "left out".
    Group(bool),
    /// A gap of so many tokens.
    Gap(u32),
    /// A mark: longer ones first, then by class and entry. The start breaks no tie; it is kept for
    /// the match.
    Item(Reverse<u32>, ClassId, u32, u32),
}

/// What all elements took, groups opened, left to right.
#[derive(Clone, Debug)]
struct Layout {
    taken: Vec<Taken>,
    /// Where in `taken` the head stands.
    head: usize,
    /// For each of `taken`, the capture slot if it is a captured item.
    slots: Vec<Option<u16>>,
}

/// A part of a row: a group's choice, or an element.
#[derive(Clone, Copy)]
enum Part<'r> {
    Group(bool),
    Gap(&'r Gap),
    Item(&'r Item),
}

struct Sentence<'a> {
    classes: &'a Classes,
    view: &'a View<'a>,
}

impl Sentence<'_> {
    fn matches(&self, number: u32, rule: &Rule) -> Vec<Match> {
        let Some(head) = rule.head() else { return Vec::new() };
        let mut matches: Vec<Match> = Vec::new();
        let layouts: Vec<Layout> =
            rows(rule, head).iter().flat_map(|row| self.layouts(rule, row, head)).collect();
        let mut heads: Vec<Mark> = self.marks().filter(|mark| self.is(mark, &head.alts)).collect();
        heads.sort_by_key(|mark| (mark.start, Reverse(mark.end), mark.class, mark.entry));
        heads.dedup_by_key(|mark| (mark.start, mark.end));
        for head in heads {
            let around = layouts.iter().filter(|layout| layout.head_mark() == head);
            let Some(best) = around.max_by_key(|layout| layout.preference()) else { continue };
            let found = best.to_match(number);
            let guards = &rule.conditions;
            if guards.iter().all(|guard| self.holds(&guard.condition, rule, &found) == guard.holds) {
                matches.push(found);
            }
        }
        matches
    }

    fn marks(&self) -> impl Iterator<Item = Mark> {
        self.view.marks.iter().copied().filter(|mark| mark.start < mark.end && mark.end <= self.view.tokens)
    }

    fn is(&self, mark: &Mark, alts: &Alts) -> bool {
        alts.names().any(|name| self.classes.get(name) == Some(&mark.class))
    }

    /// All layouts of a row, wherever they start.
    fn layouts(&self, rule: &Rule, row: &[Part<'_>], head: &Item) -> Vec<Layout> {
        let captures = rule.captures();
        let slots = row.iter().map(|part| match part {
            Part::Item(item) => {
                let name = item.name.as_ref();
                name.and_then(|name| captures.iter().position(|c| *c == name.text)).map(|slot| slot as u16)
            }
            _ => None,
        });
        let slots: Vec<Option<u16>> = slots.collect();
        let head = row.iter().position(|part| matches!(part, Part::Item(item) if std::ptr::eq(*item, head)));
        let Some(head) = head else { return Vec::new() };
        let starts = 0..=self.view.tokens;
        let all = starts.flat_map(|start| self.place(row, start));
        all.map(|taken| Layout { taken, head, slots: slots.clone() }).collect()
    }

    /// All ways to place the parts from token `at` on.
    fn place(&self, row: &[Part<'_>], at: u32) -> Vec<Vec<Taken>> {
        let Some((part, rest)) = row.split_first() else { return vec![Vec::new()] };
        let ways: Vec<(Taken, u32)> = match part {
            Part::Group(taken) => vec![(Taken::Group(!taken), at)],
            Part::Gap(gap) => {
                let fits = |tokens: &u32| self.gap_fits(gap, at, at + tokens);
                (gap.min..=gap.max).filter(fits).map(|tokens| (Taken::Gap(tokens), at + tokens)).collect()
            }
            Part::Item(item) => self
                .marks()
                .filter(|mark| mark.start == at && self.is(mark, &item.alts))
                .map(|mark| {
                    let length = Reverse(mark.end - mark.start);
                    (Taken::Item(length, mark.class, mark.entry, mark.start), mark.end)
                })
                .collect(),
        };
        let then = |(taken, next): (Taken, u32)| {
            self.place(rest, next).into_iter().map(move |rest| [vec![taken], rest].concat())
        };
        ways.into_iter().flat_map(then).collect()
    }

    fn gap_fits(&self, gap: &Gap, from: u32, to: u32) -> bool {
        to <= self.view.tokens
            && !self.marks().any(|mark| (from..to).contains(&mark.start) && self.is(&mark, &gap.not))
    }

    fn holds(&self, condition: &Condition, rule: &Rule, found: &Match) -> bool {
        let capture = |name: &tandem_rules::Text| capture(rule, found, &name.text);
        let any_in = |alts: &Alts, low: u32, high: u32| {
            self.marks().any(|mark| low <= mark.start && mark.end <= high && self.is(&mark, alts))
        };
        let all = self.view.tokens;
        match &condition.test {
            Test::Near { alts, distance, side: Side::Before, capture: name } => capture(name)
                .is_some_and(|mark| any_in(alts, mark.start.saturating_sub(*distance), mark.start)),
            Test::Near { alts, distance, side: Side::After, capture: name } => {
                capture(name).is_some_and(|mark| any_in(alts, mark.end, mark.end + distance))
            }
            Test::In { alts, place: Place::Sentence } => any_in(alts, 0, all),
            Test::In { alts, place: Place::Match } => any_in(alts, found.start, found.end),
            Test::In { alts, place: Place::Clause } => {
                let (low, high) = self.clause(found);
                any_in(alts, low, high)
            }
            Test::In { alts, place: Place::Capture(name) } => {
                capture(name).is_some_and(|mark| any_in(alts, mark.start, mark.end))
            }
            Test::Is { capture: name, alts } => capture(name).is_some_and(|capture| {
                let begins = |mark: &Mark| mark.start == capture.start && mark.end <= capture.end;
                self.marks().any(|mark| begins(&mark) && self.is(&mark, alts))
            }),
            Test::Bound { capture: name } => capture(name).is_some(),
            Test::SentenceIs { alts } => alts
                .names()
                .any(|name| self.classes.get(name).is_some_and(|class| self.view.traits.contains(class))),
        }
    }

    /// From the end of the clause end that starts last before the match to the first one after it;
    /// of two that start together the shorter is nearer.
    fn clause(&self, found: &Match) -> (u32, u32) {
        let class = self.classes.get("CLAUSE_END");
        let ends = || self.marks().filter(|mark| Some(&mark.class) == class);
        let before =
            ends().filter(|mark| mark.end <= found.start).max_by_key(|mark| (mark.start, Reverse(mark.end)));
        let after = ends().filter(|mark| mark.start >= found.end).map(|mark| mark.start).min();
        (before.map_or(0, |mark| mark.end), after.unwrap_or(self.view.tokens))
    }
}

/// The rule's elements in a row, once for each choice of groups to take. A group's choice stands at
/// the end of the group that is nearer to the head: it has no width, and is met there first.
fn rows<'r>(rule: &'r Rule, head: &Item) -> Vec<Vec<Part<'r>>> {
    let mut rows: Vec<Vec<Part<'_>>> = vec![Vec::new()];
    let mut before = true;
    for element in &rule.elements {
        let choices: Vec<Vec<Part<'_>>> = match element {
            Element::Item(item) => {
                before &= !std::ptr::eq(item, head);
                vec![vec![Part::Item(item)]]
            }
            Element::Gap(gap) => vec![vec![Part::Gap(gap)]],
            Element::Group(group) => {
                let mut inner: Vec<Part<'_>> = group.elements.iter().filter_map(plain).collect();
                inner.insert(if before { inner.len() } else { 0 }, Part::Group(true));
                vec![inner, vec![Part::Group(false)]]
            }
        };
        rows = rows
            .iter()
            .flat_map(|row| choices.iter().map(move |choice| [row.as_slice(), choice].concat()))
            .collect();
    }
    rows
}

fn plain(element: &Element) -> Option<Part<'_>> {
    match element {
        Element::Item(item) => Some(Part::Item(item)),
        Element::Gap(gap) => Some(Part::Gap(gap)),
        Element::Group(_) => None,
    }
}

impl Layout {
    fn mark(taken: &Taken) -> Option<Mark> {
        match *taken {
            Taken::Item(Reverse(length), class, entry, start) => {
                Some(Mark { start, end: start + length, class, entry })
            }
            _ => None,
        }
    }

    fn marks(&self) -> impl Iterator<Item = Mark> {
        self.taken.iter().filter_map(Self::mark)
    }

    fn head_mark(&self) -> Mark {
        // `head` is the place of an item, by construction in `Sentence::layouts`.
        Self::mark(&self.taken[self.head]).expect("the head is an item")
    }

    fn start(&self) -> u32 {
        self.marks().next().map_or(0, |mark| mark.start)
    }

    /// The order of preference as the manual states it; greater is better.
    fn preference(&self) -> impl Ord {
        let groups = self.taken.iter().filter(|taken| **taken == Taken::Group(false)).count();
        let gaps: u32 = self.taken.iter().map(|taken| if let Taken::Gap(n) = taken { *n } else { 0 }).sum();
        let length: u32 = self.marks().map(|mark| mark.end - mark.start).sum();
        let outward = (self.after(), self.before());
        (groups, Reverse(gaps), length, Reverse(self.start()), Reverse(outward))
    }

    /// What was taken from the head on.
    fn after(&self) -> Vec<Taken> {
        self.taken[self.head + 1..].to_vec()
    }

    /// What was taken from the head back.
    fn before(&self) -> Vec<Taken> {
        self.taken[..self.head].iter().rev().copied().collect()
    }

    fn to_match(&self, rule: u32) -> Match {
        let captured = self.slots.iter().zip(&self.taken);
        let mut captures: Vec<(u16, Mark)> =
            captured.filter_map(|(slot, taken)| Some(((*slot)?, Self::mark(taken)?))).collect();
        captures.sort_by_key(|(slot, _)| *slot);
        let end = self.marks().last().map_or(0, |mark| mark.end);
        Match { rule, start: self.start(), end, head: self.head_mark(), captures }
    }
}
