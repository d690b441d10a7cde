//! A treatment group of the demo: its slot and days, its members, and its sessions.

use fairway_domain::calendar::Closed;
use jiff::civil::{Date, Time, Weekday};
use uuid::Uuid;

use super::course::{Course, PhasePlan, after, days_between, next_open};
use super::person::{Slot, stamp};
use super::places::Place;
use super::sitting::{Mark, Owner, Present, Sitting, Standing};
use super::words::Tongue;
use super::{DemoError, Making};
use crate::vault::CaseKey;

/// A session of the group on its day.
#[derive(Debug)]
pub(super) struct Held {
    /// The day.
    pub on: Date,
    /// How far its record has come.
    pub standing: Standing,
}

/// A group as its members see it coming.
#[derive(Debug)]
pub(super) struct Gathering<'a> {
    /// When it meets.
    pub slot: Slot,
    /// Its first day.
    pub first_on: Date,
    /// Its last day.
    pub last_on: Date,
    /// Who leads it.
    pub facilitators: Vec<Uuid>,
    /// Its sessions.
    pub held: Vec<Held>,
    /// The place's closed days.
    pub closed: &'a Closed,
}

/// A member, with what happened at each session of the group.
#[derive(Debug)]
pub(super) struct Seat {
    /// The case.
    pub case: Uuid,
    /// Its key.
    pub key: CaseKey,
    /// One for each session of the group; nothing where none was recorded for this person.
    pub marks: Vec<Option<Mark>>,
    /// When the person joined; nothing when that never happened.
    pub joined_on: Option<Date>,
    /// When the person left before the group's end.
    pub left_on: Option<Date>,
    /// Whether the case has ended.
    pub over: bool,
}

/// What a group is to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Its number at the place, 0 for the newest.
    pub number: usize,
    /// About when it begins.
    pub about_on: Date,
    /// How many are to be members.
    pub size: usize,
    /// Whether it meets on today's weekday, so that the demo's first page has a session.
    pub meets_today: bool,
}

const DAYS: [Weekday; 5] = [Weekday::Wednesday, Weekday::Tuesday, Weekday::Thursday, Weekday::Monday, Weekday::Friday];
const HOURS: [i8; 3] = [17, 10, 19];

