//! Runs the public cases of Recognizers-Text against our values.
//!
//! A case counts when it asks for something that our values are meant to say; the others are listed
//! with the reason. A case passes when every expected result is met by a value at its place with its
//! meaning, and nothing else of that kind is found. What a date without a year means is left open by
//! the cases (a past and a future reading); either passes.

mod dates;
mod scope;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value as Json;
use tandem_model::{Bound, Date, Mention, TimexKind, TimexMod, Value};
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
    /// Cases in scope that fail because we read a kind of expression otherwise on purpose, with how many.
    pub differing: BTreeMap<&'static str, usize>,
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

impl Report {
    /// Share of the cases that pass among those in scope which we do not read otherwise on purpose, in
    /// percent.
    pub fn rate_of_same(&self) -> f64 {
        let sum = |f: fn(&Score) -> usize| self.scores.iter().map(f).sum::<usize>() as f64;
        let meant = sum(|s| s.differing.values().sum());
        100.0 * sum(|s| s.passed) / (sum(|s| s.in_scope) - meant).max(1.0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<58} {:>5} {:>8} {:>6} {:>7} {:>6}  out of scope",
            "file", "cases", "in scope", "pass", "rate", "meant"
        )?;
        for score in &self.scores {
            let rate = 100.0 * score.passed as f64 / (score.in_scope as f64).max(1.0);
            let reasons: Vec<String> = score.reasons.iter().map(|(why, n)| format!("{n} {why}")).collect();
            let meant = score.differing.values().sum::<usize>();
            let Score { file, cases, in_scope, passed, .. } = score;
            writeln!(
                f,
                "{file:<58} {cases:>5} {in_scope:>8} {passed:>6} {rate:>6.1}% {meant:>6}  {}",
                reasons.join("; ")
            )?;
        }
        writeln!(f, "\nread otherwise on purpose (in scope, and counted as failing):")?;
        for score in self.scores.iter().filter(|s| !s.differing.is_empty()) {
            let kinds: Vec<String> = score.differing.iter().map(|(why, n)| format!("{n} {why}")).collect();
            writeln!(f, "{:<58} {}", score.file, kinds.join("; "))?;
        }
        write!(
            f,
            "\n{:.1} % of the cases in scope pass, {:.1} % without those read otherwise on purpose",
            self.rate(),
            self.rate_of_same()
        )
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
    // The variants of the files of numbers hold mostly the same cases.
    let stem = stem.trim_end_matches("ExperimentalMode").trim_end_matches("PercentMode");
    let dated = name.starts_with("DateTime");
    for case in &cases {
        match if dated { dates::outside(stem, case) } else { scope::outside(stem, case) } {
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
    } else if let Some(kind) =
        if score.file.starts_with("DateTime") { dates::differs(case) } else { scope::differs(stem, case) }
    {
        *score.differing.entry(kind).or_default() += 1;
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
    // Words that only point ("the hours") are told for TIMEX3; the cases ask for some of them and not for others.
    if matches!(mention.value, Value::Time { loose: true, .. }) {
        return false;
    }
    let unit = match &mention.value {
        Value::Amount { unit, .. } => Some(unit.as_str()),
        Value::Time { .. } => None,
    };
    match (stem, unit) {
        ("PercentModel", Some(unit)) => unit == "%" || unit == "pp",
        ("CurrencyModel", Some(unit)) => unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()),
        ("NumberModel", Some(unit)) => unit.is_empty() || unit == "count",
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
    const BEFORE: [&str; 30] = [
        "or", "later", "earlier", "the", "in", "on", "of", "at", "from", "between", "since", "by", "before",
        "after", "until", "till", "for", "within", "over", "during", "as", "soon", "and", "a", "to", "up",
        "about", "month", "year", "than",
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
    let Value::Amount { value, value_max, bound, unit, .. } = &mention.value else { return false };
    let end = |text: &str| text.trim().parse::<f64>().ok();
    match (end(low), end(high), bound) {
        (Some(low), Some(high), _) if low == high => near(value.to_f64(), low),
        (Some(low), Some(high), _) => {
            // Shares are percentages to us.
            let part = if unit == "%" { 100.0 } else { 1.0 };
            near(value.to_f64(), low * part) && value_max.is_some_and(|m| near(m.to_f64(), high * part))
        }
        (Some(low), None, Bound::Over) => number(&low.to_string(), mention),
        (None, Some(high), Bound::Under) => number(&high.to_string(), mention),
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
    let Value::Amount { value, value_max: upper, unit, .. } = &mention.value else { return false };
    if resolution["isoCurrency"].as_str() == Some(unit) {
        return near(value.to_f64(), wanted);
    }
    let name = match name {
        "C" => "degrees celsius".to_owned(),
        "F" => "degrees fahrenheit".to_owned(),
        name => name.to_lowercase(),
    };
    // "Pounds" pay beside a scale and weigh without one; either way the case's unit must be ours.
    [("5", 5.0), ("5 million", 5e6)].into_iter().any(|(number, five)| {
        values.find(&format!("It is {number} {name} here"), None).iter().any(|m| match &m.value {
            Value::Amount { value: base, unit: same, .. } => {
                let factor = base.to_f64() / five;
                let upper = upper.is_some_and(|u| near(u.to_f64(), wanted * factor));
                same == unit && (near(value.to_f64(), wanted * factor) || upper)
            }
            Value::Time { .. } => false,
        })
    }) || (unit.contains('/') || matches!(unit.as_str(), "bpd" | "mph")) && near(value.to_f64(), wanted)
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
    let Value::Time { period, timex, kind, relative, deadline, anchored, detail, .. } = &mention.value else {
        return false;
    };
    let timex = timex.as_deref().unwrap_or("");
    let modifier = detail.as_deref().and_then(|d| d.modifier).map(TimexMod::as_str);
    readings(result).iter().any(|reading| {
        let text = |names: [&str; 3]| {
            names.iter().find_map(|n| reading[*n].as_str()).map(|s| s.get(..10).unwrap_or(s).to_owned())
        };
        let named = reading["timex"].as_str().unwrap_or("");
        let qualified = reading["Mod"].as_str().or(result["Value"]["Mod"].as_str());
        // "The same week" refers to something that the text must tell; so say both.
        if *anchored && qualified == Some("ref_undef") {
            return true;
        }
        // "Mid-May" is a part of May whose days are nobody's to fix; "summer" is one of any year.
        if modifier.is_some()
            && qualified.is_some_and(|q| Some(q.to_uppercase().as_str()) == modifier)
            && alike(named, timex)
            || named.len() == 2
                && timex.strip_prefix(|c: char| c.is_ascii()).is_some()
                && timex.ends_with(&format!("-{named}"))
        {
            return true;
        }
        if *kind == TimexKind::Set || *kind == TimexKind::Duration && period.is_none() {
            // A month has thirty days there, a twelfth of a year here.
            let same = |a: i64, b: i64| (a - b).abs() * 40 <= a.abs();
            return named == timex
                || seconds(named).is_some_and(|s| seconds(timex).is_some_and(|ours| same(s, ours)));
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
                start == first && ends(*period, &end)
                    || (*deadline || *kind == TimexKind::Duration && *relative)
                        && (within(&end) || ends(*period, &end))
            }
            (_, Some(start), None) => start == first || ends(*period, &start),
            (_, None, Some(end)) => end == first || ends(*period, &end),
            _ => false,
        }
    })
}

/// Whether two TIMEX3 values are the same but for digits that one leaves open with an X.
fn alike(open: &str, full: &str) -> bool {
    open.len() == full.len() && open.bytes().zip(full.bytes()).all(|(a, b)| a == b || a == b'X')
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
    let mut rest = timex.strip_prefix('P')?;
    let (mut clock, mut sum) = (false, 0.0);
    while !rest.is_empty() {
        (clock, rest) = rest.strip_prefix('T').map_or((clock, rest), |r| (true, r));
        let split = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = rest[..split].parse().ok()?;
        rest = &rest[split..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() || c == 'T').unwrap_or(rest.len());
        let unit = match (&rest[..end], clock) {
            ("S", true) => 1.0,
            ("M", true) => 60.0,
            ("H", true) => 3600.0,
            ("D", _) => 86_400.0,
            ("W", _) => 7.0 * 86_400.0,
            ("M", _) => 30.0 * 86_400.0,
            ("Q", _) => 365.0 / 4.0 * 86_400.0,
            ("Y", _) => 365.0 * 86_400.0,
            ("DE", _) => 3650.0 * 86_400.0,
            _ => return None,
        };
        sum += number * unit;
        rest = &rest[end..];
    }
    Some(sum as i64)
}
