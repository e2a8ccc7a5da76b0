//! Any text through the whole of extraction: each statement's quote is the text at its place, ids are unique,
//! and a second run says the same.
#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tandem_extract::Extractor;
use tandem_model::Article;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::shipped);

fuzz_target!(|text: &str| {
    let article = Article { id: "fuzz".to_owned(), text: text.to_owned(), ..Article::default() };
    let found = EXTRACTOR.extract(&article);
    let mut ids = BTreeSet::new();
    for statement in &found.statements {
        for place in std::iter::once(&statement.evidence).chain(&statement.also) {
            assert_eq!(text.get(place.start..place.end), Some(place.exact.as_str()));
        }
        assert!((0.0..=1.0).contains(&statement.confidence));
        assert!(ids.insert(statement.id.clone()), "two statements have one id: {statement:?}");
    }
    assert_eq!(EXTRACTOR.extract(&article).statements, found.statements);
});
