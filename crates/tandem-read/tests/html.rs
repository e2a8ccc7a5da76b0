//! Pages of our own making, each with the whole of what is read from it.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tandem_read::{Hints, html};

/// Holds a page against what should be read from it: lines of what it says of itself, then its text.
fn check(page: &str, expected: &str) {
    let read = html::read(page, &Hints::default());
    let said = |name: &str, value: Option<String>| {
        value.map(|value| format!("{name}: {value}\n")).unwrap_or_default()
    };
    let mut found = [
        said("title", read.title),
        said("publisher", read.publisher),
        said("author", read.author),
        said("lang", read.lang),
        said("url", read.url),
        said("published", read.published.map(|day| day.to_string())),
        said("modified", read.modified.map(|day| day.to_string())),
    ]
    .concat();
    for remark in &read.remarks {
        found.push_str(&format!("remark: {remark}\n"));
    }
    found.push_str(&format!("\n{}\n", read.text));
    assert_eq!(found, expected);
}

#[test]
fn a_news_page_without_menu_ticker_and_related_news() {
    check(include_str!("pages/news.html"), include_str!("pages/news.txt"));
}

#[test]
fn a_page_of_a_ministry() {
    check(include_str!("pages/ministry.html"), include_str!("pages/ministry.txt"));
}

#[test]
fn linked_data_against_the_date_that_readers_see() {
    check(include_str!("pages/contradiction.html"), include_str!("pages/contradiction.txt"));
}

#[test]
fn tables_are_lines() {
    check(include_str!("pages/table.html"), include_str!("pages/table.txt"));
}

#[test]
fn lists_are_lines_with_bullets() {
    check(include_str!("pages/list.html"), include_str!("pages/list.txt"));
}

#[test]
fn a_fragment_is_all_text() {
    let check = |fragment: &str, expected: &str| assert_eq!(html::fragment(fragment), expected);
    check("Trade <b>grew</b>.<br>Exports fell.", "Trade grew.\nExports fell.");
    check("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three");
    check("a < b &lt;c&gt;", "a < b <c>");
    check("<ul><li>One<li>Two</ul>Three", "\u{2022} One\n\u{2022} Two\n\nThree");
    check("one<!-- two -->three<script>4</script>", "onethree");
    check("<!-- never closed <p>Text", "never closed\n\nText");
    check("<p title='a > b'>Text</p>", "Text");
}

/// Reads a page, which must not take longer than a slow and busy machine needs.
fn within(seconds: u64, page: &str) -> html::Page {
    let start = Instant::now();
    let read = html::read(page, &Hints::default());
    assert!(start.elapsed() < Duration::from_secs(seconds), "{:?} for {} bytes", start.elapsed(), page.len());
    read
}

#[test]
fn deep_nesting_is_read() {
    for tag in [
        "div",
        "span",
        "b",
        "table",
        "blockquote",
        "ul><li",
        "font color=red",
        "a href=x",
        "section",
        "table><tr><td",
    ] {
        let page = format!("{}<p>The ministers signed a memorandum.</p>", format!("<{tag}>").repeat(10_000));
        assert!(within(60, &page).text.contains("The ministers signed a memorandum."), "{tag}");
    }
    let page = "<div><table></div>".repeat(10_000) + "<p>The ministers signed.</p>";
    assert!(within(60, &page).text.contains("The ministers signed."));
}

#[test]
fn odd_ends_and_bytes_are_read() {
    let pages = [
        "<div><p>The ministers signed.\0<span title='",
        "<script>The end never comes <p>The ministers signed.",
        "<style><p>The ministers signed.",
        "<!-- <p>The ministers signed.",
        "<title>The ministers signed.</title",
        "</p></div><p>The ministers signed.</html><table><",
        "<p>The ministers signed.<![CDATA[ x",
        "<textarea><p>The ministers signed.",
    ];
    for page in pages {
        let read = within(5, page);
        assert!(read.text.contains("The ministers signed.") || read.title.is_some(), "{page:?}: {read:?}");
    }
}

#[test]
fn many_tags_cost_no_more_than_many_words() {
    let page = format!("<p>Start.</p>{}<p>The ministers signed.</p>", "<p>x".repeat(1_000_000));
    assert!(within(120, &page).text.contains("The ministers signed."));
}

proptest! {
    #[test]
    fn any_page_is_read(page in "(<(/)?(p|div|table|tr|td|ul|li|a|b|h1|script|style|title|!--|meta name=date content=)[^<]{0,6}>|[a-z0-9 .<>&;\"'\\-]{0,12}){0,60}") {
        let read = html::read(&page, &Hints::default());
        prop_assert_eq!(&read, &html::read(&page, &Hints::default()));
        prop_assert!(!read.text.contains('\0'));
        html::fragment(&page);
    }
}
