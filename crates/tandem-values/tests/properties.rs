//! Properties that hold for any text and any number.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tandem_model::{Date, MONTHS, Mention, Number, Value};
use tandem_values::{Values, timexes};

fn spans_are_exact(text: &str, mentions: &[Mention]) {
    let mut last = 0;
    for mention in mentions {
        let span = mention.span;
        assert!(last <= span.start() && span.start() < span.end(), "{text:?}: {mention:?}");
        assert!(text.get(span.start()..span.end()).is_some(), "{text:?}: {mention:?}");
        last = span.end();
        match &mention.value {
            Value::Amount { value, value_max, number, .. } => {
                assert!(span.contains(*number) && text.get(number.start()..number.end()).is_some());
                assert!(value_max.is_none_or(|max| *value <= max), "{text:?}: {mention:?}");
            }
            Value::Time { expression, .. } => assert!(span.contains(*expression)),
        }
    }
}

/// Whether a TIMEX3 value has one of the forms of ISO 8601 that TimeML allows.
fn valid(value: &str) -> bool {
    if value.ends_with("_REF") {
        return ["PRESENT_REF", "PAST_REF", "FUTURE_REF"].contains(&value);
    }
    match value.strip_prefix('P') {
        Some(length) => valid_length(length),
        None => valid_date(value),
    }
}

fn valid_length(length: &str) -> bool {
    const UNITS: [&str; 9] = ["DE", "CE", "WE", "Y", "Q", "M", "W", "D", "H"];
    let mut rest = length;
    while !rest.is_empty() {
        rest = rest.strip_prefix('T').unwrap_or(rest);
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == 'X');
        let after = UNITS.iter().chain(&["S"]).find_map(|u| unit.strip_prefix(u));
        let Some(after) = after.filter(|_| unit.len() < rest.len()) else { return false };
        rest = after;
    }
    !length.is_empty()
}

fn valid_date(value: &str) -> bool {
    const PARTS: [&str; 13] = ["SP", "SU", "FA", "WI", "WE", "Q1", "Q2", "Q3", "Q4", "QX", "H1", "H2", "HX"];
    let (date, clock) = value.split_once('T').unwrap_or((value, "00:00"));
    let clock_fits = ["MO", "AF", "EV", "NI", "DT"].contains(&clock)
        || clock.split(':').count() == 2 && clock.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    let fits = |part: &str| match part.len() {
        1 => digits(part),
        2 => digits(part) || PARTS.contains(&part),
        _ => part.len() == 3 && part.starts_with('W') && digits(&part[1..]),
    };
    let one = |date: &str| {
        let mut parts = date.split('-');
        parts.next().is_some_and(|year| digits(year) && year.len() <= 4) && parts.all(fits)
    };
    clock_fits && (date.is_empty() && value.starts_with('T') || date.split('/').all(one))
}

/// One amount and nothing else, of this value.
fn check_amount(text: &str, value: Decimal, unit: &str) {
    let found = values().find(text, None);
    spans_are_exact(text, &found);
    let [Mention { value: Value::Amount { value: read, unit: of, .. }, .. }] = found.as_slice() else {
        panic!("{text}: {found:?}");
    };
    assert_eq!((*read, of.as_str()), (Number(value), unit), "{text}");
}

fn grouped(digits: &str, mark: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

static VALUES: std::sync::LazyLock<Values> = std::sync::LazyLock::new(Values::english);

fn values() -> &'static Values {
    &VALUES
}

const ONES: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number below a thousand in words.
fn in_words(n: u64) -> String {
    let low = |n: u64| match n {
        0..=19 => ONES[n as usize].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        _ => format!("{}-{}", TENS[n as usize / 10], ONES[n as usize % 10]),
    };
    match (n / 100, n % 100) {
        (0, rest) => low(rest),
        (hundreds, 0) => format!("{} hundred", ONES[hundreds as usize]),
        (hundreds, rest) => format!("{} hundred and {}", ONES[hundreds as usize], low(rest)),
    }
}

