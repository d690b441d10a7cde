//! Responses in the database, reached by the permit of their case.

use jiff::civil::Date;
use uuid::Uuid;

use super::kept::Kept;
use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

/// What answers are sealed as.
pub const ANSWERS: &str = "measure_responses.answers_sealed";

/// A response with its answers opened.
#[derive(Debug, Clone)]
pub struct Response {
    /// Its id.
    pub id: Uuid,
    /// The stored instrument it answers.
    pub instrument: Uuid,
    /// The measure's id in the programme, or the instrument's.
    pub measure: String,
    /// The due point it was taken for; `extra` for none.
    pub point: String,
    /// `open`, `done` or `void`.
    pub standing: String,
    /// How it was taken: `paper`, `professional`, `device` or `link`.
    pub way: String,
    /// Who rated.
    pub rater: String,
    /// The language it was answered in.
    pub language: String,
    /// The day it was answered.
    pub answered_on: Option<Date>,
    /// Answers and scores; nothing before the first answer.
    pub kept: Option<Kept>,
    /// Whether it was entered twice.
    pub twice: bool,
    /// Who entered it or handed it over.
    pub by: String,
    /// When it was begun.
    pub made_at: String,
    /// The concern that an answer raised.
    pub concern: Option<Uuid>,
    /// The response it corrects.
    pub amends: Option<Uuid>,
}

/// A response as the database holds it: [`COLUMNS`] of `measure_responses r` and `accounts a`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    instrument_id: Uuid,
    measure: String,
    point: String,
    standing: String,
    way: String,
    rater: String,
    spoken_language: String,
    answered_on: Option<String>,
    answers_sealed: Option<Sealed>,
    entered_twice: bool,
    concern_id: Option<Uuid>,
    amends_id: Option<Uuid>,
    shown_name: String,
    made_at: String,
}

/// What a [`Row`] is made of.
pub(crate) const COLUMNS: &str = "r.id, r.instrument_id, r.measure, r.point, r.standing, r.way, r.rater, r.spoken_language, r.answered_on, r.answers_sealed, \
    r.entered_twice, r.concern_id, r.amends_id, a.shown_name, r.made_at";
const OF_CASE: &str = "FROM measure_responses r JOIN accounts a ON a.id = r.account_id WHERE r.case_id = $1";

impl Row {
    /// The response's id.
    pub(crate) fn id(&self) -> Uuid {
        self.id
    }

    /// How it is taken.
    pub(crate) fn way(&self) -> &str {
        &self.way
    }
}

/// Opens the answers of a response of the permit's case.
pub(crate) fn opened(permit: &CasePermit, row: Row) -> Stored<Response> {
    let text = permit.key().open_some(ANSWERS, row.answers_sealed.as_ref())?;
    let unreadable = |error: &dyn std::fmt::Display| StoreError::Unreadable(format!("response {}: {error}", row.id));
    let kept = text.map(|text| serde_json::from_str(&text).map_err(|error| unreadable(&error))).transpose()?;
    let answered_on = row.answered_on.as_deref().map(|on| on.parse().map_err(|error: jiff::Error| unreadable(&error))).transpose()?;
    Ok(Response {
        id: row.id,
        instrument: row.instrument_id,
        measure: row.measure,
        point: row.point,
        standing: row.standing,
        way: row.way,
        rater: row.rater,
        language: row.spoken_language,
        answered_on,
        kept,
        twice: row.entered_twice,
        by: row.shown_name,
        made_at: row.made_at,
        concern: row.concern_id,
        amends: row.amends_id,
    })
}

/// Every response of the case, the oldest first. Those that a later one corrects are among them.
pub async fn responses(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Response>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} {OF_CASE} ORDER BY r.answered_on, r.made_at, r.id"));
    let rows: Vec<Row> = on!(tx, |c| sqlx::query_as(sql).bind(permit.case()).fetch_all(c))?;
    rows.into_iter().map(|row| opened(permit, row)).collect()
}

