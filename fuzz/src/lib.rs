//! What must be true of whatever a reader makes of any bytes.

use tandem_read::{At, Format, Hints, Limits, Options, Piece, Reading, read, understand};

/// Lets panics pass that the readers catch themselves: those on guarded threads, and those of the Parquet
/// reader. Any other panic still breaks the target.
pub fn allow_guarded_panics() {
    let breaking = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let guarded = std::thread::current().name() == Some(tandem_read::GUARDED);
        let place = panic.location().map_or("", |place| place.file());
        // What the standard library says on behalf of its caller has its own place.
        let foreign = place.contains("/parquet-") || place.contains("/bytes-") || place.contains("/library/");
        if !(guarded || foreign) {
            breaking(panic);
        }
    }));
}

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
