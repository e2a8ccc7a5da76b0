//! A text cut into sentences and tokens, and the marks that the lexicon makes on them.

use serde::{Deserialize, Serialize};

use crate::{Article, Span};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens kept together only where the language says so.
    Word,
    /// Digits with their inner marks (`1,496.2`).
    Number,
    /// Anything else that is visible.
    Punct,
}

/// A piece of text without white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Starts with an upper-case letter.
    pub capital: bool,
    /// Tells most tokens apart without a look at the text: `tandem_text::sift` of its folded form, 0 where that
    /// was not reckoned.
    pub sift: u32,
}

/// What part of a page a sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SentenceKind {
    /// Running text.
    Prose,
    /// A title or heading: short, no full stop, a paragraph of its own.
    Heading,
    /// An item of a bulleted or numbered list.
    Item,
    /// Page furniture: menus, share lines, photo credits, date lines.
    Clutter,
}

/// A sentence as a run of tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// From its first to its last visible byte.
    pub span: Span,
    /// Its tokens, as a half-open range into [`Document::tokens`].
    pub first_token: u32,
    /// See `first_token`.
    pub end_token: u32,
    /// What part of a page it is.
    pub kind: SentenceKind,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
}

/// An article cut up; tokens and the gaps between them concatenate to the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The article.
    pub article: Article,
    /// Tokens in order.
    pub tokens: Vec<Token>,
    /// Sentences in order, disjoint.
    pub sentences: Vec<Sentence>,
}

impl Document {
    /// The text of a token.
    pub fn token_text(&self, index: usize) -> &str {
        self.tokens[index].span.of(&self.article.text)
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.first_token as usize..sentence.end_token as usize]
    }
}

/// The number of a class of the lexicon or of values; names are kept by whoever hands them out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(pub u16);

/// "These tokens belong to this class", with the entry that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// First token, counted from the start of the sentence when handed to the rules.
    pub start: u32,
    /// First token after it.
    pub end: u32,
    /// The class.
    pub class: ClassId,
    /// Number of the lexicon entry or value mention behind it; its meaning is the maker's.
    pub entry: u32,
}
