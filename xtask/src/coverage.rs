//! `cargo xtask coverage`: rules that nothing but their own examples exercise.
//!
//! A rule that fires in no article we have was written for a sentence somebody imagined, or for one that left
//! with a text. Such rules are merged into more general ones or dropped; this lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::compare::text_of;
use crate::gold;
use crate::run::{Workshop, read, root};

/// Prints how many documents each rule found something in, least used first; `all` shows the used ones too. Documents
/// are the annotated articles, the samples, the reports of the scenarios and, where they are, the seeds.
pub(crate) fn run(all: bool) -> Result<()> {
    let shop = Workshop::open(false)?;
    let mut folders: Vec<PathBuf> = gold::OWN.iter().map(|(_, _, texts)| shop.root.join(texts)).collect();
    folders.push(root().join("../shared/seeds"));
    folders.retain(|folder| folder.is_dir());

    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let scenarios = told_scenarios(&shop.root.join("corpus/scenarios"))?;
    let scenarios: Vec<&str> = scenarios.iter().filter_map(|folder| folder.to_str()).collect();
    let inputs = folders.iter().map(|folder| (folder.as_path(), Vec::new()));
    let inputs = inputs.chain(scenarios.split_first().map(|(first, more)| (Path::new(first), more.to_vec())));
    for (input, more) in inputs {
        for statement in shop.extract(input, &more)? {
            let (Some(rule), Some(doc)) = (text_of(&statement, "rule"), text_of(&statement, "doc")) else {
                continue;
            };
            used.entry(rule.to_owned()).or_default().insert(doc.to_owned());
        }
    }
    let rules = rules(&shop.root)?;
    let uses = |rule: &String| used.get(rule).map_or(0, BTreeSet::len);
    let mut listed: Vec<(usize, &String)> = rules.keys().map(|rule| (uses(rule), rule)).collect();
    listed.sort();
    for (count, rule) in listed.iter().filter(|(count, _)| all || *count < 2) {
        println!("{count:4}  {rule}  ({})", rules[*rule].display());
    }
    let idle = listed.iter().filter(|(count, _)| *count == 0).count();
    let single = listed.iter().filter(|(count, _)| *count == 1).count();
    println!("{} rules; {idle} fire in no document, {single} in one, the others in two or more", rules.len());
    let unknown: Vec<_> = used.keys().filter(|rule| !rules.contains_key(*rule)).map(String::as_str).collect();
    if !unknown.is_empty() {
        println!("made without a rule file: {}", unknown.join(", "));
    }
    Ok(())
}

/// The scenarios whose reports are texts; the others hold statements, which no rule has made.
fn told_scenarios(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.join("statements.jsonl").exists() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The rules of all languages: name to file.
fn rules(root: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.join("languages")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rule") {
                let shown = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
                found.extend(names(&read(&path)?).map(|name| (name, shown.clone())));
            }
        }
    }
    Ok(found)
}

/// The names of the rules in a file: the words after `rule` at the start of a line.
fn names(file: &str) -> impl Iterator<Item = String> + '_ {
    file.lines().filter_map(|line| line.strip_prefix("rule ")).map(|name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn rule_names_are_read_from_their_files() {
        let file = "# a remark\nrule figure/reached\n\"Doc.\"\nmatch\n  rule x\n";
        assert_eq!(super::names(file).collect::<Vec<_>>(), ["figure/reached"]);
    }
}
