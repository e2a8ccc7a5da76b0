//! Any PDF.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_read::Format;

fuzz_target!(init: tandem_fuzz::allow_guarded_panics(), |data: &[u8]| {
    tandem_fuzz::document(Format::Pdf, "a.pdf", data);
});
