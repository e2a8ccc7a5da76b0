//! `corpus/floors.toml`: accuracy that may not be lost.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use crate::run::read;
use crate::score::{KINDS, Score};

/// Floors by set ("gold", "seeds") and kind.
#[derive(Debug, Default)]
pub(crate) struct Floors {
    sets: BTreeMap<String, BTreeMap<String, Floor>>,
    /// Of web pages: mean F1 of the words of their main text, and the share of dates that are right.
    pages: Option<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Floor {
    relaxed: f64,
    strict: f64,
}

impl Floors {
    /// Reads `corpus/floors.toml`.
    pub(crate) fn load(root: &Path) -> Result<Self> {
        let path = root.join("corpus/floors.toml");
        Self::parse(&read(&path)?).with_context(|| format!("{} cannot be used", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse()?;
        let mut sets: BTreeMap<String, BTreeMap<String, Floor>> = BTreeMap::new();
        let mut pages = None;
        // How well names are compared has measures of its own (`cargo xtask name-pairs`).
        for (set, kinds) in table.iter().filter(|(set, _)| *set != "names") {
            let Value::Table(kinds) = kinds else { bail!("[{set}] should hold one line a kind") };
            if set == "pages" {
                let number = |key: &str| kinds.get(key).and_then(Value::as_float);
                pages = number("text").zip(number("dates"));
                continue;
            }
            for (kind, floor) in kinds {
                if !KINDS.contains(&kind.as_str()) && kind != "all" {
                    bail!("[{set}] knows no kind {kind:?}; kinds are {}, all", KINDS.join(", "));
                }
                let number = |key: &str| floor.get(key).and_then(Value::as_float);
                let (Some(relaxed), Some(strict)) = (number("relaxed"), number("strict")) else {
                    bail!("[{set}] {kind}: write {{ relaxed = 0.80, strict = 0.60 }}");
                };
                sets.entry(set.clone()).or_default().insert(kind.clone(), Floor { relaxed, strict });
            }
        }
        Ok(Self { sets, pages })
    }

    /// Fails when a score lies under its floor, naming all that do.
    pub(crate) fn hold(&self, set: &str, score: &Score) -> Result<()> {
        let broken = self.broken(set, score);
        if broken.is_empty() {
            return Ok(());
        }
        bail!("under the floors of corpus/floors.toml [{set}]:\n  {}", broken.join("\n  "))
    }

    /// Fails when main text or dates of web pages lie under their floors.
    pub(crate) fn hold_pages(&self, text: f64, dates: f64) -> Result<()> {
        let Some((least_text, least_dates)) = self.pages else {
            bail!("corpus/floors.toml needs [pages] with text = 0.95 and dates = 0.90")
        };
        if text < least_text || dates < least_dates {
            bail!("text F1 {text:.4} (floor {least_text}), dates {dates:.3} (floor {least_dates})");
        }
        Ok(())
    }

    fn broken(&self, set: &str, score: &Score) -> Vec<String> {
        let Some(kinds) = self.sets.get(set) else { return vec![format!("no floors are set for {set:?}")] };
        let mut broken = Vec::new();
        for (kind, floor) in kinds {
            let tally = score.tally(kind);
            for (name, got, least) in
                [("relaxed", tally.f1(), floor.relaxed), ("strict", tally.strict_f1(), floor.strict)]
            {
                if got < least {
                    broken.push(format!("{kind}: {name} F1 is {got:.3}, the floor {least:.3}"));
                }
            }
        }
        broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_under_its_floor_is_named() {
        let floors = Floors::parse("[gold]\nfigure = { relaxed = 0.5, strict = 0.0 }\n").unwrap();
        let broken = floors.broken("gold", &Score::default());
        assert_eq!(broken, ["figure: relaxed F1 is 0.000, the floor 0.500"]);
        assert_eq!(floors.broken("seeds", &Score::default()), ["no floors are set for \"seeds\""]);
    }

    #[test]
    fn our_own_file_has_floors_for_every_set() {
        let floors = Floors::parse(include_str!("../../corpus/floors.toml")).unwrap();
        assert_eq!(floors.sets.keys().collect::<Vec<_>>(), ["gold", "held", "samples", "seeds", "wide"]);
        assert!(floors.hold_pages(1.0, 1.0).is_ok());
        assert!(floors.hold_pages(1.0, 0.5).is_err());
    }

    #[test]
    fn mistakes_in_the_file_are_explained() {
        let error = |text: &str| Floors::parse(text).unwrap_err().to_string();
        assert!(error("[gold]\nfigures = { relaxed = 0.5, strict = 0.0 }").contains("no kind \"figures\""));
        assert!(error("[gold]\nfigure = 0.5").contains("relaxed = 0.80"));
        assert!(error("gold = 1").contains("one line a kind"));
    }
}
