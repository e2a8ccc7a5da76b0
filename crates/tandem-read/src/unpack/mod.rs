//! Files to pieces: whatever holds several documents is taken apart, one after another.
//!
//! A container (gzip, ZIP, WARC, a table, a mail with attachments) hands what it holds back to
//! `Unpacker::enter`, which looks at the first bytes and goes on in the same way, so that any format
//! may lie in any other. A piece is one document's bytes; what they mean is found out later and
//! elsewhere ([`crate::understand`]), on as many threads as there are.
//!
//! Pieces are pushed into a function rather than pulled from an iterator. Refused alternative: an
//! iterator, which would have to keep a stack of half-read archives that borrow from one another.
//! Whoever wants to pull runs this on a thread of its own and gets reading ahead for nothing.

pub(crate) mod compressed;
mod lines;
mod mail;
mod parquet;
mod table;
pub mod warc;
mod zip;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;

use tandem_model::Diagnostic;

use crate::format::HEAD;
use crate::limits::{Budget, Taken};
use crate::{Format, Hints, Limits, Options, Piece};

/// Whether to go on.
pub type Flow = ControlFlow<()>;

/// The name of a stream whose bytes may come while they are read.
const LIVE: &str = "-";

/// Going on.
pub(crate) const ON: Flow = ControlFlow::Continue(());

/// Where the bytes of a file come from.
pub enum Source<'a> {
    /// An open file, which can be read anywhere.
    File(File),
    /// Bytes in memory.
    Memory(&'a [u8]),
    /// Bytes that come one after another.
    Stream(Box<dyn Read + 'a>),
}

/// What unpacking came upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One document's bytes.
    Piece(Box<Piece>),
    /// Something that cannot be read.
    Remark(Diagnostic),
}

/// A file that is about to be unpacked, or something inside one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Where it stands, for messages.
    pub place: String,
    /// Where it stands inside its file, empty for the file itself.
    pub within: String,
    /// Its file name; empty or `-` for a stream without one.
    pub name: String,
    /// What its carrier says of it.
    pub hints: Hints,
    /// The file beside it that describes it: its place and its bytes.
    pub sidecar: Option<(String, Vec<u8>)>,
    /// Archives around it.
    pub depth: u32,
}

impl At {
    /// A file of this name at this place.
    pub fn file(place: &str, name: &str) -> Self {
        Self { place: place.to_owned(), name: name.to_owned(), ..Self::default() }
    }

    /// Something inside this archive, which `key` tells from the rest of it.
    fn inside(&self, key: &str, name: &str) -> Self {
        Self {
            place: format!("{}!{key}", self.place),
            within: format!("{}!{key}", self.within),
            name: name.to_owned(),
            depth: self.depth + 1,
            ..Self::default()
        }
    }

    fn piece(&self, format: Format, bytes: Vec<u8>) -> Piece {
        Piece {
            place: self.place.clone(),
            within: self.within.clone(),
            name: self.name.clone(),
            several: false,
            format,
            bytes,
            hints: self.hints.clone(),
            sidecar: self.sidecar.clone(),
        }
    }
}

/// Takes a file apart and hands its pieces over, in the order of the file, until `sink` breaks.
pub fn unpack(
    source: Source<'_>,
    at: &At,
    options: &Options,
    sink: &mut (dyn FnMut(Found) -> Flow + '_),
) -> Flow {
    let length = match &source {
        Source::File(file) => file.metadata().map_or(0, |meta| meta.len()),
        Source::Memory(bytes) => bytes.len() as u64,
        Source::Stream(_) => 0,
    };
    let budget = Budget::new(length, &options.limits);
    let mut unpacker = Unpacker { options, budget: &budget, sink };
    match source {
        Source::Stream(stream) => {
            let counted = Taken { inner: stream, budget: &budget };
            unpacker.enter(Source::Stream(Box::new(counted)), at)
        }
        other => unpacker.enter(other, at),
    }
}

/// One file's unpacking.
struct Unpacker<'a> {
    options: &'a Options,
    budget: &'a Budget,
    sink: &'a mut (dyn FnMut(Found) -> Flow + 'a),
}

