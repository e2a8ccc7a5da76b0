//! Every format: what comes out of a file of it, whole.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::{check, docx, gzip, outcome, page, parquet, pdf, record, response, zip, zstd};

const LONG: &str = "Trade of the two countries reached $4.3 billion in 2024, the ministry said on Monday.";

#[test]
fn compressed_files_are_what_they_hold() {
    check("a.txt.gz", gzip(b"Trade grew."), "a|-|-|-|-|Trade grew.");
    check("a.txt.gz", [gzip(b"Trade "), gzip(b"grew."), vec![0; 20]].concat(), "a|-|-|-|-|Trade grew.");
    check("a.txt.zst", zstd(b"Trade grew."), "a|-|-|-|-|Trade grew.");
    check("a.txt.gz.zst", zstd(&gzip(b"Trade grew.")), "a|-|-|-|-|Trade grew.");
    check("misnamed.pdf", gzip(b"Trade grew."), "misnamed|-|-|-|-|Trade grew.");
    let mut cut = gzip(LONG.as_bytes());
    cut.truncate(40);
    check(
        "a.txt.gz",
        cut,
        "! a.txt.gz: cannot be read: its compressed data breaks off (fetch or copy the file again)",
    );
}

#[test]
fn zip_archives_read_as_the_folder_they_were() {
    let inner = zip(&[("c.txt", b"Third.")]);
    let visit = page("Visit", "Second.");
    let files: [(&str, &[u8]); 8] = [
        ("news/a.txt", b"First."),
        ("news/a.meta.json", br#"{"published": "2025-01-02"}"#),
        ("news/.hidden.txt", b"No."),
        ("__MACOSX/news/a.txt", b"No."),
        ("Visit.html", visit.as_bytes()),
        ("Visit_files/ad.html", b"<p>No."),
        ("inner.zip", &inner),
        ("empty.txt", b""),
    ];
    check(
        "x.zip",
        zip(&files),
        "a|2025-01-02|-|-|-|First.\nVisit|-|-|Visit|-|Second.\nc|-|-|-|-|Third.\n! x.zip!empty.txt: is empty (put the \
         article's text in it, or remove it)",
    );
    check("x.zip", zip(&[]), "! x.zip: is an archive that holds no document");
    let mut cut = zip(&[("a.txt", LONG.as_bytes())]);
    cut.truncate(60);
    let said = outcome("x.zip", &cut);
    assert!(said.starts_with("! x.zip: is a damaged ZIP archive: "), "{said}");
    let said = outcome("x.xlsx", &zip(&[("xl/workbook.xml", b"<x/>")]));
    assert_eq!(said, "! x.xlsx: is an Excel workbook, which is not read (save the sheet as .csv)");
}

#[test]
fn word_documents_give_paragraphs_lists_and_rows() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(text));
    let body = format!(
        "<w:p>{}{}</w:p><w:p/><w:p><w:pPr><w:numPr/></w:pPr>{}</w:p><w:p><w:del>{}</w:del>{}<w:r><w:tab/></w:r>{}</w:p>\
         <w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p>{}</w:p>",
        run("Trade "),
        run("&amp; transport grew."),
        run("Roads"),
        run("Old."),
        run("New"),
        run("words."),
        cell("Year"),
        cell("Trade"),
        cell("2024"),
        cell("$4.3 bn"),
        run("End.")
    );
    check(
        "visit.docx",
        docx(&body),
        "visit|-|-|A visit|-|Trade & transport grew.\n\n- Roads\n\nNew\twords.\n\nYear | Trade\n2024 | $4.3 bn\n\nEnd.",
    );
    check("visit.docx", docx(""), "! visit.docx: is a Word document without text");
    let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><w:document>\
                  <w:body><w:p><w:r><w:t>Trade &c; grew.</w:t></w:r></w:p></w:body></w:document>";
    check("laughs.docx", zip(&[("word/document.xml", laughs.as_bytes())]), "laughs|-|-|-|-|Trade &c; grew.");
}

