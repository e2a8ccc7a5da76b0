//! The record as queries and `check` write it: facts, lineages, lives, sources, findings.
//!
//! Field names are a contract that others read from JSON, so they are the names of the types here.
//! Everything is an answer with its evidence: ids of statements and documents stand beside every
//! value. A derived value stays in `derived`, a person's judgement in `verdict` or in a [`Decision`];
//! neither replaces what was reported.

use serde::{Deserialize, Serialize};

use crate::{
    AgreementStatus, AgreementType, Bound, Date, DateEvidence, InstitutionStatus, Kind, Measure,
    MeetingStatus, MeetingType, Number, Period, ProjectStatus, Strength,
};

words! {
    /// What became of a promise; always shown with the date of its evidence.
    Light {
        /// A later source says that it is done.
        Green = "green",
        /// Replaced, renamed or re-dated, and not kept as worded.
        Violet = "violet",
        /// The deadline has passed and the latest evidence shows it unfinished.
        Red = "red",
        /// There is evidence of movement.
        Amber = "amber",
        /// No evidence since the promise.
        Grey = "grey",
    }
}
words! {
    /// What a wording does to a target.
    TargetStep {
        FirstSet = "first_set", Restated = "restated", Raised = "raised", Lowered = "lowered",
        DeadlineSet = "deadline_set", BroughtForward = "brought_forward", Postponed = "postponed",
        Dropped = "dropped", Met = "met", Missed = "missed",
    }
}
words! {
    /// What a finding says.
    FindingType {
        Conflict = "conflict", Contradiction = "contradiction", Tension = "tension", Misprint = "misprint",
        Date = "date", Status = "status", Target = "target", DoubleCount = "double_count", Source = "source",
    }
}
words! {
    /// Why it came about, as far as can be told.
    Cause {
        Period = "period", Flow = "flow", Reporter = "reporter", Unit = "unit", Revision = "revision",
        Scope = "scope", Definition = "definition", Misprint = "misprint", DateLine = "date_line",
        ReDated = "re_dated", AlreadyMet = "already_met", Missed = "missed", Overdue = "overdue",
        Silent = "silent", Ceremony = "ceremony", Status = "status", Members = "members", Copy = "copy",
        Unsupported = "unsupported", Unexplained = "unexplained",
    }
}
words! {
    /// How much a finding matters; the order is from the gravest down.
    Severity {
        /// A figure or date that cannot be right.
        Error = "error",
        /// Something a reader must know before quoting.
        Warning = "warning",
        /// Explained: mirror statistics, a revision, copies.
        Info = "info",
    }
}
words! {
    /// What a person decided about two entries.
    Judgement { Same = "same", Different = "different", Unsure = "unsure" }
}

/// A person's word on whether two statements, or two facts, are about one thing. Rows are only ever
/// added; the latest row on a pair counts, so a decision is undone by a newer `unsure`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Id of a statement or of a fact.
    pub left: String,
    /// Id of a statement or of a fact.
    pub right: String,
    /// What was decided.
    pub judgement: Judgement,
    /// Who decided.
    pub who: String,
    /// On which day.
    pub when: Date,
    /// The reason given, if any.
    pub why: Option<String>,
}

/// All that the statements add up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Figure cells.
    pub figures: Vec<FigureFact>,
    /// Target lineages.
    pub targets: Vec<Lineage>,
    /// Projects and portfolios.
    pub projects: Vec<Life>,
    /// Documents between parties.
    pub agreements: Vec<Life>,
    /// Joint bodies.
    pub institutions: Vec<Life>,
    /// Promises, orders, proposals.
    pub commitments: Vec<Life>,
    /// Meetings.
    pub meetings: Vec<MeetingFact>,
    /// Honours.
    pub awards: Vec<AwardFact>,
    /// Documents as sources, one a document.
    pub sources: Vec<SourceView>,
    /// What the auditor has to say, the gravest first.
    pub findings: Vec<Finding>,
}

impl Record {
    /// The parties of every entry.
    pub fn parties(&self) -> impl Iterator<Item = &[String]> {
        let lives = [&self.projects, &self.agreements, &self.institutions, &self.commitments];
        (self.figures.iter().map(|fact| &fact.parties))
            .chain(self.targets.iter().map(|lineage| &lineage.parties))
            .chain(lives.into_iter().flatten().map(|life| &life.parties))
            .chain(self.meetings.iter().map(|meeting| &meeting.parties))
            .chain(self.awards.iter().map(|award| &award.parties))
            .map(Vec::as_slice)
    }
}

