//! The record kept up to date: which parts a document touches, and only those made anew.
//!
//! A ledger keeps the findings of every part of its record (what is said between one set of parties)
//! and of every document. A new document touches the parts that it has statements in; those of the
//! documents whose group of copies it changes; those that had asked other parties for a level that it
//! gives; and those of undated documents on whose date it bears. [`Ledger::refresh`] finds these
//! through the ledger's own tables and makes them anew; everything else stands as it is. When more is
//! new than is known, when documents changed or the program did, everything is made at once, with the
//! same outcome. Refused alternative: a record in the memory of a server, which a command that reads
//! one report would have to fill first.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tandem_model::record::Finding;
use tandem_model::{Date, DocumentCard, Statement};
use tandem_record::kept::{self, Held, KeptDocument, KeptPart};
use tandem_record::{COMMON, Derived, Profile};
use tandem_store::{
    DocumentRow, KeptError, KeptState, KeptTables, PartRow, ReadingId, ReadingRow, StoreError,
};

use crate::{Ledger, Query};

/// Of so many readings one must be known for each new one, or everything is made anew.
const KNOWN_FOR_A_NEW_ONE: usize = 4;
/// Stale parts of so many, at most, are made one by one.
const STALE_OF: usize = 4;

/// What bringing the record up to date came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Whether everything was made anew.
    pub whole: bool,
    /// Documents that were new.
    pub documents: usize,
    /// Parts that were made anew.
    pub parts: usize,
}

type Kept<T> = Result<T, KeptError>;

impl Ledger {
    /// Brings what is kept of the record up to date for a day. Nothing is kept of a ledger in which
    /// people made decisions.
    ///
    /// # Errors
    /// When the ledger cannot be read or written.
    pub fn refresh(&mut self, today: Date) -> Result<Refreshed, StoreError> {
        if !self.store.decisions()?.is_empty() {
            return Ok(Refreshed::default());
        }
        if let Some(refreshed) = self.keep_up(today)? {
            return Ok(refreshed);
        }
        self.refresh_whole(today)
    }

    /// Brings what is kept of the record up to date when little is new; else leaves it to the next
    /// question, and gives nothing.
    ///
    /// # Errors
    /// When the ledger cannot be read or written.
    pub fn keep_up(&mut self, today: Date) -> Result<Option<Refreshed>, StoreError> {
        let Some(state) = self.store.kept_state()?.filter(|state| state.maker == env!("TANDEM_RECORDER"))
        else {
            return Ok(None);
        };
        let little = {
            let tables = self.store.kept();
            is_little(&tables, &state, today).map_err(|error| self.store.kept_error(error))?
        };
        match little {
            Some(todo) if todo.is_nothing() => Ok(Some(Refreshed::default())),
            Some(_) => self.store.change_kept(|tables| Turn::new(tables, today).take(&state)).map(Some),
            None => Ok(None),
        }
    }

    fn refresh_whole(&mut self, today: Date) -> Result<Refreshed, StoreError> {
        // Made outside of the transaction, so that others may read and write meanwhile.
        for _ in 0..3 {
            let tables = self.store.kept();
            let newest = tables.newest_reading().map_err(|error| self.store.kept_error(error))?;
            let holdings = self.holdings()?;
            let kept = kept::keep_all(&holdings.cards, &holdings.statements, today);
            let parts = kept.parts.len();
            let done = self.store.change_kept(|tables| {
                let unchanged = tables.newest_reading()? == newest;
                if unchanged {
                    keep_whole(tables, &holdings.cards, &holdings.statements, kept, today)?;
                    tables.set_state(&state(newest))?;
                }
                Ok(unchanged)
            })?;
            if done {
                return Ok(Refreshed { whole: true, documents: holdings.cards.len(), parts });
            }
        }
        Ok(Refreshed::default())
    }

    /// What the auditor has to say, as the query asks: from what is kept where that can be, else from
    /// the whole record.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn findings(&mut self, query: &Query) -> Result<Vec<Finding>, StoreError> {
        let plain = query.as_of.is_none() && query.silent_after_months == tandem_record::SILENT_AFTER_MONTHS;
        // A ledger that may not be written to is as good to ask as any.
        let fresh = plain && self.store.decisions()?.is_empty() && self.refresh(query.today).is_ok();
        let current = fresh && {
            let newest = self.store.kept().newest_reading().map_err(|error| self.store.kept_error(error))?;
            self.store.kept_state()? == Some(state(newest))
        };
        if !current {
            return Ok(self.record(query)?.findings);
        }
        let tables = self.store.kept();
        findings(&tables, query).map_err(|error| self.store.kept_error(error))
    }
}

