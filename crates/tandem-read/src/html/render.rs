//! A tree as blocks of text: headings, paragraphs, items of lists, rows of tables.
//!
//! A block is what a reader takes for one piece. Its kind says how it is set into the text: a heading
//! and a paragraph stand between blank lines, an item has a bullet and stands under the one before, a
//! row of a table is a line with its cells parted by tabs. Numbers of ordered lists are not invented:
//! what is not in the page must not get into a quote.

use dom_query::{Element, NodeRef};

use super::dom::{Step, attribute, element, text, walk};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Paragraph,
    Item,
    Row,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Bytes of it that are links.
    pub(super) linked: usize,
}

/// The blocks under a node.
pub(super) fn blocks(root: NodeRef<'_>) -> Vec<Block> {
    let mut setter = Setter::default();
    walk(root, |step| match step {
        Step::Enter(node) => {
            if let Some(enter) = text(&node, |text| setter.words(text)) {
                return enter;
            }
            element(&node, |element| setter.enter(element, node)).unwrap_or(true)
        }
        Step::Leave(node) => {
            element(&node, |element| setter.leave(&element.name.local));
            true
        }
    });
    setter.flush();
    setter.blocks
}

/// Blocks as a text.
pub(super) fn joined(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut before = None;
    for block in blocks {
        let close = matches!(block.kind, Kind::Item | Kind::Row) && before == Some(block.kind);
        if before.is_some() {
            text.push_str(if close { "\n" } else { "\n\n" });
        }
        if block.kind == Kind::Item {
            text.push_str("\u{2022} ");
        }
        text.push_str(&block.text);
        before = Some(block.kind);
    }
    text
}

#[derive(Default)]
struct Setter {
    blocks: Vec<Block>,
    line: String,
    linked: usize,
    /// White space was seen since the last word.
    gap: bool,
    links: u32,
    headings: u32,
    items: u32,
    verbatim: u32,
    /// For each open table, whether its rows are lines.
    tables: Vec<bool>,
}

impl Setter {
    fn words(&mut self, text: &str) -> bool {
        let before = self.line.len();
        for c in text.chars() {
            match c {
                '\n' if self.verbatim > 0 => self.line.push('\n'),
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
                c if c.is_whitespace() || c.is_control() => self.gap = true,
                c => {
                    if self.gap && !self.line.is_empty() && !self.line.ends_with(['\n', '\t']) {
                        self.line.push(' ');
                    }
                    self.gap = false;
                    self.line.push(c);
                }
            }
        }
        if self.links > 0 {
            self.linked += self.line.len() - before;
        }
        false
    }

    fn enter(&mut self, element: &Element, node: NodeRef<'_>) -> bool {
        let name = &*element.name.local;
        if is_never_text(name) {
            return false;
        }
        match name {
            "br" => self.line_break(),
            "a" => self.links += 1,
            "table" => {
                self.flush();
                self.tables.push(is_data(element, node));
            }
            "td" | "th" if self.in_rows() => {
                if !self.line.is_empty() {
                    self.line.push('\t');
                }
                self.gap = false;
            }
            _ if is_block(name) && !self.in_rows() || name == "tr" => self.flush(),
            _ if is_block(name) => self.gap = true,
            _ => {}
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.headings += 1,
            "li" => self.items += 1,
            "pre" => self.verbatim += 1,
            _ => {}
        }
        true
    }

    fn leave(&mut self, name: &str) {
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "table" => {
                self.flush();
                self.tables.pop();
            }
            _ if is_block(name) && !self.in_rows() || name == "tr" => self.flush(),
            _ if is_block(name) => self.gap = true,
            _ => {}
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.headings = self.headings.saturating_sub(1),
            "li" => self.items = self.items.saturating_sub(1),
            "pre" => self.verbatim = self.verbatim.saturating_sub(1),
            _ => {}
        }
    }

    fn in_rows(&self) -> bool {
        self.tables.last() == Some(&true)
    }

    /// One break parts lines, two part paragraphs.
    fn line_break(&mut self) {
        if self.in_rows() {
            self.gap = true;
        } else if self.line.ends_with('\n') {
            self.flush();
        } else if !self.line.is_empty() {
            self.line.push('\n');
        }
        self.gap = false;
    }

    fn flush(&mut self) {
        self.gap = false;
        let text = self.line.trim().to_owned();
        let linked = std::mem::take(&mut self.linked).min(text.len());
        self.line.clear();
        if text.is_empty() {
            return;
        }
        let kind = match () {
            () if self.headings > 0 => Kind::Heading,
            () if self.in_rows() => Kind::Row,
            () if self.items > 0 => Kind::Item,
            () => Kind::Paragraph,
        };
        self.blocks.push(Block { kind, text, linked });
    }
}

fn is_never_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "iframe"
            | "select"
            | "textarea"
            | "button"
    )
}

/// A table of values, rather than one that only places things on the screen: several columns, and no
/// cell that holds headings, lists or tables.
fn is_data(table: &Element, node: NodeRef<'_>) -> bool {
    if attribute(table, "role") == Some("presentation") {
        return false;
    }
    let (mut cells, mut rows, mut layout) = (0_usize, 0_usize, false);
    walk(node, |step| {
        if let Step::Enter(inner) = step
            && inner.id != node.id
        {
            element(&inner, |element| match &*element.name.local {
                "td" | "th" => cells += 1,
                "tr" => rows += 1,
                "table" | "h1" | "h2" | "h3" | "ul" | "ol" => layout = true,
                _ => {}
            });
        }
        !layout
    });
    !layout && cells > rows
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "figure"
            | "figcaption"
            | "blockquote"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "hr"
            | "address"
            | "details"
            | "summary"
            | "form"
            | "fieldset"
            | "body"
            | "html"
            | "center"
    )
}
