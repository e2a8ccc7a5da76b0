//! Opening, appending and reading back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use tandem_model::record::Decision;
use tandem_model::{Article, DocumentCard, Statement, content_hash};

use crate::error::{Cause, StoreError};
use crate::originals::{self, Fetch, Original, StoredOriginal};
use crate::schema;

/// How long to wait for another process before giving up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Memory for pages of the file, at most.
const CACHE_KIB: i64 = 32 * 1024;

/// Whether a missing ledger is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Make the file when there is none.
    Create,
    /// The file must exist.
    Existing,
}

/// One document as it was read, about to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewReading<'a> {
    /// The article, under its final id.
    pub article: &'a Article,
    /// Where it was read from.
    pub origin: &'a str,
    /// Version of the program and the rules.
    pub extractor: &'a str,
    /// What the record needs to know of it.
    pub card: &'a DocumentCard,
    /// Its statements in the order of the text.
    pub statements: &'a [Statement],
    /// What it was read from, when that is to be kept.
    pub original: Option<Original<'a>>,
    /// The version of the document that the caller saw in the ledger, 0 for none: if it is another by
    /// now, someone else is writing, and the id may no longer be right.
    pub after_version: u32,
}

/// What became of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// The document was not in the ledger.
    New,
    /// The document, or the program that reads it, had changed; the version it has now.
    Revised(u32),
    /// The ledger held just this already.
    Unchanged,
}

/// What the ledger knows of the latest reading of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The document's id.
    pub doc: String,
    /// Its version, from 1.
    pub version: u32,
    /// See [`content_key`].
    pub content: String,
    /// Where it was read from.
    pub origin: String,
    /// What read it.
    pub extractor: String,
}

/// How much is in a ledger (latest readings).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: u32,
    /// Their statements.
    pub statements: u32,
    /// Decisions of people.
    pub decisions: u32,
}

/// Hash of an article's text and of what its carrier says, but not of its id: two articles with one
/// key are one article.
pub fn content_key(article: &Article) -> String {
    let Article { id: _, sha256, url, published, published_about, publisher, lang, title, text: _ } = article;
    let key = serde_json::json!([sha256, url, published, published_about, publisher, lang, title]);
    content_hash(key.to_string().as_bytes())
}

