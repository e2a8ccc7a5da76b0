//! Names and word classes, matched in one pass.
