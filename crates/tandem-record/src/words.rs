//! How findings put amounts, periods and indicators into words.

use rust_decimal::Decimal;
use tandem_model::{Bound, MONTHS, Period, PeriodForm};

use crate::names;

const SCALES: [(i64, &str); 4] =
    [(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1, "")];

/// The scale that the largest of some values is read in: its size and its word.
pub(crate) fn scale(values: &[Decimal]) -> (Decimal, &'static str) {
    let largest = values.iter().map(|v| v.abs()).max().unwrap_or_default();
    SCALES
        .iter()
        .map(|(size, word)| (Decimal::from(*size), *word))
        .find(|(size, _)| largest >= *size)
        .unwrap_or((Decimal::ONE, ""))
}

/// A number in a scale, with at least one decimal when the scale has a word ("4.0").
pub(crate) fn scaled(value: Decimal, size: Decimal) -> String {
    let shown = value.checked_div(size).unwrap_or(value).round_dp(4).normalize();
    if size > Decimal::ONE && shown.scale() == 0 { format!("{shown}.0") } else { shown.to_string() }
}

/// "4.3 billion USD", "60", "11 %".
pub(crate) fn amount(value: Decimal, unit: &str) -> String {
    let (size, word) = scale(&[value]);
    // In a scale word four places; of plain large numbers none.
    let places = if size == Decimal::ONE && value.abs() >= Decimal::ONE_THOUSAND { 0 } else { 4 };
    let number = value.checked_div(size).unwrap_or(value).round_dp(places).normalize().to_string();
    let number = if size == Decimal::ONE { grouped(&number) } else { number };
    [number.as_str(), word, if unit == "count" { "" } else { unit }]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

/// "116,000": the digits of a plain number in groups of three, from ten thousand on.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let digits = whole.trim_start_matches('-');
    if digits.len() < 5 {
        return number.to_owned();
    }
    let sign = &whole[..whole.len() - digits.len()];
    let first = (digits.len() - 1) % 3 + 1;
    let groups = digits.as_bytes()[first..].chunks(3).map(|group| String::from_utf8_lossy(group));
    let groups: String = groups.map(|group| format!(",{group}")).collect();
    format!("{sign}{}{groups}{rest}", &digits[..first])
}

/// "is", or "are" behind a subject that is a plural: "Exports from …".
pub(crate) fn is_or_are(subject: &str) -> &'static str {
    let first = subject.split([' ', ',']).next().unwrap_or_default().to_lowercase();
    if ["exports", "imports", "flights", "services"].contains(&first.as_str()) { "are" } else { "is" }
}

/// An amount with its qualifier: "almost 1.4 billion USD".
pub(crate) fn qualified(value: Decimal, max: Option<Decimal>, bound: Bound, unit: &str) -> String {
    match (bound, max) {
        (Bound::Exact, _) => amount(value, unit),
        (Bound::About, _) => format!("about {}", amount(value, unit)),
        (Bound::Under, _) => format!("almost {}", amount(value, unit)),
        (Bound::Over, _) => format!("over {}", amount(value, unit)),
        (Bound::Range, Some(max)) => format!("{} to {}", amount(value, ""), amount(max, unit)),
        (Bound::Range, None) => amount(value, unit),
    }
}

fn month(number: i8) -> &'static str {
    MONTHS[(number.clamp(1, 12) - 1) as usize]
}

/// "January–April 2025", "the first half of 2025", "2024".
pub(crate) fn period(period: Period) -> String {
    let (first, last) = (period.first(), period.last());
    match period.form() {
        PeriodForm::Half => {
            format!("the {} half of {}", if first.month() == 1 { "first" } else { "second" }, first.year())
        }
        PeriodForm::Quarter => {
            let ordinals = ["first", "second", "third", "fourth"];
            format!("the {} quarter of {}", ordinals[((first.month() - 1) / 3) as usize], first.year())
        }
        PeriodForm::Months if period.months() == 1 => format!("{} {}", month(first.month()), first.year()),
        PeriodForm::Months if first.year() == last.year() => {
            format!("{}–{} {}", month(first.month()), month(last.month()), last.year())
        }
        PeriodForm::Months => {
            format!("{} {}–{} {}", month(first.month()), first.year(), month(last.month()), last.year())
        }
        PeriodForm::Years | PeriodForm::Days => period.to_string().replace('/', " to "),
    }
}

