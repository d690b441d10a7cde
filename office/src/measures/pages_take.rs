//! How a measure is taken: from paper, on a device handed over, or by a one-time link.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use fairway_site::{Choice, Form, Frame, L, Language, Need, Problem};
use uuid::Uuid;

use super::openings::{self, Secrets, ends_at};
use super::store::{self, New};
use super::subject::{Subject, due_of, subject};
use super::{store_due, store_openings};
use crate::accounts::store as accounts;
use crate::cases::head::{Head, Page, Shown};
use crate::db::Tx;
use crate::web::{CasePermit, Error, Guard, Posted, SignInCookie, WebResult, carried_out_once, page, page_with, read_token, see_other};

/// Digits a PIN has.
const PIN: std::ops::RangeInclusive<usize> = 4..=8;

#[derive(Template)]
#[template(path = "measures/take.html")]
struct TakePage {
    frame: Frame,
    l: L,
    head: Head,
    form: Form,
    title: String,
    notice: String,
    base: String,
    back: String,
    once: String,
    points: Vec<Choice>,
    languages: Vec<Choice>,
    given: bool,
    professional: bool,
    ask: String,
}

/// What a page about taking a measure stands on.
pub(super) struct Ground {
    pub(super) shown: Shown,
    pub(super) subject: Subject,
    pub(super) waiting: String,
}

/// The case and what is to be measured; not found when the program has no such instrument.
pub(super) async fn ground(tx: &mut Tx, guard: &Guard, permit: &CasePermit, measure: &str) -> WebResult<Ground> {
    let shown = Shown::load(tx, guard, permit).await?;
    let subject = subject(&guard.app, guard.l, shown.definition(), measure).ok_or(Error::NotFound)?;
    let known = store_due::known(tx, permit).await?;
    let waiting = subject.waiting(&due_of(&shown, &known, guard.today));
    Ok(Ground { shown, subject, waiting })
}

fn take_page(guard: &Guard, ground: Ground, form: Form) -> TakePage {
    let Ground { shown, subject, .. } = ground;
    let l = guard.l;
    let instrument = &subject.instrument;
    let language = |code: &String| Choice::new(code.clone(), l.t(&format!("measures-language-{code}")));
    TakePage {
        frame: guard.frame(format!("{} · {}", subject.title, shown.row.name())),
        l,
        head: Head::of(guard, &shown, Page::Measures),
        form,
        notice: instrument.licence.notice.in_language(l.code()).to_owned(),
        base: format!("{}/measures/{}", shown.href(), subject.code),
        back: format!("{}/measures", shown.href()),
        once: guard.app.new_id().to_string(),
        points: subject.choices(l, shown.definition()),
        languages: instrument.languages.iter().map(language).collect(),
        given: instrument.can_be_given(),
        professional: instrument.answered_by == fairway_domain::measure::AnsweredBy::Professional,
        ask: instrument.licence.ask.clone().unwrap_or_default(),
        title: subject.title,
    }
}

/// The form as it is first shown: the waiting point, and the person's language where the instrument has it.
fn filled(ground: &Ground) -> Form {
    let languages = &ground.subject.instrument.languages;
    let spoken = languages.iter().find(|language| **language == ground.shown.row.spoken_language).or_else(|| languages.first());
    Form::fill(&[("point", ground.waiting.clone()), ("language", spoken.cloned().unwrap_or_default())])
}

/// `GET /cases/{id}/measures/{measure}/new`
pub async fn take(guard: Guard, Path((id, measure)): Path<(Uuid, String)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let ground = ground(&mut tx, &guard, &permit, &measure).await?;
    tx.commit().await?;
    let form = filled(&ground);
    page(&take_page(&guard, ground, form))
}

