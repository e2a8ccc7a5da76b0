//! Small files of every format, made here.

#![allow(dead_code, reason = "not every test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Cursor, Write};
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use tandem_read::{At, Options, Reading, read};

/// What comes out of one file, written as `id|published|publisher|title|url|text` lines and `! place: message` lines.
pub(crate) fn show(reading: &Reading) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let articles = reading.articles.iter().map(|a| {
        let published = a.published.map_or("-".to_owned(), |date| date.to_string());
        format!("{}|{published}|{}|{}|{}|{}", a.id, text(&a.publisher), text(&a.title), text(&a.url), a.text)
    });
    let remarks = reading.diagnostics.iter().map(|d| format!("! {}: {}", d.place, d.message));
    articles.chain(remarks).collect::<Vec<_>>().join("\n")
}

/// Reads a file in memory with the usual options.
pub(crate) fn outcome(name: &str, bytes: &[u8]) -> String {
    show(&read(bytes, &At::file(name, name), &Options::default()))
}

#[track_caller]
pub(crate) fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    assert_eq!(outcome(name, bytes.as_ref()), expected, "{name}");
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word document around the paragraphs and tables of a body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/\
         wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let core =
        "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>A visit</dc:title></cp:coreProperties>";
    zip(&[("word/document.xml", document.as_bytes()), ("docProps/core.xml", core.as_bytes())])
}

/// A record of a web archive.
pub(crate) fn record(kind: &str, uri: &str, media: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// A page as a server sends it.
pub(crate) fn response(uri: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let answer = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
    record("response", uri, "application/http; msgtype=response", &answer)
}

/// A page with a title and a paragraph.
pub(crate) fn page(title: &str, text: &str) -> String {
    format!("<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{text}</p></body></html>")
}

/// A table of three columns.
pub(crate) fn parquet(rows: &[(&str, &str, i32)]) -> Vec<u8> {
    let schema = "message m { required binary url (UTF8); required binary text (UTF8); required int32 date (DATE); \
                  repeated binary tags (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut file, schema, Arc::new(WriterProperties::builder().build())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let strings = |values: Vec<&str>| values.into_iter().map(ByteArray::from).collect::<Vec<_>>();
    for column in
        [strings(rows.iter().map(|row| row.0).collect()), strings(rows.iter().map(|row| row.1).collect())]
    {
        let mut open = group.next_column().unwrap().unwrap();
        open.typed::<ByteArrayType>().write_batch(&column, None, None).unwrap();
        open.close().unwrap();
    }
    let mut open = group.next_column().unwrap().unwrap();
    let days: Vec<i32> = rows.iter().map(|row| row.2).collect();
    open.typed::<Int32Type>().write_batch(&days, None, None).unwrap();
    open.close().unwrap();
    let mut open = group.next_column().unwrap().unwrap();
    let zeros = vec![0_i16; rows.len()];
    open.typed::<ByteArrayType>().write_batch(&[], Some(&zeros), Some(&zeros)).unwrap();
    open.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    file
}

/// A PDF with a line of text on each page.
pub(crate) fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|number| format!("{} 0 R", 4 + 2 * number)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (number, text) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * number
        ));
        let drawing = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
        objects.push(format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend_from_slice(end.as_bytes());
    file
}
