//! Properties of the whole: the order of the input never matters, saying a thing twice changes
//! nothing, and more than the statements is never in the record.

use proptest::prelude::*;
use serde_json::json;
use tandem_model::record::Record;
use tandem_model::{Date, Dating, DocumentCard, Statement};
use tandem_record::{Input, SILENT_AFTER_MONTHS, build};
use tandem_testkit::archive::Archive;

const NAMES: [&str; 6] = [
    "Industrial Cooperation Centre",
    "International Centre for Industrial Cooperation",
    "ICIC",
    "Trade Centre",
    "northern road",
    "portfolio of joint projects",
];

fn any_document(number: usize) -> impl Strategy<Value = DocumentCard> {
    (proptest::option::of((2019i16..2026, 1i8..=12)), any::<bool>()).prop_map(move |(date, outlet)| {
        let date = date.and_then(|(year, month)| Date::new(year, month, 15).ok());
        DocumentCard {
            id: format!("d{number}"),
            publisher: outlet.then(|| format!("outlet {number}")),
            dating: Dating { stated: date, date, ..Dating::default() },
            ..DocumentCard::default()
        }
    })
}

fn any_body() -> impl Strategy<Value = serde_json::Value> {
    let period = prop_oneof![
        (2019..2026).prop_map(|y| format!("{y}")),
        (2019..2026).prop_map(|y| format!("{y}-H1")),
        (2019..2026, 2..12).prop_map(|(y, m)| format!("{y}-01/{y}-{m:02}")),
    ];
    let bound = prop_oneof![Just("exact"), Just("under"), Just("over"), Just("about")];
    let reporter = prop_oneof![Just(None), Just(Some("KZ")), Just(Some("UZ"))];
    let figure = (period, 1i64..600, bound, reporter).prop_map(|(period, value, bound, reporter)| {
        json!({"kind": "figure", "indicator": "trade_turnover", "measure": "level", "value": value * 10_000_000,
            "unit": "USD", "precision": 10_000_000, "bound": bound, "period": period, "reporter": reporter})
    });
    let target = (1i64..12, proptest::option::of(2020i32..2031)).prop_map(|(value, year)| {
        json!({"kind": "target", "indicator": "trade_turnover", "measure": "level", "value": value * 1_000_000_000,
            "unit": "USD", "precision": 1_000_000_000, "bound": "exact", "deadline": year.map(|y| y.to_string())})
    });
    let stage = prop_oneof![Just("proposed"), Just("planned"), Just("under_way"), Just("completed")];
    let project = (0..NAMES.len(), stage, 1u64..4).prop_map(|(name, status, count)| {
        json!({"kind": "project", "name": NAMES[name], "status": status, "count": count, "sectors": []})
    });
    let stage = prop_oneof![Just("being_established"), Just("inaugurated"), Just("operating")];
    let institution = (0..4usize, stage)
        .prop_map(|(name, status)| json!({"kind": "institution", "name": NAMES[name], "status": status}));
    let commitment = (0..4usize).prop_map(|name| {
        json!({"kind": "commitment", "actors": [], "action": format!("establish the {}", NAMES[name]),
            "strength": "agreed", "deadline": "2022"})
    });
    let change = (2019..2026, -40i64..60).prop_map(|(year, value)| {
        json!({"kind": "figure", "indicator": "trade_turnover", "measure": "change_pct", "value": value, "unit": "%",
            "precision": 1, "bound": "exact", "period": format!("{year}"), "base": format!("{}", year - 1)})
    });
    let flow = (2019..2026, 1i64..300, any::<bool>()).prop_map(|(year, value, out)| {
        let (from, to) = if out { ("KZ", "UZ") } else { ("UZ", "KZ") };
        json!({"kind": "figure", "indicator": if out { "exports" } else { "imports" }, "measure": "level",
            "value": value * 10_000_000, "unit": "USD", "precision": 10_000_000, "bound": "exact",
            "period": format!("{year}"), "from": from, "to": to})
    });
    let stage = prop_oneof![Just("proposed"), Just("signed"), Just("in_force")];
    let agreement =
        (0..2usize, stage, proptest::option::of((2019..2026, 1..13))).prop_map(|(title, status, date)| {
            let title = ["agreement on transit of goods", "treaty on water sharing"][title];
            json!({"kind": "agreement", "type": "agreement", "title": title, "count": 1, "status": status,
            "date": date.map(|(year, month)| format!("{year}-{month:02}-10"))})
        });
    prop_oneof![
        4 => figure, 2 => target, 2 => project, 1 => institution, 1 => commitment, 1 => change, 2 => flow, 1 => agreement
    ]
}

