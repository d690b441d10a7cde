//! Sessions as they were held, or will be: the planned row, the record, who was there, and what is made up.

use fairway_domain::attendance::{AbsenceReason, Attendance, Contribution, MakeUp, MakeUpDue, make_up_due};
use fairway_domain::programme::SessionPlan;
use jiff::civil::Date;
use uuid::Uuid;

use super::course::{after, days_between};
use super::person::stamp;
use super::words::{self, Tongue, say};
use super::{DemoError, Making};
use crate::vault::CaseKey;

/// How far the record of a session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It lies ahead, or nobody has recorded it yet.
    Planned,
    /// Recorded and not signed.
    Saved,
    /// Signed.
    Signed,
}

/// Whose session it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    /// A case's own.
    Case(Uuid),
    /// A group's.
    Group(Uuid),
}

/// A session on its day.
#[derive(Debug)]
pub(super) struct Sitting<'a> {
    /// Whose.
    pub owner: Owner,
    /// The key of the case or group.
    pub key: &'a CaseKey,
    /// The place.
    pub unit: Uuid,
    /// The phase.
    pub phase: &'a str,
    /// The session of the definition.
    pub session: &'a SessionPlan,
    /// Its number in the phase, from 1.
    pub seq: usize,
    /// The day.
    pub on: Date,
    /// The hour.
    pub starts: &'a str,
    /// The room.
    pub room: Uuid,
    /// Who leads it.
    pub facilitator: Uuid,
    /// How far its record has come.
    pub standing: Standing,
    /// The language its record is written in.
    pub tongue: Tongue,
}

/// What happened to one member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Whether the person was there.
    pub attendance: Attendance,
    /// What is owed, if anything, and whether it was made up and when.
    pub owed: Option<(MakeUpDue, Option<Date>)>,
}

impl Mark {
    /// Whether the session counts as done.
    pub fn counts(&self, minutes: u16) -> bool {
        self.attendance.counts(minutes) || self.owed.is_some_and(|(_, done_on)| done_on.is_some())
    }
}

/// A member of a session, with what happened.
#[derive(Debug)]
pub(super) struct Present<'a> {
    /// The case.
    pub case: Uuid,
    /// Its key.
    pub key: &'a CaseKey,
    /// What happened.
    pub mark: Mark,
    /// Whether the case has ended, so that nothing is owed any more.
    pub over: bool,
}

