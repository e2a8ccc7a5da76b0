//! What a reader of lives must be told: a status that moved back, a promise overdue or gone silent,
//! a ceremony without use, one thing at two prices.
//!
//! Silence is measured against what is still being written of the same parties, not against the
//! calendar: a folder that ends in 2019 is not silent about everything since.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, FindingType, Light, Severity};
use tandem_model::{Body, Bound, Date, Kind, Modality, Number, Period, PeriodForm, Strength};

use super::cluster::undated;
use super::{Class, Draw, Stage, akin, bundles, due};
use crate::corpus::{Corpus, RowId};
use crate::dates::{days_between, months_after};
use crate::entities::{Name, proper_words};
use crate::findings::Draft;
use crate::interval::{self, Interval, Written};
use crate::testimony::{self, Against};
use crate::{names, words};

/// Two reports within these days of one another speak of one moment.
pub(super) const ONE_MOMENT: i64 = 31;
/// Sets less sure than this raise no alarm about status: the two may be two things.
const SURE: f64 = 0.75;

/// All alarms about lives.
pub(crate) fn raise(corpus: &Corpus<'_>, rows: &[RowId], draws: &[Draw], drafts: &mut Vec<Draft>) {
    let horizons = horizons(corpus, rows);
    let bodies = bodies(corpus, draws);
    let in_use = akin::in_use(draws);
    let mut waiting: Vec<(usize, Draft)> = Vec::new();
    for (number, draw) in draws.iter().enumerate() {
        moved_back(corpus, draw, draws, drafts);
        drafts.extend(misdated(corpus, draw));
        let horizon = horizons.get(&draw.life.parties[..]).copied();
        if !(draw.life.kind == Kind::Institution && goes_by_another(corpus, draw, draws)) {
            let late =
                overdue(corpus, draw, draws).filter(|_| !akin::in_use_as_another(corpus, draw, &in_use));
            waiting.extend(late.map(|draft| (number, draft)));
        }
        let elsewhere = || told_as_body(corpus, draw, &bodies) || told_by_name(corpus, draw, draws);
        if !(draw.life.kind == Kind::Project && elsewhere()) {
            waiting.extend(quiet(corpus, draw, draws, horizon).map(|draft| (number, draft)));
        }
        worth(corpus, draw, drafts);
    }
    drafts.extend(once_a_sentence(corpus, draws, waiting));
    bundles::raise(corpus, draws, drafts);
}

/// Bodies by the sentences that tell of them.
type Bodies<'a> = FxHashMap<(u32, usize), Vec<&'a Draw>>;

fn bodies<'a>(corpus: &Corpus<'_>, draws: &'a [Draw]) -> Bodies<'a> {
    let mut bodies = Bodies::default();
    for draw in draws.iter().filter(|draw| draw.life.kind == Kind::Institution) {
        for (row, _) in &draw.stages {
            bodies.entry(sentence(corpus, *row)).or_default().push(draw);
        }
    }
    bodies
}

/// A statement's document and where its sentence begins.
fn sentence(corpus: &Corpus<'_>, row: RowId) -> (u32, usize) {
    (corpus.row(row).doc, corpus.statement(row).sentence.start())
}

/// Whether a project is a body told as a project, too, in the same sentence: "opened the Red Bridge
/// logistics centre" is one thing, and what becomes of it is told of the body.
fn told_as_body(corpus: &Corpus<'_>, draw: &Draw, bodies: &Bodies<'_>) -> bool {
    let name = Name::new(&draw.life.name);
    draw.stages.iter().any(|(row, _)| {
        let here = bodies.get(&sentence(corpus, *row)).into_iter().flatten();
        here.into_iter().any(|body| {
            body.life.parties == draw.life.parties && name.covered_by(&Name::new(&body.life.name)) > 0.99
        })
    })
}

