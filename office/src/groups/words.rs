//! What the group's rules say, in the reader's words, and the group as the domain knows it.

use fairway_domain::dose::{Delivery, Dose, MadeUp, PlannedSession, dose};
use fairway_domain::group::{AdmitRefused, Group, GroupStatus, Membership, Size, Stage, StageRefused};
use fairway_domain::programme::{Definition, Format, Phase, Track};
use fairway_site::{L, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::store::{GroupRow, SessionRow};
use super::store_members::{AttendanceRow, MemberRow};
use crate::cases::store_facts::attendance;
use crate::db::{StoreError, Stored};

/// Reads a date as the database holds it.
pub fn date(text: &str) -> Stored<Date> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("{text:?} is no date")))
}

/// The limits of the definition; one that has none lets anybody in.
pub fn size(definition: &Definition) -> Size {
    definition.group.map_or(Size { min: 1, max: u16::MAX }, |group| Size { min: group.min, max: group.max })
}

/// The group sessions of a track in a phase, in order.
pub fn group_sessions<'a>(
    definition: &'a Definition,
    track: &'a Track,
    phase: &'a str,
) -> impl Iterator<Item = &'a fairway_domain::programme::SessionPlan> {
    definition.sessions_of(track).filter(move |(of, _, plan)| of.id == phase && plan.format == Format::Group).map(|(_, _, plan)| plan)
}

/// Whether a phase has sessions that are held in a group.
pub fn meets_in_group(phase: &Phase) -> bool {
    phase.sessions().any(|(_, plan)| plan.format == Format::Group)
}

/// The group as the domain knows it.
pub fn group(row: &GroupRow, members: &[MemberRow], definition: &Definition, today: Date) -> Stored<Group<Uuid>> {
    // Somebody may start a group some days before its first session.
    let started_on = date(&row.first_on)?.min(today);
    let stage = match row.standing.parse::<GroupStatus>().map_err(|error| StoreError::Unreadable(error.to_string()))? {
        GroupStatus::Forming => Stage::Forming,
        GroupStatus::Running => Stage::Running { started_on },
        GroupStatus::Closed => {
            Stage::Closed { started_on: Some(started_on), closed_on: row.closed_on.as_deref().map(date).transpose()?.unwrap_or(today) }
        }
    };
    let memberships = members
        .iter()
        .map(|member| {
            Ok(Membership {
                who: member.case_id,
                joined_on: date(&member.joined_on)?,
                left_on: member.left_on.as_deref().map(date).transpose()?,
            })
        })
        .collect::<Stored<Vec<_>>>()?;
    Ok(Group { size: size(definition), stage, memberships })
}

/// What one case has had of the group's sessions.
pub fn dose_of(planned: &[PlannedSession], rows: &[AttendanceRow], case: Uuid, today: Date) -> Stored<Dose> {
    let deliveries = rows.iter().filter(|row| row.case_id == case).map(delivery).collect::<Stored<Vec<_>>>()?;
    Ok(dose(planned, &deliveries, today))
}

fn delivery(row: &AttendanceRow) -> Stored<Delivery> {
    let made_up = match &row.made_up_on {
        Some(on) => Some(MadeUp { on: date(on)?, minutes: u16::try_from(row.made_up_minutes.unwrap_or_default()).unwrap_or(u16::MAX) }),
        None => None,
    };
    Ok(Delivery { session: row.session.clone(), attendance: attendance(&row.presence, row.minutes)?, made_up })
}

/// Whether what was recorded counts as having done the session.
pub fn is_done(row: &AttendanceRow, planned: u16) -> bool {
    row.made_up_on.is_some() || attendance(&row.presence, row.minutes).is_ok_and(|attendance| attendance.counts(planned))
}

/// The sessions of a track as the group has planned them.
pub fn planned(definition: &Definition, track: &Track, phase: &str, sessions: &[SessionRow]) -> Stored<Vec<PlannedSession>> {
    group_sessions(definition, track, phase)
        .map(|plan| {
            let row = sessions.iter().find(|row| row.session == plan.id && row.standing != "cancelled");
            Ok(PlannedSession {
                session: plan.id.clone(),
                minutes: plan.minutes,
                counts: plan.counts_to_completion,
                on: row.map(|row| date(&row.on_date)).transpose()?,
            })
        })
        .collect()
}

/// Why somebody is not admitted, beside the list of those who could be.
pub fn admit_refused(l: L, name: &str, refused: AdmitRefused) -> Problem {
    match refused {
        AdmitRefused::Full(most) => Problem::new("groups-refused-full").arg("most", most),
        AdmitRefused::AlreadyMember => Problem::new("groups-refused-member").arg("name", name),
        AdmitRefused::Begun | AdmitRefused::NotBegun => Problem::new("groups-refused-begun").arg("name", name),
        AdmitRefused::Closed => Problem::new("groups-refused-closed"),
        AdmitRefused::GroupAhead(count) => Problem::new("groups-refused-ahead").arg("name", name).arg("count", l.number(count)),
        AdmitRefused::TooEarly => Problem::new("groups-refused-early").arg("name", name),
    }
}

/// Why a group does not begin or end, and the field it is about.
pub fn stage_refused(refused: StageRefused) -> (&'static str, Problem) {
    match refused {
        StageRefused::AlreadyBegun => ("", Problem::new("groups-refused-already-begun")),
        StageRefused::AlreadyClosed => ("", Problem::new("groups-refused-closed")),
        StageRefused::TooFew { members, min } => ("", Problem::new("groups-refused-few").arg("members", members).arg("min", min)),
        StageRefused::BeforeStart => ("on", Problem::new("groups-refused-before-start")),
    }
}
