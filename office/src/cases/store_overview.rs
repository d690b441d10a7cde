//! What a case needs of its people now, in the database.

use jiff::civil::Date;
use uuid::Uuid;

use super::store::{day, some_day};
use crate::db::{Stored, Tx};
use crate::on;
use crate::web::CasePermit;

/// Sessions held whose record nobody signed yet.
#[derive(Debug, Clone)]
pub struct Unsigned {
    /// The planned session.
    pub planned: Uuid,
    /// Its id in the definition.
    pub session: String,
    /// When it was held.
    pub held_on: Date,
}

/// Sessions of the case (its own, and of groups where it was present) whose record is not signed.
pub async fn unsigned(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Unsigned>> {
    let rows: Vec<(Uuid, String, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT r.planned_id, a.session, a.held_on FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE a.case_id = $1 AND r.standing = 'saved' ORDER BY a.held_on LIMIT 20"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter().map(|(planned, session, held_on)| Ok(Unsigned { planned, session, held_on: day(&held_on)? })).collect()
}

/// A make-up that is still to be done.
#[derive(Debug, Clone)]
pub struct MakeUp {
    /// The missed session's id in the definition.
    pub session: String,
    /// Until when.
    pub due_on: Option<Date>,
    /// `individual`, `next-group` or `sheet`.
    pub made_by: String,
    /// `due`, `planned`, `done` or `waived`.
    pub standing: String,
    /// When it was done.
    pub done_on: Option<Date>,
}

/// Session, day due, way, standing, day done.
type Due = (String, Option<String>, String, String, Option<String>);

/// Every make-up of the case, those due first.
pub async fn make_ups(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<MakeUp>> {
    let rows: Vec<Due> = on!(tx, |c| sqlx::query_as(
        "SELECT session, due_on, made_by, standing, done_on FROM make_ups WHERE case_id = $1 ORDER BY standing DESC, due_on, id"
    )
    .bind(permit.case())
    .fetch_all(c))?;
    rows.into_iter()
        .map(|(session, due_on, made_by, standing, done_on)| {
            Ok(MakeUp { session, due_on: some_day(due_on.as_deref())?, made_by, standing, done_on: some_day(done_on.as_deref())? })
        })
        .collect()
}

/// How many concerns about the case are open, and the earliest deadline among them.
pub async fn open_concerns(tx: &mut Tx, permit: &CasePermit) -> Stored<(i64, Option<String>)> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT COUNT(*), MIN(due_at) FROM concerns WHERE case_id = $1 AND closed_at IS NULL")
        .bind(permit.case())
        .fetch_one(c))?)
}

/// A report of the case.
#[derive(Debug, Clone)]
pub struct Report {
    /// The report.
    pub id: Uuid,
    /// By which rule it is due.
    pub rule: String,
    /// Until when.
    pub due_on: Date,
    /// `due`, `draft`, `signed` or `not-needed`.
    pub standing: String,
}

/// Every report of the case that is due, being written or signed, by the day it is due.
pub async fn reports(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Report>> {
    let rows: Vec<(Uuid, String, String, String)> = on!(tx, |c| sqlx::query_as(
        "SELECT id, rule, due_on, standing FROM case_reports WHERE case_id = $1 AND standing <> 'not-needed' ORDER BY due_on, rule"
    )
    .bind(permit.case())
    .fetch_all(c))?;
    rows.into_iter().map(|(id, rule, due_on, standing)| Ok(Report { id, rule, due_on: day(&due_on)?, standing })).collect()
}

/// The next planned session of the case, its own or of the group it sits in: id in the definition, day, hour.
pub async fn next_session(tx: &mut Tx, permit: &CasePermit) -> Stored<Option<(Uuid, String, Date, String)>> {
    let row: Option<(Uuid, String, String, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT id, session, on_date, starts_at_time FROM planned_sessions WHERE standing = 'planned' AND on_date >= $2 AND (case_id = $1 \
         OR group_id IN (SELECT group_id FROM group_members WHERE case_id = $1 AND left_on IS NULL)) ORDER BY on_date, starts_at_time, id LIMIT 1"
    )
    .bind(permit.case())
    .bind(permit.holder().today.to_string())
    .fetch_optional(c)
    })?;
    row.map(|(id, session, on_date, time)| Ok((id, session, day(&on_date)?, time))).transpose()
}

/// The group the case sits in now: id and name.
pub async fn group(tx: &mut Tx, permit: &CasePermit) -> Stored<Option<(Uuid, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT g.id, g.title FROM group_members m JOIN treatment_groups g ON g.id = m.group_id WHERE m.case_id = $1 AND m.left_on IS NULL AND g.standing <> 'closed' ORDER BY m.joined_on DESC"
    )
    .bind(permit.case())
    .fetch_optional(c)
    })?)
}
