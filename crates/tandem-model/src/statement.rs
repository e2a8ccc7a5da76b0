//! Statements: the atoms of the ledger, exactly as `tandem extract` writes them.

use serde::{Deserialize, Serialize};

use crate::{Bound, Number, Period, Span, content_hash};

words! {
    /// The eight kinds of statement, in the order of the contract.
    Kind {
        /// A measured past or present quantity.
        Figure = "figure",
        /// A quantity that parties intend to reach.
        Target = "target",
        /// A joint project or a portfolio of them.
        Project = "project",
        /// A document between parties.
        Agreement = "agreement",
        /// A contact at official level.
        Meeting = "meeting",
        /// Something a party orders, agrees, promises, proposes or supports.
        Commitment = "commitment",
        /// A joint body.
        Institution = "institution",
        /// An honour between parties.
        Award = "award",
    }
}

words! {
    /// What a quantity measures.
    Measure { Level = "level", ChangeAbs = "change_abs", ChangePct = "change_pct", Count = "count", Share = "share" }
}
words! {
    /// Whether the text asserts a statement.
    Modality { Asserted = "asserted", Planned = "planned", Possible = "possible", Negated = "negated" }
}
words! {
    /// The life of a project; the order is its rank up to `completed`.
    ProjectStatus {
        Unknown = "unknown", Proposed = "proposed", Planned = "planned", Agreed = "agreed", Launched = "launched",
        UnderWay = "under_way", Completed = "completed", Suspended = "suspended", Cancelled = "cancelled",
    }
}
words! {
    /// Kinds of document.
    AgreementType {
        Treaty = "treaty", Declaration = "declaration", Agreement = "agreement", Programme = "programme",
        Memorandum = "memorandum", Protocol = "protocol", JointStatement = "joint_statement", Contract = "contract",
        Roadmap = "roadmap", Plan = "plan", Documents = "documents",
    }
}
words! {
    /// The legal stage of a document.
    AgreementStatus {
        Unknown = "unknown", Proposed = "proposed", Drafted = "drafted", Initialled = "initialled", Planned = "planned",
        Signed = "signed", Adopted = "adopted", Ratified = "ratified", InForce = "in_force", Expired = "expired",
        Terminated = "terminated",
    }
}
words! {
    /// Kinds of meeting.
    MeetingType {
        StateVisit = "state_visit", OfficialVisit = "official_visit", WorkingVisit = "working_visit", Informal = "informal",
        Talks = "talks", Call = "call", Summit = "summit", Commission = "commission", Forum = "forum", Other = "other",
    }
}
words! {
    /// Whether a meeting took place.
    MeetingStatus { Held = "held", Scheduled = "scheduled", Cancelled = "cancelled" }
}
words! {
    /// How firmly something is undertaken.
    Strength { Ordered = "ordered", Agreed = "agreed", Promised = "promised", Proposed = "proposed", Supported = "supported" }
}
words! {
    /// The life of a joint body.
    InstitutionStatus {
        Proposed = "proposed", BeingEstablished = "being_established", Inaugurated = "inaugurated",
        Established = "established", Operating = "operating", Dissolved = "dissolved",
    }
}

/// A measured past or present quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `trade_turnover`, `exports`, …, or `other:` and words.
    pub indicator: String,
    /// Level, change, count or share.
    pub measure: Measure,
    /// Base units; the lower end of a range.
    pub value: Number,
    /// Upper end of a range.
    pub value_max: Option<Number>,
    /// ISO 4217 code, `%`, `t`, `count`, …
    pub unit: String,
    /// One unit in the last written place.
    pub precision: Option<Number>,
    /// The qualifier.
    pub bound: Bound,
    /// What part of the indicator is meant ("wheat", "non-oil"), null for all of it. Not in the first
    /// contract: without it a commodity's exports and all exports would be one series.
    #[serde(default)]
    pub scope: Option<String>,
    /// The stretch of time it covers.
    pub period: Option<Period>,
    /// The text's own words for it.
    pub period_words: Option<String>,
    /// The period comes from an earlier sentence.
    #[serde(default)]
    pub period_carried: bool,
    /// The period compared with, for a change.
    pub base: Option<Period>,
    /// Country that goods or money come from.
    pub from: Option<String>,
    /// Country that they go to.
    pub to: Option<String>,
    /// The country whose statistics these are.
    pub reporter: Option<String>,
    /// The body that counted.
    pub office: Option<String>,
}

/// A quantity that parties intend to reach, or that is planned or forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// As in [`Figure`].
    pub indicator: String,
    /// As in [`Figure`].
    pub measure: Measure,
    /// As in [`Figure`].
    pub value: Number,
    /// As in [`Figure`].
    pub value_max: Option<Number>,
    /// As in [`Figure`].
    pub unit: String,
    /// As in [`Figure`].
    pub precision: Option<Number>,
    /// As in [`Figure`].
    pub bound: Bound,
    /// As in [`Figure`].
    #[serde(default)]
    pub scope: Option<String>,
    /// ISO, or the text's words when vague.
    pub deadline: Option<String>,
    /// The text's own words.
    pub deadline_words: Option<String>,
}

