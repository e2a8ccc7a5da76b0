//! Runs the public cases of Recognizers-Text against our values.
//!
//! A case counts when it asks for something that our values are meant to say; the others are listed
//! with the reason. A case passes when every expected result is met by a value at its place with its
//! meaning, and nothing else of that kind is found. What a date without a year means is left open by
//! the cases (a past and a future reading); either passes.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value as Json;
use tandem_model::{Bound, Date, Mention, TimexKind, Value};
use tandem_values::Values;

/// The outcome for one file of cases.
#[derive(Debug, Default)]
pub struct Score {
    /// Path below the folder given.
    pub file: String,
    /// Cases in the file.
    pub cases: usize,
    /// Cases that ask for what our values say.
    pub in_scope: usize,
    /// Of these, those that pass.
    pub passed: usize,
    /// Why the others are out of scope, with how many.
    pub reasons: BTreeMap<&'static str, usize>,
    /// Cases that fail: text, expected, found.
    pub failures: Vec<String>,
}

/// The outcome for a folder.
#[derive(Debug, Default)]
pub struct Report {
    /// One score a file, in order of path.
    pub scores: Vec<Score>,
}

impl Report {
    /// Share of in-scope cases that pass, in percent.
    pub fn rate(&self) -> f64 {
        let sum = |f: fn(&Score) -> usize| self.scores.iter().map(f).sum::<usize>() as f64;
        100.0 * sum(|s| s.passed) / sum(|s| s.in_scope).max(1.0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<58} {:>5} {:>8} {:>6} {:>7}  out of scope",
            "file", "cases", "in scope", "pass", "rate"
        )?;
        for score in &self.scores {
            let rate = 100.0 * score.passed as f64 / (score.in_scope as f64).max(1.0);
            let reasons: Vec<String> = score.reasons.iter().map(|(why, n)| format!("{n} {why}")).collect();
            let Score { file, cases, in_scope, passed, .. } = score;
            writeln!(
                f,
                "{file:<58} {cases:>5} {in_scope:>8} {passed:>6} {rate:>6.1}%  {}",
                reasons.join("; ")
            )?;
        }
        write!(f, "{:.1} % of the cases in scope pass", self.rate())
    }
}

/// Runs all English cases below `folder`.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn run(folder: &Path) -> Result<Report> {
    let values = Values::english();
    let mut files = Vec::new();
    for kind in ["Number", "NumberWithUnit", "DateTime"] {
        let folder = folder.join(kind).join("English");
        let listing = folder.read_dir().with_context(|| format!("{} cannot be listed", folder.display()))?;
        for entry in listing {
            files.push(entry?.path());
        }
    }
    files.sort();
    let scores = files.iter().map(|file| score(&values, folder, file)).collect::<Result<_>>()?;
    Ok(Report { scores })
}

fn score(values: &Values, folder: &Path, file: &PathBuf) -> Result<Score> {
    let name = file.strip_prefix(folder).unwrap_or(file).display().to_string().replace("English/", "");
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    let cases: Vec<Json> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .with_context(|| format!("{name} is no list of cases"))?;
    let mut score = Score { file: name.clone(), cases: cases.len(), ..Score::default() };
    let stem = file.file_stem().and_then(|s| s.to_str()).unwrap_or("");
    for case in &cases {
        match outside(stem, case) {
            Some(why) => *score.reasons.entry(why).or_default() += 1,
            None => judge(values, stem, case, &mut score),
        }
    }
    Ok(score)
}

fn judge(values: &Values, stem: &str, case: &Json, score: &mut Score) {
    let text = case["Input"].as_str().unwrap_or("");
    let reference: Option<Date> =
        case["Context"]["ReferenceDateTime"].as_str().and_then(|d| d.get(..10)?.parse().ok());
    let found = values.find(text, reference);
    let results = case["Results"].as_array().map_or(&[][..], Vec::as_slice);
    score.in_scope += 1;
    let met =
        results.iter().all(|r| found.iter().any(|m| overlaps(text, r, m) && meets(values, stem, text, r, m)));
    let extra =
        found.iter().filter(|m| of_kind(stem, m)).any(|m| !results.iter().any(|r| overlaps(text, r, m)));
    if met && !extra {
        score.passed += 1;
    } else {
        let expected: Vec<String> = results.iter().map(expected).collect();
        let ours: Vec<String> = found.iter().map(|m| ours(text, m)).collect();
        score.failures.push(format!(
            "{text}\n    expected {}\n    found    {}",
            expected.join(" | "),
            ours.join(" | ")
        ));
    }
}

