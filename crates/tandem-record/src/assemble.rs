//! The record put together from its parts: one order, short ids, doubts that reach across parts.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Decision, Finding, FindingType, Life, Record, Severity};
use tandem_model::{Date, Kind};

use crate::audit::{self, Told};
use crate::corpus::{Corpus, RowId};
use crate::ids::Shortener;
use crate::part::{self, Part};
use crate::{facts, findings, lives, sources};

/// Rows from which further threads are worth their start.
const MANY: usize = 2000;
/// Threads at most: parts are made from memory that they share, and more of them only wait for it.
const THREADS: usize = 8;

/// Levels of all parties by what is asked for.
type Levels = FxHashMap<u64, Vec<RowId>>;

/// The parts that rows make, in their order; `None` for decisions leaves lives out.
pub(crate) fn make_all<'a>(
    corpus: &Corpus<'a>,
    parts: &[Vec<RowId>],
    decisions: Option<&[Decision]>,
) -> Vec<Part<'a>> {
    // Few conflicts ask for other parties' levels, and most records have none that does.
    let levels: OnceLock<Levels> = OnceLock::new();
    let make = |rows: &[RowId], beside: bool| {
        let beyond = |indicator: &str, days: (Date, Date), party: &str| -> Vec<Told> {
            let levels = levels.get_or_init(|| index_levels(corpus));
            let found = levels.get(&part::level_key(indicator, days, party)).into_iter().flatten();
            found.filter_map(|row| part::told(corpus.statement(*row)).map(|(_, _, told)| told)).collect()
        };
        part::make(corpus, rows, decisions, &beyond, beside)
    };
    if corpus.rows.len() < MANY || parts.len() < 2 {
        return parts.iter().map(|rows| make(rows, rows.len() >= MANY)).collect();
    }
    // The largest first, so that no thread is left with a large one at the end.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|part| std::cmp::Reverse(parts[*part].len()));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        while let Some(place) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            made.push((*place, make(&parts[*place], false)));
        }
        made
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
    let mut made: Vec<(usize, Part<'a>)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        running.into_iter().flat_map(join).collect()
    });
    made.sort_unstable_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, part)| part).collect()
}

fn index_levels(corpus: &Corpus<'_>) -> Levels {
    let mut levels = Levels::default();
    for row in 0..corpus.rows.len() as RowId {
        let statement = corpus.statement(row);
        let Some((indicator, days, _)) = part::told(statement) else { continue };
        for party in &statement.parties {
            levels.entry(part::level_key(indicator, days, party)).or_default().push(row);
        }
    }
    levels
}

/// Findings about documents and copies.
pub(crate) fn of_documents(corpus: &Corpus<'_>) -> Vec<Finding> {
    let documents = (0..corpus.docs.len() as u32).flat_map(|doc| sources::of_document(corpus, doc));
    documents.chain(sources::of_groups(corpus)).map(|draft| findings::finding(corpus, draft)).collect()
}

/// The whole record of some parts; `loose` are lives that were made beside them.
pub(crate) fn record(corpus: &Corpus<'_>, mut parts: Vec<Part<'_>>, loose: lives::Lives) -> Record {
    let mut all: Vec<Finding> =
        parts.iter_mut().flat_map(|part| std::mem::take(&mut part.findings)).collect();
    all.extend(of_documents(corpus));
    all.extend(loose.drafts.into_iter().map(|draft| findings::finding(corpus, draft)));
    let ids = parts.iter().flat_map(Part::ids).chain(loose.lives.iter().map(|(_, life)| &life.id));
    let names = Shortener::new(ids.cloned().collect());
    all.iter_mut().flat_map(|finding| &mut finding.facts).for_each(|id| names.shorten(id));
    let findings = findings::seal(all);

    let suspects: FxHashSet<RowId> = parts.iter().flat_map(|part| &part.suspects).copied().collect();
    let doubts = findings::doubts(corpus, &findings, &suspects);
    let mut wrong: FxHashSet<&str> = suspects.iter().map(|row| corpus.doc_of(*row).id).collect();
    wrong.extend(misdated(&findings));
    let confirmed: FxHashSet<u32> = parts.iter().flat_map(|part| &part.confirmed).copied().collect();
    let sources = sources::views(corpus, &confirmed, &|doc| wrong.contains(doc));

    let mut record = Record { sources, ..Record::default() };
    let (mut lives, mut meetings, mut awards) = (loose.lives, Vec::new(), Vec::new());
    for part in parts {
        let mut figures = facts::views(corpus, &part.cells, &|row| doubts.get(&row).copied().unwrap_or(0));
        audit::attach(part.derived, &mut figures);
        record.figures.append(&mut figures);
        record.targets.extend(part.lineages);
        lives.extend(part.lives.lives);
        meetings.extend(part.meetings);
        awards.extend(part.awards);
    }
    record.findings = findings;
    [record.projects, record.agreements, record.institutions, record.commitments] = by_kind(in_time(lives));
    (record.meetings, record.awards) = (in_time(meetings), in_time(awards));
    shorten(&mut record, &names);
    record
}

/// Entries in order of their first rows.
fn in_time<T>(mut entries: Vec<(RowId, T)>) -> Vec<T> {
    entries.sort_by_key(|(row, _)| *row);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn shorten(record: &mut Record, names: &Shortener) {
    record.figures.iter_mut().for_each(|fact| names.shorten(&mut fact.id));
    for lineage in &mut record.targets {
        names.shorten(&mut lineage.id);
        lineage.latest_actual.iter_mut().for_each(|actual| names.shorten(&mut actual.fact));
    }
    let kinds =
        [&mut record.projects, &mut record.agreements, &mut record.institutions, &mut record.commitments];
    for life in kinds.into_iter().flatten() {
        names.shorten(&mut life.id);
        let lists = [&mut life.fulfils, &mut life.fulfilled_by, &mut life.members, &mut life.member_of];
        lists.into_iter().flatten().for_each(|id| names.shorten(id));
        life.links.iter_mut().for_each(|link| names.shorten(&mut link.to));
    }
    record.meetings.iter_mut().for_each(|meeting| names.shorten(&mut meeting.id));
    record.awards.iter_mut().for_each(|award| names.shorten(&mut award.id));
}

/// Documents whose date cannot be right.
fn misdated(findings: &[Finding]) -> impl Iterator<Item = &str> {
    let dates = findings.iter().filter(|f| f.severity == Severity::Error && f.kind == FindingType::Date);
    dates.flat_map(|finding| finding.docs.iter().map(String::as_str))
}

fn by_kind(lives: Vec<Life>) -> [Vec<Life>; 4] {
    let mut kinds: [Vec<Life>; 4] = Default::default();
    for life in lives {
        let place = match life.kind {
            Kind::Project => 0,
            Kind::Agreement => 1,
            Kind::Institution => 2,
            _ => 3,
        };
        kinds[place].push(life);
    }
    kinds
}
