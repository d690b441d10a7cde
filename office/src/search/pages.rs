//! The page of the search.

use std::collections::HashSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::permission::{Action, Status};
use fairway_site::{Form, Frame, L, Problem};
use uuid::Uuid;

use super::rank::{Asked, TYPED_MAX};
use super::store_find::{self as store, Found};
use crate::db::Tx;
use crate::referrals::query_of;
use crate::web::{Guard, ListPermit, WebResult, page, page_with, see_other};

/// The most finds that are shown.
const SHOWN: usize = 50;

struct Row {
    href: String,
    name: String,
    number: String,
    born: String,
    place: String,
    state: String,
}

#[derive(Template)]
#[template(path = "search/found.html")]
struct FoundPage {
    frame: Frame,
    l: L,
    form: Form,
    typed: String,
    rows: Vec<Row>,
    more: bool,
}

fn answer(guard: &Guard, form: Form, typed: &str, found: &[Found], more: bool) -> FoundPage {
    let l = guard.l;
    let mut frame = guard.frame(l.t("search-title"));
    typed.clone_into(&mut frame.searched);
    let rows = found
        .iter()
        .map(|found| Row {
            href: format!("/cases/{}", found.id),
            name: found.name.clone(),
            number: found.case_number.clone(),
            born: l.date(found.born_on),
            place: found.place.clone(),
            state: l.t(&format!("referral-stage-{}", found.stage)).into_owned(),
        })
        .collect();
    FoundPage { frame, l, form, typed: typed.to_owned(), rows, more }
}

/// Everything found that the account may see, the best first, each case once.
async fn look(tx: &mut Tx, guard: &Guard, permit: &ListPermit, asked: &Asked) -> WebResult<Vec<Found>> {
    let mut all = store::numbered(tx, permit, &asked.numbers).await?;
    let numbered: HashSet<Uuid> = all.iter().map(|found| found.id).collect();
    let meant = store::meant(tx, asked.words.len(), &asked.keys()).await?;
    let driver = asked.driver();
    // Exact, beginnings, slips at the account's places; then those it works on. Always the same number of questions.
    for tier in [Some(0), Some(1), Some(2), None] {
        all.extend(store::cases(tx, permit, &meant, driver, tier).await?);
    }
    let mut seen = HashSet::new();
    all.retain(|found| {
        let status = if found.stage.is_end() { Status::Ended } else { Status::Live };
        seen.insert(found.id) && guard.could(found.unit, found.assigned, Action::SeeCase, status)
    });
    all.sort_by_cached_key(|found| {
        (!numbered.contains(&found.id), asked.rank(&found.name), fairway_domain::naming::fold(&found.name), found.case_number.clone())
    });
    Ok(all)
}

/// `GET /search?q=`
pub async fn find(guard: Guard) -> WebResult<Response> {
    let typed = query_of(&guard).into_iter().find(|(name, _)| name == "q").map(|(_, value)| value).unwrap_or_default();
    let typed = typed.trim();
    let mut form = Form::fill(&[("q", typed)]);
    if typed.chars().any(char::is_control) {
        form.fault("q", Problem::new("form-fault-control"));
    } else if typed.chars().count() > TYPED_MAX {
        form.fault("q", Problem::new("form-fault-too-long").arg("length", typed.chars().count()).arg("max", TYPED_MAX));
    }
    if form.has_faults() {
        let cleaned: String = typed.chars().filter(|c| !c.is_control()).take(TYPED_MAX).collect();
        form.set("q", cleaned);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &answer(&guard, form, "", &[], false));
    }
    let asked = Asked::read(typed, guard.today.year());
    let (mut tx, permit) = guard.list().await?;
    let mut found = look(&mut tx, &guard, &permit, &asked).await?;
    if let (true, [only]) = (asked.is_number, found.as_slice()) {
        let to = format!("/cases/{}", only.id);
        guard.listed(&mut tx, "case", &[only.id]).await?;
        tx.commit().await?;
        return Ok(see_other(&to));
    }
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let ids: Vec<Uuid> = found.iter().map(|found| found.id).collect();
    guard.listed(&mut tx, "case", &ids).await?;
    tx.commit().await?;
    page(&answer(&guard, form, typed, &found, more))
}
