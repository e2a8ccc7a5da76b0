//! When a document was written: the stated date, and what the text says against it.
//!
//! A date that the caller gives, or a date line at the head, is evidence and not truth. An anniversary
//! that the text calls upcoming puts the text before it; a date line after that day is demoted.

use jiff::ToSpan;
use tandem_lexicon::Lexicon;
use tandem_model::{
    Article, Date, DateEvidence, DateSource, Dating, Document, Mark, Sentence, SentenceKind, Span, Token,
    TokenKind, Value,
};
use tandem_values::Values;

use crate::weekdays;

/// An anniversary that the tables know: whose, of what, since when.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Anniversary {
    /// ISO code of the country.
    pub country: String,
    /// The words for the event ("independence").
    pub event: String,
    /// The same one by one.
    words: Vec<String>,
    /// The first day.
    pub day: Date,
}

/// Reads `country, event, date` rows with a header line; rows that are not such are left out.
pub(crate) fn anniversaries(tsv: &str) -> Vec<Anniversary> {
    tsv.lines()
        .skip(1)
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (country, event, day) = (cells.next()?, cells.next()?, cells.next()?);
            let event = event.to_lowercase();
            Some(Anniversary {
                country: country.to_owned(),
                words: event.split_whitespace().map(str::to_owned).collect(),
                event,
                day: day.trim().parse().ok()?,
            })
        })
        .collect()
}

/// The marks of a document's words, made when first asked for.
pub(crate) struct Marks<'l> {
    lexicon: &'l Lexicon,
    made: Option<Vec<Mark>>,
}

impl<'l> Marks<'l> {
    pub(crate) fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, made: None }
    }

    fn of(&mut self, doc: &Document) -> &[Mark] {
        self.made.get_or_insert_with(|| scan(self.lexicon, doc))
    }

    /// The marks, for those who need them in any case.
    pub(crate) fn take(&mut self, doc: &Document) -> Vec<Mark> {
        self.made.take().unwrap_or_else(|| scan(self.lexicon, doc))
    }
}

fn scan(lexicon: &Lexicon, doc: &Document) -> Vec<Mark> {
    let mut marks = Vec::new();
    lexicon.scan(doc, &mut marks);
    marks
}

/// The dating of a document.
pub(crate) fn date(
    article: &Article,
    doc: &Document,
    values: &Values,
    known: &[Anniversary],
    marks: &mut Marks<'_>,
) -> Dating {
    let mut dating = Dating::default();
    if let Some(day) = article.published {
        dating.stated = Some(day);
        dating.source = Some(DateSource::Caller);
    } else if let Some((day, span)) = date_line(article, doc, values) {
        dating.stated = Some(day);
        dating.source = Some(DateSource::DateLine);
        dating.evidence.push(DateEvidence {
            span: Some(span),
            quote: Some(span.of(&article.text).to_owned()),
            why: format!("The text opens with the date {day}."),
        });
    }
    about(article, &mut dating);
    bound_by_dateline(article, doc, values, &mut dating);
    bound_by_anniversaries(article, doc, values, (known, marks), &mut dating);
    bound_by_events(article, doc, values, &mut dating);
    bound_by_past(article, doc, values, &mut dating);
    if let (Some(stated), Some(before)) = (dating.stated, dating.before) {
        dating.demoted = stated >= before;
    }
    if let (Some(stated), Some(after)) = (dating.stated, dating.not_before) {
        dating.demoted |= stated < after;
    }
    doubt_by_weekdays(article, doc, &mut dating);
    dating.date = dating.stated.filter(|_| !dating.demoted);
    dating
}

/// Days that a dateline may be ahead of the date that the caller gives: the earth turns.
const AHEAD: i32 = 2;

