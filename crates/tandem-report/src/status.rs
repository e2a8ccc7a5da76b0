//! The state of a partnership on one page: figures, targets and pace, promises, changes, findings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tandem::model::record::{
    Derived, FigureFact, Finding, Life, Light, Lineage, LineageStep, Record, Severity, TargetStep,
};
use tandem::model::{Date, Measure, Period};

use crate::grid::{Column, Grid, Piece};
use crate::look::{Look, Tone, heading, paint, wrap};
use crate::timeline::{Moment, moments, shown_date};
use crate::words::{between, clean, counted, light_word, stated};
use crate::{figures, findings, lives, targets};

/// Rows of a section before "and N more".
const ROWS: usize = 12;
/// Wordings of a target, at most.
const TURNS: usize = 6;
/// Findings, at most.
const FINDINGS: usize = 6;
/// Moments under "What changed last".
const CHANGES: usize = 8;

/// One partnership and what there is to say of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Partnership {
    /// Codes of the parties.
    pub parties: Vec<String>,
    /// Entries in the ledger.
    pub entries: usize,
    /// The latest full year of each series, and the two latest parts of a year after it.
    pub figures: Vec<FigureFact>,
    /// Changes reported for the periods of those figures.
    pub figure_changes: Vec<FigureFact>,
    /// All targets.
    pub targets: Vec<Lineage>,
    /// All that was promised, those that need attention first.
    pub promises: Vec<Life>,
    /// What changed last, the latest first.
    pub changes: Vec<Moment>,
    /// Findings, the gravest first.
    pub findings: Vec<Finding>,
}

impl Partnership {
    /// The state of the partnership from the part of the record that is between its parties.
    pub fn new(parties: Vec<String>, record: &Record) -> Self {
        let mut promises: Vec<Life> =
            [&record.institutions, &record.agreements, &record.projects, &record.commitments]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
        promises.sort_by_key(|life| (attention(life), std::cmp::Reverse(life.light_date.clone())));
        let mut changes = moments(record);
        changes.retain(|moment| moment.date.as_deref().is_some_and(|date| date.parse::<Period>().is_ok()));
        changes.reverse();
        changes.truncate(CHANGES);
        let mut findings = record.findings.clone();
        findings.sort_by_key(|finding| finding.severity);
        let entries = record.figures.len()
            + record.targets.len()
            + promises.len()
            + record.meetings.len()
            + record.awards.len();
        let figures = latest(&record.figures);
        let belongs = |change: &&FigureFact| figures.iter().any(|fact| is_change_of(change, fact));
        let figure_changes = record.figures.iter().filter(belongs).cloned().collect();
        let mut targets = record.targets.clone();
        targets.sort_by_key(|target| rank(&target.indicator));
        Self { parties, entries, figures, figure_changes, targets, promises, changes, findings }
    }
}

/// What a reader should look at first: broken, replaced, overdue, moving, done, silent.
fn attention(life: &Life) -> u8 {
    match (life.light, life.overdue) {
        (Light::Red, _) => 0,
        (Light::Violet, _) => 1,
        (_, true) => 2,
        (Light::Amber, _) => 3,
        (Light::Green, _) => 4,
        (Light::Grey, _) => 5,
    }
}

/// Indicators in the order in which they are asked for.
const ORDER: [&str; 6] = ["trade_turnover", "exports", "imports", "trade_balance", "investment", "projects"];

/// The latest cells of each series of levels. A series is an indicator of one scope, direction and
/// reporter; part-years and years are never compared, only shown beside one another.
fn latest(facts: &[FigureFact]) -> Vec<FigureFact> {
    type Series<'a> = (usize, &'a str, [Option<&'a str>; 4], &'a str);
    let mut all: BTreeMap<Series<'_>, Vec<(Period, &FigureFact)>> = BTreeMap::new();
    let is_level = |fact: &&FigureFact| !matches!(fact.measure, Measure::ChangeAbs | Measure::ChangePct);
    for fact in facts.iter().filter(is_level).filter(|fact| figures::judged(fact)) {
        let Some(period) = fact.period else { continue };
        let rank = rank(&fact.indicator);
        let parts = [&fact.scope, &fact.from, &fact.to, &fact.reporter].map(|part| part.as_deref());
        all.entry((rank, &fact.indicator, parts, &fact.unit)).or_default().push((period, fact));
    }
    let series: Vec<Vec<&FigureFact>> = all.into_values().map(newest_of_series).collect();
    let is_current = |facts: &&Vec<&FigureFact>| !series.iter().any(|other| outdates(other, facts));
    series.iter().filter(is_current).flatten().copied().cloned().collect()
}

