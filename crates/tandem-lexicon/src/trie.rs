//! A trie over word numbers, flattened into two arrays.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        for node in &mut self.nodes {
            // The order of the marks that are made of them.
            node.outputs.sort_unstable_by_key(|output| (output.class, output.entry, output.spelling));
            node.outputs.dedup();
        }
        let order = self.downwards();
        // Node 0 has no place: 0 stands for none.
        let mut places = vec![0; self.nodes.len()];
        let mut size = 1;
        for &node in &order {
            places[node as usize] = size;
            size += self.nodes[node as usize].size();
        }
        let mut trie = Trie { roots: vec![0; words as usize], nodes: vec![0] };
        for (word, node) in &self.nodes[0].children {
            trie.roots[*word as usize] = places[*node as usize];
        }
        for node in order {
            self.nodes[node as usize].write(&places, &mut trie.nodes);
        }
        trie
    }

    /// All nodes below the root, each before those that it leads to, which follow at once.
    fn downwards(&self) -> Vec<u32> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut ahead: Vec<u32> = self.nodes[0].children.values().rev().copied().collect();
        while let Some(node) = ahead.pop() {
            order.push(node);
            ahead.extend(self.nodes[node as usize].children.values().rev());
        }
        order
    }
}

/// Numbers that an output takes.
const OUTPUT: usize = 3;

impl Node {
    /// Numbers that it takes: their counts, the outputs, the words of its edges, the nodes that these lead to.
    fn size(&self) -> u32 {
        (2 + OUTPUT * self.outputs.len() + 2 * self.children.len()) as u32
    }

    fn write(&self, places: &[u32], to: &mut Vec<u32>) {
        to.extend([self.outputs.len() as u32, self.children.len() as u32]);
        for output in &self.outputs {
            to.extend([output.entry, output.spelling, u32::from(output.class.0)]);
        }
        to.extend(self.children.keys());
        to.extend(self.children.values().map(|node| places[*node as usize]));
    }
}

/// The trie, with all that belongs to a node side by side: a word of a text costs a look at one or two places
/// of memory, which is what finding words in a big lexicon takes its time for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Trie {
    /// Word number to node below the root; 0 when no form begins with the word.
    roots: Vec<u32>,
    /// The nodes, each by its place; see [`Node::size`].
    nodes: Vec<u32>,
}

impl Trie {
    /// For each word the node of forms that begin with it; 0 when there is none.
    pub(crate) fn roots(&self) -> &[u32] {
        &self.roots
    }

    /// Number of outputs and of edges of a node, and the numbers behind these two.
    #[inline(always)]
    fn node(&self, node: u32) -> (usize, usize, &[u32]) {
        match self.nodes.get(node as usize..) {
            Some([outputs, edges, rest @ ..]) => (*outputs as usize, *edges as usize, rest),
            _ => (0, 0, &[]),
        }
    }

    /// All that belongs to a node.
    #[inline(always)]
    pub(crate) fn place(&self, node: u32) -> Place<'_> {
        let (outputs, edges, rest) = self.node(node);
        let (outputs, rest) = rest.split_at_checked(OUTPUT * outputs).unwrap_or((&[], &[]));
        Place { outputs, edges: rest.get(..2 * edges).unwrap_or(&[]) }
    }

    /// Asks for many nodes at once; see [`crate::vocabulary::Vocabulary::fetch`].
    pub(crate) fn fetch(&self, nodes: impl Iterator<Item = u32>) {
        let first = nodes.filter_map(|node| self.nodes.get(node as usize));
        std::hint::black_box(first.fold(0, |all, number| all ^ number));
    }

    /// Whether no form goes on from `node`.
    pub(crate) fn is_leaf(&self, node: u32) -> bool {
        self.node(node).1 == 0
    }

    /// The node after `word` from `node`.
    pub(crate) fn child(&self, node: u32, word: u32) -> Option<u32> {
        self.place(node).child(word)
    }

    /// Hands over every form: its words by number, its place, and what it puts out.
    pub(crate) fn each_form(&self, mut each: impl FnMut(&[u32], usize, Output)) {
        let mut path = Vec::new();
        for (word, node) in self.roots.iter().enumerate().filter(|(_, node)| **node != 0) {
            path.push(word as u32);
            self.below(*node, &mut path, &mut each);
            path.pop();
        }
    }

    /// The forms that go through `node`, to which `path` leads; as deep as the longest form has words.
    fn below(&self, node: u32, path: &mut Vec<u32>, each: &mut impl FnMut(&[u32], usize, Output)) {
        self.outputs(node).for_each(|(place, output)| each(path, place, output));
        let (words, nodes) = self.place(node).edges();
        for (word, target) in words.iter().zip(nodes) {
            path.push(*word);
            self.below(*target, path, each);
            path.pop();
        }
    }

    /// A number that is above the place of any form.
    pub(crate) fn places(&self) -> usize {
        self.nodes.len()
    }

    /// The forms that end at `node`, each with its place.
    #[inline(always)]
    pub(crate) fn outputs(&self, node: u32) -> impl Iterator<Item = (usize, Output)> + '_ {
        self.place(node).outputs().zip(0..).map(move |(output, at)| (node as usize + at, output))
    }
}

/// A node of the trie with all that belongs to it.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    outputs: &'a [u32],
    edges: &'a [u32],
}

impl<'a> Place<'a> {
    /// Whether no form goes on from here.
    #[inline(always)]
    pub(crate) fn is_leaf(self) -> bool {
        self.edges.is_empty()
    }

    /// The forms that end here.
    #[inline(always)]
    pub(crate) fn outputs(self) -> impl Iterator<Item = Output> + 'a {
        self.outputs.chunks_exact(OUTPUT).map(|output| Output {
            entry: output[0],
            spelling: output[1],
            class: ClassId(output[2] as u16),
        })
    }

    /// The words of the edges that leave it, and the nodes that they lead to.
    #[inline(always)]
    fn edges(self) -> (&'a [u32], &'a [u32]) {
        self.edges.split_at(self.edges.len() / 2)
    }

    /// The node after `word`.
    #[inline(always)]
    pub(crate) fn child(self, word: u32) -> Option<u32> {
        let (words, nodes) = self.edges();
        // Most nodes have a few edges, which are compared faster than halved.
        let found = if words.len() <= 8 {
            words.iter().position(|label| *label == word)?
        } else {
            words.binary_search(&word).ok()?
        };
        nodes.get(found).copied()
    }
}