impl Unpacker<'_> {
    fn limits(&self) -> &Limits {
        &self.options.limits
    }

    fn give(&mut self, found: Found) -> Flow {
        (self.sink)(found)
    }

    fn piece(&mut self, piece: Piece) -> Flow {
        self.give(Found::Piece(Box::new(piece)))
    }

    fn complain(&mut self, place: &str, message: impl Into<String>) -> Flow {
        self.give(Found::Remark(Diagnostic { place: place.to_owned(), message: message.into() }))
    }

    /// Looks at the first bytes and does what the format asks for.
    fn enter(&mut self, source: Source<'_>, at: &At) -> Flow {
        let live = at.name == LIVE && at.depth == 0;
        let (head, source) = match peek(source, live) {
            Ok(opened) => opened,
            Err(error) => return self.complain(&at.place, unreadable(&error)),
        };
        let format = Format::of(&at.name, &head, at.hints.media.as_deref());
        if at.depth > self.limits().nesting && format.holds_files() {
            let message = format!(
                "lies in {} archives, one in another, and was not unpacked (allow more with --max-nesting)",
                at.depth
            );
            return self.complain(&at.place, message);
        }
        match format {
            Format::Empty => {
                self.complain(&at.place, "is empty (put the article's text in it, or remove it)")
            }
            Format::Refused(what) => self.complain(&at.place, what),
            Format::Jsonl => lines::unpack(self, &mut BufReader::new(whole(&head, source)), at),
            Format::Gzip => compressed::gzip(self, whole(&head, source), at),
            Format::Zstd => compressed::zstd(self, whole(&head, source), at),
            Format::Warc => {
                warc::unpack(self, &mut BufReader::with_capacity(1 << 16, whole(&head, source)), at)
            }
            Format::Csv => table::unpack(self, &head, source, at),
            Format::Zip => zip::unpack(self, &head, source, at),
            Format::Parquet => parquet::unpack(self, &head, source, at),
            Format::Mail => mail::unpack(self, &head, source, at),
            document => self.document(document, &head, source, at),
        }
    }

    /// One document, taken whole.
    fn document(&mut self, format: Format, head: &[u8], source: Source<'_>, at: &At) -> Flow {
        match self.take_whole(head, source, self.limits().document_bytes) {
            Ok(Some(bytes)) => self.piece(at.piece(format, bytes)),
            Ok(None) => {
                let message = self.limits().too_large();
                self.complain(&at.place, message)
            }
            Err(error) => self.complain(&at.place, unreadable(&error)),
        }
    }

    /// All bytes, or nothing when they are more than `limit`.
    fn take_whole(&self, head: &[u8], source: Source<'_>, limit: u64) -> io::Result<Option<Vec<u8>>> {
        if let Source::Memory(bytes) = source {
            return Ok((bytes.len() as u64 <= limit).then(|| bytes.to_vec()));
        }
        let mut bytes = Vec::new();
        whole(head, source).take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }
}

/// The first bytes of a source, which are to be put before the rest of a stream with [`whole`].
fn peek(source: Source<'_>, live: bool) -> io::Result<(Cow<'_, [u8]>, Source<'_>)> {
    match source {
        Source::Memory(bytes) => Ok((Cow::Borrowed(&bytes[..bytes.len().min(HEAD)]), source)),
        Source::File(mut file) => {
            let mut head = Vec::new();
            (&file).take(HEAD as u64).read_to_end(&mut head)?;
            file.rewind()?;
            Ok((Cow::Owned(head), Source::File(file)))
        }
        Source::Stream(mut stream) => {
            let mut head = Vec::new();
            let source = match look_ahead(&mut *stream, live, &mut head) {
                Ok(()) => stream,
                Err(error) if head.is_empty() => return Err(error),
                // What comes before the fault can be read, and what comes after it perhaps.
                Err(error) => Box::new(Fault(Some(error)).chain(stream)),
            };
            Ok((Cow::Owned(head), Source::Stream(source)))
        }
    }
}

/// Reads ahead as far as telling the format may take. Of JSON lines that come live, as from a program that
/// watches something, the first line is enough: more may be long in coming.
fn look_ahead(stream: &mut dyn Read, live: bool, head: &mut Vec<u8>) -> io::Result<()> {
    let mut buffer = [0; 8 << 10];
    while head.len() < HEAD {
        let room = buffer.len().min(HEAD - head.len());
        match stream.read(&mut buffer[..room]) {
            Ok(0) => break,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        let start = head.trim_ascii_start();
        if live && start.first() == Some(&b'{') && start.contains(&b'\n') {
            break;
        }
    }
    Ok(())
}

/// An error that was met while looking ahead, for whoever reads up to it.
struct Fault(Option<io::Error>);

impl Read for Fault {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// A source from its first byte on, the head that was taken from a stream included.
fn whole<'a>(head: &'a [u8], source: Source<'a>) -> Box<dyn Read + 'a> {
    match source {
        Source::File(file) => Box::new(file),
        Source::Memory(bytes) => Box::new(Cursor::new(bytes)),
        Source::Stream(rest) => Box::new(Cursor::new(head).chain(rest)),
    }
}

/// The last part of a path.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn unreadable(error: &io::Error) -> String {
    format!("cannot be read: {}", in_words(error))
}

/// A system error without its number.
pub fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied (check who may read it)".to_owned(),
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => match error.to_string().split_once(" (os error") {
            Some((text, _)) => text.to_lowercase(),
            None => error.to_string(),
        },
    }
}
