//! Web pages to articles: bytes of HTML a second, on one thread and on two.
//!
//! `web` reads the pages of `../shared/data/web-articles` and is left out where they are absent; they are mostly
//! blogs and magazines, with more scripts and styles than a ministry's page has. `own` reads the pages of the
//! tests, which are small and all text: the bias goes the other way.

use std::path::Path;
use std::process::Command;

use divan::Bencher;
use divan::counter::BytesCount;
use tandem_read::{Hints, html};

/// What the program itself allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn own() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let files = std::fs::read_dir(folder).expect("the pages of the tests are in the repository");
    let mut files: Vec<_> = files.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "html"));
    files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
}

fn web() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/web-articles/html");
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = files.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let unpacked = |file| Command::new("gzip").arg("-dc").arg(file).output().ok();
    let pages = files.iter().filter_map(unpacked);
    pages.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).collect()
}

fn read(bencher: Bencher<'_, '_>, pages: &[String]) {
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| pages.iter().map(|page| html::read(page, &Hints::default()).text.len()).sum::<usize>());
}

#[divan::bench(sample_count = 10)]
fn small_pages_of_our_own(bencher: Bencher<'_, '_>) {
    read(bencher, &own());
}

#[divan::bench(sample_count = 5)]
fn web_articles(bencher: Bencher<'_, '_>) {
    read(bencher, &web());
}

#[divan::bench(sample_count = 5)]
fn web_articles_on_two_threads(bencher: Bencher<'_, '_>) {
    let pages = web();
    let bytes: usize = pages.iter().map(String::len).sum();
    let halves: Vec<Vec<&String>> = (0..2).map(|half| pages.iter().skip(half).step_by(2).collect()).collect();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        std::thread::scope(|scope| {
            for half in &halves {
                scope.spawn(|| {
                    half.iter().map(|page| html::read(page, &Hints::default()).text.len()).sum::<usize>()
                });
            }
        });
    });
}
