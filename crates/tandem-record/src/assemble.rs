//! The record put together from its parts: one order, short ids, doubts that reach across parts.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashSet;
use tandem_model::record::{
    AwardFact, Decision, FigureFact, Finding, FindingType, Life, Lineage, MeetingFact, Record, Severity,
};
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

/// What a part says, with whole ids; `K` is the place in time of lives and events.
#[derive(Clone, Debug)]
pub(crate) struct Entries<K> {
    pub(crate) figures: Vec<FigureFact>,
    pub(crate) targets: Vec<Lineage>,
    pub(crate) lives: Vec<(K, Life)>,
    pub(crate) meetings: Vec<(K, MeetingFact)>,
    pub(crate) awards: Vec<(K, AwardFact)>,
}

/// A part as the record needs it: without the cells, which are large and of no use once they have
/// been shown.
pub(crate) struct Made {
    entries: Entries<RowId>,
    findings: Vec<Finding>,
    suspects: FxHashSet<RowId>,
    confirmed: FxHashSet<u32>,
}

impl<K> Entries<K> {
    /// The entries of a part, `place` being where in time a row stands.
    pub(crate) fn new(corpus: &Corpus<'_>, part: Part<'_>, place: &dyn Fn(RowId) -> K) -> Self {
        let mut figures = facts::views(corpus, &part.cells);
        audit::attach(part.derived, &mut figures);
        Self {
            figures,
            targets: part.lineages,
            lives: part.lives.lives.into_iter().map(|(row, life)| (place(row), life)).collect(),
            meetings: part.meetings.into_iter().map(|(row, meeting)| (place(row), meeting)).collect(),
            awards: part.awards.into_iter().map(|(row, award)| (place(row), award)).collect(),
        }
    }

    /// The whole ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &String> {
        let figures = self.figures.iter().map(|fact| &fact.id);
        let targets = self.targets.iter().map(|lineage| &lineage.id);
        let lives = self.lives.iter().map(|(_, life)| &life.id);
        let meetings = self.meetings.iter().map(|(_, meeting)| &meeting.id);
        figures
            .chain(targets)
            .chain(lives)
            .chain(meetings)
            .chain(self.awards.iter().map(|(_, award)| &award.id))
    }
}

/// The parts that rows make, in their order; `None` for decisions leaves lives out.
pub(crate) fn make_all(
    corpus: &Corpus<'_>,
    parts: &[Vec<RowId>],
    decisions: Option<&[Decision]>,
) -> Vec<Made> {
    // Few conflicts ask for other parties' levels, and most records have none that does.
    let levels: OnceLock<Vec<(u64, RowId)>> = OnceLock::new();
    let make = |rows: &[RowId], beside: bool| {
        let beyond = |indicator: &str, days: (Date, Date), party: &str| -> Vec<Told> {
            let levels = levels.get_or_init(|| index_levels(corpus));
            let key = part::level_key(indicator, days, party);
            let from = levels.partition_point(|(other, _)| *other < key);
            let found = levels[from..].iter().take_while(|(other, _)| *other == key);
            found.filter_map(|(_, row)| part::told(corpus.statement(*row))).collect()
        };
        made(corpus, part::make(corpus, rows, decisions, &beyond, beside))
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
    let mut made: Vec<(usize, Made)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        running.into_iter().flat_map(join).collect()
    });
    made.sort_unstable_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, part)| part).collect()
}

fn made(corpus: &Corpus<'_>, mut part: Part<'_>) -> Made {
    Made {
        findings: std::mem::take(&mut part.findings),
        suspects: std::mem::take(&mut part.suspects),
        confirmed: std::mem::take(&mut part.confirmed),
        entries: Entries::new(corpus, part, &|row| row),
    }
}

/// Levels of all parties by what is asked for, in its order: a list, because a table of as many keys
/// would be larger and is asked a few times only.
fn index_levels(corpus: &Corpus<'_>) -> Vec<(u64, RowId)> {
    let mut levels = Vec::new();
    for row in 0..corpus.rows.len() as RowId {
        let statement = corpus.statement(row);
        let Some((indicator, days)) = part::level(statement) else { continue };
        levels.extend(statement.parties.iter().map(|party| (part::level_key(indicator, days, party), row)));
    }
    levels.sort_unstable();
    levels
}

/// Findings about documents and copies.
pub(crate) fn of_documents(corpus: &Corpus<'_>) -> Vec<Finding> {
    let documents = (0..corpus.docs.len() as u32).flat_map(|doc| sources::of_document(corpus, doc));
    documents.chain(sources::of_groups(corpus)).map(|draft| findings::finding(corpus, draft)).collect()
}

