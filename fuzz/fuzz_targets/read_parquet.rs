//! Any table in Parquet.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: tandem_fuzz::allow_guarded_panics(), |data: &[u8]| {
    tandem_fuzz::file("a.parquet", data);
});
