//! A page without what no reader sees: scripts, styles, comments, drawings, and most attributes.
//!
//! Half of a page's bytes are such; taking them out before parsing doubles the speed. The same pass
//! bounds what hostile markup can cost: tags of mere looks (`b`, `font`) go, since a parser must open
//! them again in every paragraph, and so do tags nested deeper than [`MAX_DEPTH`] and tags beyond
//! [`MAX_TAGS`]. Refused alternative: a limit on the parsed tree alone, because by then the memory is
//! taken.

use memchr::memchr;
use memchr::memmem;

/// Levels of nesting that are kept; pages in the wild have fewer than 100.
const MAX_DEPTH: usize = 200;
/// Tags that are kept: 50 MB of ordinary prose has fewer.
const MAX_TAGS: usize = 400_000;
/// Bytes of the longest attribute that is kept.
const MAX_VALUE: usize = 2_000;

/// What is left of a page.
#[derive(Debug, Default)]
pub(super) struct Stripped {
    /// The page, ready to be parsed.
    pub(super) html: String,
    /// Its blocks of JSON-LD, in their order.
    pub(super) json_ld: Vec<String>,
    /// Whether it has more than [`MAX_TAGS`] tags; the further ones are gone, their text is not.
    pub(super) cut: bool,
}

/// Strips a page.
pub(super) fn strip(page: &str) -> Stripped {
    let mut stripper = Stripper { page, bytes: page.as_bytes(), ..Stripper::default() };
    stripper.out.html.reserve(page.len() / 2);
    let mut at = 0;
    while let Some(next) = memchr(b'<', &stripper.bytes[at..]).map(|gap| at + gap) {
        stripper.text(at, next);
        at = stripper.markup(next);
    }
    stripper.text(at, page.len());
    stripper.out
}

#[derive(Default)]
struct Stripper<'a> {
    page: &'a str,
    bytes: &'a [u8],
    out: Stripped,
    /// The kept elements that are open and can nest.
    open: Vec<Name>,
    tags: usize,
    /// Where no comment ends any more, so that looking for its end again is no use.
    endless: bool,
}

/// A tag's name in lower case; names longer than any real one are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name {
    bytes: [u8; 12],
    len: u8,
}

impl Name {
    fn read(bytes: &[u8]) -> (Self, usize) {
        let end = |&byte: &u8| byte.is_ascii_whitespace() || byte == b'>' || byte == b'/';
        let length = bytes.iter().position(end).unwrap_or(bytes.len());
        let mut name = Self { bytes: [0; 12], len: length.min(12) as u8 };
        for (to, from) in name.bytes.iter_mut().zip(&bytes[..length]) {
            *to = from.to_ascii_lowercase();
        }
        (name, length)
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}

impl Stripper<'_> {
    fn text(&mut self, from: usize, to: usize) {
        let text = self.page.get(from..to).unwrap_or_default();
        if memchr(0, text.as_bytes()).is_some() {
            self.out.html.extend(text.chars().filter(|&c| c != '\0'));
        } else {
            self.out.html.push_str(text);
        }
    }

    /// Handles what begins with `<` at `at`; returns where the page goes on.
    fn markup(&mut self, at: usize) -> usize {
        match self.bytes.get(at + 1) {
            Some(b'!') if self.bytes[at..].starts_with(b"<!--") => self.comment(at),
            Some(b'!' | b'?') => self.declaration(at),
            Some(b'/') if self.bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(at),
            Some(b'/') => self.past(at, b'>'),
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(at),
            _ => {
                self.out.html.push_str("&lt;");
                at + 1
            }
        }
    }

    fn past(&self, at: usize, byte: u8) -> usize {
        memchr(byte, &self.bytes[at..]).map_or(self.bytes.len(), |gap| at + gap + 1)
    }

    /// A comment; one that never ends is no more than its mark, lest it swallow the article.
    fn comment(&mut self, at: usize) -> usize {
        let body = at + 4;
        if self.bytes[body..].starts_with(b">") {
            return body + 1;
        }
        if self.endless {
            return body;
        }
        match memmem::find(&self.bytes[body..], b"-->") {
            Some(gap) => body + gap + 3,
            None => {
                self.endless = true;
                body
            }
        }
    }

