//! Which id a document gets when its own is taken.
//!
//! An id names one document. The first to come with an id keeps it; another document under that id
//! gets a short hash behind it. What decides is, in this order: the ledger (or this run) holds just this
//! content under the id → it is that document; the id is free → it is the document's; the ledger's
//! document was read from the same place → this is its new version; else the id with a hash. So the
//! same inputs give the same ids on a second run, after a run that was cut short, and when a file
//! changed. Refused alternative: numbering (`x-2`), which depends on what else lies in the folder.

use std::collections::BTreeMap;

use tandem_store::{Known, content_key};

use crate::Located;

/// Hexadecimal digits behind a taken id.
const SHORT: usize = 6;

/// What the ledger knows; nothing, for a run without one.
pub(crate) trait Registry {
    /// Why the ledger could not be asked.
    type Error;
    /// The document of this id.
    fn known(&self, doc: &str) -> Result<Option<Known>, Self::Error>;
    /// The documents last read from this place.
    fn known_from(&self, origin: &str) -> Result<Vec<Known>, Self::Error>;
}

/// No ledger.
pub(crate) struct Nothing;

impl Registry for Nothing {
    type Error = std::convert::Infallible;
    fn known(&self, _doc: &str) -> Result<Option<Known>, Self::Error> {
        Ok(None)
    }
    fn known_from(&self, _origin: &str) -> Result<Vec<Known>, Self::Error> {
        Ok(Vec::new())
    }
}

impl Registry for tandem_store::Store {
    type Error = tandem_store::StoreError;
    fn known(&self, doc: &str) -> Result<Option<Known>, Self::Error> {
        self.known(doc)
    }
    fn known_from(&self, origin: &str) -> Result<Vec<Known>, Self::Error> {
        self.known_from(origin)
    }
}

/// Gives out the ids of one run.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Ids that documents of this run have, with their content.
    claimed: BTreeMap<String, String>,
}

/// What to do with a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It has come already in this run, with the same content.
    Repeated,
    /// It has its id now; the ledger's version of it, 0 for none.
    Settled {
        /// The version in the ledger.
        version: u32,
        /// Whether the ledger holds just this content, and what read it.
        same_content_by: Option<String>,
    },
}

impl Ids {
    /// Gives the document its final id.
    pub(crate) fn settle<R: Registry>(
        &mut self,
        located: &mut Located,
        registry: &R,
    ) -> Result<Place, R::Error> {
        let content = content_key(&located.article);
        let candidates = candidates(&located.article.id, &located.article.sha256, &content);
        for id in &candidates {
            if self.claimed.get(id) == Some(&content) {
                return Ok(Place::Repeated);
            }
            let known = registry.known(id)?;
            if !self.claimed.contains_key(id) && known.as_ref().is_some_and(|known| known.content == content)
            {
                return Ok(self.claim(located, id.clone(), content, known));
            }
        }
        let (id, known) = self.free_id(&candidates, &located.origin, registry)?;
        Ok(self.claim(located, id, content, known))
    }

    fn free_id<R: Registry>(
        &self,
        candidates: &[String],
        origin: &str,
        registry: &R,
    ) -> Result<(String, Option<Known>), R::Error> {
        let own = &candidates[0];
        let hashed = format!("{own}-");
        let same_place = registry.known_from(origin)?;
        let mut earlier =
            same_place.into_iter().filter(|known| &known.doc == own || known.doc.starts_with(&hashed));
        if let Some(known) = earlier.find(|known| !self.claimed.contains_key(&known.doc)) {
            return Ok((known.doc.clone(), Some(known)));
        }
        for id in candidates {
            if !self.claimed.contains_key(id) && registry.known(id)?.is_none() {
                return Ok((id.clone(), None));
            }
        }
        // The last candidate carries the whole hash of the content: only the same content can have it.
        let last = candidates.last().unwrap_or(own).clone();
        let known = registry.known(&last)?;
        Ok((last, known))
    }

    fn claim(&mut self, located: &mut Located, id: String, content: String, known: Option<Known>) -> Place {
        located.article.id.clone_from(&id);
        let place = Place::Settled {
            version: known.as_ref().map_or(0, |known| known.version),
            same_content_by: known.filter(|known| known.content == content).map(|known| known.extractor),
        };
        self.claimed.insert(id, content);
        place
    }
}

/// The id itself, then with the hash of the text behind it, then of the whole content.
fn candidates(id: &str, sha256: &str, content: &str) -> Vec<String> {
    let short = |hash: &str| format!("{id}-{}", &hash[..SHORT]);
    vec![id.to_owned(), short(sha256), short(content), format!("{id}-{content}")]
}