/// A text that is dated itself is no older than that, whatever the caller says; it may be carried later.
fn bound_by_dateline(article: &Article, doc: &Document, values: &Values, dating: &mut Dating) {
    let Some(stated) = article.published else { return };
    let Some((day, span)) = date_line(article, doc, values) else { return };
    // "Will visit on 20 May 2024" is a short sentence, not a date line.
    let furniture = doc.sentences.iter().any(|s| s.span.contains(span) && s.span.len() < span.len() + LINE);
    let opens = dateline(&article.text, span) && !article.text[span.end()..].trim_start().starts_with('.');
    if !furniture && !opens {
        return;
    }
    if stated.until(day).is_ok_and(|span| span.get_days() > AHEAD) {
        dating.not_before = Some(day);
        dating.evidence.push(DateEvidence {
            span: Some(span),
            quote: Some(span.of(&article.text).to_owned()),
            why: format!("The text itself is dated {day}, so it was not written before that day."),
        });
    }
}

/// A month or year that the caller gives bounds the day; a day that is only about right stands for its
/// month.
fn about(article: &Article, dating: &mut Dating) {
    let Some(about) = article.published_about.filter(|_| dating.stated.is_none()) else { return };
    let (first, last) = (about.first().first_of_month(), about.last().last_of_month());
    dating.about = Some(about);
    dating.not_before = Some(first);
    dating.before = last.tomorrow().ok();
    dating.evidence.push(DateEvidence {
        span: None,
        quote: None,
        why: format!("The caller dates the text to about {about}."),
    });
}

/// The day to count from and whether it is good to the day: the date, or the first day of a month or
/// year that is only about right.
pub(crate) fn reference(dating: &Dating) -> (Option<Date>, bool) {
    match (dating.date, dating.about) {
        (Some(day), _) => (Some(day), true),
        (None, Some(about)) => (Some(about.first()), false),
        (None, None) => (None, true),
    }
}

/// A full date within the first sentences: a `date` line, a dateline, a time stamp of the page.
fn date_line(article: &Article, doc: &Document, values: &Values) -> Option<(Date, Span)> {
    let head_end = head_end(article, doc)?;
    let head = &article.text[..head_end];
    values.find(head, None).into_iter().find_map(|mention| match mention.value {
        Value::Time { period: Some(period), relative: false, anchored: false, deadline: false, .. }
            if period.first() == period.last() =>
        {
            let marked = head[..mention.span.start()].trim_end().ends_with("date")
                || alone(doc, mention.span)
                || dateline(head, mention.span);
            marked.then_some((period.first(), mention.span))
        }
        _ => None,
    })
}

/// Longest date in bytes, roughly.
const LONGEST_DATE: usize = 100;

/// Where the last of the first sentences ends that can hold a date line by its place and size: most texts
/// begin with long sentences of prose, in which no values need be looked for.
fn head_end(article: &Article, doc: &Document) -> Option<usize> {
    let text = &article.text;
    let end = doc.sentences.iter().take(4).map(|s| s.span.end()).max().unwrap_or(0).min(400);
    let end = (end..=text.len()).find(|i| text.is_char_boundary(*i))?;
    let marked = text[..end].contains("date");
    let dated = dateline_may_stand(text.as_bytes());
    let ends = |s: &Sentence| {
        let short = s.kind == SentenceKind::Clutter || s.span.len() < LONGEST_DATE + LINE;
        let whole = marked || short && s.span.of(text).bytes().any(|byte| byte.is_ascii_digit());
        let opens = dated && text[..s.span.start()].trim_end().len() < LONGEST_DATELINE;
        // Of a long sentence of prose only the dateline before it counts.
        let dateline = (LONGEST_DATELINE + 2 * LONGEST_DATE).min(s.span.end());
        if whole { Some(s.span.end()) } else { opens.then_some(dateline) }
    };
    let last = doc.sentences.iter().take(4).filter_map(ends).max()?;
    let last = last.min(end);
    (last..=text.len()).find(|i| text.is_char_boundary(*i))
}

