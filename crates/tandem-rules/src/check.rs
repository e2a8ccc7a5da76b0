//! Judging a well-formed rule: do its names exist, can it match, is it tested.

use std::collections::BTreeMap;

use tandem_model::{ClassId, Span};

use crate::error::{
    FEWEST_EXAMPLES, Fault, LONGEST_GAP, MOST_ELEMENTS, Problem, RuleError, did_you_mean, nearest,
};
use crate::rule::{Condition, Element, FillLine, Gap, Place, Rule, Source, Test, Text};
use crate::schema::{FieldType, Schema};

/// The numbers of the classes by name, words among them (`~reach`, `=more than`).
pub type Classes = BTreeMap<String, ClassId>;

/// The class whose marks part clauses, for `in clause`.
pub(crate) const CLAUSE_END: &str = "CLAUSE_END";

/// Everything that is wrong with a rule, in order of place; empty when it can be shipped.
pub fn check(rule: &Rule, classes: &Classes, schema: &Schema) -> Vec<RuleError> {
    let mut faults = structure(rule);
    faults.extend(unknown_classes(rule, classes));
    fields(rule, schema, &mut faults);
    examples(rule, &mut faults);
    as_errors(rule, faults)
}

/// Faults as errors in order of place.
pub(crate) fn as_errors(rule: &Rule, mut faults: Vec<Fault>) -> Vec<RuleError> {
    faults.sort_by_key(|fault| fault.span);
    faults.into_iter().map(|fault| RuleError::new(&rule.file, &rule.source, fault)).collect()
}

/// What keeps a rule from being compiled, whatever the lexicon and the schema are.
pub(crate) fn structure(rule: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    elements(rule, &mut faults);
    edges(rule, &mut faults);
    heads(rule, &mut faults);
    captures(rule, &mut faults);
    faults
}

/// Class names that nobody knows.
pub(crate) fn unknown_classes(rule: &Rule, classes: &Classes) -> Vec<Fault> {
    let mut faults: Vec<Fault> = rule
        .class_names()
        .filter(|name| !classes.contains_key(&name.text))
        .map(|name| {
            Fault::new(name.span, Problem::UnknownClass(name.text.clone()))
                .hint(class_hint(&name.text, classes))
        })
        .collect();
    if !classes.contains_key(CLAUSE_END) {
        let by_clause =
            |condition: &&Condition| matches!(condition.test, Test::In { place: Place::Clause, .. });
        faults.extend(rule.all_conditions().filter(by_clause).map(|condition| {
            let hint = "`in clause` needs the class CLAUSE_END in the lexicon".to_owned();
            Fault::new(condition.span, Problem::UnknownClass(CLAUSE_END.to_owned())).hint(Some(hint))
        }));
    }
    faults
}

fn class_hint(name: &str, classes: &Classes) -> Option<String> {
    if name.starts_with(['~', '=']) {
        return Some("the lexicon must be built with the words of this rule".to_owned());
    }
    did_you_mean(name, classes.keys().map(String::as_str).filter(|known| !known.starts_with(['~', '='])))
}

fn elements(rule: &Rule, faults: &mut Vec<Fault>) {
    let count = rule.flat().count();
    if count > MOST_ELEMENTS {
        faults.push(Fault::new(rule.name.span, Problem::TooManyElements(count)));
    }
    if !rule.items().any(|(_, optional)| !optional) {
        faults.push(Fault::new(match_span(rule), Problem::EmptyMatch));
    }
    for (element, _) in rule.flat() {
        if let Element::Gap(gap) = element {
            faults.extend(gap_fault(gap));
        }
    }
    for element in &rule.elements {
        if let Element::Group(group) = element
            && !group.elements.iter().any(|inner| matches!(inner, Element::Item(_)))
        {
            faults.push(Fault::new(group.span, Problem::EmptyGroup));
        }
    }
}

fn match_span(rule: &Rule) -> Span {
    rule.elements.iter().map(Element::span).reduce(Span::cover).unwrap_or(rule.name.span)
}

fn gap_fault(gap: &Gap) -> Option<Fault> {
    let problem = match (gap.min, gap.max) {
        (_, max) if max > LONGEST_GAP => Problem::GapTooLong(max),
        (min, max) if min > max => Problem::GapOrder(min, max),
        _ => return None,
    };
    Some(Fault::new(gap.span, problem))
}

/// Gaps that lead nowhere, with all groups taken and with none taken.
fn edges(rule: &Rule, faults: &mut Vec<Fault>) {
    let all: Vec<&Element> = rule.flat().map(|(element, _)| element).collect();
    let obligatory: Vec<&Element> =
        rule.flat().filter(|(_, optional)| !optional).map(|(element, _)| element).collect();
    let mut found: Vec<Span> = Vec::new();
    for row in [all, obligatory] {
        for edge in [row.first(), row.last()] {
            if let Some(Element::Gap(gap)) = edge
                && !found.contains(&gap.span)
            {
                found.push(gap.span);
            }
        }
    }
    faults.extend(found.into_iter().map(|span| Fault::new(span, Problem::EdgeGap)));
}

