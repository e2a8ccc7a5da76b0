//! One entry with every sentence that it rests on.

use serde::Serialize;
use tandem_model::record::{AwardFact, FigureFact, Finding, Life, Lineage, MeetingFact, Record, SourceView};
use tandem_model::{Article, Evidence, Span, Statement};
use tandem_store::StoreError;

use crate::{Ledger, Query, text_link};

/// Anything that has an id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "each variant is the type of its name")]
pub enum Entry {
    Figure(FigureFact),
    Target(Lineage),
    Life(Life),
    Meeting(MeetingFact),
    Award(AwardFact),
    Finding(Finding),
    Source(SourceView),
    Statement(Statement),
}

/// An entry, what it rests on, and what the auditor says of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// The entry.
    pub entry: Entry,
    /// The places in the documents, in the order of the entry.
    pub passages: Vec<Passage>,
    /// Findings that concern it.
    pub findings: Vec<Finding>,
}

/// A piece of a document around a quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// The document.
    pub doc: String,
    /// Who carries it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The quote's place on the page, for browsers; see [`crate::text_link`].
    pub link: Option<String>,
    /// Its date as the record has it: a day, a bound such as `<2021-12-16`, or null.
    pub stated_on: Option<String>,
    /// The statement.
    pub statement: String,
    /// Who says so in the text.
    pub by: Option<String>,
    /// The rule that read it.
    pub rule: String,
    /// The sentence with some text around it.
    pub context: String,
    /// Whether the paragraph begins before `context` does.
    pub cut_before: bool,
    /// Whether the paragraph goes on behind `context`.
    pub cut_after: bool,
    /// The quote, as bytes of `context`.
    pub quote: Span,
    /// First byte of the quote in the document.
    pub offset: usize,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// No entry has the id.
    #[error(
        "no entry, statement, finding or document has the id \"{0}\" (ids stand in the first column of every table)"
    )]
    Unknown(String),
    /// No document has the id.
    #[error("no document has the id \"{0}\" (tandem sources lists them)")]
    UnknownDocument(String),
    /// The ledger does not hold what the document was read from.
    #[error(
        "the ledger holds no original of {0}: it was read before originals were kept (read it into a new ledger)"
    )]
    NoOriginal(String),
    /// Several entries begin with it.
    #[error("\"{id}\" could be {} (type more of it)", candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        id: String,
        /// What it could be; at most eight.
        candidates: Vec<String>,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Ledger {
    /// One entry by its id, or by the beginning of its id when no other begins so.
    ///
    /// # Errors
    /// When no entry or several have the id, or the ledger cannot be read.
    pub fn show(&mut self, id: &str, query: &Query) -> Result<Shown, ShowError> {
        if let Some(around) = self.surroundings(query, id)? {
            return self.shown(id, &around.record, &around.statements);
        }
        let knowledge = self.knowledge(query)?;
        self.shown(id, knowledge.record(), &knowledge.holdings().statements)
    }

    /// The same from a record that has it, and the statements that this is made from.
    pub(crate) fn shown(&self, id: &str, record: &Record, all: &[Statement]) -> Result<Shown, ShowError> {
        let entry = find(id, entries(record, all))?;
        let statements = statements_of(&entry, all);
        let mut passages = Vec::new();
        for statement in statements.iter().filter_map(|id| all.iter().find(|s| &s.id == id)) {
            if let Some(article) = self.article(&statement.doc)? {
                passages.extend(passages_of(statement, &article, record));
            }
        }
        let own = entry_id(&entry).to_owned();
        let concerns = |finding: &&Finding| {
            finding.id != own
                && (finding.facts.contains(&own)
                    || finding.statements.iter().any(|id| statements.contains(id)))
        };
        let findings = record.findings.iter().filter(concerns).cloned().collect();
        Ok(Shown { entry, passages, findings })
    }
}

fn entries(record: &Record, statements: &[Statement]) -> Vec<Entry> {
    let lives = [&record.projects, &record.agreements, &record.institutions, &record.commitments];
    let mut all: Vec<Entry> = record.figures.iter().cloned().map(Entry::Figure).collect();
    all.extend(record.targets.iter().cloned().map(Entry::Target));
    all.extend(lives.into_iter().flatten().cloned().map(Entry::Life));
    all.extend(record.meetings.iter().cloned().map(Entry::Meeting));
    all.extend(record.awards.iter().cloned().map(Entry::Award));
    all.extend(record.findings.iter().cloned().map(Entry::Finding));
    all.extend(record.sources.iter().cloned().map(Entry::Source));
    all.extend(statements.iter().cloned().map(Entry::Statement));
    all
}

/// The id that people type.
fn entry_id(entry: &Entry) -> &str {
    match entry {
        Entry::Figure(fact) => &fact.id,
        Entry::Target(lineage) => &lineage.id,
        Entry::Life(life) => &life.id,
        Entry::Meeting(meeting) => &meeting.id,
        Entry::Award(award) => &award.id,
        Entry::Finding(finding) => &finding.id,
        Entry::Source(source) => &source.doc,
        Entry::Statement(statement) => &statement.id,
    }
}

fn find(id: &str, entries: Vec<Entry>) -> Result<Entry, ShowError> {
    if let Some(entry) = entries.iter().find(|entry| entry_id(entry).eq_ignore_ascii_case(id)) {
        return Ok(entry.clone());
    }
    let begins =
        |entry: &Entry| entry_id(entry).get(..id.len()).is_some_and(|start| start.eq_ignore_ascii_case(id));
    let mut matching: Vec<Entry> = entries.into_iter().filter(begins).collect();
    match matching.len() {
        1 if !id.is_empty() => Ok(matching.remove(0)),
        0 => Err(ShowError::Unknown(id.to_owned())),
        _ => {
            let candidates = matching.iter().take(8).map(|entry| entry_id(entry).to_owned()).collect();
            Err(ShowError::Ambiguous { id: id.to_owned(), candidates })
        }
    }
}