/// The whole record of some parts; `loose` are lives that were made beside them.
pub(crate) fn record(corpus: &Corpus<'_>, mut parts: Vec<Made>, loose: lives::Lives) -> Record {
    let mut all: Vec<Finding> =
        parts.iter_mut().flat_map(|part| std::mem::take(&mut part.findings)).collect();
    all.extend(of_documents(corpus));
    all.extend(loose.drafts.into_iter().map(|draft| findings::finding(corpus, draft)));
    let entries = parts.iter().flat_map(|part| part.entries.ids());
    let names = Shortener::new(entries.chain(loose.lives.iter().map(|(_, life)| &life.id)));
    all.iter_mut().flat_map(|finding| &mut finding.facts).for_each(|id| names.shorten(id));
    let findings = findings::seal(all);

    let suspects: FxHashSet<&str> =
        parts.iter().flat_map(|part| &part.suspects).map(|row| corpus.statement(*row).id.as_str()).collect();
    let suspected = parts.iter().flat_map(|part| &part.suspects).map(|row| corpus.doc_of(*row).id);
    let wrong: FxHashSet<&str> = suspected.chain(misdated(&findings)).collect();
    let confirmed: FxHashSet<u32> = parts.iter().flat_map(|part| &part.confirmed).copied().collect();
    let sources =
        sources::views(corpus, &|doc| confirmed.contains(&doc), &|doc| wrong.contains(doc), &|_| true);
    let mut shorten = |id: &mut String| names.shorten(id);
    let entries = parts.into_iter().map(|part| part.entries).collect();
    let mut record = collect(entries, loose.lives, &findings, &suspects, &mut shorten);
    (record.findings, record.sources) = (findings, sources);
    record
}

/// The entries of parts as a record without findings and sources; `cut` shortens their ids.
pub(crate) fn collect<'f, K: Ord>(
    parts: Vec<Entries<K>>,
    mut lives: Vec<(K, Life)>,
    findings: &'f [Finding],
    suspects: &FxHashSet<&'f str>,
    cut: &mut dyn FnMut(&mut String),
) -> Record {
    let doubts = findings::doubts(findings, suspects);
    let (mut record, mut meetings, mut awards) = (Record::default(), Vec::new(), Vec::new());
    // Lists that double as they grow would be the most that a large record ever takes.
    record.figures.reserve_exact(parts.iter().map(|part| part.figures.len()).sum());
    record.targets.reserve_exact(parts.iter().map(|part| part.targets.len()).sum());
    lives.reserve_exact(parts.iter().map(|part| part.lives.len()).sum());
    meetings.reserve_exact(parts.iter().map(|part| part.meetings.len()).sum());
    for mut part in parts {
        part.figures.iter_mut().for_each(|fact| facts::doubt(fact, &doubts));
        record.figures.append(&mut part.figures);
        record.targets.append(&mut part.targets);
        lives.append(&mut part.lives);
        meetings.append(&mut part.meetings);
        awards.append(&mut part.awards);
    }
    [record.projects, record.agreements, record.institutions, record.commitments] = by_kind(in_time(lives));
    (record.meetings, record.awards) = (in_time(meetings), in_time(awards));
    shorten(&mut record, cut);
    record
}

/// Entries in order of their first rows.
fn in_time<K: Ord, T>(mut entries: Vec<(K, T)>) -> Vec<T> {
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn shorten(record: &mut Record, cut: &mut dyn FnMut(&mut String)) {
    record.figures.iter_mut().for_each(|fact| cut(&mut fact.id));
    for lineage in &mut record.targets {
        cut(&mut lineage.id);
        lineage.latest_actual.iter_mut().for_each(|actual| cut(&mut actual.fact));
    }
    let kinds =
        [&mut record.projects, &mut record.agreements, &mut record.institutions, &mut record.commitments];
    for life in kinds.into_iter().flatten() {
        cut(&mut life.id);
        let lists = [&mut life.fulfils, &mut life.fulfilled_by, &mut life.members, &mut life.member_of];
        lists.into_iter().flatten().for_each(&mut *cut);
        life.links.iter_mut().for_each(|link| cut(&mut link.to));
    }
    record.meetings.iter_mut().for_each(|meeting| cut(&mut meeting.id));
    record.awards.iter_mut().for_each(|award| cut(&mut award.id));
}

/// Documents whose date cannot be right.
pub(crate) fn misdated(findings: &[Finding]) -> impl Iterator<Item = &str> {
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
