//! The manual as a book: contents, sessions, modules in one piece, chapters of the handbook.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_domain::programme::{Format, SessionPlan};
use fairway_site::{Fact, Frame, Html, L};
use uuid::Uuid;

use super::manual;
use super::reader::{Asked, Reader, Section, Switch};
use crate::web::{Error, Guard, WebResult, page};

/// A link in the contents.
struct Line {
    number: usize,
    title: String,
    href: String,
    minutes: u16,
    individual: bool,
}

struct BookModule {
    title: String,
    href: String,
    sheets: String,
    sessions: Vec<Line>,
}

struct BookPhase {
    id: String,
    title: String,
    purpose: String,
    modules: Vec<BookModule>,
}

#[derive(Template)]
#[template(path = "programmes/book.html")]
struct BookPage {
    frame: Frame,
    l: L,
    language: String,
    switches: Vec<Switch>,
    overview: String,
    search: String,
    version: Option<Uuid>,
    summary: String,
    provenance: String,
    handbook: Vec<Link>,
    phases: Vec<BookPhase>,
    sheets: String,
}

/// `GET /programmes/{code}/manual`
pub async fn book(guard: Guard, Path(code): Path<String>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let reader = Reader::of(&guard, &code, &asked)?;
    let definition = &reader.programme.definition;
    let mut number = 0;
    let mut line = |plan: &SessionPlan| {
        number += 1;
        Line {
            number,
            title: reader.say(&plan.title),
            href: reader.href(&format!("/sessions/{}", plan.id)),
            minutes: plan.minutes,
            individual: plan.format == Format::Individual,
        }
    };
    let mut phases = Vec::new();
    for phase in &definition.phases {
        let mut modules = Vec::new();
        for module in &phase.modules {
            modules.push(BookModule {
                title: reader.say(&module.title),
                href: reader.href(&format!("/modules/{}", module.id)),
                sheets: sheets_of(&reader, "module", &module.id),
                sessions: module.sessions.iter().map(&mut line).collect(),
            });
        }
        phases.push(BookPhase { id: phase.id.clone(), title: reader.say(&phase.title), purpose: reader.say(&phase.purpose), modules });
    }
    page(&BookPage {
        frame: guard.frame(reader.say(&definition.title)),
        l: guard.l,
        switches: reader.switches("/manual", ""),
        overview: reader.href(""),
        search: format!("/programmes/{code}/search"),
        version: reader.asked(),
        summary: reader.say(&definition.summary),
        provenance: reader.say(&definition.provenance),
        handbook: chapters(&reader),
        phases,
        sheets: reader.href("/sheets"),
        language: reader.language,
    })
}

/// A link with its words.
struct Link {
    title: String,
    href: String,
}

fn chapters(reader: &Reader) -> Vec<Link> {
    let each = reader.programme.definition.handbook.iter();
    each.map(|chapter| Link { title: reader.say(&chapter.title), href: reader.href(&format!("/handbook/{}", chapter.id)) }).collect()
}

/// The address of the sheets of a module or session.
fn sheets_of(reader: &Reader, what: &str, id: &str) -> String {
    let all = reader.href("/sheets");
    format!("{all}{}{what}={id}", if all.contains('?') { '&' } else { '?' })
}

#[derive(Template)]
#[template(path = "programmes/session.html")]
struct SessionPage {
    frame: Frame,
    l: L,
    language: String,
    switches: Vec<Switch>,
    manual: Link,
    place: String,
    module: Link,
    facts: Vec<Fact>,
    targets: Vec<(String, String)>,
    materials: Vec<String>,
    sections: Vec<Section>,
    sheet: Option<String>,
    before: Option<Link>,
    after: Option<Link>,
    provenance: String,
}

