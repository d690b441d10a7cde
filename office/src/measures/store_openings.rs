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
    secret_hash: &str,
    ends_at: Timestamp,
) -> Stored<()> {
    let _ = permit;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO measure_openings (token_hash, response_id, way, secret_hash, unlocked, ends_at) VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(token_hash)
        .bind(response)
        .bind(way)
        .bind(secret_hash)
        .bind(way == "device")
        .bind(instant_text(ends_at))
    )
    .map(drop)
}

/// Counts a wrong PIN or code; at the last one the opening ends.
pub async fn failed(tx: &mut Tx, response: Uuid, most: i64, now: Timestamp) -> Stored<()> {
    run!(
        tx,
        sqlx::query("UPDATE measure_openings SET failed_attempts = failed_attempts + 1, ends_at = CASE WHEN failed_attempts + 1 >= $2 THEN $3 ELSE ends_at END WHERE response_id = $1")
            .bind(response)
            .bind(most)
            .bind(instant_text(now))
    )
    .map(drop)
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
