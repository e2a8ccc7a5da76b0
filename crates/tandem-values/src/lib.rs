//! Numbers, money, quantities, percentages, dates and periods in text.
//!
//! One pass over the text numbers its words by the language's tables ([`Values::english`]); wherever a
//! value can begin, the readers of times and of amounts try their grammar there, and the scan goes on
//! behind what they read. Meaning comes from Rust, wording from the tables in
//! `languages/<code>/lexicon/values`. Refused alternative: regular expressions, which would have to
//! spell every order of qualifier, currency, number, scale and unit, and still could not do arithmetic.
//!
//! ```
//! use tandem_values::Values;
//! let values = Values::english();
//! let found = values.find("Trade reached almost $1.4 billion in 2024.", None);
//! assert_eq!(found.len(), 2);
//! ```

mod amount;
mod calendar;
mod clock;
mod cursor;
mod joined;
mod length;
mod lexicon;
mod loose;
mod nouns;
mod numbers;
mod parts;
mod ranges;
mod rates;
mod relative;
mod render;
mod resolve;
mod role;
mod scan;
mod spoken;
mod time;
mod timeml;
mod traps;
mod weeks;

use tandem_model::{Date, Mention, TimexKind, Value};

use crate::cursor::Cursor;
use crate::lexicon::Lexicon;
use crate::numbers::Memo;
use crate::role::{Opening, Role, Seed};
use crate::scan::{Kind, Token};

pub use lexicon::TableError;
pub use render::ValueLine;
pub use timeml::{Timex, timex3, timexes};

/// The compiled tables of one language.
#[derive(Debug)]
pub struct Values {
    lexicon: Lexicon,
}

macro_rules! table {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../languages/en/lexicon/values/", $name)))
    };
}

const ENGLISH: [(&str, &str); 9] = [
    table!("numbers.tsv"),
    table!("scales.tsv"),
    table!("ratios.tsv"),
    table!("currencies.tsv"),
    table!("units.tsv"),
    table!("bounds.tsv"),
    table!("calendar.tsv"),
    table!("periods.tsv"),
    table!("words.tsv"),
];

impl Values {
    /// The English tables that the program carries.
    pub fn english() -> Self {
        // The tables are compiled in and a test reads them, so that a bad row cannot reach a user.
        Self::from_tables(&ENGLISH).unwrap_or_else(|error| panic!("the English tables: {error}"))
    }

    /// Tables given as (name, text); see `languages/en/lexicon/values` for their form.
    ///
    /// # Errors
    /// When a row has not three cells or names a role or value that there is not.
    pub fn from_tables(tables: &[(&str, &str)]) -> Result<Self, TableError> {
        Lexicon::compile(tables).map(|lexicon| Self { lexicon })
    }

    /// All values in `text`, sorted by where they begin and disjoint.
    ///
    /// `reference` is the day that "today" and "last year" are counted from; without it such
    /// expressions are found but have no period.
    pub fn find(&self, text: &str, reference: Option<Date>) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut tokens: Vec<Token> = Vec::new();
        for (start, end) in scan::pieces(text) {
            // A word and the gap behind it take some five bytes; growing in the middle costs more than the slack.
            tokens.reserve((end - start) / 4);
            scan::tokenise(text, start, end, &self.lexicon, &mut tokens);
            let memo = Memo::default();
            let cx = Cursor { text, tokens: &tokens, lexicon: &self.lexicon, reference, memo: &memo };
            read(&cx, &mut mentions);
        }
        mentions
    }
}

/// Gives a time of day the date that stands right before it ("28 March 2020, 13:16").
fn on_that_day(before: Option<&Mention>, mention: &mut Mention) {
    let Some(Mention { span, value: Value::Time { kind: TimexKind::Date, period: Some(day), .. } }) = before
    else {
        return;
    };
    let near = mention.span.start() - span.end() <= 5 && day.first() == day.last();
    if let Value::Time { kind: TimexKind::Time, period: None, timex: Some(timex), .. } = &mut mention.value
        && near
        && let Some((_, clock)) = timex.split_once('T')
    {
        *timex = format!("{day}T{clock}");
    }
}

/// How far ahead a seed makes a leading word worth reading.
const REACH: usize = 9;

