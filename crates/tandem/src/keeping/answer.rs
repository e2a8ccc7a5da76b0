//! Questions answered from what is kept: findings as they are, entries from the parts asked for.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Decision, Finding, Record, SourceView};
use tandem_record::SILENT_AFTER_MONTHS;
use tandem_record::kept::{self, Entries, KeptDocument, KeptPart, Told};
use tandem_store::{KeptTables, ReadingId};

use super::decided::Decided;
use super::loaded::{Loaded, with_copies};
use super::{Frame, Kept, codes};
use crate::Query;

/// Statements' parts that are made at once, so that memory holds the statements of a few parts only.
const PARTS: usize = 64;

/// Everything that is kept of parts, documents and copies.
struct Contents {
    parts: Vec<(String, KeptPart)>,
    /// Findings about documents and copies.
    documents: Vec<Finding>,
}

impl Contents {
    fn read(tables: &KeptTables<'_>, decided: &Decided) -> Kept<Self> {
        let (mut parts, documents, copies) = tables.contents::<KeptPart, KeptDocument, Finding>()?;
        parts.sort_by_cached_key(|(parties, _)| codes(parties));
        for (parties, kept) in &mut parts {
            if let Some((part, _)) = decided.parts.get(parties) {
                kept.findings.clone_from(&part.findings);
            }
        }
        let documents = documents.into_iter().flat_map(|document| document.findings).chain(copies).collect();
        Ok(Self { parts, documents })
    }

    /// All findings, sealed; the facts in them still have whole ids.
    fn findings(&mut self, query: &Query) -> Vec<Finding> {
        let of_parts = self.parts.iter_mut().flat_map(|(_, part)| std::mem::take(&mut part.findings));
        let all = of_parts.chain(std::mem::take(&mut self.documents)).collect();
        kept::seal(all, Frame::of(query).day())
    }
}

/// The findings between the parties asked for.
pub(super) fn findings(tables: &KeptTables<'_>, query: &Query, decided: &Decided) -> Kept<Vec<Finding>> {
    let mut contents = Contents::read(tables, decided)?;
    let all = contents.findings(query);
    between(tables, all, &contents.parts, query, decided)
}

/// Those of some findings that have a statement between the parties asked for, or, when they have no
/// statements, a document with one; their facts with short ids.
fn between(
    tables: &KeptTables<'_>,
    mut findings: Vec<Finding>,
    parts: &[(String, KeptPart)],
    query: &Query,
    decided: &Decided,
) -> Kept<Vec<Finding>> {
    if query.between.is_some() {
        let (mut statements, mut docs) = (FxHashSet::default(), FxHashSet::default());
        for (parties, _) in parts.iter().filter(|(parties, _)| query.wants(&codes(parties))) {
            statements.extend(tables.statement_ids_between(parties)?);
            docs.extend(tables.docs_between(parties)?);
        }
        findings.retain(|finding| {
            let (of_statements, of_docs) = (&finding.statements, &finding.docs);
            of_statements.iter().any(|id| statements.contains(id))
                || (of_statements.is_empty() && of_docs.iter().any(|doc| docs.contains(doc)))
        });
    }
    for id in findings.iter_mut().flat_map(|finding| &mut finding.facts) {
        decided.shorten(tables, id)?;
    }
    Ok(findings)
}

