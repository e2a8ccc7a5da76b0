//! The tables in `names/` as classes of the lexicon.
//!
//! | class | entry | attributes |
//! |---|---|---|
//! | `COUNTRY` | name of a country | `code`, `name`, `form` = `name` or `official` |
//! | `COUNTRY_ADJ` | adjective | `code`, `name` |
//! | `DEMONYM` | its people | `code`, `name` |
//! | `PREFIX_ADJ` | `Sino`, `Indo`, … | `code`, `name` |
//! | `CAPITAL`, `CITY` | city, the capital also as "the government" | `code`, `place` |
//! | `BLOC` | union, group, bank | `code`, `name`, `party` and `members` (codes parted by commas) |
//! | `PERSON` | person of office | `canonical`, `family`, `country`, `office`, `short` = `1` for a family name |
//! | `BODY`, `PLACE` | body, place | `canonical`, `country` (codes parted by commas), `kind` |
//! | `DECOY` | phrase that holds a name without naming it (`Indian Ocean`, `Latin America`) | |
//!
//! `ambiguous` = `1` marks a spelling with other readings (`Georgia`, `Congo`); the entry is the
//! likeliest one. Names demand their case, long names of blocs and bodies excepted.

use crate::builder::Builder;
use crate::table::{LexiconError, Row, Table};

const COUNTRIES: (&str, &str) = ("names/countries.tsv", include_str!("../../../names/countries.tsv"));
const BLOCS: (&str, &str) = ("names/blocs.tsv", include_str!("../../../names/blocs.tsv"));
const PEOPLE: (&str, &str) = ("names/people.tsv", include_str!("../../../names/people.tsv"));
const BODIES: (&str, &str) = ("names/bodies.tsv", include_str!("../../../names/bodies.tsv"));
const PLACES: (&str, &str) = ("names/places.tsv", include_str!("../../../names/places.tsv"));
const DECOYS: (&str, &str) = ("names/decoys.tsv", include_str!("../../../names/decoys.tsv"));
const ANNIVERSARIES: (&str, &str) =
    ("names/anniversaries.tsv", include_str!("../../../names/anniversaries.tsv"));
const RENAMINGS: (&str, &str) = ("names/renamings.tsv", include_str!("../../../names/renamings.tsv"));

/// Attributes of an entry.
type Attrs<'a> = Vec<(&'a str, &'a str)>;

/// Adds the tables of names as the classes listed above.
///
/// # Errors
/// When a table is not well formed; a test proves that those shipped are.
pub fn names(builder: &mut Builder) -> Result<(), LexiconError> {
    countries(builder)?;
    blocs(builder)?;
    people(builder)?;
    entities(builder, "BODY", BODIES)?;
    entities(builder, "PLACE", PLACES)?;
    for row in open(DECOYS)?.rows() {
        spell(builder, "DECOY", row.get("form"), &Vec::new())?;
    }
    Ok(())
}

fn open((file, text): (&'static str, &'static str)) -> Result<Table<'static>, LexiconError> {
    Table::parse(file, text)
}

fn countries(builder: &mut Builder) -> Result<(), LexiconError> {
    const CLASSES: [(&str, &str); 3] =
        [("COUNTRY_ADJ", "adjectives"), ("DEMONYM", "demonyms"), ("PREFIX_ADJ", "prefix")];
    for row in open(COUNTRIES)?.rows() {
        let own: Attrs<'_> = vec![("code", row.get("code")), ("name", row.get("name"))];
        for spelling in row.list("names", '|') {
            let form = if is_official(spelling) { "official" } else { "name" };
            spell(builder, "COUNTRY", spelling, &with(&own, "form", form))?;
        }
        for (class, column) in CLASSES {
            for spelling in row.list(column, '|') {
                spell(builder, class, spelling, &own)?;
            }
        }
        cities(builder, &row)?;
    }
    Ok(())
}

fn cities(builder: &mut Builder, row: &Row<'_>) -> Result<(), LexiconError> {
    let capital = row.list("capitals", '|').next().unwrap_or("").trim_start_matches('?');
    for spelling in row.list("capitals", '|') {
        spell(builder, "CAPITAL", spelling, &vec![("code", row.get("code")), ("place", capital)])?;
    }
    for spelling in row.list("cities", '|') {
        let place = spelling.trim_start_matches('?');
        spell(builder, "CITY", spelling, &vec![("code", row.get("code")), ("place", place)])?;
    }
    Ok(())
}

/// Whether a name says what kind of state it is ("Republic of …").
fn is_official(name: &str) -> bool {
    const WORDS: [&str; 11] = [
        "Republic",
        "Kingdom",
        "Federation",
        "Commonwealth",
        "Principality",
        "Sultanate",
        "Emirate",
        "Duchy",
        "Confederation",
        "Union of",
        "State of",
    ];
    WORDS.iter().any(|word| name.contains(word))
}

