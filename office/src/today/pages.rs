//! The page Today.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use fairway_domain::measure::GRACE_DAYS;
use fairway_domain::permission::Role;
use fairway_site::{Frame, L, Tab};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::store::{self, COUNTED, List, Row};
use crate::web::{Error, Guard, WebResult, page};

/// Days ahead of today whose sessions are shown.
const SESSIONS_AHEAD: i32 = 7;
/// Days back in which a session without a record is asked for.
const UNRECORDED_BACK: i32 = 90;
/// Days ahead within which a make-up is shown.
const MAKE_UPS_AHEAD: i32 = 14;
/// Days back in which a measure that was not taken is asked for.
const MEASURES_BACK: i32 = 183;
/// Days ahead within which a report is shown.
const REPORTS_AHEAD: i32 = 30;
/// Days ahead within which a latest start is alarming: eight weeks.
const ALARM_AHEAD: i32 = 56;
/// Before anything recorded here.
const EVER: &str = "1900-01-01";

/// A row as the reader sees it.
struct Item {
    href: String,
    title: String,
    who: String,
    when: String,
    tag: String,
    late: bool,
}

/// A list with its heading.
struct Section {
    id: &'static str,
    title: String,
    count: String,
    items: Vec<Item>,
    none: String,
    all: String,
    first: String,
}

#[derive(Template)]
#[template(path = "today/today.html")]
struct TodayPage {
    frame: Frame,
    l: L,
    day: String,
    tabs: Vec<Tab>,
    sections: Vec<Section>,
}

/// `GET /today`
pub async fn today(guard: Guard, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let l = guard.l;
    let wish = query.iter().find(|(name, _)| name == "of").map_or("", |(_, value)| value.as_str());
    let (has_place, has_own) = (!permit.places().is_empty(), guard.actor.is(Role::Facilitator));
    if !has_place && !has_own {
        return Err(Error::Forbidden);
    }
    let place = has_place && (wish == "place" || !has_own);
    let today = guard.today;
    let day = |days: i32| today.saturating_add(days.days()).to_string();
    let mut lists = vec![
        (List::Concerns, EVER.to_owned(), day(0)),
        (List::Sessions, day(0), day(SESSIONS_AHEAD)),
        (List::Unrecorded, day(-UNRECORDED_BACK), day(-1)),
        (List::Unsigned, EVER.to_owned(), day(0)),
        (List::MakeUps, EVER.to_owned(), day(MAKE_UPS_AHEAD)),
        (List::Measures, day(-MEASURES_BACK), day(0)),
        (List::Reports, EVER.to_owned(), day(REPORTS_AHEAD)),
    ];
    if place {
        lists.insert(1, (List::Alarms, EVER.to_owned(), day(ALARM_AHEAD)));
    }
    let mut sections = Vec::with_capacity(lists.len());
    let mut cases: Vec<Uuid> = Vec::new();
    for (list, from, to) in lists {
        let (rows, count) = store::list(&mut tx, &permit, list, place, &from, &to).await?;
        cases.extend(rows.iter().filter_map(|row| row.case_id));
        sections.push(section(&guard, list, place, &rows, count));
    }
    cases.sort_unstable();
    cases.dedup();
    guard.listed(&mut tx, "case", &cases).await?;
    tx.commit().await?;
    let tabs = if has_place && has_own {
        vec![Tab::new(l.t("today-mine"), "/today", !place), Tab::new(l.t("today-place"), "/today?of=place", place)]
    } else {
        Vec::new()
    };
    page(&TodayPage {
        frame: guard.frame(l.t("today-title")),
        l,
        day: format!("{}, {}", l.weekday(today), l.date_long(today)),
        tabs,
        sections,
    })
}

fn section(guard: &Guard, list: List, place: bool, rows: &[Row], count: i64) -> Section {
    let l = guard.l;
    let (id, all) = match list {
        List::Sessions => ("sessions", ""),
        List::Unrecorded => ("unrecorded", ""),
        List::Unsigned => ("unsigned", ""),
        List::MakeUps => ("make-ups", ""),
        List::Measures => ("measures", if place { "/measures?of=place" } else { "/measures" }),
        List::Reports => ("reports", ""),
        List::Concerns => ("concerns", if place { "/concerns?of=place" } else { "/concerns" }),
        List::Alarms => ("alarms", "/waiting"),
    };
    let first = if count > store::SHOWN { l.t1("today-first", "shown", store::SHOWN).into_owned() } else { String::new() };
    Section {
        id,
        title: l.t(&format!("today-{id}")).into_owned(),
        count: if count >= COUNTED { l.t1("today-at-least", "count", l.number(COUNTED)).into_owned() } else { l.number(count) },
        items: rows.iter().map(|row| item(guard, list, row)).collect(),
        none: l.t(&format!("today-{id}-none")).into_owned(),
        all: all.to_owned(),
        first,
    }
}

