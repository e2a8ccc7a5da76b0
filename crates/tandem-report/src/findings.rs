//! Findings, the gravest first: each with its sums and the reading that would fit.

use tandem::model::Period;
use tandem::model::record::{Finding, Severity, Suggestion};

use crate::look::{Look, Tone, paint, wrap};
use crate::words::{clean, counted, period, plain, stated};

/// The findings as text.
pub fn findings(findings: &[Finding], look: Look) -> String {
    if findings.is_empty() {
        return "No findings: nothing in the ledger contradicts itself.\n".to_owned();
    }
    let mut ordered: Vec<&Finding> = findings.iter().collect();
    ordered.sort_by_key(|finding| finding.severity);
    let body: String = ordered.iter().map(|finding| format!("{}\n", one(finding, look))).collect();
    format!("{body}{}\n", tally(findings))
}

/// "2 errors, 5 warnings, 1 remark".
pub(crate) fn tally(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Info), "remark", "remarks"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|part| part.0 > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if said.is_empty() { "no findings".to_owned() } else { said.join(", ") }
}

/// `✗ error`, `! warning`, `i remark`.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗ error",
        Severity::Warning => "! warning",
        Severity::Info => "i remark",
    }
}

/// "period: read Jan–Oct 2025, not H1 2025"; the reason only when the message does not give it already.
fn advice(finding: &Finding, suggestion: &Suggestion) -> String {
    let field = plain(&suggestion.field);
    let reading = format!("{field}: read {}, not {}", in_words(&suggestion.to), in_words(&suggestion.from));
    let why = clean(&suggestion.why);
    if clean(&finding.message).contains(&why) { reading } else { format!("{reading}. {why}") }
}

/// A period or a bound in words; anything else as it stands.
fn in_words(text: &str) -> String {
    match text.parse::<Period>() {
        Ok(at) => period(at),
        Err(_) if text.starts_with(['<', '>']) => stated(Some(text)),
        Err(_) => clean(text),
    }
}

/// One finding in full.
pub(crate) fn one(finding: &Finding, look: Look) -> String {
    let head = format!(
        "{}  {}  {}",
        paint(severity(finding.severity), Tone::of_severity(finding.severity), look),
        paint(&finding.id, Tone::Faint, look),
        paint(&format!("{}, {}", plain(finding.kind.word()), plain(finding.cause.word())), Tone::Faint, look)
    );
    let mut text = format!("{head}\n{}", wrap(&clean(&finding.message), "  ", look.width));
    for sum in &finding.arithmetic {
        text.push_str(&wrap(&clean(sum), "    ", look.width));
    }
    if let Some(suggestion) = &finding.suggestion {
        text.push_str(&wrap(&advice(finding, suggestion), "  → ", look.width));
    }
    let behind = [("about", &finding.facts), ("in", &finding.docs)];
    let behind = behind.into_iter().filter(|(_, ids)| !ids.is_empty());
    let behind =
        behind.map(|(word, ids)| format!("{word} {}", clean(&ids.join(", ")))).collect::<Vec<_>>().join("; ");
    if !behind.is_empty() {
        let lines = wrap(&behind, "  ", look.width);
        text.extend(lines.lines().map(|line| format!("{}\n", paint(line, Tone::Faint, look))));
    }
    text
}
