//! ZIP archives: folders of files, and the office documents that are ZIP archives too.
//!
//! An archive reads as the folder that it was packed from: hidden files and the resources of saved
//! pages are left out, sidecars describe their neighbours, and ids come from the names inside.

use std::collections::BTreeSet;
use std::io::{self, BufReader, Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{At, Flow, ON, Source, Unpacker, base_name, unreadable};
use crate::limits::Made;
use crate::{Format, SIDECAR, human_size, is_resource, sidecar_name};

/// Office documents are told by a file that each of them holds.
const OFFICE: [(&str, Format); 5] = [
    ("word/document.xml", Format::Docx),
    ("xl/workbook.xml", Format::Refused("is an Excel workbook, which is not read (save the sheet as .csv)")),
    ("xl/workbook.bin", Format::Refused("is an Excel workbook, which is not read (save the sheet as .csv)")),
    (
        "ppt/presentation.xml",
        Format::Refused("is a PowerPoint presentation, which is not read (save it as PDF or text)"),
    ),
    (
        "META-INF/manifest.xml",
        Format::Refused("is an OpenDocument file, which is not read (save it as .docx or text)"),
    ),
];

pub(super) fn unpack(unpacker: &mut Unpacker<'_>, head: &[u8], source: Source<'_>, at: &At) -> Flow {
    match source {
        Source::File(file) => archive(unpacker, BufReader::new(file), at),
        Source::Memory(bytes) => archive(unpacker, Cursor::new(bytes), at),
        // The list of files stands at the end, so a stream must be had whole.
        Source::Stream(_) => {
            let limit = unpacker.limits().nested_bytes;
            match unpacker.take_whole(head, source, limit) {
                Ok(Some(bytes)) => archive(unpacker, Cursor::new(bytes), at),
                Ok(None) => {
                    let message = format!(
                        "is an archive of more than {} inside another or in a stream (unpack it first, or allow more \
                         with --max-nested)",
                        human_size(limit)
                    );
                    unpacker.complain(&at.place, message)
                }
                Err(error) => unpacker.complain(&at.place, unreadable(&error)),
            }
        }
    }
}

fn archive<R: Read + Seek>(unpacker: &mut Unpacker<'_>, source: R, at: &At) -> Flow {
    let mut archive = match ZipArchive::new(source) {
        Ok(archive) => archive,
        Err(error) => return unpacker.complain(&at.place, in_words(&error)),
    };
    let names: Vec<String> = (0..archive.len())
        .map(|index| archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned())
        .collect();
    if let Some(&(_, format)) = OFFICE.iter().find(|(file, _)| names.iter().any(|name| name == file)) {
        return office(unpacker, archive.into_inner(), format, at);
    }
    let known: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let sidecars: BTreeSet<String> =
        known.iter().filter(|name| !name.ends_with(SIDECAR)).map(|name| sidecar_name(name)).collect();
    let mut documents = 0;
    for (index, name) in names
        .iter()
        .enumerate()
        .filter(|(_, name)| is_document(name, &known) && !sidecars.contains(name.as_str()))
    {
        documents += 1;
        let mut inside = at.inside(name, base_name(name));
        inside.sidecar = sidecar(unpacker, &mut archive, name, &known, at);
        match archive.by_index(index) {
            Ok(entry) => {
                let made = Made { inner: entry, budget: unpacker.budget };
                unpacker.enter(Source::Stream(Box::new(made)), &inside)?;
            }
            Err(error) => unpacker.complain(&inside.place, in_words(&error))?,
        }
    }
    if documents == 0 {
        return unpacker.complain(&at.place, "is an archive that holds no document");
    }
    ON
}

/// The whole archive is one document, or is refused.
fn office<R: Read + Seek>(unpacker: &mut Unpacker<'_>, mut source: R, format: Format, at: &At) -> Flow {
    if let Format::Refused(what) = format {
        return unpacker.complain(&at.place, what);
    }
    match source.rewind() {
        Ok(()) => unpacker.document(format, &[], Source::Stream(Box::new(source)), at),
        Err(error) => unpacker.complain(&at.place, unreadable(&error)),
    }
}

/// Whether a file of the archive may be a document: no folder, nothing hidden, no part of a saved page.
fn is_document(name: &str, known: &BTreeSet<&str>) -> bool {
    let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let folder = name.ends_with('/');
    let resource = name.char_indices().filter(|&(_, c)| c == '/').any(|(end, _)| {
        is_resource(base_name(&name[..end]), |page| {
            let parent = name[..end].rsplit_once('/').map_or("", |(parent, _)| parent);
            let path = if parent.is_empty() { page.to_owned() } else { format!("{parent}/{page}") };
            known.contains(path.as_str())
        })
    });
    !(name.is_empty() || hidden || folder || resource)
}

/// The sidecar of a file of the archive.
fn sidecar<R: Read + Seek>(
    unpacker: &Unpacker<'_>,
    archive: &mut ZipArchive<R>,
    name: &str,
    known: &BTreeSet<&str>,
    at: &At,
) -> Option<(String, Vec<u8>)> {
    let path = sidecar_name(name);
    if !unpacker.options.sidecars || !known.contains(path.as_str()) {
        return None;
    }
    let mut bytes = Vec::new();
    let entry = archive.by_name(&path).ok()?;
    let mut made = Made { inner: entry, budget: unpacker.budget };
    made.by_ref().take(crate::SIDECAR_BYTES).read_to_end(&mut bytes).ok()?;
    Some((format!("{}!{path}", at.place), bytes))
}

fn in_words(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            "is locked with a password (unpack it first)".to_owned()
        }
        ZipError::UnsupportedArchive(what) => {
            format!("is packed in a way that is not read: {what} (unpack it first)")
        }
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => unreadable(error),
        other => format!("is a damaged ZIP archive: {other} (fetch or copy it again)"),
    }
}
