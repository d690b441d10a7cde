//! Making a change of a case: every one is a page with a form, and is carried out once.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::case::{CaseDate, Event, Verdict};
use fairway_domain::dates::parse_date;
use fairway_domain::permission::{Action, Role};
use fairway_domain::programme::Level;
use fairway_site::{Form, Need, Problem};
use uuid::Uuid;

use super::change::{self, Change};
use super::head::Shown;
use super::life::{self, LifeError};
use super::{gates, refusal, store, store_change, store_facts, store_overview};
use crate::accounts::store as accounts;
use crate::db::{StoreError, Tx};
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};
use crate::{measures, planning};

/// The longest comment.
const COMMENT_MAX: usize = 4_000;

/// Why a change was not made: the form says it, or the record changed meanwhile, or something broke.
enum Not {
    Faulty,
    Stale,
    Broken(Error),
}

impl From<StoreError> for Not {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Broken(other.into()),
        }
    }
}

async fn show(guard: &Guard, id: Uuid, change: Change) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, guard, &permit).await?;
    if !change.fits(&shown) {
        tx.commit().await?;
        return Ok(see_other(&shown.href()));
    }
    let form = change::fresh(guard, &shown, change);
    let template = change::page(&mut tx, guard, &permit, &shown, change, form, false).await?;
    tx.commit().await?;
    page(&template)
}

async fn carry_out(guard: &Guard, id: Uuid, posted: Posted, change: Change) -> WebResult<Response> {
    let Posted { mut form, once, revision } = posted;
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}");
    if let Some(went) = carried_out_once(&mut tx, guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let shown = Shown::load(&mut tx, guard, &permit).await?;
    let outcome = if revision.is_some_and(|revision| revision != shown.row.revision) {
        Err(Not::Stale)
    } else {
        make(&mut tx, guard, &permit, &shown, change, &mut form).await
    };
    let status = match outcome {
        Ok(()) => {
            tx.commit().await?;
            // Whoever handed the case to another place may no longer see it.
            let gone = change == Change::Transfer && guard.case_for(id, Action::SeeCase).await.is_err();
            return Ok(see_other(if gone { "/cases" } else { &leads_to }));
        }
        Err(Not::Broken(error)) => return Err(error),
        Err(Not::Stale) => StatusCode::CONFLICT,
        Err(Not::Faulty) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    // Nothing of the attempt is kept; the page is served under a log row of its own.
    drop(tx);
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, guard, &permit).await?;
    let template = change::page(&mut tx, guard, &permit, &shown, change, form, status == StatusCode::CONFLICT).await?;
    tx.commit().await?;
    page_with(status, &template)
}

async fn make(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown, change: Change, form: &mut Form) -> Result<(), Not> {
    match change {
        Change::Facilitator => return assign(tx, guard, permit, shown, form).await,
        Change::Levels => return set_levels(tx, guard, permit, shown, form).await,
        _ => {}
    }
    let on =
        if change == Change::Correction { Some(guard.today) } else { form.date_with("on", Need::Required, |text| parse_date(text).ok()) };
    let comment = form.long_text(
        "comment",
        if matches!(change, Change::Reopening | Change::Correction) { Need::Required } else { Need::Optional },
        COMMENT_MAX,
    );
    let event = event(tx, guard, permit, shown, change, form).await?;
    let (Some(on), Some(event), false) = (on, event, form.has_faults()) else { return Err(Not::Faulty) };
    match life::apply(tx, &guard.app, permit, event, on, comment.as_deref()).await {
        Ok(_) => Ok(()),
        Err(LifeError::Refused(refused)) => {
            let (field, problem) = refusal::problem(guard.l, &refused);
            // The day typed in a correction is the corrected one.
            form.fault(if change == Change::Correction && field == "on" { "to" } else { field }, problem);
            Err(Not::Faulty)
        }
        Err(LifeError::Store(StoreError::Duplicate)) => Err(Not::Stale),
        Err(LifeError::Store(error)) => Err(error.into()),
    }
}

/// The event the form asks for; faults go into the form.
async fn event(
    tx: &mut Tx,
    guard: &Guard,
    permit: &CasePermit,
    shown: &Shown,
    change: Change,
    form: &mut Form,
) -> Result<Option<Event>, Not> {
    let definition = shown.definition();
    let ids = |list: &[fairway_domain::programme::Reason]| list.iter().map(|reason| reason.id.clone()).collect::<Vec<_>>();
    Ok(match change {
        Change::Start | Change::Phase => {
            if change == Change::Start {
                if shown.row.facilitator_id.is_none() {
                    form.fault("", Problem::new("cases-lacks-facilitator"));
                }
                if shown.row.track.is_none() {
                    form.fault("", Problem::new("cases-lacks-track"));
                }
            }
            let Some(asked) = gates::to_next(tx, permit, &shown.case, definition).await? else {
                form.fault("", Problem::new("cases-refused-phase"));
                return Ok(None);
            };
            let verdict = against(guard, shown, form, asked.verdict);
            asked.to.map(
                |(phase, _)| if change == Change::Start { Event::Start { phase, verdict } } else { Event::EnterPhase { phase, verdict } },
            )
        }
        Change::Completion => {
            let asked = gates::to_completion(tx, permit, &shown.case, &shown.row, definition).await?;
            Some(Event::Complete { verdict: against(guard, shown, form, asked.verdict) })
        }
        Change::Ending => {
            form.choice("reason", Need::Required, &ids(&definition.reasons.ended_early)).map(|reason| Event::EndEarly { reason })
        }
        Change::NeverStarted => {
            form.choice("reason", Need::Required, &ids(&definition.reasons.never_started)).map(|reason| Event::NeverStart { reason })
        }
        Change::Reopening => Some(Event::Reopen),
        Change::Correction => {
            let what = form.choice_as("what", Need::Required, |code| code.parse::<CaseDate>().ok());
            let to = form.date_with("to", Need::Required, |text| parse_date(text).ok());
            what.zip(to).map(|(what, to)| Event::Correct { what, to })
        }
        Change::Transfer => {
            if store_overview::group(tx, permit).await?.is_some() {
                form.fault("", Problem::new("cases-transfer-in-group"));
            }
            let unit = form.reference("place", Need::Required);
            let known = accounts::units(tx).await?;
            if unit.is_some_and(|unit| !known.iter().any(|known| known.id == unit)) {
                form.fault("place", Problem::new("form-fault-choice"));
            }
            unit.map(|unit| Event::Transfer { unit })
        }
        Change::Facilitator | Change::Levels => None,
    })
}