/// A joint project or a portfolio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Name or short description.
    pub name: String,
    /// 1 for one, null for an uncounted plural.
    pub count: Option<u64>,
    /// Worth.
    pub value: Option<Number>,
    /// Currency of the worth.
    pub unit: Option<String>,
    /// Qualifier of the worth.
    pub bound: Option<Bound>,
    /// Sectors, as the text lists them.
    pub sectors: Vec<String>,
    /// Its stage.
    pub status: ProjectStatus,
    /// Where.
    pub place: Option<String>,
    /// By when it is to be done, as ISO, when the text says so beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
}

/// A document between parties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Kind of document.
    #[serde(rename = "type")]
    pub kind: AgreementType,
    /// Title or short description.
    pub title: String,
    /// How many documents; null for an uncounted plural.
    pub count: Option<u64>,
    /// Legal stage.
    pub status: AgreementStatus,
    /// Worth.
    pub value: Option<Number>,
    /// Currency of the worth.
    pub unit: Option<String>,
    /// Qualifier of the worth.
    #[serde(default)]
    pub bound: Option<Bound>,
    /// Horizon.
    pub until: Option<String>,
    /// Day or period of signing.
    pub date: Option<Period>,
}

/// A contact at official level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Kind of meeting.
    #[serde(rename = "type")]
    pub kind: MeetingType,
    /// Persons (canonical names) and bodies.
    pub participants: Vec<String>,
    /// City.
    pub place: Option<String>,
    /// Day or days.
    pub date: Option<Period>,
    /// Held, scheduled or cancelled.
    pub status: MeetingStatus,
}

/// An undertaking that is none of the other kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Who undertakes it.
    pub actors: Vec<String>,
    /// The verb phrase, shortened.
    pub action: String,
    /// How firmly.
    pub strength: Strength,
    /// ISO, or words when vague.
    pub deadline: Option<String>,
    /// The text's own words.
    pub deadline_words: Option<String>,
}

/// A joint body, centre, company, commission or zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Institution {
    /// Its name.
    pub name: String,
    /// Its stage.
    pub status: InstitutionStatus,
    /// By when it is to be at work, as ISO, when the text says so beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
}

/// An honour between parties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Award {
    /// Name of the honour.
    pub name: String,
    /// Who gives.
    pub from: Option<String>,
    /// Who receives.
    pub to: Option<String>,
    /// When.
    pub date: Option<Period>,
}

/// What is stated, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is the struct of its name")]
pub enum Body {
    Figure(Figure),
    Target(Target),
    Project(Project),
    Agreement(Agreement),
    Meeting(Meeting),
    Commitment(Commitment),
    Institution(Institution),
    Award(Award),
}

impl Body {
    /// Which of the eight.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Figure(_) => Kind::Figure,
            Self::Target(_) => Kind::Target,
            Self::Project(_) => Kind::Project,
            Self::Agreement(_) => Kind::Agreement,
            Self::Meeting(_) => Kind::Meeting,
            Self::Commitment(_) => Kind::Commitment,
            Self::Institution(_) => Kind::Institution,
            Self::Award(_) => Kind::Award,
        }
    }
}

/// A place in a text with its quote and some text around it (W3C TextQuoteSelector).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// The slice of the text.
    pub exact: String,
    /// About 32 characters before.
    pub prefix: String,
    /// About 32 characters after.
    pub suffix: String,
}

impl Evidence {
    /// Characters of context on each side.
    const CONTEXT: usize = 32;

    /// The evidence at `span` of `text`; `None` when the span is empty, outside the text, or not on
    /// character boundaries.
    pub fn at(text: &str, span: Span) -> Option<Self> {
        let exact = text.get(span.start()..span.end()).filter(|quote| !quote.is_empty())?;
        let (before, behind) = (&text[..span.start()], &text[span.end()..]);
        Some(Self {
            start: span.start(),
            end: span.end(),
            exact: exact.to_owned(),
            prefix: last_characters(before, Self::CONTEXT).to_owned(),
            suffix: first_characters(behind, Self::CONTEXT).to_owned(),
        })
    }

    /// Its place; in evidence that ends before it starts, another program's mistake, the empty one at its end.
    pub fn span(&self) -> Span {
        Span::new(self.start.min(self.end), self.end)
    }
}

/// So many characters from the start of a text, or all of it. Where all are of one byte they need not be counted.
fn first_characters(text: &str, count: usize) -> &str {
    match text.as_bytes().get(..count) {
        Some(head) if head.is_ascii() => &text[..count],
        _ => text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end]),
    }
}

