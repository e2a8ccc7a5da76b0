//! What a sentence denies or only supposes: no statement.
//!
//! Rules see what is said; whether the sentence means it shows in words far from theirs: "it is not true that …", "had they built the
//! line, …", "could have reached $3 billion", "rumours that … are false".

use tandem_model::{Body, Kind};

use super::Draft;
use crate::reading::Reading;

/// Drops what is denied or only supposed.
pub(super) fn without(reading: &Reading<'_>, drafts: &mut Vec<Draft>) {
    drafts.retain(|draft| !denied(reading, draft) && !supposed(reading, draft) && !given_up(reading, draft));
}

fn any(reading: &Reading<'_>, from: u32, to: u32, words: &[&str]) -> bool {
    (from..to).any(|t| words.iter().any(|w| reading.is(t, w)))
}

/// "It is not true that", "denied that", "rumours that … are false": what stands behind "that".
fn denied(reading: &Reading<'_>, draft: &Draft) -> bool {
    const NEAR: u32 = 4;
    const DENIES: [&str; 9] =
        ["denied", "denies", "deny", "denying", "dismissed", "rejected", "refuted", "untrue", "false"];
    const RUMOURS: [&str; 8] =
        ["rumours", "rumors", "reports", "claims", "allegations", "rumour", "rumor", "speculation"];
    const FALSE: [&str; 6] = ["false", "untrue", "unfounded", "baseless", "groundless", "wrong"];
    let sentence = reading.sentence(draft.sentence);
    let (first, at) = (sentence.first_token, draft.head.start);
    let Some(that) = (first..at).rev().find(|t| reading.is(*t, "that")) else { return false };
    // "Denied that the bridge had been called off": then it has not.
    if any(
        reading,
        that,
        sentence.end_token,
        &["off", "cancelled", "canceled", "scrapped", "abandoned", "dropped", "suspended"],
    ) {
        return false;
    }
    // "Denied the report and said that": another verb stands between.
    let from = that.saturating_sub(NEAR).max(first);
    let told = reading
        .within(from, that, reading.classes.say_verb)
        .any(|m| !any(reading, m.start, m.end, &DENIES) && !any(reading, m.start, m.end, &RUMOURS));
    let not_true = any(reading, from, that, &["true", "correct", "case"])
        && reading.within(from, that, reading.classes.neg).next().is_some();
    let rumoured = any(reading, from, that, &RUMOURS) && any(reading, at, sentence.end_token, &FALSE);
    (any(reading, from, that, &DENIES) || not_true || rumoured) && !told
}

/// "Shelved plans for a joint airline": a body that was never more than an idea.
fn given_up(reading: &Reading<'_>, draft: &Draft) -> bool {
    const NEAR: u32 = 7;
    const GIVEN: [&str; 7] =
        ["shelved", "scrapped", "abandoned", "dropped", "ditched", "buried", "cancelled"];
    const IDEA: [&str; 7] = ["plans", "plan", "idea", "proposal", "proposals", "intention", "project"];
    let first = reading.sentence(draft.sentence).first_token;
    let from = draft.head.start.saturating_sub(NEAR).max(first);
    let given = (from..draft.head.start).find(|t| GIVEN.iter().any(|w| reading.is(*t, w)));
    draft.body.kind() == Kind::Institution && given.is_some_and(|t| any(reading, t, draft.head.start, &IDEA))
}

/// "Had Alvaria and Borland built the line, …" and "could have reached $3 billion", "would be $3 billion if there were no duty".
fn supposed(reading: &Reading<'_>, draft: &Draft) -> bool {
    const NEAR: u32 = 6;
    const MIGHT: [&str; 3] = ["could", "would", "might"];
    const PARTICIPLES: [&str; 9] =
        ["been", "risen", "grown", "gone", "come", "made", "stood", "brought", "hit"];
    let sentence = reading.sentence(draft.sentence);
    let (first, at) = (sentence.first_token, draft.head.start);
    let before_comma = || !any(reading, first, at, &[","]) && any(reading, at, sentence.end_token, &[","]);
    if reading.is(first, "had")
        && before_comma()
        && any(reading, first, sentence.end_token, &["would", "could"])
    {
        return true;
    }
    if !matches!(draft.body.kind(), Kind::Figure | Kind::Target) {
        return false;
    }
    let from = at.saturating_sub(NEAR).max(first);
    let participle =
        |t: u32| t < at && (reading.ends(t, "ed") || PARTICIPLES.iter().any(|w| reading.is(t, w)));
    let might = |t: u32| MIGHT.iter().any(|w| reading.is(t.wrapping_sub(1), w));
    let have = (from..at).any(|t| reading.is(t, "have") && might(t) && participle(t + 1));
    let unreal = |t: u32| {
        reading.is(t, "if") && any(reading, t, (t + NEAR).min(sentence.end_token), &["were", "had", "did"])
    };
    let hung =
        any(reading, from, at, &["would", "could"]) && (draft.head.end..sentence.end_token).any(unreal);
    // "It should have reached $2 billion by 2022": a goal that was missed.
    let goal = matches!(&draft.body, Body::Target(t) if t.deadline.is_some());
    have && !goal || hung
}
