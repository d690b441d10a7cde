//! Judgements of suitability criteria, kept for good, and the levels a track follows from.

use std::collections::BTreeMap;

use fairway_domain::programme::Level;
use fairway_domain::suitability::Judgement;
use jiff::civil::Date;
use uuid::Uuid;

use crate::app::{App, instant_text};
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

/// One judgement of one criterion.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "dates end in _on")]
pub struct Judged {
    /// The criterion's id in the definition.
    pub criterion: String,
    /// How it was judged.
    pub judgement: Judgement,
    /// Why.
    pub reason: String,
    /// When.
    pub judged_on: Date,
    /// By whom.
    pub by: String,
}

#[derive(sqlx::FromRow)]
struct RawJudged {
    criterion: String,
    verdict: String,
    reason_sealed: Option<Sealed>,
    judged_on: String,
    shown_name: String,
}

/// Every judgement of a case, the newest first.
pub async fn judgements(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Judged>> {
    let rows: Vec<RawJudged> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT j.criterion, j.verdict, j.reason_sealed, j.judged_on, a.shown_name FROM criterion_judgements j JOIN accounts a ON a.id = j.account_id \
         WHERE j.case_id = $1 ORDER BY j.recorded_at DESC, j.id DESC"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|raw| {
            let unreadable = || StoreError::Unreadable(format!("judgement of case {}", permit.case()));
            Ok(Judged {
                judgement: Judgement::from_code(&raw.verdict).ok_or_else(unreadable)?,
                reason: permit.key().open_some("criterion_judgements.reason_sealed", raw.reason_sealed.as_ref())?.unwrap_or_default(),
                judged_on: raw.judged_on.parse().map_err(|_| unreadable())?,
                criterion: raw.criterion,
                by: raw.shown_name,
            })
        })
        .collect()
}

/// The newest judgement of each criterion among all, newest first.
pub fn latest(all: &[Judged]) -> BTreeMap<String, Judgement> {
    let mut latest = BTreeMap::new();
    for judged in all {
        latest.entry(judged.criterion.clone()).or_insert(judged.judgement);
    }
    latest
}

/// Adds judgements made on a day.
pub async fn add(tx: &mut Tx, app: &App, permit: &CasePermit, on: Date, judged: &[(String, Judgement, Option<String>)]) -> Stored<()> {
    let mut rows = Batch::new(
        "criterion_judgements",
        &["id", "case_id", "criterion", "verdict", "reason_sealed", "account_id", "judged_on", "recorded_at"],
    );
    for (criterion, judgement, reason) in judged {
        let sealed = permit.key().seal_some("criterion_judgements.reason_sealed", reason.as_deref())?;
        rows.push(vec![
            app.new_id().into(),
            permit.case().into(),
            criterion.as_str().into(),
            judgement.code().into(),
            sealed.into(),
            permit.holder().account.into(),
            on.to_string().into(),
            instant_text(app.now()).into(),
        ]);
    }
    rows.write(tx).await
}

/// Sets assessed risk and need and the track that follows; the caller reckons the latest start anew.
pub async fn set_levels(tx: &mut Tx, permit: &CasePermit, risk: Level, need: Level, track: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query("UPDATE cases SET risk_level = $2, need_level = $3, track = $4, revision = revision + 1 WHERE id = $1 AND stage IN ('suitable', 'waiting')")
            .bind(permit.case())
            .bind(risk.id())
            .bind(need.id())
            .bind(track)
    )
    .and_then(|touched| if touched == 0 { Err(StoreError::Stale) } else { Ok(()) })
}

/// Ids of the cases of a person besides this one, at the same place: shown beside the judgement.
pub async fn other_cases(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(Uuid, String, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT o.id, o.case_number, o.stage FROM cases c JOIN cases o ON o.person_id = c.person_id AND o.id <> c.id AND o.unit_id = c.unit_id WHERE c.id = $1 ORDER BY o.referred_on DESC LIMIT 10"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?)
}
