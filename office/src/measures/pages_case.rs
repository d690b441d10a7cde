//! The measures of a case: what is due, each scale over time, and what moved.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::measure::{DueItem, DueStanding};
use fairway_domain::permission::Action;
use fairway_domain::programme::Measure;
use fairway_site::chart::{GapView, LaneView, PhaseView, ThreadChart};
use fairway_site::parts::Html;
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::series::{Series, series};
use super::subject::{due_of, subject};
use super::{store, store_due, words};
use crate::cases::head::{Head, Page, Shown};
use crate::cases::words as case_words;
use crate::web::{Guard, WebResult, page};

struct Line {
    title: String,
    tracks: String,
    take: String,
    points: Vec<(String, String, &'static str)>,
}

/// Something to be measured now.
struct Now {
    title: String,
    point: String,
    since: String,
    late: bool,
    take: String,
}

/// A scale's story: title, sentence, basis, the responses it rests on.
struct Told {
    title: String,
    /// Whether the scale has bands to name.
    banded: bool,
    sentence: String,
    basis: String,
    rows: Vec<Row>,
}

struct Row {
    day: String,
    href: String,
    score: String,
    band: String,
    note: String,
    rater: String,
}

struct Waiting {
    title: String,
    way: String,
    back: String,
}

#[derive(Template)]
#[template(path = "measures/case.html")]
struct CasePage {
    frame: Frame,
    l: L,
    head: Head,
    once: String,
    now: Vec<Now>,
    lines: Vec<Line>,
    /// What the programme wants measured with forms that the service has not got here.
    own: Vec<Line>,
    others: Vec<(String, String)>,
    chart: Option<Html>,
    told: Vec<Told>,
    open: Vec<Waiting>,
}

/// `GET /cases/{id}/measures`
pub async fn measures(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let known = store_due::known(&mut tx, &permit).await?;
    let responses = store::responses(&mut tx, &permit).await?;
    tx.commit().await?;
    let l = guard.l;
    let items = due_of(&shown, &known, guard.today);
    let may_take = shown.could(&guard, Action::TakeMeasure) && shown.row.started_on.is_some();
    let may_read = shown.could(&guard, Action::SeeAnswers);
    let all = series(&guard.app, shown.definition(), &store::standing(&responses));
    let open = responses.iter().filter(|response| response.standing == "open" && may_take);
    let (lines, own) = lines(&guard, &shown, &items, may_take);
    page(&CasePage {
        frame: guard.frame(format!("{} · {}", l.t("cases-tab-measures"), shown.row.name())),
        l,
        head: Head::of(&guard, &shown, Page::Measures),
        once: guard.app.new_id().to_string(),
        now: if may_take { now(&guard, &shown, &items) } else { Vec::new() },
        lines,
        own,
        others: if may_take { others(&guard, &shown) } else { Vec::new() },
        chart: (!all.is_empty()).then(|| chart(&guard, &shown, &all, &items).draw(&l)),
        told: all.iter().map(|one| told(l, &shown, one, may_read)).collect(),
        open: open
            .map(|response| Waiting {
                title: title(&guard, &shown, &response.measure),
                way: l.t(&format!("measures-open-{}", response.way)).into_owned(),
                back: format!("{}/responses/{}/withdrawal", shown.href(), response.id),
            })
            .collect(),
    })
}

fn title(guard: &Guard, shown: &Shown, measure: &str) -> String {
    let definition = shown.definition();
    subject(&guard.app, guard.l, definition, measure).map_or_else(
        || definition.measure(measure).map_or_else(|| measure.to_owned(), |known| known.title.in_language(guard.l.code()).to_owned()),
        |subject| subject.title,
    )
}

/// The measures of the programme that can be taken here, and those that cannot.
fn lines(guard: &Guard, shown: &Shown, items: &[DueItem], may_take: bool) -> (Vec<Line>, Vec<Line>) {
    let (l, definition) = (guard.l, shown.definition());
    let (can, cannot): (Vec<_>, Vec<_>) =
        definition.measures.iter().partition(|measure| subject(&guard.app, l, definition, &measure.id).is_some());
    let line = |measure: &Measure, can: bool| {
        let targets: Vec<String> = measure.targets.iter().map(|target| case_words::target(l, definition, target)).collect();
        let points = items.iter().filter(|item| item.measure == measure.id);
        Line {
            title: measure.title.in_language(l.code()).to_owned(),
            tracks: l.list(&targets),
            take: if can && may_take { take(shown, &measure.id) } else { String::new() },
            points: points.map(|item| if can { due(l, shown, item) } else { falls(l, shown, item) }).collect(),
        }
    };
    (can.into_iter().map(|measure| line(measure, true)).collect(), cannot.into_iter().map(|measure| line(measure, false)).collect())
}

fn take(shown: &Shown, measure: &str) -> String {
    format!("{}/measures/{measure}/new", shown.href())
}

/// What can be measured now, the longest due first.
fn now(guard: &Guard, shown: &Shown, items: &[DueItem]) -> Vec<Now> {
    let (l, definition) = (guard.l, shown.definition());
    let mut waiting: Vec<&DueItem> = items.iter().filter(|item| matches!(item.standing, DueStanding::Due | DueStanding::Overdue)).collect();
    waiting.sort_by_key(|item| item.on);
    let line = |item: &DueItem| {
        let title = subject(&guard.app, l, definition, &item.measure)?.title;
        Some(Now {
            title,
            point: words::point(l, definition, &item.point),
            since: l.date(item.on?),
            late: item.standing == DueStanding::Overdue,
            take: take(shown, &item.measure),
        })
    };
    waiting.into_iter().filter_map(line).collect()
}

/// A point of a measure that is not taken here: its day, and no word on whether it was taken.
fn falls(l: L, shown: &Shown, item: &DueItem) -> (String, String, &'static str) {
    let day = item.on.map_or_else(|| l.t("measures-standing-coming").into_owned(), |on| l.date(on));
    (words::point(l, shown.definition(), &item.point), day, "plain")
}

fn due(l: L, shown: &Shown, item: &DueItem) -> (String, String, &'static str) {
    let mood = match item.standing {
        DueStanding::Taken => "ok",
        DueStanding::Overdue | DueStanding::Missed => "late",
        _ => "plain",
    };
    let standing = match (item.taken_on, item.on) {
        (Some(on), _) => l.t1("measures-taken-on", "on", l.date(on)),
        (None, Some(on)) => l.t1(&format!("measures-standing-{}-since", item.standing.code()), "on", l.date(on)),
        (None, None) => l.t(&format!("measures-standing-{}", item.standing.code())),
    };
    (words::point(l, shown.definition(), &item.point), standing.into_owned(), mood)
}

/// Instruments on offer that the programme does not name.
fn others(guard: &Guard, shown: &Shown) -> Vec<(String, String)> {
    let (l, definition) = (guard.l, shown.definition());
    let named = |code: &str| definition.measures.iter().any(|measure| measure.instrument.as_deref() == Some(code) || measure.id == code);
    guard
        .app
        .content
        .instruments()
        .all_offered()
        .filter(|(_, instrument)| !named(&instrument.id))
        .map(|(_, instrument)| {
            (instrument.title.in_language(l.code()).to_owned(), format!("{}/measures/{}/new", shown.href(), instrument.id))
        })
        .collect()
}

/// A scale's name: the measure, and the scale where there are several.
fn scale_title(l: L, shown: &Shown, one: &Series) -> String {
    let definition = shown.definition();
    let measure = definition
        .measure(&one.measure)
        .map_or_else(|| one.instrument.title.in_language(l.code()), |measure| measure.title.in_language(l.code()));
    if one.instrument.scales.len() == 1 { measure.to_owned() } else { format!("{} · {measure}", one.scale().title.in_language(l.code())) }
}

fn chart(guard: &Guard, shown: &Shown, all: &[Series], items: &[DueItem]) -> ThreadChart {
    let l = guard.l;
    let phases: Vec<PhaseView> = shown
        .case
        .phases()
        .iter()
        .map(|entered| PhaseView { title: case_words::phase(guard, shown.row.programme_id, &entered.phase.id), on: entered.on })
        .collect();
    let days = all.iter().flat_map(|one| one.points.iter().map(|point| point.on));
    let from = days.clone().chain(phases.first().map(|phase| phase.on)).min().unwrap_or(guard.today);
    ThreadChart {
        title: l.t1("measures-chart-of", "case", shown.row.case_number.clone()).into_owned(),
        about: Some(l.t2("measures-chart-about", "scales", all.len(), "from", l.date_long(from)).into_owned()),
        from,
        to: days.max().unwrap_or(guard.today).max(guard.today),
        today: guard.today,
        phases,
        lanes: all.iter().map(|one| lane(l, shown, one, items)).collect(),
    }
}

/// A scale as a lane. What could not be scored, and what was not measured in time, is a gap in it.
fn lane(l: L, shown: &Shown, one: &Series, items: &[DueItem]) -> LaneView {
    let missed = items.iter().filter(|item| item.measure == one.measure && item.standing == DueStanding::Missed);
    let missed = missed.filter_map(|item| {
        let point = words::point(l, shown.definition(), &item.point);
        Some(GapView { on: item.on?, label: l.t1("measures-gap", "point", point).into_owned() })
    });
    LaneView {
        title: scale_title(l, shown, one),
        points: words::points(l, one),
        gaps: words::unscored(l, one).into_iter().chain(missed).collect(),
        band: one.band().map(|band| (band.low, band.high)),
        cut: one.yardstick().cutoff,
        ..LaneView::default()
    }
}

fn told(l: L, shown: &Shown, one: &Series, may_read: bool) -> Told {
    let rows = one
        .points
        .iter()
        .map(|point| Row {
            day: l.date(point.on),
            href: if may_read { format!("{}/responses/{}", shown.href(), point.response) } else { String::new() },
            score: point.score.map_or_else(|| "–".to_owned(), |score| words::number(l, score)),
            band: point
                .score
                .and_then(|score| one.scale().band(score))
                .map_or_else(String::new, |band| band.title.in_language(l.code()).to_owned()),
            note: match (point.refused, point.prorated) {
                (Some(_), _) => l.t1("measures-refused", "items", i64::from(point.missing)).into_owned(),
                (None, true) => l.t1("measures-prorated", "items", i64::from(point.missing)).into_owned(),
                (None, false) => String::new(),
            },
            rater: format!("{}, {}", l.t(&format!("measures-rater-{}", point.rater)), l.t(&format!("measures-way-{}", point.way))),
        })
        .collect();
    Told {
        title: scale_title(l, shown, one),
        banded: !one.scale().bands.is_empty(),
        sentence: words::moved(l, one),
        basis: words::basis(l, one),
        rows,
    }
}