/// Whether a date may end a dateline: a number right before a dash or stop, as [`dateline`] wants it. No is certain,
/// and said of most texts without a look for values: a number behind a slash that parts no numbers ("/24-7 News/")
/// ends no date.
fn dateline_may_stand(text: &[u8]) -> bool {
    let head = &text[..text.len().min(LONGEST_DATELINE + LONGEST_DATE)];
    let ends_date = |at: usize| {
        let before = head[..at].trim_ascii_end();
        let word = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let (rest, word) = before.split_at(before.len() - word);
        let cut_off = matches!(rest, [.., other, b'/'] if !other.is_ascii_digit());
        word.iter().any(u8::is_ascii_digit) && !cut_off || before.last().is_some_and(|byte| *byte >= 0x80)
    };
    // Dashes and stops of one byte, and the first byte of the longer ones.
    (0..head.len()).any(|at| matches!(head[at], b'-' | b'.' | 0xE2) && ends_date(at))
}

/// Bytes that a line may hold besides its date.
const LINE: usize = 24;
/// Bytes before the date of a dateline.
const LONGEST_DATELINE: usize = 60;

/// Whether the date stands on a line of its own or among page furniture.
fn alone(doc: &Document, span: Span) -> bool {
    doc.sentences.iter().any(|s| {
        s.span.contains(span) && (s.kind == SentenceKind::Clutter || s.span.len() < span.len() + LINE)
    })
}

/// Whether the date stands in a dateline: "CITY, May 13 2024 –".
fn dateline(head: &str, span: Span) -> bool {
    let after = head[span.end()..].trim_start();
    let before = head[..span.start()].trim_end();
    (after.starts_with('–') || after.starts_with('-') || after.starts_with('—') || after.starts_with('.'))
        && before.len() < LONGEST_DATELINE
        && !before.contains('.')
}

const ANNIVERSARY: &str = "anniversary";
/// Where its one letter stands that few words have.
const RARE: usize = 4;

/// The tokens that are the word, whatever its case.
fn spoken_of(doc: &Document) -> impl Iterator<Item = usize> {
    let bytes = doc.article.text.as_bytes();
    memchr::memchr2_iter(b'v', b'V', bytes).filter_map(|at| {
        let from = at.checked_sub(RARE)?;
        let word = bytes.get(from..from + ANNIVERSARY.len())?;
        let said = word.eq_ignore_ascii_case(ANNIVERSARY.as_bytes());
        let token = || doc.tokens.binary_search_by_key(&from, |token| token.span.start()).ok();
        let token = said.then(token).flatten()?;
        (doc.tokens[token].span.len() == ANNIVERSARY.len()).then_some(token)
    })
}

