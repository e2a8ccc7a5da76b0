//! Target lineages: the wordings of one target in time, its pace, and what became of it.
//!
//! Wordings are compared with the ones still standing: the same value with another deadline is
//! re-dated, another value is raised or lowered, and two stages named in one text ("3 billion, then
//! 10") stand side by side. Targets are compared with actuals as points. Copies of a release and
//! unsupported documents set nothing.

mod pace;
mod works;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_model::record::{Actual, Cause, FindingType, Light, Lineage, LineageStep, Severity, TargetStep};
use tandem_model::{Body, Bound, Date, Measure, Modality, Number, Period, Target};

use crate::corpus::{Corpus, RowId};
use crate::facts::Cell;
use crate::findings::Draft;
use crate::ids::{self, StableHash};
use crate::{names, words};
use pace::Pace;
use works::{Work, Works};

/// What one lineage is about.
type Key<'a> = (&'a [String], &'a str, Option<String>, Measure, &'a str);

/// Lineages and what the auditor has to say about them.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    pub(crate) lineages: Vec<Lineage>,
    pub(crate) drafts: Vec<Draft>,
}

/// One wording.
#[derive(Clone, Debug)]
struct Wording<'a> {
    row: RowId,
    target: &'a Target,
    /// Last day of the deadline, when the calendar has it.
    end: Option<Date>,
}

/// A full year's or a part-year's value of the same indicator.
#[derive(Clone, Copy, Debug)]
struct Level<'c> {
    period: Period,
    value: Decimal,
    below: bool,
    row: RowId,
    fact: &'c str,
    rank: (bool, u32),
    reporter: Option<&'c str>,
    from: Option<&'c str>,
}

/// The lineages of some rows, in the order of their keys.
pub(crate) fn lineages<'a>(
    corpus: &Corpus<'a>,
    rows: &[RowId],
    cells: &[Cell<'a>],
    suspects: &FxHashSet<RowId>,
) -> Targets {
    let mut rows_of: FxHashMap<Key<'a>, Vec<RowId>> = FxHashMap::default();
    for &row in rows {
        let statement = corpus.statement(row);
        let Body::Target(target) = &statement.body else { continue };
        if statement.modality != Modality::Negated {
            rows_of.entry(key(&statement.parties, target)).or_default().push(row);
        }
    }
    let works = Works::of(corpus, rows);
    let mut groups: Vec<Group<'a>> =
        rows_of.into_iter().flat_map(|(key, rows)| by_work(corpus, &works, &key, rows)).collect();
    // Of one key in order of time: what is told first keeps the key's id.
    groups.sort_by(|a, b| a.key.cmp(&b.key));
    let sound = |row: RowId| !suspects.contains(&row);
    let levels = levels_by_key(cells, &groups.iter().map(|g| &g.key).collect(), &sound);
    let ids = ids::full('T', &groups.iter().map(Group::hash).collect::<Vec<_>>());
    let mut targets = Targets::default();
    for (group, id) in groups.into_iter().zip(ids) {
        let (key, rows) = (&group.key, &group.rows);
        let from = source(corpus, rows);
        let known = levels.get(&(key.0, key.1, key.2.clone(), key.4)).into_iter().flatten();
        // Of exports to and from one side only those are used that go the target's way, of a work its own.
        let way = |level: &&Level<'_>| level.from.is_none() || level.from == from;
        let own = |level: &&Level<'_>| !group.differs(works.behind(corpus, level.row).as_ref());
        let levels: Vec<Level<'_>> = known.filter(way).filter(own).copied().collect();
        let mut draft = Drafting { corpus, levels: &levels, steps: Vec::new(), drafts: Vec::new(), id };
        draft.name_steps(&wordings(corpus, rows));
        let lineage = draft.lineage(&group);
        targets.lineages.push(lineage);
        targets.drafts.append(&mut draft.drafts);
    }
    targets
}

/// Wordings that can be of one target.
struct Group<'a> {
    key: Key<'a>,
    /// The work that they measure, when one is named.
    work: Option<Work<'a>>,
    /// Whether other works have a target of the same key that was told before.
    further: bool,
    /// Whether other works have a target of the same key at all.
    shared: bool,
    rows: Vec<RowId>,
}