/// An open ledger.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens a ledger, brings it to the latest schema, and makes it if the mode says so.
    ///
    /// # Errors
    /// When there is no such file ([`OpenMode::Existing`]), it is no ledger, is newer than this
    /// program, or cannot be opened.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        Self::try_open(path, mode).map_err(|cause| StoreError::new(path, cause))
    }

    fn try_open(path: &Path, mode: OpenMode) -> Result<Self, Cause> {
        if path.is_dir() {
            return Err(Cause::Folder);
        }
        if mode == OpenMode::Existing && !path.exists() {
            return Err(Cause::Missing);
        }
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags.set(OpenFlags::SQLITE_OPEN_CREATE, mode == OpenMode::Create);
        let connection = Connection::open_with_flags(path, flags)?;
        Self::with(connection, path)
    }

    /// A ledger in memory, gone when dropped.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = Path::new(":memory:");
        Connection::open_in_memory()
            .map_err(Cause::from)
            .and_then(|connection| Self::with(connection, path))
            .map_err(|cause| StoreError::new(path, cause))
    }

    fn with(mut connection: Connection, path: &Path) -> Result<Self, Cause> {
        connection.busy_timeout(PATIENCE)?;
        schema::prepare(&mut connection)?;
        // WAL: readers never wait for a writer, and a commit needs no sync of the whole file. NORMAL
        // survives the death of the process; only a power cut can cost the last commits.
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "normal")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What one part of a large record is made from lies on some thousand pages.
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// How long to wait for another process; 5 seconds unless told.
    ///
    /// # Errors
    /// Never in practice; SQLite's own complaint is passed on.
    pub fn set_patience(&self, patience: Duration) -> Result<(), StoreError> {
        self.connection.busy_timeout(patience).map_err(|error| self.explain(error))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    pub(crate) fn explain(&self, cause: impl Into<Cause>) -> StoreError {
        StoreError::new(&self.path, cause.into())
    }

    /// Writes a reading down in one transaction: all of it or nothing.
    ///
    /// # Errors
    /// When the ledger cannot be written, or another process holds it.
    pub fn append(&mut self, reading: &NewReading<'_>) -> Result<Appended, StoreError> {
        self.try_append(reading).map_err(|cause| StoreError::new(&self.path, cause))
    }

    fn try_append(&mut self, reading: &NewReading<'_>) -> Result<Appended, Cause> {
        let content = content_key(reading.article);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = known(&transaction, &reading.article.id)?;
        if known
            .as_ref()
            .is_some_and(|known| known.content == content && known.extractor == reading.extractor)
        {
            return Ok(Appended::Unchanged);
        }
        let version = known.map_or(1, |known| known.version + 1);
        if version != reading.after_version + 1 {
            return Err(Cause::Changed(reading.article.id.clone()));
        }
        if version > 1 {
            let sql = "INSERT INTO superseded SELECT reading FROM readings WHERE doc = ?1 AND version = ?2";
            transaction.prepare_cached(sql)?.execute(params![reading.article.id, version - 1])?;
        }
        let row = insert_reading(&transaction, reading, &content, version)?;
        insert_statements(&transaction, row, reading.statements)?;
        if let Some(original) = &reading.original {
            originals::insert(&transaction, row, original, reading.article)?;
        }
        transaction.commit()?;
        Ok(if version == 1 { Appended::New } else { Appended::Revised(version) })
    }

    /// What is known of a document.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn known(&self, doc: &str) -> Result<Option<Known>, StoreError> {
        known(&self.connection, doc).map_err(|error| self.explain(error))
    }

    /// The documents whose latest reading came from `origin`, by id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn known_from(&self, origin: &str) -> Result<Vec<Known>, StoreError> {
        let sql = "SELECT doc, version, content, origin, extractor FROM latest_readings WHERE origin = ?1 ORDER BY doc";
        self.rows(sql, [origin], known_row)
    }

    /// The cards of all documents, by id.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn cards(&self) -> Result<Vec<DocumentCard>, StoreError> {
        self.json_rows("SELECT card FROM latest_readings ORDER BY doc", |text| serde_json::from_str(text))
    }

    /// The statements of all documents, by document and place in the text; the order in which the
    /// documents came in plays no part.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn statements(&self) -> Result<Vec<Statement>, StoreError> {
        self.json_rows("SELECT statement FROM latest_statements ORDER BY doc, position", Statement::from_json)
    }

    /// The article of a document, text included.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn article(&self, doc: &str) -> Result<Option<Article>, StoreError> {
        let sql = "SELECT article, text FROM latest_readings JOIN texts USING (sha256) WHERE doc = ?1";
        let row = self
            .connection
            .query_row(sql, [doc], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .optional()
            .map_err(|error| self.explain(error))?;
        row.map(|(article, text)| {
            serde_json::from_str::<Article>(&article)
                .map(|article| Article { text, ..article })
                .map_err(|error| self.explain(error))
        })
        .transpose()
    }

    /// Looks at the texts of all documents, in the order of their ids; the card of one is read where `wants` says of its text that
    /// it is worth it, and handed to `take` with the text.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn each_text(
        &self,
        wants: impl Fn(&str) -> bool,
        mut take: impl FnMut(DocumentCard, &str),
    ) -> Result<(), StoreError> {
        let sql = "SELECT text, card FROM latest_readings JOIN texts USING (sha256) ORDER BY doc";
        let mut read = || -> Result<(), Cause> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                if wants(text) {
                    let card = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                    take(serde_json::from_str(card)?, text);
                }
            }
            Ok(())
        };
        read().map_err(|error| self.explain(error))
    }

    /// The statements with these ids, in this order, each with its document's card; those that are not there are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn told(&self, ids: &[String]) -> Result<Vec<(Statement, DocumentCard)>, StoreError> {
        let sql = "SELECT s.statement, r.card FROM latest_statements AS s JOIN readings AS r USING (reading) \
                   WHERE s.id = ?1 LIMIT 1";
        let read = || -> Result<Vec<(Statement, DocumentCard)>, Cause> {
            let mut query = self.connection.prepare_cached(sql)?;
            let mut found = Vec::new();
            for id in ids {
                let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
                if let Some((statement, card)) = query.query_row([id], row).optional()? {
                    found.push((Statement::from_json(&statement)?, serde_json::from_str(&card)?));
                }
            }
            Ok(found)
        };
        read().map_err(|error| self.explain(error))
    }

    /// What the latest reading of a document was made from.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn original(&self, doc: &str) -> Result<Option<StoredOriginal>, StoreError> {
        originals::find(&self.connection, doc).map_err(|error| self.explain(error))
    }

    /// What the server said of an address when it was last fetched.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn last_fetch(&self, address: &str) -> Result<Option<Fetch>, StoreError> {
        originals::last_fetch(&self.connection, address).map_err(|error| self.explain(error))
    }

    /// Writes down that an address was fetched.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn note_fetch(&mut self, address: &str, fetch: &Fetch) -> Result<(), StoreError> {
        originals::note_fetch(&self.connection, address, fetch).map_err(|error| self.explain(error))
    }

    /// How much is in the ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        // Everything less what was replaced: whole tables are counted fast.
        let sql = "SELECT (SELECT count(*) FROM readings) - (SELECT count(*) FROM superseded), \
                   (SELECT count(*) FROM statements) \
                   - (SELECT count(*) FROM superseded JOIN statements USING (reading)), \
                   (SELECT count(*) FROM decisions)";
        let counts = self.connection.query_row(sql, [], |row| {
            Ok(Counts { documents: row.get(0)?, statements: row.get(1)?, decisions: row.get(2)? })
        });
        counts.map_err(|error| self.explain(error))
    }

    /// Adds a person's decision.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn decide(&mut self, decision: &Decision) -> Result<(), StoreError> {
        let content = serde_json::to_string(decision).map_err(|error| self.explain(error))?;
        let sql = "INSERT INTO decisions (content) VALUES (?1)";
        self.connection.execute(sql, [content]).map(|_| ()).map_err(|error| self.explain(error))
    }

    /// The decisions in the order in which they were made.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        self.json_rows("SELECT content FROM decisions ORDER BY decision", |text| serde_json::from_str(text))
    }

    fn json_rows<T>(
        &self,
        sql: &str,
        parse: impl Fn(&str) -> serde_json::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        // Row by row, so that the texts are not in memory beside what is made of them.
        let read = || -> Result<Vec<T>, Cause> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(parse(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
            }
            Ok(all)
        };
        read().map_err(|error| self.explain(error))
    }

    fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let read = || -> rusqlite::Result<Vec<T>> {
            self.connection.prepare_cached(sql)?.query_map(params, take)?.collect()
        };
        read().map_err(|error| self.explain(error))
    }
}

