//! One document as the ledger holds it: its text with what was read from it, and the bytes it came from.

use serde::Serialize;
use tandem_model::{Article, Statement};
use tandem_store::StoredOriginal;

use crate::{Ledger, ShowError};

/// A document with its statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentView {
    /// The article, text included.
    pub article: Article,
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// Where it was read from.
    pub origin: String,
    /// What it was read from; `None` in ledgers from before snapshots were kept.
    pub original: Option<OriginalCard>,
}

/// The bytes that a document was read from, without the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginalCard {
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// Media type.
    pub media: String,
    /// Size in bytes.
    pub size: usize,
}

impl Ledger {
    /// A document by its id, or by the beginning of its id when no other begins so.
    ///
    /// # Errors
    /// When no document or several have the id, or the ledger cannot be read.
    pub fn document(&self, id: &str) -> Result<DocumentView, ShowError> {
        let doc = self.doc_id(id)?;
        let unknown = || ShowError::Unknown(id.to_owned());
        let article = self.article(&doc)?.ok_or_else(unknown)?;
        let mut statements = self.store.statements()?;
        statements.retain(|statement| statement.doc == doc);
        let origin = self.store.known(&doc)?.map(|known| known.origin).unwrap_or_default();
        let original = self.store.original(&doc)?.map(|original| OriginalCard {
            size: original.bytes.len(),
            sha256: original.sha256,
            media: original.media,
        });
        Ok(DocumentView { article, statements, origin, original })
    }

    /// The bytes that a document was read from, held against their hash.
    ///
    /// # Errors
    /// As [`Ledger::document`]; [`ShowError::NoOriginal`] when the ledger has none for it.
    pub fn original(&self, id: &str) -> Result<StoredOriginal, ShowError> {
        let doc = self.doc_id(id)?;
        self.store.original(&doc)?.ok_or(ShowError::NoOriginal(doc))
    }

    fn doc_id(&self, id: &str) -> Result<String, ShowError> {
        let docs = self.store.cards()?.into_iter().map(|card| card.id);
        let mut like: Vec<String> = docs.filter(|doc| doc.starts_with(id)).collect();
        if let Some(exact) = like.iter().position(|doc| doc == id) {
            return Ok(like.swap_remove(exact));
        }
        match like.len() {
            0 => Err(ShowError::UnknownDocument(id.to_owned())),
            1 => Ok(like.remove(0)),
            _ => {
                like.truncate(8);
                Err(ShowError::Ambiguous { id: id.to_owned(), candidates: like })
            }
        }
    }
}
