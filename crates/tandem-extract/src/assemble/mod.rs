//! From matches of rules to statements.
//!
//! A rule says which words play which part; everything that the sentence leaves to its surroundings
//! (parties, speaker, period, place) is filled here, in one way for all rules.

mod days;
mod deeds;
mod events;
mod flows;
mod indicator;
mod merge;
mod papers;
mod places;
mod projects;
mod quantities;
mod scope;
mod setting;
mod sizes;
mod stages;
mod standing;
mod unreal;
mod wholes;
mod worth;

pub(crate) use events::concerns;

use tandem_model::{Body, ClassId, Kind, Mark, Modality, Span, Statement};
use tandem_rules::{Fill, Match, Scratch, View};

use crate::discourse::attribution::Speakers;
use crate::discourse::parties::Parties;
use crate::discourse::periods::Memory;
use crate::reading::Reading;

/// A statement in the making, with what merging needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub body: Body,
    pub parties: Vec<String>,
    pub span: Span,
    pub sentence: usize,
    pub rule: u32,
    pub confidence: f64,
    pub modality: Modality,
    /// The mark that the match is about: two drafts of one kind on one head are rivals.
    pub head: Mark,
    /// The amount that the draft took as a worth.
    pub worth: Option<Mark>,
    /// Position of the rule's kind and its own rank among rivals (higher wins).
    pub rank: u32,
}

/// What the discourse has found out, for all kinds.
pub(crate) struct Context<'r, 'a> {
    pub reading: &'r Reading<'a>,
    pub parties: &'r Parties,
    pub speakers: &'r Speakers,
    pub memory: Memory,
    /// The text is a sports report.
    pub sporting: bool,
    /// The text is a report from one country ([`crate::trust::local`]).
    pub local: bool,
    /// The figure last read, for those that only add a change to it.
    pub last: Option<Last>,
    /// The amounts told so far beside the indicator that each is of, for "the $5 billion".
    pub told: Vec<(crate::reading::Amount, String)>,
    /// Where a multiple that is wanted was told together with the sum that it comes to, and of which indicator.
    spelled_out: Vec<(String, u32)>,
    /// Whose statistics were last quoted, and in which sentence.
    pub reporter: Option<(String, usize)>,
    /// The indicator last spoken of and its sentence, for "it" and "the figure".
    pub indicator: Option<(String, usize)>,
    /// Whether that indicator is a balance that is negative.
    pub deficit: bool,
    /// The stage of the projects last spoken of together and their sentence, for those named one by one.
    pub portfolio: Option<(tandem_model::ProjectStatus, usize)>,
    /// The stage of the project last told and its sentence, for those beside it in a list.
    pub project: Option<(tandem_model::ProjectStatus, usize)>,
}

/// What a figure leaves to the next one.
#[derive(Clone, Debug)]
pub(crate) struct Last {
    pub indicator: String,
    pub parties: Vec<String>,
    pub sentence: usize,
    pub end: u32,
    pub from: Option<String>,
    pub to: Option<String>,
    pub scope: Option<String>,
}

/// A match with its fields filled from the rule.
pub(crate) struct Filled<'m> {
    pub found: &'m Match,
    pub fields: Vec<(&'m str, Fill)>,
    pub head: Mark,
}

impl Filled<'_> {
    /// The fill of a field.
    pub(crate) fn get(&self, field: &str) -> Option<&Fill> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, fill)| fill)
    }

    /// Where the act begins that the statement is about: its verb, or the head when no verb stands before it.
    fn verb(&self) -> u32 {
        self.mark("status").map_or(self.head.start, |m| m.start).min(self.head.start).max(self.found.start)
    }

    /// The mark that a field was filled with.
    pub(crate) fn mark(&self, field: &str) -> Option<Mark> {
        match self.get(field) {
            Some(Fill::Capture(mark)) => Some(*mark),
            Some(Fill::Range(start, end)) => {
                Some(Mark { start: *start, end: *end, class: ClassId(u16::MAX), entry: 0 })
            }
            _ => None,
        }
    }
}

impl Context<'_, '_> {
    /// A word of a closed vocabulary: a constant of the rule, or the attribute of the captured entry.
    pub(crate) fn word(&self, filled: &Filled<'_>, field: &str, attribute: &str) -> Option<String> {
        match filled.get(field)? {
            Fill::Word(word) => Some(word.clone()),
            Fill::Capture(mark) => self.attribute(*mark, attribute),
            Fill::Null | Fill::Range(..) => None,
        }
    }

