//! Lines of bounded length from a stream of unbounded length: JSONL, one document a line.

use std::io::{BufRead, ErrorKind, Result};

use super::{At, Flow, Found, ON, Unpacker, in_words};
use crate::{Format, Piece};

/// What stood on the next line.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    /// The line without its end.
    Whole(Vec<u8>),
    /// More bytes than allowed, counted and thrown away.
    TooLong(u64),
    /// Nothing more.
    End,
}

/// Hands over each line that is not blank as a piece.
pub(super) fn unpack(unpacker: &mut Unpacker<'_>, source: &mut dyn BufRead, at: &At) -> Flow {
    let limits = *unpacker.limits();
    for number in 1_u64.. {
        let place = format!("{}:{number}", at.place);
        match next_line(source, limits.document_bytes) {
            Ok(Line::End) => break,
            Ok(Line::Whole(bytes)) if bytes.trim_ascii().is_empty() => {}
            Ok(Line::Whole(bytes)) => {
                let piece = at.piece(Format::Jsonl, bytes);
                unpacker.piece(Piece { place, several: true, sidecar: None, ..piece })?;
            }
            Ok(Line::TooLong(bytes)) => unpacker.give(Found::Remark(limits.refusal(&place, bytes)))?,
            Err(error) => {
                return unpacker.complain(&at.place, format!("cannot be read on: {}", in_words(&error)));
            }
        }
    }
    ON
}

/// Reads to the next line end, keeping at most `limit` bytes in memory.
fn next_line(source: &mut dyn BufRead, limit: u64) -> Result<Line> {
    let mut line = Vec::new();
    let mut length = 0_u64;
    loop {
        let buffer = match source.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(if length == 0 { Line::End } else { finish(line, length, limit) });
        }
        let end = memchr::memchr(b'\n', buffer);
        let piece = &buffer[..end.unwrap_or(buffer.len())];
        length += piece.len() as u64;
        if length <= limit {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        source.consume(used);
        if end.is_some() {
            return Ok(finish(line, length, limit));
        }
    }
}

fn finish(line: Vec<u8>, length: u64, limit: u64) -> Line {
    if length > limit { Line::TooLong(length) } else { Line::Whole(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_cost_only_themselves() {
        let mut source = std::io::BufReader::with_capacity(3, "ab\n\nabcdefgh\ncd".as_bytes());
        let mut lines = Vec::new();
        loop {
            match next_line(&mut source, 4).unwrap() {
                Line::End => break,
                line => lines.push(line),
            }
        }
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(lines, [whole("ab"), whole(""), Line::TooLong(8), whole("cd")]);
    }
}
