//! Lives: a project, agreement, body or promise through its stages, and its light.
//!
//! Every statement that bears on status is a step. The status shown is the furthest reached, so it
//! never moves back silently: a later source that says less is a finding. Silence is never failure:
//! it turns nothing red.

mod akin;
mod alarms;
mod bundles;
mod cluster;
mod links;
mod stage;

pub(crate) use akin::{is_work_noun, noun, stands_for};
use tandem_model::record::{Decision, Life, LifeFields, LifeStep, Light};
use tandem_model::{Body, Kind, Statement};

use crate::corpus::{Corpus, RowId};
use crate::findings::Draft;
use cluster::Cluster;
pub(crate) use cluster::KINDS;
pub(crate) use stage::{Class, Stage};

/// Lives of the four kinds and what the auditor has to say about them.
#[derive(Debug, Default)]
pub(crate) struct Lives {
    /// Each with its first row.
    pub(crate) lives: Vec<(RowId, Life)>,
    pub(crate) drafts: Vec<Draft>,
}

/// A life with what its making needs.
#[derive(Debug)]
pub(crate) struct Draw {
    pub(crate) life: Life,
    pub(crate) rows: Vec<RowId>,
    /// Stages in time, without copies and unsupported documents when there are others.
    pub(crate) stages: Vec<(RowId, Stage)>,
    /// How sure it is that the statements are about one thing.
    pub(crate) score: f64,
    /// For a promise: the furthest stages of what delivers it.
    pub(crate) delivered: Vec<(RowId, Stage)>,
    /// For a promise: the latest report, after its day, that it has not been kept.
    pub(crate) denied: Option<RowId>,
}

impl Draw {
    /// Whether it stands for several things at once.
    fn bundle(&self) -> bool {
        match &self.life.fields {
            LifeFields::Project { count, .. } | LifeFields::Agreement { count, .. } => {
                count.map_or_else(|| is_plural(&self.life.name), |count| count > 1)
            }
            _ => false,
        }
    }
}

/// Whether the noun of an uncounted name is a plural: "transport projects in Kenya", not "logistics
/// terminal".
fn is_plural(name: &str) -> bool {
    const BEHIND: [&str; 9] = ["of", "in", "on", "for", "between", "to", "with", "at", "worth"];
    let noun = name.split_whitespace().take_while(|word| !BEHIND.contains(word)).last();
    let many = |noun: &str| noun == "portfolio" || noun.ends_with('s') && !noun.ends_with("ss");
    // "The railway and the oil terminal".
    name.starts_with("the ") && name.contains(" and the ") || noun.is_none_or(many)
}

/// The rows of every single thing that is surely one, of the statements that are wanted.
pub(crate) fn one_thing(
    corpus: &Corpus<'_>,
    rows: &[RowId],
    wanted: &dyn Fn(&Statement) -> bool,
) -> Vec<Vec<RowId>> {
    const SURE: f64 = 0.75;
    let sets = cluster::proposed(corpus, rows, wanted).into_iter();
    sets.filter(|set| set.score >= SURE && set.rows.len() > 1).map(|set| set.rows).collect()
}

/// The lives of some rows, in order of their first statement.
pub(crate) fn lives(corpus: &Corpus<'_>, rows: &[RowId], decisions: &[Decision]) -> Lives {
    let clusters = cluster::clusters(corpus, rows, decisions);
    let mut draws: Vec<Draw> = clusters.into_iter().map(|cluster| draw(corpus, cluster)).collect();
    links::tie(corpus, rows, &mut draws);
    let mut drafts = Vec::new();
    for draw in &mut draws {
        light(corpus, draw);
    }
    alarms::raise(corpus, rows, &draws, &mut drafts);
    Lives { lives: draws.into_iter().map(|draw| (draw.rows[0], draw.life)).collect(), drafts }
}

