//! Any bytes under any name: no panic; an article has the hash it says, and reading again gives the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_read::{At, Options, read};

const NAMES: [&str; 9] = ["a.txt", "a.md", "a.json", "a.jsonl", "", "-", "a.html", "a.eml", "a.csv"];

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let at = At::file("fuzz", NAMES[usize::from(first) % NAMES.len()]);
    let reading = read(bytes, &at, &Options::default());
    tandem_fuzz::check(&reading);
    assert_eq!(reading, read(bytes, &at, &Options::default()));
});
