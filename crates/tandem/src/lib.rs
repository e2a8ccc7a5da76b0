//! Tandem as a library: read documents, keep the ledger, ask it.
//!
//! This is the only interface that is promised to be stable. A [`Pipeline`] turns articles into
//! statements; a [`Ledger`] keeps them in one file; a [`Query`] says which part of the record is
//! wanted, as of which day. Nothing here prints, reads the clock or the environment: today is an
//! argument, and remarks are handed back.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use tandem::{InputOptions, Inputs, Ledger, Pipeline, Query};
//! let mut ledger = Ledger::create("tandem.db".as_ref())?;
//! let inputs = Inputs::new(&["reports".into()], InputOptions::default());
//! ledger.read(&Pipeline::shipped(None)?, inputs, |_event| {})?;
//! let record = ledger.record(&Query::on("2026-01-01".parse()?))?;
//! println!("{} figures", record.figures.len());
//! # Ok(())
//! # }
//! ```

mod authoring;
mod document;
mod ids;
mod inputs;
mod keeping;
mod ledger;
mod links;
mod parties;
mod pipeline;
mod query;
mod show;
mod watch;

pub use authoring::{Change, RuleVerdict, Workbench, draft_rule};
pub use document::{DocumentView, OriginalCard};
pub use inputs::{InputOptions, Inputs, Item, Located, Memory};
pub use keeping::Refreshed;
pub use ledger::{Event, Holdings, Ledger, ReadSummary};
pub use links::text_link;
pub use parties::{PartyError, parse_parties, party_name};
pub use pipeline::{Extracted, Happening, Pipeline, PipelineError};
pub use query::{Knowledge, Query};
pub use show::{Entry, Passage, ShowError, Shown};
pub use tandem_extract::{Extraction, summary as statement_line};
pub use tandem_fetch::{Fetcher, Settings as FetchSettings};
pub use tandem_model as model;
pub use tandem_read::{
    GUARDED, Hints, Limits, Options as ReadingOptions, Original, pdf_on_a_thread, pdf_pages,
};
pub use tandem_record::SILENT_AFTER_MONTHS;
pub use tandem_store::{Appended, Counts, StoreError, StoredOriginal};
pub use tandem_values::{ValueLine, Values, timex3};
pub use watch::{WatchEvent, WatchLimits, WatchSummary};
