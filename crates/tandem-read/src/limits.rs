//! How much a reader may take in and give out.
//!
//! Files come from anywhere, so each bound has a default that no honest file meets and that an
//! analyst can raise. A compressed file is bounded by what it unpacks to in proportion to its own
//! size, not by a fixed number: an honest archive may hold gigabytes, a bomb of a megabyte may not.

use std::cell::Cell;
use std::io::{self, Read};

use tandem_model::Diagnostic;

use crate::human_size;

/// What bounds the reading of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest size of one document (a text, a page, a PDF, one line of JSONL, one record of an
    /// archive), in bytes; 64 MiB unless told otherwise: the largest single press release is a
    /// hundredth of it, and a text of that size still fits in memory several times over.
    pub document_bytes: u64,
    /// How many times its own size a compressed file may unpack to, all levels together, once that
    /// is more than one document may hold; 200 unless told otherwise. Text shrinks five- to tenfold.
    pub expansion: u64,
    /// How deep archives may lie in one another; 4 unless told otherwise.
    pub nesting: u32,
    /// Largest archive inside another one that must be held in memory to be read (a ZIP in a ZIP), in
    /// bytes; 256 MiB unless told otherwise.
    pub nested_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: 64 << 20, expansion: 200, nesting: 4, nested_bytes: 256 << 20 }
    }
}

impl Limits {
    /// The complaint about something that is too large.
    pub fn refusal(&self, place: &str, bytes: u64) -> Diagnostic {
        let message = format!(
            "holds {}, more than the {} that one document may hold (split it, or allow more with --max-size)",
            human_size(bytes),
            human_size(self.document_bytes)
        );
        Diagnostic { place: place.to_owned(), message }
    }

    /// The complaint about something of unknown size that goes on after the limit.
    pub(crate) fn too_large(&self) -> String {
        format!(
            "is too large: more than {}, which one document may hold (split it, or allow more with --max-size)",
            human_size(self.document_bytes)
        )
    }
}

/// What one file has been unpacked to so far, over all levels.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Bytes of the file itself, as far as they are known.
    taken: Cell<u64>,
    /// Bytes that came out of decompression.
    made: Cell<u64>,
    slack: u64,
    expansion: u64,
}

impl Budget {
    /// For a file of `length` bytes; 0 for a stream, whose bytes are counted as they come.
    pub(crate) fn new(length: u64, limits: &Limits) -> Self {
        Self {
            taken: Cell::new(length),
            made: Cell::new(0),
            slack: limits.document_bytes.saturating_mul(2),
            expansion: limits.expansion,
        }
    }

    fn make(&self, bytes: usize) -> io::Result<()> {
        let made = self.made.get() + bytes as u64;
        self.made.set(made);
        let allowed = self.taken.get().saturating_mul(self.expansion).max(self.slack);
        if made <= allowed {
            return Ok(());
        }
        Err(io::Error::other(format!(
            "it unpacks to more than {} times its size, as decompression bombs do (allow more with --max-expansion)",
            self.expansion
        )))
    }
}

/// Counts what is read from the file itself.
pub(crate) struct Taken<'b, R> {
    pub(crate) inner: R,
    pub(crate) budget: &'b Budget,
}

impl<R: Read> Read for Taken<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.budget.taken.set(self.budget.taken.get() + count as u64);
        Ok(count)
    }
}

/// Counts what comes out of decompression, and ends it when it is too much.
pub(crate) struct Made<'b, R> {
    pub(crate) inner: R,
    pub(crate) budget: &'b Budget,
}

impl<R: Read> Read for Made<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.budget.make(count)?;
        Ok(count)
    }
}
