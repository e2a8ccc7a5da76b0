//! Bad input and wrong usage: a clear message each, everything else read, the right exit code.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Place, ran, report, samples};

#[cfg(unix)]
#[test]
fn bad_input_is_said_and_everything_else_is_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    place
        .write("in/a-good.txt", report(1))
        .write("in/b-empty.txt", "")
        .write("in/c-binary.txt", b"MZ\0\x01\x02")
        .write("in/d-broken.txt", b"Trade gr\xffew.")
        .write("in/e-huge.txt", vec![b'x'; 100 << 20])
        .write("in/f-secret.txt", "x")
        .write("in/h-lines.jsonl", format!("{{\"id\": \"h\", \"text\": \"Fine.\"}}\n{{oops\n{{\"text\": \"{}\"}}\n{{\"id\": \"last\", \"text\": \"Fine too.\"}}", "x".repeat(65 << 20)))
        .write("in/z-good.txt", report(2));
    symlink(place.path("in"), place.path("in/g-loop")).unwrap();
    std::fs::set_permissions(place.path("in/f-secret.txt"), std::fs::Permissions::from_mode(0o000)).unwrap();
    let readable_anyway = std::fs::read(place.path("in/f-secret.txt")).is_ok();
    assert!(Command::new("mkfifo").arg(place.path("in/p-pipe")).status().unwrap().success());

    let began = Instant::now();
    let run = place.run(&["read", "in"]);
    assert!(began.elapsed() < Duration::from_secs(30), "bounded time");
    assert_eq!(run.code, 1);
    let secret = "tandem: in/f-secret.txt: cannot be read: permission denied (check who may read it)\n";
    let expected = format!(
        "tandem: in/b-empty.txt: is empty (put the article's text in it, or remove it)\n\
         tandem: in/c-binary.txt: is binary, not text: it holds NUL bytes (save its text as UTF-8)\n\
         tandem: in/d-broken.txt: is not valid UTF-8: byte 0xff at offset 8, line 1 (save it as UTF-8; if it is in \
         another encoding: iconv -f WINDOWS-1251 -t UTF-8)\n\
         tandem: in/e-huge.txt: is too large: more than 64 MB, which one document may hold (split it, or allow more with \
         --max-size)\n\
         {}\
         tandem: in/g-loop: links back to the folder in that it is in, and was not followed (remove the link)\n\
         tandem: in/h-lines.jsonl:2: is not valid JSON: key must be a string at column 2 (one object a line: {{\"text\": …}})\n\
         tandem: in/h-lines.jsonl:3: holds 66 MB, more than the 64 MB that one document may hold (split it, or allow more \
         with --max-size)\n\
         tandem: in/p-pipe: is no regular file but a pipe, socket or device (pipe its content into `tandem extract -`)\n",
        if readable_anyway { "" } else { secret }
    );
    assert_eq!(run.err, expected);
    let held = place.ok(&["sources", "--format", "jsonl"]);
    let mut docs: Vec<String> = held
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["doc"].as_str().unwrap().to_owned()
        })
        .filter(|doc| doc != "f-secret")
        .collect();
    docs.sort();
    assert_eq!(docs, ["a-good", "h", "last", "z-good"]);
}

