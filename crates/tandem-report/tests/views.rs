//! The views of a small record, whole, as text and as spreadsheet.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use tandem::model::record::{
    Cause, Finding, FindingType, Life, LifeFields, LifeStep, Light, Lineage, Record, Severity, Suggestion,
};
use tandem::model::{Bound, Kind, Number, Period, ProjectStatus};
use tandem_report::{
    Look, Partnership, amount, clean, csv, deadline, jsonl, moments, number, period, stated,
};

/// Figures of Peru and Viet Nam: two values for one year, and a part of the next.
const FIGURES: &str = r#"[
 {"id": "F-aaaa", "indicator": "trade_turnover", "measure": "level", "scope": null, "parties": ["PE", "VN"],
  "period": "2023", "period_words": null, "period_bounds": null, "base": null, "from": null, "to": null,
  "reporter": "PE", "office": null, "unit": "USD", "values": [
   {"value": 4300000000, "value_max": null, "bound": "under", "precision": 100000000, "low": 3655000000,
    "high": 4300000000, "statements": ["s1"], "docs": ["d1"], "origins": 2, "grade": "B2", "stated_on": "2024-02-01"},
   {"value": 4100000000, "value_max": null, "bound": "exact", "precision": 100000000, "low": 4050000000,
    "high": 4150000000, "statements": ["s2"], "docs": ["d2"], "origins": 1, "grade": "C3", "stated_on": null}],
  "preferred": {"value": 4300000000, "why": "It has more origins."}, "derived": []},
 {"id": "F-bbbb", "indicator": "exports", "measure": "change_pct", "scope": "=wheat", "parties": ["PE", "VN"],
  "period": "2024-01/2024-04", "period_words": null, "period_bounds": null, "base": "2023-01/2023-04", "from": "PE",
  "to": "VN", "reporter": null, "office": "Customs", "unit": "%", "values": [
   {"value": 15, "value_max": null, "bound": "about", "precision": 1, "low": 13, "high": 17, "statements": ["s3"],
    "docs": ["d1"], "origins": 1, "grade": "B2", "stated_on": "<2024-06-01"}],
  "preferred": {"value": 15, "why": "It is the only value reported."}, "derived": []}]"#;

const TARGETS: &str = r#"[
 {"id": "T-cccc", "indicator": "trade_turnover", "measure": "level", "scope": null, "parties": ["PE", "VN"],
  "unit": "USD", "steps": [
   {"step": ["first_set"], "value": 3000000000, "value_max": null, "deadline": "near future", "deadline_words":
    "near future", "stated_on": "<2021-12-16", "doc": "d0", "statement": "s4", "by": null},
   {"step": ["raised", "deadline_set"], "value": 10000000000, "value_max": null, "deadline": "2030",
    "deadline_words": "by 2030", "stated_on": "2025-11-15", "doc": "d1", "statement": "s5", "by": null}],
  "latest_actual": {"value": 4300000000, "period": "2024", "fact": "F-aaaa"}, "required_pace_pct": 15.1,
  "required_pace_band_pct": [14.5, 15.1], "observed_pace_pct": -2.3, "reached_in_at_observed_pace": null,
  "reached_in_band": null, "light": "amber", "light_date": "2025-11-15"}]"#;

fn life() -> Life {
    let step = |status: &str, on: &str, doc: &str| LifeStep {
        status: status.into(),
        stated_on: Some(on.into()),
        doc: doc.into(),
        statement: "s6".into(),
    };
    Life {
        id: "P-dddd".into(),
        kind: Kind::Project,
        name: "Joint port\u{1b}[31m at Callao".into(),
        aliases: vec![],
        parties: vec!["PE".into(), "VN".into()],
        fields: LifeFields::Project {
            count: Some(60),
            value: Some(Number::from(2_500_000_000)),
            unit: Some("USD".into()),
            bound: Some(Bound::Over),
            sectors: vec!["transport".into()],
            status: ProjectStatus::Launched,
            place: Some("Callao".into()),
        },
        steps: vec![step("planned", "2023-03-01", "d1"), step("launched", "2024-05-02", "d2")],
        light: Light::Amber,
        light_date: Some("2024-05-02".into()),
        overdue: true,
        verdict: None,
        fulfils: vec![],
        fulfilled_by: vec![],
        members: vec![],
        member_of: vec!["P-eeee".into()],
        links: vec![],
    }
}

