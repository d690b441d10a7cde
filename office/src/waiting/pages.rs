//! The page of the waiting list.

use askama::Template;
use axum::response::Response;
use fairway_domain::permission::Action;
use fairway_domain::programme::Level;
use fairway_domain::referral::DayPart;
use fairway_domain::schedule::StartAlarm;
use fairway_domain::waiting::{Alarm, AlarmKind};
use fairway_site::{Address, Choice, Form, Frame, L, Listing};
use uuid::Uuid;

use super::store::{self, COLUMNS, Counts, Narrowed, Row};
use crate::accounts::store::{Unit, units};
use crate::referrals::choices::{DAYS, spoken, spoken_languages};
use crate::referrals::query_of;
use crate::web::{Guard, WebResult, page};

/// Rows a page.
const ROWS: i64 = 50;
/// The filters, by their names in the address.
const FILTERS: &[&str] = &["place", "programme", "language", "slot", "alarm", "risk"];

struct Shown {
    id: Uuid,
    name: String,
    number: String,
    place: String,
    programme: String,
    since: String,
    days: u32,
    latest: String,
    alarm: String,
    mood: &'static str,
    order_ends: String,
    risk: String,
    language: String,
    tags: Vec<String>,
}

#[derive(Template)]
#[template(path = "waiting/list.html")]
struct WaitingPage {
    frame: Frame,
    l: L,
    form: Form,
    places: Vec<Choice>,
    programmes: Vec<Choice>,
    languages: Vec<Choice>,
    slots: Vec<Choice>,
    alarms: Vec<Choice>,
    risks: Vec<Choice>,
    listing: Listing,
    counts: Counts,
    rows: Vec<Shown>,
    narrowed: bool,
    cleared: String,
    few: String,
    may_group: bool,
    sorted: String,
}

/// How pressing a start is, in words and as the look of its tag.
fn alarm(l: L, alarm: Alarm) -> (String, &'static str) {
    match alarm {
        Alarm::Start(StartAlarm::Passed { days }) => (l.t1("waiting-alarm-passed", "days", days).into_owned(), "late"),
        Alarm::Start(StartAlarm::Within { days }) => (l.t1("waiting-alarm-within", "days", days).into_owned(), "late"),
        Alarm::Start(StartAlarm::Fine) => (l.t("waiting-alarm-fine").into_owned(), "ok"),
        Alarm::NoOrderEnd => (l.t("waiting-alarm-no-order-end").into_owned(), "plain"),
    }
}

fn shown(guard: &Guard, row: &Row) -> Shown {
    let l = guard.l;
    let (alarm, mood) = alarm(l, row.waiting.alarm(guard.today));
    let programme = guard.app.content.programme(row.programme).map(|programme| &programme.definition);
    let track = programme.and_then(|definition| definition.track(row.track.as_deref()?)).map(|track| track.title.in_language(l.code()));
    let title = programme.map(|definition| definition.title.in_language(l.code())).unwrap_or_default();
    Shown {
        id: row.waiting.id,
        name: row.name.clone(),
        number: row.case_number.clone(),
        place: row.place.clone(),
        programme: track.map_or_else(|| title.to_owned(), |track| format!("{title}: {track}")),
        since: l.date(row.waiting.waiting_since),
        days: row.waiting.days_waited(guard.today),
        latest: row.waiting.latest_start_on.map(|on| l.date(on)).unwrap_or_default(),
        alarm,
        mood,
        order_ends: row.waiting.order_ends_on.map(|on| l.date(on)).unwrap_or_default(),
        risk: row.waiting.risk.map(|level| l.t(&format!("waiting-level-{}", level.id())).into_owned()).unwrap_or_default(),
        language: spoken(l, &row.language),
        tags: row.responsivity.iter().map(|code| l.t(&format!("waiting-tag-{code}")).into_owned()).collect(),
    }
}

fn slot(code: &str) -> Option<(u8, DayPart)> {
    let (day, part) = code.split_once('-')?;
    let place = DAYS.iter().position(|(_, known)| *known == day)?;
    Some((u8::try_from(place).ok()?, DayPart::from_code(part)?))
}