/// "the upcoming 30th anniversary of Independence": before that day; "on the occasion of" is no bound.
fn bound_by_anniversaries(
    article: &Article,
    doc: &Document,
    values: &Values,
    (known, marks): (&[Anniversary], &mut Marks<'_>),
    dating: &mut Dating,
) {
    let text = &article.text;
    for token in spoken_of(doc) {
        let nearing = upcoming(doc, token);
        if !nearing && !to_be_marked(doc, token) {
            continue;
        }
        let Some(count) = ordinal_before(doc, token) else { continue };
        let sentence =
            doc.sentences.iter().find(|s| (s.first_token as usize..s.end_token as usize).contains(&token));
        let Some(sentence) = sentence else { continue };
        let own = told_origin(article, doc, values, (token, sentence.end_token as usize))
            .or_else(|| origin_before(article, doc, values, sentence));
        let listed = || {
            let found = which(doc, token, sentence.end_token as usize, known, marks)?;
            Some((found.day, found.day, format!("of {} ", found.event)))
        };
        let Some((first, last, event)) = own.or_else(listed) else { continue };
        let after = |day: Date| day.checked_add(count.years()).ok();
        let Some((day, end)) = after(first).zip(after(last)) else { continue };
        // A year alone is passed only when it is over.
        let day = if first == last { day } else { end.tomorrow().unwrap_or(end) };
        // Feasts are held in the months after the day, too.
        let day = if nearing { day } else { day.last_of_year().tomorrow().unwrap_or(day) };
        if dating.before.is_none_or(|b| day < b) {
            dating.before = Some(day);
            let start = doc.tokens[token.saturating_sub(4).max(sentence.first_token as usize)].span;
            let span = start.cover(doc.tokens[token].span);
            dating.evidence.push(DateEvidence {
                span: Some(span),
                quote: Some(span.of(text).to_owned()),
                why: format!(
                    "The text speaks of the {} anniversary {event}({day}) as still to come, so it was written before that day.",
                    ordinal(count)
                ),
            });
        }
    }
}

/// When that began whose anniversary it is, if the sentence says so behind it: "of diplomatic relations,
/// established on 20 March 1992". First and last day of what is written, and nothing to call it by.
fn told_origin(
    article: &Article,
    doc: &Document,
    values: &Values,
    (token, end): (usize, usize),
) -> Option<(Date, Date, String)> {
    const BEGUN: [&str; 5] = ["established", "signed", "founded", "concluded", "proclaimed"];
    let begun = (token + 1..end.min(token + 16)).find(|t| BEGUN.contains(&doc.token_text(*t)))?;
    if !matches!(doc.token_text(begun + 1), "on" | "in" | "back") {
        return None;
    }
    let rest = Span::new(doc.tokens[begun].span.end(), doc.tokens[(begun + 7).min(end - 1)].span.end());
    let period =
        values.find(rest.of(&article.text), None).into_iter().find_map(|mention| match mention.value {
            Value::Time { period: Some(period), relative: false, anchored: false, .. } => Some(period),
            _ => None,
        })?;
    Some((period.first(), period.last(), String::new()))
}

/// "A and B established diplomatic relations on 21 September 1956. The upcoming 50th anniversary": the day that the
/// sentence before gives.
fn origin_before(
    article: &Article,
    doc: &Document,
    values: &Values,
    sentence: &Sentence,
) -> Option<(Date, Date, String)> {
    let before = doc.sentences.iter().rfind(|s| s.end_token <= sentence.first_token)?;
    let (first, end) = (before.first_token as usize, before.end_token as usize);
    let relations = (first..end.saturating_sub(1))
        .any(|t| doc.token_text(t) == "diplomatic" && matches!(doc.token_text(t + 1), "relations" | "ties"));
    let established = |t: &usize| matches!(doc.token_text(*t), "established" | "opened" | "entered");
    let begun = (first..end).find(established).filter(|_| relations)?;
    let rest = Span::new(doc.tokens[begun].span.end(), before.span.end());
    let told = |mention: tandem_model::Mention| match mention.value {
        Value::Time { period: Some(period), relative: false, anchored: false, .. } => Some(period),
        _ => None,
    };
    let period = values.find(rest.of(&article.text), None).into_iter().find_map(told)?;
    Some((period.first(), period.last(), String::new()))
}

/// "The upcoming summit, which will be held on 15 September 2022": written by that day.
fn bound_by_events(article: &Article, doc: &Document, values: &Values, dating: &mut Dating) {
    let Some(stated) = dating.stated else { return };
    for sentence in doc.sentences.iter().filter(|sentence| sentence.kind != SentenceKind::Clutter) {
        let (first, end) = (sentence.first_token as usize, sentence.end_token as usize);
        // Asked of every token: most are told by their length and first letter.
        let bytes = article.text.as_bytes();
        let cues = doc.tokens_of(sentence).iter().zip(first..);
        let mut may_be = cues.filter(|(token, _)| may_be_cue(bytes, token));
        let Some((_, cue)) = may_be.find(|(_, token)| is_ahead(doc, *token, end)) else { continue };
        let from = doc.tokens[cue].span.start();
        let span = Span::new(from, sentence.span.end());
        if !span.of(&article.text).bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let days = values.find(span.of(&article.text), None).into_iter().filter_map(|mention| {
            let place = Span::new(from + mention.span.start(), from + mention.span.end());
            Some((explicit_days(&mention.value)?, place))
        });
        let Some((last, place)) = days.min() else { continue };
        let Ok(before) = last.tomorrow() else { continue };
        if stated < before || dating.before.is_some_and(|known| known <= before) {
            continue;
        }
        dating.before = Some(before);
        dating.evidence.push(DateEvidence {
            span: Some(place),
            quote: Some(place.of(&article.text).to_owned()),
            why: format!("The text speaks of {last} as still to come, so it was written by that day."),
        });
    }
}

/// "Work began on 12 May 2011", "the treaty was signed on 3 June 2019": written no earlier than that day.
fn bound_by_past(article: &Article, doc: &Document, values: &Values, dating: &mut Dating) {
    let Some(stated) = dating.stated else { return };
    let Ok(latest) = stated.tomorrow() else { return };
    for sentence in doc.sentences.iter().filter(|sentence| sentence.kind != SentenceKind::Clutter) {
        let (first, end) = (sentence.first_token as usize, sentence.end_token as usize);
        let bytes = article.text.as_bytes();
        let year = |token: &Token| later_year(bytes, token, stated.year());
        if !doc.tokens_of(sentence).iter().any(year) {
            continue;
        }
        let said = |t: &usize| matches!(doc.token_text(*t), "on" | "in") && is_past(doc, *t, first);
        for on in (first + 1..end).filter(said) {
            let from = doc.tokens[on].span.end();
            let span = Span::new(from, doc.tokens[(on + LONGEST_DAY).min(end - 1)].span.end());
            let days = values.find(span.of(&article.text), None).into_iter();
            let day = days
                .filter(|mention| mention.span.start() <= 1)
                .find_map(|mention| Some((first_day(&mention.value)?, mention.span)));
            let Some((day, place)) = day.filter(|(day, _)| *day > latest) else { continue };
            if dating.not_before.is_some_and(|known| known >= day) {
                continue;
            }
            let place = Span::new(from + place.start(), from + place.end());
            dating.not_before = Some(day);
            dating.evidence.push(DateEvidence {
                span: Some(place),
                quote: Some(place.of(&article.text).to_owned()),
                why: format!(
                    "The text tells of what happened on {day}, so it was not written before that day."
                ),
            });
        }
    }
}

/// Tokens of a date in words: "Tuesday, the 12th of May, 2011".
const LONGEST_DAY: usize = 9;

/// Whether a token is a year, of a date or a few years after it.
fn later_year(bytes: &[u8], token: &Token, stated: i16) -> bool {
    const YEARS: i16 = 20;
    let number = token.kind == TokenKind::Number && token.span.len() == 4;
    let digits = number.then(|| bytes.get(token.span.start()..token.span.end())).flatten();
    let year = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i16>().ok());
    year.is_some_and(|year| (stated..=stated + YEARS).contains(&year))
}

