//! Compares extracted statements with gold ones: the rules of `../shared/gold/score.py`, in Rust.
//!
//! Two figures a kind. *Relaxed*: the statement was found (same kind, same place in the text, same core value).
//! *Strict*: every field that the gold gives is right as well. `check-shared` runs both programs on the same
//! predictions and fails when they differ, so this file may be trusted where Python or `../shared` is absent.
//! Refused alternative: calling the script from CI, which would make a clone without `../shared` unable to
//! score itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::compare::{field_right, fields_of, same_core, same_place, text_of, truthy_period};

/// A statement or gold statement as JSON has it.
pub(crate) type Object = Map<String, Value>;

/// The eight kinds, in the order of the report.
pub(crate) const KINDS: [&str; 8] =
    ["figure", "target", "project", "agreement", "meeting", "commitment", "institution", "award"];

/// One text with what a reader found in it and what the program found.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    /// The document's id.
    pub(crate) id: &'a str,
    /// Its text.
    pub(crate) text: &'a str,
    /// The gold statements.
    pub(crate) gold: Vec<Object>,
    /// The program's statements.
    pub(crate) predicted: Vec<Object>,
}

/// A field of a found statement that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WrongField {
    /// Which.
    pub(crate) field: &'static str,
    /// The gold's answer.
    pub(crate) gold: Value,
    /// The program's.
    pub(crate) got: Value,
}

/// What became of a gold statement or of a predicted one.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    /// Found, with its wrong fields; indices into the case's gold and predicted statements.
    Found { gold: usize, predicted: usize, wrong: Vec<WrongField> },
    /// An optional gold statement was found: neither hit nor error.
    Optional,
    /// A gold statement that was not found.
    Miss { gold: usize },
    /// A predicted statement that no gold statement answers to.
    Extra { predicted: usize },
}

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Obligatory gold statements.
    pub(crate) gold: usize,
    /// Predicted statements, optional hits left out.
    pub(crate) predicted: usize,
    /// Obligatory gold statements found.
    pub(crate) hit: usize,
    /// Of those, the ones with every field right.
    pub(crate) strict: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.hit += other.hit;
        self.strict += other.strict;
    }

    /// Share of the predicted statements that are right.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.hit, self.predicted)
    }

    /// Share of the gold statements that were found.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.hit, self.gold)
    }

    /// Relaxed F1.
    pub(crate) fn f1(self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    /// F1 of the statements with every field right.
    pub(crate) fn strict_f1(self) -> f64 {
        harmonic(ratio(self.strict, self.predicted), ratio(self.strict, self.gold))
    }
}

/// A share; nothing of nothing is nothing.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn harmonic(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

/// The counts of a set of texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    tallies: BTreeMap<&'static str, Tally>,
    fields: BTreeMap<(&'static str, &'static str), usize>,
}

impl Score {
    /// The counts of one kind, or of all kinds for `"all"`.
    pub(crate) fn tally(&self, kind: &str) -> Tally {
        if kind != "all" {
            return self.tallies.get(kind).copied().unwrap_or_default();
        }
        let mut all = Tally::default();
        self.tallies.values().for_each(|tally| all.add(*tally));
        all
    }

    /// For each field of a kind, how often it is right among the hits; empty without hits.
    pub(crate) fn fields(&self, kind: &'static str) -> Vec<(&'static str, f64)> {
        let hits = self.tally(kind).hit;
        let share = |field| (field, ratio(self.fields.get(&(kind, field)).copied().unwrap_or(0), hits));
        if hits == 0 { Vec::new() } else { fields_of(kind).iter().map(|field| share(*field)).collect() }
    }

    /// Counts one case and returns what became of each of its statements, kind by kind.
    pub(crate) fn count(&mut self, case: &Case<'_>) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for kind in KINDS {
            let found = judge(case, kind);
            self.tally_up(kind, case, &found);
            verdicts.extend(found);
        }
        verdicts
    }

    fn tally_up(&mut self, kind: &'static str, case: &Case<'_>, verdicts: &[Verdict]) {
        let tally = self.tallies.entry(kind).or_default();
        for verdict in verdicts {
            match verdict {
                Verdict::Found { wrong, .. } => {
                    tally.gold += 1;
                    tally.predicted += 1;
                    tally.hit += 1;
                    tally.strict += usize::from(wrong.is_empty());
                    for field in fields_of(kind) {
                        let right = !wrong.iter().any(|w| w.field == *field);
                        *self.fields.entry((kind, *field)).or_default() += usize::from(right);
                    }
                }
                Verdict::Miss { gold } => tally.gold += usize::from(obligatory(&case.gold[*gold])),
                Verdict::Extra { .. } => tally.predicted += 1,
                Verdict::Optional => {}
            }
        }
    }
}

