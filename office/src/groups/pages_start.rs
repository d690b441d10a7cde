//! Starting a group, with each member's gate shown, and closing it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::case::gate::{check, verdict};
use fairway_domain::case::{Event, PhaseRef, Refused, Verdict};
use fairway_domain::dates::parse_date;
use fairway_domain::permission::{Action, Status};
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::pages_members::remember;
use super::pages_show::{Loaded, load};
use super::store;
use super::store_members::MemberRow;
use super::words::stage_refused;
use crate::cases::life::{self, LifeError};
use crate::cases::store_gates::{self, Known};
use crate::db::{StoreError, Tx};
use crate::planning;
use crate::web::{CasePermit, Error, GroupPermit, Guard, Posted, WebResult, carried_out_once, page_with, see_other};

/// What starting means for a member.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// The programme begins with this group.
    Start(PhaseRef),
    /// The group's phase is entered.
    Enter(PhaseRef),
    /// The person is in the phase already.
    Stays,
    /// The case stands somewhere from which the phase cannot be entered.
    CannotEnter,
}

/// A member before the start.
struct Before {
    case: Uuid,
    number: String,
    name: String,
    step: Step,
    verdict: Verdict,
    field: String,
}

impl Before {
    fn unmet(&self) -> u16 {
        match self.verdict {
            Verdict::Met => 0,
            Verdict::NotMet { unmet } | Verdict::Overridden { unmet } => unmet,
        }
    }

    fn stays(&self) -> bool {
        self.step == Step::Stays
    }

    fn cannot(&self) -> bool {
        self.step == Step::CannotEnter
    }
}

#[derive(Template)]
#[template(path = "groups/start.html")]
struct StartPage {
    frame: Frame,
    l: L,
    form: Form,
    group: Uuid,
    back: String,
    group_title: String,
    members: Vec<Before>,
    may_override: bool,
    forming: bool,
    once: String,
    revision: i64,
    changed: bool,
}

fn step(loaded: &Loaded<'_>, member: &MemberRow) -> Step {
    let index = loaded.definition.phase_index(&loaded.row.phase).unwrap_or(0);
    let phase = PhaseRef { index: u16::try_from(index).unwrap_or(u16::MAX), id: loaded.row.phase.clone() };
    let before = index.checked_sub(1).and_then(|index| loaded.definition.phases.get(index)).map(|phase| phase.id.as_str());
    match (member.stage.as_str(), member.phase.as_deref()) {
        ("in-phase", Some(own)) if own == phase.id => Step::Stays,
        ("in-phase", own) if before.is_some() && own == before => Step::Enter(phase),
        ("waiting", _) if before.is_none() => Step::Start(phase),
        _ => Step::CannotEnter,
    }
}

/// What the exit gate of the phase before and the entry gate of this one say.
fn gates(loaded: &Loaded<'_>, known: &Known, member: &MemberRow, today: Date) -> Verdict {
    let mut facts = life::gate_facts(loaded.definition, known, &loaded.row.phase, today);
    let mut unmet = 0;
    if let Some(before) = member.phase.as_deref().and_then(|phase| loaded.definition.phase(phase)) {
        let leaving = life::gate_facts(loaded.definition, known, &before.id, today);
        unmet += open_points(verdict(&check(&before.exit, &leaving)));
        // Whether the phase before was passed is what its exit gate has just been asked: it is not counted twice.
        facts.phases_passed.insert(before.id.clone());
    }
    if let Some(phase) = loaded.definition.phase(&loaded.row.phase) {
        unmet += open_points(verdict(&check(&phase.entry, &facts)));
    }
    if unmet == 0 { Verdict::Met } else { Verdict::NotMet { unmet } }
}

fn open_points(verdict: Verdict) -> u16 {
    match verdict {
        Verdict::Met => 0,
        Verdict::NotMet { unmet } | Verdict::Overridden { unmet } => unmet,
    }
}

