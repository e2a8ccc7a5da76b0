//! Marks of a text that bear on how far it can be trusted.

use tandem_model::TextMarks;

use crate::discourse::attribution::Speakers;
use crate::reading::Reading;

/// Counts hedges and admissions, and lists the sources that the text names.
pub(crate) fn marks(reading: &Reading<'_>, speakers: &Speakers) -> TextMarks {
    let c = reading.classes;
    let count = |class| {
        reading
            .doc
            .sentences
            .iter()
            .filter(|s| reading.within(s.first_token, s.end_token, class).next().is_some())
            .count() as u32
    };
    TextMarks {
        sources: speakers.sources.clone(),
        hedges: count(c.hedge),
        admissions: count(c.admit),
        sentences: reading.doc.sentences.len() as u32,
    }
}

/// What a document's marks leave of the confidence in its statements: a text that names no source,
/// hedges and admits having no evidence is of the lowest grade.
pub(crate) fn weight(marks: &TextMarks) -> f64 {
    let unsupported = marks.sources.is_empty() && marks.hedges >= 2 && marks.admissions >= 1;
    if unsupported { 0.4 } else { 1.0 }
}
