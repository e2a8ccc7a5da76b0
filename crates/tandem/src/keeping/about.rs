//! The little of what is kept that an entry can be shown from, found by the entry's id.

use std::collections::BTreeSet;

use tandem_model::Statement;
use tandem_model::record::{Finding, Record};
use tandem_store::KeptTables;

use super::decided::Decided;
use super::{Kept, answer, codes};
use crate::Query;

/// Part of a record, with the statements that it is made from.
pub(crate) struct Surroundings {
    /// The entry with all entries between its parties; for a finding all findings, with the sources of its
    /// statements.
    pub(crate) record: Record,
    /// What is said between these parties.
    pub(crate) statements: Vec<Statement>,
}

/// What the one entry or finding whose id begins so stands in; nothing when several do, when none does,
/// or when it is the id of something else: a document, a statement.
pub(super) fn surroundings(tables: &KeptTables<'_>, query: &Query, id: &str) -> Kept<Option<Surroundings>> {
    let Some((kind, hash)) = id.split_once('-').filter(|(kind, _)| kind.len() == 1) else { return Ok(None) };
    let id = format!("{}-{}", kind.to_ascii_uppercase(), hash.to_ascii_lowercase());
    if id.starts_with("X-") {
        return of_finding(tables, query, &id);
    }
    match &tables.ids_beginning(&id, 2)?[..] {
        [whole] => of_entry(tables, query, whole),
        _ => Ok(None),
    }
}

fn of_entry(tables: &KeptTables<'_>, query: &Query, id: &str) -> Kept<Option<Surroundings>> {
    let Some(parties) = tables.part_with(id)? else { return Ok(None) };
    let record = answer::record(tables, &between(query, &parties), &Decided::default())?;
    Ok(Some(Surroundings { record, statements: statements(tables, &parties)? }))
}

fn of_finding(tables: &KeptTables<'_>, query: &Query, id: &str) -> Kept<Option<Surroundings>> {
    let findings = answer::findings(tables, &Query { between: None, ..query.clone() }, &Decided::default())?;
    let begins: Vec<&Finding> = findings.iter().filter(|finding| finding.id.starts_with(id)).collect();
    let &[finding] = &begins[..] else { return Ok(None) };
    let mut sets = BTreeSet::new();
    for statement in &finding.statements {
        sets.extend(tables.parties_of_statement(statement)?);
    }
    if sets.is_empty() {
        // It is about documents, which may be between anybody.
        return Ok(None);
    }
    let mut all = Surroundings { record: Record::default(), statements: Vec::new() };
    for parties in sets {
        let sources = answer::record(tables, &between(query, &parties), &Decided::default())?.sources;
        let is_new = |doc: &str| !all.record.sources.iter().any(|source| source.doc == doc);
        let sources: Vec<_> = sources.into_iter().filter(|source| is_new(&source.doc)).collect();
        all.record.sources.extend(sources);
        all.statements.extend(statements(tables, &parties)?);
    }
    all.record.findings = findings;
    Ok(Some(all))
}

fn between(query: &Query, parties: &str) -> Query {
    Query { between: Some(codes(parties).into_iter().collect()), with_others: false, ..query.clone() }
}

fn statements(tables: &KeptTables<'_>, parties: &str) -> Kept<Vec<Statement>> {
    let mut rows = tables.statements_between(parties, None)?;
    rows.extend(tables.taken_by(parties)?);
    rows.iter().map(|(_, text)| Ok(Statement::from_json(text)?)).collect()
}
