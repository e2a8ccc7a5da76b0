//! What a page says of itself: title, publisher, author, language, address, and its dates with the
//! evidence for each.
//!
//! Pages say the same thing in many places and do not always agree with themselves. Everything that is
//! said of a date is kept ([`Dated`]); the date of publication is the one with the best evidence, in the
//! order of [`Source`], and what contradicts it becomes a remark.

use dom_query::{Element, NodeRef};
use tandem_model::Date;

use super::dates;
use super::dom::{Step, attribute, element, has, text, walk, words};
use super::jsonld::{self, Linked};

/// Where a page states a date; better evidence first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// JSON-LD of the article.
    JsonLd,
    /// A `meta` element: OpenGraph, Dublin Core and their kin.
    Meta,
    /// An element marked as the date of publication (`itemprop`, `pubdate`).
    Marked,
    /// JSON-LD of the page that holds the article.
    JsonLdPage,
    /// A `time` element.
    Time,
    /// A line that the reader sees near the headline.
    Text,
    /// The page's address.
    Url,
}

impl Source {
    /// The source as words for a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::JsonLd => "its linked data",
            Self::Meta => "its metadata",
            Self::Marked => "a mark in its text",
            Self::JsonLdPage => "the linked data of the page",
            Self::Time => "a time in its text",
            Self::Text => "a line of its text",
            Self::Url => "its address",
        }
    }
}

/// A date that a page states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// Whether it is the day of a later change rather than of publication.
    pub modified: bool,
    /// Where it is stated.
    pub source: Source,
    /// Whether readers see it near the headline.
    pub near: bool,
    /// The words of the page.
    pub written: String,
}

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
    pub(super) dates: Vec<Dated>,
}

/// Bytes of the longest line that can be a date line.
const DATE_LINE: usize = 120;
/// Date lines and times that are looked at.
const LOOKED_AT: usize = 40;
/// Bytes of the shortest piece of text that must be a paragraph.
const PARAGRAPH: usize = 200;
/// Pieces of text behind the headline in which the date line stands, at most.
const HEAD: usize = 30;
/// Pieces of text before the headline in which it may stand instead.
const BEFORE: usize = 6;

/// Gathers what the page under `root` says; `url` is its address when the carrier knows it.
pub(super) fn gather(root: NodeRef<'_>, json_ld: &[String], url: Option<&str>) -> Meta {
    let mut found = Found::default();
    walk(root, |step| {
        match step {
            Step::Enter(node) => {
                text(&node, |text| found.text(text));
                element(&node, |element| {
                    found.outside += usize::from(is_outside(element));
                    found.look(element, node);
                });
            }
            Step::Leave(node) => {
                element(&node, |element| found.outside -= usize::from(is_outside(element)));
            }
        }
        true
    });
    let linked = jsonld::read(json_ld);
    let address = found.address(&linked);
    let dates = found.dates(&linked, address.as_deref().or(url));
    Meta {
        title: found.headline(&linked),
        publisher: found.publisher(&linked),
        author: found.author(&linked),
        lang: found.language(&linked),
        url: address,
        dates,
    }
}

/// What a walk over the page finds.
#[derive(Default)]
struct Found<'a> {
    metas: Vec<(String, String)>,
    lang: Option<String>,
    title: Option<String>,
    canonical: Option<String>,
    headings: Vec<String>,
    byline: Option<String>,
    /// Elements and lines that may hold a date.
    shown: Vec<Shown<'a>>,
    /// Pieces of text so far.
    texts: usize,
    /// Pieces of text before the first headline.
    headline: Option<usize>,
    /// Pieces of text before the first paragraph behind the headline.
    body: Option<usize>,
    /// Elements around the present place that hold no article.
    outside: usize,
}

/// Something on the page that may show its date.
struct Shown<'a> {
    source: Source,
    modified: bool,
    /// Pieces of text before it.
    at: usize,
    words: Words<'a>,
}

enum Words<'a> {
    /// As found.
    Here(String),
    /// Under this node, to be read if need be.
    Under(NodeRef<'a>),
}

