//! Articles to statements, many at once, in the order of the input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use tandem_extract::{Extraction, Extractor};
use tandem_model::{Article, Diagnostic, DocumentCard, content_hash};

use crate::Located;
use crate::ids::{Ids, Nothing, Place};
use crate::inputs::{Inputs, Item};

/// Text and originals held in memory while it is extracted, in bytes, beyond the first document of a batch.
const BATCH_BYTES: usize = 4 << 20;
/// Documents in a batch: few enough that little is lost when a run is killed.
const BATCH_DOCUMENTS: usize = 64;

/// Stack of a thread, in bytes: pages nest their tags deeper than people think.
const STACK: usize = 16 << 20;

/// Extracts articles with one set of rules on some threads.
#[derive(Debug)]
pub struct Pipeline {
    extractor: Extractor,
    version: String,
    threads: rayon::ThreadPool,
}

/// Why no pipeline could be made.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The system gives no threads.
    #[error("cannot start the threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// The rules have faults: each with its file, line, caret and hint.
    #[error("the rules cannot be used:\n\n{}", .0.join("\n\n"))]
    Rules(Vec<String>),
}

/// What happens while inputs are read.
#[derive(Clone, Debug)]
pub enum Happening {
    /// An article was analysed.
    Extracted(Box<Extracted>),
    /// Something could not be read.
    Diagnostic(Diagnostic),
    /// So many of so many files have been opened.
    Progress {
        /// Files opened.
        done: usize,
        /// Files in all.
        total: usize,
    },
}

/// One article and what was found in it.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The article under its final id.
    pub article: Article,
    /// What was found.
    pub extraction: Extraction,
}

impl Pipeline {
    /// The shipped rules on `threads` threads; as many as there are cores when `None`.
    ///
    /// # Errors
    /// When the system refuses to start threads.
    pub fn shipped(threads: Option<usize>) -> Result<Self, PipelineError> {
        Self::with(Extractor::shipped(), env!("TANDEM_EXTRACTOR").to_owned(), threads)
    }

    /// The shipped lexicon with further rules, as names and texts of `.rule` files; a rule named like a
    /// shipped one replaces it.
    ///
    /// # Errors
    /// Every fault of the rules, or when the system refuses to start threads.
    pub fn with_rules(rules: Vec<(String, String)>, threads: Option<usize>) -> Result<Self, PipelineError> {
        let key = serde_json::json!(rules).to_string();
        let version = format!("{}+{}", env!("TANDEM_EXTRACTOR"), &content_hash(key.as_bytes())[..16]);
        Self::with(Extractor::with_rules(rules).map_err(PipelineError::Rules)?, version, threads)
    }

    fn with(extractor: Extractor, version: String, threads: Option<usize>) -> Result<Self, PipelineError> {
        let threads =
            rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).stack_size(STACK).build()?;
        Ok(Self { extractor, version, threads })
    }

    /// Changes whenever other statements may come out of the same text.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What is found in one article. A panic in the extractor, which is a defect, costs this article
    /// alone and is reported as its diagnostic.
    pub fn extract(&self, article: &Article) -> Extraction {
        catch_unwind(AssertUnwindSafe(|| self.extractor.extract(article))).unwrap_or_else(|_| {
            let message =
                "could not be analysed because of a defect in Tandem (please report it with this text)";
            let diagnostics = vec![Diagnostic { place: article.id.clone(), message: message.to_owned() }];
            Extraction { diagnostics, ..Extraction::default() }
        })
    }

    /// What is found in each article, in their order.
    pub fn extract_all(&self, articles: &[Article]) -> Vec<Extraction> {
        self.threads.install(|| articles.par_iter().map(|article| self.extract(article)).collect())
    }

    /// The next piece of input, read on this pipeline's threads.
    pub(crate) fn next(&self, inputs: &mut Inputs) -> Option<Item> {
        if !inputs.is_ready() {
            self.threads.install(|| inputs.fill());
        }
        inputs.next()
    }

    /// Why each rule did or did not fire on a sentence of an article, as lines for a person.
    pub fn explain(&self, article: &Article, sentence: &str) -> Vec<String> {
        self.extractor.explain(article, sentence)
    }

    /// Reads all inputs and hands over what is found, article by article in the order of the input.
    /// Ids that are taken get a hash behind them; an article that comes twice is handed over once.
    ///
    /// # Errors
    /// Whatever `on` returns ends the run.
    pub fn run<E>(
        &self,
        mut inputs: Inputs,
        mut on: impl FnMut(Happening) -> Result<(), E>,
    ) -> Result<(), E> {
        let total = inputs.total();
        let mut ids = Ids::default();
        let mut batch = Batch::default();
        while let Some(item) = self.next(&mut inputs) {
            match item {
                Item::Diagnostic(diagnostic) => on(Happening::Diagnostic(diagnostic))?,
                Item::Article(mut located) => {
                    let Ok(place) = ids.settle(&mut located, &Nothing);
                    if place != Place::Repeated {
                        batch.add(located, 0);
                    }
                }
            }
            if batch.is_full() {
                self.finish(&mut batch, &mut on)?;
                on(Happening::Progress { done: inputs.done(), total })?;
            }
        }
        self.finish(&mut batch, &mut on)
    }

    fn finish<E>(&self, batch: &mut Batch, on: &mut impl FnMut(Happening) -> Result<(), E>) -> Result<(), E> {
        let articles: Vec<Article> =
            batch.take().into_iter().map(|waiting| waiting.located.article).collect();
        let extractions = self.extract_all(&articles);
        for (article, mut extraction) in articles.into_iter().zip(extractions) {
            for diagnostic in extraction.diagnostics.drain(..) {
                on(Happening::Diagnostic(diagnostic))?;
            }
            on(Happening::Extracted(Box::new(Extracted { article, extraction })))?;
        }
        Ok(())
    }
}

/// What the record needs to know of a document besides its statements.
pub(crate) fn card(article: &Article, extraction: &Extraction) -> DocumentCard {
    DocumentCard {
        id: article.id.clone(),
        sha256: article.sha256.clone(),
        url: article.url.clone(),
        publisher: article.publisher.clone(),
        lang: article.lang.clone(),
        title: article.title.clone(),
        dating: extraction.dating.clone(),
        marks: extraction.marks.clone(),
        sketch: tandem_record::sketch(&article.text),
    }
}

/// An article with its final id that waits for extraction.
pub(crate) struct Waiting {
    pub(crate) located: Located,
    /// Its version in the ledger, 0 for none.
    pub(crate) version: u32,
}

/// Articles that are extracted together.
#[derive(Default)]
pub(crate) struct Batch {
    waiting: Vec<Waiting>,
    bytes: usize,
}

impl Batch {
    pub(crate) fn add(&mut self, located: Located, version: u32) {
        self.bytes += located.article.text.len() + located.original.bytes.len();
        self.waiting.push(Waiting { located, version });
    }

    pub(crate) fn is_full(&self) -> bool {
        self.bytes >= BATCH_BYTES || self.waiting.len() >= BATCH_DOCUMENTS
    }

    pub(crate) fn take(&mut self) -> Vec<Waiting> {
        self.bytes = 0;
        std::mem::take(&mut self.waiting)
    }
}
