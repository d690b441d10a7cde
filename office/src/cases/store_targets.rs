//! Observations, judged needs and goals of a case.

use std::collections::BTreeSet;

use fairway_domain::programme::Model;
use fairway_domain::target::{Bears, Goal, Judgement, Judgements, Need, Observation, Source};
use jiff::civil::Date;
use uuid::Uuid;

use super::store::{day, some_day};
use crate::app::{App, instant_text};
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

/// An observation with what was seen, in words.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What the rules need of it.
    pub observation: Observation,
    /// What was seen; empty when the reader may not read it.
    pub text: String,
    /// Who saw it.
    pub by: String,
}

#[derive(sqlx::FromRow)]
struct RawSeen {
    id: Uuid,
    target: Option<String>,
    lens: Option<String>,
    construct: Option<String>,
    source: String,
    seen_on: String,
    body_sealed: Sealed,
    account_id: Uuid,
    shown_name: String,
}

/// Every observation of the case, the oldest first; `open` says whether the texts are opened.
pub async fn observations(tx: &mut Tx, permit: &CasePermit, open: bool) -> Stored<Vec<Seen>> {
    let rows: Vec<RawSeen> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT o.id, o.target, o.lens, o.construct, o.source, o.seen_on, o.body_sealed, o.account_id, a.shown_name FROM observations o JOIN accounts a ON a.id = o.account_id \
         WHERE o.case_id = $1 ORDER BY o.seen_on, o.recorded_at, o.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|row| {
            let source = row.source.parse::<Source>().map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let mut bears: Vec<Bears> = row.target.into_iter().map(|id| Bears::Target { id }).collect();
            if let (Some(lens), Some(id)) = (row.lens, row.construct) {
                bears.extend(Model::ALL.into_iter().find(|model| model.id() == lens).map(|model| Bears::Construct { model, id }));
            }
            let text = if open { permit.key().open("observations.body", &row.body_sealed)? } else { String::new() };
            Ok(Seen {
                observation: Observation { id: row.id, source, observed_on: day(&row.seen_on)?, by: row.account_id, bears },
                text,
                by: row.shown_name,
            })
        })
        .collect()
}

/// Writes an observation.
pub async fn observe(
    tx: &mut Tx,
    app: &App,
    permit: &CasePermit,
    source: Source,
    seen_on: Date,
    bears: &Bears,
    text: &str,
) -> Stored<Uuid> {
    let id = app.new_id();
    let (target, lens, construct) = match bears {
        Bears::Target { id } => (Some(id.as_str()), None, None),
        Bears::Construct { model, id } => (None, Some(model.id()), Some(id.as_str())),
    };
    let sealed = permit.key().seal("observations.body", text)?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO observations (id, case_id, target, lens, construct, source, seen_on, body_sealed, account_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        )
        .bind(id)
        .bind(permit.case())
        .bind(target)
        .bind(lens)
        .bind(construct)
        .bind(source.code())
        .bind(seen_on.to_string())
        .bind(sealed.clone())
        .bind(permit.holder().account)
        .bind(instant_text(app.now()))
    )?;
    Ok(id)
}

/// What a page tells of a judgement besides the rules' part: its reason and who judged.
#[derive(Debug, Clone)]
pub struct Told {
    /// The reason; empty when there is none or the reader may not read it.
    pub reason: String,
    /// Who judged.
    pub by: String,
}

#[derive(sqlx::FromRow)]
struct RawJudgement {
    id: Uuid,
    target: String,
    verdict: String,
    reason_sealed: Option<Sealed>,
    judged_on: String,
    account_id: Uuid,
    shown_name: String,
}

/// Every judgement of the case, the oldest first, with what is told beside each.
pub async fn judgements(tx: &mut Tx, permit: &CasePermit, open: bool) -> Stored<Vec<(Judgement, Told)>> {
    let rows: Vec<RawJudgement> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT j.id, j.target, j.verdict, j.reason_sealed, j.judged_on, j.account_id, a.shown_name FROM need_judgements j JOIN accounts a ON a.id = j.account_id \
         WHERE j.case_id = $1 ORDER BY j.judged_on, j.recorded_at, j.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    let cited: Vec<(Uuid, Uuid)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT e.judgement_id, e.observation_id FROM judgement_evidence e JOIN need_judgements j ON j.id = e.judgement_id WHERE j.case_id = $1"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|row| {
            let need = row.verdict.parse::<Need>().map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let rests_on = cited.iter().filter(|(judgement, _)| *judgement == row.id).map(|(_, observation)| *observation).collect();
            let reason = if open { permit.key().open_some("need_judgements.reason", row.reason_sealed.as_ref())? } else { None };
            Ok((
                Judgement { target: row.target, need, judged_on: day(&row.judged_on)?, by: row.account_id, cites: rests_on },
                Told { reason: reason.unwrap_or_default(), by: row.shown_name },
            ))
        })
        .collect()
}

