//! Checks and slow reference twins for tests.
