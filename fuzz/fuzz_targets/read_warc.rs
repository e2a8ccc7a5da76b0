//! Any web archive.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    tandem_fuzz::file("a.warc", &[b"WARC/1.0\r\n", data].concat());
});
