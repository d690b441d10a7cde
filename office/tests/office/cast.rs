//! The fixed cast, and the two places they work at.

use fairway_domain::permission::Role;
use uuid::Uuid;

/// Who is who. The first five work at the north place; the outsiders at the south place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    Coordinator,
    Facilitator,
    /// Another facilitator of the same place, assigned to nothing.
    Colleague,
    Manager,
    Referrer,
    Researcher,
    Auditor,
    Administrator,
    /// Coordinator of the other place.
    Outsider,
    /// Facilitator of the other place.
    OutsideFacilitator,
    /// A referrer who referred nobody.
    OtherReferrer,
}

impl Cast {
    pub const ALL: [Self; 11] = [
        Self::Coordinator,
        Self::Facilitator,
        Self::Colleague,
        Self::Manager,
        Self::Referrer,
        Self::Researcher,
        Self::Auditor,
        Self::Administrator,
        Self::Outsider,
        Self::OutsideFacilitator,
        Self::OtherReferrer,
    ];

    pub fn id(self) -> Uuid {
        Uuid::from_u128(0xCA57_0000 + self as u128)
    }

    pub fn name(self) -> String {
        format!("{self:?} Inventada")
    }

    pub fn role(self) -> Role {
        match self {
            Self::Coordinator | Self::Outsider => Role::Coordinator,
            Self::Facilitator | Self::Colleague | Self::OutsideFacilitator => Role::Facilitator,
            Self::Manager => Role::TreatmentManager,
            Self::Referrer | Self::OtherReferrer => Role::Referrer,
            Self::Researcher => Role::Researcher,
            Self::Auditor => Role::Auditor,
            Self::Administrator => Role::Administrator,
        }
    }

    pub fn unit(self) -> Uuid {
        if matches!(self, Self::Outsider | Self::OutsideFacilitator) { SOUTH } else { NORTH }
    }
}

/// The place most of the cast works at (jurisdiction es).
pub const NORTH: Uuid = Uuid::from_u128(0x0A11);
/// The other place.
pub const SOUTH: Uuid = Uuid::from_u128(0x0A12);
