//! `cargo xtask calibrate`: learns from the annotated articles how sure a statement is, and writes
//! `languages/en/confidence.tsv`.
//!
//! A logistic regression with a penalty: log-odds = kind + rule + circumstances. Rules have been written with most of
//! the articles in view, so their hits there say too much; a term of its own, *seen*, takes up what those articles
//! promise beyond the ones of the set that is held back (`gold::HELD`). It is
//! not written to the table: the texts that users bring are unseen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use serde_json::Value;
use tandem::model::Article;
use tandem::{InputOptions, Inputs, Item, Pipeline};
use tandem_extract::confidence::circumstances;

use crate::gold::{GoldSet, HELD, OWN};
use crate::run::{read, root, write};
use crate::score::{Object, Verdict};

/// The table's head.
const HEAD: &str = "\
# How sure a statement is, in log-odds: the sum of its kind's, its rule's and its circumstances' weights. Written by
# `cargo xtask calibrate` from the annotated articles of corpus/; the last columns say how many statements
# had the term and how many of these were right.
";

/// How strongly weights are drawn to nothing: the inverse variance of a normal prior.
const PENALTY: [(Sort, f64); 4] =
    [(Sort::Kind, 0.05), (Sort::Rule, 1.0), (Sort::Circumstance, 0.5), (Sort::Seen, 0.05)];
/// Rounds of coordinate descent; the sum is convex and settles in far fewer.
const ROUNDS: usize = 200;
/// Parts of the cross-validation.
const FOLDS: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Kind,
    Rule,
    Circumstance,
    Seen,
}

/// A term of the model.
type Term = (Sort, String);

/// A statement that the program made of an annotated article.
struct Trial {
    article: String,
    terms: Vec<Term>,
    right: bool,
}

/// Writes the table; with `check`, only says whether it is what the corpus gives now.
pub(crate) fn run(check: bool) -> Result<()> {
    let trials = trials()?;
    let weights = fit(&trials.iter().collect::<Vec<_>>());
    print!("{}", report(&trials));
    let table = table(&weights, &trials);
    let path = root().join("languages/en/confidence.tsv");
    if read(&path).unwrap_or_default() == table {
        println!("languages/en/confidence.tsv is up to date");
    } else if check {
        bail!("languages/en/confidence.tsv is not what the corpus gives: run `cargo xtask calibrate`");
    } else {
        write(&path, &table)?;
        println!("languages/en/confidence.tsv written");
    }
    Ok(())
}

/// Every statement that the program makes of the annotated articles in English.
fn trials() -> Result<Vec<Trial>> {
    let root = root();
    let pipeline = Pipeline::shipped(None)?;
    let mut trials = Vec::new();
    for (name, gold, texts) in OWN {
        let texts = root.join(texts);
        let set = GoldSet::load(&root.join(gold), &texts, Some("en"))?;
        let articles = articles(&texts, &set)?;
        let mut found: Vec<Object> = Vec::new();
        let mut terms: BTreeMap<(String, String), Vec<Term>> = BTreeMap::new();
        for extraction in pipeline.extract_all(&articles) {
            for (statement, around) in extraction.statements.iter().zip(&extraction.circumstances) {
                let mut of = vec![
                    (Sort::Kind, statement.kind().word().to_owned()),
                    (Sort::Rule, statement.rule.clone()),
                ];
                let named = around.iter().filter_map(|at| circumstances().get(usize::from(*at)));
                of.extend(named.map(|name| (Sort::Circumstance, (*name).to_owned())));
                if name != HELD {
                    of.push((Sort::Seen, String::new()));
                }
                terms.insert((statement.doc.clone(), statement.id.clone()), of);
                let Value::Object(object) = serde_json::to_value(statement)? else { continue };
                found.push(object);
            }
        }
        set.score(&found, false, |case, verdicts| {
            trials.extend(judged(case.id, &case.predicted, verdicts, &terms))
        });
    }
    ensure!(!trials.is_empty(), "the program finds nothing in the corpus");
    Ok(trials)
}

/// The articles of a set as the program reads them.
fn articles(texts: &Path, set: &GoldSet) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    for item in Inputs::new(&[texts.to_path_buf()], InputOptions::default()) {
        match item {
            Item::Article(located) if set.articles.contains_key(&located.article.id) => {
                articles.push(located.article);
            }
            Item::Article(_) => {}
            Item::Diagnostic(diagnostic) => bail!("{}: {}", diagnostic.place, diagnostic.message),
        }
    }
    Ok(articles)
}

/// The statements of one article, each right unless no gold statement answers to it.
fn judged(
    article: &str,
    predicted: &[Object],
    verdicts: &[Verdict],
    terms: &BTreeMap<(String, String), Vec<Term>>,
) -> Vec<Trial> {
    let wrong: BTreeSet<usize> = verdicts
        .iter()
        .filter_map(|verdict| match verdict {
            Verdict::Extra { predicted } => Some(*predicted),
            _ => None,
        })
        .collect();
    let trial = |(at, object): (usize, &Object)| {
        let id = object.get("id").and_then(Value::as_str)?;
        let terms = terms.get(&(article.to_owned(), id.to_owned()))?.clone();
        Some(Trial { article: article.to_owned(), terms, right: !wrong.contains(&at) })
    };
    predicted.iter().enumerate().filter_map(trial).collect()
}

fn penalty(sort: Sort) -> f64 {
    PENALTY.iter().find(|(of, _)| *of == sort).map_or(1.0, |(_, penalty)| *penalty)
}

fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// The weights that make what was seen likeliest, by Newton steps on one weight at a time.
fn fit(trials: &[&Trial]) -> BTreeMap<Term, f64> {
    let mut having: BTreeMap<&Term, Vec<usize>> = BTreeMap::new();
    for (number, trial) in trials.iter().enumerate() {
        for term in &trial.terms {
            having.entry(term).or_default().push(number);
        }
    }
    let mut odds = vec![0.0; trials.len()];
    let mut weights: BTreeMap<Term, f64> = having.keys().map(|term| ((*term).clone(), 0.0)).collect();
    for _ in 0..ROUNDS {
        for (term, numbers) in &having {
            let Some(weight) = weights.get_mut(*term) else { continue };
            let drawn = penalty(term.0);
            let (mut slope, mut bend) = (-drawn * *weight, drawn);
            for number in numbers {
                let chance = logistic(odds[*number]);
                slope += f64::from(u8::from(trials[*number].right)) - chance;
                bend += chance * (1.0 - chance);
            }
            let step = (slope / bend).clamp(-1.0, 1.0);
            *weight += step;
            numbers.iter().for_each(|number| odds[*number] += step);
        }
    }
    weights
}

fn table(weights: &BTreeMap<Term, f64>, trials: &[Trial]) -> String {
    let mut out = HEAD.to_owned();
    for ((sort, name), weight) in weights {
        let word = match sort {
            Sort::Kind => "kind",
            Sort::Rule => "rule",
            Sort::Circumstance => "circumstance",
            Sort::Seen => continue,
        };
        let term = (*sort, name.clone());
        let having: Vec<&Trial> = trials.iter().filter(|trial| trial.terms.contains(&term)).collect();
        let right = having.iter().filter(|trial| trial.right).count();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{word}\t{name}\t{weight:.2}\t{}\t{right}", having.len());
    }
    out
}

/// How well chances hold on articles that the weights were not learnt from: each tenth of the articles judged by the
/// others.
fn report(trials: &[Trial]) -> String {
    let articles: BTreeSet<&str> = trials.iter().map(|trial| trial.article.as_str()).collect();
    let fold: BTreeMap<&str, usize> = articles.into_iter().enumerate().map(|(i, a)| (a, i % FOLDS)).collect();
    let of = |trial: &Trial| fold.get(trial.article.as_str()).copied().unwrap_or(0);
    let mut bins = [(0usize, 0usize, 0.0f64); 5];
    let mut brier = 0.0;
    for part in 0..FOLDS {
        let weights = fit(&trials.iter().filter(|trial| of(trial) != part).collect::<Vec<_>>());
        for trial in trials.iter().filter(|trial| of(trial) == part) {
            let sum: f64 = trial.terms.iter().filter_map(|term| weights.get(term)).sum();
            let chance = logistic(sum);
            let right = f64::from(u8::from(trial.right));
            brier += (chance - right).powi(2) / trials.len() as f64;
            let bin = &mut bins[((chance * 10.0) as usize).clamp(5, 9) - 5];
            *bin = (bin.0 + 1, bin.1 + usize::from(trial.right), bin.2 + chance);
        }
    }
    let mut out = String::from("said          statements   mean said   right\n");
    let mut gap = 0.0;
    for (at, (all, right, said)) in bins.iter().enumerate().filter(|(_, (all, ..))| *all > 0) {
        let (said, held) = (said / *all as f64, *right as f64 / *all as f64);
        gap += (said - held).abs() * *all as f64 / trials.len() as f64;
        let from = if at == 0 {
            "under 0.6".to_owned()
        } else {
            format!("{:.1} to {:.1}", 0.5 + 0.1 * at as f64, 0.6 + 0.1 * at as f64)
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{from:12} {all:11}   {said:9.2}   {held:5.2}");
    }
    let _ = writeln!(
        out,
        "{} statements; mean gap {gap:.3}, Brier score {brier:.3} (on articles held out)",
        trials.len()
    );
    out
}

#[cfg(test)]
mod tests {
    use tandem_extract::confidence::Weights;

    use super::*;

    fn trial(article: usize, rule: &str, right: bool) -> Trial {
        let terms = vec![(Sort::Kind, "figure".to_owned()), (Sort::Rule, rule.to_owned())];
        Trial { article: article.to_string(), terms, right }
    }

    #[test]
    fn weights_follow_the_hits_and_shrink_where_there_are_few() {
        let mut trials: Vec<Trial> = (0..100).map(|i| trial(i, "good", i % 10 != 0)).collect();
        trials.extend((0..100).map(|i| trial(i, "bad", i % 10 < 4)));
        trials.push(trial(1, "rare", false));
        let weights = fit(&trials.iter().collect::<Vec<_>>());
        let chance = |rule: &str| {
            logistic(weights[&(Sort::Kind, "figure".to_owned())] + weights[&(Sort::Rule, rule.to_owned())])
        };
        assert!((chance("good") - 0.9).abs() < 0.02, "{}", chance("good"));
        assert!((chance("bad") - 0.4).abs() < 0.02, "{}", chance("bad"));
        assert!(chance("rare") > 0.3, "one failure is no proof: {}", chance("rare"));
        let parsed = Weights::parse(&table(&weights, &trials));
        assert!((parsed.chance("figure", "good", 0.5, &[]) - 0.9).abs() < 0.02);
    }
}
