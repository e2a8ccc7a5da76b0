//! Projects, agreements, institutions and commitments: each with its light and its history.

use tandem::model::record::{Life, LifeFields, LifeStep};
use tandem::model::{Bound, Number};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone};
use crate::words::{amount, between, clean, counted, deadline, light_word, plain, stated};

/// The table of lives; `kind` is the plural for "No projects."
pub fn lives(lives: &[Life], kind: &str, look: Look) -> String {
    let mut grid = Grid::new(&[
        ("id", Column::Whole),
        ("light", Column::Whole),
        ("evidence", Column::Whole),
        ("name", Column::Wide),
        ("between", Column::Whole),
        ("what", Column::Text),
        ("history", Column::Text),
    ])
    .without("between", !look.parties);
    for life in lives {
        let tone = Tone::of_light(life.light);
        grid.row(vec![
            Piece::toned(&life.id, Tone::Faint),
            Piece::toned(light(life), tone),
            stated(life.light_date.as_deref()).into(),
            name(life).into(),
            between(&life.parties).into(),
            details(&life.fields).join("; ").into(),
            history(life).into(),
        ]);
    }
    grid.draw(look, &format!("No {kind}."))
}

/// `◐ amber`, `· grey, overdue`.
pub(crate) fn light(life: &Life) -> String {
    let light = light_word(life.light);
    if life.overdue { format!("{light}\n  overdue") } else { light }
}

/// Its name; for a commitment the action, with who undertakes it.
pub(crate) fn name(life: &Life) -> String {
    match &life.fields {
        LifeFields::Commitment { actors, action, .. } if !actors.is_empty() => {
            format!("{} ({})", clean(action), clean(&actors.join(", ")))
        }
        _ => clean(&life.name),
    }
}

/// The fields that say how much, where and until when.
pub(crate) fn details(fields: &LifeFields) -> Vec<String> {
    match fields {
        LifeFields::Project { count, value, unit, bound, sectors, place, .. } => [
            some_of(*count, "projects"),
            worth(*value, *bound, unit.as_deref()),
            place.as_deref().map(clean),
            (!sectors.is_empty()).then(|| plain(&sectors.join(", "))),
        ]
        .into_iter()
        .flatten()
        .collect(),
        LifeFields::Agreement { kind, count, value, unit, bound, until, date, .. } => [
            Some(plain(kind.word())),
            some_of(*count, "documents"),
            worth(*value, *bound, unit.as_deref()),
            until.as_deref().map(|until| format!("until {}", deadline(until))),
            date.map(|date| format!("dated {}", crate::words::period(date))),
        ]
        .into_iter()
        .flatten()
        .collect(),
        LifeFields::Commitment { deadline: by, deadline_words, .. } => {
            let by = by.as_deref().or(deadline_words.as_deref());
            by.map(|by| format!("by {}", deadline(by))).into_iter().collect()
        }
        LifeFields::Institution { .. } => Vec::new(),
    }
}

/// A count of more than one; "1" says nothing.
fn some_of(count: Option<u64>, many: &str) -> Option<String> {
    count.filter(|&count| count != 1).map(|count| format!("{count} {many}"))
}

fn worth(value: Option<Number>, bound: Option<Bound>, unit: Option<&str>) -> Option<String> {
    value.map(|value| amount(value, None, bound.unwrap_or_default(), None, unit.unwrap_or_default()))
}

/// The stages with their days, the same stage said again left out, and what delivered it.
pub(crate) fn history(life: &Life) -> String {
    let mut stages: Vec<String> = Vec::new();
    let mut last: Option<&LifeStep> = None;
    for step in &life.steps {
        if last.is_none_or(|last| last.status != step.status) {
            stages.push(format!("{} {}", plain(&step.status), stated(step.stated_on.as_deref())));
        }
        last = Some(step);
    }
    // One stage alone was reached on the day of the evidence, which every view shows beside it.
    let mut text = match life.steps.as_slice() {
        [only] if life.light_date == only.stated_on => plain(&only.status),
        _ => stages.join(" → "),
    };
    let links =
        [("delivered by", &life.fulfilled_by), ("delivers", &life.fulfils), ("part of", &life.member_of)];
    for (words, ids) in links.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        text = format!("{text}; {words} {}", ids.join(", "));
    }
    if !life.members.is_empty() {
        text = format!("{text}; {} in it", counted(life.members.len(), "entry", "entries"));
    }
    text
}

/// The stage reached, as its word.
pub(crate) fn status(fields: &LifeFields) -> &'static str {
    match fields {
        LifeFields::Project { status, .. } => status.word(),
        LifeFields::Agreement { status, .. } => status.word(),
        LifeFields::Institution { status } => status.word(),
        LifeFields::Commitment { strength, .. } => strength.word(),
    }
}