/// Whether a body that was promised may be the one at work under another name by now: "the joint unit for the Maputo corridor"
/// as "the Maputo Corridor Coordination Centre".
fn goes_by_another(corpus: &Corpus<'_>, draw: &Draw, draws: &[Draw]) -> bool {
    let (Some((first, _)), own) = (draw.stages.first(), proper_words(&draw.life.name)) else { return false };
    let at_work = |other: &Draw| {
        let mut stages = other.stages.iter();
        stages.any(|(row, stage)| {
            let later = corpus.when(*row).earliest() > corpus.when(*first).latest();
            later && matches!(stage.class, Class::Done | Class::Ceremony)
        })
    };
    draws.iter().filter(|other| other.life.kind == Kind::Institution && other.life.id != draw.life.id).any(
        |other| {
            let shared = || proper_words(&other.life.name).iter().any(|word| own.contains(word));
            other.life.parties == draw.life.parties && at_work(other) && shared()
        },
    )
}

/// Whether later reports tell of a thing of the same kind, when this one has no name of its own: "the railway line
/// from Kenya to Uganda" may be the one that has a name by now.
fn told_by_name(corpus: &Corpus<'_>, draw: &Draw, draws: &[Draw]) -> bool {
    const KINDS: [&str; 14] = [
        "railway", "road", "highway", "pipeline", "bridge", "port", "airport", "dam", "line", "plant",
        "corridor", "terminal", "zone", "route",
    ];
    let (Some((last, _)), name) = (draw.stages.last(), draw.life.name.to_lowercase()) else { return false };
    let has_kind =
        |name: &str, kind: &&&str| name.split(|c: char| !c.is_alphabetic()).any(|word| word == **kind);
    let named = draw.life.name.split_whitespace().any(|word| {
        word.starts_with(char::is_uppercase) && !draw.life.parties.iter().any(|p| names::of(p).contains(word))
    });
    if named {
        return false;
    }
    let kinds: Vec<&&str> = KINDS.iter().filter(|kind| has_kind(&name, kind)).collect();
    draws.iter().any(|other| {
        let later = other
            .stages
            .last()
            .is_some_and(|(row, _)| corpus.when(*row).earliest() > corpus.when(*last).latest());
        later
            && other.life.id != draw.life.id
            && other.life.parties == draw.life.parties
            && kinds.iter().any(|kind| has_kind(&other.life.name.to_lowercase(), kind))
    })
}

/// One sentence is often two statements ("ordered to draw up a roadmap": a promise and a document), and
/// their waiting is one: the promise is reported before the thing, a body before a project.
fn once_a_sentence(corpus: &Corpus<'_>, draws: &[Draw], mut waiting: Vec<(usize, Draft)>) -> Vec<Draft> {
    let rank = |draw: usize| match draws[draw].life.kind {
        Kind::Commitment => 0,
        Kind::Institution => 1,
        Kind::Agreement => 2,
        _ => 3,
    };
    waiting.sort_by_key(|(draw, _)| (rank(*draw), *draw));
    let mut told: FxHashMap<(u32, usize), (Kind, &Vec<String>)> = FxHashMap::default();
    let mut kept = Vec::new();
    for (number, draft) in waiting {
        let sentences: Vec<(u32, usize)> =
            draws[number].stages.iter().map(|(row, _)| sentence(corpus, *row)).collect();
        let kind = (draws[number].life.kind, &draws[number].life.parties);
        let again = sentences
            .iter()
            .any(|place| told.get(place).is_some_and(|other| other.0 != kind.0 && other.1 == kind.1));
        sentences.into_iter().for_each(|place| {
            told.entry(place).or_insert(kind);
        });
        if !again {
            kept.push(draft);
        }
    }
    kept
}

/// The last day known of reports about each set of parties.
fn horizons<'a>(corpus: &Corpus<'a>, rows: &[RowId]) -> FxHashMap<&'a [String], Date> {
    let mut horizons: FxHashMap<&[String], Date> = FxHashMap::default();
    for &row in rows {
        if let Some(day) = if corpus.as_of_given { Some(corpus.as_of) } else { corpus.when(row).date } {
            let latest = horizons.entry(&corpus.statement(row).parties).or_insert(day);
            *latest = day.min(corpus.as_of).max(*latest);
        }
    }
    horizons
}

fn about(draw: &Draw) -> String {
    let noun = match draw.life.kind {
        Kind::Project => "The project",
        Kind::Agreement => "The document",
        Kind::Institution => "The body",
        _ => "The promise",
    };
    format!("{noun} \"{}\"", draw.life.name)
}