/// Whether something is told as done right before a token: "began", "was signed", "took place", not "will be opened".
fn is_past(doc: &Document, at: usize, first: usize) -> bool {
    const DONE: [&str; 22] = [
        "began",
        "started",
        "opened",
        "met",
        "signed",
        "launched",
        "inaugurated",
        "commissioned",
        "held",
        "completed",
        "ratified",
        "adopted",
        "arrived",
        "visited",
        "concluded",
        "established",
        "unveiled",
        "came",
        "place",
        "force",
        "handed",
        "fell",
    ];
    const PLANNED: [&str; 8] =
        ["scheduled", "planned", "expected", "slated", "projected", "supposed", "postponed", "envisaged"];
    const AHEAD: [&str; 14] = [
        "will", "would", "shall", "should", "may", "might", "could", "can", "if", "when", "due", "to", "be",
        "being",
    ];
    // "Was held in Bandar Seri Begawan on 3 February 2015": a place may stand between.
    let place = |t: usize| {
        let word = doc.token_text(t);
        matches!(word, "in" | "at" | "into" | "the" | "here" | "over") || word.starts_with(char::is_uppercase)
    };
    let verb = (at.saturating_sub(8).max(first)..at)
        .rfind(|t| DONE.contains(&doc.token_text(*t)))
        .filter(|verb| at - verb <= 3 || (verb + 1..at).all(place));
    let moved = || {
        // "was moved to a reserve in June 2016": what was done stands further off.
        let helper =
            (at.saturating_sub(8).max(first)..at).rfind(|t| matches!(doc.token_text(*t), "was" | "were"))?;
        let done =
            doc.token_text(helper + 1).ends_with("ed") && !PLANNED.contains(&doc.token_text(helper + 1));
        let whole = !(helper..at).any(|t| matches!(doc.token_text(t), "," | ";" | "and" | "that" | "for"));
        (done && whole).then_some(helper + 1)
    };
    verb.or_else(moved).is_some_and(|verb| {
        let before = verb.saturating_sub(6).max(first);
        let past = match doc.token_text(verb) {
            "place" => verb > first && doc.token_text(verb - 1) == "took",
            "force" => (before..verb).any(|t| matches!(doc.token_text(t), "entered" | "came")),
            _ => true,
        };
        past && !(before..verb).any(|t| AHEAD.contains(&doc.token_text(t)))
    })
}

