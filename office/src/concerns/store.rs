//! Concerns in the database, reached by the permit of their case.

use fairway_domain::concern::{Concern, ConcernKind, Outcome, Status};
use jiff::Timestamp;
use uuid::Uuid;

use crate::app::instant_text;
use crate::db::{StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

const BODY: &str = "concerns.body_sealed";
const OUTCOME: &str = "concerns.outcome_sealed";

/// Whose case a concern is about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Named {
    /// The case's number.
    pub case_number: String,
    /// The person's given names.
    pub given_names: String,
    /// The person's family names.
    pub family_names: String,
    /// The jurisdiction file of the place.
    pub jurisdiction: String,
}

/// The person and the place of a case.
pub async fn named(tx: &mut Tx, permit: &CasePermit) -> Stored<Named> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT k.case_number, p.given_names, p.family_names, u.jurisdiction FROM cases k JOIN people p ON p.id = k.person_id JOIN units u ON u.id = k.unit_id WHERE k.id = $1"
    )
    .bind(permit.case())
    .fetch_one(c)
    })?)
}

/// Who may own a concern: everybody at the place who works on cases.
pub async fn owners(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id, a.shown_name FROM accounts a WHERE a.standing = 'active' AND a.id IN \
         (SELECT m.account_id FROM memberships m WHERE m.unit_id = $1 AND m.role IN ('coordinator', 'facilitator', 'treatment-manager')) ORDER BY a.shown_name, a.id"
    )
    .bind(permit.unit())
    .fetch_all(c)
    })?)
}

/// Writes a concern just recorded, with its words sealed.
pub async fn record(tx: &mut Tx, permit: &CasePermit, id: Uuid, concern: &Concern, words: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO concerns (id, case_id, unit_id, kind, body_sealed, owner_id, account_id, recorded_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
            .bind(id)
            .bind(permit.case())
            .bind(permit.unit())
            .bind(concern.kind.code())
            .bind(permit.key().seal(BODY, words)?)
            .bind(concern.owner)
            .bind(permit.holder().account)
            .bind(instant_text(concern.recorded_at))
            .bind(instant_text(concern.due_at))
    )
    .map(drop)
}

/// A concern with its words opened.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The rules' view of it.
    pub concern: Concern,
    /// What was seen or said.
    pub words: String,
    /// The owner's name.
    pub owner: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// What was done about it.
    pub outcome_words: Option<String>,
    /// Its revision, for forms.
    pub revision: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    body_sealed: Sealed,
    owner_id: Uuid,
    owner: String,
    recorded_by: String,
    recorded_at: String,
    due_at: String,
    closed_at: Option<String>,
    closed_by_id: Option<Uuid>,
    closed_by: Option<String>,
    outcome: Option<String>,
    outcome_sealed: Option<Sealed>,
    revision: i64,
}

/// A concern of the permit's case.
pub async fn load(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<Kept> {
    let row: Row = on!(tx, |c| {
        sqlx::query_as(
        "SELECT k.kind, k.body_sealed, k.owner_id, o.shown_name AS owner, r.shown_name AS recorded_by, k.recorded_at, k.due_at, k.closed_at, \
         k.closed_by AS closed_by_id, d.shown_name AS closed_by, k.outcome, k.outcome_sealed, k.revision \
         FROM concerns k JOIN accounts o ON o.id = k.owner_id JOIN accounts r ON r.id = k.account_id LEFT JOIN accounts d ON d.id = k.closed_by \
         WHERE k.id = $1 AND k.case_id = $2"
    )
    .bind(id)
    .bind(permit.case())
    .fetch_one(c)
    })?;
    let status = match (row.closed_at, row.closed_by_id, row.outcome) {
        (Some(at), Some(by), Some(outcome)) => {
            Status::Closed { outcome: coded::<Outcome>(&outcome)?, closed_at: instant(&at)?, closed_by: by }
        }
        _ => Status::Open,
    };
    let concern = Concern {
        kind: coded::<ConcernKind>(&row.kind)?,
        owner: row.owner_id,
        recorded_at: instant(&row.recorded_at)?,
        due_at: instant(&row.due_at)?,
        status,
    };
    Ok(Kept {
        concern,
        words: permit.key().open(BODY, &row.body_sealed)?,
        owner: row.owner,
        recorded_by: row.recorded_by,
        closed_by: row.closed_by,
        outcome_words: permit.key().open_some(OUTCOME, row.outcome_sealed.as_ref())?,
        revision: row.revision,
    })
}

/// Hands an open concern over; [`StoreError::Stale`] when it changed since `revision`.
pub async fn hand_over(tx: &mut Tx, permit: &CasePermit, id: Uuid, revision: i64, concern: &Concern) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE concerns SET owner_id = $4, revision = revision + 1 WHERE id = $1 AND case_id = $2 AND revision = $3 AND closed_at IS NULL")
            .bind(id)
            .bind(permit.case())
            .bind(revision)
            .bind(concern.owner)
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Closes an open concern; [`StoreError::Stale`] when it changed since `revision`.
pub async fn close(tx: &mut Tx, permit: &CasePermit, id: Uuid, revision: i64, concern: &Concern, words: &str) -> Stored<()> {
    let Status::Closed { outcome, closed_at, closed_by } = concern.status else { return Err(StoreError::Refused) };
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE concerns SET closed_at = $4, closed_by = $5, outcome = $6, outcome_sealed = $7, revision = revision + 1 WHERE id = $1 AND case_id = $2 AND revision = $3 AND closed_at IS NULL"
        )
        .bind(id)
        .bind(permit.case())
        .bind(revision)
        .bind(instant_text(closed_at))
        .bind(closed_by)
        .bind(outcome.code())
        .bind(permit.key().seal(OUTCOME, words)?)
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

fn coded<T: std::str::FromStr>(code: &str) -> Stored<T>
where
    T::Err: std::fmt::Display,
{
    code.parse().map_err(|error: T::Err| StoreError::Unreadable(error.to_string()))
}

fn instant(text: &str) -> Stored<Timestamp> {
    text.parse().map_err(|error: jiff::Error| StoreError::Unreadable(error.to_string()))
}
