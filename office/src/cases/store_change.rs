//! Changes of a case that are no events: its facilitator, its levels and track.

use uuid::Uuid;

use crate::db::{StoreError, Stored, Tx};
use crate::web::CasePermit;
use crate::{on, run};

/// Puts a case into a facilitator's hands, with the sessions still planned. [`StoreError::Stale`] when the row is no
/// longer the one the form was made from.
pub async fn assign(tx: &mut Tx, permit: &CasePermit, facilitator: Uuid, revision: i64) -> Stored<()> {
    let case = permit.case();
    let touched = run!(
        tx,
        sqlx::query("UPDATE cases SET facilitator_id = $3, revision = revision + 1 WHERE id = $1 AND revision = $2")
            .bind(case)
            .bind(revision)
            .bind(facilitator)
    )?;
    if touched == 0 {
        return Err(StoreError::Stale);
    }
    run!(tx, sqlx::query("DELETE FROM case_staff WHERE case_id = $1 AND because = 'facilitator'").bind(case))?;
    run!(
        tx,
        sqlx::query("INSERT INTO case_staff (case_id, account_id, because) VALUES ($1, $2, 'facilitator')").bind(case).bind(facilitator)
    )?;
    run!(
        tx,
        sqlx::query("UPDATE planned_sessions SET facilitator_id = $2, revision = revision + 1 WHERE case_id = $1 AND standing = 'planned'")
            .bind(case)
            .bind(facilitator)
    )
    .map(drop)
}

/// Sets risk, need and track. [`StoreError::Stale`] as above.
pub async fn set_levels(tx: &mut Tx, permit: &CasePermit, risk: &str, need: &str, track: &str, revision: i64) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE cases SET risk_level = $3, need_level = $4, track = $5, revision = revision + 1 WHERE id = $1 AND revision = $2"
        )
        .bind(permit.case())
        .bind(revision)
        .bind(risk)
        .bind(need)
        .bind(track)
    )?;
    if touched == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// How many open cases each facilitator of a place has.
pub async fn loads(tx: &mut Tx, unit: Uuid) -> Stored<Vec<(Uuid, i64)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT facilitator_id, COUNT(*) FROM cases WHERE unit_id = $1 AND facilitator_id IS NOT NULL AND stage IN ('suitable', 'waiting', 'in-phase') GROUP BY facilitator_id"
    )
    .bind(unit)
    .fetch_all(c)
    })?)
}