/// The first day of a date or month that the text writes out with its year.
fn first_day(value: &Value) -> Option<Date> {
    match value {
        Value::Time { period: Some(period), .. } => explicit_days(value).map(|_| period.first()),
        _ => None,
    }
}

/// Whether a token is as long as one of the words that [`is_ahead`] looks for, and begins as it does.
fn may_be_cue(bytes: &[u8], token: &Token) -> bool {
    let first = bytes.get(token.span.start()).map_or(0, u8::to_ascii_lowercase);
    matches!((token.span.len(), first), (2, b't') | (4, b'w') | (8, b'u') | (9, b's') | (11, b'f'))
}

/// Whether something is said from here on to be still to come: "upcoming", "will be held", "is to take
/// place", "is scheduled for".
fn is_ahead(doc: &Document, token: usize, end: usize) -> bool {
    let word = |at: usize| if at < end { doc.token_text(at) } else { "" };
    let held = |at: usize| {
        matches!(word(at), "held" | "hosted" | "convened" | "scheduled") && word(at - 1) == "be"
            || (matches!(word(at), "place") && word(at - 1) == "take")
    };
    match doc.token_text(token) {
        "upcoming" | "forthcoming" | "Upcoming" | "Forthcoming" => true,
        "will" => {
            held(token + 2)
                || matches!(word(token + 1), "host" | "meet" | "visit" | "arrive" | "hold")
                // Of what merely begins only the next words give the day: "will begin on 14 November 2023".
                || matches!(word(token + 1), "begin" | "start" | "open" | "convene" | "gather" | "travel")
                    && matches!(word(token + 2), "on" | "in" | "from")
        }
        "to" => held(token + 2) && matches!(word(token.wrapping_sub(1)), "is" | "are" | "due" | "set"),
        "scheduled" => matches!(word(token + 1), "for" | "to"),
        _ => false,
    }
}

/// The last day of a date or month that the text writes out with its year.
fn explicit_days(value: &Value) -> Option<Date> {
    match value {
        Value::Time {
            period: Some(period),
            relative: false,
            anchored: false,
            deadline: false,
            open: false,
            ..
        } if period.months() <= 1 => Some(period.last()),
        _ => None,
    }
}

/// "On Thursday, 5 May" under a date line of a year in which 5 May was no Thursday: the text is of
/// another year. One weekday that does fit speaks for a misprint in the other.
fn doubt_by_weekdays(article: &Article, doc: &Document, dating: &mut Dating) {
    let Some(stated) = dating.stated.filter(|_| !dating.demoted) else { return };
    let named: Vec<weekdays::Named> =
        weekdays::named(doc).into_iter().filter(|named| named.year.is_none()).collect();
    // The year of the occurrence next to the stated date.
    let year = |named: &weekdays::Named| {
        let years = [stated.year() - 1, stated.year(), stated.year() + 1];
        let away = |year: &i16| {
            named.in_year(*year).and_then(|day| stated.until(day).ok()).map(|span| span.get_days().abs())
        };
        years.into_iter().filter_map(|year| Some((away(&year)?, year))).min().map(|(_, year)| year)
    };
    let fits = |named: &&weekdays::Named| year(named).is_none_or(|year| named.fits(year));
    let Some(off) = named.iter().find(|named| !fits(named)).filter(|_| !named.iter().any(|n| fits(&n)))
    else {
        return;
    };
    let other = (1..=6).map(|back| stated.year() - back).find(|year| off.fits(*year));
    let words = off.span.of(&article.text);
    let hint = other.map(|year| format!(" It was one in {year}.")).unwrap_or_default();
    dating.demoted = true;
    dating.evidence.push(DateEvidence {
        span: Some(off.span),
        quote: Some(words.to_owned()),
        why: format!(
            "The text says \"{words}\", but that day was no {} next to {stated}.{hint}",
            weekdays::name(off.weekday)
        ),
    });
}

