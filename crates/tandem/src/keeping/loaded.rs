//! What a part, a document or a group of copies is made from, as the ledger has it.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::{DocumentCard, Statement};
use tandem_record::kept::{self, Held, KeptDocument};
use tandem_store::{KeptTables, Pack, PackedReading, ReadingId};

use super::{Frame, Kept};

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
        let packs = tables.packs(parties)?;
        let unpacked: Kept<Vec<Vec<Opened>>> = packs.par_iter().map(open).collect();
        let mut loaded =
            Self { readings: Vec::new(), documents: Vec::new(), statements: Vec::new(), kept: Vec::new() };
        let mut whole = Vec::new();
        for (reading, card, statements) in unpacked?.into_iter().flatten() {
            if statements.iter().any(kept::wants_whole_document) {
                whole.push(reading);
            }
            loaded.readings.push(reading);
            loaded.documents.push(card);
            loaded.statements.extend(statements);
        }
        for (reading, text) in tables.taken_by(parties)? {
            loaded.statements.push(Statement::from_json(&text)?);
            if !loaded.readings.contains(&reading) {
                loaded.readings.push(reading);
                loaded.documents.push(serde_json::from_str(&tables.card(reading)?)?);
            }
        }
        // Statements that come twice count once.
        for reading in whole {
            loaded.statements.extend(tables.statements_of(reading)?);
        }
        loaded.again(tables)
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
        let parse = |(reading, kept): (ReadingId, String)| -> serde_json::Result<_> {
            Ok((reading, serde_json::from_str::<KeptDocument>(&kept)?))
        };
        let known = tables.documents_of(&self.readings)?.into_iter().map(parse);
        let mut known: FxHashMap<ReadingId, KeptDocument> = known.collect::<serde_json::Result<_>>()?;
        self.kept = self.readings.iter().map(|reading| known.remove(reading)).collect();
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
    pub(super) fn held<T>(&self, frame: &Frame, ask: impl FnOnce(&Held<'_>) -> T) -> T {
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
            today: frame.today,
            as_of: frame.as_of,
            silent_after_months: frame.silent_after_months,
        })
    }
}

/// A reading with its card and its statements between the parties of a pack.
type Opened = (ReadingId, DocumentCard, Vec<Statement>);

fn open(pack: &Pack) -> Kept<Vec<Opened>> {
    let unpacked = pack.unpack()?;
    let parse = |packed: PackedReading<&str>| -> Kept<Opened> {
        let parsed = packed.statements.iter().map(|text| Statement::from_json(text));
        let statements = parsed.collect::<serde_json::Result<Vec<_>>>()?;
        Ok((packed.reading, serde_json::from_str(packed.card)?, statements))
    };
    unpacked.readings()?.into_iter().map(parse).collect()
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
