//! What happened to a planned session: who was there, what they put into it, how a missed one is made up, and how the
//! record comes to be signed.
//!
//! A reason for an absence is a code, not free text: free text about a person belongs into the sealed note.

mod deviation;
mod record;

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use thiserror::Error;

pub use deviation::Deviation;
pub use record::{AmendRefused, Amendment, RecordState, RecordStatus, SignRefused, WriteRefused};

use crate::codes::{UnknownCode, coded};

coded! {
    /// Why an absence was accepted.
    pub enum AbsenceReason {
        /// Illness or a medical appointment.
        Illness = "illness",
        /// Work or education that could not be moved.
        Work = "work",
        /// Care for, or an emergency of, somebody close.
        Family = "family",
        /// A court, the police or another authority called.
        Authority = "authority",
        /// No way of getting there.
        Travel = "travel",
        /// Agreed beforehand, holidays among them.
        Agreed = "agreed",
        /// Another one; the note says which.
        Other = "other",
    }
}

coded! {
    /// The kinds of attendance, without what they carry: for columns, lists and counts.
    pub enum AttendanceKind {
        /// From beginning to end.
        Attended = "attended",
        /// Came late, left early, or was out for a time.
        Part = "part",
        /// Absent with an accepted reason.
        AbsentAccepted = "absent-accepted",
        /// Absent without one.
        AbsentUnaccepted = "absent-unaccepted",
    }
}

coded! {
    /// How far a participant took part, as seen by the facilitator. It describes one session, not a person; what was
    /// not seen is not observed, which is no low mark.
    pub enum Contribution {
        /// The facilitator could not tell, or the participant was not there.
        NotObserved = "not-observed",
        /// Present, yet took no part: no answer when invited, the exercise not begun.
        None = "none",
        /// Answered when asked, or did part of the exercise.
        Some = "some",
        /// Took part unasked, worked the exercise through, or responded to what others said.
        Good = "good",
    }
}

/// Whether somebody was at a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attendance {
    /// From beginning to end.
    Attended,
    /// Some of it.
    Part {
        /// How many minutes, when somebody noted them.
        minutes: Option<u16>,
    },
    /// Not there, and the reason was accepted.
    AbsentAccepted {
        /// The reason.
        reason: AbsenceReason,
    },
    /// Not there, and no reason was given or accepted.
    AbsentUnaccepted,
}

/// Why the parts of an attendance, as stored or as sent by a form, do not make one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AttendanceFault {
    /// Not a known code.
    #[error(transparent)]
    Unknown(#[from] UnknownCode),
    /// An accepted absence without its reason.
    #[error("an accepted absence needs its reason")]
    NoReason,
    /// A reason where nothing needs one.
    #[error("only an accepted absence has a reason")]
    UnaskedReason,
    /// Minutes where they mean nothing.
    #[error("only part attendance has minutes")]
    UnaskedMinutes,
    /// Not a number of minutes.
    #[error("`{0}` is no number of minutes")]
    Minutes(String),
}

impl Attendance {
    /// Its kind.
    pub const fn kind(self) -> AttendanceKind {
        match self {
            Self::Attended => AttendanceKind::Attended,
            Self::Part { .. } => AttendanceKind::Part,
            Self::AbsentAccepted { .. } => AttendanceKind::AbsentAccepted,
            Self::AbsentUnaccepted => AttendanceKind::AbsentUnaccepted,
        }
    }

    /// From its parts, as three columns or three form fields give them.
    pub fn from_parts(kind: AttendanceKind, minutes: Option<u16>, reason: Option<AbsenceReason>) -> Result<Self, AttendanceFault> {
        if minutes.is_some() && kind != AttendanceKind::Part {
            return Err(AttendanceFault::UnaskedMinutes);
        }
        match (kind, reason) {
            (AttendanceKind::AbsentAccepted, Some(reason)) => Ok(Self::AbsentAccepted { reason }),
            (AttendanceKind::AbsentAccepted, None) => Err(AttendanceFault::NoReason),
            (_, Some(_)) => Err(AttendanceFault::UnaskedReason),
            (AttendanceKind::Attended, None) => Ok(Self::Attended),
            (AttendanceKind::Part, None) => Ok(Self::Part { minutes }),
            (AttendanceKind::AbsentUnaccepted, None) => Ok(Self::AbsentUnaccepted),
        }
    }

    /// Minutes of a session of `planned` minutes; `None` when nobody noted how long a part was. Never more than
    /// planned.
    pub fn minutes_of(self, planned: u16) -> Option<u16> {
        match self {
            Self::Attended => Some(planned),
            Self::Part { minutes } => minutes.map(|minutes| minutes.min(planned)),
            Self::AbsentAccepted { .. } | Self::AbsentUnaccepted => Some(0),
        }
    }

    /// Whether the session counts as done: attended, or in part for at least [`PART_COUNTS_FROM_PERCENT`] of its
    /// minutes. A part of unknown length does not count: what is missing is never taken for granted.
    ///
    /// ```
    /// use fairway_domain::attendance::Attendance;
    /// assert!(Attendance::Part { minutes: Some(90) }.counts(120));
    /// assert!(!Attendance::Part { minutes: Some(89) }.counts(120));
    /// assert!(!Attendance::Part { minutes: None }.counts(120));
    /// ```
    pub fn counts(self, planned: u16) -> bool {
        match self {
            Self::Attended => true,
            Self::Part { .. } => {
                self.minutes_of(planned).is_some_and(|minutes| u32::from(minutes) * 100 >= u32::from(planned) * PART_COUNTS_FROM_PERCENT)
            }
            Self::AbsentAccepted { .. } | Self::AbsentUnaccepted => false,
        }
    }
}

