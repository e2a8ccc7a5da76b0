//! What is on a page but no part of its article, told by the roles that pages give their parts.
//!
//! A part goes when its element (`nav`), its ARIA role, or a word of its class or id names it as
//! furniture, and when it holds but a small share of the page's prose: pages with a body of class
//! `related-content-enabled` are common, and an article is never lost to a name.

use dom_query::{Element, NodeRef};
use rustc_hash::FxHashMap;

use super::dom::{Step, attribute, element, has, text, walk};

/// Share of the page's prose, in hundredths, above which no part is furniture, whatever it calls itself.
const MOST: usize = 50;
/// The same for all parts together that one doubtful word names.
const TOO_MUCH: usize = 30;

/// Takes furniture off a page.
pub(super) fn prune(root: NodeRef<'_>) {
    let parts = parts(root);
    let whole = parts.first().map_or(0, |part| part.prose);
    let over = |prose: usize, share: usize| prose * 100 > whole * share;
    let named = prose_by_sign(&parts);
    let mut skip = 0;
    for (at, part) in parts.iter().enumerate() {
        if at < skip {
            continue;
        }
        match part.role {
            Role::Furniture(Sign::Role) if !over(part.prose, MOST) => {}
            Role::Furniture(sign @ Sign::Word(_)) if is_doubtful(sign) => {
                if part.holds || over(named.get(&sign).copied().unwrap_or(0), TOO_MUCH) {
                    continue;
                }
            }
            Role::Furniture(_) if part.holds => continue,
            Role::Furniture(_) if !over(part.prose, MOST) => {}
            Role::Hidden if !over(part.prose, MOST) => {}
            // Pages that are put together by scripts come with their article hidden.
            Role::Hidden => {
                part.node.remove_attrs(&["hidden", "style"]);
                continue;
            }
            _ => continue,
        }
        part.node.remove_from_parent();
        skip = part.end;
    }
}

/// Prose in all parts that show one sign of furniture.
fn prose_by_sign(parts: &[Part<'_>]) -> FxHashMap<Sign, usize> {
    let mut sums: FxHashMap<Sign, (usize, usize)> = FxHashMap::default();
    for (at, part) in parts.iter().enumerate() {
        if let Role::Furniture(sign @ Sign::Word(_)) = part.role {
            let (sum, end) = sums.entry(sign).or_default();
            if at >= *end {
                *sum += part.prose;
                *end = part.end;
            }
        }
    }
    sums.into_iter().map(|(sign, (sum, _))| (sign, sum)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Content,
    Furniture(Sign),
    Hidden,
}

/// What shows that a part is furniture.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sign {
    /// Its element or its ARIA role.
    Role,
    /// A word of its class or id: its place in the list, or behind it the place of a pair.
    Word(usize),
}

struct Part<'a> {
    node: NodeRef<'a>,
    parent: usize,
    /// The number of the first part behind it.
    end: usize,
    /// Letters of its text that is no link.
    prose: usize,
    role: Role,
    /// Whether the headline or what is named as the article's text is in it.
    holds: bool,
}

fn parts(root: NodeRef<'_>) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut links = 0_usize;
    walk(root, |step| match step {
        Step::Enter(node) => {
            if let Some(length) = text(&node, |text| text.split_whitespace().map(str::len).sum::<usize>()) {
                if let Some(part) = open.last().and_then(|&at| parts.get_mut(at)).filter(|_| links == 0) {
                    part.prose += length;
                }
                return false;
            }
            let Some((role, link, holds)) =
                element(&node, |e| (role(e), &*e.name.local == "a", holds_article(e)))
            else {
                return true;
            };
            links += usize::from(link);
            let parent = open.last().copied().unwrap_or(0);
            open.push(parts.len());
            parts.push(Part { node, parent, end: 0, prose: 0, role, holds });
            true
        }
        Step::Leave(node) => {
            if let Some(link) = element(&node, |e| &*e.name.local == "a") {
                links -= usize::from(link);
                let count = parts.len();
                if let Some(part) = open.pop().and_then(|at| parts.get_mut(at)) {
                    part.end = count;
                }
            }
            true
        }
    });
    for at in (1..parts.len()).rev() {
        let (prose, parent, holds) = (parts[at].prose, parts[at].parent, parts[at].holds);
        parts[parent].prose += prose;
        parts[parent].holds |= holds;
    }
    parts
}

/// Names that pages give to the text of their article.
const ARTICLE_NAMES: [&str; 9] = [
    "entry-content",
    "article-body",
    "article-content",
    "article__body",
    "post-content",
    "post-body",
    "story-body",
    "articlebody",
    "article-text",
];

