//! A web page as an article: main text, and what the page says of itself.
//!
//! Two doors: [`read`] for a whole page, where menus and related news must go, and [`fragment`] for
//! HTML that is text already, as in feeds and mails. Both take decoded text and never fail: a page
//! without recognisable main text gives the text of its body.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use tandem_model::Date;

use crate::Hints;

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
    /// The day of publication.
    pub published: Option<Date>,
    /// What is odd about the page, as sentences without its name.
    pub remarks: Vec<String>,
}

/// Reads a page; `hints` is what its carrier says of it.
pub fn read(page: &str, hints: &Hints) -> Page {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let url = hints.url.as_deref();
    let reader = Readability::new(page, url, Some(config.clone()))
        .or_else(|_| Readability::new(page, None, Some(config)));
    let found = reader.and_then(|mut reader| reader.parse());
    let Ok(found) = found else {
        return Page { text: body_text(page), ..Page::default() };
    };
    let text = found.text_content.trim().to_owned();
    Page {
        text: if text.is_empty() { body_text(page) } else { text },
        title: Some(found.title).filter(|title| !title.trim().is_empty()),
        publisher: found.site_name,
        lang: found.lang,
        url: found.url,
        published: found.published_time.and_then(|time| time.get(..10)?.parse().ok()),
        remarks: Vec::new(),
    }
}

/// The text of HTML that has no menus around it: an entry of a feed, the body of a mail.
pub fn fragment(html: &str) -> String {
    body_text(html)
}

fn body_text(html: &str) -> String {
    let document = Document::from(html);
    document.select("script, style, noscript, template").remove();
    document.body().map(|body| body.formatted_text().trim().to_owned()).unwrap_or_default()
}