/// The judgements as the rules take them.
pub fn as_rules(judgements: &[(Judgement, Told)]) -> Judgements {
    Judgements::stored(judgements.iter().map(|(judgement, _)| judgement.clone()).collect())
}

/// Writes a judgement the rules have taken, with the observations it cites.
pub async fn judge(tx: &mut Tx, app: &App, permit: &CasePermit, judgement: &Judgement, reason: Option<&str>) -> Stored<Uuid> {
    let id = app.new_id();
    let sealed = permit.key().seal_some("need_judgements.reason", reason)?;
    run!(
        tx,
        sqlx::query("INSERT INTO need_judgements (id, case_id, target, verdict, reason_sealed, judged_on, account_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(id)
            .bind(permit.case())
            .bind(&judgement.target)
            .bind(judgement.need.code())
            .bind(sealed.clone())
            .bind(judgement.judged_on.to_string())
            .bind(permit.holder().account)
            .bind(instant_text(app.now()))
    )?;
    let mut rows = Batch::new("judgement_evidence", &["judgement_id", "observation_id"]);
    for observation in judgement.cites.iter().collect::<BTreeSet<_>>() {
        rows.push(vec![id.into(), (*observation).into()]);
    }
    rows.write(tx).await?;
    Ok(id)
}

/// A goal with the participant's words.
#[derive(Debug, Clone)]
pub struct Worded {
    /// What the rules need of it.
    pub goal: Goal,
    /// The participant's words; empty when the reader may not read them.
    pub words: String,
    /// When it was set.
    pub set_on: Date,
    /// When it was reached or given up.
    pub closed_on: Option<Date>,
    /// Counted up with every change.
    pub revision: i64,
}

#[derive(sqlx::FromRow)]
struct RawGoal {
    id: Uuid,
    good: String,
    words_sealed: Sealed,
    set_on: String,
    closed_on: Option<String>,
    revision: i64,
}

/// Every goal of the case, the oldest first.
pub async fn goals(tx: &mut Tx, permit: &CasePermit, open: bool) -> Stored<Vec<Worded>> {
    let rows: Vec<RawGoal> = on!(tx, |c| sqlx::query_as(
        "SELECT id, good, words_sealed, set_on, closed_on, revision FROM goals WHERE case_id = $1 ORDER BY set_on, id"
    )
    .bind(permit.case())
    .fetch_all(c))?;
    let tied: Vec<(Uuid, String)> = on!(tx, |c| sqlx::query_as(
        "SELECT t.goal_id, t.target FROM goal_targets t JOIN goals g ON g.id = t.goal_id WHERE g.case_id = $1"
    )
    .bind(permit.case())
    .fetch_all(c))?;
    rows.into_iter()
        .map(|row| {
            let targets = tied.iter().filter(|(goal, _)| *goal == row.id).map(|(_, target)| target.clone()).collect();
            let words = if open { permit.key().open("goals.words", &row.words_sealed)? } else { String::new() };
            Ok(Worded {
                goal: Goal { id: row.id, good: row.good, targets },
                words,
                set_on: day(&row.set_on)?,
                closed_on: some_day(row.closed_on.as_deref())?,
                revision: row.revision,
            })
        })
        .collect()
}

/// Writes a goal the rules have taken.
pub async fn set_goal(tx: &mut Tx, app: &App, permit: &CasePermit, goal: &Goal, words: &str, set_on: Date) -> Stored<()> {
    let sealed = permit.key().seal("goals.words", words)?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO goals (id, case_id, good, words_sealed, set_on, account_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(goal.id)
        .bind(permit.case())
        .bind(&goal.good)
        .bind(sealed.clone())
        .bind(set_on.to_string())
        .bind(permit.holder().account)
        .bind(instant_text(app.now()))
    )?;
    let mut rows = Batch::new("goal_targets", &["goal_id", "target"]);
    for target in &goal.targets {
        rows.push(vec![goal.id.into(), target.clone().into()]);
    }
    rows.write(tx).await
}

/// Closes a goal of the case. [`StoreError::Stale`] when it was changed or closed meanwhile, or is of another case.
pub async fn close_goal(tx: &mut Tx, permit: &CasePermit, goal: Uuid, on_day: Date, revision: i64) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE goals SET closed_on = $4, revision = revision + 1 WHERE id = $1 AND case_id = $2 AND revision = $3 AND closed_on IS NULL")
            .bind(goal)
            .bind(permit.case())
            .bind(revision)
            .bind(on_day.to_string())
    )?;
    if touched == 0 { Err(StoreError::Stale) } else { Ok(()) }
}