fn slots(l: L) -> Vec<Choice> {
    DAYS.iter()
        .flat_map(|(_, day)| {
            DayPart::ALL.iter().map(move |part| {
                Choice::new(
                    format!("{day}-{part}"),
                    format!("{}, {}", l.t(&format!("referral-day-{day}")), l.t(&format!("referral-part-{part}")).to_lowercase()),
                )
            })
        })
        .collect()
}

/// What the address asks for; a place that is out of reach, or none, is the first one; `all` is every one.
fn narrowed(address: &Address, places: &[Unit]) -> Narrowed {
    let id = |name: &str| Uuid::try_parse(address.value(name)).ok();
    let place = id("place").filter(|id| places.iter().any(|unit| unit.id == *id)).or_else(|| places.first().map(|unit| unit.id));
    Narrowed {
        place: if address.value("place") == "all" { None } else { place },
        programme: id("programme"),
        language: Some(address.value("language").to_owned()).filter(|tag| !tag.is_empty()),
        slot: slot(address.value("slot")),
        alarm: AlarmKind::from_code(address.value("alarm")),
        risk: Level::ALL.into_iter().find(|level| level.id() == address.value("risk")),
    }
}

/// A sentence when fewer wait than a group needs; empty otherwise.
fn few(guard: &Guard, narrowed: &Narrowed, total: i64) -> String {
    let needed = guard
        .app
        .content
        .offered()
        .filter(|(id, _)| narrowed.programme.is_none_or(|wanted| wanted == *id))
        .filter_map(|(_, programme)| programme.definition.group.map(|group| i64::from(group.min)))
        .min();
    match needed {
        Some(needed) if total > 0 && total < needed => guard.l.t2("waiting-few", "count", total, "needed", needed).into_owned(),
        _ => String::new(),
    }
}

/// `GET /waiting`
pub async fn list(guard: Guard) -> WebResult<Response> {
    let l = guard.l;
    let (mut tx, permit) = guard.list().await?;
    let places: Vec<Unit> = units(&mut tx).await?.into_iter().filter(|unit| permit.places().contains(&unit.id)).collect();
    let mut listing = Listing::read(Address::new("/waiting", &query_of(&guard)), COLUMNS, ROWS);
    let narrowed = narrowed(&listing.address, &places);
    let counts = store::counts(&mut tx, &permit, &narrowed).await?;
    listing.total = counts.total;
    listing.page = listing.page.min(listing.pages());
    let rows = store::page(&mut tx, &permit, &narrowed, &listing.by, listing.descending, (listing.per_page, listing.offset())).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.waiting.id).collect();
    guard.listed(&mut tx, "case", &ids).await?;
    tx.commit().await?;

    let mut form = Form::new();
    for name in FILTERS {
        form.set(name, listing.address.value(name));
    }
    if let Some(place) = narrowed.place {
        form.set("place", place.to_string());
    }
    let is_narrowed = FILTERS.iter().any(|name| *name != "place" && !listing.address.value(name).is_empty());
    let mut place_choices: Vec<Choice> = places.iter().map(|unit| Choice::new(unit.id.to_string(), unit.title.as_str())).collect();
    if place_choices.len() > 1 {
        place_choices.push(Choice::new("all", l.t("waiting-all-places")));
    }
    page(&WaitingPage {
        frame: guard.frame(l.t("waiting-title")),
        l,
        form,
        places: place_choices,
        programmes: crate::referrals::choices::programmes(l, &guard.app),
        languages: spoken_languages(l),
        slots: slots(l),
        alarms: AlarmKind::ALL.iter().map(|kind| Choice::new(kind.code(), l.t(&format!("waiting-kind-{kind}")))).collect(),
        risks: Level::ALL.iter().map(|level| Choice::new(level.id(), l.t(&format!("waiting-level-{}", level.id())))).collect(),
        rows: rows.iter().map(|row| shown(&guard, row)).collect(),
        narrowed: is_narrowed,
        cleared: Address::new("/waiting", &[("place".to_owned(), listing.address.value("place").to_owned())]).href(),
        few: if is_narrowed { String::new() } else { few(&guard, &narrowed, counts.total) },
        may_group: guard.actor.may(Action::FormGroup),
        sorted: listing.address.value("sort").to_owned(),
        counts,
        listing,
    })
}