/// Whether missing a gold statement is an error.
pub(crate) fn obligatory(gold: &Object) -> bool {
    text_of(gold, "expect") != Some("may")
}

/// Replaces the fields of a gold statement by what the text alone supports, when no date is supplied.
pub(crate) fn text_only(mut gold: Object) -> Object {
    if let Some(Value::Object(instead)) = gold.get("text_only").cloned() {
        gold.extend(instead);
    }
    gold
}

/// Pairs the statements of one kind, best pairs first, and says what became of each.
fn judge(case: &Case<'_>, kind: &str) -> Vec<Verdict> {
    let of_kind = |object: &&(usize, &Object)| text_of(object.1, "kind") == Some(kind);
    let gold: Vec<_> = case.gold.iter().enumerate().collect();
    let gold: Vec<_> = gold.iter().filter(of_kind).copied().collect();
    let predicted: Vec<_> = case.predicted.iter().enumerate().collect();
    let predicted: Vec<_> = predicted.iter().filter(of_kind).copied().collect();
    let periods: BTreeSet<String> = case.gold.iter().filter_map(truthy_period).collect();

    let mut pairs = Vec::new();
    for (gi, (_, g)) in gold.iter().enumerate() {
        for (pi, (_, p)) in predicted.iter().enumerate() {
            if same_place(case.text, g, p) && same_core(kind, g, p) {
                let right = fields_of(kind).iter().filter(|f| field_right(f, g, p, &periods)).count();
                pairs.push((right, gi, pi));
            }
        }
    }
    pairs.sort_by_key(|pair| Reverse(*pair));

    let (mut gold_used, mut predicted_used) = (BTreeSet::new(), BTreeSet::new());
    let mut verdicts = Vec::new();
    for (_, gi, pi) in pairs {
        if gold_used.contains(&gi) || predicted_used.contains(&pi) {
            continue;
        }
        gold_used.insert(gi);
        predicted_used.insert(pi);
        let ((gold_at, g), (predicted_at, p)) = (gold[gi], predicted[pi]);
        verdicts.push(if obligatory(g) {
            Verdict::Found {
                gold: gold_at,
                predicted: predicted_at,
                wrong: wrong_fields(kind, g, p, &periods),
            }
        } else {
            Verdict::Optional
        });
    }
    let missed = gold.iter().enumerate().filter(|(gi, (_, g))| !gold_used.contains(gi) && obligatory(g));
    verdicts.extend(missed.map(|(_, (at, _))| Verdict::Miss { gold: *at }));
    let extra = predicted.iter().enumerate().filter(|(pi, _)| !predicted_used.contains(pi));
    verdicts.extend(extra.map(|(_, (at, _))| Verdict::Extra { predicted: *at }));
    verdicts
}

