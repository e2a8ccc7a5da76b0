//! PDF: the text layer, page by page.
//!
//! PDFs are programs that draw, and the crate that follows them ([`pdf_extract`]) panics on some fonts
//! and can run out of stack on damaged ones. So the extraction itself is a function that the caller
//! hands in ([`crate::Options::pdf`]): the program `tandem` runs it in a child process with limits on
//! time and memory, which survives whatever happens; the default here is a thread, which survives
//! panics. Refused alternative: a thread alone, since a stack that overflows ends the whole process.
//!
//! Fonts may number their glyphs as they like and leave out what the numbers mean. The text of such a
//! PDF is a cipher, and is refused rather than read: a wrong digit in a ledger is worse than none.

use std::panic::catch_unwind;
use std::sync::Arc;

use tandem_model::{Article, content_hash};

use crate::{Limits, Piece, Reading, fallback_id};

/// Takes the text out of a PDF, page by page; an error says what is wrong as a sentence without a name.
pub type PdfReader = Arc<dyn Fn(&[u8]) -> Result<Vec<String>, String> + Send + Sync>;

/// Stack of the thread that reads a PDF, in bytes.
const STACK: usize = 256 << 20;

/// Letters on a page, on average, under which a PDF is taken for pictures of pages.
const FEW_LETTERS: usize = 20;

/// Takes the text out of a PDF on this thread; panics on some files and may overflow the stack.
///
/// # Errors
/// When the bytes hold no readable PDF.
pub fn pdf_pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    pdf_extract::extract_text_from_mem_by_pages(bytes).map_err(|error| match error.to_string() {
        locked if locked.to_lowercase().contains("encrypt") || locked.to_lowercase().contains("password") => {
            "is locked with a password (save it without one)".to_owned()
        }
        other => format!("is damaged: {other} (save or print it to PDF again)"),
    })
}

/// Takes the text out of a PDF on a thread of its own: what panics there is an error here.
///
/// # Errors
/// When the bytes hold no readable PDF.
pub fn pdf_on_a_thread(bytes: &[u8]) -> Result<Vec<String>, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(crate::GUARDED.to_owned()).stack_size(STACK);
        let work = thread.spawn_scoped(scope, || catch_unwind(|| pdf_pages(bytes)));
        match work.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(Ok(pages))) => pages,
            _ => Err("is damaged, or drawn in a way that is not understood (save it as text)".to_owned()),
        }
    })
}

/// Reads a PDF's text layer.
pub(crate) fn read(piece: &Piece, pages: &PdfReader, limits: &Limits) -> Reading {
    let pages = match pages(&piece.bytes) {
        Ok(pages) => pages,
        Err(message) => return Reading::refused(&piece.place, message),
    };
    let text = joined(&pages);
    if text.len() as u64 > limits.document_bytes {
        return Reading {
            articles: Vec::new(),
            diagnostics: vec![limits.refusal(&piece.place, text.len() as u64)],
        };
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < FEW_LETTERS * pages.len().max(1) && letters < 400 {
        return Reading::refused(
            &piece.place,
            "holds pictures of pages instead of text (have its text recognised first: ocrmypdf IN.pdf OUT.pdf)",
        );
    }
    if is_garbled(&text) {
        return Reading::refused(
            &piece.place,
            "is unreadable: its fonts do not say which letters they draw (print it to PDF again, or have its text \
             recognised: ocrmypdf --force-ocr IN.pdf OUT.pdf)",
        );
    }
    let sha256 = content_hash(text.as_bytes());
    let article = Article {
        id: fallback_id(&piece.name, &sha256),
        sha256,
        url: piece.hints.url.clone(),
        published: piece.hints.published,
        text,
        ..Article::default()
    };
    piece.described(article, Vec::new())
}

/// Pages one after another; a sentence goes on over the end of a page.
fn joined(pages: &[String]) -> String {
    let mut text = String::new();
    for page in pages.iter().map(|page| page.trim()).filter(|page| !page.is_empty()) {
        if !text.is_empty() {
            let ended = text.ends_with(['.', '!', '?', ':', '”', '"']);
            text.push_str(if ended { "\n\n" } else { "\n" });
        }
        for line in page.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.truncate(text.trim_end().len());
    }
    // Some fonts give NUL for a space, which no text may hold.
    text.replace('\0', " ")
}

/// Whether text is what remains when glyphs have lost their letters.
///
/// Three ways to fail: signs that no text has; Cyrillic shown as accented Latin (`Ïðåçèäåíò`); Latin
/// moved along the alphabet (`7UDGH WXUQRYHU`), which has next to no vowels.
fn is_garbled(text: &str) -> bool {
    let (mut visible, mut strange, mut letters, mut accented) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        visible += 1;
        letters += usize::from(c.is_alphabetic());
        accented += usize::from(matches!(c, '\u{c0}'..='\u{ff}'));
        strange += usize::from(c == '\u{fffd}' || c.is_control() || is_private(c));
    }
    strange * 20 > visible || accented * 5 > letters * 2 || without_vowels(text)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Whether Latin letters hold so few vowels that they are no words; a third of the letters of any language
/// are vowels, and an eighth of the letters that stand three places behind them.
fn without_vowels(text: &str) -> bool {
    const ENOUGH: usize = 40;
    let (mut latin, mut vowels) = (0_usize, 0_usize);
    for letter in text.bytes().filter(u8::is_ascii_alphabetic) {
        latin += 1;
        vowels += usize::from(b"aeiouAEIOU".contains(&letter));
    }
    latin >= ENOUGH && vowels * 4 < latin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ciphers_are_told_from_text() {
        let check = |text: &str, expected: bool| assert_eq!(is_garbled(text), expected, "{text}");
        check("Trade turnover between the two countries reached 4.3 billion US dollars in 2024.", false);
        check("Товарооборот двух стран достиг 4,3 млрд долларов США.", false);
        check("Le chiffre d’affaires a été élevé à Genève, où l’été fut très agréable.", false);
        check("Ïðåçèäåíò Ðåñïóáëèêè Êàçàõñòàí ïîäïèñàë ñîãëàøåíèå î òîðãîâëå.", true);
        check("\u{f041}\u{f042}\u{f043} \u{f044}\u{f045}", true);
        check("\u{fffd}\u{fffd}\u{fffd} a \u{fffd}\u{fffd}", true);
        check(
            "7UDGH WXUQRYHU EHWZHHQ WKH WZR FRXQWULHV UHDFKHG ELOOLRQ 86 GROODUV LQ DQG ZLOO JURZ IXUWKHU QHKW \
             PQWK WHQ GRJV",
            true,
        );
    }

    #[test]
    fn pages_are_joined() {
        let pages =
            ["  Trade grew and \n".to_owned(), " ".to_owned(), "fell.\n".to_owned(), "Next.".to_owned()];
        assert_eq!(joined(&pages), "Trade grew and\nfell.\n\nNext.");
    }
}
