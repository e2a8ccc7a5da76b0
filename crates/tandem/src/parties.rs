//! Codes of countries and blocs, and the names that people type for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const COUNTRIES: &str = include_str!("../../../names/countries.tsv");
const BLOCS: &str = include_str!("../../../names/blocs.tsv");

/// How alike a misspelt name must be to be suggested (Jaro–Winkler, 0 to 1).
const ALIKE: f64 = 0.84;

/// A name that belongs to no country or bloc.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartyError {
    /// Nobody is called so.
    #[error("\"{name}\" is no country or bloc{}", suggestion.as_ref().map_or_else(
        || " (give a code such as KZ, or an English name)".to_owned(), |close| format!(" (did you mean {close}?)")))]
    Unknown {
        /// What was given.
        name: String,
        /// The closest name, with its code.
        suggestion: Option<String>,
    },
    /// No name at all.
    #[error("no party is named (give codes with commas between, such as KZ,UZ)")]
    Empty,
}

struct Names {
    /// Lower-case code or spelling → code.
    codes: BTreeMap<String, String>,
    /// Code → English name.
    names: BTreeMap<String, String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { codes: BTreeMap::new(), names: BTreeMap::new() };
    for table in [COUNTRIES, BLOCS] {
        load(&mut names, table);
    }
    names
});

/// Reads a table with a header row: `code`, `name` or `names`, spellings parted by `|`; the first
/// spelling is the name, and `?` before one marks it as unsure. Exact codes win over spellings.
fn load(names: &mut Names, table: &str) {
    let mut rows = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let header: Vec<&str> = rows.next().unwrap_or_default().split('\t').collect();
    let column = |row: &[&str], name: &str| -> String {
        let index = header.iter().position(|column| *column == name);
        index.and_then(|index| row.get(index)).map_or_else(String::new, |cell| (*cell).to_owned())
    };
    for row in rows.map(|row| row.split('\t').collect::<Vec<_>>()) {
        let acting = column(&row, "party_as");
        let own = column(&row, "code");
        let code = if acting.is_empty() { own.clone() } else { acting };
        let spellings = column(&row, "names");
        let all = [column(&row, "name"), spellings];
        let mut spellings = all.iter().flat_map(|cell| cell.split('|')).filter(|name| !name.is_empty());
        if let Some(first) = spellings.clone().next() {
            names.names.entry(code.clone()).or_insert_with(|| first.trim_start_matches('?').to_owned());
        }
        names.codes.insert(own.to_lowercase(), code.clone());
        spellings.by_ref().for_each(|spelling| {
            names
                .codes
                .entry(spelling.trim_start_matches('?').to_lowercase())
                .or_insert_with(|| code.clone());
        });
    }
}

/// The English name of a code; the code itself when it is none of ours.
///
/// ```
/// assert_eq!(tandem::party_name("UZ"), "Uzbekistan");
/// ```
pub fn party_name(code: &str) -> &str {
    NAMES.names.get(code).map_or(code, String::as_str)
}

/// The codes of parties given as codes or names with commas between, in any case.
///
/// # Errors
/// When a name belongs to nobody; the error suggests the closest.
///
/// ```
/// let between = tandem::parse_parties("kz, Uzbekistan").unwrap();
/// assert_eq!(between.into_iter().collect::<Vec<_>>(), ["KZ", "UZ"]);
/// assert_eq!(
///     tandem::parse_parties("Kazakstahn").unwrap_err().to_string(),
///     "\"Kazakstahn\" is no country or bloc (did you mean Kazakhstan, KZ?)"
/// );
/// ```
pub fn parse_parties(list: &str) -> Result<BTreeSet<String>, PartyError> {
    let given = list.split(',').map(str::trim).filter(|name| !name.is_empty());
    let codes = given.map(code_of).collect::<Result<BTreeSet<_>, _>>()?;
    if codes.is_empty() { Err(PartyError::Empty) } else { Ok(codes) }
}

fn code_of(name: &str) -> Result<String, PartyError> {
    let folded = name.to_lowercase();
    if let Some(code) = NAMES.codes.get(&folded) {
        return Ok(code.clone());
    }
    let scored = NAMES
        .names
        .iter()
        .map(|(code, known)| (strsim::jaro_winkler(&folded, &known.to_lowercase()), code, known));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(score, _, _)| *score >= ALIKE);
    Err(PartyError::Unknown {
        name: name.to_owned(),
        suggestion: best.map(|(_, code, known)| format!("{known}, {code}")),
    })
}
