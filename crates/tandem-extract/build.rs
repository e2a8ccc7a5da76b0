//! Checks and builds the shipped tables and rules; a broken one fails the build with its place.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

#[allow(dead_code, unreachable_pub, reason = "the crate uses what the build script does not")]
#[path = "src/grammar.rs"]
mod grammar;

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    let english = root.join("languages/en");
    println!("cargo::rerun-if-changed={}", english.display());
    println!("cargo::rerun-if-changed={}", root.join("names").display());
    println!("cargo::rerun-if-changed=src/grammar.rs");
    let sources = grammar::Sources {
        language: read(&english.join("language.tsv")),
        irregular: read(&english.join("irregular.tsv")),
        lexicon: word_classes(&english.join("lexicon")),
        rules: files(&english.join("rules"), "rule"),
    };
    match grammar::build(&sources) {
        Ok(parts) => write(&parts, &sources),
        Err(errors) => fail(&errors.join("\n\n")),
    }
}

fn write(parts: &grammar::Parts, sources: &grammar::Sources) {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let bytes = postcard::to_stdvec(&(&parts.lexicon, &parts.rules)).unwrap_or_else(|e| fail(&e.to_string()));
    let texts =
        postcard::to_stdvec(&(&sources.language, &sources.irregular, &sources.lexicon, &sources.rules))
            .unwrap_or_else(|e| fail(&e.to_string()));
    for (name, bytes) in [("en.bin", bytes), ("en-sources.bin", texts)] {
        if let Err(error) = fs::write(out.join(name), bytes) {
            fail(&format!("{name}: {error}"));
        }
    }
}

/// The word classes; the tables of values beside them are the values crate's own.
fn word_classes(folder: &Path) -> Vec<grammar::Source> {
    files(folder, "tsv").into_iter().filter(|(name, _)| !name.starts_with("values/")).collect()
}

/// Every file of an ending below a folder, sorted by path, named from the folder's parent on.
fn files(folder: &Path, ending: &str) -> Vec<grammar::Source> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            let inner = files(&path, ending);
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            found.extend(inner.into_iter().map(|(file, text)| (format!("{name}/{file}"), text)));
        } else if path.extension().is_some_and(|e| e == ending) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            found.push((name, read(&path)));
        }
    }
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| fail(&format!("{}: {e}", path.display())))
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(1)
}
