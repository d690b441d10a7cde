//! Choosing the slot of a case's individual sessions, and seeing the plan before it is kept.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::schedule::{Schedule, plan as lay_out};
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::Owner;
use super::ground::{Ground, Wanted, case_ground, definition};
use super::slot::{SlotChoice, WEEKDAYS, weekday, weekday_code, weekday_name, write_time};
use super::store;
use super::words::{self, Ending, Line};
use crate::accounts::store as accounts;
use crate::db::Tx;
use crate::web::{CasePermit, Guard, Posted, WebResult, carried_out_once, page_with, see_other};

#[derive(Template)]
#[template(path = "planning/plan.html")]
struct PlanPage {
    frame: Frame,
    l: L,
    form: Form,
    case: Uuid,
    number: String,
    phase: String,
    state: State,
    days: Vec<Choice>,
    rooms: Vec<Choice>,
    overdue: usize,
    has_overdue: bool,
    home: String,
    back: String,
    lines: Vec<Line>,
    ending: Ending,
    shown: bool,
    once: String,
    seen: String,
    changed: bool,
}

/// Whether there is anything to plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Plannable,
    NoPhase,
    NoTrack,
    Nothing,
}

impl State {
    fn is(self, name: &str) -> bool {
        let own = match self {
            Self::Plannable => "plannable",
            Self::NoPhase => "no-phase",
            Self::NoTrack => "no-track",
            Self::Nothing => "nothing",
        };
        own == name
    }
}

/// The weekdays to tick.
pub fn weekday_choices(l: L) -> Vec<Choice> {
    WEEKDAYS.iter().map(|(code, day)| Choice::new(*code, weekday_name(l, *day))).collect()
}

/// The rooms of a place to choose from.
pub fn room_choices(rooms: &[(Uuid, String)]) -> Vec<Choice> {
    rooms.iter().map(|(id, title)| Choice::new(id.to_string(), title.clone())).collect()
}

/// Reads weekdays, hour and room.
pub fn read_slot(form: &mut Form, rooms: &[(Uuid, String)], room_needed: Need) -> Option<SlotChoice> {
    let codes: Vec<&str> = WEEKDAYS.iter().map(|(code, _)| *code).collect();
    let weekdays: Vec<_> = form.many("days", &codes).iter().filter_map(|code| weekday(code)).collect();
    if weekdays.is_empty() && form.fault_of("days").is_none() {
        form.fault("days", Problem::new("form-fault-missing"));
    }
    let starts = form.time("time", Need::Required);
    let room =
        form.choice_as("room", room_needed, |text| Uuid::try_parse(text).ok().filter(|id| rooms.iter().any(|(known, _)| known == id)));
    match starts {
        Some(starts) if !form.has_faults() => Some(SlotChoice { weekdays, starts, room }),
        _ => None,
    }
}

/// Puts a slot into a form.
pub fn fill_slot(form: &mut Form, slot: &SlotChoice) {
    for day in &slot.weekdays {
        form.add("days", weekday_code(*day));
    }
    form.set("time", write_time(slot.starts));
    form.set("room", slot.room.map(|room| room.to_string()).unwrap_or_default());
}

/// What the page is made from.
struct Asked {
    phase: Option<String>,
    rooms: Vec<(Uuid, String)>,
    laid: Option<(Ground, Schedule)>,
    /// The slot and first day read from the form, when it was whole.
    wanted: Option<Wanted>,
    state: State,
}

async fn ask(tx: &mut Tx, guard: &Guard, permit: &CasePermit, form: &mut Form, show: bool) -> WebResult<Asked> {
    let owner = Owner::from(permit);
    let facts = store::case_facts(tx, &owner).await?;
    let rooms = accounts::rooms(tx, permit.unit()).await?;
    let Some(phase) = facts.phase.filter(|_| permit.stage() == "in-phase") else {
        return Ok(Asked { phase: None, rooms, laid: None, wanted: None, state: State::NoPhase });
    };
    let wanted = if show { read(form, guard.today, &rooms) } else { None };
    let usual = Wanted { slot: None, first_on: guard.today, overdue_too: false };
    let ground = case_ground(tx, &guard.app, &owner, &phase, wanted.as_ref().unwrap_or(&usual)).await?;
    let state = if facts.track.is_none() {
        State::NoTrack
    } else if ground.request.sessions.is_empty() {
        State::Nothing
    } else {
        State::Plannable
    };
    if !show {
        if let Some(slot) = &ground.slot {
            fill_slot(form, slot);
        }
        form.set("from", guard.l.date(guard.today));
    }
    let schedule = lay_out(&ground.request);
    Ok(Asked { phase: Some(phase), rooms, laid: Some((ground, schedule)), wanted, state })
}

