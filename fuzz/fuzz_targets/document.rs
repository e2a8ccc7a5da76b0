//! Any text: tokens are in order and on character boundaries, what lies between them is no word, and
//! every token belongs to one sentence at most.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tandem_model::Article;
use tandem_text::{Language, document};

static ENGLISH: LazyLock<Language> = LazyLock::new(|| {
    let words = include_str!("../../languages/en/language.tsv");
    let irregular = include_str!("../../languages/en/irregular.tsv");
    Language::parse(words, irregular).expect("the shipped tables are well formed")
});

fuzz_target!(|text: &str| {
    let found = document(Article { text: text.to_owned(), ..Article::default() }, &ENGLISH);
    assert_eq!(found.article.text, text);
    let mut at = 0;
    for token in &found.tokens {
        let (start, end) = (token.span.start(), token.span.end());
        assert!(at <= start && start < end);
        assert!(text.get(start..end).is_some());
        assert!(!text[at..start].chars().any(char::is_alphanumeric), "lost: {:?}", &text[at..start]);
        at = end;
    }
    assert!(!text[at..].chars().any(char::is_alphanumeric), "lost: {:?}", &text[at..]);
    let mut token = 0;
    for sentence in &found.sentences {
        assert!(sentence.first_token >= token && sentence.end_token >= sentence.first_token);
        assert!(text.get(sentence.span.start()..sentence.span.end()).is_some());
        token = sentence.end_token;
    }
    assert!(token as usize <= found.tokens.len());
});
