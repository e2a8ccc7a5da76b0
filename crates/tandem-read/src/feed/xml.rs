//! Feeds in XML, whatever their dialect.
//!
//! One pass over the tags with a stack of what is open. Elements are known by their local name and
//! the vocabulary that their prefix stands for; only children of an entry count for it, so that the
//! title of a picture or of the source that an entry quotes is not taken for the entry's own.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::text::{as_text, from_base64, join_url, one_line};
use super::{Entry, Feed};
use crate::dates::day;
use crate::markup::{declarations, escaped, resolve};

/// Open elements among which the partner of an end tag is looked for; further out it is a stray one.
const REACH: usize = 64;

/// Longest address that others are put under, in bytes; relative ones in one another could grow without end.
const LONGEST_BASE: usize = 2048;

/// Bytes that a feed may put in place of the references that it declares itself.
const DECLARED: usize = 1 << 20;

/// Where an element comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    /// RSS, Atom, RDF, CDF.
    Core,
    Dublin,
    Content,
    Media,
    Burner,
    Html,
    Other,
}

/// What a field of an entry or of the feed is for; smaller ranks count more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Title(u8),
    Link(u8),
    Key,
    /// A key that is the address as well.
    Guid,
    Date(u8),
    Summary(u8),
    Content,
    Lang,
    FeedTitle,
    FeedLang,
}

/// An element that is open.
struct Open {
    name: String,
    words: Words,
    base: Option<String>,
    lang: Option<String>,
}

/// A field that is being read.
struct Field {
    slot: Slot,
    /// Open elements around it.
    depth: usize,
    /// Its text, tags left out.
    plain: String,
    /// Its text as HTML, inner tags included.
    markup: String,
    tags: bool,
    kind: String,
    base64: bool,
}

/// An entry that is being read: the best of each field so far, with its rank.
#[derive(Default)]
struct Draft {
    depth: usize,
    key: Option<String>,
    lang: Option<String>,
    title: Option<(u8, String)>,
    link: Option<(u8, String)>,
    date: Option<(u8, tandem_model::Date)>,
    summary: Option<(u8, String)>,
    content: String,
}

#[derive(Default)]
struct Parser {
    feed: Feed,
    open: Vec<Open>,
    entry: Option<Draft>,
    field: Option<Field>,
    /// Prefixes with the vocabularies that they stand for, and the depth of the element that says so.
    prefixes: Vec<(usize, String, Words)>,
    entities: Vec<(String, String)>,
    /// Bytes that references have been replaced by so far.
    declared: usize,
}

/// Reads a feed as far as its tags can be told apart.
pub(super) fn read(text: &str) -> Feed {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut parser = Parser::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => parser.take(event),
            Err(error) => {
                let place = reader.error_position();
                // What was being read is not whole.
                (parser.entry, parser.field) = (None, None);
                parser.feed.fault = Some(format!("is not well-formed at byte {place}: {error}"));
                break;
            }
        }
    }
    parser.close_to(0);
    parser.feed
}

impl Parser {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => {
                self.start(&tag);
                self.close_to(self.open.len().saturating_sub(1));
            }
            Event::End(tag) => {
                let name = local(tag.name().as_ref());
                let from = self.open.len().saturating_sub(REACH);
                let partner = self.open[from..].iter().rposition(|open| open.name == name);
                if let Some(partner) = partner {
                    self.close_to(from + partner);
                }
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) if self.field.is_some() => {
                let declared = if self.declared < DECLARED { &self.entities[..] } else { &[] };
                let text = resolve(&reference, declared);
                self.declared += text.len();
                self.text(&text);
            }
            Event::DocType(doctype) => self.entities = declarations(&doctype),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(field) = &mut self.field {
            field.plain.push_str(text);
            field.markup.push_str(&escaped(text));
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = local(tag.name().as_ref());
        self.declare(tag);
        let words = self.words_of(tag.name().as_ref());
        let base = attribute(tag, "xml:base").map(|base| join_url(self.base(), &base));
        let base = base.filter(|base| base.len() <= LONGEST_BASE);
        let lang = attribute(tag, "xml:lang").filter(|lang| !lang.trim().is_empty());
        if let Some(field) = &mut self.field {
            field.tags = true;
            field.markup.push_str(&format!("<{name}>"));
        } else if self.entry.is_none() && words == Words::Core && matches!(name.as_str(), "item" | "entry") {
            self.begin_entry(tag, base.as_deref());
        } else if let Some(slot) = self.slot_of(&name, words, tag) {
            self.begin_field(slot, tag);
        }
        self.open.push(Open { name, words, base, lang });
    }