impl<'a> Group<'a> {
    fn differs(&self, work: Option<&Work<'a>>) -> bool {
        self.work.as_ref().zip(work).is_some_and(|(own, other)| own.differs(other))
    }

    /// The name of its work, where the key alone would not tell it from another target.
    fn named(&self) -> Option<&'a str> {
        self.work.as_ref().filter(|_| self.shared).map(Work::name)
    }

    fn hash(&self) -> u64 {
        let key = hash(&self.key);
        let name = self.named().filter(|_| self.further);
        name.map_or(key, |name| StableHash::default().part(key.to_string()).part(name).finish())
    }
}

/// The wordings of one key, apart where they measure different works. One that is of no work goes with those that have
/// its value, else with the first.
fn by_work<'a>(corpus: &Corpus<'a>, works: &Works<'a>, key: &Key<'a>, rows: Vec<RowId>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for row in rows {
        let work = works.behind(corpus, row);
        let fits = |group: &Group<'a>| !group.differs(work.as_ref());
        let same = groups.iter().position(|group| fits(group) && told(corpus, group, row));
        let known = |group: &Group<'a>| fits(group) && (group.work.is_some() || work.is_none());
        let home = same.or_else(|| groups.iter().position(known)).or_else(|| groups.iter().position(fits));
        match home.and_then(|home| groups.get_mut(home)) {
            Some(group) => {
                group.rows.push(row);
                group.work = group.work.take().or(work);
            }
            None => {
                let (key, further) = (key.clone(), !groups.is_empty());
                groups.push(Group { key, work, further, shared: false, rows: vec![row] });
            }
        }
    }
    let shared = groups.len() > 1;
    groups.iter_mut().for_each(|group| group.shared = shared);
    groups
}

/// Whether a group has the value of a wording.
fn told(corpus: &Corpus<'_>, group: &Group<'_>, row: RowId) -> bool {
    let value = |row: RowId| match &corpus.statement(row).body {
        Body::Target(target) => Some(target.value),
        _ => None,
    };
    group.rows.iter().any(|other| value(*other) == value(row))
}

fn key<'a>(parties: &'a [String], target: &'a Target) -> Key<'a> {
    let scope = target.scope.as_ref().map(|scope| scope.trim().to_lowercase());
    let scope = told_by_unit(&target.indicator, scope);
    (parties, &target.indicator, scope, target.measure, &target.unit)
}

/// A scope without what the unit says anyway: energy in cubic metres is gas, in kilowatt-hours electricity.
fn told_by_unit(indicator: &str, scope: Option<String>) -> Option<String> {
    const CARRIERS: [&str; 6] = ["natural gas", "gas", "electricity", "power", "electric power", "energy"];
    scope.filter(|scope| indicator != "energy" || !CARRIERS.contains(&scope.as_str()))
}

fn hash((parties, indicator, scope, measure, unit): &Key<'_>) -> u64 {
    let parties = parties.iter().fold(StableHash::default(), |hash, party| hash.part(party));
    parties.part(indicator).maybe(scope.as_ref()).part(measure.word()).part(unit).finish()
}

/// The side that goods go out from, as the wordings of a target have it: "raise Kenyan exports to Uganda"; none
/// when they name no way or several.
fn source<'a>(corpus: &Corpus<'a>, rows: &[RowId]) -> Option<&'a str> {
    let mut ways: Vec<&str> = rows.iter().filter_map(|row| way(corpus, *row)).collect();
    ways.dedup();
    (ways.len() == 1).then(|| ways[0])
}

fn way<'a>(corpus: &Corpus<'a>, row: RowId) -> Option<&'a str> {
    let statement = corpus.statement(row);
    let Body::Target(target) = &statement.body else { return None };
    let flows = matches!(target.indicator.as_str(), "exports" | "imports" | "energy" | "water" | "tourists");
    let [x, y] = &statement.parties[..] else { return None };
    let evidence = &statement.evidence;
    let around = format!("{}{}{}", evidence.prefix, evidence.exact, evidence.suffix).to_lowercase();
    flows.then(|| names::goes_from(&around, x, y)).flatten()
}

