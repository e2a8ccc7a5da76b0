//! Any JSON, as lines and as one value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_read::Format;

fuzz_target!(|data: &[u8]| {
    tandem_fuzz::document(Format::Json, "a.json", data);
    tandem_fuzz::document(Format::Jsonl, "a.jsonl", data);
});
