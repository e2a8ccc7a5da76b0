//! Every message about a wrong rule, in one snapshot: each case is a sound rule with one edit.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test -p tandem-rules --test errors`, then read
//! the difference.

use std::fmt::Write;

use tandem_model::ClassId;
use tandem_rules::{Classes, FieldType, RuleError, RuleSet, Schema, check, parse};

const SOUND: &str = r#"rule figure/turnover-reached
"A trade total attained in a stated period."
match
  indicator: TRADE_TOTAL | ~turnover
  gap 0..6 not CLAUSE_END
  verb: ~reach | ~exceed
  head value: MONEY
  (gap 0..4  period: PERIOD)?
unless
  MODAL in 3 before verb
fill
  indicator = trade_turnover
  amount = value
  bound = over when verb is ~exceed
  bound = exact
  title = verb..value
confidence 0.8
yes "Trade turnover reached $4.3 billion in 2024."
  => trade_turnover level 4300000000 USD exact 2024
yes "Turnover exceeded 900 million euros."
  => trade_turnover level 900000000 EUR over -
no "Trade turnover should reach $10 billion by 2030."  # target/turnover-to-reach
no "Trade turnover talks reached their third day."
"#;

/// What to replace, by what. A name stands for the message that is expected.
const EDITS: &[(&str, &str, &str)] = &[
    ("unexpected character", "gap 0..6", "gap 0..6 &"),
    ("unterminated string", "period.\"\nmatch", "period.\nmatch"),
    ("unterminated escape", "third day.\"\n", "third day.\\"),
    ("not a rule", "rule figure/turnover-reached", "figure/turnover-reached"),
    ("bad rule name", "figure/turnover-reached", "Turnover"),
    ("no doc", "\"A trade total attained in a stated period.\"\n", ""),
    ("no match", "match\n", ""),
    ("no fill", "fill\n", ""),
    ("second section", "confidence 0.8", "fill\n  place = null"),
    ("stray line", "confidence 0.8", "certainty 0.8"),
    ("statement without yes", "third day.\"\n", "third day.\"\n  => trade_turnover\n"),
    ("also without yes", "third day.\"\n", "third day.\"\nalso figure/other\n"),
    ("also without name", "exact 2024\n", "exact 2024\nalso\n"),
    ("gap without bounds", "gap 0..6", "gap"),
    ("gap with one bound", "gap 0..6", "gap 6"),
    ("gap open above", "gap 0..6", "gap 0.."),
    ("nested group", "(gap 0..4  period: PERIOD)?", "(gap 0..4 (period: PERIOD)?)?"),
    ("obligatory group", "(gap 0..4  period: PERIOD)?", "(gap 0..4  period: PERIOD)"),
    ("open group", "(gap 0..4  period: PERIOD)?", "(gap 0..4  period: PERIOD"),
    ("class in small letters", "MODAL in", "~shall | modal in"),
    ("mixed case", "head value: MONEY", "head value: Money"),
    ("empty word", "| ~turnover", "| \" \""),
    ("nothing after bar", "| ~turnover\n  gap", "| )\n  gap"),
    ("reserved name", "verb: ~reach", "head: ~reach"),
    ("name in capitals", "verb: ~reach", "Verb: ~reach"),
    ("confidence", "confidence 0.8", "confidence 80"),
    ("confidence missing", "confidence 0.8", "confidence"),
    ("condition without in", "MODAL in 3 before verb", "MODAL 3 before verb"),
    ("condition without side", "MODAL in 3 before verb", "MODAL in 3 verb"),
    ("condition without place", "MODAL in 3 before verb", "MODAL in"),
    ("condition on a name", "MODAL in 3 before verb", "verb has MODAL"),
    ("two conditions on a line", "MODAL in 3 before verb", "verb bound verb is ~reach"),
    ("fill without equals", "amount = value", "amount value"),
    ("fill without source", "amount = value", "amount ="),
    ("range without end", "verb..value", "verb.."),
    ("unquoted sentence", "no \"Trade turnover talks reached their third day.\"", "no Talks"),
    ("unknown class", "indicator: TRADE_TOTAL", "indicator: TRADE_TOTL"),
    ("unknown class, nothing like it", "| ~turnover", "| XYZ"),
    ("unknown word", "| ~turnover", "| ~commerce"),
    ("unknown class in a gap", "not CLAUSE_END", "not CLAUSE_ENDS"),
    ("unknown class in a condition", "MODAL in", "MODEL in"),
    ("unknown kind", "rule figure/", "rule figures/"),
    ("unknown field", "amount = value", "ammount = value"),
    ("unknown word for field", "bound = exact", "bound = exactly"),
    ("constant for a value", "amount = value", "amount = valeu"),
    ("constant for a value, nothing like it", "amount = value", "amount = plenty"),
    ("unknown capture in a condition", "before verb", "before verbs"),
    ("unknown capture in when", "when verb is", "when werb is"),
    ("unknown capture in a range", "verb..value", "verb..valu"),
    ("turned range", "verb..value", "value..verb"),
    ("duplicate capture", "head value: MONEY", "verb: MONEY"),
    ("two heads", "verb: ~reach", "head verb: ~reach"),
    ("head in a group", "(gap 0..4  period: PERIOD)?", "(gap 0..4  head period: PERIOD)?"),
    ("turned gap", "gap 0..6", "gap 6..2"),
    ("long gap", "gap 0..6", "gap 0..99999999999"),
    ("gap at the start", "indicator: TRADE_TOTAL | ~turnover\n", ""),
    ("gap before a group at the end", "(gap 0..4  period: PERIOD)?", "gap 0..4 (period: PERIOD)?"),
    ("empty group", "(gap 0..4  period: PERIOD)?", "()?"),
    ("unreachable line", "bound = over when verb is ~exceed", "bound = over"),
    (
        "too few yes",
        "yes \"Turnover exceeded 900 million euros.\"\n  => trade_turnover level 900000000 EUR over -\n",
        "",
    ),
    ("too few no", "no \"Trade turnover talks reached their third day.\"\n", ""),
    ("no expected statement", "  => trade_turnover level 900000000 EUR over -\n", ""),
];

