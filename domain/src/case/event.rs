//! What happens to a case, and the record of what happened.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{PhaseRef, StageKind};
use crate::codes::coded;

coded! {
    /// The kind of an event, without what it carries.
    pub enum EventKind {
        /// The referral is registered.
        Refer = "refer",
        /// Judged suitable.
        JudgeSuitable = "judge-suitable",
        /// Judged not suitable.
        JudgeNotSuitable = "judge-not-suitable",
        /// Put on the waiting list.
        PutOnList = "put-on-list",
        /// The programme starts: the first phase is entered.
        Start = "start",
        /// The next phase is entered.
        EnterPhase = "enter-phase",
        /// The programme is completed.
        Complete = "complete",
        /// Ended after a start and before completion.
        EndEarly = "end-early",
        /// Ended without a start.
        NeverStart = "never-start",
        /// An end is undone: back to the stage before it.
        Reopen = "reopen",
        /// A date is put right.
        Correct = "correct",
        /// The case moves to another unit.
        Transfer = "transfer",
    }
}

/// What a rule said about an event (suitability criteria, a phase's gate, the completion rule).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Every condition holds.
    Met,
    /// So many conditions do not hold, or are not known to hold; the event is refused.
    NotMet {
        /// How many conditions do not hold.
        unmet: u16,
    },
    /// So many conditions do not hold, and the named person goes on against the rule, with a comment that says why.
    Overridden {
        /// How many conditions do not hold.
        unmet: u16,
    },
}

/// A date of a case which can be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseDate {
    /// When the referral came.
    Referred,
    /// When suitability was judged.
    Suitable,
    /// Since when the case waits.
    Waiting,
    /// When a phase was entered; phase 0 is the start of the programme.
    Phase(u16),
    /// When the case ended.
    Ended,
}

impl fmt::Display for CaseDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Referred => f.write_str("referred"),
            Self::Suitable => f.write_str("suitable"),
            Self::Waiting => f.write_str("waiting"),
            Self::Phase(index) => write!(f, "phase-{index}"),
            Self::Ended => f.write_str("ended"),
        }
    }
}

impl FromStr for CaseDate {
    type Err = crate::codes::UnknownCode;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "referred" => Ok(Self::Referred),
            "suitable" => Ok(Self::Suitable),
            "waiting" => Ok(Self::Waiting),
            "ended" => Ok(Self::Ended),
            other => other.strip_prefix("phase-").and_then(|index| index.parse().ok()).map(Self::Phase).ok_or_else(|| {
                crate::codes::UnknownCode {
                    what: "CaseDate",
                    found: code.to_owned(),
                    known: &["referred", "suitable", "waiting", "phase-N", "ended"],
                }
            }),
        }
    }
}

impl Serialize for CaseDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What happens to a case, with what that event carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The referral is registered in a unit.
    Refer {
        /// The unit the case belongs to.
        unit: Uuid,
    },
    /// Judged suitable.
    JudgeSuitable {
        /// What the required criteria said.
        verdict: Verdict,
    },
    /// Judged not suitable.
    JudgeNotSuitable,
    /// Put on the waiting list.
    PutOnList,
    /// The first phase is entered.
    Start {
        /// The first phase.
        phase: PhaseRef,
        /// What its entry gate said.
        verdict: Verdict,
    },
    /// The next phase is entered.
    EnterPhase {
        /// The next phase.
        phase: PhaseRef,
        /// What the exit gate of the phase before and the entry gate of this one said.
        verdict: Verdict,
    },
    /// The programme is completed.
    Complete {
        /// What the completion rule said.
        verdict: Verdict,
    },
    /// Ended after a start and before completion.
    EndEarly {
        /// Id of a reason in the definition.
        reason: String,
    },
    /// Ended without a start.
    NeverStart {
        /// Id of a reason in the definition.
        reason: String,
    },
    /// An end is undone.
    Reopen,
    /// A date is put right.
    Correct {
        /// Which date.
        what: CaseDate,
        /// What it is now.
        to: Date,
    },
    /// The case moves to another unit.
    Transfer {
        /// The new unit.
        unit: Uuid,
    },
}

impl Event {
    /// The kind of this event.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Refer { .. } => EventKind::Refer,
            Self::JudgeSuitable { .. } => EventKind::JudgeSuitable,
            Self::JudgeNotSuitable => EventKind::JudgeNotSuitable,
            Self::PutOnList => EventKind::PutOnList,
            Self::Start { .. } => EventKind::Start,
            Self::EnterPhase { .. } => EventKind::EnterPhase,
            Self::Complete { .. } => EventKind::Complete,
            Self::EndEarly { .. } => EventKind::EndEarly,
            Self::NeverStart { .. } => EventKind::NeverStart,
            Self::Reopen => EventKind::Reopen,
            Self::Correct { .. } => EventKind::Correct,
            Self::Transfer { .. } => EventKind::Transfer,
        }
    }

    /// What the rule said, for events that stand under one.
    pub const fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::JudgeSuitable { verdict }
            | Self::Start { verdict, .. }
            | Self::EnterPhase { verdict, .. }
            | Self::Complete { verdict } => Some(*verdict),
            _ => None,
        }
    }

    /// The reason code of events that need one.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::EndEarly { reason } | Self::NeverStart { reason } => Some(reason),
            _ => None,
        }
    }

    /// Whether a person went on against a rule.
    pub const fn is_override(&self) -> bool {
        matches!(self.verdict(), Some(Verdict::Overridden { .. }))
    }
}

/// One line of a case's history: what happened, when, by whom, and between which stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// What happened.
    pub event: Event,
    /// The day on which it took effect.
    pub on: Date,
    /// The person who decided it.
    pub by: Uuid,
    /// The stage before; nothing for the referral.
    pub from: Option<StageKind>,
    /// The stage after.
    pub to: StageKind,
    /// Why, in the person's own words. Text about a person: never serialised here, the store seals it. A replay does
    /// not need it, so a history stays whole after an erasure.
    #[serde(skip)]
    pub comment: Option<String>,
}