    /// An attribute of the lexicon entry behind a mark; for a phrase, of its head noun.
    pub(crate) fn attribute(&self, mark: Mark, attribute: &str) -> Option<String> {
        let reading = self.reading;
        let c = reading.classes;
        let entry = if c.known_bit(mark.class) & c.masks.things != 0 {
            reading.parts.lexicon.entry(reading.thing(mark).head?)
        } else if self.is_value(mark) || mark.class == ClassId(u16::MAX) {
            return None;
        } else {
            reading.entry(mark)
        };
        entry.get(attribute).map(str::to_owned)
    }

    /// Whether a mark is of a class made from values.
    pub(crate) fn is_value(&self, mark: Mark) -> bool {
        let c = self.reading.classes;
        c.known_bit(mark.class) & c.masks.values != 0
    }
}

/// All statements of a document, in the order of the text; `local` says that it is a report from one country.
pub(crate) fn statements(
    reading: &Reading<'_>,
    parties: &Parties,
    speakers: &Speakers,
    local: bool,
) -> Vec<Statement> {
    let mut context = Context {
        local,
        reading,
        parties,
        speakers,
        memory: Memory::default(),
        sporting: events::sporting(reading),
        last: None,
        told: Vec::new(),
        spelled_out: Vec::new(),
        reporter: None,
        indicator: None,
        deficit: false,
        portfolio: None,
        project: None,
    };
    let mut drafts = Vec::new();
    let mut desk = Desk::default();
    for index in reading.readable() {
        desk.look(reading, index);
        quantities::note_indicator(&mut context, index);
        draft_sentence(&mut context, index, &mut desk, &mut drafts);
    }
    merge::settle(reading, speakers, drafts, &context.spelled_out)
}

/// Whether a rule matches in any of some sentences, by number: where none does, no statement is made there.
pub(crate) fn any_match(reading: &Reading<'_>, mut sentences: impl Iterator<Item = usize>) -> bool {
    let mut desk = Desk::default();
    sentences.any(|index| {
        desk.look(reading, index);
        !desk.found.is_empty()
    })
}

/// Whether a statement holds in a text that is not about relations between countries: of quantities
/// only flows between countries do, and only where a rule knows the wording.
pub(crate) fn firm(statement: &Statement) -> bool {
    let flow = |indicator: &str| {
        matches!(
            indicator,
            "trade_turnover"
                | "trade_balance"
                | "exports"
                | "imports"
                | "investment"
                | "tourists"
                | "companies"
        )
    };
    match &statement.body {
        Body::Figure(f) => flow(&f.indicator) && statement.confidence >= 0.5,
        Body::Target(t) => flow(&t.indicator) && statement.confidence > 0.5,
        _ => true,
    }
}

/// The view of a sentence that the rules match on: token numbers count from its start.
pub(crate) fn view_marks(reading: &Reading<'_>, index: usize) -> (u32, Vec<Mark>, Vec<ClassId>) {
    let mut marks = Vec::new();
    let (tokens, kind) = view_into(reading, index, &mut marks);
    (tokens, marks, vec![kind])
}

/// The same into a list that is used again: number of tokens and kind of the sentence.
fn view_into(reading: &Reading<'_>, index: usize, marks: &mut Vec<Mark>) -> (u32, ClassId) {
    let sentence = reading.sentence(index);
    let first = sentence.first_token;
    let own = reading.marks_of(index);
    let within = |m: &&Mark| m.end <= sentence.end_token;
    let from_start = |m: &Mark| Mark { start: m.start - first, end: m.end - first, ..*m };
    marks.clear();
    if own.iter().all(|m| within(&m)) {
        marks.extend(own.iter().map(from_start));
    } else {
        marks.extend(own.iter().filter(within).map(from_start));
    }
    let c = reading.classes;
    let kind = match sentence.kind {
        tandem_model::SentenceKind::Heading => c.heading,
        tandem_model::SentenceKind::Item => c.item,
        _ => c.prose,
    };
    (sentence.end_token - first, kind)
}

/// Room for matching, used again from sentence to sentence.
#[derive(Default)]
struct Desk {
    scratch: Scratch,
    /// The sentence last looked at: its tokens, its kind and its marks.
    tokens: u32,
    traits: Vec<ClassId>,
    marks: Vec<Mark>,
    /// What was found in it, by token numbers of the sentence.
    found: Vec<Match>,
}

