//! Reports in the database, reached by the permit of their case.

use fairway_domain::report::ReportDue;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::due::written;
use crate::app::{App, instant_text};
use crate::cases::store::day;
use crate::cases::store_entered;
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

const BODY: &str = "case_reports.body_sealed";

/// The jurisdiction file of the case's place.
pub async fn jurisdiction(tx: &mut Tx, permit: &CasePermit) -> Stored<String> {
    let row: (String,) = on!(tx, |c| sqlx::query_as("SELECT jurisdiction FROM units WHERE id = $1").bind(permit.unit()).fetch_one(c))?;
    Ok(row.0)
}

/// Whether the permit's holder works on the case.
pub async fn works_on(tx: &mut Tx, permit: &CasePermit) -> Stored<bool> {
    let row: (i64,) = on!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM case_staff WHERE case_id = $1 AND account_id = $2")
        .bind(permit.case())
        .bind(permit.holder().account)
        .fetch_one(c))?;
    Ok(row.0 > 0)
}

/// When each phase was entered, as corrections have left it.
pub async fn phases_begun(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(String, Date)>> {
    store_entered::of_case(tx, permit).await
}

/// When each session was last held for the case, whether the person was there or not.
pub async fn sessions_held(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(String, Date)>> {
    let rows: Vec<(String, String)> =
        on!(tx, |c| sqlx::query_as("SELECT session, MAX(held_on) FROM attendances WHERE case_id = $1 GROUP BY session")
            .bind(permit.case())
            .fetch_all(c))?;
    rows.into_iter().map(|(session, on)| Ok((session, day(&on)?))).collect()
}

/// Concerns of the case: kind and when recorded.
pub async fn concerns(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(String, Timestamp)>> {
    let rows: Vec<(String, String)> =
        on!(tx, |c| sqlx::query_as("SELECT kind, recorded_at FROM concerns WHERE case_id = $1").bind(permit.case()).fetch_all(c))?;
    rows.into_iter().map(|(kind, at)| Ok((kind, instant(&at)?))).collect()
}

fn instant(text: &str) -> Stored<Timestamp> {
    text.parse().map_err(|error: jiff::Error| StoreError::Unreadable(error.to_string()))
}

/// Adds the reports that fall due and takes away those that no longer do and that nobody has begun to write.
pub async fn keep_due(tx: &mut Tx, app: &App, permit: &CasePermit, wanted: &[ReportDue]) -> Stored<()> {
    let there: Vec<(Uuid, String, String, String)> =
        on!(tx, |c| sqlx::query_as("SELECT id, rule, due_on, standing FROM case_reports WHERE case_id = $1")
            .bind(permit.case())
            .fetch_all(c))?;
    let wanted: Vec<(String, String, &ReportDue)> = wanted.iter().map(|due| (written(&due.rule), due.due_on.to_string(), due)).collect();
    let stale = there
        .iter()
        .any(|(_, rule, on, standing)| standing == "due" && !wanted.iter().any(|(known, due_on, _)| known == rule && due_on == on));
    if stale {
        // Rare (a case ended, was reopened, or its start was corrected): all that nobody has touched are laid anew.
        run!(tx, sqlx::query("DELETE FROM case_reports WHERE case_id = $1 AND standing = 'due'").bind(permit.case()))?;
    }
    let stays = |rule: &str, on: &str| {
        there.iter().any(|(_, known, due_on, standing)| known == rule && due_on == on && !(stale && standing == "due"))
    };
    let mut rows =
        Batch::new("case_reports", &["id", "case_id", "unit_id", "rule", "due_on", "covers_from_on", "covers_to_on", "standing"]);
    for (rule, on, due) in wanted.iter().filter(|(rule, on, _)| !stays(rule, on)) {
        let (from, to) = (due.covers_from.to_string(), due.covers_to.to_string());
        rows.push(vec![
            app.new_id().into(),
            permit.case().into(),
            permit.unit().into(),
            rule.clone().into(),
            on.clone().into(),
            from.into(),
            to.into(),
            "due".into(),
        ]);
    }
    rows.write(tx).await
}

/// A report as lists and pages know it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// The report.
    pub id: Uuid,
    /// `law:…`, `programme:…` or `addition:…`.
    pub rule: String,
    /// The last day to sign it.
    pub due_on: String,
    /// The first day it tells of.
    pub covers_from_on: String,
    /// The last day it tells of.
    pub covers_to_on: String,
    /// `due`, `draft`, `signed` or `not-needed`.
    pub standing: String,
    /// What was written, sealed.
    pub body_sealed: Option<Sealed>,
    /// Who wrote last, or signed.
    pub writer: Option<String>,
    /// When it was signed.
    pub signed_at: Option<String>,
    /// Its revision, for forms.
    pub revision: i64,
}

const ROW: &str =
    "r.id, r.rule, r.due_on, r.covers_from_on, r.covers_to_on, r.standing, r.body_sealed, a.shown_name AS writer, r.signed_at, r.revision";

/// Every report of the case, by its day.
pub async fn of_case(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Row>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {ROW} FROM case_reports r LEFT JOIN accounts a ON a.id = r.account_id WHERE r.case_id = $1 ORDER BY r.due_on, r.rule"
    ));
    Ok(on!(tx, |c| sqlx::query_as(sql).bind(permit.case()).fetch_all(c))?)
}

