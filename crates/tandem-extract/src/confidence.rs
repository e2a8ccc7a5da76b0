//! How sure a statement is: of those at 0.9, nine in ten should be right.
//!
//! A logistic model with few terms, learnt from the annotated articles by `cargo xtask calibrate` and kept as
//! a table: one weight a kind, one a rule, one a circumstance. The odds of a statement are the product of the odds of
//! its terms. Refused alternatives: the share of hits of each rule alone (most rules have few uses, and what
//! harms is the surroundings: parties from three sentences ago, a third country near by), and a model with words in it
//! (nobody could read it).
//!
//! Rivals on one place are still decided by the priors that the rules' authors gave: an order among rules must not
//! change because an article was added to the corpus.

use std::collections::BTreeMap;

use tandem_model::{Body, Statement};

use crate::discourse::parties::Parties;
use crate::reading::Reading;

/// What bears on a statement's being right besides the rule that made it; the names are those of the table.
const CIRCUMSTANCES: [&str; 8] = [
    "parties-from-elsewhere",
    "third-country",
    "period-carried",
    "no-period",
    "long-sentence",
    "crowded-sentence",
    "said-again",
    "other-subject",
];

/// Tokens in a sentence that is long.
const LONG: u32 = 45;
/// Statements from one sentence that make it crowded.
const CROWD: usize = 4;

/// The prior that most rules are given.
const USUAL_PRIOR: f64 = 0.7;

/// The circumstances of a statement, as positions in [`circumstances`].
pub type Circumstances = Vec<u8>;

/// The names of all circumstances, in the order of their numbers.
pub fn circumstances() -> &'static [&'static str] {
    &CIRCUMSTANCES
}

/// The weights, in log-odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    kinds: BTreeMap<String, f64>,
    rules: BTreeMap<String, f64>,
    circumstances: [f64; CIRCUMSTANCES.len()],
}

impl Weights {
    /// Reads the table: a line a term, its sort (`kind`, `rule`, `circumstance`), its name and its weight with tabs
    /// between; more columns are for the reader. Lines that are none of that are passed over: a table from a later
    /// version may know more.
    pub fn parse(table: &str) -> Self {
        let mut weights = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(sort), Some(name), Some(weight)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let Some(weight) = weight.trim().parse::<f64>().ok().filter(|weight| weight.is_finite()) else {
                continue;
            };
            match sort {
                "kind" => drop(weights.kinds.insert(name.to_owned(), weight)),
                "rule" => drop(weights.rules.insert(name.to_owned(), weight)),
                _ => {
                    if let Some(at) = CIRCUMSTANCES.iter().position(|known| *known == name) {
                        weights.circumstances[at] = weight;
                    }
                }
            }
        }
        weights
    }

    /// The chance that a statement is right. A rule that the table does not know, as a user's own, counts as its kind
    /// does, moved by how far its prior is from a usual one.
    pub fn chance(&self, kind: &str, rule: &str, prior: f64, circumstances: &[u8]) -> f64 {
        let base = match (self.kinds.get(kind), self.rules.get(rule)) {
            (Some(kind), Some(rule)) => kind + rule,
            (Some(kind), None) => kind + log_odds(prior) - log_odds(USUAL_PRIOR),
            _ => log_odds(prior),
        };
        let around = circumstances.iter().filter_map(|at| self.circumstances.get(usize::from(*at)));
        1.0 / (1.0 + (-(base + around.sum::<f64>())).exp())
    }
}

fn log_odds(chance: f64) -> f64 {
    let chance = chance.clamp(0.01, 0.99);
    (chance / (1.0 - chance)).ln()
}

/// The circumstances of each statement of a document; `on_subject` when the document is about relations between
/// countries.
pub(crate) fn of_statements(
    reading: &Reading<'_>,
    parties: &Parties,
    statements: &[Statement],
    on_subject: bool,
) -> Vec<Circumstances> {
    let in_sentence = |statement: &Statement| {
        statements.iter().filter(|other| other.sentence == statement.sentence).count()
    };
    let of = |statement: &Statement| {
        let index = reading.doc.sentences.partition_point(|s| s.span.end() <= statement.evidence.start);
        let (mut elsewhere, mut third, mut long) = (true, false, false);
        if let Some(sentence) = reading.doc.sentences.get(index) {
            let named = parties.codes(sentence.first_token, sentence.end_token);
            elsewhere = !statement.parties.iter().all(|party| named.contains(party));
            third = named.iter().any(|party| !statement.parties.contains(party));
            long = sentence.end_token - sentence.first_token >= LONG;
        }
        let (carried, undated) = period(&statement.body);
        let holds = [
            elsewhere,
            third,
            carried,
            undated,
            long,
            in_sentence(statement) >= CROWD,
            !statement.also.is_empty(),
            !on_subject,
        ];
        (0..).zip(holds).filter(|(_, holds)| *holds).map(|(at, _)| at).collect()
    };
    statements.iter().map(of).collect()
}

/// Whether a figure's period was carried over from elsewhere, and whether a quantity has none at all.
fn period(body: &Body) -> (bool, bool) {
    match body {
        Body::Figure(figure) => (figure.period_carried, figure.period.is_none()),
        Body::Target(target) => (false, target.deadline.is_none()),
        _ => (false, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_of_the_terms_multiply() {
        let table = "# remark\nkind\tfigure\t1.0\t90 of 100\nrule\tfigure/level\t0.5\ncircumstance\tthird-country\t-1.5\nodd";
        let weights = Weights::parse(table);
        let chance =
            |rule: &str, around: &[u8]| (weights.chance("figure", rule, 0.7, around) * 100.0).round() / 100.0;
        assert_eq!(chance("figure/level", &[]), 0.82);
        assert_eq!(chance("figure/level", &[1]), 0.5);
        assert_eq!(chance("figure/mine", &[]), 0.73, "a rule of the user's counts as its kind");
        assert_eq!(chance("figure/mine", &[1]), 0.38);
        assert_eq!(
            (weights.chance("award", "award/mine", 0.7, &[]) * 100.0).round(),
            70.0,
            "an unknown kind"
        );
        assert_eq!(chance("figure/level", &[99]), 0.82, "an unknown circumstance says nothing");
    }
}
