//! Documents as sources: origin, copies, grade, and what is known of their dates.

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Cause, DateBounds, FindingType, Severity, SourceView, Suggestion};

use crate::audit::misprint;
use crate::corpus::{Corpus, Doc};
use crate::facts::Cell;
use crate::findings::Draft;
use crate::origins::Reliability;
use crate::words;

/// The documents of every group of copies, by the group's number.
fn members(corpus: &Corpus<'_>) -> FxHashMap<u32, Vec<usize>> {
    let mut members: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (number, doc) in corpus.docs.iter().enumerate() {
        members.entry(doc.group).or_default().push(number);
    }
    members
}

/// The wanted documents as sources, in order of time; `confirmed` and `doubted` tell documents with a
/// value that another origin reports, too, and those with an error.
pub(crate) fn views(
    corpus: &Corpus<'_>,
    confirmed: &dyn Fn(u32) -> bool,
    doubted: &dyn Fn(&str) -> bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<SourceView> {
    let members = members(corpus);
    let all = corpus.docs.iter().zip(0u32..).filter(|(doc, _)| wanted(doc.id));
    all.map(|(doc, number)| {
        let group = members.get(&doc.group).map_or(&[][..], |list| list);
        view(corpus, doc, group, confirmed(number), doubted(doc.id))
    })
    .collect()
}

/// The documents with a value that several origins report.
pub(crate) fn confirmed(corpus: &Corpus<'_>, cells: &[Cell<'_>]) -> FxHashSet<u32> {
    let values = cells.iter().flat_map(|cell| &cell.values).filter(|value| value.origins > 1);
    values.flat_map(|value| &value.rows).map(|row| corpus.row(*row).doc).collect()
}

fn view(corpus: &Corpus<'_>, doc: &Doc<'_>, group: &[usize], confirmed: bool, doubted: bool) -> SourceView {
    let card = doc.card;
    let first = group.first().map_or(doc, |number| &corpus.docs[*number]);
    let credibility = match doc.reliability {
        Reliability::F => 6,
        _ if doubted => 5,
        _ if confirmed => 1,
        Reliability::B | Reliability::C => 2,
        _ => 3,
    };
    let same: Vec<String> =
        group.iter().map(|n| corpus.docs[*n].id).filter(|id| *id != doc.id).map(str::to_owned).collect();
    SourceView {
        doc: doc.id.to_owned(),
        outlet: card.and_then(|card| card.publisher.clone()),
        origin: origin(first),
        why: why(doc, first, same.len(), credibility),
        same_origin_as: same,
        reliability: doc.reliability.letter(),
        credibility,
        stated_date: card.and_then(|card| card.dating.stated),
        date: doc.when.date,
        date_bounds: DateBounds { not_before: doc.when.not_before, before: doc.when.before },
        date_evidence: card
            .iter()
            .flat_map(|card| &card.dating.evidence)
            .chain(&doc.evidence)
            .cloned()
            .collect(),
    }
}

/// The first source that the group's earliest document names, else its outlet.
fn origin(first: &Doc<'_>) -> Option<String> {
    let card = first.card?;
    card.marks.sources.first().or(card.publisher.as_ref()).cloned()
}

fn why(doc: &Doc<'_>, first: &Doc<'_>, copies: usize, credibility: u8) -> String {
    let mut why = doc.reliability.why().to_owned();
    if copies > 0 {
        let role = if first.id == doc.id { "is the earliest of" } else { "carries the same text as" };
        why.push_str(&format!(
            " It {role} {}, so they count as one origin.",
            words::counted(copies, "other document")
        ));
    }
    why.push_str(match credibility {
        1 => " Another origin confirms at least one of its figures.",
        5 => " At least one of its numbers or dates cannot be right.",
        6 => " Its statements cannot be judged.",
        _ => " No other origin confirms or refutes its figures.",
    });
    why
}

/// Findings about one document: a stated date contradicted, no support, what its own words say against
/// it.
pub(crate) fn of_document(corpus: &Corpus<'_>, number: u32) -> Vec<Draft> {
    let doc = &corpus.docs[number as usize];
    let mut drafts: Vec<Draft> = demoted(doc).into_iter().collect();
    drafts.extend((doc.reliability == Reliability::F).then(|| unsupported(doc)));
    drafts.extend(misprint::document(corpus, number));
    drafts
}

/// The documents of every group with copies, in order of time.
pub(crate) fn groups(corpus: &Corpus<'_>) -> Vec<Vec<usize>> {
    let mut groups: Vec<_> = members(corpus).into_iter().filter(|(_, list)| list.len() > 1).collect();
    groups.sort_unstable();
    groups.into_iter().map(|(_, list)| list).collect()
}

/// Findings about copies, one a group.
pub(crate) fn of_groups(corpus: &Corpus<'_>) -> Vec<Draft> {
    let ids = |list: Vec<usize>| copies(list.into_iter().map(|number| corpus.docs[number].id));
    groups(corpus).into_iter().map(ids).collect()
}

fn demoted(doc: &Doc<'_>) -> Option<Draft> {
    let dating = &doc.card?.dating;
    let stated = dating.stated.filter(|_| dating.demoted)?;
    let line = match dating.source {
        Some(tandem_model::DateSource::Caller) => "The date given for",
        _ => "The date line of",
    };
    let whys: Vec<String> = dating.evidence.iter().map(|evidence| sentence(&evidence.why)).collect();
    let message = format!(
        "{line} {} says {stated}, but the text contradicts it. {} {}",
        doc.id,
        whys.join(" "),
        match doc.when.shown() {
            Some(_) => format!("The report is taken as written {}.", doc.when.words()),
            None => "When it was written is not known.".to_owned(),
        }
    );
    let mut draft = Draft::new(FindingType::Date, Cause::DateLine, Severity::Error, message);
    draft.docs = vec![doc.id.to_owned()];
    draft.arithmetic = dating.before.map(|before| format!("{stated} >= {before}")).into_iter().collect();
    draft.suggestion = doc.when.shown().map(|to| Suggestion {
        field: "date".to_owned(),
        from: stated.to_string(),
        to,
        why: whys.join(" "),
    });
    Some(draft)
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn unsupported(doc: &Doc<'_>) -> Draft {
    let (hedges, admissions) = doc.card.map_or((0, 0), |card| (card.marks.hedges, card.marks.admissions));
    let message = format!(
        "{} names no source, hedges in {} and admits in {} that it has no evidence: nothing in it counts as a first source or as confirmation.",
        doc.id,
        words::counted(hedges as usize, "sentence"),
        words::counted(admissions as usize, "sentence"),
    );
    let mut draft = Draft::new(FindingType::Source, Cause::Unsupported, Severity::Warning, message);
    draft.docs = vec![doc.id.to_owned()];
    draft
}

/// The finding that some documents, in order of time, are copies of one another.
pub(crate) fn copies<'d>(docs: impl Iterator<Item = &'d str>) -> Draft {
    let docs: Vec<String> = docs.map(str::to_owned).collect();
    let message = format!(
        "{} carry one text and count as one origin: {}.",
        words::counted(docs.len(), "document"),
        words::list(&docs)
    );
    let mut draft = Draft::new(FindingType::Source, Cause::Copy, Severity::Info, message);
    draft.docs = docs;
    draft
}
