//! The schedule: planned sessions laid out on the days they can be held.
//!
//! [`plan`] is a pure function of what is to be planned, the slots, the closed days, the absences and engagements,
//! and what has been recorded. The same request gives the same schedule. Its rules:
//!
//! - Nothing that is not yet recorded is placed before today, nor before the day the programme may start.
//! - Sessions keep the order of the request. One that has been recorded stays where it was held, whatever else moves.
//! - A session takes the first free slot at or after the day its cadence allows, counted from the session before.
//!   With one slot a week a programme therefore stays on its weekday, and when a session is pushed a week by a
//!   holiday everything after it is pushed with it: the cadence is kept, never caught up by crowding.
//! - A session moved by hand stays where it was put as long as it can be held there. It may be closer to its
//!   neighbours than the cadence (a person decided so), never before the one that precedes it. When it can no longer
//!   be held there it is planned anew, and says why.
//! - What cannot be placed within [`HORIZON_DAYS`] is listed as unplaced with the reason, and so is all after it.

mod alarm;
mod definition;
mod lay;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod properties;
mod shift;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;

use jiff::civil::{Date, Time, Weekday};

pub use alarm::{ALARM_DAYS, StartAlarm, latest_start, start_alarm, usual_length_days};
pub use lay::plan;
pub use shift::{Move, MoveRefused, Preview, Reach, move_session};

use crate::calendar::Closed;
use crate::codes::coded;

/// How far ahead of the first possible day a slot is looked for: three years.
pub const HORIZON_DAYS: i64 = 3 * 365 + 1;

coded! {
    /// Which slots a session can take.
    pub enum Kind {
        /// One participant.
        Individual = "individual",
        /// A group.
        Group = "group",
    }
}

coded! {
    /// The least distance from the session before.
    pub enum Cadence {
        /// Two a week.
        TwiceWeekly = "twice-weekly",
        /// One a week.
        Weekly = "weekly",
        /// One every two weeks.
        Fortnightly = "fortnightly",
        /// One every four weeks, so that it keeps its weekday.
        Monthly = "monthly",
        /// One every nine weeks, which is nearest to two months.
        Bimonthly = "bimonthly",
        /// One every thirteen weeks, which is nearest to three months.
        Quarterly = "quarterly",
    }
}

impl Cadence {
    /// Days that must lie between this session and the one before (7: the same weekday of the next week).
    ///
    /// Twice weekly is three days, which Monday and Thursday or Tuesday and Friday satisfy in both directions. A month
    /// is four weeks: with 30 days a weekly slot would be reached only in the fifth week.
    pub const fn days(self) -> i64 {
        match self {
            Self::TwiceWeekly => 3,
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::Monthly => 28,
            Self::Bimonthly => 63,
            Self::Quarterly => 91,
        }
    }
}

/// A session of the definition that is to have a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPlan {
    /// Its id in the definition; unique in the request (a repeated one is planned once).
    pub session: String,
    /// The phase it belongs to.
    pub phase: String,
    /// Which slots it can take.
    pub kind: Kind,
    /// How long it lasts.
    pub minutes: u16,
    /// Least distance from the session before.
    pub cadence: Cadence,
    /// Days which must pass before the next session, over and above the cadence of that one.
    pub gap_after: u16,
}

/// A time of the week at which sessions can be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What it is for.
    pub kind: Kind,
    /// The days of the week.
    pub weekdays: Vec<Weekday>,
    /// When the session starts, local time.
    pub starts: Time,
    /// The room, if the session needs one.
    pub room: Option<String>,
    /// All of them must be free. Where one of two suffices, give two slots: on the same day and hour the first that
    /// is free is taken.
    pub facilitators: Vec<String>,
}

/// Somebody is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The person.
    pub who: String,
    /// First day.
    pub from_on: Date,
    /// Last day, included.
    pub to_on: Date,
}

/// Who or what is engaged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// A room's id.
    Room(String),
    /// A person's id.
    Person(String),
}

/// A room or person is engaged elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Who or what.
    pub whom: Whom,
    /// The day.
    pub on: Date,
    /// From, included.
    pub from: Time,
    /// To, excluded: something may start at this minute.
    pub to: Time,
}

/// A session whose day is given: it has been recorded, or it was moved by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// Which session.
    pub session: String,
    /// The day.
    pub on: Date,
    /// The hour.
    pub starts: Time,
    /// The room, where it is known.
    pub room: Option<String>,
    /// The facilitators.
    pub facilitators: Vec<String>,
    /// The day from which the distance to the next session is counted. It differs from `on` after "move this one
    /// only": the others go on from the day this one would have had.
    pub counts_from_on: Date,
}

impl Fixed {
    /// A session on a day and hour, with no room or facilitators named, from which the next one is counted.
    pub fn at(session: impl Into<String>, on: Date, starts: Time) -> Self {
        Self { session: session.into(), on, starts, room: None, facilitators: Vec::new(), counts_from_on: on }
    }
}

