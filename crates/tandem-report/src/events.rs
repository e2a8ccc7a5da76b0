//! Meetings, honours and sources.

use tandem::model::record::{AwardFact, MeetingFact, SourceView};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone};
use crate::words::{between, clean, counted, period, plain, stated};

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
