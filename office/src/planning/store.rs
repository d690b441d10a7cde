//! What a plan stands on, and planned sessions, in the database.

use jiff::civil::{Date, Time};
use uuid::Uuid;

pub use super::store_taken::{Engaged, absences, case_engaged, closures, jurisdiction, people, people_engaged, room_engaged};

use super::Owner;
use super::slot::{SlotChoice, read_weekdays, write_time, write_weekdays};
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::web::{CasePermit, GroupPermit, SessionPermit};
use crate::{on, run};

/// Reads a date as the database holds it.
pub fn read_date(text: &str) -> Stored<Date> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("{text:?} is no date")))
}

/// Reads a time as the database holds it.
pub fn read_time(text: &str) -> Stored<Time> {
    fairway_domain::dates::parse_time(text).map_err(|_| StoreError::Unreadable(format!("{text:?} is no time")))
}

/// A planned session as it stands.
#[derive(Debug, Clone, sqlx::FromRow)]
#[expect(clippy::struct_field_names, reason = "the column's name")]
pub struct Standing {
    /// Its id.
    pub id: Uuid,
    /// Its id in the definition.
    pub session: String,
    /// The day.
    pub on_date: String,
    /// The hour.
    pub starts_at_time: String,
    /// Its length.
    pub minutes: i64,
    /// The room, if any.
    pub room_id: Option<Uuid>,
    /// Who is noted as leading it.
    pub facilitator_id: Option<Uuid>,
    /// Whether it was moved by hand.
    pub pinned: bool,
    /// From when the next one is counted, where it is not its own day.
    pub counts_from_on: Option<String>,
    /// `planned`, `recorded` or `signed`.
    pub standing: String,
    /// Counts every change.
    pub revision: i64,
    /// The day it was held, once recorded.
    pub held_on: Option<String>,
    /// The hour it was held.
    pub held_at_time: Option<String>,
}

/// The sessions of a phase as they stand, make-ups and cancelled ones apart.
pub async fn standing(tx: &mut Tx, owner: &Owner, phase: &str) -> Stored<Vec<Standing>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT p.id, p.session, p.on_date, p.starts_at_time, p.minutes, p.room_id, p.facilitator_id, p.pinned, p.counts_from_on, p.standing, p.revision, \
         r.held_on, r.starts_at_time AS held_at_time \
         FROM planned_sessions p LEFT JOIN session_records r ON r.planned_id = p.id \
         WHERE (p.case_id = $1 OR p.group_id = $1) AND p.phase = $2 AND p.make_up_id IS NULL AND p.standing <> 'cancelled' ORDER BY p.seq, p.on_date, p.id"
    )
    .bind(owner.id())
    .bind(phase)
    .fetch_all(c)
    })?)
}

/// What a plan of a case needs to know of it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CaseFacts {
    /// The track, once risk and need are judged.
    pub track: Option<String>,
    /// Who leads its individual sessions.
    pub facilitator_id: Option<Uuid>,
    /// When the person can come.
    pub availability: String,
    /// The last day of the order.
    pub order_ends_on: Option<String>,
    /// The phase it is in.
    pub phase: Option<String>,
}

/// The facts of a case.
pub async fn case_facts(tx: &mut Tx, owner: &Owner) -> Stored<CaseFacts> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT track, facilitator_id, availability, order_ends_on, phase FROM cases WHERE id = $1")
        .bind(owner.id())
        .fetch_one(c))?)
}

/// What a plan of a group needs to know of it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct GroupFacts {
    /// Its phase.
    pub phase: String,
    /// Its track.
    pub track: String,
    /// Its room.
    pub room_id: Option<Uuid>,
    /// Its days.
    pub weekdays: String,
    /// Its hour.
    pub starts_at_time: String,
    /// Its first day.
    pub first_on: String,
    /// The first day on which the order of a member ends.
    pub order_ends_on: Option<String>,
}

