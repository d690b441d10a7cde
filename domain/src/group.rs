//! A treatment group: who belongs to it, who may join, and how a waiting person fits it.

mod fit;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;
use thiserror::Error;

pub use fit::{Candidate, Fit, Judged, Offer, OrderTooShort, WrongLanguage, WrongSlot, fit};

use crate::codes::coded;

coded! {
    /// Where a group stands.
    pub enum GroupStatus {
        /// Members are being found.
        Forming = "forming",
        /// It has begun.
        Running = "running",
        /// It is over.
        Closed = "closed",
    }
}

/// How many members a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Fewest with which it begins.
    pub min: u16,
    /// Most at any time.
    pub max: u16,
}

/// Somebody's time in the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership<Who> {
    /// The case.
    pub who: Who,
    /// First day.
    pub joined_on: Date,
    /// The day of leaving; `None` while a member.
    pub left_on: Option<Date>,
}

/// Where a group stands, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Members are being found.
    Forming,
    /// It has begun: nobody new joins, unless at the same point.
    Running {
        /// Since when.
        started_on: Date,
    },
    /// It is over.
    Closed {
        /// When it began; `None` when it never did.
        started_on: Option<Date>,
        /// When it ended.
        closed_on: Date,
    },
}

/// A group. `Who` names a case. Memberships are kept when somebody leaves; coming back makes another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<Who> {
    /// Limits from the definition.
    pub size: Size,
    /// Where it stands.
    pub stage: Stage,
    /// Every membership there was, in the order of joining.
    pub memberships: Vec<Membership<Who>>,
}

/// Why somebody cannot join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AdmitRefused {
    /// The group has its most members.
    #[error("the group is full with {0} members")]
    Full(u16),
    /// Already a member.
    #[error("this person is a member already")]
    AlreadyMember,
    /// The group has begun: who joins now rejoins at the same point.
    #[error("the group has begun; join it at the same point")]
    Begun,
    /// The group has not begun: there is no point to rejoin at.
    #[error("the group has not begun; admit instead")]
    NotBegun,
    /// The group is over.
    #[error("the group is closed")]
    Closed,
    /// The group has held sessions this person has not done.
    #[error("the group is {0} sessions further on")]
    GroupAhead(u32),
    /// The day lies before this person last left, or before the group began.
    #[error("the day of joining is too early")]
    TooEarly,
}

/// Why somebody cannot leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LeaveRefused {
    /// Not a member.
    #[error("this person is not a member")]
    NotAMember,
    /// The day lies before the day of joining.
    #[error("nobody leaves before joining")]
    BeforeJoining,
}

/// Why a group cannot begin or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StageRefused {
    /// It has begun or is over.
    #[error("the group has begun already")]
    AlreadyBegun,
    /// It is over.
    #[error("the group is closed already")]
    AlreadyClosed,
    /// Fewer members than the definition asks.
    #[error("the group has {members} members and begins with {min}")]
    TooFew {
        /// Now.
        members: u16,
        /// Needed.
        min: u16,
    },
    /// It would end before it began, or before a member joined.
    #[error("a group does not end before it began or before a member joined")]
    BeforeStart,
}

impl<Who: Clone + PartialEq> Group<Who> {
    /// A group that is being formed.
    pub const fn form(size: Size) -> Self {
        Self { size, stage: Stage::Forming, memberships: Vec::new() }
    }

    /// Where it stands.
    pub const fn status(&self) -> GroupStatus {
        match self.stage {
            Stage::Forming => GroupStatus::Forming,
            Stage::Running { .. } => GroupStatus::Running,
            Stage::Closed { .. } => GroupStatus::Closed,
        }
    }

    /// The members of today.
    pub fn members(&self) -> impl Iterator<Item = &Who> {
        self.memberships.iter().filter(|one| one.left_on.is_none()).map(|one| &one.who)
    }

    /// How many they are.
    pub fn count(&self) -> u16 {
        u16::try_from(self.members().count()).unwrap_or(u16::MAX)
    }

    /// How many may still join.
    pub fn places(&self) -> u16 {
        self.size.max.saturating_sub(self.count())
    }

    /// Somebody joins a group that is being formed.
    ///
    /// ```
    /// use fairway_domain::group::{AdmitRefused, Group, Size};
    /// use jiff::civil::date;
    /// let on = date(2027, 3, 1);
    /// let group = Group::form(Size { min: 1, max: 2 }).admit("ana", on).unwrap().admit("leo", on).unwrap();
    /// assert_eq!(group.clone().admit("ana", on), Err(AdmitRefused::AlreadyMember));
    /// assert_eq!(group.admit("mia", on), Err(AdmitRefused::Full(2)));
    /// ```
    pub fn admit(self, who: Who, on: Date) -> Result<Self, AdmitRefused> {
        match self.stage {
            Stage::Forming => self.join(who, on),
            Stage::Running { .. } => Err(AdmitRefused::Begun),
            Stage::Closed { .. } => Err(AdmitRefused::Closed),
        }
    }

    /// Somebody who has done part of the programme joins a running group at the same point. To repeat some sessions
    /// is possible, to miss some is not.
    pub fn rejoin(self, who: Who, on: Date, point: Point) -> Result<Self, AdmitRefused> {
        match (&self.stage, point) {
            (Stage::Forming, _) => Err(AdmitRefused::NotBegun),
            (Stage::Closed { .. }, _) => Err(AdmitRefused::Closed),
            (Stage::Running { started_on }, _) if on < *started_on => Err(AdmitRefused::TooEarly),
            (_, Point::GroupAhead { missing }) => Err(AdmitRefused::GroupAhead(missing)),
            (_, Point::Same | Point::GroupBehind { .. }) => self.join(who, on),
        }
    }

