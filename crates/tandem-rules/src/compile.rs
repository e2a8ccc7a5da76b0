//! From rules to programs: class names to sets, captures to slots, elements to steps outward.
//!
//! A rule is tried on a sentence only when a mark of its *trigger* is there: the rarest obligatory
//! element by the frequencies given, else the head. A [`RuleSet`] is stored as rules and class
//! numbers and compiled again when it is read: that takes microseconds a rule, and bytes from
//! outside can then break no invariant of the programs.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tandem_model::ClassId;

use crate::check::{CLAUSE_END, Classes, as_errors, structure, unknown_classes};
use crate::class_set::{ClassSet, Presence, Wants};
use crate::condition::{Check, Where};
use crate::error::{Fault, Problem, RuleError};
use crate::rule::{Alts, Condition, Element, FillLine, Item, Place, Rule, Side, Source, Test};
use crate::search::{Step, StepKind, Steps};

/// How often each class occurs in running text, in any unit; a class that is not listed never does.
pub type Frequencies = BTreeMap<String, u32>;

/// Compiled rules, ready to be run on sentences.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct RuleSet {
    rules: Vec<Rule>,
    pub(crate) programs: Vec<Program>,
    /// What each rule needs in the sentence to match at all, its trigger first.
    pub(crate) wants: Wants,
    /// Bits of all rules.
    all: Vec<u64>,
    /// For each class, bits of the rules that name it anywhere.
    naming: Vec<Vec<u64>>,
    /// Bits of the classes that trigger any rule.
    pub(crate) triggers: Vec<u64>,
    /// Words of 64 bits that hold every class the rules name.
    pub(crate) class_words: usize,
    pub(crate) clause_end: Option<ClassId>,
    classes: Classes,
    frequencies: Frequencies,
}

/// One rule, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) head: ClassSet,
    /// The same, one by one.
    pub(crate) head_classes: Vec<ClassId>,
    pub(crate) head_slot: Option<u16>,
    /// Steps from the head back to the first element.
    pub(crate) before: Steps,
    /// Steps from the head on to the last element.
    pub(crate) after: Steps,
    /// The side to search first: the one on which more must be found, so that more fails at once.
    pub(crate) first: Side,
    /// In the order of the rule's conditions; true for `where`.
    pub(crate) guards: Vec<(bool, Check)>,
    /// In the order of the rule's fill lines.
    pub(crate) fills: Vec<FillStep>,
}

/// A compiled fill line; constants stay in the rule.
#[derive(Clone, Debug)]
pub(crate) struct FillStep {
    pub(crate) source: FillSource,
    pub(crate) when: Option<Check>,
}

/// Where a field's content comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FillSource {
    Null,
    Constant,
    Capture(u16),
    Range(u16, u16),
}

/// What a [`RuleSet`] is written as.
#[derive(Serialize, Deserialize)]
struct Stored {
    rules: Vec<Rule>,
    classes: Classes,
    frequencies: Frequencies,
}

impl From<RuleSet> for Stored {
    fn from(set: RuleSet) -> Self {
        Self { rules: set.rules, classes: set.classes, frequencies: set.frequencies }
    }
}

impl TryFrom<Stored> for RuleSet {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        // What was written down names nothing that the rules do not name.
        Self::compile_used(stored.rules, stored.classes, stored.frequencies)
            .map_err(|errors| errors.iter().map(RuleError::to_string).collect::<Vec<_>>().join("\n\n"))
    }
}

impl RuleSet {
    /// Compiles rules; each is triggered by its head.
    ///
    /// # Errors
    /// Classes that are not in `classes`, rules that cannot match, two rules of one name. Fields and
    /// examples are not looked at: that is [`crate::check`]'s part.
    pub fn compile(rules: Vec<Rule>, classes: &Classes) -> Result<Self, Vec<RuleError>> {
        Self::compile_with(rules, classes, &Frequencies::new())
    }

