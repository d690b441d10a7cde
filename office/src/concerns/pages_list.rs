//! The list of concerns, and choosing the case a new one is about.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use fairway_domain::naming;
use fairway_domain::permission::Role;
use fairway_site::{Address, Choice, Form, Frame, L, Listing};
use jiff::Timestamp;
use uuid::Uuid;

use super::pages::shown;
use super::store_list::{self, COLUMNS, CaseRow, Scope, State};
use crate::db::Cut;
use crate::web::{Guard, ListPermit, WebResult, page};

const PER_PAGE: i64 = 25;

/// A row as the reader sees it.
struct Shown {
    id: Uuid,
    kind: String,
    number: String,
    person: String,
    owner: String,
    recorded: String,
    due: String,
    overdue: bool,
    closed: String,
    outcome: String,
}

#[derive(Template)]
#[template(path = "concerns/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    form: Form,
    scopes: Vec<Choice>,
    states: Vec<Choice>,
    listing: Listing,
    rows: Vec<Shown>,
    filtered: bool,
}

/// Whose concerns the account may list, the one shown at first in front.
pub(crate) fn scopes(guard: &Guard, permit: &ListPermit) -> Vec<(&'static str, Scope)> {
    let mut scopes = Vec::with_capacity(3);
    if !permit.places().is_empty() {
        scopes.push(("place", Scope::Place));
    }
    if guard.actor.is(Role::Facilitator) {
        scopes.push(("cases", Scope::MyCases));
    }
    scopes.push(("mine", Scope::Mine));
    scopes
}

const STATES: &[(&str, State)] = &[("open", State::Open), ("overdue", State::Overdue), ("closed", State::Closed), ("all", State::All)];

/// `GET /concerns`
pub async fn list(guard: Guard, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let l = guard.l;
    let address = Address::new("/concerns", &query);
    let scopes = scopes(&guard, &permit);
    let (scope_code, scope) =
        scopes.iter().find(|(code, _)| *code == address.value("of")).or(scopes.first()).copied().unwrap_or(("mine", Scope::Mine));
    let (state_code, state) = STATES.iter().find(|(code, _)| *code == address.value("state")).copied().unwrap_or(("open", State::Open));
    let filtered = state_code != "open";
    let mut listing = Listing::read(address, COLUMNS, PER_PAGE);
    let cut = Cut { by: &listing.by, descending: listing.descending, limit: PER_PAGE, offset: listing.offset() };
    let (rows, total) = store_list::list(&mut tx, &permit, scope, state, cut).await?;
    listing.total = total;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    guard.listed(&mut tx, "concern", &ids).await?;
    let mut cases: Vec<Uuid> = rows.iter().map(|row| row.case_id).collect();
    cases.sort_unstable();
    cases.dedup();
    guard.listed(&mut tx, "case", &cases).await?;
    tx.commit().await?;
    let rows = rows.into_iter().map(|row| told(&guard, row)).collect();
    page(&ListPage {
        frame: guard.frame(l.t("concerns-title")),
        l,
        form: Form::fill(&[("of", scope_code), ("state", state_code)]),
        scopes: scopes.iter().map(|(code, _)| Choice::new(*code, l.t(&format!("concerns-of-{code}")))).collect(),
        states: STATES.iter().map(|(code, _)| Choice::new(*code, l.t(&format!("concerns-state-{code}")))).collect(),
        listing,
        rows,
        filtered,
    })
}

fn told(guard: &Guard, row: store_list::Row) -> Shown {
    let l = guard.l;
    let instant = |text: &str| text.parse::<Timestamp>().map_or_else(|_| text.to_owned(), |at| l.instant(at, &guard.app.zone));
    let overdue = row.closed_at.is_none() && row.due_at.parse::<Timestamp>().is_ok_and(|due| due < guard.now);
    Shown {
        id: row.id,
        kind: l.t(&format!("concerns-kind-{}", row.kind)).into_owned(),
        number: row.case_number,
        person: shown(&row.given_names, &row.family_names),
        owner: row.owner,
        recorded: instant(&row.recorded_at),
        due: instant(&row.due_at),
        overdue,
        closed: row.closed_at.as_deref().map(instant).unwrap_or_default(),
        outcome: row.outcome.map(|outcome| l.t(&format!("concerns-outcome-{outcome}")).into_owned()).unwrap_or_default(),
    }
}

#[derive(Template)]
#[template(path = "concerns/choose.html")]
struct ChoosePage {
    frame: Frame,
    l: L,
    form: Form,
    rows: Vec<CaseRow>,
    asked: bool,
}

/// `GET /concerns/new`: whose case it is about.
pub async fn choose_case(guard: Guard, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let form = Form::from_pairs(query);
    let asked = form.value("q").trim().to_owned();
    let folded = naming::words(&asked).join(" ");
    // A coordinator's place may have thousands of cases: nothing is listed before something is asked for.
    let rows = if asked.is_empty() && !permit.places().is_empty() {
        Vec::new()
    } else {
        store_list::cases(&mut tx, &permit, &folded, &asked).await?
    };
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    guard.listed(&mut tx, "case", &ids).await?;
    tx.commit().await?;
    page(&ChoosePage { frame: guard.frame(guard.l.t("concerns-choose-title")), l: guard.l, form, rows, asked: !asked.is_empty() })
}
