//! From a passage to its place on the page that it came from: text fragments (`#:~:text=`).
//!
//! The browser finds the words again and marks them; nothing but the address is needed. The form is that
//! of the Web Incubator Community Group, `text=[prefix-,]start[,end][,-suffix]`: a short passage stands
//! whole, of a long one or one that goes over several lines the first and the last words stand. Words
//! around it are given only where they are needed, when the same words stand elsewhere in the text too:
//! each further word is one that the page may set differently.

use tandem_model::{Article, Span};

/// Bytes of the longest passage that stands whole in its link.
const WHOLE: usize = 160;
/// Words at either end of a longer one.
const ENDS: usize = 5;
/// Words before and behind a passage that stands in the text more than once.
const AROUND: usize = 4;

/// The link to a passage of an article on the web; none when the article has no web address, when the
/// address is not of a page, or when the passage has no words.
///
/// ```
/// use tandem::model::{Article, Span};
/// let text = "Trade grew by 12 percent. Exports fell.".to_owned();
/// let article = Article { url: Some("https://example.org/a".into()), text, ..Article::default() };
/// let link = tandem::text_link(&article, Span::new(0, 25)).unwrap();
/// assert_eq!(link, "https://example.org/a#:~:text=Trade%20grew%20by%2012%20percent.");
/// ```
pub fn text_link(article: &Article, passage: Span) -> Option<String> {
    let address = page_address(article.url.as_deref()?)?;
    let text = article.text.as_str();
    let quote = text.get(passage.start()..passage.end())?;
    let words: Vec<&str> = words(quote).collect();
    let (first, last) = (words.first()?, words.last()?);
    let lines = quote.trim().contains(['\n', '\t']);
    let mut directive = String::new();
    let often = text.matches(quote.trim()).nth(1).is_some();
    if often && let Some(before) = line_before(text, passage.start()) {
        let from = before.len().saturating_sub(AROUND);
        directive.push_str(&format!("{}-,", encoded(&before[from..].join(" "))));
    }
    if !lines && quote.len() <= WHOLE {
        directive.push_str(&encoded(&words.join(" ")));
    } else {
        let head = ends(first_line(quote), |line| line.take(ENDS).collect());
        let tail = ends(last_line(quote), |line| {
            let all: Vec<&str> = line.collect();
            all[all.len().saturating_sub(ENDS)..].to_vec()
        });
        let (head, tail) = (head.unwrap_or((*first).to_owned()), tail.unwrap_or((*last).to_owned()));
        directive.push_str(&format!("{},{}", encoded(&head), encoded(&tail)));
    }
    if often && let Some(after) = line_after(text, passage.end()) {
        let to = after.len().min(AROUND);
        directive.push_str(&format!(",-{}", encoded(&after[..to].join(" "))));
    }
    Some(format!("{address}#:~:text={directive}"))
}

/// A web address without its own fragment, unless it is of a file that browsers show as no page.
fn page_address(url: &str) -> Option<&str> {
    let address = url.split('#').next().unwrap_or(url);
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let path = rest.split('?').next().unwrap_or(rest).to_ascii_lowercase();
    let file =
        [".pdf", ".docx", ".doc", ".zip", ".xlsx", ".pptx"].iter().any(|ending| path.ends_with(ending));
    (!rest.is_empty() && !file && !address.contains(char::is_whitespace)).then_some(address)
}

/// The words of a text without the bullets that the reading of a page puts before items.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| *word != "\u{2022}")
}

fn ends<'t>(
    line: &'t str,
    pick: impl FnOnce(&mut dyn Iterator<Item = &'t str>) -> Vec<&'t str>,
) -> Option<String> {
    let picked = pick(&mut words(line));
    Some(picked.join(" ")).filter(|words| !words.is_empty())
}

fn first_line(text: &str) -> &str {
    text.trim_start().split(['\n', '\t']).next().unwrap_or(text)
}

fn last_line(text: &str) -> &str {
    text.trim_end().rsplit(['\n', '\t']).next().unwrap_or(text)
}

/// The words before a place in its line.
fn line_before(text: &str, at: usize) -> Option<Vec<&str>> {
    let before = text.get(..at)?;
    let line: Vec<&str> = words(before.rsplit(['\n', '\t']).next()?).collect();
    Some(line).filter(|line| !line.is_empty())
}

/// The words behind a place in its line.
fn line_after(text: &str, at: usize) -> Option<Vec<&str>> {
    let after = text.get(at..)?;
    let line: Vec<&str> = words(after.split(['\n', '\t']).next()?).collect();
    Some(line).filter(|line| !line.is_empty())
}

/// Percent-encodes everything but letters and digits of ASCII and marks that mean nothing in a directive;
/// `-`, `,` and `&` do mean something.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, text: &str, quote: &str, expected: Option<&str>) {
        let article = Article { url: Some(url.to_owned()), text: text.to_owned(), ..Article::default() };
        let start = text.find(quote).unwrap();
        let link = text_link(&article, Span::new(start, start + quote.len()));
        assert_eq!(link.as_deref(), expected, "{quote}");
    }

    const PAGE: &str = "https://a.org/x";

    #[test]
    fn a_passage_is_named_by_its_words() {
        check(PAGE, "One. Trade grew. Two.", "Trade grew.", Some("https://a.org/x#:~:text=Trade%20grew."));
        check(
            PAGE,
            "Co-operation, R&D: 5%",
            "Co-operation, R&D: 5%",
            Some("https://a.org/x#:~:text=Co%2Doperation%2C%20R%26D%3A%205%25"),
        );
        check(
            PAGE,
            "Торговля",
            "Торговля",
            Some("https://a.org/x#:~:text=%D0%A2%D0%BE%D1%80%D0%B3%D0%BE%D0%B2%D0%BB%D1%8F"),
        );
        check("https://a.org/x?y=1#part", "One", "One", Some("https://a.org/x?y=1#:~:text=One"));
    }

    #[test]
    fn a_long_passage_and_one_over_lines_are_named_by_their_ends() {
        let long = format!("A b c d e {} v w x y z.", "middle ".repeat(30));
        check(PAGE, &long, &long, Some("https://a.org/x#:~:text=A%20b%20c%20d%20e,v%20w%20x%20y%20z."));
        check(
            PAGE,
            "They agreed:\n\u{2022} to build\n\u{2022} to trade",
            "They agreed:\n\u{2022} to build\n\u{2022} to trade",
            Some("https://a.org/x#:~:text=They%20agreed%3A,to%20trade"),
        );
    }

    #[test]
    fn words_around_tell_like_passages_apart() {
        check(
            PAGE,
            "In May trade grew by a half. In June trade grew by a third.",
            "trade grew",
            Some("https://a.org/x#:~:text=In%20May-,trade%20grew,-by%20a%20half.%20In"),
        );
    }

    #[test]
    fn what_is_no_page_has_no_link() {
        check("https://a.org/x.pdf", "One", "One", None);
        check("file:///x", "One", "One", None);
        check("a.org/x", "One", "One", None);
        check(PAGE, "One \u{2022} two", "\u{2022}", None);
    }
}
