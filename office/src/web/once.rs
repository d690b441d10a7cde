//! A form sent twice (a double click, a reload) is carried out once.

use uuid::Uuid;

use super::{Guard, store};
use crate::app::instant_text;
use crate::db::{Stored, Tx};

/// Where the form `once` led when it was carried out before.
pub async fn carried_out_before(tx: &mut Tx, guard: &Guard, once: Option<Uuid>) -> Stored<Option<String>> {
    match once {
        Some(once) => store::went(tx, once, guard.actor.id).await,
        None => Ok(None),
    }
}

/// Remembers that the form `once` was carried out and where it led. When it was before, gives where it led then: the
/// caller redirects there and changes nothing.
pub async fn carried_out_once(tx: &mut Tx, guard: &Guard, once: Option<Uuid>, leads_to: &str) -> Stored<Option<String>> {
    let Some(once) = once else { return Ok(None) };
    if let Some(went_to) = carried_out_before(tx, guard, Some(once)).await? {
        return Ok(Some(went_to));
    }
    store::remember(tx, once, guard.actor.id, &instant_text(guard.now), leads_to).await?;
    Ok(None)
}