/// Whether another reporter's series of the same thing goes on for two years and more after this one
/// ends: then it is history, and no latest figure.
fn outdates(newer: &[&FigureFact], older: &[&FigureFact]) -> bool {
    let (Some(new), Some(old)) = (newer.last(), older.last()) else { return false };
    let thing =
        |fact: &FigureFact| (fact.indicator.clone(), fact.scope.clone(), fact.from.clone(), fact.to.clone());
    let year = |fact: &FigureFact| fact.period.map_or(0, |period| period.last().year());
    thing(new) == thing(old) && year(new) >= year(old) + 2
}

/// Where an indicator stands in the order in which indicators are asked for.
fn rank(indicator: &str) -> usize {
    ORDER.iter().position(|name| *name == indicator).unwrap_or(ORDER.len())
}

/// The latest full year and the two latest parts of a year that end after it, in the order of time;
/// two, because the very latest is often the one in doubt.
fn newest_of_series(mut series: Vec<(Period, &FigureFact)>) -> Vec<&FigureFact> {
    series.sort_by_key(|(period, fact)| (period.last(), period.first(), &fact.id));
    let year = series.iter().rev().find(|(period, _)| period.months() == 12).copied();
    let is_later = |period: Period| year.is_none_or(|(year, _)| period.last() > year.last());
    let later: Vec<&FigureFact> =
        series.iter().filter(|(period, _)| is_later(*period)).map(|(_, fact)| *fact).collect();
    let shown = later.len().saturating_sub(2);
    year.map(|(_, fact)| fact).into_iter().chain(later[shown..].iter().copied()).collect()
}

/// Whether one cell says how another changed.
fn is_change_of(change: &FigureFact, fact: &FigureFact) -> bool {
    let series = |fact: &FigureFact| {
        (fact.indicator.clone(), fact.scope.clone(), fact.from.clone(), fact.to.clone(), fact.period)
    };
    matches!(change.measure, Measure::ChangeAbs | Measure::ChangePct)
        && series(change) == series(fact)
        && (change.reporter.is_none() || change.reporter == fact.reporter)
}

/// What is said of the change to a figure; what only follows from it is marked as derived.
fn change(fact: &FigureFact, changes: &[FigureFact]) -> String {
    let told = changes.iter().filter(|change| is_change_of(change, fact));
    let mut said: Vec<String> = told.map(figures::preferred).collect();
    let follows = |derived: &&Derived| derived.measure == Measure::ChangePct && derived.period == fact.period;
    said.extend(
        fact.derived
            .iter()
            .filter(follows)
            .map(|derived| format!("{} derived", crate::show::derived_value(derived))),
    );
    said.dedup();
    said.join("; ")
}

/// The page for one partnership, asked on a day.
pub fn status(partnership: &Partnership, on: Date, look: Look) -> String {
    let names: Vec<&str> = partnership.parties.iter().map(|code| tandem::party_name(code)).collect();
    let title = format!("{} — as of {on}", clean(&names.join(" – ")));
    let look = Look { parties: false, ..look };
    let sections = [
        ("Latest figures", figures_section(partnership, look)),
        ("Targets and pace", targets_section(&partnership.targets, look)),
        ("Promised, and what became of it", promises_section(&partnership.promises, look)),
        ("What changed last", changes_section(&partnership.changes, look)),
        ("Findings", findings_section(&partnership.findings, look)),
    ];
    let mut page = heading(&title, look);
    for (name, body) in sections.into_iter().filter(|(_, body)| !body.is_empty()) {
        page.push_str(&format!("\n{}\n{body}", paint(name, Tone::Strong, look)));
    }
    page
}

/// Partnerships that have no page, with the number of their entries, in a line.
pub fn other_partnerships(rest: &[(Vec<String>, usize)], look: Look) -> String {
    if rest.is_empty() {
        return String::new();
    }
    let named: Vec<String> =
        rest.iter().map(|(parties, entries)| format!("{} ({entries})", between(parties))).collect();
    let line = format!("Also in the ledger, with the number of entries: {}.", named.join(", "));
    format!("\n{}For one of them: tandem status --between A,B\n", wrap(&line, "", look.width))
}

