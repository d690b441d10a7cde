//! Days on which a service is closed: holidays written as rules, and the dates they make.
//!
//! Which days are holidays is a matter of the jurisdiction file and of the place, so a holiday is data: either a
//! fixed day of the year or a day counted from Easter Sunday. Days of a place's own (a local feast, a closure in
//! August) are added as plain dates.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How the date of a holiday is found in a given year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HolidayRule {
    /// The same month and day every year. 29 February exists in leap years only.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31, as far as the month goes.
        day: i8,
    },
    /// Days after Easter Sunday of the Gregorian calendar; negative before it (Good Friday is -2).
    Easter {
        /// -100 to 100.
        offset: i16,
    },
}

impl HolidayRule {
    /// The date in `year`, if that year has one.
    ///
    /// ```
    /// use fairway_domain::calendar::HolidayRule;
    /// use jiff::civil::date;
    /// assert_eq!(HolidayRule::Easter { offset: -2 }.in_year(2026), Some(date(2026, 4, 3)));
    /// assert_eq!(HolidayRule::Fixed { month: 2, day: 29 }.in_year(2027), None);
    /// ```
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Easter { offset } => easter(year)?.checked_add(i64::from(offset).days()).ok(),
        }
    }
}

/// Easter Sunday of `year` in the Gregorian calendar; `None` before 1583, when that calendar began.
///
/// The anonymous algorithm as given by Meeus, *Astronomical Algorithms* (1991), chapter 8.
///
/// ```
/// use fairway_domain::calendar::easter;
/// use jiff::civil::date;
/// assert_eq!(easter(2024), Some(date(2024, 3, 31)));
/// assert_eq!(easter(2038), Some(date(2038, 4, 25)));
/// ```
pub fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late_moon = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late_moon + 114;
    let (month, day) = (i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?);
    Date::new(year, month, day).ok()
}

/// A holiday as a jurisdiction file writes it: `{ month = 1, day = 6, title = { … } }` or `{ easter = -2, title = { … } }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "HolidayText", into = "HolidayText")]
pub struct Holiday {
    /// How its date is found.
    pub rule: HolidayRule,
    /// Its name by language code; may be empty.
    pub title: BTreeMap<String, String>,
}

/// The shape on file, before it is known to make sense.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    month: Option<i8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<i8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    easter: Option<i16>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    title: BTreeMap<String, String>,
}

/// Why a holiday on file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HolidayFault {
    /// Neither, or both, of the two ways of giving the date.
    #[error("give either `month` and `day` or `easter`")]
    EitherOr,
    /// No year has this day.
    #[error("no year has a day {day} in month {month}")]
    NoSuchDay {
        /// As written.
        month: i8,
        /// As written.
        day: i8,
    },
    /// Further from Easter than any feast counted from it.
    #[error("`easter` is the days after Easter Sunday, from -100 to 100; it is {0}")]
    TooFarFromEaster(i16),
}

impl TryFrom<HolidayText> for Holiday {
    type Error = HolidayFault;

    fn try_from(text: HolidayText) -> Result<Self, HolidayFault> {
        const A_LEAP_YEAR: i16 = 2024;
        let rule = match (text.month, text.day, text.easter) {
            (Some(month), Some(day), None) => HolidayRule::Fixed { month, day },
            (None, None, Some(offset)) => HolidayRule::Easter { offset },
            _ => return Err(HolidayFault::EitherOr),
        };
        match rule {
            HolidayRule::Fixed { month, day } if rule.in_year(A_LEAP_YEAR).is_none() => Err(HolidayFault::NoSuchDay { month, day }),
            HolidayRule::Easter { offset } if !(-100..=100).contains(&offset) => Err(HolidayFault::TooFarFromEaster(offset)),
            _ => Ok(Self { rule, title: text.title }),
        }
    }
}

impl From<Holiday> for HolidayText {
    fn from(holiday: Holiday) -> Self {
        let (month, day, easter) = match holiday.rule {
            HolidayRule::Fixed { month, day } => (Some(month), Some(day), None),
            HolidayRule::Easter { offset } => (None, None, Some(offset)),
        };
        Self { month, day, easter, title: holiday.title }
    }
}

