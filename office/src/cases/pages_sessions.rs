//! The sessions of a case.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::permission::Action;
use fairway_domain::programme::Definition;
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::head::{Head, Page, Shown};
use super::{store_overview, store_sessions, words};
use crate::web::{Guard, WebResult, page};

struct Row {
    day: String,
    time: String,
    title: String,
    href: String,
    group: String,
    state: String,
    mood: &'static str,
    make_up: String,
}

struct Part {
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "cases/sessions.html")]
struct SessionsPage {
    frame: Frame,
    l: L,
    head: Head,
    parts: Vec<Part>,
    make_ups: Vec<(String, String, String, &'static str)>,
    plan: Option<String>,
    group: Option<(String, String)>,
}

/// `GET /cases/{id}/sessions`
pub async fn sessions(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let sittings = store_sessions::sittings(&mut tx, &permit).await?;
    let make_ups = store_overview::make_ups(&mut tx, &permit).await?;
    let group = store_overview::group(&mut tx, &permit).await?;
    tx.commit().await?;
    let l = guard.l;
    let definition = shown.definition();
    let mut parts: Vec<Part> = definition
        .phases
        .iter()
        .map(|phase| Part {
            title: phase.title.in_language(l.code()).to_owned(),
            rows: sittings
                .iter()
                .filter(|sitting| sitting.phase == phase.id)
                .map(|sitting| row(l, definition, sitting, guard.today))
                .collect(),
        })
        .filter(|part| !part.rows.is_empty())
        .collect();
    // What was said in a session is not for everybody who may know that it took place.
    if !shown.could(&guard, Action::SeeSession) {
        for row in parts.iter_mut().flat_map(|part: &mut Part| part.rows.iter_mut()) {
            row.href.clear();
        }
    }
    let make_ups = make_ups
        .into_iter()
        .map(|make_up| {
            let mood = match make_up.standing.as_str() {
                "done" => "ok",
                "due" if make_up.due_on.is_some_and(|on| on < guard.today) => "late",
                _ => "plain",
            };
            let day = make_up.done_on.or(make_up.due_on).map(|on| l.date(on)).unwrap_or_default();
            let text =
                format!("{}: {}", words::session(l, definition, &make_up.session), l.t(&format!("cases-make-up-by-{}", make_up.made_by)));
            (text, l.t(&format!("cases-make-up-{}", make_up.standing)).into_owned(), day, mood)
        })
        .collect();
    let may_plan = shown.could(&guard, Action::PlanSessions) && shown.row.phase.is_some();
    page(&SessionsPage {
        frame: guard.frame(format!("{} · {}", l.t("cases-tab-sessions"), shown.row.name())),
        l,
        head: Head::of(&guard, &shown, Page::Sessions),
        parts,
        make_ups,
        plan: may_plan.then(|| format!("{}/plan", shown.href())),
        group: group.map(|(id, title)| (title, format!("/groups/{id}"))),
    })
}

fn row(l: L, definition: &Definition, sitting: &store_sessions::Sitting, today: jiff::civil::Date) -> Row {
    let (state, mood) = match (sitting.presence.as_deref(), sitting.standing.as_str()) {
        (Some(presence), _) => {
            (l.t(&format!("cases-presence-{presence}")).into_owned(), if presence.starts_with("absent") { "late" } else { "ok" })
        }
        (None, "planned") if sitting.on < today => (l.t("cases-session-unrecorded").into_owned(), "late"),
        (None, "planned") => (l.t("cases-session-planned").into_owned(), "plain"),
        (None, _) => (l.t("cases-session-held").into_owned(), "plain"),
    };
    let make_up = sitting.make_up.as_deref().map(|standing| match sitting.made_up_on {
        Some(on) => l.t1("cases-made-up-on", "on", l.date(on)).into_owned(),
        None => format!("{}: {}", l.t("cases-make-up"), l.t(&format!("cases-make-up-{standing}"))),
    });
    Row {
        day: l.date(sitting.on),
        time: sitting.time.get(..5).unwrap_or(&sitting.time).to_owned(),
        title: words::session(l, definition, &sitting.session),
        href: format!("/sessions/{}", sitting.planned),
        group: sitting.group.clone().unwrap_or_else(|| l.t("cases-individual").into_owned()),
        state,
        mood,
        make_up: make_up.unwrap_or_default(),
    }
}