/// The members of today, each with a permit and with what the gates say. As many statements for a dozen as for one.
async fn before(tx: &mut Tx, guard: &Guard, permit: &GroupPermit, loaded: &Loaded<'_>) -> WebResult<Vec<(Before, CasePermit)>> {
    let today: Vec<&MemberRow> = loaded.members.iter().filter(|member| member.left_on.is_none()).collect();
    let ids: Vec<Uuid> = today.iter().map(|member| member.case_id).collect();
    let cases = guard.members(tx, permit, &ids).await?;
    let known = store_gates::known(tx, &cases).await?;
    let one = |((member, case), known): ((&MemberRow, CasePermit), Known)| {
        let step = step(loaded, member);
        let asked = matches!(step, Step::Start(_) | Step::Enter(_));
        let shown = Before {
            case: member.case_id,
            number: member.case_number.clone(),
            name: member.name(),
            step,
            verdict: if asked { gates(loaded, &known, member, guard.today) } else { Verdict::Met },
            field: format!("reason-{}", member.case_id),
        };
        (shown, case)
    };
    Ok(today.into_iter().zip(cases).zip(known).map(one).collect())
}

fn start_page(guard: &Guard, permit: &GroupPermit, loaded: &Loaded<'_>, members: Vec<Before>, form: Form, changed: bool) -> StartPage {
    StartPage {
        frame: guard.frame(guard.l.t1("groups-start-title", "title", loaded.row.title.clone())),
        l: guard.l,
        form,
        group: permit.group(),
        back: format!("/groups/{}", permit.group()),
        group_title: loaded.row.title.clone(),
        members,
        may_override: may_override(guard, permit),
        forming: loaded.row.standing == "forming",
        once: guard.app.new_id().to_string(),
        revision: loaded.row.revision,
        changed,
    }
}

fn may_override(guard: &Guard, permit: &GroupPermit) -> bool {
    guard.could(permit.unit(), false, Action::OpenGateAgainstRule, Status::Live)
}

/// `GET /groups/{id}/start`
pub async fn asking(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let loaded = load(&mut tx, &guard, &permit).await?;
    let members = before(&mut tx, &guard, &permit, &loaded).await?.into_iter().map(|(member, _)| member).collect();
    let form = Form::fill(&[("on", guard.l.date(guard.today))]);
    let shown = start_page(&guard, &permit, &loaded, members, form, false);
    tx.commit().await?;
    page_with(StatusCode::OK, &shown)
}

