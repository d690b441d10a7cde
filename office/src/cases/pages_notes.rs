//! The notes of a case: signed as they are written, amended and never changed, beside what was written at sessions.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::permission::Action;
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::head::{Head, Page, Shown};
use super::{store_notes, words};
use crate::db::{Stored, Tx};
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

const NOTE_MAX: usize = 20_000;

/// Something added to an entry: text, and who and when in words.
struct Added {
    text: String,
    signed: String,
}

struct Entry {
    on: Date,
    day: String,
    title: String,
    href: String,
    texts: Vec<String>,
    signed: String,
    unsigned: bool,
    added: Vec<Added>,
    amend: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "cases/notes.html")]
struct NotesPage {
    frame: Frame,
    l: L,
    head: Head,
    form: Form,
    base: String,
    once: String,
    entries: Vec<Entry>,
    may_write: bool,
}

async fn template(tx: &mut Tx, guard: &Guard, permit: &CasePermit, form: Form) -> Stored<NotesPage> {
    let l = guard.l;
    let shown = Shown::load(tx, guard, permit).await?;
    let notes = store_notes::notes(tx, permit).await?;
    let sessions = store_notes::session_notes(tx, permit).await?;
    let amendments = store_notes::amendments(tx, permit).await?;
    let may_write = shown.could(guard, Action::WriteNote);
    let at = |text: &str| text.parse::<jiff::Timestamp>().map(|at| l.instant(at, &guard.app.zone)).unwrap_or_default();
    let signed = |by: &str, when: &str| l.t2("cases-signed-by", "who", by, "when", at(when)).into_owned();
    let mut entries: Vec<Entry> = notes
        .iter()
        .filter(|note| note.amends.is_none())
        .map(|note| Entry {
            on: note.about_on,
            day: l.date(note.about_on),
            title: l.t("cases-note").into_owned(),
            href: String::new(),
            texts: vec![note.text.clone()],
            signed: signed(&note.by, &note.signed_at),
            unsigned: false,
            added: notes
                .iter()
                .filter(|other| other.amends == Some(note.id))
                .map(|other| Added { text: other.text.clone(), signed: signed(&other.by, &other.signed_at) })
                .collect(),
            amend: may_write.then_some(note.id),
        })
        .collect();
    entries.extend(sessions.into_iter().map(|note| {
        Entry {
            on: note.held_on,
            day: l.date(note.held_on),
            title: words::session(l, shown.definition(), &note.session),
            href: format!("/sessions/{}", note.planned),
            signed: l.t1(if note.signed { "cases-session-by" } else { "cases-session-unsigned-by" }, "who", note.by).into_owned(),
            unsigned: !note.signed,
            texts: note.texts,
            added: amendments
                .iter()
                .filter(|(record, ..)| *record == note.record)
                .map(|(_, text, by, when)| Added { text: text.clone(), signed: signed(by, when) })
                .collect(),
            amend: None,
        }
    }));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.on));
    Ok(NotesPage {
        frame: guard.frame(format!("{} · {}", l.t("cases-tab-notes"), shown.row.name())),
        l,
        head: Head::of(guard, &shown, Page::Notes),
        form,
        base: shown.href(),
        once: guard.app.new_id().to_string(),
        entries,
        may_write,
    })
}

/// `GET /cases/{id}/notes`
pub async fn notes(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let mut form = Form::fill(&[("about_on", guard.today.to_string())]);
    let query = guard.path.split_once('?').map_or("", |(_, query)| query);
    if let Some((_, amends)) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "amends") {
        form.set("amends", amends.into_owned());
    }
    let template = template(&mut tx, &guard, &permit, form).await?;
    tx.commit().await?;
    page(&template)
}

/// `POST /cases/{id}/notes`: writes and signs a note or an amendment.
pub async fn writing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}/notes");
    let about_on = form.date_with("about_on", Need::Required, |text| parse_date(text).ok());
    let text = form.long_text("text", Need::Required, NOTE_MAX);
    let amends = form.id("amends");
    if about_on.is_some_and(|on| on > guard.today) {
        form.fault("about_on", Problem::new("cases-note-future"));
    }
    let (Some(about_on), Some(text), false) = (about_on, text, form.has_faults()) else {
        drop(tx);
        // The page shows notes, so it is served to those only who may see them, under a log row of its own.
        let (mut tx, permit) = guard.case_for(id, Action::SeeNotes).await?;
        let template = template(&mut tx, &guard, &permit, form).await?;
        tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &template);
    };
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let note = store_notes::write(&mut tx, &guard.app, &permit, about_on, &text, amends).await.map_err(Error::from)?;
    guard.made(&mut tx, "note", note).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