fn told(corpus: &Corpus<'_>, row: RowId, stage: Stage) -> String {
    format!("{} ({}, {})", stage.word.replace('_', " "), corpus.doc_of(row).id, corpus.when(row).words())
}

pub(super) fn draft(
    draw: &Draw,
    kind: FindingType,
    cause: Cause,
    severity: Severity,
    rows: Vec<RowId>,
    message: String,
) -> Draft {
    let mut draft = Draft::new(kind, cause, severity, message);
    draft.rows = rows;
    draft.facts = vec![draw.life.id.clone()];
    draft
}

/// A later source that says less than an earlier one; the first such step is reported.
fn moved_back(corpus: &Corpus<'_>, draw: &Draw, draws: &[Draw], drafts: &mut Vec<Draft>) {
    if draw.life.kind == Kind::Commitment || draw.score < SURE || draw.bundle() {
        return;
    }
    let mut best: Option<(RowId, Stage)> = None;
    for (row, stage) in draw.stages.iter().copied() {
        let Some((high, reached)) = best else {
            best = Some((row, stage));
            continue;
        };
        let other_text = takes_back(corpus, row)
            && corpus.row(high).doc != corpus.row(row).doc
            && !looks_back(corpus, row, high);
        if let Some((kind, cause)) = retreat(corpus, (high, reached), (row, stage)).filter(|_| other_text) {
            let message = format!(
                "{} was reported as {}, but a later report has it as {}.",
                about(draw),
                told(corpus, high, reached),
                told(corpus, row, stage)
            );
            drafts.push(draft(draw, kind, cause, Severity::Warning, vec![high, row], message));
            return;
        }
        if stage.rank >= reached.rank {
            best = Some((row, stage));
        }
    }
    let Some((high, reached)) = best.filter(|(_, stage)| stage.class == Class::Done) else { return };
    let again = akin::at_work_again(corpus, draw, draws, high);
    if let Some((row, stage, (kind, cause))) =
        again.and_then(|(row, stage)| Some((row, stage, retreat(corpus, (high, reached), (row, stage))?)))
    {
        let message = format!(
            "{} was reported as {}, but a later report has what seems to be the same work as {}.",
            about(draw),
            told(corpus, high, reached),
            told(corpus, row, stage)
        );
        drafts.push(draft(draw, kind, cause, Severity::Warning, vec![high, row], message));
    }
}

/// A report dated before the day on which, as another says in full, the document was signed that it has as
/// signed: one of the two days is wrong.
fn misdated(corpus: &Corpus<'_>, draw: &Draw) -> Option<Draft> {
    if draw.life.kind != Kind::Agreement || draw.score < SURE || draw.bundle() {
        return None;
    }
    let Against { row, witness, day } = testimony::signed_later(corpus, &draw.rows)?;
    let (doc, other) = (corpus.doc_of(row), corpus.doc_of(witness).id);
    let dated = corpus.stated(row)?;
    let taken = match doc.when.date {
        None => format!(" It is taken as written {}.", doc.when.words()),
        Some(_) => String::new(),
    };
    let message = format!(
        "{0} is dated {dated}, but it has as signed the document \"{1}\", which {other} says was signed on {day}: either the date of {0} or that day is wrong.{taken}",
        doc.id, draw.life.name
    );
    let rows = vec![row, witness];
    let mut draft = draft(draw, FindingType::Date, Cause::DateLine, Severity::Error, rows, message);
    draft.arithmetic = vec![format!("{dated} < {day}")];
    Some(draft)
}

/// Whether a statement tells of a year before another's report: "in September 2010 construction began", told in 2015.
fn looks_back(corpus: &Corpus<'_>, row: RowId, high: RowId) -> bool {
    let Some(reached) = corpus.when(high).date else { return false };
    let evidence = &corpus.statement(row).evidence;
    let around = format!("{}{}", evidence.prefix, evidence.exact);
    let words = around.split(|c: char| !c.is_ascii_digit());
    let mut years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse::<i16>().ok());
    years.any(|year| (1900..reached.year()).contains(&year))
}

