//! Views of the record.
