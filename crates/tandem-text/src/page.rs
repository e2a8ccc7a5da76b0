//! A page's paragraphs, each with its kind, cut into sentences.
//!
//! Kinds are told by form and by the language's lists of furniture phrases: a heading is short and
//! has no stop, an item begins with the mark of a list, clutter is what a page adds to an article.
//! Clutter is kept, not dropped: offsets stay true, and a date line is evidence for the date.

use tandem_model::{Sentence, SentenceKind, Span, Token, TokenKind};

use crate::chars::{fold, folds_to, is_stop};
use crate::paragraph::{self, Run};
use crate::{Language, sentence};

/// Words of the longest heading.
const HEADING_WORDS: usize = 16;
/// Tokens of the longest paragraph that an opening phrase alone makes clutter.
const CLUTTER_TOKENS: usize = 40;
/// Words of the longest line of page furniture that is listed whole.
const LINE_WORDS: usize = 6;
/// Words of the longest menu or credit.
const MENU_WORDS: usize = 12;
/// Tokens of the names in the longest byline.
const BYLINE_TOKENS: usize = 8;

/// The sentences of a text; `wide_breaks` as [`crate::token::cut`] says.
pub(crate) fn sentences(
    text: &str,
    tokens: &[Token],
    wide_breaks: bool,
    language: &Language,
) -> Vec<Sentence> {
    // A sentence has some twenty tokens.
    let mut found = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut cut = Vec::new();
    let mut paragraph = 0;
    let date_end = date_line_end(text, tokens);
    if date_end > 0 {
        found.extend(sentence_of(tokens, Run { first: 0, end: date_end }, SentenceKind::Clutter, 0));
        paragraph = 1;
    }
    for run in paragraph::paragraphs(text, tokens, date_end, wide_breaks, language) {
        sentence::split(text, tokens, run, language, &mut cut);
        let kind = kind(text, run.of(tokens), cut.len(), language);
        let lead = dateline_sentences(text, tokens, &cut, language);
        found.extend(cut.iter().enumerate().filter_map(|(at, run)| {
            let kind = if at < lead { SentenceKind::Clutter } else { kind };
            sentence_of(tokens, *run, kind, paragraph)
        }));
        paragraph += 1;
    }
    found
}

/// A run as a sentence. Token numbers are 32 bits wide, so an article must hold fewer than 2³² tokens.
fn sentence_of(tokens: &[Token], run: Run, kind: SentenceKind, paragraph: u32) -> Option<Sentence> {
    let (first, last) = run.of(tokens).first().zip(run.of(tokens).last())?;
    Some(Sentence {
        span: Span::new(first.span.start(), last.span.end()),
        first_token: run.first as u32,
        end_token: run.end as u32,
        kind,
        paragraph,
    })
}

/// Number of tokens of a date line `date 2022-01-27` at the very start; 0 when there is none.
fn date_line_end(text: &str, tokens: &[Token]) -> usize {
    let Some(line) = tokens.get(..6) else { return 0 };
    let word = |at: usize| line[at].span.of(text);
    let digits = |at: usize, len: usize| word(at).len() == len && line[at].kind == TokenKind::Number;
    let date = folds_to(word(0), "date")
        && digits(1, 4)
        && word(2) == "-"
        && digits(3, 2)
        && word(4) == "-"
        && digits(5, 2);
    if date { 6 } else { 0 }
}

/// How many sentences at the head of a paragraph are but its dateline ("TBILISI, April 19. /TASS/.").
fn dateline_sentences(text: &str, tokens: &[Token], cut: &[Run], language: &Language) -> usize {
    let rest = cut.len().saturating_sub(1);
    cut.iter().take(rest.min(3)).take_while(|run| is_dateline(text, run.of(tokens), language)).count()
}

/// Capitals, dates, names of countries after a comma: what datelines are made of.
fn is_dateline(text: &str, tokens: &[Token], language: &Language) -> bool {
    let capitals = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let word = |at: usize| tokens[at].span.of(text);
    let first = tokens.iter().position(|token| token.kind == TokenKind::Word);
    let belongs = |at: usize| {
        tokens[at].kind != TokenKind::Word
            || capitals(word(at))
            || language.date_words.contains(&fold(word(at)))
            || (tokens[at].capital && at > 0 && word(at - 1) == ",")
    };
    tokens.len() <= 16 && first.is_some_and(|at| capitals(word(at))) && (0..tokens.len()).all(belongs)
}

