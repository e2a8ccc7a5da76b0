//! The ledger on disk: one SQLite file, append-only, and the only place that knows SQL.
//!
//! A *reading* is one document as it was read once: its text, what its carrier says, its card and its
//! statements, written in one transaction. Reading a changed document again adds a reading with the
//! next version number; the old one stays, and everything that is read back comes from the latest.
//! Triggers refuse every `UPDATE` and `DELETE`, so that not even a mistake here can rewrite history.
//!
//! Rows hold the statement as JSON beside the few columns that are searched. Refused alternative: a
//! column for each field of the eight kinds, which would need a migration for each new field and
//! still give back the same JSON.

mod error;
mod kept;
mod originals;
mod packs;
mod schema;
mod store;

pub use error::StoreError;
pub use kept::{
    Contents, DocumentRow, KeptError, KeptState, KeptTables, PartRow, ReadingId, ReadingRow, WholeReading,
};
pub use originals::{Fetch, Original, StoredOriginal};
pub use packs::{Pack, PackedReading, Unpacked};
pub use store::{Appended, Counts, Known, NewReading, OpenMode, Store, content_key};