/// Match sections that are wrong as a whole.
const MATCHES: &[(&str, &str)] = &[
    ("nothing to look for", ""),
    ("everything optional", "(value: MONEY)?"),
    ("nobody can be head", "MONEY PERIOD"),
    ("too many elements", "value: MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY
      MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY
      MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY
      MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY MONEY"),
];

fn classes() -> Classes {
    let names = [
        "TRADE_TOTAL",
        "CLAUSE_END",
        "MONEY",
        "PERIOD",
        "MODAL",
        "~turnover",
        "~reach",
        "~exceed",
        "=more than",
    ];
    names.iter().enumerate().map(|(number, name)| ((*name).to_owned(), ClassId(number as u16))).collect()
}

fn schema() -> Schema {
    let words = |words: &[&str]| FieldType::Word(words.iter().map(|word| (*word).to_owned()).collect());
    Schema::default()
        .kind(
            "figure",
            [
                ("indicator", FieldType::OpenWord),
                ("amount", FieldType::Amount),
                ("bound", words(&["exact", "about", "under", "over"])),
                ("title", FieldType::Text),
                ("place", FieldType::Text),
                ("period", FieldType::Time),
                ("count", FieldType::Number),
                ("sectors", FieldType::List),
                ("parties", FieldType::Party),
            ],
        )
        .kind("target", [("amount", FieldType::Amount)])
}

fn errors(source: &str) -> Vec<RuleError> {
    match parse("turnover-reached.rule", source) {
        Ok(rule) => check(&rule, &classes(), &schema()),
        Err(errors) => errors,
    }
}

fn render(errors: &[RuleError]) -> String {
    errors.iter().map(RuleError::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_sound_rule_has_no_errors() {
    assert_eq!(render(&errors(SOUND)), "");
}

#[test]
fn messages() {
    let mut all = String::new();
    for (name, from, to) in EDITS {
        let edited = SOUND.replacen(from, to, 1);
        assert_ne!(edited, SOUND, "{name}");
        let errors = errors(&edited);
        assert!(!errors.is_empty(), "{name}: accepted");
        writeln!(all, "## {name}\n{}\n", render(&errors)).unwrap();
    }
    for (name, elements) in MATCHES {
        let source = format!("rule figure/x\n\"Doc.\"\nmatch\n  {elements}\nfill\n  place = null\n");
        let Err(errors) = RuleSet::compile(vec![parse("x.rule", &source).unwrap()], &classes()) else {
            panic!("{name}: accepted");
        };
        writeln!(all, "## {name}\n{}\n", render(&errors)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn two_rules_of_one_name() {
    let rule = || parse("x.rule", SOUND).unwrap();
    let errors = RuleSet::compile(vec![rule(), rule()], &classes()).unwrap_err();
    assert_eq!(
        render(&errors),
        "error: a second rule named `figure/turnover-reached`
 --> x.rule:1:6
  |
1 | rule figure/turnover-reached
  |      ^^^^^^^^^^^^^^^^^^^^^^^
  = help: rename one of the two"
    );
}

#[test]
fn in_clause_needs_the_class() {
    let rule = parse("x.rule", &SOUND.replace("MODAL in 3 before verb", "MODAL in clause")).unwrap();
    let mut classes = classes();
    assert_eq!(check(&rule, &classes, &schema()), []);
    classes.remove("CLAUSE_END");
    let places: Vec<_> =
        check(&rule, &classes, &schema()).iter().map(|error| (error.line(), error.column())).collect();
    assert_eq!(places, [(5, 16), (10, 3)]);
}

#[test]
fn constants_by_field_type() {
    let cases = [
        ("indicator = investment", true),
        ("indicator = \"other:freight trains\"", true),
        ("indicator = \"\"", false),
        ("bound = about", true),
        ("bound = \"about\"", true),
        ("bound = null", true),
        ("amount = 60", true),
        ("amount = sixty", false),
        ("count = 1", true),
        ("count = one", false),
        ("count = NaN", false),
        ("period = 2030", true),
        ("period = \"near future\"", true),
        ("period = soon", false),
        ("parties = KZ", true),
        ("parties = kz", false),
        ("parties = \"World Bank\"", true),
        ("sectors = energy", true),
        ("title = indicator..period", true),
    ];
    for (line, fine) in cases {
        let source = SOUND.replace("  indicator = trade_turnover\n  amount = value\n  bound = over when verb is ~exceed\n  bound = exact\n  title = verb..value", &format!("  {line}"));
        assert_ne!(source, SOUND);
        assert_eq!(errors(&source).is_empty(), fine, "{line}: {}", render(&errors(&source)));
    }
}

#[test]
fn errors_tell_their_parts() {
    let errors = errors(&SOUND.replace("indicator: TRADE_TOTAL", "indicator: TRADE_TOTL"));
    let error = &errors[0];
    assert_eq!(
        (error.file(), error.line(), error.column(), error.message(), error.hint()),
        ("turnover-reached.rule", 4, 14, "unknown class TRADE_TOTL", Some("did you mean TRADE_TOTAL?"))
    );
}