    fn begin_entry(&mut self, tag: &BytesStart<'_>, base: Option<&str>) {
        let mut draft = Draft { depth: self.open.len(), ..Draft::default() };
        draft.lang = attribute(tag, "xml:lang");
        let base = base.unwrap_or(self.base()).to_owned();
        // RDF names the entry by its address; CDF has address and date on the tag.
        if let Some(about) = attribute(tag, "rdf:about") {
            offer(&mut draft.link, 4, join_url(&base, &about));
            draft.key = Some(about);
        }
        if let Some(href) = attribute(tag, "href") {
            offer(&mut draft.link, 2, join_url(&base, &href));
        }
        if let Some(day) = attribute(tag, "lastmod").and_then(|written| day(&written)) {
            offer(&mut draft.date, 4, day);
        }
        self.entry = Some(draft);
    }

    fn begin_field(&mut self, slot: Slot, tag: &BytesStart<'_>) {
        let base = attribute(tag, "xml:base");
        let base = base.map_or_else(|| self.base().to_owned(), |base| join_url(self.base(), &base));
        if let (Slot::Link(rank), Some(href), Some(draft)) = (slot, attribute(tag, "href"), &mut self.entry) {
            if !href.trim().is_empty() {
                offer(&mut draft.link, rank, join_url(&base, href.trim()));
            }
            return;
        }
        let kind = attribute(tag, "type").unwrap_or_default().trim().to_ascii_lowercase();
        let mode = attribute(tag, "mode").unwrap_or_default();
        self.field = Some(Field {
            slot,
            depth: self.open.len(),
            plain: String::new(),
            markup: String::new(),
            tags: false,
            base64: mode == "base64" || is_binary(&kind),
            kind,
        });
    }

    /// What an element is for where it stands.
    fn slot_of(&self, name: &str, words: Words, tag: &BytesStart<'_>) -> Option<Slot> {
        let parent = self.open.last()?;
        if self.entry.as_ref().is_some_and(|draft| draft.depth + 1 == self.open.len()) {
            return entry_slot(name, words, tag);
        }
        let of_feed =
            parent.words == Words::Core && matches!(parent.name.as_str(), "channel" | "feed" | "rss");
        if self.entry.is_some() || !of_feed {
            return None;
        }
        match (words, name) {
            (Words::Core | Words::Dublin, "title") => Some(Slot::FeedTitle),
            (Words::Core | Words::Dublin, "language") => Some(Slot::FeedLang),
            _ => None,
        }
    }