/// The days on which nothing can be planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closed(BTreeSet<Date>);

impl Closed {
    /// Nothing closed.
    pub fn none() -> Self {
        Self::default()
    }

    /// The dates `rules` make in every year of `years`.
    ///
    /// ```
    /// use fairway_domain::calendar::{Closed, HolidayRule};
    /// use jiff::civil::date;
    /// let closed = Closed::of([HolidayRule::Fixed { month: 1, day: 6 }], 2026..=2027);
    /// assert!(!closed.is_open(date(2027, 1, 6)));
    /// assert!(closed.is_open(date(2027, 1, 7)));
    /// ```
    pub fn of(rules: impl IntoIterator<Item = HolidayRule>, years: RangeInclusive<i16>) -> Self {
        let of_rule = |rule: HolidayRule| years.clone().filter_map(move |year| rule.in_year(year));
        Self(rules.into_iter().flat_map(of_rule).collect())
    }

    /// Closes one more day.
    pub fn close(&mut self, on: Date) {
        self.0.insert(on);
    }

    /// Closes `from` to `to`, both included; nothing when `to` is before `from`.
    pub fn close_between(&mut self, from: Date, to: Date) {
        self.0.extend(from.series(1.day()).take_while(|on| *on <= to));
    }

    /// Whether sessions can be held on this day.
    pub fn is_open(&self, on: Date) -> bool {
        !self.0.contains(&on)
    }

    /// How many closed days lie from `from` to `to`, both included.
    pub fn count_between(&self, from: Date, to: Date) -> usize {
        if from > to { 0 } else { self.0.range(from..=to).count() }
    }

    /// The closed days, in order.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Date> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Date> for Closed {
    fn from_iter<I: IntoIterator<Item = Date>>(days: I) -> Self {
        Self(days.into_iter().collect())
    }
}

impl Extend<Date> for Closed {
    fn extend<I: IntoIterator<Item = Date>>(&mut self, days: I) {
        self.0.extend(days);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    #[test]
    fn easter_falls_on_the_published_sundays() {
        for (year, month, day) in [(1818, 3, 22), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2025, 4, 20), (2049, 4, 18)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
        assert_eq!(easter(1500), None);
    }

    #[test]
    fn easter_is_always_a_sunday_between_22_march_and_25_april() {
        for year in 1583..=4000 {
            let on = easter(year).unwrap();
            assert_eq!(on.weekday(), Weekday::Sunday);
            assert!(on >= date(year, 3, 22) && on <= date(year, 4, 25), "{on}");
        }
    }

    #[test]
    fn a_holiday_is_read_from_a_file_and_nonsense_is_refused() {
        let read = toml::from_str::<Holiday>;
        assert_eq!(read("month = 12\nday = 25").unwrap().rule, HolidayRule::Fixed { month: 12, day: 25 });
        assert_eq!(read("easter = -3").unwrap().rule, HolidayRule::Easter { offset: -3 });
        assert_eq!(read("month = 2\nday = 29").unwrap().rule.in_year(2028), Some(date(2028, 2, 29)));
        for wrong in ["month = 2\nday = 30", "month = 13\nday = 1", "easter = 200", "month = 1", "", "feast = 1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read("month = 1\nday = 6\neaster = 0").is_err());
    }

    #[test]
    fn a_closure_takes_in_its_first_and_last_day() {
        let mut closed = Closed::none();
        closed.close_between(date(2027, 8, 2), date(2027, 8, 13));
        closed.close_between(date(2027, 9, 2), date(2027, 9, 1));
        assert_eq!(closed.days().count(), 12);
        assert!(!closed.is_open(date(2027, 8, 2)) && !closed.is_open(date(2027, 8, 13)));
        assert!(closed.is_open(date(2027, 8, 1)) && closed.is_open(date(2027, 8, 14)));
    }
}