fn state(through: ReadingId) -> KeptState {
    KeptState { through, maker: env!("TANDEM_RECORDER").to_owned() }
}

/// What there is to do when it is little.
struct Todo {
    new: usize,
    stale: usize,
}

impl Todo {
    fn is_nothing(&self) -> bool {
        self.new == 0 && self.stale == 0
    }
}

fn is_little(tables: &KeptTables<'_>, state: &KeptState, today: Date) -> Kept<Option<Todo>> {
    let new = tables.readings_after(state.through)?;
    let known = (tables.readings()? as usize).saturating_sub(new.len());
    let stale = tables.parts_stale_on(&today.to_string())?.len();
    let little = new.iter().all(|row| row.version == 1)
        && new.len() * KNOWN_FOR_A_NEW_ONE <= known
        && stale * STALE_OF <= tables.parts()?;
    Ok(little.then_some(Todo { new: new.len(), stale }))
}

/// Writes down everything that was made at once.
fn keep_whole(
    tables: &KeptTables<'_>,
    cards: &[DocumentCard],
    statements: &[Statement],
    whole: kept::Kept,
    today: Date,
) -> Kept<()> {
    tables.clear()?;
    let readings: FxHashMap<String, ReadingId> =
        tables.latest_readings()?.into_iter().map(|row| (row.doc, row.reading)).collect();
    let mut of_doc: FxHashMap<&str, Vec<&Statement>> = FxHashMap::default();
    for statement in statements {
        of_doc.entry(&statement.doc).or_default().push(statement);
    }
    let (mut marks, mut levels) = (Vec::new(), Vec::new());
    for card in cards {
        let Some(reading) = readings.get(&card.id).copied() else { continue };
        let own = of_doc.get(card.id.as_str()).map_or(&[][..], |list| list);
        let profile = Profile::new(Some(card), own.iter().copied());
        tables.add_profile(reading, profile.signature(), &profile.to_bytes())?;
        marks.extend(profile.keys().into_iter().map(|mark| (mark as i64, reading)));
        for (position, statement) in own.iter().enumerate() {
            levels.extend(
                kept::level_keys(statement).into_iter().map(|level| (level as i64, reading, position)),
            );
        }
    }
    // In the order of the tables: a tree that grows at its end is written once.
    marks.sort_unstable();
    levels.sort_unstable();
    marks.into_iter().try_for_each(|(mark, reading)| tables.add_mark(mark as u64, reading))?;
    levels
        .into_iter()
        .try_for_each(|(level, reading, place)| tables.add_level(level as u64, reading, place))?;
    let mut ids: Vec<String> = Vec::new();
    for (parties, part) in whole.parts {
        let parties = parties.join(",");
        set_part(tables, &parties, &part, today)?;
        for (doc, hint) in &part.hints {
            tables.set_hint(doc, &parties, Some(hint))?;
        }
        ids.extend(part.ids);
    }
    ids.sort_unstable();
    ids.iter().try_for_each(|id| tables.set_id(id, true))?;
    let homes: BTreeSet<&str> = whole.copies.iter().map(|(home, _)| home.as_str()).collect();
    for (doc, document) in &whole.documents {
        if let Some(reading) = readings.get(doc).copied() {
            set_document(tables, reading, document, homes.contains(document.home.as_str()))?;
        }
    }
    whole.copies.iter().try_for_each(|(home, finding)| tables.set_copies(home, Some(finding)))
}

fn set_part(tables: &KeptTables<'_>, parties: &str, part: &KeptPart, today: Date) -> Kept<()> {
    let row = PartRow { made_on: today.to_string(), until: part.until.to_string(), content: part };
    tables.set_part(parties, &row, &part.ids, &part.asked)
}

/// Keeps a document, or nothing when there is nothing to say of it.
fn set_document(
    tables: &KeptTables<'_>,
    reading: ReadingId,
    document: &KeptDocument,
    copied: bool,
) -> Kept<()> {
    let says = copied || document.bounds.is_some() || !document.findings.is_empty();
    let row = DocumentRow { home: document.home.clone(), content: document };
    tables.set_document(reading, says.then_some(&row))
}

