//! Dates as pages write them.
//!
//! Machine forms (`2025-01-31T10:00:00Z`, RFC 2822) and those that readers see (`31 January 2025`,
//! `January 31, 2025`, `31 января 2025`, `2025 йил 31 январь`, `31.01.2025`). Only whole dates count: a page's date is a
//! day, and half of one is no evidence.

use tandem_model::Date;

use crate::months::month;

/// The first years and the last that a page on the web can be from.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2099;

/// A date in a machine's form: ISO 8601 in front, or RFC 2822, or what [`seen`] reads.
pub(super) fn machine(written: &str, american: bool) -> Option<Date> {
    let written = written.trim();
    let iso = written.get(..10).and_then(|day| day.replace('/', "-").parse::<Date>().ok());
    let packed = || {
        let digits = written.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        day(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
    };
    iso.filter(|date| YEARS.contains(&date.year())).or_else(packed).or_else(|| seen(written, american))
}

/// The first whole date in a short piece of text. `american` says how `01/02/2025` is meant.
pub(super) fn seen(text: &str, american: bool) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(60).collect();
    (0..words.len()).find_map(|at| {
        let word = |step: usize| words.get(at + step).copied().unwrap_or_default();
        named(word(0), word(1), word(2))
            .or_else(|| named(word(0), word(2), word(3)).filter(|_| is_filler(word(1))))
            .or_else(|| numeric(word(0), word(1), word(2), american))
    })
}

/// `of`, `йил`, `жылғы`: what stands between the numbers of a date in some languages.
fn is_filler(word: &str) -> bool {
    matches!(word, "of" | "yil" | "йил" | "жыл" | "жылғы" | "de")
}

/// Day, month and year with the month's name, in the orders d m y, m d y, y d m and y m d.
fn named(first: &str, second: &str, third: &str) -> Option<Date> {
    let orders =
        [(second, first, third), (first, second, third), (third, second, first), (second, third, first)];
    orders.into_iter().find_map(|(name, of_month, year)| {
        let of_month = of_month.trim_end_matches(|c: char| !c.is_ascii_digit());
        day(full_year(year)?, month(name)?, of_month.parse().ok()?)
    })
}

fn full_year(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok().filter(|_| digits.len() == 4)
}

fn numeric(first: &str, second: &str, third: &str, american: bool) -> Option<Date> {
    let number = |word: &str| word.parse::<i16>().ok().filter(|_| word.len() <= 2);
    if let (Some(year), Some(month), Some(of_month)) = (full_year(first), number(second), number(third)) {
        return day(year, month as i8, of_month as i8);
    }
    let (first, second, year) = (number(first)?, number(second)?, full_year(third)?);
    let (of_month, month) =
        if (american && first <= 12) || second > 12 { (second, first) } else { (first, second) };
    day(year, month as i8, of_month as i8)
}

fn day(year: i16, month: i8, of_month: i8) -> Option<Date> {
    Date::new(year, month, of_month).ok().filter(|_| YEARS.contains(&year))
}

/// The day that a URL's path holds: `/2025/01/31/`, `/2025-01-31-`, `/20250131/`.
pub(super) fn of_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?.split_once('/')?.1;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let two = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
    let apart = parts.windows(3).find_map(|three| {
        let year = three[0].parse::<i16>().ok().filter(|_| three[0].len() == 4)?;
        day(year, two(three[1])?, two(three[2])?)
    });
    let packed = |part: &&str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit());
    apart.or_else(|| parts.iter().copied().find(packed).and_then(|part| machine(part, false)))
}
