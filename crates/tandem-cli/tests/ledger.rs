//! The ledger end to end: read twice, cut short, asked in every format.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{Place, QUESTIONS, report, samples};

#[test]
fn reading_twice_changes_nothing() {
    let place = Place::new();
    let first = place.ok(&["read", &samples()]);
    let answers = place.answers("tandem.db");
    let second = place.ok(&["read", &samples()]);
    assert!(first.contains(" new, 0 changed, 0 known already;"), "{first}");
    assert!(second.starts_with("0 new, 0 changed, "), "{second}");
    assert_eq!(place.answers("tandem.db"), answers);
    assert!(answers.len() > 10_000, "the samples say something");
}

#[test]
fn the_order_of_reading_does_not_show() {
    let place = Place::new();
    for number in 0..6 {
        place.write(&format!("in/{number}.txt"), report(number + 100));
    }
    let names: Vec<String> = (0..6).map(|number| format!("in/{number}.txt")).collect();
    for (ledger, order) in [("a.db", [0, 1, 2, 3, 4, 5]), ("b.db", [5, 3, 1, 0, 4, 2])] {
        for index in order {
            place.ok(&["read", &names[index], "--ledger", ledger]);
        }
    }
    assert_eq!(place.answers("a.db"), place.answers("b.db"));
}

/// Feeds documents through a pipe that stays open, so that the run is surely under way when it is
/// killed; then runs it again to the end.
#[test]
fn a_run_that_was_killed_is_completed_by_running_it_again() {
    let line = |number: usize| {
        serde_json::json!({"id": format!("d{number:03}"), "text": report(number)}).to_string()
    };
    let documents: Vec<String> = (0..200).map(line).collect();
    let place = Place::new();
    place.write("all.jsonl", documents.join("\n"));

    let mut child = place
        .command(&["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(documents[..150].join("\n").as_bytes()).unwrap();
    pipe.write_all(b"\n").unwrap();
    let started = Instant::now();
    let held = loop {
        let held = place.run(&["sources", "--format", "jsonl"]).out.lines().count();
        if held > 0 || started.elapsed() > Duration::from_secs(60) {
            break held;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    child.kill().unwrap();
    child.wait().unwrap();
    drop(pipe);
    assert!(held > 0 && held <= 150, "killed in the middle, with {held} documents");

    // The same documents under the same place: a pipe.
    let feed = |ledger: &str| {
        let file = std::fs::File::open(place.path("all.jsonl")).unwrap();
        common::ran(place.command(&["read", "-", "--ledger", ledger]).stdin(file).output().unwrap())
    };
    assert_eq!(feed("tandem.db").code, 0);
    assert_eq!(feed("clean.db").code, 0);
    assert_eq!(place.answers("tandem.db"), place.answers("clean.db"));
}

#[test]
fn a_folder_read_in_pieces_and_killed_at_odd_moments_comes_out_the_same() {
    let place = Place::new();
    for number in 0..120 {
        place.write(&format!("in/{}/report.txt", number % 40), report(number));
        place.write(&format!("in/r{number}.txt"), report(number + 1000));
    }
    for delay in [5, 15, 30, 60] {
        let mut child =
            place.command(&["read", "in"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    place.ok(&["read", "in"]);
    place.ok(&["read", "in", "--ledger", "clean.db"]);
    assert_eq!(place.answers("tandem.db"), place.answers("clean.db"));
}

#[test]
fn every_question_answers_in_every_format() {
    let place = Place::new();
    place.ok(&["read", &samples()]);
    for question in QUESTIONS {
        let ask = |format: &str| place.ok(&[question, "--format", format, "--today", "2026-01-01"]);
        let lines = ask("jsonl");
        let objects: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(
            serde_json::from_str::<Vec<serde_json::Value>>(&ask("json")).unwrap(),
            objects,
            "{question}"
        );
        assert_eq!(ask("jsonl"), lines, "{question} twice");
        let table = ask("table");
        assert!(!table.is_empty() && !table.contains('\u{1b}'), "{question}: no colours into a pipe");
        let csv = ask("csv");
        assert_eq!(csv.is_empty(), objects.is_empty(), "{question}");
    }
}

#[test]
fn between_keeps_only_the_parties_asked_for() {
    let place = Place::new();
    place.ok(&["read", &samples()]);
    let parties = |args: &[&str]| -> Vec<String> {
        let text = place.ok(&[&["meetings", "--format", "jsonl"], args].concat());
        let party =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["parties"].to_string();
        text.lines().map(party).collect()
    };
    let exact = parties(&["--between", "Kazakhstan,uz"]);
    assert!(!exact.is_empty() && exact.iter().all(|set| set == r#"["KZ","UZ"]"#), "{exact:?}");
    let more = parties(&["--between", "UZ,KZ", "--with-others"]);
    assert!(more.len() >= exact.len() && more.iter().all(|set| set.contains("KZ") && set.contains("UZ")));
}

#[test]
fn every_id_in_the_tables_can_be_shown() {
    let place = Place::new();
    place.ok(&["read", &samples()]);
    for question in
        ["figures", "targets", "projects", "agreements", "meetings", "institutions", "commitments", "check"]
    {
        let lines = place.ok(&[question, "--format", "jsonl", "--today", "2026-01-01"]);
        for line in lines.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = entry["id"].as_str().unwrap();
            let page = place.ok(&["show", id, "--today", "2026-01-01"]);
            assert!(page.contains(id), "{page}");
            let has_statements =
                entry["statements"].as_array().is_none_or(|statements| !statements.is_empty());
            assert!(!has_statements || page.contains('⟦'), "{id}: the quote is marked\n{page}");
        }
    }
}

#[test]
fn the_demo_shows_the_partnership() {
    let place = Place::new();
    let first = place.ok(&["demo", "--today", "2026-03-01"]);
    assert!(first.contains("Kazakhstan – Uzbekistan"), "{first}");
    assert_eq!(place.ok(&["demo", "--today", "2026-03-01"]), first);
    assert!(place.path("tandem-demo.db").exists());
}
