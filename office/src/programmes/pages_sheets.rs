//! The participants' sheets of a programme, a module or a session, blank, a page each.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_site::{Frame, L};

use super::reader::{Asked, Reader, Switch};
use super::sheet::Sheet;
use crate::web::{Error, Guard, WebResult, page};

#[derive(Template)]
#[template(path = "programmes/sheets.html")]
struct SheetsPage {
    frame: Frame,
    l: L,
    switches: Vec<Switch>,
    back: (String, String),
    sheets: Vec<Sheet>,
}

/// `GET /programmes/{code}/sheets`; `?module=` or `?session=` narrows it.
pub async fn sheets(guard: Guard, Path(code): Path<String>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let reader = Reader::of(&guard, &code, &asked)?;
    let definition = &reader.programme.definition;
    let title = match (&asked.module, &asked.session) {
        (Some(id), _) => reader.say(&definition.module(id).ok_or(Error::NotFound)?.1.title),
        (None, Some(id)) => reader.say(&definition.session(id).ok_or(Error::NotFound)?.2.title),
        (None, None) => reader.say(&definition.title),
    };
    let wanted = definition.sessions().filter(|(_, module, session)| {
        asked.module.as_ref().is_none_or(|id| module.id == *id) && asked.session.as_ref().is_none_or(|id| session.id == *id)
    });
    let words = reader.words(guard.l);
    let programme = reader.say(&definition.title);
    let sheets = wanted.filter_map(|(_, _, session)| {
        let text = reader.programme.text(&reader.language, &session.id)?;
        let sheet = text.section("sheet")?;
        Some(Sheet::new(words, programme.clone(), text.title.clone(), &sheet.markdown, &session.id))
    });
    let mut frame = guard.frame(guard.l.t1("manual-sheets-of", "of", title));
    "sheets".clone_into(&mut frame.body);
    let query = [("module", &asked.module), ("session", &asked.session)];
    let narrowed = query.into_iter().find_map(|(name, id)| id.as_ref().map(|id| format!("&{name}={id}"))).unwrap_or_default();
    let switches = reader.switches("/sheets", &narrowed);
    page(&SheetsPage { frame, l: guard.l, switches, back: (programme.clone(), reader.href("/manual")), sheets: sheets.collect() })
}
