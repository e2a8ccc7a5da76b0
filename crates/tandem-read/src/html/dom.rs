//! Looking at a parsed page without recursion.

use dom_query::{Element, NodeData, NodeRef};

/// A step of a walk through a tree.
pub(super) enum Step<'a> {
    /// A node begins.
    Enter(NodeRef<'a>),
    /// A node whose [`Step::Enter`] was taken ends.
    Leave(NodeRef<'a>),
}

/// Walks a tree in the order of the text. `step` says for a node that begins whether to go into it;
/// only nodes that were gone into end.
pub(super) fn walk<'a>(root: NodeRef<'a>, mut step: impl FnMut(Step<'a>) -> bool) {
    let mut node = root;
    loop {
        if step(Step::Enter(node)) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            step(Step::Leave(node));
        }
        while node.id != root.id && node.next_sibling().is_none() {
            let Some(parent) = node.parent() else { return };
            node = parent;
            step(Step::Leave(node));
        }
        match node.next_sibling() {
            Some(next) if node.id != root.id => node = next,
            _ => return,
        }
    }
}

/// Looks at an element's name and attributes.
pub(super) fn element<T>(node: &NodeRef<'_>, look: impl FnOnce(&Element) -> T) -> Option<T> {
    node.query(|node| if let NodeData::Element(element) = &node.data { Some(look(element)) } else { None })
        .flatten()
}

/// Looks at a text node's text.
pub(super) fn text<T>(node: &NodeRef<'_>, look: impl FnOnce(&str) -> T) -> Option<T> {
    node.query(|node| if let NodeData::Text { contents } = &node.data { Some(look(contents)) } else { None })
        .flatten()
}

/// An attribute of an element; empty ones count as absent.
pub(super) fn attribute<'e>(element: &'e Element, key: &str) -> Option<&'e str> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == key)?;
    Some(found.value.trim()).filter(|value| !value.is_empty())
}

/// Whether an element has an attribute, be it empty.
pub(super) fn has(element: &Element, key: &str) -> bool {
    element.attrs.iter().any(|attribute| &*attribute.name.local == key)
}

/// All the text of a node, white space run together.
pub(super) fn words(node: NodeRef<'_>) -> String {
    let mut found = String::new();
    walk(node, |step| {
        if let Step::Enter(node) = step {
            text(&node, |text| {
                for word in text.split_whitespace() {
                    if !found.is_empty() {
                        found.push(' ');
                    }
                    found.push_str(word);
                }
            });
        }
        true
    });
    found
}

/// Levels of the deepest node.
pub(super) fn depth(root: NodeRef<'_>) -> usize {
    let (mut now, mut deepest) = (0_usize, 0);
    walk(root, |step| {
        match step {
            Step::Enter(_) => now += 1,
            Step::Leave(_) => now = now.saturating_sub(1),
        }
        deepest = deepest.max(now);
        true
    });
    deepest
}