impl Desk {
    /// Looks for matches in a sentence.
    fn look(&mut self, reading: &Reading<'_>, index: usize) {
        let (tokens, kind) = view_into(reading, index, &mut self.marks);
        self.tokens = tokens;
        self.traits.clear();
        self.traits.push(kind);
        self.found.clear();
        let view = View { tokens, marks: &self.marks, traits: &self.traits };
        reading.parts.rules.find(&view, &mut self.scratch, &mut self.found);
    }

    /// What the rule of a match fills in, by token numbers of the document.
    fn fills<'r>(&self, reading: &Reading<'r>, found: &Match, first: u32) -> Vec<(&'r str, Fill)> {
        let view = View { tokens: self.tokens, marks: &self.marks, traits: &self.traits };
        let fills = reading.parts.rules.fills(found, &view);
        fills.into_iter().map(|(field, fill)| (field, lift(fill, first))).collect()
    }
}

/// From token numbers of the sentence to those of the document.
fn raise(mut found: Match, first: u32) -> Match {
    found.start += first;
    found.end += first;
    found.head = Mark { start: found.head.start + first, end: found.head.end + first, ..found.head };
    for (_, mark) in &mut found.captures {
        mark.start += first;
        mark.end += first;
    }
    found
}

fn lift(fill: Fill, first: u32) -> Fill {
    match fill {
        Fill::Capture(mark) => {
            Fill::Capture(Mark { start: mark.start + first, end: mark.end + first, ..mark })
        }
        Fill::Range(a, b) => Fill::Range(a + first, b + first),
        other => other,
    }
}

/// Kinds of which a draft follows from its match alone. What is told of figures and projects is kept for those told
/// later, so that each of their matches is gone through.
fn by_itself(kind: &str) -> bool {
    matches!(kind, "agreement" | "institution" | "meeting" | "commitment" | "award")
}

fn draft_sentence(context: &mut Context<'_, '_>, index: usize, desk: &mut Desk, drafts: &mut Vec<Draft>) {
    let reading = context.reading;
    let rules = reading.parts.rules.rules();
    let first = reading.sentence(index).first_token;
    let mut ordered = std::mem::take(&mut desk.found);
    // Of several drafts about one head the one of the highest rank stays ([`merge`]), so it is made first, and the rest
    // not at all.
    ordered.sort_by_key(|m| {
        let rule = &rules[m.rule as usize];
        let rivals = by_itself(&rule.kind).then(|| std::cmp::Reverse(rank(rule)));
        (m.head.start, rivals.is_none(), rivals, m.rule)
    });
    let own = drafts.len();
    for inner in &ordered {
        let rule = &rules[inner.rule as usize];
        let found = raise(inner.clone(), first);
        let drafted = |draft: &Draft| {
            let (head, kind) = (draft.head, draft.body.kind());
            (head.start, head.end) == (found.head.start, found.head.end) && kind.word() == rule.kind
        };
        if by_itself(&rule.kind) && drafts[own..].iter().any(drafted)
            || hypothetical(reading, index, found.head)
            || in_address(reading, found.head)
        {
            continue;
        }
        let fields = desk.fills(reading, inner, first);
        let filled = Filled { found: &found, fields, head: found.head };
        if of_events(&rule.kind) && denied(reading, index, filled.verb())
            || rule.kind == "commitment" && context.parties.of_stranger(reading, found.head.start)
        {
            continue;
        }
        if let Some((body, parties)) = made(context, &rule.kind, &filled) {
            let whole = filled.head.class == reading.classes.action_and;
            let (start, end) =
                if whole { (found.head.start, found.head.end) } else { (found.start, found.end) };
            let owed = found.head.class == reading.classes.owed;
            let modality = if owed { Modality::Negated } else { modality(&body) };
            drafts.push(Draft {
                body,
                parties,
                span: reading.span(start, end),
                sentence: index,
                rule: found.rule,
                confidence: rule.confidence,
                modality,
                head: found.head,
                worth: filled.mark("worth"),
                rank: rank(rule),
            });
        }
    }
    desk.found = ordered;
}

