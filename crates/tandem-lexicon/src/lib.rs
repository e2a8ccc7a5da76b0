//! Names and word classes, matched in one pass.
//!
//! The question answered here: "I have a document, which of its words are names or trigger words, and
//! what do the tables say about them?" Forms are added to a [`Builder`], which makes a [`Lexicon`];
//! [`Lexicon::scan`] then marks every form of every class in a document.
//!
//! # How matching works
//!
//! 1. Every form is cut into tokens by the same code that cuts texts, dashes are dropped, and each
//!    token is folded and given a number.
//! 2. The numbered forms make a trie with one edge a token.
//! 3. A text's tokens are hashed once each, in folded form, into those numbers; most words of a text
//!    are in no form and need nothing more.
//! 4. From every token that can begin a form the trie is walked, and every node that ends a form is
//!    reported. A dash that touches the word before it is stepped over.
//!
//! Matches begin and end on token boundaries by construction, so a longer match cannot hide a
//! shorter one: "New York" and "York" are both reported. Refused alternative: one Aho–Corasick
//! automaton over bytes (daachorse) with a boundary check after it. It needs every spelling of case,
//! space, apostrophe and dash as a pattern of its own or a folded copy of the text with a map back to
//! its offsets, reports mostly matches that the boundary check throws away ("oman" in "woman"), and
//! its automaton is larger and slower to load than a trie of a few thousand numbers.

mod builder;
mod entry;
mod form;
mod gate;
mod names;
mod scan;
mod table;
mod trie;
mod vocabulary;

pub use builder::Builder;
pub use entry::Entry;
pub use gate::Gate;
pub use names::{Anniversary, Renaming, anniversaries, names, renamings};
pub use scan::Lexicon;
pub use table::{LexiconError, Table};
