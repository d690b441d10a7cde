//! Recording a session: the form, its drafts, and the save.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fairway_domain::attendance::{AbsenceReason, AttendanceKind, Contribution, Deviation, RecordState, WriteRefused};
use fairway_domain::permission::Action;
use fairway_site::{Choice, Form, Frame, L, Problem};
use uuid::Uuid;

use super::pages::{Kept, kept_words, show_page};
use super::reading::{Entry, complete, field, filled, fresh, read, strangers};
use super::show::{About, Loaded, load, target_choices};
use super::store_save::{Before, forget_draft, held_by_judgement, keep_draft, save};
use crate::db::{StoreError, Tx};
use crate::web::{Error, Guard, Posted, SessionPermit, WebResult, carried_out_once, page_with, see_other};
use crate::{measures, reports};

/// The fields of one member.
pub(super) struct Card {
    pub name: String,
    pub number: String,
    pub presence: String,
    pub minutes: String,
    pub reason: String,
    pub contribution: String,
    pub seen: String,
    pub target: String,
    pub note: String,
    pub wrong: bool,
    pub owed: bool,
}

#[derive(Template)]
#[template(path = "sessions/recording.html")]
pub(super) struct RecordingPage {
    frame: Frame,
    l: L,
    form: Form,
    about: About,
    id: Uuid,
    cards: Vec<Card>,
    presences: Vec<Choice>,
    contributions: Vec<Choice>,
    reasons: Vec<Choice>,
    targets: Vec<Choice>,
    deviations: Vec<Choice>,
    revision: i64,
    once: Uuid,
    draft_at: Option<String>,
    /// Who changed the record in between, and when.
    overtaken: Option<String>,
    kept: Vec<Kept>,
    saved: bool,
    group: bool,
}