/// Reads the tokens of one piece from the left; whatever is read is not looked at again.
#[inline(never)]
fn read(cx: &Cursor<'_>, mentions: &mut Vec<Mention>) {
    let mut i = 0;
    let (mut numbers, mut times) = (Ahead::new(Seed::NUMBER), Ahead::new(Seed::TIME));
    let mut run = Run { end: 0 };
    while i < cx.tokens.len() {
        let part = cx.tokens[i].part;
        let opens = part.opens != Opening::No;
        let near = if opens {
            let end = run.end(cx, i);
            Near { number: numbers.near(cx, i, end), time: times.near(cx, i, end) }
        } else {
            Near::default()
        };
        let seeded = part.opens == Opening::Always || (near.number || near.time) && goes_on(cx, i);
        i = if opens && seeded { value(cx, i, near, mentions) } else { i + 1 };
    }
}

/// Whether the token after a leading word lets a value begin with that word: values are unbroken runs
/// of words that the tables know.
fn goes_on(cx: &Cursor<'_>, i: usize) -> bool {
    let next = i + 1 + usize::from(cx.is(i + 1, b'-') || cx.is(i + 1, b'\''));
    cx.get(next).is_some_and(|t| cx.lexicon.goes_on(cx.tokens[i].word, cx.next_word(i), t.part))
}

/// Where the next seed of a kind stands; only ever moves on, so that looking ahead is linear.
struct Ahead {
    seed: Seed,
    at: usize,
}

impl Ahead {
    fn new(seed: Seed) -> Self {
        Self { seed, at: 0 }
    }

    /// Whether token `i` or one shortly after it, before token `end`, is such a seed; a leading word is
    /// none itself.
    fn near(&mut self, cx: &Cursor<'_>, i: usize, end: usize) -> bool {
        let tokens = cx.tokens;
        // A unit of time may have its number behind it ("week 31").
        let numbered = || tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Digits);
        if tokens[i].part.seed.meets(self.seed) && (tokens[i].part.opens == Opening::Always || numbered()) {
            return true;
        }
        self.at = self.at.max(i + 1);
        while self.at < tokens.len() && !tokens[self.at].part.seed.meets(self.seed) {
            self.at += 1;
        }
        self.at < end.min(i + REACH)
    }
}

/// Where the unbroken run of tokens ends that may stand together in a value; only ever moves on.
struct Run {
    end: usize,
}

impl Run {
    /// The token that ends the run behind token `i`.
    fn end(&mut self, cx: &Cursor<'_>, i: usize) -> usize {
        self.end = self.end.max(i + 1);
        while cx.tokens.get(self.end).is_some_and(goes_inside) {
            self.end += 1;
        }
        self.end
    }
}

/// Whether a token can stand inside a value: digits, words that the tables know as such, and all signs
/// but those that close a clause.
fn goes_inside(token: &Token) -> bool {
    match token.kind {
        Kind::Digits => true,
        Kind::Word => token.part.seed != Seed::NONE || token.part.opens != Opening::No,
        Kind::Sign => !matches!(token.byte, b';' | b':' | b'!' | b'?' | b')' | b'"'),
        Kind::Break | Kind::Opaque => false,
    }
}

/// What kinds of seed stand near a token.
#[derive(Clone, Copy, Default)]
struct Near {
    number: bool,
    time: bool,
}

/// Reads the value at token `i`, if there is one, and returns the token to go on from.
fn value(cx: &Cursor<'_>, i: usize, near: Near, mentions: &mut Vec<Mention>) -> usize {
    if let Some((_, end)) = cx.role(i, |r| (r == Role::Block).then_some(())) {
        return end;
    }
    if let Some((mut mention, end)) = near.time.then(|| time::at(cx, i)).flatten() {
        on_that_day(mentions.last(), &mut mention);
        mentions.push(mention);
        return end.max(i + 1);
    }
    if let Some(end) = traps::chain(cx, i) {
        return end.max(i + 1);
    }
    if let Some(found) = near.number.then(|| amount::at(cx, i)).flatten() {
        mentions.extend(found.mentions);
        return found.end.max(i + 1);
    }
    i + 1
}
