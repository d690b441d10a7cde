//! The list of measures that are due.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use fairway_domain::measure::GRACE_DAYS;
use fairway_domain::permission::Role;
use fairway_site::{Address, Choice, Form, Frame, L, Listing};
use jiff::ToSpan as _;
use jiff::civil::Date;
use uuid::Uuid;

use super::store_list::{self, COLUMNS, COUNTED, Row, State};
use super::subject::subject;
use super::words;
use crate::db::Cut;
use crate::web::{Guard, WebResult, page};

const PER_PAGE: i64 = 25;
/// What was not measured within so many years is not asked for any more.
const YEARS_BACK: i32 = 2;

struct Line {
    day: String,
    person: String,
    number: String,
    measure: String,
    point: String,
    href: String,
    take: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "measures/due.html")]
struct DuePage {
    frame: Frame,
    l: L,
    form: Form,
    scopes: Vec<Choice>,
    states: Vec<Choice>,
    listing: Listing,
    lines: Vec<Line>,
    filtered: bool,
    /// Said where there are more than were counted.
    more: Option<String>,
}

const STATES: &[(&str, State)] = &[("open", State::Open), ("overdue", State::Overdue)];

/// `GET /measures`
pub async fn due(guard: Guard, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let l = guard.l;
    let address = Address::new("/measures", &query);
    let (has_place, has_own) = (!permit.places().is_empty(), guard.actor.is(Role::Facilitator));
    let place = has_place && (address.value("of") == "place" || !has_own);
    let (state_code, state) = STATES.iter().find(|(code, _)| *code == address.value("state")).copied().unwrap_or(("open", State::Open));
    let mut listing = Listing::read(address, COLUMNS, PER_PAGE);
    let cut = Cut { by: &listing.by, descending: listing.descending, limit: PER_PAGE, offset: listing.offset() };
    let since = guard.today.saturating_sub(YEARS_BACK.years());
    let (rows, total) = store_list::list(&mut tx, &permit, place, state, since, cut).await?;
    listing.total = total;
    let mut cases: Vec<Uuid> = rows.iter().map(|row| row.case_id).collect();
    cases.sort_unstable();
    cases.dedup();
    guard.listed(&mut tx, "case", &cases).await?;
    tx.commit().await?;
    let lines = rows.into_iter().filter_map(|row| line(&guard, place, row)).collect();
    let scope_code = if place { "place" } else { "cases" };
    let scopes = if has_place && has_own { vec!["cases", "place"] } else { Vec::new() };
    page(&DuePage {
        frame: guard.frame(l.t("measures-due-list")),
        l,
        form: Form::fill(&[("of", scope_code), ("state", state_code)]),
        scopes: scopes.into_iter().map(|code| Choice::new(code, l.t(&format!("measures-of-{code}")))).collect(),
        states: STATES.iter().map(|(code, _)| Choice::new(*code, l.t(&format!("measures-state-{code}")))).collect(),
        listing,
        lines,
        filtered: state != State::Open,
        more: (total >= COUNTED).then(|| l.t1("measures-more-than", "count", l.number(COUNTED)).into_owned()),
    })
}

/// A row in the reader's words; nothing for a measure that the definition does not know any more.
fn line(guard: &Guard, place: bool, row: Row) -> Option<Line> {
    let l = guard.l;
    let definition = &guard.app.content.programme(row.programme_id)?.definition;
    let title = subject(&guard.app, l, definition, &row.measure)?.title;
    let day = row.due_on.parse::<Date>().ok();
    Some(Line {
        day: day.map_or(row.due_on, |on| l.date(on)),
        person: format!("{} {}", row.given_names, row.family_names),
        number: row.case_number,
        measure: title,
        point: words::point_of_code(l, definition, &row.measure, &row.point),
        href: format!("/cases/{}/measures", row.case_id),
        // Whoever sees a whole place is led to the case, where it is known whether they work on it; the others do.
        take: if place { String::new() } else { format!("/cases/{}/measures/{}/new", row.case_id, row.measure) },
        late: day.is_some_and(|on| guard.today > on.saturating_add(GRACE_DAYS.days())),
    })
}
