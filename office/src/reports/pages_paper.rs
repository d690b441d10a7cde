//! A report as it is read and printed.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::permission::{Action, Status};
use fairway_site::{Frame, L};
use jiff::civil::Date;
use uuid::Uuid;

use super::pages::{is_staff, sections, title};
use super::store;
use crate::cases::store as cases;
use crate::web::{Error, Guard, WebResult, page};

#[derive(Template)]
#[template(path = "reports/paper.html")]
struct PaperPage {
    frame: Frame,
    l: L,
    id: Uuid,
    case: Uuid,
    number: String,
    person: String,
    place: String,
    to: String,
    covers: String,
    sections: Vec<(String, Vec<String>)>,
    signed: String,
    written_on: String,
    may_write: bool,
    may_add: bool,
    once: String,
}

/// `GET /reports/{id}`
pub async fn show(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.report(id).await?;
    let row = store::load(&mut tx, &permit, id).await?;
    let is_signed = row.standing == "signed";
    if !is_signed && !is_staff(&guard, &mut tx, &permit).await? {
        return Err(Error::NotFound);
    }
    let case = cases::row(&mut tx, &permit).await?;
    let jurisdiction = store::jurisdiction(&mut tx, &permit).await?;
    let words = sections(&guard, &mut tx, &permit, &case, &row).await?;
    let assigned = store::works_on(&mut tx, &permit).await?;
    tx.commit().await?;
    let l = guard.l;
    let may_write = guard.could(permit.unit(), assigned, Action::WriteReport, Status::Live);
    let on = |text: &str| text.parse::<Date>().map_or_else(|_| text.to_owned(), |on| l.date_long(on));
    let signed = row.signed_at.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok()).map(|at| {
        l.t2("reports-signed-by", "name", row.writer.clone().unwrap_or_default(), "at", l.instant(at, &guard.app.zone)).into_owned()
    });
    let mut frame = guard.frame(title(&guard, &jurisdiction, &case, &row.rule));
    "report".clone_into(&mut frame.body);
    page(&PaperPage {
        frame,
        l,
        id,
        case: permit.case(),
        number: case.case_number.clone(),
        person: case.name(),
        place: case.unit_title.clone(),
        to: receivers(&guard, &jurisdiction, &row.rule),
        covers: l.t2("reports-covers", "from", on(&row.covers_from_on), "to", on(&row.covers_to_on)).into_owned(),
        sections: words
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(section, words)| {
                (
                    l.t(&format!("reports-section-{section}")).into_owned(),
                    words.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect(),
                )
            })
            .collect(),
        written_on: signed.clone().map_or_else(|| l.date_long(guard.today), |_| String::new()),
        signed: signed.unwrap_or_default(),
        may_write: may_write && !is_signed,
        may_add: may_write && is_signed,
        once: guard.app.new_id().to_string(),
    })
}

/// Who receives a report that the law demands.
fn receivers(guard: &Guard, jurisdiction: &str, rule: &str) -> String {
    let l = guard.l;
    let Some(law) = guard.app.content.jurisdiction(jurisdiction) else { return String::new() };
    let report = rule.strip_prefix("law:").and_then(|id| law.report(id));
    let titles: Vec<_> = report
        .iter()
        .flat_map(|report| &report.to)
        .filter_map(|id| law.authority(id))
        .map(|authority| authority.title.in_language(l.code()))
        .collect();
    l.list(&titles)
}