#[test]
fn a_large_line_is_read_when_allowed() {
    let place = Place::new();
    place.write("huge.txt", "word ".repeat(20 << 20));
    let began = Instant::now();
    let run = place.run(&["extract", "huge.txt", "--max-size", "128"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    assert!(began.elapsed() < Duration::from_secs(300), "bounded time, took {:?}", began.elapsed());
}

#[test]
fn output_is_the_same_on_any_number_of_threads_and_in_the_order_of_the_input() {
    let place = Place::new();
    for number in 0..150 {
        place.write(&format!("in/{number:03}.txt"), report(number));
    }
    let one = place.ok(&["extract", "in", &samples(), "--threads", "1"]);
    for threads in ["2", "5"] {
        assert_eq!(place.ok(&["extract", "in", &samples(), "--threads", threads]), one);
    }
    let docs: Vec<String> = one
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["doc"].as_str().unwrap().to_owned()
        })
        .collect();
    let mut sorted = docs.clone();
    sorted.sort();
    assert!(!docs.is_empty() && docs == sorted);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    for number in 0..300 {
        place.write(&format!("in/{number}.txt"), report(number));
    }
    let mut child =
        place.command(&["extract", "in"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let run = ran(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn standard_input_is_json_lines_or_one_text() {
    let place = Place::new();
    let feed = |text: &str| {
        place.write("stdin", text);
        let file = std::fs::File::open(place.path("stdin")).unwrap();
        ran(place.command(&["extract", "-"]).stdin(file).output().unwrap())
    };
    let text = report(300);
    let object = serde_json::json!({"text": text}).to_string();
    let (as_text, as_json) = (feed(&text), feed(&format!("\n  {object}\n")));
    assert_eq!((as_text.code, as_json.code), (0, 0));
    assert!(!as_text.out.is_empty() && as_text.out == as_json.out, "{as_text:?}\n{as_json:?}");
    let broken = feed("\n{oops\n");
    assert_eq!(broken.code, 1);
    assert_eq!(
        broken.err,
        "tandem: standard input:2: is not valid JSON: key must be a string at column 2 (one object a line: {\"text\": …})\n"
    );
}

#[test]
fn sidecars_are_used_unless_told_otherwise() {
    let place = Place::new();
    place.write("in/a.txt", "Trade between Kazakhstan and Uzbekistan reached $4.4 billion last year.");
    place.write("in/a.meta.json", r#"{"id": "named", "published": "2024-04-05"}"#);
    let doc = |args: &[&str]| place.ok(args).contains("\"doc\":\"named\"");
    assert!(doc(&["extract", "in"]) && !doc(&["extract", "in", "--no-sidecar"]));
}

#[test]
fn wrong_usage_is_code_2() {
    let place = Place::new();
    place.write("a.txt", report(1));
    place.ok(&["read", "a.txt"]);
    let check = |args: &[&str], expected: &str| {
        let run = place.run(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert!(run.err.contains(expected), "{args:?}: {}", run.err);
    };
    check(&[], "Usage: tandem");
    check(&["extract"], "<INPUT>...");
    check(&["figures", "--ledger", "none.db"], "tandem: none.db: there is no ledger here");
    check(&["figures", "--between", "Uzbekistam"], "did you mean Uzbekistan, UZ?");
    check(&["figures", "--with-others"], "--between <PARTIES>");
    check(&["figures", "--as-of", "soon"], "\"soon\" is no date like 2024-12-31");
    check(&["extract", "a.txt", "--format", "csv"], "--format is for questions");
    check(&["figures", "--no-sidecar"], "--no-sidecar is for reading documents");
    check(
        &["show", "Q-nothing"],
        "tandem: no entry, statement, finding or document has the id \"Q-nothing\"",
    );
    check(&["explain", "a.txt", "no such sentence"], "tandem: a.txt: no sentence holds \"no such sentence\"");
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let place = Place::new();
    place.write("a.txt", report(1)).write("notes.db", "My notes. ".repeat(200));
    let run = place.run(&["read", "a.txt", "--ledger", "notes.db"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.err,
        "tandem: notes.db: is not a Tandem ledger, and was left as it is (name another file with --ledger FILE)\n"
    );
    assert_eq!(std::fs::read_to_string(place.path("notes.db")).unwrap(), "My notes. ".repeat(200));
    assert_eq!(
        place.run(&["read", "nowhere.txt"]).err,
        "tandem: nowhere.txt: there is no such file or folder (check the name)\n"
    );
}

#[test]
fn a_ledger_in_the_folder_that_is_read_is_no_document() {
    let place = Place::new();
    place.write("a.txt", report(1));
    for _ in 0..2 {
        place.ok(&["read", "."]);
    }
}

#[test]
fn values_of_a_text() {
    let place = Place::new();
    place
        .write("a.txt", "Trade grew 11% to almost $4.3 billion last year.")
        .write("a.meta.json", r#"{"published": "2025-02-01"}"#);
    let lines = place.ok(&["values", "a.txt", "--format", "jsonl"]);
    let field =
        |line: &str, name: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()[name].to_string();
    let found: Vec<String> = lines
        .lines()
        .map(|line| ["type", "value", "unit", "bound", "period"].map(|name| field(line, name)).join(" "))
        .collect();
    assert_eq!(
        found,
        [
            r#""percentage" 11 "%" "exact" null"#,
            r#""money" 4300000000 "USD" "under" null"#,
            r#""date" null null null "2024""#,
        ]
    );
    assert!(place.ok(&["values", "a.txt"]).contains("almost $4.3 billion  under 4.3 bn USD"));
    assert!(place.ok(&["values", "a.txt", "--timeml"]).contains(r#"value="2024""#));
    let run = place.run(&["values", "a.txt", "--format", "csv"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (2, "tandem: values are written as table or jsonl, or with --timex3 as TimeML\n")
    );
    assert_eq!(place.run(&["values", "none.txt"]).code, 1);
    assert_eq!(place.run(&["values", "a.txt", "--published", "soon"]).code, 2);
}

/// What `tandem values` with these options makes of standard input.
fn values_of_stdin(place: &Place, options: &[&str], text: &str) -> String {
    place.write("stdin", text);
    let file = std::fs::File::open(place.path("stdin")).unwrap();
    let run = ran(place.command(&[&["values"], options].concat()).stdin(file).output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{options:?}");
    run.out
}

#[test]
fn values_of_documents_on_standard_input() {
    let place = Place::new();
    let plain = "Output fell by 5% to 1.2 Mt from January to April this year.";
    let line = |doc: &str, rest: &str| format!("{{\"doc\":\"{doc}\",{rest}}}\n");
    let expected = |doc: &str, year: &str| {
        line(
            doc,
            r#""start":15,"end":17,"type":"percentage","value":5,"value_max":null,"unit":"%","noun":null,"bound":"exact","precision":1,"period":null,"timex":null"#,
        ) + &line(
            doc,
            r#""start":21,"end":27,"type":"quantity","value":1200000,"value_max":null,"unit":"t","noun":null,"bound":"exact","precision":100000,"period":null,"timex":null"#,
        ) + &line(
            doc,
            &format!(
                r#""start":28,"end":59,"type":"date","value":null,"value_max":null,"unit":null,"noun":null,"bound":null,"precision":null,"period":"{year}-01/{year}-04","timex":"{year}-01/{year}-04""#
            ),
        )
    };
    let documents = format!(
        "{}\n{}\n",
        serde_json::json!({"id": "a", "published": "2025-06-01", "text": plain}),
        serde_json::json!({"id": "b", "text": plain})
    );
    let found = values_of_stdin(&place, &["--format", "jsonl", "--published", "2024-06-01"], &documents);
    assert_eq!(found, expected("a", "2025") + &expected("b", "2024"));
    let named = values_of_stdin(&place, &["-", "--format", "jsonl", "--published", "2024-06-01"], plain);
    let doc =
        serde_json::from_str::<serde_json::Value>(named.lines().next().unwrap()).unwrap()["doc"].clone();
    assert_eq!(named, expected(doc.as_str().unwrap(), "2024"));
}

#[test]
fn values_as_timeml() {
    let place = Place::new();
    let document = serde_json::json!({"id": "a", "published": "2025-06-01", "text": "R&D: \"annual\" by 2030,\r\n3 years from today"});
    let expected = concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>a</DOCID>\n",
        "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2025-06-01\" temporalFunction=\"false\" ",
        "functionInDocument=\"CREATION_TIME\">2025-06-01</TIMEX3></DCT>\n",
        "<TEXT>R&amp;D: &quot;<TIMEX3 tid=\"t1\" type=\"SET\" value=\"P1Y\">annual</TIMEX3>&quot; by ",
        "<TIMEX3 tid=\"t2\" type=\"DATE\" value=\"2030\">2030</TIMEX3>,&#13;\n",
    );
    let written = values_of_stdin(&place, &["--timex3"], &document.to_string());
    assert!(written.starts_with(expected) && written.ends_with("</TEXT>\n</TimeML>\n"), "{written}");
    let lines = values_of_stdin(&place, &["--timex3", "--format", "jsonl"], &document.to_string());
    let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(line, serde_json::json!({"doc": "a", "timeml": written}));
}

#[test]
fn rules_of_ones_own_are_checked_before_anything_is_read() {
    let place = Place::new();
    place
        .write("a.txt", report(1))
        .write("rules/figure/mine.rule", "rule figure/mine\nnonsense\n")
        .write("none/x.txt", "");
    let run = place.run(&["extract", "a.txt", "--rules", "rules"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(
        run.err.starts_with("tandem: the rules cannot be used:")
            && run.err.contains("rules/figure/mine.rule"),
        "{}",
        run.err
    );
    let run = place.run(&["extract", "a.txt", "--rules", "none"]);
    assert_eq!((run.code, run.err.as_str()), (2, "tandem: none: holds no .rule file\n"));
}
