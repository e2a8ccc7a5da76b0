//! What a report from one country tells of a work that other reports know as that of several.
//!
//! "Work on the Alva–Borl line has stalled, the roads authority said" names one country. Whose work it is stands in
//! other reports, so a copy of such a statement, with the parties of that work, takes part where these are judged; the
//! statement itself stays between whom it was made. Which sets of parties take a statement in follows from all
//! reports and not from their order. Refused alternative: guessing the other country while reading, from what the program knows of
//! places; no text would bear that out.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::{Body, Date, DocumentCard, Statement};

use crate::dates::When;
use crate::entities::{Name, proper_words};
use crate::ids::StableHash;

/// Likeness from which a work told of in one country is taken for one that is known between several.
const LIKE: f64 = 0.75;

/// A work by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work<'s> {
    /// Between whom it is told.
    pub parties: &'s [String],
    /// What it is called.
    pub name: &'s str,
    /// Its proper words, hashed: two names of one work share one.
    pub words: Vec<u64>,
}

impl<'s> Work<'s> {
    /// The work that a statement tells of, if its name holds a proper word; between several parties also one that was promised,
    /// agreed on in a document or set up as a body.
    pub fn of(statement: &'s Statement) -> Option<Self> {
        let name = match &statement.body {
            Body::Project(project) => &project.name,
            _ if statement.parties.len() < 2 => return None,
            Body::Commitment(commitment) => &commitment.action,
            Body::Agreement(agreement) => &agreement.title,
            Body::Institution(institution) => &institution.name,
            _ => return None,
        };
        let words = proper_words(name);
        let bare = words.is_empty() || statement.parties.is_empty();
        (!bare).then_some(Self { parties: &statement.parties, name, words })
    }

    /// Whether it is told by one country alone, so that other reports may tell whose else it is.
    pub fn is_lone(&self) -> bool {
        matches!(self.parties, [one] if one.len() == 2)
    }

    /// Whether it is a work known between `parties` under a name.
    pub fn is_of(&self, parties: &[String], name: &str) -> bool {
        self.is_lone()
            && parties.len() > 1
            && parties.contains(&self.parties[0])
            && Name::new(self.name).likeness(&Name::new(name)) >= LIKE
    }
}

/// A statement as others take it in.
pub fn taken_in(statement: &Statement, parties: &[String]) -> Statement {
    Statement { parties: parties.to_vec(), ..statement.clone() }
}

/// Whom a work is told between, and what it is called.
type Called = (Arc<[String]>, Arc<str>);

/// The works known between several parties.
#[derive(Clone, Debug, Default)]
pub struct Works {
    called: FxHashMap<u64, Vec<Called>>,
    seen: FxHashSet<u64>,
}

impl Works {
    /// Takes a work in; one that is told by one country alone is none of these.
    pub fn add(&mut self, work: &Work<'_>) {
        let start = StableHash::default().part(work.name);
        let hash = work.parties.iter().fold(start, |hash, party| hash.part(party)).finish();
        if work.parties.len() < 2 || !self.seen.insert(hash) {
            return;
        }
        let called: Called = (work.parties.into(), work.name.into());
        for word in &work.words {
            self.called.entry(*word).or_default().push(called.clone());
        }
    }

    /// The sets of parties that take in what is told by one country alone.
    pub fn homes(&self, work: &Work<'_>) -> BTreeSet<Vec<String>> {
        let alike = work.words.iter().filter_map(|word| self.called.get(word)).flatten();
        let taken = alike.filter(|(parties, name)| work.is_of(parties, name));
        taken.map(|(parties, _)| parties.to_vec()).collect()
    }

    /// All of them by their words, in no settled order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[String], &str)> {
        let all = self.called.iter();
        all.flat_map(|(word, called)| called.iter().map(|(parties, name)| (*word, &**parties, &**name)))
    }
}

/// The copies of statements that other parties take in, of all that was known on a day (now, when none is named).
pub fn all_taken_in(
    documents: &[DocumentCard],
    statements: &[Statement],
    as_of: Option<Date>,
) -> Vec<Statement> {
    let lone: Vec<(&Statement, Work<'_>)> = statements
        .iter()
        .filter(|statement| statement.parties.len() == 1)
        .filter_map(|statement| Some((statement, Work::of(statement)?)))
        .collect();
    if lone.is_empty() {
        return Vec::new();
    }
    let unknown = unknown(documents, as_of);
    let mut works = Works::default();
    let several = statements.iter().filter(|statement| statement.parties.len() > 1);
    let known = several.filter(|statement| !unknown.contains(statement.doc.as_str()));
    known.filter_map(Work::of).for_each(|work| works.add(&work));
    let copies = |(statement, work): (&Statement, Work<'_>)| {
        let homes = works.homes(&work).into_iter();
        homes.map(|parties| taken_in(statement, &parties)).collect::<Vec<_>>()
    };
    lone.into_iter().flat_map(copies).collect()
}

/// The documents that were not surely known on the day that is asked for.
fn unknown(documents: &[DocumentCard], as_of: Option<Date>) -> FxHashSet<&str> {
    let later = |card: &&DocumentCard| as_of.is_some_and(|day| !When::of(&card.dating).known_by(day));
    documents.iter().filter(later).map(|card| card.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_is_known_again_by_its_own_name() {
        let check = |lone: &str, known: &str, is: bool| {
            let codes = |all: &[&str]| all.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
            let (one, both) = (codes(&["AA"]), codes(&["AA", "BB"]));
            let work = Work { parties: &one, name: lone, words: proper_words(lone) };
            let mut works = Works::default();
            works.add(&Work { parties: &both, name: known, words: proper_words(known) });
            let homes = if is { BTreeSet::from([both.clone()]) } else { BTreeSet::new() };
            assert_eq!(works.homes(&work), homes, "{lone} / {known}");
            let strangers = codes(&["BB", "CC"]);
            assert!(!work.is_of(&strangers, known), "{lone} is not of {strangers:?}");
        };
        check("Alva–Borl railway", "railway from Alva to Borl", true);
        check("Sorrento crossing", "Sorrento border crossing between the two countries", true);
        check("Alva bypass", "Alva–Borl railway", false);
        check("border crossing", "border crossing", false);
        check("National Highway", "National Highway", false);
        check("Kenyan highway", "Kenyan highway", false);
        check("Kenya highway", "Kenya highway", false);
    }
}
