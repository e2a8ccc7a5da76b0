//! `cargo xtask readme`: puts into README.md what the program says today, so that nobody has to believe it.
//!
//! Two places are written, each between its marks: an excerpt of the demo, and the table of accuracy.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::gold;
use crate::run::{Workshop, read, write};

/// Columns of the excerpt: what a table needs to stay a table.
const WIDTH: &str = "120";

/// The day as of which the excerpt is taken: after the last sample, and the same whenever this is run.
const DAY: &str = "2026-03-01";

/// Lines shown of each section of the demo: its heading's first word, and how many lines with it.
const SECTIONS: [(&str, usize); 3] = [("Latest", 12), ("Targets", 6), ("Findings", 14)];

/// Rewrites both places; with `check`, only says whether they are up to date.
pub(crate) fn run(check: bool) -> Result<()> {
    let shop = Workshop::open(false)?;
    let path = shop.root.join("README.md");
    let readme = read(&path)?;
    let written = between(&readme, "demo", &excerpt(&shop)?)?;
    let written = between(&written, "accuracy", &gold::markdown(&shop)?)?;
    if written == readme {
        println!("README.md is up to date");
    } else if check {
        bail!("README.md does not show what the program says now: run `cargo xtask readme`");
    } else {
        write(&path, &written)?;
        println!("README.md written");
    }
    Ok(())
}

/// The state of the samples' partnership, shortened, as a code block.
fn excerpt(shop: &Workshop) -> Result<String> {
    let scratch = tempfile::tempdir()?;
    let demo = shop.tandem().current_dir(scratch.path()).arg("demo").output()?;
    ensure!(demo.status.success(), "the demo failed: {}", String::from_utf8_lossy(&demo.stderr));
    let ledger = scratch.path().join("tandem-demo.db");
    let status = status(shop, &ledger)?;
    let mut shown = vec![format!("$ tandem status --between KZ,UZ --as-of {DAY}"), String::new()];
    let lines: Vec<&str> = status.lines().collect();
    for (word, many) in SECTIONS {
        let heading = |line: &&str| line.starts_with(word);
        let start =
            lines.iter().position(heading).with_context(|| format!("the demo has no section {word:?}"))?;
        let section = lines[start..].iter().take_while(|line| !line.is_empty());
        let section: Vec<&str> = section.copied().collect();
        shown.extend(section.iter().take(many).map(|line| line.trim_end().to_owned()));
        if section.len() > many {
            shown.push("…".to_owned());
        }
        shown.push(String::new());
    }
    shown.pop();
    Ok(format!("```text\n{}\n```", shown.join("\n")))
}

fn status(shop: &Workshop, ledger: &Path) -> Result<String> {
    let mut command = shop.tandem();
    command
        .env("COLUMNS", WIDTH)
        .args(["status", "--between", "KZ,UZ", "--as-of", DAY, "--ledger"])
        .arg(ledger);
    let output = command.output()?;
    ensure!(output.status.success(), "status failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// Replaces what stands between `<!-- NAME … -->` and `<!-- NAME: end -->`.
fn between(readme: &str, name: &str, new: &str) -> Result<String> {
    let lost = || format!("README.md has lost the marks of {name:?}");
    let begin = readme.find(&format!("<!-- {name}: ")).with_context(lost)?;
    let begin = begin + readme[begin..].find("-->").with_context(lost)? + "-->".len();
    let end = readme[begin..].find(&format!("<!-- {name}: end -->")).with_context(lost)? + begin;
    Ok(format!("{}\n\n{new}\n\n{}", &readme[..begin], &readme[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_rewritten_between_its_marks() {
        let readme = "a\n<!-- x: what -->\nold\n<!-- x: end -->\nb";
        assert_eq!(between(readme, "x", "new").unwrap(), "a\n<!-- x: what -->\n\nnew\n\n<!-- x: end -->\nb");
        assert!(between(readme, "y", "new").is_err());
        let again = between(&between(readme, "x", "new").unwrap(), "x", "new").unwrap();
        assert_eq!(again, between(readme, "x", "new").unwrap());
    }
}
