//! The parser on any text, and on rules printed and read again.

use proptest::prelude::*;
use proptest::sample::select;
use tandem_model::Span;
use tandem_rules::{
    Alts, Condition, Element, Example, FillLine, Gap, Group, Guard, Item, No, Place, Rule, Side, Source,
    Test, Text, Yes, parse,
};

/// Where nothing stands yet: the printer does not look at spans.
fn nowhere() -> Span {
    Span::default()
}

fn text(text: impl Into<String>) -> Text {
    Text { text: text.into(), span: nowhere() }
}

fn texts(of: impl Strategy<Value = String>) -> impl Strategy<Value = Text> {
    of.prop_map(text)
}

/// Strings with all that has to be escaped.
fn quoted() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,12}", "[\"\\\\\n#=әўé ]{0,6}", any::<String>()]
}

fn alts() -> impl Strategy<Value = Alts> {
    let class = "[A-Z][A-Z0-9_]{0,5}";
    let word = "[~=](reach|amount to|сауда|to\\\\o|\"|o'z)";
    prop::collection::vec(texts(prop_oneof![class, word]), 1..4).prop_map(Alts)
}

fn capture() -> impl Strategy<Value = Text> {
    texts("c_[a-z0-9]{1,3}")
}

fn item() -> impl Strategy<Value = Element> {
    (prop::option::of(capture()), any::<bool>(), alts())
        .prop_map(|(name, head, alts)| Element::Item(Item { name, head, alts, span: nowhere() }))
}

fn gap() -> impl Strategy<Value = Element> {
    (any::<u32>(), 0u32..99, prop_oneof![Just(Alts::default()), alts()])
        .prop_map(|(min, max, not)| Element::Gap(Gap { min, max, not, span: nowhere() }))
}

fn element() -> impl Strategy<Value = Element> {
    let group = prop::collection::vec(prop_oneof![item(), gap()], 0..4)
        .prop_map(|elements| Element::Group(Group { elements, span: nowhere() }));
    prop_oneof![item(), gap(), group]
}

fn condition() -> impl Strategy<Value = Condition> {
    let side = select(vec![Side::Before, Side::After]);
    let place = prop_oneof![
        Just(Place::Sentence),
        Just(Place::Clause),
        Just(Place::Match),
        capture().prop_map(Place::Capture)
    ];
    let test = prop_oneof![
        (alts(), any::<u32>(), side, capture()).prop_map(|(alts, distance, side, capture)| Test::Near {
            alts,
            distance,
            side,
            capture
        }),
        (alts(), place).prop_map(|(alts, place)| Test::In { alts, place }),
        (capture(), alts()).prop_map(|(capture, alts)| Test::Is { capture, alts }),
        capture().prop_map(|capture| Test::Bound { capture }),
        alts().prop_map(|alts| Test::SentenceIs { alts }),
    ];
    test.prop_map(|test| Condition { test, span: nowhere() })
}

fn fill_line() -> impl Strategy<Value = FillLine> {
    let source = prop_oneof![
        Just(Source::Null),
        "k[a-z0-9_-]{0,4}|[0-9]{1,3}(\\.[0-9]{1,2})?".prop_map(Source::Word),
        quoted().prop_map(Source::Quoted),
        (capture(), capture()).prop_map(|(first, last)| Source::Range(first, last)),
    ];
    let field = prop_oneof!["f_[a-z]{1,3}", Just("match".to_owned()), Just("yes".to_owned())];
    (texts(field), source, prop::option::of(condition())).prop_map(|(field, source, when)| FillLine {
        field,
        source,
        source_span: nowhere(),
        when,
    })
}

fn example() -> impl Strategy<Value = Example> {
    let expected = prop::collection::vec(texts("([a-z0-9.:-]+( [a-z0-9.-]#?| \"[a-z #]+\"){0,3})?"), 0..3);
    let also = prop::collection::vec(texts("[a-z]{1,4}/[a-z-]{1,4}"), 0..2);
    let yes = (texts(quoted()), expected, also)
        .prop_map(|(text, expected, also)| Example::Yes(Yes { text, expected, also }));
    let comment = prop::option::of("([a-z#\"/]+( [a-z#\"/]+){0,2})?");
    let no = (texts(quoted()), comment).prop_map(|(text, comment)| Example::No(No { text, comment }));
    prop_oneof![yes, no]
}

fn rule() -> impl Strategy<Value = Rule> {
    let guards = (prop::collection::vec(condition(), 0..3), prop::collection::vec(condition(), 0..3));
    let guards = guards.prop_map(|(wheres, unlesses)| {
        let guard = |holds| move |condition| Guard { holds, condition };
        wheres.into_iter().map(guard(true)).chain(unlesses.into_iter().map(guard(false))).collect()
    });
    (
        ("[a-z]{1,5}", "[a-z0-9-]{1,5}", quoted()),
        prop::collection::vec(element(), 0..6),
        guards,
        prop::collection::vec(fill_line(), 0..4),
        0.0..=1.0f64,
        prop::collection::vec(example(), 0..4),
    )
        .prop_map(|((kind, own, doc), elements, conditions, fills, confidence, examples)| {
            let mut rule = Rule {
                name: text(format!("{kind}/{own}")),
                kind,
                doc,
                elements,
                conditions,
                fills,
                confidence,
                examples,
                file: "x.rule".to_owned(),
                source: String::new(),
            };
            let captures: Vec<String> = rule.captures().into_iter().map(str::to_owned).collect();
            if let (Some(capture), Some(line)) = (captures.first(), rule.fills.first_mut()) {
                line.source = Source::Capture(capture.clone());
            }
            rule
        })
}

