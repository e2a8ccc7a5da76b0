//! A web page as an article: main text, and what the page says of itself.
//!
//! Two doors: [`read`] for a whole page, where menus and related news must go, and [`fragment`] for
//! HTML that is text already, as in feeds and mails. Both take decoded text and never fail: a page
//! without recognisable main text gives the text of its body.

mod article;
mod dates;
mod dom;
mod jsonld;
mod meta;
mod prune;
mod render;
mod strip;
mod trim;

use dom_query::Document;
use tandem_model::Date;

use crate::Hints;

pub use meta::{Dated, Source};

/// Levels of a parsed tree from which on no engine is let near it.
const MAX_TREE: usize = 600;

/// What a page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its main text; empty when it has none.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// Canonical URL.
    pub url: Option<String>,
    /// Who wrote it, as named; several are parted by commas.
    pub author: Option<String>,
    /// The day of publication, by the best evidence.
    pub published: Option<Date>,
    /// The day of the last change.
    pub modified: Option<Date>,
    /// All that the page says of dates, the best evidence of publication first.
    pub dates: Vec<Dated>,
    /// What is odd about the page, as sentences without its name.
    pub remarks: Vec<String>,
}

/// Reads a page; `hints` is what its carrier says of it.
pub fn read(page: &str, hints: &Hints) -> Page {
    let stripped = strip::strip(page);
    let document = Document::from(stripped.html.as_str());
    let meta = meta::gather(document.root(), &stripped.json_ld, hints.url.as_deref());
    let blocks = if stripped.cut || dom::depth(document.root()) > MAX_TREE {
        render::blocks(document.root())
    } else {
        article::find(document, || Document::from(stripped.html.as_str()))
    };
    let modified = meta.dates.iter().filter(|dated| dated.modified).map(|dated| dated.date).max();
    Page {
        text: render::joined(&blocks),
        published: meta::stated(&meta.dates),
        modified,
        remarks: meta::remarks(&meta.dates),
        title: meta.title,
        publisher: meta.publisher,
        lang: meta.lang,
        url: meta.url,
        author: meta.author,
        dates: meta.dates,
    }
}

/// The text of HTML that has no menus around it: an entry of a feed, the body of a mail.
pub fn fragment(html: &str) -> String {
    let document = Document::from(strip::strip(html).html);
    render::joined(&render::blocks(document.root()))
}