    fn declaration(&mut self, at: usize) -> usize {
        let end = self.past(at, b'>');
        let written = self.page.get(at..end).unwrap_or_default();
        if written.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case("doctype")) && written.len() < 300 {
            self.out.html.push_str(written);
        }
        end
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let (name, _) = Name::read(&self.bytes[at + 2..]);
        let end = self.past(at, b'>');
        if is_looks(name.as_bytes()) || self.tags >= MAX_TAGS {
            return end;
        }
        if nests(name.as_bytes()) {
            // An end tag reaches no further out than the table that it stands in, as browsers have it.
            let inside = self.open.iter().rposition(|open| *open == name || open.as_bytes() == b"table");
            match inside {
                Some(place) if self.open[place] == name => self.open.truncate(place),
                _ => return end,
            }
        }
        self.out.html.push_str("</");
        self.out.html.push_str(std::str::from_utf8(name.as_bytes()).unwrap_or_default());
        self.out.html.push('>');
        end
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let (name, length) = Name::read(&self.bytes[at + 1..]);
        let attributes = Attributes { bytes: self.bytes, at: at + 1 + length };
        let end = attributes.clone().end();
        if is_hidden(name.as_bytes()) {
            return self.past_element(name, attributes, end);
        }
        if is_looks(name.as_bytes()) || self.is_too_much(name) {
            return end;
        }
        self.out.html.push('<');
        self.out.html.push_str(std::str::from_utf8(name.as_bytes()).unwrap_or("x"));
        for (key, value) in attributes.filter(|(key, _)| is_kept(key)).take(30) {
            self.attribute(key, value);
        }
        self.out.html.push('>');
        if name.as_bytes() == b"title" { self.title(end) } else { end }
    }

    /// Counts a start tag, and says whether it would be one too many or too deep.
    fn is_too_much(&mut self, name: Name) -> bool {
        self.tags += 1;
        if self.tags >= MAX_TAGS {
            self.out.cut = true;
            return true;
        }
        if !nests(name.as_bytes()) {
            return false;
        }
        let deep = self.open.len() >= MAX_DEPTH;
        if !deep {
            self.open.push(name);
        }
        deep
    }

    fn attribute(&mut self, key: &[u8], value: &[u8]) {
        let Ok(value) = std::str::from_utf8(value) else { return };
        if value.len() > MAX_VALUE || value.starts_with("data:") {
            return;
        }
        self.out.html.push(' ');
        self.out.html.extend(key.iter().map(|byte| char::from(byte.to_ascii_lowercase())));
        self.out.html.push_str("=\"");
        if value.contains(['"', '\0']) {
            self.out.html.push_str(&value.replace('"', "&quot;").replace('\0', ""));
        } else {
            self.out.html.push_str(value);
        }
        self.out.html.push('"');
    }

    /// The text of `<title>`, in which tags are letters.
    fn title(&mut self, at: usize) -> usize {
        let Some(gap) = find_end(&self.bytes[at..], b"title") else { return at };
        let text = self.page.get(at..at + gap).unwrap_or_default();
        self.out.html.push_str(&text.replace('<', "&lt;").replace('\0', ""));
        at + gap
    }

    /// Passes an element that nobody sees, keeping JSON-LD; one that never ends is only its tag.
    fn past_element(&mut self, name: Name, mut attributes: Attributes<'_>, end: usize) -> usize {
        if self.bytes[..end].ends_with(b"/>") && matches!(name.as_bytes(), b"svg" | b"iframe") {
            return end;
        }
        let Some(gap) = find_end(&self.bytes[end..], name.as_bytes()) else { return end };
        let linked_data = |(key, value): (&[u8], &[u8])| {
            key.eq_ignore_ascii_case(b"type") && value.to_ascii_lowercase().ends_with(b"ld+json")
        };
        if name.as_bytes() == b"script" && attributes.any(linked_data) {
            self.out.json_ld.extend(self.page.get(end..end + gap).map(str::to_owned));
        }
        self.out.html.push(' ');
        self.past(end + gap, b'>')
    }
}

