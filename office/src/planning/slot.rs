//! Weekly slots: how they are written down, and those that follow from when a person can come.

use fairway_domain::referral::{Availability, DayPart};
use fairway_domain::schedule::{Kind, Slot};
use fairway_site::L;
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday, date};
use uuid::Uuid;

/// The days of the week as forms and the database name them, Monday first.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// The hours tried in each part of the day while nobody has chosen a slot.
const HOURS: [(DayPart, &[(i8, i8)]); 3] = [
    (DayPart::Morning, &[(9, 30), (11, 0), (12, 30)]),
    (DayPart::Afternoon, &[(15, 0), (16, 30)]),
    (DayPart::Evening, &[(18, 0), (19, 30)]),
];

/// A slot somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotChoice {
    /// At least one.
    pub weekdays: Vec<Weekday>,
    /// When sessions start.
    pub starts: Time,
    /// The room, if it needs one.
    pub room: Option<Uuid>,
}

/// Reads weekdays as the database holds them: codes with commas between (`mon,thu`). What is no weekday is left out.
pub fn read_weekdays(text: &str) -> Vec<Weekday> {
    text.split(',').filter_map(|code| weekday(code.trim())).collect()
}

/// The weekday of a code.
pub fn weekday(code: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(known, _)| *known == code).map(|(_, day)| *day)
}

/// The code of a weekday.
pub fn weekday_code(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, known)| *known == day).map_or("mon", |(code, _)| code)
}

/// Weekdays as the database holds them.
pub fn write_weekdays(days: &[Weekday]) -> String {
    days.iter().map(|day| weekday_code(*day)).collect::<Vec<_>>().join(",")
}

/// A time as the database holds it: `17:30`.
pub fn write_time(at: Time) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A weekday in the reader's language.
pub fn weekday_name(l: L, day: Weekday) -> String {
    const A_MONDAY: Date = date(2024, 1, 1);
    l.weekday(A_MONDAY.saturating_add(i32::from(day.to_monday_zero_offset()).days()))
}

/// A slot in words: `Tuesday and Thursday, 17:30`.
pub fn in_words(l: L, days: &[Weekday], at: Time) -> String {
    let names: Vec<String> = days.iter().map(|day| weekday_name(l, *day)).collect();
    format!("{}, {}", l.list(&names), l.time(at))
}

impl SlotChoice {
    /// The schedule's slot: every one of `people` must be free.
    pub fn slot(&self, kind: Kind, people: &[String]) -> Slot {
        Slot {
            kind,
            weekdays: self.weekdays.clone(),
            starts: self.starts,
            room: self.room.map(|room| room.to_string()),
            facilitators: people.to_vec(),
        }
    }
}

/// The slots tried while nobody has chosen one: the hours at which the person can come, on working days in the morning
/// when nobody asked.
pub fn usual(availability: Availability, people: &[String]) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (part, hours) in HOURS {
        let can_come = |day: &Weekday| {
            if availability.is_empty() {
                part == DayPart::Morning && day.to_monday_zero_offset() < 5
            } else {
                availability.contains(*day, part)
            }
        };
        let weekdays: Vec<Weekday> = WEEKDAYS.iter().map(|(_, day)| *day).filter(can_come).collect();
        for (hour, minute) in hours {
            let Ok(starts) = Time::new(*hour, *minute, 0, 0) else { continue };
            if !weekdays.is_empty() {
                slots.push(Slot { kind: Kind::Individual, weekdays: weekdays.clone(), starts, room: None, facilitators: people.to_vec() });
            }
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_written_and_read_alike() {
        let days = [Weekday::Monday, Weekday::Thursday];
        assert_eq!(write_weekdays(&days), "mon,thu");
        assert_eq!(read_weekdays("mon,thu"), days);
        assert_eq!(read_weekdays(" mon, holiday"), [Weekday::Monday]);
    }

    #[test]
    fn without_a_chosen_slot_the_hours_at_which_the_person_can_come_are_tried() {
        let evening = Availability::default().with(Weekday::Tuesday, DayPart::Evening);
        let slots = usual(evening, &[]);
        assert!(slots.iter().all(|slot| slot.weekdays == [Weekday::Tuesday] && slot.starts.hour() >= 18));
        assert_eq!(slots.len(), 2);
        assert!(usual(Availability::default(), &[]).iter().all(|slot| slot.weekdays.len() == 5));
    }
}
