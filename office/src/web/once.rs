//! A form sent twice (a double click, a reload) is carried out once.

use uuid::Uuid;

use super::Guard;
use crate::app::instant_text;
use crate::db::{Stored, Tx};
use crate::{on, run};

/// Remembers that the form `once` was carried out and where it led. When it was before, gives where it led then: the
/// caller redirects there and changes nothing.
pub async fn carried_out_once(tx: &mut Tx, guard: &Guard, once: Option<Uuid>, leads_to: &str) -> Stored<Option<String>> {
    let Some(once) = once else { return Ok(None) };
    let before: Option<(String,)> = on!(tx, |c| sqlx::query_as("SELECT went_to FROM submissions WHERE once_id = $1 AND account_id = $2").bind(once).bind(guard.actor.id).fetch_optional(c))?;
    if let Some((went_to,)) = before {
        return Ok(Some(went_to));
    }
    let at = instant_text(guard.now);
    run!(
        tx,
        sqlx::query("INSERT INTO submissions (once_id, account_id, at, went_to) VALUES ($1, $2, $3, $4)").bind(once).bind(guard.actor.id).bind(&at).bind(leads_to)
    )?;
    Ok(None)
}