#[test]
fn web_archives_give_their_pages_by_number() {
    let html = "Content-Type: text/html; charset=windows-1251";
    let body = [b"<html><title>T</title><p>".to_vec(), b"\xd2\xee\xf0\xe3\xee\xe2\xeb\xff".to_vec()].concat();
    let packed = gzip(page("Packed", "Packed page.").as_bytes());
    let chunked =
        format!("5\r\n<html\r\n{:x}\r\n><p>Chunked page.</p>\r\n0\r\n\r\n", "><p>Chunked page.</p>".len());
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: x"),
        response("http://a.test/1", html, &body),
        record("request", "http://a.test/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        response("http://a.test/2", "Content-Type: text/html\r\nContent-Encoding: gzip", &packed),
        response(
            "http://a.test/3",
            "Content-Type: text/html\r\nTransfer-Encoding: chunked",
            chunked.as_bytes(),
        ),
        response("http://a.test/x.png", "Content-Type: image/png", b"\x89PNG"),
        record("conversion", "http://a.test/4", "text/plain", b"Plain text."),
    ];
    let expected = "dump!2|-|-|T|http://a.test/1|Торговля\ndump!4|-|-|Packed|http://a.test/2|Packed page.\ndump!5|-|-|-|\
                    http://a.test/3|Chunked page.\ndump!7|-|-|-|http://a.test/4|Plain text.";
    check("dump.warc", records.concat(), expected);
    let members: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    check("dump.warc.gz", members.concat(), expected);

    let mut broken = members.clone();
    // A kind of block that does not exist, and then bytes that a decoder follows far into the next member.
    broken[3][10] = 0x07;
    let said = outcome("dump.warc.gz", &broken.concat());
    assert!(said.contains("dump!2|") && said.contains("dump!7|"), "{said}");
    assert!(
        !said.contains("Packed page") && said.contains("! dump.warc.gz!4: its compressed data is damaged"),
        "{said}"
    );
    assert!(said.ends_with("the record was left out, the rest is read"), "{said}");

    let mut broken = members.clone();
    let middle = broken[3].len() / 2;
    broken[3][middle..].fill(0xff);
    let said = outcome("dump.warc.gz", &broken.concat());
    assert!(said.contains("dump!2|") && said.contains("dump!5|") && said.contains("dump!7|"), "{said}");
    assert_eq!(said.matches("! dump.warc.gz!4: its compressed data is damaged").count(), 1, "{said}");

    let mut lying = records.clone();
    lying[3] =
        String::from_utf8_lossy(&lying[3]).replace("Content-Length: ", "Content-Length: x").into_bytes();
    let said = outcome("dump.warc", &lying.concat());
    assert!(said.contains("dump!2|") && said.contains("dump!5|"), "{said}");
    assert!(said.contains("! dump.warc!4: says that it is \"x"), "{said}");
    let mut short = records.clone();
    short[4] =
        String::from_utf8_lossy(&short[4]).replace("Chunked page.", "A chunked page, and more.").into_bytes();
    let said = outcome("dump.warc", &short.concat());
    assert!(said.contains("dump!4|") && said.contains("dump!7|"), "{said}");
    assert!(
        said.ends_with(
            "! dump.warc!5: does not end where it says; what stands behind it was left out, the rest is read"
        ),
        "{said}"
    );
    let whole = records.concat();
    let said = outcome("dump.warc", &whole[..whole.len() - 10]);
    assert!(said.ends_with(
        "! dump.warc!7: breaks off after 5 of 11 bytes (fetch or copy the file again); the record was left out, nothing follows that \
         could be read"
    ), "{said}");
}

#[test]
fn feeds_give_their_entries() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
               <title>The Agency</title><language>en</language><item><title>Trade &amp; transport</title><link>https://a.test/1\
               </link><guid isPermaLink=\"false\">1</guid><pubDate>Mon, 31 Mar 2025 23:30:00 +0500</pubDate><description>Short.\
               </description><content:encoded><![CDATA[<p>Trade grew.</p><p>Roads too.</p>]]></content:encoded></item><item>\
               <title>Only a title</title></item><item><link>https://a.test/3</link></item></channel></rss>";
    let id = |key: &str| tandem_model::content_hash(key.as_bytes())[..12].to_owned();
    check(
        "feed.xml",
        rss,
        &format!(
            "{}|2025-03-31|The Agency|Trade & transport|https://a.test/1|Trade grew.\n\nRoads too.\n{}|-|The Agency|Only a \
             title|-|Only a title\n! feed.xml!3: is an entry without title and text, and was left out",
            id("1"),
            id("Only a title")
        ),
    );
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://a.test/news/\"><title>News</title><entry><id>x</id>\
                <title type=\"html\">A &lt;b&gt;visit&lt;/b&gt;</title><link rel=\"self\" href=\"no\"/><link href=\"7\"/>\
                <updated>2025-01-02T03:04:05Z</updated><published>2024-12-31T00:00:00Z</published><content type=\"xhtml\">\
                <div xmlns=\"http://www.w3.org/1999/xhtml\">They <i>met</i>.</div></content></entry><entry><id>y</id><title>Next</title></entry></feed>";
    check(
        "feed.atom",
        atom,
        &format!(
            "{}|2024-12-31|News|A visit|https://a.test/news/7|They met.\n{}|-|News|Next|-|Next",
            id("x"),
            id("y")
        ),
    );
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "J",
        "items": [{"id": 5, "url": "https://a.test/5", "title": "T", "content_text": "Body.", "date_published": "2025-02-03T00:00:00Z"}]}"#;
    check("feed.json", json, &format!("{}|2025-02-03|J|T|https://a.test/5|Body.", id("5")));
    let cut = rss.find("Only a title").unwrap();
    let said = outcome("feed.xml", &rss.as_bytes()[..cut]);
    assert!(said.contains("The Agency|Trade & transport"), "{said}");
    let said =
        outcome("feed.xml", b"<rss><channel><item><title>T</title></item><item><title><![CDATA[never closed");
    assert!(said.contains("|T\n! feed.xml: is not well-formed at byte"), "{said}");
    check(
        "feed.xml",
        "<rss><channel></channel></rss>",
        "! feed.xml: is a feed without entries (fetch it again)",
    );
}

