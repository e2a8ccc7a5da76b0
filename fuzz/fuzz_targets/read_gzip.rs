//! Anything compressed with gzip or Zstandard, by its own first bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    tandem_fuzz::file("a.warc.gz", data);
});
