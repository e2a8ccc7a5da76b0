//! A document's text with its statements marked.

use tandem::model::Statement;
use tandem::{DocumentView, statement_line};

use crate::look::{Look, Tone, heading, paint};
use crate::words::clean;

/// The text with each statement between brackets and its number, and the statements by their numbers below.
pub fn document(view: &DocumentView, look: Look) -> String {
    let article = &view.article;
    let title = article.title.as_deref().unwrap_or("without title");
    let mut page = heading(&format!("{}  {}", clean(&article.id), clean(title)), look);
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            page.push_str(&format!("{name:10}{}\n", clean(&value)));
        }
    };
    line("published", article.published.map(|day| day.to_string()));
    line("publisher", article.publisher.clone());
    line("address", article.url.clone());
    line("read from", Some(view.origin.clone()));
    line(
        "original",
        view.original.as_ref().map(|o| format!("{}, {} bytes, SHA-256 {}", o.media, o.size, o.sha256)),
    );
    page.push('\n');
    page.push_str(&marked(&article.text, &view.statements, look));
    if !page.ends_with('\n') {
        page.push('\n');
    }
    page.push_str(&format!("\n{}\n", paint("Statements", Tone::Strong, look)));
    if view.statements.is_empty() {
        page.push_str("none\n");
    }
    for (index, statement) in view.statements.iter().enumerate() {
        page.push_str(&numbered(index + 1, statement));
    }
    page
}

fn numbered(number: usize, statement: &Statement) -> String {
    let by = statement.by.as_deref().map(|by| format!(", says {}", clean(by))).unwrap_or_default();
    format!(
        "{number:3}  {:11} {}  ({} by {}{by})\n",
        statement.kind().word(),
        clean(&statement_line(statement)),
        statement.confidence,
        statement.rule
    )
}

/// The text with `⟦1 …⟧` around the evidence of the first statement, and so on; one within another is nested, and
/// where two cross, each has its own brackets all the same.
fn marked(text: &str, statements: &[Statement], look: Look) -> String {
    let mut signs: Vec<(usize, bool, std::cmp::Reverse<usize>, String)> = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let (start, end) = (statement.evidence.start, statement.evidence.end);
        if !(text.is_char_boundary(start) && text.is_char_boundary(end)) {
            continue;
        }
        let number = index + 1;
        // At one place, what ends there is closed before what begins there, and the longer opens first.
        signs.push((start, true, std::cmp::Reverse(end), paint(&format!("⟦{number} "), Tone::Strong, look)));
        signs.push((end, false, std::cmp::Reverse(start), paint("⟧", Tone::Strong, look)));
    }
    signs.sort_by_key(|(place, opens, other, _)| (*place, *opens, *other));
    let mut out = String::with_capacity(text.len() + 8 * signs.len());
    let mut at = 0;
    for (place, _, _, sign) in signs {
        out.push_str(&printable(&text[at..place]));
        out.push_str(&sign);
        at = place;
    }
    out.push_str(&printable(&text[at..]));
    out
}

/// Text from anywhere may hold what repaints a terminal; lines and tabs stay.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '\r')
        .map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c })
        .collect()
}