    /// Compiles rules; each is triggered by its rarest obligatory element.
    ///
    /// # Errors
    /// As [`RuleSet::compile`].
    pub fn compile_with(
        rules: Vec<Rule>,
        classes: &Classes,
        frequencies: &Frequencies,
    ) -> Result<Self, Vec<RuleError>> {
        let (classes, frequencies) = (used(&rules, classes), used(&rules, frequencies));
        Self::compile_used(rules, classes, frequencies)
    }

    /// As [`RuleSet::compile_with`], from tables that hold what the rules name and nothing else.
    fn compile_used(
        rules: Vec<Rule>,
        classes: Classes,
        frequencies: Frequencies,
    ) -> Result<Self, Vec<RuleError>> {
        let compiler = Compiler { classes: hashed(&classes), frequencies: hashed(&frequencies) };
        let errors = refuse(&rules, &classes, &compiler.classes);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut set = Self {
            programs: Vec::with_capacity(rules.len()),
            wants: Wants::default(),
            all: vec![u64::MAX; rules.len().div_ceil(64)],
            naming: Vec::new(),
            triggers: Vec::new(),
            class_words: 0,
            clause_end: classes.get(CLAUSE_END).copied(),
            classes: Classes::new(),
            frequencies: Frequencies::new(),
            rules: Vec::new(),
        };
        let most = classes.values().max().map(|most| usize::from(most.0));
        set.class_words = most.map_or(0, |most| most / 64 + 1);
        set.naming = vec![Vec::new(); most.map_or(0, |most| most + 1)];
        let mut wants = Vec::with_capacity(rules.len());
        for (number, rule) in rules.iter().enumerate() {
            // `refuse` has seen to it that there is a head.
            let Some(head) = rule.head() else { continue };
            let trigger = compiler.trigger(rule, head);
            set.trigger(&compiler.set(&trigger.alts));
            set.note_names(number, compiler.named(rule));
            let mut needs = compiler.needs(rule, trigger);
            needs.insert(0, compiler.set(&trigger.alts));
            wants.push(needs);
            set.programs.push(compiler.program(rule, head));
        }
        set.wants = Wants::new(&wants);
        (set.rules, set.classes, set.frequencies) = (rules, classes, frequencies);
        Ok(set)
    }

    /// The rules, in the order in which they were given; a match names its rule by place in it.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The classes that the rules name, with their numbers: the marks of a [`crate::View`] must be
    /// numbered so.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// A set of classes to ask [`RuleSet::may_match`] and [`RuleSet::heeds`] about.
    pub fn presence(&self, classes: impl Iterator<Item = ClassId>) -> Presence {
        let mut presence = Presence::new(self.class_words);
        classes.for_each(|class| presence.add(class));
        presence
    }

    /// Whether any rule can match in a sentence that holds these classes; no is certain, yes is not.
    pub fn may_match(&self, present: &Presence) -> bool {
        self.wants.any_met(present.words(), &self.all)
    }

    /// Whether marks of any of some classes can make a difference to what rules find in a sentence that holds these
    /// classes, they themselves included; no is certain, yes is not.
    pub fn heeds(&self, classes: &[ClassId], present: &Presence) -> bool {
        let mut naming = vec![0; self.all.len()];
        for rules in classes.iter().filter_map(|class| self.naming.get(usize::from(class.0))) {
            naming.iter_mut().zip(rules).for_each(|(all, rules)| *all |= rules);
        }
        self.wants.any_met(present.words(), &naming)
    }

    /// Lists a rule under every class that it names.
    fn note_names(&mut self, rule: usize, names: impl Iterator<Item = ClassId>) {
        for class in names {
            if let Some(rules) = self.naming.get_mut(usize::from(class.0)) {
                rules.resize(rules.len().max(rule / 64 + 1), 0);
                rules[rule / 64] |= 1 << (rule % 64);
            }
        }
    }

    fn trigger(&mut self, set: &ClassSet) {
        for class in set.classes() {
            let class = usize::from(class.0);
            if self.triggers.len() <= class / 64 {
                self.triggers.resize(class / 64 + 1, 0);
            }
            self.triggers[class / 64] |= 1 << (class % 64);
        }
    }
}