/// Writes an open response and its opening.
async fn open(
    tx: &mut Tx,
    guard: &Guard,
    permit: &CasePermit,
    ground: &Ground,
    form: &Form,
    way: &str,
    secrets: &Secrets,
) -> WebResult<()> {
    let response = guard.app.new_id();
    let new = New {
        id: response,
        instrument: ground.subject.instrument_id,
        measure: &ground.subject.code,
        point: form.value("point"),
        way,
        rater: "participant",
        language: form.value("language"),
        twice: false,
        amends: None,
        done: None,
        concern: None,
    };
    store::write(tx, &guard.app, permit, &new).await?;
    let hash = openings::hashed(&secrets.token);
    let mac = guard.app.vault.vouch(&hash, &secrets.secret);
    store_openings::open(tx, permit, response, way, &hash, &mac, ends_at(guard.now, way)).await?;
    guard.made(tx, "response", response).await
}

/// Checks what both ways of giving ask: a known point, a language the instrument has.
fn check(form: &mut Form, subject: &Subject) {
    if !subject.knows(form.value("point")) {
        form.fault("point", Problem::new("form-fault-choice"));
    }
    if !subject.instrument.languages.iter().any(|language| language == form.value("language"))
        || Language::parse(form.value("language")).is_none()
    {
        form.fault("language", Problem::new("form-fault-choice"));
    }
}

/// `POST /cases/{id}/measures/{measure}/device`: the device is handed over; this sign-in ends until the PIN is given.
pub async fn handing(
    guard: Guard,
    Path((id, measure)): Path<(Uuid, String)>,
    headers: HeaderMap,
    Posted { mut form, .. }: Posted,
) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let ground = ground(&mut tx, &guard, &permit, &measure).await?;
    if !ground.subject.instrument.can_be_given() {
        return Err(Error::NotFound);
    }
    check(&mut form, &ground.subject);
    let pin = form.text("pin", Need::Required, 8).filter(|pin| PIN.contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit()));
    if pin.is_none() && form.fault_of("pin").is_none() {
        form.fault("pin", Problem::new("measures-fault-pin"));
    }
    form.set("pin", "");
    let (Some(pin), false) = (pin, form.has_faults()) else {
        tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &take_page(&guard, ground, form));
    };
    let secrets = openings::secrets(&guard.app, Some(pin));
    open(&mut tx, &guard, &permit, &ground, &form, "device", &secrets).await?;
    if let Some(token) = read_token(&headers, guard.app.https) {
        accounts::close_sign_in(&mut tx, &guard.app, &token, guard.actor.id).await?;
    }
    tx.commit().await?;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, SignInCookie { https: guard.app.https }.forget()),
        (header::SET_COOKIE, openings::keep(&guard.app, "device", &secrets.token)),
    ]);
    Ok((cookies, see_other(&format!("/answer/{}", secrets.token))).into_response())
}

#[derive(Template)]
#[template(path = "measures/link.html")]
struct LinkPage {
    frame: Frame,
    l: L,
    head: Head,
    title: String,
    address: String,
    code: String,
    until: String,
    back: String,
}

/// `POST /cases/{id}/measures/{measure}/link`: a one-time link and its code, shown once.
pub async fn linking(
    guard: Guard,
    Path((id, measure)): Path<(Uuid, String)>,
    headers: HeaderMap,
    Posted { mut form, once, .. }: Posted,
) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let ground = ground(&mut tx, &guard, &permit, &measure).await?;
    if !ground.subject.instrument.can_be_given() {
        return Err(Error::NotFound);
    }
    check(&mut form, &ground.subject);
    // Both ways share a form: a PIN that was begun is nothing to a link.
    form.set("pin", "");
    if form.has_faults() {
        tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &take_page(&guard, ground, form));
    }
    let back = format!("/cases/{id}/measures");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &back).await? {
        return Ok(see_other(&went));
    }
    let secrets = openings::secrets(&guard.app, None);
    open(&mut tx, &guard, &permit, &ground, &form, "link", &secrets).await?;
    tx.commit().await?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let scheme = if guard.app.https { "https" } else { "http" };
    page(&LinkPage {
        frame: guard.frame(guard.l.t("measures-link-title")),
        l: guard.l,
        head: Head::of(&guard, &ground.shown, Page::Measures),
        title: ground.subject.title,
        address: format!("{scheme}://{host}/answer/{}", secrets.token),
        code: secrets.secret,
        until: guard.l.instant(ends_at(guard.now, "link"), &guard.app.zone),
        back,
    })
}
