//! Figure cells: what was reported of one indicator of some parties for one period by one reporter.
//!
//! A cell's values are kept side by side, never averaged; one is preferred by a stated rule. Figures
//! without a period are cells of their own document's group: two reports' "last year" need not be one
//! year. A figure that was read with little confidence joins a cell that has its value; else it is a cell
//! of its own, shown at credibility 6 and heard by no audit: a misreading must not accuse a text.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{FigureFact, FigureValue, Preferred};
use tandem_model::{Body, Bound, Date, Figure, Measure, Modality, Number, Period, Statement};

use crate::corpus::{Corpus, RowId};
use crate::ids::{self, StableHash};
use crate::interval::{Interval, Written, wording};
use crate::origins;

/// What makes two figures one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CellKey<'a> {
    pub(crate) parties: &'a [String],
    pub(crate) indicator: &'a str,
    pub(crate) scope: Option<String>,
    pub(crate) unit: &'a str,
    pub(crate) from: Option<&'a str>,
    pub(crate) to: Option<&'a str>,
    pub(crate) measure: Measure,
    /// First and last day: the first quarter is January to March.
    pub(crate) days: Option<(Date, Date)>,
    pub(crate) base: Option<(Date, Date)>,
    pub(crate) reporter: Option<&'a str>,
    modality: Modality,
    /// Whether all of it was read with too little confidence for the audit.
    guessed: bool,
    /// For figures without a period: the home of their document's copies and their words.
    undated: Option<(&'a str, Option<&'a str>)>,
}

impl CellKey<'_> {
    /// For a cell of doubtful readings of what is: the key that it would have, had they been sure.
    pub(crate) fn read_surely(&self) -> Option<Self> {
        (self.guessed && self.modality == Modality::Asserted).then(|| Self { guessed: false, ..self.clone() })
    }
}

/// One reported value and who reports it.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    pub(crate) rows: Vec<RowId>,
    pub(crate) value: Decimal,
    pub(crate) value_max: Option<Decimal>,
    pub(crate) bound: Bound,
    pub(crate) precision: Option<Decimal>,
    pub(crate) hard: Interval,
    pub(crate) likely: Interval,
    pub(crate) origins: u32,
}

/// A cell with its values, the preferred one first.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) id: String,
    pub(crate) key: CellKey<'a>,
    pub(crate) period: Option<Period>,
    pub(crate) base: Option<Period>,
    pub(crate) values: Vec<Reported>,
}

impl Cell<'_> {
    /// The value to quote.
    pub(crate) fn preferred(&self) -> &Reported {
        &self.values[0]
    }

    /// Whether it surely says what is, rather than what may be.
    pub(crate) fn asserted(&self) -> bool {
        self.key.modality == Modality::Asserted && !self.key.guessed
    }

    /// All rows of all values.
    pub(crate) fn rows(&self) -> Vec<RowId> {
        let mut rows: Vec<RowId> = self.values.iter().flat_map(|value| value.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows
    }
}

pub(crate) fn figure<'a>(corpus: &Corpus<'a>, row: RowId) -> Option<&'a Figure> {
    match &corpus.statement(row).body {
        Body::Figure(figure) => Some(figure),
        _ => None,
    }
}

/// The cells of some rows, in the order of their keys.
pub(crate) fn cells<'a>(corpus: &Corpus<'a>, rows: &[RowId]) -> Vec<Cell<'a>> {
    let mut rows_of: FxHashMap<CellKey<'a>, Vec<RowId>> = FxHashMap::default();
    for &row in rows {
        let Some(figure) = figure(corpus, row) else { continue };
        if corpus.statement(row).modality != Modality::Negated {
            rows_of.entry(key(corpus, row, figure)).or_default().push(row);
        }
    }
    settle_guesses(corpus, &mut rows_of);
    let mut groups: Vec<_> = rows_of.into_iter().collect();
    groups.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let hashes: Vec<u64> = groups.iter().map(|(key, _)| hash(key)).collect();
    let ids = ids::full('F', &hashes);
    groups.into_iter().zip(ids).map(|((key, rows), id)| cell(corpus, key, rows, id)).collect()
}

/// Moves figures read with little confidence to the surely read ones of the same value, where there are any.
fn settle_guesses<'a>(corpus: &Corpus<'a>, rows_of: &mut FxHashMap<CellKey<'a>, Vec<RowId>>) {
    let mut guesses: Vec<CellKey<'a>> = rows_of.keys().filter(|key| key.guessed).cloned().collect();
    guesses.sort_unstable();
    let value = |row: RowId| figure(corpus, row).map(|figure| figure.value);
    for key in guesses {
        let sure = CellKey { guessed: false, ..key.clone() };
        let Some(known) = rows_of.get(&sure).cloned() else { continue };
        let Some(rows) = rows_of.remove(&key) else { continue };
        let agrees = |row: &RowId| known.iter().any(|other| value(*other) == value(*row));
        let (joins, stays): (Vec<RowId>, Vec<RowId>) = rows.into_iter().partition(agrees);
        if let Some(home) = rows_of.get_mut(&sure).filter(|_| !joins.is_empty()) {
            home.extend(joins);
            home.sort_unstable();
        }
        if !stays.is_empty() {
            rows_of.insert(key, stays);
        }
    }
}