/// A form from the text a draft is kept as.
pub(super) fn form_of(body: &str) -> Form {
    Form::from_pairs(url::form_urlencoded::parse(body.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
}

fn body_of(form: &Form) -> String {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    for name in form.names() {
        if name != "once" && name != "leave" {
            body.append_pair(name, form.value(name));
        }
    }
    body.finish()
}

/// The form as somebody finds it who comes to record: their draft, what was saved, or the plan.
pub(super) fn recording_page(guard: &Guard, permit: &SessionPermit, loaded: &Loaded) -> WebResult<RecordingPage> {
    let l = guard.l;
    let revision = loaded.whole.as_ref().map_or(0, |whole| whole.record.revision);
    let targets = loaded.targets();
    if let Some((body, at)) = &loaded.draft {
        let mut form = form_of(body);
        let seen = form.value("revision").parse().unwrap_or(revision);
        complete(&mut form, &loaded.members, targets);
        let mut page = with_form(guard, permit, loaded, form, seen)?;
        page.draft_at = Some(l.instant(*at, &guard.app.zone));
        page.overtaken = overtaken(guard, loaded).filter(|_| seen != revision);
        return Ok(page);
    }
    let form = match &loaded.whole {
        Some(whole) => filled(l, whole, &loaded.members, targets),
        None => fresh(l, &loaded.plan, &loaded.members, targets),
    };
    with_form(guard, permit, loaded, form, revision)
}

fn overtaken(guard: &Guard, loaded: &Loaded) -> Option<String> {
    let record = &loaded.whole.as_ref()?.record;
    let at = guard.l.instant(record.saved_at, &guard.app.zone);
    Some(guard.l.t2("sessions-overtaken", "who", record.saved_by.clone(), "at", at).into_owned())
}

fn cards(loaded: &Loaded, form: &Form) -> Vec<Card> {
    let card = |member: &super::store::Member| {
        let name = |what| field(what, member.case);
        let names = ["presence", "minutes", "reason", "contribution", "seen", "target", "note"].map(name);
        let wrong = names.iter().any(|name| form.fault_of(name).is_some());
        let [presence, minutes, reason, contribution, seen, target, note] = names;
        Card {
            name: member.name.clone(),
            number: member.number.clone(),
            presence,
            minutes,
            reason,
            contribution,
            seen,
            target,
            note,
            wrong,
            owed: member.owed.is_some(),
        }
    };
    loaded.members.iter().map(card).collect()
}

fn coded(l: L, prefix: &str, codes: &[&str]) -> Vec<Choice> {
    codes
        .iter()
        .map(|code| {
            let hint = format!("{prefix}-{code}-hint");
            let choice = Choice::new(*code, l.t(&format!("{prefix}-{code}")));
            if l.has(&hint) { choice.hint(l.t(&hint)) } else { choice }
        })
        .collect()
}

fn with_form(guard: &Guard, permit: &SessionPermit, loaded: &Loaded, form: Form, revision: i64) -> WebResult<RecordingPage> {
    loaded.session()?;
    let l = guard.l;
    let about = About::of(guard, permit, loaded);
    let lost = strangers(&form, &loaded.members);
    let kept = kept_words(l, loaded, &Form::fill(&lost.iter().map(|name| (name.clone(), form.value(name).to_owned())).collect::<Vec<_>>()));
    Ok(RecordingPage {
        frame: guard.frame(&about.title),
        l,
        cards: cards(loaded, &form),
        form,
        id: permit.session(),
        presences: coded(l, "sessions-presence", AttendanceKind::CODES),
        contributions: coded(l, "sessions-contribution", Contribution::CODES),
        reasons: coded(l, "sessions-reason", AbsenceReason::CODES),
        targets: target_choices(l, loaded),
        deviations: coded(l, "sessions-deviation", Deviation::CODES),
        revision,
        once: guard.app.new_id(),
        draft_at: None,
        overtaken: None,
        kept,
        saved: loaded.whole.is_some(),
        group: !loaded.plan.group_title.is_empty(),
        about,
    })
}

/// Holds the entry against the rules of the record's life and of what already rests on it.
fn refuse(guard: &Guard, loaded: &Loaded, entry: &Entry, form: &mut Form) {
    let begins = entry.held_on.to_datetime(entry.at).to_zoned_datetime(guard.app.zone.clone()).map_or(guard.now, |at| at.timestamp());
    let state = match &loaded.whole {
        Some(whole) => RecordState::Saved { by: guard.actor.id, at: whole.record.saved_at },
        None => RecordState::begin(guard.actor.id, guard.now),
    };
    let missing = loaded.members.len().saturating_sub(entry.members.len());
    match state.save(guard.actor.id, guard.now, begins, missing) {
        Err(WriteRefused::BeforeSession) => form.fault("held_on", Problem::new("sessions-fault-future")),
        Err(_) => form.fault("", Problem::new("sessions-fault-members")),
        Ok(_) => {}
    }
    if loaded.members.is_empty() {
        form.fault("", Problem::new("sessions-fault-nobody"));
    }
    for case in loaded.whole.iter().flat_map(|whole| held_by_judgement(whole, entry)) {
        form.fault(&field("seen", case), Problem::new("sessions-fault-cited").arg("who", loaded.name(case)));
    }
}

/// `POST /sessions/{id}`: saves the record whole, or says what is wrong with it and saves nothing.
pub async fn recording(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = match guard.session(id).await {
        Err(Error::Forbidden) => return signed_meanwhile(guard, id, form).await,
        other => other?,
    };
    let loaded = load(&guard, &mut tx, &permit).await?;
    if loaded.plan.standing == "cancelled" {
        return Err(Error::Conflict);
    }
    let entry = read(&mut form, &loaded.members, loaded.targets());
    if let Some(entry) = &entry {
        refuse(&guard, &loaded, entry, &mut form);
    }
    let Some(entry) = entry.filter(|_| !form.has_faults()) else {
        tx.commit().await?;
        let seen = revision.unwrap_or(0);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &with_form(&guard, &permit, &loaded, form, seen)?);
    };
    let to = format!("/sessions/{id}");
    match carried_out_once(&mut tx, &guard, once, &to).await {
        Ok(None) => {}
        Ok(Some(went)) => return Ok(see_other(&went)),
        // The same form is being saved at this very moment.
        Err(StoreError::Duplicate) => return Ok(see_other(&to)),
        Err(other) => return Err(other.into()),
    }
    let before =
        Before { plan: &loaded.plan, session: loaded.session()?, members: &loaded.members, whole: loaded.whole.as_ref(), revision };
    match save(&mut tx, &guard.app, &permit, &before, &entry).await {
        Ok(()) => {
            reports_due(&guard, &mut tx, &permit, &loaded).await?;
            let present: Vec<Uuid> = loaded.members.iter().map(|member| member.case).collect();
            measures::refresh_present(&mut tx, &guard.app, &permit, &loaded.plan.session, &present).await?;
            tx.commit().await?;
            Ok(see_other(&to))
        }
        Err(StoreError::Stale | StoreError::Duplicate) => {
            drop(tx);
            stale(&guard, id, form).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What falls due in writing when the last session of a module or phase was held stands there at once.
async fn reports_due(guard: &Guard, tx: &mut Tx, permit: &SessionPermit, loaded: &Loaded) -> WebResult<()> {
    if reports::falls_due_after(loaded.definition(), &loaded.plan.session) {
        for member in &loaded.members {
            match guard.present(tx, permit, member.case).await {
                Ok(case) => reports::refresh_due(tx, &guard.app, &case).await?,
                // Somebody whose case has ended or gone elsewhere since: no report of ours falls due for them.
                Err(Error::NotFound | Error::Forbidden) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(())
}

/// Somebody saved in between: who and when, with everything typed still in the form.
async fn stale(guard: &Guard, id: Uuid, form: Form) -> WebResult<Response> {
    let (mut tx, permit) = match guard.session(id).await {
        Err(Error::Forbidden) => return signed_meanwhile(guard.clone(), id, form).await,
        other => other?,
    };
    let loaded = load(guard, &mut tx, &permit).await?;
    tx.commit().await?;
    let revision = loaded.whole.as_ref().map_or(0, |whole| whole.record.revision);
    let mut page = with_form(guard, &permit, &loaded, form, revision)?;
    page.overtaken = overtaken(guard, &loaded);
    page_with(StatusCode::CONFLICT, &page)
}

/// Somebody signed in between: the signed record, and beside it the words that found no place in it. Whoever may not
/// record this session at all gets the refusal.
async fn signed_meanwhile(mut guard: Guard, id: Uuid, form: Form) -> WebResult<Response> {
    guard.action = Action::SeeSession;
    let (mut tx, permit) = guard.session(id).await.map_err(|_| Error::Forbidden)?;
    let loaded = load(&guard, &mut tx, &permit).await?;
    if !(loaded.plan.assigned && loaded.plan.standing == "signed" && loaded.could(&guard, Action::AmendSession)) {
        return Err(Error::Forbidden);
    }
    tx.commit().await?;
    let mut page = show_page(&guard, &permit, &loaded, Form::new());
    page.kept = kept_words(guard.l, &loaded, &form);
    page_with(StatusCode::CONFLICT, &page)
}

/// `POST /sessions/{id}/draft`: keeps what is being typed. The script asks for no page; a person who leaves goes to one.
pub async fn drafting(guard: Guard, Path(id): Path<Uuid>, Posted { form, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit): (Tx, SessionPermit) = guard.session(id).await?;
    keep_draft(&mut tx, &permit, &body_of(&form)).await?;
    tx.commit().await?;
    if form.value("leave").is_empty() { Ok(StatusCode::NO_CONTENT.into_response()) } else { Ok(see_other("/today")) }
}

/// `POST /sessions/{id}/draft/removal`
pub async fn removing_draft(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    forget_draft(&mut tx, &permit).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/sessions/{id}")))
}