#[test]
fn mails_give_their_text_and_their_attachments() {
    let mail = "From: =?windows-1251?B?wOPl7fLx8uLu?= <a@b.test>\r\nTo: c@d.test\r\nSubject: Trade\r\nDate: Mon, 31 Mar 2025 \
                23:30:00 +0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: \
                text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    let attached = "\r\n--b\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment; filename=note.txt\
                    \r\n\r\nAttached note.\r\n--b\r\nContent-Type: image/png; name=x.png\r\nContent-Disposition: attachment; \
                    filename=x.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    let bytes = [mail.as_bytes(), b"\xf4\xcf\xd2\xc7\xcf\xd7\xcc\xd1", attached.as_bytes()].concat();
    check("letter.eml", bytes, "letter|2025-03-31|Агентство|Trade|-|Торговля\nnote|-|-|-|-|Attached note.");
    let html = "From: a@b.test\r\nDate: Mon, 31 Mar 2025 10:00:00 +0000\r\nSubject: S\r\nContent-Type: text/html\r\n\r\n<p>One.\
                </p><p>Two.</p>";
    check("x", html, "x|2025-03-31|a@b.test|S|-|One.\n\nTwo.");
}

#[test]
fn pages_saved_in_one_file_are_pages() {
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.test/visit\r\nSubject: A visit\r\nDate: Tue, 1 Apr 2025 \
         10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/html\r\nContent-Location: https://a.test/visit\r\n\r\n{}\r\n--b\r\nContent-Type: text/css\r\n\r\n\
         p {{}}\r\n--b--\r\n",
        page("A visit", "They met.")
    );
    check("visit.mhtml", mhtml, "visit|-|-|A visit|https://a.test/visit|They met.");
}

#[test]
fn tables_give_a_document_a_row() {
    check(
        "dump.csv",
        "url,Title,Body,Date,source\nhttps://a.test/1,T,\"One, two.\nThree.\",31.03.2025,Trend\n,,,,\nhttps://a.test/2,,Four.,,\n",
        "dump!1|2025-03-31|Trend|T|https://a.test/1|One, two.\nThree.\ndump!3|-|-|-|https://a.test/2|Four.",
    );
    let russian =
        encoding_rs::WINDOWS_1251.encode("id;текст\n7;Торговля выросла, сказал министр.\n").0.into_owned();
    check("old.csv", russian, "7|-|-|-|-|Торговля выросла, сказал министр.");
    check("t.tsv", "text\tlang\nOne.\ten\n", "t!1|-|-|-|-|One.");
    check(
        "no.csv",
        "a,b\n1,2\n",
        "! no.csv: is a table without a column of text; it has: a, b (name the column with --text-column)",
    );
    check(
        "dump.parquet",
        parquet(&[("https://a.test/1", "One.", 20_178), ("https://a.test/2", "Two.", 0)]),
        "dump!1|2025-03-31|-|-|https://a.test/1|One.\ndump!2|1970-01-01|-|-|https://a.test/2|Two.",
    );
    let mut cut = parquet(&[("u", "t", 0)]);
    cut.truncate(30);
    let said = outcome("dump.parquet", &cut);
    assert!(said.starts_with("! dump.parquet: is a damaged Parquet file: "), "{said}");
}

#[test]
fn pdfs_give_their_text_layer() {
    let said = outcome("visit.pdf", &pdf(&[LONG, "The ministers met."]));
    assert_eq!(
        said.split_whitespace().collect::<Vec<_>>().join(" "),
        format!("visit|-|-|-|-|{LONG} The ministers met.")
    );
    check(
        "scan.pdf",
        pdf(&["", ""]),
        "! scan.pdf: holds pictures of pages instead of text (have its text recognised first: ocrmypdf IN.pdf OUT.pdf)",
    );
    let mut broken = pdf(&[LONG]);
    let middle = broken.len() / 2;
    broken.truncate(middle);
    let said = outcome("broken.pdf", &broken);
    assert!(said.starts_with("! broken.pdf: "), "{said}");
}