fn draw(corpus: &Corpus<'_>, cluster: Cluster) -> Draw {
    let stages = stages(corpus, &cluster.rows);
    let fields = fields(corpus, &cluster.rows, &stages);
    let names = names(corpus, &cluster.rows);
    let name = names.iter().max_by_key(|name| name.chars().count()).cloned().unwrap_or_default();
    let steps = stages.iter().map(|(row, stage)| step(corpus, *row, stage.word)).collect();
    let life = Life {
        id: cluster.id,
        kind: cluster.kind,
        aliases: names.into_iter().filter(|other| *other != name).collect(),
        name,
        parties: corpus.statement(cluster.rows[0]).parties.clone(),
        fields,
        steps,
        light: Light::Grey,
        light_date: None,
        overdue: false,
        verdict: None,
        fulfils: Vec::new(),
        fulfilled_by: Vec::new(),
        members: Vec::new(),
        member_of: Vec::new(),
        links: Vec::new(),
    };
    Draw { life, rows: cluster.rows, stages, score: cluster.score, delivered: Vec::new(), denied: None }
}

pub(crate) fn step(corpus: &Corpus<'_>, row: RowId, status: &str) -> LifeStep {
    let statement = corpus.statement(row);
    LifeStep {
        status: status.to_owned(),
        stated_on: corpus.when(row).shown(),
        doc: statement.doc.clone(),
        statement: statement.id.clone(),
    }
}

/// Stages in time: a copy says nothing new, an unsupported document nothing at all beside others.
fn stages(corpus: &Corpus<'_>, rows: &[RowId]) -> Vec<(RowId, Stage)> {
    let supported = rows.iter().any(|row| !corpus.unsupported(*row));
    let mut stages: Vec<(RowId, Stage)> = Vec::new();
    for &row in rows.iter().filter(|row| !(supported && corpus.unsupported(**row))) {
        let Some(stage) = Stage::of(corpus.statement(row)) else { continue };
        let group = corpus.doc_of(row).group;
        let told =
            stages.iter().any(|(other, s)| s.word == stage.word && corpus.doc_of(*other).group == group);
        if !told {
            stages.push((row, stage));
        }
    }
    stages
}

