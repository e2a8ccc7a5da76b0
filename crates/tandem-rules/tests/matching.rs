//! What rules find in marked sentences: a table through one `check`.
//!
//! A sentence is written as words, each with its classes in braces: `reached{~reach,VERB}`; a mark of
//! several tokens opens at its first word with the number of tokens: `4{MONEY:3}`.

use std::collections::BTreeMap;

use tandem_model::{ClassId, Mark};
use tandem_rules::{Classes, Fill, Match, Outcome, RuleSet, Scratch, View, parse};

const HEADER: &str = "rule figure/x\n\"A test.\"\n";

/// Classes numbered as they come.
#[derive(Default)]
struct Numbers(Classes);

impl Numbers {
    fn of(&mut self, name: &str) -> ClassId {
        let next = ClassId(self.0.len() as u16);
        *self.0.entry(name.to_owned()).or_insert(next)
    }
}

struct Marked {
    words: Vec<String>,
    marks: Vec<Mark>,
    traits: Vec<ClassId>,
}

fn marked(sentence: &str, traits: &[&str], numbers: &mut Numbers) -> Marked {
    let mut words = Vec::new();
    let mut marks = Vec::new();
    for (at, piece) in sentence.split(' ').enumerate() {
        let (word, classes) = piece.split_once('{').unwrap_or((piece, "}"));
        words.push(word.to_owned());
        for class in classes.trim_end_matches('}').split(',').filter(|class| !class.is_empty()) {
            let (name, length) = class.split_once(':').unwrap_or((class, "1"));
            let end = at as u32 + length.parse::<u32>().expect("a number of tokens");
            marks.push(Mark { start: at as u32, end, class: numbers.of(name), entry: 0 });
        }
    }
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.class));
    Marked { words, marks, traits: traits.iter().map(|name| numbers.of(name)).collect() }
}

impl Marked {
    fn view(&self) -> View<'_> {
        View { tokens: self.words.len() as u32, marks: &self.marks, traits: &self.traits }
    }

    fn text(&self, start: u32, end: u32) -> String {
        self.words[start as usize..end as usize].join(" ")
    }
}

/// Compiles `body` alone and renders each match as `words | name=words … | field=content …`.
fn run(body: &str, sentence: &str, traits: &[&str]) -> Vec<String> {
    let mut numbers = Numbers::default();
    let marked = marked(sentence, traits, &mut numbers);
    let rule = parse("x.rule", &format!("{HEADER}{body}\n")).unwrap_or_else(|errors| panic!("{}", errors[0]));
    for name in tandem_rules::words_used(std::slice::from_ref(&rule)) {
        numbers.of(&name);
    }
    for name in ["A", "B", "C", "V", "N", "MONEY", "PERIOD", "CLAUSE_END", "HEADING", "QUOTE"] {
        numbers.of(name);
    }
    let rules = RuleSet::compile(vec![rule], &numbers.0).unwrap_or_else(|errors| panic!("{}", errors[0]));
    let mut found = Vec::new();
    rules.find(&marked.view(), &mut Scratch::default(), &mut found);
    found.iter().map(|found| render(found, &rules, &marked)).collect()
}