fn expected(result: &Json) -> String {
    let meaning = if result["Resolution"].is_null() { &result["Value"] } else { &result["Resolution"] };
    format!("{} {meaning}", result["Text"])
}

fn ours(text: &str, mention: &Mention) -> String {
    let span = mention.span.of(text);
    match &mention.value {
        Value::Amount { value, value_max, unit, bound, .. } => {
            format!("[{span}] {value} {value_max:?} {unit} {bound:?}")
        }
        Value::Time { period, timex, .. } => format!(
            "[{span}] {} {}",
            period.map(|p| p.to_string()).unwrap_or_default(),
            timex.as_deref().unwrap_or("")
        ),
    }
}

/// Why a case is none of ours.
fn outside(stem: &str, case: &Json) -> Option<&'static str> {
    let whole = match stem {
        s if s.starts_with("TimeZone") => Some("time zones"),
        s if s.starts_with("Time") => Some("times of day"),
        s if s.starts_with("DateTimeExtractor")
            || s.starts_with("DateTimeParser")
            || s.starts_with("DateTimePeriod") =>
        {
            Some("times of day")
        }
        s if s.starts_with("Holiday") => Some("holidays"),
        s if s.starts_with("Ordinal") => Some("ranks, which are no quantities"),
        s if s.ends_with("Mode")
            || s.ends_with("ComplexCalendar")
            || s.ends_with("SkipFromTo")
            || s.ends_with("ExtendedTypes")
            || s.ends_with("SplitDateAndTime") =>
        {
            Some("variants for chat bots of the cases in the main files")
        }
        _ => None,
    };
    let results = case["Results"].as_array()?;
    let text = case["Input"].as_str().unwrap_or("").to_lowercase();
    whole
        .or_else(|| results.iter().find_map(|r| clock(kind_of(r), r)))
        .or_else(|| {
            results.iter().find_map(|r| {
                if stem.starts_with("Date")
                    || stem.starts_with("Merged")
                    || stem.starts_with("Set")
                    || stem.starts_with("Duration")
                {
                    spoken(r)
                } else {
                    arithmetic(r)
                }
            })
        })
        .or_else(|| {
            (stem == "NumberModel" && in_address(&text))
                .then_some("numbers inside telephone numbers, addresses and dates")
        })
}

/// Text and meaning that only speech to a program has, or that is told otherwise on purpose.
fn spoken(result: &Json) -> Option<&'static str> {
    const HOLIDAYS: [&str; 34] = [
        "easter",
        "christmas",
        "xmas",
        "thanksgiving",
        "halloween",
        "new year",
        "labor day",
        "labour day",
        "eid",
        "ramadan",
        "juneteenth",
        "saint",
        "st.",
        "patrick",
        "martin luther",
        "mlk",
        "cinco",
        "black friday",
        "cyber monday",
        "valentine",
        "mother",
        "father",
        "earth day",
        "veterans",
        "columbus",
        "memorial",
        "independence",
        "freedom day",
        "jubilee",
        "hanukkah",
        "kwanzaa",
        "good friday",
        "hallows",
        "equinox",
    ];
    const SHORTHAND: [&str; 22] = [
        "my ",
        "tmrw",
        "tmr",
        "otd",
        "eod",
        "eom",
        "eoy",
        "w/c",
        "business day",
        "few",
        "several",
        "couple",
        "another",
        "all ",
        "all-",
        "full",
        "whole",
        "working week",
        "workweek",
        "mtd",
        "ytd",
        "this day",
    ];
    let text = result["Text"].as_str().unwrap_or("").to_lowercase();
    let words: Vec<&str> = text.split([' ', '\'']).filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| list.iter().any(|w| text.contains(w));
    let only = |list: &[&str]| !words.is_empty() && words.iter().all(|w| list.contains(w));
    let unresolved = result.to_string().contains("not resolved") || result.to_string().contains("0001-01-01");
    let numeric = words.iter().any(|w| shortened(w));
    if has(&HOLIDAYS) {
        return Some("holidays");
    }
    if has(&SHORTHAND)
        || only(&[
            "the", "of", "rest", "day", "week", "weekend", "weekends", "month", "year", "decade", "next",
            "last", "past", "earlier", "later", "in", "before", "same", "that",
        ]) && words.len() < 4
            && !only(&["next", "last", "past", "year", "month", "week"])
    {
        return Some("shorthand of speech to a program (\"the week\", \"few hours\", \"all day\")");
    }
    if unresolved {
        return Some("results that the cases leave unresolved");
    }
    if numeric {
        return Some("numeric dates without a year, or with two digits of it");
    }
    if words.iter().filter(|w| !["on", "the", "for", "in", "of", "and"].contains(w)).all(|w| {
        w.trim_end_matches(['.', '!'])
            .trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th")
            .parse::<u8>()
            .is_ok()
    }) {
        return Some("a day of the month by its number alone");
    }
    if text.starts_with("week ") && words.get(1).is_some_and(|w| w.parse::<u8>().is_ok())
        || text.contains("week 3")
    {
        return Some("weeks by their number");
    }
    None
}

