//! One turn of bringing the kept tables up to date: what new documents touch is made anew.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tandem_model::{Date, DocumentCard, Statement};
use tandem_record::kept::{self, Ask, Held, KeptDocument, Told, Work};
use tandem_record::{COMMON, Derived, Profile};
use tandem_store::{KeptState, KeptTables, PackedReading, ReadingId, ReadingRow};

use super::loaded::Loaded;
use super::{Frame, Kept, Refreshed, codes, set_document, set_part};

/// What a kept part tells of dates; the rest of it is passed over.
#[derive(serde::Deserialize)]
struct OfDates {
    hints: Vec<(String, Derived)>,
}

/// One turn of bringing the kept tables up to date.
pub(super) struct Turn<'t, 's> {
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
    pub(super) fn new(tables: &'t KeptTables<'s>, today: Date) -> Self {
        let (parts, documents, homes, loaded, told) = Default::default();
        Self { tables, today, parts, documents, homes, loaded, told }
    }

    pub(super) fn take(mut self, state: &KeptState) -> Kept<Refreshed> {
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
        self.tables.set_state(&super::state(new.last().map_or(state.through, |row| row.reading)))?;
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
        for statement in &statements {
            let Some(told) = kept::told(statement) else { continue };
            for level in kept::level_keys(statement) {
                self.tables.add_level(level, &told.to_text())?;
                let asks = self.tables.asks_at::<Ask>(level)?.into_iter();
                let changed = asks.filter(|(own, ask)| ask.is_answered_by(&codes(own), &told));
                self.parts.extend(changed.map(|(parties, _)| parties));
            }
        }
        statements.iter().try_for_each(|statement| self.work(row.reading, statement))?;
        self.pack(row.reading, card, &statements)?;
        self.touch(row.reading)
    }

    /// Ties what one country's report tells of a work to the parties between whom it is known, whichever came first.
    fn work(&mut self, reading: ReadingId, statement: &Statement) -> Kept<()> {
        let Some(work) = Work::of(statement) else { return Ok(()) };
        let lone = work.is_lone();
        let text = if lone { serde_json::to_string(statement)? } else { String::new() };
        for word in &work.words {
            if lone {
                self.tables.add_lone(*word, reading, &text)?;
                for (parties, name) in self.tables.works_at(*word)? {
                    self.take_in(&parties, &name, reading, statement)?;
                }
            } else if self.tables.add_work(*word, &work.parties.join(","), work.name)? {
                for (reading, other) in self.tables.lone_at(*word)? {
                    self.take_in(&work.parties.join(","), work.name, reading, &other)?;
                }
            }
        }
        Ok(())
    }

    /// Lets parties take a statement in that is on a work of theirs.
    fn take_in(&mut self, parties: &str, name: &str, reading: ReadingId, lone: &Statement) -> Kept<()> {
        let set = codes(parties);
        let theirs = Work::of(lone).is_some_and(|work| work.is_of(&set, name));
        if theirs && self.tables.add_taken(parties, reading, &kept::taken_in(lone, &set))? {
            self.parts.insert(parties.to_owned());
        }
        Ok(())
    }

    /// Adds what a new reading says to what its parts are made from.
    fn pack(&self, reading: ReadingId, card: DocumentCard, statements: &[Statement]) -> Kept<()> {
        let card = serde_json::to_string(&DocumentCard { sketch: Vec::new(), ..card })?;
        let mut between: BTreeMap<&[String], Vec<String>> = BTreeMap::new();
        for statement in statements {
            between.entry(&statement.parties).or_default().push(serde_json::to_string(statement)?);
        }
        between.into_iter().try_for_each(|(parties, statements)| {
            let packed = PackedReading { reading, card: card.clone(), statements };
            self.tables.add_to_packs(&parties.join(","), &packed)
        })
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

    /// Hears a part on the dates of its documents; gives those of which it tells something else
    /// than before.
    fn hints(&mut self, parties: &str) -> Kept<Vec<ReadingId>> {
        let before = self.told_before(parties)?;
        let loaded = Loaded::part(self.tables, parties)?;
        let now = if loaded.tells_of_dates() {
            self.ask(&loaded, |held| held.hints(&codes(parties)))
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
        Ok(self.tables.part::<OfDates>(parties)?.map_or_else(Vec::new, |row| row.content.hints))
    }

    /// Settles what is known of a document's date from itself and from parts; if that changes, so may
    /// everything that it is part of.
    fn settle(&mut self, reading: ReadingId) -> Kept<()> {
        let card = self.card(reading)?;
        let loaded = Loaded::document(self.tables, reading)?;
        let own = self.ask(&loaded, |held| held.own_bounds(&card.id));
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
        let (failed, asked) = (RefCell::new(None), RefCell::new(BTreeMap::<u64, Vec<String>>::new()));
        let levels = |key: u64| -> Vec<Told> {
            let mut asked = asked.borrow_mut();
            let found = asked.entry(key).or_insert_with(|| {
                self.tables.levels_at(key).unwrap_or_else(|error| {
                    *failed.borrow_mut() = Some(error);
                    Vec::new()
                })
            });
            found.iter().filter_map(|text| Told::from_text(text)).collect()
        };
        let part = self.ask(&loaded, |held| held.part(&codes(parties), told, &levels, true));
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
        document.findings = self.ask(&loaded, |held| held.findings_about(&id));
        let copied = self.tables.readings_at_home(&document.home)?.len() > 1;
        set_document(self.tables, reading, &document, copied)
    }

    fn ask<T>(&self, loaded: &Loaded, question: impl FnOnce(&Held<'_>) -> T) -> T {
        loaded.held(&Frame::on(self.today), question)
    }

    fn copies(&self, home: &str) -> Kept<()> {
        let loaded = Loaded::read(self.tables, self.tables.readings_at_home(home)?, Vec::new())?;
        let finding = self.ask(&loaded, |held| held.copies());
        self.tables.set_copies(home, finding.as_ref())
    }
}
