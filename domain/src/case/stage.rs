//! Where a case stands.

use serde::{Deserialize, Serialize};

use crate::codes::coded;

/// A phase of the programme the case started on: its place (from 0) and its id in the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseRef {
    /// Place among the phases of the definition, from 0.
    pub index: u16,
    /// Id in the definition.
    pub id: String,
}

coded! {
    /// The kind of a stage, without what the stage carries.
    pub enum StageKind {
        /// Referred; suitability not yet judged.
        Referred = "referred",
        /// Judged not suitable.
        NotSuitable = "not-suitable",
        /// Judged suitable, not yet on the waiting list.
        Suitable = "suitable",
        /// On the waiting list.
        Waiting = "waiting",
        /// In a phase of the programme.
        InPhase = "in-phase",
        /// The programme was completed.
        Completed = "completed",
        /// Started and ended before completion.
        EndedEarly = "ended-early",
        /// Ended without ever having started.
        NeverStarted = "never-started",
    }
}

impl StageKind {
    /// Whether nothing more happens here unless the case is reopened.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::NotSuitable | Self::Completed | Self::EndedEarly | Self::NeverStarted)
    }
}

/// Where a case stands, with what belongs to that stage and to no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Stage {
    /// Referred; suitability not yet judged.
    Referred,
    /// Judged not suitable.
    NotSuitable,
    /// Judged suitable, not yet on the waiting list.
    Suitable,
    /// On the waiting list.
    Waiting,
    /// In a phase of the programme.
    InPhase {
        /// The phase.
        phase: PhaseRef,
    },
    /// The programme was completed.
    Completed,
    /// Started and ended before completion.
    EndedEarly {
        /// Id of a reason in the definition's list `reasons.ended_early`.
        reason: String,
    },
    /// Ended without ever having started.
    NeverStarted {
        /// Id of a reason in the definition's list `reasons.never_started`.
        reason: String,
    },
}

impl Stage {
    /// The kind of this stage.
    pub const fn kind(&self) -> StageKind {
        match self {
            Self::Referred => StageKind::Referred,
            Self::NotSuitable => StageKind::NotSuitable,
            Self::Suitable => StageKind::Suitable,
            Self::Waiting => StageKind::Waiting,
            Self::InPhase { .. } => StageKind::InPhase,
            Self::Completed => StageKind::Completed,
            Self::EndedEarly { .. } => StageKind::EndedEarly,
            Self::NeverStarted { .. } => StageKind::NeverStarted,
        }
    }

    /// The stable code of the kind of this stage.
    pub const fn code(&self) -> &'static str {
        self.kind().code()
    }

    /// The phase the case is in, if it is in one.
    pub const fn phase(&self) -> Option<&PhaseRef> {
        match self {
            Self::InPhase { phase } => Some(phase),
            _ => None,
        }
    }

    /// The reason of an ending that carries one.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::EndedEarly { reason } | Self::NeverStarted { reason } => Some(reason),
            _ => None,
        }
    }
}