fn blocs(builder: &mut Builder) -> Result<(), LexiconError> {
    for row in open(BLOCS)?.rows() {
        let code = row.get("code");
        let party = Some(row.get("party_as")).filter(|party| !party.is_empty()).unwrap_or(code);
        let name = row.list("names", '|').next().unwrap_or(code);
        let own = vec![("code", code), ("name", name), ("party", party), ("members", row.get("members"))];
        for spelling in row.list("names", '|') {
            spell(builder, "BLOC", spelling, &own)?;
        }
    }
    Ok(())
}

fn people(builder: &mut Builder) -> Result<(), LexiconError> {
    for row in open(PEOPLE)?.rows() {
        let own: Attrs<'_> =
            ["canonical", "family", "country", "office"].map(|column| (column, row.get(column))).to_vec();
        let full = [row.get("canonical")].into_iter();
        for spelling in full.chain(row.list("spellings", '|')).chain(row.list("spellings_other", '|')) {
            spell(builder, "PERSON", spelling, &own)?;
        }
        for spelling in row.list("short", '|') {
            spell(builder, "PERSON", spelling, &with(&own, "short", "1"))?;
        }
    }
    Ok(())
}

fn entities(
    builder: &mut Builder,
    class: &str,
    table: (&'static str, &'static str),
) -> Result<(), LexiconError> {
    for row in open(table)?.rows() {
        let own: Attrs<'_> =
            ["canonical", "country", "kind"].map(|column| (column, row.get(column))).to_vec();
        for spelling in row.list("spellings", '|') {
            spell(builder, class, spelling, &own)?;
        }
    }
    Ok(())
}

fn with<'a>(own: &Attrs<'a>, key: &'a str, value: &'a str) -> Attrs<'a> {
    let mut attrs = own.clone();
    attrs.push((key, value));
    attrs
}

/// Adds one spelling, with `?` before it read as "ambiguous".
fn spell(builder: &mut Builder, class: &str, spelling: &str, own: &Attrs<'_>) -> Result<(), LexiconError> {
    let plain = spelling.trim_start_matches('?');
    let mut attrs: Attrs<'_> = own.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    if plain.len() < spelling.len() {
        attrs.push(("ambiguous", "1"));
    }
    // "member states of Central Asia" and "bureau of national statistics" are written in any case; a
    // short name in lower case is a common word ("turkey", "trend", "white house").
    let long = plain.split_whitespace().count() >= 3;
    if !(long && matches!(class, "BLOC" | "BODY")) {
        attrs.push(("cased", "1"));
    }
    builder.add_literal(class, plain, &attrs)
}

/// A day from which a country or bloc counts its years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anniversary {
    /// ISO code, or the code of a bloc.
    pub code: &'static str,
    /// Words that stand with the number in texts ("independence").
    pub event: &'static str,
    /// ISO date of the event.
    pub date: &'static str,
}

/// The days of `names/anniversaries.tsv`.
///
/// # Errors
/// When the table is not well formed; a test proves that it is.
pub fn anniversaries() -> Result<Vec<Anniversary>, LexiconError> {
    rows(ANNIVERSARIES, |cells| Anniversary { code: cells[0], event: cells[1], date: cells[2] })
}

/// A change of name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// `city`, `country`, `region`, `bloc` or `body`.
    pub kind: &'static str,
    /// ISO code, or the code of a bloc.
    pub code: &'static str,
    /// The name before.
    pub old: &'static str,
    /// The name after.
    pub new: &'static str,
    /// ISO date of the first day of the new name.
    pub from: &'static str,
    /// ISO date of the last day of the old name.
    pub until: &'static str,
}

/// The changes of `names/renamings.tsv`.
///
/// # Errors
/// When the table is not well formed; a test proves that it is.
pub fn renamings() -> Result<Vec<Renaming>, LexiconError> {
    rows(RENAMINGS, |cells| Renaming {
        kind: cells[0],
        code: cells[1],
        old: cells[2],
        new: cells[3],
        from: cells[4],
        until: cells[5],
    })
}

/// The rows of a table under its header, with as many cells as the header has.
fn rows<T>(
    (file, text): (&'static str, &'static str),
    make: impl Fn(&[&'static str]) -> T,
) -> Result<Vec<T>, LexiconError> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| (index + 1, line.split('\t').collect::<Vec<&'static str>>()));
    let columns = lines.next().map_or(0, |(_, header)| header.len());
    lines
        .map(|(line, cells)| {
            if cells.len() == columns {
                Ok(make(&cells))
            } else {
                let message = format!("{} cells, but the header names {columns}", cells.len());
                Err(LexiconError::new(format!("{file}:{line}"), message))
            }
        })
        .collect()
}