fn wrong_fields(kind: &str, g: &Object, p: &Object, periods: &BTreeSet<String>) -> Vec<WrongField> {
    let wrong = fields_of(kind).iter().filter(|field| !field_right(field, g, p, periods));
    let value = |object: &Object, field: &str| object.get(field).cloned().unwrap_or(Value::Null);
    wrong.map(|field| WrongField { field, gold: value(g, field), got: value(p, field) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str =
        "Trade reached $4.3 billion in 2024. The sides\nsigned 17 documents. Lu met Okoth in Lomé.";

    fn object(value: Value) -> Object {
        value.as_object().cloned().unwrap()
    }

    /// Scores `predicted` against `gold` on [`TEXT`]; (gold, predicted, hit, strict).
    fn check<const N: usize, const M: usize>(
        gold: [Value; N],
        predicted: [Value; M],
        expected: (usize, usize, usize, usize),
    ) {
        let case = Case {
            id: "T",
            text: TEXT,
            gold: gold.into_iter().map(object).collect(),
            predicted: predicted.into_iter().map(object).collect(),
        };
        let mut score = Score::default();
        score.count(&case);
        let tally = score.tally("all");
        assert_eq!((tally.gold, tally.predicted, tally.hit, tally.strict), expected, "{case:?}");
    }

    fn figure() -> Value {
        json!({"kind": "figure", "quote": "Trade reached $4.3 billion in 2024", "indicator": "trade_turnover",
               "measure": "level", "value": 4.3e9, "unit": "USD", "bound": "exact", "period": "2024",
               "parties": ["KZ", "UZ"]})
    }

    fn with(mut value: Value, field: &str, to: Value) -> Value {
        value[field] = to;
        value
    }

    #[test]
    fn figures() {
        check([figure()], [figure()], (1, 1, 1, 1));
        check([figure()], [with(figure(), "value", json!(4_310_000_000_u64))], (1, 1, 1, 1));
        check([figure()], [with(figure(), "value", json!(4.4e9))], (1, 1, 0, 0));
        check([figure()], [with(figure(), "period", json!("2024-01/2024-12"))], (1, 1, 1, 1));
        check([figure()], [with(figure(), "parties", json!(["UZ", "KZ"]))], (1, 1, 1, 1));
        check([figure()], [with(figure(), "bound", json!("over"))], (1, 1, 1, 0));
        check([figure()], [with(figure(), "quote", json!("signed 17 documents"))], (1, 1, 0, 0));
        check(
            [with(figure(), "accept", json!({"bound": ["over"]}))],
            [with(figure(), "bound", json!("over"))],
            (1, 1, 1, 1),
        );
        check(
            [with(figure(), "accept", json!({"period": [null]}))],
            [with(figure(), "period", json!(null))],
            (1, 1, 1, 1),
        );
        check(
            [with(figure(), "indicator", json!("other:tea"))],
            [with(figure(), "indicator", json!("other:x"))],
            (1, 1, 1, 1),
        );
    }

    #[test]
    fn periods_carried_over_are_no_error_when_the_gold_knows_them() {
        let bare = with(figure(), "period", json!(null));
        let known = with(figure(), "value", json!(1));
        let mut carried = figure();
        carried["period_carried"] = json!(true);
        check([bare.clone(), known.clone()], [carried.clone(), known], (2, 2, 2, 2));
        check([bare], [carried], (1, 1, 1, 0));
    }

    #[test]
    fn optional_statements_cost_nothing() {
        let may = with(figure(), "expect", json!("may"));
        check([may.clone()], [], (0, 0, 0, 0));
        check([may.clone()], [figure()], (0, 0, 0, 0));
        check([may], [figure(), figure()], (0, 1, 0, 0));
    }

    #[test]
    fn other_kinds() {
        let documents = json!({"kind": "agreement", "quote": "signed 17 documents", "count": 17,
                               "type": "documents", "status": "signed", "title": "17 documents"});
        check([documents.clone()], [documents.clone()], (1, 1, 1, 1));
        check([documents.clone()], [with(documents, "count", json!(18))], (1, 1, 0, 0));
        let talks = json!({"kind": "meeting", "quote": "Lu met Okoth in Lomé", "type": "talks",
                           "participants": ["Lu", "Okoth"], "place": "Lomé", "date": null, "status": "held"});
        check([talks.clone()], [with(talks.clone(), "participants", json!(["Mei Lu"]))], (1, 1, 1, 1));
        check([talks.clone()], [with(talks.clone(), "place", json!("Accra"))], (1, 1, 1, 0));
        check([with(talks.clone(), "place", json!(null))], [talks], (1, 1, 1, 1));
        let centre = json!({"kind": "institution", "name": "the Trade Centre", "status": "operating"});
        check([centre.clone()], [with(centre, "name", json!("trade center"))], (1, 1, 1, 1));
    }

    #[test]
    fn a_prediction_answers_to_one_gold_statement() {
        check([figure(), figure()], [figure()], (2, 1, 1, 1));
        check([figure()], [figure(), figure()], (1, 2, 1, 1));
    }
}
