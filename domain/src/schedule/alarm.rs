//! The latest day on which a programme can start and still finish inside the order.

use jiff::civil::Date;

use super::ToPlan;
use super::lay::days_after;
use crate::calendar::Closed;

/// From how many days before the latest start the alarm stands: eight weeks.
pub const ALARM_DAYS: u32 = 56;

/// How many days the sessions take from the first to the last, both included, when nothing comes between.
///
/// Slots come round weekly, so distances of a week and more are counted in whole weeks.
///
/// ```
/// use fairway_domain::schedule::{Cadence, Kind, ToPlan, usual_length_days};
/// let session = |id: &str, cadence, gap_after| ToPlan {
///     session: id.into(), phase: "one".into(), kind: Kind::Group, minutes: 120, cadence, gap_after,
/// };
/// let weekly = [session("a", Cadence::Weekly, 0), session("b", Cadence::Weekly, 3), session("c", Cadence::Weekly, 0)];
/// assert_eq!(usual_length_days(&weekly), 1 + 7 + 14);
/// ```
pub fn usual_length_days(sessions: &[ToPlan]) -> u32 {
    let distance = |pair: &[ToPlan]| {
        let days = pair[1].cadence.days() + i64::from(pair[0].gap_after);
        if days < 7 { days } else { (days + 6) / 7 * 7 }
    };
    let between: i64 = sessions.windows(2).map(distance).sum();
    u32::try_from(between).unwrap_or(u32::MAX).saturating_add(u32::from(!sessions.is_empty()))
}

/// The latest day on which a programme of `length_days` can start so that its last day is no later than
/// `order_ends_on`.
///
/// A closed day on the way costs one day. That is what a weekly slot loses on average: a seventh of the closed days
/// fall on it, and each of those costs a week. The start itself is an open day. A length of 0 counts as 1.
///
/// ```
/// use fairway_domain::calendar::Closed;
/// use fairway_domain::schedule::latest_start;
/// use jiff::civil::date;
/// let closed = Closed::from_iter([date(2027, 1, 1), date(2027, 1, 6)]);
/// assert_eq!(latest_start(date(2027, 1, 10), 7, &closed), date(2027, 1, 3));
/// ```
pub fn latest_start(order_ends_on: Date, length_days: u32, closed: &Closed) -> Date {
    let open_days_before = i64::from(length_days.max(1)) - 1;
    let mut closed_days = 0;
    // Each round takes in the closed days that the round before has reached; their number only grows.
    loop {
        let Some(start_on) = days_after(order_ends_on, -(open_days_before + closed_days)) else {
            return Date::MIN;
        };
        let met = i64::try_from(closed.count_between(start_on, order_ends_on)).unwrap_or(i64::MAX);
        if met == closed_days {
            return start_on;
        }
        closed_days = met;
    }
}

/// How pressing the start is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StartAlarm {
    /// The latest start passed this many days ago: the programme can no longer finish inside the order.
    Passed {
        /// At least 1.
        days: u32,
    },
    /// It lies within [`ALARM_DAYS`].
    Within {
        /// 0 (today is the last day) to [`ALARM_DAYS`].
        days: u32,
    },
    /// It is further off.
    Fine,
}

/// How pressing a start by `latest_start_on` is on the day `today`.
///
/// ```
/// use fairway_domain::schedule::{StartAlarm, start_alarm};
/// use jiff::civil::date;
/// let today = date(2027, 3, 10);
/// assert_eq!(start_alarm(today, date(2027, 3, 9)), StartAlarm::Passed { days: 1 });
/// assert_eq!(start_alarm(today, today), StartAlarm::Within { days: 0 });
/// assert_eq!(start_alarm(today, date(2027, 5, 5)), StartAlarm::Within { days: 56 });
/// assert_eq!(start_alarm(today, date(2027, 5, 6)), StartAlarm::Fine);
/// ```
pub fn start_alarm(today: Date, latest_start_on: Date) -> StartAlarm {
    let left = today.until(latest_start_on).map_or(0, |span| span.get_days());
    match u32::try_from(left) {
        Err(_) => StartAlarm::Passed { days: left.unsigned_abs() },
        Ok(days) if days <= ALARM_DAYS => StartAlarm::Within { days },
        Ok(_) => StartAlarm::Fine,
    }
}
