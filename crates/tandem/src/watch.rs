//! Feeds and sitemaps to the ledger: what is new since the last look is fetched and read.
//!
//! What a server said of a feed is kept only once all its pages are in the ledger, so that a run that was cut short, or a
//! page that could not be had, is made good by the next run. A page is fetched once: the ledger holds what was
//! read then.

use std::collections::BTreeSet;

use tandem_fetch::{Answer, FetchError, Fetched, Fetcher, Validators, read_map, resolve};
use tandem_model::Diagnostic;
use tandem_read::{Format, Hints, feed};
use tandem_store::{Fetch, StoreError};

use crate::inputs::{InputOptions, Inputs, Memory};
use crate::{Event, Ledger, Pipeline, ReadSummary};

/// How deep sitemaps may lie in one another.
const MAPS_DEEP: u32 = 2;

/// How much one look may fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchLimits {
    /// Pages of one feed or map; the newest come first, the rest comes with the next look.
    pub pages: usize,
}

impl Default for WatchLimits {
    fn default() -> Self {
        Self { pages: 50 }
    }
}

/// What happened while sources were looked at.
#[derive(Debug)]
pub enum WatchEvent<'a> {
    /// A source was asked for and has not changed.
    Unchanged(&'a str),
    /// A source lists so many pages that the ledger does not know.
    Source {
        /// Its address.
        address: &'a str,
        /// New pages that are fetched now.
        pages: usize,
        /// New pages that are left for the next look.
        left: usize,
    },
    /// An event of reading a page.
    Reading(Event<'a>),
}

/// What a look at sources came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatchSummary {
    /// Sources that have not changed.
    pub unchanged: usize,
    /// Pages that were fetched.
    pub pages: usize,
    /// What was read from them.
    pub read: ReadSummary,
}

impl Ledger {
    /// Looks at feeds, sitemaps and pages once, and reads what the ledger does not know yet.
    ///
    /// # Errors
    /// When the ledger cannot be read or written; what the network does not give is a diagnostic.
    pub fn watch(
        &mut self,
        addresses: &[String],
        pipeline: &Pipeline,
        fetcher: &mut Fetcher,
        (options, limits): (&InputOptions, WatchLimits),
        mut on: impl FnMut(WatchEvent<'_>),
    ) -> Result<WatchSummary, StoreError> {
        let mut look =
            Look { ledger: self, pipeline, fetcher, options, limits, summary: WatchSummary::default() };
        for address in addresses {
            look.source(address, &mut on)?;
        }
        Ok(look.summary)
    }
}

/// One look at some sources.
struct Look<'a> {
    ledger: &'a mut Ledger,
    pipeline: &'a Pipeline,
    fetcher: &'a mut Fetcher,
    options: &'a InputOptions,
    limits: WatchLimits,
    summary: WatchSummary,
}

/// What a source turned out to be.
enum Listing {
    /// Addresses of pages, made whole.
    Pages(Vec<String>),
    /// The source is a document itself.
    Document,
}

