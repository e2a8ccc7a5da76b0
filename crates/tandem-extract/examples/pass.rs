//! Extracts one of the sets that speed is measured on, so many times:
//! `cargo run --release -p tandem-extract --example pass -- SET [TIMES]`.
//!
//! Prints bytes, passes, statements and the processor's time. `TIMES` 0 loads and reads nothing, for telling the
//! cost of starting from the cost of reading; `--print` writes all that was extracted instead, for
//! comparing two versions byte by byte. Counted under `valgrind --tool=cachegrind` by `cargo xtask budget`.
#![allow(clippy::unwrap_used, reason = "an example")]

use tandem_extract::Extractor;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../benches/sets/mod.rs"]
mod sets;

fn main() {
    let mut args = std::env::args().skip(1);
    let set = args.next().unwrap_or_default();
    let times = args.next();
    if !sets::NAMES.contains(&set.as_str()) {
        eprintln!("pass SET [TIMES|--print], SET one of {}", sets::NAMES.join(", "));
        std::process::exit(2);
    }
    let articles = sets::articles(&root(), &set);
    let extractor = Extractor::shipped();
    if times.as_deref() == Some("--print") {
        for article in &articles {
            let found = extractor.extract(article);
            println!("{} {:?} {:?} {:?}", article.id, found.dating, found.marks, found.diagnostics);
            for statement in &found.statements {
                println!("{}", serde_json::to_string(statement).unwrap());
            }
        }
        return;
    }
    let times: usize = times.and_then(|t| t.parse().ok()).unwrap_or(1);
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let before = processor_time();
    let mut statements = 0;
    for _ in 0..times {
        statements += articles.iter().map(|a| extractor.extract(a).statements.len()).sum::<usize>();
    }
    let spent = processor_time().saturating_sub(before);
    println!("set={set} bytes={bytes} times={times} statements={statements} nanoseconds={spent}");
}

/// Nanoseconds that this thread has run; 0 where the system does not tell.
fn processor_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// The repository's root.
fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
