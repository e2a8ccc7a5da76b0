//! `tandem watch` and `tandem doc` with the real program, against a server on loopback that counts what it is asked.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use common::Place;

/// Path → status line, further headers, body.
type Site = BTreeMap<&'static str, (&'static str, &'static str, Vec<u8>)>;

/// A server for one test; it ends with the test's process.
struct Server {
    address: String,
    /// The first lines of the questions, with the headers that make them conditional.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(site: impl FnOnce(&str) -> Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let site = site(&address);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                // A client that goes away early is part of the game.
                let _gone = answer(stream, &site, &log);
            }
        });
        Self { address, asked }
    }

    /// What was asked since the last call, robots.txt left out.
    fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap();
        std::mem::take(&mut *asked).into_iter().filter(|path| path != "/robots.txt").collect()
    }
}

fn answer(mut stream: TcpStream, site: &Site, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or(Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut conditional, mut agent) = (false, false);
    for line in lines {
        let line = line?.to_ascii_lowercase();
        conditional |= line == "if-none-match: \"v1\"";
        agent |= line.starts_with("user-agent: tandem/");
        if line.is_empty() {
            break;
        }
    }
    assert!(agent, "it says who it is");
    log.lock().unwrap().push(if conditional { format!("{path} if changed") } else { path.clone() });
    let missing = ("404 Not Found", "", b"gone".to_vec());
    let (status, headers, body) = site.get(path.as_str()).unwrap_or(&missing);
    let (status, body) = if conditional { ("304 Not Modified", &[][..]) } else { (*status, body.as_slice()) };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    )?;
    stream.write_all(body)?;
    stream.flush()?;
    // Wait until the client has read all of it.
    stream.shutdown(std::net::Shutdown::Write)?;
    stream.read(&mut [0]).map(drop)
}

