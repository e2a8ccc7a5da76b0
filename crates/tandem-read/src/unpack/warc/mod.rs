//! Web archives: the pages that a crawler or a browser stored, one record each.
//!
//! Of all records only those matter that hold a document: a `response` that succeeded, a `resource`,
//! a `conversion` (the text that Common Crawl made of a page). Requests, metadata, repeats, pictures
//! and scripts are passed over in silence. A record is named by its number in the file, counting all
//! records from 1, which never changes since archives are not written to again.

mod http;
mod record;

use std::io::BufRead;

pub use record::{Broken, Record, Records};

use super::{At, Flow, ON, Source, Unpacker};
use crate::{Format, Hints};

/// Media types of documents; an empty one is looked at. Everything else in a web archive is what pages are
/// made of.
const DOCUMENTS: [&str; 16] = [
    "",
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/xml",
    "text/xml",
    "message/rfc822",
    "multipart/related",
    "application/octet-stream",
];

pub(super) fn unpack(unpacker: &mut Unpacker<'_>, source: &mut dyn BufRead, at: &At) -> Flow {
    let stem = at.name.strip_suffix(".warc").unwrap_or(&at.name).to_owned();
    let mut documents = 0;
    let mut broken = 0;
    let records = Records::new(source, unpacker.limits().document_bytes);
    for record in records {
        match record {
            Ok(record) => {
                let key = record.number.to_string();
                let name = if stem.is_empty() { String::new() } else { format!("{stem}!{key}") };
                let inside = at.inside(&key, &name);
                documents += usize::from(enter(unpacker, record, inside)?);
            }
            Err(fault) => {
                broken += 1;
                unpacker.complain(&format!("{}!{}", at.place, fault.number), fault.message)?;
            }
        }
    }
    if documents == 0 && broken == 0 {
        return unpacker.complain(
            &at.place,
            "holds no page, feed or text in any record (a web archive of pictures, requests or metadata only)",
        );
    }
    ON
}

/// Goes into a record when it holds a document; whether it did.
fn enter(unpacker: &mut Unpacker<'_>, record: Record, mut at: At) -> std::ops::ControlFlow<(), bool> {
    use std::ops::ControlFlow::Continue;
    let payload = match record.kind.as_str() {
        "response" if record.is_http() => {
            match http::payload(&record.body, unpacker.budget, unpacker.limits()) {
                Ok(Some(payload)) => payload,
                Ok(None) => return Continue(false),
                Err(message) => {
                    unpacker.complain(&at.place, message)?;
                    return Continue(true);
                }
            }
        }
        "response" | "resource" | "conversion" => {
            let (media, charset) = http::media_type(&record.media);
            http::Payload { media, charset, bytes: record.body }
        }
        _ => return Continue(false),
    };
    // Under this address crawlers keep their own settings and logs.
    if record.uri.as_ref().is_some_and(|uri| uri.starts_with("metadata:")) {
        return Continue(false);
    }
    if !DOCUMENTS.contains(&payload.media.as_str()) {
        return Continue(false);
    }
    at.hints = Hints {
        url: record.uri,
        charset: payload.charset,
        media: Some(payload.media).filter(|media| !media.is_empty()),
        ..Hints::default()
    };
    let format = Format::of(&at.name, &payload.bytes, at.hints.media.as_deref());
    // What is no document after all, such as data for a script, belongs to some page.
    if matches!(format, Format::Refused(_) | Format::Empty | Format::Json | Format::Jsonl) {
        return Continue(false);
    }
    unpacker.enter(Source::Memory(&payload.bytes), &at)?;
    Continue(true)
}