pub(crate) fn key<'a>(corpus: &Corpus<'a>, row: RowId, figure: &'a Figure) -> CellKey<'a> {
    let days = |period: Option<Period>| period.map(|p| (p.first(), p.last()));
    let statement = corpus.statement(row);
    CellKey {
        parties: &statement.parties,
        indicator: &figure.indicator,
        scope: figure.scope.as_ref().map(|scope| scope.trim().to_lowercase()),
        unit: &figure.unit,
        from: figure.from.as_deref(),
        to: figure.to.as_deref(),
        measure: figure.measure,
        days: days(figure.period),
        base: days(figure.base),
        reporter: figure.reporter.as_deref(),
        modality: statement.modality,
        guessed: !corpus.heard(row),
        undated: figure.period.is_none().then(|| (corpus.doc_of(row).home, figure.period_words.as_deref())),
    }
}

/// What the cell's id is made from.
pub(crate) fn hash(key: &CellKey<'_>) -> u64 {
    let day = |days: Option<(Date, Date)>| days.map(|(a, b)| format!("{a}/{b}"));
    let parties = key.parties.iter().fold(StableHash::default(), |hash, party| hash.part(party));
    let what =
        parties.part(key.indicator).maybe(key.scope.as_ref()).part(key.unit).maybe(key.from).maybe(key.to);
    let when = what.part(key.measure.word()).maybe(day(key.days)).maybe(day(key.base)).maybe(key.reporter);
    let undated = (key.undated.map(|u| u.0), key.undated.and_then(|u| u.1));
    let sure = when.part([key.modality as u8]).maybe(undated.0).maybe(undated.1);
    if key.guessed { sure.part("guessed").finish() } else { sure.finish() }
}

fn cell<'a>(corpus: &Corpus<'a>, key: CellKey<'a>, rows: Vec<RowId>, id: String) -> Cell<'a> {
    let mut by_value: Vec<(WrittenKey, Vec<RowId>)> = Vec::new();
    let mut index: FxHashMap<WrittenKey, usize> = FxHashMap::default();
    for &row in &rows {
        let Some(figure) = figure(corpus, row) else { continue };
        let written = (figure.value, figure.value_max, figure.bound, figure.precision);
        let place = *index.entry(written).or_insert(by_value.len());
        if place == by_value.len() {
            by_value.push((written, Vec::new()));
        }
        by_value[place].1.push(row);
    }
    let mut values: Vec<Reported> = by_value.into_iter().map(|(_, rows)| reported(corpus, rows)).collect();
    values.sort_by_cached_key(|value| preference(corpus, value));
    let first = rows.first().and_then(|row| figure(corpus, *row));
    Cell { id, key, period: first.and_then(|f| f.period), base: first.and_then(|f| f.base), values }
}

type WrittenKey = (Number, Option<Number>, Bound, Option<Number>);

pub(crate) fn reported(corpus: &Corpus<'_>, rows: Vec<RowId>) -> Reported {
    let written = rows.first().map(|row| as_written(corpus, *row));
    let figure = rows.first().and_then(|row| figure(corpus, *row));
    let (written, bound) = match (written.flatten(), figure) {
        (Some(written), Some(figure)) => (written, figure.bound),
        _ => (Written::nothing(), Bound::Exact),
    };
    Reported {
        value: written.value,
        value_max: written.value_max,
        bound,
        precision: written.precision,
        hard: written.hard(),
        likely: written.likely(),
        origins: origins::count(corpus, &rows),
        rows,
    }
}

/// The number of a figure as its text writes it.
fn as_written(corpus: &Corpus<'_>, row: RowId) -> Option<Written> {
    Some(written(figure(corpus, row)?, corpus.statement(row)))
}

/// The number of a statement's figure as its text writes it.
pub(crate) fn written(figure: &Figure, statement: &Statement) -> Written {
    Written {
        value: figure.value.0,
        value_max: figure.value_max.map(|v| v.0),
        precision: figure.precision.map(|p| p.0),
        wording: wording(figure.bound, figure.value, &statement.evidence.exact),
        counted: figure.unit == "count",
    }
}