/// One figure cell: an indicator of some parties for one period, by one reporter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureFact {
    /// `F-` and a short hash.
    pub id: String,
    /// `trade_turnover`, `exports`, …
    pub indicator: String,
    /// Level, change, count or share.
    pub measure: Measure,
    /// The part of the indicator, if not all of it ("wheat").
    pub scope: Option<String>,
    /// Sorted codes.
    pub parties: Vec<String>,
    /// The stretch of time covered; null when the text does not settle it.
    pub period: Option<Period>,
    /// The text's words for a period that could not be settled.
    pub period_words: Option<String>,
    /// For a null period: what the document's bounds allow, such as `<2021-12-16`; never a period.
    pub period_bounds: Option<String>,
    /// The period compared with, for a change.
    pub base: Option<Period>,
    /// Where goods or money come from.
    pub from: Option<String>,
    /// Where they go to.
    pub to: Option<String>,
    /// The country whose statistics these are.
    pub reporter: Option<String>,
    /// The body that counted.
    pub office: Option<String>,
    /// ISO 4217 code, `%`, `t`, …
    pub unit: String,
    /// Every value reported, the preferred one first.
    pub values: Vec<FigureValue>,
    /// The value to quote, with the rule that chose it.
    pub preferred: Preferred,
    /// What follows from it by arithmetic; shown beside, never instead.
    pub derived: Vec<Derived>,
}

/// One reported value of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureValue {
    /// Base units; the lower end of a range.
    pub value: Number,
    /// The upper end of a range.
    pub value_max: Option<Number>,
    /// The qualifier.
    pub bound: Bound,
    /// One unit in the last written place.
    pub precision: Option<Number>,
    /// Lower end of the hard interval; null when there is none ("up to").
    pub low: Option<Number>,
    /// Upper end of the hard interval; null when there is none ("at least").
    pub high: Option<Number>,
    /// The statements that report it.
    pub statements: Vec<String>,
    /// Their documents.
    pub docs: Vec<String>,
    /// Number of independent origins; documents graded F/6 do not count.
    pub origins: u32,
    /// Admiralty grade, such as `B2`.
    pub grade: String,
    /// When it was first stated: a date, a bound such as `<2021-12-16`, or null.
    pub stated_on: Option<String>,
}

/// The value to quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preferred {
    /// One of the reported values.
    pub value: Number,
    /// The rule that chose it, as a sentence.
    pub why: String,
}

/// A value that follows from reported ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Derived {
    /// What is measured.
    pub measure: Measure,
    /// For which period.
    pub period: Option<Period>,
    /// Rounded to what the inputs allow.
    pub value: Number,
    /// Lower end of its interval.
    pub low: Option<Number>,
    /// Upper end of its interval.
    pub high: Option<Number>,
    /// Its unit.
    pub unit: String,
    /// How it was computed, with the numbers.
    pub arithmetic: String,
    /// The statements it rests on.
    pub statements: Vec<String>,
}

/// A target through its wordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lineage {
    /// `T-` and a short hash.
    pub id: String,
    /// `trade_turnover`, `exports`, …
    pub indicator: String,
    /// Level, change, count or share.
    pub measure: Measure,
    /// The part of the indicator, if not all of it.
    pub scope: Option<String>,
    /// Sorted codes.
    pub parties: Vec<String>,
    /// Unit of all its values.
    pub unit: String,
    /// Its wordings in time.
    pub steps: Vec<LineageStep>,
    /// The latest full year reported.
    pub latest_actual: Option<Actual>,
    /// Growth a year that the latest wording needs, in per cent, to one place.
    pub required_pace_pct: Option<Number>,
    /// The same from the highest and the lowest reported actual, when reports disagree.
    pub required_pace_band_pct: Option<[Number; 2]>,
    /// Growth a year between the first and the last full year of the latest five known.
    pub observed_pace_pct: Option<Number>,
    /// The year in which the observed pace reaches the target.
    pub reached_in_at_observed_pace: Option<i16>,
    /// The years that conflicting actuals allow for that, first and last.
    pub reached_in_band: Option<[i16; 2]>,
    /// What became of it.
    pub light: Light,
    /// Date of the last evidence for the light.
    pub light_date: Option<String>,
}

