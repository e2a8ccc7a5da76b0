//! Head nouns that head nothing of ours: verbs, parts of other names, set phrases.

use tandem_model::Mark;

use crate::reading::Reading;

/// "A line of credit", "credit lines", "the existing grid": nothing that anybody builds.
pub(super) fn decoy(reading: &Reading<'_>, head: Mark) -> bool {
    let before = head.start.wrapping_sub(1);
    let credit =
        reading.is(before, "credit") || reading.is(head.end, "of") && reading.is(head.end + 1, "credit");
    let there = head.start > 0 && ["existing", "current", "old"].iter().any(|w| reading.is(before, w));
    let adjective = head.start > 1 && ["existing", "old"].iter().any(|w| reading.is(head.start - 2, w));
    // "The existing 1,045-km line".
    let near = (head.start.saturating_sub(6)..head.start).rev().take_while(|t| !reading.is(*t, "and"));
    let adjective = adjective || near.into_iter().any(|t| reading.is(t, "existing"));
    // Of the noun itself: the "road map" is a paper, whatever its first word may be.
    let project = head.class == reading.classes.project_noun;
    // "On the road" is on the way; "on the road from here to there" is not.
    let placed = ["from", "to", "between"].iter().any(|w| reading.is(head.end, w));
    let hidden =
        !(placed && reading.is(before, "the")) && reading.covered(head.start, reading.classes.no_project);
    let session = reading.capital(head.end) && reading.starts(head.end, reading.classes.meeting).is_some();
    if !project && session && reading.capital(head.start) {
        return true;
    }
    // "A hub-to-hub model", "a port-led growth": a word of a compound, and no work.
    let joins = |t: u32| reading.word(t) == "-";
    let small = |t: u32| reading.is_word(t) && !reading.capital(t);
    let compound = joins(head.end) && small(head.end + 1) && !reading.capital(head.end - 1)
        || joins(before) && before > 0 && reading.is(before - 1, "to");
    project && (credit || there || adjective || hidden || compound || inside_name_of_other(reading, head))
        || in_decoy(reading, head)
}

/// Whether a decoy that says more covers the head: "road map" hides the road, not the paper of that name.
fn in_decoy(reading: &Reading<'_>, head: Mark) -> bool {
    const LONGEST: u32 = 8;
    let decoys =
        reading.within(head.start.saturating_sub(LONGEST), head.end + LONGEST, reading.classes.decoy);
    decoys
        .into_iter()
        .any(|m| m.start <= head.start && m.end >= head.end && m.end - m.start > head.end - head.start)
}

/// "The Volta Road Summit", "Refinery Row": a capital noun inside the name of something else.
fn inside_name_of_other(reading: &Reading<'_>, head: Mark) -> bool {
    let next = head.end;
    let heading =
        reading.sentence(reading.sentence_at(head.start)).kind == tandem_model::SentenceKind::Heading;
    let numeral = reading.word(next).len() <= 3;
    let other = [reading.classes.country, reading.classes.city, reading.classes.project_noun]
        .into_iter()
        .any(|class| reading.starts(next, class).is_some());
    !heading
        && reading.capital(head.end - 1)
        && reading.capital(next)
        && !numeral
        && !other
        && !reading.closed(next)
        && reading.starts(next, reading.classes.project_noun).is_none()
}

/// "On the initiative of the president": whose idea it was, no project.
pub(super) fn on_the_initiative(reading: &Reading<'_>, head: Mark) -> bool {
    let before = reading.back(head.start, 2);
    reading.is(head.start, "initiative") && (reading.is(before, "on") || reading.is(before, "at"))
}

/// "The Cocoa Initiative Secretariat": a project's noun inside the name of a body.
pub(super) fn names_a_body(reading: &Reading<'_>, head: Mark) -> bool {
    let firm = ["Railways", "Airlines", "Airways", "Ports", "Lines", "Networks", "Grid", "Airports", "Roads"];
    let firm = reading.capital(head.start) && firm.iter().any(|w| reading.word(head.end - 1) == *w);
    let apposed = reading.starts(head.end, reading.classes.prep).is_some();
    let owner = [
        "Corporation",
        "Company",
        "Authority",
        "Administration",
        "Ltd",
        "Limited",
        "Group",
        "Agency",
        "Bank",
    ];
    let owned = reading.capital(head.start) && owner.iter().any(|w| reading.word(head.end) == *w);
    // "China Road and Bridge Corp".
    let joined = (head.end..head.end + 4).take_while(|t| reading.capital(*t) || reading.is(*t, "and"));
    let corporate = ["Corp", "Corporation", "Company", "Co", "Ltd", "Limited", "Inc", "Plc"];
    let corporate = reading.capital(head.start)
        && joined.into_iter().any(|t| corporate.iter().any(|w| reading.word(t) == *w));
    firm && !apposed
        || corporate
        || owned
        || reading.capital(head.start)
            && reading.capital(head.end)
            && reading.starts(head.end, reading.classes.body_noun).is_some()
}

/// Whether the word is a verb here: after "to", a modal or a pronoun.
pub(super) fn verb_reading(reading: &Reading<'_>, head: Mark) -> bool {
    let c = reading.classes;
    let deals =
        (reading.is(head.start, "deal") || reading.is(head.start, "deals")) && reading.is(head.end, "with");
    let much = head.start > 0
        && reading.is(head.start, "deal")
        && ["good", "great"].iter().any(|w| reading.is(head.start - 1, w))
        && (reading.is(head.end, "of") || reading.is(head.end, "more"));
    if much {
        return true;
    }
    let article = head.start > 0 && reading.starts(head.start - 1, c.det).is_some();
    deals && !article
        || head.start > 0
            && head.end == head.start + 1
            && ([c.to, c.pron].iter().any(|class| reading.starts(head.start - 1, *class).is_some())
                || ["will", "would", "should", "must", "can", "could", "may"]
                    .iter()
                    .any(|w| reading.is(head.start - 1, w)))
}
