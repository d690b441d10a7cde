//! The list of measures that are due, the overdue first.

use askama::Template;
use axum::response::Response;
use fairway_domain::measure::{DueFacts, DueStanding, due_items};
use fairway_site::{Frame, L};
use jiff::ToSpan as _;
use jiff::civil::Date;
use uuid::Uuid;

use super::subject::subject;
use super::{store_due, words};
use crate::web::{Guard, WebResult, page};

/// Follow-up of completed cases is looked for this far back.
const FOLLOW_UP_YEARS: i32 = 2;

struct Line {
    on: Date,
    day: String,
    person: String,
    number: String,
    measure: String,
    point: String,
    href: String,
    take: String,
    late: bool,
}

struct Section {
    title: String,
    none: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "measures/due.html")]
struct DuePage {
    frame: Frame,
    l: L,
    sections: Vec<Section>,
    /// How many people were looked at, where there are more.
    only: Option<String>,
}

/// `GET /measures`
pub async fn due(guard: Guard) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let since = guard.today.saturating_sub(FOLLOW_UP_YEARS.years());
    let mut cases = store_due::cases(&mut tx, &permit, since).await?;
    let most = usize::try_from(store_due::MOST).unwrap_or(usize::MAX);
    let only = (cases.len() > most).then(|| guard.l.t1("measures-only-first", "count", store_due::MOST).into_owned());
    cases.truncate(most);
    let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
    let known = store_due::known_listed(&mut tx, &permit, &ids).await?;
    let l = guard.l;
    // Whoever sees a whole place is led to the case, where it is known whether they work on it; the others do.
    let own = permit.places().is_empty();
    let mut lines: Vec<Line> = Vec::new();
    for case in &cases {
        let (Some(programme), Some(known)) = (guard.app.content.programme(case.programme_id), known.get(&case.id)) else { continue };
        let definition = &programme.definition;
        let facts = DueFacts {
            definition,
            track: case.track.as_deref().and_then(|track| definition.track(track)),
            entered: &known.entered,
            held: &known.held,
            completed_on: case.ended_on.as_deref().filter(|_| case.stage == "completed").and_then(|on| on.parse().ok()),
            ended: false,
            today: guard.today,
        };
        for item in due_items(&facts, &known.taken) {
            let (Some(on), true) = (item.on, matches!(item.standing, DueStanding::Due | DueStanding::Overdue)) else { continue };
            let Some(subject) = subject(&guard.app, l, definition, &item.measure) else { continue };
            lines.push(Line {
                on,
                day: l.date(on),
                person: format!("{} {}", case.given_names, case.family_names),
                number: case.case_number.clone(),
                measure: subject.title,
                point: words::point(l, definition, &item.point),
                href: format!("/cases/{}/measures", case.id),
                take: if own { format!("/cases/{}/measures/{}/new", case.id, item.measure) } else { String::new() },
                late: item.standing == DueStanding::Overdue,
            });
        }
    }
    let mut listed: Vec<Uuid> = ids.into_iter().filter(|id| lines.iter().any(|line| line.href.contains(&id.to_string()))).collect();
    listed.dedup();
    guard.listed(&mut tx, "case", &listed).await?;
    tx.commit().await?;
    lines.sort_by_key(|line| line.on);
    let (overdue, due): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.late);
    let section = |title: &str, none: &str, lines| Section { title: l.t(title).into_owned(), none: l.t(none).into_owned(), lines };
    let sections =
        vec![section("measures-overdue", "measures-overdue-none", overdue), section("measures-due-now", "measures-due-none", due)];
    page(&DuePage { frame: guard.frame(l.t("measures-due-list")), l, sections, only })
}
