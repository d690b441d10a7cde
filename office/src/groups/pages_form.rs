//! Forming a group, and changing when, where and by whom it is held.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::permission::Role;
use fairway_domain::schedule::{Schedule, Whom, Why};
use fairway_site::language::Language;
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::pages_members::remember;
use super::store::{self, GroupRow, NewGroup, Said};
use super::words::{date, group_sessions, meets_in_group};
use crate::accounts::store as accounts;
use crate::app::App;
use crate::db::{StoreError, Tx};
use crate::planning::slot::{SlotChoice, read_weekdays, write_time, write_weekdays};
use crate::planning::{self, Ground, fill_slot, read_slot, room_choices, weekday_choices, words as planning_words};
use crate::web::{Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

#[expect(clippy::struct_excessive_bools, reason = "what a template shows or hides")]
#[derive(Template)]
#[template(path = "groups/form.html")]
struct FormPage {
    frame: Frame,
    l: L,
    form: Form,
    action: String,
    back: String,
    new: bool,
    first_open: bool,
    places: Vec<Choice>,
    unit: Option<Uuid>,
    unit_title: String,
    kinds: Vec<Choice>,
    days: Vec<Choice>,
    rooms: Vec<Choice>,
    staff: Vec<Choice>,
    languages: Vec<Choice>,
    recommended: String,
    taken: bool,
    once: String,
    revision: i64,
    changed: bool,
}

/// What a place has to offer.
struct Offered {
    rooms: Vec<(Uuid, String)>,
    staff: Vec<(Uuid, String)>,
}

async fn offered(tx: &mut Tx, unit: Uuid) -> WebResult<Offered> {
    Ok(Offered { rooms: accounts::rooms(tx, unit).await?, staff: accounts::staff(tx, unit, Role::Facilitator).await? })
}

/// Programme, phase and track in one choice: `programme:phase:track`.
fn kinds(app: &App, l: L) -> Vec<Choice> {
    let mut kinds = Vec::new();
    for (id, programme) in app.content.offered() {
        let definition = &programme.definition;
        for phase in definition.phases.iter().filter(|phase| meets_in_group(phase)) {
            for track in &definition.tracks {
                let sessions: Vec<_> = group_sessions(definition, track, &phase.id).collect();
                let Some(first) = sessions.first() else { continue };
                let label = format!(
                    "{} · {} · {}",
                    definition.title.in_language(l.code()),
                    phase.title.in_language(l.code()),
                    track.title.in_language(l.code())
                );
                let size = definition.group.map_or_else(String::new, |group| {
                    l.with(
                        "groups-kind-size",
                        &[("min", group.min.into()), ("max", group.max.into()), ("facilitators", group.facilitators.into())],
                    )
                    .into_owned()
                });
                let hint = format!("{} {size}", l.t2("groups-kind-sessions", "count", sessions.len(), "minutes", first.minutes));
                kinds.push(Choice::new(format!("{id}:{}:{}", phase.id, track.id), label).hint(hint));
            }
        }
    }
    kinds.sort_by(|one, other| l.order(&one.label, &other.label));
    kinds
}

fn languages(l: L) -> Vec<Choice> {
    let mut codes: Vec<String> = Language::all().into_iter().map(|language| language.code().to_owned()).collect();
    codes.extend(["ca", "eu", "gl", "fr", "pt", "ro", "ar"].map(str::to_owned));
    codes.sort();
    codes.dedup();
    let mut choices: Vec<Choice> =
        codes.into_iter().map(|code| Choice::new(code.clone(), l.t(&format!("groups-language-{code}")))).collect();
    choices.sort_by(|one, other| l.order(&one.label, &other.label));
    choices
}

/// Reads everything but what only a new group is asked.
fn read(form: &mut Form, offered: &Offered, today: Date, first_open: Option<Date>) -> Option<Said> {
    let title = form.text("title", Need::Required, 120);
    let codes = ["en", "es", "ca", "eu", "gl", "fr", "pt", "ro", "ar"];
    let language = form.choice("language", Need::Required, &codes);
    let first_on = match first_open {
        Some(kept) => Some(kept),
        None => form.date_with("first", Need::Required, |text| parse_date(text).ok()),
    };
    if first_open.is_none() && first_on.is_some_and(|on| on < today) {
        form.fault("first", Problem::new("groups-first-past"));
    }
    let known: Vec<String> = offered.staff.iter().map(|(id, _)| id.to_string()).collect();
    let facilitators: Vec<Uuid> = form.many("facilitators", &known).iter().filter_map(|id| Uuid::try_parse(id).ok()).collect();
    if facilitators.is_empty() {
        form.fault("facilitators", Problem::new("form-fault-missing"));
    }
    let slot = read_slot(form, &offered.rooms, Need::Optional)?;
    Some(Said {
        title: title?,
        language: language?,
        room: slot.room,
        weekdays: write_weekdays(&slot.weekdays),
        starts: write_time(slot.starts),
        first_on: first_on?.to_string(),
        facilitators,
    })
    .filter(|_| !form.has_faults())
}

/// What is taken at the group's hours: a problem beside the field it is about. Days on which nothing can be held are no
/// such thing: the plan goes round them.
fn taken(l: L, ground: &Ground, schedule: &Schedule) -> Vec<(&'static str, Problem)> {
    let reasons: BTreeSet<&Why> = schedule.sessions.iter().flat_map(|placed| &placed.reason_moved).collect();
    let mut found = Vec::new();
    for (field, is_room) in [("room", true), ("facilitators", false)] {
        let of_field: Vec<&Why> =
            reasons.iter().copied().filter(|why| matches!(why, Why::Busy(whom, _) if matches!(whom, Whom::Room(_)) == is_room)).collect();
        if let Some(first) = of_field.first() {
            let text = planning_words::why(l, &ground.names, first);
            found.push((field, Problem::new("groups-taken").arg("why", text).arg("count", of_field.len())));
        }
    }
    if let Some((_, why)) = schedule.unplaced.first() {
        found.push(("days", planning_words::problem_of(l, &ground.names, why)));
    }
    found
}

fn new_page(guard: &Guard, form: Form, places: &[(Uuid, String)], unit: Option<Uuid>, offered: Option<&Offered>) -> FormPage {
    let l = guard.l;
    let choices = |list: &[(Uuid, String)]| list.iter().map(|(id, title)| Choice::new(id.to_string(), title.clone())).collect::<Vec<_>>();
    FormPage {
        frame: guard.frame(l.t("groups-new")),
        l,
        action: "/groups/new".to_owned(),
        back: "/groups".to_owned(),
        new: true,
        first_open: true,
        unit,
        unit_title: unit.and_then(|unit| places.iter().find(|(id, _)| *id == unit)).map(|(_, title)| title.clone()).unwrap_or_default(),
        places: choices(places),
        kinds: kinds(&guard.app, l),
        days: weekday_choices(l),
        rooms: offered.map(|offered| room_choices(&offered.rooms)).unwrap_or_default(),
        staff: offered.map(|offered| choices(&offered.staff)).unwrap_or_default(),
        languages: languages(l),
        recommended: l.t("groups-facilitators-hint").into_owned(),
        taken: form.fault_of("room").is_some_and(|fault| fault.id() == "groups-taken")
            || form.fault_of("facilitators").is_some_and(|fault| fault.id() == "groups-taken"),
        once: guard.app.new_id().to_string(),
        revision: 0,
        changed: false,
        form,
    }
}

/// `GET /groups/new`; where an account keeps several places, one is chosen first.
pub async fn new(guard: Guard, Query(pairs): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let mut form = Form::from_pairs(pairs);
    let places = store::places(&mut tx, &permit).await?;
    let unit = chosen(&form, &places);
    let offered = match unit {
        Some(unit) => Some(offered(&mut tx, unit).await?),
        None => None,
    };
    if !form.has("language") {
        form.set("language", guard.l.code());
    }
    tx.commit().await?;
    page(&new_page(&guard, form, &places, unit, offered.as_ref()))
}

fn chosen(form: &Form, places: &[(Uuid, String)]) -> Option<Uuid> {
    match places {
        [(only, _)] => Some(*only),
        _ => form.id("unit").filter(|unit| places.iter().any(|(id, _)| id == unit)),
    }
}

/// The page of a group with these cases ticked among its candidates.
fn with_chosen(group: Uuid, cases: &[Uuid]) -> String {
    let ticked: Vec<String> = cases.iter().map(|case| format!("case={case}")).collect();
    if ticked.is_empty() { format!("/groups/{group}") } else { format!("/groups/{group}?{}#candidates", ticked.join("&")) }
}

/// `POST /groups/new`
pub async fn forming(guard: Guard, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let places = store::places(&mut tx, &permit).await?;
    let Some(unit) = chosen(&form, &places) else {
        form.fault("unit", Problem::new("form-fault-choice"));
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&guard, form, &places, None, None));
    };
    let offered = offered(&mut tx, unit).await?;
    let id = guard.app.new_id();
    // Those chosen on the waiting list are ticked among the candidates of the new group.
    let ticked: Vec<Uuid> = form.values("case").filter_map(|case| case.parse().ok()).collect();
    let leads_to = with_chosen(id, &ticked);
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let known: Vec<String> = kinds(&guard.app, guard.l).into_iter().map(|choice| choice.value).collect();
    let kind = form.choice("kind", Need::Required, &known);
    let said = read(&mut form, &offered, guard.today, None);
    let parts = kind.as_deref().and_then(split);
    let (Some(said), Some((programme, phase, track))) = (said, parts) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&guard, form, &places, Some(unit), Some(&offered)));
    };
    let new = NewGroup { id, unit, programme, phase: phase.to_owned(), track: track.to_owned() };
    let (_, wrapped) = guard.app.vault.new_key(id)?;
    store::form(&mut tx, &permit, &new, &said, &wrapped, guard.now).await?;
    let group = guard.formed(&mut tx, id).await?;
    if !planned(&mut tx, &guard, &group, &mut form).await? {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&guard, form, &places, Some(unit), Some(&offered)));
    }
    guard.made(&mut tx, "group", id).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

