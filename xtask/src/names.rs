//! Holds the comparison of names against labelled pairs of spellings in the shared folder.

use std::path::Path;

use anyhow::{Context, Result, bail};
use tandem_record::{NameKind, same_name};

use crate::run::{read, root, shared};

/// How the labelled pairs came out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    found: u32,
    wrongly: u32,
    missed: u32,
    apart: u32,
}

impl Tally {
    fn precision(&self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.wrongly).max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.missed).max(1))
    }
}

/// The same, as one of the checks on the shared material.
pub(crate) fn check(_bench: &crate::shared::Bench) -> Result<()> {
    run(false)
}

/// Scores the pairs, prints what came of them, and holds the floor.
pub(crate) fn run(failures: bool) -> Result<()> {
    let root = root();
    let path = shared()?.join("data/name-pairs/cases.csv");
    let tally =
        tally(&read(&path)?, failures).with_context(|| format!("{} cannot be used", path.display()))?;
    println!(
        "name pairs: precision {:.3}, recall {:.3} ({} found, {} joined wrongly, {} missed, {} kept apart)",
        tally.precision(),
        tally.recall(),
        tally.found,
        tally.wrongly,
        tally.missed,
        tally.apart
    );
    hold(&root, &tally)
}

fn hold(root: &Path, tally: &Tally) -> Result<()> {
    let table: toml::Table = read(&root.join("corpus/floors.toml"))?.parse()?;
    let floor = |key: &str| {
        let least = table.get("names").and_then(|names| names.get(key)).and_then(toml::Value::as_float);
        least.with_context(|| format!("corpus/floors.toml has no number for [names] {key}"))
    };
    for (key, got) in [("precision", tally.precision()), ("recall", tally.recall())] {
        let least = floor(key)?;
        if got < least {
            bail!("name pairs: {key} is {got:.3}, the floor of corpus/floors.toml [names] {least:.3}");
        }
    }
    Ok(())
}

fn tally(csv: &str, failures: bool) -> Result<Tally> {
    let mut rows = csv.lines().map(cells);
    let head = rows.next().unwrap_or_default();
    let column =
        |name: &str| head.iter().position(|cell| cell == name).with_context(|| format!("no column {name}"));
    let (kind, a, b, same) = (column("schema")?, column("name1")?, column("name2")?, column("is_match")?);
    let mut tally = Tally::default();
    for row in rows.filter(|row| row.len() > same) {
        let of = if row[kind] == "Person" { NameKind::Person } else { NameKind::Body };
        let (found, right) = (same_name(of, &row[a], &row[b]), row[same] == "true");
        let count = match (found, right) {
            (true, true) => &mut tally.found,
            (true, false) => &mut tally.wrongly,
            (false, true) => &mut tally.missed,
            (false, false) => &mut tally.apart,
        };
        *count += 1;
        if failures && found != right {
            println!("{} {} / {}", if found { "joined" } else { "missed" }, row[a], row[b]);
        }
    }
    Ok(tally)
}

/// The cells of a line of comma-separated values; quotation marks hold commas, doubled they are one.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => push(&mut cells, '"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => push(&mut cells, other),
        }
    }
    cells
}

fn push(cells: &mut [String], letter: char) {
    if let Some(last) = cells.last_mut() {
        last.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_hold_commas() {
        assert_eq!(cells("a,\"b, c\",\"say \"\"d\"\"\","), ["a", "b, c", "say \"d\"", ""]);
    }

    #[test]
    fn pairs_are_counted() {
        let csv =
            "schema,name1,name2,is_match\nPerson,Joko Widodo,\"Widodo, Joko\",true\nPerson,A Bc,D Ef,false\n";
        let tally = tally(csv, false).expect("a whole table");
        assert_eq!((tally.found, tally.apart, tally.wrongly, tally.missed), (1, 1, 0, 0));
    }
}
