//! The catalogue with its filters. It shows no person's record, so nothing is logged.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use fairway_domain::library::{Entry, Kind, Level, Library, Wanted};
use fairway_site::{Choice, Form, Frame, L, Language};

use crate::web::{Error, Guard, WebResult, page};

struct Row {
    title: String,
    provider: String,
    address: String,
    language: String,
    tag: String,
    topics: String,
    level: String,
    kind: String,
    hours: String,
    unchecked: String,
}

#[derive(Template)]
#[template(path = "library/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    form: Form,
    topics: Vec<Choice>,
    languages: Vec<Choice>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
    filtered: bool,
    rows: Vec<Row>,
}

/// `GET /library`
pub async fn list(guard: Guard, Query(pairs): Query<Vec<(String, String)>>) -> WebResult<Response> {
    if !guard.actor.may(guard.action) {
        return Err(Error::Forbidden);
    }
    let l = guard.l;
    let library = guard.app.content.library();
    let form = Form::from_pairs(pairs);
    let wanted = Wanted {
        words: form.value("q"),
        topic: form.value("topic"),
        language: form.value("language"),
        level: form.value("level"),
        kind: form.value("kind"),
    };
    let mut entries = library.find(wanted);
    entries.sort_by(|one, other| l.order(&one.title, &other.title));
    let rows = entries.into_iter().map(|entry| row(l, library, entry)).collect();
    let filtered = ["q", "topic", "language", "level", "kind"].iter().any(|name| !form.value(name).trim().is_empty());
    let mut languages: Vec<&str> = library.entries.iter().map(|entry| entry.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    page(&ListPage {
        frame: guard.frame(l.t("library-title")),
        l,
        topics: library.topics.iter().map(|topic| Choice::new(&topic.id, topic.title.in_language(l.code()))).collect(),
        languages: languages.into_iter().map(|tag| Choice::new(tag, language(tag))).collect(),
        levels: Level::ALL.iter().map(|level| Choice::new(level.code(), level_words(l, *level))).collect(),
        kinds: Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind_words(l, *kind))).collect(),
        form,
        filtered,
        rows,
    })
}

fn language(tag: &str) -> String {
    Language::parse(tag).map_or_else(|| tag.to_owned(), |known| known.name().into_owned())
}

fn level_words(l: L, level: Level) -> String {
    l.t(&format!("library-level-{}", level.code())).into_owned()
}

fn kind_words(l: L, kind: Kind) -> String {
    l.t(&format!("library-kind-{}", kind.code())).into_owned()
}

fn row(l: L, library: &Library, entry: &Entry) -> Row {
    let topics: Vec<_> = entry.topics.iter().filter_map(|id| library.topic(id)).map(|topic| topic.title.in_language(l.code())).collect();
    Row {
        title: entry.title.clone(),
        provider: entry.provider.clone(),
        address: entry.address.clone(),
        language: language(&entry.language),
        tag: entry.language.clone(),
        topics: topics.join(", "),
        level: level_words(l, entry.level),
        kind: kind_words(l, entry.kind),
        hours: entry.hours.map_or_else(|| "–".to_owned(), |hours| l.decimal(hours, usize::from(hours.fract() != 0.0))),
        unchecked: l.date(entry.unchecked_since),
    }
}
