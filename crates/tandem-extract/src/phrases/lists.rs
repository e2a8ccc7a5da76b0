//! Documents that a list names: items under a lead-in, and the parts of a plural.
//!
//! "The following documents were signed:" gives its verb to the items below, which have none. "Two
//! memoranda were signed, one on gas, the other on ports" and "memoranda were signed on gas; on ports"
//! name each document by its subject alone: the noun is the plural's.

use tandem_model::SentenceKind;

use super::things::around;
use crate::reading::{self, Reading, Thing};

/// How many lines a list may go on.
const LONGEST_LIST: usize = 40;
/// Longest subject of one part, in tokens.
const LONGEST_PART: u32 = 24;

/// Marks DOC_ITEM and DOC_PART.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let c = reading.classes;
    let sentences: Vec<usize> = reading.readable().collect();
    let (mut items, mut parts) = (Vec::new(), Vec::new());
    for (position, index) in sentences.iter().enumerate() {
        let before = position.checked_sub(1).map(|earlier| sentences[earlier]);
        let next = sentences.get(position + 1).copied();
        let leads = leads_in(reading, *index)
            || before.is_some_and(|before| {
                points_on(reading, before, *index) || names_them(reading, before, *index)
            })
            || next.is_some_and(|next| signs(reading, *index, next))
            || recounts(reading, *index);
        if leads {
            within_line(reading, *index, &mut items);
            let below = sentences[position + 1..].iter().take(LONGEST_LIST);
            // An item that is no document does not end a list of works and papers.
            let listed = |i: &usize| match item(reading, *i) {
                None if reading.sentence(*i).kind != SentenceKind::Item => None,
                thing => Some(thing),
            };
            items.extend(below.map_while(listed).flatten());
            let below = sentences[position + 1..].iter().take(LONGEST_LIST);
            let lines = below.take_while(|i| reading.sentence(**i).kind == SentenceKind::Item);
            items.extend(lines.filter_map(|i| shared_noun(reading, *index, *i)));
        }
        of_plural(reading, *index, &mut parts);
    }
    items.sort_by_key(|t: &Thing| t.start);
    items.dedup_by_key(|t| t.start);
    reading.add_things(c.doc_item, items);
    reading.add_things(c.doc_part, parts);
}

/// Whether a sentence only points on to a list ("They comprise:", "These are:") of what the one before it, in the same
/// paragraph, tells: documents, by their number or as signed.
fn points_on(reading: &Reading<'_>, before: usize, index: usize) -> bool {
    let (told, sentence) = (reading.sentence(before), reading.sentence(index));
    let short = sentence.end_token - sentence.first_token <= 6;
    if !short {
        return false;
    }
    let colon = reading.is(sentence.end_token.saturating_sub(1), ":");
    colon && told.paragraph == sentence.paragraph && signed_papers(reading, before)
}

/// Whether a sentence names what the one before it, in the same paragraph, tells of as signed: "They include a memorandum on
/// gas, a protocol on visas and a programme", "Among them are an agreement on ports and a treaty".
fn names_them(reading: &Reading<'_>, before: usize, index: usize) -> bool {
    const LEAD: u32 = 4;
    let (told, sentence) = (reading.sentence(before), reading.sentence(index));
    let c = reading.classes;
    let from = sentence.first_token;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let them =
        is(from, &["they", "these", "those"]) || is(from, &["among"]) && is(from + 1, &["them", "these"]);
    let verb = (from + 1..(from + LEAD).min(sentence.end_token))
        .find(|t| is(*t, &INCLUDE) || is(*t, &["are", "were"]));
    let paper =
        |verb: u32| reading.within(verb, (verb + LEAD).min(sentence.end_token), c.doc_noun).next().is_some();
    them && told.paragraph == sentence.paragraph && verb.is_some_and(paper) && signed_papers(reading, before)
}

/// Words that open a list within a sentence.
const INCLUDE: [&str; 6] = ["include", "includes", "included", "comprise", "comprises", "comprised"];