/// What keeps the rules from being compiled.
fn refuse(rules: &[Rule], classes: &Classes, hashed: &Hashed<'_, ClassId>) -> Vec<RuleError> {
    let mut names = BTreeSet::new();
    let mut errors = Vec::new();
    for rule in rules {
        let mut faults = structure(rule);
        if !hashed.contains_key(CLAUSE_END)
            || rule.class_names().any(|name| !hashed.contains_key(&*name.text))
        {
            faults.extend(unknown_classes(rule, classes));
        }
        if !names.insert(&rule.name.text) {
            faults.push(Fault::new(rule.name.span, Problem::DuplicateRule(rule.name.text.clone())));
        }
        errors.extend(as_errors(rule, faults));
    }
    errors
}

/// The entries that the rules name.
fn used<T: Copy>(rules: &[Rule], table: &BTreeMap<String, T>) -> BTreeMap<String, T> {
    let names = rules.iter().flat_map(Rule::class_names).map(|name| name.text.as_str()).chain([CLAUSE_END]);
    names.filter_map(|name| table.get_key_value(name)).map(|(name, of)| (name.clone(), *of)).collect()
}

/// A table to be asked often: compiling asks for a name tens of thousands of times, and every start compiles.
type Hashed<'a, T> = FxHashMap<&'a str, T>;

fn hashed<T: Copy>(table: &BTreeMap<String, T>) -> Hashed<'_, T> {
    table.iter().map(|(name, of)| (name.as_str(), *of)).collect()
}

struct Compiler<'a> {
    classes: Hashed<'a, ClassId>,
    frequencies: Hashed<'a, u32>,
}