/// The number of an "Nth anniversary".
fn ordinal_before(doc: &Document, token: usize) -> Option<i32> {
    (1..=3)
        .filter_map(|back| token.checked_sub(back))
        .find_map(|t| doc.token_text(t).parse::<i32>().ok())
        .filter(|n| (1..=1000).contains(n))
}

/// Whether "upcoming", "forthcoming", "approaching" or "on the eve of" stands before the anniversary.
fn upcoming(doc: &Document, token: usize) -> bool {
    let before = token.saturating_sub(8)..token;
    before.clone().any(|t| {
        ["upcoming", "forthcoming", "approaching", "coming", "eve", "ahead", "nearing"]
            .contains(&doc.token_text(t).to_ascii_lowercase().as_str())
    })
}

/// Whether somebody will mark the anniversary: "will celebrate the 25th anniversary", "are to mark".
fn to_be_marked(doc: &Document, token: usize) -> bool {
    const FEAST: [&str; 5] = ["mark", "celebrate", "commemorate", "observe", "honour"];
    let from = token.saturating_sub(6).max(1);
    (from..token).any(|t| {
        let ahead = |back: usize| t.checked_sub(back).map_or("", |at| doc.token_text(at));
        FEAST.contains(&doc.token_text(t))
            && (matches!(ahead(1), "will" | "shall" | "jointly")
                || ahead(1) == "to"
                    && matches!(ahead(2), "are" | "is" | "plan" | "plans" | "prepare" | "preparing"))
    })
}

/// The anniversary meant: the event's words after "of", and the country of the sentence or the text.
fn which<'k>(
    doc: &Document,
    token: usize,
    end: usize,
    known: &'k [Anniversary],
    marks: &mut Marks<'_>,
) -> Option<&'k Anniversary> {
    let words: Vec<String> =
        (token + 1..end.min(token + 10)).map(|t| doc.token_text(t).to_lowercase()).collect();
    let event = |a: &&Anniversary| a.words.iter().all(|w| words.contains(w));
    let fits: Vec<&Anniversary> = known.iter().filter(event).collect();
    if fits.is_empty() {
        return None;
    }
    let lexicon = marks.lexicon;
    let adjective = lexicon.class("COUNTRY_ADJ");
    let class = lexicon.class("COUNTRY").or(adjective)?;
    let adjective = adjective.unwrap_or(class);
    let first = doc.sentences.iter().map(|s| s.first_token as usize).rfind(|f| *f <= token).unwrap_or(0);
    // "Ghana … the anniversary of its independence": whose it is stands before.
    let owned = words.iter().any(|word| word == "its" || word == "his" || word == "her");
    let countries = marks.of(doc).iter().filter(|m| m.class == class || m.class == adjective);
    let near = countries.filter_map(|m| {
        let code = lexicon.entry(m.entry).get("code")?;
        let behind = owned && m.start as usize > token;
        let away = distance(m.start as usize, token, first..end) + if behind { 60 } else { 0 };
        fits.iter().find(|a| a.country == code).map(|a| (away, code, *a))
    });
    near.min_by_key(|(away, code, _)| (*away, *code)).map(|(_, _, known)| known)
}

/// How far a country stands from the anniversary: behind it is nearer than before it, and another
/// sentence is far.
fn distance(at: usize, token: usize, sentence: std::ops::Range<usize>) -> usize {
    let away = at.abs_diff(token);
    match (sentence.contains(&at), at > token) {
        (true, true) => away,
        (true, false) => away + 3,
        (false, _) => away + 30,
    }
}

fn ordinal(n: i32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}
