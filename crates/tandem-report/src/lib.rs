//! Views of the record: tables and texts for people, rows for programs.
//!
//! Every view is a pure function from the record and a [`Look`] to a string; nothing here prints or
//! asks how wide the terminal is. Two rules run through all of them. A number is never shown without
//! its qualifier and its unit, nor with more places than the source wrote. A state is never shown by
//! colour or symbol alone: the word stands beside it.

mod changes;
mod document;
mod events;
mod figures;
mod findings;
mod grid;
mod lives;
mod look;
mod rows;
mod show;
mod status;
mod targets;
mod timeline;
mod words;

pub use changes::{Changed, changed, changes, last_meeting};
pub use document::document;
pub use events::{awards, meetings, sources, values};
pub use figures::figures;
pub use findings::findings;
pub use lives::lives;
pub use look::Look;
pub use rows::{csv, json, jsonl};
pub use show::show;
pub use status::{Partnership, StatusLine, other_partnerships, status, status_lines};
pub use targets::targets;
pub use timeline::{Moment, moments, timeline};
pub use words::{amount, between, clean, deadline, indicator, light_word, number, period, stated};