/// The ending of an ordinal in digits.
fn suffix(day: i8) -> &'static str {
    match day {
        1 | 21 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

proptest! {
    #[test]
    fn no_text_does_harm(text in ".{0,200}") {
        spans_are_exact(&text, &values().find(&text, Date::new(2025, 7, 24).ok()));
    }

    #[test]
    fn no_mix_of_pieces_does_harm(pieces in prop::collection::vec(prop::sample::select(vec![
        "1", "2", "24", "2024", "1,234", "4.3", "May", "the", "of", "last", "next", "year", "years", "a", "half", "and", "to", "-",
        "–", "from", "between", "$", "€", "billion", "million", "bn", "%", "percent", "first", "quarter", "(", ")", ",", ".", "ago", "by", "end",
        "over", "about", "five", "hundred", "third", "Thursday", "m", "km", "in", "Q1", "FY", "'", "é", "\n", " ", " ", " ", " ", "same", "period", ":",
        "32", "99999999999999999999999", "0", "noon", "am", "season", "spring", "times", "twice", "week", "previous", "later", "/", "½", "no", "+",
        "before", "after", "today", "until", "yr", "days", "the 5th", "weeks", "several", "all", "every", "night", "summer", "on", "4/22",
        "twenty", "nineteen", "decade", "late", "this", "following", "starting", "for",
    ]), 0..24)) {
        let text = pieces.concat();
        let dated = values().find(&text, Date::new(2024, 2, 29).ok());
        spans_are_exact(&text, &dated);
        let undated = values().find(&text, None);
        let spans = |found: &[Mention]| found.iter().map(|m| m.span).collect::<Vec<_>>();
        // What is read must not hang on the day that it is counted from.
        assert_eq!(spans(&dated), spans(&undated), "{text:?}");
        for timex in timexes(&text, &dated, Date::new(2024, 2, 29).ok()) {
            assert!(valid(&timex.value), "{text:?}: {timex:?}");
        }
    }

    #[test]
    fn digits_read_back(n in 1u64..999_999_999_999, mark in prop::sample::select(vec![",", " ", "'", ""])) {
        check_amount(&format!("worth €{} in all", grouped(&n.to_string(), mark)), n.into(), "EUR");
    }

    #[test]
    fn points_group_from_a_million(n in 1_000_000u64..999_999_999_999) {
        check_amount(&format!("worth {} euros", grouped(&n.to_string(), ".")), n.into(), "EUR");
    }

    #[test]
    fn decimals_and_scales_read_back(
        whole in 0u32..999,
        cents in 0u32..100,
        comma in any::<bool>(),
        scale in prop::sample::select(vec![("thousand", 3u32), ("million", 6), ("mln", 6), ("bn", 9), ("billion", 9), ("trillion", 12), ("lakh", 5), ("crore", 7)]),
    ) {
        let value = Decimal::new(i64::from(whole) * 100 + i64::from(cents), 2) * Decimal::from(10u64.pow(scale.1));
        let mark = if comma { ',' } else { '.' };
        check_amount(&format!("It cost ${whole}{mark}{cents:02} {}.", scale.0), value, "USD");
    }

    #[test]
    fn words_read_back(thousands in 0u64..1000, rest in 0u64..1000) {
        prop_assume!(thousands * 1000 + rest > 1);
        let text = match (thousands, rest) {
            (0, rest) => in_words(rest),
            (thousands, 0) => format!("{} thousand", in_words(thousands)),
            (thousands, rest) => format!("{} thousand {}", in_words(thousands), in_words(rest)),
        };
        check_amount(&format!("worth {text} dollars"), (thousands * 1000 + rest).into(), "USD");
    }

    #[test]
    fn days_read_back(year in 1900i16..2100, month in 1i8..13, day in 1i8..29, form in 0usize..11) {
        let name = MONTHS[month as usize - 1];
        let text = match form {
            0 => format!("on {day} {name} {year}"),
            1 => format!("on {name} {day}, {year}"),
            2 => format!("on {year}-{month:02}-{day:02}"),
            3 => format!("on {day:02}.{month:02}.{year}"),
            4 => format!("on {month}/{day}/{year}"),
            5 => format!("on the {day}{} of {name} {year}", suffix(day)),
            6 => format!("on {name} {day}{}, {year}", suffix(day)),
            7 => format!("on {day}-{}-{year}", &name[..3]),
            8 => format!("on {day} {name}, {year}"),
            9 => format!("on {year}/{month:02}/{day:02}"),
            _ => format!("on {} {day}, {year}", &name[..3]),
        };
        let found = values().find(&text, None);
        let [Mention { value: Value::Time { period: Some(period), .. }, .. }] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(period.to_string(), format!("{year}-{month:02}-{day:02}"));
    }

    #[test]
    fn whatever_stands_around_a_number_it_reads_back(
        whole in 1u32..999,
        tenth in 1u32..10,
        negative in any::<bool>(),
        unit in prop::sample::select(vec![
            ("%", "%"), (" percent", "%"), (" km", "km"), (" MWh", "MWh"), ("°C", "°C"), (" tonnes", "t"), (" euros", "EUR"),
            (" percentage points", "pp"), (" times", "times"), (" EUR", "EUR"), (" kg", "kg"), (" barrels", "bbl"),
        ]),
    ) {
        let value = Decimal::new(i64::from(whole * 10 + tenth), 1);
        let sign = if negative { "minus " } else { "" };
        check_amount(&format!("It was {sign}{value}{}.", unit.0), if negative { -value } else { value }, unit.1);
    }

    #[test]
    fn a_value_lies_within_what_its_precision_allows(whole in 1u32..9999, places in 0u32..3, scale in prop::sample::select(vec!["", " million", " bn"])) {
        let text = format!("worth ${}{scale}", Decimal::new(i64::from(whole), places));
        let found = values().find(&text, None);
        let [Mention { value: Value::Amount { value, precision, .. }, .. }] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        prop_assert!(precision.0 > Decimal::ZERO && (value.0 / precision.0).is_integer(), "{}: {:?}", text, found);
    }

    #[test]
    fn parts_of_years_read_back(year in 1900i16..2100, month in 1i8..13, form in 0usize..9) {
        // "2000-02" and "2005-11" are read as the years between.
        prop_assume!(form != 3 || i16::from(month) <= year % 100);
        let name = MONTHS[month as usize - 1];
        let (quarter, half) = (month as usize % 4, month as usize % 2);
        let ranks = ["first", "second", "third", "fourth"];
        let (text, value) = match form {
            0 => (format!("in {name} {year}"), format!("{year}-{month:02}")),
            1 => (format!("in {name} of {year}"), format!("{year}-{month:02}")),
            2 => (format!("in {month:02}/{year}"), format!("{year}-{month:02}")),
            3 => (format!("in {year}-{month:02}"), format!("{year}-{month:02}")),
            4 => (format!("in Q{} {year}", quarter + 1), format!("{year}-Q{}", quarter + 1)),
            5 => (format!("in the {} quarter of {year}", ranks[quarter]), format!("{year}-Q{}", quarter + 1)),
            6 => (format!("in the {} half of {year}", ranks[half]), format!("{year}-H{}", half + 1)),
            7 => (format!("in H{} {year}", half + 1), format!("{year}-H{}", half + 1)),
            _ => (format!("in {year}"), year.to_string()),
        };
        let found = values().find(&text, None);
        let [Mention { value: Value::Time { period: Some(period), .. }, .. }] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(period.to_string(), value, "{text}");
    }

    #[test]
    fn a_range_holds_both_ends(low in 1u32..500, more in 1u32..400) {
        let high = low + more;
        for text in [format!("between {low} and {high} million tons"), format!("{low}–{high} million tons"), format!("{low} to {high} million tons")] {
            let found = values().find(&text, None);
            let [Mention { value: Value::Amount { value, value_max: Some(max), .. }, .. }] = found.as_slice() else {
                panic!("{text}: {found:?}");
            };
            assert_eq!((*value, *max), (Number::from(i64::from(low) * 1_000_000), Number::from(i64::from(high) * 1_000_000)), "{text}");
        }
    }
}

#[test]
fn one_long_line_takes_linear_time() {
    let values = values();
    for unit in [
        "7",
        "7 ",
        "1,000,",
        "5 to ",
        "$",
        "the last ",
        "May 5-",
        "five hundred and ",
        "12.",
        "(",
        "1 million and ",
        "Monday ",
        "mid-",
        "early ",
    ] {
        let text = unit.repeat(400_000 / unit.len());
        let start = std::time::Instant::now();
        spans_are_exact(&text, &values.find(&text, Date::new(2025, 1, 1).ok()));
        assert!(start.elapsed().as_secs() < 20, "{unit:?} took {:?}", start.elapsed());
    }
}
