//! The list of groups.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use fairway_domain::permission::Action;
use fairway_site::parts::{Address, Choice, Listing};
use fairway_site::{Form, Frame, L};
use uuid::Uuid;

use super::store::{self, Filter};
use super::words::{date, size};
use crate::web::{Guard, WebResult, page};

const STANDINGS: [&str; 5] = ["open", "forming", "running", "closed", "all"];

struct Row {
    id: Uuid,
    title: String,
    place: String,
    programme: String,
    standing: String,
    mood: &'static str,
    first: String,
    next: String,
    size: String,
    facilitators: String,
}

#[derive(Template)]
#[template(path = "groups/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    form: Form,
    listing: Listing,
    rows: Vec<Row>,
    standings: Vec<Choice>,
    places: Vec<Choice>,
    several: bool,
    may_form: bool,
    narrowed: bool,
}

/// The tag's mood of a standing.
pub fn mood(standing: &str) -> &'static str {
    if standing == "running" { "ok" } else { "plain" }
}

/// `GET /groups`
pub async fn list(guard: Guard, Query(pairs): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let l = guard.l;
    let (mut tx, permit) = guard.list().await?;
    let mut form = Form::from_pairs(pairs.clone());
    let mut listing = Listing::read(Address::new("/groups", &pairs), &["next", "title", "first", "members"], 25);
    // Nothing said: what is open. "Any" chosen: all.
    if !form.has("standing") {
        form.set("standing", "open");
    }
    let standing = STANDINGS.iter().copied().find(|known| *known == form.value("standing")).unwrap_or("all");
    let places = store::places(&mut tx, &permit).await?;
    let filter = Filter { standing, unit: form.id("unit").filter(|unit| places.iter().any(|(id, _)| id == unit)) };
    listing.total = store::count(&mut tx, &permit, &filter).await?;
    let (found, names) =
        store::page(&mut tx, &permit, &filter, &listing.by, listing.descending, listing.per_page, listing.offset()).await?;
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        let definition = guard.app.content.programme(row.programme_id).map(|programme| &programme.definition);
        let phase = definition
            .and_then(|definition| definition.phase(&row.phase))
            .map(|phase| phase.title.in_language(l.code()))
            .unwrap_or_default();
        let next = if row.next_on == "9999" { l.t("groups-no-next").into_owned() } else { l.day(date(&row.next_on)?) };
        let leaders: Vec<&str> = names.iter().filter(|(group, _)| *group == row.id).map(|(_, name)| name.as_str()).collect();
        rows.push(Row {
            id: row.id,
            title: row.title.clone(),
            place: row.unit_title.clone(),
            programme: format!("{} · {phase}", definition.map(|definition| definition.title.in_language(l.code())).unwrap_or_default()),
            standing: l.t(&format!("groups-standing-{}", row.standing)).into_owned(),
            mood: mood(&row.standing),
            first: l.date(date(&row.first_on)?),
            next,
            size: l
                .t2("groups-of-most", "members", row.members, "most", definition.map_or(0, |definition| size(definition).max))
                .into_owned(),
            facilitators: l.list(&leaders),
        });
    }
    let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    guard.listed(&mut tx, "group", &ids).await?;
    tx.commit().await?;
    page(&ListPage {
        frame: guard.frame(l.t("groups-title")),
        l,
        rows,
        standings: STANDINGS
            .iter()
            .filter(|code| **code != "all")
            .map(|code| Choice::new(*code, l.t(&format!("groups-standing-{code}"))))
            .collect(),
        several: places.len() > 1,
        places: places.iter().map(|(id, title)| Choice::new(id.to_string(), title.clone())).collect(),
        may_form: guard.actor.may(Action::FormGroup),
        narrowed: form.value("standing") != "open" || !form.value("unit").is_empty(),
        listing,
        form,
    })
}
