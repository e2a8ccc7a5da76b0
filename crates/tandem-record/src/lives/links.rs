//! Promised and delivered: which later agreement, body or project carries out an earlier promise,
//! and what belongs to which bundle.
//!
//! A promise is tied to a thing when it is worded as making something ("devise", "establish"), its
//! words cover the thing's name, and the thing is first reported as done in another document, later.
//! A body that already worked when its widening was promised delivers nothing.

use rustc_hash::FxHashMap;
use tandem_model::record::{Life, LifeFields, Light, Link};
use tandem_model::{AgreementType, Date, Kind};

use super::{Class, Draw, Stage, step};
use crate::corpus::{Corpus, RowId};
use crate::entities::Name;
use crate::targets::deadline_end;

/// Verbs of making; other promises ("expand", "deepen") are kept by nothing that a name could show.
const MAKING: &str = "establish create set open found form launch build construct start begin devise develop draft \
    adopt sign conclude approve prepare finalise finalize inaugurate complete implement \
    introduce elaborate work initiate convene commission ratify draw make restore resume reopen \
    rebuild repair renovate install electrify connect modernise modernize";

/// Things looked at for one promise.
const CANDIDATES: usize = 64;

/// A thing that may deliver, with all its names.
struct Thing {
    draw: usize,
    names: Vec<Name>,
}

/// Things of one set of parties, by the words of their names.
#[derive(Default)]
struct Things {
    all: Vec<Thing>,
    by_word: FxHashMap<String, Vec<usize>>,
}

impl Things {
    fn add(&mut self, draw: usize, life: &Life) {
        let names: Vec<Name> =
            std::iter::once(&life.name).chain(&life.aliases).map(|name| Name::new(name)).collect();
        for token in names.iter().flat_map(|name| &name.tokens) {
            let list = self.by_word.entry(token.word.clone()).or_default();
            if list.last() != Some(&self.all.len()) {
                list.push(self.all.len());
            }
        }
        self.all.push(Thing { draw, names });
    }