fn kind(text: &str, tokens: &[Token], sentences: usize, language: &Language) -> SentenceKind {
    if is_clutter(text, tokens, language) {
        SentenceKind::Clutter
    } else if paragraph::is_item(text, tokens) && !is_dialogue(text, tokens, sentences) {
        SentenceKind::Item
    } else if sentences == 1 && is_heading(text, tokens) {
        SentenceKind::Heading
    } else {
        SentenceKind::Prose
    }
}

fn is_clutter(text: &str, tokens: &[Token], language: &Language) -> bool {
    if tokens.len() > CLUTTER_TOKENS {
        return false;
    }
    let words = || tokens.iter().filter(|t| t.kind != TokenKind::Punct).map(|t| t.span.of(text));
    let count = words().count();
    count == 0
        || opens_clutter(text, tokens, language)
        || (count <= LINE_WORDS && language.clutter_lines.contains(&words().map(fold).collect::<Vec<_>>()))
        || is_date_line(words, language)
        || (is_dateline(text, tokens, language) && words().any(|w| language.date_words.contains(&fold(w))))
        || is_menu(text, tokens, count)
        || is_byline(text, tokens, language)
}

/// Whether the paragraph begins with a phrase of page furniture.
fn opens_clutter(text: &str, tokens: &[Token], language: &Language) -> bool {
    let Some((first, rest)) = tokens.split_first() else { return false };
    let starts = |phrase: &Vec<String>| {
        rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(t, p)| folds_to(t.span.of(text), p))
    };
    language.clutter.get(&fold(first.span.of(text))).is_some_and(|phrases| phrases.iter().any(starts))
}

/// A long dash before several sentences opens speech, not an item of a list.
fn is_dialogue(text: &str, tokens: &[Token], sentences: usize) -> bool {
    sentences > 1 && tokens.first().is_some_and(|token| token.span.of(text) == "—")
}

/// Words parted by the marks of menus and credits ("Home > News", "Images | Akorda").
fn is_menu(text: &str, tokens: &[Token], words: usize) -> bool {
    words <= MENU_WORDS
        && tokens.iter().any(|token| matches!(token.span.of(text), "|" | ">" | "›" | "→" | "»»"))
}

/// "By Andrew Wasike": the word for authors and then names alone.
fn is_byline(text: &str, tokens: &[Token], language: &Language) -> bool {
    let Some((first, names)) = tokens.split_first() else { return false };
    language.bylines.contains(&fold(first.span.of(text)))
        && (1..=BYLINE_TOKENS).contains(&names.len())
        && names
            .iter()
            .all(|token| token.capital || matches!(token.span.of(text), "." | "," | "-" | "and" | "&"))
}

/// A line that holds a date and nothing else: a number, and words that dates are made of.
fn is_date_line<'a, I: Iterator<Item = &'a str>>(words: impl Fn() -> I, language: &Language) -> bool {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    words().all(|word| number(word) || language.date_words.contains(&fold(word)))
        && words().nth(1).is_some()
        && words().any(number)
}

/// Short, without a stop at its end, and starting like a title.
fn is_heading(text: &str, tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|token| token.kind != TokenKind::Punct).count();
    let Some(last) = tokens.last().and_then(|token| token.span.of(text).chars().next()) else { return false };
    let stopped = |c: char| is_stop(c) || matches!(c, ':' | ';' | ',');
    let quoted_stop = tokens.len() > 1
        && tokens[tokens.len() - 1].kind == TokenKind::Punct
        && tokens[tokens.len() - 2].span.of(text).starts_with(is_stop);
    let start = tokens.iter().find(|token| token.kind != TokenKind::Punct);
    // Nearly all running text ends in a stop.
    !stopped(last)
        && !quoted_stop
        && start.is_some_and(|token| token.capital || token.kind == TokenKind::Number)
        && words() <= HEADING_WORDS
}
