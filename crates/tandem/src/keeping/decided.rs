//! What people decided, applied to what is kept without it.
//!
//! What is kept is what the machine proposes, so that a decision makes nothing stale. It changes the lives of the part that it
//! speaks of and nothing else, and that part is made again for each question. Only where somebody joined what stands
//! between two sets of parties is there no such part; then the whole record is made in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use tandem_model::record::{Decision, Judgement};
use tandem_record::cut;
use tandem_record::kept::{Entries, KeptPart};
use tandem_store::KeptTables;

use super::{Kept, answer};
use crate::Query;

/// The parts that decisions speak of, made with these.
#[derive(Default)]
pub(super) struct Decided {
    /// By their parties as the ledger writes them.
    pub(super) parts: BTreeMap<String, (KeptPart, Entries)>,
    /// The whole ids of their entries, and those that they would have had.
    ids: BTreeSet<String>,
    before: BTreeSet<String>,
}

impl Decided {
    /// Makes the parts; nothing when a decision joins two of them.
    pub(super) fn make(tables: &KeptTables<'_>, query: &Query, decisions: &[Decision]) -> Kept<Option<Self>> {
        let mut of_part: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        for decision in decisions {
            let homes = (home(tables, &decision.left)?, home(tables, &decision.right)?);
            match homes {
                (Some(left), Some(right)) if left == right => {
                    of_part.entry(left).or_default().push(decision.clone());
                }
                (Some(_), Some(_)) if decision.judgement == Judgement::Same => return Ok(None),
                // What is said of one of them may stand among the other's.
                (Some(_), Some(_))
                    if tables.is_taken(&decision.left)? || tables.is_taken(&decision.right)? =>
                {
                    return Ok(None);
                }
                _ => {}
            }
        }
        let mut decided = Self::default();
        for (parties, decisions) in of_part {
            let made = answer::make(tables, query, std::slice::from_ref(&parties), &decisions)?;
            decided.before.extend(tables.part_ids(&parties)?);
            for (part, entries) in made {
                decided.ids.extend(part.ids.iter().cloned());
                decided.parts.insert(parties.clone(), (part, entries));
            }
        }
        Ok(Some(decided))
    }

    /// Cuts a whole id to what tells it apart.
    pub(super) fn shorten(&self, tables: &KeptTables<'_>, id: &mut String) -> Kept<()> {
        let gone = |other: &String| self.before.contains(other) && !self.ids.contains(other);
        let (mut before, mut after) = tables.neighbours(id)?;
        while let Some(other) = before.take_if(|other| gone(other)) {
            before = tables.neighbours(&other)?.0;
        }
        while let Some(other) = after.take_if(|other| gone(other)) {
            after = tables.neighbours(&other)?.1;
        }
        let (below, above) = (Bound::Excluded(&*id), Bound::Excluded(&*id));
        let own_before = self.ids.range::<String, _>((Bound::Unbounded, below)).next_back().cloned();
        let own_after = self.ids.range::<String, _>((above, Bound::Unbounded)).next().cloned();
        let before = before.into_iter().chain(own_before).max();
        let after = after.into_iter().chain(own_after).min();
        cut(id, before.as_deref(), after.as_deref());
        Ok(())
    }

    /// The number of entries between each set of parties.
    pub(super) fn sizes(&self, tables: &KeptTables<'_>) -> Kept<Vec<(String, usize)>> {
        let mut sizes = tables.part_sizes()?;
        for (parties, size) in &mut sizes {
            *size = self.parts.get(parties).map_or(*size, |(part, _)| part.ids.len());
        }
        Ok(sizes)
    }
}

/// The parties of what an id, or the beginning of an id that begins no other, stands for.
fn home(tables: &KeptTables<'_>, id: &str) -> Kept<Option<String>> {
    if let Some(parties) = tables.parties_of_statement(id)? {
        return Ok(Some(parties));
    }
    match &tables.ids_beginning(id, 2)?[..] {
        [first, ..] if first == id => tables.part_with(id),
        [whole] => tables.part_with(whole),
        _ => Ok(None),
    }
}