/// Whether a statement can take back what another said: it asserts something, or says that the thing
/// is still being planned. "Will be finished by 2027" takes nothing back.
fn takes_back(corpus: &Corpus<'_>, row: RowId) -> bool {
    // A plant is no plan.
    const STILL: [&str; 11] = [
        "plan ", "plans", "planned", "planning", "intend", "propos", "consider", "draft", "negotiat",
        "feasib", "prepar",
    ];
    const ONWARD: [&str; 6] = ["complet", "finish", "commission", "launch", "open", "expand"];
    let statement = corpus.statement(row);
    let quote = statement.evidence.exact.to_lowercase();
    // The words of planning often stand right before what is quoted.
    let around = format!("{}{quote}", statement.evidence.prefix.to_lowercase());
    let says = |words: &[&str]| words.iter().any(|word| around.contains(word));
    let onward = || ONWARD.iter().any(|word| quote.contains(word));
    match (statement.modality, &statement.body) {
        (Modality::Asserted, _) => true,
        (Modality::Planned, Body::Agreement(_)) => {
            const UNSIGNED: [&str; 12] = [
                "not signed",
                "not sign ",
                "never signed",
                "draft",
                "negotiat",
                "not been signed",
                "not yet",
                "yet to be",
                "still to be",
                "unsigned",
                "will sign",
                "to be signed",
            ];
            // Another paper on the same takes nothing back.
            const AGAIN: [&str; 7] = ["new", "renew", "extend", "amend", "updat", "revis", "additional"];
            says(&UNSIGNED) && !says(&AGAIN)
        }
        (Modality::Planned, _) => says(&STILL) && !onward(),
        _ => false,
    }
}

/// What kind of retreat the second report is, if it is one.
fn retreat(corpus: &Corpus<'_>, high: (RowId, Stage), low: (RowId, Stage)) -> Option<(FindingType, Cause)> {
    let (a, b) = (corpus.when(high.0), corpus.when(low.0));
    let (first, second) = (a.date.or(a.latest())?, b.date.or(b.earliest())?);
    let days = days_between(first, second);
    let lower = low.1.rank < high.1.rank && low.1.class != Class::Unknown;
    if days < 0 || !lower {
        return None;
    }
    // Two reports of one moment cannot both be true; months later a work is said to have moved back. A paper that was signed
    // stays signed, so that a later draft of it always denies the signature.
    let paper = matches!(corpus.statement(low.0).body, Body::Agreement(_));
    let denied = paper || days <= ONE_MOMENT;
    match (high.1.class, low.1.class) {
        (Class::Ceremony, Class::Promised) if low.1.word == "being_established" => {
            Some((FindingType::Status, Cause::Ceremony))
        }
        (Class::Done, Class::Promised | Class::Moving | Class::Ceremony)
        | (Class::Moving | Class::Ceremony, Class::Promised) => {
            let kind = if denied { FindingType::Contradiction } else { FindingType::Status };
            Some((kind, Cause::Status))
        }
        _ => None,
    }
}

fn overdue(corpus: &Corpus<'_>, draw: &Draw, draws: &[Draw]) -> Option<Draft> {
    let (deadline, end) = due(corpus, draw)?;
    let red = draw.life.light == Light::Red;
    // Whether or not all reports are of one thing, none of them has it ready.
    let unsure = draw.score < SURE && draw.stages.iter().any(|(_, stage)| stage.class == Class::Done);
    if !(draw.life.overdue || red) || unsure || nameless(draw) {
        return None;
    }
    let promise = draw.life.kind == Kind::Commitment;
    let row = if promise { draw.stages.last() } else { draw.stages.first() }?.0;
    let witness = if draw.life.overdue { akin::still_at_work(corpus, draw, draws, end) } else { None };
    let own = draw.stages.last().filter(|(last, _)| !promise && *last != row);
    let later = witness.as_ref().or(own);
    let evidence = match draw.delivered.last().or(later) {
        None if let Some(row) = draw.denied => {
            let doc = corpus.doc_of(row).id;
            format!("{doc} ({}) says that it has not been done", corpus.when(row).words())
        }
        Some((row, stage)) => format!("the latest report has it as {}", told(corpus, *row, *stage)),
        None => "no report since says what became of it".to_owned(),
    };
    let deadline = in_words(&deadline);
    let message = format!(
        "{} was due by {deadline} ({}, {}); the deadline has passed and {evidence}.",
        about(draw),
        corpus.doc_of(row).id,
        corpus.when(row).words(),
    );
    let mut rows = vec![row];
    rows.extend(draw.delivered.iter().chain(later).map(|(row, _)| *row).chain(draw.denied));
    Some(draft(draw, FindingType::Status, Cause::Overdue, Severity::Warning, rows, message))
}