/// One turn of bringing the kept tables up to date.
struct Turn<'t, 's> {
    tables: &'t KeptTables<'s>,
    today: Date,
    /// Parts to be made anew, by their parties.
    parts: BTreeSet<String>,
    /// Documents to be judged anew.
    documents: BTreeSet<ReadingId>,
    /// Homes of groups that changed.
    homes: BTreeSet<String>,
    /// What parts are made from, and what they tell of dates, once either has been needed.
    loaded: BTreeMap<String, Loaded>,
    told: BTreeMap<String, Vec<(String, Derived)>>,
}

impl<'t, 's> Turn<'t, 's> {
    fn new(tables: &'t KeptTables<'s>, today: Date) -> Self {
        let (parts, documents, homes, loaded, told) = Default::default();
        Self { tables, today, parts, documents, homes, loaded, told }
    }

    fn take(mut self, state: &KeptState) -> Kept<Refreshed> {
        // What was found before the transaction began may be out of date by now.
        let new = self.tables.readings_after(state.through)?;
        for row in &new {
            self.enter(row)?;
        }
        self.parts.extend(self.tables.parts_stale_on(&self.today.to_string())?);
        let mut bounded = BTreeSet::new();
        for parties in self.parts.clone() {
            bounded.extend(self.hints(&parties)?);
        }
        bounded.extend(new.iter().map(|row| row.reading));
        for reading in bounded {
            self.settle(reading)?;
        }
        for parties in self.parts.clone() {
            self.part(&parties)?;
        }
        for reading in self.documents.clone() {
            self.document(reading)?;
        }
        for home in self.homes.clone() {
            self.copies(&home)?;
        }
        self.tables.set_state(&self::state(new.last().map_or(state.through, |row| row.reading)))?;
        Ok(Refreshed { whole: false, documents: new.len(), parts: self.parts.len() })
    }

    /// Takes in a new reading: what marks it, what copies it is one of, which parts it touches.
    fn enter(&mut self, row: &ReadingRow) -> Kept<()> {
        let card = self.card(row.reading)?;
        let statements = self.tables.statements_of(row.reading)?;
        let profile = Profile::new(Some(&card), statements.iter());
        self.join(row, &profile)?;
        self.tables.add_profile(row.reading, profile.signature(), &profile.to_bytes())?;
        profile.keys().into_iter().try_for_each(|mark| self.tables.add_mark(mark, row.reading))?;
        for (position, statement) in statements.iter().enumerate() {
            for level in kept::level_keys(statement) {
                self.tables.add_level(level, row.reading, position)?;
                self.parts.extend(self.tables.parts_asking(level)?);
            }
        }
        self.touch(row.reading)
    }

    /// Everything that is said of a document, and in the parts that it has statements in, is open again.
    fn touch(&mut self, reading: ReadingId) -> Kept<()> {
        self.documents.insert(reading);
        self.parts.extend(self.tables.parties_of(reading)?);
        Ok(())
    }

    /// Joins a new document with its copies.
    fn join(&mut self, row: &ReadingRow, profile: &Profile<'_>) -> Kept<()> {
        let homes = self.homes_of_copies(profile)?;
        if homes.is_empty() {
            return Ok(());
        }
        let mut members = vec![(profile.order(), row.doc.clone(), row.reading, String::new())];
        for home in &homes {
            for reading in self.members(home)? {
                let Some(order) = self.profile(reading)?.map(|profile| profile.order()) else { continue };
                members.push((order, self.card(reading)?.id, reading, home.clone()));
            }
        }
        let Some(home) = members.iter().min().map(|(_, doc, ..)| doc.clone()) else { return Ok(()) };
        for (_, _, reading, before) in members {
            // A group under its old name with one member more is nothing new to the old members.
            if homes.len() > 1 || before != home {
                self.touch(reading)?;
            }
            let mut document = self.kept_document(reading)?;
            document.home.clone_from(&home);
            set_document(self.tables, reading, &document, true)?;
        }
        self.homes.extend(homes);
        self.homes.insert(home);
        Ok(())
    }