/// One wording of a target, or what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineageStep {
    /// One sentence may take two steps at once.
    pub step: Vec<TargetStep>,
    /// The target's value.
    pub value: Number,
    /// Upper end of a range.
    pub value_max: Option<Number>,
    /// ISO, or the text's words when vague.
    pub deadline: Option<String>,
    /// The text's words.
    pub deadline_words: Option<String>,
    /// Date, or bound such as `<2021-12-16`, or null.
    pub stated_on: Option<String>,
    /// The document.
    pub doc: String,
    /// The statement; for `met` and `missed` the figure that shows it.
    pub statement: String,
    /// Who says so.
    pub by: Option<String>,
}

/// A reported value with its period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actual {
    /// The preferred value of the cell.
    pub value: Number,
    /// Its period.
    pub period: Period,
    /// The fact it comes from.
    pub fact: String,
}

/// A project, agreement, institution or commitment through its stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Life {
    /// `P-`, `A-`, `I-` or `C-` and a short hash.
    pub id: String,
    /// Which of the four.
    pub kind: Kind,
    /// Its fullest name.
    pub name: String,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// Sorted codes.
    pub parties: Vec<String>,
    /// The statement's fields at their latest.
    #[serde(flatten)]
    pub fields: LifeFields,
    /// Its stages in time.
    pub steps: Vec<LifeStep>,
    /// What became of it.
    pub light: Light,
    /// Date of the last evidence: a date, a bound, or null.
    pub light_date: Option<String>,
    /// True when its deadline has passed without any evidence since the promise.
    pub overdue: bool,
    /// A person's verdict; the machine leaves it null.
    pub verdict: Option<String>,
    /// The promises that this delivers.
    pub fulfils: Vec<String>,
    /// What delivers this promise.
    pub fulfilled_by: Vec<String>,
    /// What belongs to it; never added to its worth.
    pub members: Vec<String>,
    /// The bundle, portfolio or programme that it belongs to.
    pub member_of: Vec<String>,
    /// The reasons for every link above, and for possible ones.
    pub links: Vec<Link>,
}

/// The fields of the four kinds that have a life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LifeFields {
    /// An agreement.
    Agreement {
        /// Kind of document.
        #[serde(rename = "type")]
        kind: AgreementType,
        /// Title as in its latest statement.
        title: String,
        /// How many documents.
        count: Option<u64>,
        /// Legal stage reached.
        status: AgreementStatus,
        /// Worth.
        value: Option<Number>,
        /// Currency of the worth.
        unit: Option<String>,
        /// Qualifier of the worth.
        bound: Option<Bound>,
        /// Horizon.
        until: Option<String>,
        /// Day or period of signing.
        date: Option<Period>,
    },
    /// A project or portfolio.
    Project {
        /// 1 for one, null for an uncounted plural.
        count: Option<u64>,
        /// Worth.
        value: Option<Number>,
        /// Currency of the worth.
        unit: Option<String>,
        /// Qualifier of the worth.
        bound: Option<Bound>,
        /// Sectors.
        sectors: Vec<String>,
        /// Stage reached.
        status: ProjectStatus,
        /// Where.
        place: Option<String>,
    },
    /// A commitment.
    Commitment {
        /// Who undertakes it.
        actors: Vec<String>,
        /// The verb phrase.
        action: String,
        /// How firmly.
        strength: Strength,
        /// ISO, or words when vague.
        deadline: Option<String>,
        /// The text's words.
        deadline_words: Option<String>,
    },
    /// A joint body.
    Institution {
        /// Stage reached.
        status: InstitutionStatus,
    },
}

/// One stage of a life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeStep {
    /// Status word of its kind; for commitments the strength, then `fulfilled` or the status of
    /// what delivers it.
    pub status: String,
    /// Date, or bound such as `<2021-12-16`, or null.
    pub stated_on: Option<String>,
    /// The document.
    pub doc: String,
    /// The statement.
    pub statement: String,
}

