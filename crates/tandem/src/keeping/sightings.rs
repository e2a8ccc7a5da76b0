//! Alarms held against the texts: whether a later report shows in use what an alarm waits for.
//!
//! Only the works that an alarm is about are looked for, so this is done when somebody asks, and nothing of it is kept.

use rustc_hash::FxHashMap;
use tandem_model::record::Finding;
use tandem_model::{Date, DocumentCard};
use tandem_record::sightings::{Seen, Sought, waits, witnessed};
use tandem_store::StoreError;

use crate::{Ledger, Query};

/// An alarm's place among the findings, what it waits for, and what was seen of that last.
struct Search {
    place: usize,
    sought: Sought,
    promised: Date,
    last: Option<(Date, String, Seen)>,
}

impl Search {
    /// Looks at a text that was written after the promise and not after a day.
    fn look(&mut self, card: &DocumentCard, text: &str, until: Date) {
        let Some(written) = card.dating.date.filter(|day| *day > self.promised) else { return };
        let newer = self.last.as_ref().is_none_or(|(day, ..)| *day <= written);
        if !newer || written > until {
            return;
        }
        if let Some(seen) = self.sought.seen(text, written) {
            self.last = Some((written, card.id.clone(), seen));
        }
    }
}

impl Ledger {
    /// Takes back the alarms about works that a later report shows in use, and adds to others the report that has the
    /// work unfinished.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub(crate) fn look_for(&self, query: &Query, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let mut searches = self.searches(findings)?;
        if searches.is_empty() {
            return Ok(());
        }
        let index = Index::new(&searches);
        let until = query.as_of.unwrap_or(query.today);
        self.store.each_text(
            |text| !index.searches(text).is_empty(),
            |card, text| {
                let looking = index.searches(text);
                looking.into_iter().for_each(|search| searches[search].look(&card, text, until));
            },
        )?;
        settle(findings, searches);
        Ok(())
    }

    fn searches(&self, findings: &[Finding]) -> Result<Vec<Search>, StoreError> {
        let mut searches = Vec::new();
        for (place, finding) in findings.iter().enumerate().filter(|(_, finding)| waits(finding)) {
            let (statements, cards): (Vec<_>, Vec<_>) =
                self.store.told(&finding.statements)?.into_iter().unzip();
            let promised = cards.iter().filter_map(|card| card.dating.date).min();
            if let (Some(sought), Some(promised)) = (Sought::of(&statements), promised) {
                searches.push(Search { place, sought, promised, last: None });
            }
        }
        Ok(searches)
    }
}

/// Searches by the words one of which a text must have to be worth a look.
struct Index(FxHashMap<String, Vec<usize>>);

impl Index {
    fn new(searches: &[Search]) -> Self {
        let mut by_mark: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, search) in searches.iter().enumerate() {
            for mark in search.sought.marks() {
                by_mark.entry(mark.clone()).or_default().push(number);
            }
        }
        Self(by_mark)
    }

    fn searches(&self, text: &str) -> Vec<usize> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let mut found: Vec<usize> = words.filter_map(|word| self.0.get(word)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn settle(findings: &mut Vec<Finding>, searches: Vec<Search>) {
    for search in searches.into_iter().rev() {
        match search.last {
            Some((_, _, Seen::InUse)) => drop(findings.remove(search.place)),
            Some((day, doc, Seen::AtWork)) => witnessed(&mut findings[search.place], &doc, day),
            None => {}
        }
    }
}
