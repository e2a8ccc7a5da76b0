//! From what the auditors found to findings with ids, in a settled order.

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Cause, Finding, FindingType, Severity, Suggestion};

use crate::corpus::{Corpus, RowId};
use crate::ids::{self, Shortener, StableHash};

/// A finding before it has an id.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: FindingType,
    pub(crate) cause: Cause,
    pub(crate) severity: Severity,
    /// The statements that it rests on.
    pub(crate) rows: Vec<RowId>,
    /// Documents that it concerns beyond those of its statements.
    pub(crate) docs: Vec<String>,
    /// Ids of statements between other parties that it rests on, too.
    pub(crate) beyond: Vec<String>,
    pub(crate) facts: Vec<String>,
    pub(crate) message: String,
    pub(crate) arithmetic: Vec<String>,
    pub(crate) suggestion: Option<Suggestion>,
}

impl Draft {
    pub(crate) fn new(kind: FindingType, cause: Cause, severity: Severity, message: String) -> Self {
        Self {
            kind,
            cause,
            severity,
            rows: Vec::new(),
            docs: Vec::new(),
            beyond: Vec::new(),
            facts: Vec::new(),
            message,
            arithmetic: Vec::new(),
            suggestion: None,
        }
    }
}

/// All findings, the gravest first, each with its id; two that say one thing of the same statements are
/// one.
pub(crate) fn seal(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup_by(|a, b| {
        // Without statements the message alone tells two misprints of one text apart.
        let one = a.message == b.message || !a.statements.is_empty();
        one && (a.kind, a.cause, &a.docs, &a.statements) == (b.kind, b.cause, &b.docs, &b.statements)
    });
    let hashes: Vec<u64> = findings.iter().map(hash).collect();
    let ids = ids::full('X', &hashes);
    let shortener = Shortener::new(ids.iter());
    for (finding, mut id) in findings.iter_mut().zip(ids) {
        shortener.shorten(&mut id);
        finding.id = id;
    }
    findings
}

fn order(finding: &Finding) -> impl Ord + '_ {
    (finding.severity, finding.kind, finding.cause, (&finding.docs, &finding.statements), &finding.message)
}

/// A draft without its rows: with the ids of its statements and of their documents.
pub(crate) fn finding(corpus: &Corpus<'_>, draft: Draft) -> Finding {
    let mut docs = draft.docs;
    docs.extend(corpus.doc_ids(&draft.rows));
    let mut facts = draft.facts;
    let mut statements = corpus.statement_ids(&draft.rows);
    statements.extend(draft.beyond);
    for list in [&mut docs, &mut facts, &mut statements] {
        list.sort();
        list.dedup();
    }
    Finding {
        id: String::new(),
        kind: draft.kind,
        cause: draft.cause,
        severity: draft.severity,
        docs,
        statements,
        facts,
        message: draft.message,
        arithmetic: draft.arithmetic,
        suggestion: draft.suggestion,
        as_of: corpus.as_of,
    }
}

/// What a finding is about; its wording may improve without renaming it.
fn hash(finding: &Finding) -> u64 {
    let start = StableHash::default().part(finding.kind.word()).part(finding.cause.word());
    let subjects = if finding.statements.is_empty() { &finding.docs } else { &finding.statements };
    subjects.iter().fold(start, |hash, id| hash.part(id)).finish()
}

/// How far findings put each statement in doubt: 2 for an error about it, 1 for a warning about a
/// number. `suspects` are statements whose numbers cannot be right.
pub(crate) fn doubts<'f>(findings: &'f [Finding], suspects: &FxHashSet<&'f str>) -> FxHashMap<&'f str, u8> {
    let mut doubts: FxHashMap<&str, u8> = suspects.iter().map(|id| (*id, 2)).collect();
    let numbers =
        [FindingType::Conflict, FindingType::Contradiction, FindingType::Misprint, FindingType::Tension];
    for finding in findings.iter().filter(|f| numbers.contains(&f.kind) && f.severity != Severity::Info) {
        let statements = || finding.statements.iter().map(String::as_str);
        // Where the suspect is known the others stand.
        if statements().any(|id| suspects.contains(id)) {
            continue;
        }
        for id in statements() {
            doubts.entry(id).or_insert(1);
        }
    }
    doubts
}
