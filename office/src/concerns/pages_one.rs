//! One concern: what was seen, who sees to it, until when, and what came of it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::concern::{ConcernRefused, Outcome, Status};
use fairway_site::{Choice, Fact, Form, Frame, L, Need, Problem};
use uuid::Uuid;

use super::pages::{WORDS_MAX, law, shown};
use super::store::{self, Kept};
use crate::db::{StoreError, Tx};
use crate::web::{CasePermit, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

#[derive(Template)]
#[template(path = "concerns/show.html")]
struct ShowPage {
    frame: Frame,
    l: L,
    form: Form,
    id: Uuid,
    case: Uuid,
    number: String,
    person: String,
    facts: Vec<Fact>,
    overdue: bool,
    open: bool,
    words: String,
    help: String,
    cite: String,
    outcome: String,
    outcome_words: String,
    closed: String,
    owners: Vec<Choice>,
    outcomes: Vec<Choice>,
    revision: i64,
    once: String,
    may_close: bool,
}

async fn show_page(guard: &Guard, tx: &mut Tx, permit: &CasePermit, id: Uuid, kept: Kept, form: Form) -> WebResult<ShowPage> {
    let named = store::named(tx, permit).await?;
    let owners = store::owners(tx, permit).await?;
    let (l, zone) = (guard.l, &guard.app.zone);
    let concern = &kept.concern;
    let rule = law(guard, &named)?.concern(concern.kind);
    let title = rule
        .map_or_else(|| l.t(&format!("concerns-kind-{}", concern.kind)).into_owned(), |rule| rule.title.in_language(l.code()).to_owned());
    let facts = vec![
        Fact::new(l.t("concerns-owner"), &kept.owner),
        Fact::new(l.t("concerns-due"), l.instant(concern.due_at, zone)),
        Fact::bare(l.t2("concerns-recorded-by", "name", &kept.recorded_by, "at", l.instant(concern.recorded_at, zone))),
    ];
    let (outcome, closed) = match concern.status {
        Status::Open => (String::new(), String::new()),
        Status::Closed { outcome, closed_at, .. } => (
            l.t(&format!("concerns-outcome-{outcome}")).into_owned(),
            l.t2("concerns-closed-by", "name", kept.closed_by.clone().unwrap_or_default(), "at", l.instant(closed_at, zone)).into_owned(),
        ),
    };
    Ok(ShowPage {
        frame: guard.frame(title),
        l,
        form,
        id,
        case: permit.case(),
        person: shown(&named.given_names, &named.family_names),
        number: named.case_number.clone(),
        facts,
        overdue: concern.is_overdue(guard.now),
        open: concern.is_open(),
        words: kept.words,
        help: rule.map(|rule| rule.help.in_language(l.code()).to_owned()).unwrap_or_default(),
        cite: rule.map(|rule| rule.cite.clone()).unwrap_or_default(),
        outcome,
        outcome_words: kept.outcome_words.unwrap_or_default(),
        closed,
        owners: owners
            .iter()
            .filter(|(owner, _)| *owner != concern.owner)
            .map(|(owner, name)| Choice::new(owner.to_string(), name))
            .collect(),
        outcomes: Outcome::ALL.iter().map(|outcome| Choice::new(outcome.code(), l.t(&format!("concerns-outcome-{outcome}")))).collect(),
        revision: kept.revision,
        once: guard.app.new_id().to_string(),
        may_close: concern.is_open(),
    })
}

/// The page again, with what was typed: nothing was changed.
async fn again(guard: &Guard, mut tx: Tx, permit: &CasePermit, id: Uuid, form: Form, status: StatusCode) -> WebResult<Response> {
    let kept = store::load(&mut tx, permit, id).await?;
    let shown = show_page(guard, &mut tx, permit, id, kept, form).await?;
    tx.commit().await?;
    page_with(status, &shown)
}

/// `GET /concerns/{id}`
pub async fn show(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.concern(id).await?;
    let kept = store::load(&mut tx, &permit, id).await?;
    let shown = show_page(&guard, &mut tx, &permit, id, kept, Form::new()).await?;
    tx.commit().await?;
    page(&shown)
}

/// What a refusal of the rules is about, and how it is answered.
fn refuse(form: &mut Form, refused: &ConcernRefused) -> StatusCode {
    let (field, problem, status) = match refused {
        ConcernRefused::NoOutcome => ("outcome", "concerns-fault-no-outcome", StatusCode::UNPROCESSABLE_ENTITY),
        ConcernRefused::NoWords => ("done", "concerns-fault-no-words", StatusCode::UNPROCESSABLE_ENTITY),
        ConcernRefused::SameOwner => ("owner", "concerns-fault-same-owner", StatusCode::UNPROCESSABLE_ENTITY),
        ConcernRefused::BeforeRecording => ("", "concerns-fault-before", StatusCode::UNPROCESSABLE_ENTITY),
        ConcernRefused::AlreadyClosed { .. } => ("", "concerns-fault-closed", StatusCode::CONFLICT),
    };
    form.fault(field, Problem::new(problem));
    status
}

/// `POST /concerns/{id}/owner`
pub async fn handing_over(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.concern(id).await?;
    let owners = store::owners(&mut tx, &permit).await?;
    let owner = form.reference("owner", Need::Required);
    if owner.is_some_and(|owner| !owners.iter().any(|(known, _)| *known == owner)) {
        form.fault("owner", Problem::new("form-fault-choice"));
    }
    let (Some(owner), false) = (owner, form.has_faults()) else {
        return again(&guard, tx, &permit, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    // Whoever hands a concern over may have no further business with it.
    let leads_to = "/concerns".to_owned();
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let kept = store::load(&mut tx, &permit, id).await?;
    let handed = match kept.concern.hand_over(owner) {
        Ok(handed) => handed,
        Err(refused) => {
            drop(tx);
            return refused_again(&guard, id, form, &refused).await;
        }
    };
    match store::hand_over(&mut tx, &permit, id, revision.unwrap_or(-1), &handed).await {
        Err(StoreError::Stale) => {
            drop(tx);
            stale_again(&guard, id, form).await
        }
        outcome => {
            outcome?;
            tx.commit().await?;
            Ok(see_other(&leads_to))
        }
    }
}

/// `POST /concerns/{id}/closing`
pub async fn closing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.concern(id).await?;
    let outcome = form.choice_as("outcome", Need::Optional, Outcome::from_code);
    let words = form.long_text("done", Need::Optional, WORDS_MAX).unwrap_or_default();
    if form.has_faults() {
        return again(&guard, tx, &permit, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let leads_to = format!("/concerns/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let kept = store::load(&mut tx, &permit, id).await?;
    let closed = match kept.concern.close(outcome, &words, guard.actor.id, guard.now) {
        Ok(closed) => closed,
        Err(refused) => {
            drop(tx);
            return refused_again(&guard, id, form, &refused).await;
        }
    };
    match store::close(&mut tx, &permit, id, revision.unwrap_or(-1), &closed, &words).await {
        Err(StoreError::Stale) => {
            drop(tx);
            stale_again(&guard, id, form).await
        }
        outcome => {
            outcome?;
            tx.commit().await?;
            Ok(see_other(&leads_to))
        }
    }
}

/// Asked again in a transaction of its own: the one before it, with its mark that the form was carried out, is dropped.
async fn refused_again(guard: &Guard, id: Uuid, mut form: Form, refused: &ConcernRefused) -> WebResult<Response> {
    let status = refuse(&mut form, refused);
    let (tx, permit) = guard.concern(id).await?;
    again(guard, tx, &permit, id, form, status).await
}

async fn stale_again(guard: &Guard, id: Uuid, mut form: Form) -> WebResult<Response> {
    form.fault("", Problem::new("concerns-fault-stale"));
    let (tx, permit) = guard.concern(id).await?;
    again(guard, tx, &permit, id, form, StatusCode::CONFLICT).await
}