/// "4/22", "7-6", "9-18-15", "3.15": digits in groups of one or two.
fn shortened(word: &str) -> bool {
    let groups: Vec<&str> = word.trim_matches(['(', ')', ',', '.']).split(['/', '-', '.', ',']).collect();
    groups.len() >= 2
        && groups.iter().all(|g| !g.is_empty() && g.len() <= 2 && g.bytes().all(|b| b.is_ascii_digit()))
}

fn arithmetic(result: &Json) -> Option<&'static str> {
    let resolution = &result["Resolution"];
    let text = result["Text"].as_str().unwrap_or("").to_lowercase();
    let has = |list: &[&str]| list.iter().any(|w| text.contains(w));
    let subtype = resolution["subtype"].as_str().unwrap_or("");
    if resolution["value"].is_null() || resolution["value"] == "null" {
        return Some("units without a number");
    }
    if subtype == "power" {
        return Some("powers");
    }
    if has(&["equal", ">", "<"]) && resolution["value"].as_str().is_some_and(|v| v.starts_with(['(', '['])) {
        return Some("formulas");
    }
    let quotient = has(&[" over ", "out of", " in "])
        || has(&[
            "trillionth",
            "hundredth",
            "twenty",
            "fifth",
            "ninths",
            "thirt",
            "eighth",
            "one hundred and three quarters",
        ]);
    if subtype == "fraction" && quotient {
        return Some("quotients as spoken in arithmetic");
    }
    if has(&["tenth", "fifteenth"]) {
        return Some("ranks, which are no quantities");
    }
    if has(&["franc", "mark", "peso", "kuai", "rupees"]) && resolution["isoCurrency"].is_null()
        || has(&["kuai", "mao", "ரூ", "dollar and", "maud"])
    {
        return Some("currencies without their country, and slang");
    }
    if has(&[
        "turn",
        "tablespoon",
        "rad",
        "drachma",
        "picometer",
        " pm",
        "(kg)",
        "[kg]",
        "{kg}",
        "<kg>",
        "\"",
        "yo",
    ]) && !resolution["unit"].is_null()
    {
        return Some("units of kitchens, angles and brackets");
    }
    None
}

fn in_address(text: &str) -> bool {
    text.contains("phone")
        || text.contains("192.168")
        || text.contains("scp-")
        || text.contains("5/17/2018")
        || text.contains("nrs.")
}

fn kind_of(result: &Json) -> &str {
    let kind = result["TypeName"].as_str().or(result["Type"].as_str()).unwrap_or("");
    kind.rsplit('.').next().unwrap_or("")
}

fn clock(kind: &str, result: &Json) -> Option<&'static str> {
    let timex = timexes(result).join(" ");
    match kind {
        "time" | "datetime" | "timerange" | "datetimerange" | "datetimealt" => Some("times of day"),
        "timezone" => Some("time zones"),
        "duration" if timex.contains("PT") => None,
        "set" if timex.contains('T') && timex.contains("XXXX") || timex.starts_with('T') => {
            Some("sets of times of day")
        }
        "set" if timex.contains("XXXX") => Some("sets of weekdays"),
        _ => None,
    }
}

/// Bytes of a result, whose offsets count characters.
fn place(text: &str, result: &Json) -> Option<(usize, usize)> {
    let start = result["Start"].as_u64()? as usize;
    let end = match result["End"].as_u64() {
        Some(end) => end as usize + 1,
        None => start + result["Length"].as_u64()? as usize,
    };
    let at = |n: usize| text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(n);
    Some((at(start)?, at(end)?))
}

fn overlaps(text: &str, result: &Json, mention: &Mention) -> bool {
    let Some((start, end)) = place(text, result) else {
        let part = result["Text"].as_str().unwrap_or("\u{0}").to_lowercase();
        return text
            .to_lowercase()
            .find(&part)
            .is_some_and(|at| mention.span.start() < at + part.len() && at < mention.span.end());
    };
    mention.span.start() < end && start < mention.span.end()
}

