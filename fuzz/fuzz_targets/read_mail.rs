//! Any mail or page in MIME.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_read::Format;

fuzz_target!(|data: &[u8]| {
    tandem_fuzz::document(Format::Mail, "a.eml", data);
    tandem_fuzz::document(Format::Mhtml, "a.mhtml", data);
    tandem_fuzz::file("a.eml", data);
});
