//! Whose schedule is being planned.

use jiff::civil::Date;
use uuid::Uuid;

use crate::web::{CasePermit, GroupPermit, SessionOwner, SessionPermit};

/// The case or group whose sessions are planned. Made from a permit and from nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    whose: SessionOwner,
    unit: Uuid,
    programme: Uuid,
    today: Date,
}

impl Owner {
    /// Which case or group.
    pub fn whose(&self) -> SessionOwner {
        self.whose
    }

    /// Its id, of whichever kind.
    pub fn id(&self) -> Uuid {
        self.whose.id()
    }

    /// The place it belongs to.
    pub fn unit(&self) -> Uuid {
        self.unit
    }

    /// The stored definition it runs on.
    pub fn programme(&self) -> Uuid {
        self.programme
    }

    /// Today at the service.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The case, unless it is a group.
    pub fn case(&self) -> Option<Uuid> {
        match self.whose {
            SessionOwner::Case(case) => Some(case),
            SessionOwner::Group(_) => None,
        }
    }

    /// The group, unless it is a case.
    pub fn group(&self) -> Option<Uuid> {
        match self.whose {
            SessionOwner::Group(group) => Some(group),
            SessionOwner::Case(_) => None,
        }
    }
}

impl From<&CasePermit> for Owner {
    fn from(permit: &CasePermit) -> Self {
        Self { whose: SessionOwner::Case(permit.case()), unit: permit.unit(), programme: permit.programme(), today: permit.holder().today }
    }
}

impl From<&GroupPermit> for Owner {
    fn from(permit: &GroupPermit) -> Self {
        Self {
            whose: SessionOwner::Group(permit.group()),
            unit: permit.unit(),
            programme: permit.programme(),
            today: permit.holder().today,
        }
    }
}

impl From<&SessionPermit> for Owner {
    fn from(permit: &SessionPermit) -> Self {
        Self { whose: permit.owner(), unit: permit.unit(), programme: permit.programme(), today: permit.holder().today }
    }
}
