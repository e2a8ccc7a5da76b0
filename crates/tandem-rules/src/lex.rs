//! Cutting a rule's source into tokens. Never fails: what it cannot read becomes a fault and is left out.

use tandem_model::Span;

use crate::error::{Fault, Problem};

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A bare word: letters, digits, `_`, `-`, `/`, and points between digits.
    Word(String),
    /// A quoted string, without quotes and escapes.
    Quoted(String),
    /// `=>` with the rest of its line.
    Arrow(String),
    Pipe,
    Colon,
    Open,
    Close,
    Question,
    Tilde,
    Equals,
    Dots,
    /// End of a line, with the comment before it.
    Newline(Option<String>),
    /// End of the source; the last token.
    End,
}

/// A token and its bytes in the source.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

/// The tokens of a source, ending in a newline and the end, and what could not be read.
pub(crate) fn lex(source: &str) -> (Vec<Token>, Vec<Fault>) {
    let mut lexer = Lexer { source, at: 0, tokens: Vec::new(), faults: Vec::new() };
    while lexer.token() {}
    lexer.newline(None, source.len());
    lexer.push(Kind::End, source.len());
    (lexer.tokens, lexer.faults)
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
    tokens: Vec<Token>,
    faults: Vec<Fault>,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Makes a token of everything up to `end`.
    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(self.at, end) });
        self.at = end;
    }

    fn newline(&mut self, comment: Option<String>, end: usize) {
        self.push(Kind::Newline(comment), end);
    }

    /// Reads one token; false at the end of the source.
    fn token(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else { return false };
        let one = self.at + first.len_utf8();
        match first {
            '\n' => self.newline(None, one),
            '#' => self.comment(),
            '"' => self.quoted(),
            '=' if self.rest().starts_with("=>") => self.arrow(),
            '.' if self.rest().starts_with("..") => self.push(Kind::Dots, self.at + 2),
            _ if first.is_whitespace() => self.at = one,
            _ if is_word(first) => self.word(),
            _ => match punctuation(first) {
                Some(kind) => self.push(kind, one),
                None => {
                    let span = Span::new(self.at, one);
                    self.faults.push(Fault::new(span, Problem::UnexpectedCharacter(first)));
                    self.at = one;
                }
            },
        }
        true
    }

    /// The rest of the line after `#`, as part of the newline behind it.
    fn comment(&mut self) {
        let line = self.rest().find('\n').map_or(self.rest(), |end| &self.rest()[..end]);
        let text = line[1..].trim().to_owned();
        let end = (self.at + line.len() + 1).min(self.source.len());
        self.newline(Some(text), end);
    }

    fn word(&mut self) {
        let rest = self.rest();
        let mut end = 0;
        let mut characters = rest.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, c)) = characters.next() {
            let after = characters.peek().map_or(' ', |&(_, c)| c);
            let point = c == '.' && before.is_ascii_digit() && after.is_ascii_digit();
            if !(is_word(c) || point) {
                break;
            }
            before = c;
            end = at + c.len_utf8();
        }
        self.push(Kind::Word(rest[..end].to_owned()), self.at + end);
    }

    fn quoted(&mut self) {
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, c)) = characters.next() {
            match c {
                '"' => return self.push(Kind::Quoted(text), self.at + at + 1),
                '\n' => return self.unterminated(text, self.at + at),
                '\\' => match characters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((at, '\n')) => return self.unterminated(text, self.at + at),
                    Some((_, escaped)) => text.push(escaped),
                    None => break,
                },
                _ => text.push(c),
            }
        }
        self.unterminated(text, self.source.len());
    }

    /// A string that its line ends; taken as if it were closed there, so that it is one fault only.
    fn unterminated(&mut self, text: String, end: usize) {
        self.faults.push(Fault::new(Span::new(self.at, end), Problem::UnterminatedString));
        self.push(Kind::Quoted(text), end);
    }

    /// `=>` takes its whole line: statements are written in their own notation.
    fn arrow(&mut self) {
        let line = self.rest().find('\n').map_or(self.rest(), |end| &self.rest()[..end]);
        let end = without_comment(line);
        let text = line[2..end].trim().to_owned();
        self.push(Kind::Arrow(text), self.at + line[..end].trim_end().len().max(2));
    }
}

/// Length of a line up to a `#` that stands after white space and outside quotes.
fn without_comment(line: &str) -> usize {
    let mut quoted = false;
    let mut space = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if space && !quoted => return at,
            _ => {}
        }
        space = c.is_whitespace();
    }
    line.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/')
}

fn punctuation(c: char) -> Option<Kind> {
    Some(match c {
        '|' => Kind::Pipe,
        ':' => Kind::Colon,
        '(' => Kind::Open,
        ')' => Kind::Close,
        '?' => Kind::Question,
        '~' => Kind::Tilde,
        '=' => Kind::Equals,
        _ => return None,
    })
}

impl Kind {
    /// The token in words, for messages.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Quoted(_) => "a quoted string".to_owned(),
            Self::Arrow(_) => "`=>`".to_owned(),
            Self::Pipe => "`|`".to_owned(),
            Self::Colon => "`:`".to_owned(),
            Self::Open => "`(`".to_owned(),
            Self::Close => "`)`".to_owned(),
            Self::Question => "`?`".to_owned(),
            Self::Tilde => "`~`".to_owned(),
            Self::Equals => "`=`".to_owned(),
            Self::Dots => "`..`".to_owned(),
            Self::Newline(_) => "the end of the line".to_owned(),
            Self::End => "the end of the file".to_owned(),
        }
    }
}
