//! What changed since a day: the record as it was known then, held against the record now.
//!
//! Only what surely came after that day counts as new: a report without a date may be older than
//! anything. A changed light or a finding that is gone has no report of its own and is told by what
//! the two records say.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tandem::model::record::{Finding, Life, Lineage, Record};
use tandem::model::{Date, Kind, MeetingStatus, MeetingType};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone};
use crate::timeline::{Moment, moments, shown_date};
use crate::words::{between, clean, indicator, light_word};
use crate::{figures, lives};

/// Something that is otherwise than it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// `new` entry, further `step` of a known one, another `value` of a known figure, `light`,
    /// `finding`, or `settled` for a finding that is gone.
    pub change: &'static str,
    /// What happened, when and to which entry.
    #[serde(flatten)]
    pub moment: Moment,
}

/// The day of the last meeting held, calls aside; none when the record holds no dated one.
pub fn last_meeting(record: &Record) -> Option<Date> {
    let held = record.meetings.iter().filter(|meeting| {
        meeting.status == MeetingStatus::Held
            && !matches!(meeting.kind, MeetingType::Call | MeetingType::Other)
    });
    held.filter_map(|meeting| meeting.date.filter(|date| date.months() <= 1)).map(|date| date.last()).max()
}

/// What `after` holds that `before`, the record as of `since`, did not: the earliest first.
pub fn changes(before: &Record, after: &Record, since: Date) -> Vec<Changed> {
    let recent: BTreeSet<&str> = after
        .sources
        .iter()
        .filter(|source| source.date.or(source.date_bounds.not_before).is_some_and(|day| day > since))
        .map(|source| source.doc.as_str())
        .collect();
    let known = ids(before);
    let mut all: Vec<Changed> = values(before, after, &recent, &known);
    let steps = moments(after).into_iter().filter(|moment| moment.kind != Kind::Figure.word());
    all.extend(
        steps.filter(|moment| moment.docs.iter().any(|doc| recent.contains(doc.as_str()))).filter_map(
            |moment| {
                let old = knows(&known, &moment.id);
                // A meeting has no steps: more reports of one change nothing.
                let step = !matches!(moment.kind, "meeting" | "award");
                (step || !old).then_some(Changed { change: if old { "step" } else { "new" }, moment })
            },
        ),
    );
    all.extend(lights(before, after));
    all.extend(findings(before, after, &recent));
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    all
}

/// Whether an id, or what it was cut to when there was less to tell it apart from, is among some.
fn knows(known: &BTreeSet<&str>, id: &str) -> bool {
    (1..=id.len()).rev().filter_map(|len| id.get(..len)).any(|id| known.contains(id))
}

fn order(changed: &Changed) -> impl Ord + '_ {
    let moment = &changed.moment;
    (moment.date.is_none(), &moment.date, moment.kind, &moment.what, &moment.id, changed.change)
}

fn all_lives(record: &Record) -> impl Iterator<Item = &Life> {
    [&record.projects, &record.agreements, &record.institutions, &record.commitments].into_iter().flatten()
}

fn ids(record: &Record) -> BTreeSet<&str> {
    let figures = record.figures.iter().map(|entry| entry.id.as_str());
    let targets = record.targets.iter().map(|entry| entry.id.as_str());
    let meetings = record.meetings.iter().map(|entry| entry.id.as_str());
    let awards = record.awards.iter().map(|entry| entry.id.as_str());
    let lives = all_lives(record).map(|life| life.id.as_str());
    figures.chain(targets).chain(meetings).chain(awards).chain(lives).collect()
}

/// Values that only recent reports give.
fn values(before: &Record, after: &Record, recent: &BTreeSet<&str>, known: &BTreeSet<&str>) -> Vec<Changed> {
    let told: BTreeSet<(&str, String)> = before
        .figures
        .iter()
        .flat_map(|fact| fact.values.iter().map(|value| (fact.id.as_str(), value.value.to_string())))
        .collect();
    let of = |fact: &tandem::model::record::FigureFact| {
        let fresh = fact.values.iter().filter(|value| {
            value.docs.iter().all(|doc| recent.contains(doc.as_str()))
                && !told.contains(&(fact.id.as_str(), value.value.to_string()))
        });
        let changed = |value: &tandem::model::record::FigureValue| {
            let mut one = fact.clone();
            one.preferred.value = value.value;
            let what =
                format!("{} {}, {}", figures::name(&one), figures::preferred(&one), figures::when(&one));
            Changed {
                change: if knows(known, &fact.id) { "value" } else { "new" },
                moment: Moment {
                    date: value.stated_on.clone(),
                    basis: "stated",
                    kind: Kind::Figure.word(),
                    id: fact.id.clone(),
                    parties: fact.parties.clone(),
                    what,
                    docs: value.docs.clone(),
                },
            }
        };
        fresh.map(changed).collect::<Vec<_>>()
    };
    after.figures.iter().flat_map(of).collect()
}

