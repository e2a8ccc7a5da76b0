//! What is kept of the record beside the documents it was made from, and the indexes that say what a
//! new document touches.
//!
//! These tables are no part of the ledger's history: they follow from it, may be thrown away at any
//! time, and are written in one transaction each time, so that they always belong to one state of the
//! ledger. What the rows mean is the caller's business; here they are numbers and JSON. Refused
//! alternative: files beside the ledger, which get lost from it or, worse, belong to another one.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tandem_model::Statement;

use crate::error::{Cause, StoreError};
use crate::schema::FOLLOWING;
use crate::store::Store;

/// Number of a reading: one document as it was read once.
pub type ReadingId = i64;

/// Which state of the ledger the kept tables belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptState {
    /// The last reading that they know.
    pub through: ReadingId,
    /// The version of the program that made them.
    pub maker: String,
}

/// A reading by number, document and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingRow {
    /// Its number.
    pub reading: ReadingId,
    /// Its document.
    pub doc: String,
    /// 1 unless the document was read before.
    pub version: u32,
}

/// A reading with everything that the record is made from, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeReading {
    /// Its number.
    pub reading: ReadingId,
    /// The document's card.
    pub card: String,
    /// Its statements in the order of the text, each with its parties.
    pub statements: Vec<(String, String)>,
}

/// A part as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow<T> {
    /// The day for which it was made, as ISO.
    pub made_on: String,
    /// The last day on which it still says the same, as ISO.
    pub until: String,
    /// What is kept of it.
    pub content: T,
}

/// What is kept of a reading's document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow<T> {
    /// The document that names its group of copies.
    pub home: String,
    /// What is kept of it.
    pub content: T,
}

/// The kept tables, inside one transaction.
#[derive(Debug)]
pub struct KeptTables<'s> {
    connection: &'s Connection,
}

