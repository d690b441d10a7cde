//! The history of a case: read whole, added to, never changed.

use fairway_domain::case::{Happening, StageKind};
use uuid::Uuid;

use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::vault::CaseKey;
use crate::web::CasePermit;
use crate::{on, run};

/// The history of a case, the oldest first, without its comments.
pub async fn history(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Happening>> {
    let rows: Vec<(String,)> =
        on!(tx, |c| sqlx::query_as("SELECT facts FROM case_events WHERE case_id = $1 ORDER BY seq").bind(permit.case()).fetch_all(c))?;
    rows.into_iter()
        .map(|(facts,)| serde_json::from_str(&facts).map_err(|error| StoreError::Unreadable(format!("case event: {error}"))))
        .collect()
}

/// Adds a line to the history; `seq` is how many stand before it. Two at once collide on `seq` and one is refused as a
/// duplicate.
pub(super) async fn add_event(
    tx: &mut Tx,
    app: &App,
    case: Uuid,
    key: &CaseKey,
    seq: usize,
    happening: &Happening,
    phase: Option<&str>,
) -> Stored<()> {
    let facts = serde_json::to_string(happening).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let comment = key.seal_some("case_events.comment_sealed", happening.comment.as_deref())?;
    let seq = i64::try_from(seq).map_err(|_| StoreError::Refused)?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO case_events (id, case_id, seq, kind, stage_from, stage_to, phase, happened_on, reason, against_rule, facts, comment_sealed, account_id, recorded_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        )
        .bind(app.new_id())
        .bind(case)
        .bind(seq)
        .bind(happening.event.kind().code())
        .bind(happening.from.map(StageKind::code))
        .bind(happening.to.code())
        .bind(phase)
        .bind(happening.on.to_string())
        .bind(happening.event.reason())
        .bind(happening.event.is_override())
        .bind(&facts)
        .bind(comment.clone())
        .bind(happening.by)
        .bind(instant_text(app.now()))
    )?;
    Ok(())
}
