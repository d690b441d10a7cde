//! The history of a case as its page tells it.

use fairway_domain::case::Happening;

use crate::db::{StoreError, Stored, Tx};
use crate::on;
use crate::vault::Sealed;
use crate::web::CasePermit;

/// A line of the history with its comment and the name of who decided.
#[derive(Debug)]
pub struct Told {
    /// What happened, its comment opened.
    pub happening: Happening,
    /// Who decided it.
    pub by: String,
    /// When it was written down.
    pub recorded_at: String,
}

/// The whole history, the oldest first.
pub async fn told(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Told>> {
    let rows: Vec<(String, Option<Sealed>, String, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT e.facts, e.comment_sealed, a.shown_name, e.recorded_at FROM case_events e JOIN accounts a ON a.id = e.account_id WHERE e.case_id = $1 ORDER BY e.seq"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|(facts, comment, by, recorded_at)| {
            let happening: Happening =
                serde_json::from_str(&facts).map_err(|error| StoreError::Unreadable(format!("case event: {error}")))?;
            let comment = permit.key().open_some("case_events.comment_sealed", comment.as_ref())?;
            Ok(Told { happening: Happening { comment, ..happening }, by, recorded_at })
        })
        .collect()
}
