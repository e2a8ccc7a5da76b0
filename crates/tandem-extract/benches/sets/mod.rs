//! The texts that speed is measured on, shared by the benchmark, the example `pass` and `cargo xtask budget`.
//!
//! Every set but `press` is made of few texts, so their numbers are varied from copy to copy: no cache of
//! one text helps. Sets that are not in this repository are empty when their folder is missing.

use std::path::Path;
use std::process::Command;

use tandem_model::Article;

/// The names of all sets.
pub(crate) const NAMES: [&str; 6] = ["samples", "gold", "wide", "seeds", "press", "prose"];

/// Copies of each report in a set of few texts.
const TURNS: u8 = 8;
/// Press releases in the set.
const PRESS: usize = 600;

/// The articles of a set; `root` is the repository's.
pub(crate) fn articles(root: &Path, set: &str) -> Vec<Article> {
    match set {
        "samples" => turned(&root.join("samples")),
        "gold" => turned(&root.join("corpus/gold/articles")),
        "wide" => turned(&root.join("corpus/wide/articles")),
        "seeds" => turned(&root.join("../shared/seeds")),
        "press" => press(&root.join("../shared/data/press-releases/press-releases.jsonl.gz")),
        _ => vec![prose()],
    }
}

fn turned(folder: &Path) -> Vec<Article> {
    (0..TURNS).flat_map(|turn| reports(folder, turn)).collect()
}

/// The reports of a folder, each as an article, with every single digit turned by `turn`.
fn reports(folder: &Path, turn: u8) -> Vec<Article> {
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

/// Press releases of companies: long texts, few of them about countries.
fn press(file: &Path) -> Vec<Article> {
    let unpacked = Command::new("gzip").arg("-dc").arg(file).output();
    let lines = unpacked.map(|out| out.stdout).unwrap_or_default();
    String::from_utf8_lossy(&lines)
        .lines()
        .take(PRESS)
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|row| Article {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            text: row["text"].as_str().unwrap_or_default().to_owned(),
            ..Article::default()
        })
        .collect()
}

fn prose() -> Article {
    let sentence =
        "The old gardener walked slowly along the wall and looked at the roses that his mother had planted. ";
    let text = sentence.repeat(40).replace("roses. ", "roses.\n\n");
    Article { id: "prose".to_owned(), text, ..Article::default() }
}
