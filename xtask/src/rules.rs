//! `cargo xtask rules`: writes `docs/rules.md`, what every shipped rule reads with an example, from the rule files.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};
use tandem_rules::Rule;

use crate::run::{read, root, write};

/// The languages that have rules: their folder and their name.
const LANGUAGES: [(&str, &str); 1] = [("en", "English")];

const HEAD: &str = "\
# The shipped rules

Written by `cargo xtask rules` from `languages/*/rules`; do not edit. How rules are written is said in
`rule-language.md`; `tandem rule check` runs their examples; `tandem explain FILE \"sentence\"` shows which of them
fire on your text. The number behind a name is the rule's prior: how often its match is taken to be right before the
text around it is weighed.
";

/// Rewrites the page; with `check`, only says whether it is up to date.
pub(crate) fn run(check: bool) -> Result<()> {
    let mut page = HEAD.to_owned();
    for (code, language) in LANGUAGES {
        page.push_str(&section(code, language)?);
    }
    let path = root().join("docs/rules.md");
    if path.is_file() && read(&path)? == page {
        println!("docs/rules.md is up to date");
    } else if check {
        bail!("docs/rules.md does not show the rules as they are: run `cargo xtask rules`");
    } else {
        write(&path, &page)?;
        println!("docs/rules.md written");
    }
    Ok(())
}

fn section(code: &str, language: &str) -> Result<String> {
    let mut kinds: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
    let folder = root().join("languages").join(code).join("rules");
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_none_or(|ending| ending != "rule") {
            continue;
        }
        let rule = tandem_rules::parse(&path.display().to_string(), &read(&path)?);
        let rule = rule.map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
        kinds.entry(rule.kind.clone()).or_default().push(rule);
    }
    ensure!(!kinds.is_empty(), "{} holds no rules", folder.display());
    let mut text = String::new();
    let total: usize = kinds.values().map(Vec::len).sum();
    text.push_str(&format!("\n## {language}: {total} rules\n"));
    for (kind, rules) in &kinds {
        text.push_str(&format!("\n### {kind} ({})\n\n", rules.len()));
        rules.iter().for_each(|rule| text.push_str(&entry(rule)));
    }
    Ok(text)
}

/// A rule's name, prior, purpose and first example that gives something.
fn entry(rule: &Rule) -> String {
    let mut text = format!("- **{}** ({}) {}\n", rule.name.text, rule.confidence, rule.doc.trim());
    let telling = |expected: &str| expected.trim() != "?";
    let example = rule.yes().find(|yes| yes.expected.iter().any(|e| telling(&e.text)));
    if let Some(yes) = example {
        let given: Vec<String> = yes
            .expected
            .iter()
            .filter(|e| telling(&e.text))
            .map(|e| format!("`{}`", e.text.trim().replace('`', "'")))
            .collect();
        text.push_str(&format!("  *{}* → {}\n", one_line(&yes.text.text), given.join(", ")));
    }
    text
}

/// A text with its line ends shown as strokes, safe between the stars of emphasis.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" / ").replace('*', "\\*")
}