/// The verdict as it goes into the event: against the rule only by somebody who may, with a reason in the comment.
fn against(guard: &Guard, shown: &Shown, form: &mut Form, verdict: Verdict) -> Verdict {
    if verdict == Verdict::Met || !form.flag("against") {
        return verdict;
    }
    if !shown.could(guard, Action::OpenGateAgainstRule) {
        form.fault("", Problem::new("cases-gate-who-opens"));
        return verdict;
    }
    verdict.overridden()
}

async fn assign(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown, form: &mut Form) -> Result<(), Not> {
    let staff = accounts::staff(tx, shown.row.unit_id, Role::Facilitator).await?;
    let ids: Vec<String> = staff.iter().map(|(id, _)| id.to_string()).collect();
    if form.choice("facilitator", Need::Required, &ids).is_none() {
        return Err(Not::Faulty);
    }
    let Some(facilitator) = form.id("facilitator") else { return Err(Not::Faulty) };
    store_change::assign(tx, permit, facilitator, shown.row.revision).await?;
    replan(tx, guard, permit, shown).await
}

async fn set_levels(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown, form: &mut Form) -> Result<(), Not> {
    let definition = shown.definition();
    let risk = form.choice_as("risk", Need::Required, store::level);
    let need = form.choice_as("need", Need::Required, store::level);
    let ids: Vec<String> = definition.tracks.iter().map(|track| track.id.clone()).collect();
    let chosen = form.choice("track", Need::Optional, &ids);
    let (Some(risk), Some(need), false) = (risk, need, form.has_faults()) else { return Err(Not::Faulty) };
    let (risk, need): (Level, Level) = (risk, need);
    let Some(track) = chosen.or_else(|| definition.track_for(risk, need).map(|track| track.id.clone())) else {
        form.fault("track", Problem::new("form-fault-missing"));
        return Err(Not::Faulty);
    };
    store_change::set_levels(tx, permit, risk.id(), need.id(), &track, shown.row.revision).await?;
    // Another track has other last sessions.
    measures::refresh(tx, &guard.app, permit).await?;
    life::refresh_latest_start(tx, &guard.app, permit).await?;
    if shown.row.track.as_ref() == Some(&track) { Ok(()) } else { replan(tx, guard, permit, shown).await }
}

/// Lays out the sessions of the phase the case is in anew.
async fn replan(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown) -> Result<(), Not> {
    if let Some(phase) = shown.row.phase.as_deref() {
        planning::plan_phase(tx, &guard.app, permit, phase, guard.today).await?;
    }
    Ok(())
}

/// `POST /cases/{id}/confirmations`: a professional confirms, by name, that a condition of a gate holds.
pub async fn confirming(guard: Guard, Path(id): Path<Uuid>, Posted { form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let back = Change::ALL
        .iter()
        .find(|change| change.code() == form.value("back"))
        .map_or_else(|| format!("/cases/{id}"), |change| format!("/cases/{id}/{}", change.code()));
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let condition = form.value("condition");
    let gates = shown
        .definition()
        .phases
        .iter()
        .find(|phase| phase.exit.iter().chain(&phase.entry).any(|asked| gates::confirmed_by(asked).as_deref() == Some(condition)));
    let Some(phase) = gates else { return Err(Error::Unreadable) };
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &back).await? {
        return Ok(see_other(&went));
    }
    let made = store_facts::confirm(&mut tx, &guard.app, &permit, &phase.id, condition, form.value("holds") == "yes").await?;
    guard.made(&mut tx, "confirmation", made).await?;
    tx.commit().await?;
    Ok(see_other(&back))
}

macro_rules! change_pages {
    ($($change:ident: $get:ident $post:ident;)*) => { $(
        /// The form of this change.
        pub async fn $get(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
            show(&guard, id, Change::$change).await
        }
        /// Carries it out.
        pub async fn $post(guard: Guard, Path(id): Path<Uuid>, posted: Posted) -> WebResult<Response> {
            carry_out(&guard, id, posted, Change::$change).await
        }
    )* };
}
change_pages! {
    Facilitator: facilitator assigning;
    Levels: levels setting_levels;
    Start: start starting;
    Phase: phase moving;
    Completion: completion completing;
    Ending: ending ending_early;
    NeverStarted: never_started never_starting;
    Reopening: reopening reopening_now;
    Correction: correction correcting;
    Transfer: transfer transferring;
}