/// Whether the words of a period name a financial year, which has twelve months whatever two years it bears: they say
/// so, or cut the second year short, as nobody does with a range ("2023-24", "2023/24").
pub(crate) fn is_financial_year(words: &str) -> bool {
    const SAID: [&str; 5] = ["fiscal", "financial", "budget", "marketing", "academic"];
    let lower = words.to_lowercase();
    let short = |pair: &str| {
        let mut years = pair.split(['-', '–', '/']);
        let (first, second) = (years.next().unwrap_or(""), years.next().unwrap_or(""));
        let digits = |text: &str, most: usize| text.len() == most && text.bytes().all(|b| b.is_ascii_digit());
        digits(first, 4) && digits(second, 2) && years.next().is_none()
    };
    SAID.iter().any(|word| lower.contains(word))
        || lower.split_whitespace().any(|word| word.starts_with("fy") || short(word))
}

/// "trade" for `trade_turnover`, the words themselves for others.
pub(crate) fn indicator(indicator: &str, scope: Option<&str>) -> String {
    let words = match indicator {
        "trade_turnover" => "trade".to_owned(),
        "companies" | "jobs" | "projects" | "flights" | "passengers" | "tourists" => {
            format!("the number of {indicator}")
        }
        other => other.strip_prefix("other:").unwrap_or(other).replace('_', " "),
    };
    match scope {
        Some(scope) => format!("{words} ({scope})"),
        None => words,
    }
}

/// "Kazakhstan and Uzbekistan".
pub(crate) fn parties(codes: &[String]) -> String {
    list(&codes.iter().map(|code| names::of(code)).collect::<Vec<_>>())
}

/// "between Kazakhstan and Uzbekistan", "of Paraguay", or nothing.
pub(crate) fn among(codes: &[String]) -> String {
    match codes {
        [] => String::new(),
        [one] => format!(" of {}", names::of(one)),
        [_, _] => format!(" between {}", parties(codes)),
        _ => format!(" among {}", parties(codes)),
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// "once", "2 times" … as in "2 documents": a count with its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn financial_years_are_told_from_ranges() {
        let check = |words: &str, expected: bool| assert_eq!(is_financial_year(words), expected, "{words}");
        for words in ["the financial year 2023-24", "2022-23", "FY2020/21", "fiscal 2019/2020", "2023–24"] {
            check(words, true);
        }
        for words in ["2017 - 2022", "2017-2022", "2023 to 2024", "between 2015 and 2016", "2024-05", ""] {
            check(words, words == "2024-05");
        }
    }

    #[test]
    fn amounts_and_periods_read_well() {
        assert_eq!(amount(Decimal::from(4_300_000_000i64), "USD"), "4.3 billion USD");
        assert_eq!(amount(Decimal::from(60), "count"), "60");
        assert_eq!(amount(Decimal::from(1940), "count"), "1940");
        assert_eq!(amount(Decimal::from(-116_000), "count"), "-116,000");
        assert_eq!((is_or_are("Exports from Fiji"), is_or_are("Trade between")), ("are", "is"));
        let check = |text: &str, words: &str| assert_eq!(period(text.parse().unwrap()), words);
        check("2025-01/2025-04", "January–April 2025");
        check("2025-H1", "the first half of 2025");
        check("2025-Q3", "the third quarter of 2025");
        check("2024", "2024");
        check("2024-05", "May 2024");
        check("2023-11/2024-02", "November 2023–February 2024");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