fn faint(text: &str, look: Look) -> String {
    let lines = wrap(text, "", look.width);
    lines.lines().map(|line| format!("{}\n", paint(line, Tone::Faint, look))).collect()
}

fn more(all: usize, command: &str, look: Look) -> String {
    if all <= ROWS {
        return String::new();
    }
    faint(&format!("… and {} more: {command}", all - ROWS), look)
}

fn figures_section(partnership: &Partnership, look: Look) -> String {
    if partnership.figures.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(&[
        ("id", Column::Whole),
        ("figure", Column::Text),
        ("value", Column::Number),
        ("period", Column::Whole),
        ("change on the year", Column::Text),
        ("whose", Column::Text),
        ("also said", Column::Text),
        ("finding", Column::Whole),
    ]);
    let doubted: BTreeMap<&str, &Finding> = partnership
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info)
        .rev()
        .flat_map(|finding| finding.facts.iter().map(move |fact| (fact.as_str(), finding)))
        .collect();
    for fact in partnership.figures.iter().take(ROWS) {
        let finding = doubted.get(fact.id.as_str());
        grid.row(vec![
            Piece::toned(&fact.id, Tone::Faint),
            figures::name(fact).into(),
            Piece::toned(figures::preferred(fact), Tone::Strong),
            figures::when(fact).into(),
            change(fact, &partnership.figure_changes).into(),
            figures::whose(fact).into(),
            figures::others(fact).join("; ").into(),
            finding.map_or_else(
                || Piece::from(""),
                |finding| {
                    let text = format!("{} {}", findings::severity(finding.severity), finding.id);
                    Piece::toned(text, Tone::of_severity(finding.severity))
                },
            ),
        ]);
    }
    grid.draw(look, "") + &more(partnership.figures.len(), "tandem figures", look)
}

fn targets_section(lineages: &[Lineage], look: Look) -> String {
    let mut text = String::new();
    for lineage in lineages.iter().take(ROWS) {
        let Some(step) = lineage.steps.last() else { continue };
        let head = format!(
            "{}  {}  {}: {}",
            paint(&light_word(lineage.light), Tone::of_light(lineage.light), look),
            paint(&lineage.id, Tone::Faint, look),
            paint(&targets::name(lineage), Tone::Strong, look),
            targets::aim(step, &lineage.unit),
        );
        text.push_str(&format!("{head}\n"));
        if lineage.steps.len() > 1 {
            text.push_str(&wrap(&turns(lineage).join(" → "), "    ", look.width));
        }
        let mut pace = targets::pace(lineage);
        let latest = targets::latest(lineage);
        if !latest.is_empty() {
            pace.insert(0, format!("latest {latest}"));
        }
        if !pace.is_empty() {
            text.push_str(&wrap(&pace.join("; "), "    ", look.width));
        }
    }
    text + &more(lineages.len(), "tandem targets", look)
}

/// The wordings that changed something, the last ones if there are many.
fn turns(lineage: &Lineage) -> Vec<String> {
    let changed = |step: &LineageStep| step.step.iter().any(|step| *step != TargetStep::Restated);
    let steps: Vec<LineageStep> = lineage.steps.iter().filter(|step| changed(step)).cloned().collect();
    let hidden = steps.len().saturating_sub(TURNS);
    let mut said = targets::wordings(&Lineage { steps: steps[hidden..].to_vec(), ..lineage.clone() });
    if hidden > 0 {
        said.insert(0, format!("… {hidden} earlier, see tandem show {}", lineage.id));
    }
    said
}

fn promises_section(promises: &[Life], look: Look) -> String {
    if promises.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(&[
        ("light", Column::Whole),
        ("evidence", Column::Whole),
        ("id", Column::Whole),
        ("promised", Column::Wide),
        ("what became of it", Column::Text),
    ]);
    for life in promises.iter().take(ROWS) {
        let details = lives::details(&life.fields).join("; ");
        let name = lives::name(life);
        grid.row(vec![
            Piece::toned(lives::light(life), Tone::of_light(life.light)),
            stated(life.light_date.as_deref()).into(),
            Piece::toned(&life.id, Tone::Faint),
            if details.is_empty() { name.into() } else { format!("{name} ({details})").into() },
            lives::history(life).into(),
        ]);
    }
    let kinds: BTreeSet<&str> = promises.iter().skip(ROWS).map(|life| plural(life)).collect();
    let commands = kinds.into_iter().map(|kind| format!("tandem {kind}")).collect::<Vec<_>>().join(", ");
    grid.draw(look, "") + &tally(promises) + &more(promises.len(), &commands, look)
}