/// `GET /programmes/{code}/sessions/{id}`
pub async fn session(guard: Guard, Path((code, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let reader = Reader::of(&guard, &code, &asked)?;
    let l = guard.l;
    let definition = &reader.programme.definition;
    let (phase, module, plan) = definition.session(&id).ok_or(Error::NotFound)?;
    let text = reader.programme.text(&reader.language, &id).ok_or(Error::NotFound)?;
    let order: Vec<_> = definition.sessions().map(|(_, _, session)| session).collect();
    let place = order.iter().position(|session| session.id == id).ok_or(Error::NotFound)?;
    let neighbour = |at: Option<usize>| {
        let found = at.and_then(|at| order.get(at));
        found.map(|session| Link { title: reader.say(&session.title), href: reader.href(&format!("/sessions/{}", session.id)) })
    };
    let targets = plan.targets.iter().filter_map(|id| definition.target(id));
    let materials = plan.materials.iter().filter_map(|id| definition.material(id));
    page(&SessionPage {
        frame: guard.frame(&text.title),
        l,
        switches: reader.switches(&format!("/sessions/{id}"), ""),
        manual: Link { title: reader.say(&definition.title), href: reader.href("/manual") },
        place: reader.say(&phase.title),
        module: Link { title: reader.say(&module.title), href: reader.href(&format!("/modules/{}", module.id)) },
        facts: manual::session_facts(l, plan, place + 1, order.len()),
        targets: targets.map(|target| (reader.say(&target.title), reader.say(&target.about))).collect(),
        materials: materials.map(|material| reader.say(&material.title)).collect(),
        sections: reader.sections(&id, text, "", 0),
        sheet: text.section("sheet").map(|_| sheets_of(&reader, "session", &id)),
        before: neighbour(place.checked_sub(1)),
        after: neighbour(Some(place + 1)),
        provenance: reader.say(&definition.provenance),
        language: reader.language.clone(),
    })
}

/// A session within its module.
struct Whole {
    id: String,
    title: String,
    facts: Vec<Fact>,
    sections: Vec<Section>,
}

#[derive(Template)]
#[template(path = "programmes/module.html")]
struct ModulePage {
    frame: Frame,
    l: L,
    language: String,
    switches: Vec<Switch>,
    manual: Link,
    place: String,
    sessions: Vec<Whole>,
    sheets: String,
    before: Option<Link>,
    after: Option<Link>,
}

/// `GET /programmes/{code}/modules/{id}`: every session of a module, to read or print in one piece.
pub async fn module(guard: Guard, Path((code, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let reader = Reader::of(&guard, &code, &asked)?;
    let definition = &reader.programme.definition;
    let (phase, module) = definition.module(&id).ok_or(Error::NotFound)?;
    let count = definition.sessions().count();
    let mut sessions = Vec::new();
    for (at, (_, _, plan)) in definition.sessions().enumerate().filter(|(_, (_, of, _))| of.id == id) {
        let Some(text) = reader.programme.text(&reader.language, &plan.id) else { continue };
        sessions.push(Whole {
            id: plan.id.clone(),
            title: text.title.clone(),
            facts: manual::session_facts(guard.l, plan, at + 1, count),
            sections: reader.sections(&plan.id, text, &format!("{}-", plan.id), 1),
        });
    }
    let order: Vec<_> = definition.phases.iter().flat_map(|phase| &phase.modules).collect();
    let place = order.iter().position(|other| other.id == id).ok_or(Error::NotFound)?;
    let neighbour = |at: Option<usize>| {
        let found = at.and_then(|at| order.get(at));
        found.map(|module| Link { title: reader.say(&module.title), href: reader.href(&format!("/modules/{}", module.id)) })
    };
    page(&ModulePage {
        frame: guard.frame(reader.say(&module.title)),
        l: guard.l,
        switches: reader.switches(&format!("/modules/{id}"), ""),
        manual: Link { title: reader.say(&definition.title), href: reader.href("/manual") },
        place: reader.say(&phase.title),
        sessions,
        sheets: sheets_of(&reader, "module", &id),
        before: neighbour(place.checked_sub(1)),
        after: neighbour(Some(place + 1)),
        language: reader.language.clone(),
    })
}

/// A part of a chapter, between two headings.
struct ChapterPart {
    id: String,
    heading: String,
    body: Html,
}

#[derive(Template)]
#[template(path = "programmes/chapter.html")]
struct ChapterPage {
    frame: Frame,
    l: L,
    language: String,
    switches: Vec<Switch>,
    manual: Link,
    parts: Vec<ChapterPart>,
    others: Vec<Link>,
    place: usize,
    provenance: String,
}

/// `GET /programmes/{code}/handbook/{id}`
pub async fn chapter(guard: Guard, Path((code, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let reader = Reader::of(&guard, &code, &asked)?;
    let definition = &reader.programme.definition;
    let text = reader.programme.chapter(&reader.language, &id).ok_or(Error::NotFound)?;
    let place = definition.handbook.iter().position(|chapter| chapter.id == id).ok_or(Error::NotFound)?;
    let parts = text.parts().into_iter().map(|part| ChapterPart {
        body: reader.prose(&part.markdown, true, 0, &part.id),
        id: part.id,
        heading: part.heading,
    });
    page(&ChapterPage {
        frame: guard.frame(&text.title),
        l: guard.l,
        switches: reader.switches(&format!("/handbook/{id}"), ""),
        manual: Link { title: reader.say(&definition.title), href: reader.href("/manual") },
        parts: parts.collect(),
        others: chapters(&reader),
        place,
        provenance: reader.say(&definition.provenance),
        language: reader.language.clone(),
    })
}
