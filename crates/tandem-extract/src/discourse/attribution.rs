//! Who says so: a speaker for each sentence, from reporting words, quotation marks and what came before.

use tandem_model::{SentenceKind, TokenKind};

use crate::reading::Reading;

/// The speaker of each sentence, by sentence number.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    by: Vec<Option<String>>,
    /// Everyone named as a source, in order, each once.
    pub sources: Vec<String>,
}

impl Speakers {
    /// Reads a document from front to back.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut speakers = Self::default();
        let mut last: Option<String> = None;
        let mut in_quote = false;
        let mut paragraph = 0;
        for index in 0..reading.doc.sentences.len() {
            let sentence = reading.sentence(index);
            let own = source_in(reading, index);
            let opens = in_quote;
            in_quote = quote_after(reading, index, in_quote);
            let goes_on = opens
                || continues(reading, index)
                || sentence.paragraph == paragraph && !background(reading, index);
            let by = match own {
                Some(own) => {
                    speakers.note(&own);
                    Some(own)
                }
                None if sentence.kind == SentenceKind::Heading => None,
                None if goes_on => last.clone(),
                None => None,
            };
            paragraph = sentence.paragraph;
            last = by.clone();
            speakers.by.push(by);
        }
        speakers
    }

    /// The speaker of a sentence.
    pub(crate) fn of_sentence(&self, index: usize) -> Option<String> {
        self.by.get(index).cloned().flatten()
    }

    fn note(&mut self, source: &str) {
        if !self.sources.iter().any(|s| s == source) {
            self.sources.push(source.to_owned());
        }
    }
}

/// The source that a sentence names: "According to X", "X said", "X reports citing Y" (then Y).
fn source_in(reading: &Reading<'_>, index: usize) -> Option<String> {
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let (first, end) = (sentence.first_token, sentence.end_token);
    let quoted = reading
        .within(first, end, c.according)
        .filter_map(|m| speaker_from(reading, m.end, (m.end + 9).min(end)))
        .next_back();
    quoted.or_else(|| {
        reading.within(first, end, c.say_verb).filter(|m| !passive(reading, m.start)).find_map(|m| {
            let before = speaker_before(reading, m.start, first);
            before.or_else(|| {
                reading
                    .is(m.start.saturating_sub(1), ",")
                    .then(|| speaker_from(reading, m.end, (m.end + 8).min(end)))
                    .flatten()
            })
        })
    })
}

fn passive(reading: &Reading<'_>, verb: u32) -> bool {
    verb > 0
        && reading.starts(verb - 1, reading.classes.aux).is_some()
        && !reading.is(verb - 1, "has")
        && !reading.is(verb - 1, "had")
        && !reading.is(verb - 1, "have")
}

/// A person, body or office that starts within a stretch of tokens.
fn speaker_from(reading: &Reading<'_>, from: u32, to: u32) -> Option<String> {
    let office = office(reading, from, to);
    office.or_else(|| nearest(reading, from, to, false))
}

/// The person or body before a verb of saying, close to it.
fn speaker_before(reading: &Reading<'_>, verb: u32, first: u32) -> Option<String> {
    let from = verb.saturating_sub(10).max(first);
    office(reading, from, verb).or_else(|| nearest(reading, from, verb, true))
}

fn nearest(reading: &Reading<'_>, from: u32, to: u32, last: bool) -> Option<String> {
    let c = reading.classes;
    let mut found: Vec<(u32, String)> =
        reading.within(from, to, c.who).map(|m| (m.start, reading.thing(m).name.clone())).collect();
    found.extend(
        reading
            .within(from, to, c.body)
            .map(|m| (m.start, reading.entry(m).get("canonical").unwrap_or_default().to_owned())),
    );
    found.sort();
    if last { found.pop().map(|f| f.1) } else { found.into_iter().next().map(|f| f.1) }
}

/// A press service or office with whose it is: "the press service of the President of Kenya".
fn office(reading: &Reading<'_>, from: u32, to: u32) -> Option<String> {
    let c = reading.classes;
    let mark = reading.within(from, to, c.press).next()?;
    let mut end = mark.end;
    while end < mark.end + 9 && (reading.is(end, "of") || reading.is(end, "the") || reading.capital(end)) {
        end += 1;
    }
    while end > mark.end && !reading.capital(end - 1) {
        end -= 1;
    }
    let mut start = mark.start;
    while start > from
        && (reading.capital(start - 1) || reading.is(start - 1, "’s") || reading.is(start - 1, "'s"))
    {
        start -= 1;
    }
    Some(reading.words(start, end))
}

/// Whether a quotation is still open after the sentence.
fn quote_after(reading: &Reading<'_>, index: usize, mut open: bool) -> bool {
    let sentence = reading.sentence(index);
    // Asked of every token of a text: words, which are most, need no look.
    let marks = |token: &u32| reading.doc.tokens[*token as usize].kind == TokenKind::Punct;
    for token in (sentence.first_token..sentence.end_token).filter(marks) {
        match reading.word(token) {
            "“" | "«" | "„" => open = true,
            "”" | "»" => open = false,
            "\"" => open = !open,
            _ => {}
        }
    }
    open
}

/// "He added", "in turn", "they noted": the same speaker goes on.
fn continues(reading: &Reading<'_>, index: usize) -> bool {
    let sentence = reading.sentence(index);
    let first = sentence.first_token;
    reading.starts(first, reading.classes.pronoun_he).is_some()
        || reading.starts(first, reading.classes.pronoun).is_some()
}

/// A sentence that looks back is not the speaker's.
fn background(reading: &Reading<'_>, index: usize) -> bool {
    let first = reading.sentence(index).first_token;
    ["Earlier", "Recall", "Previously"].iter().any(|w| reading.is(first, w))
}