/// "Will be completed by the end of 2020", "be equipped with their help": says of nothing that it was promised. What is
/// to be exempted from visas is seldom told so; a missing alarm is cheaper than one about nobody knows what.
fn nameless(draw: &Draw) -> bool {
    let name = &draw.life.name;
    // "Start before the end of the year": the work itself is told as such.
    let bare = || !undated(name).trim().contains(' ');
    draw.life.kind == Kind::Commitment && (name.starts_with("be ") || bare())
}

/// "the end of 2023" for 2023; of a span of days the last.
fn in_words(deadline: &str) -> String {
    match deadline.parse::<Period>() {
        Ok(period) if period.form() == PeriodForm::Days => period.last().to_string(),
        Ok(period) => format!("the end of {}", words::period(period)),
        Err(_) => deadline.to_owned(),
    }
}

/// Gone silent, or inaugurated and never shown in use, while reports about the parties went on.
fn quiet(corpus: &Corpus<'_>, draw: &Draw, draws: &[Draw], horizon: Option<Date>) -> Option<Draft> {
    let (horizon, (last, stage)) = (horizon?, draw.stages.last().copied()?);
    let since = corpus.when(last).date?;
    // "A joint project of the two countries" could be any; nobody can say that it went silent.
    if draw.life.kind == Kind::Project && Name::new(&draw.life.name).tokens.is_empty() {
        return None;
    }
    if draw.bundle() || draw.life.overdue || nameless(draw) {
        return None;
    }
    if let Some(draft) = unused(corpus, draw, draws) {
        return Some(draft);
    }
    if months_after(since, corpus.silent_after_months) >= horizon {
        return None;
    }
    let months = months_between(since, horizon);
    let arithmetic = vec![format!("{since} -> {horizon}: {months} months")];
    // What was reported as done once owes nobody a word; that a later report denies it is told for itself.
    let unused = draw.stages.iter().all(|(_, s)| s.class != Class::Done);
    let ceremony = unused && stage.class == Class::Ceremony && !opened(corpus, last);
    let (cause, severity, message) = if ceremony {
        let message = format!(
            "{} was reported as {}; {months} months of reports since then do not show it in use.",
            about(draw),
            told(corpus, last, stage)
        );
        (Cause::Ceremony, Severity::Warning, message)
    } else if unused && firm(corpus, draw, last, stage) {
        let message = format!(
            "{} was last reported as {}; nothing has been reported of it in the {months} months since, which does not mean that nothing was done.",
            about(draw),
            told(corpus, last, stage)
        );
        (Cause::Silent, Severity::Info, message)
    } else {
        return None;
    };
    let mut draft = draft(draw, FindingType::Status, cause, severity, vec![last], message);
    draft.arithmetic = arithmetic;
    Some(draft)
}

/// Months after a ceremony from which a report of a thing unused is worth a word: what is said needs less time than
/// silence.
const DENIED_AFTER: u32 = 3;

/// A ceremony a while ago of what a later report finds unused: "inaugurated last year, has not cleared a single truck".
fn unused(corpus: &Corpus<'_>, draw: &Draw, draws: &[Draw]) -> Option<Draft> {
    let (first, stage) = *draw.stages.iter().find(|(_, stage)| stage.class == Class::Ceremony)?;
    let (own, _) = *draw.stages.last()?;
    let later = |row: RowId| corpus.when(row).earliest() > corpus.when(first).latest();
    let denies = |row: RowId| later(row) && says_unused(corpus, row);
    let last = if denies(own) { own } else { akin::denied_use(corpus, draw, draws, &denies)? };
    let (since, seen) = (corpus.when(first).date?, corpus.when(last).date?);
    let done = draw.stages.iter().any(|(_, stage)| stage.class == Class::Done);
    let early = months_after(since, corpus.silent_after_months.min(DENIED_AFTER)) >= seen;
    if done || early || draw.score < SURE {
        return None;
    }
    let months = months_between(since, seen);
    let message = format!(
        "{} was reported as {}; {months} months later {} ({}) still finds it unused.",
        about(draw),
        told(corpus, first, stage),
        corpus.doc_of(last).id,
        corpus.when(last).words(),
    );
    let rows = vec![first, last];
    let mut draft = draft(draw, FindingType::Status, Cause::Ceremony, Severity::Warning, rows, message);
    draft.arithmetic = vec![format!("{since} -> {seen}: {months} months")];
    Some(draft)
}