/// Entries whose light is another.
fn lights(before: &Record, after: &Record) -> Vec<Changed> {
    let of_life = |life: &Life| (life.light, life.light_date.clone());
    let of_target = |lineage: &Lineage| (lineage.light, lineage.light_date.clone());
    let mut old: BTreeMap<&str, _> =
        all_lives(before).map(|life| (life.id.as_str(), of_life(life))).collect();
    old.extend(before.targets.iter().map(|lineage| (lineage.id.as_str(), of_target(lineage))));
    let changed = |id: &str, kind: Kind, parties: &[String], name: String, now: (_, Option<String>)| {
        let was = old.get(id).filter(|was| was.0 != now.0)?;
        let what = format!("{} → {}: {name}", light_word(was.0), light_word(now.0));
        let moment = Moment {
            date: now.1,
            basis: "stated",
            kind: kind.word(),
            id: id.to_owned(),
            parties: parties.to_vec(),
            what,
            docs: Vec::new(),
        };
        Some(Changed { change: "light", moment })
    };
    let lives = all_lives(after)
        .filter_map(|life| changed(&life.id, life.kind, &life.parties, lives::name(life), of_life(life)));
    let targets = after
        .targets
        .iter()
        .filter_map(|t| changed(&t.id, Kind::Target, &t.parties, indicator(&t.indicator), of_target(t)));
    lives.chain(targets).collect()
}

/// Findings that are new, and those that are gone.
fn findings(before: &Record, after: &Record, recent: &BTreeSet<&str>) -> Vec<Changed> {
    let ids = |record: &'_ Record| -> BTreeSet<String> {
        record.findings.iter().map(|finding| finding.id.clone()).collect()
    };
    let (old, new) = (ids(before), ids(after));
    let old: BTreeSet<&str> = old.iter().map(String::as_str).collect();
    let changed = |change: &'static str, finding: &Finding| Changed {
        change,
        moment: Moment {
            date: None,
            basis: "stated",
            kind: "finding",
            id: finding.id.clone(),
            parties: Vec::new(),
            what: clean(&finding.message),
            docs: finding.docs.clone(),
        },
    };
    let fresh = after.findings.iter().filter(|finding| {
        // What nobody reported anew only grew older: silence, a deadline that passed.
        let told = finding.docs.iter().any(|doc| recent.contains(doc.as_str()));
        let aged = finding.kind == tandem::model::record::FindingType::Status;
        (told || aged) && !knows(&old, &finding.id)
    });
    // An id may have grown since: then the old one is the beginning of a new one.
    let stands = |id: &str| new.range(id.to_owned()..).next().is_some_and(|next| next.starts_with(id));
    let gone = before.findings.iter().filter(|finding| !stands(&finding.id));
    fresh
        .map(|finding| changed("finding", finding))
        .chain(gone.map(|finding| changed("settled", finding)))
        .collect()
}

/// The table of changes.
pub fn changed(rows: &[Changed], look: Look) -> String {
    let mut grid = Grid::new(&[
        ("date", Column::Whole),
        ("change", Column::Whole),
        ("kind", Column::Whole),
        ("id", Column::Whole),
        ("what", Column::Text),
        ("between", Column::Text),
    ])
    .without("between", !look.parties);
    for row in rows {
        let moment = &row.moment;
        grid.row(vec![
            shown_date(moment).into(),
            row.change.into(),
            moment.kind.into(),
            Piece::toned(&moment.id, Tone::Faint),
            moment.what.as_str().into(),
            between(&moment.parties).into(),
        ]);
    }
    grid.draw(look, "Nothing has changed.")
}

#[cfg(test)]
mod tests {
    use tandem::model::record::{Cause, DateBounds, FindingType, Severity, SourceView};

    use super::*;

    fn finding(id: &str, kind: FindingType, doc: &str) -> Finding {
        Finding {
            id: id.to_owned(),
            kind,
            cause: Cause::Unexplained,
            severity: Severity::Warning,
            docs: vec![doc.to_owned()],
            statements: Vec::new(),
            facts: Vec::new(),
            message: format!("{id} is said."),
            arithmetic: Vec::new(),
            suggestion: None,
            as_of: Date::constant(2025, 1, 1),
        }
    }

    fn source(doc: &str, date: Date) -> SourceView {
        SourceView {
            doc: doc.to_owned(),
            outlet: None,
            origin: None,
            same_origin_as: Vec::new(),
            reliability: 'E',
            credibility: 3,
            why: String::new(),
            stated_date: Some(date),
            date: Some(date),
            date_bounds: DateBounds::default(),
            date_evidence: Vec::new(),
        }
    }

    #[test]
    fn findings_that_are_new_gone_and_only_older() {
        let since = Date::constant(2024, 6, 30);
        let conflict = |id: &str, doc: &str| finding(id, FindingType::Conflict, doc);
        let before = Record {
            findings: vec![conflict("X-aaaa", "old"), conflict("X-bbbb", "old")],
            ..Record::default()
        };
        let after = Record {
            sources: vec![
                source("old", Date::constant(2024, 1, 1)),
                source("new", Date::constant(2024, 9, 1)),
            ],
            findings: vec![
                // Its id has grown since.
                conflict("X-bbbbc", "old"),
                finding("X-cccc", FindingType::Status, "old"),
                conflict("X-dddd", "old"),
                conflict("X-eeee", "new"),
            ],
            ..Record::default()
        };
        let all: Vec<(&str, String)> =
            changes(&before, &after, since).into_iter().map(|c| (c.change, c.moment.id)).collect();
        let expected = [("settled", "X-aaaa"), ("finding", "X-cccc"), ("finding", "X-eeee")];
        assert_eq!(all, expected.map(|(change, id)| (change, id.to_owned())));
    }

    #[test]
    fn an_id_that_grew_is_still_known() {
        let known: BTreeSet<&str> = ["F-7k2q", "T-aaaa"].into();
        assert!(knows(&known, "F-7k2q") && knows(&known, "F-7k2qb") && !knows(&known, "F-7k2"));
    }
}