/// Whether a mention is of the kind that a file asks for.
fn of_kind(stem: &str, mention: &Mention) -> bool {
    let unit = match &mention.value {
        Value::Amount { unit, .. } => Some(unit.as_str()),
        Value::Time { .. } => None,
    };
    match (stem, unit) {
        ("PercentModel", Some(unit)) => unit == "%" || unit == "pp",
        ("CurrencyModel", Some(unit)) => unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()),
        ("NumberModel", Some(_)) => true,
        ("DimensionModel" | "TemperatureModel" | "AgeModel" | "NumberRangeModel", _) => false,
        (stem, None) => stem.starts_with("Date") || stem.starts_with("Merged"),
        _ => false,
    }
}

fn meets(values: &Values, stem: &str, text: &str, result: &Json, mention: &Mention) -> bool {
    if stem.ends_with("Extractor") {
        return same_words(text, result, mention);
    }
    let resolution = &result["Resolution"];
    match stem {
        "NumberModel" | "PercentModel" => {
            resolution["value"].as_str().is_some_and(|v| number(v.trim_end_matches('%'), mention))
        }
        "NumberRangeModel" => resolution["value"].as_str().is_some_and(|v| interval(v, mention)),
        "CurrencyModel" | "DimensionModel" | "TemperatureModel" | "AgeModel" => {
            measured(values, resolution, mention)
        }
        _ => dated(result, mention),
    }
}

/// The same words, but for prepositions and articles before them.
fn same_words(text: &str, result: &Json, mention: &Mention) -> bool {
    const BEFORE: [&str; 24] = [
        "the", "in", "on", "of", "at", "from", "between", "since", "by", "before", "after", "until", "till",
        "for", "within", "over", "during", "as", "soon", "and", "a", "to", "up", "about",
    ];
    let core = |words: &str| {
        let lower = words.to_lowercase();
        let kept: Vec<&str> = lower.split_whitespace().skip_while(|w| BEFORE.contains(w)).collect();
        kept.join(" ").trim_end_matches(['.', ',', '\'']).to_owned()
    };
    let expected = core(result["Text"].as_str().unwrap_or(""));
    let Value::Time { expression, .. } = &mention.value else { return false };
    core(mention.span.of(text)) == expected || core(expression.of(text)) == expected
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-4 * a.abs().max(b.abs()).max(1e-9)
}

/// The number that a mention states, with a share of one beside its percentage.
fn number(wanted: &str, mention: &Mention) -> bool {
    let Ok(wanted) = wanted.replace(',', "").parse::<f64>() else { return false };
    match &mention.value {
        Value::Amount { value, value_max, unit, .. } => {
            near(value.to_f64(), wanted)
                || value_max.is_some_and(|m| near(m.to_f64(), wanted))
                || unit == "%" && near(value.to_f64() / 100.0, wanted)
                || unit == "°" && near(value.to_f64(), wanted)
        }
        Value::Time { .. } => length(mention).is_some_and(|n| near(n, wanted)),
    }
}

/// How many of its unit a duration holds.
fn length(mention: &Mention) -> Option<f64> {
    let line = tandem_values::ValueLine::new("", mention);
    line.value.map(|n| n.to_f64())
}

/// "(20,35]" against a range or a bound.
fn interval(wanted: &str, mention: &Mention) -> bool {
    let inner = wanted.trim_matches(['(', ')', '[', ']']);
    let Some((low, high)) = inner.split_once(',') else { return false };
    let Value::Amount { value, value_max, bound, .. } = &mention.value else { return false };
    let end = |text: &str| text.trim().parse::<f64>().ok();
    match (end(low), end(high), bound) {
        (Some(low), Some(high), _) if low == high => near(value.to_f64(), low),
        (Some(low), Some(high), _) => {
            near(value.to_f64(), low) && value_max.is_some_and(|m| near(m.to_f64(), high))
        }
        (Some(low), None, Bound::Over) => near(value.to_f64(), low),
        (None, Some(high), Bound::Under) => near(value.to_f64(), high),
        _ => false,
    }
}

