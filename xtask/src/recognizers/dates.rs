//! Which public cases of dates, periods, durations and sets ask for what our values say, and where we
//! read otherwise on purpose.
//!
//! Every reason is a kind of expression, told by the type that the cases give a result or by its form,
//! never by the words of one case. What is out of scope is not judged. What [`differs`] is judged and
//! fails; the report counts it by kind, so that a difference is seen to be meant and a fault to be one.

use serde_json::Value as Json;

const TIMES_OF_DAY: &str = "times of day";
const HOLIDAYS: &str = "holidays";
const SETTINGS: &str = "the same recogniser under other settings (calendar, tasks, extended types)";

/// Names of holidays, which we do not read.
const NAMES: &str = "easter|christmas|xmas|thanksgiving|halloween|new year|labor day|labour day|workers' day|eid |ramadan|juneteenth|\
saint |st. |martin luther|mlk|cinco|black friday|cyber monday|valentine|mother's|father's|earth day|veterans|columbus|memorial|\
independence|freedom day|jubilee|hanukkah|kwanzaa|hallows|equinox";

/// What people type to an assistant and nobody prints.
const SHORTHAND: [&str; 13] =
    ["my", "tmrw", "tmr", "otd", "eod", "eom", "eoy", "mtd", "w/c", "cy18", "ys", "2ys", "everyday"];

const UNITS: [&str; 9] = ["second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade"];
const WEEKDAYS: [&str; 10] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "mon", "tue", "tues"];

/// Why a case is none of ours.
pub(super) fn outside(stem: &str, case: &Json) -> Option<&'static str> {
    let results = case["Results"].as_array()?;
    if let Some(why) = file(stem) {
        return Some(why);
    }
    let whole = stem.contains("Model") || stem.starts_with("Merged");
    if results.is_empty() && !whole {
        return Some("nothing expected of a part of the recogniser, whatever the other parts read");
    }
    results.iter().find_map(of_result)
}

fn file(stem: &str) -> Option<&'static str> {
    const OTHER: [&str; 7] =
        ["CalendarMode", "Complex", "Experimental", "ExtendedTypes", "SplitDate", "TasksMode", "SkipFromTo"];
    if stem.starts_with("TimeZone") {
        return Some("time zones");
    }
    if OTHER.iter().any(|setting| stem.contains(setting)) {
        return Some(SETTINGS);
    }
    if stem.starts_with("Time") || stem.starts_with("DateTime") && !stem.starts_with("DateTimeModel") {
        return Some(TIMES_OF_DAY);
    }
    stem.starts_with("Holiday").then_some(HOLIDAYS)
}

fn of_result(result: &Json) -> Option<&'static str> {
    let timex = super::timexes(result).join(" ");
    let text = words_of(result);
    let words: Vec<&str> = text.split([' ', '-']).collect();
    match kind_of(result) {
        "time" | "datetime" | "timerange" | "datetimerange" | "datetimealt" => return Some(TIMES_OF_DAY),
        "timezone" => return Some("time zones"),
        "set" if timex.contains('T') || clock(&text) => return Some("sets of times of day"),
        _ => {}
    }
    let whole = result.to_string();
    if whole.contains("not resolved") || whole.contains("0001-01-01") {
        return Some("results that the cases leave unresolved");
    }
    if has(&text, NAMES) {
        return Some(HOLIDAYS);
    }
    if has(&text, "business day|workweek|working week") {
        return Some("working days and weeks");
    }
    let letters = words.iter().any(|w| {
        w.len() < 4
            && w.ends_with(['d', 'y', 'w'])
            && w.starts_with(|c: char| c.is_ascii_digit())
            && !w.ends_with("nd")
            && !w.ends_with("rd")
    });
    (letters || words.iter().any(|w| SHORTHAND.contains(w)))
        .then_some("shorthand of chats (\"my week\", \"tmrw\", \"EOY\", \"3Y\")")
}

/// The kind of difference that a failed case shows, when it is one that we mean.
pub(super) fn differs(case: &Json) -> Option<&'static str> {
    let input = case["Input"].as_str().unwrap_or("").to_lowercase();
    let results = case["Results"].as_array()?;
    results.iter().find_map(|r| of_form(&words_of(r), &input)).or_else(|| none_wanted(&input, results))
}

