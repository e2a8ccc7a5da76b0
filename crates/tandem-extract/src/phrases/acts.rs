//! Acts: verb phrases that an undertaking can have as its object ("to increase trade turnover, devise a
//! programme and execute projects" is three).

use tandem_model::Mark;

use crate::reading::{Reading, Thing};

/// Longest act in tokens; longer ones are cut.
const LONGEST: u32 = 40;

/// Marks ACTION for the first act of a chain and ACTION_AND for those coordinated with it.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let (mut first, mut more) = (Vec::new(), Vec::new());
    for index in reading.readable() {
        let starts = starts(reading, index);
        let end = reading.sentence(index).end_token;
        for (position, (start, chained)) in starts.iter().enumerate() {
            let next = starts.get(position + 1).map_or(end, |s| s.0);
            let thing = act(reading, *start, next, end);
            if *chained { more.push(thing) } else { first.push(thing) }
        }
    }
    let c = reading.classes.clone();
    reading.add_things(c.action, first);
    reading.add_things(c.action_and, more);
}

/// Tokens at which an act starts, and whether it continues a chain.
fn starts(reading: &Reading<'_>, index: usize) -> Vec<(u32, bool)> {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let mut found: Vec<(u32, bool)> = Vec::new();
    let mut gerund_chain = false;
    for token in sentence.first_token + 1..sentence.end_token {
        let verb = reading.starts(token, c.action_verb).is_some();
        let noun = reading.starts(token, c.action_noun).is_some();
        if !verb && !noun || inside_commitment(reading, token) {
            continue;
        }
        let gerund = reading.word(token).ends_with("ing");
        let previous = token - 1;
        let opened = !found.is_empty();
        let listed = reading.is(previous, "and") || reading.is(previous, ",");
        if verb && reading.starts(previous, c.to).is_some() {
            let before = previous.saturating_sub(1);
            found.push((token, opened && (reading.is(before, "and") || reading.is(before, ","))));
            gerund_chain = false;
        } else if gerund && verb && !listed && gerund_object(reading, previous, opened) {
            if !opened || !gerund_chain {
                found.push((token, false));
            }
            gerund_chain = true;
        } else if opened && listed && verb && gerund == gerund_chain && (gerund || base_form(reading, token))
        {
            found.push((token, true));
        } else if noun
            && (reading.is(previous, "for") || reading.is(previous, "of"))
            && need_before(reading, previous)
        {
            found.push((token, false));
        }
    }
    found
}

/// Whether a gerund after this token is the object of an undertaking ("spoke of building", "discussed
/// improving") and not an adverbial inside another act.
fn gerund_object(reading: &Reading<'_>, previous: u32, opened: bool) -> bool {
    let c = reading.classes;
    let governed = |token: u32| [c.commit_verb, c.stress_verb, c.topic_verb].iter().any(|class| reading.covered(token, *class));
    let preposition = reading.starts(previous, c.prep).is_some();
    governed(previous) || preposition && (!opened || previous > 0 && governed(previous - 1))
}

/// Whether the token belongs to the very phrase that undertakes ("agreed to instruct").
fn inside_commitment(reading: &Reading<'_>, token: u32) -> bool {
    let class = reading.classes.commit_verb;
    reading.covered(token, class) && reading.starts(token, class).is_none()
}

/// Whether "the need for / importance of" stands right before.
fn need_before(reading: &Reading<'_>, preposition: u32) -> bool {
    preposition > 0 && reading.starts(preposition - 1, reading.classes.need).is_some()
}

/// Whether the verb stands in its base form (no -ed, -s, -ing).
fn base_form(reading: &Reading<'_>, token: u32) -> bool {
    let word = reading.word(token).to_ascii_lowercase();
    !(word.ends_with("ed") || word.ends_with("ing") || (word.ends_with('s') && !word.ends_with("ss")))
}

/// The act from its verb to the next act, a clause end or the sentence's end.
fn act(reading: &Reading<'_>, start: u32, next: u32, end: u32) -> Thing {
    let c = reading.classes;
    let mut stop = start + 1;
    while stop < next.min(start + LONGEST).min(end) {
        if reading.starts(stop, c.clause_end).is_some()
            || matches!(reading.word(stop), "." | "!" | "?" | "”" | "»")
            || said(reading, stop)
        {
            break;
        }
        stop += 1;
    }
    while stop > start + 1 && (matches!(reading.word(stop - 1), "," | "and" | "to" | "-" | "\"")) {
        stop -= 1;
    }
    Thing { name: shorten(reading, start, stop), start, end: stop, head_token: start, ..Thing::default() }
}

/// Whether a comma here ends the act because somebody "said" follows.
fn said(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    reading.is(token, ",")
        && (reading.within(token, token + 6, c.say_verb).next().is_some_and(|m: Mark| m.start > token)
            && !reading.is(token + 1, "and"))
}

/// At most fifteen words, the verb first.
fn shorten(reading: &Reading<'_>, start: u32, end: u32) -> String {
    let words = reading.words(start, end);
    words.split(' ').take(15).collect::<Vec<_>>().join(" ")
}
