//! Indicators. Each is defined once, here, as the rows it counts: place, day, and whether the row meets it. Numerator,
//! denominator and source of each are told in docs/indicators.md.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::{Stored, Tx};
use crate::on;
use crate::web::ListPermit;

/// An indicator that is a share: rows that meet it, of all rows whose day lies in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Its stable name, for messages and the exported table.
    pub name: &'static str,
    /// One row for each unit of the denominator: `unit_id`, `on_date`, `met` and `counted`.
    rows: &'static str,
}

/// Orders that ended without a first session.
const NEVER_STARTED: &str = "SELECT unit_id, ended_on AS on_date, CASE WHEN stage = 'never-started' THEN 1 ELSE 0 END AS met, 1 AS counted \
    FROM cases WHERE stage IN ('completed', 'ended-early', 'never-started') AND ended_on IS NOT NULL";
/// Cases that started and ended, and were completed.
const COMPLETED: &str = "SELECT unit_id, ended_on AS on_date, CASE WHEN stage = 'completed' THEN 1 ELSE 0 END AS met, 1 AS counted \
    FROM cases WHERE stage IN ('completed', 'ended-early') AND ended_on IS NOT NULL";
/// One row a participant and session held: there, wholly or in part. A session that makes up for another is told with that.
const ATTENDANCE: &str = "SELECT r.unit_id, r.held_on AS on_date, CASE WHEN a.presence IN ('attended', 'part') THEN 1 ELSE 0 END AS met, 1 AS counted \
    FROM session_records r JOIN attendances a ON a.record_id = r.id WHERE r.standing IN ('saved', 'signed') AND a.made_up_for IS NULL";
/// Minutes delivered, make-ups included and at most those planned, of minutes planned, over the same rows.
const DOSE: &str = "SELECT r.unit_id, r.held_on AS on_date, \
    CASE WHEN a.minutes + COALESCE(m.minutes, 0) > p.minutes THEN p.minutes ELSE a.minutes + COALESCE(m.minutes, 0) END AS met, p.minutes AS counted \
    FROM session_records r JOIN planned_sessions p ON p.id = r.planned_id JOIN attendances a ON a.record_id = r.id \
    LEFT JOIN make_ups m ON m.attendance_id = a.id AND m.standing = 'done' WHERE r.standing IN ('saved', 'signed') AND a.made_up_for IS NULL";
/// Make-ups with a last day, done by then. Those waived are not counted.
const MADE_UP: &str = "SELECT unit_id, due_on AS on_date, CASE WHEN standing = 'done' AND done_on <= due_on THEN 1 ELSE 0 END AS met, 1 AS counted \
    FROM make_ups WHERE due_on IS NOT NULL AND standing IN ('due', 'planned', 'done')";
/// Concerns by the day they were due, closed by then.
const CONCERNS: &str = "SELECT unit_id, SUBSTR(due_at, 1, 10) AS on_date, CASE WHEN closed_at IS NOT NULL AND closed_at <= due_at THEN 1 ELSE 0 END AS met, 1 AS counted FROM concerns";

/// Every share that a statement can count by itself.
pub const SHARES: &[Share] = &[
    Share { name: "never-started", rows: NEVER_STARTED },
    Share { name: "completed", rows: COMPLETED },
    Share { name: "attendance", rows: ATTENDANCE },
    Share { name: "dose", rows: DOSE },
    Share { name: "made-up", rows: MADE_UP },
    Share { name: "concerns", rows: CONCERNS },
];

/// Which days, both included, as the database writes them.
#[derive(Debug, Clone)]
pub struct Period {
    /// The first.
    pub from: String,
    /// The last.
    pub to: String,
}

/// A number for a place.
pub type Counted = (Uuid, i64, i64);

/// The places of the account, for `WHERE`; `$1` is the account. Which roles list indicators, the permission rules say;
/// rows of other places are dropped by [`mine`].
const AT_PLACES: &str = "unit_id IN (SELECT mp.unit_id FROM memberships mp WHERE mp.account_id = $1)";

fn mine(permit: &ListPermit, rows: Vec<Counted>) -> Vec<Counted> {
    rows.into_iter().filter(|(unit, ..)| permit.places().contains(unit)).collect()
}

/// A share in a period, by place: rows that meet it, and all rows.
pub async fn share(tx: &mut Tx, permit: &ListPermit, share: Share, period: &Period) -> Stored<Vec<Counted>> {
    let sql = format!(
        "SELECT unit_id, CAST(SUM(met) AS BIGINT), CAST(SUM(counted) AS BIGINT) FROM ({}) AS counted_rows WHERE {AT_PLACES} AND on_date >= $2 AND on_date <= $3 GROUP BY unit_id",
        share.rows
    );
    let rows =
        on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(permit.holder().account).bind(&period.from).bind(&period.to).fetch_all(c))?;
    Ok(mine(permit, rows))
}

/// Cases started in a period, by place.
pub async fn started(tx: &mut Tx, permit: &ListPermit, period: &Period) -> Stored<Vec<Counted>> {
    let sql = format!(
        "SELECT unit_id, COUNT(*), COUNT(*) FROM cases WHERE {AT_PLACES} AND started_on >= $2 AND started_on <= $3 GROUP BY unit_id"
    );
    let rows =
        on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(permit.holder().account).bind(&period.from).bind(&period.to).fetch_all(c))?;
    Ok(mine(permit, rows))
}

/// Records held in a period by the days they were held and signed: place, held, signed (if at all), how many. Whether
/// three days were kept is a question of the calendar, which the engines answer differently; it is asked of the groups.
pub async fn signatures(tx: &mut Tx, permit: &ListPermit, period: &Period) -> Stored<Vec<(Uuid, String, Option<String>, i64)>> {
    let sql = format!(
        "SELECT unit_id, held_on, SUBSTR(signed_at, 1, 10) AS signed_on, COUNT(*) FROM session_records WHERE {AT_PLACES} AND standing IN ('saved', 'signed') \
         AND held_on >= $2 AND held_on <= $3 GROUP BY unit_id, held_on, SUBSTR(signed_at, 1, 10)"
    );
    let rows: Vec<(Uuid, String, Option<String>, i64)> =
        on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(permit.holder().account).bind(&period.from).bind(&period.to).fetch_all(c))?;
    Ok(rows.into_iter().filter(|(unit, ..)| permit.places().contains(unit)).collect())
}

/// Who waits now, by place and day since when: place, day, how many.
pub async fn waiting(tx: &mut Tx, permit: &ListPermit) -> Stored<Vec<(Uuid, String, i64)>> {
    let sql = format!(
        "SELECT unit_id, waiting_since_on, COUNT(*) FROM cases WHERE {AT_PLACES} AND stage = 'waiting' AND waiting_since_on IS NOT NULL GROUP BY unit_id, waiting_since_on ORDER BY waiting_since_on"
    );
    let rows: Vec<(Uuid, String, i64)> = on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(permit.holder().account).fetch_all(c))?;
    Ok(rows.into_iter().filter(|(unit, ..)| permit.places().contains(unit)).collect())
}
