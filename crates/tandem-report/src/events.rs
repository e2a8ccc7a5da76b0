//! Meetings, honours, sources, and the values of a text.

use tandem::ValueLine;
use tandem::model::Article;
use tandem::model::record::{AwardFact, MeetingFact, SourceView};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone, heading};
use crate::words::{amount, between, clean, counted, period, plain, stated};

/// The table of meetings.
pub fn meetings(meetings: &[MeetingFact], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("id", Column::Whole),
        ("date", Column::Whole),
        ("meeting", Column::Text),
        ("status", Column::Whole),
        ("place", Column::Text),
        ("between", Column::Text),
        ("participants", Column::Wide),
        ("documents", Column::Number),
    ])
    .without("between", !look.parties);
    for meeting in meetings {
        grid.row(vec![
            Piece::toned(&meeting.id, Tone::Faint),
            held_on(meeting).into(),
            plain(meeting.kind.word()).into(),
            plain(meeting.status.word()).into(),
            meeting.place.as_deref().map(clean).unwrap_or_default().into(),
            between(&meeting.parties).into(),
            clean(&meeting.participants.join(", ")).into(),
            meeting.docs.len().to_string().into(),
        ]);
    }
    grid.draw(look, "No meetings.")
}

/// The day, or the bounds on it.
pub(crate) fn held_on(meeting: &MeetingFact) -> String {
    match (meeting.date, meeting.date_bounds.as_deref()) {
        (Some(date), _) => period(date),
        // The day of the report is no day of the meeting.
        (None, Some(said)) if said.parse::<tandem::model::Date>().is_ok() => format!("said {said}"),
        (None, bounds) => stated(bounds),
    }
}

/// The table of honours.
pub fn awards(awards: &[AwardFact], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("id", Column::Whole),
        ("date", Column::Whole),
        ("award", Column::Text),
        ("from", Column::Text),
        ("to", Column::Text),
        ("between", Column::Whole),
        ("documents", Column::Number),
    ])
    .without("between", !look.parties);
    for award in awards {
        grid.row(vec![
            Piece::toned(&award.id, Tone::Faint),
            award.date.map_or_else(|| "date unknown".to_owned(), period).into(),
            clean(&award.name).into(),
            award.from.as_deref().map(clean).unwrap_or_default().into(),
            award.to.as_deref().map(clean).unwrap_or_default().into(),
            between(&award.parties).into(),
            award.docs.len().to_string().into(),
        ]);
    }
    grid.draw(look, "No awards.")
}

/// The table of documents as sources.
pub fn sources(sources: &[SourceView], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("document", Column::Whole),
        ("date", Column::Text),
        ("outlet", Column::Text),
        ("origin", Column::Text),
        ("grade", Column::Whole),
        ("same text as", Column::Text),
        ("why", Column::Wide),
    ]);
    for source in sources {
        let demoted = source.date.is_none() && source.stated_date.is_some();
        grid.row(vec![
            clean(&source.doc).into(),
            Piece::toned(dated(source), if demoted { Tone::Moving } else { Tone::Plain }),
            source.outlet.as_deref().map(clean).unwrap_or_default().into(),
            source.origin.as_deref().map(clean).unwrap_or_default().into(),
            format!("{}{}", source.reliability, source.credibility).into(),
            copies(source).into(),
            Piece::toned(clean(&source.why), Tone::Faint),
        ]);
    }
    grid.draw(look, "No documents.")
}

/// The date to count from; a stated date that is contradicted is named with what is known instead.
pub(crate) fn dated(source: &SourceView) -> String {
    let bounds = [
        source.date_bounds.not_before.map(|day| format!("from {day}")),
        source.date_bounds.before.map(|day| format!("before {day}")),
    ];
    let known = bounds.into_iter().flatten().collect::<Vec<_>>().join(", ");
    match (source.date, source.stated_date) {
        (Some(date), _) => date.to_string(),
        (None, Some(stated)) => format!("{known} (stated {stated}, contradicted)").trim_start().to_owned(),
        (None, None) if known.is_empty() => "unknown".to_owned(),
        (None, None) => known,
    }
}

fn copies(source: &SourceView) -> String {
    match source.same_origin_as.as_slice() {
        [] => String::new(),
        [one] => clean(one),
        [one, rest @ ..] => format!("{} and {}", clean(one), counted(rest.len(), "other", "others")),
    }
}

/// The table of the values in an article.
pub fn values(article: &Article, values: &[ValueLine<'_>], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("byte", Column::Number),
        ("type", Column::Whole),
        ("as written", Column::Wide),
        ("meaning", Column::Text),
    ]);
    for value in values {
        let written = article.text.get(value.start..value.end).unwrap_or_default();
        grid.row(vec![
            Piece::toned(value.start.to_string(), Tone::Faint),
            value.kind.into(),
            clean(written).into(),
            meaning(value).into(),
        ]);
    }
    format!("{}{}", heading(&clean(&article.id), look), grid.draw(look, "No values."))
}

fn meaning(value: &ValueLine<'_>) -> String {
    match (value.bound, value.value, value.period, value.timex) {
        (Some(bound), Some(number), _, _) => {
            let text =
                amount(number, value.value_max, bound, value.precision, value.unit.unwrap_or_default());
            value.noun.map_or_else(|| text.clone(), |noun| format!("{text} {}", clean(noun)))
        }
        (_, _, Some(at), _) => period(at),
        (_, _, _, Some(timex)) => clean(timex),
        _ => "not resolved".to_owned(),
    }
}