    /// Closes all open elements from `depth` on, the innermost first.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let closed = self.open.pop();
            let left = self.open.len();
            while self.prefixes.pop_if(|(depth, ..)| *depth >= left).is_some() {}
            match self.field.take_if(|field| field.depth >= left) {
                Some(field) => self.end_field(field, closed),
                None => {
                    if let (Some(field), Some(closed)) = (&mut self.field, closed) {
                        field.markup.push_str(&format!("</{}>", closed.name));
                    }
                }
            }
            if let Some(draft) = self.entry.take_if(|draft| draft.depth >= left) {
                self.end_entry(draft);
            }
        }
    }

    fn end_field(&mut self, field: Field, closed: Option<Open>) {
        let base = closed.and_then(|open| open.base).unwrap_or_else(|| self.base().to_owned());
        let line = one_line(&field.plain);
        match (field.slot, &mut self.entry) {
            (Slot::FeedTitle, _) if self.feed.title.is_none() => {
                self.feed.title = Some(one_line(&content(&field))).filter(|title| !title.is_empty());
            }
            (Slot::FeedLang, _) => self.feed.lang = Some(line).filter(|lang| !lang.is_empty()),
            (_, None) | (Slot::FeedTitle, _) => {}
            (_, Some(_)) if line.is_empty() => {}
            (Slot::Title(rank), Some(draft)) => offer(&mut draft.title, rank, one_line(&content(&field))),
            (Slot::Guid, Some(draft)) => {
                if line.contains("://") {
                    offer(&mut draft.link, 3, line.clone());
                }
                draft.key = Some(line);
            }
            (Slot::Link(rank), Some(draft)) => offer(&mut draft.link, rank, join_url(&base, &line)),
            (Slot::Key, Some(draft)) => {
                draft.key.get_or_insert(line);
            }
            (Slot::Lang, Some(draft)) => draft.lang = Some(line),
            (Slot::Date(rank), Some(draft)) => {
                // A date that is given twice was mended.
                if let Some(day) = day(&line)
                    && draft.date.is_none_or(|(held, _)| rank <= held)
                {
                    draft.date = Some((rank, day));
                }
            }
            (Slot::Summary(rank), Some(draft)) => offer(&mut draft.summary, rank, content(&field)),
            (Slot::Content, Some(draft)) => {
                let text = content(&field);
                if text.len() > draft.content.len() {
                    draft.content = text;
                }
            }
        }
    }

    fn end_entry(&mut self, draft: Draft) {
        let summary = draft.summary.map(|(_, text)| text).unwrap_or_default();
        let lang = draft.lang.or_else(|| self.open.iter().rev().find_map(|open| open.lang.clone()));
        self.feed.entries.push(Entry {
            key: draft.key,
            title: draft.title.map(|(_, title)| title).filter(|title| !title.is_empty()),
            link: draft.link.map(|(_, link)| link),
            published: draft.date.map(|(_, day)| day),
            lang,
            text: if draft.content.is_empty() { summary } else { draft.content },
        });
    }

    /// The address that relative ones stand under.
    fn base(&self) -> &str {
        self.open.iter().rev().find_map(|open| open.base.as_deref()).unwrap_or_default()
    }

    /// Remembers which vocabularies prefixes stand for.
    fn declare(&mut self, tag: &BytesStart<'_>) {
        /// More than any feed declares.
        const MOST: usize = 64;
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let key: &str = attribute.key.as_ref();
            let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix.filter(|_| self.prefixes.len() < MOST) {
                let words = vocabulary(&attribute.value).unwrap_or_else(|| usual(prefix));
                self.prefixes.push((self.open.len(), prefix.to_owned(), words));
            }
        }
    }

    fn words_of(&self, name: &str) -> Words {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.prefixes.iter().rfind(|(_, known, _)| known == prefix);
        declared.map(|&(_, _, words)| words).unwrap_or_else(|| usual(prefix))
    }
}

/// What a child of an entry is for.
fn entry_slot(name: &str, words: Words, tag: &BytesStart<'_>) -> Option<Slot> {
    Some(match (words, name) {
        (Words::Core, "title") => Slot::Title(0),
        (Words::Dublin, "title") => Slot::Title(1),
        (Words::Media, "title") => Slot::Title(2),
        (Words::Burner, "origlink") => Slot::Link(0),
        (Words::Core, "link") => link_slot(tag)?,
        (Words::Core, "guid") => {
            // A guid is an address unless it says otherwise; ids of Atom are not.
            let plain = attribute(tag, "ispermalink").is_some_and(|flag| flag.eq_ignore_ascii_case("false"));
            if plain { Slot::Key } else { Slot::Guid }
        }
        (Words::Core, "id") => Slot::Key,
        (Words::Core, "pubdate" | "published") => Slot::Date(0),
        (Words::Core | Words::Dublin, "issued") => Slot::Date(1),
        (Words::Dublin, "date") => Slot::Date(2),
        (Words::Core | Words::Dublin, "created") => Slot::Date(3),
        (Words::Core | Words::Dublin, "updated" | "modified" | "lastmod") => Slot::Date(4),
        (Words::Core, "date") => Slot::Date(5),
        (Words::Core, "description" | "summary") => Slot::Summary(0),
        (Words::Core, "abstract") | (Words::Dublin, "description" | "abstract") => Slot::Summary(1),
        (Words::Media, "description" | "summary") | (Words::Other, "summary" | "subtitle") => {
            Slot::Summary(2)
        }
        (Words::Content, "encoded") | (Words::Core, "content" | "fullitem") => Slot::Content,
        (Words::Html, "body" | "div") | (Words::Core, "body") | (Words::Other, "fulltext" | "full-text") => {
            Slot::Content
        }
        (Words::Core | Words::Dublin, "language") => Slot::Lang,
        _ => return None,
    })
}