/// One report of the case.
pub async fn load(tx: &mut Tx, permit: &CasePermit, id: Uuid) -> Stored<Row> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {ROW} FROM case_reports r LEFT JOIN accounts a ON a.id = r.account_id WHERE r.id = $1 AND r.case_id = $2"
    ));
    Ok(on!(tx, |c| sqlx::query_as(sql).bind(id).bind(permit.case()).fetch_one(c))?)
}

/// A section of a report as it is kept: which, and its words.
pub type Section = (String, String);

/// The words of a report, if somebody has written any.
pub fn body(permit: &CasePermit, row: &Row) -> Stored<Option<Vec<Section>>> {
    let text = permit.key().open_some(BODY, row.body_sealed.as_ref())?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::Unreadable(error.to_string()))).transpose()
}

fn sealed(permit: &CasePermit, sections: &[Section]) -> Stored<Sealed> {
    let text = serde_json::to_string(sections).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    permit.key().seal(BODY, &text)
}

/// Saves a draft; [`StoreError::Stale`] when the report changed since `revision` or was signed.
pub async fn save(tx: &mut Tx, permit: &CasePermit, id: Uuid, revision: i64, sections: &[Section]) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE case_reports SET standing = 'draft', body_sealed = $4, account_id = $5, revision = revision + 1 WHERE id = $1 AND case_id = $2 AND revision = $3 AND standing IN ('due', 'draft')")
            .bind(id)
            .bind(permit.case())
            .bind(revision)
            .bind(sealed(permit, sections)?)
            .bind(permit.holder().account)
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Signs a report with these words; [`StoreError::Stale`] when it changed since `revision` or was signed. From here on
/// the database refuses every change.
pub async fn sign(tx: &mut Tx, permit: &CasePermit, id: Uuid, revision: i64, sections: &[Section]) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE case_reports SET standing = 'signed', body_sealed = $4, account_id = $5, signed_at = $6, revision = revision + 1 \
             WHERE id = $1 AND case_id = $2 AND revision = $3 AND standing IN ('due', 'draft')"
        )
        .bind(id)
        .bind(permit.case())
        .bind(revision)
        .bind(sealed(permit, sections)?)
        .bind(permit.holder().account)
        .bind(instant_text(permit.holder().now))
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Begins an addition to a signed report: a report of its own, over the same days, due today.
pub async fn add(tx: &mut Tx, permit: &CasePermit, id: Uuid, of: &Row) -> Stored<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO case_reports (id, case_id, unit_id, rule, due_on, covers_from_on, covers_to_on, standing) VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft')")
            .bind(id)
            .bind(permit.case())
            .bind(permit.unit())
            .bind(format!("addition:{id}"))
            .bind(permit.holder().today.to_string())
            .bind(&of.covers_from_on)
            .bind(&of.covers_to_on)
    )
    .map(drop)
}