fn plural(life: &Life) -> &'static str {
    match life.kind {
        tandem::model::Kind::Project => "projects",
        tandem::model::Kind::Agreement => "agreements",
        tandem::model::Kind::Institution => "institutions",
        _ => "commitments",
    }
}

/// "In all: 3 green, 5 amber, 2 grey (1 overdue)."
fn tally(promises: &[Life]) -> String {
    let count = |light| promises.iter().filter(|life| life.light == light).count();
    let lights = [Light::Green, Light::Amber, Light::Red, Light::Violet, Light::Grey];
    let said: Vec<String> = lights
        .into_iter()
        .filter(|light| count(*light) > 0)
        .map(|light| format!("{} {}", count(light), light.word()))
        .collect();
    let overdue = promises.iter().filter(|life| life.overdue).count();
    let overdue = if overdue > 0 { format!(" ({overdue} overdue)") } else { String::new() };
    format!("In all: {}{overdue}.\n", said.join(", "))
}

fn changes_section(changes: &[Moment], look: Look) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(&[("date", Column::Whole), ("id", Column::Whole), ("what", Column::Wide)]);
    for moment in changes {
        grid.row(vec![
            shown_date(moment).into(),
            Piece::toned(&moment.id, Tone::Faint),
            format!("{}: {}", moment.kind, moment.what).into(),
        ]);
    }
    grid.draw(look, "")
}

fn findings_section(all: &[Finding], look: Look) -> String {
    let grave: Vec<&Finding> = all.iter().filter(|finding| finding.severity != Severity::Info).collect();
    let mut text = format!("{}.\n", findings::tally(all));
    for finding in grave.iter().take(FINDINGS) {
        let head = format!("{} {}  ", findings::severity(finding.severity), finding.id);
        let body = wrap(&clean(&finding.message), &head, look.width);
        let painted = paint(&head, Tone::of_severity(finding.severity), look);
        text.push_str(&body.replacen(&head, &painted, 1));
    }
    let hidden = grave.len() > FINDINGS || grave.len() < all.len();
    if hidden {
        let words = counted(all.len() - grave.len().min(FINDINGS), "more finding", "more findings");
        text.push_str(&faint(&format!("… and {words}: tandem check"), look));
    }
    text
}

/// One line of a status page, for a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusLine {
    /// The partnership.
    pub parties: Vec<String>,
    /// `figure`, `target`, `promise`, `change` or `finding`.
    pub section: &'static str,
    /// The entry.
    pub id: String,
    /// What it is.
    pub what: String,
    /// Its value, wording, history, kind or severity.
    pub state: String,
    /// Light, for targets and promises.
    pub light: Option<&'static str>,
    /// The period of a figure, else the date of the last evidence.
    pub date: Option<String>,
}

/// All pages as lines.
pub fn status_lines(partnerships: &[Partnership]) -> Vec<StatusLine> {
    partnerships.iter().flat_map(lines_of).collect()
}

fn lines_of(page: &Partnership) -> Vec<StatusLine> {
    let line = |section, id: &str, what: String, state: String| StatusLine {
        parties: page.parties.clone(),
        section,
        id: id.to_owned(),
        what,
        state,
        light: None,
        date: None,
    };
    let figures = page.figures.iter().map(|fact| StatusLine {
        date: fact.period.map(|period| period.to_string()),
        ..line("figure", &fact.id, figures::name(fact), figures::preferred(fact))
    });
    let targets = page.targets.iter().map(|target| {
        let aim = target.steps.last().map(|step| targets::aim(step, &target.unit)).unwrap_or_default();
        let (light, date) = (Some(target.light.word()), target.light_date.clone());
        StatusLine { light, date, ..line("target", &target.id, targets::name(target), aim) }
    });
    let promises = page.promises.iter().map(|life| {
        let (light, date) = (Some(life.light.word()), life.light_date.clone());
        StatusLine { light, date, ..line("promise", &life.id, lives::name(life), lives::history(life)) }
    });
    let changes = page.changes.iter().map(|moment| StatusLine {
        date: moment.date.clone(),
        ..line("change", &moment.id, moment.what.clone(), moment.kind.to_owned())
    });
    let findings = page.findings.iter().map(|finding| {
        line("finding", &finding.id, clean(&finding.message), finding.severity.word().to_owned())
    });
    figures.chain(targets).chain(promises).chain(changes).chain(findings).collect()
}
