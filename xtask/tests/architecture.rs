//! `ARCHITECTURE.md` names crates, folders and tests; they must exist.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md")
}

/// What stands between backquotes in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn rust_sources(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            rust_sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push_str(&fs::read_to_string(path).expect("a readable source"));
        }
    }
}

#[test]
fn the_tests_that_guard_invariants_exist() {
    let text = architecture();
    let (_, table) = text.split_once("## Invariants").expect("a section on invariants");
    let (table, _) = table.split_once("## ").expect("a section after it");
    let guards =
        table.lines().filter(|line| line.starts_with("| ")).filter_map(|line| line.rsplit(" | ").next());
    let names: Vec<&str> =
        guards.flat_map(quoted).filter(|name| name.contains('_') && !name.contains(['/', ' '])).collect();
    let mut sources = String::new();
    rust_sources(&root().join("crates"), &mut sources);
    rust_sources(&root().join("xtask"), &mut sources);
    let missing: Vec<_> = names.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(names.len() > 10, "{names:?}");
    assert!(missing.is_empty(), "ARCHITECTURE.md names tests that do not exist: {missing:?}");
}

#[test]
fn crates_and_folders_are_where_it_says() {
    let text = architecture();
    let rows = text.lines().filter(|line| line.starts_with("| `crates/") || line.starts_with("- `"));
    for path in rows.filter_map(|line| quoted(line).next()) {
        assert!(root().join(path).exists(), "ARCHITECTURE.md names {path}, which is not there");
    }
    for entry in fs::read_dir(root().join("crates")).expect("a folder crates") {
        let name = format!("`crates/{}`", entry.expect("a readable folder").file_name().to_string_lossy());
        assert!(text.contains(&name), "ARCHITECTURE.md does not name {name}");
    }
}
