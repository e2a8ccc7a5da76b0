//! Names for sentences, and names that changed, from the tables in `names/`.
//!
//! The tables *name* and never *add*: a code becomes its country's name, and an old name of a city or
//! country the one it has now, so that "the Nur-Sultan–Tashkent railway" and "the Astana–Tashkent
//! railway" are compared as one. Which name was right on which day stands in `names/renamings.tsv`;
//! comparing needs only that the two are one place.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

const COUNTRIES: &str = include_str!("../../../names/countries.tsv");
const BLOCS: &str = include_str!("../../../names/blocs.tsv");
const RENAMINGS: &str = include_str!("../../../names/renamings.tsv");

/// The rows of a table without comments and header, as cells.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

static NAMES: LazyLock<FxHashMap<&str, String>> = LazyLock::new(|| {
    let countries = rows(COUNTRIES)
        .filter_map(|row| Some((*row.first()?, with_article(row.get(1)?))))
        .filter(|(_, name)| !name.is_empty());
    let blocs = rows(BLOCS).filter_map(|row| {
        let (code, spellings) = (*row.first()?, row.get(1)?);
        let mut all = spellings.split('|').map(|name| name.trim_start_matches('?'));
        // "the EU", but "the Central Asian states" and not "the C5".
        let acronym = !code.bytes().any(|byte| byte.is_ascii_digit());
        let name = if acronym && all.clone().any(|name| name == code) { code } else { all.next()? };
        // "the EU", "the SCO", but "ASEAN", which is read as a word.
        let word = name == code && name.len() > 3;
        Some((code, if word { name.to_owned() } else { format!("the {name}") }))
    });
    blocs.chain(countries).collect()
});

/// "the Netherlands", "the United States", but "Peru".
fn with_article(name: &str) -> String {
    const PLURAL: [&str; 6] = ["Netherlands", "Philippines", "Maldives", "Bahamas", "Comoros", "Seychelles"];
    let takes = PLURAL.contains(&name)
        || name.starts_with("United ")
        || name == "Gambia"
        || ["Republic", "Islands", "Emirates", "Kingdom", "Territory"].iter().any(|word| name.contains(word));
    if takes { format!("the {name}") } else { name.to_owned() }
}

/// Every spelling of every country as words, by its first word, the longest first.
static COUNTRY_WORDS: LazyLock<FxHashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut spelt: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
    for row in rows(COUNTRIES) {
        let spellings = row.get(2).into_iter().flat_map(|names| names.split('|'));
        for words in spellings.map(|name| words(name.trim_start_matches('?'))) {
            if let Some(first) = words.first() {
                spelt.entry(first.clone()).or_default().push(words);
            }
        }
    }
    for list in spelt.values_mut() {
        list.sort_by_key(|words| std::cmp::Reverse(words.len()));
    }
    spelt
});

/// How many words of a country's name stand at the head of `lower`; 0 when none does.
pub(crate) fn country_at<'w>(mut lower: impl Iterator<Item = &'w str> + Clone) -> usize {
    let all = lower.clone();
    let Some(candidates) = lower.next().and_then(|first| COUNTRY_WORDS.get(first)) else { return 0 };
    let fits = |words: &&Vec<String>| {
        let mut here = all.clone();
        words.iter().all(|word| here.next() == Some(word))
    };
    candidates.iter().find(fits).map_or(0, Vec::len)
}

/// Names and adjectives of a country, in lower case.
type Called = (Vec<String>, Vec<String>);

/// What countries are called, by their codes.
static CALLED: LazyLock<FxHashMap<&str, Called>> = LazyLock::new(|| {
    let all = |cell: Option<&&str>| -> Vec<String> {
        let spelt = cell.into_iter().flat_map(|cell| cell.split('|'));
        spelt
            .map(|name| name.trim_start_matches('?').to_lowercase())
            .filter(|name| !name.is_empty())
            .collect()
    };
    rows(COUNTRIES).filter_map(|row| Some((*row.first()?, (all(row.get(2)), all(row.get(3)))))).collect()
});

/// Whether a text has a name or an adjective of a country.
pub(crate) fn is_called_in(code: &str, text: &str) -> bool {
    let lower = text.to_lowercase();
    let stands = |word: &str| {
        lower.match_indices(word).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(lower[..at].chars().next_back()) && edge(lower[at + word.len()..].chars().next())
        })
    };
    CALLED
        .get(code)
        .is_some_and(|(called, adjectives)| called.iter().chain(adjectives).any(|word| stands(word)))
}

/// Whether a word in lower case is the adjective of a country.
pub(crate) fn is_adjective(lower: &str) -> bool {
    static ADJECTIVES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        CALLED.values().flat_map(|(_, adjectives)| adjectives.iter().map(String::as_str)).collect()
    });
    ADJECTIVES.contains(lower)
}

