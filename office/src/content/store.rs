//! Definitions as the database keeps them: whole, by fingerprint, never changed.

use uuid::Uuid;

use crate::db::{Stored, Tx};
use crate::{on, run};

/// Keeps a definition unless it is known by its fingerprint already.
pub async fn keep(tx: &mut Tx, id: Uuid, code: &str, version: &str, fingerprint: &str, bundle: &str, now: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "INSERT INTO programmes (id, code, version, fingerprint, bundle, offered, first_seen_at) VALUES ($1, $2, $3, $4, $5, TRUE, $6) ON CONFLICT (fingerprint) DO NOTHING"
        )
        .bind(id)
        .bind(code)
        .bind(version)
        .bind(fingerprint)
        .bind(bundle)
        .bind(now)
    )?;
    Ok(())
}

/// Every definition kept.
pub async fn bundles(tx: &mut Tx) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT id, bundle FROM programmes ORDER BY first_seen_at, code").fetch_all(c))?)
}

/// Keeps an instrument unless it is known by its fingerprint already.
pub async fn keep_instrument(tx: &mut Tx, id: Uuid, code: &str, version: &str, fingerprint: &str, bundle: &str, now: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "INSERT INTO instruments (id, code, version, fingerprint, bundle, first_seen_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (fingerprint) DO NOTHING"
        )
        .bind(id)
        .bind(code)
        .bind(version)
        .bind(fingerprint)
        .bind(bundle)
        .bind(now)
    )?;
    Ok(())
}

/// Every instrument kept.
pub async fn instrument_bundles(tx: &mut Tx) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT id, bundle FROM instruments ORDER BY first_seen_at, code").fetch_all(c))?)
}