/// Whether the words around a statement deny that the thing is used.
fn says_unused(corpus: &Corpus<'_>, row: RowId) -> bool {
    const UNUSED: [&str; 28] = [
        " not one ",
        " locked",
        " padlocked",
        " handled no ",
        " carried no ",
        " received no ",
        " has no ",
        " have no ",
        " lacks ",
        " is without ",
        " out of service",
        " out of order",
        " stopped ",
        " standstill",
        " has not ",
        " have not ",
        " had not ",
        " not yet ",
        " yet to ",
        " never ",
        " not a single ",
        " no one ",
        " nobody ",
        " unused",
        " idle",
        " empty",
        " still closed",
        " is not ",
    ];
    let evidence = &corpus.statement(row).evidence;
    let around = format!("{}{}{} ", evidence.prefix, evidence.exact, evidence.suffix).to_lowercase();
    // "No traffic has yet been carried over the link".
    let nothing = evidence.exact.to_lowercase().starts_with("no ");
    nothing || UNUSED.iter().any(|words| around.contains(words))
}

/// Whether a report has a thing opened rather than inaugurated: what is open is in use.
fn opened(corpus: &Corpus<'_>, row: RowId) -> bool {
    const CEREMONIES: [&str; 6] = ["inaugurat", "launch", "ceremon", "unveil", "ribbon", "kick"];
    let quote = corpus.statement(row).evidence.exact.to_lowercase();
    quote.contains("opened") && !CEREMONIES.iter().any(|word| quote.contains(word))
}

/// Whether silence about it is worth a word: it was firmly undertaken and can be checked off.
fn firm(corpus: &Corpus<'_>, draw: &Draw, row: RowId, stage: Stage) -> bool {
    // A thing that only stands beside the names of two countries may be theirs or not.
    if corpus.unsupported(row) || corpus.statement(row).rule.ends_with("beside") {
        return false;
    }
    match &corpus.statement(row).body {
        Body::Commitment(c) => {
            let firm = matches!(c.strength, Strength::Ordered | Strength::Agreed | Strength::Promised);
            firm && !is_soft(&c.action)
                && !is_lasting(&c.action)
                && draw.delivered.is_empty()
                && draw.life.light == Light::Grey
        }
        Body::Project(_) => stage.class == Class::Moving || matches!(stage.word, "agreed" | "planned"),
        Body::Agreement(_) => stage.class == Class::Promised && stage.word == "planned",
        Body::Institution(institution) => {
            stage.word == "being_established" && Name::new(&institution.name).tells_one()
        }
        _ => false,
    }
}

/// Whether a promise is to do more of what is done anyway, which nobody could check off.
fn is_soft(action: &str) -> bool {
    const SOFT: &str = "increase boost strengthen deepen expand develop enhance improve intensify promote continue \
    accelerate widen cooperate support work raise facilitate ensure maintain speed carry execute implement fulfil consider discuss \
    explore encourage broaden take bolster step scale foster consolidate advance stimulate diversify optimise optimize \
    streamline reinforce enrich harness leverage uphold further";
    // What goes up and down is a target's matter, and help has many forms.
    const MEASURED: &str = "double triple quadruple reach bring";
    const GIVING: &str = "provide give offer render extend";
    const HELP: [&str; 4] = ["support", "assistance", "help", "aid"];
    let action = action.to_lowercase();
    let mut words = action.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return true };
    let of = |list: &str| list.split(' ').any(|word| word == first);
    let rest: Vec<&str> = words.collect();
    rest.is_empty() || of(SOFT) || of(MEASURED) || (of(GIVING) && rest.iter().any(|word| HELP.contains(word)))
}

