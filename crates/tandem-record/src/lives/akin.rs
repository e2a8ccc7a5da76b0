//! Whether a work that is waited for may be one that later reports have in use, under a looser name.
//!
//! Lives are joined only where names agree. An alarm asks for more care than that: "the direct air link
//! between Lomé and Accra" may be open as "the Lomé-Accra route", and whoever raises an alarm over it is wrong. So the
//! alarm is withheld where a work of a kindred sort is in use by now and nothing in the two names speaks against
//! their being one. Refused alternative: to join the two lives, which would spread a guess to all that is told of them.

use tandem_model::{Body, Date, Kind};

use super::{Class, Draw, Stage};
use crate::corpus::{Corpus, RowId};
use crate::entities::{Name, proper_words};

/// Nouns that one work may be called by; a noun may stand in several.
const KINDS: [&str; 14] = [
    "link route line service connection flight flights ferry ship vessel boat bus train shuttle",
    "railway railroad rail line link track corridor route",
    "line link interconnector interconnection cable circuit connection backbone fibre fiber",
    "bridge crossing viaduct span structure",
    "road highway motorway expressway bypass corridor route",
    "pipeline pipe line conduit link",
    "plant works factory mill refinery smelter facility complex station unit",
    "centre center school college academy institute campus hub laboratory house",
    "post checkpoint crossing terminal point hall gate complex",
    "port terminal harbour harbor berth dock quay",
    "zone park hub cluster",
    "hospital clinic centre center",
    "market bazaar centre center",
    "agreement pact accord treaty deal text document convention protocol memorandum mou",
];

/// The draws of works and bodies that some report has in use or opened.
pub(super) fn in_use(draws: &[Draw]) -> Vec<&Draw> {
    let opened = |draw: &&Draw| {
        let mut stages = draw.stages.iter();
        stages.any(|(_, stage)| matches!(stage.class, Class::Done | Class::Ceremony))
    };
    draws.iter().filter(|draw| is_work(draw) && !draw.bundle()).filter(opened).collect()
}

/// Whether what is waited for may be among those in use, shown so only after it was promised.
pub(super) fn in_use_as_another(corpus: &Corpus<'_>, draw: &Draw, in_use: &[&Draw]) -> bool {
    let Some((first, _)) = draw.stages.first().filter(|_| is_work(draw)) else { return false };
    let promised = corpus.when(*first).latest();
    let later = |other: &&&Draw| {
        let mut opened =
            other.stages.iter().filter(|(_, s)| matches!(s.class, Class::Done | Class::Ceremony));
        other.life.id != draw.life.id
            && opened.next().is_some_and(|(row, _)| corpus.when(*row).earliest() > promised)
    };
    in_use.iter().filter(later).any(|other| {
        !told_apart(corpus, draw, other) && kindred(draw, other) && nothing_against(corpus, draw, other)
    })
}

/// Whether one report tells of both as works of one sort: then they are two.
fn told_apart(corpus: &Corpus<'_>, draw: &Draw, other: &Draw) -> bool {
    let doc = |row: &RowId| corpus.row(*row).doc;
    draw.life.kind == other.life.kind && draw.rows.iter().any(|a| other.rows.iter().any(|b| doc(a) == doc(b)))
}

/// The latest report, after a day, that has what may be the same work still being built: "cranes were lifting girders at the
/// border bridge that is to join this town with Lomé".
pub(super) fn still_at_work(
    corpus: &Corpus<'_>,
    draw: &Draw,
    draws: &[Draw],
    after: Date,
) -> Option<(RowId, Stage)> {
    let near = places(corpus, draw);
    let shared = |row: &RowId| proper_words(&around(corpus, *row)).iter().any(|word| near.contains(word));
    let building = |(row, stage): &&(RowId, Stage)| {
        let seen = corpus.when(*row).earliest().is_some_and(|day| day > after);
        stage.class == Class::Moving && seen && shared(row)
    };
    let of = |other: &&Draw| {
        other.life.id != draw.life.id
            && other.life.kind == Kind::Project
            && !other.bundle()
            && !told_apart(corpus, draw, other)
            && kindred(draw, other)
    };
    let found = draws.iter().filter(|_| draw.life.kind == Kind::Project).filter(of);
    found
        .filter_map(|other| other.stages.iter().rfind(|stage| building(stage)))
        .max_by_key(|(row, _)| *row)
        .copied()
}

/// A later report that has what must be the same work under construction: of its sort, between the same two places.
pub(super) fn at_work_again(
    corpus: &Corpus<'_>,
    draw: &Draw,
    draws: &[Draw],
    done: RowId,
) -> Option<(RowId, Stage)> {
    // One work has stages and is made larger.
    const MORE: [&str; 12] = [
        "second", "third", "phase", "stage", "section", "expan", "exten", "widen", "upgrad", "repair",
        "new ", "moderni",
    ];
    let near = places(corpus, draw);
    let alike = |row: &RowId, needed: usize| {
        let said = around(corpus, *row);
        let words = proper_words(&said);
        let quoted = corpus.statement(*row).evidence.exact.to_lowercase();
        let own = draw.life.name.to_lowercase();
        let more = || MORE.iter().any(|word| quoted.contains(word) && !own.contains(word));
        words.iter().filter(|word| near.contains(word)).count() >= needed && !more()
    };
    let later = |row: &RowId| corpus.when(*row).earliest() > corpus.when(done).latest();
    let of = |other: &&Draw| {
        other.life.id != draw.life.id
            && (draw.life.kind, other.life.kind) == (Kind::Project, Kind::Project)
            && other.life.parties == draw.life.parties
            && !other.bundle()
            && !told_apart(corpus, draw, other)
            && kindred(draw, other)
            && one_medium(&draw.life.name, &other.life.name)
    };
    // "The second bridge over the Drina" says no more than "the second bridge over the Drina between the two countries".
    let own = Name::new(&draw.life.name);
    let needed = |other: &Draw| 2 - usize::from(Name::new(&other.life.name).says_no_more_than(&own));
    let found = draws.iter().filter(of).flat_map(|other| {
        let needed = needed(other);
        other
            .stages
            .iter()
            .copied()
            .filter(move |stage| stage.1.class == Class::Moving)
            .map(move |s| (s, needed))
    });
    let again = found.filter(|((row, _), needed)| later(row) && alike(row, *needed));
    again.map(|(stage, _)| stage).min_by_key(|(row, _)| *row)
}