/// The statements behind an entry, each once, in the entry's order.
fn statements_of(entry: &Entry, statements: &[Statement]) -> Vec<String> {
    let all: Vec<&String> = match entry {
        Entry::Figure(fact) => fact.values.iter().flat_map(|value| &value.statements).collect(),
        Entry::Target(lineage) => lineage.steps.iter().map(|step| &step.statement).collect(),
        Entry::Life(life) => life.steps.iter().map(|step| &step.statement).collect(),
        Entry::Meeting(meeting) => meeting.statements.iter().collect(),
        Entry::Award(award) => award.statements.iter().collect(),
        Entry::Finding(finding) => finding.statements.iter().collect(),
        Entry::Source(source) => {
            let of_document = statements.iter().filter(|statement| statement.doc == source.doc);
            of_document.map(|statement| &statement.id).collect()
        }
        Entry::Statement(statement) => vec![&statement.id],
    };
    let mut seen = std::collections::BTreeSet::new();
    all.into_iter().filter(|id| seen.insert(*id)).cloned().collect()
}

/// The main place of a statement, then the others.
fn passages_of(statement: &Statement, article: &Article, record: &Record) -> Vec<Passage> {
    let source = record.sources.iter().find(|source| source.doc == statement.doc);
    let places = std::iter::once((&statement.evidence, Some(statement.sentence)))
        .chain(statement.also.iter().map(|evidence| (evidence, None)));
    let make = |(evidence, sentence): (&Evidence, Option<Span>)| {
        let around = context(&article.text, sentence.unwrap_or(evidence.span()).cover(evidence.span()));
        Passage {
            doc: statement.doc.clone(),
            outlet: article.publisher.clone(),
            url: article.url.clone(),
            link: text_link(article, evidence.span()),
            stated_on: source.and_then(stated_on),
            statement: statement.id.clone(),
            by: statement.by.clone(),
            rule: statement.rule.clone(),
            context: around.of(&article.text).to_owned(),
            cut_before: !article.text[..around.start()].is_empty()
                && !article.text[..around.start()].trim_end_matches([' ', '\t']).ends_with('\n'),
            cut_after: article.text[around.end()..]
                .chars()
                .find(|c| !" \t\r".contains(*c))
                .is_some_and(|c| c != '\n'),
            quote: within(around, evidence.span()),
            offset: evidence.start,
        }
    };
    places.map(make).collect()
}

/// Where a quote stands in what is shown around it. Statements of other programs may point beyond the text that the
/// ledger holds: then the end of it.
fn within(around: Span, quote: Span) -> Span {
    let place = |at: usize| at.saturating_sub(around.start()).min(around.len());
    Span::new(place(quote.start()), place(quote.end()))
}

fn stated_on(source: &SourceView) -> Option<String> {
    let bounds = source.date_bounds;
    match (source.date, bounds.not_before, bounds.before) {
        (Some(date), _, _) => Some(date.to_string()),
        (None, Some(from), Some(to)) => Some(format!(">={from},<{to}")),
        (None, Some(from), None) => Some(format!(">={from}")),
        (None, None, Some(to)) => Some(format!("<{to}")),
        (None, None, None) => None,
    }
}

/// Bytes of context on each side of a sentence, at most.
const AROUND: usize = 200;

/// The sentence with what stands around it in its paragraph, cut between words.
fn context(text: &str, sentence: Span) -> Span {
    let (start, end) = (sentence.start().min(text.len()), sentence.end().min(text.len()));
    let from = text.floor_char_boundary(start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((end + AROUND).min(text.len()));
    let (start, end) = (text.floor_char_boundary(start), text.ceil_char_boundary(end));
    let before = &text[from..start];
    let after = &text[end..to];
    let first = match before.rfind('\n') {
        Some(line) => from + line + 1,
        None if from == 0 => 0,
        None => from + before.find(char::is_whitespace).map_or(before.len(), |space| space + 1),
    };
    let last = match after.find('\n') {
        Some(line) => end + line,
        None if to == text.len() => to,
        None => end + after.rfind(char::is_whitespace).unwrap_or(0),
    };
    Span::new(text.ceil_char_boundary(first.min(start)), last.max(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stay_within_what_is_shown() {
        assert_eq!(within(Span::new(10, 30), Span::new(12, 20)), Span::new(2, 10));
        assert_eq!(within(Span::new(0, 10), Span::new(400, 420)), Span::new(10, 10));
    }

    #[test]
    fn context_keeps_to_the_paragraph_and_to_whole_words() {
        let check = |text: &str, sentence: &str, expected: &str| {
            let start = text.find(sentence).unwrap();
            let span = Span::new(start, start + sentence.len());
            assert_eq!(context(text, span).of(text), expected);
        };
        check("One.\nTwo. Three. Four.\nFive.", "Three.", "Two. Three. Four.");
        check("Three.", "Three.", "Three.");
        let long = format!("{} Three. {}", "wörd ".repeat(60), "wörd ".repeat(60));
        let start = long.find("Three.").unwrap();
        let around = context(&long, Span::new(start, start + 6)).of(&long).to_owned();
        assert!(
            around.starts_with("wörd") && around.trim_end().ends_with("wörd") && around.len() < 420,
            "{around}"
        );
    }
}
