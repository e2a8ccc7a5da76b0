//! Which public cases of numbers and units ask for something that our values are meant to say, and why the
//! others do not; dates are in `dates`.
//!
//! What is out of scope is what nobody writes in a report: units without numbers, formulas, sums and fractions
//! as dictated. What we read otherwise on purpose stays in scope and is told apart where it fails.

use serde_json::Value as Json;

fn is_one(word: &str, words: &str) -> bool {
    words.split('|').any(|w| w == word)
}

/// Why a case is none of ours.
pub(super) fn outside(stem: &str, case: &Json) -> Option<&'static str> {
    let results = case["Results"].as_array()?;
    let rank = stem.starts_with("Ordinal");
    rank.then_some("ranks, which are no quantities")
        .or_else(|| results.iter().find_map(|result| amount(stem, result)))
}

/// The kind of reading that we give otherwise on purpose, of a case that fails.
pub(super) fn differs(stem: &str, case: &Json) -> Option<&'static str> {
    let input = case["Input"].as_str().unwrap_or("").to_lowercase();
    let results = case["Results"].as_array()?;
    let texts: Vec<String> =
        results.iter().map(|r| r["Text"].as_str().unwrap_or("").to_lowercase()).collect();
    let any =
        |test: &dyn Fn(&str) -> bool| texts.iter().any(|text| test(text)) || test(&input) && texts.is_empty();
    if stem.starts_with("NumberModel") && chained(&input) {
        return Some(
            "numbers inside telephone numbers, addresses of machines, dates and names of things, which are none to us",
        );
    }
    if any(&|text| text.split(' ').any(million)) {
        return Some("m against digits, which is million unless a word of extent follows");
    }
    if input.contains("years old") && stem.starts_with("NumberRange") {
        return Some("ages, which are lengths of time");
    }
    if input.contains(" in ") && stem != "DimensionModel" || input.contains(" out of ") {
        return Some("a part of a round whole (\"one in five\"), which is a percentage");
    }
    any(&|text| text.split(' ').any(|word| word.ends_with("nth") || word.ends_with("eenth")))
        .then_some("ranks, which are no quantities")
}

/// "48m", "1.8m".
fn million(word: &str) -> bool {
    word.strip_suffix(['m']).is_some_and(|n| n.ends_with(|c: char| c.is_ascii_digit()))
}

/// Kinds of amounts that nobody writes in a report, such as formulas and sums as dictated.
fn amount(stem: &str, result: &Json) -> Option<&'static str> {
    let resolution = &result["Resolution"];
    let text = result["Text"].as_str().unwrap_or("").to_lowercase();
    let words: Vec<&str> = text.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let unit = resolution["unit"].as_str().unwrap_or("");
    if resolution["value"].as_str().is_none_or(|v| v == "null") {
        return Some("units without a number");
    }
    match resolution["subtype"].as_str().unwrap_or("") {
        "power" => return Some("powers in formulas"),
        "fraction" if dictated(&words) => {
            return Some("fractions as dictated in arithmetic, of compound numbers in words");
        }
        _ => {}
    }
    if text.contains(['(', '[', '{', '<']) && stem == "DimensionModel" {
        return Some("units in brackets");
    }
    let nameless =
        resolution["isoCurrency"].is_null() && is_one(unit, "Franc|Mark|Peso|Rupee|Pound|Dinar|Shilling");
    if stem == "CurrencyModel" && nameless && !text.contains(['£', '₨']) {
        return Some("currencies of several states without their country");
    }
    if stem == "CurrencyModel"
        && words.len() > 2
        && words.last().is_some_and(|w| counts(w))
        && !text.starts_with('$')
    {
        return Some("sums of money whose small coins are not named (\"15 dollars 50\")");
    }
    let digits_then =
        |end: char| text.strip_suffix(end).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    if !stem.starts_with("Dimension") && words.len() > 1 && words.last().is_some_and(|w| is_one(w, "k|g"))
        || digits_then('g')
    {
        return Some("letters of scale apart from the number, and giga");
    }
    None
}

fn counts(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        || is_one(
            word,
            "one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|sixty",
        )
}

/// "twenty-three fifths", "one over three": more words than a small number and its part.
fn dictated(words: &[&str]) -> bool {
    let ordinal = words.last().is_some_and(|w| {
        let stem = w.trim_end_matches('s');
        stem.ends_with("th") || stem.ends_with("first") || stem.ends_with("fifth")
    });
    words.contains(&"over") || ordinal && !words[0].starts_with(|c: char| c.is_ascii_digit())
}

/// Digits that hang together by marks as no number does: "192.168.1.2", "5/17/2018", "SCP-173".
fn chained(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let groups =
            word.split(['.', '/', '-', '+']).filter(|g| g.bytes().any(|b| b.is_ascii_digit())).count();
        let letters = word.split_once('-').is_some_and(|(head, tail)| {
            head.len() > 1
                && head.bytes().all(|b| b.is_ascii_alphabetic())
                && tail.starts_with(|c: char| c.is_ascii_digit())
        });
        groups > 2 || letters
    })
}
