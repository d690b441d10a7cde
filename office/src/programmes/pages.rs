//! Pages of the manual. They show what clinicians wrote and no person's record, so nothing is logged.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_site::{Fact, Frame, L};

use super::manual::{self, Manual};
use super::reader::{Asked, Reader};
use crate::web::{Error, Guard, WebResult, page};

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
    let reader = Reader::of(&guard, &code, &asked)?;
    let manual = manual::of(guard.l, &reader.programme.definition);
    page(&ContentsPage { frame: guard.frame(&manual.title), l: guard.l, code, kept: reader.kept, manual })
}

fn permitted(guard: &Guard) -> WebResult<()> {
    if guard.actor.may(guard.action) { Ok(()) } else { Err(Error::Forbidden) }
}
