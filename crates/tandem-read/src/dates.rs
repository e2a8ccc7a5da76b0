//! Days as carriers write them: in mails, feeds, tables and pages.
//!
//! A carrier's date is the day at the place where it was written, so a time zone is left aside:
//! `Mon, 31 Mar 2025 23:30:00 +0500` is 31 March, whatever day that was in Greenwich.

use jiff::civil;
use tandem_model::Date;

use crate::months::month;

/// The day of a date in any of the forms that feeds and mails use: `2025-03-31T23:30:00+05:00`,
/// `20250331`, `Mon, 31 Mar 2025 23:30:00 +0500`, `March 31, 2025`, `31.03.2025`, `2025/03/31`.
///
/// ```
/// let day = |written| tandem_read::day(written).map(|day| day.to_string());
/// assert_eq!(day("Mon, 31 Mar 2025 23:30:00 +0500").as_deref(), Some("2025-03-31"));
/// assert_eq!(day("31.03.2025 г.").as_deref(), Some("2025-03-31"));
/// assert_eq!(day("03/04/2025"), None); // the third of April, or the fourth of March
/// ```
pub fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    let parts: Vec<Part<'_>> = parts(written);
    let day = iso(written, &parts).or_else(|| named(&parts)).or_else(|| numeric(&parts))?;
    day.to_string().parse().ok()
}

/// Digits or letters of a date, with the character before them.
struct Part<'a> {
    text: &'a str,
    before: Option<char>,
}

impl Part<'_> {
    fn number(&self) -> Option<i16> {
        (self.text.len() <= 4).then(|| self.text.parse().ok()).flatten()
    }

    fn month(&self) -> Option<i8> {
        month(self.text)
    }
}

/// The first runs of digits and of letters; a date has no more than a few.
fn parts(written: &str) -> Vec<Part<'_>> {
    const MOST: usize = 12;
    let mut parts = Vec::new();
    let mut start: Option<usize> = None;
    let mut before = None;
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { 2 * i32::from(c.is_alphabetic()) };
    let mut last = (0, None);
    for (at, c) in written.char_indices().chain([(written.len(), ' ')]) {
        let now = kind(c);
        if now != last.0 {
            if let Some(from) = start.take() {
                parts.push(Part { text: &written[from..at], before });
            }
            if now != 0 {
                (start, before) = (Some(at), last.1);
            }
        }
        if parts.len() == MOST {
            break;
        }
        last = (now, Some(c));
    }
    parts
}

/// `2025-03-31…`, `2025/3/31`, `2025.03.31`, `20250331…`.
fn iso(written: &str, parts: &[Part<'_>]) -> Option<civil::Date> {
    let first = parts.first()?;
    if first.text.len() >= 8
        && written.starts_with(first.text)
        && first.text.bytes().all(|b| b.is_ascii_digit())
    {
        let (year, month, day) = (&first.text[..4], &first.text[4..6], &first.text[6..8]);
        let plain = matches!(first.text.len(), 8 | 14) || first.text.len() == 12;
        return plain.then(|| date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)).flatten();
    }
    let [year, month, day] = parts.get(..3)? else { return None };
    let joined = matches!(month.before, Some('-' | '/' | '.')) && month.before == day.before;
    (year.text.len() == 4 && joined).then(|| date(year.number()?, month.number()?, day.number()?)).flatten()
}

/// A day and a year on either side of a month's name.
fn named(parts: &[Part<'_>]) -> Option<civil::Date> {
    let at = parts.iter().position(|part| part.number().is_none() && part.month().is_some())?;
    let month = parts[at].month()?;
    let number = |at: usize| parts.get(at).and_then(Part::number);
    let day_before = at.checked_sub(1).and_then(number).filter(|&day| (1..=31).contains(&day));
    if let Some(day) = day_before {
        return date(full_year(number(at + 1)?, parts[at + 1].text.len())?, i16::from(month), day);
    }
    let day = number(at + 1)?;
    // "Mar 31, 2025", and "Mon Mar 31 23:30:00 2025" with a time between.
    let year = parts[at + 2..].iter().find(|part| part.text.len() == 4 && part.number().is_some());
    date(year?.number()?, i16::from(month), day)
}

/// `31.03.2025`; with slashes only when the first number cannot be a month.
fn numeric(parts: &[Part<'_>]) -> Option<civil::Date> {
    let [day, month, year] = parts.get(..3)? else { return None };
    let (day_number, month_number) = (day.number()?, month.number()?);
    let clear = month.before == Some('.') || day_number > 12;
    (clear && month.before == year.before && year.text.len() == 4)
        .then(|| date(year.number()?, month_number, day_number))
        .flatten()
}

/// A year of two digits as mails write it: 49 and less is of this century.
fn full_year(year: i16, digits: usize) -> Option<i16> {
    match digits {
        4 => Some(year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<civil::Date> {
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(written: &str, expected: &str) {
        let day = super::day(written).map_or_else(|| "-".to_owned(), |day| day.to_string());
        assert_eq!(day, expected, "{written}");
    }

    #[test]
    fn days_are_read_in_all_forms() {
        check("2025-03-31", "2025-03-31");
        check("2025-03-31T23:30:00+05:00", "2025-03-31");
        check("2025-3-1 10:00", "2025-03-01");
        check("2025/03/31", "2025-03-31");
        check("20250331", "2025-03-31");
        check("20250331T1030Z", "2025-03-31");
        check("20250331103000", "2025-03-31");
        check("Mon, 31 Mar 2025 23:30:00 +0500", "2025-03-31");
        check("Mon, 31 Mar 25 23:30 GMT", "2025-03-31");
        check("31 March 2025", "2025-03-31");
        check("31-Mar-2025", "2025-03-31");
        check("March 31, 2025", "2025-03-31");
        check("Monday, March 31, 2025 at 10:00 AM", "2025-03-31");
        check("Mon Mar 31 23:30:00 2025", "2025-03-31");
        check("31.03.2025", "2025-03-31");
        check("31.03.2025, 10:00", "2025-03-31");
        check("31/03/2025", "2025-03-31");
        check("31 марта 2025 г.", "2025-03-31");
        check("5 мая 2025", "2025-05-05");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for written in
            ["", "03/04/2025", "soon", "2025", "2025-13-01", "31 Feb 2025", "12:30", "99999999999999999999"]
        {
            check(written, "-");
        }
    }
}