fn render(found: &Match, rules: &RuleSet, marked: &Marked) -> String {
    let names = rules.rules()[found.rule as usize].captures();
    let captures = found
        .captures
        .iter()
        .map(|(slot, mark)| format!("{}={}", names[usize::from(*slot)], marked.text(mark.start, mark.end)));
    let fills = rules.fills(found, &marked.view());
    let fills = fills.iter().map(|(field, fill)| match fill {
        Fill::Word(word) => format!("{field}:{word}"),
        Fill::Null => format!("{field}:null"),
        Fill::Capture(mark) => format!("{field}:<{}>", marked.text(mark.start, mark.end)),
        Fill::Range(start, end) => format!("{field}:[{}]", marked.text(*start, *end)),
    });
    let parts = [
        marked.text(found.start, found.end),
        captures.collect::<Vec<_>>().join(" "),
        fills.collect::<Vec<_>>().join(" "),
    ];
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

fn check(body: &str, sentence: &str, expected: &[&str]) {
    assert_eq!(run(body, sentence, &[]), expected, "\n{body}\non: {sentence}");
}

#[test]
fn the_worked_example() {
    let body = "match
  indicator: A | ~turnover
  gap 0..6 not CLAUSE_END | MONEY
  verb: ~reach | ~exceed
  gap 0..3
  head value: MONEY
  (gap 0..4 not CLAUSE_END  period: PERIOD)?
unless
  V in 3 before verb
fill
  indicator = trade_turnover
  amount = value
  bound = over when verb is ~exceed
  bound = exact
  title = verb..value
  period = period
  place = null";
    check(
        body,
        "Trade turnover{~turnover} reached{~reach} $4.3{MONEY:2} billion in 2024{PERIOD} .",
        &["turnover reached $4.3 billion in 2024 | indicator=turnover verb=reached value=$4.3 billion \
           period=2024 | indicator:trade_turnover amount:<$4.3 billion> bound:exact \
           title:[reached $4.3 billion] period:<2024> place:null"],
    );
    check(
        body,
        "Turnover{~turnover} exceeded{~exceed} 900{MONEY:3} million euros .",
        &[
            "Turnover exceeded 900 million euros | indicator=Turnover verb=exceeded value=900 million euros | \
           indicator:trade_turnover amount:<900 million euros> bound:over \
           title:[exceeded 900 million euros] place:null",
        ],
    );
    check(body, "Turnover{~turnover} should{V} reach{~reach} $10{MONEY:2} billion .", &[]);
    check(body, "Turnover{~turnover} rose ,{CLAUSE_END} then reached{~reach} $10{MONEY:2} billion .", &[]);
}

#[test]
fn layouts_prefer_groups_then_short_gaps_then_long_marks() {
    let fill = "fill\n  place = null";
    let groups = format!("match\n  (a: A gap 0..9)?\n  head m: MONEY\n  (gap 0..9 p: PERIOD)?\n{fill}");
    check(&groups, "x{A} y 5{MONEY} z 7{PERIOD}", &["x y 5 z 7 | a=x m=5 p=7 | place:null"]);
    check(&groups, "5{MONEY}", &["5 | m=5 | place:null"]);
    let near = format!("match\n  a: A\n  gap 0..9\n  head m: MONEY\n  gap 0..9\n  b: B\n{fill}");
    check(&near, "1{A} 2{A} . 5{MONEY} . 6{B} 7{B}", &["2 . 5 . 6 | a=2 m=5 b=6 | place:null"]);
    let long = format!("match\n  head m: MONEY\n  gap 0..5\n  a: A\n{fill}");
    check(&long, "5{MONEY} . 1{A,A:3} 2 3 4", &["5 . 1 2 3 | m=5 a=1 2 3 | place:null"]);
    let far = format!("match\n  head m: MONEY\n  gap 0..2 not N\n  (a: A gap 0..2)?\n  b: B\n{fill}");
    check(&far, "5{MONEY} 6{B} 7{A} 8{B}", &["5 6 7 8 | m=5 a=7 b=8 | place:null"]);
}

#[test]
fn each_head_has_one_match() {
    let body = "match\n  a: A\n  gap 0..9\n  head m: MONEY | N\nfill\n  place = null";
    check(
        body,
        "1{A} 2{MONEY} 3{MONEY,N} 4{N:2} 5",
        &["1 2 | a=1 m=2 | place:null", "1 2 3 | a=1 m=3 | place:null", "1 2 3 4 5 | a=1 m=4 5 | place:null"],
    );
}

#[test]
fn conditions() {
    let cases = [
        ("where\n  A in sentence", "1{MONEY} 2 3{A}", true),
        ("where\n  A in sentence", "1{MONEY} 2 3", false),
        ("where\n  A in clause", "1{MONEY} 2{A} ,{CLAUSE_END} 4", true),
        ("where\n  A in clause", "1{MONEY} 2 ,{CLAUSE_END} 4{A}", false),
        ("where\n  A in clause", "0{A} ,{CLAUSE_END} 1{MONEY}", false),
        ("where\n  A in match", "1{MONEY,A}", true),
        ("where\n  A in match", "1{MONEY} 2{A}", false),
        ("where\n  A in m", "1{MONEY:2} 2{A}", true),
        ("where\n  A in m", "1{MONEY:2} 2{A:2} 3", false),
        ("where\n  A in 2 before m", "0{A} . 1{MONEY}", true),
        ("where\n  A in 1 before m", "0{A} . 1{MONEY}", false),
        ("where\n  A in 2 before m", "0{A:2} . . 1{MONEY}", false),
        ("where\n  A in 2 after m", "1{MONEY} . 2{A}", true),
        ("where\n  A in 2 after m", "1{MONEY} . 2{A:2} 3", false),
        ("where\n  m is A", "1{MONEY:2,A} 2", true),
        ("where\n  m is A", "1{MONEY,A:2} 2", false),
        ("where\n  m is A", "1{MONEY:2} 2{A}", false),
        ("where\n  o bound", "1{MONEY} 2{B}", true),
        ("where\n  o bound", "1{MONEY} 2", false),
        ("unless\n  o bound\n  A in sentence", "1{MONEY}", true),
        ("unless\n  o is A", "1{MONEY}", true),
        ("where\n  m is MONEY\nunless\n  A in sentence\n  C in sentence", "1{MONEY} 2{C}", false),
    ];
    for (lines, sentence, holds) in cases {
        let body = format!("match\n  head m: MONEY\n  (o: B)?\n{lines}\nfill\n  place = null");
        assert_eq!(!run(&body, sentence, &[]).is_empty(), holds, "{lines} on {sentence}");
    }
    let body = "match\n  m: MONEY\nwhere\n  sentence is HEADING | QUOTE\nfill\n  place = null";
    assert_eq!(run(body, "1{MONEY}", &["QUOTE"]).len(), 1);
    assert_eq!(run(body, "1{MONEY}", &[]).len(), 0);
}

#[test]
fn a_fill_line_needs_its_captures() {
    let body =
        "match\n  head m: MONEY\n  (gap 0..2 p: PERIOD)?\nfill\n  title = m..p\n  title = m\n  date = p";
    check(body, "1{MONEY} in 2{PERIOD}", &["1 in 2 | m=1 p=2 | title:[1 in 2] date:<2>"]);
    check(body, "1{MONEY} in", &["1 | m=1 | title:<1>"]);
}

#[test]
fn traces_name_the_stop() {
    let body = "match\n  a: A\n  gap 0..2\n  v: V\n  gap 0..2\n  head m: MONEY\n  b: B\nunless\n  N in sentence\nfill\n  place = null";
    let cases = [
        ("1{A} 2{V} 3{MONEY} 4{B}", "figure/x: matched \"1 2 3 4\" (4 placed)"),
        ("1{A} 2{V} 3{MONEY} 4", "figure/x: at \"3\", no `b: B` after \"3\" (1 placed)"),
        ("1{A} 2 3{MONEY} 4{B}", "figure/x: at \"3\", no `v: V` before \"3\" (2 placed)"),
        ("1 2{V} 3{MONEY} 4{B}", "figure/x: at \"3\", no `a: A` before \"2\" (3 placed)"),
        (
            "1{A} 2{V} 3{MONEY} 4{B} 5{N}",
            "figure/x: \"1 2 3 4\" refused, `unless` holds: `N in sentence` (4 placed)",
        ),
    ];
    for (sentence, expected) in cases {
        let mut numbers = Numbers::default();
        for name in ["A", "B", "V", "N", "MONEY"] {
            numbers.of(name);
        }
        let marked = marked(sentence, &[], &mut numbers);
        let rule = parse("x.rule", &format!("{HEADER}{body}\n")).unwrap();
        let rules = RuleSet::compile(vec![rule], &numbers.0).unwrap();
        let traces = rules.trace(&marked.view());
        let lines: Vec<String> = traces
            .iter()
            .map(|trace| {
                format!(
                    "{} ({} placed)",
                    trace.describe(&rules, |from, to| marked.text(from, to)),
                    trace.placed
                )
            })
            .collect();
        assert_eq!(lines, [expected]);
        let matched = traces.iter().filter(|trace| matches!(trace.outcome, Outcome::Matched(_))).count();
        let mut found = Vec::new();
        rules.find(&marked.view(), &mut Scratch::default(), &mut found);
        assert_eq!(found.len(), matched);
    }
}

#[test]
fn marks_out_of_order_or_place_do_no_harm() {
    let mut numbers = Numbers::default();
    let (a, money) = (numbers.of("A"), numbers.of("MONEY"));
    let rule =
        parse("x.rule", &format!("{HEADER}match\n  a: A\n  head m: MONEY\nfill\n  place = null\n")).unwrap();
    let rules = RuleSet::compile(vec![rule], &numbers.0).unwrap();
    let mark = |start, end, class| Mark { start, end, class, entry: 0 };
    let marks =
        [mark(1, 2, money), mark(0, 1, a), mark(0, 0, a), mark(3, 9, money), mark(2, 2, ClassId(u16::MAX))];
    let mut found = Vec::new();
    rules.find(&View { tokens: 4, marks: &marks, traits: &[] }, &mut Scratch::default(), &mut found);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].capture(&rules, "a"), Some(mark(0, 1, a)));
    assert_eq!(found[0].capture(&rules, "zzz"), None);
}

