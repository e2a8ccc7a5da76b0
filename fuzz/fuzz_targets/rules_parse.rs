//! Any text as a rule file: no panic; every error has a place inside the file and words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_rules::parse;

fuzz_target!(|source: &str| {
    if let Err(errors) = parse("fuzz.rule", source) {
        assert!(!errors.is_empty());
        for error in errors {
            assert!(error.span().end() <= source.len());
            assert!(error.line() >= 1 && error.column() >= 1);
            assert!(!error.message().is_empty());
            assert!(!error.to_string().is_empty());
        }
    }
});
