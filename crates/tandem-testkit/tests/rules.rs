//! The fast matcher against its slow twin, on random rules and random sentences.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandem_model::{ClassId, Mark};
use tandem_rules::{Classes, Outcome, Rule, RuleSet, Scratch, View, parse};
use tandem_testkit::reference;

/// Few classes, so that random marks meet random rules; two lie in different words of a bit set.
const CLASSES: [(&str, u16); 6] = [("A", 0), ("B", 1), ("C", 63), ("D", 64), ("~e", 200), ("CLAUSE_END", 3)];

const TOKENS: u32 = 9;

fn classes() -> Classes {
    CLASSES.iter().map(|(name, number)| ((*name).to_owned(), ClassId(*number))).collect()
}

fn alts() -> impl Strategy<Value = String> {
    prop::collection::vec(select(vec!["A", "B", "C", "D", "~e", "CLAUSE_END"]), 1..3)
        .prop_map(|names| names.join(" | "))
}

fn gap() -> impl Strategy<Value = String> {
    (0u32..3, 0u32..4, prop::option::of(alts())).prop_map(|(min, more, not)| {
        let not = not.map(|not| format!(" not {not}")).unwrap_or_default();
        format!("gap {min}..{}{not}", min + more)
    })
}

/// An item whose name, if it has one, is filled in later.
fn item() -> impl Strategy<Value = String> {
    (any::<bool>(), alts()).prop_map(|(named, alts)| if named { format!("@: {alts}") } else { alts })
}

/// What may stand after the head: a gap leads to its item. Turned round, what may stand before it.
fn part() -> impl Strategy<Value = Vec<String>> {
    let led =
        || (prop::option::of(gap()), item()).prop_map(|(gap, item)| gap.into_iter().chain([item]).collect());
    let group = prop::collection::vec(led(), 1..3).prop_map(|led: Vec<Vec<String>>| {
        let inner: Vec<String> = led.concat();
        [vec!["(".to_owned()], inner, vec![")?".to_owned()]].concat()
    });
    let group = group.boxed();
    let group_behind_gap = (gap(), group.clone(), gap(), item())
        .prop_map(|(gap, group, other, item)| [vec![gap], group, vec![other, item]].concat());
    prop_oneof![3 => led().boxed(), 3 => group, 1 => group_behind_gap.boxed()]
}

fn turned(parts: Vec<Vec<String>>) -> Vec<String> {
    let mut words: Vec<String> = parts.concat();
    words.reverse();
    for word in &mut words {
        match word.as_str() {
            "(" => *word = ")?".to_owned(),
            ")?" => *word = "(".to_owned(),
            _ => {}
        }
    }
    words
}

fn test() -> impl Strategy<Value = String> {
    let name = || any::<Index>().prop_map(|index| format!("${}", index.index(1000)));
    let side = select(vec!["before", "after"]);
    prop_oneof![
        (alts(), 0u32..4, side, name())
            .prop_map(|(alts, n, side, name)| format!("{alts} in {n} {side} {name}")),
        (alts(), select(vec!["sentence", "clause", "match"]))
            .prop_map(|(alts, place)| format!("{alts} in {place}")),
        (alts(), name()).prop_map(|(alts, name)| format!("{alts} in {name}")),
        (alts(), name()).prop_map(|(alts, name)| format!("{name} is {alts}")),
        name().prop_map(|name| format!("{name} bound")),
        alts().prop_map(|alts| format!("sentence is {alts}")),
    ]
}

fn fill_line() -> impl Strategy<Value = String> {
    let field = select(vec!["f", "g"]);
    let source = prop_oneof![
        Just("null".to_owned()),
        Just("word".to_owned()),
        any::<Index>().prop_map(|index| format!("${}", index.index(1000))),
        Just("$0..$last".to_owned()),
    ];
    (field, source, prop::option::of(test())).prop_map(|(field, source, when)| {
        let when = when.map(|when| format!(" when {when}")).unwrap_or_default();
        format!("{field} = {source}{when}")
    })
}