impl Compiler<'_> {
    fn set(&self, alts: &Alts) -> ClassSet {
        alts.names().filter_map(|name| self.classes.get(name).copied()).collect()
    }

    /// The classes that a rule names anywhere, some more than once.
    fn named(&self, rule: &Rule) -> impl Iterator<Item = ClassId> {
        rule.class_names().filter_map(|name| self.classes.get(&*name.text).copied())
    }

    /// How often one of the classes occurs.
    fn frequency(&self, alts: &Alts) -> u64 {
        alts.names().map(|name| u64::from(self.frequencies.get(name).copied().unwrap_or(0))).sum()
    }

    /// The item on whose classes the rule is tried.
    fn trigger<'r>(&self, rule: &'r Rule, head: &'r Item) -> &'r Item {
        let mut rarest = head;
        if !self.frequencies.is_empty() {
            for (item, _) in rule.items().filter(|(_, optional)| !optional) {
                if self.frequency(&item.alts) < self.frequency(&rarest.alts) {
                    rarest = item;
                }
            }
        }
        rarest
    }

    fn program(&self, rule: &Rule, head: &Item) -> Program {
        let captures = rule.captures();
        let is_head = |element: &Element| matches!(element, Element::Item(item) if std::ptr::eq(item, head));
        let at = rule.elements.iter().position(is_head).unwrap_or(0);
        let before: Vec<&Element> = rule.elements[..at].iter().rev().collect();
        let after: Vec<&Element> = rule.elements[at + 1..].iter().collect();
        let obligatory =
            |side: &[&Element]| side.iter().filter(|part| matches!(part, Element::Item(_))).count();
        let head_set = self.set(&head.alts);
        Program {
            head_classes: head_set.classes().collect(),
            head: head_set,
            head_slot: slot_of(&captures, head),
            before: self.steps(&captures, &before, true).into(),
            after: self.steps(&captures, &after, false).into(),
            first: if obligatory(&before) > obligatory(&after) { Side::Before } else { Side::After },
            guards: rule
                .conditions
                .iter()
                .map(|guard| (guard.holds, self.condition(&captures, &guard.condition)))
                .collect(),
            fills: rule.fills.iter().map(|line| self.fill(&captures, line)).collect(),
        }
    }

    /// Sets of which every matching sentence has a class besides the trigger's, the rarest first;
    /// where nothing is known of frequencies, the smallest.
    fn needs(&self, rule: &Rule, trigger: &Item) -> Vec<ClassSet> {
        let obligatory = rule.items().filter(|(_, optional)| !optional).map(|(item, _)| item);
        let items = obligatory.filter(|item| !std::ptr::eq(*item, trigger)).map(|item| &item.alts);
        let wheres = rule.conditions.iter().filter(|guard| guard.holds).filter_map(|guard| {
            match &guard.condition.test {
                // Traits are no marks.
                Test::SentenceIs { .. } => None,
                test => test.alts(),
            }
        });
        let mut alts: Vec<&Alts> = items.chain(wheres).collect();
        alts.sort_by_key(|alts| (self.frequency(alts), alts.0.len()));
        alts.into_iter().map(|alts| self.set(alts)).collect()
    }

    /// Elements, given from the head outward, as steps.
    fn steps(&self, captures: &[&str], elements: &[&Element], backward: bool) -> Vec<Step> {
        let mut steps = Vec::new();
        for element in elements {
            let Element::Group(group) = element else {
                steps.extend(self.step(captures, element, false));
                continue;
            };
            let end = steps.len() + 1 + group.elements.len();
            steps.push(Step { kind: StepKind::Group { end }, span: group.span, optional: true });
            let mut inner: Vec<&Element> = group.elements.iter().collect();
            if backward {
                inner.reverse();
            }
            steps.extend(inner.into_iter().filter_map(|inner| self.step(captures, inner, true)));
        }
        steps
    }

    /// An item or gap as a step; groups hold no groups.
    fn step(&self, captures: &[&str], element: &Element, optional: bool) -> Option<Step> {
        let kind = match element {
            Element::Item(item) => {
                StepKind::Item { set: self.set(&item.alts), slot: slot_of(captures, item) }
            }
            Element::Gap(gap) => {
                let not = (!gap.not.0.is_empty()).then(|| self.set(&gap.not));
                StepKind::Gap { min: gap.min, max: gap.max, not }
            }
            Element::Group(_) => return None,
        };
        Some(Step { kind, span: element.span(), optional })
    }

    fn condition(&self, captures: &[&str], condition: &Condition) -> Check {
        let slot = |name: &crate::Text| slot_named(captures, &name.text);
        match &condition.test {
            Test::Near { alts, distance, side, capture } => {
                Check::Near { set: self.set(alts), distance: *distance, side: *side, slot: slot(capture) }
            }
            Test::In { alts, place } => {
                let place = match place {
                    Place::Sentence => Where::Sentence,
                    Place::Clause => Where::Clause,
                    Place::Match => Where::Match,
                    Place::Capture(name) => Where::Capture(slot(name)),
                };
                Check::Within { set: self.set(alts), place }
            }
            Test::Is { capture, alts } => Check::Is { set: self.set(alts), slot: slot(capture) },
            Test::Bound { capture } => Check::Bound { slot: slot(capture) },
            Test::SentenceIs { alts } => Check::SentenceIs { set: self.set(alts) },
        }
    }

    fn fill(&self, captures: &[&str], line: &FillLine) -> FillStep {
        let source = match &line.source {
            Source::Null => FillSource::Null,
            Source::Word(_) | Source::Quoted(_) => FillSource::Constant,
            Source::Capture(name) => FillSource::Capture(slot_named(captures, name)),
            Source::Range(first, last) => {
                FillSource::Range(slot_named(captures, &first.text), slot_named(captures, &last.text))
            }
        };
        FillStep { source, when: line.when.as_ref().map(|condition| self.condition(captures, condition)) }
    }
}

fn slot_of(captures: &[&str], item: &Item) -> Option<u16> {
    item.name.as_ref().map(|name| slot_named(captures, &name.text))
}

/// The slot of a capture; one that is never bound for a name that is none (the checker refuses those).
fn slot_named(captures: &[&str], name: &str) -> u16 {
    captures.iter().position(|capture| *capture == name).map_or(u16::MAX, |slot| slot as u16)
}
