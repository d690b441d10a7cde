//! Openings: how a participant reaches a response.

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::instant_text;
use crate::db::{Stored, Tx};
use crate::run;
use crate::web::CasePermit;

/// Writes an opening for a response of the permit's case.
pub async fn open(
    tx: &mut Tx,
    permit: &CasePermit,
    response: Uuid,
    way: &str,
    token_hash: &[u8],
    secret_mac: &[u8],
    ends_at: Timestamp,
) -> Stored<()> {
    let _ = permit;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO measure_openings (token_hash, response_id, way, secret_mac, unlocked, ends_at) VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(token_hash)
        .bind(response)
        .bind(way)
        .bind(secret_mac)
        .bind(way == "device")
        .bind(instant_text(ends_at))
    )
    .map(drop)
}

/// Counts a try at the PIN or code before it is looked at, so that many at once are not looked at more often than one after
/// the other; whether it may be looked at.
pub async fn tried(tx: &mut Tx, response: Uuid, most: i64) -> Stored<bool> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE measure_openings SET failed_attempts = failed_attempts + 1 WHERE response_id = $1 AND failed_attempts < $2")
            .bind(response)
            .bind(most)
    )?;
    Ok(touched == 1)
}

/// The right code was given.
pub async fn unlock(tx: &mut Tx, response: Uuid) -> Stored<()> {
    run!(tx, sqlx::query("UPDATE measure_openings SET unlocked = TRUE, failed_attempts = 0 WHERE response_id = $1").bind(response))
        .map(drop)
}

/// The opening ends now.
pub async fn close(tx: &mut Tx, response: Uuid, now: Timestamp) -> Stored<()> {
    run!(tx, sqlx::query("UPDATE measure_openings SET ends_at = $2 WHERE response_id = $1").bind(response).bind(instant_text(now)))
        .map(drop)
}