/// Those that stand: handed in, and not corrected since.
pub fn standing(responses: &[Response]) -> Vec<&Response> {
    let corrected = |id: Uuid| responses.iter().any(|other| other.standing == "done" && other.amends == Some(id));
    responses.iter().filter(|response| response.standing == "done" && !corrected(response.id)).collect()
}

/// One response of the case.
pub async fn response(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<Response> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} {OF_CASE} AND r.id = $2"));
    let row: Row = on!(tx, |c| sqlx::query_as(sql).bind(permit.case()).bind(id).fetch_one(c))?;
    opened(permit, row)
}

/// The response that corrects this one, if one does.
pub async fn corrected_by(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<Option<Uuid>> {
    let row: Option<(Uuid,)> =
        on!(tx, |c| sqlx::query_as("SELECT id FROM measure_responses WHERE case_id = $1 AND amends_id = $2 AND standing = 'done'")
            .bind(permit.case())
            .bind(id)
            .fetch_optional(c))?;
    Ok(row.map(|(id,)| id))
}

/// A response about to be kept.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// Its id.
    pub id: Uuid,
    /// The stored instrument.
    pub instrument: Uuid,
    /// The measure's id.
    pub measure: &'a str,
    /// The due point's code, or `extra`.
    pub point: &'a str,
    /// How it is taken.
    pub way: &'a str,
    /// Who rates.
    pub rater: &'a str,
    /// The language.
    pub language: &'a str,
    /// Whether it was entered twice.
    pub twice: bool,
    /// The response it corrects.
    pub amends: Option<Uuid>,
    /// The day and the answers of one that is handed in at once; nothing for one that is opened to be answered.
    pub done: Option<(Date, &'a Kept)>,
    /// The concern it raised.
    pub concern: Option<Uuid>,
}

/// Writes a response.
pub async fn write(tx: &mut Tx, app: &App, permit: &CasePermit, new: &New<'_>) -> Stored<()> {
    let now = instant_text(app.now());
    let sealed = new.done.map(|(_, kept)| sealed(permit, kept)).transpose()?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO measure_responses (id, case_id, instrument_id, measure, point, standing, way, rater, spoken_language, answered_on, answers_sealed, entered_twice, concern_id, amends_id, account_id, made_at, done_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        )
        .bind(new.id)
        .bind(permit.case())
        .bind(new.instrument)
        .bind(new.measure)
        .bind(new.point)
        .bind(if new.done.is_some() { "done" } else { "open" })
        .bind(new.way)
        .bind(new.rater)
        .bind(new.language)
        .bind(new.done.map(|(on, _)| on.to_string()))
        .bind(sealed.clone())
        .bind(new.twice)
        .bind(new.concern)
        .bind(new.amends)
        .bind(permit.holder().account)
        .bind(&now)
        .bind(new.done.map(|_| now.clone()))
    )
    .map(drop)
}

fn sealed(permit: &CasePermit, kept: &Kept) -> Stored<Sealed> {
    let text = serde_json::to_string(kept).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    permit.key().seal(ANSWERS, &text)
}

/// Saves the answers of an open response, and what concern they raised; [`StoreError::Stale`] when it is not open any more.
pub async fn save(tx: &mut Tx, permit: &CasePermit, id: Uuid, kept: &Kept, concern: Option<Uuid>) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE measure_responses SET answers_sealed = $3, concern_id = COALESCE(concern_id, $4) WHERE id = $1 AND case_id = $2 AND standing = 'open'")
            .bind(id)
            .bind(permit.case())
            .bind(sealed(permit, kept)?)
            .bind(concern)
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Hands an open response in.
pub async fn finish(tx: &mut Tx, app: &App, permit: &CasePermit, id: Uuid, on: Date) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE measure_responses SET standing = 'done', answered_on = $3, done_at = $4 WHERE id = $1 AND case_id = $2 AND standing = 'open' AND answers_sealed IS NOT NULL")
            .bind(id)
            .bind(permit.case())
            .bind(on.to_string())
            .bind(instant_text(app.now()))
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Takes an open response back: nobody can answer it any more.
pub async fn take_back(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE measure_responses SET standing = 'void' WHERE id = $1 AND case_id = $2 AND standing = 'open'")
            .bind(id)
            .bind(permit.case())
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
