//! A web page as an article: decoded, its main text taken, and what its carrier says put first.

use tandem_model::{Article, content_hash};

use crate::encoding::decode;
use crate::html::{self, Page};
use crate::{Hints, Piece, Reading, fallback_id};

/// Reads the whole piece as one page.
pub(crate) fn read(piece: &Piece) -> Reading {
    let page = decode(&piece.bytes, piece.hints.charset.as_deref()).text;
    read_decoded(&page, piece, &piece.hints)
}

/// The same for a page that is decoded already. What carrier and sidecar say goes before what the page says.
pub(crate) fn read_decoded(page: &str, piece: &Piece, hints: &Hints) -> Reading {
    let page = html::read(page, hints);
    if page.text.trim().is_empty() {
        return Reading::refused(
            &piece.place,
            "holds no text beside menus and scripts (save the page once it is loaded, or its text as .txt)",
        );
    }
    let remarks = page.remarks.clone();
    piece.described(article_of(page, hints, &piece.name), remarks)
}

fn article_of(page: Page, hints: &Hints, name: &str) -> Article {
    let said = hints.clone();
    let sha256 = content_hash(page.text.as_bytes());
    Article {
        id: fallback_id(name, &sha256),
        sha256,
        url: said.url.or(page.url),
        published: said.published.or(page.published),
        publisher: said.publisher.or(page.publisher),
        lang: said.lang.or(page.lang),
        title: said.title.or(page.title),
        text: page.text,
        ..Article::default()
    }
}

/// Whether a folder holds what a saved page shows, and so is no folder of documents: browsers put the
/// pictures and scripts of `NAME.html` into `NAME_files`. `has` tells whether a file stands beside the folder.
///
/// ```
/// let beside = |file: &str| file == "Visit.htm";
/// assert!(tandem_read::is_resource("Visit_files", beside));
/// assert!(!tandem_read::is_resource("My_files", beside));
/// ```
pub fn is_resource(folder: &str, has: impl Fn(&str) -> bool) -> bool {
    const MARKS: [&str; 7] =
        ["_files", ".files", "_Dateien", "_fichiers", "_archivos", "_bestanden", "_pliki"];
    const ENDINGS: [&str; 4] = ["html", "htm", "xhtml", "HTML"];
    let stem = MARKS.iter().find_map(|mark| folder.strip_suffix(mark));
    stem.is_some_and(|stem| ENDINGS.iter().any(|ending| has(&format!("{stem}.{ending}"))))
}
