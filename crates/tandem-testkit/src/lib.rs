//! Checks and slow reference twins for tests.
//!
//! A twin does the same as fast code of another crate in the most obvious way; tests run both on the
//! same input and compare. Nothing here is fast, and nothing here shares code with what it checks.
//! [`archive`] makes ledgers of any size, for measuring and for properties.

pub mod archive;
pub mod reference;