fn any_input() -> impl Strategy<Value = (Vec<DocumentCard>, Vec<Statement>)> {
    let documents: Vec<_> = (0..6).map(any_document).collect();
    let bodies = proptest::collection::vec((0..6usize, any_body()), 0..30);
    (documents, bodies).prop_map(|(documents, bodies)| {
        let statement = |(number, (doc, body)): (usize, (usize, serde_json::Value))| {
            let mut all = json!({
                "id": format!("s{number:03}"), "doc": format!("d{doc}"), "parties": ["KZ", "UZ"], "by": null,
                "modality": "asserted", "rule": "made", "confidence": 1.0, "sentence": {"start": 0, "end": 1},
                "evidence": {"start": number, "end": number + 1, "exact": "words", "prefix": "",
                    "suffix": body["date"].as_str().unwrap_or_default()},
            });
            if let (Some(all), Some(body)) = (all.as_object_mut(), body.as_object()) {
                all.extend(body.clone());
            }
            serde_json::from_value(all).expect("the made-up statement is whole")
        };
        (documents, bodies.into_iter().enumerate().map(statement).collect())
    })
}

fn record(documents: &[DocumentCard], statements: &[Statement], as_of: Option<Date>) -> Record {
    build(&Input {
        documents,
        statements,
        decisions: &[],
        as_of,
        today: Date::constant(2026, 6, 30),
        silent_after_months: SILENT_AFTER_MONTHS,
    })
}

proptest! {
    #[test]
    fn order_and_repetition_never_matter((documents, statements) in any_input(), seed in any::<u64>()) {
        let plain = record(&documents, &statements, None);
        let mut shuffled = statements.clone();
        let key = |s: &Statement| s.id.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        shuffled.sort_by_key(key);
        shuffled.extend(statements.iter().take(3).cloned());
        let mut turned = documents.clone();
        turned.reverse();
        prop_assert_eq!(&record(&turned, &shuffled, None), &plain);
    }

    #[test]
    fn every_statement_has_its_place_and_nothing_else((documents, statements) in any_input()) {
        let record = record(&documents, &statements, None);
        let known: std::collections::BTreeSet<&str> = statements.iter().map(|s| s.id.as_str()).collect();
        let cells = record.figures.iter().flat_map(|fact| &fact.values).flat_map(|value| &value.statements);
        let cells: Vec<&str> = cells.map(String::as_str).collect();
        let figures = statements.iter().filter(|s| s.kind() == tandem_model::Kind::Figure).count();
        prop_assert_eq!(cells.len(), figures);
        prop_assert!(cells.iter().all(|id| known.contains(id)));
        for value in record.figures.iter().flat_map(|fact| &fact.values) {
            prop_assert!(value.low.is_none_or(|low| low <= value.value));
            prop_assert!(value.high.is_none_or(|high| value.value <= high));
        }
        for finding in &record.findings {
            prop_assert!(finding.statements.iter().all(|id| known.contains(id.as_str())));
            prop_assert!(finding.message.ends_with('.'), "{}", finding.message);
        }
    }

    #[test]
    fn the_past_does_not_know_the_future((documents, statements) in any_input(), year in 2019i16..2026) {
        let day = Date::constant(year, 6, 30);
        let known: Vec<DocumentCard> =
            documents.iter().filter(|card| card.dating.date.is_some_and(|date| date <= day)).cloned().collect();
        let told: Vec<Statement> =
            statements.iter().filter(|s| known.iter().any(|card| card.id == s.doc)).cloned().collect();
        prop_assert_eq!(record(&documents, &statements, Some(day)), record(&known, &told, Some(day)));
    }
}

#[test]
fn every_statement_is_read_back_in_either_way() {
    for statement in Archive::new(500, 3).statements {
        let json = serde_json::to_string(&statement).expect("a statement has a JSON form");
        assert_eq!(Statement::from_json(&json).expect("its own JSON"), statement);
        assert_eq!(serde_json::from_str::<Statement>(&json).expect("its own JSON"), statement);
    }
}
