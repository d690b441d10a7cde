//! What a report is filled from: attendance, dose, needs, goals and the number of concerns in its days.

use crate::db::{Stored, Tx};
use crate::on;
use crate::vault::Sealed;
use crate::web::CasePermit;

/// The days a report tells of, as the database writes them.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    /// The first.
    pub from: &'a str,
    /// The last.
    pub to: &'a str,
}

/// A session held in the days told of.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Held {
    /// Its id in the definition.
    pub session: String,
    /// How the person was there.
    pub presence: String,
    /// Minutes the person was there.
    pub minutes: i64,
    /// Minutes planned.
    pub planned: i64,
    /// Minutes made up afterwards, if it was.
    pub made_up: Option<i64>,
}

/// The sessions of the case held in these days. Sessions that only make up for another are told with that one.
pub async fn held(tx: &mut Tx, permit: &CasePermit, days: Days<'_>) -> Stored<Vec<Held>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT a.session, a.presence, a.minutes, p.minutes AS planned, m.minutes AS made_up FROM attendances a \
         JOIN session_records r ON r.id = a.record_id JOIN planned_sessions p ON p.id = r.planned_id \
         LEFT JOIN make_ups m ON m.attendance_id = a.id AND m.standing = 'done' \
         WHERE a.case_id = $1 AND a.held_on >= $2 AND a.held_on <= $3 AND a.made_up_for IS NULL ORDER BY a.held_on, a.id"
    )
    .bind(permit.case())
    .bind(days.from)
    .bind(days.to)
    .fetch_all(c))?)
}

/// The last judgement of each target until the end of these days: target and verdict.
pub async fn needs(tx: &mut Tx, permit: &CasePermit, days: Days<'_>) -> Stored<Vec<(String, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT target, verdict FROM (SELECT target, verdict, ROW_NUMBER() OVER (PARTITION BY target ORDER BY judged_on DESC, recorded_at DESC, id DESC) AS place \
         FROM need_judgements WHERE case_id = $1 AND judged_on <= $2) AS judged WHERE place = 1 ORDER BY target"
    )
    .bind(permit.case())
    .bind(days.to)
    .fetch_all(c)
    })?)
}

/// The goals open in these days, in the person's own words.
pub async fn goals(tx: &mut Tx, permit: &CasePermit, days: Days<'_>) -> Stored<Vec<String>> {
    let rows: Vec<(Sealed,)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT words_sealed FROM goals WHERE case_id = $1 AND set_on <= $3 AND (closed_on IS NULL OR closed_on >= $2) ORDER BY set_on, id"
    )
    .bind(permit.case())
    .bind(days.from)
    .bind(days.to)
    .fetch_all(c)
    })?;
    rows.iter().map(|(words,)| permit.key().open("goals.words", words)).collect()
}

/// How many concerns were recorded in these days, and how many of them are still open.
pub async fn concerns(tx: &mut Tx, permit: &CasePermit, days: Days<'_>) -> Stored<(i64, i64)> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT COUNT(*), COALESCE(CAST(SUM(CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END) AS BIGINT), 0) FROM concerns WHERE case_id = $1 AND recorded_at >= $2 AND SUBSTR(recorded_at, 1, 10) <= $3"
    )
    .bind(permit.case())
    .bind(days.from)
    .bind(days.to)
    .fetch_one(c)
    })?)
}
