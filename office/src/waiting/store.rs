//! The waiting list in the database: one page of it, and how many there are.

use fairway_domain::programme::Level;
use fairway_domain::referral::DayPart;
use fairway_domain::schedule::ALARM_DAYS;
use fairway_domain::waiting::{AlarmKind, Waiting};
use jiff::ToSpan as _;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::{StoreError, Stored, Tx};
use crate::on;
use crate::web::ListPermit;

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    /// One place; nothing for all the permit reaches.
    pub place: Option<Uuid>,
    /// A stored definition.
    pub programme: Option<Uuid>,
    /// A language tag.
    pub language: Option<String>,
    /// A weekday (0 is Monday) and a part of the day on which the person can come.
    pub slot: Option<(u8, DayPart)>,
    /// How pressing the start is.
    pub alarm: Option<AlarmKind>,
    /// Assessed risk.
    pub risk: Option<Level>,
}

/// How many wait, and how many of them are pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub total: i64,
    /// Their latest start has passed.
    pub passed: i64,
    /// It is within eight weeks.
    pub within: i64,
}

/// One who waits.
#[derive(Debug, Clone)]
pub struct Row {
    /// What the rules of the list need.
    pub waiting: Waiting<Uuid>,
    /// The case's number.
    pub case_number: String,
    /// Given and family names.
    pub name: String,
    /// The place's name.
    pub place: String,
    /// The stored definition.
    pub programme: Uuid,
    /// The track.
    pub track: Option<String>,
    /// Language tag.
    pub language: String,
    /// Codes of responsivity needs.
    pub responsivity: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct RawRow {
    id: Uuid,
    case_number: String,
    given_names: String,
    family_names: String,
    place: String,
    programme_id: Uuid,
    track: Option<String>,
    waiting_since_on: Option<String>,
    order_ends_on: Option<String>,
    latest_start_on: Option<String>,
    risk_level: Option<String>,
    spoken_language: String,
    responsivity: String,
}

fn day(text: Option<&str>) -> Stored<Option<Date>> {
    text.map(str::parse).transpose().map_err(|_| StoreError::Unreadable("a date of the waiting list".to_owned()))
}

impl TryFrom<RawRow> for Row {
    type Error = StoreError;

    fn try_from(raw: RawRow) -> Stored<Self> {
        let waiting = Waiting {
            id: raw.id,
            waiting_since: day(raw.waiting_since_on.as_deref())?
                .ok_or_else(|| StoreError::Unreadable(format!("case {} waits since no day", raw.id)))?,
            order_ends_on: day(raw.order_ends_on.as_deref())?,
            latest_start_on: day(raw.latest_start_on.as_deref())?,
            risk: raw.risk_level.as_deref().and_then(|text| Level::ALL.into_iter().find(|level| level.id() == text)),
        };
        Ok(Self {
            waiting,
            case_number: raw.case_number,
            name: format!("{} {}", raw.given_names, raw.family_names),
            place: raw.place,
            programme: raw.programme_id,
            track: raw.track,
            language: raw.spoken_language,
            responsivity: raw.responsivity.split_whitespace().map(str::to_owned).collect(),
        })
    }
}

/// A value bound to a place in a statement.
#[derive(Debug, Clone)]
enum Value {
    Id(Uuid),
    Text(String),
}

/// The condition of a list and its values, from static fragments only.
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    fn add(&mut self, fragment: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(&fragment.replace('?', &format!("${}", self.values.len())));
    }

    fn of(permit: &ListPermit, narrowed: &Narrowed, today: Date) -> Option<Self> {
        let places: Vec<Uuid> =
            permit.places().iter().copied().filter(|place| narrowed.place.is_none_or(|wanted| wanted == *place)).collect();
        let (first, rest) = places.split_first()?;
        let mut condition = Self { sql: "c.stage = 'waiting' AND c.unit_id IN (".to_owned(), values: Vec::new() };
        condition.add("?", Value::Id(*first));
        for place in rest {
            condition.add(", ?", Value::Id(*place));
        }
        condition.sql.push(')');
        if let Some(programme) = narrowed.programme {
            condition.add(" AND c.programme_id = ?", Value::Id(programme));
        }
        if let Some(language) = &narrowed.language {
            condition.add(" AND c.spoken_language = ?", Value::Text(language.clone()));
        }
        if let Some(risk) = narrowed.risk {
            condition.add(" AND c.risk_level = ?", Value::Text(risk.id().to_owned()));
        }
        if let Some((weekday, part)) = narrowed.slot {
            // A digit a weekday, the parts of the day added up in it; see `domain::referral::Availability`.
            let digits = match part {
                DayPart::Morning => "('1', '3', '5', '7')",
                DayPart::Afternoon => "('2', '3', '6', '7')",
                DayPart::Evening => "('4', '5', '6', '7')",
            };
            condition.sql.push_str(" AND SUBSTR(c.availability, ");
            condition.sql.push_str(&(weekday.min(6) + 1).to_string());
            condition.sql.push_str(", 1) IN ");
            condition.sql.push_str(digits);
        }
        let (now, soon) = (today.to_string(), soon(today));
        match narrowed.alarm {
            None => {}
            Some(AlarmKind::Passed) => condition.add(" AND c.latest_start_on < ?", Value::Text(now)),
            Some(AlarmKind::Within) => {
                condition.add(" AND c.latest_start_on >= ?", Value::Text(now));
                condition.add(" AND c.latest_start_on <= ?", Value::Text(soon));
            }
            Some(AlarmKind::Fine) => condition.add(" AND c.latest_start_on > ?", Value::Text(soon)),
            Some(AlarmKind::NoOrderEnd) => condition.sql.push_str(" AND c.latest_start_on IS NULL"),
        }
        Some(condition)
    }
}

