//! Half-open byte ranges into a document's UTF-8 text.

use serde::{Deserialize, Serialize};

/// Half-open byte offsets `start..end` into the text of one document.
///
/// Bytes, not characters: every consumer of the JSON slices the stored text, and bytes need no
/// scan. Start is never after end. Texts are shorter than 4 GiB: a span is kept for every word, and half the size is
/// half the memory to go through; ends beyond that are taken for the last byte that can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Span {
    start: u32,
    end: u32,
}

/// A span as it is read, before anybody has looked at it.
#[derive(Deserialize)]
struct Ends {
    start: usize,
    end: usize,
}

impl TryFrom<Ends> for Span {
    type Error = String;

    fn try_from(Ends { start, end }: Ends) -> Result<Self, String> {
        let is_one = start <= end;
        is_one
            .then(|| Self::new(start, end))
            .ok_or_else(|| format!("span {start}..{end} ends before it starts"))
    }
}

/// Kept out of the way of those who make a span for every word.
#[cold]
#[inline(never)]
fn reversed(start: usize, end: usize) -> ! {
    panic!("span {start}..{end} ends before it starts")
}

/// An offset as it is kept.
#[inline(always)]
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Span {
    /// The span `start..end`.
    ///
    /// # Panics
    /// When `start > end`: a caller's mistake that no text can cause.
    pub fn new(start: usize, end: usize) -> Self {
        if start > end {
            reversed(start, end)
        }
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The span of `len` bytes from `start` on.
    #[inline(always)]
    pub fn from_start(start: u32, len: u32) -> Self {
        Self { start, end: start.saturating_add(len) }
    }

    /// The span that covers nothing, at the start of a text.
    pub const fn empty() -> Self {
        Self { start: 0, end: 0 }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after the span.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text under the span; the empty string when the span does not lie in `text` on character
    /// boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// Whether `other` lies wholly within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_ends_before_it_starts_is_not_read() {
        let check = |json: &str, expected: Result<Span, &str>| {
            let read = serde_json::from_str::<Span>(json).map_err(|error| error.to_string());
            assert_eq!(read, expected.map_err(str::to_owned), "{json}");
        };
        check(r#"{"start":2,"end":5}"#, Ok(Span::new(2, 5)));
        check(r#"{"start":5,"end":5}"#, Ok(Span::new(5, 5)));
        check(r#"{"start":400,"end":10}"#, Err("span 400..10 ends before it starts"));
    }
}
