//! The list of referrals.

use askama::Template;
use axum::response::Response;
use fairway_domain::case::StageKind;
use fairway_domain::permission::{Action, Decision, Relation, Role, Status, decide};
use fairway_site::{Address, Choice, Form, Frame, L, Listing};
use uuid::Uuid;

use super::store::{self, Listed, Part};
use crate::accounts::store::{Unit, units};
use crate::db::{Stored, Tx};
use crate::web::{Guard, WebResult, page};

/// Rows a page of a list.
const ROWS: i64 = 50;

/// The decoded pairs of the request's query.
pub fn query_of(guard: &Guard) -> Vec<(String, String)> {
    let query = guard.path.split_once('?').map_or("", |(_, query)| query);
    url::form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The places at which the reader may do something that concerns no record yet, by name.
pub async fn places_for(tx: &mut Tx, guard: &Guard, action: Action) -> Stored<Vec<Unit>> {
    let may = |role: Role| decide(role, Relation::Own, action, Status::Live) == Decision::Permitted;
    let mine: Vec<Uuid> = guard.actor.roles.iter().filter(|(_, role)| may(*role)).map(|(unit, _)| *unit).collect();
    Ok(units(tx).await?.into_iter().filter(|unit| mine.contains(&unit.id)).collect())
}

struct Row {
    href: String,
    number: String,
    name: String,
    referred: String,
    order_ends: String,
    place: String,
    programme: String,
    state: String,
    mood: &'static str,
    next: String,
}

#[derive(Template)]
#[template(path = "referrals/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    form: Form,
    places: Vec<Choice>,
    stages: Vec<Choice>,
    listing: Listing,
    rows: Vec<Row>,
    own: bool,
    may_register: bool,
}

fn row(guard: &Guard, listed: &Listed, own: bool) -> Row {
    let l = guard.l;
    let href = match listed.stage {
        StageKind::Referred if !own => format!("/cases/{}/suitability", listed.id),
        _ => format!("/cases/{}", listed.id),
    };
    Row {
        href,
        number: listed.case_number.clone(),
        name: listed.name.clone(),
        referred: l.date(listed.referred_on),
        order_ends: listed.order_ends_on.map(|on| l.date(on)).unwrap_or_default(),
        place: listed.place.clone(),
        programme: guard
            .app
            .content
            .programme(listed.programme)
            .map(|programme| programme.definition.title.in_language(l.code()).to_owned())
            .unwrap_or_default(),
        state: l.t(&format!("referral-stage-{}", listed.stage)).into_owned(),
        mood: if listed.stage.is_end() { "plain" } else { "ok" },
        next: l.t(&format!("referral-next-{}", listed.stage)).into_owned(),
    }
}

/// `GET /referrals`: of a place at one stage for those who keep it; of one's own for those who refer.
pub async fn list(guard: Guard) -> WebResult<Response> {
    let l = guard.l;
    let (mut tx, permit) = guard.list().await?;
    let pairs = query_of(&guard);
    let address = Address::new("/referrals", &pairs);
    let places: Vec<Unit> = units(&mut tx).await?.into_iter().filter(|unit| permit.places().contains(&unit.id)).collect();
    let own = places.is_empty();
    let mut listing = Listing::read(address, &["referred", "name"], ROWS);
    if listing.address.value("sort").is_empty() {
        listing.descending = own;
    }
    let place = Uuid::try_parse(listing.address.value("place"))
        .ok()
        .filter(|id| permit.places().contains(id))
        .or_else(|| places.first().map(|unit| unit.id));
    let stage = StageKind::from_code(listing.address.value("stage")).unwrap_or(StageKind::Referred);
    let part = Part { by: &listing.by, descending: listing.descending, limit: listing.per_page, offset: listing.offset() };
    let (found, total) = match place {
        Some(place) => store::of_place(&mut tx, &permit, place, stage, &part).await?,
        None => store::own(&mut tx, &permit, &part).await?,
    };
    let ids: Vec<Uuid> = found.iter().map(|listed| listed.id).collect();
    guard.listed(&mut tx, "case", &ids).await?;
    tx.commit().await?;
    listing.total = total;
    let mut form = Form::new();
    form.set("place", place.map(|place| place.to_string()).unwrap_or_default());
    form.set("stage", stage.code());
    page(&ListPage {
        frame: guard.frame(l.t(if own { "referral-list-own" } else { "referral-list" })),
        l,
        form,
        places: places.iter().map(|unit| Choice::new(unit.id.to_string(), unit.title.as_str())).collect(),
        stages: StageKind::ALL.iter().map(|stage| Choice::new(stage.code(), l.t(&format!("referral-stage-{stage}")))).collect(),
        rows: found.iter().map(|listed| row(&guard, listed, own)).collect(),
        listing,
        own,
        may_register: guard.actor.may(Action::RegisterReferral),
    })
}
