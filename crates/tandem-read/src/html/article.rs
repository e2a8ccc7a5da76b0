//! Which of a page's blocks are its article.
//!
//! `dom_smoothie` (Readability) finds the article in a page whose furniture has been taken off. Where
//! it finds but a piece of what the page itself marks as its article (`article`, `main`,
//! `itemprop=articleBody`), or next to nothing, the page's own word is taken instead.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

use super::dom::{Step, attribute, element, walk};
use super::render::{Block, Kind, blocks};
use super::{prune, trim};

/// Share, in hundredths, of the page's own article that the engine must find to be believed.
const ENOUGH: usize = 50;
/// Bytes below which an article is no article.
const SHORT: usize = 250;

/// The blocks of the article on a page, whose tree this uses up; `again` parses it once more.
pub(super) fn find(document: Document, again: impl FnOnce() -> Document) -> Vec<Block> {
    let found = pruned(document);
    if prose(&found) >= SHORT {
        return found;
    }
    // What was taken off may have been the article.
    let whole = trim::trim(narrow(again()));
    if prose(&whole) > prose(&found) * 2 { whole } else { found }
}

fn pruned(document: Document) -> Vec<Block> {
    let Some(body) = document.body() else { return Vec::new() };
    prune::prune(body);
    let broad = trim::trim(broad(body));
    let narrow = trim::trim(narrow(document));
    let (found, marked) = (prose(&narrow), prose(&broad));
    let narrow = if is_empty(&narrow) { Vec::new() } else { narrow };
    if found * 100 < marked * ENOUGH || (found < SHORT && found < marked) { broad } else { narrow }
}

/// Bytes of prose: text that is no link.
fn prose(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.len() - block.linked).sum()
}

fn narrow(document: Document) -> Vec<Block> {
    let config = Config { text_mode: TextMode::Raw, disable_json_ld: true, ..Config::default() };
    let found =
        Readability::with_document(document, None, Some(config)).and_then(|mut reader| reader.parse());
    found.map(|article| blocks(Document::fragment(article.content).root())).unwrap_or_default()
}

/// The largest part that the page marks as its article; without one, all of it.
fn broad(body: NodeRef<'_>) -> Vec<Block> {
    let mut marked: Vec<NodeRef<'_>> = Vec::new();
    walk(body, |step| {
        let Step::Enter(node) = step else { return true };
        let article = element(&node, |element| {
            matches!(&*element.name.local, "article" | "main")
                || attribute(element, "role") == Some("main")
                || attribute(element, "itemprop") == Some("articleBody")
        });
        marked.extend(article.filter(|&is| is).map(|_| node));
        true
    });
    marked
        .into_iter()
        .map(blocks)
        .max_by_key(|blocks| prose(blocks))
        .filter(|blocks| prose(blocks) >= SHORT)
        .unwrap_or_else(|| blocks(body))
}

/// Whether nothing but headings is there.
fn is_empty(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| block.kind == Kind::Heading)
}
