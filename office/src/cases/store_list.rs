//! The list of cases: whom this reader may see named, filtered and in order, one page of it.

use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::store::some_day;
use crate::db::{Stored, Tx};
use crate::on;
use crate::web::ListPermit;

/// Rows to a page.
pub const PER_PAGE: i64 = 50;

/// What the list is narrowed to; an empty text and none mean everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// A stage's code.
    pub stage: String,
    /// A place.
    pub unit: Option<Uuid>,
    /// A facilitator.
    pub facilitator: Option<Uuid>,
    /// A stored definition's code, through all its versions.
    pub programme: String,
    /// The beginning of a name, folded.
    pub name: String,
    /// A case number, written in full.
    pub number: String,
    /// The column.
    pub by: String,
    /// The largest first.
    pub descending: bool,
    /// From which row on, counted from 0.
    pub offset: i64,
}

/// A line of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Given and family names.
    pub name: String,
    /// Stage's code.
    pub stage: String,
    /// The phase it is in.
    pub phase: Option<String>,
    /// Its definition.
    pub programme: Uuid,
    /// The place.
    pub unit: String,
    /// Its facilitator.
    pub facilitator: Option<String>,
    /// Last day of the order.
    pub order_ends_on: Option<Date>,
    /// Latest start.
    pub latest_start_on: Option<Date>,
    /// The start.
    pub started_on: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: Uuid,
    case_number: String,
    given_names: String,
    family_names: String,
    stage: String,
    phase: Option<String>,
    programme_id: Uuid,
    unit: String,
    facilitator: Option<String>,
    order_ends_on: Option<String>,
    latest_start_on: Option<String>,
    started_on: Option<String>,
}

/// The order behind each column: expressions that an index holds, and the id so that a page's edge is sharp.
fn order(by: &str, descending: bool) -> &'static str {
    match (by, descending) {
        ("number", false) => "c.case_number",
        ("number", true) => "c.case_number DESC",
        ("stage", false) => "c.stage, c.latest_start_on, c.id",
        ("stage", true) => "c.stage DESC, c.latest_start_on DESC, c.id DESC",
        ("phase", false) => "COALESCE(c.phase, '~'), c.id",
        ("phase", true) => "COALESCE(c.phase, '~') DESC, c.id DESC",
        ("order", false) => "COALESCE(c.order_ends_on, '9999-12-31'), c.id",
        ("order", true) => "COALESCE(c.order_ends_on, '9999-12-31') DESC, c.id DESC",
        ("started", false) => "COALESCE(c.started_on, '9999-12-31'), c.id",
        ("started", true) => "COALESCE(c.started_on, '9999-12-31') DESC, c.id DESC",
        (_, true) => "c.sort_name DESC, c.id DESC",
        (_, false) => "c.sort_name, c.id",
    }
}

/// Whom this reader may see named.
fn visible(permit: &ListPermit) -> &'static str {
    const PLACE: &str = "EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = $1 AND m.unit_id = c.unit_id AND m.role IN ('coordinator', 'treatment-manager'))";
    match (permit.places().is_empty(), permit.assigned()) {
        (true, true) => "c.id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1)",
        (false, true) => {
            "(c.id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1) OR EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = $1 AND m.unit_id = c.unit_id AND m.role IN ('coordinator', 'treatment-manager')))"
        }
        (false, false) => PLACE,
        (true, false) => "c.id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1 AND s.account_id <> $1)",
    }
}

/// A value bound to a place in the statement.
#[derive(Debug, Clone)]
enum Value {
    Id(Uuid),
    Text(String),
    Whole(i64),
}

