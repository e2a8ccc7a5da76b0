//! What a page says of itself in JSON-LD.
//!
//! Pages hold several blocks, each an object, a list, or an `@graph`, with the article among
//! breadcrumbs, the site and its owner. The article is the first node of an article's type; a web page's
//! own node serves when there is none.

use serde_json::{Map, Value};

/// Bytes of the largest block that is parsed.
const MAX_BLOCK: usize = 1 << 20;
/// Nodes that are looked at.
const MAX_NODES: usize = 2_000;

/// What linked data says of an article. Every value is as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    /// The dates are those of the page, not of an article on it.
    pub(super) of_page: bool,
}

/// Reads the blocks of a page.
pub(super) fn read(blocks: &[String]) -> Linked {
    let parsed: Vec<Value> = blocks.iter().filter_map(|block| parse(block)).collect();
    let mut nodes = Vec::new();
    parsed.iter().for_each(|value| gather(value, &mut nodes));
    let article = nodes.iter().copied().find(|node| is_of(node, is_article));
    let page = nodes.iter().copied().find(|node| is_of(node, |kind| kind.ends_with("Page")));
    let mut linked = article.map(|node| of_node(node, &nodes)).unwrap_or_default();
    if let Some(page) = page.map(|node| of_node(node, &nodes)) {
        linked.of_page = linked.published.is_none();
        linked.published = linked.published.or(page.published);
        linked.modified = linked.modified.or(page.modified);
        linked.publisher = linked.publisher.or(page.publisher);
        linked.lang = linked.lang.or(page.lang);
    }
    linked
}

/// Parses a block; raw line breaks within strings, which JSON forbids and pages have, are forgiven.
fn parse(block: &str) -> Option<Value> {
    if block.len() > MAX_BLOCK {
        return None;
    }
    let block = block.trim().trim_start_matches("<![CDATA[").trim_start_matches("<!--");
    let block = block.trim_end_matches("-->").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(block).ok().or_else(|| {
        let spaced: String = block.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// The nodes of a value, in the order of the text: the objects of its lists and graphs.
fn gather<'v>(value: &'v Value, nodes: &mut Vec<&'v Map<String, Value>>) {
    if nodes.len() >= MAX_NODES {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, nodes)),
        Value::Object(node) => {
            nodes.push(node);
            ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]
                .iter()
                .filter_map(|key| node.get(*key))
                .for_each(|value| gather(value, nodes));
        }
        _ => {}
    }
}

fn is_of(node: &Map<String, Value>, test: impl Fn(&str) -> bool) -> bool {
    match node.get("@type") {
        Some(Value::String(kind)) => test(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(test),
        _ => false,
    }
}

fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("Article")
        || matches!(
            kind,
            "BlogPosting"
                | "LiveBlogPosting"
                | "SocialMediaPosting"
                | "Report"
                | "CreativeWork"
                | "Review"
                | "Recipe"
        )
}

fn of_node(node: &Map<String, Value>, nodes: &[&Map<String, Value>]) -> Linked {
    let text = |key: &str| node.get(key).and_then(first_text);
    Linked {
        headline: text("headline").or_else(|| text("name")),
        publisher: node
            .get("publisher")
            .or_else(|| node.get("sourceOrganization"))
            .and_then(|value| name(value, nodes)),
        author: node.get("author").or_else(|| node.get("creator")).and_then(|value| names(value, nodes)),
        lang: text("inLanguage"),
        url: text("url").or_else(|| text("mainEntityOfPage")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        of_page: false,
    }
}

fn first_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => Some(text.as_str()),
        Value::Array(values) => values.iter().find_map(Value::as_str),
        Value::Object(node) => node.get("@id").or_else(|| node.get("name")).and_then(Value::as_str),
        _ => None,
    };
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The name of a person or a body, which may be told by a reference to another node.
fn name(value: &Value, nodes: &[&Map<String, Value>]) -> Option<String> {
    let named = |node: &Map<String, Value>| {
        let name = node.get("name").and_then(first_text);
        name.or_else(|| node.get("legalName").and_then(first_text))
    };
    match value {
        Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Array(values) => values.iter().find_map(|value| name(value, nodes)),
        Value::Object(node) => named(node).or_else(|| {
            let id = node.get("@id")?;
            nodes.iter().find(|other| other.get("@id") == Some(id)).and_then(|other| named(other))
        }),
        _ => None,
    }
}

fn names(value: &Value, nodes: &[&Map<String, Value>]) -> Option<String> {
    let Value::Array(values) = value else { return name(value, nodes) };
    let all: Vec<String> = values.iter().filter_map(|value| name(value, nodes)).take(10).collect();
    Some(all.join(", ")).filter(|names| !names.is_empty())
}