    /// The homes of the documents that a new one copies, itself not yet among them.
    fn homes_of_copies(&self, profile: &Profile<'_>) -> Kept<BTreeSet<String>> {
        let mut copies: BTreeSet<ReadingId> = BTreeSet::new();
        if profile.copies(profile) {
            copies.extend(self.tables.readings_signed(profile.signature())?.first());
        }
        let mut seen = BTreeSet::new();
        for mark in profile.keys() {
            let marked = self.tables.readings_marked(mark)?;
            if marked.len() > COMMON {
                continue;
            }
            for reading in marked.into_iter().filter(|reading| seen.insert(*reading)) {
                let Some(other) = self.profile(reading)?.filter(|other| profile.copies(other)) else {
                    continue;
                };
                copies.insert(reading);
                if !other.copies(&other) {
                    copies.extend(self.tables.readings_signed(other.signature())?);
                }
            }
        }
        copies.into_iter().map(|reading| Ok(self.kept_document(reading)?.home)).collect()
    }

    fn members(&self, home: &str) -> Kept<Vec<ReadingId>> {
        let members = self.tables.readings_at_home(home)?;
        if members.is_empty() { Ok(self.tables.reading_of(home)?.into_iter().collect()) } else { Ok(members) }
    }

    fn profile(&self, reading: ReadingId) -> Kept<Option<Profile<'static>>> {
        Ok(self.tables.profile(reading)?.and_then(|bytes| Profile::from_bytes(&bytes)))
    }

    fn card(&self, reading: ReadingId) -> Kept<DocumentCard> {
        Ok(serde_json::from_str(&self.tables.card(reading)?)?)
    }

    fn kept_document(&self, reading: ReadingId) -> Kept<KeptDocument> {
        Ok(match self.tables.document(reading)? {
            Some(row) => row.content,
            None => KeptDocument { home: self.card(reading)?.id, ..KeptDocument::default() },
        })
    }

    /// Hears a part on the dates of its undated documents; gives those of which it tells something else
    /// than before.
    fn hints(&mut self, parties: &str) -> Kept<Vec<ReadingId>> {
        let before = self.told_before(parties)?;
        let loaded = Loaded::part(self.tables, parties)?;
        let now = if loaded.has_undated() {
            loaded.held(self.today, |held| held.hints(&codes(parties)))
        } else {
            Vec::new()
        };
        self.loaded.insert(parties.to_owned(), loaded);
        self.told.insert(parties.to_owned(), now.clone());
        let (before, now): (BTreeMap<_, _>, BTreeMap<_, _>) =
            (before.into_iter().collect(), now.into_iter().collect());
        let docs: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        let mut changed = Vec::new();
        for doc in docs.into_iter().filter(|doc| before.get(*doc) != now.get(*doc)) {
            self.tables.set_hint(doc, parties, now.get(doc))?;
            changed.extend(self.tables.reading_of(doc)?);
        }
        Ok(changed)
    }

    fn told_before(&self, parties: &str) -> Kept<Vec<(String, Derived)>> {
        Ok(self.tables.part::<KeptPart>(parties)?.map_or_else(Vec::new, |row| row.content.hints))
    }

    /// Settles what is known of a document's date from itself and from parts; if that changes, so may
    /// everything that it is part of.
    fn settle(&mut self, reading: ReadingId) -> Kept<()> {
        let card = self.card(reading)?;
        let loaded = Loaded::document(self.tables, reading)?;
        let own = loaded.held(self.today, |held| held.own_bounds(&card.id));
        let mut hints: Vec<(String, Derived)> = self.tables.hints(&card.id)?;
        hints.sort_by_key(|(parties, _)| codes(parties));
        let bounds = kept::settle(&card, own, hints.into_iter().map(|(_, hint)| hint).collect());
        let mut document = self.kept_document(reading)?;
        if document.bounds != bounds {
            document.bounds = bounds;
            let copied = self.tables.readings_at_home(&document.home)?.len() > 1;
            self.homes.extend(copied.then(|| document.home.clone()));
            set_document(self.tables, reading, &document, copied)?;
            self.touch(reading)?;
        }
        Ok(())
    }

    fn part(&mut self, parties: &str) -> Kept<()> {
        // A part that only a date or a copy touched tells of dates what it told before.
        let told = match self.told.remove(parties) {
            Some(told) => told,
            None => self.told_before(parties)?,
        };
        let loaded = match self.loaded.remove(parties) {
            Some(loaded) => loaded.again(self.tables)?,
            None => Loaded::part(self.tables, parties)?,
        };
        let failed = RefCell::new(None);
        let levels = |key: u64| {
            self.tables.statements_at(key).unwrap_or_else(|error| {
                *failed.borrow_mut() = Some(error);
                Vec::new()
            })
        };
        let part = loaded.held(self.today, |held| held.part(&codes(parties), told, &levels));
        if let Some(error) = failed.into_inner() {
            return Err(error);
        }
        let before: BTreeSet<String> = self.tables.part_ids(parties)?.into_iter().collect();
        let now: BTreeSet<&String> = part.ids.iter().collect();
        for id in before.iter().filter(|id| !now.contains(id)) {
            self.tables.set_id(id, false)?;
        }
        for id in now.into_iter().filter(|id| !before.contains(*id)) {
            self.tables.set_id(id, true)?;
        }
        set_part(self.tables, parties, &part, self.today)
    }

    fn document(&self, reading: ReadingId) -> Kept<()> {
        let loaded = Loaded::document(self.tables, reading)?;
        let mut document = self.kept_document(reading)?;
        let id = self.card(reading)?.id;
        document.findings = loaded.held(self.today, |held| held.findings_about(&id));
        let copied = self.tables.readings_at_home(&document.home)?.len() > 1;
        set_document(self.tables, reading, &document, copied)
    }

    fn copies(&self, home: &str) -> Kept<()> {
        let loaded = Loaded::read(self.tables, self.tables.readings_at_home(home)?, Vec::new())?;
        let finding = loaded.held(self.today, |held| held.copies());
        self.tables.set_copies(home, finding.as_ref())
    }
}

