//! Moving a session: "this one" or "this one and all after it", with what would move shown before anything does.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::schedule::{Preview, Reach};
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::Owner;
use super::ground::{Ground, definition};
use super::make_up::{Single, single};
use super::moving::{self, stands_at};
use super::store::{self, Asked};
use super::words::{self, Ending};
use crate::db::{StoreError, Tx};
use crate::web::{Guard, Posted, SessionOwner, SessionPermit, WebResult, carried_out_once, page_with, see_other};

/// A session that would move, as the page shows it.
struct Moved {
    title: String,
    from: String,
    to: String,
}

#[expect(clippy::struct_excessive_bools, reason = "what a template shows or hides")]
#[derive(Template)]
#[template(path = "planning/move.html")]
struct MovePage {
    frame: Frame,
    l: L,
    form: Form,
    session: Uuid,
    stands: String,
    whose: String,
    movable: bool,
    alone: bool,
    reaches: Vec<Choice>,
    moved: Vec<Moved>,
    ending: Ending,
    closer: bool,
    shown: bool,
    once: String,
    seen: String,
    changed: bool,
    revision: i64,
}

/// What the page is made from.
struct Wish {
    asked: Asked,
    ground: Ground,
    /// The move, when the form was whole and the rules allow it.
    moved: Option<Carried>,
}

/// A move that may be carried out.
enum Carried {
    InOrder(Box<Preview>),
    Alone((Date, Time)),
}

async fn ask(tx: &mut Tx, guard: &Guard, permit: &SessionPermit, form: &mut Form, show: bool) -> WebResult<Wish> {
    let asked = store::asked(tx, permit).await?;
    let to = if show { read(form) } else { None };
    let definition = definition(&guard.app, &Owner::from(permit))?;
    if asked.make_up_id.is_some() {
        let at = match to {
            Some((to, _)) => to,
            None => stands_at(&asked)?,
        };
        let alone = Single {
            row: Some(permit.session()),
            session: &asked.session,
            phase: &asked.phase,
            minutes: u16::try_from(asked.minutes).unwrap_or(u16::MAX),
            room: asked.room_id,
            facilitator: asked.facilitator_id,
            at,
        };
        let (ground, verdict) = single(tx, &guard.app, &Owner::from(permit), &alone).await?;
        let moved = match (to, verdict) {
            (Some((to, _)), Ok(_)) if asked.standing == "planned" => Some(Carried::Alone(to)),
            (Some(_), Err(why)) => {
                form.fault(words::field_of(&why), words::problem_of(guard.l, &ground.names, &why));
                None
            }
            _ => None,
        };
        return Ok(Wish { asked, ground, moved });
    }
    let ground = moving::ground(tx, &guard.app, permit, &asked).await?;
    let moved = match to.map(|(to, reach)| moving::preview(&ground, &asked, to, reach)) {
        Some(Ok(preview)) => Some(Carried::InOrder(Box::new(preview))),
        Some(Err(refused)) => {
            let (field, problem) = words::refused(guard.l, &ground, definition, &refused);
            form.fault(field, problem);
            None
        }
        None => None,
    };
    Ok(Wish { asked, ground, moved })
}

fn read(form: &mut Form) -> Option<((Date, Time), Reach)> {
    let on = form.date_with("on", Need::Required, |text| parse_date(text).ok());
    let time = form.time("time", Need::Required);
    let reach = form.choice("reach", Need::Optional, &["this", "after"]);
    let reach = if reach.as_deref() == Some("after") { Reach::ThisAndAfter } else { Reach::ThisOne };
    match (on, time) {
        (Some(on), Some(time)) if !form.has_faults() => Some(((on, time), reach)),
        _ => None,
    }
}

fn when(l: L, at: (Date, Time)) -> String {
    format!("{}, {}", words::day(l, at.0), l.time(at.1))
}

impl Wish {
    fn digest(&self) -> String {
        match &self.moved {
            Some(Carried::InOrder(preview)) => words::digest(&self.ground, &preview.schedule),
            Some(Carried::Alone((on, at))) => format!("{on} {at} {}", self.asked.revision),
            None => String::new(),
        }
    }

