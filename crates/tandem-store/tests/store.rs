//! The ledger file: what goes in comes out, nothing is rewritten, and foreign files are left alone.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use tandem_model::record::{Decision, Judgement};
use tandem_model::{
    Article, Body, Commitment, Date, DocumentCard, Modality, Span, Statement, Strength, content_hash,
};
use tandem_store::{Appended, NewReading, OpenMode, Store};

fn article(id: &str, text: &str) -> Article {
    Article { id: id.into(), sha256: content_hash(text.as_bytes()), text: text.into(), ..Article::default() }
}

fn statement(article: &Article, start: usize, end: usize) -> Statement {
    let body = Body::Commitment(Commitment {
        actors: vec!["KZ".into()],
        action: "trade".into(),
        strength: Strength::Agreed,
        deadline: None,
        deadline_words: None,
    });
    let span = Span::new(start, end);
    let parties = vec!["UZ".into(), "KZ".into()];
    Statement::seal(
        &article.id,
        &article.text,
        span,
        span,
        body,
        parties,
        None,
        Modality::Asserted,
        "test",
        0.9,
    )
    .unwrap()
}

fn append(store: &mut Store, article: &Article, extractor: &str) -> Appended {
    let card =
        DocumentCard { id: article.id.clone(), sha256: article.sha256.clone(), ..DocumentCard::default() };
    let statements = [statement(article, 0, 2), statement(article, 1, 3)];
    let after_version = store.known(&article.id).unwrap().map_or(0, |known| known.version);
    let reading = NewReading {
        article,
        origin: "folder/a.txt",
        extractor,
        card: &card,
        statements: &statements,
        original: None,
        after_version,
    };
    store.append(&reading).unwrap()
}

fn read_back(store: &Store) -> (Vec<String>, Vec<String>) {
    let docs = store.cards().unwrap().into_iter().map(|card| card.id).collect();
    let quotes =
        store.statements().unwrap().into_iter().map(|s| format!("{} {}", s.doc, s.evidence.exact)).collect();
    (docs, quotes)
}

#[test]
fn reading_again_changes_nothing_and_a_change_is_a_version() {
    let mut store = Store::in_memory().unwrap();
    let first = article("a", "one two");
    assert_eq!(append(&mut store, &first, "1"), Appended::New);
    assert_eq!(append(&mut store, &first, "1"), Appended::Unchanged);
    assert_eq!(append(&mut store, &first, "2"), Appended::Revised(2));
    assert_eq!(append(&mut store, &article("a", "three four"), "2"), Appended::Revised(3));
    assert_eq!(read_back(&store), (vec!["a".into()], vec!["a th".into(), "a hr".into()]));
    assert_eq!(store.article("a").unwrap().unwrap(), article("a", "three four"));
    assert_eq!(store.known("a").unwrap().unwrap().version, 3);
    assert_eq!(store.known_from("folder/a.txt").unwrap().len(), 1);
    assert_eq!(store.article("b").unwrap(), None);
}

#[test]
fn the_order_of_coming_in_does_not_show() {
    let (a, b) = (article("a", "one two"), article("b", "three four"));
    let read = |articles: [&Article; 2]| {
        let mut store = Store::in_memory().unwrap();
        articles.iter().for_each(|article| assert_eq!(append(&mut store, article, "1"), Appended::New));
        read_back(&store)
    };
    assert_eq!(read([&a, &b]), read([&b, &a]));
}

#[test]
fn statements_come_back_whole() {
    let mut store = Store::in_memory().unwrap();
    let text = article("a", "one two");
    append(&mut store, &text, "1");
    assert_eq!(store.statements().unwrap(), vec![statement(&text, 0, 2), statement(&text, 1, 3)]);
}

#[test]
fn history_cannot_be_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.db");
    append(&mut Store::open(&path, OpenMode::Create).unwrap(), &article("a", "one two"), "1");
    let raw = Connection::open(&path).unwrap();
    for table in ["texts", "readings", "statements"] {
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET rowid = rowid")] {
            let sql = if table == "statements" { sql.replace("rowid = rowid", "id = id") } else { sql };
            let error = raw.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
    }
}

#[test]
fn decisions_come_back_in_order() {
    let mut store = Store::in_memory().unwrap();
    let decision = |judgement| Decision {
        left: "P-1".into(),
        right: "P-2".into(),
        judgement,
        who: "editor".into(),
        when: Date::constant(2025, 1, 2),
        why: None,
    };
    let made = [Judgement::Same, Judgement::Unsure].map(decision);
    made.iter().for_each(|decision| store.decide(decision).unwrap());
    assert_eq!(store.decisions().unwrap(), made);
}

#[test]
fn a_document_that_changed_under_our_hands_is_not_overwritten() {
    let mut store = Store::in_memory().unwrap();
    append(&mut store, &article("a", "one two"), "1");
    let text = article("a", "other text");
    let card = DocumentCard::default();
    let reading = NewReading {
        article: &text,
        origin: "b",
        extractor: "1",
        card: &card,
        statements: &[],
        original: None,
        after_version: 0,
    };
    assert!(store.append(&reading).unwrap_err().is_busy());
}

#[track_caller]
fn refused(path: &Path, mode: OpenMode, expected: &str) {
    let message = Store::open(path, mode).unwrap_err().to_string();
    assert_eq!(message, format!("{}: {expected}", path.display()));
}

#[test]
fn foreign_files_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    refused(
        &at("none.db"),
        OpenMode::Existing,
        "there is no ledger here (make one: tandem read FOLDER, or name another with --ledger FILE)",
    );
    refused(folder.path(), OpenMode::Create, "is a folder, not a ledger (name a file with --ledger FILE)");
    let foreign = "is not a Tandem ledger, and was left as it is (name another file with --ledger FILE)";
    std::fs::write(
        at("text.db"),
        "This is a text, and a long one, so that SQLite reads its header. ".repeat(20),
    )
    .unwrap();
    refused(&at("text.db"), OpenMode::Create, foreign);
    Connection::open(at("other.db")).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    refused(&at("other.db"), OpenMode::Create, foreign);
    Store::open(&at("new.db"), OpenMode::Create).unwrap();
    Connection::open(at("new.db")).unwrap().pragma_update(None, "user_version", 9).unwrap();
    refused(
        &at("new.db"),
        OpenMode::Existing,
        "was written by a newer version of Tandem (its schema is 9, this program knows up to 6; update the program)",
    );
    refused(
        &at("no/such/folder.db"),
        OpenMode::Create,
        "cannot be opened (does its folder exist, and may you write there?)",
    );
}

#[test]
fn a_busy_ledger_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.db");
    let mut store = Store::open(&path, OpenMode::Create).unwrap();
    store.set_patience(Duration::from_millis(20)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let text = article("a", "one two");
    let reading = NewReading {
        article: &text,
        origin: "a.txt",
        extractor: "1",
        card: &DocumentCard::default(),
        statements: &[],
        original: None,
        after_version: 0,
    };
    let error = store.append(&reading).unwrap_err();
    assert!(error.is_busy(), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.append(&reading).unwrap(), Appended::New);
}
