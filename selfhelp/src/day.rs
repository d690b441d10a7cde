//! Which day it is, as far as the system's clock can be believed.
//!
//! A clock that runs far ahead would make all notes look unused, and delete them. So the day goes forward only, and not by more than
//! [`DOUBTFUL`] days at once; what was wrong is said, and nothing is deleted until somebody has looked. A clock that is wrong by less can
//! delete notes early by as much, and no more.

use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use thiserror::Error;

use crate::Clock;
use crate::store::{Store, StoreError};

/// By how many days a clock may be ahead of the last day on which the store was in use, or behind it, and still be believed.
pub const DOUBTFUL: i64 = 3;

/// Why there is no day.
#[derive(Debug, Error)]
pub enum DayError {
    /// The clock is far ahead of the store, and believing it would delete notes.
    #[error(
        "the system's clock says {clock}; the store was last in use on {seen}. Deleting what would then be unused for 90 days would take {old} of its notes. Set the clock; or, if it is right, delete them with: fairway-selfhelp purge --store ADDRESS --on {clock}"
    )]
    Ahead {
        /// The day of the clock.
        clock: Date,
        /// The day the store was last in use.
        seen: Date,
        /// How many would be deleted.
        old: i64,
    },
    /// The clock is far behind the store.
    #[error(
        "the system's clock says {clock}, but the store was in use on {seen}. Set the clock; or, if it is right, say so with: fairway-selfhelp purge --store ADDRESS --on {clock}"
    )]
    Behind {
        /// The day of the clock.
        clock: Date,
        /// The day the store was last in use.
        seen: Date,
    },
    /// The store did not say.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a look at the clock brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The day is the same, or the clock went back.
    Same,
    /// A day is over.
    Over {
        /// The day that is over.
        before: Date,
        /// The day it is now.
        today: Date,
    },
    /// The clock went on by so much, or is so far behind, that it is not believed.
    Doubtful {
        /// The day it is still taken to be.
        today: Date,
        /// The day of the clock.
        clock: Date,
    },
}

/// The day it is, in UTC: the day a visitor lives in is not asked for.
pub struct Calendar {
    clock: Clock,
    today: Mutex<Date>,
}

/// The day that a clock says.
pub fn of(clock: &Clock) -> Date {
    TimeZone::UTC.to_datetime(clock()).date()
}

/// Days from one to the other; negative when the other is earlier.
fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

impl Calendar {
    /// Begins with the day of the clock, unseen.
    pub fn new(clock: Clock) -> Self {
        let today = Mutex::new(of(&clock));
        Self { clock, today }
    }

    /// Begins with the day of the clock when the store agrees that it can be.
    pub async fn beside(store: &Store, clock: Clock) -> Result<Self, DayError> {
        let now = of(&clock);
        let Some(seen) = store.seen().await? else { return Ok(Self::new(clock)) };
        let ahead = days(seen, now);
        if ahead > DOUBTFUL {
            let old = store.older(now).await?;
            if old > 0 {
                return Err(DayError::Ahead { clock: now, seen, old });
            }
        } else if ahead < -DOUBTFUL {
            return Err(DayError::Behind { clock: now, seen });
        }
        // Notes written by a clock that is a little slow would be too old too soon.
        Ok(Self { clock, today: Mutex::new(now.max(seen)) })
    }

    /// The day it is.
    pub fn today(&self) -> Date {
        *self.today.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the clock.
    pub fn turn(&self) -> Turn {
        let now = of(&self.clock);
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *today;
        match days(before, now) {
            -1..=0 => Turn::Same,
            1..=DOUBTFUL => {
                *today = now;
                Turn::Over { before, today: now }
            }
            _ => Turn::Doubtful { today: before, clock: now },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_goes_forward_and_never_far_at_once() {
        let now = Arc::new(AtomicI64::new(1_795_479_300));
        let hand = Arc::clone(&now);
        let calendar = Calendar::new(Arc::new(move || jiff::Timestamp::from_second(hand.load(Ordering::Relaxed)).unwrap()));
        let pass = |days: i64| {
            now.fetch_add(days * 86_400, Ordering::Relaxed);
            calendar.turn()
        };
        let begun = date(2026, 11, 24);
        assert_eq!((pass(0), calendar.today()), (Turn::Same, begun));
        assert_eq!(pass(1), Turn::Over { before: begun, today: date(2026, 11, 25) });
        assert_eq!((pass(-1), calendar.today()), (Turn::Same, date(2026, 11, 25)), "another node's clock may be a little ahead");
        assert_eq!(pass(-39), Turn::Doubtful { today: date(2026, 11, 25), clock: date(2026, 10, 16) });
        assert_eq!(pass(43), Turn::Over { before: date(2026, 11, 25), today: date(2026, 11, 28) });
        assert_eq!(pass(4), Turn::Doubtful { today: date(2026, 11, 28), clock: date(2026, 12, 2) });
        assert_eq!(calendar.today(), date(2026, 11, 28));
        assert!(matches!(pass(3650), Turn::Doubtful { .. }));
    }
}
