//! The list of what is due.

use fairway_domain::measure::GRACE_DAYS;
use jiff::ToSpan as _;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::{Cut, Stored, Tx};
use crate::on;
use crate::web::ListPermit;

/// The columns the list sorts by, the first being the order at first.
pub const COLUMNS: &[&str] = &["due", "name", "measure"];
/// Rows are counted up to this; beyond it the list says that there are more.
pub const COUNTED: i64 = 1_000;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All that are to be taken now.
    Open,
    /// Those that should have been taken by now.
    Overdue,
}

/// A row of the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// Whose case.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// The person's given names.
    pub given_names: String,
    /// The person's family names.
    pub family_names: String,
    /// The stored definition.
    pub programme_id: Uuid,
    /// The measure's id in it.
    pub measure: String,
    /// The code of the point.
    pub point: String,
    /// The day the point was reached.
    pub due_on: String,
}

const ROW: &str = "SELECT x.case_id, k.case_number, p.given_names, p.family_names, k.programme_id, x.measure, x.point, x.due_on \
    FROM measure_dues x JOIN cases k ON k.id = x.case_id JOIN people p ON p.id = k.person_id";
const MY_CASES: &str = "x.case_id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1)";
// The places whose records the permit lists are those where the account holds one of these roles.
const AT_PLACE: &str =
    "x.unit_id IN (SELECT m.unit_id FROM memberships m WHERE m.account_id = $1 AND m.role IN ('coordinator', 'treatment-manager'))";
/// The same, asked row by row: so the first rows by day are found by walking the days, not by sorting all those of many places.
pub const AT_PLACE_BY_DAY: &str = "EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = $1 AND m.unit_id = x.unit_id AND m.role IN ('coordinator', 'treatment-manager'))";

/// A page of what is due since `since`, at the places the account answers for or of the cases it works on, and how many
/// there are, at most [`COUNTED`].
pub async fn list(tx: &mut Tx, permit: &ListPermit, place: bool, state: State, since: Date, cut: Cut<'_>) -> Stored<(Vec<Row>, i64)> {
    let order = match (cut.by, cut.descending) {
        ("name", false) => "k.sort_name, x.due_on, x.id",
        ("name", true) => "k.sort_name DESC, x.due_on, x.id",
        ("measure", false) => "x.measure, x.due_on, x.id",
        ("measure", true) => "x.measure DESC, x.due_on, x.id",
        (_, false) => "x.due_on, x.case_id, x.id",
        (_, true) => "x.due_on DESC, x.case_id, x.id",
    };
    let who = if place { AT_PLACE } else { MY_CASES };
    let by_day = if place { AT_PLACE_BY_DAY } else { MY_CASES };
    let today = permit.holder().today;
    let last = match state {
        State::Open => today,
        State::Overdue => today.saturating_sub((GRACE_DAYS + 1).days()),
    };
    let which = "x.due_on >= $2 AND x.due_on <= $3 AND (x.until_on IS NULL OR x.until_on > $4)";
    let (account, since, last, today) = (permit.holder().account, since.to_string(), last.to_string(), today.to_string());
    let sql = match cut.by {
        "name" | "measure" => format!("{ROW} WHERE {who} AND {which} ORDER BY {order} LIMIT $5 OFFSET $6"),
        _ => format!(
            "{ROW} WHERE x.id IN (SELECT x.id FROM measure_dues x WHERE {by_day} AND {which} ORDER BY {order} LIMIT $5 OFFSET $6) ORDER BY {order}"
        ),
    };
    let rows = on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql))
        .bind(account)
        .bind(&since)
        .bind(&last)
        .bind(&today)
        .bind(cut.limit)
        .bind(cut.offset)
        .fetch_all(c))?;
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM measure_dues x WHERE {who} AND {which} LIMIT {COUNTED}) AS counted");
    let (count,): (i64,) =
        on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(&since).bind(&last).bind(&today).fetch_one(c))?;
    Ok((rows, count))
}