/// Where `</name` stands.
fn find_end(bytes: &[u8], name: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(gap) = memmem::find(&bytes[at..], b"</") {
        let after = bytes.get(at + gap + 2..at + gap + 2 + name.len())?;
        if after.eq_ignore_ascii_case(name) {
            return Some(at + gap);
        }
        at += gap + 2;
    }
    None
}

/// The attributes of a start tag, as browsers cut them.
#[derive(Clone)]
struct Attributes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Attributes<'_> {
    /// Where the tag ends.
    fn end(mut self) -> usize {
        while self.next().is_some() {}
        (self.at + 1).min(self.bytes.len())
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let run = |from: usize, while_: fn(u8) -> bool| {
            self.bytes[from..].iter().position(|&b| !while_(b)).map_or(self.bytes.len(), |gap| from + gap)
        };
        let start = run(self.at, |b| b.is_ascii_whitespace() || b == b'/');
        self.at = start;
        if matches!(self.bytes.get(start), None | Some(b'>')) {
            return None;
        }
        let key = run(start + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'));
        let sign = run(key, |b| b.is_ascii_whitespace());
        self.at = key;
        if self.bytes.get(sign) != Some(&b'=') {
            return Some((&self.bytes[start..key], b""));
        }
        let from = run(sign + 1, |b| b.is_ascii_whitespace());
        let (value, end) = match self.bytes.get(from) {
            Some(quote @ (b'"' | b'\'')) => {
                let end =
                    memchr(*quote, &self.bytes[from + 1..]).map_or(self.bytes.len(), |gap| from + 1 + gap);
                (from + 1..end, (end + 1).min(self.bytes.len()))
            }
            _ => {
                let end = run(from, |b| !b.is_ascii_whitespace() && b != b'>');
                (from..end, end)
            }
        };
        self.at = end;
        Some((&self.bytes[start..key], &self.bytes[value]))
    }
}

/// Elements whose content is not for reading.
fn is_hidden(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"noscript"
            | b"template"
            | b"svg"
            | b"iframe"
            | b"noframes"
            | b"noembed"
            | b"select"
            | b"textarea"
            | b"canvas"
            | b"math"
            | b"xmp"
            | b"plaintext"
    )
}

/// Elements that change only how words look.
fn is_looks(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"i"
            | b"em"
            | b"strong"
            | b"font"
            | b"u"
            | b"s"
            | b"small"
            | b"big"
            | b"strike"
            | b"tt"
            | b"nobr"
            | b"code"
            | b"mark"
            | b"wbr"
    )
}

/// Elements that stay open until they are closed, so that they can be nested without end.
fn nests(name: &[u8]) -> bool {
    !matches!(
        name,
        b"p" | b"li"
            | b"td"
            | b"th"
            | b"tr"
            | b"tbody"
            | b"thead"
            | b"tfoot"
            | b"dt"
            | b"dd"
            | b"option"
            | b"br"
            | b"hr"
            | b"img"
            | b"input"
            | b"meta"
            | b"link"
            | b"base"
            | b"area"
            | b"col"
            | b"embed"
            | b"param"
            | b"track"
            | b"html"
            | b"head"
            | b"body"
            | b"title"
            | b"a"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
    )
}

/// Attributes that say what an element is, where it leads, or when.
fn is_kept(key: &[u8]) -> bool {
    let mut lower = [0; 14];
    let Some(lower) = lower.get_mut(..key.len()) else { return false };
    lower.copy_from_slice(key);
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"id"
            | b"class"
            | b"role"
            | b"itemprop"
            | b"itemscope"
            | b"itemtype"
            | b"property"
            | b"name"
            | b"content"
            | b"rel"
            | b"href"
            | b"datetime"
            | b"lang"
            | b"xml:lang"
            | b"type"
            | b"aria-hidden"
            | b"aria-modal"
            | b"hidden"
            | b"style"
            | b"http-equiv"
            | b"colspan"
            | b"src"
            | b"pubdate"
            | b"title"
    )
}