/// `POST /groups/{id}/start`: every member enters the phase, or nobody does.
pub async fn starting(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let leads_to = format!("/groups/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let loaded = load(&mut tx, &guard, &permit).await?;
    let members = before(&mut tx, &guard, &permit, &loaded).await?;
    let on = form.date_with("on", Need::Required, |text| parse_date(text).ok());
    if let Err(refused) = loaded.group.clone().start(on.unwrap_or(guard.today)) {
        let (field, problem) = stage_refused(refused);
        form.fault(field, problem);
    }
    let claimed = match store::claim(&mut tx, &permit, revision.unwrap_or_default()).await {
        Err(StoreError::Stale) => false,
        other => {
            other?;
            true
        }
    };
    if let (true, false, Some(on)) = (claimed, form.has_faults(), on) {
        enter_all(&mut tx, &guard, &permit, &members, on, &mut form).await?;
    }
    if !claimed || form.has_faults() {
        let cases: Vec<Uuid> = members.iter().map(|(member, _)| member.case).collect();
        let shown = start_page(&guard, &permit, &loaded, members.into_iter().map(|(member, _)| member).collect(), form, !claimed);
        remember(&guard, tx, id, &cases).await?;
        return page_with(if claimed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT }, &shown);
    }
    store::started(&mut tx, &permit).await?;
    planning::plan_group(&mut tx, &guard.app, &permit).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// Lets every member enter the phase; what stands in somebody's way becomes a fault of the form.
async fn enter_all(
    tx: &mut Tx,
    guard: &Guard,
    permit: &GroupPermit,
    members: &[(Before, CasePermit)],
    on: Date,
    form: &mut Form,
) -> WebResult<()> {
    for (member, case) in members {
        let reason = form.long_text(&member.field, Need::Optional, 2_000);
        let verdict = match (member.verdict, &reason) {
            (Verdict::NotMet { .. }, None) => {
                let problem = if may_override(guard, permit) { "groups-start-reason-missing" } else { "groups-start-not-allowed" };
                form.fault(&member.field, Problem::new(problem).arg("name", member.name.clone()));
                continue;
            }
            (Verdict::NotMet { .. }, Some(_)) if !may_override(guard, permit) => {
                form.fault(&member.field, Problem::new("groups-start-not-allowed").arg("name", member.name.clone()));
                continue;
            }
            (verdict, _) => verdict.overridden(),
        };
        let event = match &member.step {
            Step::Start(phase) => Event::Start { phase: phase.clone(), verdict },
            Step::Enter(phase) => Event::EnterPhase { phase: phase.clone(), verdict },
            Step::Stays => continue,
            Step::CannotEnter => {
                form.fault("", Problem::new("groups-start-cannot").arg("name", member.name.clone()));
                continue;
            }
        };
        match life::apply(tx, &guard.app, case, event, on, reason.as_deref()).await {
            Ok(_) => {}
            Err(LifeError::Refused(refused)) => {
                let (field, problem) = refused_words(guard.l, &member.name, &refused);
                form.fault(field, problem);
            }
            Err(LifeError::Store(error)) => return Err(Error::from(error)),
        }
    }
    Ok(())
}

fn refused_words(l: L, name: &str, refused: &Refused) -> (&'static str, Problem) {
    match refused {
        Refused::InFuture { .. } => ("on", Problem::new("groups-start-future")),
        Refused::BeforePrevious { previous, .. } => {
            ("on", Problem::new("groups-start-before").arg("name", name).arg("day", l.date(*previous)))
        }
        _ => ("", Problem::new("groups-start-cannot").arg("name", name)),
    }
}

#[derive(Template)]
#[template(path = "groups/closing.html")]
struct ClosingPage {
    frame: Frame,
    l: L,
    form: Form,
    group: Uuid,
    back: String,
    members: u16,
    ahead: usize,
    closed: bool,
    once: String,
    revision: i64,
    changed: bool,
}

fn closing_page(guard: &Guard, permit: &GroupPermit, loaded: &Loaded<'_>, form: Form, changed: bool) -> ClosingPage {
    let today = guard.today.to_string();
    ClosingPage {
        frame: guard.frame(guard.l.t1("groups-closing-title", "title", loaded.row.title.clone())),
        l: guard.l,
        form,
        group: permit.group(),
        back: format!("/groups/{}", permit.group()),
        members: loaded.group.count(),
        ahead: loaded.sessions.iter().filter(|session| session.standing == "planned" && session.on_date > today).count(),
        closed: loaded.row.standing == "closed",
        once: guard.app.new_id().to_string(),
        revision: loaded.row.revision,
        changed,
    }
}

/// `GET /groups/{id}/closing`
pub async fn closing_asked(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let loaded = load(&mut tx, &guard, &permit).await?;
    let shown = closing_page(&guard, &permit, &loaded, Form::fill(&[("on", guard.l.date(guard.today))]), false);
    tx.commit().await?;
    page_with(StatusCode::OK, &shown)
}

/// `POST /groups/{id}/closing`
pub async fn closing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let leads_to = format!("/groups/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let loaded = load(&mut tx, &guard, &permit).await?;
    let on = form.date_with("on", Need::Required, |text| parse_date(text).ok());
    if on.is_some_and(|on| on > guard.today) {
        form.fault("on", Problem::new("groups-leave-future"));
    }
    if let Some(Err(refused)) = on.map(|on| loaded.group.clone().close(on)) {
        let (field, problem) = stage_refused(refused);
        form.fault(field, problem);
    }
    let (Some(on), false) = (on, form.has_faults()) else {
        let shown = closing_page(&guard, &permit, &loaded, form, false);
        remember(&guard, tx, id, &[]).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    match store::claim(&mut tx, &permit, revision.unwrap_or_default()).await {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            let shown = closing_page(&guard, &permit, &loaded, form, true);
            remember(&guard, tx, id, &[]).await?;
            return page_with(StatusCode::CONFLICT, &shown);
        }
        Err(other) => return Err(other.into()),
    }
    store::closed(&mut tx, &permit, on).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
