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

mod about;
mod answer;
mod decided;
mod loaded;
mod sightings;
#[cfg(test)]
mod tests;
mod turn;
mod whole;

use tandem_model::Date;
use tandem_model::record::{Finding, Record};
use tandem_record::SILENT_AFTER_MONTHS;
use tandem_record::kept::{KeptDocument, KeptPart};
use tandem_store::{DocumentRow, KeptError, KeptState, KeptTables, PartRow, ReadingId, StoreError};

pub(crate) use about::Surroundings;
use decided::Decided;

use crate::query::largest;
use crate::{Ledger, Query};
use turn::Turn;
use whole::Whole;

/// Of so many readings one must be known for each new one, or everything is made anew.
const KNOWN_FOR_A_NEW_ONE: usize = 4;
/// Sets of parties, at most, that are answered one by one from what is kept: each has to look through
/// all findings.
const SETS_FROM_KEPT: usize = 4;
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

/// The days and the measure of silence of a record.
#[derive(Clone, Copy, Debug)]
struct Frame {
    today: Date,
    as_of: Option<Date>,
    silent_after_months: u32,
}

impl Frame {
    /// Of what is kept: everything that is known on a day.
    fn on(today: Date) -> Self {
        Self::of(&Query::on(today))
    }

    fn of(query: &Query) -> Self {
        let Query { as_of, today, silent_after_months, .. } = *query;
        Self { today, as_of, silent_after_months }
    }

    /// The day as of which findings speak.
    fn day(&self) -> Date {
        self.as_of.unwrap_or(self.today)
    }
}

impl Ledger {
    /// Brings what is kept of the record up to date for a day. What people decided is no part of it.
    ///
    /// # Errors
    /// When the ledger cannot be read or written.
    pub fn refresh(&mut self, today: Date) -> Result<Refreshed, StoreError> {
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
            let (newest, whole) = self
                .store
                .look(|tables| Ok((tables.newest_reading()?, Whole::make(tables, Frame::on(today))?)))?;
            let done = self.store.change_kept(|tables| {
                let unchanged = tables.newest_reading()? == newest;
                if unchanged {
                    whole.keep(tables)?;
                    tables.set_state(&state(newest))?;
                }
                Ok(unchanged)
            })?;
            if done {
                let (documents, parts) = whole.counts();
                return Ok(Refreshed { whole: true, documents, parts });
            }
        }
        Ok(Refreshed::default())
    }

    /// What a look at the kept tables gives: at those of the ledger, which are brought up to date, or, where it may not be
    /// written to or another day is asked for, at tables made for this look.
    fn look<T>(
        &mut self,
        query: &Query,
        look: impl FnOnce(&KeptTables<'_>) -> Kept<T>,
    ) -> Result<T, StoreError> {
        if query.as_of.is_none() && self.refresh(query.today).is_ok() {
            let newest = self.store.look(|tables| tables.newest_reading())?;
            if self.store.kept_state()? == Some(state(newest)) {
                return self.store.look(look);
            }
        }
        let frame = Frame { silent_after_months: SILENT_AFTER_MONTHS, ..Frame::of(query) };
        self.store.look_apart(|tables| {
            Whole::make(tables, frame)?.keep(tables)?;
            look(tables)
        })
    }

    /// The same with what people decided; nothing where they joined what stands between two sets of parties.
    fn ask<T>(
        &mut self,
        query: &Query,
        look: impl FnOnce(&KeptTables<'_>, &Decided) -> Kept<T>,
    ) -> Result<Option<T>, StoreError> {
        let decisions = self.store.decisions()?;
        self.look(query, |tables| {
            let decided = Decided::make(tables, query, &decisions)?;
            decided.map(|decided| look(tables, &decided)).transpose()
        })
    }

    /// What the auditor has to say, as the query asks: from what is kept where that can be, else from
    /// the whole record.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn findings(&mut self, query: &Query) -> Result<Vec<Finding>, StoreError> {
        if query.silent_after_months != SILENT_AFTER_MONTHS {
            return Ok(self.record(query)?.findings);
        }
        match self.ask(query, |tables, decided| answer::findings(tables, query, decided))? {
            Some(mut findings) => {
                self.look_for(query, &mut findings)?;
                Ok(findings)
            }
            None => Ok(self.knowledge(query)?.select(query).findings),
        }
    }

    /// What the statements add up to, as the query asks: from the parts that it asks for where that can
    /// be, else from everything that the ledger holds.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn record(&mut self, query: &Query) -> Result<Record, StoreError> {
        match self.ask(query, |tables, decided| answer::record(tables, query, decided))? {
            Some(mut record) => {
                self.look_for(query, &mut record.findings)?;
                Ok(record)
            }
            None => Ok(self.knowledge(query)?.select(query)),
        }
    }

    /// The sets of two parties and more that have entries, with their number, the largest first.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn partnerships(&mut self, query: &Query) -> Result<Vec<(Vec<String>, usize)>, StoreError> {
        match self.ask(query, |tables, decided| decided.sizes(tables))? {
            Some(sizes) => Ok(largest(sizes.into_iter().map(|(parties, size)| (codes(&parties), size)))),
            None => Ok(self.knowledge(query)?.partnerships()),
        }
    }

    /// What the statements add up to between each of some sets of parties. Few sets are answered from what is
    /// kept of them, many from one record made of everything.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn records(&mut self, query: &Query, sets: &[Vec<String>]) -> Result<Vec<Record>, StoreError> {
        let whole = |ledger: &Self| Ok(ledger.knowledge(query)?.split(query, sets));
        if sets.len() > SETS_FROM_KEPT {
            return whole(self);
        }
        let look = |tables: &KeptTables<'_>, decided: &Decided| -> Kept<Vec<Record>> {
            let record = |set: &Vec<String>| {
                let between = Some(set.iter().cloned().collect());
                answer::record(tables, &Query { between, ..query.clone() }, decided)
            };
            sets.iter().map(record).collect()
        };
        match self.ask(query, look)? {
            Some(mut records) => {
                for record in &mut records {
                    self.look_for(query, &mut record.findings)?;
                }
                Ok(records)
            }
            None => whole(self),
        }
    }

    /// What an entry can be shown from without the whole record, if so little suffices.
    pub(crate) fn surroundings(
        &mut self,
        query: &Query,
        id: &str,
    ) -> Result<Option<Surroundings>, StoreError> {
        if query.silent_after_months != SILENT_AFTER_MONTHS || !self.store.decisions()?.is_empty() {
            return Ok(None);
        }
        let mut around = self.look(query, |tables| about::surroundings(tables, query, id))?;
        if let Some(around) = &mut around {
            self.look_for(query, &mut around.record.findings)?;
        }
        Ok(around)
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
    // Readings are counted up and never taken away, so the newest one's number is how many there are.
    let known = usize::try_from(tables.newest_reading()?).unwrap_or(0).saturating_sub(new.len());
    let stale = tables.parts_stale_on(&today.to_string())?.len();
    let little = new.iter().all(|row| row.version == 1)
        && new.len() * KNOWN_FOR_A_NEW_ONE <= known
        && stale * STALE_OF <= tables.parts()?;
    Ok(little.then_some(Todo { new: new.len(), stale }))
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

fn codes(parties: &str) -> Vec<String> {
    parties.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}
