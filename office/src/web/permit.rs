//! Proofs of permission. Only the guard can make one, after asking `permission::decide`; store functions about a
//! record take its permit, so a query that nobody asked permission for does not compile.

use fairway_domain::permission::Action;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::db::Stored;
use crate::vault::{CaseKey, Sealed, Vault};

/// What every permit knows of the one who holds it.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The account that acts.
    pub account: Uuid,
    /// What it may do.
    pub action: Action,
    /// When.
    pub now: Timestamp,
    /// Which day that is at the service.
    pub today: Date,
}

/// Permission for one action on one case.
#[derive(Debug, Clone)]
pub struct CasePermit {
    pub(super) holder: Holder,
    pub(super) case: Uuid,
    pub(super) unit: Uuid,
    pub(super) programme: Uuid,
    pub(super) stage: String,
    pub(super) key: CaseKey,
}

impl CasePermit {
    /// Who acts, and when.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The case.
    pub fn case(&self) -> Uuid {
        self.case
    }

    /// The place it belongs to.
    pub fn unit(&self) -> Uuid {
        self.unit
    }

    /// The stored definition it runs on.
    pub fn programme(&self) -> Uuid {
        self.programme
    }

    /// The stage's code when permission was asked.
    pub fn stage(&self) -> &str {
        &self.stage
    }

    /// Seals and opens the texts of this case.
    pub fn key(&self) -> &CaseKey {
        &self.key
    }
}

/// Permission for one action on one group.
#[derive(Debug, Clone)]
pub struct GroupPermit {
    pub(super) holder: Holder,
    pub(super) group: Uuid,
    pub(super) unit: Uuid,
    pub(super) programme: Uuid,
    pub(super) key: CaseKey,
    pub(super) vault: Vault,
}

impl GroupPermit {
    /// Who acts, and when.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The group.
    pub fn group(&self) -> Uuid {
        self.group
    }

    /// The place it belongs to.
    pub fn unit(&self) -> Uuid {
        self.unit
    }

    /// The stored definition it runs on.
    pub fn programme(&self) -> Uuid {
        self.programme
    }

    /// Seals and opens the texts of this group.
    pub fn key(&self) -> &CaseKey {
        &self.key
    }

    /// The vault, for the keys of the group's members.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }
}

/// Whose session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionOwner {
    /// An individual session of a case.
    Case(Uuid),
    /// A session of a group.
    Group(Uuid),
}

impl SessionOwner {
    /// The id, of whichever kind.
    pub fn id(self) -> Uuid {
        match self {
            Self::Case(id) | Self::Group(id) => id,
        }
    }
}

/// Permission for one action on one planned (and perhaps recorded) session and everybody in it.
#[derive(Debug, Clone)]
pub struct SessionPermit {
    pub(super) holder: Holder,
    pub(super) session: Uuid,
    pub(super) owner: SessionOwner,
    pub(super) unit: Uuid,
    pub(super) programme: Uuid,
    pub(super) key: CaseKey,
    pub(super) vault: Vault,
}

impl SessionPermit {
    /// Who acts, and when.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The planned session.
    pub fn session(&self) -> Uuid {
        self.session
    }

    /// Its case or group.
    pub fn owner(&self) -> SessionOwner {
        self.owner
    }

    /// The place it belongs to.
    pub fn unit(&self) -> Uuid {
        self.unit
    }

    /// The stored definition it runs on.
    pub fn programme(&self) -> Uuid {
        self.programme
    }

    /// Seals and opens what is said of the session as a whole (under the key of its case or group).
    pub fn key(&self) -> &CaseKey {
        &self.key
    }

    /// Opens the keys of the cases in this session: `(case, wrapped key)` as a store function read them.
    pub fn member_key(&self, case: Uuid, wrapped: &Sealed) -> Stored<CaseKey> {
        self.vault.unwrap_key(case, wrapped)
    }
}

/// Permission to list: which records the account may see named.
#[derive(Debug, Clone)]
pub struct ListPermit {
    pub(super) holder: Holder,
    pub(super) places: Vec<Uuid>,
    pub(super) assigned: bool,
    pub(super) referred: bool,
}

impl ListPermit {
    /// Who acts, and when.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The places all of whose records may be listed (coordinator, treatment manager, or whoever the action is for).
    pub fn places(&self) -> &[Uuid] {
        &self.places
    }

    /// Whether records the account is assigned to may be listed (facilitator).
    pub fn assigned(&self) -> bool {
        self.assigned
    }

    /// Whether cases the account referred may be listed (referrer).
    pub fn referred(&self) -> bool {
        self.referred
    }
}
