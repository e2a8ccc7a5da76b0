//! The records of a WARC file, one after another, whatever state the file is in.
//!
//! After a fault the next line that begins like a record (`WARC/1.1`) is looked for, so that a broken
//! record costs itself and no more.

use std::io::{self, BufRead, Read};

use crate::human_size;
use crate::unpack::in_words;

/// Longest line of a record's head, in bytes.
const LINE: u64 = 64 << 10;
/// Most lines of a record's head.
const LINES: usize = 1000;
/// Faults after which the rest of a file is given up.
const FAULTS: u32 = 1000;

/// A record that holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number in the file, from 1.
    pub number: u64,
    /// `response`, `request`, `resource` …, in lower case.
    pub kind: String,
    /// The address that it was fetched from.
    pub uri: Option<String>,
    /// Media type of the body as it stands in the head, with its parameters.
    pub media: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Record {
    /// Whether the body is an HTTP answer with its own head.
    pub(super) fn is_http(&self) -> bool {
        self.media.to_ascii_lowercase().starts_with("application/http") || self.body.starts_with(b"HTTP/")
    }
}

/// A record that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number in the file, from 1.
    pub number: u64,
    /// What is wrong with it and what became of the rest, as a sentence without its name.
    pub message: String,
}

/// Reads the records of a WARC file that is not compressed any more.
pub struct Records<'a> {
    source: &'a mut dyn BufRead,
    limit: u64,
    number: u64,
    faults: u32,
    /// The line `WARC/1.1` was read already, while looking for it.
    at_record: bool,
}

/// Where a fault lies.
enum Fault {
    /// In the record, and what it is.
    Inside(String),
    /// Between the record before and this one: that one does not end where it says.
    Before,
}

/// What stood on a line of a head.
enum Line {
    Text(Vec<u8>),
    TooLong,
    End,
}

impl<'a> Records<'a> {
    /// `limit` is the largest body that is kept, in bytes.
    pub fn new(source: &'a mut dyn BufRead, limit: u64) -> Self {
        Self { source, limit, number: 0, faults: 0, at_record: false }
    }

    fn record(&mut self) -> Result<Option<Record>, Fault> {
        if !std::mem::take(&mut self.at_record) && !self.find_version()? {
            return Ok(None);
        }
        let (mut record, length) = self.head().map_err(Fault::Inside)?;
        record.body = self.body(length).map_err(Fault::Inside)?;
        Ok(Some(record))
    }

    /// Reads the line `WARC/1.1` and blank lines before it; false at the end of the file.
    fn find_version(&mut self) -> Result<bool, Fault> {
        loop {
            match self.line().map_err(|error| Fault::Inside(in_words(&error)))? {
                Line::End => return Ok(false),
                Line::Text(line) if line.trim_ascii().is_empty() => {}
                Line::Text(line) if line.starts_with(b"WARC/") => return Ok(true),
                _ if self.number == 1 => {
                    return Err(Fault::Inside("does not begin like a record".to_owned()));
                }
                _ => return Err(Fault::Before),
            }
        }
    }

    /// The fields of a head, and the length of the body.
    fn head(&mut self) -> Result<(Record, u64), String> {
        let mut record = Record {
            number: self.number,
            kind: String::new(),
            uri: None,
            media: String::new(),
            body: Vec::new(),
        };
        let mut length = None;
        for _ in 0..LINES {
            let line = match self.line().map_err(|error| in_words(&error))? {
                Line::Text(line) => line,
                Line::TooLong => return Err("has a line without end in its head".to_owned()),
                Line::End => return Err("breaks off in its head".to_owned()),
            };
            let line = line.trim_ascii();
            if line.is_empty() {
                return match length {
                    Some(length) => Ok((record, length)),
                    None => Err("does not say how long it is (Content-Length)".to_owned()),
                };
            }
            let text = String::from_utf8_lossy(line);
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                // Some tools put the address in angle brackets.
                "warc-target-uri" => record.uri = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-type" => record.media = value.to_owned(),
                "content-length" => {
                    let parsed = value.parse();
                    length = Some(parsed.map_err(|_| format!("says that it is \"{value}\" bytes long"))?);
                }
                _ => {}
            }
        }
        Err("has a head without end".to_owned())
    }

    fn body(&mut self, length: u64) -> Result<Vec<u8>, String> {
        if length > self.limit {
            let passed = io::copy(&mut (&mut *self.source).take(length), &mut io::sink());
            let held = passed.map_err(|error| in_words(&error))?;
            return Err(format!(
                "holds {}, more than the {} that one document may hold (allow more with --max-size)",
                human_size(held.max(length)),
                human_size(self.limit)
            ));
        }
        let mut body = Vec::new();
        let read = (&mut *self.source).take(length).read_to_end(&mut body);
        read.map_err(|error| in_words(&error))?;
        if body.len() as u64 == length {
            return Ok(body);
        }
        Err(format!("breaks off after {} of {length} bytes (fetch or copy the file again)", body.len()))
    }

    fn line(&mut self) -> io::Result<Line> {
        let mut line = Vec::new();
        (&mut *self.source).take(LINE).read_until(b'\n', &mut line)?;
        Ok(match line.last() {
            None => Line::End,
            Some(b'\n') => Line::Text(line),
            Some(_) if line.len() as u64 == LINE => Line::TooLong,
            Some(_) => Line::Text(line),
        })
    }

    /// Goes on after a fault, and says what it was.
    fn broken(&mut self, fault: Fault) -> Broken {
        self.faults += 1;
        let message = match fault {
            Fault::Inside(what) => format!("{what}; the record was left out"),
            Fault::Before => {
                self.number -= 1;
                "does not end where it says; what stands behind it was left out".to_owned()
            }
        };
        self.at_record = self.find_next();
        let rest = if self.at_record { "the rest is read" } else { "nothing follows that could be read" };
        if !self.at_record {
            self.faults = FAULTS;
        }
        Broken { number: self.number, message: format!("{message}, {rest}") }
    }

    /// Goes to the next line that begins a record; false when there is none.
    fn find_next(&mut self) -> bool {
        let mut line_start = true;
        // Each failure to read counts, so that a source that only fails comes to an end.
        while self.faults < FAULTS {
            match self.line() {
                Ok(Line::End) => return false,
                Ok(Line::Text(line)) if line_start && line.starts_with(b"WARC/") => return true,
                Ok(Line::Text(_)) => line_start = true,
                Ok(Line::TooLong) => line_start = false,
                Err(_) => {
                    self.faults += 1;
                    line_start = true;
                }
            }
        }
        false
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.faults >= FAULTS {
            return None;
        }
        self.number += 1;
        match self.record() {
            Ok(record) => record.map(Ok),
            Err(fault) => Some(Err(self.broken(fault))),
        }
    }
}