/// Whether a promise is kept over years by its own words ("lend the money over forty years"): two quiet ones say nothing.
fn is_lasting(action: &str) -> bool {
    let action = action.to_lowercase();
    let mut words = action.split_whitespace();
    let led = words.any(|word| matches!(word, "over" | "for" | "throughout" | "within"));
    led && words
        .any(|word| matches!(word.trim_matches(|c: char| !c.is_alphabetic()), "years" | "decades" | "decade"))
}

fn months_between(from: Date, to: Date) -> i32 {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    months(to) - months(from) - i32::from(to.day() < from.day())
}

/// What one statement says a thing is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth<'a> {
    pub(super) row: RowId,
    count: Option<u64>,
    pub(super) value: Decimal,
    pub(super) unit: &'a str,
    bound: Bound,
}

impl Worth<'_> {
    /// Whether it is the worth of several things.
    pub(super) fn is_bundle(&self) -> bool {
        self.count.is_some_and(|count| count > 1)
    }

    fn interval(&self) -> Interval {
        let wording = interval::wording(self.bound, Number(self.value), "");
        let written =
            Written { value: self.value, value_max: None, precision: None, wording, counted: false };
        written.hard()
    }
}

/// One thing at two prices within a month, or at a thousand times its price. Costs change with the
/// years, and that is no conflict.
fn worth(corpus: &Corpus<'_>, draw: &Draw, drafts: &mut Vec<Draft>) {
    if draw.score < SURE {
        return;
    }
    let all: Vec<Worth<'_>> = draw
        .rows
        .iter()
        .filter(|row| !corpus.unsupported(**row))
        .filter_map(|row| worth_of(corpus, *row))
        .collect();
    for (place, b) in all.iter().enumerate() {
        let rivals = all[..place].iter().filter(|a| {
            let apart = corpus.doc_of(a.row).group != corpus.doc_of(b.row).group;
            apart && a.unit == b.unit && a.count == b.count && !a.interval().meets(&b.interval())
        });
        for a in rivals {
            let (high, low) = (a.value.max(b.value), a.value.min(b.value));
            let scaled = low.saturating_mul(Decimal::ONE_THOUSAND);
            let misprint = (scaled.saturating_sub(high)).abs() <= high.saturating_mul(Decimal::new(5, 1));
            let day = |worth: &Worth<'_>| corpus.when(worth.row).date;
            let near = day(a).zip(day(b)).is_some_and(|(x, y)| days_between(x, y).abs() <= ONE_MOMENT);
            if misprint || near {
                drafts.push(two_prices(corpus, draw, (a, b), misprint));
                return;
            }
        }
    }
}

pub(super) fn worth_of<'a>(corpus: &Corpus<'a>, row: RowId) -> Option<Worth<'a>> {
    let (count, value, unit, bound) = match &corpus.statement(row).body {
        Body::Project(p) => (p.count, p.value?, p.unit.as_deref()?, p.bound),
        Body::Agreement(a) => (a.count, a.value?, a.unit.as_deref()?, a.bound),
        _ => return None,
    };
    Some(Worth { row, count, value: value.0, unit, bound: bound.unwrap_or_default() })
}

pub(super) fn two_prices(
    corpus: &Corpus<'_>,
    draw: &Draw,
    (a, b): (&Worth<'_>, &Worth<'_>),
    misprint: bool,
) -> Draft {
    let told = |worth: &Worth<'_>| {
        let value = words::qualified(worth.value, None, worth.bound, worth.unit);
        format!("{value} ({}, {})", corpus.doc_of(worth.row).id, corpus.when(worth.row).words())
    };
    let (kind, cause, severity, why) = if misprint {
        (FindingType::Misprint, Cause::Misprint, Severity::Error, "one is off by a factor of 1000")
    } else {
        let why = "two voices within a month, and nothing in the record says which is right";
        (FindingType::Conflict, Cause::Unexplained, Severity::Warning, why)
    };
    let message = format!("{} is worth {} and {}: {why}.", about(draw), told(a), told(b));
    draft(draw, kind, cause, severity, vec![a.row, b.row], message)
}