fn known(connection: &Connection, doc: &str) -> rusqlite::Result<Option<Known>> {
    let sql = "SELECT doc, version, content, origin, extractor FROM readings WHERE doc = ?1 ORDER BY version DESC LIMIT 1";
    connection.prepare_cached(sql)?.query_row([doc], known_row).optional()
}

fn known_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        doc: row.get(0)?,
        version: row.get(1)?,
        content: row.get(2)?,
        origin: row.get(3)?,
        extractor: row.get(4)?,
    })
}

fn insert_reading(
    connection: &Connection,
    reading: &NewReading<'_>,
    content: &str,
    version: u32,
) -> Result<i64, Cause> {
    let article = reading.article;
    let sql = "INSERT INTO texts (sha256, text) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING";
    connection.prepare_cached(sql)?.execute([&article.sha256, &article.text])?;
    let sql = "INSERT INTO readings (doc, version, content, origin, extractor, sha256, article, card) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    connection.prepare_cached(sql)?.execute(params![
        article.id,
        version,
        content,
        reading.origin,
        reading.extractor,
        article.sha256,
        without_text(article)?,
        serde_json::to_string(reading.card)?,
    ])?;
    Ok(connection.last_insert_rowid())
}

/// The article as JSON with an empty text: the text has a row of its own, and may be large.
fn without_text(article: &Article) -> serde_json::Result<String> {
    let Article { id, sha256, url, published, published_about, publisher, lang, title, text: _ } = article;
    let bare = serde_json::json!({
        "id": id, "sha256": sha256, "url": url, "published": published, "published_about": published_about,
        "published_about": published_about, "publisher": publisher, "lang": lang,
        "title": title, "text": "",
    });
    serde_json::to_string(&bare)
}

fn insert_statements(connection: &Connection, reading: i64, statements: &[Statement]) -> Result<(), Cause> {
    let sql = "INSERT INTO statements (reading, position, id, kind, parties, first, past, statement) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let mut insert = connection.prepare_cached(sql)?;
    for (position, statement) in statements.iter().enumerate() {
        insert.execute(params![
            reading,
            position as i64,
            statement.id,
            statement.kind().word(),
            statement.parties.join(","),
            statement.evidence.start as i64,
            statement.evidence.end as i64,
            serde_json::to_string(statement)?,
        ])?;
    }
    Ok(())
}