fn holds_article(element: &Element) -> bool {
    &*element.name.local == "h1"
        || attribute(element, "itemprop") == Some("articleBody")
        || attribute(element, "class").is_some_and(|names| {
            names
                .split_ascii_whitespace()
                .any(|name| ARTICLE_NAMES.contains(&name.to_ascii_lowercase().as_str()))
        })
}

fn role(element: &Element) -> Role {
    let name = &*element.name.local;
    if matches!(name, "html" | "body" | "head" | "article" | "main" | "meta" | "title" | "time" | "a" | "h1")
    {
        return Role::Content;
    }
    if has(element, "hidden") || attribute(element, "style").is_some_and(is_invisible) {
        return Role::Hidden;
    }
    if matches!(name, "nav" | "aside" | "footer" | "figcaption" | "dialog" | "button" | "form" | "label")
        || attribute(element, "role").is_some_and(|role| ROLES.contains(&role))
    {
        return Role::Furniture(Sign::Role);
    }
    let named = ["class", "id"].iter().find_map(|key| attribute(element, key).and_then(furniture_word));
    named.map_or(Role::Content, |word| Role::Furniture(Sign::Word(word)))
}

fn is_invisible(style: &str) -> bool {
    let packed: String =
        style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    packed.contains("display:none") || packed.contains("visibility:hidden")
}

/// ARIA roles of what stands around an article.
const ROLES: [&str; 11] = [
    "navigation",
    "complementary",
    "banner",
    "contentinfo",
    "search",
    "menu",
    "menubar",
    "dialog",
    "alertdialog",
    "toolbar",
    "tablist",
];

/// Words of class names and ids, each of which names furniture.
const WORDS: &[&str] = &[
    "ad",
    "adbox",
    "ads",
    "adsbygoogle",
    "advert",
    "advertisement",
    "advertising",
    "advertorial",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "captcha",
    "caption",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "disclaimer",
    "disclosure",
    "disqus",
    "donate",
    "donation",
    "dropdown",
    "footer",
    "gallery",
    "gdpr",
    "hidden",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "paginate",
    "pagination",
    "paywall",
    "popup",
    "print",
    "promo",
    "promotion",
    "rating",
    "readmore",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "reply",
    "respond",
    "rss",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "taglist",
    "tags",
    "teaser",
    "ticker",
    "toc",
    "toolbar",
    "trending",
    "widget",
];

/// Those of them that some pages give to what holds their article.
const DOUBTFUL: &[&str] = &[
    "banner", "caption", "dropdown", "gallery", "hidden", "menu", "modal", "nav", "paywall", "print",
    "promo", "rating", "rss", "skip", "tags", "teaser", "toolbar", "widget",
];

/// Words of class names that name furniture when they stand one behind the other.
const PAIRS: &[(&str, &str)] = &[
    ("about", "author"),
    ("also", "read"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("back", "top"),
    ("entry", "meta"),
    ("further", "reading"),
    ("latest", "news"),
    ("more", "from"),
    ("more", "news"),
    ("most", "popular"),
    ("most", "read"),
    ("next", "post"),
    ("photo", "credit"),
    ("popular", "posts"),
    ("post", "meta"),
    ("post", "navigation"),
    ("read", "also"),
    ("read", "more"),
    ("read", "next"),
    ("screen", "reader"),
    ("see", "also"),
    ("sign", "up"),
    ("site", "header"),
    ("sr", "only"),
    ("top", "stories"),
    ("visually", "hidden"),
    ("you", "may"),
];

fn is_doubtful(sign: Sign) -> bool {
    matches!(sign, Sign::Word(place) if WORDS.get(place).is_some_and(|word| DOUBTFUL.contains(word)))
}

/// The word by which a class attribute or an id names its element as furniture.
fn furniture_word(names: &str) -> Option<usize> {
    let mut before = String::new();
    for name in names.split_ascii_whitespace() {
        before.clear();
        for word in pieces(name) {
            let word = word.to_ascii_lowercase();
            if let Ok(place) = WORDS.binary_search(&word.as_str()) {
                return Some(place);
            }
            let pair = PAIRS.iter().position(|&(first, second)| first == before && second == word);
            if let Some(place) = pair {
                return Some(WORDS.len() + place);
            }
            before = word;
        }
    }
    None
}

/// The words of a name: `relatedPosts`, `related-posts`, `related_posts2`; machine-made parts such as `b5ad4` are none.
fn pieces(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    let parts = parts.map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()));
    parts
        .filter(|part| part.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .flat_map(humps)
        .filter(|word| !word.is_empty())
}

/// Cuts a word before each capital that follows a small letter.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    let mut from = 0;
    let cuts = (1..=bytes.len()).filter(move |&at| {
        at == bytes.len() || (bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
    });
    cuts.map(move |at| {
        let piece = &word[from..at];
        from = at;
        piece
    })
}