fn read(form: &mut Form, today: Date, rooms: &[(Uuid, String)]) -> Option<Wanted> {
    let from = form.date_with("from", Need::Required, |text| parse_date(text).ok());
    if from.is_some_and(|from| from < today) {
        form.fault("from", Problem::new("planning-from-past"));
    }
    let slot = read_slot(form, rooms, Need::Optional);
    let overdue_too = form.flag("overdue");
    match (from, slot) {
        (Some(first_on), Some(slot)) if !form.has_faults() => Some(Wanted { slot: Some(slot), first_on, overdue_too }),
        _ => None,
    }
}

async fn show(tx: &mut Tx, guard: &Guard, permit: &CasePermit, form: Form, asked: Asked, changed: bool) -> WebResult<PlanPage> {
    let l = guard.l;
    let (number, name) = store::who(tx, permit).await?;
    let definition = definition(&guard.app, &Owner::from(permit))?;
    let phase = asked
        .phase
        .as_deref()
        .and_then(|phase| definition.phase(phase))
        .map(|phase| phase.title.in_language(l.code()).to_owned())
        .unwrap_or_default();
    let (mut lines, mut ending, mut overdue, mut seen) = (Vec::new(), Ending::default(), 0, String::new());
    if let Some((ground, schedule)) = &asked.laid {
        let today = guard.today.to_string();
        overdue = ground.rows.iter().filter(|row| row.standing == "planned" && row.on_date < today).count();
        // With faults in the form the plan would be that of another slot.
        if !form.has_faults() {
            lines = words::lines(l, ground, definition, schedule);
            ending = words::ending(l, ground, schedule);
        }
        seen = words::digest(ground, schedule);
    }
    Ok(PlanPage {
        frame: guard.frame(l.t1("planning-title", "name", name)),
        l,
        case: permit.case(),
        number,
        phase,
        state: asked.state,
        days: weekday_choices(l),
        rooms: room_choices(&asked.rooms),
        overdue,
        has_overdue: overdue > 0,
        home: format!("/cases/{}", permit.case()),
        back: format!("/cases/{}/sessions", permit.case()),
        lines,
        ending,
        shown: asked.wanted.is_some(),
        once: guard.app.new_id().to_string(),
        seen,
        changed,
        form,
    })
}

/// `GET /cases/{id}/plan`; with `show` in the query the plan for the slot given there.
pub async fn plan(guard: Guard, Path(id): Path<Uuid>, Query(pairs): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let mut form = Form::from_pairs(pairs);
    let wish = form.has("show");
    let asked = ask(&mut tx, &guard, &permit, &mut form, wish).await?;
    let status = if form.has_faults() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let answer = show(&mut tx, &guard, &permit, form, asked, false).await?;
    tx.commit().await?;
    page_with(status, &answer)
}

/// `POST /cases/{id}/plan`: keeps the slot and the plan that was shown.
pub async fn planning(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}/sessions");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let asked = ask(&mut tx, &guard, &permit, &mut form, true).await?;
    let (Some(wanted), Some((ground, schedule)), true) = (&asked.wanted, &asked.laid, asked.state == State::Plannable) else {
        let answer = show(&mut tx, &guard, &permit, form, asked, false).await?;
        remember(&guard, tx, id).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &answer);
    };
    if form.value("seen") != words::digest(ground, schedule) {
        let answer = show(&mut tx, &guard, &permit, form, asked, true).await?;
        remember(&guard, tx, id).await?;
        return page_with(StatusCode::CONFLICT, &answer);
    }
    if let Some(slot) = &wanted.slot {
        store::keep_case_slot(&mut tx, &permit, slot).await?;
    }
    super::write(&mut tx, &guard.app, ground, schedule).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// Gives up what a form attempted and keeps only that the case was looked at.
pub(super) async fn remember(guard: &Guard, attempted: Tx, case: Uuid) -> WebResult<()> {
    drop(attempted);
    let (tx, _) = guard.case(case).await?;
    tx.commit().await?;
    Ok(())
}
