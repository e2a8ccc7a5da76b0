//! The ledger: reading documents into it, and asking it.

use std::path::Path;

use tandem_model::record::Decision;
use tandem_model::{Article, Diagnostic, DocumentCard, Statement};
use tandem_store::{Appended, Counts, NewReading, OpenMode, Original, Store, StoreError};

use crate::ids::{Ids, Place};
use crate::inputs::{Inputs, Item};
use crate::pipeline::{Batch, Pipeline, card};
use crate::{Knowledge, Query};

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) store: Store,
}

/// What happened while documents were read.
#[derive(Debug)]
pub enum Event<'a> {
    /// A document was committed, or found unchanged.
    Document {
        /// Its id.
        doc: &'a str,
        /// What became of it.
        outcome: Appended,
        /// Number of its statements; 0 when unchanged.
        statements: usize,
    },
    /// Something could not be read.
    Diagnostic(&'a Diagnostic),
    /// So many of so many files have been opened.
    Progress {
        /// Files opened.
        done: usize,
        /// Files in all.
        total: usize,
    },
}

/// What a run of reading came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadSummary {
    /// Documents that were not in the ledger.
    pub new: usize,
    /// Documents that had changed.
    pub revised: usize,
    /// Documents that the ledger held already.
    pub unchanged: usize,
    /// Statements of new and revised documents.
    pub statements: usize,
    /// Complaints.
    pub diagnostics: usize,
}

/// All that a ledger holds, in an order of its own: by document, then by place in the text.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    /// What is known of each document.
    pub cards: Vec<DocumentCard>,
    /// Their statements.
    pub statements: Vec<Statement>,
    /// What people decided.
    pub decisions: Vec<Decision>,
}

impl Ledger {
    /// Opens a ledger that exists.
    ///
    /// # Errors
    /// When there is none ([`StoreError::is_missing`]) or it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { store: Store::open(path, OpenMode::Existing)? })
    }

    /// Opens a ledger, or makes it.
    ///
    /// # Errors
    /// When it cannot be opened or made.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { store: Store::open(path, OpenMode::Create)? })
    }

    /// A ledger in memory.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self { store: Store::in_memory()? })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// How much it holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.store.counts()
    }

    /// Reads all inputs, each document in a transaction of its own and in the order of the input.
    /// Killed at any moment and run again, it comes to the same ledger as one clean run.
    ///
    /// # Errors
    /// When the ledger cannot be written; what was committed stays.
    pub fn read(
        &mut self,
        pipeline: &Pipeline,
        mut inputs: Inputs,
        mut on: impl FnMut(Event<'_>),
    ) -> Result<ReadSummary, StoreError> {
        let mut run = Run { ids: Ids::default(), batch: Batch::default(), summary: ReadSummary::default() };
        let total = inputs.total();
        while let Some(item) = pipeline.next(&mut inputs) {
            match item {
                Item::Diagnostic(diagnostic) => run.complain(&diagnostic, &mut on),
                Item::Article(located) => self.place(pipeline, located, &mut run, &mut on)?,
            }
            if run.batch.is_full() {
                self.commit(pipeline, &mut run, &mut on)?;
                on(Event::Progress { done: inputs.done(), total });
            }
        }
        self.commit(pipeline, &mut run, &mut on)?;
        on(Event::Progress { done: total, total });
        Ok(run.summary)
    }

    fn place(
        &self,
        pipeline: &Pipeline,
        mut located: crate::Located,
        run: &mut Run,
        on: &mut impl FnMut(Event<'_>),
    ) -> Result<(), StoreError> {
        match run.ids.settle(&mut located, &self.store)? {
            Place::Repeated => {}
            Place::Settled { same_content_by, .. }
                if same_content_by.as_deref() == Some(pipeline.version()) =>
            {
                run.summary.unchanged += 1;
                on(Event::Document { doc: &located.article.id, outcome: Appended::Unchanged, statements: 0 });
            }
            Place::Settled { version, .. } => run.batch.add(located, version),
        }
        Ok(())
    }

    fn commit(
        &mut self,
        pipeline: &Pipeline,
        run: &mut Run,
        on: &mut impl FnMut(Event<'_>),
    ) -> Result<(), StoreError> {
        let (mut articles, mut origins) = (Vec::new(), Vec::new());
        for waiting in run.batch.take() {
            articles.push(waiting.located.article);
            origins.push((waiting.located.origin, waiting.located.original, waiting.version));
        }
        let extractions = pipeline.extract_all(&articles);
        for ((article, (origin, original, after_version)), extraction) in
            articles.iter().zip(origins).zip(extractions)
        {
            let reading = NewReading {
                article,
                origin: &origin,
                extractor: pipeline.version(),
                card: &card(article, &extraction),
                statements: &extraction.statements,
                original: Some(Original {
                    sha256: &original.sha256,
                    media: original.media,
                    bytes: &original.bytes,
                }),
                after_version,
            };
            let outcome = self.store.append(&reading)?;
            run.count(outcome, extraction.statements.len());
            extraction.diagnostics.iter().for_each(|diagnostic| run.complain(diagnostic, on));
            on(Event::Document { doc: &article.id, outcome, statements: extraction.statements.len() });
        }
        Ok(())
    }

    /// Adds a document whose statements are known already, as another program found them.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn append(
        &mut self,
        article: &Article,
        card: &DocumentCard,
        statements: &[Statement],
    ) -> Result<Appended, StoreError> {
        let after_version = self.store.known(&article.id)?.map_or(0, |known| known.version);
        self.store.append(&NewReading {
            article,
            origin: "",
            extractor: "",
            card,
            statements,
            original: None,
            after_version,
        })
    }

    /// Everything it holds.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn holdings(&self) -> Result<Holdings, StoreError> {
        Ok(Holdings {
            cards: self.store.cards()?,
            statements: self.store.statements()?,
            decisions: self.store.decisions()?,
        })
    }

    /// A document's article, text included.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn article(&self, doc: &str) -> Result<Option<Article>, StoreError> {
        self.store.article(doc)
    }

    /// Adds a person's decision.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn decide(&mut self, decision: &Decision) -> Result<(), StoreError> {
        self.store.decide(decision)
    }

    /// What it adds up to as of the query's days, to be asked several times.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn knowledge(&self, query: &Query) -> Result<Knowledge, StoreError> {
        let mut knowledge = Knowledge::new(self.holdings()?, query);
        self.look_for(query, knowledge.findings_mut())?;
        Ok(knowledge)
    }
}

/// What a run of reading keeps in mind.
struct Run {
    ids: Ids,
    batch: Batch,
    summary: ReadSummary,
}

impl Run {
    fn complain(&mut self, diagnostic: &Diagnostic, on: &mut impl FnMut(Event<'_>)) {
        self.summary.diagnostics += 1;
        on(Event::Diagnostic(diagnostic));
    }

    fn count(&mut self, outcome: Appended, statements: usize) {
        match outcome {
            Appended::New => self.summary.new += 1,
            Appended::Revised(_) => self.summary.revised += 1,
            Appended::Unchanged => self.summary.unchanged += 1,
        }
        if outcome != Appended::Unchanged {
            self.summary.statements += statements;
        }
    }
}