    fn join(mut self, who: Who, on: Date) -> Result<Self, AdmitRefused> {
        if self.members().any(|member| *member == who) {
            return Err(AdmitRefused::AlreadyMember);
        }
        let too_early = |one: &Membership<Who>| one.who == who && one.left_on.is_some_and(|left| on < left);
        if self.memberships.iter().any(too_early) {
            return Err(AdmitRefused::TooEarly);
        }
        if self.places() == 0 {
            return Err(AdmitRefused::Full(self.size.max));
        }
        self.memberships.push(Membership { who, joined_on: on, left_on: None });
        Ok(self)
    }

    /// Somebody leaves. The membership stays on record.
    pub fn leave(mut self, who: &Who, on: Date) -> Result<Self, LeaveRefused> {
        let is_member = |one: &&mut Membership<Who>| one.who == *who && one.left_on.is_none();
        let member = self.memberships.iter_mut().find(is_member).ok_or(LeaveRefused::NotAMember)?;
        if on < member.joined_on {
            return Err(LeaveRefused::BeforeJoining);
        }
        member.left_on = Some(on);
        Ok(self)
    }

    /// The group begins.
    pub fn start(self, on: Date) -> Result<Self, StageRefused> {
        let (members, min) = (self.count(), self.size.min);
        match self.stage {
            Stage::Closed { .. } => Err(StageRefused::AlreadyClosed),
            Stage::Running { .. } => Err(StageRefused::AlreadyBegun),
            Stage::Forming if members < min => Err(StageRefused::TooFew { members, min }),
            Stage::Forming => Ok(Self { stage: Stage::Running { started_on: on }, ..self }),
        }
    }

    /// The group is over: whoever is still a member leaves on that day.
    pub fn close(mut self, on: Date) -> Result<Self, StageRefused> {
        let started_on = match self.stage {
            Stage::Closed { .. } => return Err(StageRefused::AlreadyClosed),
            Stage::Forming => None,
            Stage::Running { started_on } => Some(started_on),
        };
        let open = || self.memberships.iter().filter(|one| one.left_on.is_none());
        if started_on.is_some_and(|started| on < started) || open().any(|one| on < one.joined_on) {
            return Err(StageRefused::BeforeStart);
        }
        for one in self.memberships.iter_mut().filter(|one| one.left_on.is_none()) {
            one.left_on = Some(on);
        }
        self.stage = Stage::Closed { started_on, closed_on: on };
        Ok(self)
    }
}

/// Where a running group stands, seen from somebody who has done part of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// What the group holds next is what the person has to do next.
    Same,
    /// The group will hold sessions again which the person has done.
    GroupBehind {
        /// How many the person would sit through again.
        repeated: u32,
    },
    /// The group has held sessions the person has not done.
    GroupAhead {
        /// How many the person would miss.
        missing: u32,
    },
}

/// Compares what a person has done with what a group has held. `order` are the group sessions of the person's track;
/// sessions outside it do not matter. Missing a session weighs more than repeating one: whoever would do both is
/// behind the group.
///
/// ```
/// use fairway_domain::group::{Point, point};
/// let order = ["one", "two", "three", "four"];
/// assert_eq!(point(&order, &["one", "two"], &["one", "two"]), Point::Same);
/// assert_eq!(point(&order, &["one", "two", "three"], &["one"]), Point::GroupBehind { repeated: 2 });
/// assert_eq!(point(&order, &["one"], &["one", "two"]), Point::GroupAhead { missing: 1 });
/// ```
pub fn point<S: AsRef<str>, D: AsRef<str>, H: AsRef<str>>(order: &[S], done: &[D], held: &[H]) -> Point {
    let done: BTreeSet<&str> = done.iter().map(AsRef::as_ref).collect();
    let held: BTreeSet<&str> = held.iter().map(AsRef::as_ref).collect();
    let only = |first: &BTreeSet<&str>, second: &BTreeSet<&str>| {
        let of_one = |id: &&S| first.contains(id.as_ref()) && !second.contains(id.as_ref());
        u32::try_from(order.iter().filter(of_one).count()).unwrap_or(u32::MAX)
    };
    match (only(&held, &done), only(&done, &held)) {
        (0, 0) => Point::Same,
        (0, repeated) => Point::GroupBehind { repeated },
        (missing, _) => Point::GroupAhead { missing },
    }
}

coded! {
    /// Why somebody leaves a group. A code, not free text: what there is to tell about the person belongs into a note.
    pub enum LeaveReason {
        /// Work or training at the group's hour.
        Work = "work",
        /// Health.
        Health = "health",
        /// Moved away.
        Moved = "moved",
        /// To go on in another group.
        OtherGroup = "other-group",
        /// The group could not hold the person, or the person the group.
        GroupFit = "group-fit",
        /// The programme or the order has ended for this person.
        Ended = "ended",
        /// Stopped coming.
        StoppedComing = "stopped-coming",
        /// Anything else; the note says what.
        Other = "other",
        /// The group itself was closed.
        GroupClosed = "group-closed",
    }
}

impl LeaveReason {
    /// The reasons a person can give; that of a closing is given by the closing.
    pub fn offered() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|reason| *reason != Self::GroupClosed)
    }
}