impl Making<'_> {
    /// A group and its members.
    pub fn group(&mut self, place: &Place, course: &Course, wanted: &Wanted) -> Result<(), DemoError> {
        let tracks: Vec<_> = course.tracks.iter().filter(|track| track.phases.iter().any(|phase| phase.in_group)).collect();
        let Some(track) = tracks.get(self.chance.below(tracks.len())).copied() else { return Ok(()) };
        let Some(phase) = track.phases.iter().find(|phase| phase.in_group) else { return Ok(()) };
        let gathering = self.gathering(place, phase, wanted);
        let mut seats = Vec::with_capacity(wanted.size);
        for at in 0..wanted.size {
            seats.push(self.member(place, course, track, &gathering, at + wanted.number)?);
        }
        self.write_group(place, course, &track.id, phase, &gathering, wanted.number, &seats)
    }

    fn gathering<'a>(&mut self, place: &'a Place, phase: &PhasePlan, wanted: &Wanted) -> Gathering<'a> {
        let today = self.ground.today;
        let day = if wanted.meets_today { today.weekday() } else { DAYS[wanted.number % DAYS.len()] };
        let starts = Time::constant(HOURS[(wanted.number / DAYS.len()) % HOURS.len()], 0, 0, 0);
        let slot = Slot { weekdays: vec![day], starts };
        let days = phase.lay(wanted.about_on, &slot.weekdays, &place.closed);
        let first_on = days.first().copied().unwrap_or(wanted.about_on);
        let last_on = days.last().copied().unwrap_or(first_on);
        let held = days.into_iter().map(|on| Held { on, standing: self.standing(on) }).collect();
        let count = place.facilitators.len();
        let facilitators = vec![place.facilitators[(wanted.number + count - 1) % count], place.facilitators[wanted.number % count]];
        Gathering { slot, first_on, last_on, facilitators, held, closed: &place.closed }
    }

    #[expect(clippy::too_many_arguments, reason = "each is a part of the group")]
    fn write_group(
        &mut self,
        place: &Place,
        course: &Course,
        track: &str,
        phase: &PhasePlan,
        gathering: &Gathering<'_>,
        number: usize,
        seats: &[Seat],
    ) -> Result<(), DemoError> {
        let today = self.ground.today;
        let standing = match (gathering.first_on > today, gathering.last_on < today) {
            (true, _) => "forming",
            (_, true) => "closed",
            _ => "running",
        };
        let id = self.chance.id();
        let (key, wrapped) = self.vault.new_key(id)?;
        let made_on = after(gathering.first_on, -45).min(today);
        // Whoever closes a group lets its members go.
        let members =
            if standing == "closed" { 0 } else { seats.iter().filter(|seat| seat.joined_on.is_some() && seat.left_on.is_none()).count() };
        let title = format!("{} {}", course.programme.definition.title.in_language("es"), gathering.first_on.strftime("%Y-%m"));
        self.chapter.sealing_keys.push(vec![id.into(), wrapped.into(), stamp(made_on, 11, 0).into()]);
        self.chapter.groups.push(vec![
            id.into(),
            place.id.into(),
            course.id.into(),
            phase.phase.id.as_str().into(),
            track.into(),
            format!("{title} · {}", number + 1).into(),
            "es".into(),
            place.rooms[0].into(),
            gathering.slot.weekdays_text().into(),
            gathering.slot.starts_text().into(),
            standing.into(),
            gathering.first_on.to_string().into(),
            gathering.last_on.to_string().into(),
            (standing == "closed").then(|| gathering.last_on.to_string()).into(),
            i64::try_from(members).unwrap_or(0).into(),
            stamp(made_on, 11, 0).into(),
        ]);
        for account in &gathering.facilitators {
            self.chapter.group_facilitators.push(vec![id.into(), (*account).into()]);
        }
        self.write_members(place, gathering, id, standing != "closed", seats);
        self.write_sessions(place, phase, gathering, id, &key, seats)
    }

    fn write_members(&mut self, place: &Place, gathering: &Gathering<'_>, group: Uuid, open: bool, seats: &[Seat]) {
        for seat in seats {
            let Some(joined_on) = seat.joined_on else { continue };
            let at_close = (!open).then_some((gathering.last_on, "group-closed"));
            let left = seat.left_on.map(|on| (on, "case-ended")).or(at_close);
            self.chapter.group_members.push(vec![
                self.chance.id().into(),
                group.into(),
                seat.case.into(),
                joined_on.to_string().into(),
                left.map(|(on, _)| on.to_string()).into(),
                left.map(|(_, because)| because.to_owned()).into(),
                place.coordinator.into(),
            ]);
            for account in gathering.facilitators.iter().filter(|_| open && seat.left_on.is_none()) {
                self.chapter.case_staff.push(vec![seat.case.into(), (*account).into(), "group".into()]);
            }
        }
    }

    fn write_sessions(
        &mut self,
        place: &Place,
        phase: &PhasePlan,
        gathering: &Gathering<'_>,
        group: Uuid,
        key: &CaseKey,
        seats: &[Seat],
    ) -> Result<(), DemoError> {
        let starts = gathering.slot.starts_text();
        for (at, (session, held)) in phase.sessions.iter().zip(&gathering.held).enumerate() {
            let present: Vec<Present<'_>> = seats
                .iter()
                .filter(|seat| seat.joined_on.is_some_and(|joined| days_between(joined, held.on) >= 0))
                .filter_map(|seat| {
                    seat.marks.get(at).copied().flatten().map(|mark| Present { case: seat.case, key: &seat.key, mark, over: seat.over })
                })
                .collect();
            // A record without anybody is not written: the group had dissolved by then.
            let standing = if present.is_empty() { Standing::Planned } else { held.standing };
            if present.is_empty() && held.standing != Standing::Planned {
                continue;
            }
            let sitting = Sitting {
                owner: Owner::Group(group),
                key,
                unit: place.id,
                phase: &phase.phase.id,
                session,
                seq: at + 1,
                on: held.on,
                starts: &starts,
                room: place.rooms[0],
                facilitator: gathering.facilitators[0],
                standing,
                tongue: if at % 2 == 0 { Tongue::Spanish } else { Tongue::English },
            };
            self.sit(&sitting, &present)?;
        }
        Ok(())
    }
}

/// The first open weekday from a day on.
pub(super) fn about(on: Date, closed: &Closed) -> Date {
    next_open(on, &DAYS, closed)
}
