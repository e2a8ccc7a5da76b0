//! A trie over word numbers, flattened into a few arrays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_model::ClassId;

/// A trie while it grows.
#[derive(Clone, Debug)]
pub(crate) struct Growing {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    children: BTreeMap<u32, u32>,
    outputs: Vec<Output>,
}

/// That a form ends here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Output {
    /// Number of the entry.
    pub(crate) entry: u32,
    /// Number of the spelling to be met exactly, plus one; 0 when case does not matter.
    pub(crate) spelling: u32,
    /// The entry's class, here so that the entry need not be fetched.
    pub(crate) class: ClassId,
}

impl Growing {
    pub(crate) fn new() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    /// Adds a form, as word numbers.
    pub(crate) fn insert(&mut self, words: &[u32], output: Output) {
        let mut node = 0;
        for word in words {
            let fresh = self.nodes.len() as u32;
            node = *self.nodes[node].children.entry(*word).or_insert(fresh) as usize;
            if node == fresh as usize {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[node].outputs.push(output);
    }

    /// The trie in its final form, for a vocabulary of so many words.
    pub(crate) fn flatten(mut self, words: u32) -> Trie {
        let mut trie = Trie {
            roots: vec![0; words as usize],
            edge_starts: vec![0],
            output_starts: vec![0],
            ..Trie::default()
        };
        for (word, node) in std::mem::take(&mut self.nodes[0].children) {
            trie.roots[word as usize] = node;
        }
        for mut node in self.nodes {
            node.outputs.sort();
            node.outputs.dedup();
            trie.labels.extend(node.children.keys());
            trie.targets.extend(node.children.values());
            trie.outputs.extend(node.outputs);
            trie.edge_starts.push(trie.labels.len() as u32);
            trie.output_starts.push(trie.outputs.len() as u32);
        }
        trie
    }
}

/// The trie, with the edges and outputs of all nodes end to end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Trie {
    /// Word number to node below the root; 0 when no form begins with the word.
    roots: Vec<u32>,
    /// For each node the place of its first edge; one more at the end.
    edge_starts: Vec<u32>,
    labels: Vec<u32>,
    targets: Vec<u32>,
    /// For each node the place of its first output; one more at the end.
    output_starts: Vec<u32>,
    outputs: Vec<Output>,
}

impl Trie {
    /// The node of forms that begin with the word.
    pub(crate) fn root(&self, word: u32) -> Option<u32> {
        self.roots.get(word as usize).copied().filter(|node| *node != 0)
    }

    /// Whether no form goes on from `node`.
    pub(crate) fn is_leaf(&self, node: u32) -> bool {
        range(&self.edge_starts, node).is_empty()
    }

    /// The node after `word` from `node`.
    pub(crate) fn child(&self, node: u32, word: u32) -> Option<u32> {
        let range = range(&self.edge_starts, node);
        let labels = self.labels.get(range.clone())?;
        // Most nodes have a few edges, which are compared faster than halved.
        let found = if labels.len() <= 8 {
            labels.iter().position(|label| *label == word)?
        } else {
            labels.binary_search(&word).ok()?
        };
        self.targets.get(range.start + found).copied()
    }

    /// Hands over every form: its words by number, and the place of what it puts out.
    pub(crate) fn each_form(&self, mut each: impl FnMut(&[u32], usize)) {
        let mut path = Vec::new();
        for (word, node) in self.roots.iter().enumerate().filter(|(_, node)| **node != 0) {
            path.push(word as u32);
            self.below(*node, &mut path, &mut each);
            path.pop();
        }
    }

    /// The forms that go through `node`, to which `path` leads; as deep as the longest form has words.
    fn below(&self, node: u32, path: &mut Vec<u32>, each: &mut impl FnMut(&[u32], usize)) {
        self.places(node).for_each(|place| each(path, place));
        for edge in range(&self.edge_starts, node) {
            let (Some(label), Some(target)) = (self.labels.get(edge), self.targets.get(edge)) else { return };
            path.push(*label);
            self.below(*target, path, each);
            path.pop();
        }
    }

    /// Where the forms stand that end at `node`.
    pub(crate) fn places(&self, node: u32) -> std::ops::Range<usize> {
        range(&self.output_starts, node)
    }

    /// All that is put out by any form.
    pub(crate) fn all_outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The forms that end at `node`.
    pub(crate) fn outputs(&self, node: u32) -> &[Output] {
        self.outputs.get(range(&self.output_starts, node)).unwrap_or(&[])
    }
}

fn range(starts: &[u32], node: u32) -> std::ops::Range<usize> {
    match starts.get(node as usize..node as usize + 2) {
        Some([start, end]) => *start as usize..*end as usize,
        _ => 0..0,
    }
}
