//! Writing a report: the list of a case, the form with what is there filled in, signing.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::permission::{Action, Status};
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::due::{read, refresh_due};
use super::fill::{SECTIONS, Told};
use super::store::{self, Row, Section};
use super::store_told::{self as told, Days};
use crate::cases::store as cases;
use crate::cases::store::CaseRow;
use crate::db::{StoreError, Tx};
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

/// The longest section, in characters.
const SECTION_MAX: usize = 20_000;

/// What a report is called.
pub(super) fn title(guard: &Guard, jurisdiction: &str, case: &CaseRow, rule: &str) -> String {
    let l = guard.l;
    let found = read(rule).and_then(|rule| match rule.demand.code() {
        "law" => guard.app.content.jurisdiction(jurisdiction)?.report(&rule.id).map(|report| report.title.in_language(l.code()).to_owned()),
        _ => guard
            .app
            .content
            .programme(case.programme_id)?
            .definition
            .reports
            .iter()
            .find(|report| report.id == rule.id)
            .map(|report| report.title.in_language(l.code()).to_owned()),
    });
    found.unwrap_or_else(|| l.t(if rule.starts_with("addition:") { "reports-addition" } else { "reports-report" }).into_owned())
}

/// Whether the reader belongs to the place's staff for this case; others see signed reports only.
pub(super) async fn is_staff(guard: &Guard, tx: &mut Tx, permit: &CasePermit) -> WebResult<bool> {
    let assigned = store::works_on(tx, permit).await?;
    Ok(guard.could(permit.unit(), assigned, Action::SeeHistory, Status::Live))
}

/// A row of the list.
struct Shown {
    id: Uuid,
    title: String,
    due: String,
    covers: String,
    standing: String,
    mood: &'static str,
    note: String,
}

#[derive(Template)]
#[template(path = "reports/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    case: Uuid,
    number: String,
    person: String,
    rows: Vec<Shown>,
}

/// `GET /cases/{id}/reports`
pub async fn of_case(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    refresh_due(&mut tx, &guard.app, &permit).await?;
    let case = cases::row(&mut tx, &permit).await?;
    let jurisdiction = store::jurisdiction(&mut tx, &permit).await?;
    let staff = is_staff(&guard, &mut tx, &permit).await?;
    let rows: Vec<Row> = store::of_case(&mut tx, &permit).await?.into_iter().filter(|row| staff || row.standing == "signed").collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    guard.listed(&mut tx, "report", &ids).await?;
    tx.commit().await?;
    let l = guard.l;
    let rows = rows.iter().map(|row| shown(&guard, &jurisdiction, &case, row)).collect();
    page(&ListPage { frame: guard.frame(l.t("reports-title")), l, case: id, number: case.case_number.clone(), person: case.name(), rows })
}

fn shown(guard: &Guard, jurisdiction: &str, case: &CaseRow, row: &Row) -> Shown {
    let l = guard.l;
    let on = |text: &str| text.parse::<Date>().map_or_else(|_| text.to_owned(), |on| l.date(on));
    let late = row.standing != "signed" && row.standing != "not-needed" && row.due_on < guard.today.to_string();
    let note = match row.signed_at.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok()) {
        Some(at) => {
            l.t2("reports-signed-by", "name", row.writer.clone().unwrap_or_default(), "at", l.instant(at, &guard.app.zone)).into_owned()
        }
        None => row.writer.clone().map(|name| l.t1("reports-begun-by", "name", name).into_owned()).unwrap_or_default(),
    };
    Shown {
        id: row.id,
        title: title(guard, jurisdiction, case, &row.rule),
        due: on(&row.due_on),
        covers: l.t2("reports-covers", "from", on(&row.covers_from_on), "to", on(&row.covers_to_on)).into_owned(),
        standing: l
            .t(if late { "reports-standing-late".to_owned() } else { format!("reports-standing-{}", row.standing) }.as_str())
            .into_owned(),
        mood: if late {
            "late"
        } else if row.standing == "signed" {
            "ok"
        } else {
            "plain"
        },
        note,
    }
}

/// The words of a report: what was written, or else what is there.
pub(super) async fn sections(guard: &Guard, tx: &mut Tx, permit: &CasePermit, case: &CaseRow, row: &Row) -> WebResult<Vec<Section>> {
    if let Some(written) = store::body(permit, row)? {
        return Ok(written);
    }
    if row.rule.starts_with("addition:") {
        return Ok(SECTIONS.last().map(|id| ((*id).to_owned(), String::new())).into_iter().collect());
    }
    let days = Days { from: &row.covers_from_on, to: &row.covers_to_on };
    let programme = guard.app.content.programme(case.programme_id).ok_or_else(|| Error::internal(&"a case without its programme"))?;
    let jurisdiction = store::jurisdiction(tx, permit).await?;
    let told = Told {
        l: guard.l,
        case,
        definition: &programme.definition,
        law: guard.app.content.jurisdiction(&jurisdiction).map(AsRef::as_ref),
        from: cases::day(days.from)?,
        to: cases::day(days.to)?.min(guard.today),
        held: told::held(tx, permit, days).await?,
        phases: store::phases_begun(tx, permit).await?,
        needs: told::needs(tx, permit, days).await?,
        goals: told::goals(tx, permit, days).await?,
        concerns: told::concerns(tx, permit, days).await?,
    };
    Ok(told.sections())
}

/// A section's field.
struct Field {
    name: String,
    label: String,
    hint: String,
    rows: usize,
}

