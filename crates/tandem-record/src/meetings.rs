//! Meetings and honours: statements about one event are one entry.

use rustc_hash::FxHashMap;
use tandem_model::record::{AwardFact, MeetingFact};
use tandem_model::{Award, Body, Meeting, MeetingStatus, MeetingType, Modality, Period};

use crate::corpus::{Corpus, RowId};
use crate::ids::{self, StableHash};
use crate::names;
use crate::people::{NameKind, same_name};

/// The meetings of some rows, each with its first row, in order of time.
pub(crate) fn meetings(corpus: &Corpus<'_>, rows: &[RowId]) -> Vec<(RowId, MeetingFact)> {
    let mut clusters: Vec<Vec<(RowId, &Meeting)>> = Vec::new();
    let mut blocks: FxHashMap<(&[String], Option<u32>), Vec<usize>> = FxHashMap::default();
    for &row in rows {
        let statement = corpus.statement(row);
        let Body::Meeting(meeting) = &statement.body else { continue };
        if statement.modality == Modality::Negated {
            continue;
        }
        // Dated meetings meet in the block of their month's number, undated ones in their document's.
        for key in block_keys(corpus, row, meeting) {
            blocks.entry((&statement.parties, key)).or_default();
        }
        let home = block_keys(corpus, row, meeting)
            .into_iter()
            .flat_map(|key| blocks.get(&(&statement.parties[..], key)).into_iter().flatten().copied())
            .find(|cluster| clusters[*cluster].iter().all(|(_, other)| one_event(meeting, other)));
        let place = home.unwrap_or_else(|| {
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[place].push((row, meeting));
        for key in block_keys(corpus, row, meeting) {
            let block = blocks.entry((&statement.parties, key)).or_default();
            if !block.contains(&place) {
                block.push(place);
            }
        }
    }
    let hashes: Vec<u64> = clusters.iter().map(|cluster| meeting_hash(corpus, cluster)).collect();
    let ids = ids::full('M', &hashes);
    clusters.iter().zip(ids).map(|(cluster, id)| (cluster[0].0, meeting_view(corpus, cluster, id))).collect()
}

/// Months are numbered from year 0 and kept apart from documents by their high bit.
fn block_keys(corpus: &Corpus<'_>, row: RowId, meeting: &Meeting) -> Vec<Option<u32>> {
    let month =
        |period: Period| (period.first().year() as u32 * 12 + period.first().month() as u32) | 1 << 31;
    match meeting.date {
        Some(date) if date.months() == 1 => vec![Some(month(date))],
        Some(_) => vec![None],
        None => vec![Some(corpus.doc_of(row).group)],
    }
}

/// Two statements tell of one event when kind and people fit and the days overlap or are both
/// unknown (then they share a document's group, by their block).
pub(crate) fn one_event(a: &Meeting, b: &Meeting) -> bool {
    let days = match (a.date, b.date) {
        (Some(a), Some(b)) => a.overlaps(b),
        (None, None) => true,
        _ => false,
    };
    let one = |person: &String| b.participants.iter().any(|other| one_person(person, other));
    let shared = a.participants.iter().any(one);
    let unnamed = a.participants.is_empty() || b.participants.is_empty();
    let place = |meeting: &Meeting| meeting.place.as_deref().map(names::present_name);
    let places = a.place.is_none() || b.place.is_none() || a.place == b.place || place(a) == place(b);
    days && places
        && (shared || unnamed)
        && (a.kind == b.kind || (family(a.kind) == family(b.kind) && shared))
}

/// One person in two spellings; equal strings need no closer look.
fn one_person(a: &str, b: &str) -> bool {
    let whole = |name: &str| name.contains(' ');
    a == b || (whole(a) && whole(b) && same_name(NameKind::Person, a, b))
}

/// A visit is also reported as the talks held on it; a call or a session is not.
fn family(kind: MeetingType) -> u8 {
    match kind {
        MeetingType::Call => 0,
        MeetingType::Commission => 1,
        MeetingType::Forum => 2,
        MeetingType::Summit => 3,
        _ => 4,
    }
}

fn meeting_hash(corpus: &Corpus<'_>, cluster: &[(RowId, &Meeting)]) -> u64 {
    let Some((row, meeting)) = cluster.first() else { return 0 };
    let parties =
        corpus.statement(*row).parties.iter().fold(StableHash::default(), |hash, party| hash.part(party));
    let dated = parties.maybe(meeting.date.map(|date| date.to_string())).part([family(meeting.kind)]);
    let people =
        meeting.participants.iter().fold(dated.maybe(meeting.place.as_ref()), |hash, p| hash.part(p));
    people.maybe(meeting.date.is_none().then(|| corpus.doc_of(*row).id)).finish()
}

fn meeting_view(corpus: &Corpus<'_>, cluster: &[(RowId, &Meeting)], id: String) -> MeetingFact {
    let rows: Vec<RowId> = cluster.iter().map(|(row, _)| *row).collect();
    let mut participants: Vec<String> = Vec::new();
    for person in cluster.iter().flat_map(|(_, meeting)| &meeting.participants) {
        if !participants.contains(person) {
            participants.push(person.clone());
        }
    }
    let date = cluster
        .iter()
        .filter_map(|(_, m)| m.date)
        .min_by_key(|d| (d.last().since(d.first()).ok().map(|s| s.get_days()), *d));
    let status =
        cluster.iter().map(|(_, m)| m.status).fold(MeetingStatus::Scheduled, |latest, status| match status {
            MeetingStatus::Scheduled => latest,
            told => told,
        });
    MeetingFact {
        id,
        // The most particular kind reported: a state visit rather than talks.
        kind: cluster.iter().map(|(_, m)| m.kind).min().unwrap_or(MeetingType::Other),
        participants,
        parties: rows.first().map(|row| corpus.statement(*row).parties.clone()).unwrap_or_default(),
        place: cluster.iter().find_map(|(_, m)| m.place.clone()),
        date,
        date_bounds: bounds(corpus, &rows, date, status),
        status,
        statements: corpus.statement_ids(&rows),
        docs: corpus.doc_ids(&rows),
    }
}

/// A meeting held took place before its report; of a dated report that says little, and nothing is
/// shown.
fn bounds(
    corpus: &Corpus<'_>,
    rows: &[RowId],
    date: Option<Period>,
    status: MeetingStatus,
) -> Option<String> {
    let when = corpus.when(*rows.first()?);
    let unknown = date.is_none() && when.date.is_none() && status == MeetingStatus::Held;
    when.before.filter(|_| unknown).map(|before| format!("<{before}"))
}

/// The honours of some rows, each with its first row, in order of time.
pub(crate) fn awards(corpus: &Corpus<'_>, rows: &[RowId]) -> Vec<(RowId, AwardFact)> {
    type Key<'a> = (&'a [String], String, Option<&'a str>);
    let mut clusters: Vec<(u64, Vec<(RowId, &Award)>)> = Vec::new();
    let mut index: FxHashMap<Key<'_>, usize> = FxHashMap::default();
    for &row in rows {
        let statement = corpus.statement(row);
        let Body::Award(award) = &statement.body else { continue };
        if statement.modality == Modality::Negated {
            continue;
        }
        let name: String =
            award.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let hash = StableHash::default()
            .part(&name)
            .maybe(award.to.as_ref())
            .part(statement.parties.join(","))
            .finish();
        let place = *index.entry((&statement.parties, name, award.to.as_deref())).or_insert(clusters.len());
        if place == clusters.len() {
            clusters.push((hash, Vec::new()));
        }
        clusters[place].1.push((row, award));
    }
    let ids = ids::full('W', &clusters.iter().map(|(hash, _)| *hash).collect::<Vec<_>>());
    clusters
        .iter()
        .zip(ids)
        .filter_map(|((_, cluster), id)| Some((cluster.first()?.0, award_view(corpus, cluster, id)?)))
        .collect()
}

fn award_view(corpus: &Corpus<'_>, cluster: &[(RowId, &Award)], id: String) -> Option<AwardFact> {
    let (first, award) = cluster.first()?;
    let rows: Vec<RowId> = cluster.iter().map(|(row, _)| *row).collect();
    Some(AwardFact {
        id,
        name: award.name.clone(),
        from: cluster.iter().find_map(|(_, a)| a.from.clone()),
        to: award.to.clone(),
        parties: corpus.statement(*first).parties.clone(),
        date: cluster.iter().find_map(|(_, a)| a.date),
        statements: corpus.statement_ids(&rows),
        docs: corpus.doc_ids(&rows),
    })
}