fn finding() -> Finding {
    Finding {
        id: "X-ffff".into(),
        kind: FindingType::Tension,
        cause: Cause::Period,
        severity: Severity::Error,
        docs: vec!["d1".into()],
        statements: vec!["s1".into()],
        facts: vec!["F-aaaa".into()],
        message: "4.3 billion USD for the first half of 2024 can hardly be right beside 1.4 billion USD for \
                  January–April 2024."
            .into(),
        arithmetic: vec!["2.9 = 4.3 - 1.4".into()],
        suggestion: Some(Suggestion {
            field: "period".into(),
            from: "2024-H1".into(),
            to: "2024-01/2024-10".into(),
            why: "Ten months would fit.".into(),
        }),
        as_of: "2026-01-01".parse().unwrap(),
    }
}

fn record() -> Record {
    Record {
        figures: serde_json::from_str(FIGURES).unwrap(),
        targets: serde_json::from_str::<Vec<Lineage>>(TARGETS).unwrap(),
        projects: vec![life()],
        findings: vec![finding()],
        ..Record::default()
    }
}

#[test]
fn views_as_text() {
    let (record, look) = (record(), Look::plain(110));
    let page = Partnership::new(vec!["PE".into(), "VN".into()], &record);
    let views = [
        tandem_report::figures(&record.figures, look),
        tandem_report::targets(&record.targets, look),
        tandem_report::lives(&record.projects, "projects", look),
        tandem_report::findings(&record.findings, look),
        tandem_report::timeline(&moments(&record), look),
        tandem_report::status(&page, "2026-01-01".parse().unwrap(), look),
        tandem_report::meetings(&[], look),
    ];
    insta::assert_snapshot!(views.join("\n\n"));
}

