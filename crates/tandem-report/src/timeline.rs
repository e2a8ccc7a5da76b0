//! Everything by date: the day of the event when it is known, else the day on which it was stated.

use serde::Serialize;
use tandem::model::record::{Life, LifeFields, MeetingFact, Record};
use tandem::model::{Date, Kind, Period};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone};
use crate::words::{between, clean, indicator, plain, stated};
use crate::{figures, lives, targets};

/// Something that happened or was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// ISO day or period, a bound such as `<2021-12-16`, or null.
    pub date: Option<String>,
    /// `event` when the date is that of the event, `stated` when only the day of the report is known.
    pub basis: &'static str,
    /// What kind of entry.
    pub kind: &'static str,
    /// The entry.
    pub id: String,
    /// Its parties.
    pub parties: Vec<String>,
    /// What happened, in words.
    pub what: String,
    /// The documents.
    pub docs: Vec<String>,
}

/// The moments of a record, the earliest first; those without a date come last.
pub fn moments(record: &Record) -> Vec<Moment> {
    let mut all: Vec<Moment> = record.meetings.iter().map(of_meeting).collect();
    for lives in [&record.projects, &record.agreements, &record.institutions, &record.commitments] {
        all.extend(lives.iter().flat_map(of_life));
    }
    all.extend(record.targets.iter().flat_map(of_target));
    all.extend(record.figures.iter().map(of_figure));
    all.extend(record.awards.iter().map(of_award));
    all.sort_by(|a, b| (order(a), a.kind, &a.what, &a.id).cmp(&(order(b), b.kind, &b.what, &b.id)));
    all
}

/// The day to sort by: the first day of a period, the last day that a bound allows.
fn order(moment: &Moment) -> Date {
    let Some(date) = moment.date.as_deref() else { return Date::MAX };
    if let Ok(period) = date.parse::<Period>() {
        return period.first();
    }
    let day =
        |prefix| date.split(',').find_map(|part| part.strip_prefix(prefix)).and_then(|day| day.parse().ok());
    day("<").or(day(">=")).unwrap_or(Date::MAX)
}

fn of_meeting(meeting: &MeetingFact) -> Moment {
    let date = meeting.date.map(|date| date.to_string());
    let place = meeting.place.as_deref().map(|place| format!(" in {}", clean(place))).unwrap_or_default();
    let people = clean(&meeting.participants.join(", "));
    let people = if people.is_empty() { people } else { format!(": {people}") };
    Moment {
        basis: if date.is_some() { "event" } else { "stated" },
        date: date.or_else(|| meeting.date_bounds.clone()),
        kind: Kind::Meeting.word(),
        id: meeting.id.clone(),
        parties: meeting.parties.clone(),
        what: format!("{} {}{place}{people}", plain(meeting.kind.word()), plain(meeting.status.word())),
        docs: meeting.docs.clone(),
    }
}

/// A moment for each new stage. The day in an agreement's own field is that of its signing.
fn of_life(life: &Life) -> Vec<Moment> {
    let signed = match &life.fields {
        LifeFields::Agreement { date, .. } => *date,
        _ => None,
    };
    let mut last = "";
    let mut moments = Vec::new();
    for step in &life.steps {
        if step.status == last {
            continue;
        }
        last = &step.status;
        let event = signed.filter(|_| step.status == "signed").map(|date| date.to_string());
        moments.push(Moment {
            basis: if event.is_some() { "event" } else { "stated" },
            date: event.or_else(|| step.stated_on.clone()),
            kind: life.kind.word(),
            id: life.id.clone(),
            parties: life.parties.clone(),
            what: format!("{}: {}", plain(&step.status), lives::name(life)),
            docs: vec![step.doc.clone()],
        });
    }
    moments
}

fn of_target(lineage: &tandem::model::record::Lineage) -> Vec<Moment> {
    let moment = |step: &tandem::model::record::LineageStep| Moment {
        basis: "stated",
        date: step.stated_on.clone(),
        kind: Kind::Target.word(),
        id: lineage.id.clone(),
        parties: lineage.parties.clone(),
        what: format!(
            "{} {}: {}",
            indicator(&lineage.indicator),
            step.step.iter().map(|step| plain(step.word())).collect::<Vec<_>>().join(", "),
            targets::aim(step, &lineage.unit)
        ),
        docs: vec![step.doc.clone()],
    };
    lineage.steps.iter().map(moment).collect()
}

fn of_figure(fact: &tandem::model::record::FigureFact) -> Moment {
    let value = fact.values.iter().find(|value| value.value == fact.preferred.value).or(fact.values.first());
    Moment {
        basis: "stated",
        date: value.and_then(|value| value.stated_on.clone()),
        kind: Kind::Figure.word(),
        id: fact.id.clone(),
        parties: fact.parties.clone(),
        what: format!("{} {}, {}", figures::name(fact), figures::preferred(fact), figures::when(fact)),
        docs: value.map(|value| value.docs.clone()).unwrap_or_default(),
    }
}

fn of_award(award: &tandem::model::record::AwardFact) -> Moment {
    let to = award.to.as_deref().map(|to| format!(" to {}", clean(to))).unwrap_or_default();
    Moment {
        basis: "event",
        date: award.date.map(|date| date.to_string()),
        kind: Kind::Award.word(),
        id: award.id.clone(),
        parties: award.parties.clone(),
        what: format!("{}{to}", clean(&award.name)),
        docs: award.docs.clone(),
    }
}

/// The table of moments.
pub fn timeline(moments: &[Moment], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("date", Column::Whole),
        ("kind", Column::Whole),
        ("id", Column::Whole),
        ("what", Column::Text),
        ("between", Column::Text),
    ])
    .without("between", !look.parties);
    for moment in moments {
        grid.row(vec![
            shown_date(moment).into(),
            moment.kind.into(),
            Piece::toned(&moment.id, Tone::Faint),
            moment.what.as_str().into(),
            between(&moment.parties).into(),
        ]);
    }
    grid.draw(look, "Nothing has happened yet.")
}

/// The date in words; `said 2025-11-15` when it is the day of the report.
pub(crate) fn shown_date(moment: &Moment) -> String {
    let period = moment.date.as_deref().and_then(|date| date.parse::<Period>().ok());
    match (period, moment.basis) {
        (None, _) => stated(moment.date.as_deref()),
        (Some(_), "stated") => format!("said {}", moment.date.as_deref().unwrap_or_default()),
        (Some(period), _) => crate::words::period(period),
    }
}
