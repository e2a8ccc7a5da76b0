//! Paragraphs to sentences.
//!
//! A sentence ends at a stop, the closing marks after it included, when what follows can open a
//! sentence and what precedes is not an abbreviation. Decisions look at a few tokens on either side,
//! never back to the start, so a paragraph of any length costs linear time; a sentence is cut by
//! force after [`LONGEST`] tokens, because those who read it may be less patient.

use tandem_model::{Token, TokenKind};

use crate::Language;
use crate::chars::{fold, is_closer, is_opener, is_stop};
use crate::paragraph::Run;

/// Tokens after which a sentence is cut by force.
const LONGEST: usize = 1000;

/// Ends of web addresses that may be written with a capital (`Gazeta.Uz`).
const DOMAINS: [&str; 12] = ["com", "org", "net", "info", "gov", "edu", "uz", "kz", "ru", "kg", "tj", "tv"];

/// Cuts a paragraph into sentences, in order, in place of what `found` held; together they hold all its tokens.
pub(crate) fn split(text: &str, tokens: &[Token], run: Run, language: &Language, found: &mut Vec<Run>) {
    found.clear();
    let view = View { text, tokens: run.of(tokens), language };
    let (mut start, mut at) = (0, 0);
    let mut quote_open = false;
    while at < view.tokens.len() {
        // Only marks can quote or stop; words, which are most tokens, need no look at the text.
        let limit = view.tokens.len().min(start + LONGEST);
        at += view.tokens[at..limit].iter().take_while(|token| token.kind != TokenKind::Punct).count();
        let end = if at >= limit {
            Err(at)
        } else {
            match view.byte(at) {
                b',' => Err(at + 1),
                b'"' => {
                    quote_open = !quote_open;
                    Err(at + 1)
                }
                _ if view.is_stop(at) => view.stop_end(start, at, &mut quote_open),
                _ => Err(at + 1),
            }
        };
        at = end.unwrap_or_else(|next| next);
        if end.is_ok() || at - start >= LONGEST {
            found.push(Run { first: run.first + start, end: run.first + at });
            start = at;
            quote_open = false;
        }
    }
    if start < view.tokens.len() {
        found.push(Run { first: run.first + start, end: run.end });
    }
}

/// Whether a token can number an item: up to two digits, one letter, a small roman number.
pub(crate) fn is_list_marker(text: &str, token: &Token) -> bool {
    let word = token.span.of(text);
    match token.kind {
        TokenKind::Number => word.len() <= 2,
        TokenKind::Word => {
            word.chars().count() == 1
                || (word.len() <= 5 && word.bytes().all(|b| matches!(b | 0x20, b'i' | b'v' | b'x')))
        }
        TokenKind::Punct => false,
    }
}

/// A paragraph's tokens, by number from 0; asking beyond its ends is no error.
struct View<'a> {
    text: &'a str,
    tokens: &'a [Token],
    language: &'a Language,
}

