//! Mails and saved pages in MIME: EML and MHTML.
//!
//! A mail's text is its plain part, else its HTML part as text; subject, sender and date stand in its
//! head. A page saved as MHTML is the same wrapping around HTML, which is read as the page it is.

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use tandem_model::{Article, Date, content_hash};

use crate::{Hints, Piece, Reading, fallback_id, html, page};

/// Reads a mail's own text; its attachments are pieces of their own.
pub(crate) fn read(piece: &Piece) -> Reading {
    let Some(mail) = MessageParser::default().parse(&piece.bytes) else {
        return Reading::refused(
            &piece.place,
            "has no head and body of a mail (save the mail again as .eml)",
        );
    };
    let text = text(&mail);
    if text.trim().is_empty() {
        // Attachments have been read; a mail that only carries them is nothing to complain of.
        return match mail.attachment_count() {
            0 => Reading::refused(&piece.place, "is a mail without text"),
            _ => Reading::default(),
        };
    }
    let sha256 = content_hash(text.as_bytes());
    let article = Article {
        id: fallback_id(&piece.name, &sha256),
        sha256,
        published: date(&mail).or(piece.hints.published),
        publisher: sender(&mail).or_else(|| piece.hints.publisher.clone()),
        title: mail.subject().map(str::trim).filter(|subject| !subject.is_empty()).map(str::to_owned),
        url: piece.hints.url.clone(),
        text,
        ..Article::default()
    };
    piece.described(article, Vec::new())
}

/// Reads a page that was saved as one file with all that it shows.
pub(crate) fn read_page(piece: &Piece) -> Reading {
    let Some(mail) = MessageParser::default().parse(&piece.bytes) else {
        return Reading::refused(&piece.place, "is damaged: it has no MIME parts (save the page again)");
    };
    let part = mail.parts.iter().find(|part| matches!(part.body, PartType::Html(_)));
    let Some((part, PartType::Html(page))) = part.map(|part| (part, &part.body)) else {
        return Reading::refused(&piece.place, "holds no HTML (save the page again)");
    };
    let own = mail.header("Snapshot-Content-Location").and_then(|value| value.as_text());
    let url = own.or_else(|| part.content_location()).or_else(|| mail.content_location());
    let url = url.filter(|url| url.contains("://")).map(str::to_owned);
    let hints = Hints { url: piece.hints.url.clone().or(url), ..piece.hints.clone() };
    page::read_decoded(page, piece, &hints)
}

/// The text of a mail: its plain parts one after another, else its HTML parts.
fn text(mail: &Message<'_>) -> String {
    let mut texts = Vec::new();
    for part in mail.text_bodies() {
        match &part.body {
            PartType::Text(text) => texts.push(text.trim().to_owned()),
            PartType::Html(page) => texts.push(html::fragment(page)),
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    if texts.is_empty() {
        let pages = mail.html_bodies().filter_map(|part| match &part.body {
            PartType::Html(page) => Some(html::fragment(page)),
            _ => None,
        });
        texts.extend(pages.filter(|text| !text.is_empty()));
    }
    texts.join("\n\n")
}

/// The day that the mail's head states.
fn date(mail: &Message<'_>) -> Option<Date> {
    let date = mail.date()?;
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day).parse().ok()
}

/// The sender's name, else the address.
fn sender(mail: &Message<'_>) -> Option<String> {
    let first = match mail.from()? {
        Address::List(senders) => senders.first(),
        Address::Group(groups) => groups.first().and_then(|group| group.addresses.first()),
    }?;
    let name = first.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    name.or(first.address.as_deref()).map(str::to_owned)
}