/// The last day on which a latest start raises the alarm.
fn soon(today: Date) -> String {
    today.saturating_add(i64::from(ALARM_DAYS).days()).to_string()
}

/// What the list is sorted by; the first when nothing is said.
pub const COLUMNS: &[&str] = &["latest-start", "days-waited", "risk", "order-end", "name"];

fn order(by: &str, descending: bool) -> &'static str {
    match (by, descending) {
        // Fewest days first is the newest first.
        ("days-waited", false) => "c.waiting_since_on DESC, c.id DESC",
        ("days-waited", true) => "c.waiting_since_on, c.id",
        ("risk", false) => {
            "c.risk_level IS NULL, CASE c.risk_level WHEN 'low' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, c.waiting_since_on, c.id"
        }
        ("risk", true) => {
            "c.risk_level IS NULL, CASE c.risk_level WHEN 'low' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END, c.waiting_since_on, c.id"
        }
        ("order-end", false) => "c.order_ends_on IS NULL, c.order_ends_on, c.waiting_since_on, c.id",
        ("order-end", true) => "c.order_ends_on IS NULL, c.order_ends_on DESC, c.waiting_since_on, c.id",
        ("name", false) => "c.sort_name, c.id",
        ("name", true) => "c.sort_name DESC, c.id DESC",
        (_, false) => "c.latest_start_on IS NULL, c.latest_start_on, c.waiting_since_on, c.id",
        (_, true) => "c.latest_start_on IS NULL, c.latest_start_on DESC, c.waiting_since_on, c.id",
    }
}

/// How many wait.
pub async fn counts(tx: &mut Tx, permit: &ListPermit, narrowed: &Narrowed) -> Stored<Counts> {
    let today = permit.holder().today;
    let Some(mut condition) = Condition::of(permit, narrowed, today) else { return Ok(Counts::default()) };
    let at = condition.values.len();
    condition.values.extend([Value::Text(today.to_string()), Value::Text(soon(today))]);
    let sql = format!(
        "SELECT COUNT(*), COALESCE(CAST(SUM(CASE WHEN c.latest_start_on < ${now} THEN 1 ELSE 0 END) AS BIGINT), 0), \
         COALESCE(CAST(SUM(CASE WHEN c.latest_start_on >= ${now} AND c.latest_start_on <= ${soon} THEN 1 ELSE 0 END) AS BIGINT), 0) FROM cases c WHERE {}",
        condition.sql,
        now = at + 1,
        soon = at + 2
    );
    let (total, passed, within): (i64, i64, i64) = on!(tx, |c| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for value in &condition.values {
            query = match value {
                Value::Id(id) => query.bind(*id),
                Value::Text(text) => query.bind(text.as_str()),
            };
        }
        query.fetch_one(c)
    })?;
    Ok(Counts { total, passed, within })
}

/// One page of the list.
pub async fn page(
    tx: &mut Tx,
    permit: &ListPermit,
    narrowed: &Narrowed,
    by: &str,
    descending: bool,
    (limit, offset): (i64, i64),
) -> Stored<Vec<Row>> {
    let Some(condition) = Condition::of(permit, narrowed, permit.holder().today) else { return Ok(Vec::new()) };
    let order = order(by, descending);
    // The rows of the page first, then their names: joining before sorting would read everybody's.
    let sql = format!(
        "SELECT c.id, c.case_number, p.given_names, p.family_names, u.title AS place, c.programme_id, c.track, c.waiting_since_on, c.order_ends_on, c.latest_start_on, c.risk_level, \
         c.spoken_language, c.responsivity FROM (SELECT * FROM cases c WHERE {} ORDER BY {order} LIMIT {} OFFSET {}) c JOIN people p ON p.id = c.person_id JOIN units u ON u.id = c.unit_id ORDER BY {order}",
        condition.sql,
        limit.max(0),
        offset.max(0)
    );
    let rows: Vec<RawRow> = on!(tx, |c| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for value in &condition.values {
            query = match value {
                Value::Id(id) => query.bind(*id),
                Value::Text(text) => query.bind(text.as_str()),
            };
        }
        query.fetch_all(c)
    })?;
    rows.into_iter().map(Row::try_from).collect()
}
