//! What must be true of whatever a reader makes of any bytes.

use tandem_read::{At, Format, Hints, Limits, Options, Piece, Reading, read, understand};

/// Articles have text and the hash they say; remarks say something.
pub fn check(reading: &Reading) {
    for article in &reading.articles {
        assert_eq!(article.sha256, tandem_model::content_hash(article.text.as_bytes()));
        assert!(!article.id.is_empty());
        assert!(!article.text.is_empty());
    }
    for diagnostic in &reading.diagnostics {
        assert!(!diagnostic.message.is_empty());
    }
}

/// Reads bytes as a file of this name, with limits that a fuzzer can reach.
pub fn file(name: &str, bytes: &[u8]) {
    let limits = Limits { document_bytes: 1 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    check(&read(bytes, &At::file("fuzz", name), &options));
}

/// Reads bytes as a document of this format, whatever they look like.
pub fn document(format: Format, name: &str, bytes: &[u8]) {
    let piece = Piece {
        place: "fuzz".to_owned(),
        within: String::new(),
        name: name.to_owned(),
        several: false,
        format,
        bytes: bytes.to_vec(),
        hints: Hints::default(),
        sidecar: None,
    };
    check(&understand(&piece, &Options::default()));
}
