//! The lists of Today. Each is two statements: its first rows, found by an index before anything is joined, and how many
//! there are, counted no further than anybody reads.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::{Stored, Tx};
use crate::measures::AT_PLACE_BY_DAY;
use crate::on;
use crate::web::ListPermit;

/// Rows shown of a list.
pub const SHOWN: i64 = 20;
/// A list is counted up to here.
pub const COUNTED: i64 = 100;

/// A list of Today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Sessions of today and the next days.
    Sessions,
    /// Sessions whose day has passed without a record.
    Unrecorded,
    /// Records saved and not signed.
    Unsigned,
    /// Missed sessions to be made up.
    MakeUps,
    /// Reports to be written.
    Reports,
    /// Concerns not closed.
    Concerns,
    /// Measures to be taken now.
    Measures,
    /// People on the waiting list whose order soon cannot hold the programme any more.
    Alarms,
}

/// A row of any of the lists.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// What the row leads to.
    pub id: Uuid,
    /// The case, unless it is a group's.
    pub case_id: Option<Uuid>,
    /// Its number.
    pub case_number: Option<String>,
    /// The person's given names.
    pub given_names: Option<String>,
    /// The person's family names.
    pub family_names: Option<String>,
    /// The group's name.
    pub group_title: Option<String>,
    /// The definition.
    pub programme_id: Option<Uuid>,
    /// Id of the session, rule of the report, kind of the concern.
    pub what: String,
    /// Its day or instant.
    pub due: String,
    /// Its hour, or the jurisdiction file.
    pub more: Option<String>,
    /// Where it stands.
    pub standing: String,
}

const SESSION: &str = "SELECT x.id, x.case_id, k.case_number, e.given_names, e.family_names, g.title AS group_title, COALESCE(k.programme_id, g.programme_id) AS programme_id, \
    x.session AS what, x.on_date AS due, x.starts_at_time AS more, x.standing FROM planned_sessions x LEFT JOIN cases k ON k.id = x.case_id \
    LEFT JOIN people e ON e.id = k.person_id LEFT JOIN treatment_groups g ON g.id = x.group_id";
const RECORD: &str = "SELECT p.id, p.case_id, k.case_number, e.given_names, e.family_names, g.title AS group_title, COALESCE(k.programme_id, g.programme_id) AS programme_id, \
    p.session AS what, x.held_on AS due, x.starts_at_time AS more, x.standing FROM session_records x JOIN planned_sessions p ON p.id = x.planned_id \
    LEFT JOIN cases k ON k.id = p.case_id LEFT JOIN people e ON e.id = k.person_id LEFT JOIN treatment_groups g ON g.id = p.group_id";
const MAKE_UP: &str = "SELECT x.id, x.case_id, k.case_number, e.given_names, e.family_names, CAST(NULL AS TEXT) AS group_title, k.programme_id, \
    x.session AS what, x.due_on AS due, x.made_by AS more, x.standing FROM make_ups x JOIN cases k ON k.id = x.case_id JOIN people e ON e.id = k.person_id";
const REPORT: &str = "SELECT x.id, x.case_id, k.case_number, e.given_names, e.family_names, CAST(NULL AS TEXT) AS group_title, k.programme_id, \
    x.rule AS what, x.due_on AS due, u.jurisdiction AS more, x.standing FROM case_reports x JOIN cases k ON k.id = x.case_id JOIN people e ON e.id = k.person_id \
    JOIN units u ON u.id = x.unit_id";
const MEASURE: &str = "SELECT x.id, x.case_id, k.case_number, e.given_names, e.family_names, CAST(NULL AS TEXT) AS group_title, k.programme_id, \
    x.measure AS what, x.due_on AS due, x.point AS more, 'due' AS standing FROM measure_dues x JOIN cases k ON k.id = x.case_id JOIN people e ON e.id = k.person_id";
const CONCERN: &str = "SELECT x.id, x.case_id, k.case_number, e.given_names, e.family_names, CAST(NULL AS TEXT) AS group_title, k.programme_id, \
    x.kind AS what, x.due_at AS due, o.shown_name AS more, 'open' AS standing FROM concerns x JOIN cases k ON k.id = x.case_id JOIN people e ON e.id = k.person_id \
    JOIN accounts o ON o.id = x.owner_id";
const WAITS: &str = "SELECT x.id, x.id AS case_id, x.case_number, e.given_names, e.family_names, CAST(NULL AS TEXT) AS group_title, x.programme_id, \
    x.stage AS what, x.latest_start_on AS due, x.order_ends_on AS more, x.stage AS standing FROM cases x JOIN people e ON e.id = x.person_id";

