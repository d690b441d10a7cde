//! The list of concerns, and finding the case a new one is about.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::app::instant_text;
use crate::db::{Cut, Stored, Tx};
use crate::on;
use crate::web::ListPermit;

/// Whose concerns are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those the account owns.
    Mine,
    /// Those it owns and those of the cases it works on.
    MyCases,
    /// Those of the places it answers for.
    Place,
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not yet closed.
    Open,
    /// Open, and past their time.
    Overdue,
    /// Closed.
    Closed,
    /// Every one, open ones first.
    All,
}

/// A row of the list. What was seen or said is not in it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// The concern.
    pub id: Uuid,
    /// What it is about.
    pub kind: String,
    /// Whose case.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// The person's given names.
    pub given_names: String,
    /// The person's family names.
    pub family_names: String,
    /// Who sees to it.
    pub owner: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// Until when.
    pub due_at: String,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
}

/// The columns the list sorts by, the first being the order at first.
pub const COLUMNS: &[&str] = &["due", "recorded", "name", "kind", "owner"];

const ROW: &str = "SELECT k.id, k.kind, k.case_id, s.case_number, p.given_names, p.family_names, o.shown_name AS owner, k.recorded_at, k.due_at, k.closed_at, k.outcome \
    FROM concerns k JOIN cases s ON s.id = k.case_id JOIN people p ON p.id = s.person_id JOIN accounts o ON o.id = k.owner_id";

impl Scope {
    /// Which concerns; `$1` is the account.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Mine => "k.owner_id = $1",
            Self::MyCases => {
                "k.id IN (SELECT mine.id FROM concerns mine WHERE mine.owner_id = $1 \
                 UNION SELECT ours.id FROM case_staff staff JOIN concerns ours ON ours.case_id = staff.case_id WHERE staff.account_id = $1)"
            }
            // The places whose records the permit lists are those where the account holds one of these roles.
            Self::Place => {
                "k.unit_id IN (SELECT m.unit_id FROM memberships m WHERE m.account_id = $1 AND m.role IN ('coordinator', 'treatment-manager'))"
            }
        }
    }
}

impl State {
    /// Which state; `$2` is this instant.
    fn sql(self) -> &'static str {
        match self {
            Self::Open => "k.closed_at IS NULL AND $2 <> ''",
            Self::Overdue => "k.closed_at IS NULL AND k.due_at < $2",
            Self::Closed => "k.closed_at IS NOT NULL AND $2 <> ''",
            Self::All => "$2 <> ''",
        }
    }
}

/// A page of the list, open concerns first, and how many there are in all.
pub async fn list(tx: &mut Tx, permit: &ListPermit, scope: Scope, state: State, cut: Cut<'_>) -> Stored<(Vec<Row>, i64)> {
    let order = match (cut.by, cut.descending) {
        ("recorded", false) => "k.recorded_at",
        ("recorded", true) => "k.recorded_at DESC",
        ("name", false) => "s.sort_name",
        ("name", true) => "s.sort_name DESC",
        ("kind", false) => "k.kind",
        ("kind", true) => "k.kind DESC",
        ("owner", false) => "o.shown_name",
        ("owner", true) => "o.shown_name DESC",
        (_, false) => "k.due_at",
        (_, true) => "k.due_at DESC",
    };
    let (who, which) = (scope.sql(), state.sql());
    let sql =
        format!("{ROW} WHERE {who} AND {which} ORDER BY CASE WHEN k.closed_at IS NULL THEN 0 ELSE 1 END, {order}, k.id LIMIT $3 OFFSET $4");
    let (account, now) = (permit.holder().account, instant_text(permit.holder().now));
    let rows = on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(&now).bind(cut.limit).bind(cut.offset).fetch_all(c))?;
    let sql = format!("SELECT COUNT(*) FROM concerns k WHERE {who} AND {which}");
    let (total,): (i64,) = on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(&now).fetch_one(c))?;
    Ok((rows, total))
}

/// A case a concern may be recorded for.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CaseRow {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub case_number: String,
    /// The person's given names.
    pub given_names: String,
    /// The person's family names.
    pub family_names: String,
}

const CASE_ROW: &str = "SELECT k.id, k.case_number, p.given_names, p.family_names FROM cases k JOIN people p ON p.id = k.person_id";

/// Cases the account may record a concern for, by the beginning of the name or by the whole number; without words, the
/// first of the cases it works on.
pub async fn cases(tx: &mut Tx, permit: &ListPermit, folded: &str, number: &str) -> Stored<Vec<CaseRow>> {
    let until = format!("{folded}\u{10FFFF}");
    let theirs = "k.id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1)";
    let placed =
        "k.unit_id IN (SELECT m.unit_id FROM memberships m WHERE m.account_id = $1 AND m.role IN ('coordinator', 'treatment-manager'))";
    let who = match (permit.places().is_empty(), permit.assigned()) {
        (true, _) => theirs.to_owned(),
        (false, false) => placed.to_owned(),
        (false, true) => format!("({theirs} OR {placed})"),
    };
    let sql = format!(
        "{CASE_ROW} WHERE {who} AND ((k.sort_name >= $2 AND k.sort_name < $3) OR k.case_number = $4) ORDER BY k.sort_name, k.id LIMIT 20"
    );
    Ok(on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(permit.holder().account).bind(folded).bind(&until).bind(number).fetch_all(c))?)
}