fn page(title: &str, text: &str) -> Vec<u8> {
    let more = "The ministers spoke about transport, water and energy, and praised the work of their teams. ";
    format!(
        "<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>{title}</h1><p>{text}</p><p>{}</p></article></body></html>",
        more.repeat(6)
    )
    .into_bytes()
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\nETag: \"v1\"\r\n";

fn news(address: &str) -> Site {
    let feed = format!(
        "<rss version='2.0'><channel><title>Gazette</title>\
         <item><title>Trade</title><link>{address}/trade</link></item>\
         <item><title>Secret</title><link>/private/x</link></item>\
         <item><title>Gone</title><link>{address}/gone</link></item></channel></rss>"
    );
    let trade = page("Trade grows", "Trade between Peru and Chile reached $3 billion in 2024.");
    Site::from([
        ("/robots.txt", ("200 OK", "", b"User-agent: *\nDisallow: /private\n".to_vec())),
        ("/feed", ("200 OK", "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n", feed.into_bytes())),
        ("/trade", ("200 OK", HTML, trade)),
        ("/old", ("301 Moved", "Location: /trade\r\n", Vec::new())),
        ("/huge", ("200 OK", "", vec![b'x'; 3 << 20])),
        ("/broken", ("503 Busy", "", Vec::new())),
    ])
}

#[test]
fn a_feed_is_read_once_and_asked_for_changes_only() {
    let (place, server) = (Place::new(), Server::new(news));
    let feed = format!("{}/feed", server.address);
    let first = place.run(&["watch", &feed, "--pause", "0"]);
    assert_eq!(server.asked(), ["/feed", "/trade", "/gone"], "{first:?}");
    assert_eq!(
        first.out,
        format!(
            "{feed}: 3 new\n1 fetched; 1 new, 0 changed, 0 known already in tandem.db; 1 statements added.\n"
        )
    );
    assert!(
        first.err.contains("/private/x: may not be fetched: the host's robots.txt forbids it"),
        "{first:?}"
    );
    assert!(first.err.contains("/gone: the server answered 404 Not Found (the page is gone"), "{first:?}");
    assert_eq!(first.code, 1, "two pages could not be had");

    let second = place.run(&["watch", &feed, "--pause", "0"]);
    assert_eq!(server.asked(), ["/feed if changed"]);
    assert_eq!((second.code, second.err.as_str()), (0, ""));
    assert!(second.out.starts_with(&format!("{feed}: nothing new\n")), "{second:?}");

    let figures = place.ok(&["figures", "--format", "jsonl"]);
    assert!(figures.contains("3000000000"), "{figures}");
}

#[test]
fn what_the_network_does_not_give_is_said_and_the_rest_is_read() {
    let (place, server) = (Place::new(), Server::new(news));
    let at = |path: &str| format!("{}{path}", server.address);
    place.write("list.txt", format!("# sources\n{}\n\n{}\n{}\n", at("/old"), at("/huge"), at("/broken")));
    let ran = place.run(&["watch", "list.txt", "http://127.0.0.1:1/x", "--pause", "0", "--max-size", "2"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.ends_with("1 fetched; 1 new, 0 changed, 0 known already in tandem.db; 1 statements added.\n")
    );
    for words in [
        "/huge: is larger than 2 MB (allow more with --max-size)",
        "/broken: the server answered 503 Service Unavailable (too many questions",
        "http://127.0.0.1:1/x: cannot be reached",
    ] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    let wrong = place.run(&["watch", "ftp-list.txt"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("ftp-list.txt: is neither an address"), "{wrong:?}");
}

#[test]
fn a_sitemap_is_followed_in_portions() {
    let site = |address: &str| {
        let entry = |n: u32| format!("<url><loc>{address}/p{n}</loc><lastmod>2025-0{n}-01</lastmod></url>");
        let map = format!("<urlset>{}{}{}</urlset>", entry(1), entry(3), entry(2));
        let index = format!("<sitemapindex><sitemap><loc>{address}/map.xml</loc></sitemap></sitemapindex>");
        let text = |n: u32| format!("Trade between Peru and Chile reached ${n} billion in 202{n}.");
        let report = |n: u32| ("200 OK", HTML, page(&format!("Report {n}"), &text(n)));
        Site::from([
            ("/sitemap.xml", ("200 OK", "Content-Type: text/xml\r\n", index.into_bytes())),
            ("/map.xml", ("200 OK", "Content-Type: text/xml\r\n", map.into_bytes())),
            ("/p1", report(1)),
            ("/p2", report(2)),
            ("/p3", report(3)),
        ])
    };
    let (place, server) = (Place::new(), Server::new(site));
    let map = format!("{}/sitemap.xml", server.address);
    let out = place.ok(&["watch", &map, "--pause", "0", "--pages", "2"]);
    assert_eq!(server.asked(), ["/sitemap.xml", "/map.xml", "/p3", "/p2"], "the newest first");
    assert!(out.starts_with(&format!("{map}: 2 new, 1 more with the next look")), "{out}");
    place.ok(&["watch", &map, "--pause", "0", "--pages", "2"]);
    assert_eq!(server.asked(), ["/sitemap.xml", "/map.xml", "/p1"]);
}

#[test]
fn a_document_is_shown_with_its_statements_and_given_back_as_it_was() {
    let place = Place::new();
    let bytes = page("Trade grows", "Trade between Peru and Chile reached $3 billion in 2024.");
    place.write("in/page.html", &bytes).write("in/plain.txt", "Peru and Chile talked.\r\nNothing else.");
    place.ok(&["read", "in"]);
    let shown = place.ok(&["doc", "page"]);
    assert!(shown.starts_with("page  Trade grows\n"), "{shown}");
    assert!(shown.contains("original  text/html, "), "{shown}");
    assert!(shown.contains("⟦1 Trade between Peru and Chile reached $3 billion⟧ in 2024."), "{shown}");
    assert!(shown.contains("  1  figure      trade_turnover level 3000000000 USD exact 2024  ("), "{shown}");
    for (id, bytes) in [("page", bytes), ("pl", b"Peru and Chile talked.\r\nNothing else.".to_vec())] {
        let original = place.command(&["doc", id, "--original"]).output().unwrap();
        assert_eq!((original.status.code(), original.stdout), (Some(0), bytes), "{id}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&place.ok(&["doc", "page", "--format", "json"])).unwrap();
    assert_eq!(json[0]["statements"][0]["kind"], "figure");
    let unknown = place.run(&["doc", "elsewhere"]);
    assert_eq!(unknown.code, 2);
    assert_eq!(unknown.err, "tandem: no document has the id \"elsewhere\" (tandem sources lists them)\n");
}
