//! Make-ups, as far as planning them goes.

use crate::db::{StoreError, Stored, Tx};
use crate::web::CasePermit;
use crate::{on, run};
use uuid::Uuid;

/// A due make-up.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MakeUpRow {
    /// The session missed.
    pub session: String,
    /// Its phase.
    pub phase: String,
    /// How it is to be made up.
    pub made_by: String,
    /// Until when.
    pub due_on: Option<String>,
    /// `due`, `planned`, `done` or `waived`.
    pub standing: String,
    /// When the session was held.
    pub held_on: String,
    /// The session planned for it, once there is one.
    pub planned_id: Option<Uuid>,
}

/// A make-up of this case.
pub async fn make_up(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<MakeUpRow> {
    on!(tx, |c| sqlx::query_as(
        "SELECT m.session, m.phase, m.made_by, m.due_on, m.standing, a.held_on, \
         p.id AS planned_id \
         FROM make_ups m JOIN attendances a ON a.id = m.attendance_id LEFT JOIN planned_sessions p ON p.make_up_id = m.id AND p.case_id = m.case_id AND p.standing <> 'cancelled' \
         WHERE m.id = $1 AND m.case_id = $2"
    )
    .bind(id)
    .bind(permit.case())
    .fetch_optional(c))?
    .ok_or(StoreError::Missing)
}

/// Marks a due make-up as planned; [`StoreError::Stale`] when somebody did before.
pub async fn make_up_planned(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE make_ups SET standing = 'planned' WHERE id = $1 AND case_id = $2 AND standing = 'due'")
            .bind(id)
            .bind(permit.case())
    )?;
    if touched == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Other groups of the place that will hold a session: group, title, day, hour.
pub async fn held_elsewhere(tx: &mut Tx, permit: &CasePermit, session: &str) -> Stored<Vec<(Uuid, String, String, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT g.id, g.title, p.on_date, p.starts_at_time FROM planned_sessions p JOIN treatment_groups g ON g.id = p.group_id \
         WHERE p.unit_id = $1 AND p.on_date >= $2 AND p.standing = 'planned' AND p.session = $3 AND g.programme_id = $4 AND g.standing = 'running' ORDER BY p.on_date, g.title LIMIT 10"
    )
    .bind(permit.unit())
    .bind(permit.holder().today.to_string())
    .bind(session)
    .bind(permit.programme())
    .fetch_all(c)
    })?)
}
