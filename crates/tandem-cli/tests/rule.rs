//! The author's loop: `tandem rule new`, `check`, `explain` and `try`, with the real program.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::fs;

use common::Place;

/// A rule that reads what no shipped rule does, with examples that hold.
const VISAS: &str = r#"rule figure/visas-issued
"Visas that a country issued in a stated period."
match
  ~issue
  gap 0..2
  head value: COUNT
  gap 0..1
  ~visa
  (gap 0..8  period: PERIOD)?
fill
  indicator = visas
  measure = count
  amount = value
  period = period
confidence 0.9
yes "Georgia issued 900 visas to citizens of Oman in 2023."
  => visas count 900 count exact 2023
yes "Oman issued 40 visas to Georgia."
  => visas count 40 count exact -
no "Georgia issued 900 permits to citizens of Oman in 2023."
no "Oman talks of visas."
"#;

#[test]
fn a_drafted_rule_has_the_form_of_one() {
    let place = Place::new();
    let sentence = "Exports of Georgia to Oman stood at $40 million in 2023.";
    let out = place.ok(&["rule", "new", "figure/stood-so-high", sentence]);
    assert_eq!(
        out,
        "./stood-so-high.rule written. Make it your own, then: tandem rule check ./stood-so-high.rule\n"
    );
    insta::assert_snapshot!(fs::read_to_string(place.path("stood-so-high.rule")).unwrap());
    // It parses and names only what exists: what is left to say is its examples' outcome.
    let ran = place.run(&["rule", "check", "stood-so-high.rule"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.ends_with("1 rule, 4 examples: 3 not as written\n"), "{ran:?}");
    // What is there is not written over.
    let again = place.run(&["rule", "new", "figure/stood-so-high", sentence]);
    assert_eq!((again.code, again.out.as_str()), (1, ""));
    assert!(again.err.contains("./stood-so-high.rule: cannot be created"), "{again:?}");
}

#[test]
fn wrong_names_and_empty_sentences_are_refused() {
    let place = Place::new();
    for (name, sentence, words) in [
        ("visa-count", "Oman issued 900 visas.", "write KIND/NAME"),
        ("visa/count", "Oman issued 900 visas.", "the kind one of agreement, award, commitment"),
        ("figure/../count", "Oman issued 900 visas.", "write KIND/NAME"),
        ("figure/count", "", "the lexicon knows nothing in this sentence"),
    ] {
        let ran = place.run(&["rule", "new", name, sentence]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.contains(words), "{name}: {}", ran.err);
    }
    let ran = place.run(&["rule", "check", "nothing.rule"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("nothing.rule"), "{ran:?}");
}

#[test]
fn a_rule_is_checked_explained_tried_and_used() {
    let place = Place::new();
    place.write("visas.rule", VISAS);
    assert_eq!(place.ok(&["rule", "check", "visas.rule"]), "1 rule, 4 examples: all hold\n");

    let explained = place.ok(&["rule", "explain", "visas.rule", "Oman refused 40 visas to Georgia."]);
    assert!(explained.contains("rule      figure/visas-issued: at \"40"), "{explained}");
    assert!(!explained.contains("figure/level"), "{explained}");

    place.write("in/a.txt", "Oman and Georgia spoke. Oman issued 40 visas to Georgia in 2021.");
    place.write("in/b.txt", "Trade between Oman and Georgia reached $40 million in 2021.");
    let tried = place.ok(&["rule", "try", "visas.rule", "in"]);
    assert_eq!(
        tried,
        "+ a  figure by figure/visas-issued: visas count 40 count exact 2021\n    issued 40 visas to Georgia in 2021\n\
         - a  figure by figure/counted: other:visas count 40 count exact 2021\n    40\n\
         2 documents: 1 gained, 1 lost\n"
    );
    let rows = place.ok(&["rule", "try", "visas.rule", "in", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    assert_eq!((row["change"].as_str(), row["doc"].as_str()), (Some("gained"), Some("a")));

    // Taking the place of a shipped rule takes its statements away.
    place.write("level.rule", VISAS.replace("figure/visas-issued", "figure/level"));
    let tried = place.ok(&["rule", "try", "level.rule", "in"]);
    assert!(
        tried.contains("- b  figure by figure/level: trade_turnover level 40000000 USD exact 2021"),
        "{tried}"
    );

    let statements = place.ok(&["extract", "in", "--rules", "visas.rule"]);
    assert!(statements.contains("\"indicator\":\"visas\""), "{statements}");
}

#[test]
fn faults_show_their_place() {
    let place = Place::new();
    place.write("visas.rule", VISAS.replace("~visa", "VISAA").replace("exact 2023", "exact 2024"));
    let ran = place.run(&["rule", "check", "visas.rule"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("error: unknown class VISAA\n --> visas.rule:8:3"), "{}", ran.err);

    place.write("visas.rule", VISAS.replace("exact 2023", "exact 2024"));
    let ran = place.run(&["rule", "check", "visas.rule"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        "visas.rule:16: yes \"Georgia issued 900 visas to citizens of Oman in 2023.\"\n  \
         expected visas count 900 count exact 2024\n  found    visas count 900 count exact 2023\n\
         1 rule, 4 examples: 1 not as written\n"
    );
}
