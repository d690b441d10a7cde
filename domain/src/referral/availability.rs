//! When a person can come: weekdays by parts of the day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::codes::coded;

coded! {
    /// A part of the day.
    pub enum DayPart {
        /// Before 14:00.
        Morning = "morning",
        /// From 14:00.
        Afternoon = "afternoon",
        /// From 18:00.
        Evening = "evening",
    }
}

impl DayPart {
    /// The part of the day a session that begins at this time falls in.
    pub fn of(time: Time) -> Self {
        match time.hour() {
            ..14 => Self::Morning,
            14..18 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// A set of weekdays by parts of the day. Its code has a digit a weekday, Monday first: 1 for the morning, 2 for the
/// afternoon and 4 for the evening, added up. `0070000` is the whole of Wednesday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Availability {
    days: [u8; 7],
}

/// Why a code is no availability.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no availability: seven digits from 0 to 7, Monday first")]
pub struct AvailabilityRefused(pub String);

fn at(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

const fn bit(part: DayPart) -> u8 {
    match part {
        DayPart::Morning => 1,
        DayPart::Afternoon => 2,
        DayPart::Evening => 4,
    }
}

impl Availability {
    /// The same set with this weekday and part of the day.
    #[must_use]
    pub fn with(mut self, day: Weekday, part: DayPart) -> Self {
        if let Some(parts) = self.days.get_mut(at(day)) {
            *parts |= bit(part);
        }
        self
    }

    /// Whether the person can come then.
    pub fn contains(&self, day: Weekday, part: DayPart) -> bool {
        self.days.get(at(day)).is_some_and(|parts| parts & bit(part) != 0)
    }

    /// Whether a session that begins then fits.
    pub fn fits(&self, day: Weekday, starts: Time) -> bool {
        self.contains(day, DayPart::of(starts))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(|parts| *parts == 0)
    }
}

impl fmt::Display for Availability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.days.iter().try_for_each(|parts| write!(f, "{parts}"))
    }
}

impl FromStr for Availability {
    type Err = AvailabilityRefused;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let refused = || AvailabilityRefused(code.chars().take(20).collect());
        let days: [u8; 7] = code.as_bytes().try_into().map_err(|_| refused())?;
        if !days.iter().all(|digit| (b'0'..=b'7').contains(digit)) {
            return Err(refused());
        }
        Ok(Self { days: days.map(|digit| digit - b'0') })
    }
}

impl From<Availability> for String {
    fn from(availability: Availability) -> Self {
        availability.to_string()
    }
}

impl TryFrom<String> for Availability {
    type Error = AvailabilityRefused;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}
