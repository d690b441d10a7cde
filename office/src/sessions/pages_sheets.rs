//! The participants' sheets of a planned session, one page for each of them, with first name and goals.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_domain::permission::Action;
use fairway_site::{Frame, L, Language};
use serde::Deserialize;
use uuid::Uuid;

use super::show::load;
use super::store_sheets::{Person, people};
use crate::programmes::Sheet;
use crate::web::{Guard, WebResult, page};

/// What the address may say beside the path.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The language of all sheets; otherwise each is in the participant's own where the programme has it.
    #[serde(default, rename = "in")]
    language: Option<String>,
}

#[derive(Template)]
#[template(path = "sessions/sheets.html")]
struct SheetsPage {
    frame: Frame,
    l: L,
    id: Uuid,
    title: String,
    languages: Vec<(String, String)>,
    sheets: Vec<Sheet>,
}

/// `GET /sessions/{id}/sheets`
pub async fn sheets(guard: Guard, Path(id): Path<Uuid>, Query(asked): Query<Asked>) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let loaded = load(&guard, &mut tx, &permit).await?;
    let people = people(&mut tx, &permit, &loaded.members, loaded.could(&guard, Action::SeeNotes)).await?;
    tx.commit().await?;
    let programme = loaded.programme();
    let definition = &programme.definition;
    let written = |tag: &str| definition.languages.iter().any(|known| known == tag);
    let one = |person: Person| {
        let own = [asked.language.as_deref(), Some(person.language.as_str()), Some(guard.l.code())];
        let language = own.into_iter().flatten().find(|tag| written(tag)).unwrap_or_else(|| guard.l.code());
        let text = programme.text(language, &loaded.plan.session)?;
        let sheet = text.section("sheet")?;
        let words = Language::parse(language).map_or(guard.l, Language::words);
        let title = definition.title.in_language(language).to_owned();
        let prefix = format!("sheet-{}", person.case);
        Some(Sheet::new(words, title, text.title.clone(), &sheet.markdown, &prefix).belongs_to(person.given_names, person.goals))
    };
    let sheets: Vec<Sheet> = people.into_iter().filter_map(one).collect();
    let title = loaded.session()?.title.in_language(guard.l.code()).to_owned();
    let mut frame = guard.frame(guard.l.t1("sessions-sheets-title", "session", &title));
    "sheets".clone_into(&mut frame.body);
    let languages = definition.languages.iter().filter_map(|tag| Some((tag.clone(), Language::parse(tag)?.name().into_owned())));
    page(&SheetsPage { frame, l: guard.l, id, title, languages: languages.collect(), sheets })
}
