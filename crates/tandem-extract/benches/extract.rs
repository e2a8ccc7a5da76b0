//! Bytes per second of full extraction, on one thread.
//!
//! `samples` and `seeds`: reports repeated with varied numbers, so that no cache of one text helps; nearly
//! every sentence holds a trigger, which is the hard case. `prose`: plain prose without triggers. Bias: the
//! samples are short news reports by our own hands; long documents with tables are not in it.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tandem_extract::Extractor;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[allow(dead_code, reason = "the list of sets serves the example")]
mod sets;

fn main() {
    divan::main();
}

/// Our sample reports: ten statements a kilobyte, three times as many as in real reports.
#[divan::bench(sample_count = 20)]
fn samples(bencher: Bencher<'_, '_>) {
    all_of(bencher, "samples");
}

/// Real reports, when the folder beside the repository is there.
#[divan::bench(sample_count = 20)]
fn seeds(bencher: Bencher<'_, '_>) {
    all_of(bencher, "seeds");
}

/// Company news, when the folder beside the repository is there: most texts are not about countries.
#[divan::bench(sample_count = 5)]
fn press(bencher: Bencher<'_, '_>) {
    all_of(bencher, "press");
}

#[divan::bench(sample_count = 20)]
fn prose_without_triggers(bencher: Bencher<'_, '_>) {
    all_of(bencher, "prose");
}

fn all_of(bencher: Bencher<'_, '_>, set: &str) {
    let extractor = Extractor::shipped();
    let articles = sets::articles(&root(), set);
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        articles.iter().map(|a| extractor.extract(black_box(a)).statements.len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 20)]
fn loading_the_shipped_tables() -> Extractor {
    Extractor::shipped()
}

/// The repository's root.
fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