fn split(kind: &str) -> Option<(Uuid, &str, &str)> {
    let mut parts = kind.splitn(3, ':');
    Some((Uuid::try_parse(parts.next()?).ok()?, parts.next()?, parts.next()?))
}

/// Plans the group as it now stands in the transaction, unless something is taken at its hours and nobody said to go
/// round it.
async fn planned(tx: &mut Tx, guard: &Guard, group: &crate::web::GroupPermit, form: &mut Form) -> WebResult<bool> {
    let (ground, schedule) = planning::group_schedule(tx, &guard.app, &planning::Owner::from(group)).await?;
    let round = form.flag("round");
    for (field, problem) in taken(guard.l, &ground, &schedule) {
        if !(round && problem.id() == "groups-taken") {
            form.fault(field, problem);
        }
    }
    if form.has_faults() {
        return Ok(false);
    }
    planning::plan_group(tx, &guard.app, group).await?;
    Ok(true)
}

async fn edit_page(
    tx: &mut Tx,
    guard: &Guard,
    group: &crate::web::GroupPermit,
    row: &GroupRow,
    form: Form,
    changed: bool,
) -> WebResult<FormPage> {
    let offered = offered(tx, group.unit()).await?;
    let shown = new_page(guard, form, &[(group.unit(), row.unit_title.clone())], Some(group.unit()), Some(&offered));
    let title = guard.l.t1("groups-edit-title", "title", row.title.clone());
    Ok(FormPage {
        frame: guard.frame(title),
        action: format!("/groups/{}/edit", group.group()),
        back: format!("/groups/{}", group.group()),
        new: false,
        first_open: row.standing == "forming",
        revision: row.revision,
        changed,
        ..shown
    })
}

