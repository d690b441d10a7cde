//! After saving: the signature, amendments, and make-ups waived or done with the sheet.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::attendance::RecordState;
use fairway_domain::dates::parse_date;
use fairway_domain::permission::Action;
use fairway_site::{Form, Need, Problem};
use uuid::Uuid;

use super::pages::again;
use super::show::{Loaded, load};
use super::store_after;
use crate::db::StoreError;
use crate::measures;
use crate::web::{Error, Guard, Posted, WebResult, carried_out_once, see_other};

const AMENDMENT: usize = 10_000;

fn to(id: Uuid) -> String {
    format!("/sessions/{id}")
}

/// Shows the session as it is now, with one sentence about why nothing was done.
async fn changed(guard: &Guard, id: Uuid, problem: &'static str) -> WebResult<Response> {
    let mut reader = guard.clone();
    reader.action = Action::SeeSession;
    let (mut tx, permit) = reader.session(id).await?;
    let loaded = load(&reader, &mut tx, &permit).await?;
    tx.commit().await?;
    let mut form = Form::new();
    form.fault("", Problem::new(problem));
    again(&reader, &permit, &loaded, form, StatusCode::CONFLICT)
}

/// `POST /sessions/{id}/signature`: signs what the page showed, and nothing that came after.
pub async fn signing(guard: Guard, Path(id): Path<Uuid>, Posted { once, revision, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &to(id)).await? {
        return Ok(see_other(&went));
    }
    let loaded = load(&guard, &mut tx, &permit).await?;
    let Some(whole) = &loaded.whole else { return Err(Error::Conflict) };
    let saved = RecordState::Saved { by: guard.actor.id, at: whole.record.saved_at };
    if saved.sign(guard.actor.id, guard.now).is_err() {
        return Err(Error::Conflict);
    }
    match store_after::sign(&mut tx, &permit, revision.unwrap_or(0)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&to(id)))
        }
        Err(StoreError::Stale) => {
            drop(tx);
            changed(&guard, id, "sessions-fault-changed").await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /sessions/{id}/amendments`: about the session or one member of it; the original stays as it is.
pub async fn amending(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let loaded = load(&guard, &mut tx, &permit).await?;
    let Some(whole) = &loaded.whole else { return Err(Error::Conflict) };
    let text = form.long_text("amendment", Need::Required, AMENDMENT);
    let about = form.reference("about", Need::Optional);
    let member = about.and_then(|case| loaded.members.iter().find(|member| member.case == case));
    if about.is_some() && member.is_none() {
        form.fault("about", Problem::new("form-fault-choice"));
    }
    let (Some(text), false) = (text, form.has_faults()) else {
        tx.commit().await?;
        return again(&guard, &permit, &loaded, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &to(id)).await? {
        return Ok(see_other(&went));
    }
    store_after::amend(&mut tx, &guard.app, &permit, whole.record.id, member, &text).await?;
    tx.commit().await?;
    Ok(see_other(&to(id)))
}

/// The case of a make-up that followed from this session.
fn case_of(loaded: &Loaded, make_up: Uuid) -> WebResult<Uuid> {
    let rows = loaded.whole.iter().flat_map(|whole| &whole.make_ups);
    rows.filter(|row| row.id == make_up).map(|row| row.case).next().ok_or(Error::NotFound)
}

/// `POST /sessions/{id}/make-ups/{make_up}/waiver`: nothing will be made up, and why.
pub async fn waiving(guard: Guard, Path((id, make_up)): Path<(Uuid, Uuid)>, Posted { mut form, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let loaded = load(&guard, &mut tx, &permit).await?;
    if !loaded.could(&guard, Action::SeeSession) {
        return Err(Error::Forbidden);
    }
    let case = case_of(&loaded, make_up)?;
    let Some(reason) = form.long_text("waiver", Need::Required, 2_000) else {
        tx.commit().await?;
        return again(&guard, &permit, &loaded, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    match store_after::waive(&mut tx, &permit, &loaded.members, case, make_up, &reason).await {
        Err(StoreError::Stale) => {
            drop(tx);
            changed(&guard, id, "sessions-fault-make-up").await
        }
        done => {
            done?;
            tx.commit().await?;
            Ok(see_other(&to(id)))
        }
    }
}

/// `POST /sessions/{id}/make-ups/{make_up}/completion`: done with the participant sheet.
pub async fn completing(guard: Guard, Path((id, make_up)): Path<(Uuid, Uuid)>, Posted { mut form, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let loaded = load(&guard, &mut tx, &permit).await?;
    if !loaded.could(&guard, Action::SeeSession) {
        return Err(Error::Forbidden);
    }
    let case = case_of(&loaded, make_up)?;
    let on = form.date_with("done_on", Need::Required, |text| parse_date(text).ok());
    let minutes = form.whole("took", Need::Required, 0..=480);
    let held_on = loaded.whole.as_ref().map(|whole| whole.record.held_on);
    if on.is_some_and(|on| on > guard.today || held_on.is_some_and(|held| on < held)) {
        form.fault("done_on", Problem::new("sessions-fault-done-on"));
    }
    let (Some(on), Some(minutes), false) = (on, minutes, form.has_faults()) else {
        tx.commit().await?;
        return again(&guard, &permit, &loaded, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    match store_after::complete(&mut tx, &permit, case, make_up, on, minutes).await {
        Err(StoreError::Stale) => {
            drop(tx);
            changed(&guard, id, "sessions-fault-make-up").await
        }
        done => {
            done?;
            measures::refresh_present(&mut tx, &guard.app, &permit, &loaded.plan.session, &[case]).await?;
            tx.commit().await?;
            Ok(see_other(&to(id)))
        }
    }
}
