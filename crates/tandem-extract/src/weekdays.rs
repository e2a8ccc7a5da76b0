//! Days named by weekday and date together ("on Thursday, 5 May"): each checks the other.
//!
//! With its year such a day fits its weekday or one of the two is misprinted. Without a year it says in
//! which years the text can have been written: 5 May was a Thursday in 2022 and not in 2023.

use jiff::civil::Weekday;
use tandem_model::{Date, Document, MONTHS, Span, Token};

/// A weekday with its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub weekday: Weekday,
    pub month: i8,
    pub day: i8,
    pub year: Option<i16>,
    /// Where it stands.
    pub span: Span,
}

impl Named {
    /// The date in a year; none on 29 February of most.
    pub(crate) fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// Whether the date falls on the weekday in a year.
    pub(crate) fn fits(&self, year: i16) -> bool {
        self.in_year(year).is_some_and(|date| date.weekday() == self.weekday)
    }
}

/// All days of a document that are named so, in order.
pub(crate) fn named(doc: &Document) -> Vec<Named> {
    // Asked of every token: the weekdays are capitalised, and of six to nine letters.
    let may_be = |token: &Token| token.capital && (6..=9).contains(&token.span.len());
    let candidates = doc.tokens.iter().enumerate().filter(|(_, token)| may_be(token));
    candidates.filter_map(|(at, _)| named_at(doc, at)).collect()
}

fn named_at(doc: &Document, at: usize) -> Option<Named> {
    let word = |token: usize| if token < doc.tokens.len() { doc.token_text(token) } else { "" };
    let weekday = weekday(word(at))?;
    let mut next = at + 1;
    while matches!(word(next), "," | "(" | "the" | "on") {
        next += 1;
    }
    // "5 May", "5th of May", "May 5".
    let (month, day, mut end) = match (number(word(next)), month(word(next))) {
        (Some(day), _) => {
            let mut then = next + 1;
            while matches!(word(then), "of" | "th" | "st" | "nd" | "rd") {
                then += 1;
            }
            (month(word(then))?, day, then + 1)
        }
        (_, Some(month)) => (month, number(word(next + 1))?, next + 2),
        _ => return None,
    };
    // "5-6 May" names two days, and the weekday may be either's.
    if matches!(word(next + 1), "-" | "–" | "—" | "and" | "to")
        || matches!(word(end), "-" | "–" | "—" | "and")
    {
        return None;
    }
    let after = if word(end) == "," { end + 1 } else { end };
    let year = word(after).parse::<i16>().ok().filter(|year| (1900..2200).contains(year));
    if year.is_some() {
        end = after + 1;
    }
    let span = doc.tokens[at].span.cover(doc.tokens[end - 1].span);
    Date::new(2024, month, day).ok()?;
    Some(Named { weekday, month, day, year, span })
}

fn number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &word[digits.len()..];
    let ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|day| ordinal && (1..=31).contains(day))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        "Sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    let short = word.trim_end_matches('.');
    let whole = |month: &str| short.len() >= 3 && short.is_ascii() && month.starts_with(short);
    MONTHS.iter().position(|name| whole(name)).map(|place| place as i8 + 1)
}

/// The name of a weekday.
pub(crate) fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