/// `GET /groups/{id}/edit`
pub async fn edit(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let row = store::group(&mut tx, &permit).await?;
    let mut form = Form::fill(&[("title", row.title.as_str()), ("language", row.spoken_language.as_str())]);
    let starts = fairway_domain::dates::parse_time(&row.starts_at_time).map_err(|_| StoreError::Unreadable(row.starts_at_time.clone()))?;
    fill_slot(&mut form, &SlotChoice { weekdays: read_weekdays(&row.weekdays), starts, room: row.room_id });
    form.set("first", guard.l.date(date(&row.first_on)?));
    for (facilitator, _) in store::facilitators(&mut tx, &permit).await? {
        form.add("facilitators", facilitator.to_string());
    }
    let answer = edit_page(&mut tx, &guard, &permit, &row, form, false).await?;
    tx.commit().await?;
    page(&answer)
}

/// `POST /groups/{id}/edit`
pub async fn editing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let row = store::group(&mut tx, &permit).await?;
    let leads_to = format!("/groups/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let offered = offered(&mut tx, permit.unit()).await?;
    // Once a group runs, its first day is a fact.
    let kept = if row.standing == "forming" { None } else { Some(date(&row.first_on)?) };
    let Some(said) = read(&mut form, &offered, guard.today, kept) else {
        let shown = edit_page(&mut tx, &guard, &permit, &row, form, false).await?;
        remember(&guard, tx, id, &[]).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    match store::change(&mut tx, &permit, &said, revision.unwrap_or_default()).await {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            let shown = edit_page(&mut tx, &guard, &permit, &row, form, true).await?;
            remember(&guard, tx, id, &[]).await?;
            return page_with(StatusCode::CONFLICT, &shown);
        }
        Err(other) => return Err(other.into()),
    }
    if !planned(&mut tx, &guard, &permit, &mut form).await? {
        let shown = edit_page(&mut tx, &guard, &permit, &row, form, false).await?;
        remember(&guard, tx, id, &[]).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
