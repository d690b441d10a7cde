//! Searching the manual.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_domain::programme::Piece;
use fairway_site::{Frame, L, Language};
use uuid::Uuid;

use super::reader::{Asked, Reader, Switch};
use crate::web::{Guard, WebResult, page};

/// Most places shown in one language.
const MOST: usize = 30;
/// Most characters of a question that are read.
const LONGEST: usize = 200;

struct Found {
    title: String,
    heading: String,
    href: String,
    snippet: Vec<Piece>,
    handbook: bool,
}

struct InLanguage {
    name: String,
    tag: String,
    found: Vec<Found>,
}

#[derive(Template)]
#[template(path = "programmes/found.html")]
struct SearchPage {
    frame: Frame,
    l: L,
    switches: Vec<Switch>,
    manual: (String, String),
    search: String,
    version: Option<Uuid>,
    language: String,
    q: String,
    languages: Vec<InLanguage>,
    none: bool,
}

/// `GET /programmes/{code}/search?q=`: places in the language of the manual first, then in the others.
pub async fn search(guard: Guard, Path(code): Path<String>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let reader = Reader::of(&guard, &code, &asked)?;
    let q: String = asked.q.as_deref().unwrap_or("").trim().chars().take(LONGEST).collect();
    let mut languages = Vec::new();
    if let Some(index) = reader.id().and_then(|id| guard.app.content.index(id)).filter(|_| !q.is_empty()) {
        let mut tags: Vec<String> = index.languages().map(str::to_owned).collect();
        tags.sort_by_key(|tag| *tag != reader.language);
        for tag in tags {
            let found = index.find(&tag, &q, MOST);
            if found.is_empty() {
                continue;
            }
            let there = Reader::of(&guard, &code, &Asked::at(reader.asked(), &tag))?;
            let place = |hit: fairway_domain::programme::Hit| {
                let path = if hit.chapter { format!("/handbook/{}", hit.id) } else { format!("/sessions/{}", hit.id) };
                let anchor = if hit.anchor.is_empty() { String::new() } else { format!("#{}", hit.anchor) };
                Found {
                    href: format!("{}{anchor}", there.href(&path)),
                    title: hit.title,
                    heading: hit.heading,
                    snippet: hit.snippet,
                    handbook: hit.chapter,
                }
            };
            languages.push(InLanguage {
                name: Language::parse(&tag).map_or_else(|| tag.clone(), |known| known.name().into_owned()),
                found: found.into_iter().map(place).collect(),
                tag,
            });
        }
    }
    let title = if q.is_empty() { guard.l.t("manual-search").into_owned() } else { guard.l.t1("manual-found-for", "q", &q).into_owned() };
    let encoded: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    page(&SearchPage {
        frame: guard.frame(title),
        l: guard.l,
        switches: reader.switches("/search", &format!("&q={encoded}")),
        manual: (reader.say(&reader.programme.definition.title), reader.href("/manual")),
        search: format!("/programmes/{code}/search"),
        version: reader.asked(),
        language: reader.language,
        none: languages.is_empty() && !q.is_empty(),
        q,
        languages,
    })
}
