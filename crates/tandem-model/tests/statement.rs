//! A statement is made from a text or not at all.

use tandem_model::{Award, Body, Modality, SealError, Span, Statement};

const TEXT: &str = "Tokayev received the “Dustlik” order.";

fn seal(start: usize, end: usize) -> Result<Statement, SealError> {
    let award = Award { name: "Dustlik".to_owned(), from: None, to: None, date: None };
    let parties = vec!["UZ".to_owned(), "KZ".to_owned(), "UZ".to_owned()];
    let whole = Span::new(0, TEXT.len());
    Statement::seal(
        "d",
        TEXT,
        Span::new(start, end),
        whole,
        Body::Award(award),
        parties,
        None,
        Modality::Asserted,
        "r",
        0.9,
    )
}

#[test]
fn a_statement_needs_its_evidence() {
    let made = seal(21, 34).expect("“Dustlik” with its quotation marks");
    assert_eq!(made.evidence.exact, "“Dustlik”");
    assert_eq!(made.evidence.prefix, "Tokayev received the ");
    assert_eq!(made.evidence.suffix, " order.");
    assert_eq!(made.parties, ["KZ", "UZ"]);
    assert!(seal(5, 5).is_err(), "an empty quote is no evidence");
    assert!(seal(0, TEXT.len() + 1).is_err(), "outside the text");
    assert!(seal(22, 34).is_err(), "inside a character");
}

#[test]
fn the_fast_way_from_json_is_the_slow_one() {
    let made = seal(21, 34).expect("“Dustlik” with its quotation marks");
    let json = serde_json::to_string(&made).expect("a statement has a JSON form");
    assert_eq!(Statement::from_json(&json).expect("its own JSON"), made);
    let unknown = json.replace("\"award\"", "\"prize\"");
    for wrong in [&json[..json.len() - 1], &unknown, "{}", ""] {
        assert!(Statement::from_json(wrong).is_err(), "{wrong}");
        assert!(serde_json::from_str::<Statement>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_id_follows_from_what_is_said_and_where() {
    let id = |start, end| seal(start, end).expect("a place in the text").id;
    assert_eq!(id(0, 7), id(0, 7));
    assert_ne!(id(0, 7), id(8, 16));
}
