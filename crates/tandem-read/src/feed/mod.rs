//! Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed; each entry an article.
//!
//! Read leniently and in one pass over the tags: feeds in the wild are ill-formed, mix vocabularies and
//! carry several dates and links, so what counts is decided by rank (own title before Dublin Core's,
//! published before updated) and a feed that breaks off gives the entries up to there. Refused
//! alternative: `feed-rs`, which parses into its own model, gives a broken feed up as a whole and reads
//! fewer of the dialects in the public test feeds.

mod json;
mod text;
mod xml;

pub(crate) use json::is_feed as is_json_feed;

use tandem_model::{Article, Date, Diagnostic, content_hash};

use crate::encoding::decode;
use crate::{HASH_ID, Piece, Reading};

/// What a feed holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its own title.
    pub title: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// Its entries, in their order.
    pub entries: Vec<Entry>,
    /// Where it breaks off or is ill-formed beyond repair, as a sentence without its name.
    pub fault: Option<String>,
}

/// One entry of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What tells it from others, as the feed says.
    pub key: Option<String>,
    /// Headline, as text.
    pub title: Option<String>,
    /// Its page.
    pub link: Option<String>,
    /// When it was published, else when it was changed.
    pub published: Option<Date>,
    /// Language code.
    pub lang: Option<String>,
    /// Its content, else its summary, as text.
    pub text: String,
}

/// Reads a feed in XML; `charset` is what its carrier says of its encoding.
pub fn read_xml(bytes: &[u8], charset: Option<&str>) -> Feed {
    xml::read(&decode(bytes, charset).text)
}

/// Reads a feed in JSON; nothing when it is none.
pub fn read_json(bytes: &[u8]) -> Option<Feed> {
    let value = serde_json::from_slice(bytes.strip_prefix(crate::format::BOM).unwrap_or(bytes)).ok()?;
    json::is_feed(&value).then(|| json::read(&value))
}

/// The articles of a feed in XML.
pub(crate) fn articles(piece: &Piece) -> Reading {
    reading(read_xml(&piece.bytes, piece.hints.charset.as_deref()), &piece.place)
}

/// The articles of a feed in JSON that has been parsed.
pub(crate) fn json_articles(place: &str, value: &serde_json::Value) -> Reading {
    reading(json::read(value), place)
}

fn reading(feed: Feed, place: &str) -> Reading {
    let mut reading = Reading::default();
    let remark = |place: String, message: &str| Diagnostic { place, message: message.to_owned() };
    let found = feed.entries.len();
    for (number, entry) in feed.entries.iter().enumerate() {
        match article(entry, &feed) {
            Some(article) => reading.articles.push(article),
            None => {
                let place = format!("{place}!{}", number + 1);
                reading
                    .diagnostics
                    .push(remark(place, "is an entry without title and text, and was left out"));
            }
        }
    }
    match feed.fault {
        Some(fault) => {
            let rest = format!("{fault}; {found} entries before that place were read (fetch the feed again)");
            reading.diagnostics.push(remark(place.to_owned(), &rest));
        }
        None if found == 0 => {
            reading.diagnostics.push(remark(place.to_owned(), "is a feed without entries (fetch it again)"));
        }
        None => {}
    }
    reading
}

/// An entry as an article. The headline is its text when it has no other.
fn article(entry: &Entry, feed: &Feed) -> Option<Article> {
    let text = if entry.text.is_empty() { entry.title.clone()? } else { entry.text.clone() };
    let sha256 = content_hash(text.as_bytes());
    // Feeds roll on, so a place in the feed is no name: what the feed calls the entry is.
    let key = entry.key.as_ref().or(entry.link.as_ref());
    let id = key.map_or_else(|| sha256.clone(), |key| content_hash(key.as_bytes()));
    Some(Article {
        id: id[..HASH_ID].to_owned(),
        sha256,
        url: entry.link.clone(),
        published: entry.published,
        publisher: feed.title.clone(),
        lang: entry.lang.clone().or_else(|| feed.lang.clone()),
        title: entry.title.clone(),
        text,
        ..Article::default()
    })
}