/// Of several links the page itself counts, and of those the HTML one.
fn link_slot(tag: &BytesStart<'_>) -> Option<Slot> {
    let rel = attribute(tag, "rel").unwrap_or_else(|| "alternate".to_owned());
    let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    match rel.trim().rsplit('/').next().unwrap_or_default() {
        "alternate" | "" if kind.is_empty() || kind.contains("html") => Some(Slot::Link(1)),
        "alternate" | "" => Some(Slot::Link(2)),
        _ => None,
    }
}

/// The text of a field.
fn content(field: &Field) -> String {
    let kind = field.kind.as_str();
    let decoded = field.base64.then(|| from_base64(&field.plain)).flatten();
    if let Some(text) = decoded {
        return as_text(&text, true);
    }
    if field.tags {
        return as_text(&field.markup, true);
    }
    // Atom says when text is no HTML; RSS says nothing and means HTML when it looks like it.
    let plain = matches!(kind, "text" | "text/plain");
    as_text(&field.plain, !plain)
}

fn is_binary(kind: &str) -> bool {
    let text =
        ["", "text", "html", "xhtml"].contains(&kind) || kind.contains("text/") || kind.contains("xml");
    !text && kind.contains('/')
}

/// Takes a value that counts more than the one at hand; of equals the first.
fn offer<T>(at_hand: &mut Option<(u8, T)>, rank: u8, value: T) {
    if at_hand.as_ref().is_none_or(|(held, _)| rank < *held) {
        *at_hand = Some((rank, value));
    }
}

/// The vocabulary of a namespace; none when it is nothing that is known.
fn vocabulary(namespace: &str) -> Option<Words> {
    let known = [
        ("purl.org/dc/", Words::Dublin),
        ("modules/content", Words::Content),
        ("search.yahoo.com/mrss", Words::Media),
        ("feedburner.org", Words::Burner),
        ("feedburner.com", Words::Burner),
        ("1999/xhtml", Words::Html),
        ("2005/atom", Words::Core),
        ("purl.org/atom", Words::Core),
        ("purl.org/rss/1.0/modules", Words::Other),
        ("purl.org/rss/", Words::Core),
        ("netscape.com/rdf", Words::Core),
        ("backend.userland.com", Words::Core),
    ];
    let lower = namespace.trim().to_ascii_lowercase();
    known.iter().find(|(part, _)| lower.contains(part)).map(|&(_, words)| words)
}

/// What a prefix stands for when nothing declares it, or declares it as something unheard of.
fn usual(prefix: &str) -> Words {
    match prefix {
        "" | "atom" | "atom10" | "atom03" | "rss" | "rdf" => Words::Core,
        "dc" | "dcterms" => Words::Dublin,
        "content" => Words::Content,
        "media" => Words::Media,
        "feedburner" => Words::Burner,
        "xhtml" | "html" => Words::Html,
        _ => Words::Other,
    }
}

/// A name without its prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// The value of an attribute, whatever the case of its name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.html_attributes().with_checks(false).flatten().find(|attribute| {
        let key: &str = attribute.key.as_ref();
        key.eq_ignore_ascii_case(name)
    })?;
    let unescaped = quick_xml::escape::unescape_with(&found.value, quick_xml::escape::resolve_html5_entity);
    Some(unescaped.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}
