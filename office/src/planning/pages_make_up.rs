//! Giving a due make-up its day.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need};
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::Owner;
use super::ground::definition;
use super::make_up::{Single, single};
use super::pages_plan::{remember, room_choices};
use super::store::{self, NewSession, Place, read_date, read_time};
use super::store_make_up::{self, MakeUpRow};
use super::words;
use crate::accounts::store as accounts;
use crate::db::{StoreError, Tx};
use crate::web::{CasePermit, Guard, Posted, WebResult, carried_out_once, page_with, see_other};

#[derive(Template)]
#[template(path = "planning/make_up.html")]
struct MakeUpPage {
    frame: Frame,
    l: L,
    form: Form,
    case: Uuid,
    back: String,
    make_up: Uuid,
    name: String,
    missed_on: Date,
    due_on: Option<Date>,
    way: String,
    due: bool,
    planned: Option<Uuid>,
    rooms: Vec<Choice>,
    elsewhere: Vec<(String, String)>,
    once: String,
    changed: bool,
}

async fn show(
    tx: &mut Tx,
    guard: &Guard,
    permit: &CasePermit,
    id: Uuid,
    row: &MakeUpRow,
    form: Form,
    changed: bool,
) -> WebResult<MakeUpPage> {
    let l = guard.l;
    let (_, name) = store::who(tx, permit).await?;
    let title = words::title(l, definition(&guard.app, &Owner::from(permit))?, &row.session);
    let held = if row.made_by == "next-group" { store_make_up::held_elsewhere(tx, permit, &row.session).await? } else { Vec::new() };
    let mut elsewhere = Vec::with_capacity(held.len());
    for (_, group, on, at) in held {
        elsewhere.push((group, format!("{}, {}", words::day(l, read_date(&on)?), l.time(read_time(&at)?))));
    }
    let way = match row.made_by.as_str() {
        "next-group" => l.t("planning-make-up-next-group"),
        "sheet" => l.t("planning-make-up-sheet"),
        _ => l.t("planning-make-up-individual"),
    };
    Ok(MakeUpPage {
        frame: guard.frame(l.t1("planning-make-up-title", "session", title)),
        l,
        case: permit.case(),
        back: format!("/cases/{}/sessions", permit.case()),
        make_up: id,
        name,
        missed_on: read_date(&row.held_on)?,
        due_on: row.due_on.as_deref().map(read_date).transpose()?,
        way: way.into_owned(),
        due: row.standing == "due",
        planned: row.planned_id,
        rooms: room_choices(&accounts::rooms(tx, permit.unit()).await?),
        elsewhere,
        once: guard.app.new_id().to_string(),
        changed,
        form,
    })
}

/// `GET /cases/{id}/make-ups/{make_up}`
pub async fn make_up(guard: Guard, Path((id, make_up)): Path<(Uuid, Uuid)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let row = store_make_up::make_up(&mut tx, &permit, make_up).await?;
    let answer = show(&mut tx, &guard, &permit, make_up, &row, Form::new(), false).await?;
    tx.commit().await?;
    page_with(StatusCode::OK, &answer)
}

fn read(form: &mut Form, rooms: &[(Uuid, String)]) -> Option<((Date, Time), Option<Uuid>)> {
    let on = form.date_with("on", Need::Required, |text| parse_date(text).ok());
    let time = form.time("time", Need::Required);
    let room =
        form.choice_as("room", Need::Optional, |text| Uuid::try_parse(text).ok().filter(|id| rooms.iter().any(|(known, _)| known == id)));
    match (on, time) {
        (Some(on), Some(time)) if !form.has_faults() => Some(((on, time), room)),
        _ => None,
    }
}

/// `POST /cases/{id}/make-ups/{make_up}`
pub async fn planning(guard: Guard, Path((id, make_up)): Path<(Uuid, Uuid)>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}/sessions");
    let row = store_make_up::make_up(&mut tx, &permit, make_up).await?;
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let owner = Owner::from(&permit);
    let rooms = accounts::rooms(&mut tx, permit.unit()).await?;
    let Some((at, room)) = read(&mut form, &rooms) else {
        let answer = show(&mut tx, &guard, &permit, make_up, &row, form, false).await?;
        remember(&guard, tx, id).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &answer);
    };
    let plan = definition(&guard.app, &owner)?.session(&row.session).map(|(_, _, plan)| plan.clone());
    // The length the definition gives the make-up, else the session's own.
    let minutes = plan.as_ref().map_or(60, |plan| plan.make_up.minutes.unwrap_or(plan.minutes));
    let facilitator = store::case_facts(&mut tx, &owner).await?.facilitator_id;
    let alone = Single { row: None, session: &row.session, phase: &row.phase, minutes, room, facilitator, at };
    let (ground, verdict) = single(&mut tx, &guard.app, &owner, &alone).await?;
    if let Err(why) = verdict {
        form.fault(words::field_of(&why), words::problem_of(guard.l, &ground.names, &why));
        let answer = show(&mut tx, &guard, &permit, make_up, &row, form, false).await?;
        remember(&guard, tx, id).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &answer);
    }
    match store_make_up::make_up_planned(&mut tx, &permit, make_up).await {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            let answer = show(&mut tx, &guard, &permit, make_up, &row, form, true).await?;
            remember(&guard, tx, id).await?;
            return page_with(StatusCode::CONFLICT, &answer);
        }
        Err(other) => return Err(other.into()),
    }
    let seq = definition(&guard.app, &owner)?
        .sessions()
        .position(|(_, _, plan)| plan.id == row.session)
        .and_then(|place| i64::try_from(place).ok())
        .unwrap_or_default();
    let new = NewSession { id: guard.app.new_id(), phase: &row.phase, session: &row.session, seq, facilitator, make_up: Some(make_up) };
    let place = Place { on: at.0, starts: at.1, minutes: i64::from(minutes), room, pinned: true, counts_from_on: at.0 };
    let mut rows = store::new_rows();
    store::push(&mut rows, &owner, &new, &place);
    rows.write(&mut tx).await?;
    guard.made(&mut tx, "session", new.id).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