/// Whether a sentence tells of several documents, by their number or as signed, and not of a plan.
fn signed_papers(reading: &Reading<'_>, index: usize) -> bool {
    let told = reading.sentence(index);
    let c = reading.classes;
    let (from, to) = (told.first_token, told.end_token);
    let papers = || {
        reading.within(from, to, c.doc_noun).any(|m| {
            let plural = reading.word(m.end - 1).ends_with(['s', 'S']) || reading.is(m.end - 1, "memoranda");
            let counted =
                reading.within(m.start.saturating_sub(4).max(from), m.start, c.count).next().is_some();
            let signed = || {
                let mut verbs = reading.within(from, to, c.doc_verb);
                verbs.any(|verb| reading.entry(verb).get("status") == Some("signed"))
            };
            plural && (counted || signed())
        })
    };
    let planned =
        || (from..to).any(|t| reading.is(t, "to") && reading.is(t + 1, "be") || reading.is(t, "will"));
    reading.may_start_in(index, c.bit(c.doc_noun)) && papers() && !planned()
}

/// Whether a sentence counts documents again that were told as signed before it, and names them behind a colon: "the five are: a
/// shareholders' agreement; a lease".
fn recounts(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let (from, to) = (sentence.first_token, sentence.end_token);
    let opens =
        |t: &u32| reading.is(*t, ":") && ["are", "include", "were"].iter().any(|w| reading.is(*t - 1, w));
    let Some(colon) = (from + 2..to).find(opens) else { return false };
    let counted = || {
        let number = |class| reading.within(from, colon, class).last();
        [c.count, c.number]
            .into_iter()
            .find_map(number)
            .and_then(|m| reading::amount(reading.value(m)))
            .map(|a| a.value.to_f64())
    };
    let papers = || reading.within(colon, to, c.doc_noun).next().is_some();
    let Some(number) = papers().then(counted).flatten() else { return false };
    reading.marks.iter().any(|m| {
        m.class == c.doc
            && m.start < from
            && reading
                .thing(*m)
                .count
                .and_then(|i| reading::amount(&reading.values[i]))
                .is_some_and(|a| (a.value.to_f64() - number).abs() < 0.5)
    })
}

/// Whether a sentence breaks off at the verb of signing for its object to follow as a list: "the parties signed:", "ended with the
/// signing of:".
fn signs(reading: &Reading<'_>, index: usize, next: usize) -> bool {
    const NEAR: u32 = 3;
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let (from, to) = (sentence.first_token, sentence.end_token);
    let colon = to > from && reading.is(to - 1, ":");
    let listed = || reading.sentence(next).kind == SentenceKind::Item || item(reading, next).is_some();
    let verb = || {
        let signed = |m: &tandem_model::Mark| reading.entry(*m).get("status") == Some("signed");
        reading.within(to.saturating_sub(1 + NEAR).max(from), to, c.doc_verb).any(|m| signed(&m))
    };
    let planned = || {
        [c.modal, c.neg].into_iter().any(|class| reading.within(from, to, class).next().is_some())
            || (from..to).any(|t| reading.is(t, "to") && reading.is(t + 1, "be") || reading.is(t, "will"))
    };
    colon && verb() && !planned() && listed()
}

