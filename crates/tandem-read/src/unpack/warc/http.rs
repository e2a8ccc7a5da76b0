//! An HTTP answer as a crawler stored it: its head, and the page behind it unpacked.

use std::io::{Cursor, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::Limits;
use crate::limits::{Budget, Made};
use crate::unpack::compressed::Members;

/// A page as its server meant it.
pub(super) struct Payload {
    /// Media type in lower case, without parameters.
    pub(super) media: String,
    /// The encoding that the server states.
    pub(super) charset: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// The page of an answer; nothing when the server had none to give.
pub(super) fn payload(answer: &[u8], budget: &Budget, limits: &Limits) -> Result<Option<Payload>, String> {
    let (head, body) = split(answer);
    let mut lines = head.split(|&byte| byte == b'\n').map(|line| String::from_utf8_lossy(line.trim_ascii()));
    let status = lines.next().unwrap_or_default();
    if !status.split(' ').nth(1).is_some_and(|code| code.starts_with('2')) {
        return Ok(None);
    }
    let mut payload = Payload { media: String::new(), charset: None, bytes: Vec::new() };
    let (mut chunked, mut packed) = (false, String::new());
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => (payload.media, payload.charset) = media_type(value),
            "transfer-encoding" => chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => packed = value.trim().to_ascii_lowercase(),
            _ => {}
        }
    }
    // Some crawlers store the page in one piece and leave the word "chunked" standing.
    let joined = chunked.then(|| join_chunks(body)).flatten();
    let body = joined.as_deref().unwrap_or(body);
    payload.bytes = unpacked(body, &packed, budget, limits)?;
    Ok(Some(payload))
}

/// `text/html; charset=utf-8` as type and encoding.
pub(super) fn media_type(value: &str) -> (String, Option<String>) {
    let (media, parameters) = value.split_once(';').unwrap_or((value, ""));
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (media.trim().to_ascii_lowercase(), charset.filter(|charset| !charset.is_empty()))
}

/// Head and body, parted by the first empty line.
fn split(answer: &[u8]) -> (&[u8], &[u8]) {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let found = ends.iter().filter_map(|end| Some((memchr::memmem::find(answer, end)?, end.len()))).min();
    match found {
        Some((end, blank)) => (&answer[..end], &answer[end + blank..]),
        None => (answer, &[]),
    }
}

/// The chunks of a body in one piece; nothing when it is not made of chunks.
fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let size = rest[..end].split(|&byte| byte == b';').next()?.trim_ascii();
        let size = std::str::from_utf8(size).ok().filter(|size| !size.is_empty())?;
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        // A body that was cut off while it was fetched ends inside a chunk.
        let Some(chunk) = rest.get(..size) else {
            joined.extend_from_slice(rest);
            return Some(joined);
        };
        joined.extend_from_slice(chunk);
        rest = rest[size..].strip_prefix(b"\r\n").or_else(|| rest[size..].strip_prefix(b"\n")).unwrap_or(&[]);
        if rest.is_empty() {
            return Some(joined);
        }
    }
}

/// A body without its compression. One that is stored unpacked under the word "gzip" is taken as it is.
fn unpacked(body: &[u8], packed: &str, budget: &Budget, limits: &Limits) -> Result<Vec<u8>, String> {
    let reader: Box<dyn Read + '_> = match packed {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Box::new(Members::new(Cursor::new(body))),
        "deflate" if body.first() == Some(&0x78) => Box::new(ZlibDecoder::new(body)),
        "deflate" if !looks_like_text(body) => Box::new(DeflateDecoder::new(body)),
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            Box::new(zstd::stream::read::Decoder::with_buffer(body).map_err(|error| error.to_string())?)
        }
        "br" if !looks_like_text(body) => {
            return Err("is compressed with Brotli, which is not read (store the pages unpacked)".to_owned());
        }
        _ => return Ok(body.to_vec()),
    };
    let mut bytes = Vec::new();
    let mut made = Made { inner: reader, budget }.take(limits.document_bytes.saturating_add(1));
    match made.read_to_end(&mut bytes) {
        _ if bytes.len() as u64 > limits.document_bytes => Err(limits.too_large()),
        // A page that was cut off while it was fetched is read as far as it goes.
        Err(error) if bytes.is_empty() => Err(format!("cannot be unpacked: {error}")),
        _ => Ok(bytes),
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(256)];
    !head.is_empty() && head.iter().all(|&byte| byte >= 0x20 || byte.is_ascii_whitespace())
}
