//! Spellings that two countries share: "Congolese", "Congo", "Dominican"; and names that stand in the name of another:
//! "Sudanese" in "South Sudanese".
//!
//! The tables list the likelier country first. A text that names the other one by a name of its own, or its capital,
//! and the likelier one nowhere, means the other: else a third country would stand among the parties.

use std::collections::BTreeSet;

use tandem_lexicon::Lexicon;
use tandem_model::Mark;

use crate::classes::Classes;

/// Takes away the names of countries that stand in a longer one: "South Sudanese customs" are not Sudan's. Marks are in order,
/// of those that start together the longest first.
pub(crate) fn unnest(classes: &Classes, marks: &mut Vec<Mark>) {
    let names = [classes.country, classes.country_adj, classes.demonym];
    let mut outer: Option<(u32, u32)> = None;
    marks.retain(|mark| {
        if !names.contains(&mark.class) {
            return true;
        }
        let own = (mark.start, mark.end);
        let inside = outer.is_some_and(|outer| mark.end <= outer.1 && own != outer);
        if !inside {
            outer = Some(own);
        }
        !inside
    });
}

/// Puts the country that a text names elsewhere first among the marks of a shared spelling.
pub(crate) fn settle(lexicon: &Lexicon, classes: &Classes, marks: &mut [Mark]) {
    let names = [classes.country, classes.country_adj, classes.demonym];
    let ambiguous = |mark: &Mark| lexicon.entry(mark.entry).get("ambiguous").is_some();
    let shared = |a: &Mark, b: &Mark| {
        (a.start, a.end, a.class) == (b.start, b.end, b.class)
            && names.contains(&a.class)
            && ambiguous(a)
            && ambiguous(b)
    };
    if !marks.windows(2).any(|pair| shared(&pair[0], &pair[1])) {
        return;
    }
    let code = |mark: &Mark| {
        let entry = lexicon.entry(mark.entry);
        entry.get("code").or_else(|| entry.get("country"))
    };
    let own = |mark: &&Mark| names.contains(&mark.class) || mark.class == classes.capital;
    let sure: BTreeSet<&str> =
        marks.iter().filter(own).filter(|mark| !ambiguous(mark)).filter_map(code).collect();
    for at in 1..marks.len() {
        let (first, second) = (marks[at - 1], marks[at]);
        let named = |mark: &Mark| code(mark).is_some_and(|code| sure.contains(code));
        if shared(&first, &second) && !named(&first) && named(&second) {
            (marks[at - 1].entry, marks[at].entry) = (second.entry, first.entry);
        }
    }
}
