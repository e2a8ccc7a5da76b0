//! Noun and verb phrases that name things: who, which document, which body, which project, which act.
//!
//! A phrase grows outward from a head noun of the lexicon: leftward over modifiers, rightward over
//! "of / on / between …" complements. Refused alternative: a statistical chunker. The closed classes of
//! the language decide nearly all of it, the result can be explained, and it runs at the speed of a scan.

pub(crate) mod acts;
mod decided;
mod extent;
mod heads;
pub(crate) mod lists;
mod owed;
pub(crate) mod people;
pub(crate) mod things;
mod titles;

use tandem_model::{SentenceKind, TokenKind};

use crate::reading::Reading;

/// Finds all phrases of a document but persons, and marks them.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    things::mark(reading);
    lists::mark(reading);
    acts::mark(reading);
    decided::mark(reading);
    owed::mark(reading);
}

impl Reading<'_> {
    /// Whether the token is a word that starts with a capital.
    pub(crate) fn capital(&self, token: u32) -> bool {
        self.doc.tokens.get(token as usize).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
    }

    /// Whether the token is a word.
    pub(crate) fn is_word(&self, token: u32) -> bool {
        self.doc.tokens.get(token as usize).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether the token opens or closes a quotation.
    #[inline(always)]
    pub(crate) fn is_quote(&self, token: u32) -> bool {
        self.may_be_quote(token)
            && matches!(self.word(token), "\"" | "“" | "”" | "«" | "»" | "„" | "‘‘" | "’’")
    }

    /// Whether the token belongs to a closed class that no noun phrase holds before its head.
    pub(crate) fn closed(&self, token: u32) -> bool {
        self.starts_any(token, self.classes.masks.closed)
    }

    /// Whether a verb of any of the verb classes starts at the token.
    pub(crate) fn verbish(&self, token: u32) -> bool {
        self.starts_any(token, self.classes.masks.verbs)
    }

    /// Sentences worth reading, by number: everything but page furniture.
    pub(crate) fn readable(&self) -> impl Iterator<Item = usize> + use<'_> {
        let found = self.worth_reading.get_or_init(|| {
            let all = self.doc.sentences.len();
            let end = (0..all).find(|i| self.ends_page(*i)).unwrap_or(all);
            let prose = |i: &usize| self.doc.sentences[*i].kind != SentenceKind::Clutter;
            (0..end).filter(|i| prose(i) && !self.points_away(*i)).collect()
        });
        found.iter().copied()
    }

    /// "ALSO READ: …", "More from our coverage: …": the headline of another report.
    fn points_away(&self, index: usize) -> bool {
        const LEAD: u32 = 7;
        let first = self.doc.sentences[index].first_token;
        let Some(said) = self.starts(first, self.classes.page_end) else { return false };
        let colon = |t: u32| self.is(t, ":") || self.is(t, "|");
        (said.end..said.end + LEAD).take_while(|t| self.is_word(*t) || colon(*t)).any(colon)
    }

    /// A line that says only "Latest" or "Related news": what follows belongs to other reports.
    fn ends_page(&self, index: usize) -> bool {
        let sentence = &self.doc.sentences[index];
        let line = sentence.kind != SentenceKind::Prose || sentence.end_token - sentence.first_token <= 4;
        let said = self.starts(sentence.first_token, self.classes.page_end);
        index > 2 && line && said.is_some_and(|m| m.end + 1 >= sentence.end_token)
    }
}
