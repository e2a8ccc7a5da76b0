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

/// Bytes of a member that are kept to be searched again when it turns out to be damaged.
const TAPE: usize = 1 << 20;
/// How often a file is searched again; after that its damaged members may take their neighbours along.
const REWINDS: u32 = 256;

/// The members of a gzip file, one after another.
pub(crate) struct Members<R> {
    state: State<R>,
    rewinds: u32,
}

enum State<R> {
    /// Before a member.
    Between(Tape<R>),
    /// In one.
    Inside(Box<GzDecoder<Tape<R>>>),
    /// After damage: the next member is to be looked for.
    Lost(Tape<R>),
    End,
}

impl<R: BufRead> Members<R> {
    pub(crate) fn new(source: R) -> Self {
        let tape = Tape { source, taken: Vec::new(), whole: true, again: Vec::new(), at: 0 };
        Self { state: State::Between(tape), rewinds: 0 }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Between(mut tape) => match at_end(&mut tape)? {
                    true => return Ok(0),
                    false => self.state = State::Inside(Box::new(GzDecoder::new(tape.begin()))),
                },
                State::Lost(mut tape) => match find_member(&mut tape)? {
                    true => self.state = State::Inside(Box::new(GzDecoder::new(tape.begin()))),
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
                        let mut tape = member.into_inner();
                        // Damage makes the decoder run on into the next member, so that is looked for from
                        // where the damaged one began.
                        if self.rewinds < REWINDS {
                            self.rewinds += 1;
                            tape.rewind();
                        }
                        self.state = State::Lost(tape);
                        return Err(damaged(&error));
                    }
                },
            }
        }
    }
}

/// A source that remembers what was taken from it since a member began, and can give it again.
struct Tape<R> {
    source: R,
    /// What was taken since the member began, when that is not too much.
    taken: Vec<u8>,
    whole: bool,
    /// What is given again before the source goes on.
    again: Vec<u8>,
    at: usize,
}

impl<R> Tape<R> {
    /// A member begins here.
    fn begin(mut self) -> Self {
        self.taken.clear();
        self.whole = true;
        self
    }

    /// Goes back to the second byte of the member, if it is not too long ago.
    fn rewind(&mut self) {
        if !self.whole || self.taken.is_empty() {
            return;
        }
        let mut again = self.taken.split_off(1);
        again.extend_from_slice(&self.again[self.at..]);
        (self.again, self.at) = (again, 0);
        self.taken.clear();
    }
}

impl<R: BufRead> BufRead for Tape<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() { Ok(&self.again[self.at..]) } else { self.source.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        self.whole &= self.taken.len() + count <= TAPE;
        if self.at < self.again.len() {
            let end = (self.at + count).min(self.again.len());
            if self.whole {
                self.taken.extend_from_slice(&self.again[self.at..end]);
            }
            self.at = end;
            return;
        }
        // What is consumed has been looked at, so the source has it at hand.
        if let (true, Ok(buffer)) = (self.whole, self.source.fill_buf()) {
            self.taken.extend_from_slice(&buffer[..count.min(buffer.len())]);
        }
        self.source.consume(count);
    }
}

impl<R: BufRead> Read for Tape<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
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