/// The condition of the list and its values. A filter nobody asked for is no part of it, so that an index serves each;
/// static fragments only, what a person typed is bound.
fn condition(permit: &ListPermit, wanted: &Wanted) -> (String, Vec<Value>) {
    let (mut sql, mut values) = (visible(permit).to_owned(), vec![Value::Id(permit.holder().account)]);
    let mut add = |fragment: &str, value: Value| {
        values.push(value);
        sql.push_str(&fragment.replace('?', &format!("${}", values.len())));
    };
    if !wanted.stage.is_empty() {
        add(" AND c.stage = ?", Value::Text(wanted.stage.clone()));
    }
    if let Some(unit) = wanted.unit {
        add(" AND c.unit_id = ?", Value::Id(unit));
    }
    if let Some(facilitator) = wanted.facilitator {
        add(" AND c.facilitator_id = ?", Value::Id(facilitator));
    }
    if !wanted.programme.is_empty() {
        add(" AND c.programme_id IN (SELECT id FROM programmes WHERE code = ?)", Value::Text(wanted.programme.clone()));
    }
    if !wanted.name.is_empty() || !wanted.number.is_empty() {
        add(" AND (c.case_number = ?", Value::Text(wanted.number.clone()));
        add(" OR (c.sort_name >= ?", Value::Text(wanted.name.clone()));
        if let Some(beyond) = beyond(&wanted.name) {
            add(" AND c.sort_name < ?", Value::Text(beyond));
        }
        let like = if wanted.name.is_empty() { String::new() } else { format!("{}%", wanted.name) };
        add(" AND c.sort_name LIKE ?))", Value::Text(like));
    }
    (sql, values)
}

/// A text that stands after every one with this beginning, where the order of letters is beyond doubt.
fn beyond(beginning: &str) -> Option<String> {
    let last = beginning.chars().last().filter(|letter| matches!(letter, 'a'..='y'))?;
    let next = char::from_u32(u32::from(last) + 1)?;
    Some(format!("{}{next}", &beginning[..beginning.len() - 1]))
}

/// One page of the list, and whether there is more after it.
pub async fn page(tx: &mut Tx, permit: &ListPermit, wanted: &Wanted) -> Stored<(Vec<Line>, bool)> {
    let (condition, mut values) = condition(permit, wanted);
    let sql = format!(
        "SELECT c.id, c.case_number, p.given_names, p.family_names, c.stage, c.phase, c.programme_id, u.title AS unit, f.shown_name AS facilitator, c.order_ends_on, c.latest_start_on, c.started_on \
         FROM cases c JOIN people p ON p.id = c.person_id JOIN units u ON u.id = c.unit_id LEFT JOIN accounts f ON f.id = c.facilitator_id \
         WHERE {condition} ORDER BY {} LIMIT ${} OFFSET ${}",
        order(&wanted.by, wanted.descending),
        values.len() + 1,
        values.len() + 2
    );
    values.extend([Value::Whole(PER_PAGE + 1), Value::Whole(wanted.offset)]);
    let raw: Vec<Raw> = on!(tx, |c| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for value in &values {
            query = match value {
                Value::Id(id) => query.bind(*id),
                Value::Text(text) => query.bind(text.as_str()),
                Value::Whole(number) => query.bind(*number),
            };
        }
        query.fetch_all(c)
    })?;
    let more = raw.len() > usize::try_from(PER_PAGE).unwrap_or(0);
    let lines = raw.into_iter().take(usize::try_from(PER_PAGE).unwrap_or(0)).map(line).collect::<Stored<Vec<_>>>()?;
    Ok((lines, more))
}

fn line(raw: Raw) -> Stored<Line> {
    Ok(Line {
        id: raw.id,
        case_number: raw.case_number,
        name: format!("{} {}", raw.given_names, raw.family_names),
        stage: raw.stage,
        phase: raw.phase,
        programme: raw.programme_id,
        unit: raw.unit,
        facilitator: raw.facilitator,
        order_ends_on: some_day(raw.order_ends_on.as_deref())?,
        latest_start_on: some_day(raw.latest_start_on.as_deref())?,
        started_on: some_day(raw.started_on.as_deref())?,
    })
}

/// Places the reader works at: id and name.
pub async fn places(tx: &mut Tx, permit: &ListPermit) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT DISTINCT u.id, u.title FROM units u JOIN memberships m ON m.unit_id = u.id WHERE m.account_id = $1 ORDER BY u.title"
    )
    .bind(permit.holder().account)
    .fetch_all(c))?)
}

/// Facilitators of the places the reader works at: id and name.
pub async fn facilitators(tx: &mut Tx, permit: &ListPermit) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT DISTINCT a.id, a.shown_name FROM accounts a JOIN memberships f ON f.account_id = a.id AND f.role = 'facilitator' \
         JOIN memberships m ON m.unit_id = f.unit_id WHERE m.account_id = $1 ORDER BY a.shown_name, a.id"
    )
    .bind(permit.holder().account)
    .fetch_all(c))?)
}