#[test]
fn a_rule_set_survives_being_written_and_read() {
    let mut numbers = Numbers::default();
    let marked = marked("1{A} 2{MONEY}", &[], &mut numbers);
    let source = format!("{HEADER}match\n  a: A\n  head m: MONEY\nfill\n  place = null\n");
    let rules = RuleSet::compile(vec![parse("x.rule", &source).unwrap()], &numbers.0).unwrap();
    let json = serde_json::to_string(&rules).unwrap();
    let again: RuleSet = serde_json::from_str(&json).unwrap();
    let find = |rules: &RuleSet| {
        let mut found = Vec::new();
        rules.find(&marked.view(), &mut Scratch::default(), &mut found);
        found
    };
    assert_eq!(find(&again), find(&rules));
    assert_eq!(serde_json::to_string(&again).unwrap(), json);
    let broken = json.replace("\"MONEY\":", "\"MONET\":");
    assert!(
        serde_json::from_str::<RuleSet>(&broken).unwrap_err().to_string().contains("unknown class MONEY")
    );
}

#[test]
fn the_trigger_does_not_change_what_is_found() {
    let mut numbers = Numbers::default();
    let marked = marked("1{A} 2{MONEY} 3{MONEY} 4{A}", &[], &mut numbers);
    let source = format!("{HEADER}match\n  A\n  gap 0..3\n  head m: MONEY\nfill\n  place = null\n");
    let rule = parse("x.rule", &source).unwrap();
    let frequencies = BTreeMap::from([("A".to_owned(), 1), ("MONEY".to_owned(), 90)]);
    let by_head = RuleSet::compile(vec![rule.clone()], &numbers.0).unwrap();
    let by_rarest = RuleSet::compile_with(vec![rule], &numbers.0, &frequencies).unwrap();
    let mut scratch = Scratch::default();
    let (mut one, mut other) = (Vec::new(), Vec::new());
    by_head.find(&marked.view(), &mut scratch, &mut one);
    by_rarest.find(&marked.view(), &mut scratch, &mut other);
    assert_eq!(one.len(), 2);
    assert_eq!(one, other);
}

/// A table without stops is one sentence of thousands of marks: every way is not tried for every head.
#[test]
fn a_very_long_sentence_is_read_in_time() {
    let mut numbers = Numbers::default();
    let (a, money) = (numbers.of("A"), numbers.of("MONEY"));
    let gaps = "  A\n  gap 0..60\n".repeat(6);
    let source = format!("{HEADER}match\n{gaps}  A\n  head m: MONEY\nfill\n  place = null\n");
    let rules = RuleSet::compile(vec![parse("x.rule", &source).unwrap()], &numbers.0).unwrap();
    let tokens = 4000;
    let marks: Vec<Mark> = (0..tokens)
        .flat_map(|start| [a, money].map(|class| Mark { start, end: start + 1, class, entry: 0 }))
        .collect();
    let mut found = Vec::new();
    rules.find(&View { tokens, marks: &marks, traits: &[] }, &mut Scratch::default(), &mut found);
    assert_eq!(found.len(), tokens as usize - 7);
    assert!(found.iter().all(|found| found.end - found.start == 8));
}