impl Making<'_> {
    /// How far the record of a session of that day has come by now.
    pub fn standing(&mut self, on: Date) -> Standing {
        let age = days_between(on, self.ground.today);
        match age {
            ..=0 => Standing::Planned,
            1..=18 if self.chance.percent(10) => Standing::Planned,
            1..=9 if self.chance.percent(55) => Standing::Saved,
            10..=40 if self.chance.percent(5) => Standing::Saved,
            _ => Standing::Signed,
        }
    }

    /// Whether somebody came to a session; `shaky` in the weeks before an early end.
    pub fn mark(&mut self, session: &SessionPlan, on: Date, shaky: bool) -> Mark {
        let draw = self.chance.below(100);
        let (there, part, accepted) = if shaky { (55, 62, 75) } else { (84, 89, 96) };
        let attendance = if draw < there {
            Attendance::Attended
        } else if draw < part {
            let minutes = i64::from(session.minutes) * self.chance.between(35, 95) / 100;
            Attendance::Part { minutes: u16::try_from(minutes).ok() }
        } else if draw < accepted {
            Attendance::AbsentAccepted { reason: *self.chance.pick(AbsenceReason::ALL) }
        } else {
            Attendance::AbsentUnaccepted
        };
        let due = make_up_due(attendance, session.minutes, MakeUp::from(&session.make_up), on);
        let owed = due.map(|due| (due, self.made_up_on(on)));
        Mark { attendance, owed }
    }

    fn made_up_on(&mut self, on: Date) -> Option<Date> {
        let done_on = after(on, self.chance.between(2, 9));
        let likely = if days_between(on, self.ground.today) > 21 { 90 } else { 35 };
        (done_on <= self.ground.today && self.chance.percent(likely)).then_some(done_on)
    }

    /// Writes a session and, when it was recorded, everything about it. The record's id.
    pub fn sit(&mut self, sitting: &Sitting<'_>, present: &[Present<'_>]) -> Result<Option<Uuid>, DemoError> {
        let id = self.chance.id();
        let standing = match sitting.standing {
            Standing::Planned => "planned",
            Standing::Saved => "recorded",
            Standing::Signed => "signed",
        };
        let (group, case) = match sitting.owner {
            Owner::Group(group) => (Some(group), None),
            Owner::Case(case) => (None, Some(case)),
        };
        let on = sitting.on.to_string();
        self.chapter.planned.push(vec![
            id.into(),
            sitting.unit.into(),
            group.into(),
            case.into(),
            sitting.phase.into(),
            sitting.session.id.as_str().into(),
            i64::try_from(sitting.seq).unwrap_or(0).into(),
            on.as_str().into(),
            sitting.starts.into(),
            i64::from(sitting.session.minutes).into(),
            sitting.room.into(),
            sitting.facilitator.into(),
            standing.into(),
        ]);
        if sitting.standing == Standing::Planned {
            return Ok(None);
        }
        let record = self.record(sitting, id, &on)?;
        for one in present {
            self.attend(sitting, record, one, &on)?;
        }
        Ok(Some(record))
    }

    fn record(&mut self, sitting: &Sitting<'_>, planned: Uuid, on: &str) -> Result<Uuid, DemoError> {
        let record = self.chance.id();
        let signed = sitting.standing == Standing::Signed;
        let in_group = matches!(sitting.owner, Owner::Group(_));
        let note = if in_group && self.chance.percent(45) {
            Some(sitting.key.seal("session_records.note", say(&mut self.chance, sitting.tongue, words::GROUP_NOTES))?)
        } else {
            None
        };
        let departs = self.chance.percent(4);
        let deviation = if departs {
            Some(sitting.key.seal("session_records.deviation", say(&mut self.chance, sitting.tongue, words::DEVIATIONS))?)
        } else {
            None
        };
        self.chapter.records.push(vec![
            record.into(),
            planned.into(),
            sitting.unit.into(),
            on.into(),
            sitting.starts.into(),
            i64::from(sitting.session.minutes).into(),
            if signed { "signed" } else { "saved" }.into(),
            if departs { "permitted" } else { "none" }.into(),
            deviation.into(),
            note.into(),
            sitting.facilitator.into(),
            stamp(sitting.on, 20, 5).into(),
            signed.then_some(sitting.facilitator).into(),
            signed.then(|| stamp(sitting.on, 20, 40)).into(),
        ]);
        Ok(record)
    }

    fn attend(&mut self, sitting: &Sitting<'_>, record: Uuid, present: &Present<'_>, on: &str) -> Result<(), DemoError> {
        let (id, attendance) = (self.chance.id(), present.mark.attendance);
        let there = matches!(attendance, Attendance::Attended | Attendance::Part { .. });
        let contribution = if there {
            *self.chance.pick(&[Contribution::Good, Contribution::Good, Contribution::Some, Contribution::Some, Contribution::None])
        } else {
            Contribution::NotObserved
        };
        let recent = days_between(sitting.on, self.ground.today) < 70;
        let note = if there && self.chance.percent(if recent { 65 } else { 20 }) {
            Some(present.key.seal("attendances.note", say(&mut self.chance, sitting.tongue, words::MEMBER_NOTES))?)
        } else {
            None
        };
        let reason = match attendance {
            Attendance::AbsentAccepted { reason } => Some(present.key.seal("attendances.absence", reason.code())?),
            _ => None,
        };
        let minutes = attendance.minutes_of(sitting.session.minutes).unwrap_or(0);
        self.chapter.attendances.push(vec![
            id.into(),
            record.into(),
            present.case.into(),
            sitting.phase.into(),
            sitting.session.id.as_str().into(),
            on.into(),
            attendance.kind().code().into(),
            i64::from(minutes).into(),
            contribution.code().into(),
            reason.into(),
            note.into(),
        ]);
        if let Some((due, done_on)) = present.mark.owed {
            self.owe(sitting, id, present, &due, done_on);
        }
        if there && self.chance.percent(if recent { 22 } else { 7 }) {
            self.observe_in_session(sitting, record, present, on)?;
        }
        Ok(())
    }

    fn owe(&mut self, sitting: &Sitting<'_>, attendance: Uuid, present: &Present<'_>, due: &MakeUpDue, done_on: Option<Date>) {
        let standing = match done_on {
            Some(_) => "done",
            None if present.over || days_between(sitting.on, self.ground.today) > 60 => "waived",
            None => "due",
        };
        let minutes = if done_on.is_some() { due.minutes.unwrap_or(0) } else { 0 };
        self.chapter.make_ups.push(vec![
            self.chance.id().into(),
            attendance.into(),
            present.case.into(),
            sitting.unit.into(),
            sitting.phase.into(),
            sitting.session.id.as_str().into(),
            due.by.code().into(),
            due.due_on.map(|on| on.to_string()).into(),
            standing.into(),
            done_on.map(|on| on.to_string()).into(),
            i64::from(minutes).into(),
        ]);
    }

    fn observe_in_session(&mut self, sitting: &Sitting<'_>, record: Uuid, present: &Present<'_>, on: &str) -> Result<(), DemoError> {
        let target = self.chance.pick(&sitting.session.targets).clone();
        let body = present.key.seal("observations.body", say(&mut self.chance, sitting.tongue, words::OBSERVATIONS))?;
        self.chapter.observations.push(vec![
            self.chance.id().into(),
            present.case.into(),
            target.into(),
            "session".into(),
            record.into(),
            on.into(),
            body.into(),
            sitting.facilitator.into(),
            stamp(sitting.on, 20, 5).into(),
        ]);
        Ok(())
    }
}
