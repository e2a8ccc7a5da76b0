//! Targets: each through its wordings, with the pace that it needs beside the pace that is kept.

use tandem::model::record::{Lineage, LineageStep};
use tandem::model::{Bound, Number};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone};
use crate::words::{
    amount, between, clean, deadline, indicator, light_word, measured_as, number, period, plain, stated,
};

/// The table of targets, a line a wording.
pub fn targets(lineages: &[Lineage], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("id", Column::Whole),
        ("target", Column::Text),
        ("between", Column::Whole),
        ("wordings", Column::Text),
        ("latest", Column::Text),
        ("pace a year", Column::Text),
        ("light", Column::Whole),
    ])
    .without("between", !look.parties);
    for lineage in lineages {
        grid.row(vec![
            Piece::toned(&lineage.id, Tone::Faint),
            name(lineage).into(),
            between(&lineage.parties).into(),
            wordings(lineage).join("\n").into(),
            latest(lineage).into(),
            pace(lineage).join("\n").into(),
            Piece::toned(light(lineage), Tone::of_light(lineage.light)),
        ]);
    }
    grid.draw(look, "No targets.")
}

/// What is aimed at.
pub(crate) fn name(lineage: &Lineage) -> String {
    let scope = lineage.scope.as_ref().map(|scope| format!(", {}", clean(scope))).unwrap_or_default();
    format!("{}{scope}{}", indicator(&lineage.indicator), measured_as(lineage.measure))
}

/// `10 bn USD by 2030`, `3 bn USD, “near future”`, `10 bn USD, no date`.
pub(crate) fn aim(step: &LineageStep, unit: &str) -> String {
    let value = amount(step.value, step.value_max, Bound::Exact, None, unit);
    match step.deadline.as_deref().or(step.deadline_words.as_deref()) {
        None => format!("{value}, no date"),
        Some(by) if by.parse::<tandem::model::Period>().is_ok() => format!("{value} by {}", deadline(by)),
        Some(words) => format!("{value}, {}", deadline(words)),
    }
}

/// Each wording with its day and what it did: `2021-12-06: 10 bn USD, no date (raised)`.
pub(crate) fn wordings(lineage: &Lineage) -> Vec<String> {
    let wording = |step: &LineageStep| {
        let steps = step.step.iter().map(|step| plain(step.word())).collect::<Vec<_>>().join(", ");
        format!("{}: {} ({steps})", stated(step.stated_on.as_deref()), aim(step, &lineage.unit))
    };
    lineage.steps.iter().map(wording).collect()
}

/// `4.3 bn USD, 2024`.
pub(crate) fn latest(lineage: &Lineage) -> String {
    lineage.latest_actual.as_ref().map_or_else(String::new, |actual| {
        format!(
            "{}, {}",
            amount(actual.value, None, Bound::Exact, None, &lineage.unit),
            period(actual.period)
        )
    })
}

/// `needed 15.1 %`, `kept 3.2 %`, `there in 2041`.
pub(crate) fn pace(lineage: &Lineage) -> Vec<String> {
    let range = |band: [Number; 2]| {
        if band[0] == band[1] {
            String::new()
        } else {
            format!(" ({}–{})", number(band[0], None), number(band[1], None))
        }
    };
    let needed = lineage.required_pace_pct.map(|pace| {
        format!(
            "needed {} %{}",
            number(pace, None),
            lineage.required_pace_band_pct.map(range).unwrap_or_default()
        )
    });
    let kept = lineage.observed_pace_pct.map(|pace| format!("observed {} %", number(pace, None)));
    let there = lineage.reached_in_at_observed_pace.map(|year| {
        let band = lineage.reached_in_band.filter(|band| band[0] != band[1]);
        format!(
            "reached in {year}{}",
            band.map(|band| format!(" ({}–{})", band[0], band[1])).unwrap_or_default()
        )
    });
    [needed, kept, there].into_iter().flatten().collect()
}

/// The light with the date of its evidence under it.
pub(crate) fn light(lineage: &Lineage) -> String {
    let date =
        lineage.light_date.as_deref().map(|date| format!("\n{}", stated(Some(date)))).unwrap_or_default();
    format!("{}{date}", light_word(lineage.light))
}
