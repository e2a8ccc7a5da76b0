//! How texts are cut into sentences with the word lists of English, as `K|sentence` lines.

use std::time::Instant;

use proptest::prelude::*;
use tandem_model::{Article, Document, SentenceKind};
use tandem_text::{Language, document};

fn english() -> Language {
    Language::parse(
        include_str!("../../../languages/en/language.tsv"),
        include_str!("../../../languages/en/irregular.tsv"),
    )
    .unwrap()
}

fn read(text: &str, language: &Language) -> Document {
    document(Article { text: text.to_owned(), ..Article::default() }, language)
}

/// Every sentence with the letter of its kind, line breaks within shown as `⏎`.
fn check(text: &str, expected: &[&str]) {
    let found = read(text, &english());
    let shown: Vec<String> = found
        .sentences
        .iter()
        .map(|sentence| {
            let kind = match sentence.kind {
                SentenceKind::Prose => 'P',
                SentenceKind::Heading => 'H',
                SentenceKind::Item => 'I',
                SentenceKind::Clutter => 'C',
            };
            format!("{kind}|{}", sentence.span.of(text).replace('\n', "⏎"))
        })
        .collect();
    assert_eq!(shown, expected, "{text:?}");
}

#[test]
fn stops() {
    check("He came. She left.", &["P|He came.", "P|She left."]);
    check("Trade grew in 2026.He said so.", &["P|Trade grew in 2026.", "P|He said so."]);
}