fn item(guard: &Guard, list: List, row: &Row) -> Item {
    let l = guard.l;
    let today = guard.today.to_string();
    let person = [row.given_names.as_deref(), row.family_names.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let who = match (&row.group_title, &row.case_number) {
        (Some(group), _) => group.clone(),
        (None, Some(number)) => format!("{person} · {number}"),
        (None, None) => person,
    };
    let on = |text: &str| text.parse::<Date>().map_or_else(|_| text.to_owned(), |on| l.day(on));
    let hour = row.more.as_deref().and_then(|text| text.parse::<Time>().ok()).map(|at| l.time(at)).unwrap_or_default();
    // What was said in a session is not for everybody who plans it: they are led to its case or to the groups.
    let session = if guard.actor.is(Role::Facilitator) || guard.actor.is(Role::TreatmentManager) {
        format!("/sessions/{}", row.id)
    } else {
        row.case_id.map_or_else(|| "/groups".to_owned(), |case| format!("/cases/{case}/sessions"))
    };
    let (title, href, when, late) = match list {
        List::Sessions => (
            session_title(guard, row),
            session,
            format!("{} {hour}", if row.due == today { l.t("day-today").into_owned() } else { on(&row.due) }),
            false,
        ),
        List::Unrecorded => (session_title(guard, row), session, on(&row.due), true),
        List::Unsigned => (session_title(guard, row), session, on(&row.due), false),
        List::MakeUps => {
            (session_title(guard, row), format!("/cases/{}/sessions", row.case_id.unwrap_or_default()), on(&row.due), row.due < today)
        }
        List::Reports => (report_title(guard, row), format!("/reports/{}", row.id), on(&row.due), row.due < today),
        List::Measures => (
            measure_title(guard, row),
            format!("/cases/{}/measures", row.case_id.unwrap_or_default()),
            on(&row.due),
            row.due.parse::<Date>().is_ok_and(|since| guard.today > since.saturating_add(GRACE_DAYS.days())),
        ),
        List::Concerns => {
            let due = row.due.parse::<jiff::Timestamp>();
            let when = due.as_ref().map_or_else(|_| row.due.clone(), |at| l.instant(*at, &guard.app.zone));
            (
                l.t(&format!("concerns-kind-{}", row.what)).into_owned(),
                format!("/concerns/{}", row.id),
                when,
                due.is_ok_and(|at| at < guard.now),
            )
        }
        List::Alarms => (l.t("today-latest-start").into_owned(), format!("/cases/{}", row.id), on(&row.due), row.due < today),
    };
    let tag = match (list, late, row.standing.as_str()) {
        (List::Alarms, true, _) => l.t("today-passed"),
        (_, true, _) => l.t("today-late"),
        (List::Reports, _, "draft") => l.t("today-draft"),
        (List::Sessions, _, "recorded" | "signed") => l.t("today-recorded"),
        _ => std::borrow::Cow::Borrowed(""),
    };
    Item { href, title, who, when, tag: tag.into_owned(), late }
}

fn session_title(guard: &Guard, row: &Row) -> String {
    let programme = row.programme_id.and_then(|id| guard.app.content.programme(id));
    let found = programme.and_then(|programme| {
        programme.definition.session(&row.what).map(|(_, _, session)| session.title.in_language(guard.l.code()).to_owned())
    });
    found.unwrap_or_else(|| row.what.clone())
}

fn measure_title(guard: &Guard, row: &Row) -> String {
    let programme = row.programme_id.and_then(|id| guard.app.content.programme(id));
    let found = programme
        .and_then(|programme| programme.definition.measure(&row.what).map(|measure| measure.title.in_language(guard.l.code()).to_owned()));
    found.unwrap_or_else(|| row.what.clone())
}

fn report_title(guard: &Guard, row: &Row) -> String {
    let code = guard.l.code();
    let content = &guard.app.content;
    let found = match row.what.split_once(':') {
        Some(("law", id)) => row
            .more
            .as_deref()
            .and_then(|law| content.jurisdiction(law)?.report(id).map(|report| report.title.in_language(code).to_owned())),
        Some(("programme", id)) => row.programme_id.and_then(|programme| {
            content
                .programme(programme)?
                .definition
                .reports
                .iter()
                .find(|report| report.id == id)
                .map(|report| report.title.in_language(code).to_owned())
        }),
        _ => Some(guard.l.t("reports-addition").into_owned()),
    };
    found.unwrap_or_else(|| guard.l.t("reports-report").into_owned())
}
