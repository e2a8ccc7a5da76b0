//! How documents are read.

use std::fmt;
use std::sync::Arc;

use crate::pdf::pdf_on_a_thread;
use crate::{Limits, PdfReader};

/// How documents are read.
#[derive(Clone)]
pub struct Options {
    /// How much one file may hold.
    pub limits: Limits,
    /// Whether `X.meta.json` describes its neighbour `X.txt`.
    pub sidecars: bool,
    /// The column of tables, or the field of JSON, that holds the text; found by its name when `None`.
    pub text_column: Option<String>,
    /// What takes the text out of a PDF; see [`crate::pdf_on_a_thread`] for what the default survives.
    pub pdf: PdfReader,
}

impl Default for Options {
    fn default() -> Self {
        Self { limits: Limits::default(), sidecars: true, text_column: None, pdf: Arc::new(pdf_on_a_thread) }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limits, sidecars, text_column, pdf: _ } = self;
        f.debug_struct("Options")
            .field("limits", limits)
            .field("sidecars", sidecars)
            .field("text_column", text_column)
            .finish_non_exhaustive()
    }
}