/// The facts of a group.
pub async fn group_facts(tx: &mut Tx, owner: &Owner) -> Stored<GroupFacts> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT g.phase, g.track, g.room_id, g.weekdays, g.starts_at_time, g.first_on, \
         (SELECT MIN(k.order_ends_on) FROM group_members m JOIN cases k ON k.id = m.case_id WHERE m.group_id = g.id AND m.left_on IS NULL) AS order_ends_on \
         FROM treatment_groups g WHERE g.id = $1"
    )
    .bind(owner.id())
    .fetch_one(c)
    })?)
}

/// The last day of the order of a case; a group has none of its own.
pub async fn order_ends_on(tx: &mut Tx, owner: &Owner) -> Stored<Option<Date>> {
    let row: Option<(Option<String>,)> =
        on!(tx, |c| sqlx::query_as("SELECT order_ends_on FROM cases WHERE id = $1").bind(owner.id()).fetch_optional(c))?;
    row.and_then(|(on,)| on).as_deref().map(read_date).transpose()
}

/// The number and the name of a case.
pub async fn who(tx: &mut Tx, permit: &CasePermit) -> Stored<(String, String)> {
    let row: (String, String, String) = on!(tx, |c| sqlx::query_as(
        "SELECT k.case_number, p.given_names, p.family_names FROM cases k JOIN people p ON p.id = k.person_id WHERE k.id = $1"
    )
    .bind(permit.case())
    .fetch_one(c))?;
    Ok((row.0, format!("{} {}", row.1, row.2)))
}

/// The slot chosen for a case, if somebody did.
pub async fn case_slot(tx: &mut Tx, owner: &Owner) -> Stored<Option<SlotChoice>> {
    let row: Option<(String, String, Option<Uuid>)> =
        on!(tx, |c| sqlx::query_as("SELECT weekdays, starts_at_time, room_id FROM case_slots WHERE case_id = $1")
            .bind(owner.id())
            .fetch_optional(c))?;
    row.map(|(weekdays, starts, room)| Ok(SlotChoice { weekdays: read_weekdays(&weekdays), starts: read_time(&starts)?, room })).transpose()
}

/// Keeps the slot chosen for a case.
pub async fn keep_case_slot(tx: &mut Tx, permit: &CasePermit, slot: &SlotChoice) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "INSERT INTO case_slots (case_id, weekdays, starts_at_time, room_id) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (case_id) DO UPDATE SET weekdays = EXCLUDED.weekdays, starts_at_time = EXCLUDED.starts_at_time, room_id = EXCLUDED.room_id"
        )
        .bind(permit.case())
        .bind(write_weekdays(&slot.weekdays))
        .bind(write_time(slot.starts))
        .bind(slot.room)
    )
    .map(drop)
}

/// Where a planned session stands or is to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The day.
    pub on: Date,
    /// The hour.
    pub starts: Time,
    /// Its length.
    pub minutes: i64,
    /// The room.
    pub room: Option<Uuid>,
    /// Whether it was moved by hand.
    pub pinned: bool,
    /// From when the next one is counted.
    pub counts_from_on: Date,
}

impl Place {
    fn counts_from(&self) -> Option<String> {
        (self.counts_from_on != self.on).then(|| self.counts_from_on.to_string())
    }
}

/// Rows of sessions that are new to the plan.
pub fn new_rows() -> Batch {
    Batch::new(
        "planned_sessions",
        &[
            "id",
            "unit_id",
            "group_id",
            "case_id",
            "phase",
            "session",
            "seq",
            "on_date",
            "starts_at_time",
            "minutes",
            "room_id",
            "facilitator_id",
            "pinned",
            "standing",
            "make_up_id",
            "counts_from_on",
        ],
    )
}

/// What a new planned session is, apart from its place.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// Its id.
    pub id: Uuid,
    /// Its phase.
    pub phase: &'a str,
    /// Its id in the definition.
    pub session: &'a str,
    /// Its place in the track.
    pub seq: i64,
    /// Who leads it first.
    pub facilitator: Option<Uuid>,
    /// The make-up it stands for.
    pub make_up: Option<Uuid>,
}

