//! Admitting several at once, rejoining a running group, leaving.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::group::{LeaveReason, LeaveRefused};
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need, Problem};
use uuid::Uuid;

use super::candidates::{self, Against};
use super::pages_show::{Loaded, Outcome, answer, load};
use super::words;
use super::{store, store_members};
use crate::db::{StoreError, Tx};
use crate::web::{Error, GroupPermit, Guard, Posted, WebResult, carried_out_once, page_with, see_other};

/// `POST /groups/{id}/members`: those ticked are admitted, or join a running group at the same point.
pub async fn admission(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let leads_to = format!("/groups/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    match store::claim(&mut tx, &permit, revision.unwrap_or_default()).await {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            drop(tx);
            return again(&guard, id, form, Outcome { changed: true }, StatusCode::CONFLICT).await;
        }
        Err(other) => return Err(other.into()),
    }
    let joining = joining(&mut tx, &guard, &permit, &mut form).await?;
    let Some((joining, at_session)) = joining else {
        drop(tx);
        return again(&guard, id, form, Outcome::default(), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let cases: Vec<Uuid> = joining.iter().map(|(_, case)| *case).collect();
    guard.members(&mut tx, &permit, &cases).await?;
    store_members::join(&mut tx, &permit, &joining, guard.today, at_session.as_deref()).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// The group's page once more, in a transaction of its own: of the attempt nothing is kept, and the sight is logged.
async fn again(guard: &Guard, id: Uuid, form: Form, outcome: Outcome, status: StatusCode) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let response = answer(&mut tx, guard, &permit, form, outcome, status).await?;
    tx.commit().await?;
    Ok(response)
}

/// Who joins (a new membership's id, the case), and at which session; or nothing, with the faults in the form.
async fn joining(
    tx: &mut Tx,
    guard: &Guard,
    permit: &GroupPermit,
    form: &mut Form,
) -> WebResult<Option<(Vec<(Uuid, Uuid)>, Option<String>)>> {
    let loaded = load(tx, guard, permit).await?;
    let against = Against { definition: loaded.definition, row: &loaded.row, sessions: &loaded.sessions, places: loaded.group.places() };
    let known = candidates::load(tx, permit, guard.l, &against).await?;
    let mut asked: Vec<Uuid> = form.values("case").filter_map(|id| Uuid::try_parse(id).ok()).collect();
    asked.sort();
    asked.dedup();
    if asked.is_empty() {
        form.fault("case", Problem::new("groups-nobody-ticked"));
        return Ok(None);
    }
    let mut group = loaded.group.clone();
    let mut joining = Vec::with_capacity(asked.len());
    for case in asked {
        let Some(candidate) = known.iter().find(|one| one.id == case) else {
            // A case that is no candidate is either a member by now, or none of this place's business.
            let member = loaded.group.members().any(|member| *member == case);
            if !member {
                guard.member(tx, permit, case).await?;
            }
            form.fault("case", Problem::new("groups-no-longer-candidate"));
            return Ok(None);
        };
        let before = group.clone();
        let outcome = match candidate.point {
            Some(point) => group.rejoin(case, guard.today, point),
            None => group.admit(case, guard.today),
        };
        group = match outcome {
            Ok(group) => group,
            Err(refused) => {
                form.fault("case", words::admit_refused(guard.l, &candidate.name, refused));
                before
            }
        };
        joining.push((guard.app.new_id(), case));
    }
    if form.has_faults() {
        return Ok(None);
    }
    Ok(Some((joining, next_session(&loaded, guard))))
}

fn next_session(loaded: &Loaded<'_>, guard: &Guard) -> Option<String> {
    loaded.next(guard.today).and_then(|index| loaded.sessions.get(index)).map(|session| session.session.clone())
}

#[derive(Template)]
#[template(path = "groups/leaving.html")]
struct LeavingPage {
    frame: Frame,
    l: L,
    form: Form,
    group: Uuid,
    case: Uuid,
    back: String,
    group_title: String,
    reasons: Vec<Choice>,
    once: String,
    revision: i64,
    changed: bool,
}

fn leaving_page(guard: &Guard, permit: &GroupPermit, loaded: &Loaded<'_>, case: Uuid, form: Form, changed: bool) -> WebResult<LeavingPage> {
    let l = guard.l;
    let member = loaded.members.iter().find(|member| member.case_id == case).ok_or(Error::NotFound)?;
    Ok(LeavingPage {
        frame: guard.frame(l.t1("groups-leaving-title", "name", member.name())),
        l,
        form,
        group: permit.group(),
        case,
        back: format!("/groups/{}", permit.group()),
        group_title: loaded.row.title.clone(),
        reasons: LeaveReason::offered().map(|reason| Choice::new(reason.code(), l.t(&format!("groups-left-{reason}")))).collect(),
        once: guard.app.new_id().to_string(),
        revision: loaded.row.revision,
        changed,
    })
}

/// `GET /groups/{id}/members/{case}/leaving`
pub async fn leaving(guard: Guard, Path((id, case)): Path<(Uuid, Uuid)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let loaded = load(&mut tx, &guard, &permit).await?;
    let form = Form::fill(&[("on", guard.l.date(guard.today))]);
    let shown = leaving_page(&guard, &permit, &loaded, case, form, false)?;
    guard.touched(&mut tx, "case", &[case]).await?;
    tx.commit().await?;
    page_with(StatusCode::OK, &shown)
}

/// `POST /groups/{id}/members/{case}/leaving`
pub async fn left(guard: Guard, Path((id, case)): Path<(Uuid, Uuid)>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let leads_to = format!("/groups/{id}");
    let loaded = load(&mut tx, &guard, &permit).await?;
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let on = form.date_with("on", Need::Required, |text| parse_date(text).ok());
    let reason =
        form.choice_as("reason", Need::Required, |code| LeaveReason::from_code(code).filter(|reason| *reason != LeaveReason::GroupClosed));
    if let Some(on) = on {
        if on > guard.today {
            form.fault("on", Problem::new("groups-leave-future"));
        }
        match loaded.group.clone().leave(&case, on) {
            Ok(_) => {}
            Err(LeaveRefused::BeforeJoining) => form.fault("on", Problem::new("groups-leave-before")),
            Err(LeaveRefused::NotAMember) => form.fault("", Problem::new("groups-leave-not-member")),
        }
    }
    let (Some(on), Some(reason), false) = (on, reason, form.has_faults()) else {
        let shown = leaving_page(&guard, &permit, &loaded, case, form, false)?;
        remember(&guard, tx, id, &[case]).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    match store::claim(&mut tx, &permit, revision.unwrap_or_default()).await {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            let shown = leaving_page(&guard, &permit, &loaded, case, form, true)?;
            remember(&guard, tx, id, &[case]).await?;
            return page_with(StatusCode::CONFLICT, &shown);
        }
        Err(other) => return Err(other.into()),
    }
    store_members::leave(&mut tx, &permit, case, on, reason.code()).await?;
    guard.touched(&mut tx, "case", &[case]).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// Gives up what a form attempted and keeps only that the group and these cases were looked at.
pub(super) async fn remember(guard: &Guard, attempted: Tx, group: Uuid, cases: &[Uuid]) -> WebResult<()> {
    drop(attempted);
    let (mut tx, _) = guard.group(group).await?;
    guard.listed(&mut tx, "case", cases).await?;
    tx.commit().await?;
    Ok(())
}
