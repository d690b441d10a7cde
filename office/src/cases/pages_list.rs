//! The list of cases.

use askama::Template;
use axum::response::Response;
use fairway_domain::case::StageKind;
use fairway_domain::naming::{CaseNumber, fold};
use fairway_domain::schedule::{StartAlarm, start_alarm};
use fairway_site::parts::{Address, Choice, Listing};
use fairway_site::{Form, Frame, L};
use uuid::Uuid;

use super::store_list::{self, PER_PAGE, Wanted};
use super::words;
use crate::web::{Guard, WebResult, page};

const COLUMNS: &[&str] = &["name", "number", "stage", "phase", "order", "started"];

struct Row {
    href: String,
    name: String,
    number: String,
    stage: String,
    phase: String,
    place: String,
    facilitator: String,
    order_ends: String,
    started: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    form: Form,
    listing: Listing,
    rows: Vec<Row>,
    filtered: bool,
    shown: String,
    previous: Option<String>,
    next: Option<String>,
    stages: Vec<Choice>,
    places: Vec<Choice>,
    facilitators: Vec<Choice>,
    programmes: Vec<Choice>,
}

fn ids(list: Vec<(Uuid, String)>) -> Vec<Choice> {
    list.into_iter().map(|(id, title)| Choice::new(id.to_string(), title)).collect()
}

/// `GET /cases`
pub async fn list(guard: Guard) -> WebResult<Response> {
    let query = guard.path.split_once('?').map_or("", |(_, query)| query);
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let mut listing = Listing::read(Address::new("/cases", &pairs), COLUMNS, PER_PAGE);
    let form = Form::from_pairs(pairs);
    let text: String = form.value("name").chars().take(100).collect();
    let wanted = Wanted {
        stage: StageKind::from_code(form.value("stage")).map(|stage| stage.code().to_owned()).unwrap_or_default(),
        unit: form.id("place"),
        facilitator: form.id("facilitator"),
        programme: form.value("programme").chars().take(100).collect(),
        name: fold(&text).trim().replace(['%', '_', '\\'], ""),
        number: text.parse::<CaseNumber>().map(|number| number.to_string()).unwrap_or_default(),
        by: listing.by.clone(),
        descending: listing.descending,
        offset: listing.offset(),
    };
    let (mut tx, permit) = guard.list().await?;
    let (lines, more) = store_list::page(&mut tx, &permit, &wanted).await?;
    let places = store_list::places(&mut tx, &permit).await?;
    let facilitators = if permit.places().is_empty() { Vec::new() } else { store_list::facilitators(&mut tx, &permit).await? };
    guard.listed(&mut tx, "case", &lines.iter().map(|line| line.id).collect::<Vec<_>>()).await?;
    tx.commit().await?;
    let l = guard.l;
    let count = i64::try_from(lines.len()).unwrap_or(0);
    listing.total = listing.offset() + count;
    let (from, to) = (listing.offset() + 1, listing.offset() + count);
    let shown = match count {
        0 => String::new(),
        _ => l.t2("cases-shown", "from", l.number(from), "to", l.number(to)).into_owned(),
    };
    let mut programmes: Vec<Choice> = Vec::new();
    for (_, programme) in guard.app.content.programmes() {
        let definition = &programme.definition;
        if !programmes.iter().any(|choice| choice.value == definition.id) {
            programmes.push(Choice::new(definition.id.clone(), definition.title.in_language(l.code())));
        }
    }
    programmes.sort_by(|one, other| l.order(&one.label, &other.label));
    let rows = lines.into_iter().map(|line| row(&guard, line)).collect();
    page(&ListPage {
        frame: guard.frame(l.t("cases-title")),
        l,
        previous: (listing.page > 1).then(|| listing.page_href(listing.page - 1)),
        next: more.then(|| listing.page_href(listing.page + 1)),
        filtered: ["stage", "place", "facilitator", "programme", "name"].iter().any(|name| !form.value(name).is_empty()),
        form,
        listing,
        rows,
        shown,
        stages: StageKind::ALL.iter().map(|stage| Choice::new(stage.code(), words::stage(l, stage.code()))).collect(),
        places: if places.len() > 1 { ids(places) } else { Vec::new() },
        facilitators: ids(facilitators),
        programmes: if programmes.len() > 1 { programmes } else { Vec::new() },
    })
}

fn row(guard: &Guard, line: store_list::Line) -> Row {
    let l = guard.l;
    let phase = line.phase.as_deref().map(|phase| words::phase(guard, line.programme, phase)).unwrap_or_default();
    let waits = matches!(line.stage.as_str(), "referred" | "suitable" | "waiting");
    let late = waits && line.latest_start_on.is_some_and(|latest| start_alarm(guard.today, latest) != StartAlarm::Fine);
    Row {
        href: format!("/cases/{}", line.id),
        name: line.name,
        number: line.case_number,
        stage: words::stage(l, &line.stage),
        phase,
        place: line.unit,
        facilitator: line.facilitator.unwrap_or_default(),
        order_ends: line.order_ends_on.map(|on| l.date(on)).unwrap_or_default(),
        started: line.started_on.map(|on| l.date(on)).unwrap_or_default(),
        late,
    }
}