impl<'a> View<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    fn is(&self, at: usize, mark: u8) -> bool {
        self.byte(at) == mark && self.tokens.get(at).is_some_and(|token| token.span.len() == 1)
    }

    /// The first byte of a token; a blank beyond the ends.
    fn byte(&self, at: usize) -> u8 {
        self.tokens
            .get(at)
            .and_then(|token| self.text.as_bytes().get(token.span.start()))
            .copied()
            .unwrap_or(b' ')
    }

    fn first_char(&self, at: usize) -> char {
        match self.byte(at) {
            byte @ 0..0x80 => char::from(byte),
            _ => self.word(at).chars().next().unwrap_or(' '),
        }
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn is_stop(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Punct)
            && match self.byte(at) {
                byte @ 0..0x80 => matches!(byte, b'.' | b'!' | b'?'),
                _ => is_stop(self.first_char(at)),
            }
    }

    /// Whether token `at` touches the one before it.
    fn joined(&self, at: usize) -> bool {
        at > 0
            && self.tokens.get(at).is_some_and(|token| token.span.start() == self.tokens[at - 1].span.end())
    }

    /// For a stop at `at` in the sentence from `start`: `Ok(end)` if the sentence ends before token
    /// `end`, else `Err(next)` with the token to go on from.
    fn stop_end(&self, start: usize, at: usize, quote_open: &mut bool) -> Result<usize, usize> {
        let mut stops_end = at + 1;
        while self.is_stop(stops_end) && self.joined(stops_end) {
            stops_end += 1;
        }
        let mut end = stops_end;
        while self.closes(end, *quote_open) {
            *quote_open ^= self.is(end, b'"');
            end += 1;
        }
        let single = stops_end == at + 1 && self.is(at, b'.');
        let ends = end >= self.tokens.len()
            || (self.can_open(end, end > stops_end)
                && !self.only_a_marker(start, at)
                && !(single && end == stops_end && self.abbreviates(at, end)));
        if ends { Ok(end) } else { Err(end) }
    }

    /// Whether the token closes what the stop before it ended.
    fn closes(&self, at: usize, quote_open: bool) -> bool {
        let mark = self.first_char(at);
        let apart = at + 1 >= self.tokens.len() || !self.joined(at + 1);
        match mark {
            '"' => quote_open || (self.joined(at) && apart),
            '\'' | '’' | '“' => self.joined(at) && apart,
            '(' => false,
            _ => self.joined(at) && self.kind(at) == Some(TokenKind::Punct) && is_closer(mark),
        }
    }

    /// Whether the tokens from `at` on can open a sentence after a stop (and closing marks).
    fn can_open(&self, at: usize, closed: bool) -> bool {
        let mut opener = at;
        while opener < at + 4 && self.kind(opener) == Some(TokenKind::Punct) && self.opens(opener) {
            opener += 1;
        }
        let spaced = !self.joined(at);
        match self.kind(opener) {
            Some(TokenKind::Word) if spaced || opener > at => !self.first_char(opener).is_lowercase(),
            Some(TokenKind::Word) => self.opens_without_space(opener, closed),
            Some(TokenKind::Number) => spaced && !self.torn(opener),
            Some(TokenKind::Punct) => {
                spaced && matches!(self.first_char(opener), '$' | '€' | '£' | '#' | '@')
            }
            None => false,
        }
    }

    /// "By 18. 1 percent": the decimals of a number that typesetting tore.
    fn torn(&self, decimals: usize) -> bool {
        let short = |at: usize, most: usize| {
            self.kind(at) == Some(TokenKind::Number) && (1..=most).contains(&self.word(at).len())
        };
        decimals > 2
            && self.is(decimals - 1, b'.')
            && self.joined(decimals - 1)
            && short(decimals, 2)
            && short(decimals - 2, 3)
            && (self.is(decimals + 1, b'%') || self.language.measures.contains(self.word(decimals + 1)))
    }

    fn opens(&self, at: usize) -> bool {
        let mark = self.first_char(at);
        // A slash or dash that touches the stop goes on ("U.S.-Kazakhstan").
        is_opener(mark) && !(self.joined(at) && matches!(mark, '/' | '-' | '–' | '—'))
    }

    /// "2026.He said": a capitalised word of letters that is no part of an address or of initials.
    fn opens_without_space(&self, at: usize, closed: bool) -> bool {
        let word = self.word(at);
        let capital = self.first_char(at).is_uppercase();
        let before = self.word(at.saturating_sub(2)).chars().count();
        let article = matches!(word, "A" | "I") && !self.joined(at + 1);
        let domain = DOMAINS.contains(&word.to_ascii_lowercase().as_str());
        capital && !domain && (closed || before > 1) && (article || word.chars().nth(1).is_some())
    }

    /// Whether the sentence so far is but the number of an item ("1.", "a.").
    fn only_a_marker(&self, start: usize, stop: usize) -> bool {
        let before = stop.saturating_sub(1);
        let alone = stop == start + 1 || (stop > start + 1 && matches!(self.word(stop - 2), ":" | ";"));
        alone && self.tokens.get(before).is_some_and(|token| is_list_marker(self.text, token))
    }

    /// Whether the full stop at `stop` belongs to an abbreviation, so that `next` goes on.
    fn abbreviates(&self, stop: usize, next: usize) -> bool {
        if stop == 0 || !self.joined(stop) || self.kind(stop - 1) != Some(TokenKind::Word) {
            return false;
        }
        let word = self.word(stop - 1);
        let single = word.chars().nth(1).is_none();
        if !single && !self.language.may_be_short_form(word) {
            return false;
        }
        let number = self.kind(next) == Some(TokenKind::Number);
        let starter = || self.language.starters.contains(self.word(next));
        let listed = self.language.abbreviations.contains(word)
            || (self.tokens[stop - 1].capital && self.language.abbreviations.contains(&fold(word)));
        if self.language.titles.contains(word) {
            return !starter();
        }
        if self.language.counters.contains(word) && number {
            return true;
        }
        let acronym = single && stop >= 3 && self.is(stop - 2, b'.') && self.joined(stop - 1);
        if acronym || listed {
            return number || !starter();
        }
        single && self.first_char(stop - 1).is_uppercase() && !starter()
    }
}
