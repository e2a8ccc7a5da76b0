//! What is left of furniture among the blocks of an article.

use super::render::{Block, Kind};

/// Takes lists of links and their headings off.
pub(super) fn trim(blocks: Vec<Block>) -> Vec<Block> {
    let gone: Vec<bool> = (0..blocks.len()).map(|at| is_furniture(&blocks, at)).collect();
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for (block, gone) in blocks.into_iter().zip(gone) {
        if !gone {
            kept.push(block);
        }
    }
    while kept.last().is_some_and(|block| block.kind == Kind::Heading) {
        kept.pop();
    }
    kept
}

/// A line that is but a link, and no sentence.
fn is_link(block: &Block) -> bool {
    block.kind != Kind::Heading
        && block.kind != Kind::Row
        && block.linked * 10 >= block.text.len() * 9
        && !block.text.ends_with(['.', '!', '?', '…'])
}

fn is_furniture(blocks: &[Block], at: usize) -> bool {
    let near = |at: Option<usize>| at.and_then(|at| blocks.get(at)).is_some_and(is_link);
    is_link(&blocks[at]) && (near(at.checked_sub(1)) || near(at.checked_add(1)))
}
