//! When cases entered their phases, as corrections have left those days: read for many cases at once, so the histories are not
//! replayed. A test holds it to what the state machine says.

use fairway_domain::case::{CaseDate, Event, Happening};
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::store::day;
use crate::db::{StoreError, Stored, Tx};
use crate::on;
use crate::web::CasePermit;

/// What is read of `case_events e`, in the order of each case's `seq`.
pub const COLUMNS: &str = "e.case_id, e.phase, e.happened_on, CASE WHEN e.kind = 'correct' THEN e.facts END";
/// Which events matter.
pub const CONDITION: &str = "(e.kind = 'correct' OR (e.stage_to = 'in-phase' AND e.phase IS NOT NULL))";

/// A row of [`COLUMNS`].
pub type Row = (Uuid, Option<String>, String, Option<String>);

/// When the permit's case entered its phases.
pub async fn of_case(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(String, Date)>> {
    let sql = AssertSqlSafe(format!("SELECT {COLUMNS} FROM case_events e WHERE {CONDITION} AND e.case_id = $1 ORDER BY e.seq"));
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(sql).bind(permit.case()).fetch_all(c))?;
    let mut entered = Vec::new();
    rows.into_iter().try_for_each(|row| follow(&mut entered, row))?;
    Ok(entered)
}

/// Adds what a row tells to the phases entered before it, and their days. A correction of another date changes nothing.
pub fn follow(entered: &mut Vec<(String, Date)>, (case, phase, on, correction): Row) -> Stored<()> {
    if let Some(facts) = correction {
        let unreadable = |error: serde_json::Error| StoreError::Unreadable(format!("event of case {case}: {error}"));
        let happening: Happening = serde_json::from_str(&facts).map_err(unreadable)?;
        if let Event::Correct { what: CaseDate::Phase(index), to } = happening.event
            && let Some((_, on)) = entered.get_mut(usize::from(index))
        {
            *on = to;
        }
        return Ok(());
    }
    if let Some(phase) = phase.filter(|phase| !entered.iter().any(|(known, _)| known == phase)) {
        entered.push((phase, day(&on)?));
    }
    Ok(())
}