/// Whether a sentence announces signed documents: a plural noun and a word of signing, then a colon, a
/// list below it, or "list of".
fn leads_in(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let (from, to) = (sentence.first_token, sentence.end_token);
    let plural = reading
        .within(from, to, c.doc_noun)
        .any(|m| reading.word(m.end - 1).ends_with(['s', 'S']) || reading.is(m.end - 1, "memoranda"));
    if !plural {
        return false;
    }
    let told = (from..to).any(|t| {
        ["include", "includes", "comprise", "are", "follows"].iter().any(|w| reading.is(t, w))
            && (t + 1 == to || !matches!(reading.word(t + 1), "signed" | "being" | "to"))
    });
    let definite = ["the", "these", "this"].iter().any(|w| reading.is(from, w));
    let named = definite && told && reading.within(from, (from + 6).min(to), c.doc_noun).next().is_some();
    let signed = named
        || reading.within(from, to, c.doc_verb).any(|m| reading.entry(m).get("status") == Some("signed"));
    let planned = (from..to).any(|t| reading.is(t, "to") && reading.is(t + 1, "be") || reading.is(t, "will"));
    let enumerates =
        |t: u32| reading.is(t, ":") && reading.within(t + 1, (t + 6).min(to), c.doc_noun).next().is_some();
    let colon = reading.is(to.saturating_sub(1), ":") || (from..to).any(enumerates);
    let following = |t: u32| {
        reading.is(t, "following")
            && (t + 1 >= to || reading.within(t + 1, (t + 6).min(to), c.doc_noun).next().is_some())
    };
    let list = named || (from..to).any(|t| reading.is(t, "list") || following(t));
    signed && !planned && (colon || list || sentence.kind == SentenceKind::Heading)
}

/// Documents that stand in the very sentence that leads in, behind its colon or "include".
fn within_line(reading: &Reading<'_>, index: usize, items: &mut Vec<Thing>) {
    let sentence = reading.sentence(index);
    let among = reading.is(sentence.first_token, "among");
    let opens = |t: &u32| {
        reading.is(*t, ":")
            || INCLUDE.iter().any(|w| reading.is(*t, w))
            || among && (reading.is(*t, "are") || reading.is(*t, "were"))
    };
    let Some(open) = (sentence.first_token..sentence.end_token).find(opens) else { return };
    let documents = reading.within(open + 1, sentence.end_token, reading.classes.doc);
    let told = |t: &Thing| !t.plural || t.end > t.head_token + 2 && t.count.is_none();
    items.extend(documents.map(|m| reading.thing(m).clone()).filter(told));
}

/// The document that a line of a list names: it starts with the noun, and has no verb but of signing.
fn item(reading: &Reading<'_>, index: usize) -> Option<Thing> {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let (from, to) = (sentence.first_token, sentence.end_token);
    let head = reading.within(from, (from + 14).min(to), c.doc_noun).next()?;
    let thing = around(reading, head, from, to);
    let bare = (from..thing.start.max(from)).all(|t| {
        !reading.is_word(t)
            || reading.capital(t)
            || reading.word(t).chars().count() <= 2
            || reading.word(t).chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            || reading.starts(t, c.det).is_some()
            || reading.starts(t, c.joint).is_some()
    });
    let finite = reading.within(from, to, c.aux).next().is_some()
        && reading.within(from, to, c.doc_verb).next().is_none()
        || reading.within(from, to, c.say_verb).any(|m| !reading.capital(m.start));
    (bare && !finite).then(|| whole_line(reading, thing, to))
}

/// A listed title runs to the end of its line, or to what was done with it.
fn whole_line(reading: &Reading<'_>, mut thing: Thing, to: u32) -> Thing {
    let c = reading.classes;
    let stop = |t: u32| {
        matches!(reading.word(t), "." | ";" | "[")
            || reading.starts(t, c.aux).is_some()
            || reading.starts(t, c.doc_verb).is_some()
    };
    let end = (thing.end..to).find(|t| stop(*t)).unwrap_or(to);
    thing.end = end.max(thing.end);
    let start = thing.start + u32::from(reading.starts(thing.start, c.det).is_some());
    thing.name = reading.words(start, thing.end);
    thing.plural = false;
    thing.count = None;
    thing
}