    fn show(&self, guard: &Guard, permit: &SessionPermit, mut form: Form, shown: bool, changed: bool) -> WebResult<MovePage> {
        let l = guard.l;
        let definition = definition(&guard.app, &Owner::from(permit))?;
        let stands = stands_at(&self.asked)?;
        let title = words::title(l, definition, &self.asked.session);
        if !shown {
            form.set("on", l.date(stands.0.max(guard.today)));
            form.set("time", super::slot::write_time(stands.1));
            form.set("reach", "this");
        }
        let (mut moved, mut ending, mut closer) = (Vec::new(), Ending::default(), false);
        match &self.moved {
            Some(Carried::InOrder(preview)) => {
                for change in moving::changes(&self.ground, preview)? {
                    let to = change.to.map_or_else(|| l.t("planning-move-no-day").into_owned(), |to| when(l, to));
                    moved.push(Moved { title: words::title(l, definition, &change.session), from: when(l, change.from), to });
                }
                ending = words::ending(l, &self.ground, &preview.schedule);
                closer = preview.closer_than_cadence;
            }
            Some(Carried::Alone(to)) if *to != stands => {
                moved.push(Moved { title: title.clone(), from: when(l, stands), to: when(l, *to) });
            }
            _ => {}
        }
        let whose = match permit.owner() {
            SessionOwner::Case(case) => format!("/cases/{case}/sessions"),
            SessionOwner::Group(group) => format!("/groups/{group}"),
        };
        let reach = |value: &str, id: &str, hint: &str| Choice::new(value, l.t(id)).hint(l.t(hint));
        Ok(MovePage {
            frame: guard.frame(l.t1("planning-move-title", "session", title)),
            l,
            form,
            session: permit.session(),
            stands: when(l, stands),
            whose,
            movable: self.asked.standing == "planned",
            alone: self.asked.make_up_id.is_some(),
            reaches: vec![
                reach("this", "planning-move-this", "planning-move-this-hint"),
                reach("after", "planning-move-after", "planning-move-after-hint"),
            ],
            moved,
            ending,
            closer,
            shown: self.moved.is_some(),
            once: guard.app.new_id().to_string(),
            seen: self.digest(),
            changed,
            revision: self.asked.revision,
        })
    }
}

/// `GET /sessions/{id}/move`; with a day in the query what would move.
pub async fn asking(guard: Guard, Path(id): Path<Uuid>, Query(pairs): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let mut form = Form::from_pairs(pairs);
    let shown = form.has("on");
    let wish = ask(&mut tx, &guard, &permit, &mut form, shown).await?;
    let status = if form.has_faults() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let answer = wish.show(&guard, &permit, form, shown, false)?;
    tx.commit().await?;
    page_with(status, &answer)
}

/// `POST /sessions/{id}/move`: carries out the move that was shown.
pub async fn moving(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let leads_to = match permit.owner() {
        SessionOwner::Case(case) => format!("/cases/{case}/sessions"),
        SessionOwner::Group(group) => format!("/groups/{group}"),
    };
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let wish = ask(&mut tx, &guard, &permit, &mut form, true).await?;
    let Some(moved) = &wish.moved else {
        if !form.has_faults() {
            form.fault("", Problem::new("planning-move-recorded"));
        }
        let answer = wish.show(&guard, &permit, form, true, false)?;
        remember(&guard, tx, id).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &answer);
    };
    let seen = form.value("seen") == wish.digest();
    let claimed = if seen { store::claim(&mut tx, &permit, revision.unwrap_or_default()).await } else { Err(StoreError::Stale) };
    match claimed {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            let answer = wish.show(&guard, &permit, form, true, true)?;
            remember(&guard, tx, id).await?;
            return page_with(StatusCode::CONFLICT, &answer);
        }
        Err(other) => return Err(other.into()),
    }
    match moved {
        Carried::InOrder(preview) => moving::carry_out(&mut tx, &permit, &wish.ground, &wish.asked, preview).await?,
        Carried::Alone((on, starts)) => {
            let place = store::Place {
                on: *on,
                starts: *starts,
                minutes: wish.asked.minutes,
                room: wish.asked.room_id,
                pinned: true,
                counts_from_on: *on,
            };
            store::replace(&mut tx, &wish.ground.owner, permit.session(), &place, wish.asked.facilitator_id).await?;
        }
    }
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// Gives up what a form attempted and keeps only that the session was looked at.
async fn remember(guard: &Guard, attempted: Tx, session: Uuid) -> WebResult<()> {
    drop(attempted);
    let (tx, _) = guard.session(session).await?;
    tx.commit().await?;
    Ok(())
}
