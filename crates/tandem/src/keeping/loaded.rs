//! What a part, a document or a group of copies is made from, as the ledger has it.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::{Date, DocumentCard, Statement};
use tandem_record::kept::{self, Held, KeptDocument};
use tandem_store::{KeptTables, ReadingId};

use super::Kept;

/// Statements with their documents and what is kept of these.
pub(super) struct Loaded {
    readings: Vec<ReadingId>,
    documents: Vec<DocumentCard>,
    statements: Vec<Statement>,
    kept: Vec<Option<KeptDocument>>,
}

impl Loaded {
    /// All that is said between parties.
    pub(super) fn part(tables: &KeptTables<'_>, parties: &str) -> Kept<Self> {
        let rows = tables.statements_between(parties, None)?;
        let readings: BTreeSet<ReadingId> = rows.iter().map(|(reading, _)| *reading).collect();
        let parsed: Result<Vec<Statement>, serde_json::Error> =
            rows.par_iter().map(|(_, text)| Statement::from_json(text)).collect();
        let mut statements = parsed?;
        let whole = rows.iter().zip(&statements).filter(|(_, one)| kept::wants_whole_document(one));
        let whole: BTreeSet<ReadingId> = whole.map(|((reading, _), _)| *reading).collect();
        // Statements that come twice count once.
        for reading in whole {
            statements.extend(tables.statements_of(reading)?);
        }
        Self::read(tables, readings.into_iter().collect(), statements)
    }

    /// One document.
    pub(super) fn document(tables: &KeptTables<'_>, reading: ReadingId) -> Kept<Self> {
        Self::read(tables, vec![reading], tables.statements_of(reading)?)
    }

    /// Documents, with some statements of theirs.
    pub(super) fn read(
        tables: &KeptTables<'_>,
        readings: Vec<ReadingId>,
        statements: Vec<Statement>,
    ) -> Kept<Self> {
        let rows = readings
            .iter()
            .map(|reading| tables.card_and_document(*reading))
            .collect::<Kept<Vec<(String, Option<String>)>>>()?;
        let parse = |(card, kept): &(String, Option<String>)| -> serde_json::Result<_> {
            let card: DocumentCard = serde_json::from_str(card)?;
            let kept = kept.as_ref().map(|kept| serde_json::from_str::<KeptDocument>(kept)).transpose()?;
            Ok((card, kept))
        };
        let parsed: serde_json::Result<Vec<_>> = rows.par_iter().map(parse).collect();
        let (documents, kept): (Vec<DocumentCard>, Vec<Option<KeptDocument>>) = parsed?.into_iter().unzip();
        Ok(Self { readings, documents, statements, kept })
    }

    /// The same with what is known of the documents by now.
    pub(super) fn again(mut self, tables: &KeptTables<'_>) -> Kept<Self> {
        for (reading, kept) in self.readings.iter().zip(&mut self.kept) {
            *kept = tables.document::<KeptDocument>(*reading)?.map(|row| row.content);
        }
        Ok(self)
    }

    /// Whether a document among them waits for what others tell of its date, or tells of others'.
    pub(super) fn tells_of_dates(&self) -> bool {
        self.documents.iter().any(kept::is_undated) || self.statements.iter().any(kept::testifies)
    }

    /// The ids of those of the documents whose readings are given.
    pub(super) fn ids_of(&self, readings: &BTreeSet<ReadingId>) -> impl Iterator<Item = &str> {
        let all = self.readings.iter().zip(&self.documents);
        all.filter(|(reading, _)| readings.contains(reading)).map(|(_, card)| card.id.as_str())
    }

    /// Puts a question to what they make up.
    pub(super) fn held<T>(
        &self,
        today: Date,
        silent_after_months: u32,
        ask: impl FnOnce(&Held<'_>) -> T,
    ) -> T {
        let all = || self.documents.iter().zip(&self.kept);
        let kept = || all().filter_map(|(card, kept)| Some((card.id.as_str(), kept.as_ref()?)));
        let homes: FxHashMap<&str, &str> = kept().map(|(doc, kept)| (doc, kept.home.as_str())).collect();
        let bounds = kept().filter_map(|(doc, kept)| Some((doc, kept.bounds.clone()?))).collect();
        let documents: Vec<&DocumentCard> = self.documents.iter().collect();
        ask(&Held {
            documents: &documents,
            homes: &homes,
            bounds: &bounds,
            statements: &self.statements,
            today,
            silent_after_months,
        })
    }
}

/// The readings of some documents and of all their copies.
pub(super) fn with_copies(
    tables: &KeptTables<'_>,
    readings: impl IntoIterator<Item = ReadingId>,
) -> Kept<Vec<ReadingId>> {
    let (mut all, mut homes) = (BTreeSet::new(), FxHashSet::default());
    for reading in readings {
        all.insert(reading);
        if let Some(home) = tables.home(reading)?
            && !homes.contains(&home)
        {
            all.extend(tables.readings_at_home(&home)?);
            homes.insert(home);
        }
    }
    Ok(all.into_iter().collect())
}