type LevelKey<'a> = (&'a [String], &'a str, Option<String>, &'a str);

/// Levels of the indicators that have targets, in order of period, with the way that they go.
fn levels_by_key<'a, 'c>(
    cells: &'c [Cell<'a>],
    keys: &FxHashSet<&Key<'a>>,
    sound: &dyn Fn(RowId) -> bool,
) -> FxHashMap<LevelKey<'a>, Vec<Level<'c>>> {
    let wanted: FxHashSet<LevelKey<'a>> = keys.iter().map(|k| (k.0, k.1, k.2.clone(), k.4)).collect();
    let mut levels: FxHashMap<LevelKey<'a>, Vec<Level<'c>>> = FxHashMap::default();
    for cell in cells.iter().filter(|cell| cell.asserted()) {
        let scope = told_by_unit(cell.key.indicator, cell.key.scope.clone());
        let key = (cell.key.parties, cell.key.indicator, scope, cell.key.unit);
        let Some(period) = cell.period.filter(|p| p.months() <= 12 && wanted.contains(&key)) else {
            continue;
        };
        let value = cell.preferred();
        let counts = matches!(cell.key.measure, Measure::Level | Measure::Count) && value.origins > 0;
        if counts && value.rows.iter().all(|row| sound(*row)) {
            levels.entry(key).or_default().push(Level {
                period,
                value: value.value,
                below: value.bound == Bound::Under,
                row: value.rows[0],
                fact: &cell.id,
                rank: (value.bound != Bound::Exact, u32::MAX - value.origins),
                reporter: cell.key.reporter,
                from: cell.key.from,
            });
        }
    }
    for list in levels.values_mut() {
        list.sort_by_key(|level| (level.period.last(), level.period.first(), level.rank, level.row));
    }
    levels
}

/// The wordings that count, in time: guesses and unsupported documents only when there is nothing else, copies
/// of a release once, and of one text the fullest wording of a value.
fn wordings<'a>(corpus: &Corpus<'a>, rows: &[RowId]) -> Vec<Wording<'a>> {
    let sure: Vec<RowId> = rows.iter().copied().filter(|row| corpus.heard(*row)).collect();
    let rows = if sure.is_empty() { rows } else { &sure };
    let supported: Vec<RowId> = rows.iter().copied().filter(|row| !corpus.unsupported(*row)).collect();
    let rows = if supported.is_empty() { rows } else { &supported };
    let all: Vec<Wording<'a>> = rows.iter().filter_map(|row| wording(corpus, *row)).collect();
    let all = without_recollections(corpus, all);
    let group = |w: &Wording<'_>| corpus.doc_of(w.row).group;
    let fuller: FxHashSet<(u32, Number)> =
        all.iter().filter(|w| w.end.is_some()).map(|w| (group(w), w.target.value)).collect();
    let mut seen = FxHashSet::default();
    all.into_iter()
        .filter(|w| w.end.is_some() || !fuller.contains(&(group(w), w.target.value)))
        .filter(|w| seen.insert((group(w), w.target.value, w.end)))
        .collect()
}

/// A target whose deadline had passed when it was mentioned is history, not a new wording, unless
/// nothing else tells of it.
fn without_recollections<'a>(corpus: &Corpus<'_>, all: Vec<Wording<'a>>) -> Vec<Wording<'a>> {
    let past =
        |w: &Wording<'_>| w.end.zip(corpus.when(w.row).earliest()).is_some_and(|(end, said)| end < said);
    let fresh: FxHashSet<Number> = all.iter().filter(|w| !past(w)).map(|w| w.target.value).collect();
    all.into_iter().filter(|w| !past(w) || !fresh.contains(&w.target.value)).collect()
}

fn wording<'a>(corpus: &Corpus<'a>, row: RowId) -> Option<Wording<'a>> {
    match &corpus.statement(row).body {
        Body::Target(target) => {
            Some(Wording { row, target, end: target.deadline.as_deref().and_then(deadline_end) })
        }
        _ => None,
    }
}

