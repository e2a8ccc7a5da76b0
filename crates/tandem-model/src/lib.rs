//! Plain data that every other crate speaks: spans, articles, documents, values, statements.
//!
//! Nothing here does input or output, knows a language, or decides anything. Invariants live in the
//! constructors: a [`Span`] is ordered, a [`Statement`] carries evidence whose quote is the text at
//! its span, a [`Period`] starts before it ends. Refused alternative: traits for "a thing with a
//! span"; plain structs are shorter to read, to store and to compare.

#[macro_use]
mod words;

mod article;
mod diagnostic;
mod document;
mod number;
mod period;
pub mod record;
mod span;
mod statement;
mod value;

pub use article::{Article, DateEvidence, DateSource, Dating, DocumentCard, Misfit, TextMarks};
pub use diagnostic::Diagnostic;
pub use document::{ClassId, Document, Mark, Sentence, SentenceKind, Token, TokenKind};
pub use number::Number;
pub use period::{MONTHS, ParsePeriodError, Period, PeriodForm};
pub use span::Span;
pub use statement::{
    Agreement, AgreementStatus, AgreementType, Award, Body, Commitment, Evidence, Figure, Institution,
    InstitutionStatus, Kind, Measure, Meeting, MeetingStatus, MeetingType, Modality, Project, ProjectStatus,
    SealError, Statement, Strength, Target,
};
pub use value::{Bound, Mention, TimexDetail, TimexEnd, TimexKind, TimexMod, TimexStep, Value};

/// A civil date, as the calendar has it; re-exported so that all crates use one type.
pub use jiff::civil::Date;

/// The SHA-256 of some bytes, as lower-case hexadecimal.
///
/// ```
/// assert!(tandem_model::content_hash(b"").starts_with("e3b0c44298fc1c14"));
/// ```
pub fn content_hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
