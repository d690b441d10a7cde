//! The history of a case: every event, who decided it, and why. Nothing here can be changed.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::case::{Event, Happening};
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::head::{Head, Page, Shown};
use super::{refusal, store_history, words};
use crate::web::{Guard, WebResult, page};

struct Line {
    on: String,
    title: String,
    detail: String,
    by: String,
    recorded: String,
    comment: String,
    against: bool,
}

#[derive(Template)]
#[template(path = "cases/history.html")]
struct HistoryPage {
    frame: Frame,
    l: L,
    head: Head,
    lines: Vec<Line>,
}

/// `GET /cases/{id}/history`
pub async fn history(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let told = store_history::told(&mut tx, &permit).await?;
    let units = crate::accounts::store::units(&mut tx).await?;
    tx.commit().await?;
    let l = guard.l;
    let place = |id: Uuid| units.iter().find(|unit| unit.id == id).map(|unit| unit.title.clone()).unwrap_or_default();
    let mut lines: Vec<Line> = told
        .into_iter()
        .map(|told| Line {
            on: l.date(told.happening.on),
            title: l.t(&format!("cases-event-{}", told.happening.event.kind().code())).into_owned(),
            detail: detail(l, &shown, &told.happening, &place),
            by: told.by,
            recorded: told.recorded_at.parse::<jiff::Timestamp>().map(|at| l.instant(at, &guard.app.zone)).unwrap_or_default(),
            against: told.happening.event.is_override(),
            comment: told.happening.comment.unwrap_or_default(),
        })
        .collect();
    lines.reverse();
    page(&HistoryPage {
        frame: guard.frame(format!("{} · {}", l.t("cases-tab-history"), shown.row.name())),
        l,
        head: Head::of(&guard, &shown, Page::History),
        lines,
    })
}

fn detail(l: L, shown: &Shown, happening: &Happening, place: &dyn Fn(Uuid) -> String) -> String {
    let definition = shown.definition();
    match &happening.event {
        Event::Start { phase, .. } | Event::EnterPhase { phase, .. } => {
            definition.phase(&phase.id).map_or_else(|| phase.id.clone(), |phase| phase.title.in_language(l.code()).to_owned())
        }
        Event::EndEarly { reason } | Event::NeverStart { reason } => words::reason(l, definition, reason),
        Event::Correct { what, to } => l.t2("cases-event-corrected", "what", refusal::date_name(l, *what), "to", l.date(*to)).into_owned(),
        Event::Refer { unit } | Event::Transfer { unit } => place(*unit),
        Event::Reopen => words::stage(l, happening.to.code()),
        _ => String::new(),
    }
}