/// The last day of a deadline that is a date or a period; none for words.
pub(crate) fn deadline_end(deadline: &str) -> Option<Date> {
    deadline.parse::<Period>().ok().map(Period::last)
}

struct Drafting<'c, 'a> {
    corpus: &'c Corpus<'a>,
    levels: &'c [Level<'c>],
    steps: Vec<(LineageStep, RowId)>,
    drafts: Vec<Draft>,
    id: String,
}

impl<'c, 'a> Drafting<'c, 'a> {
    fn name_steps(&mut self, wordings: &[Wording<'a>]) {
        let mut standing: Vec<Wording<'a>> = Vec::new();
        for text in wordings.chunk_by(|a, b| self.corpus.row(a.row).doc == self.corpus.row(b.row).doc) {
            let restated: Vec<Number> = text
                .iter()
                .map(|w| w.target.value)
                .filter(|v| standing.iter().any(|s| s.target.value == *v))
                .collect();
            for wording in text {
                let steps = self.steps_of(wording, &standing, &restated);
                self.push(wording, steps.clone(), wording.row, wording.row);
                // A restatement without the deadline leaves the dated wording standing.
                if steps == [TargetStep::Restated] && wording.end.is_none() {
                    continue;
                }
                standing.retain(|s| s.target.value != wording.target.value);
                standing.push(wording.clone());
            }
        }
        for wording in wordings {
            self.judge(wording);
        }
        self.steps.sort_by_key(|(step, row)| (*row, step.step.clone()));
    }

    fn steps_of(
        &mut self,
        new: &Wording<'a>,
        standing: &[Wording<'a>],
        restated: &[Number],
    ) -> Vec<TargetStep> {
        if let Some(old) = standing.iter().rev().find(|old| old.target.value == new.target.value) {
            return self.same_value(new, old);
        }
        let Some(old) = standing.last() else { return vec![TargetStep::FirstSet] };
        let deadline = match (old.end, new.end) {
            (None, Some(_)) => Some(TargetStep::DeadlineSet),
            _ => None,
        };
        let value = new.target.value;
        // A lower stage beside a higher value of the same text lowers nothing.
        let same_text = self.corpus.row(old.row).doc == self.corpus.row(new.row).doc;
        if restated.iter().any(|v| *v > value) || (same_text && old.target.value > value) {
            return vec![TargetStep::FirstSet];
        }
        let highest = standing.iter().map(|s| s.target.value).max().unwrap_or(value);
        if value > old.target.value || value > highest {
            [Some(TargetStep::Raised), deadline].into_iter().flatten().collect()
        } else {
            let later = matches!((old.end, new.end), (Some(a), Some(b)) if b > a);
            // Less, and later: the old date was given up with the old value.
            let one_key = !is_forecast(&self.corpus.statement(old.row).evidence.exact);
            if later && one_key && !same_text && self.reached(old).is_none() {
                self.re_dated(new, old);
            }
            [Some(TargetStep::Lowered), deadline, later.then_some(TargetStep::Postponed)]
                .into_iter()
                .flatten()
                .collect()
        }
    }

    fn same_value(&mut self, new: &Wording<'a>, old: &Wording<'a>) -> Vec<TargetStep> {
        let step = match (old.end, new.end) {
            (Some(a), Some(b)) if b > a => TargetStep::Postponed,
            (Some(a), Some(b)) if b < a => TargetStep::BroughtForward,
            (None, Some(_)) => TargetStep::DeadlineSet,
            (Some(end), None)
                if self.corpus.when(new.row).earliest().is_some_and(|day| day > end)
                    && self.reached(old).is_none() =>
            {
                TargetStep::Dropped
            }
            _ => TargetStep::Restated,
        };
        let forecast = |w: &Wording<'_>| is_forecast(&self.corpus.statement(w.row).evidence.exact);
        if step == TargetStep::Postponed && !forecast(old) && self.reached(old).is_none() {
            self.re_dated(new, old);
        }
        vec![step]
    }

    /// Adds a step that `row` shows, at its place in time.
    fn push(&mut self, wording: &Wording<'_>, step: Vec<TargetStep>, row: RowId, place: RowId) {
        let statement = self.corpus.statement(row);
        let target = wording.target;
        let step = LineageStep {
            step,
            value: target.value,
            value_max: target.value_max,
            deadline: target.deadline.clone(),
            deadline_words: target.deadline_words.clone(),
            stated_on: self.corpus.when(row).shown(),
            doc: statement.doc.clone(),
            statement: statement.id.clone(),
            by: statement.by.clone(),
        };
        self.steps.push((step, place));
    }

    /// The first level that attains a wording after it was set and in time.
    fn reached(&self, wording: &Wording<'_>) -> Option<Level<'c>> {
        let set = self.corpus.when(wording.row).latest()?;
        let in_time = |level: &&Level<'_>| {
            level.period.last() > set && wording.end.is_none_or(|end| level.period.last() <= end)
        };
        self.levels.iter().filter(in_time).find(|level| attains(level, wording.target.value)).copied()
    }

    /// Met, missed, or met before it was set. A forecast binds nobody, so it cannot be missed.
    fn judge(&mut self, wording: &Wording<'a>) {
        let forecast = is_forecast(&self.corpus.statement(wording.row).evidence.exact);
        if forecast || !matches!(wording.target.measure, Measure::Level | Measure::Count) {
            return;
        }
        if self.judged_as_worded(wording) {
            return;
        }
        // Tonnes and jobs of one line or plant say nothing of the whole.
        let whole = wording.target.unit.len() == 3 || wording.target.indicator == "tourists";
        if let Some(level) = self.already(wording).filter(|_| whole && !self.restates(wording)) {
            self.already_met(wording, level);
            return;
        }
        if self.judged(wording) {
            return;
        }
        if let Some(level) = self.reached(wording) {
            self.push(wording, vec![TargetStep::Met], level.row, level.row.max(wording.row));
        } else if let Some(level) = self.unmet_after(wording) {
            self.push(wording, vec![TargetStep::Missed], level.row, level.row.max(wording.row));
            self.missed(wording, level);
        }
    }

    /// Whether the very wording was judged when it was said before: a goal recalled after its success was not set then.
    fn judged_as_worded(&self, wording: &Wording<'_>) -> bool {
        let is_verdict =
            |step: &LineageStep| step.step == [TargetStep::Met] || step.step == [TargetStep::Missed];
        let target = wording.target;
        let said = |step: &LineageStep| step.value == target.value && step.deadline == target.deadline;
        self.steps.iter().any(|(step, _)| is_verdict(step) && said(step))
    }

    /// Whether an earlier wording of the same value and deadline was judged.
    fn judged(&self, wording: &Wording<'_>) -> bool {
        self.steps.iter().any(|(step, _)| {
            step.value == wording.target.value
                && (step.step == [TargetStep::Met]
                    || (step.step == [TargetStep::Missed] && step.deadline == wording.target.deadline))
        })
    }

    /// Whether a wording only repeats a value that was set before: it may have been reached since.
    fn restates(&self, wording: &Wording<'_>) -> bool {
        let doc = |row: RowId| self.corpus.row(row).doc;
        self.steps.iter().any(|(step, row)| {
            *row < wording.row && doc(*row) != doc(wording.row) && step.value == wording.target.value
        })
    }

    /// The latest level known when a target was set, if it was at or above the target already.
    fn already(&self, wording: &Wording<'_>) -> Option<Level<'c>> {
        let set = self.corpus.when(wording.row).earliest()?;
        let known = |level: &&Level<'_>| level.period.last() < set;
        let year = self.levels.iter().filter(known).rfind(|level| is_year(level.period));
        let since = year.map(|level| level.period.last());
        let part = self
            .levels
            .iter()
            .filter(known)
            .filter(|level| since.is_none_or(|since| level.period.first() > since))
            .find(|level| attains(level, wording.target.value));
        part.or(year.filter(|level| attains(level, wording.target.value))).copied()
    }

    /// The first full year at or after the deadline, when it is below the target.
    fn unmet_after(&self, wording: &Wording<'_>) -> Option<Level<'c>> {
        let end = wording.end.filter(|end| *end < self.corpus.as_of)?;
        let after = |level: &&Level<'_>| is_year(level.period) && level.period.last() >= end;
        let first = self.levels.iter().find(after)?.period;
        let mut of_year = self.levels.iter().filter(|level| level.period.same_days(first));
        let lowest = of_year.clone().next()?;
        of_year.all(|level| !attains(level, wording.target.value)).then_some(*lowest)
    }

    fn describe(&self, wording: &Wording<'_>) -> String {
        let target = wording.target;
        let statement = self.corpus.statement(wording.row);
        let by = match (&target.deadline, wording.end) {
            (Some(deadline), Some(_)) => format!(" by {deadline}"),
            _ => String::new(),
        };
        format!(
            "{}{} of {}{by}",
            words::indicator(&target.indicator, target.scope.as_deref()),
            words::among(&statement.parties),
            words::qualified(target.value.0, target.value_max.map(|v| v.0), target.bound, &target.unit),
        )
    }

    fn draft(
        &mut self,
        cause: Cause,
        rows: Vec<RowId>,
        facts: Vec<String>,
        message: String,
        arithmetic: Vec<String>,
    ) {
        let mut draft = Draft::new(FindingType::Target, cause, Severity::Warning, message);
        draft.rows = rows;
        draft.facts = facts;
        draft.facts.push(self.id.clone());
        draft.arithmetic = arithmetic;
        self.drafts.push(draft);
    }

    fn re_dated(&mut self, new: &Wording<'a>, old: &Wording<'a>) {
        let (first, second) = (self.corpus.statement(old.row), self.corpus.statement(new.row));
        let now = new.target.deadline.as_deref().unwrap_or_default();
        let message = format!(
            "{} set {} ({}); {} ({}) now says by {now}: the deadline was moved before the target was met.",
            first.doc,
            self.describe(old),
            self.corpus.when(old.row).words(),
            second.doc,
            self.corpus.when(new.row).words(),
        );
        let arithmetic = match (old.end, new.end) {
            (Some(a), Some(b)) => {
                vec![format!("{} -> {}: {} years later", a.year(), b.year(), b.year() - a.year())]
            }
            _ => Vec::new(),
        };
        self.draft(Cause::ReDated, vec![old.row, new.row], Vec::new(), message, arithmetic);
    }

    fn already_met(&mut self, wording: &Wording<'a>, level: Level<'_>) {
        let (value, fact) = (level.value, level.fact.to_owned());
        let unit = &wording.target.unit;
        let message = format!(
            "{} sets a target of {}, but {} already stood at {} in {}: the target was at or below what had been reached.",
            self.corpus.statement(wording.row).doc,
            self.describe(wording),
            words::indicator(&wording.target.indicator, wording.target.scope.as_deref()),
            words::amount(value, unit),
            words::period(level.period),
        );
        let (size, _) = words::scale(&[value]);
        let arithmetic = vec![format!(
            "{} >= {}",
            words::scaled(value, size),
            words::scaled(wording.target.value.0, size)
        )];
        self.draft(Cause::AlreadyMet, vec![wording.row, level.row], vec![fact], message, arithmetic);
    }

    fn missed(&mut self, wording: &Wording<'a>, level: Level<'_>) {
        let (value, fact) = (level.value, level.fact.to_owned());
        let message = format!(
            "The target of {}, set in {} ({}), was not met: it was {} in {}.",
            self.describe(wording),
            self.corpus.statement(wording.row).doc,
            self.corpus.when(wording.row).words(),
            words::amount(value, &wording.target.unit),
            words::period(level.period),
        );
        let (size, _) = words::scale(&[wording.target.value.0]);
        let share = percent(value, wording.target.value.0);
        let arithmetic = vec![format!(
            "{} / {} = {share} %",
            words::scaled(value, size),
            words::scaled(wording.target.value.0, size)
        )];
        self.draft(Cause::Missed, vec![wording.row, level.row], vec![fact], message, arithmetic);
    }

    fn lineage(&self, group: &Group<'_>) -> Lineage {
        let key = &group.key;
        let years: Vec<Level<'_>> =
            self.levels.iter().filter(|level| is_year(level.period)).copied().collect();
        let current = self.current();
        let latest = years.iter().rev().find(|level| Some(level.period) == years.last().map(|l| l.period));
        let latest = years.iter().find(|level| latest.is_some_and(|l| l.period == level.period)).or(latest);
        let pace = Pace::new(current, &years, key.3);
        let (light, light_date) = self.light(&group.rows, current);
        Lineage {
            id: self.id.clone(),
            indicator: key.1.to_owned(),
            measure: key.3,
            scope: key.2.clone().or_else(|| group.named().map(str::to_owned)),
            parties: key.0.to_vec(),
            unit: key.4.to_owned(),
            steps: self.steps.iter().map(|(step, _)| step.clone()).collect(),
            latest_actual: latest.map(|level| Actual {
                value: Number(level.value),
                period: level.period,
                fact: level.fact.to_owned(),
            }),
            required_pace_pct: pace.required,
            required_pace_band_pct: pace.required_band,
            observed_pace_pct: pace.observed,
            reached_in_at_observed_pace: pace.reached_in,
            reached_in_band: pace.reached_band,
            light,
            light_date,
        }
    }

    /// The target as it stands: the last wording's value, with the last deadline given for it.
    fn current(&self) -> Option<(Decimal, Option<Date>)> {
        let set = |step: &LineageStep| step.step != [TargetStep::Met] && step.step != [TargetStep::Missed];
        let last = self.steps.iter().rev().map(|(step, _)| step).find(|step| set(step))?;
        let dated = self.steps.iter().rev().map(|(step, _)| step).filter(|s| set(s) && s.value == last.value);
        let end = if last.step.contains(&TargetStep::Dropped) {
            None
        } else {
            dated.filter_map(|s| s.deadline.as_deref().and_then(deadline_end)).next()
        };
        Some((last.value.0, end))
    }

    fn light(&self, rows: &[RowId], current: Option<(Decimal, Option<Date>)>) -> (Light, Option<String>) {
        let with = |wanted: TargetStep| self.steps.iter().rev().find(|(step, _)| step.step.contains(&wanted));
        let of_current = |step: &LineageStep| current.is_some_and(|(value, _)| step.value.0 == value);
        if let Some((step, _)) = with(TargetStep::Met).filter(|(step, _)| of_current(step)) {
            return (Light::Green, step.stated_on.clone());
        }
        let moved =
            [TargetStep::Postponed, TargetStep::Dropped].into_iter().filter_map(with).max_by_key(|s| s.1);
        if let Some((step, _)) = moved {
            return (Light::Violet, step.stated_on.clone());
        }
        if let Some((step, _)) = with(TargetStep::Missed).filter(|(step, _)| of_current(step)) {
            return (Light::Red, step.stated_on.clone());
        }
        // Movement counts from when the value that stands now was first named.
        let named =
            self.steps.iter().find(|(step, _)| of_current(step)).map(|(_, row)| self.corpus.when(*row));
        let first = named.and_then(|when| when.earliest().or(when.latest()));
        let later = self.levels.iter().filter(|level| first.is_some_and(|first| level.period.last() > first));
        match later.map(|level| level.row).max() {
            Some(row) => (Light::Amber, self.corpus.when(row).shown()),
            None => (Light::Grey, rows.last().and_then(|row| self.corpus.when(*row).shown())),
        }
    }
}

/// Whether the words foresee rather than intend.
fn is_forecast(quote: &str) -> bool {
    const FORESEEN: [&str; 9] = [
        "expected to",
        "is expected",
        "expects",
        "forecast",
        "projected",
        "predict",
        "anticipated",
        "likely to",
        "estimated to",
    ];
    let quote = quote.to_lowercase();
    FORESEEN.iter().any(|words| quote.contains(words))
}

/// Whether a level is at the target; "almost 5" is below 5.
fn attains(level: &Level<'_>, target: Number) -> bool {
    level.value > target.0 || (level.value == target.0 && !level.below)
}

fn is_year(period: Period) -> bool {
    period.months() == 12
}

fn percent(part: Decimal, whole: Decimal) -> Decimal {
    part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default().round_dp(1).normalize()
}
