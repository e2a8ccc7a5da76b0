//! Snapshots: the bytes that a document was read from, and what servers said of addresses.
//!
//! A page may change or go; what was read of it stays. Bytes are kept once however many documents they
//! hold, packed with zlib, and not at all when they are the text itself, which the ledger has anyway.
//! Refused alternative: files beside the ledger, which get lost from it.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::{Connection, OptionalExtension, params};
use tandem_model::{Article, content_hash};

use crate::error::Cause;

/// Bytes that a document was read from, about to be written down.
#[derive(Clone, Copy, Debug)]
pub struct Original<'a> {
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: &'a str,
    /// What they are, as a media type.
    pub media: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Bytes that a document was read from, as the ledger kept them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOriginal {
    /// SHA-256 of the bytes, lower-case hexadecimal; what comes out of the ledger has been held against it.
    pub sha256: String,
    /// What they are, as a media type.
    pub media: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What a server said of an address, to be handed back when asking again (RFC 9110, conditional requests).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetch {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

pub(crate) fn insert(
    connection: &Connection,
    reading: i64,
    original: &Original<'_>,
    article: &Article,
) -> Result<(), Cause> {
    let packed = if original.sha256 == article.sha256 { Vec::new() } else { pack(original.bytes)? };
    let sql = "INSERT INTO originals (sha256, media, size, packed) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (sha256) DO NOTHING";
    connection.prepare_cached(sql)?.execute(params![
        original.sha256,
        original.media,
        original.bytes.len() as i64,
        packed
    ])?;
    let sql = "INSERT INTO reading_originals (reading, sha256) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![reading, original.sha256])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, doc: &str) -> Result<Option<StoredOriginal>, Cause> {
    let sql = "SELECT o.sha256, o.media, o.size, o.packed, t.text FROM latest_readings AS r \
               JOIN reading_originals AS l USING (reading) JOIN originals AS o ON o.sha256 = l.sha256 \
               LEFT JOIN texts AS t ON t.sha256 = o.sha256 AND o.packed = x'' WHERE r.doc = ?1";
    type Row = (String, String, i64, Vec<u8>, Option<String>);
    let row: Option<Row> = connection
        .prepare_cached(sql)?
        .query_row([doc], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let Some((sha256, media, size, packed, text)) = row else { return Ok(None) };
    let bytes = match text {
        Some(text) => text.into_bytes(),
        None => unpack(&packed, size)?,
    };
    if content_hash(&bytes) != sha256 {
        return Err(Cause::Other(format!("the original of {doc} does not have the hash {sha256}")));
    }
    Ok(Some(StoredOriginal { sha256, media, bytes }))
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>, Cause> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|error| Cause::Other(error.to_string()))
}

/// Unpacks at most the bytes that were packed: a ledger from elsewhere may hold anything.
fn unpack(packed: &[u8], size: i64) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(size).unwrap_or(0);
    let read = ZlibDecoder::new(packed).take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Cause::Other(error.to_string()))?;
    Ok(bytes)
}

pub(crate) fn last_fetch(connection: &Connection, address: &str) -> Result<Option<Fetch>, Cause> {
    let sql = "SELECT etag, last_modified FROM fetches WHERE address = ?1 ORDER BY fetch DESC LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok(Fetch { etag: row.get(0)?, last_modified: row.get(1)? });
    Ok(connection.prepare_cached(sql)?.query_row([address], row).optional()?)
}

pub(crate) fn note_fetch(connection: &Connection, address: &str, fetch: &Fetch) -> Result<(), Cause> {
    let sql = "INSERT INTO fetches (address, etag, last_modified) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![address, fetch.etag, fetch.last_modified])?;
    Ok(())
}