#[derive(Template)]
#[template(path = "reports/edit.html")]
struct EditPage {
    frame: Frame,
    l: L,
    form: Form,
    id: Uuid,
    case: Uuid,
    number: String,
    person: String,
    covers: String,
    due: String,
    fields: Vec<Field>,
    revision: i64,
    once: String,
    may_sign: bool,
}

async fn edit_page(guard: &Guard, tx: &mut Tx, permit: &CasePermit, row: &Row, form: Option<Form>) -> WebResult<EditPage> {
    let l = guard.l;
    let case = cases::row(tx, permit).await?;
    let jurisdiction = store::jurisdiction(tx, permit).await?;
    let sections = sections(guard, tx, permit, &case, row).await?;
    let fields = sections.iter().map(|(id, words)| Field {
        name: id.clone(),
        label: l.t(&format!("reports-section-{id}")).into_owned(),
        hint: if id == "summary" { l.t("reports-summary-hint").into_owned() } else { String::new() },
        rows: if id == "summary" { 10 } else { words.lines().map(|line| 1 + line.chars().count() / 90).sum::<usize>().clamp(2, 12) + 1 },
    });
    let fields = fields.collect();
    let form = form.unwrap_or_else(|| Form::from_pairs(sections));
    let assigned = store::works_on(tx, permit).await?;
    let on = |text: &str| text.parse::<Date>().map_or_else(|_| text.to_owned(), |on| l.date(on));
    Ok(EditPage {
        frame: guard.frame(title(guard, &jurisdiction, &case, &row.rule)),
        l,
        form,
        id: row.id,
        case: permit.case(),
        number: case.case_number.clone(),
        person: case.name(),
        covers: l.t2("reports-covers", "from", on(&row.covers_from_on), "to", on(&row.covers_to_on)).into_owned(),
        due: on(&row.due_on),
        fields,
        revision: row.revision,
        once: guard.app.new_id().to_string(),
        may_sign: guard.could(permit.unit(), assigned, Action::SignReport, Status::Live),
    })
}

/// `GET /reports/{id}/text`
pub async fn edit(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.report(id).await?;
    let row = store::load(&mut tx, &permit, id).await?;
    if row.standing == "signed" {
        return Ok(see_other(&format!("/reports/{id}")));
    }
    let shown = edit_page(&guard, &mut tx, &permit, &row, None).await?;
    tx.commit().await?;
    page(&shown)
}

/// What was typed, section by section, in the report's order.
fn typed(form: &mut Form) -> Vec<Section> {
    let mut sections = Vec::new();
    for id in SECTIONS {
        if form.has(id) {
            sections.push(((*id).to_owned(), form.long_text(id, Need::Optional, SECTION_MAX).unwrap_or_default()));
        }
    }
    sections
}

/// `POST /reports/{id}/text`
pub async fn saving(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.report(id).await?;
    let sections = typed(&mut form);
    if sections.is_empty() {
        return Err(Error::Unreadable);
    }
    if form.has_faults() {
        return again(&guard, tx, &permit, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let leads_to = format!("/reports/{id}/text");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let saved = store::save(&mut tx, &permit, id, revision.unwrap_or(-1), &sections).await;
    finish(&guard, tx, id, form, saved, &leads_to).await
}

/// `POST /reports/{id}/signature`: saves what stands in the form and signs it.
pub async fn signing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.report(id).await?;
    let sections = typed(&mut form);
    if sections.is_empty() {
        return Err(Error::Unreadable);
    }
    if sections.iter().any(|(section, words)| section == "summary" && words.is_empty()) {
        form.fault("summary", Problem::new("reports-fault-no-summary"));
    }
    if form.has_faults() {
        return again(&guard, tx, &permit, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let leads_to = format!("/reports/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let signed = store::sign(&mut tx, &permit, id, revision.unwrap_or(-1), &sections).await;
    finish(&guard, tx, id, form, signed, &leads_to).await
}

async fn finish(guard: &Guard, tx: Tx, id: Uuid, mut form: Form, outcome: Result<(), StoreError>, leads_to: &str) -> WebResult<Response> {
    match outcome {
        Err(StoreError::Stale) => {
            // The mark that the form was carried out goes with the transaction.
            drop(tx);
            let (mut tx, permit) = guard.report(id).await?;
            let row = store::load(&mut tx, &permit, id).await?;
            let problem = if row.standing == "signed" { "reports-fault-signed" } else { "reports-fault-stale" };
            form.fault("", Problem::new(problem).arg("name", row.writer.unwrap_or_default()));
            again(guard, tx, &permit, id, form, StatusCode::CONFLICT).await
        }
        outcome => {
            outcome?;
            tx.commit().await?;
            Ok(see_other(leads_to))
        }
    }
}

async fn again(guard: &Guard, mut tx: Tx, permit: &CasePermit, id: Uuid, form: Form, status: StatusCode) -> WebResult<Response> {
    let row = store::load(&mut tx, permit, id).await?;
    let shown = edit_page(guard, &mut tx, permit, &row, Some(form)).await?;
    tx.commit().await?;
    page_with(status, &shown)
}

/// `POST /reports/{id}/addition`: what was signed stays; what is to be added is a report of its own.
pub async fn adding(guard: Guard, Path(id): Path<Uuid>, Posted { once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.report(id).await?;
    let row = store::load(&mut tx, &permit, id).await?;
    if row.standing != "signed" {
        return Err(Error::Conflict);
    }
    let addition = guard.app.new_id();
    let leads_to = format!("/reports/{addition}/text");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    store::add(&mut tx, &permit, addition, &row).await?;
    guard.made(&mut tx, "report", addition).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