/// Which of some countries a text in lower case has as owner of a flow: "Kenya's exports", "Kenyan imports",
/// "the trade of Kenya"; none when it has none of them, or several.
pub(crate) fn owner<'p>(lower: &str, codes: &'p [String]) -> Option<&'p str> {
    const FLOWS: [&str; 6] = ["trade", "turnover", "export", "import", "commerce", "foreign"];
    let flow_after = |at: usize| {
        let words = lower[at..].split_whitespace().take(3);
        words.into_iter().any(|word| FLOWS.iter().any(|flow| word.starts_with(flow)))
    };
    let flow_before = |at: usize| {
        let last = lower[..at].split_whitespace().next_back();
        last.is_some_and(|word| FLOWS.iter().any(|flow| word.starts_with(flow)))
    };
    let owns = |code: &&String| {
        let Some((names, adjectives)) = CALLED.get(code.as_str()) else { return false };
        let named = names.iter().any(|name| {
            let possessive = |at: usize| {
                let rest = &lower[at + name.len()..];
                (rest.starts_with("'s ") || rest.starts_with("’s ") || rest.starts_with("' "))
                    && flow_after(at + name.len())
            };
            let mut places = lower.match_indices(name.as_str()).map(|(at, _)| at);
            places.any(|at| {
                let before = lower[..at].trim_end_matches("the ");
                possessive(at) || before.ends_with(" of ") && flow_before(before.len() - " of ".len())
            })
        });
        let described = adjectives.iter().any(|adjective| {
            let mut places = lower.match_indices(adjective.as_str()).map(|(at, found)| at + found.len());
            places.any(|end| lower[end..].starts_with(' ') && flow_after(end))
        });
        named || described
    };
    let mut owners = codes.iter().filter(owns);
    let first = owners.next()?;
    owners.next().is_none().then_some(first)
}

/// From which of two countries a text in lower case has goods go: "exports to Kenya" go from the other one, "gas from
/// Kenya" and "supply Uganda with" say it, too; none when it says nothing or both.
pub(crate) fn goes_from<'p>(lower: &str, x: &'p str, y: &'p str) -> Option<&'p str> {
    const TO: [&str; 7] =
        [" to ", " into ", " to the ", " supply ", " supplying ", " supplies ", " provide "];
    let said = |code: &str, before: &[&str]| {
        let Some((names, _)) = CALLED.get(code) else { return false };
        let ends = |end: usize| !lower[end..].starts_with(char::is_alphabetic);
        let place = |name: &str| {
            lower
                .match_indices(name)
                .any(|(at, _)| ends(at + name.len()) && before.iter().any(|word| lower[..at].ends_with(word)))
        };
        names.iter().any(|name| place(name))
    };
    let bought = |code: &str| said(code, &[" from ", " from the "]);
    match (said(x, &TO) || bought(y), said(y, &TO) || bought(x)) {
        (true, false) => Some(y),
        (false, true) => Some(x),
        _ => None,
    }
}

/// The name of a country or bloc as a sentence has it; an unknown code stands for itself.
pub(crate) fn of(code: &str) -> &str {
    NAMES.get(code).map_or(code, String::as_str)
}

/// Old names in words, by their first word: the rest of the name and the words of the present name.
type Renamed = FxHashMap<String, Vec<(Vec<String>, Vec<String>)>>;

static RENAMED: LazyLock<Renamed> = LazyLock::new(|| {
    let rows: Vec<Vec<&str>> = rows(RENAMINGS).filter(|row| row.len() > 4).collect();
    let mut renamed = Renamed::default();
    for row in &rows {
        let old = words(row[2]);
        let now = words(present(&rows, row));
        if let Some((first, rest)) = old.split_first().filter(|_| old != now) {
            renamed.entry(first.clone()).or_default().push((rest.to_vec(), now));
        }
    }
    for list in renamed.values_mut() {
        list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    renamed
});

/// The name that a renamed place or body has now: of all names that the table ties to this one, the
/// one taken on the latest day. Names that were left and taken up again make circles.
fn present<'a>(rows: &[Vec<&'a str>], row: &[&'a str]) -> &'a str {
    let mut names = vec![row[2], row[3]];
    let related = |row: &&Vec<&'a str>, other: &[&str]| row[..2] == other[..2];
    loop {
        let more: Vec<&str> = rows
            .iter()
            .filter(|other| related(other, row) && (names.contains(&other[2]) || names.contains(&other[3])))
            .flat_map(|other| [other[2], other[3]])
            .filter(|name| !names.contains(name))
            .collect();
        if more.is_empty() {
            break;
        }
        names.extend(more);
    }
    let taken = rows.iter().filter(|other| related(other, row) && names.contains(&other[3]));
    taken.max_by_key(|other| other[4]).map_or(row[3], |other| other[3])
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// When an old name starts at the head of `lower`: how many words it has, and the words of the name
/// that the place or body has now.
pub(crate) fn renamed<'w>(
    mut lower: impl Iterator<Item = &'w str> + Clone,
) -> Option<(usize, &'static [String])> {
    let candidates = RENAMED.get(lower.next()?)?;
    let fits = |rest: &[String]| {
        let mut words = lower.clone();
        rest.iter().all(|word| words.next() == Some(word))
    };
    let (rest, now) = candidates.iter().find(|(rest, _)| fits(rest))?;
    Some((rest.len() + 1, now))
}

/// A name with every old name in it replaced, in lower case: for comparing, not for showing.
pub(crate) fn present_name(name: &str) -> String {
    let words = words(name);
    let mut shown: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((len, now)) = renamed(words[at..].iter().map(String::as_str)) {
            shown.extend(now.iter().map(String::as_str));
            at += len;
        } else {
            shown.push(&words[at]);
            at += 1;
        }
    }
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_names_and_old_names_present_ones() {
        let check = |code: &str, name: &str| assert_eq!(of(code), name);
        check("PE", "Peru");
        check("NL", "the Netherlands");
        check("AE", "the United Arab Emirates");
        check("EU", "the EU");
        check("ASEAN", "ASEAN");
        check("C5", "the Central Asian states");
        check("A00001", "A00001");
        let check = |old: &str, now: &str| assert_eq!(present_name(old), now);
        check("Nur-Sultan–Tashkent railway", "astana tashkent railway");
        check("Akmola", "astana");
        check("Astana", "astana");
        check("State Statistics Committee", "national statistics committee");
        check("Turkey", "türkiye");
    }
}