/// Whether nothing says that two lines carry different things: gas, power, trains.
fn one_medium(a: &str, b: &str) -> bool {
    const MEDIA: [&[&str]; 5] = [
        &["gas", "pipeline"],
        &["oil", "pipeline"],
        &["power", "electric", "transmission", "interconnector", "kv"],
        &["fibre", "fiber", "optic", "data", "internet", "telecom"],
        &["rail", "train", "tram"],
    ];
    let carried = |name: &str| -> Vec<usize> {
        let lower = name.to_lowercase();
        (0..MEDIA.len()).filter(|n| MEDIA[*n].iter().any(|word| lower.contains(word))).collect()
    };
    let (of_a, of_b) = (carried(a), carried(b));
    of_a.is_empty() || of_b.is_empty() || of_a.iter().any(|medium| of_b.contains(medium))
}

/// The first report, after a day, that denies the use of what may be the same work under a looser name.
pub(super) fn denied_use(
    corpus: &Corpus<'_>,
    draw: &Draw,
    draws: &[Draw],
    denies: &dyn Fn(RowId) -> bool,
) -> Option<RowId> {
    let near = places(corpus, draw);
    let shared = |row: &RowId| proper_words(&around(corpus, *row)).iter().any(|word| near.contains(word));
    let of = |other: &&Draw| {
        other.life.id != draw.life.id
            && other.life.kind == draw.life.kind
            && !other.bundle()
            && !told_apart(corpus, draw, other)
            && kindred(draw, other)
    };
    let rows = draws.iter().filter(of).flat_map(|other| other.stages.iter().map(|(row, _)| *row));
    rows.filter(|row| shared(row) && denies(*row)).min()
}

/// What was quoted of a work, and the words after it.
fn around(corpus: &Corpus<'_>, row: RowId) -> String {
    let evidence = &corpus.statement(row).evidence;
    format!("{}{}", evidence.exact, evidence.suffix)
}

fn is_work(draw: &Draw) -> bool {
    matches!(draw.life.kind, Kind::Project | Kind::Institution)
}

/// Whether two works are of a sort: they have one noun, or nouns that stand for one another.
fn kindred(draw: &Draw, other: &Draw) -> bool {
    let (a, b) = (noun(&draw.life.name), noun(&other.life.name));
    stands_for(&a, &b)
}

/// Whether a noun is another, or may stand for it.
pub(crate) fn stands_for(noun: &str, other: &str) -> bool {
    let has = |list: &str, noun: &str| list.split(' ').any(|word| word == noun);
    !noun.is_empty() && (noun == other || KINDS.iter().any(|list| has(list, noun) && has(list, other)))
}

/// Whether a word is the noun of some sort of work.
pub(crate) fn is_work_noun(word: &str) -> bool {
    !word.is_empty() && KINDS.iter().any(|list| list.split(' ').any(|noun| noun == word))
}

/// The noun of a name: its last word before what is said of it.
pub(crate) fn noun(name: &str) -> String {
    const BEHIND: [&str; 14] = [
        "of", "in", "on", "for", "between", "to", "with", "at", "near", "from", "over", "across", "by",
        "worth",
    ];
    let words = name.split_whitespace().take_while(|word| !BEHIND.contains(word));
    words.last().unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()
}

/// Whether proper names, or for want of them the words that are a name's own, allow two works to be one.
fn nothing_against(corpus: &Corpus<'_>, draw: &Draw, other: &Draw) -> bool {
    let (a, b) = (proper_words(&draw.life.name), proper_words(&other.life.name));
    let (near_a, near_b) = (places(corpus, draw), places(corpus, other));
    if near_a.iter().any(|word| near_b.contains(word)) {
        return true;
    }
    if !a.is_empty() && !b.is_empty() {
        return false;
    }
    let (own, others) = (Name::new(&draw.life.name), Name::new(&other.life.name));
    own.own_words_in(&others) > 1 || others.says_no_more_than(&own)
}

/// The proper words of a work's names, of where it stands, and of what was quoted of it.
fn places(corpus: &Corpus<'_>, draw: &Draw) -> Vec<u64> {
    let said = |row: &RowId| {
        let statement = corpus.statement(*row);
        let place = match &statement.body {
            Body::Project(project) => project.place.as_deref().unwrap_or_default(),
            _ => "",
        };
        proper_words(&format!("{} {place}", statement.evidence.exact))
    };
    let names = std::iter::once(&draw.life.name).chain(&draw.life.aliases);
    draw.rows.iter().flat_map(said).chain(names.flat_map(|name| proper_words(name))).collect()
}