fn none_wanted(input: &str, results: &[Json]) -> Option<&'static str> {
    let ordinal = input.split([' ', '.']).any(|w| day_number(w) == Some(true));
    (results.is_empty() && (ordinal || has(input, "0|1|2|3")))
        .then_some("days and years that we tell and the cases hold for no dates")
}

fn of_form(text: &str, input: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let first = words.first().copied().unwrap_or("");
    let weekday = words.iter().any(|w| is_one(w, &WEEKDAYS));
    let unit = words.iter().any(|w| is_one(w, &UNITS));
    let numeric = text.bytes().all(|b| b.is_ascii_digit() || b" -/.,".contains(&b));
    if has(input, "www.|report-|-20") || numeric && text.len() > 7 && !text.contains(['-', '/', '.']) {
        return Some("dates within addresses, names of files and runs of digits");
    }
    if numeric && text.contains(' ') {
        return Some("a month and its year by numbers about a spaced sign, which also read as a range");
    }
    if words.iter().any(|w| joined_numbers(w, &['-', '.'])) {
        return Some("months and days joined by hyphens or points, which are ranges, scores and decimals");
    }
    if words.iter().any(|w| joined_numbers(w, &['/'])) {
        return Some("a month and a day by numbers with nothing beside them that says date");
    }
    if has(text, "few |several |some ") {
        return Some("few, several and some are a number left open, not three");
    }
    if weekday && is_one(first, &["next", "last", "previous", "following", "past", "from"]) {
        return Some("next and last weekdays count from the day, not from the week");
    }
    if has(text, ">|<|greater|less than|or after|or before") {
        return Some("bounds in the words of formulas");
    }
    if has(text, "end of|middle of|late |early |mid ") {
        return Some("early, middle and late parts are the whole, qualified");
    }
    if has(text, "decade|quarter|weeks of") && has(text, "next|past|last|following|first") {
        return Some("weeks, quarters and decades to come count from the day, not from the calendar");
    }
    if unit && has(text, "in |hence|future|within|before|after|from| on ") {
        return Some("a length of time and the day that it counts from, said apart");
    }
    if words.iter().any(|w| day_number(w).is_some()) && !unit {
        return Some("days by a bare number, and years by two digits");
    }
    if first == "the" && has(text, "second|third|thirty|twenty") || has(text, "year ") || has(text, "to the")
    {
        return Some("days by a spelled number alone, and years before 1000");
    }
    weekday.then_some("weekdays with a spelled or bare number, or cut short in small letters")
}

fn clock(text: &str) -> bool {
    has(text, "am|pm|morning|afternoon|night| at ")
}

fn words_of(result: &Json) -> String {
    result["Text"].as_str().unwrap_or("").to_lowercase()
}

fn has(text: &str, words: &str) -> bool {
    words.split('|').any(|word| text.contains(word))
}

fn is_one(word: &str, words: &[&str]) -> bool {
    words.contains(&word) || words.contains(&word.trim_end_matches(['s', '.', ',']))
}

/// Whether a word is a number of one or two digits: true with the ending of an ordinal.
fn day_number(word: &str) -> Option<bool> {
    let word = word.trim_end_matches(['.', '!', ',', '?']);
    let small = |n: &str| n.len() <= 2 && n.parse::<u8>().is_ok();
    if small(word) {
        return Some(false);
    }
    ["st", "nd", "rd", "th"].iter().any(|end| word.strip_suffix(end).is_some_and(small)).then_some(true)
}

/// "4/22", "7-6", "9-18-15", "2015.3": numbers with one of the signs between them.
fn joined_numbers(word: &str, signs: &[char]) -> bool {
    let groups: Vec<&str> = word.trim_matches(['(', ')', ',']).split(signs).collect();
    groups.len() >= 2
        && groups.iter().all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit() || b == b','))
}

fn kind_of(result: &Json) -> &str {
    let kind = result["TypeName"].as_str().or(result["Type"].as_str()).unwrap_or("");
    kind.rsplit('.').next().unwrap_or("")
}
