//! Pages of the manual. They show what clinicians wrote and no person's record, so nothing is logged.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_domain::programme::Programme;
use fairway_site::markdown::Reading;
use fairway_site::{Fact, Frame, Html, L};
use serde::Deserialize;
use uuid::Uuid;

use super::manual::{self, Manual};
use crate::web::{Error, Guard, WebResult, page};

/// What the address may say beside the path.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The stored definition a case runs on, when it is not the one on offer.
    #[serde(default)]
    v: Option<Uuid>,
}

impl Asked {
    /// The query that keeps the reader at this definition.
    fn kept(&self) -> String {
        self.v.map_or_else(String::new, |id| format!("?v={id}"))
    }
}

/// A programme on offer.
struct Offered {
    code: String,
    title: String,
    summary: String,
    provenance: String,
    facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "programmes/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    offered: Vec<Offered>,
}

/// `GET /programmes`
pub async fn list(guard: Guard) -> WebResult<Response> {
    permitted(&guard)?;
    let l = guard.l;
    let mut offered: Vec<Offered> = guard
        .app
        .content
        .offered()
        .map(|(_, programme)| {
            let definition = &programme.definition;
            let words = |text: &fairway_domain::programme::Text| text.in_language(l.code()).to_owned();
            Offered {
                code: definition.id.clone(),
                title: words(&definition.title),
                summary: words(&definition.summary),
                provenance: words(&definition.provenance),
                facts: manual::facts(l, definition),
            }
        })
        .collect();
    offered.sort_by(|one, other| l.order(&one.title, &other.title));
    page(&ListPage { frame: guard.frame(l.t("programmes-title")), l, offered })
}

#[derive(Template)]
#[template(path = "programmes/contents.html")]
struct ContentsPage {
    frame: Frame,
    l: L,
    code: String,
    kept: String,
    manual: Manual,
}

/// `GET /programmes/{code}`
pub async fn contents(guard: Guard, Path(code): Path<String>, Query(asked): Query<Asked>) -> WebResult<Response> {
    permitted(&guard)?;
    let programme = find(&guard, &code, &asked)?;
    let manual = manual::of(guard.l, &programme.definition);
    page(&ContentsPage { frame: guard.frame(&manual.title), l: guard.l, code, kept: asked.kept(), manual })
}

/// One timed part of a session.
struct Part {
    minutes: u16,
    title: String,
    body: Html,
}

/// One section of a session's text.
struct Chapter {
    id: String,
    heading: String,
    body: Html,
    parts: Vec<Part>,
}

/// A neighbour in the order of the programme.
struct Neighbour {
    id: String,
    title: String,
}

#[derive(Template)]
#[template(path = "programmes/session.html")]
struct SessionPage {
    frame: Frame,
    l: L,
    code: String,
    kept: String,
    programme: String,
    place: String,
    facts: Vec<Fact>,
    targets: Vec<(String, String)>,
    materials: Vec<String>,
    chapters: Vec<Chapter>,
    written_in: String,
    before: Option<Neighbour>,
    after: Option<Neighbour>,
    provenance: String,
}

/// `GET /programmes/{code}/sessions/{id}`
pub async fn session(guard: Guard, Path((code, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> WebResult<Response> {
    permitted(&guard)?;
    let programme = find(&guard, &code, &asked)?;
    let l = guard.l;
    let definition = &programme.definition;
    let (phase, module, plan) = definition.session(&id).ok_or(Error::NotFound)?;
    let text = programme.text(l.code(), &id).ok_or(Error::NotFound)?;
    let chapters = text
        .sections
        .iter()
        .map(|section| {
            let is_activities = section.id == "activities" && !text.activities.is_empty();
            let parts = text.activities.iter().filter(|_| is_activities).map(|part| Part {
                minutes: part.minutes,
                title: part.title.clone(),
                body: read(&part.markdown, &section.id),
            });
            let body = if is_activities { Html::default() } else { read(&section.markdown, &section.id) };
            Chapter { id: section.id.clone(), heading: section.heading.clone(), body, parts: parts.collect() }
        })
        .collect();
    let order: Vec<_> = definition.sessions().map(|(_, _, session)| session).collect();
    let place = order.iter().position(|session| session.id == id).ok_or(Error::NotFound)?;
    let neighbour = |at: Option<usize>| {
        at.and_then(|at| order.get(at))
            .map(|session| Neighbour { id: session.id.clone(), title: session.title.in_language(l.code()).to_owned() })
    };
    let targets = plan
        .targets
        .iter()
        .filter_map(|id| definition.target(id))
        .map(|target| (target.title.in_language(l.code()).to_owned(), target.about.in_language(l.code()).to_owned()));
    let materials =
        plan.materials.iter().filter_map(|id| definition.material(id)).map(|material| material.title.in_language(l.code()).to_owned());
    let shown = SessionPage {
        frame: guard.frame(&text.title),
        l,
        kept: asked.kept(),
        programme: definition.title.in_language(l.code()).to_owned(),
        place: format!("{} · {}", phase.title.in_language(l.code()), module.title.in_language(l.code())),
        facts: manual::session_facts(l, plan, place + 1, order.len()),
        targets: targets.collect(),
        materials: materials.collect(),
        chapters,
        written_in: written_in(&programme, l, &id),
        before: neighbour(place.checked_sub(1)),
        after: neighbour(Some(place + 1)),
        provenance: definition.provenance.in_language(l.code()).to_owned(),
        code,
    };
    page(&shown)
}

/// The language of the session's text where it is not the reader's; empty when it is.
fn written_in(programme: &Programme, l: L, session: &str) -> String {
    if programme.texts.get(l.code()).is_some_and(|texts| texts.contains_key(session)) {
        return String::new();
    }
    programme.definition.languages.first().cloned().unwrap_or_default()
}

/// A passage of a session's text. Headings in it stand below those of its section.
fn read(text: &str, section: &str) -> Html {
    Reading { heading_shift: 2, id_prefix: format!("{section}-") }.html(text)
}

fn permitted(guard: &Guard) -> WebResult<()> {
    if guard.actor.may(guard.action) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The definition asked for: the stored one named in the address, or the one on offer under this code.
fn find(guard: &Guard, code: &str, asked: &Asked) -> WebResult<Arc<Programme>> {
    let content = &guard.app.content;
    let found = match asked.v {
        Some(id) => content.programme(id).filter(|programme| programme.definition.id == code),
        None => {
            content.offered().chain(content.programmes()).map(|(_, programme)| programme).find(|programme| programme.definition.id == code)
        }
    };
    found.cloned().ok_or(Error::NotFound)
}
