//! Main text and dates of web pages, measured on `../shared/data/web-articles` as the set's authors do.
//!
//! The score of a page is the F1 of its words, counted as a bag: letters, digits and underscores in a row, in
//! small letters. The set's score is the mean over its pages, so that a long page counts no more than a short
//! one.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tandem_read::{Hints, html};

use super::Bench;
use crate::floors::Floors;

/// Reads every page and holds the floors.
pub(super) fn web_articles(bench: &Bench) -> Result<()> {
    let folder = bench.shared.join("data/web-articles");
    let (mut pages, mut words, mut dated, mut right) = (0_u32, 0.0, 0_u32, 0_u32);
    let truths = folder.join("ground-truth");
    let listed = std::fs::read_dir(&truths).with_context(|| format!("cannot list {}", truths.display()))?;
    let mut files = listed.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    for file in files {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let truth: Value = serde_json::from_str(&crate::run::read(&file)?)?;
        let page = unpacked(&folder.join(format!("html/{stem}.html.gz")))?;
        let said = |key: &str| truth["ground_truth"][key].as_str();
        let hints = Hints { url: truth["url"].as_str().map(str::to_owned), ..Hints::default() };
        let found = html::read(&String::from_utf8_lossy(&page), &hints);
        pages += 1;
        words += f1(&found.text, said("main_content").unwrap_or_default());
        if let Some(date) = said("publish_date") {
            dated += 1;
            right += u32::from(found.published.is_some_and(|day| day.to_string() == date));
        }
    }
    ensure!(pages > 0 && dated > 0, "no pages in {}", folder.display());
    let (text, dates) = (words / f64::from(pages), f64::from(right) / f64::from(dated));
    println!("      {pages} pages: text F1 {text:.4}; dates right on {right} of {dated} ({dates:.3})");
    Floors::load(&crate::run::root())?.hold_pages(text, dates)
}

fn unpacked(file: &Path) -> Result<Vec<u8>> {
    let output = Command::new("gzip").arg("-dc").arg(file).output().context("gzip is not installed here")?;
    if !output.status.success() {
        bail!("{} is no gzip file", file.display());
    }
    Ok(output.stdout)
}

/// F1 of the words of two texts.
fn f1(found: &str, wanted: &str) -> f64 {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut of_wanted = 0_u32;
    for word in words(wanted) {
        *counts.entry(word).or_default() += 1;
        of_wanted += 1;
    }
    let (mut of_found, mut both) = (0_u32, 0_u32);
    for word in words(found) {
        of_found += 1;
        if let Some(left) = counts.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            both += 1;
        }
    }
    match (of_found, of_wanted) {
        (0, 0) => 1.0,
        _ => 2.0 * f64::from(both) / f64::from((of_found + of_wanted).max(1)),
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let gap = |c: char| !(c.is_alphanumeric() || c == '_');
    text.split(gap).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::f1;

    #[test]
    fn words_are_counted_as_a_bag() {
        assert_eq!(f1("", ""), 1.0);
        assert_eq!(f1("", "one"), 0.0);
        assert_eq!(f1("Two, one!", "one two"), 1.0);
        assert_eq!(f1("one one", "one two"), 0.5);
        assert_eq!(f1("one", "one two three"), 0.5);
    }
}