/// Adds a session to the rows.
pub fn push(rows: &mut Batch, owner: &Owner, new: &NewSession<'_>, place: &Place) {
    rows.push(vec![
        new.id.into(),
        owner.unit().into(),
        owner.group().into(),
        owner.case().into(),
        new.phase.into(),
        new.session.into(),
        new.seq.into(),
        place.on.to_string().into(),
        write_time(place.starts).into(),
        place.minutes.into(),
        place.room.into(),
        new.facilitator.into(),
        place.pinned.into(),
        "planned".into(),
        new.make_up.into(),
        place.counts_from().into(),
    ]);
}

/// Puts a session that is still planned somewhere else.
pub async fn replace(tx: &mut Tx, owner: &Owner, id: Uuid, place: &Place, facilitator: Option<Uuid>) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "UPDATE planned_sessions SET on_date = $3, starts_at_time = $4, minutes = $5, room_id = $6, facilitator_id = $7, pinned = $8, counts_from_on = $9, revision = revision + 1 \
             WHERE id = $1 AND (case_id = $2 OR group_id = $2) AND standing = 'planned'"
        )
        .bind(id)
        .bind(owner.id())
        .bind(place.on.to_string())
        .bind(write_time(place.starts))
        .bind(place.minutes)
        .bind(place.room)
        .bind(facilitator)
        .bind(place.pinned)
        .bind(place.counts_from())
    )
    .map(drop)
}

/// Takes a session out of the plan for which no day is left.
pub async fn take_out(tx: &mut Tx, owner: &Owner, id: Uuid) -> Stored<()> {
    run!(
        tx,
        sqlx::query("DELETE FROM planned_sessions WHERE id = $1 AND (case_id = $2 OR group_id = $2) AND standing = 'planned'")
            .bind(id)
            .bind(owner.id())
    )
    .map(drop)
}

/// Claims a session for a move: fails with [`StoreError::Stale`] when it changed since `revision`.
pub async fn claim(tx: &mut Tx, permit: &SessionPermit, revision: i64) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE planned_sessions SET revision = revision + 1 WHERE id = $1 AND revision = $2")
            .bind(permit.session())
            .bind(revision)
    )?;
    if touched == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// A planned session asked for by its id.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Asked {
    /// Its id in the definition.
    pub session: String,
    /// Its phase.
    pub phase: String,
    /// The day.
    pub on_date: String,
    /// The hour.
    pub starts_at_time: String,
    /// Its length.
    pub minutes: i64,
    /// The room.
    pub room_id: Option<Uuid>,
    /// Who leads it.
    pub facilitator_id: Option<Uuid>,
    /// `planned`, `recorded`, `signed` or `cancelled`.
    pub standing: String,
    /// The make-up it stands for.
    pub make_up_id: Option<Uuid>,
    /// Counts every change.
    pub revision: i64,
}

/// The session a permit is for.
pub async fn asked(tx: &mut Tx, permit: &SessionPermit) -> Stored<Asked> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT p.session, p.phase, p.on_date, p.starts_at_time, p.minutes, p.room_id, p.facilitator_id, p.standing, p.make_up_id, p.revision \
         FROM planned_sessions p WHERE p.id = $1"
    )
    .bind(permit.session())
    .fetch_one(c)
    })?)
}

/// Notes the day of a group's last planned session.
pub async fn end_of_group(tx: &mut Tx, permit: &GroupPermit, last_on: Option<Date>) -> Stored<()> {
    run!(
        tx,
        sqlx::query("UPDATE treatment_groups SET last_on = $2 WHERE id = $1").bind(permit.group()).bind(last_on.map(|on| on.to_string()))
    )
    .map(drop)
}

/// Notes the day of the last planned session of the group a session belongs to.
pub async fn end_after_move(tx: &mut Tx, permit: &SessionPermit) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "UPDATE treatment_groups SET last_on = (SELECT MAX(p.on_date) FROM planned_sessions p WHERE p.group_id = treatment_groups.id AND p.standing <> 'cancelled') \
             WHERE id = (SELECT s.group_id FROM planned_sessions s WHERE s.id = $1)"
        )
        .bind(permit.session())
    )
    .map(drop)
}
