//! Sums whose currency is left out because the text has just named it: "our goal is five billion".

use tandem_model::{Mention, Value};

/// How far back, in bytes, a currency still holds for a bare number.
const NEAR: usize = 1200;

/// Gives numbers of millions and more, without noun or unit, the currency of the money before them.
///
/// Only numbers written with a word of scale take it: a bare "5,500" counts something.
pub(crate) fn carry(text: &str, values: &mut [Mention]) {
    let mut last: Option<(String, usize)> = None;
    for mention in values {
        let words = mention.span.of(text);
        let (start, end) = (mention.span.start(), mention.span.end());
        let Value::Amount { unit, noun, .. } = &mut mention.value else { continue };
        if money(unit) {
            last = Some((unit.clone(), end));
        } else if unit.is_empty()
            && noun.is_none()
            && scaled(words)
            && let Some((currency, at)) = &last
            && start - at <= NEAR
        {
            unit.clone_from(currency);
        }
    }
}

fn money(unit: &str) -> bool {
    unit.len() == 3 && unit != "TEU" && unit.bytes().all(|b| b.is_ascii_uppercase())
}

fn scaled(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["million", "billion", "trillion", "bn", "mln", "bln"].iter().any(|scale| words.ends_with(scale))
}