impl Look<'_> {
    fn source(&mut self, address: &str, on: &mut impl FnMut(WatchEvent<'_>)) -> Result<(), StoreError> {
        let known = self.ledger.store.last_fetch(address)?.unwrap_or_default();
        let fetched = match self.fetcher.get(address, &validators(&known)) {
            Ok(Answer::New(fetched)) => *fetched,
            Ok(Answer::Unchanged) => {
                self.summary.unchanged += 1;
                on(WatchEvent::Unchanged(address));
                return Ok(());
            }
            Err(error) => {
                self.complain(address, &error, on);
                return Ok(());
            }
        };
        let noted = fetch_of(&fetched.validators);
        let done = match self.listing(&fetched, MAPS_DEEP, on) {
            Listing::Document => self.read(fetched, on).map(|()| true)?,
            Listing::Pages(pages) => self.pages(address, pages, on)?,
        };
        if done {
            self.ledger.store.note_fetch(address, &noted)?;
        }
        Ok(())
    }

    /// The pages that a feed or a map lists, further maps followed.
    fn listing(&mut self, fetched: &Fetched, deep: u32, on: &mut impl FnMut(WatchEvent<'_>)) -> Listing {
        let absolute =
            |links: Vec<String>| links.iter().filter_map(|l| resolve(&fetched.address, l)).collect();
        if let Some(map) = read_map(&fetched.bytes) {
            let mut pages: Vec<String> = absolute(map.pages);
            for further in absolute(map.maps) as Vec<String> {
                let known = Validators::default();
                match self.fetcher.get(&further, &known) {
                    Ok(Answer::New(fetched)) if deep > 0 => {
                        if let Listing::Pages(more) = self.listing(&fetched, deep - 1, on) {
                            pages.extend(more);
                        }
                    }
                    Ok(_) => {}
                    Err(error) => self.complain(&further, &error, on),
                }
                if pages.len() >= self.limits.pages.saturating_mul(4) {
                    break;
                }
            }
            return Listing::Pages(pages);
        }
        let entries = match Format::detect("", &fetched.bytes) {
            Format::Feed => feed::read_xml(&fetched.bytes, fetched.charset.as_deref()).entries,
            _ => match feed::read_json(&fetched.bytes) {
                Some(feed) => feed.entries,
                None => return Listing::Document,
            },
        };
        Listing::Pages(absolute(entries.into_iter().filter_map(|entry| entry.link).collect()))
    }

    /// Fetches and reads the pages that the ledger does not know; whether all of them are in it now.
    fn pages(
        &mut self,
        source: &str,
        pages: Vec<String>,
        on: &mut impl FnMut(WatchEvent<'_>),
    ) -> Result<bool, StoreError> {
        let mut seen = BTreeSet::new();
        let mut new = Vec::new();
        for page in pages.into_iter().filter(|page| seen.insert(page.clone())) {
            if self.ledger.store.last_fetch(&page)?.is_none() {
                new.push(page);
            }
        }
        let left = new.len().saturating_sub(self.limits.pages);
        new.truncate(self.limits.pages);
        on(WatchEvent::Source { address: source, pages: new.len(), left });
        let mut whole = left == 0;
        for page in new {
            match self.fetcher.get(&page, &Validators::default()) {
                Ok(Answer::New(fetched)) => {
                    let noted = fetch_of(&fetched.validators);
                    self.read(*fetched, on)?;
                    self.ledger.store.note_fetch(&page, &noted)?;
                }
                Ok(Answer::Unchanged) => {}
                Err(error) => {
                    whole &= is_final(&error);
                    self.complain(&page, &error, on);
                }
            }
        }
        Ok(whole)
    }

    /// Reads what was fetched. What cannot be read today cannot be read tomorrow either, so that is no reason to
    /// fetch it again.
    fn read(&mut self, fetched: Fetched, on: &mut impl FnMut(WatchEvent<'_>)) -> Result<(), StoreError> {
        self.summary.pages += 1;
        let hints = Hints {
            url: Some(fetched.address.clone()),
            charset: fetched.charset,
            media: fetched.media,
            ..Hints::default()
        };
        let page = Memory { name: fetched.address, bytes: fetched.bytes, sidecar: None, hints };
        let inputs = Inputs::new(&[], self.options.clone()).and_memory([page]);
        let read = self.ledger.read(self.pipeline, inputs, |event| {
            if !matches!(event, Event::Progress { .. }) {
                on(WatchEvent::Reading(event));
            }
        })?;
        self.summary.read = sum(self.summary.read, read);
        Ok(())
    }

    fn complain(&mut self, address: &str, error: &FetchError, on: &mut impl FnMut(WatchEvent<'_>)) {
        self.summary.read.diagnostics += 1;
        let diagnostic = Diagnostic { place: address.to_owned(), message: error.to_string() };
        on(WatchEvent::Reading(Event::Diagnostic(&diagnostic)));
    }
}

/// Whether asking again will not help.
fn is_final(error: &FetchError) -> bool {
    match error {
        FetchError::Forbidden | FetchError::Address(_) | FetchError::TooLarge(_) | FetchError::Redirects => {
            true
        }
        FetchError::Status { status, .. } => matches!(status, 401 | 403 | 404 | 410 | 451),
        FetchError::Network(_) => false,
    }
}

fn validators(known: &Fetch) -> Validators {
    Validators { etag: known.etag.clone(), last_modified: known.last_modified.clone() }
}

fn fetch_of(validators: &Validators) -> Fetch {
    Fetch { etag: validators.etag.clone(), last_modified: validators.last_modified.clone() }
}

fn sum(a: ReadSummary, b: ReadSummary) -> ReadSummary {
    ReadSummary {
        new: a.new + b.new,
        revised: a.revised + b.revised,
        unchanged: a.unchanged + b.unchanged,
        statements: a.statements + b.statements,
        diagnostics: a.diagnostics + b.diagnostics,
    }
}