/// The document of a line that leaves out the noun of its lead-in: "three memoranda were signed: – between the chambers; – on …".
fn shared_noun(reading: &Reading<'_>, lead: usize, index: usize) -> Option<Thing> {
    let (lead, line) = (reading.sentence(lead), reading.sentence(index));
    let noun = reading.within(lead.first_token, lead.end_token, reading.classes.doc).last()?;
    let noun = Some(reading.thing(noun)).filter(|thing| thing.plural)?;
    let start = (line.first_token..line.end_token).find(|t| reading.is_word(*t))?;
    let c = reading.classes;
    let bare = ["between", "on", "for", "concerning", "regarding"].iter().any(|w| reading.word(start) == *w);
    let told = [c.aux, c.doc_noun, c.say_verb]
        .iter()
        .any(|class| reading.within(line.first_token, line.end_token, *class).next().is_some());
    let topic = || !told && line.end_token > start + 2 && is_topic(reading, start, line.end_token);
    if line.kind != SentenceKind::Item {
        return None;
    }
    let thing = |name: Option<String>| {
        let part = part(reading, start, line.end_token, noun.head);
        Thing { name: name.unwrap_or(part.name), ..part }
    };
    if bare {
        return Some(thing(None));
    }
    topic().then(|| thing(Some(reading.words(start, line.end_token))))
}

/// "1) *Cooperation* between the academies", "2) *Mutual cooperation* in shipping": the subject of a paper as a noun of
/// doing something together.
fn is_topic(reading: &Reading<'_>, start: u32, end: u32) -> bool {
    const FIRST: u32 = 4;
    const TOPICS: [&str; 12] = [
        "cooperation",
        "co-operation",
        "collaboration",
        "exchange",
        "exchanges",
        "avoidance",
        "recognition",
        "protection",
        "exemption",
        "waiver",
        "twinning",
        "sister-city",
    ];
    (start..end.min(start + FIRST)).any(|t| TOPICS.iter().any(|w| reading.is(t, w)))
}

/// The parts of the first plural document of a sentence.
fn of_plural(reading: &Reading<'_>, index: usize, found: &mut Vec<Thing>) {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let plural = reading.within(sentence.first_token, sentence.end_token, c.doc).find(|m| {
        let thing = reading.thing(*m);
        let another = (m.end..m.end + 3).any(|t| reading.is(t, "another"));
        (thing.plural || another) && thing.head.is_some()
    });
    let Some(plural) = plural else { return };
    let head = reading.thing(plural).head;
    let mut token = plural.end;
    while token < sentence.end_token {
        match subject(reading, token) {
            Some(start) => {
                let part = part(reading, start, sentence.end_token, head);
                token = part.end;
                found.push(part);
            }
            None => token += 1,
        }
    }
}

/// Where the subject of a part starts: after "one", "the other" and their like, or after a semicolon.
fn subject(reading: &Reading<'_>, token: u32) -> Option<u32> {
    let about = |t: u32| {
        ["on", "for", "concerning", "regarding", "between", "covers", "concerns"]
            .iter()
            .any(|w| reading.is(t, w))
    };
    let one = ["one", "another", "other", "others", "first", "second", "third", "fourth", "last", "latter"];
    if one.iter().any(|w| reading.is(token, w)) && about(token + 1) {
        return Some(token + 1);
    }
    let next = if reading.is(token + 1, "and") { token + 2 } else { token + 1 };
    (reading.is(token, ";") && about(next)).then_some(next)
}

/// One document of a plural, named by its subject.
fn part(reading: &Reading<'_>, start: u32, end: u32, head: Option<u32>) -> Thing {
    let c = reading.classes;
    let mut stop = start + 1;
    while stop < end.min(start + LONGEST_PART) {
        let other = reading.is(stop, ",")
            && (stop + 1..stop + 4).any(|t| reading.is(t, "other") || reading.is(t, "another"));
        if matches!(reading.word(stop), ";" | "." | "(")
            || other
            || subject(reading, stop).is_some()
            || reading.starts(stop, c.aux).is_some()
        {
            break;
        }
        stop += 1;
    }
    while stop > start + 1 && matches!(reading.word(stop - 1), "," | "and" | "the") {
        stop -= 1;
    }
    let noun = head.and_then(|h| reading.parts.lexicon.entry(h).get("type")).unwrap_or("document");
    Thing {
        name: format!("{} {}", noun.replace('_', " "), reading.words(start, stop)),
        start,
        end: stop,
        head,
        head_token: start,
        ..Thing::default()
    }
}
