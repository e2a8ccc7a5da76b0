//! Reading into a ledger: idempotent, in any state it was left in, and the same on any number of threads.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use tandem::{Event, InputOptions, Inputs, Ledger, Pipeline, ReadSummary};

fn pipeline() -> Pipeline {
    Pipeline::shipped(Some(2)).unwrap()
}

fn read(ledger: &mut Ledger, folder: &Path) -> (ReadSummary, Vec<String>) {
    let mut remarks = Vec::new();
    let inputs = Inputs::new(&[folder.to_owned()], InputOptions::default());
    let summary = ledger
        .read(&pipeline(), inputs, |event| {
            if let Event::Diagnostic(diagnostic) = event {
                let place = diagnostic.place.replace(&*folder.to_string_lossy(), "");
                remarks.push(format!("{place}: {}", diagnostic.message));
            }
        })
        .unwrap();
    (summary, remarks)
}

fn ids(ledger: &Ledger) -> Vec<String> {
    ledger.holdings().unwrap().cards.into_iter().map(|card| card.id).collect()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const ONE: &str = "Trade between Kazakhstan and Uzbekistan reached $4.3 billion in 2024.";
const TWO: &str = "Trade between Peru and Viet Nam reached $1.1 billion in 2024.";

#[test]
fn reading_twice_changes_nothing() {
    let folder = folder(&[("a.txt", ONE), ("b.txt", TWO), ("b.meta.json", r#"{"publisher": "P"}"#)]);
    let mut ledger = Ledger::in_memory().unwrap();
    let (first, _) = read(&mut ledger, folder.path());
    assert_eq!((first.new, first.unchanged), (2, 0));
    let (second, _) = read(&mut ledger, folder.path());
    assert_eq!(second, ReadSummary { unchanged: 2, ..ReadSummary::default() });
}

#[test]
fn taken_ids_get_a_hash_and_keep_it() {
    let folder = folder(&[("a/x.txt", ONE), ("b/x.txt", TWO), ("c/x.txt", ONE)]);
    let mut ledger = Ledger::in_memory().unwrap();
    let (first, _) = read(&mut ledger, folder.path());
    assert_eq!(first.new, 2, "the third has the content of the first");
    let named = ids(&ledger);
    assert!(named[0] == "x" && named[1].starts_with("x-"), "{named:?}");
    let (second, _) = read(&mut ledger, folder.path());
    assert_eq!((second.new, second.revised, second.unchanged), (0, 0, 2));
    fs::remove_file(folder.path().join("a/x.txt")).unwrap();
    fs::remove_file(folder.path().join("c/x.txt")).unwrap();
    let (third, _) = read(&mut ledger, folder.path());
    assert_eq!((third.new, third.revised, third.unchanged), (0, 0, 1));
    assert_eq!(ids(&ledger), named);
}

#[test]
fn a_changed_file_is_a_new_version_of_its_document() {
    let folder = folder(&[("a/x.txt", ONE), ("b/x.txt", TWO)]);
    let mut ledger = Ledger::in_memory().unwrap();
    read(&mut ledger, folder.path());
    let named = ids(&ledger);
    for file in ["a/x.txt", "b/x.txt"] {
        fs::write(folder.path().join(file), format!("{file} was corrected.")).unwrap();
        let (again, _) = read(&mut ledger, folder.path());
        assert_eq!((again.new, again.revised, again.unchanged), (0, 1, 1), "{file}");
    }
    assert_eq!(ids(&ledger), named);
    assert_eq!(ledger.article("x").unwrap().unwrap().text, "a/x.txt was corrected.");
}

#[test]
fn json_lines_with_one_id_are_two_documents() {
    let lines =
        format!("{{\"id\": \"d\", \"text\": \"{ONE}\"}}\n{{oops\n{{\"id\": \"d\", \"text\": \"{TWO}\"}}\n");
    let folder = folder(&[("docs.jsonl", &lines)]);
    let mut ledger = Ledger::in_memory().unwrap();
    for round in 0..2 {
        let (summary, remarks) = read(&mut ledger, folder.path());
        assert_eq!((summary.new, summary.unchanged), if round == 0 { (2, 0) } else { (0, 2) });
        assert_eq!(remarks.len(), 1);
        assert!(remarks[0].starts_with("/docs.jsonl:2: is not valid JSON"), "{remarks:?}");
    }
}

#[test]
fn what_was_read_before_does_not_show_in_the_end() {
    let folder = folder(&[("a/x.txt", ONE), ("b/x.txt", TWO), ("c.txt", "Text.")]);
    let clean = |first: Option<&str>| {
        let mut ledger = Ledger::in_memory().unwrap();
        if let Some(first) = first {
            read(&mut ledger, &folder.path().join(first));
        }
        read(&mut ledger, folder.path());
        let holdings = ledger.holdings().unwrap();
        (ids(&ledger), serde_json::to_string(&holdings.statements).unwrap())
    };
    assert_eq!(clean(None), clean(Some("a")), "as after a run that was cut short");
    assert_eq!(clean(None), clean(Some("c.txt")));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_sidecars_in_folders() {
    use std::os::unix::fs::symlink;
    let folder =
        folder(&[("in/a.txt", ONE), ("in/.hidden", "x"), ("in/empty.txt", ""), ("in/a.meta.json", "{oops")]);
    symlink(folder.path(), folder.path().join("in/loop")).unwrap();
    symlink("nowhere", folder.path().join("in/broken")).unwrap();
    symlink("a.txt", folder.path().join("in/z-again.txt")).unwrap();
    let mut ledger = Ledger::in_memory().unwrap();
    let (summary, remarks) = read(&mut ledger, folder.path());
    assert_eq!((summary.new, ids(&ledger)), (1, vec!["a".to_owned()]));
    let root = folder.path().display();
    assert_eq!(
        remarks,
        [
            "/in/a.meta.json: is not valid JSON: key must be a string at line 1 column 2; the text was read without it \
             (mend it or remove it)"
                .to_owned(),
            "/in/broken: is a link that leads nowhere: no such file (mend or remove the link)".to_owned(),
            "/in/empty.txt: is empty (put the article's text in it, or remove it)".to_owned(),
            format!("/in/loop: links back to the folder {root} that it is in, and was not followed (remove the link)"),
        ]
    );
}
