//! The tables, as a list of migrations; a shipped migration is never changed, only followed by another.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::Cause;

/// Marks the file as a Tandem ledger ("TNDM"), for us and for `file(1)`.
const APPLICATION_ID: i64 = 0x544e_444d;

const FIRST: &str = r"
CREATE TABLE texts (
    sha256 TEXT NOT NULL UNIQUE,
    text   TEXT NOT NULL
) STRICT;

-- One row for each time that a document came in new or changed; the highest version counts.
CREATE TABLE readings (
    reading   INTEGER PRIMARY KEY,
    doc       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    content   TEXT NOT NULL,           -- hash of the text and of what the carrier says of it
    origin    TEXT NOT NULL,           -- where it was read from
    extractor TEXT NOT NULL,           -- version of program and rules that read it
    sha256    TEXT NOT NULL REFERENCES texts (sha256),
    article   TEXT NOT NULL,           -- JSON of the article without its text
    card      TEXT NOT NULL,           -- JSON of the document's card
    UNIQUE (doc, version)
) STRICT;
CREATE INDEX readings_origin ON readings (origin);

CREATE TABLE statements (
    reading   INTEGER NOT NULL REFERENCES readings (reading),
    position  INTEGER NOT NULL,
    id        TEXT NOT NULL,
    kind      TEXT NOT NULL,
    parties   TEXT NOT NULL,           -- codes with commas between
    first     INTEGER NOT NULL,        -- evidence: first byte
    past      INTEGER NOT NULL,        -- evidence: first byte after it
    statement TEXT NOT NULL,           -- JSON, as `tandem extract` writes it
    PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_id ON statements (id);

CREATE TABLE decisions (
    decision INTEGER PRIMARY KEY,
    content  TEXT NOT NULL             -- JSON: what was decided on which pair, by whom, when and why
) STRICT;

CREATE VIEW latest_readings AS
    SELECT * FROM readings AS r
    WHERE version = (SELECT max(version) FROM readings WHERE doc = r.doc);

CREATE VIEW latest_statements AS
    SELECT r.doc, s.* FROM latest_readings AS r JOIN statements AS s USING (reading);
";

/// What documents were read from, and what was asked of the network.
const SECOND: &str = r"
CREATE TABLE originals (
    sha256 TEXT NOT NULL UNIQUE,       -- of the bytes themselves
    media  TEXT NOT NULL,
    size   INTEGER NOT NULL,
    packed BLOB NOT NULL               -- zlib; empty when the bytes are those of the text of the same hash
) STRICT;

CREATE TABLE reading_originals (
    reading INTEGER PRIMARY KEY REFERENCES readings (reading),
    sha256  TEXT NOT NULL REFERENCES originals (sha256)
) STRICT;

-- One row for each answer that a server gave to `watch`; the latest of an address counts.
CREATE TABLE fetches (
    fetch         INTEGER PRIMARY KEY,
    address       TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT
) STRICT;
CREATE INDEX fetches_address ON fetches (address);
";

/// What follows from the readings and is kept so that it need not be made anew; see `kept`.
const THIRD: &str = r"
CREATE INDEX statements_parties ON statements (parties);

-- Readings that a later one of the same document replaced.
CREATE TABLE superseded (reading INTEGER PRIMARY KEY) STRICT;
INSERT INTO superseded
    SELECT reading FROM readings AS r WHERE version < (SELECT max(version) FROM readings WHERE doc = r.doc);

-- As before, but without a look at every version of every document.
DROP VIEW latest_statements;
DROP VIEW latest_readings;
CREATE VIEW latest_readings AS
    SELECT * FROM readings WHERE reading NOT IN (SELECT reading FROM superseded);
CREATE VIEW latest_statements AS
    SELECT r.doc, s.* FROM latest_readings AS r JOIN statements AS s USING (reading);

CREATE TABLE kept_state (
    through INTEGER NOT NULL,          -- the last reading that is known
    maker   TEXT NOT NULL              -- version of the program
) STRICT;

-- The index of near-duplicates: bands of MinHash sketches and long quotes.
CREATE TABLE marks (
    mark    INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    PRIMARY KEY (mark, reading)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
    reading   INTEGER PRIMARY KEY,
    signature INTEGER NOT NULL,        -- equal for documents that no comparison could tell apart
    profile   BLOB NOT NULL
) STRICT;
CREATE INDEX profiles_signature ON profiles (signature);

-- Levels by indicator, days and party, hashed; and the parts that asked for one.
CREATE TABLE levels (
    level    INTEGER NOT NULL,
    reading  INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (level, reading, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_asks (
    level   INTEGER NOT NULL,
    parties TEXT NOT NULL,
    PRIMARY KEY (level, parties)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_asks_parties ON kept_asks (parties);

CREATE TABLE kept_parts (
    parties TEXT PRIMARY KEY,
    made_on TEXT NOT NULL,
    until   TEXT NOT NULL,             -- the last day on which it still says the same
    content TEXT NOT NULL,             -- JSON
    ids     TEXT NOT NULL              -- of its entries, parted by spaces
) STRICT;

CREATE TABLE kept_hints (
    doc     TEXT NOT NULL,
    parties TEXT NOT NULL,             -- the part that tells it
    hint    TEXT NOT NULL,             -- JSON
    PRIMARY KEY (doc, parties)
) STRICT, WITHOUT ROWID;

-- Documents that there is something to say of.
CREATE TABLE kept_documents (
    reading INTEGER PRIMARY KEY,
    home    TEXT NOT NULL,             -- the document that names its group of copies
    content TEXT NOT NULL              -- JSON
) STRICT;
CREATE INDEX kept_documents_home ON kept_documents (home);

CREATE TABLE kept_copies (
    home    TEXT PRIMARY KEY,
    finding TEXT NOT NULL              -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_ids (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
";

/// What parts asked for, with the question itself.
const FOURTH: &str = r"
DROP TABLE kept_asks;
CREATE TABLE kept_asks (
    level   INTEGER NOT NULL,
    parties TEXT NOT NULL,
    ask     TEXT NOT NULL,             -- JSON
    PRIMARY KEY (level, parties, ask)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_asks_parties ON kept_asks (parties);

-- Each level once, however many documents give it.
DROP TABLE levels;
CREATE TABLE levels (
    level INTEGER NOT NULL,
    told  TEXT NOT NULL,               -- between whom, in what unit, between which numbers
    PRIMARY KEY (level, told)
) STRICT, WITHOUT ROWID;
DELETE FROM kept_state;
";

/// What parts are made from, side by side.
const FIFTH: &str = r"
-- The cards and statements of some dozens of readings a row; see `packs`.
CREATE TABLE kept_packs (
    parties  TEXT NOT NULL,
    first    INTEGER NOT NULL,         -- its first reading
    readings INTEGER NOT NULL,         -- how many there are in it
    size     INTEGER NOT NULL,         -- bytes when unpacked
    packed   BLOB NOT NULL,            -- zlib
    PRIMARY KEY (parties, first)
) STRICT;
-- Found without a look at what parts say.
CREATE INDEX kept_parts_days ON kept_parts (until, made_on, parties);
DELETE FROM kept_state;
";

/// What one country's reports tell of works that are known between several.
const SIXTH: &str = r"
-- Works between several parties, by the proper words of their names, hashed.
CREATE TABLE kept_works (
    word    INTEGER NOT NULL,
    parties TEXT NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (word, parties, name)
) STRICT, WITHOUT ROWID;

-- Statements of one country alone on works, by the same words.
CREATE TABLE kept_lone (
    word      INTEGER NOT NULL,
    reading   INTEGER NOT NULL,
    statement TEXT NOT NULL,           -- JSON
    PRIMARY KEY (word, reading, statement)
) STRICT, WITHOUT ROWID;

-- Those of them that parties take in, with these parties.
CREATE TABLE kept_taken (
    parties   TEXT NOT NULL,
    id        TEXT NOT NULL,
    reading   INTEGER NOT NULL,
    statement TEXT NOT NULL,           -- JSON
    PRIMARY KEY (parties, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_taken_reading ON kept_taken (reading);
CREATE INDEX kept_taken_id ON kept_taken (id);
DELETE FROM kept_state;
";

/// The tables that follow from the readings, and what says which readings count.
pub(crate) const FOLLOWING: [&str; 17] = [
    "superseded",
    "latest_readings",
    "latest_statements",
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

/// The tables of each step whose rows are never changed.
const APPEND_ONLY: [&str; 4] = ["texts", "readings", "statements", "decisions"];
const APPEND_ONLY_TOO: [&str; 3] = ["originals", "reading_originals", "fetches"];

fn guards(tables: &[&str]) -> String {
    let guard = |table: &str, act: &str| {
        format!(
            "CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} \
             BEGIN SELECT raise(ABORT, 'the ledger is append-only: add a row instead'); END;"
        )
    };
    tables.iter().flat_map(|table| ["update", "delete"].map(|act| guard(table, act))).collect()
}

/// Brings a file to the latest schema; a file that is no ledger is left as it is.
pub(crate) fn prepare(connection: &mut Connection) -> Result<(), Cause> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let fresh = application == 0 && version == 0 && tables == 0;
    if !fresh && application != APPLICATION_ID {
        return Err(Cause::Foreign);
    }
    let first = format!("PRAGMA application_id = {APPLICATION_ID};{FIRST}{}", guards(&APPEND_ONLY));
    let second = format!("{SECOND}{}", guards(&APPEND_ONLY_TOO));
    let steps = [M::up(&first), M::up(&second), M::up(THIRD), M::up(FOURTH), M::up(FIFTH), M::up(SIXTH)];
    if version > steps.len() as i64 {
        return Err(Cause::Newer { found: version, known: steps.len() });
    }
    Migrations::from_slice(&steps).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => Cause::Other(other.to_string()),
    })
}
