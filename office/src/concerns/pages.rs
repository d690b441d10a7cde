//! Recording a concern: one short form, reached from anywhere.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::concern::{Concern, ConcernKind};
use fairway_domain::jurisdiction::Jurisdiction;
use fairway_site::{Choice, Form, Frame, L, Need, Problem};
use uuid::Uuid;

use super::store::{self, Named};
use crate::db::Tx;
use crate::reports;
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

/// The longest text a concern may have, in characters.
pub(super) const WORDS_MAX: usize = 20_000;

#[derive(Template)]
#[template(path = "concerns/new.html")]
struct NewPage {
    frame: Frame,
    l: L,
    form: Form,
    case: Uuid,
    number: String,
    person: String,
    kinds: Vec<Choice>,
    owners: Vec<Choice>,
    once: String,
    unchecked: bool,
}

/// The jurisdiction file of a case's place.
pub(super) fn law<'a>(guard: &'a Guard, named: &Named) -> WebResult<&'a Jurisdiction> {
    guard
        .app
        .content
        .jurisdiction(&named.jurisdiction)
        .map(AsRef::as_ref)
        .ok_or_else(|| Error::internal(&format!("no jurisdiction file {}", named.jurisdiction)))
}

/// The name a person is shown by.
pub(super) fn shown(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}

/// The kinds of concern, with what to do and until when.
fn kinds(l: L, law: &Jurisdiction) -> Vec<Choice> {
    let choice = |rule: &fairway_domain::jurisdiction::ConcernRule| {
        let hint = l.t2("concerns-kind-hint", "help", rule.help.in_language(l.code()), "hours", rule.due_within_hours);
        Choice::new(rule.id.code(), rule.title.in_language(l.code())).hint(hint)
    };
    law.concerns.iter().map(choice).collect()
}

async fn new_page(guard: &Guard, tx: &mut Tx, permit: &CasePermit, form: Form) -> WebResult<NewPage> {
    let named = store::named(tx, permit).await?;
    let owners = store::owners(tx, permit).await?;
    let law = law(guard, &named)?;
    Ok(NewPage {
        frame: guard.frame(guard.l.t("concerns-new-title")),
        l: guard.l,
        form,
        case: permit.case(),
        person: shown(&named.given_names, &named.family_names),
        kinds: kinds(guard.l, law),
        owners: owners.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
        once: guard.app.new_id().to_string(),
        unchecked: !law.is_checked(),
        number: named.case_number,
    })
}

/// `GET /cases/{id}/concerns/new`
pub async fn new(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let form = Form::fill(&[("owner", guard.actor.id.to_string())]);
    let shown = new_page(&guard, &mut tx, &permit, form).await?;
    tx.commit().await?;
    page(&shown)
}

/// `POST /cases/{id}/concerns`
pub async fn recording(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let named = store::named(&mut tx, &permit).await?;
    let owners = store::owners(&mut tx, &permit).await?;
    let kind = form.choice_as("kind", Need::Required, ConcernKind::from_code);
    let rule = kind.and_then(|kind| law(&guard, &named).ok()?.concern(kind));
    if kind.is_some() && rule.is_none() {
        form.fault("kind", Problem::new("form-fault-choice"));
    }
    let words = form.long_text("words", Need::Required, WORDS_MAX);
    let owner = form.reference("owner", Need::Required);
    if owner.is_some_and(|owner| !owners.iter().any(|(known, _)| *known == owner)) {
        form.fault("owner", Problem::new("form-fault-choice"));
    }
    let (Some(rule), Some(words), Some(owner), false) = (rule, words, owner, form.has_faults()) else {
        let shown = new_page(&guard, &mut tx, &permit, form).await?;
        tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    let concern_id = guard.app.new_id();
    let leads_to = format!("/concerns/{concern_id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let concern = Concern::record(rule.id, owner, guard.now, rule.due_within_hours);
    store::record(&mut tx, &permit, concern_id, &concern, &words).await?;
    guard.made(&mut tx, "concern", concern_id).await?;
    // The law may demand a report at once.
    reports::refresh_due(&mut tx, &guard.app, &permit).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
