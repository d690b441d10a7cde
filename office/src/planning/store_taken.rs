//! What is taken already: absences, closed days, and the hours of people, rooms and participants.

use jiff::civil::Date;
use uuid::Uuid;

use super::store::read_date;
use crate::db::{Stored, Tx};
use crate::on;

/// Who leads: the account itself, or everybody who runs the group. Ids with shown names, by name.
pub async fn people(tx: &mut Tx, lead: Uuid) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id, a.shown_name FROM accounts a WHERE a.id = $1 OR a.id IN (SELECT f.account_id FROM group_facilitators f WHERE f.group_id = $1) ORDER BY a.shown_name, a.id"
    )
    .bind(lead)
    .fetch_all(c)
    })?)
}

/// When they are away, from a day on: who, first day, last day.
pub async fn absences(tx: &mut Tx, lead: Uuid, from: Date) -> Stored<Vec<(Uuid, String, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT account_id, from_on, to_on FROM absences WHERE to_on >= $2 AND (account_id = $1 OR account_id IN (SELECT f.account_id FROM group_facilitators f WHERE f.group_id = $1)) ORDER BY from_on, id"
    )
    .bind(lead)
    .bind(from.to_string())
    .fetch_all(c)
    })?)
}

/// The place's own closed days, from a day on.
pub async fn closures(tx: &mut Tx, unit: Uuid, from: Date) -> Stored<Vec<Date>> {
    let rows: Vec<(String,)> = on!(tx, |c| sqlx::query_as("SELECT closed_on FROM closures WHERE unit_id = $1 AND closed_on >= $2")
        .bind(unit)
        .bind(from.to_string())
        .fetch_all(c))?;
    rows.iter().map(|(on,)| read_date(on)).collect()
}

/// The jurisdiction file the place works under.
pub async fn jurisdiction(tx: &mut Tx, unit: Uuid) -> Stored<String> {
    let row: (String,) = on!(tx, |c| sqlx::query_as("SELECT jurisdiction FROM units WHERE id = $1").bind(unit).fetch_one(c))?;
    Ok(row.0)
}

/// Somebody or something is engaged by a planned session.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Engaged {
    /// The account, room or case.
    pub whom: Uuid,
    /// The planned session.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// Its phase.
    pub phase: String,
    /// The make-up it stands for, if any.
    pub make_up_id: Option<Uuid>,
    /// The day.
    pub on_date: String,
    /// From.
    pub starts_at_time: String,
    /// How long.
    pub minutes: i64,
}

/// The engagements of those who lead, from a day on.
pub async fn people_engaged(tx: &mut Tx, lead: Uuid, from: Date) -> Stored<Vec<Engaged>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "WITH people AS (SELECT id FROM accounts WHERE id = $1 UNION SELECT account_id FROM group_facilitators WHERE group_id = $1) \
         SELECT people.id AS whom, p.id, p.case_id AS owner, p.phase, p.make_up_id, p.on_date, p.starts_at_time, p.minutes \
         FROM people JOIN planned_sessions p ON p.facilitator_id = people.id WHERE p.case_id IS NOT NULL AND p.standing = 'planned' AND p.on_date >= $2 \
         UNION ALL SELECT people.id, p.id, p.group_id, p.phase, p.make_up_id, p.on_date, p.starts_at_time, p.minutes \
         FROM people JOIN group_facilitators f ON f.account_id = people.id JOIN planned_sessions p ON p.group_id = f.group_id WHERE p.standing = 'planned' AND p.on_date >= $2"
    )
    .bind(lead)
    .bind(from.to_string())
    .fetch_all(c)
    })?)
}

/// The engagements of a room, from a day on.
pub async fn room_engaged(tx: &mut Tx, room: Uuid, from: Date) -> Stored<Vec<Engaged>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT room_id AS whom, id, COALESCE(case_id, group_id) AS owner, phase, make_up_id, on_date, starts_at_time, minutes \
         FROM planned_sessions WHERE room_id = $1 AND on_date >= $2 AND standing = 'planned'"
    )
    .bind(room)
    .bind(from.to_string())
    .fetch_all(c))?)
}

/// The engagements of a participant, from a day on: individual sessions and those of a group.
pub async fn case_engaged(tx: &mut Tx, case: Uuid, from: Date) -> Stored<Vec<Engaged>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT case_id AS whom, id, case_id AS owner, phase, make_up_id, on_date, starts_at_time, minutes FROM planned_sessions WHERE case_id = $1 AND on_date >= $2 AND standing = 'planned' \
         UNION ALL SELECT m.case_id, p.id, p.group_id, p.phase, p.make_up_id, p.on_date, p.starts_at_time, p.minutes \
         FROM group_members m JOIN planned_sessions p ON p.group_id = m.group_id WHERE m.case_id = $1 AND m.left_on IS NULL AND p.on_date >= $2 AND p.standing = 'planned'"
    )
    .bind(case)
    .bind(from.to_string())
    .fetch_all(c)
    })?)
}