/// From which share of its minutes a session attended in part counts as done. A rule of this program, the same for
/// every programme; no source prescribes it.
pub const PART_COUNTS_FROM_PERCENT: u32 = 75;

impl fmt::Display for Attendance {
    /// One code with what it carries: `part:45`, `absent-accepted:illness`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().code())?;
        match self {
            Self::Part { minutes: Some(minutes) } => write!(f, ":{minutes}"),
            Self::AbsentAccepted { reason } => write!(f, ":{reason}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Attendance {
    type Err = AttendanceFault;

    /// ```
    /// use fairway_domain::attendance::Attendance;
    /// let part: Attendance = "part:45".parse()?;
    /// assert_eq!(part, Attendance::Part { minutes: Some(45) });
    /// assert_eq!(part.to_string(), "part:45");
    /// # Ok::<(), fairway_domain::attendance::AttendanceFault>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, AttendanceFault> {
        let (kind, carried) = match text.split_once(':') {
            Some((kind, carried)) => (kind, Some(carried)),
            None => (text, None),
        };
        let kind: AttendanceKind = kind.parse()?;
        match (kind, carried) {
            (AttendanceKind::Part, Some(minutes)) => {
                let parsed = minutes.parse().map_err(|_| AttendanceFault::Minutes(minutes.into()))?;
                Self::from_parts(kind, Some(parsed), None)
            }
            (_, reason) => {
                let reason = reason.map(str::parse::<AbsenceReason>).transpose()?;
                Self::from_parts(kind, None, reason)
            }
        }
    }
}

/// How a definition wants a missed session made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MakeUp {
    /// One to one with a facilitator.
    Individual {
        /// Days after the missed session by which it should be done.
        within_days: Option<u16>,
        /// How long it takes; as long as the session when not given.
        minutes: Option<u16>,
    },
    /// At the same session of the next group.
    NextGroup {
        /// Days by which, where the definition sets a limit.
        within_days: Option<u16>,
    },
    /// With the session's sheet, looked through together afterwards.
    Sheet {
        /// Days by which, where the definition sets a limit.
        within_days: Option<u16>,
        /// How long looking through it takes, where the definition says so.
        minutes: Option<u16>,
    },
    /// It is not made up.
    None,
}

impl From<&crate::programme::MakeUp> for MakeUp {
    fn from(rule: &crate::programme::MakeUp) -> Self {
        use crate::programme::MakeUpBy as By;
        let (within_days, minutes) = (rule.within_days, rule.minutes);
        match rule.by {
            By::Individual => Self::Individual { within_days, minutes },
            By::NextGroup => Self::NextGroup { within_days },
            By::Sheet => Self::Sheet { within_days, minutes },
            By::None => Self::None,
        }
    }
}

coded! {
    /// By what a session is made up.
    pub enum MakeUpBy {
        /// One to one.
        Individual = "individual",
        /// The next group's session.
        NextGroup = "next-group",
        /// The sheet.
        Sheet = "sheet",
    }
}

/// A make-up that is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MakeUpDue {
    /// By what.
    pub by: MakeUpBy,
    /// The last day for it; `None` when the definition sets no limit.
    pub due_on: Option<Date>,
    /// How many minutes it takes, where it takes any of its own.
    pub minutes: Option<u16>,
}

/// What is owed for a session of `planned` minutes held on `held_on` which somebody attended in this way: nothing
/// when it counts as done, or when the definition makes nothing up.
///
/// Whether the reason was accepted makes no difference: the dose is owed to the participant either way.
///
/// ```
/// use fairway_domain::attendance::{Attendance, MakeUp, MakeUpBy, make_up_due};
/// use jiff::civil::date;
/// let rule = MakeUp::Individual { within_days: Some(14), minutes: Some(45) };
/// let due = make_up_due(Attendance::AbsentUnaccepted, 120, rule, date(2027, 3, 2)).unwrap();
/// assert_eq!((due.by, due.due_on), (MakeUpBy::Individual, Some(date(2027, 3, 16))));
/// assert_eq!(make_up_due(Attendance::Attended, 120, rule, date(2027, 3, 2)), None);
/// ```
pub fn make_up_due(attendance: Attendance, planned: u16, rule: MakeUp, held_on: Date) -> Option<MakeUpDue> {
    if attendance.counts(planned) {
        return None;
    }
    let (by, within_days, minutes) = match rule {
        MakeUp::Individual { within_days, minutes } => (MakeUpBy::Individual, within_days, Some(minutes.unwrap_or(planned))),
        MakeUp::NextGroup { within_days } => (MakeUpBy::NextGroup, within_days, Some(planned)),
        MakeUp::Sheet { within_days, minutes } => (MakeUpBy::Sheet, within_days, minutes),
        MakeUp::None => return None,
    };
    let due_on = within_days.and_then(|days| held_on.checked_add(i64::from(days).days()).ok());
    Some(MakeUpDue { by, due_on, minutes })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;
