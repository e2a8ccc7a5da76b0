//! The extractor's version: a hash of everything that decides what is read out of a text; and the
//! recorder's, of everything that decides what statements add up to.
//!
//! A ledger remembers which version read a document; when rules or code change, the same folder read
//! again brings every document up to date instead of finding it unchanged. Refused alternative: a
//! number raised by hand, which is forgotten once and then keeps a ledger stale.

use std::path::{Path, PathBuf};

/// Folders, from the workspace root, whose files decide what is extracted.
const MAKERS: &[&str] = &[
    "languages",
    "names",
    "crates/tandem-model/src",
    "crates/tandem-text/src",
    "crates/tandem-lexicon/src",
    "crates/tandem-values/src",
    "crates/tandem-rules/src",
    "crates/tandem-extract/src",
];

/// Folders whose files decide what the statements add up to.
const RECORDERS: &[&str] =
    &["names", "crates/tandem-model/src", "crates/tandem-record/src", "crates/tandem/src"];

/// FNV-1a, 64 bits: stable between builds and without a dependency; nobody attacks a version number.
struct Hash(u64);

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn main() {
    println!("cargo::rustc-env=TANDEM_EXTRACTOR={:016x}", version(MAKERS));
    println!("cargo::rustc-env=TANDEM_RECORDER={:016x}", version(RECORDERS));
}

fn version(makers: &[&str]) -> u64 {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut hash = Hash(0xcbf2_9ce4_8422_2325);
    for maker in makers {
        let folder = root.join(maker);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut found = Vec::new();
        files(&folder, &mut found);
        found.sort();
        for path in found {
            hash.add(path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().as_bytes());
            hash.add(&std::fs::read(&path).unwrap_or_default());
        }
    }
    hash.0
}