fn heads(rule: &Rule, faults: &mut Vec<Fault>) {
    let mut marked = rule.items().filter(|(item, _)| item.head);
    if let Some((item, true)) = marked.next() {
        faults.push(Fault::new(item.span, Problem::OptionalHead));
    } else if rule.head().is_none() && rule.items().any(|(_, optional)| !optional) {
        faults.push(Fault::new(match_span(rule), Problem::NoHead));
    }
    faults.extend(marked.map(|(item, _)| Fault::new(item.span, Problem::SecondHead)));
}

/// Captures named twice, and names that are none.
fn captures(rule: &Rule, faults: &mut Vec<Fault>) {
    let names = rule.captures();
    let written = rule.items().filter_map(|(item, _)| item.name.as_ref());
    for (slot, name) in written.enumerate() {
        if names[..slot].contains(&name.text.as_str()) {
            faults.push(Fault::new(name.span, Problem::DuplicateCapture(name.text.clone())));
        }
    }
    let mut used: Vec<&Text> =
        rule.all_conditions().filter_map(|condition| condition.test.capture()).collect();
    for line in &rule.fills {
        if let Source::Range(first, last) = &line.source {
            used.extend([first, last]);
            faults.extend(range_order(&names, first, last, line));
        }
    }
    for name in used.into_iter().filter(|name| !names.contains(&name.text.as_str())) {
        let hint = did_you_mean(&name.text, names.iter().copied());
        faults.push(Fault::new(name.span, Problem::UnknownCapture(name.text.clone())).hint(hint));
    }
}

fn range_order(names: &[&str], first: &Text, last: &Text, line: &FillLine) -> Option<Fault> {
    let place = |wanted: &Text| names.iter().position(|name| *name == wanted.text);
    let turned = place(first)? > place(last)?;
    let problem = Problem::RangeOrder(first.text.clone(), last.text.clone());
    turned.then(|| Fault::new(line.source_span, problem))
}

fn fields(rule: &Rule, schema: &Schema, faults: &mut Vec<Fault>) {
    let Some(known) = schema.kinds.get(&rule.kind) else {
        let hint = did_you_mean(&rule.kind, schema.kinds.keys().map(String::as_str));
        faults.push(Fault::new(rule.name.span, Problem::UnknownKind(rule.kind.clone())).hint(hint));
        return;
    };
    for line in &rule.fills {
        match known.get(&line.field.text) {
            Some(field) => faults.extend(constant_fault(rule, line, field)),
            None => {
                let hint = did_you_mean(&line.field.text, known.keys().map(String::as_str));
                let (kind, field) = (rule.kind.clone(), line.field.text.clone());
                faults.push(Fault::new(line.field.span, Problem::UnknownField { kind, field }).hint(hint));
            }
        }
    }
    unreachable_lines(rule, faults);
}

fn constant_fault(rule: &Rule, line: &FillLine, field: &FieldType) -> Option<Fault> {
    let (constant, quoted) = match &line.source {
        Source::Word(word) => (word, false),
        Source::Quoted(text) => (text, true),
        _ => return None,
    };
    if field.allows(constant, quoted) {
        return None;
    }
    let mut likely = rule.captures();
    if let FieldType::Word(allowed) = field {
        likely.extend(allowed.iter().map(String::as_str));
    }
    let hint = match nearest(constant, likely) {
        Some(word) => format!("did you mean {word}?"),
        None => format!("expected {}", field.expectation()),
    };
    let problem = Problem::BadConstant { constant: constant.clone(), field: line.field.text.clone() };
    Some(Fault::new(line.source_span, problem).hint(Some(hint)))
}

/// Lines for a field behind one that always holds.
fn unreachable_lines(rule: &Rule, faults: &mut Vec<Fault>) {
    let optional: Vec<&str> = rule
        .items()
        .filter(|(_, optional)| *optional)
        .filter_map(|(item, _)| item.name.as_ref().map(|name| name.text.as_str()))
        .collect();
    let always = |line: &FillLine| {
        line.when.is_none()
            && match &line.source {
                Source::Null | Source::Word(_) | Source::Quoted(_) => true,
                Source::Capture(name) => !optional.contains(&name.as_str()),
                Source::Range(first, last) => {
                    !optional.contains(&first.text.as_str()) && !optional.contains(&last.text.as_str())
                }
            }
    };
    for (index, line) in rule.fills.iter().enumerate() {
        let hidden =
            rule.fills[..index].iter().any(|early| early.field.text == line.field.text && always(early));
        if hidden {
            faults.push(Fault::new(line.field.span, Problem::UnreachableFill(line.field.text.clone())));
        }
    }
}

fn examples(rule: &Rule, faults: &mut Vec<Fault>) {
    for (word, found) in [("yes", rule.yes().count()), ("no", rule.no().count())] {
        if found < FEWEST_EXAMPLES {
            faults.push(Fault::new(rule.name.span, Problem::FewExamples { word, found }));
        }
    }
    for yes in rule.yes().filter(|yes| yes.expected.is_empty()) {
        faults.push(Fault::new(yes.text.span, Problem::NoExpectation));
    }
}
