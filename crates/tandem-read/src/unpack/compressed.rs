//! Files in gzip and Zstandard.
//!
//! A gzip file is a row of members, in a WARC one a record, so decoding goes member by member: a
//! damaged member is an error once, after which reading goes on at the next member's first bytes, and
//! a WARC loses a record instead of its end. Refused alternative: `GzDecoder` or `MultiGzDecoder` over
//! the whole, of which the first ends after one member and the second at the first damage.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::{At, Flow, Source, Unpacker, unreadable};
use crate::limits::Made;

/// Bytes that are read from a compressed file at once.
const BUFFER: usize = 1 << 16;

pub(super) fn gzip(unpacker: &mut Unpacker<'_>, source: Box<dyn Read + '_>, at: &At) -> Flow {
    let members = Members::new(BufReader::with_capacity(BUFFER, source));
    let made = Made { inner: members, budget: unpacker.budget };
    unpacker.enter(Source::Stream(Box::new(made)), &unpacked(at, &["gz", "gzip", "z"]))
}

pub(super) fn zstd(unpacker: &mut Unpacker<'_>, source: Box<dyn Read + '_>, at: &At) -> Flow {
    let frames = match zstd::stream::read::Decoder::new(source) {
        Ok(frames) => frames,
        Err(error) => return unpacker.complain(&at.place, unreadable(&error)),
    };
    let made = Made { inner: Damage(frames), budget: unpacker.budget };
    unpacker.enter(Source::Stream(Box::new(made)), &unpacked(at, &["zst", "zstd"]))
}

/// The same file without its last ending.
fn unpacked(at: &At, endings: &[&str]) -> At {
    let stem =
        at.name.rsplit_once('.').filter(|(_, end)| endings.iter().any(|e| end.eq_ignore_ascii_case(e)));
    let name = stem.map_or(at.name.as_str(), |(stem, _)| stem).to_owned();
    At { name, depth: at.depth + 1, ..at.clone() }
}

/// Says in plain words that compressed data is damaged.
struct Damage<R>(R);

impl<R: Read> Read for Damage<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| damaged(&error))
    }
}

fn damaged(error: &io::Error) -> io::Error {
    let what = match error.kind() {
        io::ErrorKind::UnexpectedEof => "its compressed data breaks off".to_owned(),
        _ => format!("its compressed data is damaged: {error}"),
    };
    io::Error::new(io::ErrorKind::InvalidData, format!("{what} (fetch or copy the file again)"))
}

/// The members of a gzip file, one after another.
pub(crate) struct Members<R> {
    state: State<R>,
}

enum State<R> {
    /// Before a member.
    Between(R),
    /// In one.
    Inside(GzDecoder<R>),
    /// After damage: the next member is to be looked for.
    Lost(R),
    End,
}

impl<R: BufRead> Members<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { state: State::Between(source) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Between(mut source) => match at_end(&mut source)? {
                    true => return Ok(0),
                    false => self.state = State::Inside(GzDecoder::new(source)),
                },
                State::Lost(mut source) => match find_member(&mut source)? {
                    true => self.state = State::Inside(GzDecoder::new(source)),
                    false => return Ok(0),
                },
                State::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Between(member.into_inner()),
                    Ok(count) => {
                        self.state = State::Inside(member);
                        return Ok(count);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Inside(member);
                    }
                    Err(error) => {
                        self.state = State::Lost(member.into_inner());
                        return Err(damaged(&error));
                    }
                },
            }
        }
    }
}

/// Whether nothing more comes but the zeros with which tapes and some tools fill up.
fn at_end(source: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(true);
        }
        match buffer.iter().position(|&byte| byte != 0) {
            Some(zeros) => {
                source.consume(zeros);
                return Ok(false);
            }
            None => {
                let zeros = buffer.len();
                source.consume(zeros);
            }
        }
    }
}

/// Goes to the next bytes that look like the head of a member; false at the end.
fn find_member(source: &mut dyn BufRead) -> io::Result<bool> {
    const HEAD: &[u8] = b"\x1f\x8b\x08";
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        if let Some(place) = memchr::memmem::find(buffer, HEAD) {
            source.consume(place);
            return Ok(true);
        }
        // A head that lies across two buffers is missed only when its first byte ends this one.
        let length = buffer.len();
        source.consume(length);
    }
}