/// The same from its end.
fn last_characters(text: &str, count: usize) -> &str {
    match text.len().checked_sub(count).and_then(|start| text.as_bytes().get(start..)) {
        Some(tail) if tail.is_ascii() => &text[text.len() - count..],
        _ => text.char_indices().rev().nth(count - 1).map_or(text, |(start, _)| &text[start..]),
    }
}

/// One thing that one document says, with the place where it says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Hash of document, kind, evidence span and fields.
    pub id: String,
    /// The document's id.
    pub doc: String,
    /// What is stated.
    #[serde(flatten)]
    pub body: Body,
    /// Sorted codes of the countries and blocs concerned.
    pub parties: Vec<String>,
    /// Who says so in the text.
    pub by: Option<String>,
    /// Whether it is asserted.
    pub modality: Modality,
    /// Where it stands.
    pub evidence: Evidence,
    /// Other places of the document that say the same.
    #[serde(default)]
    pub also: Vec<Evidence>,
    /// The sentence or sentences around the evidence.
    pub sentence: Span,
    /// The rule that made it.
    pub rule: String,
    /// Probability that it is right, 0 to 1.
    pub confidence: f64,
}

/// The evidence of a statement does not lie in its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no text at bytes {start}..{end} of document {doc}, which has {len} bytes")]
pub struct SealError {
    /// The document.
    pub doc: String,
    /// First byte asked for.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Length of the text.
    pub len: usize,
}

/// The fields of a statement that all kinds have.
#[derive(Deserialize)]
struct Frame {
    id: String,
    doc: String,
    kind: Kind,
    parties: Vec<String>,
    by: Option<String>,
    modality: Modality,
    evidence: Evidence,
    #[serde(default)]
    also: Vec<Evidence>,
    sentence: Span,
    rule: String,
    confidence: f64,
}

impl Statement {
    /// A statement from its JSON, several times as fast as `serde_json` alone, which cannot know the kind
    /// before it has seen all fields and keeps each in a box until then. Here the text is gone through
    /// twice: for what all kinds have, and for the fields of its kind.
    ///
    /// # Errors
    /// When the text is no statement.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        let Frame { id, doc, kind, parties, by, modality, evidence, also, sentence, rule, confidence } =
            serde_json::from_str(text)?;
        let body = match kind {
            Kind::Figure => Body::Figure(serde_json::from_str(text)?),
            Kind::Target => Body::Target(serde_json::from_str(text)?),
            Kind::Project => Body::Project(serde_json::from_str(text)?),
            Kind::Agreement => Body::Agreement(serde_json::from_str(text)?),
            Kind::Meeting => Body::Meeting(serde_json::from_str(text)?),
            Kind::Commitment => Body::Commitment(serde_json::from_str(text)?),
            Kind::Institution => Body::Institution(serde_json::from_str(text)?),
            Kind::Award => Body::Award(serde_json::from_str(text)?),
        };
        Ok(Self { id, doc, body, parties, by, modality, evidence, also, sentence, rule, confidence })
    }

    /// A statement with its evidence and id; the only way to make one from a text.
    ///
    /// # Errors
    /// When the span does not lie in the text on character boundaries, or is empty.
    #[allow(clippy::too_many_arguments, reason = "every argument is a field that no statement may lack")]
    pub fn seal(
        doc: &str,
        text: &str,
        span: Span,
        sentence: Span,
        body: Body,
        mut parties: Vec<String>,
        by: Option<String>,
        modality: Modality,
        rule: &str,
        confidence: f64,
    ) -> Result<Self, SealError> {
        let evidence = Evidence::at(text, span).ok_or_else(|| SealError {
            doc: doc.to_owned(),
            start: span.start(),
            end: span.end(),
            len: text.len(),
        })?;
        parties.sort();
        parties.dedup();
        let mut statement = Self {
            id: String::new(),
            doc: doc.to_owned(),
            body,
            parties,
            by,
            modality,
            evidence,
            also: Vec::new(),
            sentence,
            rule: rule.to_owned(),
            confidence,
        };
        statement.id = statement.hash();
        Ok(statement)
    }

    /// Which of the eight kinds.
    pub fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// The id that its content gives: the first 16 hexadecimal digits of a SHA-256. The confidence,
    /// the rule's name and the other places are left out, so that a better rule does not rename
    /// what it finds again.
    fn hash(&self) -> String {
        let key = (
            &self.doc,
            &self.body,
            &self.parties,
            &self.by,
            self.modality.word(),
            self.evidence.start,
            self.evidence.end,
        );
        // Room for nearly all, so that it need not grow.
        let mut bytes = Vec::with_capacity(512);
        // A key that cannot be written is none; what is here always can.
        if serde_json::to_writer(&mut bytes, &key).is_err() {
            bytes.clear();
        }
        let mut id = content_hash(&bytes);
        id.truncate(16);
        id
    }
}
