//! Bytes per second of full extraction, on one thread.
//!
//! `samples` and `seeds`: reports repeated with varied numbers, so that no cache of one text helps; nearly
//! every sentence holds a trigger, which is the hard case. `prose`: plain prose without triggers. Bias: the
//! samples are short news reports by our own hands; long documents with tables are not in it.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tandem_extract::Extractor;
use tandem_model::Article;

fn main() {
    divan::main();
}

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
/// Five real reports that are not in this repository.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");

/// The reports of a folder, each as an article, with every single digit turned by `turn`.
fn reports(folder: &str, turn: u8) -> Vec<Article> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|path| {
            let text = varied(&std::fs::read_to_string(path).unwrap(), turn);
            let id = path.file_stem().unwrap().to_string_lossy().into_owned();
            Article { id, text, published: "2025-07-24".parse().ok(), ..Article::default() }
        })
        .collect()
}

fn varied(text: &str, turn: u8) -> String {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .map(|(i, c)| {
            let alone = c.is_ascii_digit() && !(i > 0 && digit(i - 1)) && !digit(i + 1);
            if alone { char::from(b'1' + (c as u8 - b'0' + turn) % 9) } else { c }
        })
        .collect()
}

/// Our sample reports: ten statements a kilobyte, three times as many as in real reports.
#[divan::bench(sample_count = 20)]
fn samples(bencher: Bencher<'_, '_>) {
    all_of(bencher, SAMPLES);
}

/// Real reports, when the folder beside the repository is there.
#[divan::bench(sample_count = 20)]
fn seeds(bencher: Bencher<'_, '_>) {
    all_of(bencher, SEEDS);
}

fn all_of(bencher: Bencher<'_, '_>, folder: &str) {
    let extractor = Extractor::shipped();
    let articles: Vec<Article> = (0..8).flat_map(|turn| reports(folder, turn)).collect();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        articles.iter().map(|a| extractor.extract(black_box(a)).statements.len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 20)]
fn prose_without_triggers(bencher: Bencher<'_, '_>) {
    let extractor = Extractor::shipped();
    let sentence =
        "The old gardener walked slowly along the wall and looked at the roses that his mother had planted. ";
    let text = sentence.repeat(40).replace("roses. ", "roses.\n\n");
    let article = Article { id: "prose".to_owned(), text, ..Article::default() };
    bencher
        .counter(BytesCount::new(article.text.len()))
        .bench_local(|| extractor.extract(black_box(&article)).statements.len());
}

#[divan::bench(sample_count = 20)]
fn loading_the_shipped_tables() -> Extractor {
    Extractor::shipped()
}
