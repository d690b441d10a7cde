//! What a search asks of the database: a fixed number of questions, each by equality.

use std::collections::BTreeMap;

use fairway_domain::case::StageKind;
use fairway_domain::naming::KeyKind;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::store::closeness;
use crate::db::{StoreError, Stored, Tx};
use crate::on;
use crate::web::ListPermit;

/// The most words that the keys of one search may lead to.
const WORDS: usize = 2_000;
/// The most words of one closeness that cases are looked for by.
const WORDS_A_TIER: usize = 400;
/// The most cases one question gives.
pub const CASES: usize = 120;

/// Words that a typed word may mean, by how close they are.
pub type Meant = BTreeMap<u8, Vec<i64>>;

/// A case that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Given and family names.
    pub name: String,
    /// The day of birth, to tell people of one name apart.
    pub born_on: Date,
    /// The place it belongs to.
    pub unit: Uuid,
    /// That place's name.
    pub place: String,
    /// Where it stands.
    pub stage: StageKind,
    /// Whether the one who asks works on it.
    pub assigned: bool,
}

#[derive(sqlx::FromRow)]
struct RawFound {
    id: Uuid,
    case_number: String,
    given_names: String,
    family_names: String,
    born_on: String,
    unit_id: Uuid,
    place: String,
    stage: String,
    staff: i64,
}

impl TryFrom<RawFound> for Found {
    type Error = StoreError;

    fn try_from(raw: RawFound) -> Stored<Self> {
        let unreadable = || StoreError::Unreadable(format!("case {}", raw.id));
        Ok(Self {
            id: raw.id,
            name: format!("{} {}", raw.given_names, raw.family_names),
            born_on: raw.born_on.parse().map_err(|_| unreadable())?,
            unit: raw.unit_id,
            stage: StageKind::from_code(&raw.stage).ok_or_else(unreadable)?,
            case_number: raw.case_number,
            place: raw.place,
            assigned: raw.staff > 0,
        })
    }
}

#[derive(Debug, Clone)]
enum Value {
    Id(Uuid),
    Whole(i64),
    Text(String),
}

/// A statement written from static fragments, with its values.
#[derive(Debug, Default)]
struct Statement {
    sql: String,
    values: Vec<Value>,
}

impl Statement {
    fn say(&mut self, fragment: &str) -> &mut Self {
        self.sql.push_str(fragment);
        self
    }

    fn value(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        let place = format!("${}", self.values.len());
        self.say(&place)
    }

    fn among(&mut self, column: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        self.say(column).say(" IN (");
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                self.say(", ");
            }
            self.value(value);
        }
        self.say(")")
    }
}

macro_rules! ask {
    ($tx:expr, $statement:expr) => {{
        let Statement { sql, values } = $statement;
        on!($tx, |c| {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for value in &values {
                query = match value {
                    Value::Id(id) => query.bind(*id),
                    Value::Whole(number) => query.bind(*number),
                    Value::Text(text) => query.bind(text.as_str()),
                };
            }
            query.fetch_all(c)
        })
    }};
}

/// The stored words that each of `words` typed words may mean.
pub async fn meant(tx: &mut Tx, words: usize, keys: &[(String, KeyKind, usize, u8)]) -> Stored<Vec<Meant>> {
    let mut all: Vec<Meant> = vec![Meant::new(); words];
    if keys.is_empty() {
        return Ok(all);
    }
    let mut asked = Statement::default();
    asked.say("SELECT search_key, closeness, word_id FROM search_keys WHERE (search_key, closeness) IN (VALUES ");
    for (at, (text, kind, _, _)) in keys.iter().enumerate() {
        asked
            .say(if at == 0 { "(" } else { ", (" })
            .value(Value::Text(text.clone()))
            .say(", ")
            .say(&format!("CAST({} AS BIGINT))", closeness(*kind)));
    }
    asked.say(&format!(") LIMIT {WORDS}"));
    let rows: Vec<(String, i64, i64)> = ask!(tx, asked)?;
    for (text, close, word) in rows {
        for (_, _, at, rank) in keys.iter().filter(|(key, kind, _, _)| *key == text && closeness(*kind) == close) {
            let Some(meant) = all.get_mut(*at) else { continue };
            if !meant.values().any(|known| known.contains(&word)) {
                meant.entry(*rank).or_default().push(word);
            }
        }
    }
    Ok(all)
}

const COLUMNS: &str = "SELECT c.id, c.case_number, p.given_names, p.family_names, p.born_on, c.unit_id, u.title AS place, c.stage, \
    (SELECT COUNT(*) FROM case_staff x WHERE x.case_id = c.id AND x.account_id = ";
const JOINS: &str = ") AS staff FROM cases c JOIN people p ON p.id = c.person_id JOIN units u ON u.id = c.unit_id WHERE ";

fn ids(words: &[i64]) -> Vec<Value> {
    words.iter().take(WORDS_A_TIER).map(|id| Value::Whole(*id)).collect()
}

/// Every word a typed word may mean, the closest first.
fn any(meant: &Meant) -> Vec<i64> {
    meant.values().flatten().copied().collect()
}

/// Cases that answer every typed word: those with a word of one closeness to the driving word at the holder's places
/// (`tier` is its rank), or, with no tier, those the holder works on.
pub async fn cases(tx: &mut Tx, permit: &ListPermit, meant: &[Meant], driver: usize, tier: Option<u8>) -> Stored<Vec<Found>> {
    let Some(leading) = meant.get(driver) else { return Ok(Vec::new()) };
    let words = match tier {
        Some(tier) => leading.get(&tier).cloned().unwrap_or_default(),
        None => any(leading),
    };
    let others: Vec<Vec<i64>> = meant.iter().enumerate().filter(|(at, _)| *at != driver).map(|(_, meant)| any(meant)).collect();
    let reach = if tier.is_some() { !permit.places().is_empty() } else { permit.assigned() };
    if !reach || words.is_empty() || others.iter().any(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let mut asked = Statement::default();
    asked.say(COLUMNS).value(Value::Id(permit.holder().account)).say(JOINS).say("c.id IN (SELECT s.case_id FROM ");
    if tier.is_some() {
        asked.say("search_cases s WHERE ").among("s.unit_id", permit.places().iter().map(|place| Value::Id(*place)));
    } else {
        asked
            .say("case_staff w JOIN search_cases s ON s.case_id = w.case_id WHERE w.account_id = ")
            .value(Value::Id(permit.holder().account));
    }
    asked.say(" AND ").among("s.word_id", ids(&words));
    for other in &others {
        asked.say(" AND EXISTS (SELECT 1 FROM search_cases o WHERE o.case_id = s.case_id AND ").among("o.word_id", ids(other)).say(")");
    }
    asked.say(&format!(" LIMIT {CASES})"));
    let rows: Vec<RawFound> = ask!(tx, asked)?;
    rows.into_iter().map(Found::try_from).collect()
}

/// The cases of these numbers, wherever they are: the caller shows those the account may see.
pub async fn numbered(tx: &mut Tx, permit: &ListPermit, numbers: &[String]) -> Stored<Vec<Found>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked = Statement::default();
    asked
        .say(COLUMNS)
        .value(Value::Id(permit.holder().account))
        .say(JOINS)
        .among("c.case_number", numbers.iter().map(|number| Value::Text(number.clone())));
    let rows: Vec<RawFound> = ask!(tx, asked)?;
    rows.into_iter().map(Found::try_from).collect()
}