impl<'a> Found<'a> {
    fn look(&mut self, element: &Element, node: NodeRef<'a>) {
        match &*element.name.local {
            "html" => {
                let lang = attribute(element, "lang").or_else(|| attribute(element, "xml:lang"));
                self.lang = lang.map(str::to_owned);
            }
            "title" if self.title.is_none() => self.title = Some(words(node)),
            "link" if attribute(element, "rel") == Some("canonical") => {
                self.canonical = attribute(element, "href").map(str::to_owned);
            }
            "meta" => self.meta(element),
            "h1" if self.headings.len() < 4 => {
                self.headline.get_or_insert(self.texts);
                self.headings.push(words(node));
            }
            "time" => self.time(element, node),
            _ => self.other(element, node),
        }
    }

    fn meta(&mut self, element: &Element) {
        let key =
            ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| attribute(element, key));
        if let (Some(key), Some(content)) = (key, attribute(element, "content")) {
            self.metas.push((key.to_ascii_lowercase(), content.to_owned()));
        }
    }

    fn show(&mut self, source: Source, modified: bool, words: Words<'a>) {
        let headed = self.headline.is_some();
        let many =
            self.shown.iter().filter(|shown| shown.at >= self.headline.unwrap_or(0)).count() >= LOOKED_AT;
        if self.outside == 0 && !many && (headed || self.shown.len() < LOOKED_AT) {
            self.shown.push(Shown { source, modified, at: self.texts, words });
        }
    }

    /// A piece of text: a short one with a year may be a date line, a long one begins the article.
    fn text(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if text.len() >= PARAGRAPH && self.headline.is_some() {
            self.body.get_or_insert(self.texts);
        }
        if text.len() <= DATE_LINE && has_year(text) {
            self.show(Source::Text, says_modified(&text.to_lowercase()), Words::Here(text.to_owned()));
        }
        self.texts += 1;
    }

    fn time(&mut self, element: &Element, node: NodeRef<'a>) {
        let names = names(element);
        let modified = says_modified(&names);
        let published =
            has(element, "pubdate") || names.contains("published") || names.contains("entry-date");
        let source = if published || modified { Source::Marked } else { Source::Time };
        let written = attribute(element, "datetime").map(|written| Words::Here(written.to_owned()));
        self.show(source, modified, written.unwrap_or(Words::Under(node)));
    }

    /// An element that is marked as a date or a byline.
    fn other(&mut self, element: &Element, node: NodeRef<'a>) {
        if let Some(mark @ ("datePublished" | "dateModified" | "dateCreated")) =
            attribute(element, "itemprop")
        {
            let written = attribute(element, "content").or_else(|| attribute(element, "datetime"));
            let written = written.map(|written| Words::Here(written.to_owned()));
            self.show(Source::Marked, mark == "dateModified", written.unwrap_or(Words::Under(node)));
            return;
        }
        let names = names(element);
        if self.byline.is_none() && (names.contains("author") || names.contains("byline")) {
            self.byline = Some(words(node)).filter(|line| !line.is_empty() && line.len() <= 80);
        }
        if DATE_WORDS.iter().any(|word| names.contains(word)) {
            self.show(Source::Text, false, Words::Under(node));
        }
    }

    fn of_meta(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| {
            self.metas.iter().find(|(name, _)| name == key).map(|(_, content)| content.as_str())
        })
    }

    fn address(&self, linked: &Linked) -> Option<String> {
        let all = [self.canonical.as_deref(), self.of_meta(&["og:url"]), linked.url.as_deref()];
        all.into_iter()
            .flatten()
            .find(|url| url.starts_with("https://") || url.starts_with("http://"))
            .map(str::to_owned)
    }

    /// The headline: what the article says; else the page's title without the site's name.
    fn headline(&self, linked: &Linked) -> Option<String> {
        let only = self.headings.first().filter(|_| self.headings.len() == 1).cloned();
        let og = self.of_meta(&["og:title", "twitter:title", "dc.title", "dcterms.title"]).map(str::to_owned);
        let title = linked.headline.clone().or(og).or(only).or_else(|| self.title.clone())?;
        let title = plain(&title);
        let site = linked.publisher.as_deref().or_else(|| self.of_meta(&["og:site_name"]));
        let heading = self.headings.iter().map(|heading| plain(heading));
        let shorter =
            heading.into_iter().find(|heading| heading.len() > 10 && title.starts_with(heading.as_str()));
        let title = shorter.unwrap_or_else(|| without_site(&title, site));
        Some(title).filter(|title| !title.is_empty())
    }

    fn publisher(&self, linked: &Linked) -> Option<String> {
        let meta = self.of_meta(&[
            "og:site_name",
            "dc.publisher",
            "dcterms.publisher",
            "citation_publisher",
            "application-name",
        ]);
        linked
            .publisher
            .clone()
            .or_else(|| meta.map(str::to_owned))
            .map(|name| plain(&name))
            .filter(|name| !name.is_empty())
    }

    fn author(&self, linked: &Linked) -> Option<String> {
        let meta = self.of_meta(&[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "citation_author",
            "sailthru.author",
        ]);
        let all = [linked.author.as_deref(), meta, self.byline.as_deref()];
        let found = all.into_iter().flatten().find(|name| !name.contains("://"))?;
        let name = plain(found);
        let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(&name).trim();
        Some(name.to_owned()).filter(|name| !name.is_empty())
    }

    fn language(&self, linked: &Linked) -> Option<String> {
        let meta =
            self.of_meta(&["content-language", "og:locale", "dc.language", "dcterms.language", "language"]);
        let written = self.lang.as_deref().or(meta).or(linked.lang.as_deref())?;
        let code = written.split(['-', '_', ',']).next()?.trim().to_ascii_lowercase();
        Some(code).filter(|code| matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase()))
    }

    /// Whether a place is at the head of the article.
    fn is_near(&self, at: usize) -> bool {
        let Some(headline) = self.headline else { return at < HEAD };
        let body = self.body.map_or(usize::MAX, |body| body + 1);
        at + BEFORE >= headline && at <= (headline + HEAD).min(body.max(headline + 4))
    }

    /// All dates, the best evidence of publication first.
    fn dates(&self, linked: &Linked, url: Option<&str>) -> Vec<Dated> {
        let american =
            self.lang.as_deref().is_none_or(|lang| lang.eq_ignore_ascii_case("en-us") || lang == "en");
        let mut all = Vec::new();
        let mut add = |source, modified, near, written: &str| {
            let date = if source == Source::Url {
                dates::of_url(written)
            } else {
                dates::machine(written, american)
            };
            all.extend(date.map(|date| Dated { date, modified, source, near, written: clip(written) }));
        };
        let own = if linked.of_page { Source::JsonLdPage } else { Source::JsonLd };
        linked.published.iter().for_each(|written| add(own, false, false, written));
        linked.modified.iter().for_each(|written| add(own, true, false, written));
        for (name, content) in &self.metas {
            if PUBLISHED.contains(&name.as_str()) {
                add(Source::Meta, false, false, content);
            } else if MODIFIED.contains(&name.as_str()) {
                add(Source::Meta, true, false, content);
            }
        }
        for shown in &self.shown {
            let (line, limit) = match &shown.words {
                Words::Here(line) => (line.clone(), usize::MAX),
                Words::Under(node) => (words(*node), DATE_LINE),
            };
            let modified =
                shown.modified || (shown.source == Source::Text && says_modified(&line.to_lowercase()));
            if line.len() <= limit {
                add(shown.source, modified, self.is_near(shown.at), &line);
            }
        }
        url.iter().for_each(|url| add(Source::Url, false, false, url));
        all.sort_by_key(|dated| (!dated.near, dated.modified, dated.source));
        all
    }
}