/// The rule's content without its source and all places in it.
fn content(rule: &Rule) -> String {
    let mut rule = rule.clone();
    rule.source.clear();
    let shown = format!("{rule:?}");
    let mut pieces = shown.split("Span { start: ");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| all + piece.split_once('}').map_or("", |(_, rest)| rest))
}

/// Everything well formed that a rule is made of, to be put together wrongly.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "rule",
        "figure/x",
        "\"doc\"",
        "\n",
        "\n",
        "\n",
        "match",
        "where",
        "unless",
        "fill",
        "confidence",
        "yes",
        "no",
        "also",
        "=>",
        "=",
        "(",
        ")",
        ")?",
        "?",
        "gap",
        "0",
        "..",
        "6",
        "not",
        "A",
        "| B",
        "~word",
        "~",
        ":",
        "name",
        "head",
        "in",
        "before",
        "after",
        "sentence",
        "is",
        "bound",
        "when",
        "null",
        "# c",
        "\"",
        "\\",
        "0.5",
        "c:",
        "ә",
    ];
    prop::collection::vec(select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.join(" "))
}

/// Reading says something about any text, and every place it names is in the text.
fn reads(source: &str) {
    match parse("x.rule", source) {
        Ok(rule) => assert!(rule.elements.iter().all(|element| !element.span().of(source).is_empty())),
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                assert!(source.get(error.span().start()..error.span().end()).is_some(), "{error:?}");
                assert!(error.to_string().starts_with("error: "));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(source in any::<String>()) {
        reads(&source);
    }

    #[test]
    fn any_row_of_words_is_read(source in soup()) {
        reads(&source);
        reads(&format!("rule figure/x\n\"Doc.\"\nmatch\n{source}\nfill\n  f = null"));
        reads(&format!("rule figure/x\n\"Doc.\"\nmatch\n  A\nfill\n{source}"));
    }

    #[test]
    fn a_printed_rule_reads_as_itself(rule in rule()) {
        let printed = rule.to_string();
        let again = parse("x.rule", &printed).map_err(|errors| TestCaseError::fail(format!("{}\n{printed}", errors[0])))?;
        prop_assert_eq!(content(&again), content(&rule), "{}", printed);
        prop_assert_eq!(again.to_string(), printed);
    }
}

#[test]
fn spans_point_at_what_they_name() {
    let source = "# remark\nrule figure/x  # why\n\"Doc.\"\nmatch\n  head m: A |\n    ~b | \"more  Than\"\n  (gap 0..4 not C  \
                  p: D)?\nwhere\n  A in 3 before m\nfill\n  f = m..p when p bound\nyes \"S.\"\n  => a b  # not this\nalso \
                  figure/y\nno \"T.\"  # because\n";
    let rule = parse("x.rule", source).unwrap();
    let at = |span: Span| span.of(source);
    assert_eq!(at(rule.name.span), "figure/x");
    assert_eq!(at(rule.elements[0].span()), "head m: A |\n    ~b | \"more  Than\"");
    assert_eq!(at(rule.elements[1].span()), "(gap 0..4 not C  p: D)?");
    assert_eq!(at(rule.conditions[0].condition.span), "A in 3 before m");
    assert_eq!(at(rule.fills[0].source_span), "m..p");
    assert_eq!(rule.fills[0].when.as_ref().map(|condition| at(condition.span)), Some("p bound"));
    let words = tandem_rules::words_used(std::slice::from_ref(&rule));
    assert_eq!(words, ["=more than", "~b"]);
    let yes: Vec<_> = rule.yes().collect();
    assert_eq!((yes[0].expected[0].text.as_str(), at(yes[0].expected[0].span)), ("a b", "=> a b"));
    assert_eq!((yes[0].also[0].text.as_str(), at(yes[0].also[0].span)), ("figure/y", "figure/y"));
    assert_eq!(rule.no().next().and_then(|no| no.comment.as_deref()), Some("because"));
    assert_eq!(rule.confidence, 0.7);
}

/// The worked example of the manual is a sound rule.
#[test]
fn the_manual_is_right() {
    let manual = include_str!("../../../docs/rule-language.md");
    let example = manual.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let rule = parse("manual.rule", example).unwrap_or_else(|errors| panic!("{}", errors[0]));
    assert_eq!(rule.captures(), ["indicator", "verb", "value", "period"]);
    assert_eq!((rule.yes().count(), rule.no().count(), rule.fills.len()), (2, 2, 5));
    assert_eq!(rule.head().map(|item| item.span.of(example)), Some("head value: MONEY"));
}
