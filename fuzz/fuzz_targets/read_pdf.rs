//! Any pages of a PDF. The crate that takes them out of the file may overflow its stack, which ends a fuzzer as it
//! ends the child process that it runs in otherwise; so the bytes here are the pages, parted by form feeds.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use tandem_read::{At, Options, read};

fuzz_target!(|data: &[u8]| {
    let pages = |pdf: &[u8]| -> Result<Vec<String>, String> {
        let text = String::from_utf8_lossy(&pdf[5..]).into_owned();
        Ok(text.split('\u{c}').map(str::to_owned).collect())
    };
    let options = Options { pdf: Arc::new(pages), ..Options::default() };
    tandem_fuzz::check(&read(&[b"%PDF-", data].concat(), &At::file("fuzz", "a.pdf"), &options));
});
