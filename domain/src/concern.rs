//! Concerns: what cannot wait, who sees to it, until when, and what came of it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::codes::coded;

coded! {
    /// What a concern is about. Every jurisdiction file gives each its deadline.
    pub enum ConcernKind {
        /// A child has been or is being harmed.
        HarmToChild = "harm-to-child",
        /// A child may be harmed.
        RiskToChild = "risk-to-child",
        /// The person may harm themselves.
        RiskToSelf = "risk-to-self",
        /// The person may harm someone else.
        RiskToOthers = "risk-to-others",
        /// An obligation of the order is not kept.
        Breach = "breach",
        /// Anything else that cannot wait.
        Other = "other",
    }
}

coded! {
    /// What came of a concern.
    pub enum Outcome {
        /// Passed on to whoever must act.
        PassedOn = "passed-on",
        /// Acted upon within the service.
        ActedUpon = "acted-upon",
        /// Looked into; nothing more was needed.
        NothingFurther = "nothing-further",
    }
}

/// Whether someone still has to see to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Status {
    /// It stands on Today until it is closed.
    Open,
    /// It has been seen to.
    Closed {
        /// What came of it.
        outcome: Outcome,
        /// When.
        closed_at: Timestamp,
        /// Who closed it.
        closed_by: Uuid,
    },
}

/// A concern. What was seen and done, in words, is sealed text of the store and not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// What it is about.
    pub kind: ConcernKind,
    /// Who sees to it.
    pub owner: Uuid,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Until when it must be seen to.
    pub due_at: Timestamp,
    /// Open or closed.
    pub status: Status,
}

/// Why a concern is not changed so.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConcernRefused {
    /// Closing needs an outcome.
    #[error("a concern is closed with what came of it")]
    NoOutcome,
    /// Closing needs words that say what was done.
    #[error("a concern is closed with what was done about it")]
    NoWords,
    /// It was closed before.
    #[error("the concern was closed at {closed_at}")]
    AlreadyClosed {
        /// When.
        closed_at: Timestamp,
    },
    /// It cannot be closed before it was recorded.
    #[error("a concern cannot be closed before it was recorded")]
    BeforeRecording,
    /// It already has this owner.
    #[error("the concern already has this owner")]
    SameOwner,
}

impl Concern {
    /// Records a concern which is due `within_hours` from now, by the jurisdiction file.
    pub fn record(kind: ConcernKind, owner: Uuid, recorded_at: Timestamp, within_hours: u32) -> Self {
        let due_at = recorded_at.saturating_add(SignedDuration::from_hours(i64::from(within_hours)));
        Self { kind, owner, recorded_at, due_at: due_at.unwrap_or(Timestamp::MAX), status: Status::Open }
    }

    /// Whether someone still has to see to it.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Status::Open)
    }

    /// Whether it is open and its time has passed.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && now > self.due_at
    }

    /// Closes the concern with what came of it. `words` say what was done; they are only checked to be there.
    pub fn close(self, outcome: Option<Outcome>, words: &str, closed_by: Uuid, closed_at: Timestamp) -> Result<Self, ConcernRefused> {
        if let Status::Closed { closed_at, .. } = self.status {
            return Err(ConcernRefused::AlreadyClosed { closed_at });
        }
        if closed_at < self.recorded_at {
            return Err(ConcernRefused::BeforeRecording);
        }
        let outcome = outcome.ok_or(ConcernRefused::NoOutcome)?;
        if words.trim().is_empty() {
            return Err(ConcernRefused::NoWords);
        }
        Ok(Self { status: Status::Closed { outcome, closed_at, closed_by }, ..self })
    }

    /// Hands an open concern to someone else; its deadline stays.
    pub fn hand_over(self, owner: Uuid) -> Result<Self, ConcernRefused> {
        match self.status {
            Status::Closed { closed_at, .. } => Err(ConcernRefused::AlreadyClosed { closed_at }),
            Status::Open if owner == self.owner => Err(ConcernRefused::SameOwner),
            Status::Open => Ok(Self { owner, ..self }),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::*;

    const ONE: Uuid = Uuid::from_u128(1);
    const TWO: Uuid = Uuid::from_u128(2);

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
    }

    fn concern() -> Concern {
        Concern::record(ConcernKind::RiskToSelf, ONE, at(0), 24)
    }

    #[test]
    fn it_is_overdue_after_its_hours_and_while_open() {
        assert!(!concern().is_overdue(at(24)));
        assert!(concern().is_overdue(at(25)));
        let closed = concern().close(Some(Outcome::PassedOn), "Called the duty desk.", ONE, at(30)).unwrap();
        assert!(!closed.is_open() && !closed.is_overdue(at(31)));
    }

    #[test]
    fn closing_needs_an_outcome_and_words_and_happens_once() {
        assert_eq!(concern().close(None, "x", ONE, at(1)), Err(ConcernRefused::NoOutcome));
        assert_eq!(concern().close(Some(Outcome::ActedUpon), " ", ONE, at(1)), Err(ConcernRefused::NoWords));
        let early = concern().close(Some(Outcome::ActedUpon), "x", ONE, at(-1));
        assert_eq!(early, Err(ConcernRefused::BeforeRecording));
        let closed = concern().close(Some(Outcome::ActedUpon), "x", ONE, at(1)).unwrap();
        let again = closed.clone().close(Some(Outcome::PassedOn), "x", TWO, at(2));
        assert_eq!(again, Err(ConcernRefused::AlreadyClosed { closed_at: at(1) }));
        assert_eq!(closed.hand_over(TWO), Err(ConcernRefused::AlreadyClosed { closed_at: at(1) }));
    }

    #[test]
    fn handing_over_keeps_the_deadline() {
        assert_eq!(concern().hand_over(ONE), Err(ConcernRefused::SameOwner));
        let handed = concern().hand_over(TWO).unwrap();
        assert_eq!((handed.owner, handed.due_at), (TWO, at(24)));
    }
}
