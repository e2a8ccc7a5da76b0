//! Sitemaps: lists of a site's pages, and lists of such lists (sitemaps.org, protocol 0.90).

use quick_xml::Reader;
use quick_xml::events::Event;

/// Most addresses that one map may hold, by the protocol.
const MOST: usize = 50_000;

/// What a sitemap lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// Pages, the one changed last first where the map says when; else in its order.
    pub pages: Vec<String>,
    /// Further maps.
    pub maps: Vec<String>,
}

/// Reads a sitemap; `None` when the bytes are none. One that breaks off gives what stands before that place.
///
/// ```
/// let map = tandem_fetch::read_map(b"<urlset><url><loc>https://a.example/1</loc></url></urlset>").unwrap_or_default();
/// assert_eq!(map.pages, ["https://a.example/1"]);
/// ```
pub fn read_map(bytes: &[u8]) -> Option<Map> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let (mut is_map, mut inside) = (false, Inside::Nothing);
    let (mut pages, mut maps) = (Vec::new(), Vec::new());
    let (mut place, mut day) = (String::new(), String::new());
    let mut buffer = Vec::new();
    while pages.len() + maps.len() < MOST {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "urlset" | "sitemapindex" => is_map = true,
                "loc" => inside = Inside::Place,
                "lastmod" => inside = Inside::Day,
                _ if !is_map => return None,
                _ => inside = Inside::Nothing,
            },
            Ok(Event::Text(text)) => add(inside, &text, &mut place, &mut day),
            Ok(Event::CData(text)) => add(inside, &text, &mut place, &mut day),
            Ok(Event::GeneralRef(name)) => {
                let letter = match name.as_ref() {
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    "lt" => "<",
                    "gt" => ">",
                    _ => "",
                };
                add(inside, letter, &mut place, &mut day);
            }
            Ok(Event::End(tag)) => {
                inside = Inside::Nothing;
                let entry = (std::mem::take(&mut day), std::mem::take(&mut place));
                match tag.local_name().as_ref() {
                    "url" => pages.push(entry),
                    "sitemap" => maps.push(entry.1),
                    _ => (day, place) = entry,
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    is_map.then(|| Map { pages: newest_first(pages), maps: whole(maps) })
}

#[derive(Clone, Copy)]
enum Inside {
    Nothing,
    Place,
    Day,
}

fn add(inside: Inside, text: &str, place: &mut String, day: &mut String) {
    match inside {
        Inside::Place => place.push_str(text),
        Inside::Day => day.push_str(text),
        Inside::Nothing => {}
    }
}

/// ISO days sort as text; pages without one come last, in their order.
fn newest_first(mut pages: Vec<(String, String)>) -> Vec<String> {
    pages.sort_by(|(a, _), (b, _)| b.trim().cmp(a.trim()));
    whole(pages.into_iter().map(|(_, place)| place).collect())
}

fn whole(places: Vec<String>) -> Vec<String> {
    places.into_iter().map(|place| place.trim().to_owned()).filter(|place| !place.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_maps_are_listed() {
        let map = read_map(
            b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\
              <url><loc>https://a.example/old?x=1&amp;y=2</loc><lastmod>2024-01-01</lastmod></url>\
              <url><loc> https://a.example/undated </loc></url>\
              <url><loc>https://a.example/new</loc><lastmod>2025-01-01T10:00:00Z</lastmod></url><url>",
        );
        let pages = ["https://a.example/new", "https://a.example/old?x=1&y=2", "https://a.example/undated"];
        assert_eq!(map, Some(Map { pages: pages.map(str::to_owned).to_vec(), maps: Vec::new() }));
        let index = b"<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap></sitemapindex>";
        assert_eq!(read_map(index).map(|map| map.maps), Some(vec!["https://a.example/s1.xml".to_owned()]));
        for none in [&b"<rss><channel/></rss>"[..], b"", b"plain", b"\xff\xfe<"] {
            assert_eq!(read_map(none), None);
        }
    }
}
