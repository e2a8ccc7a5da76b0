//! Lengths, areas and capacities of works that do not stand yet.
//!
//! A rule that sees a quantity beside a work ("the 14,800-kilometre cable") cannot tell what is from what is meant to be. Whether
//! the work stands shows in the projects of the same sentence, which are known when all drafts are made.

use tandem_model::{Body, Figure, Mark, Measure, Modality, ProjectStatus, Target};

use super::{Draft, quantities::BESIDE};
use crate::reading::Reading;

/// Units in which works are measured.
const SIZES: [&str; 9] = ["km", "m", "mi", "ft", "ha", "km2", "MW", "GW", "kW"];

/// Units of what works carry or make, which say a size where a word of capacity stands beside them.
const YIELDS: [&str; 4] = ["t", "m3", "bbl", "TEU"];

/// Makes targets of the sizes of works that are planned or being built.
pub(super) fn of_works(reading: &Reading<'_>, drafts: &mut [Draft]) {
    let works: Vec<(usize, Mark, ProjectStatus)> = drafts
        .iter()
        .filter_map(|draft| match &draft.body {
            Body::Project(project) => Some((draft.sentence, draft.head, project.status)),
            _ => None,
        })
        .collect();
    for draft in drafts {
        if size(reading, draft)
            && to_come(reading, draft, &works)
            && let Body::Figure(figure) = &draft.body
        {
            draft.body = Body::Target(planned(figure));
            draft.modality = Modality::Planned;
        }
    }
}

/// Whether a draft is a size with no time of its own, by a rule that knows no more than that it stands there.
fn size(reading: &Reading<'_>, draft: &Draft) -> bool {
    let Body::Figure(figure) = &draft.body else { return false };
    let unit = figure.unit.as_str();
    let yields = || YIELDS.contains(&unit) && capacity(reading, draft.head);
    draft.confidence <= BESIDE
        && figure.measure == Measure::Level
        && (figure.period.is_none() || figure.period_carried)
        && (SIZES.contains(&unit) || yields())
        && !of_today(reading, draft.head)
}

/// "With a capacity of 2 million tonnes", "for 30,000 tonnes a year".
fn capacity(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 5;
    const WORDS: [&str; 6] = ["capacity", "throughput", "output", "conceived", "designed", "terminal"];
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    (value.start.saturating_sub(NEAR).max(first)..value.end + 2)
        .any(|t| WORDS.iter().any(|w| reading.is(t, w)))
}

/// "The present capacity is 300 MW", "now runs for 30 kilometres", "receives 40 megawatts".
fn of_today(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 8;
    const WORDS: [&str; 22] = [
        "present",
        "current",
        "existing",
        "old",
        "now",
        "currently",
        "already",
        "presently",
        "receives",
        "receive",
        "has",
        "have",
        "had",
        "takes",
        "measures",
        "holds",
        "generates",
        "buys",
        "sells",
        "went",
        "moment",
        "finished",
    ];
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = value.start.saturating_sub(NEAR).max(first)..value.end + 3;
    near.into_iter().any(|t| WORDS.iter().any(|w| reading.is(t, w)))
}

/// Whether the work nearest to a size in its sentence is still to come, or the words around it say so.
fn to_come(reading: &Reading<'_>, draft: &Draft, works: &[(usize, Mark, ProjectStatus)]) -> bool {
    use ProjectStatus::{Agreed, Planned, Proposed, UnderWay, Unknown};
    let away = |mark: &Mark| {
        if mark.start >= draft.head.end {
            mark.start - draft.head.end
        } else {
            draft.head.start.saturating_sub(mark.end)
        }
    };
    let here = works.iter().filter(|(sentence, ..)| *sentence == draft.sentence);
    match here.min_by_key(|(_, mark, _)| away(mark)) {
        // "Discussed was the alignment, a 23-km road": a thing not known before.
        Some((.., Unknown)) => {
            a_new_one(reading, draft.head)
                || on_paper(reading, draft.head)
                || none_stands(reading, draft, works)
        }
        Some((.., status)) => matches!(status, Agreed | Planned | Proposed | UnderWay),
        None => on_paper(reading, draft.head) || none_stands(reading, draft, works),
    }
}

/// "The 651-km line falls into three sections", where every work that the text tells the stage of is still to come.
fn none_stands(reading: &Reading<'_>, draft: &Draft, works: &[(usize, Mark, ProjectStatus)]) -> bool {
    use ProjectStatus::{Agreed, Planned, Proposed, UnderWay, Unknown};
    let Body::Figure(figure) = &draft.body else { return false };
    let sentence = reading.sentence(draft.sentence);
    let c = reading.classes;
    let work = || reading.within(sentence.first_token, sentence.end_token, c.project_noun).next().is_some();
    let mut known = works.iter().map(|(.., status)| *status).filter(|status| *status != Unknown).peekable();
    matches!(figure.unit.as_str(), "km" | "m" | "mi" | "ft")
        && work()
        && known.peek().is_some()
        && known.all(|status| matches!(status, Agreed | Planned | Proposed | UnderWay))
}

/// "A 23-km road", "a bridge of 1.4 km".
fn a_new_one(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 4;
    let near = value.start.saturating_sub(NEAR)..value.start;
    near.into_iter().any(|t| reading.is(t, "a") || reading.is(t, "an"))
}

/// "Remains on the drawing board", "conceived for", "the remaining 931 km", "under construction".
fn on_paper(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 12;
    const WORDS: [(&str, &str); 12] = [
        ("on", "paper"),
        ("drawing", "board"),
        ("under", "construction"),
        ("being", "built"),
        ("being", "laid"),
        ("thought", "of"),
        ("conceived", "for"),
        ("designed", "for"),
        ("negotiation", "stage"),
        ("has", "yet"),
        ("have", "yet"),
        ("in", "view"),
    ];
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let near = value.start.saturating_sub(NEAR).max(sentence.first_token)
        ..(value.end + NEAR).min(sentence.end_token);
    let remaining = value.start > 0 && reading.is(value.start - 1, "remaining");
    remaining || near.into_iter().any(|t| WORDS.iter().any(|(a, b)| reading.is(t, a) && reading.is(t + 1, b)))
}

/// The same size as something aimed at. It has no term: what a sentence tells of a day is when the work is to be ready.
fn planned(figure: &Figure) -> Target {
    Target {
        indicator: figure.indicator.clone(),
        measure: figure.measure,
        value: figure.value,
        value_max: figure.value_max,
        unit: figure.unit.clone(),
        precision: figure.precision,
        bound: figure.bound,
        scope: figure.scope.clone(),
        deadline: None,
        deadline_words: None,
    }
}
