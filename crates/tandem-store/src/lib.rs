//! The ledger in SQLite; the only SQL.
