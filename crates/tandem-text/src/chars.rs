//! Which characters are letters, gaps, stops or quotes, and which of them count as the same.
//!
//! Folding goes character by character, so that byte offsets need never be mapped back: a token is
//! hashed or compared in folded form while its span keeps pointing at the text as written. Refused
//! alternative: `str::to_lowercase`, which allocates and runs at 70 MB/s on Cyrillic.

/// Characters that may stand inside a word without being visible: soft hyphen, joiners.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

/// Characters that are neither visible nor part of a token, white space apart.
pub(crate) fn is_invisible(c: char) -> bool {
    is_joiner(c)
        || matches!(c,
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E01EF}')
}

/// Marks that continue the letter before them (accents written as characters of their own).
pub(crate) fn is_extend(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}'
        | '\u{93C}' | '\u{94D}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20F0}' | '\u{FE20}'..='\u{FE2F}')
}

/// The many characters written for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | '′')
}

/// Hyphens and dashes of any length, the minus sign included.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Marks that end a sentence, of any script that has them.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Marks that may close a quotation or bracket after a stop. `"` and `'` may also open one.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '“' | '″')
}

/// Marks that may open a sentence before its first word.
pub(crate) fn is_opener(c: char) -> bool {
    is_dash(c)
        || is_bullet(c)
        || matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹' | '„' | '(' | '[' | '{' | '/')
}

/// Marks that begin an item of a list; dashes do so too.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '*' | '·' | '▪' | '●' | '‣' | '◦' | '■' | '□' | '➢' | '►' | '▶' | '✓' | '✔' | '\u{F0B7}'
    )
}

/// A character in the form in which spellings are compared: lower case, one apostrophe, one
/// quotation mark, one hyphen. Accents are kept: `é` and `e` stay two letters.
pub fn fold_char(c: char) -> char {
    match c {
        '\0'..='\x7F' if c != '`' => c.to_ascii_lowercase(),
        'а'..='я' | 'ё' => c,
        'А'..='Я' => offset(c, 32),
        '\u{400}'..='\u{40F}' => offset(c, 80),
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        'İ' => 'i',
        _ if is_apostrophe(c) => '\'',
        _ if is_dash(c) => '-',
        _ => one_lower(c),
    }
}

fn offset(c: char, by: u32) -> char {
    char::from_u32(c as u32 + by).unwrap_or(c)
}

/// The lower-case character when it is exactly one.
fn one_lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// A text in folded form, without the invisible characters inside words.
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_joiner(*c)).map(fold_char).collect()
}

/// Whether `text` folds to `folded`, without allocating.
pub fn folds_to(text: &str, folded: &str) -> bool {
    if text.is_ascii() {
        return text.len() == folded.len()
            && text.bytes().zip(folded.bytes()).all(|(a, b)| fold_char(a as char) as u32 == u32::from(b));
    }
    text.chars().filter(|c| !is_joiner(*c)).map(fold_char).eq(folded.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_are_one() {
        let check = |written: &str, folded: &str| {
            assert_eq!(fold(written), folded);
            assert!(folds_to(written, folded), "{written}");
            assert!(!folds_to(written, "other"));
        };
        check("Trade", "trade");
        check("To‘qayev", "to'qayev");
        check("To`qayev", "to'qayev");
        check("Тўқаев", "тўқаев");
        check("ЁЖ Ѓ", "ёж ѓ");
        check("İstanbul", "istanbul");
        check("coop\u{AD}eration", "cooperation");
        check("“”«»–", "\"\"\"\"-");
        check("É", "é");
        check("ß", "ß");
    }
}
