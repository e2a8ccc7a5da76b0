//! Tables in CSV with a column of text: each row a document, handed on as JSON.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder};
use serde_json::{Map, Value};

use super::{At, Flow, ON, Source, Unpacker, in_words, whole};
use crate::card::text_column;
use crate::encoding::encoding_of;
use crate::{Format, Piece};

pub(super) fn unpack(unpacker: &mut Unpacker<'_>, head: &[u8], source: Source<'_>, at: &At) -> Flow {
    let encoding = encoding_of(head, at.hints.charset.as_deref());
    let used = Rc::new(Cell::new(0));
    let gate =
        Gate { inner: whole(head, source), used: Rc::clone(&used), limit: unpacker.limits().document_bytes };
    let text =
        Recoded { inner: gate, decoder: encoding.new_decoder(), left: Vec::new(), done: 0, ended: false };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter(head)).flexible(true).from_reader(text);
    let names: Vec<String> = match rows.headers() {
        Ok(names) => names.iter().map(|name| name.trim().to_owned()).collect(),
        Err(error) => return unpacker.complain(&at.place, broken(&error)),
    };
    let Some(text) = text_column(names.iter().map(String::as_str), unpacker.options.text_column.as_deref())
    else {
        return unpacker.complain(&at.place, no_text_column(&names));
    };
    let text = text.to_owned();
    let stem = at.name.rsplit_once('.').map_or(at.name.as_str(), |(stem, _)| stem).to_owned();
    let mut row = csv::StringRecord::new();
    for number in 1_u64.. {
        used.set(0);
        match rows.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {
                let fields: Map<String, Value> = names
                    .iter()
                    .zip(row.iter())
                    .filter(|(name, value)| !name.is_empty() && !value.trim().is_empty())
                    .map(|(name, value)| (name.clone(), Value::String(value.to_owned())))
                    .collect();
                give(unpacker, fields, &text, number, &stem, at)?;
            }
            Err(error) => {
                unpacker.complain(&format!("{}!{number}", at.place), broken(&error))?;
                if error.is_io_error() {
                    break;
                }
            }
        }
    }
    ON
}

/// Hands a row over; one without text is left out, as a blank line is.
pub(super) fn give(
    unpacker: &mut Unpacker<'_>,
    mut fields: Map<String, Value>,
    text: &str,
    number: u64,
    stem: &str,
    at: &At,
) -> Flow {
    let Some(content) = fields.remove(text) else { return ON };
    fields.insert("text".to_owned(), content);
    if !fields.contains_key("id") {
        fields.insert("id".to_owned(), Value::String(format!("{stem}!{number}")));
    }
    let inside = At { depth: at.depth, ..at.inside(&number.to_string(), "") };
    let bytes = Value::Object(fields).to_string().into_bytes();
    unpacker.piece(Piece { several: false, ..inside.piece(Format::Jsonl, bytes) })
}

/// The complaint about a table without text.
pub(super) fn no_text_column(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!(
        "is a table without a column of text; it has: {}{more} (name the column with --text-column)",
        names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ")
    )
}

fn broken(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => format!("cannot be read on: {}", in_words(error)),
        _ => format!("is a row that cannot be read: {error} (quote fields that hold line breaks)"),
    }
}

/// What parts the columns: the candidate that is most frequent in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|&&byte| byte == wanted).count();
    // Of equals the last counts, so the comma stands there.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&wanted| count(wanted)).unwrap_or(b',')
}

/// Ends a row that goes on for longer than a document may.
struct Gate<R> {
    inner: R,
    used: Rc<Cell<u64>>,
    limit: u64,
}

impl<R: Read> Read for Gate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.used.get() > self.limit {
            return Err(io::Error::other(
                "a row is longer than a document may be (close its quotes, or allow more with --max-size)",
            ));
        }
        let count = self.inner.read(buffer)?;
        self.used.set(self.used.get() + count as u64);
        Ok(count)
    }
}

/// Text of any encoding as UTF-8.
struct Recoded<R> {
    inner: R,
    decoder: Decoder,
    left: Vec<u8>,
    done: usize,
    ended: bool,
}

impl<R: Read> Recoded<R> {
    fn fill(&mut self) -> io::Result<()> {
        let mut raw = [0; 8 << 10];
        let count = self.inner.read(&mut raw)?;
        self.ended = count == 0;
        let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(count).unwrap_or(32 << 10));
        let (result, _, _) = self.decoder.decode_to_string(&raw[..count], &mut text, self.ended);
        debug_assert!(
            matches!(result, CoderResult::InputEmpty),
            "the buffer is as long as it may need to be"
        );
        self.left = text.into_bytes();
        self.done = 0;
        Ok(())
    }
}

impl<R: Read> Read for Recoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.done == self.left.len() && !self.ended {
            self.fill()?;
        }
        let rest = &self.left[self.done..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.done += count;
        Ok(count)
    }
}