#[test]
fn every_view_fits_the_screen() {
    let record = record();
    let page = Partnership::new(vec!["PE".into(), "VN".into()], &record);
    for width in 60..200 {
        let look = Look::plain(width);
        let views = [
            tandem_report::figures(&record.figures, look),
            tandem_report::targets(&record.targets, look),
            tandem_report::lives(&record.projects, "projects", look),
            tandem_report::findings(&record.findings, look),
            tandem_report::timeline(&moments(&record), look),
            tandem_report::status(&page, "2026-01-01".parse().unwrap(), look),
        ];
        for line in views.iter().flat_map(|view| view.lines()) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn views_as_spreadsheets() {
    let record = record();
    let sheets = [csv(&record.figures), csv(&record.targets), csv(&record.projects), csv(&record.findings)];
    insta::assert_snapshot!(sheets.join("\n"));
}

#[test]
fn colours_are_written_only_when_asked_for_and_nothing_of_a_text_is_obeyed() {
    let record = record();
    let colored = Look { color: true, ..Look::plain(110) };
    assert!(tandem_report::lives(&record.projects, "projects", colored).contains("\u{1b}["));
    let plain = tandem_report::lives(&record.projects, "projects", Look::plain(110));
    assert!(!plain.contains('\u{1b}') && plain.contains("Joint port [31m at Callao"), "{plain}");
}

#[test]
fn values_in_words() {
    let check = |value: i64, max: Option<i64>, bound, precision: Option<i64>, unit: &str, expected: &str| {
        let text = amount(value.into(), max.map(Number::from), bound, precision.map(Number::from), unit);
        assert_eq!(text, expected);
    };
    check(1_400_000_000, None, Bound::About, Some(100_000_000), "USD", "≈ 1.4 bn USD");
    check(2_500_000_000, None, Bound::Over, Some(100_000_000), "USD", "over 2.5 bn USD");
    check(10_000_000_000, None, Bound::Exact, Some(1_000_000_000), "USD", "10 bn USD");
    check(4_420_000_000, None, Bound::Under, None, "USD", "under 4.42 bn USD");
    check(168_000_000, None, Bound::Exact, Some(1_000_000), "USD", "168 mn USD");
    check(10_000_000, Some(14_000_000), Bound::Range, Some(1_000_000), "t", "10–14 mn t");
    check(900_000_000, Some(1_000_000_000), Bound::Range, None, "EUR", "900 mn–1 bn EUR");
    check(12_345, None, Bound::Exact, None, "count", "12,345");
    check(11, None, Bound::Exact, None, "%", "11 %");
    check(3, None, Bound::Exact, None, "times", "×3");
    check(-950_600_000, None, Bound::Exact, None, "USD", "−950.6 mn USD");
    assert_eq!(
        number("1496.2".parse::<f64>().map(|n| Number::from_f64(n).unwrap()).unwrap(), None),
        "1,496.2"
    );
}

#[test]
fn times_in_words() {
    let check = |iso: &str, expected: &str| assert_eq!(period(iso.parse::<Period>().unwrap()), expected);
    check("2024", "2024");
    check("2020/2024", "2020–2024");
    check("2025-01/2025-04", "Jan–Apr 2025");
    check("2024-11/2025-02", "Nov 2024–Feb 2025");
    check("2025-H1", "H1 2025");
    check("2025-Q3", "Q3 2025");
    check("2024-05", "May 2024");
    check("2024-05-13", "13 May 2024");
    check("2022-12-21/2022-12-22", "21–22 Dec 2022");
    check("2025-01-01/2025-11-15", "1 Jan–15 Nov 2025");
    check("2024-12-30/2025-01-02", "30 Dec 2024–2 Jan 2025");
    assert_eq!(deadline("2030"), "2030");
    assert_eq!(deadline("near future"), "“near future”");
    assert_eq!(stated(Some("<2021-12-16")), "before 2021-12-16");
    assert_eq!(stated(Some(">=2025-04-04,<2025-08-01")), "from 2025-04-04, before 2025-08-01");
    assert_eq!(stated(None), "date unknown");
}

proptest! {
    #[test]
    fn no_number_causes_a_panic(mantissa in any::<i64>(), scale in 0_u32..12, precision in proptest::option::of(any::<i64>())) {
        let value = Number(rust_decimal::Decimal::from_i128_with_scale(i128::from(mantissa), scale));
        let text = amount(value, None, Bound::About, precision.map(Number::from), "USD");
        prop_assert!(text.starts_with("≈ ") && text.ends_with(" USD"));
    }

    #[test]
    fn clean_texts_are_one_visible_line(text in "\\PC*|.*") {
        let clean = clean(&text);
        prop_assert!(!clean.chars().any(|c| c.is_control()));
        prop_assert_eq!(tandem_report::clean(&clean), clean);
    }

    #[test]
    fn csv_has_as_many_cells_in_each_row(texts in proptest::collection::vec(("[a-z,\"\\n=]{0,8}", proptest::option::of("[a-z]{0,4}")), 1..5)) {
        let rows: Vec<serde_json::Value> =
            texts.iter().map(|(a, b)| serde_json::json!({"a": a, "b": b})).collect();
        let sheet = csv(&rows);
        let outside_quotes = sheet.split('"').step_by(2).collect::<String>();
        prop_assert_eq!(outside_quotes.matches('\n').count(), rows.len() + 1);
        prop_assert_eq!(outside_quotes.matches(',').count(), rows.len() + 1);
        prop_assert_eq!(jsonl(&rows).lines().count(), rows.len());
    }
}
