//! Stages of the four kinds on one scale: how far a thing has come, and of what class that is.

use tandem_model::{AgreementStatus, Body, InstitutionStatus, ProjectStatus, Statement};

use crate::corpus::RowId;

/// What a stage amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Unknown,
    /// Words: proposed, planned, agreed.
    Promised,
    /// Work.
    Moving,
    /// Launched or inaugurated: not yet use.
    Ceremony,
    /// Done, in force, in use.
    Done,
    /// Halted, not given up.
    Halted,
    /// Given up, expired, dissolved.
    Ended,
}

/// One stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stage {
    pub(crate) word: &'static str,
    pub(crate) rank: u8,
    pub(crate) class: Class,
}

impl Stage {
    pub(crate) fn unknown() -> Self {
        Self { word: "unknown", rank: 0, class: Class::Unknown }
    }

    /// The stage that a statement reports; none for kinds without a life.
    pub(crate) fn of(statement: &Statement) -> Option<Self> {
        let (word, rank, class) = match &statement.body {
            Body::Project(project) => project_stage(project.status),
            Body::Agreement(agreement) => agreement_stage(agreement.status),
            Body::Institution(institution) => institution_stage(institution.status),
            Body::Commitment(commitment) => (commitment.strength.word(), 1, Class::Promised),
            _ => return None,
        };
        Some(Self { word, rank, class })
    }
}

fn project_stage(status: ProjectStatus) -> (&'static str, u8, Class) {
    use ProjectStatus as S;
    let (rank, class) = match status {
        S::Unknown => (0, Class::Unknown),
        S::Proposed => (1, Class::Promised),
        S::Planned => (2, Class::Promised),
        S::Agreed => (3, Class::Promised),
        S::Launched => (4, Class::Ceremony),
        S::UnderWay => (5, Class::Moving),
        S::Completed => (6, Class::Done),
        S::Suspended => (7, Class::Halted),
        S::Cancelled => (8, Class::Ended),
    };
    (status.word(), rank, class)
}

fn agreement_stage(status: AgreementStatus) -> (&'static str, u8, Class) {
    use AgreementStatus as S;
    let (rank, class) = match status {
        S::Unknown => (0, Class::Unknown),
        S::Proposed => (1, Class::Promised),
        S::Drafted => (2, Class::Moving),
        S::Initialled => (3, Class::Moving),
        S::Planned => (2, Class::Promised),
        S::Signed => (5, Class::Done),
        S::Adopted => (5, Class::Done),
        S::Ratified => (6, Class::Done),
        S::InForce => (7, Class::Done),
        S::Expired | S::Terminated => (8, Class::Ended),
    };
    (status.word(), rank, class)
}

fn institution_stage(status: InstitutionStatus) -> (&'static str, u8, Class) {
    use InstitutionStatus as S;
    let (rank, class) = match status {
        S::Proposed => (1, Class::Promised),
        S::BeingEstablished => (2, Class::Promised),
        S::Inaugurated => (3, Class::Ceremony),
        S::Established => (4, Class::Done),
        S::Operating => (5, Class::Done),
        S::Dissolved => (6, Class::Ended),
    };
    (status.word(), rank, class)
}

/// The furthest stage and who first reported it; what has been given up or halted counts as such
/// only until a later source shows it moving again.
pub(crate) fn reached(stages: &[(RowId, Stage)]) -> Option<(RowId, Stage)> {
    let stops = |stage: &Stage| matches!(stage.class, Class::Ended | Class::Halted);
    let last = *stages.last()?;
    if stops(&last.1) {
        return Some(last);
    }
    stages
        .iter()
        .filter(|(_, stage)| !stops(stage))
        .copied()
        .reduce(|best, next| if next.1.rank > best.1.rank { next } else { best })
}
