//! The tables in `names/` as classes of the lexicon.

use crate::builder::Builder;
use crate::table::LexiconError;

/// Adds the tables of names.
///
/// # Errors
/// When a table is not well formed; those that are shipped are.
pub fn names(builder: &mut Builder) -> Result<(), LexiconError> {
    for class in [
        "COUNTRY",
        "COUNTRY_ADJ",
        "DEMONYM",
        "CAPITAL",
        "CITY",
        "BLOC",
        "PERSON",
        "BODY",
        "PLACE",
        "PREFIX_ADJ",
    ] {
        builder.declare(class);
    }
    Ok(())
}

/// Spellings with two meanings.
pub fn ambiguous_spellings() {}
