//! Figures: the preferred value of each cell, with whose it is and what else is said.

use tandem::model::Bound;
use tandem::model::record::{FigureFact, FigureValue};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone};
use crate::words::{amount, between, change, clean, counted, indicator, measured_as, period, stated};

/// The table of figures.
pub fn figures(facts: &[FigureFact], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("id", Column::Whole),
        ("figure", Column::Text),
        ("value", Column::Number),
        ("period", Column::Text),
        ("between", Column::Whole),
        ("whose", Column::Text),
        ("sources", Column::Text),
        ("also said", Column::Text),
    ])
    .without("between", !look.parties);
    for fact in facts {
        let disputed = !others(fact).is_empty();
        grid.row(vec![
            Piece::toned(&fact.id, Tone::Faint),
            name(fact).into(),
            Piece::toned(preferred(fact), Tone::Strong),
            when(fact).into(),
            between(&fact.parties).into(),
            whose(fact).into(),
            support(fact).into(),
            Piece::toned(others(fact).join("; "), if disputed { Tone::Moving } else { Tone::Plain }),
        ]);
    }
    grid.draw(look, "No figures.")
}

/// What is measured: `trade turnover, change`, `exports of wheat, KZ → UZ`.
pub(crate) fn name(fact: &FigureFact) -> String {
    let mut name = indicator(&fact.indicator);
    if let Some(scope) = &fact.scope {
        name = format!("{name}, {}", clean(scope));
    }
    match (&fact.from, &fact.to) {
        (Some(from), Some(to)) => name = format!("{name}, {from} → {to}"),
        (Some(from), None) => name = format!("{name}, from {from}"),
        (None, Some(to)) => name = format!("{name}, to {to}"),
        (None, None) => {}
    }
    format!("{name}{}", measured_as(fact.measure))
}

/// The preferred value as written.
pub(crate) fn preferred(fact: &FigureFact) -> String {
    let value = fact.values.iter().find(|value| value.value == fact.preferred.value).or(fact.values.first());
    value.map_or_else(
        || amount(fact.preferred.value, None, Bound::Exact, None, &fact.unit),
        |value| written(fact, value),
    )
}

fn written(fact: &FigureFact, value: &FigureValue) -> String {
    change(fact.measure, value.value, value.value_max, value.bound, value.precision, &fact.unit)
}

/// Whether any of its values can be judged at all: not read by a guess, nor from a text without a source
/// (credibility 6).
pub(crate) fn judged(fact: &FigureFact) -> bool {
    fact.values.is_empty() || fact.values.iter().any(|value| !value.grade.ends_with('6'))
}

/// The period, the bounds on it, or the text's own words.
pub(crate) fn when(fact: &FigureFact) -> String {
    match (fact.period, &fact.period_words, &fact.period_bounds) {
        (Some(at), _, _) => match fact.base {
            Some(base) if base != at.year_earlier() => format!("{} on {}", period(at), period(base)),
            _ => period(at),
        },
        (None, Some(words), bounds) => {
            let bounds =
                bounds.as_deref().map(|bounds| format!(" ({})", stated(Some(bounds)))).unwrap_or_default();
            format!("“{}”{bounds}", clean(words))
        }
        (None, None, Some(bounds)) => stated(Some(bounds)),
        (None, None, None) => "not said".to_owned(),
    }
}

/// Whose statistics: `KZ, Bureau of National Statistics`.
pub(crate) fn whose(fact: &FigureFact) -> String {
    let parts = [fact.reporter.as_deref(), fact.office.as_deref()];
    parts.into_iter().flatten().map(clean).collect::<Vec<_>>().join(", ")
}

/// How well it is supported: `2 origins, B2`.
fn support(fact: &FigureFact) -> String {
    let Some(value) = fact.values.iter().find(|value| value.value == fact.preferred.value) else {
        return String::new();
    };
    let origins = counted(value.origins as usize, "origin", "origins");
    if value.grade.is_empty() { origins } else { format!("{origins}, {}", clean(&value.grade)) }
}

/// The other values that were reported, as written, each once.
pub(crate) fn others(fact: &FigureFact) -> Vec<String> {
    let own = preferred(fact);
    let mut seen = vec![own];
    for value in &fact.values {
        let text = written(fact, value);
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.split_off(1)
}
