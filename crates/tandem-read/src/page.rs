//! A web page as an article: decoded, its main text taken, and what its carrier says put first.

use tandem_model::{Article, Diagnostic, content_hash};

use crate::encoding::decode;
use crate::html::{self, Page};
use crate::{Hints, Input, Limits, Reading, apply_sidecar, fallback_id};

/// Reads the whole input as one page. What the carrier and the sidecar say goes before what the page says.
pub(crate) fn read_page(input: &Input<'_>, hints: &Hints, limits: &Limits) -> Reading {
    if input.bytes.len() as u64 > limits.document_bytes {
        return Reading {
            articles: Vec::new(),
            diagnostics: vec![limits.refusal(input.place, input.bytes.len() as u64)],
        };
    }
    let page = html::read(&decode(input.bytes, hints.charset.as_deref()).text, hints);
    if page.text.trim().is_empty() {
        return Reading::refused(
            input.place,
            "holds no text beside menus and scripts (save the page once it is loaded, or its text as .txt)",
        );
    }
    let remarks = page.remarks.clone();
    let article = article_of(page, hints, input.name);
    let mut reading = match input.sidecar {
        None => Reading::of(article),
        Some(sidecar) => apply_sidecar(article, sidecar),
    };
    let place = input.place.to_owned();
    let remarks = remarks.into_iter().map(|message| Diagnostic { place: place.clone(), message });
    reading.diagnostics.extend(remarks);
    reading
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