/// A proposed tie between two entries, with the machine's reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// `fulfils`, `fulfilled_by`, `member`, `member_of`, `renamed`, `possibly_same`.
    pub relation: String,
    /// The other entry.
    pub to: String,
    /// How sure, 0 to 1.
    pub score: f64,
    /// Why, in whole sentences.
    pub reasons: Vec<String>,
}

/// One meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeetingFact {
    /// `M-` and a short hash.
    pub id: String,
    /// Kind of meeting.
    #[serde(rename = "type")]
    pub kind: MeetingType,
    /// Persons and bodies.
    pub participants: Vec<String>,
    /// Sorted codes.
    pub parties: Vec<String>,
    /// City.
    pub place: Option<String>,
    /// Day or days.
    pub date: Option<Period>,
    /// What the document's bounds allow when the day is not known.
    pub date_bounds: Option<String>,
    /// Held, scheduled or cancelled, by the latest word.
    pub status: MeetingStatus,
    /// Statements behind it.
    pub statements: Vec<String>,
    /// Their documents.
    pub docs: Vec<String>,
}

/// One honour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AwardFact {
    /// `W-` and a short hash.
    pub id: String,
    /// Name of the honour.
    pub name: String,
    /// Who gives.
    pub from: Option<String>,
    /// Who receives.
    pub to: Option<String>,
    /// Sorted codes.
    pub parties: Vec<String>,
    /// When.
    pub date: Option<Period>,
    /// Statements behind it.
    pub statements: Vec<String>,
    /// Their documents.
    pub docs: Vec<String>,
}

/// Bounds on a day, each null when unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateBounds {
    /// No earlier than this day.
    pub not_before: Option<Date>,
    /// Earlier than this day.
    pub before: Option<Date>,
}

/// A document as a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceView {
    /// The document.
    pub doc: String,
    /// Who carries it.
    pub outlet: Option<String>,
    /// Who first put it out, as far as can be told.
    pub origin: Option<String>,
    /// Other documents that carry the same text.
    pub same_origin_as: Vec<String>,
    /// `A` (reliable) to `E`, or `F` (cannot be judged).
    pub reliability: char,
    /// 1 (confirmed by independent origins) to 5, or 6 (cannot be judged).
    pub credibility: u8,
    /// How origin and grade were decided.
    pub why: String,
    /// The date stated by the caller or the date line, even when it is contradicted.
    pub stated_date: Option<Date>,
    /// The date to count from.
    pub date: Option<Date>,
    /// What is known when the date is not.
    pub date_bounds: DateBounds,
    /// What date and bounds rest on.
    pub date_evidence: Vec<DateEvidence>,
}

/// A correction that would make sense of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The field in question.
    pub field: String,
    /// What is written.
    pub from: String,
    /// What would fit.
    pub to: String,
    /// Why it would.
    pub why: String,
}

/// One thing that the auditor has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `X-` and a short hash.
    pub id: String,
    /// What kind.
    #[serde(rename = "type")]
    pub kind: FindingType,
    /// Why it came about.
    pub cause: Cause,
    /// How much it matters.
    pub severity: Severity,
    /// Documents concerned, sorted.
    pub docs: Vec<String>,
    /// The smallest set of statements behind it, sorted.
    pub statements: Vec<String>,
    /// Facts concerned, sorted.
    pub facts: Vec<String>,
    /// Whole sentences with the numbers in them.
    pub message: String,
    /// The sums, such as `2.6 = 4.0 - 1.4`.
    pub arithmetic: Vec<String>,
    /// The reading that would fit.
    pub suggestion: Option<Suggestion>,
    /// The day as of which this is said.
    pub as_of: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_reads_back_as_written() {
        let life = Life {
            id: "I-7k2q".into(),
            kind: Kind::Institution,
            name: "Joint Commission".into(),
            aliases: vec![],
            parties: vec!["PE".into(), "VN".into()],
            fields: LifeFields::Institution { status: InstitutionStatus::Operating },
            steps: vec![],
            light: Light::Grey,
            light_date: None,
            overdue: false,
            verdict: None,
            fulfils: vec![],
            fulfilled_by: vec![],
            members: vec![],
            member_of: vec![],
            links: vec![],
        };
        let json = serde_json::to_string(&life).unwrap();
        assert!(
            json.contains(r#""kind":"institution""#) && json.contains(r#""status":"operating""#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Life>(&json).unwrap(), life);
    }
}
