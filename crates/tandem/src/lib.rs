//! The facade: pipeline, ledger, queries.
