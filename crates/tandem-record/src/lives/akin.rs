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
const KINDS: [&str; 13] = [
    "link route line service connection flight flights ferry bus train shuttle",
    "railway railroad rail line link track corridor route",
    "line link interconnector interconnection cable circuit connection backbone",
    "bridge crossing viaduct span structure",
    "road highway motorway expressway bypass corridor route",
    "pipeline pipe line conduit link",
    "plant works factory mill refinery smelter facility complex station unit",
    "centre center school college academy institute campus hub laboratory house",
    "post checkpoint crossing terminal point hall gate",
    "port terminal harbour harbor berth dock quay",
    "zone park hub cluster",
    "hospital clinic centre center",
    "market bazaar centre center",
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
    let stands = |list: &str, noun: &str| list.split(' ').any(|word| word == noun);
    !a.is_empty() && (a == b || KINDS.iter().any(|list| stands(list, &a) && stands(list, &b)))
}

/// The noun of a name: its last word before what is said of it.
fn noun(name: &str) -> String {
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