/// Smallest first: more origins, a better source, no qualifier, more digits, the latest word.
fn preference(corpus: &Corpus<'_>, value: &Reported) -> impl Ord + use<> {
    let reliability = value.rows.iter().map(|row| corpus.doc_of(*row).reliability).min();
    let latest = value.rows.last().copied().unwrap_or_default();
    (
        value.origins == 0,
        Reverse(value.origins),
        reliability,
        value.bound != Bound::Exact,
        value.precision.unwrap_or(Decimal::MAX),
        Reverse(latest),
    )
}

/// Why the preferred value was preferred, as a sentence.
fn why(corpus: &Corpus<'_>, cell: &Cell<'_>) -> String {
    let [first, rest @ ..] = &cell.values[..] else { return String::new() };
    let best = |v: &Reported| v.rows.iter().map(|row| corpus.doc_of(*row).reliability).min();
    let reason = match rest.first() {
        None => "It is the only value reported.",
        Some(other) if first.origins > other.origins => {
            "More independent origins report it than any other value."
        }
        Some(other) if best(first) < best(other) => "It comes from the better graded source.",
        Some(other) if (first.bound == Bound::Exact) != (other.bound == Bound::Exact) => {
            "It is given without a qualifier."
        }
        Some(other) if first.precision < other.precision => "It is given with more digits.",
        Some(_) => "It is the latest one reported.",
    };
    reason.to_owned()
}

/// The cells as queries show them, graded as if nothing put them in doubt; [`doubt`] follows.
pub(crate) fn views(corpus: &Corpus<'_>, cells: &[Cell<'_>]) -> Vec<FigureFact> {
    cells.iter().map(|cell| view(corpus, cell)).collect()
}

/// Grades the values of a fact down by how far findings put each statement in doubt.
pub(crate) fn doubt(fact: &mut FigureFact, doubts: &FxHashMap<&str, u8>) {
    for value in &mut fact.values {
        let of = |id: &String| doubts.get(id.as_str()).copied();
        let credibility = match value.statements.iter().filter_map(of).max() {
            None | Some(0) => continue,
            Some(1) => '4',
            Some(_) => '5',
        };
        if !value.grade.ends_with('6') {
            value.grade.pop();
            value.grade.push(credibility);
        }
    }
}

fn view(corpus: &Corpus<'_>, cell: &Cell<'_>) -> FigureFact {
    let rows = cell.rows();
    let first = rows.first().copied().unwrap_or_default();
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let figures = || rows.iter().filter_map(|row| figure(corpus, *row));
    let one_office =
        figures().map(|f| &f.office).all(|office| figures().next().map(|f| &f.office) == Some(office));
    let undated = cell.period.is_none();
    FigureFact {
        id: cell.id.clone(),
        indicator: cell.key.indicator.to_owned(),
        measure: cell.key.measure,
        scope: cell.key.scope.clone(),
        parties: cell.key.parties.to_vec(),
        period: cell.period,
        period_words: figures().next().and_then(|f| f.period_words.clone()).filter(|_| undated),
        period_bounds: corpus.when(first).shown().filter(|_| undated),
        base: cell.base,
        from: owned(cell.key.from),
        to: owned(cell.key.to),
        reporter: owned(cell.key.reporter),
        office: figures().next().and_then(|f| f.office.clone()).filter(|_| one_office),
        unit: cell.key.unit.to_owned(),
        values: cell.values.iter().map(|value| value_view(corpus, cell, value)).collect(),
        preferred: Preferred { value: Number(cell.preferred().value), why: why(corpus, cell) },
        derived: Vec::new(),
    }
}

fn value_view(corpus: &Corpus<'_>, cell: &Cell<'_>, value: &Reported) -> FigureValue {
    let first = value.rows.first().copied().unwrap_or_default();
    FigureValue {
        value: Number(value.value),
        value_max: value.value_max.map(Number),
        bound: value.bound,
        precision: value.precision.map(Number),
        low: value.hard.low.map(Number),
        high: value.hard.high.map(Number),
        statements: corpus.statement_ids(&value.rows),
        docs: corpus.doc_ids(&value.rows),
        origins: value.origins,
        grade: grade(corpus, value, cell.key.guessed),
        stated_on: corpus.when(first).shown(),
    }
}

/// Reliability of the best source and credibility of the value: confirmed, probable, possible (then,
/// by [`doubt`], doubtful and improbable); 6, cannot be judged, where the source is unsupported or the
/// reading a guess.
fn grade(corpus: &Corpus<'_>, value: &Reported, guessed: bool) -> String {
    let best = value.rows.iter().map(|row| corpus.doc_of(*row).reliability).min();
    let reliability = best.unwrap_or(origins::Reliability::E);
    let credibility = match (reliability, value.origins) {
        (origins::Reliability::F, _) => 6,
        _ if guessed => 6,
        (_, 2..) => 1,
        (origins::Reliability::B | origins::Reliability::C, _) => 2,
        _ => 3,
    };
    format!("{}{credibility}", reliability.letter())
}