/// Number and unit, where the unit's name means to us what it means there.
fn measured(values: &Values, resolution: &Json, mention: &Mention) -> bool {
    let name = resolution["unit"].as_str().unwrap_or("");
    let Some(Ok(wanted)) = resolution["value"].as_str().map(|v| v.replace(',', "").parse::<f64>()) else {
        return false;
    };
    if let Value::Time { kind: TimexKind::Duration, .. } = mention.value {
        return length(mention).is_some_and(|n| near(n, wanted));
    }
    let Value::Amount { value, unit, .. } = &mention.value else { return false };
    if resolution["isoCurrency"].as_str() == Some(unit) {
        return near(value.to_f64(), wanted);
    }
    let probe = match name {
        "C" => "5 million degrees Celsius".to_owned(),
        "F" => "5 million degrees Fahrenheit".to_owned(),
        name => format!("It is 5 million {} here", name.to_lowercase()),
    };
    values.find(&probe, None).iter().any(|m| match &m.value {
        Value::Amount { value: five, unit: same, .. } => {
            same == unit && near(value.to_f64(), wanted * five.to_f64() / 5e6)
        }
        Value::Time { .. } => false,
    })
}

fn timexes(result: &Json) -> Vec<String> {
    readings(result)
        .iter()
        .filter_map(|r| r["timex"].as_str().or(r["Timex"].as_str()).map(str::to_owned))
        .collect()
}

/// All readings that a case allows, each an object with `timex`, `value`, `start`, `end` or the
/// parsers' names for them.
fn readings(result: &Json) -> Vec<Json> {
    let value = &result["Value"];
    let many = [&result["Resolution"]["values"], &value["values"]].into_iter().find_map(Json::as_array);
    if let Some(many) = many {
        return many.clone();
    }
    let mut out = Vec::new();
    for side in ["PastResolution", "FutureResolution"] {
        let mut reading = value[side].clone();
        if let Some(map) = reading.as_object_mut() {
            map.insert("timex".to_owned(), value["Timex"].clone());
            out.push(reading);
        }
    }
    out
}

/// Whether one of the readings is the one we give.
fn dated(result: &Json, mention: &Mention) -> bool {
    let Value::Time { period, timex, kind, relative, deadline, .. } = &mention.value else { return false };
    let timex = timex.as_deref().unwrap_or("");
    readings(result).iter().any(|reading| {
        let text = |names: [&str; 3]| {
            names.iter().find_map(|n| reading[*n].as_str()).map(|s| s.get(..10).unwrap_or(s).to_owned())
        };
        let named = reading["timex"].as_str().unwrap_or("");
        if *kind == TimexKind::Set || *kind == TimexKind::Duration && period.is_none() {
            return named == timex || seconds(named).is_some_and(|s| seconds(timex) == Some(s));
        }
        if named == timex {
            return true;
        }
        let Some(period) = period else { return false };
        let first = period.first().to_string();
        let within =
            |day: &str| day.parse().is_ok_and(|day: Date| period.first() <= day && day <= period.last());
        match (
            text(["date", "value", "value"]),
            text(["startDate", "start", "start"]),
            text(["endDate", "end", "end"]),
        ) {
            // "two years ago" names a year, as finely as it is said.
            (Some(day), None, None) => day == first || *relative && within(&day),
            (_, Some(start), Some(end)) => {
                start == first && ends(*period, &end) || *deadline && (within(&end) || ends(*period, &end))
            }
            (_, Some(start), None) => start == first || ends(*period, &start),
            (_, None, Some(end)) => end == first || ends(*period, &end),
            _ => false,
        }
    })
}

/// Whether a stretch ends where a case says. Cases exclude the end of a month or a year alone, but
/// give the first day of the last one named in "2014 to 2018"; we include all that is named.
fn ends(period: tandem_model::Period, end: &str) -> bool {
    let last = period.last();
    let year = Date::new(last.year(), 1, 1).unwrap_or(last);
    [Some(last), last.tomorrow().ok(), Some(last.first_of_month()), Some(year)]
        .iter()
        .flatten()
        .any(|d| d.to_string() == end)
}

/// Seconds of an ISO length of time, months counted as thirty days.
fn seconds(timex: &str) -> Option<i64> {
    let rest = timex.strip_prefix('P')?;
    let (clock, rest) = rest.strip_prefix('T').map_or((false, rest), |r| (true, r));
    let split = rest.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f64 = rest[..split].parse().ok()?;
    let unit = match (&rest[split..], clock) {
        ("S", true) => 1.0,
        ("M", true) => 60.0,
        ("H", true) => 3600.0,
        ("D", _) => 86_400.0,
        ("W", _) => 7.0 * 86_400.0,
        ("M", _) => 365.0 / 12.0 * 86_400.0,
        ("Q", _) => 365.0 / 4.0 * 86_400.0,
        ("Y", _) => 365.0 * 86_400.0,
        ("DE", _) => 3650.0 * 86_400.0,
        _ => return None,
    };
    Some((number * unit) as i64)
}