/// The places whose records the permit lists are those where the account holds one of these roles.
const AT_PLACE: &str =
    "x.unit_id IN (SELECT m.unit_id FROM memberships m WHERE m.account_id = $1 AND m.role IN ('coordinator', 'treatment-manager'))";
const MY_CASES: &str = "x.case_id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1)";
const MY_SESSIONS: &str = "x.id IN (SELECT own.id FROM planned_sessions own WHERE own.facilitator_id = $1 AND own.standing IN ('planned', 'recorded', 'signed') AND own.on_date >= $2 AND own.on_date <= $3 \
    UNION SELECT ours.id FROM group_facilitators f JOIN planned_sessions ours ON ours.group_id = f.group_id WHERE f.account_id = $1 AND ours.on_date >= $2 AND ours.on_date <= $3)";
const MY_CONCERNS: &str = "x.id IN (SELECT mine.id FROM concerns mine WHERE mine.owner_id = $1 AND mine.closed_at IS NULL \
    UNION SELECT ours.id FROM case_staff s JOIN concerns ours ON ours.case_id = s.case_id WHERE s.account_id = $1 AND ours.closed_at IS NULL)";

impl List {
    /// What is read, from which table, whose, which, and in which order. `$2` and `$3` are the first and last day.
    fn sql(self, place: bool) -> (&'static str, &'static str, &'static str, &'static str, &'static str) {
        let who = |mine: &'static str| if place { AT_PLACE } else { mine };
        match self {
            Self::Sessions => (
                SESSION,
                "planned_sessions",
                who(MY_SESSIONS),
                "x.standing IN ('planned', 'recorded', 'signed') AND x.on_date >= $2 AND x.on_date <= $3",
                "x.on_date, x.starts_at_time",
            ),
            Self::Unrecorded => (
                SESSION,
                "planned_sessions",
                who(MY_SESSIONS),
                "x.standing = 'planned' AND x.on_date >= $2 AND x.on_date <= $3",
                "x.on_date, x.starts_at_time",
            ),
            Self::Unsigned => (
                RECORD,
                "session_records",
                who("x.account_id = $1"),
                "x.standing = 'saved' AND x.held_on >= $2 AND x.held_on <= $3",
                "x.held_on",
            ),
            Self::MakeUps => {
                (MAKE_UP, "make_ups", who(MY_CASES), "x.standing IN ('due', 'planned') AND x.due_on >= $2 AND x.due_on <= $3", "x.due_on")
            }
            Self::Reports => {
                (REPORT, "case_reports", who(MY_CASES), "x.standing IN ('due', 'draft') AND x.due_on >= $2 AND x.due_on <= $3", "x.due_on")
            }
            Self::Measures => (
                MEASURE,
                "measure_dues",
                who(MY_CASES),
                "x.due_on >= $2 AND x.due_on <= $3 AND (x.until_on IS NULL OR x.until_on > $3)",
                "x.due_on, x.case_id",
            ),
            Self::Concerns => (CONCERN, "concerns", who(MY_CONCERNS), "x.closed_at IS NULL AND x.due_at >= $2 AND $3 <> ''", "x.due_at"),
            Self::Alarms => (
                WAITS,
                "cases",
                AT_PLACE,
                "x.stage = 'waiting' AND x.latest_start_on >= $2 AND x.latest_start_on <= $3",
                "x.latest_start_on",
            ),
        }
    }
}

/// The first rows of a list between two days (both included), and how many there are, at most [`COUNTED`]. `place`: of
/// the places the account answers for, otherwise its own.
pub async fn list(tx: &mut Tx, permit: &ListPermit, list: List, place: bool, from: &str, to: &str) -> Stored<(Vec<Row>, i64)> {
    let (head, table, who, which, order) = list.sql(place);
    let inner = format!("SELECT x.id FROM {table} x WHERE {who} AND {which}");
    // Of what is due at many places the first rows are found by walking the days; the other lists are short.
    let by_day = if place && list == List::Measures { AT_PLACE_BY_DAY } else { who };
    let first = format!("SELECT x.id FROM {table} x WHERE {by_day} AND {which} ORDER BY {order} LIMIT {SHOWN}");
    let account = permit.holder().account;
    let sql = format!("{head} WHERE x.id IN ({first}) ORDER BY {order}, x.id");
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(from).bind(to).fetch_all(c))?;
    let sql = format!("SELECT COUNT(*) FROM ({inner} LIMIT {COUNTED}) AS counted");
    let (count,): (i64,) = on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(from).bind(to).fetch_one(c))?;
    Ok((rows, count))
}