impl Store {
    /// Which state of the ledger the kept tables belong to; `None` when nothing is kept.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn kept_state(&self) -> Result<Option<KeptState>, StoreError> {
        self.kept().state().map_err(|cause| self.explain(cause))
    }

    /// The kept tables for looking things up.
    pub fn kept(&self) -> KeptTables<'_> {
        KeptTables { connection: self.connection() }
    }

    /// The cause of an error in the kept tables as the ledger's own.
    pub fn kept_error(&self, error: KeptError) -> StoreError {
        self.explain(error.0)
    }

    /// Looks things up in the ledger as it is now, whatever others write meanwhile.
    ///
    /// # Errors
    /// When the ledger cannot be read, or `look` fails.
    pub fn look<T>(
        &self,
        look: impl FnOnce(&KeptTables<'_>) -> Result<T, KeptError>,
    ) -> Result<T, StoreError> {
        let done = (|| {
            let transaction = self.connection().unchecked_transaction()?;
            let done = look(&KeptTables { connection: &transaction }).map_err(|error| error.0)?;
            transaction.commit()?;
            Ok(done)
        })();
        done.map_err(|cause: Cause| self.explain(cause))
    }

    /// Looks things up in kept tables of this look's own, empty at first and gone afterwards, in place of those that are
    /// kept. They may be written to, also where the ledger may not; nothing of it reaches the ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read, there is no room for temporary files, or `look` fails.
    pub fn look_apart<T>(
        &self,
        look: impl FnOnce(&KeptTables<'_>) -> Result<T, KeptError>,
    ) -> Result<T, StoreError> {
        let done = (|| {
            // The end of the transaction, which nothing commits, takes the tables away.
            let transaction = self.connection().unchecked_transaction()?;
            let tables = KeptTables { connection: &transaction };
            tables.begin_apart().and_then(|()| look(&tables)).map_err(|error| error.0)
        })();
        done.map_err(|cause: Cause| self.explain(cause))
    }

    /// Changes the kept tables in one transaction: all of it or, when `change` fails, nothing.
    ///
    /// # Errors
    /// When the ledger cannot be written, another process holds it, or `change` fails.
    pub fn change_kept<T>(
        &mut self,
        change: impl FnOnce(&KeptTables<'_>) -> Result<T, KeptError>,
    ) -> Result<T, StoreError> {
        let done = (|| {
            let transaction =
                self.connection_mut().transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = change(&KeptTables { connection: &transaction }).map_err(|error| error.0)?;
            transaction.commit()?;
            Ok(done)
        })();
        done.map_err(|cause: Cause| self.explain(cause))
    }
}

/// Something went wrong in the kept tables.
#[derive(Debug)]
pub struct KeptError(Cause);

impl<E: Into<Cause>> From<E> for KeptError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

pub(crate) type Kept<T> = Result<T, KeptError>;

/// The contents of parts with their parties, of documents, and about copies.
pub type Contents<P, D, C> = (Vec<(String, P)>, Vec<D>, Vec<C>);

impl KeptTables<'_> {
    pub(crate) fn list<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        take: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Kept<Vec<T>> {
        Ok(self.connection.prepare_cached(sql)?.query_map(params, take)?.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn run(&self, sql: &str, params: impl rusqlite::Params) -> Kept<()> {
        self.connection.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }

    fn state(&self) -> Result<Option<KeptState>, Cause> {
        let row = |row: &Row<'_>| Ok(KeptState { through: row.get(0)?, maker: row.get(1)? });
        Ok(self.connection.query_row("SELECT through, maker FROM kept_state", [], row).optional()?)
    }

    /// Makes temporary tables of all that follows from the readings; their names hide the others'. The same readings
    /// count until some are hidden.
    fn begin_apart(&self) -> Kept<()> {
        let sql = "SELECT type, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";
        let take = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?));
        let all: Vec<(String, String, String)> = self.list(sql, [], take)?;
        let mut views = Vec::new();
        for (kind, _, sql) in all.iter().filter(|(_, of, _)| FOLLOWING.contains(&of.as_str())) {
            let temporary = match kind.as_str() {
                "table" => sql.replacen("CREATE TABLE ", "CREATE TABLE temp.", 1),
                "index" => sql.replacen("CREATE INDEX ", "CREATE INDEX temp.", 1),
                "view" => sql.replacen("CREATE VIEW ", "CREATE VIEW temp.", 1),
                _ => continue,
            };
            if kind == "view" { views.push(temporary) } else { self.connection.execute_batch(&temporary)? }
        }
        views.iter().try_for_each(|view| self.connection.execute_batch(view))?;
        self.run("INSERT INTO temp.superseded SELECT reading FROM main.superseded", [])
    }

    /// Leaves a reading out of account; only where one looks apart.
    pub fn hide(&self, reading: ReadingId) -> Kept<()> {
        self.run("INSERT OR IGNORE INTO temp.superseded (reading) VALUES (?1)", [reading])
    }

    /// Throws everything away that is kept.
    pub fn clear(&self) -> Kept<()> {
        let tables = [
            "kept_state",
            "marks",
            "profiles",
            "levels",
            "kept_parts",
            "kept_packs",
            "kept_asks",
            "kept_hints",
            "kept_documents",
            "kept_copies",
            "kept_ids",
            "kept_works",
            "kept_lone",
            "kept_taken",
        ];
        let all: String = tables.iter().map(|table| format!("DELETE FROM {table};")).collect();
        Ok(self.connection.execute_batch(&all)?)
    }

    /// Says which state of the ledger the tables belong to from now on.
    pub fn set_state(&self, state: &KeptState) -> Kept<()> {
        self.run("DELETE FROM kept_state", [])?;
        self.run(
            "INSERT INTO kept_state (through, maker) VALUES (?1, ?2)",
            params![state.through, state.maker],
        )
    }

    /// The number of the newest reading; 0 when there is none.
    pub fn newest_reading(&self) -> Kept<ReadingId> {
        Ok(self
            .connection
            .query_row("SELECT coalesce(max(reading), 0) FROM readings", [], |row| row.get(0))?)
    }

    /// Readings after one, in their order.
    pub fn readings_after(&self, reading: ReadingId) -> Kept<Vec<ReadingRow>> {
        let take =
            |row: &Row<'_>| Ok(ReadingRow { reading: row.get(0)?, doc: row.get(1)?, version: row.get(2)? });
        self.list(
            "SELECT reading, doc, version FROM readings WHERE reading > ?1 ORDER BY reading",
            [reading],
            take,
        )
    }

    /// The latest readings of all documents.
    pub fn latest_readings(&self) -> Kept<Vec<ReadingRow>> {
        let take =
            |row: &Row<'_>| Ok(ReadingRow { reading: row.get(0)?, doc: row.get(1)?, version: row.get(2)? });
        self.list("SELECT reading, doc, version FROM latest_readings", [], take)
    }

    /// The latest reading of a document.
    pub fn reading_of(&self, doc: &str) -> Kept<Option<ReadingId>> {
        let sql = "SELECT reading FROM readings WHERE doc = ?1 ORDER BY version DESC LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.query_row([doc], |row| row.get(0)).optional()?)
    }

    /// The card of a reading, as JSON.
    pub fn card(&self, reading: ReadingId) -> Kept<String> {
        let sql = "SELECT card FROM readings WHERE reading = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([reading], |row| row.get(0))?)
    }

    /// What is kept of the documents of some readings, as JSON with the reading; nothing of those of which there is
    /// nothing to say.
    pub fn documents_of(&self, readings: &[ReadingId]) -> Kept<Vec<(ReadingId, String)>> {
        let sql = "SELECT d.reading, d.content FROM json_each(?1) AS wanted \
                   CROSS JOIN kept_documents AS d ON d.reading = wanted.value";
        let wanted = serde_json::to_string(readings)?;
        self.list(sql, [wanted], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The card of a reading, and what is kept of its document if anything is, both as JSON.
    pub fn card_and_document(&self, reading: ReadingId) -> Kept<(String, Option<String>)> {
        let sql = "SELECT r.card, d.content FROM readings AS r LEFT JOIN kept_documents AS d USING (reading) WHERE r.reading = ?1";
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(self.connection.prepare_cached(sql)?.query_row([reading], take)?)
    }

    /// The statements of a reading, in the order of the text.
    pub fn statements_of(&self, reading: ReadingId) -> Kept<Vec<Statement>> {
        let sql = "SELECT statement FROM statements WHERE reading = ?1 ORDER BY position";
        statements(self.list(sql, [reading], |row| row.get(0))?)
    }

    /// The statements between parties in the latest readings, as JSON with their readings; with `kinds`
    /// only those of the kinds named.
    pub fn statements_between(
        &self,
        parties: &str,
        kinds: Option<&[&str]>,
    ) -> Kept<Vec<(ReadingId, String)>> {
        // Reading by reading: one look for all that a document says between them.
        let sql = "SELECT s.reading, s.statement FROM \
                   (SELECT DISTINCT reading FROM statements WHERE parties = ?1 \
                    AND reading NOT IN (SELECT reading FROM superseded)) AS r \
                   CROSS JOIN statements AS s ON s.reading = r.reading \
                   WHERE +s.parties = ?1 AND (?2 IS NULL OR instr(?2, ',' || s.kind || ',') > 0)";
        let kinds = kinds.map(|kinds| format!(",{},", kinds.join(",")));
        self.list(sql, params![parties, kinds], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The statements of a reading as JSON, in the order of the text.
    pub fn raw_statements_of(&self, reading: ReadingId) -> Kept<Vec<String>> {
        let sql = "SELECT statement FROM statements WHERE reading = ?1 ORDER BY position";
        self.list(sql, [reading], |row| row.get(0))
    }

    /// Up to `limit` latest readings after one, in the order in which they were made, with their
    /// cards and statements: for going through a whole ledger without having it in memory.
    pub fn whole_readings_after(&self, reading: ReadingId, limit: u32) -> Kept<Vec<WholeReading>> {
        let sql = "SELECT reading, card FROM latest_readings WHERE reading > ?1 ORDER BY reading LIMIT ?2";
        let take = |row: &Row<'_>| {
            Ok(WholeReading { reading: row.get(0)?, card: row.get(1)?, statements: Vec::new() })
        };
        let mut readings = self.list(sql, params![reading, limit], take)?;
        let Some(last) = readings.last().map(|last| last.reading) else { return Ok(readings) };
        let sql = "SELECT reading, parties, statement FROM statements WHERE reading > ?1 AND reading <= ?2 \
                   ORDER BY reading, position";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([reading, last])?;
        let mut places = readings.iter_mut().peekable();
        while let Some(row) = rows.next()? {
            let of: ReadingId = row.get(0)?;
            while places.next_if(|place| place.reading < of).is_some() {}
            // Readings that were replaced have statements, too.
            if let Some(place) = places.peek_mut().filter(|place| place.reading == of) {
                place.statements.push((row.get(1)?, row.get(2)?));
            }
        }
        drop(places);
        Ok(readings)
    }

    /// The readings with statements between parties.
    pub fn readings_between(&self, parties: &str) -> Kept<Vec<ReadingId>> {
        let sql = "SELECT reading FROM statements WHERE parties = ?1 \
                   AND reading NOT IN (SELECT reading FROM superseded) \
                   UNION SELECT reading FROM kept_taken WHERE parties = ?1";
        self.list(sql, [parties], |row| row.get(0))
    }

    /// The parties that a reading has statements between, or that take one in.
    pub fn parties_of(&self, reading: ReadingId) -> Kept<Vec<String>> {
        let sql = "SELECT parties FROM statements WHERE reading = ?1 \
                   UNION SELECT parties FROM kept_taken WHERE reading = ?1";
        self.list(sql, [reading], |row| row.get(0))
    }

    /// Keeps a work between several parties under a word of its name; tells whether it is new.
    pub fn add_work(&self, word: u64, parties: &str, name: &str) -> Kept<bool> {
        let sql = "INSERT OR IGNORE INTO kept_works (word, parties, name) VALUES (?1, ?2, ?3)";
        Ok(self.connection.prepare_cached(sql)?.execute(params![word as i64, parties, name])? > 0)
    }

    /// The works under a word, with their parties.
    pub fn works_at(&self, word: u64) -> Kept<Vec<(String, String)>> {
        let sql = "SELECT parties, name FROM kept_works WHERE word = ?1";
        self.list(sql, [word as i64], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Keeps a statement of one country alone on a work, under a word of its name.
    pub fn add_lone(&self, word: u64, reading: ReadingId, statement: &str) -> Kept<()> {
        let sql = "INSERT OR IGNORE INTO kept_lone (word, reading, statement) VALUES (?1, ?2, ?3)";
        self.run(sql, params![word as i64, reading, statement])
    }

    /// The statements of one country alone under a word, with their readings.
    pub fn lone_at(&self, word: u64) -> Kept<Vec<(ReadingId, Statement)>> {
        let sql = "SELECT reading, statement FROM kept_lone WHERE word = ?1";
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let rows: Vec<(ReadingId, String)> = self.list(sql, [word as i64], take)?;
        rows.into_iter().map(|(reading, text)| Ok((reading, Statement::from_json(&text)?))).collect()
    }

    /// Keeps a statement as some parties take it in; tells whether it is new to them.
    pub fn add_taken(&self, parties: &str, reading: ReadingId, taken: &Statement) -> Kept<bool> {
        let sql =
            "INSERT OR IGNORE INTO kept_taken (parties, id, reading, statement) VALUES (?1, ?2, ?3, ?4)";
        let text = serde_json::to_string(taken)?;
        let mut insert = self.connection.prepare_cached(sql)?;
        Ok(insert.execute(params![parties, taken.id, reading, text])? > 0)
    }

    /// Whether any parties take a statement in.
    pub fn is_taken(&self, id: &str) -> Kept<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM kept_taken WHERE id = ?1)";
        Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// What some parties take in, as JSON with the readings, in the order of these.
    pub fn taken_by(&self, parties: &str) -> Kept<Vec<(ReadingId, String)>> {
        let sql = "SELECT reading, statement FROM kept_taken WHERE parties = ?1 ORDER BY reading, id";
        self.list(sql, [parties], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The ids of the statements between parties, in the latest readings.
    pub fn statement_ids_between(&self, parties: &str) -> Kept<Vec<String>> {
        let sql = "SELECT id FROM statements WHERE parties = ?1 \
                   AND reading NOT IN (SELECT reading FROM superseded) \
                   UNION SELECT id FROM kept_taken WHERE parties = ?1";
        self.list(sql, [parties], |row| row.get(0))
    }

    /// The documents with a statement between parties, in the latest readings.
    pub fn docs_between(&self, parties: &str) -> Kept<Vec<String>> {
        let sql = "SELECT doc FROM readings WHERE reading IN \
                   (SELECT reading FROM statements WHERE parties = ?1 \
                    UNION SELECT reading FROM kept_taken WHERE parties = ?1) \
                   AND reading NOT IN (SELECT reading FROM superseded)";
        self.list(sql, [parties], |row| row.get(0))
    }

    /// Keeps what a reading's copies are known by.
    pub fn add_profile(&self, reading: ReadingId, signature: u64, profile: &[u8]) -> Kept<()> {
        let sql = "INSERT INTO profiles (reading, signature, profile) VALUES (?1, ?2, ?3)";
        self.run(sql, params![reading, signature as i64, profile])
    }

    /// What a reading's copies are known by.
    pub fn profile(&self, reading: ReadingId) -> Kept<Option<Vec<u8>>> {
        let sql = "SELECT profile FROM profiles WHERE reading = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([reading], |row| row.get(0)).optional()?)
    }

    /// The readings with a signature.
    pub fn readings_signed(&self, signature: u64) -> Kept<Vec<ReadingId>> {
        let sql = "SELECT reading FROM profiles WHERE signature = ?1 ORDER BY reading";
        self.list(sql, [signature as i64], |row| row.get(0))
    }

    /// Keeps that a reading bears a mark that its copies share.
    pub fn add_mark(&self, mark: u64, reading: ReadingId) -> Kept<()> {
        self.run("INSERT INTO marks (mark, reading) VALUES (?1, ?2)", params![mark as i64, reading])
    }

    /// One reading for each signature among those with a mark.
    pub fn readings_marked(&self, mark: u64) -> Kept<Vec<ReadingId>> {
        let sql = "SELECT min(m.reading) FROM marks AS m JOIN profiles AS p USING (reading) WHERE m.mark = ?1 GROUP BY p.signature";
        self.list(sql, [mark as i64], |row| row.get(0))
    }

    /// Keeps a level that other parties may ask for, once.
    pub fn add_level(&self, level: u64, told: &str) -> Kept<()> {
        self.run("INSERT OR IGNORE INTO levels (level, told) VALUES (?1, ?2)", params![level as i64, told])
    }

    /// The levels under a key.
    pub fn levels_at(&self, level: u64) -> Kept<Vec<String>> {
        self.list("SELECT told FROM levels WHERE level = ?1", [level as i64], |row| row.get(0))
    }

    /// What parts asked for under the key of a level, with their parties.
    pub fn asks_at<T: DeserializeOwned>(&self, level: u64) -> Kept<Vec<(String, T)>> {
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let rows: Vec<(String, String)> =
            self.list("SELECT parties, ask FROM kept_asks WHERE level = ?1", [level as i64], take)?;
        rows.into_iter().map(|(parties, ask)| Ok((parties, serde_json::from_str(&ask)?))).collect()
    }

    /// The keys of the levels that a part asked for.
    pub fn asked_by(&self, parties: &str) -> Kept<Vec<u64>> {
        let sql = "SELECT DISTINCT level FROM kept_asks WHERE parties = ?1 ORDER BY level";
        self.list(sql, [parties], |row| Ok(row.get::<_, i64>(0)? as u64))
    }

    /// A part as it is kept.
    pub fn part<T: DeserializeOwned>(&self, parties: &str) -> Kept<Option<PartRow<T>>> {
        let sql = "SELECT made_on, until, content FROM kept_parts WHERE parties = ?1";
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?));
        let row = self.connection.prepare_cached(sql)?.query_row([parties], take).optional()?;
        row.map(|(made_on, until, content)| {
            Ok(PartRow { made_on, until, content: serde_json::from_str(&content)? })
        })
        .transpose()
    }

    /// The parties whose parts no longer say the same on a day, as ISO.
    pub fn parts_stale_on(&self, day: &str) -> Kept<Vec<String>> {
        self.list("SELECT parties FROM kept_parts WHERE until < ?1 OR made_on > ?1", [day], |row| row.get(0))
    }

    /// How many parts are kept.
    pub fn parts(&self) -> Kept<usize> {
        let count: i64 =
            self.connection.query_row("SELECT count(*) FROM kept_parts", [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The parties of each part, with the number of its entries.
    pub fn part_sizes(&self) -> Kept<Vec<(String, usize)>> {
        self.list("SELECT parties, ids FROM kept_parts", [], |row| {
            Ok((row.get(0)?, row.get_ref(1)?.as_str()?.split_ascii_whitespace().count()))
        })
    }

    /// Whole ids of entries that begin with a text; at most so many.
    pub fn ids_beginning(&self, start: &str, limit: usize) -> Kept<Vec<String>> {
        // Ids are of ASCII: no id that begins so sorts behind it.
        let end = format!("{start}\u{7f}");
        let sql = "SELECT id FROM kept_ids WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3";
        self.list(sql, params![start, end, limit as i64], |row| row.get(0))
    }

    /// The parties of the part that has the entry of a whole id.
    pub fn part_with(&self, id: &str) -> Kept<Option<String>> {
        let sql = "SELECT parties FROM kept_parts WHERE instr(' ' || ids || ' ', ' ' || ?1 || ' ') > 0";
        Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The parties that a statement of the latest readings is between.
    pub fn parties_of_statement(&self, id: &str) -> Kept<Option<String>> {
        let sql = "SELECT parties FROM statements WHERE id = ?1 \
                   AND reading NOT IN (SELECT reading FROM superseded)";
        Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The whole ids of a part's entries.
    pub fn part_ids(&self, parties: &str) -> Kept<Vec<String>> {
        let sql = "SELECT ids FROM kept_parts WHERE parties = ?1";
        let ids: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([parties], |row| row.get(0)).optional()?;
        Ok(ids.iter().flat_map(|ids| ids.split_whitespace()).map(str::to_owned).collect())
    }

    /// Keeps a part, with the whole ids of its entries and what it asked for under which keys.
    pub fn set_part<T: Serialize, A: Serialize>(
        &self,
        parties: &str,
        row: &PartRow<T>,
        ids: &[String],
        asked: &[(u64, A)],
    ) -> Kept<()> {
        let sql = "INSERT OR REPLACE INTO kept_parts (parties, made_on, until, content, ids) VALUES (?1, ?2, ?3, ?4, ?5)";
        let content = serde_json::to_string(&row.content)?;
        self.run(sql, params![parties, row.made_on, row.until, content, ids.join(" ")])?;
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let sql = "SELECT level, ask FROM kept_asks WHERE parties = ?1";
        let before: BTreeSet<(i64, String)> = self.list(sql, [parties], take)?.into_iter().collect();
        let asked = asked.iter().map(|(level, ask)| Ok((*level as i64, serde_json::to_string(ask)?)));
        let now: BTreeSet<(i64, String)> = asked.collect::<serde_json::Result<_>>()?;
        // Most of what was asked is asked again.
        for (level, ask) in before.difference(&now) {
            let sql = "DELETE FROM kept_asks WHERE level = ?1 AND parties = ?2 AND ask = ?3";
            self.run(sql, params![level, parties, ask])?;
        }
        for (level, ask) in now.difference(&before) {
            let sql = "INSERT INTO kept_asks (level, parties, ask) VALUES (?1, ?2, ?3)";
            self.run(sql, params![level, parties, ask])?;
        }
        Ok(())
    }

    /// Keeps what a part tells of a document, in place of what it told.
    pub fn set_hint<T: Serialize>(&self, doc: &str, parties: &str, hint: Option<&T>) -> Kept<()> {
        self.run("DELETE FROM kept_hints WHERE doc = ?1 AND parties = ?2", [doc, parties])?;
        let Some(hint) = hint else { return Ok(()) };
        let hint = serde_json::to_string(hint)?;
        self.run("INSERT INTO kept_hints (doc, parties, hint) VALUES (?1, ?2, ?3)", [doc, parties, &hint])
    }

    /// What parts tell of a document, with their parties.
    pub fn hints<T: DeserializeOwned>(&self, doc: &str) -> Kept<Vec<(String, T)>> {
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let rows: Vec<(String, String)> =
            self.list("SELECT parties, hint FROM kept_hints WHERE doc = ?1", [doc], take)?;
        rows.into_iter().map(|(parties, hint)| Ok((parties, serde_json::from_str(&hint)?))).collect()
    }

    /// What is kept of a reading's document; nothing when there is nothing to say of it.
    pub fn document<T: DeserializeOwned>(&self, reading: ReadingId) -> Kept<Option<DocumentRow<T>>> {
        let sql = "SELECT home, content FROM kept_documents WHERE reading = ?1";
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let row = self.connection.prepare_cached(sql)?.query_row([reading], take).optional()?;
        row.map(|(home, content)| Ok(DocumentRow { home, content: serde_json::from_str(&content)? }))
            .transpose()
    }

    /// Keeps what is to be said of a reading's document, or that there is nothing.
    pub fn set_document<T: Serialize>(&self, reading: ReadingId, row: Option<&DocumentRow<T>>) -> Kept<()> {
        let Some(row) = row else {
            return self.run("DELETE FROM kept_documents WHERE reading = ?1", [reading]);
        };
        let content = serde_json::to_string(&row.content)?;
        let sql = "INSERT OR REPLACE INTO kept_documents (reading, home, content) VALUES (?1, ?2, ?3)";
        self.run(sql, params![reading, row.home, content])
    }

    /// The document that names a reading's group of copies, when there is anything kept of the document.
    pub fn home(&self, reading: ReadingId) -> Kept<Option<String>> {
        let sql = "SELECT home FROM kept_documents WHERE reading = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([reading], |row| row.get(0)).optional()?)
    }

    /// The readings whose documents have a home.
    pub fn readings_at_home(&self, home: &str) -> Kept<Vec<ReadingId>> {
        self.list("SELECT reading FROM kept_documents WHERE home = ?1 ORDER BY reading", [home], |row| {
            row.get(0)
        })
    }

    /// Keeps what is to be said of the copies of a home, or that there is nothing.
    pub fn set_copies<T: Serialize>(&self, home: &str, finding: Option<&T>) -> Kept<()> {
        self.run("DELETE FROM kept_copies WHERE home = ?1", [home])?;
        let Some(finding) = finding else { return Ok(()) };
        let finding = serde_json::to_string(finding)?;
        self.run("INSERT INTO kept_copies (home, finding) VALUES (?1, ?2)", [home, &finding])
    }

    /// Keeps or drops a whole id.
    pub fn set_id(&self, id: &str, kept: bool) -> Kept<()> {
        let sql = if kept {
            "INSERT OR IGNORE INTO kept_ids (id) VALUES (?1)"
        } else {
            "DELETE FROM kept_ids WHERE id = ?1"
        };
        self.run(sql, [id])
    }

    /// The whole ids just before and just behind one.
    pub fn neighbours(&self, id: &str) -> Kept<(Option<String>, Option<String>)> {
        let one = |sql: &str| -> Kept<Option<String>> {
            Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
        };
        let before = one("SELECT id FROM kept_ids WHERE id < ?1 ORDER BY id DESC LIMIT 1")?;
        Ok((before, one("SELECT id FROM kept_ids WHERE id > ?1 ORDER BY id LIMIT 1")?))
    }

    /// Everything that is kept, each row as a table's name and its JSON, in a settled order: for holding two ledgers against
    /// one another. What a row is packed to is left out.
    pub fn dump(&self) -> Kept<Vec<(String, String)>> {
        let sql = "SELECT 'parts', json_array(parties, until, content, ids) FROM kept_parts \
            UNION ALL SELECT 'packs', json_array(parties, first, readings, size) FROM kept_packs \
            UNION ALL SELECT 'asks', json_array(level, parties, ask) FROM kept_asks \
            UNION ALL SELECT 'hints', json_array(doc, parties, hint) FROM kept_hints \
            UNION ALL SELECT 'documents', json_array(reading, home, content) FROM kept_documents \
            UNION ALL SELECT 'copies', json_array(home, finding) FROM kept_copies \
            UNION ALL SELECT 'ids', id FROM kept_ids \
            UNION ALL SELECT 'works', json_array(word, parties, name) FROM kept_works \
            UNION ALL SELECT 'lone', json_array(word, reading, statement) FROM kept_lone \
            UNION ALL SELECT 'taken', json_array(parties, id, reading) FROM kept_taken \
            UNION ALL SELECT 'levels', json_array(level, told) FROM levels \
            UNION ALL SELECT 'marks', json_array(mark, reading) FROM marks \
            UNION ALL SELECT 'profiles', json_array(reading, signature) FROM profiles ORDER BY 1, 2";
        self.list(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Everything that is to be said: the contents of parts with their parties, of documents, and about
    /// copies.
    pub fn contents<P: DeserializeOwned, D: DeserializeOwned, C: DeserializeOwned>(
        &self,
    ) -> Kept<Contents<P, D, C>> {
        let column = |sql: &str| self.list(sql, [], |row| row.get::<_, String>(0));
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let parts: Vec<(String, String)> = self.list("SELECT parties, content FROM kept_parts", [], take)?;
        let part = |(parties, text): (String, String)| Ok((parties, serde_json::from_str(&text)?));
        Ok((
            parts.into_iter().map(part).collect::<Kept<_>>()?,
            parse(column("SELECT content FROM kept_documents")?)?,
            parse(column("SELECT finding FROM kept_copies")?)?,
        ))
    }
}

fn parse<T: DeserializeOwned>(texts: Vec<String>) -> Kept<Vec<T>> {
    texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
}

fn statements(texts: Vec<String>) -> Kept<Vec<Statement>> {
    texts.iter().map(|text| Ok(Statement::from_json(text)?)).collect()
}
