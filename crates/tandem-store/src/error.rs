//! Why a ledger could not be opened, read or written, in words for a person.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Something is wrong with the ledger file; the message names it and says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct StoreError {
    path: PathBuf,
    cause: Cause,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("there is no ledger here (make one: tandem read FOLDER, or name another with --ledger FILE)")]
    Missing,
    #[error("is a folder, not a ledger (name a file with --ledger FILE)")]
    Folder,
    #[error("is not a Tandem ledger, and was left as it is (name another file with --ledger FILE)")]
    Foreign,
    #[error(
        "was written by a newer version of Tandem (its schema is {found}, this program knows up to {known}; update the program)"
    )]
    Newer { found: i64, known: usize },
    #[error("is in use by another process (wait until it is done, then run again)")]
    Busy,
    #[error("another process changed document {0} in the ledger at the same time (run again)")]
    Changed(String),
    #[error("cannot be opened (does its folder exist, and may you write there?)")]
    CannotOpen,
    #[error("may not be written to (check its permissions, or copy it)")]
    ReadOnly,
    #[error("the disk is full (make room and run again; what was committed is safe)")]
    Full,
    #[error("is damaged: {0} (restore a copy, or read the documents into a new ledger)")]
    Damaged(String),
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    pub(crate) fn new(path: &Path, cause: Cause) -> Self {
        Self { path: path.to_owned(), cause }
    }

    /// Whether the ledger does not exist: a wrong name rather than a broken file.
    pub fn is_missing(&self) -> bool {
        matches!(self.cause, Cause::Missing)
    }

    /// Whether another process holds the ledger.
    pub fn is_busy(&self) -> bool {
        matches!(self.cause, Cause::Busy | Cause::Changed(_))
    }
}

impl From<rusqlite::Error> for Cause {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::CannotOpen,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Cause {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