/// Names the captures and puts real names for `$number`.
fn named(before: Vec<String>, after: Vec<String>, lines: &str) -> String {
    let head = format!("head @: {}", "A | B");
    let mut count = 0;
    let elements: Vec<String> = before
        .into_iter()
        .chain([head])
        .chain(after)
        .map(|word| {
            if !word.contains('@') {
                return word;
            }
            count += 1;
            word.replace('@', &format!("c{}", count - 1))
        })
        .collect();
    let lines = lines.replace("$last", &format!("c{}", count - 1));
    let mut text = String::new();
    let mut pieces = lines.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = piece[..digits].parse().unwrap_or(0);
        text.push_str(&format!("c{}{}", number % count, &piece[digits..]));
    }
    format!("match\n  {}\n{text}", elements.join("\n  "))
}

/// The source of a rule without its first two lines.
fn body() -> impl Strategy<Value = String> {
    let parts = || prop::collection::vec(part(), 0..3);
    let lines = || prop::collection::vec(test(), 0..2);
    (parts(), parts(), lines(), lines(), prop::collection::vec(fill_line(), 1..4)).prop_map(
        |(before, after, wheres, unlesses, fills)| {
            let section = |heading: &str, lines: Vec<String>| match lines.is_empty() {
                true => String::new(),
                false => format!("{heading}\n  {}\n", lines.join("\n  ")),
            };
            let lines = section("where", wheres) + &section("unless", unlesses) + &section("fill", fills);
            named(turned(before), after.concat(), &lines)
        },
    )
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    prop::collection::vec(body(), 1..4).prop_map(|bodies| {
        let sources =
            bodies.iter().enumerate().map(|(n, body)| format!("rule figure/r{n}\n\"Random.\"\n{body}"));
        sources
            .map(|source| parse("r.rule", &source).unwrap_or_else(|errors| panic!("{}", errors[0])))
            .collect()
    })
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let class = select(CLASSES.map(|(_, number)| ClassId(number)).to_vec());
    let mark = (0..TOKENS, 1u32..4, class, 0u32..2).prop_map(|(start, length, class, entry)| Mark {
        start,
        end: (start + length).min(TOKENS),
        class,
        entry,
    });
    prop::collection::vec(mark, 0..16).prop_map(|mut marks| {
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.class, mark.entry));
        marks
    })
}

fn frequencies() -> impl Strategy<Value = BTreeMap<String, u32>> {
    prop::collection::btree_map(select(CLASSES.map(|(name, _)| name.to_owned()).to_vec()), 0u32..9, 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_equals_its_twin(
        rules in rules(),
        sentences in prop::collection::vec((marks(), prop::collection::vec(select(vec![0u16, 1, 63]), 0..2)), 1..4),
        frequencies in frequencies(),
    ) {
        let classes = classes();
        let compiled = RuleSet::compile_with(rules.clone(), &classes, &frequencies);
        let compiled = match compiled {
            Ok(compiled) => compiled,
            Err(errors) => return Err(TestCaseError::fail(errors[0].to_string())),
        };
        let mut scratch = Scratch::default();
        for (marks, traits) in &sentences {
            let traits: Vec<ClassId> = traits.iter().copied().map(ClassId).collect();
            let view = View { tokens: TOKENS, marks, traits: &traits };
            let mut found = Vec::new();
            compiled.find(&view, &mut scratch, &mut found);
            prop_assert_eq!(&found, &reference::find(&rules, &classes, &view));
            for found in &found {
                let rule = &rules[found.rule as usize];
                prop_assert_eq!(compiled.fills(found, &view), reference::fills(rule, &classes, found, &view));
            }
            let traced = compiled.trace(&view).into_iter().filter_map(|trace| match trace.outcome {
                Outcome::Matched(found) => Some(found),
                _ => None,
            });
            prop_assert_eq!(traced.collect::<Vec<_>>(), found);
        }
    }
}
