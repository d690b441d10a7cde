//! Who could join a group.

use uuid::Uuid;

use super::store_members::AttendanceRow;
use crate::db::{Stored, Tx};
use crate::on;
use crate::web::GroupPermit;

/// Somebody who could join.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CandidateRow {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Given names.
    pub given_names: String,
    /// Family names.
    pub family_names: String,
    /// When the person can come.
    pub availability: String,
    /// Language the person speaks.
    pub spoken_language: String,
    /// The order's last day.
    pub order_ends_on: Option<String>,
    /// The latest start with which the programme still fits.
    pub latest_start_on: Option<String>,
    /// The track.
    pub track: Option<String>,
    /// Since when it waits, or is in its phase.
    pub since_on: String,
}

/// How many are looked at: those whose start presses most.
pub const MOST: i64 = 120;

macro_rules! candidates {
    ($which:literal, $order:literal) => {
        concat!(
            "SELECT k.id, k.case_number, p.given_names, p.family_names, k.availability, k.spoken_language, k.order_ends_on, k.latest_start_on, k.track, k.stage_since_on AS since_on ",
            "FROM cases k JOIN people p ON p.id = k.person_id WHERE k.unit_id = $1 AND k.programme_id = $2 AND ", $which,
            " AND NOT EXISTS (SELECT 1 FROM group_members m JOIN treatment_groups g ON g.id = m.group_id WHERE m.case_id = k.id AND m.left_on IS NULL AND g.standing <> 'closed') ORDER BY ",
            $order, " LIMIT $3"
        )
    };
}

/// Those who wait for the programme and sit in no group.
pub async fn waiting(tx: &mut Tx, permit: &GroupPermit) -> Stored<Vec<CandidateRow>> {
    let pressing = candidates!("k.stage = 'waiting' AND k.latest_start_on IS NOT NULL", "k.latest_start_on, k.id");
    let mut rows: Vec<CandidateRow> =
        on!(tx, |c| sqlx::query_as(pressing).bind(permit.unit()).bind(permit.programme()).bind(MOST).fetch_all(c))?;
    let left = MOST - i64::try_from(rows.len()).unwrap_or(MOST);
    let open = candidates!("k.stage = 'waiting' AND k.latest_start_on IS NULL", "k.waiting_since_on, k.id");
    rows.extend(on!(tx, |c| sqlx::query_as::<_, CandidateRow>(open).bind(permit.unit()).bind(permit.programme()).bind(left).fetch_all(c))?);
    Ok(rows)
}

/// Those in one of two phases (the one before the group's, and the group's own) who sit in no group.
pub async fn in_phases(tx: &mut Tx, permit: &GroupPermit, before: &str, own: &str) -> Stored<Vec<CandidateRow>> {
    let sql = candidates!("k.stage = 'in-phase' AND (k.phase = $4 OR k.phase = $5)", "k.stage_since_on, k.id");
    Ok(on!(tx, |c| sqlx::query_as(sql).bind(permit.unit()).bind(permit.programme()).bind(MOST).bind(before).bind(own).fetch_all(c))?)
}

/// What those in the group's own phase who sit in no group have done of it.
pub async fn done(tx: &mut Tx, permit: &GroupPermit, phase: &str) -> Stored<Vec<AttendanceRow>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT a.case_id, a.session, a.presence, a.minutes, u.done_on AS made_up_on, u.minutes AS made_up_minutes \
         FROM cases k JOIN attendances a ON a.case_id = k.id LEFT JOIN make_ups u ON u.attendance_id = a.id AND u.standing = 'done' \
         WHERE k.unit_id = $1 AND k.programme_id = $2 AND k.stage = 'in-phase' AND k.phase = $3 AND a.phase = $3 \
         AND NOT EXISTS (SELECT 1 FROM group_members m JOIN treatment_groups g ON g.id = m.group_id WHERE m.case_id = k.id AND m.left_on IS NULL AND g.standing <> 'closed')"
    )
    .bind(permit.unit())
    .bind(permit.programme())
    .bind(phase)
    .fetch_all(c)
    })?)
}
