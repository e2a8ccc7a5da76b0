//! The view that all readers share: tokens of one piece of text, with the lexicon at hand.

use tandem_model::{Date, Span};

use crate::lexicon::Lexicon;
use crate::numbers::Memo;
use crate::role::{Role, Word};
use crate::scan::{Kind, Token};

/// Tokens of a piece and what is needed to read them. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
    pub(crate) lexicon: &'t Lexicon,
    pub(crate) reference: Option<Date>,
    /// Numbers read before in this piece.
    pub(crate) memo: &'t Memo,
}

impl<'t> Cursor<'t> {
    pub(crate) fn get(&self, i: usize) -> Option<&'t Token> {
        self.tokens.get(i)
    }

    /// The token before `i`, unless a line ends between them.
    pub(crate) fn before(&self, i: usize) -> Option<&'t Token> {
        self.get(i.checked_sub(1)?).filter(|t| t.kind != Kind::Break)
    }

    pub(crate) fn kind(&self, i: usize) -> Kind {
        self.get(i).map_or(Kind::Break, |t| t.kind)
    }

    pub(crate) fn digits(&self, i: usize) -> Option<&'t str> {
        self.get(i).filter(|t| t.kind == Kind::Digits).map(|t| &self.text[t.start..t.end])
    }

    pub(crate) fn str(&self, i: usize) -> &'t str {
        self.get(i).map_or("", |t| &self.text[t.start..t.end])
    }

    /// Whether token `i` is the sign that begins with, or is stood for by, this byte.
    pub(crate) fn is(&self, i: usize, byte: u8) -> bool {
        self.get(i).is_some_and(|t| t.kind == Kind::Sign && t.byte == byte)
    }

    /// Whether token `i` stands against the one before it.
    pub(crate) fn tight(&self, i: usize) -> bool {
        self.get(i).is_some_and(|t| !t.gap && t.kind != Kind::Break)
    }

    /// The sign `byte` at `i`, with no space on either side.
    pub(crate) fn joined(&self, i: usize, byte: u8) -> bool {
        self.is(i, byte) && self.tight(i) && self.tight(i + 1)
    }

    /// Bytes from the first token of a range to the end of the last; the range is not empty.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.tokens[from].start;
        Span::new(start, self.tokens[to - 1].end.max(start))
    }

    /// The longest wording at `i` of a value that `want` accepts, with what it made of the role and
    /// the token after the wording. Roles of grammar are asked for by [`Cursor::word`].
    pub(crate) fn role<T>(&self, i: usize, want: impl Fn(Role) -> Option<T>) -> Option<(T, usize)> {
        let first = self.get(i).filter(|t| t.word != 0 && self.lexicon.has_values(t.word))?;
        for phrase in self.lexicon.values(first.word, self.next_word(i)) {
            let Some(made) = want(phrase.role) else { continue };
            if let Some(end) = self.rest(i, &phrase.rest, phrase.exact.as_deref()) {
                return Some((made, end));
            }
        }
        None
    }

    /// Whether a value of one of these sorts may begin at `i`; no is certain. See [`Role::sort`].
    #[inline]
    pub(crate) fn may_be(&self, i: usize, sorts: u8) -> bool {
        self.get(i).is_some_and(|t| self.lexicon.sorted(t.word, sorts))
    }

    /// The word after token `i`, over a hyphen.
    pub(crate) fn next_word(&self, i: usize) -> u16 {
        self.get(i + 1 + usize::from(self.is(i + 1, b'-'))).map_or(0, |t| t.word)
    }

    fn rest(&self, i: usize, rest: &[u16], exact: Option<&str>) -> Option<usize> {
        let mut j = i + 1;
        for &word in rest {
            if self.is(j, b'-') {
                j += 1;
            }
            let token = self.get(j)?;
            // "m2" is not "12 m 2".
            if token.word != word || token.kind == Kind::Digits && token.gap && exact.is_none() {
                return None;
            }
            j += 1;
        }
        match exact {
            Some(exact) if self.text[self.tokens[i].start..self.tokens[j - 1].end] != *exact => None,
            _ => Some(j),
        }
    }

    /// The end of the longest wording at `i` with this role of grammar.
    #[inline]
    pub(crate) fn word(&self, i: usize, word: Word) -> Option<usize> {
        let first = self.get(i)?.word;
        // Most questions end here.
        if first == 0 || !self.lexicon.may(first, word) { None } else { self.wording(i, first, word) }
    }

    #[inline(never)]
    fn wording(&self, i: usize, first: u16, word: Word) -> Option<usize> {
        let alone = || self.lexicon.alone(first, word).then_some(i + 1);
        if !self.lexicon.more(first, word) {
            return alone();
        }
        let mut longer =
            self.lexicon.grammar(first, self.next_word(i)).filter(|p| p.role == Role::Word(word));
        longer.find_map(|p| self.rest(i, &p.rest, p.exact.as_deref())).or_else(alone)
    }

    /// The token after an article at `i`, or `i` itself.
    pub(crate) fn skip(&self, i: usize, word: Word) -> usize {
        self.word(i, word).unwrap_or(i)
    }

    /// The token after a hyphen without spaces at `i`, or `i` itself.
    pub(crate) fn skip_hyphen(&self, i: usize) -> usize {
        if self.joined(i, b'-') { i + 1 } else { i }
    }

    /// Whether the single word at `i` has this role of grammar.
    pub(crate) fn is_word(&self, i: usize, word: Word) -> bool {
        self.word(i, word) == Some(i + 1)
    }
}