/// The day that a page is from: what machines are told, unless readers are told otherwise at the head of
/// the article. A page that shows its last change there is from that day: its text speaks from then.
pub(super) fn stated(dates: &[Dated]) -> Option<Date> {
    let find = |test: &dyn Fn(&&Dated) -> bool| dates.iter().find(test).map(|dated| dated.date);
    let told = |source: Source| find(&|dated| !dated.modified && !dated.near && dated.source == source);
    let machine = told(Source::JsonLd).or_else(|| told(Source::Meta));
    let near = |day: Date| find(&|dated| dated.near && !is_apart(dated.date, day));
    let seen = find(&|dated| dated.near && !dated.modified).or_else(|| find(&|dated| dated.near));
    machine.and_then(near).or(seen).or(machine).or_else(|| {
        let rest = [Source::Marked, Source::JsonLdPage, Source::Url, Source::Time, Source::Text];
        rest.into_iter().find_map(told).or_else(|| find(&|dated| dated.modified))
    })
}

/// Whether two days are further apart than time zones make them.
fn is_apart(a: Date, b: Date) -> bool {
    a.duration_since(b).as_hours().abs() > 24
}

/// The class, id, itemprop and rel of an element in small letters.
fn names(element: &Element) -> String {
    let parts = ["class", "id", "itemprop", "rel"].iter().filter_map(|key| attribute(element, key));
    parts.collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

/// Whether a text has four digits that can be a year of the web.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("20") || run.starts_with("199")))
}

