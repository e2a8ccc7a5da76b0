//! Findings, the gravest first: each with its sums and the reading that would fit.

use tandem::model::record::{Finding, Severity};

use crate::look::{Look, Tone, paint, wrap};
use crate::words::{clean, counted, plain};

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
        let reading = format!(
            "{}: {} rather than {}, because {}",
            plain(&suggestion.field),
            clean(&suggestion.to),
            clean(&suggestion.from),
            clean(&suggestion.why)
        );
        text.push_str(&wrap(&reading, "  → ", look.width));
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
