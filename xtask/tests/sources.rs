//! What library code may not mention: output, clock, environment, files, SQL.
//!
//! The compiler cannot forbid these by crate, so the sources are read. Tests, benches, build scripts and
//! comments are left out.

use std::fs;
use std::path::{Path, PathBuf};

/// The shells: they alone print, and know the clock, the environment and the disk.
const SHELLS: [&str; 2] = ["tandem-cli", "tandem-testkit"];

const FORBIDDEN: [(&str, &str); 12] = [
    ("println!", "libraries never print"),
    ("print!(", "libraries never print"),
    ("eprintln!", "libraries never print"),
    ("eprint!(", "libraries never print"),
    ("std::env", "libraries never read the environment"),
    ("SystemTime::now", "libraries never read the clock"),
    ("Instant::now", "libraries never read the clock"),
    ("Timestamp::now", "libraries never read the clock"),
    ("Zoned::now", "libraries never read the clock"),
    ("std::process", "libraries start and end nothing"),
    ("std::net", "no network"),
    ("std::thread::sleep", "libraries never wait"),
];

/// Crates that work on data in memory only.
const PURE: [&str; 8] = [
    "tandem-model",
    "tandem-text",
    "tandem-lexicon",
    "tandem-values",
    "tandem-rules",
    "tandem-extract",
    "tandem-record",
    "tandem-report",
];

/// Traces of SQL outside the store.
const SQL: [&str; 6] = ["rusqlite", "SELECT ", "INSERT ", "CREATE TABLE", "DELETE FROM", "PRAGMA "];

/// Every line of library code: crate, file, number, line.
fn lines() -> Vec<(String, PathBuf, usize, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut all = Vec::new();
    for entry in fs::read_dir(crates).expect("a folder crates") {
        let folder = entry.expect("a readable folder").path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for file in sources(&folder.join("src")) {
            let text = fs::read_to_string(&file).expect("a readable source");
            for (number, line) in code(&text) {
                all.push((name.clone(), file.clone(), number, line.to_owned()));
            }
        }
    }
    assert!(all.len() > 100, "no sources found");
    all
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a readable folder").path();
        let test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !test {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !test {
            found.push(path);
        }
    }
    found
}

/// The lines of a file that are neither comment nor inside its test module, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    before_tests
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(i, l)| (i + 1, l))
}

fn check(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_do_no_output_and_know_no_clock_or_environment() {
    let mut wrong = Vec::new();
    for (name, file, number, line) in lines() {
        for (what, why) in FORBIDDEN {
            if !SHELLS.contains(&name.as_str()) && line.contains(what) {
                wrong.push(format!("{}:{number}: {what}: {why}", file.display()));
            }
        }
    }
    check(wrong);
}

#[test]
fn pure_crates_touch_no_files() {
    let mut wrong = Vec::new();
    for (name, file, number, line) in lines() {
        if PURE.contains(&name.as_str()) && (line.contains("std::fs") || line.contains("std::io::std")) {
            wrong.push(format!("{}:{number}: {name} works on data in memory only", file.display()));
        }
    }
    check(wrong);
}

#[test]
fn only_the_store_knows_sql() {
    let mut wrong = Vec::new();
    for (name, file, number, line) in lines() {
        for what in SQL {
            if name != "tandem-store" && line.contains(what) {
                wrong.push(format!("{}:{number}: {what}: SQL is the store's business", file.display()));
            }
        }
    }
    check(wrong);
}

#[test]
fn comments_and_tests_are_left_out() {
    let text = "//! println!\nlet a = 1;\n#[cfg(test)]\nmod tests {\n println!();\n}\n";
    assert_eq!(code(text).collect::<Vec<_>>(), [(2, "let a = 1;")]);
}
