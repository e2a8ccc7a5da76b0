//! Why rules fired or did not, for the people who write them.

use std::collections::BTreeSet;

use tandem_model::Statement;
use tandem_rules::View;

use crate::assemble::view_marks;
use crate::reading::Reading;

/// Lines on every sentence that holds the given words: its marks, what each rule (or each of those named
/// in `only`) made of it and where the others stopped.
pub(crate) fn lines(
    reading: &Reading<'_>,
    statements: &[Statement],
    wanted: &str,
    only: Option<&[String]>,
) -> Vec<String> {
    let mut out = Vec::new();
    let folded = fold(wanted);
    for index in 0..reading.doc.sentences.len() {
        let sentence = reading.sentence(index);
        if !fold(sentence.span.of(reading.text())).contains(&folded) {
            continue;
        }
        out.push(format!("sentence  {}", reading.words(sentence.first_token, sentence.end_token)));
        marks(reading, index, &mut out);
        rules(reading, index, only, &mut out);
        let made = statements.iter().filter(|s| sentence.span.contains(s.evidence.span()));
        out.extend(
            made.map(|s| {
                format!("made      {} {} by {} ({:.2})", s.id, s.kind().word(), s.rule, s.confidence)
            }),
        );
    }
    out
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn marks(reading: &Reading<'_>, index: usize, out: &mut Vec<String>) {
    for mark in reading.marks_of(index) {
        let class = reading.parts.lexicon.class_name(mark.class);
        if !class.starts_with(['~', '=']) {
            out.push(format!("mark      {class:<14} {}", reading.words(mark.start, mark.end)));
        }
    }
}

fn rules(reading: &Reading<'_>, index: usize, only: Option<&[String]>, out: &mut Vec<String>) {
    let (tokens, marks, traits) = view_marks(reading, index);
    let first = reading.sentence(index).first_token;
    let view = View { tokens, marks: &marks, traits: &traits };
    let mut heard = BTreeSet::new();
    for trace in reading.parts.rules.trace(&view) {
        let named = reading.parts.rules.rules().get(trace.rule as usize).map(|rule| &rule.name.text);
        if only.is_some_and(|only| !named.is_some_and(|name| only.contains(name))) {
            continue;
        }
        heard.extend(named);
        let words = |from: u32, to: u32| reading.words(first + from, first + to.max(from + 1));
        out.push(format!("rule      {}", trace.describe(&reading.parts.rules, words)));
    }
    for name in only.into_iter().flatten().filter(|name| !heard.contains(name)) {
        out.push(format!("rule      {name}: nothing in this sentence can be its head"));
    }
}
