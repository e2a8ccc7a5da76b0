//! Articles to documents: sentences, tokens, normal forms, morphology.
//!
//! Two questions are answered here. "I have an article, where are its words and sentences?" is
//! [`document`]; "which forms can this word take, and which spellings are one?" are [`inflections`]
//! and [`fold`]. The text is never altered: every token is a byte range of it, and what lies between
//! tokens (white space, invisible characters) is a gap, so tokens and gaps concatenate to the text.
//!
//! What belongs to a language (abbreviations, words that open sentences, page furniture, irregular
//! forms) is data passed in as [`Language`]. Refused alternative: Unicode's own word and sentence
//! segmentation, which keeps `4.3bn` and `2026.He` together and cannot know that `Sept.` goes on.

mod chars;
mod language;
mod morphology;
mod page;
mod paragraph;
mod sentence;
mod sift;
mod token;

pub use chars::{fold, fold_char, folds_to, is_dash, is_joiner};
pub use language::{Language, LanguageError};
pub use morphology::inflections;
pub use sift::sift;
pub use token::tokens;

use tandem_model::{Article, Document};

/// Cuts an article into tokens and sentences.
///
/// Total: any text gives a document. Time and memory grow linearly with the text, also when it has
/// no line break or no full stop at all.
///
/// ```
/// use tandem_model::Article;
/// use tandem_text::{document, Language};
/// let language = Language::parse("code\ten\nabbreviation\tSept", "").unwrap();
/// let text = "Trade grew on Sept. 16. It reached $4.3bn.".to_owned();
/// let found = document(Article { text, ..Article::default() }, &language);
/// assert_eq!(found.sentences.len(), 2);
/// assert_eq!(found.sentences[1].span.of(&found.article.text), "It reached $4.3bn.");
/// ```
pub fn document(article: Article, language: &Language) -> Document {
    let (tokens, wide_breaks) = token::cut(&article.text);
    let sentences = page::sentences(&article.text, &tokens, wide_breaks, language);
    Document { article, tokens, sentences }
}
