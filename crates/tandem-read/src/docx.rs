//! Word documents: the text of their paragraphs and tables.
//!
//! A `.docx` is a ZIP archive whose `word/document.xml` holds the text in runs. Deleted text that
//! change tracking keeps, field codes and the drawings' second copy of a text box are left out; list
//! items get a dash, the cells of a table's row stand on one line with bars between. Notes follow at the
//! end. Entities that a document declares are not expanded, so a billion laughs are a few names.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tandem_model::{Article, content_hash};
use zip::ZipArchive;

use crate::encoding::decode;
use crate::limits::{Budget, Made};
use crate::markup::resolve;
use crate::{Limits, Piece, Reading, fallback_id};

/// The parts that hold text, in the order of reading.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

/// Reads a Word document.
pub(crate) fn read(piece: &Piece, limits: &Limits) -> Reading {
    let mut archive = match ZipArchive::new(Cursor::new(&piece.bytes[..])) {
        Ok(archive) => archive,
        Err(error) => {
            return Reading::refused(
                &piece.place,
                format!("is a damaged Word document: {error} (save it again)"),
            );
        }
    };
    let budget = Budget::new(piece.bytes.len() as u64, limits);
    let mut text = String::new();
    let mut remarks = Vec::new();
    for part in PARTS {
        match part_of(&mut archive, part, &budget, limits) {
            Ok(None) => {}
            Ok(Some(xml)) => {
                let fault = text_of(&xml, &mut text);
                remarks.extend(fault.map(|fault| {
                    format!(
                        "is damaged: its text breaks off {fault}; what stands before was read (save it again)"
                    )
                }));
            }
            Err(message) => remarks.push(message),
        }
    }
    let text = text.trim().to_owned();
    if text.is_empty() {
        let message = remarks.pop().unwrap_or_else(|| "is a Word document without text".to_owned());
        return Reading::refused(&piece.place, message);
    }
    let title = part_of(&mut archive, "docProps/core.xml", &budget, limits).ok().flatten();
    let sha256 = content_hash(text.as_bytes());
    let article = Article {
        id: fallback_id(&piece.name, &sha256),
        sha256,
        title: title.and_then(|xml| title_of(&xml)),
        url: piece.hints.url.clone(),
        published: piece.hints.published,
        text,
        ..Article::default()
    };
    piece.described(article, remarks)
}

/// A part of the document as text; nothing when there is no such part.
fn part_of(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    budget: &Budget,
    limits: &Limits,
) -> Result<Option<String>, String> {
    if archive.index_for_name(name).is_none() {
        return Ok(None);
    }
    let entry =
        archive.by_name(name).map_err(|error| format!("cannot be unpacked: {error} (save it again)"))?;
    let mut bytes = Vec::new();
    let most = limits.document_bytes;
    Made { inner: entry, budget }
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be unpacked: {error}"))?;
    if bytes.len() as u64 > most {
        return Err(limits.too_large());
    }
    Ok(Some(decode(&bytes, None).text))
}

/// The document's own title.
fn title_of(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut title = None;
    let mut inside = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => inside = tag.local_name().as_ref() == "title",
            Event::End(_) => inside = false,
            Event::Text(text) if inside => title = Some(text.trim().to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    title.filter(|title| !title.is_empty())
}

/// A table that is being read: how many cells its row has, and whether it stands in a cell itself.
#[derive(Default)]
struct Table {
    cells: usize,
}

/// Where in a document the reading stands.
struct Parser<'a> {
    out: &'a mut String,
    /// Inside `w:t`, whose text counts.
    in_text: bool,
    /// Open elements whose content is left out.
    skipped: usize,
    tables: Vec<Table>,
    /// Something was written since the paragraph began.
    written: bool,
}

/// Adds the text of a part; says where it breaks off, if it does.
fn text_of(xml: &str, out: &mut String) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut parser = Parser { out, in_text: false, skipped: 0, tables: Vec::new(), written: false };
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(tag)) => parser.start(&tag, false),
            Ok(Event::Empty(tag)) => parser.start(&tag, true),
            Ok(Event::End(tag)) => parser.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => parser.text(&text.xml10_content()),
            Ok(Event::CData(text)) => parser.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => parser.text(&resolve(&reference, &[])),
            Ok(_) => {}
            Err(error) => {
                return Some(format!("at byte {} of {}: {error}", reader.error_position(), xml.len()));
            }
        }
    }
}

impl Parser<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || matches!(name, "Fallback" | "del" | "moveFrom" | "instrText" | "sectPr") {
            self.skipped += usize::from(!empty);
            return;
        }
        match name {
            "t" => self.in_text = !empty,
            "tab" | "ptab" if !self.in_properties(tag) => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "numPr" if !self.written && self.tables.is_empty() => self.write("- "),
            "p" => {
                self.written = false;
                if empty {
                    self.end_paragraph();
                }
            }
            "tbl" if !empty => {
                self.new_line();
                self.tables.push(Table::default());
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cells = 0;
                }
            }
            "tc" => {
                let first = self.tables.last_mut().is_none_or(|table| {
                    table.cells += 1;
                    table.cells == 1
                });
                if !first {
                    self.trim_line_end();
                    self.out.push_str(" | ");
                }
            }
            _ => {}
        }
    }

    /// Tab stops of a paragraph's properties bear the name of a tab.
    fn in_properties(&self, tag: &BytesStart<'_>) -> bool {
        tag.attributes_raw().contains("pos=")
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tr" if !self.tables.is_empty() => {
                self.trim_line_end();
                self.new_line();
            }
            "tbl" => {
                self.tables.pop();
                if self.tables.is_empty() {
                    self.out.push('\n');
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipped == 0 {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        // A row of a table is one line, whatever its cells hold.
        if !self.tables.is_empty() && text.contains(['\n', '\t']) {
            self.out.push_str(&text.replace(['\n', '\t'], " "));
        } else {
            self.out.push_str(text);
        }
        self.written = true;
    }

    /// A paragraph ends with a blank line; in a cell with a space.
    fn end_paragraph(&mut self) {
        if self.tables.is_empty() {
            if self.written {
                self.out.push_str("\n\n");
            }
        } else if self.written {
            self.out.push(' ');
        }
        self.written = false;
    }

    fn trim_line_end(&mut self) {
        let trimmed = self.out.trim_end_matches(' ').len();
        self.out.truncate(trimmed);
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}
