//! Forms are found in texts: inflection, case, spaces, dashes, overlaps.
#![allow(clippy::unwrap_used, reason = "a form that cannot be added is a failure of the test")]

use proptest::prelude::*;
use tandem_lexicon::{Builder, Lexicon};
use tandem_model::{Article, Document, Mark};
use tandem_text::{Language, document};

const TABLE: &str = "# class\tform\tattributes
REACH\t~reach|~exceed\tmeasure=level
REACH\t~amount to
TOTAL\t(bilateral|mutual) trade ~turnover\tindicator=\"trade turnover\"
TRADE\ttrade
PAPER\t~memorandum of understanding
LONG\tlong-term
COUNTRY\tUS\tcased code=US
COUNTRY\tChad\tcased
COUNTRY\tU.S.\tcased
CITY\tXi'an\tcased
CITY\tYork
CITY\tNew York
";

fn language() -> Language {
    Language::parse("", "memorandum\tmemorandums memoranda").unwrap()
}

fn lexicon() -> Lexicon {
    let mut builder = Builder::new(&language());
    builder.declare("MONEY");
    builder.add_tsv("words.tsv", TABLE).unwrap();
    builder.build().unwrap()
}

fn read(text: &str) -> Document {
    document(Article { text: text.to_owned(), ..Article::default() }, &language())
}

fn scan(lexicon: &Lexicon, document: &Document) -> Vec<Mark> {
    let mut marks = Vec::new();
    lexicon.scan(document, &mut marks);
    marks
}

/// All marks as `CLASS:words`.
fn check(text: &str, expected: &[&str]) {
    let (lexicon, document) = (lexicon(), read(text));
    let show = |mark: &Mark| {
        let (first, last) =
            (document.tokens[mark.start as usize].span, document.tokens[mark.end as usize - 1].span);
        assert_eq!(lexicon.entry(mark.entry).class, mark.class);
        format!("{}:{}", lexicon.class_name(mark.class), first.cover(last).of(text))
    };
    assert_eq!(scan(&lexicon, &document).iter().map(show).collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn inflections_and_optional_words() {
    check("Trade turnover reached it", &["TOTAL:Trade turnover", "TRADE:Trade", "REACH:reached"]);
    check(
        "mutual trade\u{A0} turnovers amounted to",
        &[
            "TOTAL:mutual trade\u{A0} turnovers",
            "TOTAL:trade\u{A0} turnovers",
            "TRADE:trade",
            "REACH:amounted to",
        ],
    );
    check("TWO MEMORANDA OF UNDERSTANDING", &["PAPER:MEMORANDA OF UNDERSTANDING"]);
    check("traders outreach amounting", &[]);
}

#[test]
fn case() {
    check("US, us, Us and CHAD, chad, Chad", &["COUNTRY:US", "COUNTRY:CHAD", "COUNTRY:Chad"]);
    check("the U.S. and u.s.", &["COUNTRY:U.S."]);
    check("Xi’an, XI‘AN, xi'an", &["CITY:Xi’an", "CITY:XI‘AN"]);
}

#[test]
fn dashes() {
    check(
        "a long-term, long term, long–term, LONG-\nTERM plan",
        &["LONG:long-term", "LONG:long term", "LONG:long–term", "LONG:LONG-\nTERM"],
    );
    check("long - term, long -term, long--term", &[]);
    check("Memorandum-of-Understanding", &["PAPER:Memorandum-of-Understanding"]);
    check("trade-", &["TRADE:trade"]);
}

#[test]
fn overlaps_and_sentences() {
    check("New York", &["CITY:New York", "CITY:York"]);
    check("It is New. York it is.", &["CITY:York"]);
}

#[test]
fn attributes_and_classes() {
    let lexicon = lexicon();
    let total = lexicon.entries().iter().find(|entry| entry.form().contains("turnover")).unwrap();
    assert_eq!(total.get("indicator"), Some("trade turnover"));
    assert_eq!(total.attrs().collect::<Vec<_>>(), [("indicator", "trade turnover")]);
    assert_eq!(lexicon.class("MONEY").map(|id| lexicon.class_name(id)), Some("MONEY"));
    assert_eq!(lexicon.class("NONE"), None);
    assert_eq!(lexicon.classes().len(), 8);
}

#[test]
fn errors_name_the_place() {
    let check = |table: &str, message: &str| {
        let error = Builder::new(&language()).add_tsv("w.tsv", table).unwrap_err();
        assert_eq!(error.to_string(), message);
    };
    check("A\tb\nA b", "w.tsv:2: no tab between class and form");
    check("A\t(b", "w.tsv:1: a '(' without ')' in '(b'");
    check("A\t-", "w.tsv:1: no word in this form");
    check("A\tb\tc=\"d", "w.tsv:1: the quotation in 'c=\"d' is not closed");
}

#[test]
fn a_lexicon_survives_storage() {
    let lexicon = lexicon();
    let stored = postcard::to_stdvec(&lexicon).unwrap();
    let back: Lexicon = postcard::from_bytes(&stored).unwrap();
    let document = read("Bilateral trade turnover of the US exceeded it in Xi'an, New York.");
    assert_eq!(scan(&back, &document), scan(&lexicon, &document));
    assert_eq!(back.entries(), lexicon.entries());
}

proptest! {
    #[test]
    fn marks_are_sorted_and_within_a_sentence(
        text in "(trade|turnover|long|term|-|–|New|York|US|\\.| |\n|’|x|\u{AD}|reach|😀){0,40}"
    ) {
        let document = read(&text);
        let marks = scan(&lexicon(), &document);
        let key = |mark: &Mark| (mark.start, std::cmp::Reverse(mark.end), mark.class, mark.entry);
        prop_assert!(marks.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
        for mark in marks {
            prop_assert!(mark.start < mark.end);
            prop_assert!(document.sentences.iter().any(|s| s.first_token <= mark.start && mark.end <= s.end_token));
        }
    }
}
