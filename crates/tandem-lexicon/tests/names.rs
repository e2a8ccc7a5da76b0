//! The tables of names are well formed, and names are found in texts.

#![allow(clippy::unwrap_used, reason = "a table that cannot be read is what these tests look for")]

use std::collections::{BTreeMap, BTreeSet};

use tandem_lexicon::{Builder, Lexicon, Table, anniversaries, names, renamings};
use tandem_model::{Article, Mark};
use tandem_text::{Language, document, fold};

fn lexicon() -> Lexicon {
    let mut builder = Builder::new(&Language::default());
    names(&mut builder).unwrap();
    builder.build().unwrap()
}

fn codes(file: &str, text: &str) -> BTreeSet<String> {
    let table = Table::parse(file, text).unwrap();
    let all: Vec<String> = table.rows().map(|row| row.get("code").to_owned()).collect();
    let set: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(all.len(), set.len(), "a code stands twice in {file}");
    set
}

fn known_codes() -> BTreeSet<String> {
    let mut known = codes("countries", include_str!("../../../names/countries.tsv"));
    known.extend(codes("blocs", include_str!("../../../names/blocs.tsv")));
    known
}

#[test]
fn codes_are_known() {
    let known = known_codes();
    let lexicon = lexicon();
    for entry in lexicon.entries() {
        for key in ["code", "country", "members", "party"] {
            for code in entry.get(key).unwrap_or("").split(',').filter(|code| !code.is_empty()) {
                assert!(known.contains(code), "{key} {code} of '{}' is in no table", entry.form());
            }
        }
    }
    for day in anniversaries().unwrap() {
        assert!(known.contains(day.code), "{day:?}");
        assert!(day.date.parse::<tandem_model::Date>().is_ok(), "{day:?}");
    }
    for change in renamings().unwrap() {
        assert!(known.contains(change.code), "{change:?}");
        assert!(change.from.is_empty() || change.from.parse::<tandem_model::Date>().is_ok(), "{change:?}");
    }
}

/// A spelling means one thing within its class, unless every reading is marked as ambiguous.
#[test]
fn spellings_mean_one_thing() {
    let lexicon = lexicon();
    let mut meanings: BTreeMap<(u16, String), BTreeSet<(&str, bool)>> = BTreeMap::new();
    let mut written = BTreeSet::new();
    for entry in lexicon.entries() {
        let form = fold(entry.form()).replace('-', " ");
        let meaning = entry.get("canonical").or(entry.get("code")).unwrap_or("");
        let ambiguous = entry.get("ambiguous").is_some();
        meanings.entry((entry.class.0, form.clone())).or_default().insert((meaning, ambiguous));
        // Spellings that differ by a dash alone match the same words.
        let key = (entry.class, entry.form().replace('-', " "), meaning);
        assert!(written.insert(key), "'{}' stands twice for {meaning}", entry.form());
    }
    for ((class, form), readings) in meanings {
        let several = readings.iter().map(|(meaning, _)| meaning).collect::<BTreeSet<_>>().len() > 1;
        assert!(
            !several || readings.iter().all(|(_, ambiguous)| *ambiguous),
            "class {class}: '{form}' is {readings:?}"
        );
    }
}

/// The marks of a text as `CLASS:words=meaning`, those inside others included.
fn check(text: &str, expected: &[&str]) {
    let lexicon = lexicon();
    let document = document(Article { text: text.to_owned(), ..Article::default() }, &Language::default());
    let mut marks: Vec<Mark> = Vec::new();
    lexicon.scan(&document, &mut marks);
    let shown: Vec<String> = marks
        .iter()
        .map(|mark| {
            let entry = lexicon.entry(mark.entry);
            let first = document.tokens[mark.start as usize].span;
            let words = first.cover(document.tokens[mark.end as usize - 1].span).of(text);
            let meaning = entry.get("canonical").or(entry.get("code")).unwrap_or("-");
            format!("{}:{words}={meaning}", lexicon.class_name(mark.class))
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn names_in_texts() {
    check(
        "Kassym-Jomart Tokayev visited Tashkent.",
        &[
            "PERSON:Kassym-Jomart Tokayev=Kassym-Jomart Tokayev",
            "PERSON:Tokayev=Kassym-Jomart Tokayev",
            "CAPITAL:Tashkent=UZ",
        ],
    );
    check("Kazakh-Uzbek trade", &["COUNTRY_ADJ:Kazakh=KZ", "COUNTRY_ADJ:Uzbek=UZ"]);
    check("KENYA, ETHIOPIA SEEK TRADE", &["COUNTRY:KENYA=KE", "COUNTRY:ETHIOPIA=ET"]);
    check("they gave us turkey and china", &[]);
    check(
        "US and U.S. firms",
        &["COUNTRY:US=US", "COUNTRY_ADJ:US=US", "COUNTRY:U.S.=US", "COUNTRY_ADJ:U.S.=US"],
    );
    check("President To‘qayev", &["PERSON:To‘qayev=Kassym-Jomart Tokayev"]);
    check("Indian Ocean", &["DECOY:Indian Ocean=-", "COUNTRY_ADJ:Indian=IN"]);
    check(
        "the C5+1 and the central asian states",
        &["BLOC:C5+1=C5+1", "BLOC:C5=C5", "BLOC:central asian states=C5"],
    );
    check(
        "Atameken-Gulistan and Atameken chamber",
        &[
            "PLACE:Atameken-Gulistan=Atameken-Gulistan",
            "PLACE:Atameken=Atameken",
            "CITY:Gulistan=UZ",
            "BODY:Atameken chamber=Atameken Chamber",
            "PLACE:Atameken=Atameken",
        ],
    );
    check("Côte d’Ivoire", &["COUNTRY:Côte d’Ivoire=CI"]);
}