    fn sharing_words(&self, name: &Name) -> Vec<usize> {
        let mut lists: Vec<&Vec<usize>> =
            name.tokens.iter().filter_map(|token| self.by_word.get(&token.word)).collect();
        lists.sort_by_key(|list| list.len());
        let mut found: Vec<usize> = lists.into_iter().flatten().copied().take(CANDIDATES).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Ties promises to what delivers them, members to bundles, and one thing told as two kinds.
pub(crate) fn tie(corpus: &Corpus<'_>, rows: &[RowId], draws: &mut [Draw]) {
    let mut things: FxHashMap<Vec<String>, Things> = FxHashMap::default();
    for (number, draw) in draws.iter().enumerate().filter(|(_, draw)| draw.life.kind != Kind::Commitment) {
        things.entry(draw.life.parties.clone()).or_default().add(number, &draw.life);
    }
    for promise in (0..draws.len()).filter(|n| draws[*n].life.kind == Kind::Commitment).collect::<Vec<_>>() {
        if let Some(things) = things.get(&draws[promise].life.parties) {
            deliver(corpus, draws, promise, things);
            reconsidered(corpus, draws, promise, things);
        }
    }
    deny(corpus, rows, draws);
    bundle(corpus, draws);
    twin(draws, &things);
}

/// Reports, after the day that was set, that what was promised has not been done.
fn deny(corpus: &Corpus<'_>, rows: &[RowId], draws: &mut [Draw]) {
    let denials = rows.iter().filter_map(|row| {
        let statement = corpus.statement(*row);
        let tandem_model::Body::Commitment(commitment) = &statement.body else { return None };
        let denied = statement.modality == tandem_model::Modality::Negated && !corpus.unsupported(*row);
        denied.then(|| (*row, Name::new(&commitment.action)))
    });
    for (row, name) in denials {
        for draw in draws.iter_mut().filter(|draw| draw.life.kind == Kind::Commitment) {
            let after = || {
                let end = deadlines(corpus, draw).last().map(|(_, end)| *end);
                end.zip(corpus.when(row).earliest()).is_some_and(|(end, day)| day > end)
            };
            let ours = draw.life.parties == corpus.statement(row).parties;
            if ours && speaks_of(&name, &Name::new(&draw.life.name)) && after() {
                draw.denied = Some(row);
            }
        }
    }
}

/// Whether a denial speaks of a promise: it has two words of its own, and a third of all.
fn speaks_of(denial: &Name, promise: &Name) -> bool {
    let shared = promise.own_words_in(denial);
    shared >= 2 && shared * 3 >= promise.tokens.len()
}

fn deliver(corpus: &Corpus<'_>, draws: &mut [Draw], promise: usize, things: &Things) {
    let action = draws[promise].life.name.to_lowercase();
    let makes = action
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| MAKING.split(' ').any(|verb| word.starts_with(verb) && word.len() <= verb.len() + 4));
    if !makes {
        return;
    }
    let wanted = Name::new(&action);
    let made = draws[promise].rows[0];
    let mut found: Vec<(f64, usize, RowId, Stage)> = things
        .sharing_words(&wanted)
        .into_iter()
        .filter_map(|number| {
            let thing = &things.all[number];
            let cover = thing.names.iter().map(|name| cover(name, &wanted)).fold(0.0, f64::max);
            let (row, stage) = done_after(corpus, &draws[thing.draw], made)?;
            (cover > 0.0).then_some((cover, thing.draw, row, stage))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let best = found.first().map_or(0.0, |f| f.0);
    for (cover, thing, row, stage) in found.into_iter().filter(|f| f.0 >= best - 0.1) {
        link(corpus, draws, promise, thing, (cover, row, stage));
    }
}

/// "Are considering building X" after X was under way: the proposal is a stage of X.
fn reconsidered(corpus: &Corpus<'_>, draws: &mut [Draw], promise: usize, things: &Things) {
    let row = draws[promise].rows[0];
    let tandem_model::Body::Commitment(commitment) = &corpus.statement(row).body else { return };
    let quote = corpus.statement(row).evidence.exact.to_lowercase();
    let weighed = ["consider", "propos", "discuss", "study"].iter().any(|word| quote.contains(word));
    let builds = ["build", "construct"].iter().any(|verb| commitment.action.to_lowercase().starts_with(verb));
    if commitment.strength != tandem_model::Strength::Proposed || !weighed || !builds {
        return;
    }
    let wanted = Name::new(&commitment.action);
    let begun = |draw: &Draw| {
        draw.life.kind == Kind::Project
            && draw.stages.first().is_some_and(|(first, stage)| {
                !matches!(stage.class, Class::Promised | Class::Unknown)
                    && corpus.when(*first).surely_before(&corpus.when(row))
            })
    };
    let thing = things.sharing_words(&wanted).into_iter().map(|number| &things.all[number]).find(|thing| {
        let exact = |name: &Name| name.tokens.len() > 1 && name.covered_by(&wanted) > 0.99;
        begun(&draws[thing.draw]) && thing.names.iter().any(exact)
    });
    if let Some(draw) = thing.map(|thing| &mut draws[thing.draw]) {
        draw.stages.push((row, Stage { word: "proposed", rank: 1, class: Class::Promised }));
        draw.stages.sort_by_key(|(row, _)| *row);
        draw.life.steps = draw.stages.iter().map(|(row, stage)| step(corpus, *row, stage.word)).collect();
    }
}

/// How far the words of a promise cover a name; zero when too little is shared to mean it.
fn cover(name: &Name, promise: &Name) -> f64 {
    let cover = name.covered_by(promise);
    let words = name.tokens.len() + name.light.len();
    let shared = (cover * words as f64).round() as usize;
    let particular = name.tokens.iter().any(|token| !token.is_general() && promise.tokens.contains(token));
    let enough = (cover > 0.99 && (shared >= 2 || particular)) || (cover >= 0.6 && shared >= 3);
    if enough { cover } else { 0.0 }
}

/// The furthest stage of a thing that was first reported as made after the promise, in another text.
fn done_after(corpus: &Corpus<'_>, thing: &Draw, promise: RowId) -> Option<(RowId, Stage)> {
    let made = |stage: &Stage| matches!(stage.class, Class::Done | Class::Ceremony);
    // Work may have begun before; what counts is when it is first seen made.
    let moving = |stage: &Stage| stage.class == Class::Moving;
    let of = |wanted: &dyn Fn(&Stage) -> bool| thing.stages.iter().find(|(_, stage)| wanted(stage));
    let (first, _) = of(&made).or_else(|| of(&moving))?;
    let group = |row: RowId| corpus.doc_of(row).group;
    let later = *first > promise && group(*first) != group(promise);
    let best = thing.stages.iter().filter(|(_, s)| made(s) || s.class == Class::Moving).copied();
    let best = best.reduce(|a, b| if b.1.rank > a.1.rank { b } else { a })?;
    (later && !corpus.when(best.0).surely_before(&corpus.when(promise))).then_some(best)
}

fn link(corpus: &Corpus<'_>, draws: &mut [Draw], promise: usize, thing: usize, how: (f64, RowId, Stage)) {
    let (score, row, stage) = how;
    let (promise_id, thing_id) = (draws[promise].life.id.clone(), draws[thing].life.id.clone());
    let made = draws[promise].rows[0];
    let reasons = vec![
        format!(
            "\"{}\" was {} {} ({}).",
            draws[promise].life.name,
            draws[promise].stages.first().map_or("promised", |(_, stage)| stage.word),
            corpus.when(made).words(),
            corpus.doc_of(made).id
        ),
        format!(
            "\"{}\" was reported {} {} ({}).",
            draws[thing].life.name,
            stage.word.replace('_', " "),
            corpus.when(row).words(),
            corpus.doc_of(row).id
        ),
        "The words of the promise cover its name, and nobody reported it before the promise.".to_owned(),
    ];
    let moving = stage.class == Class::Moving;
    let relation = |done: &str| if moving { "under_way".to_owned() } else { done.to_owned() };
    let (done, kept) = (relation("fulfilled_by"), relation("fulfils"));
    draws[promise].life.links.push(Link {
        relation: done,
        to: thing_id.clone(),
        score,
        reasons: reasons.clone(),
    });
    draws[thing].life.links.push(Link { relation: kept, to: promise_id.clone(), score, reasons });
    if !moving {
        draws[promise].life.fulfilled_by.push(thing_id);
        draws[thing].life.fulfils.push(promise_id);
    }
    let step = step(corpus, row, stage.word);
    draws[promise].life.steps.push(step);
    draws[promise].delivered.push((row, stage));
}

/// The light of a promise: by what delivers it, by its deadlines, by nothing.
pub(crate) fn promise_light(corpus: &Corpus<'_>, draw: &mut Draw) {
    let best = draw.delivered.iter().copied().reduce(|a, b| if b.1.rank > a.1.rank { b } else { a });
    let deadlines = deadlines(corpus, draw);
    let end = deadlines.last().map(|(_, end)| *end);
    let passed = end.filter(|end| *end < corpus.as_of);
    let re_dated = deadlines.windows(2).rfind(|pair| pair[1].1 > pair[0].1).map(|pair| pair[1].0);
    let shown = |row: RowId| corpus.when(row).shown();
    (draw.life.light, draw.life.light_date) = match (best, re_dated, passed) {
        (Some((row, stage)), ..) if stage.class == Class::Done => (Light::Green, shown(row)),
        (_, Some(row), _) => (Light::Violet, shown(row)),
        (Some((row, stage)), _, Some(end))
            if stage.class == Class::Moving && corpus.when(row).earliest().is_some_and(|day| day > end) =>
        {
            (Light::Red, shown(row))
        }
        (Some((row, _)), ..) => (Light::Amber, shown(row)),
        (None, None, Some(_)) if draw.denied.is_some() => (Light::Red, draw.denied.and_then(shown)),
        (None, None, passed) => {
            draw.life.overdue = passed.is_some();
            (Light::Grey, draw.stages.last().and_then(|(row, _)| shown(*row)))
        }
    };
}

/// The dated deadlines of a promise in time.
fn deadlines(corpus: &Corpus<'_>, draw: &Draw) -> Vec<(RowId, Date)> {
    let deadline = |row: &RowId| match &corpus.statement(*row).body {
        tandem_model::Body::Commitment(commitment) => commitment.deadline.as_deref().and_then(deadline_end),
        _ => None,
    };
    draw.stages.iter().filter_map(|(row, _)| Some((*row, deadline(row)?))).collect()
}

/// A life, by number, and the row that tells of it.
type Told = (usize, RowId);

/// What one text tells of beside a bundle of the same stage belongs to the bundle.
fn bundle(corpus: &Corpus<'_>, draws: &mut [Draw]) {
    let mut by_doc: FxHashMap<(u32, Kind, Vec<String>), Vec<Told>> = FxHashMap::default();
    for (number, draw) in draws.iter().enumerate() {
        if !matches!(draw.life.kind, Kind::Project | Kind::Agreement) {
            continue;
        }
        for (row, _) in draw.stages.iter().filter(|(_, s)| matches!(s.class, Class::Done | Class::Ceremony)) {
            let key = (corpus.row(*row).doc, draw.life.kind, draw.life.parties.clone());
            by_doc.entry(key).or_default().push((number, *row));
        }
    }
    let mut groups: Vec<_> = by_doc.into_iter().filter(|(_, list)| list.len() > 1).collect();
    groups.sort_unstable();
    for (_, list) in groups {
        let bundles: Vec<usize> =
            list.iter().map(|(n, _)| *n).filter(|n| count(&draws[*n].life) > Some(1)).collect();
        let [whole] = bundles[..] else { continue };
        let parts: Vec<usize> =
            list.iter().map(|(n, _)| *n).filter(|n| may_belong(&draws[*n].life)).collect();
        // More parts than the bundle has: they are not all of it, and which are cannot be told.
        if parts.len() as u64 <= count(&draws[whole].life).unwrap_or(0) {
            parts.into_iter().for_each(|part| belong(draws, whole, part));
        }
    }
}

fn count(life: &Life) -> Option<u64> {
    match &life.fields {
        LifeFields::Project { count, .. } | LifeFields::Agreement { count, .. } => *count,
        _ => None,
    }
}

/// A statement of the leaders stands beside the documents signed, not among them.
fn may_belong(life: &Life) -> bool {
    let apart = matches!(
        &life.fields,
        LifeFields::Agreement {
            kind: AgreementType::JointStatement | AgreementType::Declaration | AgreementType::Programme,
            ..
        }
    );
    count(life) == Some(1) && !apart
}

fn belong(draws: &mut [Draw], whole: usize, part: usize) {
    let (whole_id, part_id) = (draws[whole].life.id.clone(), draws[part].life.id.clone());
    if draws[whole].life.members.contains(&part_id) {
        return;
    }
    let reasons = vec![
        "One text reports both, at the same stage: the one is taken as a member of the other.".to_owned(),
    ];
    let link = |relation: &str, to: &str| Link {
        relation: relation.to_owned(),
        to: to.to_owned(),
        score: 0.6,
        reasons: reasons.clone(),
    };
    draws[whole].life.links.push(link("member", &part_id));
    draws[part].life.links.push(link("member_of", &whole_id));
    draws[whole].life.members.push(part_id);
    draws[part].life.member_of.push(whole_id);
}

/// A body and a project of one name are possibly one thing told as two kinds; never merged.
fn twin(draws: &mut [Draw], things: &FxHashMap<Vec<String>, Things>) {
    let mut pairs = Vec::new();
    for (number, draw) in draws.iter().enumerate().filter(|(_, d)| d.life.kind == Kind::Institution) {
        let Some(things) = things.get(&draw.life.parties) else { continue };
        let name = Name::new(&draw.life.name);
        for thing in things.sharing_words(&name).into_iter().map(|n| &things.all[n]) {
            let score = thing.names.iter().map(|other| other.likeness(&name)).fold(0.0, f64::max);
            if draws[thing.draw].life.kind == Kind::Project && score >= 0.8 {
                pairs.push((number, thing.draw, score));
            }
        }
    }
    for (a, b, score) in pairs {
        let reasons = vec!["The two have one name.".to_owned()];
        let (a_id, b_id) = (draws[a].life.id.clone(), draws[b].life.id.clone());
        let link =
            |to: String| Link { relation: "possibly_same".to_owned(), to, score, reasons: reasons.clone() };
        draws[a].life.links.push(link(b_id));
        draws[b].life.links.push(link(a_id));
    }
}
