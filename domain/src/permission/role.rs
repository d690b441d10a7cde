//! What a person is at a place.

use std::fmt;
use std::str::FromStr;

/// What a person is at a place. One account may hold several roles, at several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Registers referrals, decides suitability, keeps the waiting list, forms groups.
    Coordinator,
    /// Runs individual and group sessions and records them.
    Facilitator,
    /// Staffs groups, countersigns, supervises, answers for the indicators.
    TreatmentManager,
    /// Refers, and sees the state of their own referrals.
    Referrer,
    /// Evaluates, without ever seeing a person.
    Researcher,
    /// Sees who saw what; never what was seen.
    Auditor,
    /// Keeps accounts, places and rooms; has no business with a case.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Coordinator,
        Self::Facilitator,
        Self::TreatmentManager,
        Self::Referrer,
        Self::Researcher,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The word the database and the addresses use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Facilitator => "facilitator",
            Self::TreatmentManager => "treatment-manager",
            Self::Referrer => "referrer",
            Self::Researcher => "researcher",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(code: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.code() == code).ok_or(UnknownRole)
    }
}

/// The word is no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such role; the roles are coordinator, facilitator, treatment-manager, referrer, researcher, auditor, administrator")]
pub struct UnknownRole;
