//! Any bytes under any name: no panic; an article's text lies in its file as it is and has the hash it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_read::{Input, Limits, read};

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let name = ["a.txt", "a.md", "a.json", "a.jsonl", "", "a.pdf"][usize::from(first) % 6];
    let limits = Limits::default();
    let reading = read(&Input { place: "fuzz", name, bytes, sidecar: None }, &limits);
    for article in &reading.articles {
        assert_eq!(article.sha256, tandem_model::content_hash(article.text.as_bytes()));
        assert!(!article.id.is_empty());
        assert!(!article.text.is_empty());
    }
    for diagnostic in &reading.diagnostics {
        assert!(!diagnostic.message.is_empty());
    }
    assert_eq!(reading, read(&Input { place: "fuzz", name, bytes, sidecar: None }, &limits));
});