fn names(corpus: &Corpus<'_>, rows: &[RowId]) -> Vec<String> {
    let mut names: Vec<String> = rows
        .iter()
        .map(|row| match &corpus.statement(*row).body {
            Body::Project(p) => p.name.clone(),
            Body::Agreement(a) => a.title.clone(),
            Body::Institution(i) => i.name.clone(),
            Body::Commitment(c) => c.action.clone(),
            _ => String::new(),
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The furthest stage, the latest of every other field.
fn fields(corpus: &Corpus<'_>, rows: &[RowId], stages: &[(RowId, Stage)]) -> LifeFields {
    let bodies = || rows.iter().rev().map(|row| &corpus.statement(*row).body);
    let reached = stage::reached(stages).map_or(rows[0], |(row, _)| row);
    match &corpus.statement(reached).body {
        Body::Agreement(at) => {
            let all = || bodies().filter_map(|b| if let Body::Agreement(a) = b { Some(a) } else { None });
            let worth = all().find(|a| a.value.is_some());
            LifeFields::Agreement {
                kind: at.kind,
                title: all().next().map_or_else(String::new, |a| a.title.clone()),
                count: all().find_map(|a| a.count),
                status: at.status,
                value: worth.and_then(|a| a.value),
                unit: worth.and_then(|a| a.unit.clone()),
                bound: worth.and_then(|a| a.bound),
                until: all().find_map(|a| a.until.clone()),
                date: all().find_map(|a| a.date),
            }
        }
        Body::Institution(at) => LifeFields::Institution { status: at.status },
        Body::Commitment(_) => {
            let all = || bodies().filter_map(|b| if let Body::Commitment(c) = b { Some(c) } else { None });
            let latest = all().next();
            let dated = all().find(|c| c.deadline.is_some());
            LifeFields::Commitment {
                actors: latest.map(|c| c.actors.clone()).unwrap_or_default(),
                action: latest.map(|c| c.action.clone()).unwrap_or_default(),
                strength: all().map(|c| c.strength).min().unwrap_or(tandem_model::Strength::Supported),
                deadline: dated.and_then(|c| c.deadline.clone()),
                deadline_words: dated.and_then(|c| c.deadline_words.clone()),
            }
        }
        _ => project_fields(corpus, rows, reached),
    }
}

fn project_fields(corpus: &Corpus<'_>, rows: &[RowId], reached: RowId) -> LifeFields {
    let project = |row: &RowId| match &corpus.statement(*row).body {
        Body::Project(project) => Some(project),
        _ => None,
    };
    let all = || rows.iter().rev().filter_map(project);
    let worth = all().find(|p| p.value.is_some());
    LifeFields::Project {
        count: all().find_map(|p| p.count),
        value: worth.and_then(|p| p.value),
        unit: worth.and_then(|p| p.unit.clone()),
        bound: worth.and_then(|p| p.bound),
        sectors: all().map(|p| &p.sectors).find(|s| !s.is_empty()).cloned().unwrap_or_default(),
        status: project(&reached).map_or(tandem_model::ProjectStatus::Unknown, |p| p.status),
        place: all().find_map(|p| p.place.clone()),
    }
}

/// The light, in the order of the contract, with the date of its evidence.
fn light(corpus: &Corpus<'_>, draw: &mut Draw) {
    let Some((first, _)) = draw.stages.first().copied() else { return };
    let last = draw.stages.last().map_or(first, |(row, _)| *row);
    let reached = stage::reached(&draw.stages).unwrap_or((first, Stage::unknown()));
    let (light, row) = match reached.1.class {
        Class::Done => (Light::Green, reached.0),
        Class::Ended => (Light::Violet, reached.0),
        Class::Ceremony | Class::Moving => (Light::Amber, last),
        _ if moved(corpus, draw, reached) => (Light::Amber, last),
        _ => (Light::Grey, last),
    };
    draw.life.light = light;
    draw.life.light_date = corpus.when(row).shown();
    if draw.life.kind == Kind::Commitment {
        links::promise_light(corpus, draw);
    } else if let Some((_, end)) = due(corpus, draw).filter(|_| unfinished(reached.1) && !opened_since(draw))
    {
        past_due(corpus, draw, end);
    }
}

/// Whether the last word is that it was opened or put to work, as no beginning of works is: they were told of before.
fn opened_since(draw: &Draw) -> bool {
    let works = draw.stages.iter().any(|(_, stage)| stage.class == Class::Moving);
    works && draw.stages.last().is_some_and(|(_, stage)| stage.class == Class::Ceremony)
}

/// Whether a thing at this stage is still to be done.
fn unfinished(stage: Stage) -> bool {
    matches!(stage.class, Class::Promised | Class::Moving | Class::Unknown)
}

/// The last deadline that was given for a project or a promise, as written and as a day.
fn due(corpus: &Corpus<'_>, draw: &Draw) -> Option<(String, tandem_model::Date)> {
    let deadline = |row: &RowId| match &corpus.statement(*row).body {
        Body::Project(project) => project.deadline.clone(),
        Body::Institution(institution) => institution.deadline.clone(),
        Body::Commitment(commitment) => commitment.deadline.clone(),
        _ => None,
    };
    let dated = draw.stages.iter().rev().filter_map(|(row, _)| deadline(row));
    dated.filter_map(|text| Some((text.clone(), crate::targets::deadline_end(&text)?))).next()
}

/// Red once a later report shows an unfinished project past its deadline; overdue when no report does.
fn past_due(corpus: &Corpus<'_>, draw: &mut Draw, end: tandem_model::Date) {
    if end >= corpus.as_of || draw.bundle() {
        return;
    }
    let after = |row: &RowId| corpus.when(*row).earliest().is_some_and(|day| day > end);
    match draw.stages.iter().rev().find(|(row, _)| after(row)) {
        Some((row, _)) => {
            draw.life.light = Light::Red;
            draw.life.light_date = corpus.when(*row).shown();
        }
        None => draw.life.overdue = true,
    }
}

/// Whether a later source shows it further than an earlier one.
fn moved(corpus: &Corpus<'_>, draw: &Draw, reached: (RowId, Stage)) -> bool {
    draw.life.kind != Kind::Commitment
        && draw.stages.iter().any(|(row, stage)| {
            stage.rank < reached.1.rank
                && *row < reached.0
                && corpus.row(*row).doc != corpus.row(reached.0).doc
        })
}
