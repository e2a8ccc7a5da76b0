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
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digest = Sha256::digest(bytes);
    let mut hash = String::with_capacity(2 * digest.len());
    for byte in digest {
        hash.push(DIGITS[usize::from(byte >> 4)]);
        hash.push(DIGITS[usize::from(byte & 15)]);
    }
    hash
}
