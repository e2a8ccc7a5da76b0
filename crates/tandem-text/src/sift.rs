//! A number for each token by which most words are told from those in a list, without a look at the text.
//!
//! It is made of the first eight bytes while the token is cut, when they are at hand. Capitals and small letters
//! differ in one bit of ASCII alone, which is left out; what else that makes equal does no harm, for the number only
//! ever says that two words differ. Words that are not ASCII have none.

/// The number of a folded word: tokens that fold to it and have another number are not it. 0, which is nobody's,
/// for words that are not ASCII in their first eight bytes.
///
/// ```
/// let token = tandem_text::tokens("TRADE")[0];
/// assert_eq!(token.sift, tandem_text::sift("trade"));
/// ```
///
/// Of the two apostrophes of ASCII a token keeps the one that it is written with.
pub fn sift(word: &str) -> u32 {
    let mut eight = [0; 8];
    eight.iter_mut().zip(word.bytes()).for_each(|(to, byte)| *to = byte);
    let raw = u64::from_le_bytes(eight);
    let shown = u64::MAX.checked_shl(8 * word.len().min(9) as u32).map_or(u64::MAX, |behind| !behind);
    if raw & HIGH == 0 { of_ascii((raw | SMALL) & shown) } else { 0 }
}

/// The same of an ASCII word in eight bytes, or of the first eight of a longer one; those behind its end are zero.
#[inline(always)]
fn of_ascii(small: u64) -> u32 {
    (small.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32 | 1
}

/// The same of the letters that eight bytes begin with; `others` has the high bits of those that are none.
#[inline(always)]
pub(crate) fn of_letters(raw: u64, others: u64) -> u32 {
    let shown = match others {
        0 => u64::MAX,
        _ => (1 << (others.trailing_zeros() & 0x38)) - 1,
    };
    of_ascii((raw | SMALL) & shown)
}

/// The same of a mark of ASCII.
#[inline(always)]
pub(crate) fn of_mark(mark: u8) -> u32 {
    of_ascii(u64::from(mark | 0x20))
}

const SMALL: u64 = u64::from_le_bytes([0x20; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{fold, tokens};

    proptest! {
        #[test]
        fn a_token_has_the_number_of_its_folded_form(text in "(?s).{0,60}|[ a’'s\u{AD}\u{301}1.,\nA-Z“-]{0,40}") {
            for token in tokens(&text) {
                let word = token.span.of(&text);
                let told = token.sift == 0 || word.contains('`') || token.sift == sift(&fold(word));
                prop_assert!(told, "{word:?}");
            }
        }
    }

    #[test]
    fn nearly_all_tokens_have_one() {
        let text = "Trade turnover of the two countries grew – by 4.3% – in 2024, to “$2bn”";
        assert!(tokens(text).iter().all(|token| token.sift != 0));
        assert_eq!(sift("тўқаев"), 0);
    }
}