/// Everything a schedule depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The day on which the plan is made.
    pub today: Date,
    /// The first day on which a session can be held.
    pub not_before_on: Date,
    /// The sessions of the track, in order, those already recorded included.
    pub sessions: Vec<ToPlan>,
    /// When they can be held.
    pub slots: Vec<Slot>,
    /// When nothing is held.
    pub closed: Closed,
    /// Who is away.
    pub absences: Vec<Absence>,
    /// Engagements elsewhere; never those of this schedule itself.
    pub busy: Vec<Busy>,
    /// People besides the facilitators without whom no session is held: the participant of an individual schedule.
    /// Empty for a group, which meets when a member is away.
    pub attending: Vec<String>,
    /// What has been held; immutable.
    pub recorded: Vec<Fixed>,
    /// What has been moved by hand.
    pub pinned: Vec<Fixed>,
    /// The last day of the order, if it has one.
    pub order_ends_on: Option<Date>,
}

coded! {
    /// How firm a placed session is.
    pub enum State {
        /// Held and recorded.
        Recorded = "recorded",
        /// Moved by hand.
        Pinned = "pinned",
        /// Laid by the rules.
        Planned = "planned",
    }
}

/// Why a session is not on the day it would have had, or has no day at all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A closed day.
    Holiday(Date),
    /// This person is away on that day.
    Absent(String, Date),
    /// A room or person is engaged at that hour.
    Busy(Whom, Date),
    /// Another session of this schedule is held at that hour.
    OwnSession(Date),
    /// It had been moved to this day, which passed without a record.
    NotHeld(Date),
    /// It had been moved to this day, which is now before the first possible one.
    BeforeStart(Date),
    /// It had been moved to this day, on which the session before it now falls, or which lies after it.
    Overtaken(Date),
    /// There is no slot of its kind.
    NoSlot(Kind),
    /// It would run past midnight in every slot.
    PastMidnight,
    /// No free slot within [`HORIZON_DAYS`].
    BeyondHorizon,
    /// The session before it has no day.
    After(String),
}

/// A session with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its id in the definition.
    pub session: String,
    /// Its phase.
    pub phase: String,
    /// The day.
    pub on: Date,
    /// The hour.
    pub starts: Time,
    /// How long it lasts.
    pub minutes: u16,
    /// The room, if it has one.
    pub room: Option<String>,
    /// Who leads it.
    pub facilitators: Vec<String>,
    /// How firm it is.
    pub state: State,
    /// The day from which the distance to the next one is counted.
    pub counts_from_on: Date,
    /// What pushed it off earlier slots, in the order of the days; each reason once.
    pub reason_moved: Vec<Why>,
}

impl Placed {
    /// Its place as given: what to store once it is recorded or moved.
    pub fn as_fixed(&self) -> Fixed {
        Fixed {
            session: self.session.clone(),
            on: self.on,
            starts: self.starts,
            room: self.room.clone(),
            facilitators: self.facilitators.clone(),
            counts_from_on: self.counts_from_on,
        }
    }

    /// Start and end in minutes of its day; the end may exceed 1440 for a recorded session only.
    pub(crate) fn span(&self) -> Span {
        Span::of(self.starts, self.minutes)
    }
}

/// The laid-out sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// In the order of the request.
    pub sessions: Vec<Placed>,
    /// Those without a day, in the order of the request.
    pub unplaced: Vec<(String, Why)>,
    /// The day of the last session; `None` when nothing is placed.
    pub ends_on: Option<Date>,
    /// By how many days the last placed session falls after the end of the order; `None` when it does not, or when
    /// there is no order. With unplaced sessions the true figure is larger.
    pub days_beyond_order: Option<u32>,
}

impl Schedule {
    /// The place of a session.
    pub fn of(&self, session: &str) -> Option<&Placed> {
        self.sessions.iter().find(|placed| placed.session == session)
    }

    /// Whether every session has a day, and the last is inside the order.
    pub fn fits_order(&self) -> bool {
        self.unplaced.is_empty() && self.days_beyond_order.is_none()
    }

    /// The engagements this schedule makes, for planning others around it.
    pub fn engagements(&self) -> Vec<Busy> {
        let of = |placed: &Placed| {
            let to = placed.span().end_in_day();
            let room = placed.room.iter().cloned().map(Whom::Room);
            let people = placed.facilitators.iter().cloned().map(Whom::Person);
            let (on, from) = (placed.on, placed.starts);
            room.chain(people).map(move |whom| Busy { whom, on, from, to }).collect::<Vec<_>>()
        };
        self.sessions.iter().flat_map(of).collect()
    }
}

/// A stretch of one day, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: i32,
    end: i32,
}

impl Span {
    const DAY: i32 = 24 * 60;

    fn minute_of_day(time: Time) -> i32 {
        i32::from(time.hour()) * 60 + i32::from(time.minute())
    }

    fn of(starts: Time, minutes: u16) -> Self {
        let start = Self::minute_of_day(starts);
        Self { start, end: start + i32::from(minutes) }
    }

    fn between(from: Time, to: Time) -> Self {
        Self { start: Self::minute_of_day(from), end: Self::minute_of_day(to) }
    }

    fn past_midnight(self) -> bool {
        self.end > Self::DAY
    }

    fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    fn end_in_day(self) -> Time {
        let end = self.end.min(Self::DAY - 1);
        let (hour, minute) = (i8::try_from(end / 60), i8::try_from(end % 60));
        Time::new(hour.unwrap_or(23), minute.unwrap_or(59), 0, 0).unwrap_or(Time::MAX)
    }
}