fn codes(parties: &str) -> Vec<String> {
    parties.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// What a part, a document or a group of copies is made from, as the ledger has it.
struct Loaded {
    readings: Vec<ReadingId>,
    documents: Vec<DocumentCard>,
    statements: Vec<Statement>,
    kept: Vec<(String, KeptDocument)>,
}

impl Loaded {
    fn part(tables: &KeptTables<'_>, parties: &str) -> Kept<Self> {
        let rows = tables.statements_between(parties)?;
        let readings: BTreeSet<ReadingId> = rows.iter().map(|(reading, _)| *reading).collect();
        let parsed: Result<Vec<(ReadingId, Statement)>, serde_json::Error> =
            rows.par_iter().map(|(reading, text)| Ok((*reading, serde_json::from_str(text)?))).collect();
        let (mut statements, mut whole) = (Vec::new(), BTreeSet::new());
        for (reading, statement) in parsed? {
            if kept::wants_whole_document(&statement) {
                whole.insert(reading);
            }
            statements.push(statement);
        }
        // Statements that come twice count once.
        for reading in whole {
            statements.extend(tables.statements_of(reading)?);
        }
        Self::read(tables, readings.into_iter().collect(), statements)
    }

    fn document(tables: &KeptTables<'_>, reading: ReadingId) -> Kept<Self> {
        Self::read(tables, vec![reading], tables.statements_of(reading)?)
    }

    fn read(tables: &KeptTables<'_>, readings: Vec<ReadingId>, statements: Vec<Statement>) -> Kept<Self> {
        let texts = readings.iter().map(|reading| tables.card(*reading)).collect::<Kept<Vec<String>>>()?;
        let documents: Result<Vec<DocumentCard>, serde_json::Error> =
            texts.par_iter().map(|text| serde_json::from_str(text)).collect();
        Self { readings, documents: documents?, statements, kept: Vec::new() }.again(tables)
    }

    /// The same with what is known of the documents by now.
    fn again(mut self, tables: &KeptTables<'_>) -> Kept<Self> {
        self.kept.clear();
        for (reading, card) in self.readings.iter().zip(&self.documents) {
            if let Some(row) = tables.document::<KeptDocument>(*reading)? {
                self.kept.push((card.id.clone(), row.content));
            }
        }
        Ok(self)
    }

    fn has_undated(&self) -> bool {
        self.documents.iter().any(|card| card.dating.date.is_none())
    }

    fn held<T>(&self, today: Date, ask: impl FnOnce(&Held<'_>) -> T) -> T {
        let homes = self.kept.iter().map(|(doc, kept)| (doc.as_str(), kept.home.as_str())).collect();
        let bounds =
            self.kept.iter().filter_map(|(doc, kept)| Some((doc.as_str(), kept.bounds.clone()?))).collect();
        let (documents, statements) = (&self.documents[..], &self.statements[..]);
        ask(&Held { documents, homes: &homes, bounds: &bounds, statements, today })
    }
}

/// All findings that are kept, with short ids, between the parties asked for.
fn findings(tables: &KeptTables<'_>, query: &Query) -> Kept<Vec<Finding>> {
    let (parts, documents, copies) = tables.contents::<KeptPart, KeptDocument, Finding>()?;
    let mut all: Vec<Finding> = parts.into_iter().flat_map(|part| part.findings).collect();
    all.extend(documents.into_iter().flat_map(|document| document.findings));
    all.extend(copies);
    for id in all.iter_mut().flat_map(|finding| &mut finding.facts) {
        let (before, after) = tables.neighbours(id)?;
        tandem_record::cut(id, before.as_deref(), after.as_deref());
    }
    let mut all = kept::seal(all, query.today);
    if query.between.is_some() {
        let mut kept = Vec::new();
        for finding in all {
            if is_wanted(tables, &finding, query)? {
                kept.push(finding);
            }
        }
        all = kept;
    }
    Ok(all)
}

/// Whether one of a finding's statements, or of its documents' when it has none, is between the
/// parties asked for.
fn is_wanted(tables: &KeptTables<'_>, finding: &Finding, query: &Query) -> Kept<bool> {
    let mut between: Vec<String> = Vec::new();
    for id in &finding.statements {
        between.extend(tables.parties_of_statement(id)?);
    }
    if finding.statements.is_empty() {
        for doc in &finding.docs {
            if let Some(reading) = tables.reading_of(doc)? {
                between.extend(tables.parties_of(reading)?);
            }
        }
    }
    Ok(between.iter().any(|parties| query.wants(&codes(parties))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tandem_model::{Article, content_hash};
    use tandem_testkit::archive::Archive;

    use super::*;

    fn today() -> Date {
        Date::constant(2026, 6, 30)
    }

    fn add(ledger: &mut Ledger, card: &DocumentCard, statements: &[Statement]) {
        let text = format!("{} {statements:?}", card.id);
        let sha256 = content_hash(text.as_bytes());
        let article = Article { id: card.id.clone(), sha256, text, ..Article::default() };
        ledger.append(&article, card, statements).expect("a ledger in memory takes a document");
    }

    /// Findings from what is kept and from the whole record.
    fn both(ledger: &mut Ledger, day: Date) -> (Vec<Finding>, Vec<Finding>) {
        let query = Query::on(day);
        let kept = ledger.findings(&query).expect("a ledger in memory can be asked");
        (kept, ledger.record(&query).expect("a ledger in memory can be asked").findings)
    }

    /// Adds an archive in some order, some documents at a time, and holds what is kept against the
    /// whole record each time.
    fn grow(archive: &Archive, order: &[usize], steps: &[usize]) -> usize {
        let mut ledger = Ledger::in_memory().expect("memory suffices");
        let (mut at, mut touched) = (0, 0);
        for step in steps.iter().cycle() {
            for number in order.iter().skip(at).take(*step) {
                let (card, statements) = archive.document(*number);
                add(&mut ledger, card, statements);
            }
            at += step;
            let refreshed = ledger.refresh(today()).expect("a ledger in memory is kept up to date");
            touched += usize::from(!refreshed.whole);
            let (kept, whole) = both(&mut ledger, today());
            assert_eq!(kept, whole, "after {at} documents");
            if at >= order.len() {
                return touched;
            }
        }
        touched
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_ledger_that_grew_says_what_a_whole_record_says(
            seed in any::<u64>(),
            order in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle(),
            steps in proptest::collection::vec(1usize..9, 1..6),
        ) {
            let archive = Archive::new(200, seed);
            grow(&archive, &order, &steps);
        }
    }

    #[test]
    fn small_steps_are_not_made_anew() {
        let archive = Archive::new(300, 7);
        let order: Vec<usize> = (0..60).rev().collect();
        assert!(grow(&archive, &order, &[5]) > 6);
    }

    #[test]
    fn what_time_changes_is_made_anew() {
        let mut ledger = Ledger::in_memory().expect("memory suffices");
        let archive = Archive::new(400, 3);
        for number in 0..80 {
            let (card, statements) = archive.document(number);
            add(&mut ledger, card, statements);
        }
        for day in
            [Date::constant(2024, 1, 1), today(), Date::constant(2019, 5, 5), Date::constant(2031, 1, 1)]
        {
            let (kept, whole) = both(&mut ledger, day);
            assert_eq!(kept, whole, "on {day}");
        }
    }
}