/// The record between the parties asked for. Only their parts are made; what others say of these
/// (findings about their statements, numbers that another part has found impossible) is kept.
pub(super) fn record(tables: &KeptTables<'_>, query: &Query, decided: &Decided) -> Kept<Record> {
    let mut contents = Contents::read(tables, decided)?;
    let wants = |parties: &str| query.wants(&codes(parties));
    let plain = query.silent_after_months == SILENT_AFTER_MONTHS;
    // Another measure of silence changes findings everywhere.
    let asked = |parties: &str| !plain || wants(parties);
    let mut entries: Vec<Entries> = Vec::new();
    let places: Vec<usize> = (0..contents.parts.len()).filter(|n| asked(&contents.parts[*n].0)).collect();
    for places in places.chunks(PARTS) {
        let some: Vec<String> = places.iter().map(|place| contents.parts[*place].0.clone()).collect();
        let made = make(tables, query, &some, &[])?;
        for (place, made) in places.iter().zip(made) {
            let (part, of_part) = decided.parts.get(&contents.parts[*place].0).cloned().unwrap_or(made);
            let (parties, kept) = &mut contents.parts[*place];
            kept.findings = part.findings;
            entries.extend(wants(parties).then_some(of_part));
        }
    }
    let findings = contents.findings(query);
    let parts = || contents.parts.iter().map(|(_, part)| part);
    let suspects: FxHashSet<&str> =
        parts().flat_map(|part| &part.suspects).map(|(statement, _)| statement.as_str()).collect();
    let mut wrong: FxHashSet<&str> =
        parts().flat_map(|part| &part.suspects).map(|(_, doc)| doc.as_str()).collect();
    wrong.extend(kept::misdated(&findings));
    let confirmed: FxHashSet<&str> = parts().flat_map(|part| &part.confirmed).map(String::as_str).collect();
    let sources = sources(tables, query, &contents.parts, &confirmed, &wrong)?;
    let mut failed = None;
    let mut cut = |id: &mut String| failed = failed.take().or(decided.shorten(tables, id).err());
    let mut record = kept::collect(entries, &findings, &suspects, &mut cut);
    if let Some(error) = failed {
        return Err(error);
    }
    record.findings = between(tables, findings, &contents.parts, query, decided)?;
    record.sources = sources;
    Ok(record)
}

/// Makes some parts again, with their entries.
pub(super) fn make(
    tables: &KeptTables<'_>,
    query: &Query,
    parts: &[String],
    decisions: &[Decision],
) -> Kept<Vec<(KeptPart, Entries)>> {
    let mut loaded = Vec::new();
    for parties in parts {
        let mut levels: FxHashMap<u64, Vec<Told>> = FxHashMap::default();
        // What it asked for when it was kept, it asks for again.
        for level in tables.asked_by(parties)? {
            let texts = tables.levels_at(level)?;
            levels.insert(level, texts.iter().filter_map(|text| Told::from_text(text)).collect());
        }
        loaded.push((codes(parties), Loaded::part(tables, parties)?, levels));
    }
    let make = |(codes, loaded, levels): &(Vec<String>, Loaded, FxHashMap<u64, Vec<Told>>)| {
        let levels = |key: u64| levels.get(&key).cloned().unwrap_or_default();
        loaded.held(&Frame::of(query), |held| held.entries(codes, decisions, &levels))
    };
    Ok(loaded.par_iter().map(make).collect())
}

/// The documents with a statement between the parties asked for; all when none are.
fn sources(
    tables: &KeptTables<'_>,
    query: &Query,
    parts: &[(String, KeptPart)],
    confirmed: &FxHashSet<&str>,
    wrong: &FxHashSet<&str>,
) -> Kept<Vec<SourceView>> {
    let mut wanted: BTreeSet<ReadingId> = BTreeSet::new();
    if query.between.is_none() {
        wanted.extend(tables.latest_readings()?.into_iter().map(|row| row.reading));
    } else {
        for (parties, _) in parts.iter().filter(|(parties, _)| query.wants(&codes(parties))) {
            wanted.extend(tables.readings_between(parties)?);
        }
    }
    let readings = with_copies(tables, wanted.iter().copied())?;
    let loaded = Loaded::read(tables, readings, Vec::new())?;
    let wanted: FxHashSet<&str> = loaded.ids_of(&wanted).collect();
    Ok(loaded.held(&Frame::of(query), |held| {
        held.sources(&|doc| wanted.contains(doc), &|doc| confirmed.contains(doc), &|doc| wrong.contains(doc))
    }))
}