/// The body and the parties that a match gives, if it gives any.
fn made(context: &mut Context<'_, '_>, kind: &str, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    match kind {
        "figure" => quantities::figure(context, filled),
        "target" => quantities::target(context, filled),
        "project" => projects::project(context, filled),
        "agreement" => papers::agreement(context, filled),
        "institution" => papers::institution(context, filled),
        "meeting" => events::meeting(context, filled),
        "commitment" => deeds::commitment(context, filled),
        "award" => deeds::award(context, filled),
        _ => None,
    }
}

/// A rule's rank among rivals; the higher wins.
fn rank(rule: &tandem_rules::Rule) -> u32 {
    (rule.confidence * 1000.0) as u32
}

/// Whether the head stands in the condition of an "if": nothing there is said to be so.
fn hypothetical(reading: &Reading<'_>, index: usize, head: Mark) -> bool {
    let first = reading.sentence(index).first_token;
    let condition = reading.is(first, "if") || reading.is(first, "unless");
    condition && !(first..head.start).any(|t| reading.is(t, ",") || reading.is(t, "then"))
}

/// Kinds of what is done, for which a denial before the verb leaves nothing.
fn of_events(kind: &str) -> bool {
    matches!(kind, "agreement" | "project" | "meeting" | "institution")
}

/// "Denied that it had signed", "refused to extend", "ruled out joining": what is told right behind was not done.
fn denied(reading: &Reading<'_>, index: usize, verb: u32) -> bool {
    /// Tokens of the subject and its auxiliary between the denial and the verb.
    const REACH: u32 = 7;
    const SPLIT: [(&str, &[&str]); 4] =
        [("den", &["that", "having"]), ("refus", &["to"]), ("declin", &["to"]), ("rul", &["out"])];
    /// What these begin with, and "rejected".
    const STEMS: [&str; 4] = ["de", "ref", "rul", "rejec"];
    let c = reading.classes;
    let from = verb.saturating_sub(REACH).max(reading.sentence(index).first_token);
    let denial = |t: &u32| {
        if !STEMS.iter().any(|stem| reading.begins(*t, stem)) {
            return false;
        }
        let word = reading.word(*t).to_lowercase();
        let said = |(stem, next): &(&str, &[&str])| {
            let form = word
                .strip_prefix(stem)
                .is_some_and(|end| ["y", "ies", "ied", "ying", "e", "es", "ed", "ing"].contains(&end));
            form && next.iter().any(|w| reading.is(t + 1, w))
        };
        // "Rejected a plan to build".
        let refused = || {
            const IDEAS: [&str; 6] = ["plan", "plans", "proposal", "proposals", "idea", "request"];
            ["rejected", "rejects"].contains(&word.as_str())
                && (t + 1..t + 4).any(|t| IDEAS.iter().any(|w| reading.is(t, w)))
        };
        SPLIT.iter().any(said) || refused()
    };
    let open =
        |from: u32| (from..verb).all(|t| !reading.is(t, ",") && reading.starts(t, c.clause_end).is_none());
    let at = (from..verb).rev().find(denial);
    at.is_some_and(|t| open(t) && reading.within(reading.back(t, 2), t, c.neg).next().is_none())
}

/// Whether the head stands in the address of a page: "https://news.example/minister-signs-agreement".
fn in_address(reading: &Reading<'_>, head: Mark) -> bool {
    let before = &reading.text()[..reading.span(head.start, head.end).start()];
    let run = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    run.contains("://") || run.starts_with("www.")
}

/// Planned things are planned; the rest is asserted until a condition says otherwise.
fn modality(body: &Body) -> Modality {
    use tandem_model::{AgreementStatus, InstitutionStatus, MeetingStatus, ProjectStatus};
    match body {
        Body::Target(_) => Modality::Planned,
        Body::Meeting(m) if m.status == MeetingStatus::Scheduled => Modality::Planned,
        Body::Meeting(m) if m.status == MeetingStatus::Cancelled => Modality::Negated,
        Body::Agreement(a) if matches!(a.status, AgreementStatus::Planned | AgreementStatus::Proposed) => {
            Modality::Planned
        }
        Body::Project(p) if matches!(p.status, ProjectStatus::Planned | ProjectStatus::Proposed) => {
            Modality::Planned
        }
        Body::Institution(i) if i.status == InstitutionStatus::Proposed => Modality::Planned,
        _ => Modality::Asserted,
    }
}

/// Kinds in the order of the contract, for sorting.
pub(crate) fn order(kind: Kind) -> usize {
    Kind::ALL.iter().position(|k| *k == kind).unwrap_or(Kind::ALL.len())
}
