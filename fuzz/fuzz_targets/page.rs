//! Any text as a web page: no panic, the same twice, and text without tags' leavings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_read::{Hints, html};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let page = html::read(&text, &Hints::default());
    assert!(!page.text.contains('\0'));
    assert_eq!(page, html::read(&text, &Hints::default()));
    assert_eq!(page.published.is_some(), !page.dates.is_empty());
    let _ = html::fragment(&text);
});
