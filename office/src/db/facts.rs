//! Small facts about the service as a whole: the proof of its key, the shape of its demo.

use super::{Stored, Tx};
use crate::{on, run};

/// A fact by its name.
pub async fn read(tx: &mut Tx, fact: &str) -> Stored<Option<String>> {
    let row: Option<(String,)> =
        on!(tx, |c| sqlx::query_as("SELECT body FROM service_facts WHERE fact = $1").bind(fact).fetch_optional(c))?;
    Ok(row.map(|(body,)| body))
}

/// Keeps a fact, in place of what it was.
pub async fn keep(tx: &mut Tx, fact: &str, body: &str) -> Stored<()> {
    let sql = "INSERT INTO service_facts (fact, body) VALUES ($1, $2) ON CONFLICT (fact) DO UPDATE SET body = excluded.body";
    run!(tx, sqlx::query(sql).bind(fact).bind(body)).map(drop)
}
