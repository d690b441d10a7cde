//! What is done on the page of suitability: judging, deciding, putting on the waiting list.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::case::{Event, Refused, StageKind};
use fairway_domain::programme::Level;
use fairway_domain::suitability::{Judgement, weigh};
use fairway_site::{Form, Need, Problem};
use uuid::Uuid;

use super::fields::day;
use super::pages_suitability::{Sent, page_of};
use super::store_suitability as store;
use crate::cases::life::{self, LifeError};
use crate::db::{StoreError, Tx};
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page_with, see_other};

/// The page again, with a status of its own; nothing of the request lasts but its row in the log.
async fn again(tx: Tx, guard: &Guard, id: Uuid, status: StatusCode, sent: Sent) -> WebResult<Response> {
    drop(tx);
    let (mut tx, permit) = guard.case(id).await?;
    let shown = page_of(&mut tx, guard, &permit, sent).await?;
    guard.listed(&mut tx, "case", &shown.others_listed()).await?;
    tx.commit().await?;
    page_with(status, &shown)
}

/// `POST /cases/{case}/suitability`: keeps every judgement that is new or differs from the newest.
pub async fn judging(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}/suitability");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let definition = life::definition(&guard.app, permit.programme())?;
    let all = store::judgements(&mut tx, &permit).await?;
    let on = day(&mut form, "judged-on", Need::Required);
    if on.is_some_and(|on| on > guard.today) {
        form.fault("judged-on", Problem::new("referral-in-future"));
    }
    let mut fresh = Vec::new();
    for criterion in &definition.suitability {
        let (verdict, reason) = (format!("verdict-{}", criterion.id), format!("reason-{}", criterion.id));
        let judgement = form.choice_as(&verdict, Need::Optional, Judgement::from_code);
        let why = form.long_text(&reason, Need::Optional, 5_000);
        match judgement {
            None if why.is_some() => form.fault(&verdict, Problem::new("suitability-verdict-missing")),
            None => {}
            Some(Judgement::Met | Judgement::NotMet) if why.is_none() => form.fault(&reason, Problem::new("suitability-reason-missing")),
            Some(judgement) => {
                let before = all.iter().find(|judged| judged.criterion == criterion.id);
                let same = before.is_some_and(|judged| judged.judgement == judgement && judged.reason == why.clone().unwrap_or_default());
                if !same {
                    fresh.push((criterion.id.clone(), judgement, why));
                }
            }
        }
    }
    let (Some(on), false) = (on, form.has_faults()) else {
        return again(tx, &guard, id, StatusCode::UNPROCESSABLE_ENTITY, Sent::Judging(form)).await;
    };
    store::add(&mut tx, &guard.app, &permit, on, &fresh).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// `POST /cases/{case}/suitability/decision`
pub async fn deciding(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}/suitability");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let decision = form.choice("decision", Need::Required, &["suitable", "not-suitable", "against-rule"]);
    let on = day(&mut form, "on", Need::Required);
    let comment = form.long_text("comment", Need::Optional, 5_000);
    let (Some(decision), Some(on)) = (decision, on) else {
        return again(tx, &guard, id, StatusCode::UNPROCESSABLE_ENTITY, Sent::Deciding(form)).await;
    };
    let definition = life::definition(&guard.app, permit.programme())?;
    let weighed = weigh(&definition.suitability, &store::latest(&store::judgements(&mut tx, &permit).await?));
    let event = match decision.as_str() {
        "not-suitable" => Event::JudgeNotSuitable,
        other => Event::JudgeSuitable { verdict: weighed.verdict(other == "against-rule") },
    };
    match life::apply(&mut tx, &guard.app, &permit, event, on, comment.as_deref()).await {
        Ok(_) => {}
        Err(LifeError::Store(error)) => return Err(error.into()),
        Err(LifeError::Refused(refused)) => {
            blame(&guard, &mut form, &refused);
            return again(tx, &guard, id, StatusCode::UNPROCESSABLE_ENTITY, Sent::Deciding(form)).await;
        }
    }
    tx.commit().await?;
    // A case that ended is no longer judged; its own page tells what happened.
    Ok(see_other(&leads_to))
}

/// `POST /cases/{case}/waiting`: risk and need, the track that follows, and the waiting list; for somebody who waits
/// already, risk and need anew.
pub async fn queueing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let waits = permit.stage() == StageKind::Waiting.code();
    let level = |text: &str| Level::ALL.into_iter().find(|level| level.id() == text);
    let risk = form.choice_as("risk", Need::Required, level);
    let need = form.choice_as("need", Need::Required, level);
    let on = if waits { Some(guard.today) } else { day(&mut form, "on", Need::Required) };
    let (Some(risk), Some(need), Some(on)) = (risk, need, on) else {
        return again(tx, &guard, id, StatusCode::UNPROCESSABLE_ENTITY, Sent::Queueing(form)).await;
    };
    match queue(&mut tx, &guard, &permit, (risk, need), (!waits).then_some(on)).await {
        Ok(()) => {}
        Err(LifeError::Refused(refused)) => {
            blame(&guard, &mut form, &refused);
            return again(tx, &guard, id, StatusCode::UNPROCESSABLE_ENTITY, Sent::Queueing(form)).await;
        }
        // Neither suitable nor waiting any more.
        Err(LifeError::Store(StoreError::Stale)) => {
            form.fault("", Problem::new("suitability-not-from-here"));
            return again(tx, &guard, id, StatusCode::CONFLICT, Sent::Queueing(form)).await;
        }
        Err(LifeError::Store(error)) => return Err(Error::from(error)),
    }
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

async fn queue(
    tx: &mut Tx,
    guard: &Guard,
    permit: &CasePermit,
    levels: (Level, Level),
    on: Option<jiff::civil::Date>,
) -> Result<(), LifeError> {
    let (risk, need) = levels;
    let definition = life::definition(&guard.app, permit.programme())?;
    let track = definition.track_for(risk, need).ok_or_else(|| StoreError::Unreadable(format!("no track for {risk:?} and {need:?}")))?;
    store::set_levels(tx, permit, risk, need, &track.id).await?;
    if let Some(on) = on {
        life::apply(tx, &guard.app, permit, Event::PutOnList, on, None).await?;
    }
    life::refresh_latest_start(tx, &guard.app, permit).await?;
    Ok(())
}

/// A refusal beside the field it is about.
fn blame(guard: &Guard, form: &mut Form, refused: &Refused) {
    let l = guard.l;
    let (field, problem) = match refused {
        Refused::InFuture { .. } => ("on", Problem::new("referral-in-future")),
        Refused::BeforePrevious { previous, .. } => ("on", Problem::new("suitability-before").arg("date", l.date(*previous))),
        Refused::CommentMissing { .. } => ("comment", Problem::new("suitability-comment-missing")),
        Refused::RuleNotMet { unmet, .. } => ("decision", Problem::new("suitability-rule-not-met").arg("count", *unmet)),
        _ => ("", Problem::new("suitability-not-from-here")),
    };
    form.fault(field, problem);
}