/// Elements around an article that show other days: of other articles, or today.
fn is_outside(element: &Element) -> bool {
    matches!(&*element.name.local, "nav" | "aside" | "footer")
}

fn says_modified(names: &str) -> bool {
    ["modif", "updat", "изменен", "обновл"].iter().any(|word| names.contains(word))
}

/// Parts of class names of elements that show a date.
const DATE_WORDS: [&str; 7] = ["date", "time", "publish", "posted", "byline", "meta", "dateline"];

/// Names of `meta` elements that state the day of publication, in small letters.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.available",
    "dc:date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "published_time_telegram",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "displaydate",
];

/// Names of `meta` elements that state the day of a change, in small letters.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "article.updated",
    "revised",
];

/// White space run together, entities that were escaped twice undone.
fn plain(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        ("&amp;", "&"),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&#8217;", "\u{2019}"),
        ("&#8211;", "\u{2013}"),
    ]
    .iter()
    .fold(text, |text, (from, to)| if text.contains(from) { text.replace(from, to) } else { text })
}

/// A title without the site's name behind a bar or a dash.
fn without_site(title: &str, site: Option<&str>) -> String {
    for mark in [" | ", " — ", " – ", " - ", " » ", " :: "] {
        if let Some((front, back)) = title.rsplit_once(mark)
            && (site.is_some_and(|site| site.eq_ignore_ascii_case(back.trim()))
                || (mark == " | " && front.split(' ').count() >= 4))
        {
            return front.trim().to_owned();
        }
    }
    title.to_owned()
}

fn clip(written: &str) -> String {
    written.chars().take(200).collect()
}

/// What is odd about the dates, as sentences. Only what states the day of publication is held against the
/// day that was taken, not every date on the page.
pub(super) fn remarks(dates: &[Dated]) -> Vec<String> {
    let Some(taken) = stated(dates) else { return Vec::new() };
    let where_ = |day: Date| {
        dates.iter().find(|dated| dated.date == day).map_or("its text", |dated| dated.source.words())
    };
    let counts = |dated: &&Dated| {
        !dated.modified && (dated.near || matches!(dated.source, Source::JsonLd | Source::Meta | Source::Url))
    };
    let rival = dates.iter().filter(counts).find(|other| is_apart(other.date, taken));
    let mut remarks = Vec::new();
    if let Some(rival) = rival {
        remarks.push(format!(
            "states two dates: {taken} in {} and {} in {} (the first is taken)",
            where_(taken),
            rival.date,
            rival.source.words()
        ));
    }
    let early =
        dates.iter().find(|dated| dated.modified && dated.date < taken && is_apart(dated.date, taken));
    if let Some(early) = early.filter(|_| rival.is_none()) {
        remarks.push(format!(
            "was changed on {} by {}, before it was published on {taken} by {}",
            early.date,
            early.source.words(),
            where_(taken)
        ));
    }
    remarks
}
