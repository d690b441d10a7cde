//! The thread of a case: evidence, need, target, session, measure, change, in one picture, and where it is torn.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::target::Judgements;
use fairway_domain::thread::{Gap, Lane, MarkKind, MeasureFact, ObservationFact, PhaseRule, SessionFact, TargetFact, Thread, ThreadFacts};
use fairway_site::chart::{self, LaneView, MarkView, PhaseView, ThreadChart, TickView};
use fairway_site::parts::Html;
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::head::{Head, Page, Shown};
use super::store_sessions::Sitting;
use super::store_targets::{self, Seen};
use super::{pages_targets, store_sessions, words};
use crate::measures::series::{Series, series};
use crate::measures::{store as measures, words as measure_words};
use crate::web::{Guard, WebResult, page};

#[derive(Template)]
#[template(path = "cases/thread.html")]
struct ThreadPage {
    frame: Frame,
    l: L,
    head: Head,
    base: String,
    chart: Html,
    gaps: Vec<String>,
    bare: bool,
}

/// `GET /cases/{id}/thread`
pub async fn thread(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let sittings = store_sessions::sittings(&mut tx, &permit).await?;
    let seen = store_targets::observations(&mut tx, &permit, false).await?;
    let judgements = store_targets::as_rules(&store_targets::judgements(&mut tx, &permit, false).await?);
    let goals = store_targets::goals(&mut tx, &permit, false).await?;
    let responses = measures::responses(&mut tx, &permit).await?;
    tx.commit().await?;
    let measured = series(&guard.app, shown.definition(), &measures::standing(&responses));
    let (l, definition) = (guard.l, shown.definition());
    let phases: Vec<PhaseRule> =
        shown.case.phases().iter().map(|entered| PhaseRule { phase: entered.phase.id.clone(), on: entered.on }).collect();
    let facts = ThreadFacts {
        from: shown.row.referred_on,
        today: guard.today,
        phases: &phases,
        targets: &targets(&shown, &judgements),
        sessions: &sittings.iter().filter_map(|sitting| session(&shown, sitting, guard.today)).collect::<Vec<_>>(),
        observations: &seen.iter().map(|one| observation(&shown, one)).collect::<Vec<_>>(),
        measures: &definition
            .measures
            .iter()
            .map(|measure| MeasureFact { measure: measure.id.clone(), targets: measure.targets.iter().cloned().collect() })
            .collect::<Vec<_>>(),
        scores: &measured.iter().filter(|one| one.main).flat_map(Series::scores).collect::<Vec<_>>(),
        goals: &goals.iter().filter(|goal| goal.closed_on.is_none()).map(|goal| goal.goal.clone()).collect::<Vec<_>>(),
    };
    let thread = Thread::of(&facts);
    let chart = ThreadChart {
        title: l.t1("cases-thread-of", "case", shown.row.case_number.clone()).into_owned(),
        about: None,
        from: thread.from,
        to: thread.to,
        today: thread.today,
        phases: thread
            .phases
            .iter()
            .map(|rule| PhaseView { title: words::phase(&guard, permit.programme(), &rule.phase), on: rule.on })
            .collect(),
        lanes: thread.lanes.iter().flat_map(|lane| views(l, &shown, lane, &measured)).collect(),
    };
    page(&ThreadPage {
        frame: guard.frame(format!("{} · {}", l.t("cases-tab-thread"), shown.row.name())),
        l,
        head: Head::of(&guard, &shown, Page::Thread),
        base: shown.href(),
        bare: sittings.is_empty() && seen.is_empty(),
        chart: chart.draw(&l),
        gaps: thread.gaps.iter().map(|gap| told(l, &shown, gap)).collect(),
    })
}

fn targets(shown: &Shown, judgements: &Judgements) -> Vec<TargetFact> {
    let cited = |id: &str| judgements.current(id).map_or(0, |judgement| judgement.cites.len());
    shown
        .definition()
        .targets
        .iter()
        .map(|target| TargetFact { target: target.id.clone(), need: judgements.need(&target.id), cited: cited(&target.id) })
        .collect()
}

/// A session as the thread takes it; nothing for one whose day has passed without a record, of which nothing is known.
fn session(shown: &Shown, sitting: &Sitting, today: jiff::civil::Date) -> Option<SessionFact> {
    let (_, _, plan) = shown.definition().session(&sitting.session)?;
    let kind = match (sitting.presence.as_deref(), sitting.make_up.as_deref()) {
        (Some("attended"), _) => MarkKind::Attended,
        (_, Some("done")) => MarkKind::MadeUp,
        (Some("part"), _) => MarkKind::Part,
        (Some(_), _) => MarkKind::Missed,
        (None, _) if sitting.on < today => return None,
        (None, _) => MarkKind::Planned,
    };
    Some(SessionFact { session: sitting.session.clone(), targets: plan.targets.iter().cloned().collect(), on: sitting.on, kind })
}

fn observation(shown: &Shown, one: &Seen) -> ObservationFact {
    let concerned: BTreeSet<String> = shown
        .definition()
        .targets
        .iter()
        .filter(|target| one.observation.bears.iter().any(|bears| bears.concerns(target)))
        .map(|target| target.id.clone())
        .collect();
    ObservationFact { targets: concerned, on: one.observation.observed_on }
}

/// A lane a target; a further one for each further measure with scores, since one lane has one scale.
fn views(l: L, shown: &Shown, lane: &Lane, measured: &[Series]) -> Vec<LaneView> {
    let mut codes: Vec<&str> = Vec::new();
    for score in &lane.scores {
        if !codes.contains(&score.measure.as_str()) {
            codes.push(&score.measure);
        }
    }
    let mut lanes = vec![view(l, shown, lane)];
    for (place, code) in codes.into_iter().enumerate() {
        let band = lane.scores.iter().find(|score| score.measure == code).and_then(|score| score.band);
        let title = shown.definition().measure(code).map_or(code, |measure| measure.title.in_language(l.code()));
        let story = measured.iter().find(|one| one.measure == code && one.main);
        if place > 0 {
            lanes.push(LaneView {
                title: format!("{}: {title}", words::target(l, shown.definition(), &lane.target)),
                ..LaneView::default()
            });
        }
        if let Some(last) = lanes.last_mut() {
            last.band = band.map(|band| (band.low, band.high));
            if let Some(story) = story {
                last.points = measure_words::points(l, story);
                last.points.iter_mut().for_each(|point| point.label = format!("{title}, {}", point.label));
                (last.gaps, last.cut) = (measure_words::unscored(l, story), story.yardstick().cutoff);
            }
            if let Some(story) = story.filter(|story| story.last().is_some()) {
                let note = measure_words::moved(l, story);
                last.note = if last.note.is_empty() { note } else { format!("{}. {note}", last.note) };
            }
        }
    }
    lanes
}

fn view(l: L, shown: &Shown, lane: &Lane) -> LaneView {
    let definition = shown.definition();
    let kind = |kind: MarkKind| match kind {
        MarkKind::Planned => chart::MarkKind::Planned,
        MarkKind::Attended => chart::MarkKind::Attended,
        MarkKind::Part => chart::MarkKind::Part,
        MarkKind::Missed => chart::MarkKind::Missed,
        MarkKind::MadeUp => chart::MarkKind::MadeUp,
    };
    LaneView {
        title: words::target(l, definition, &lane.target),
        note: pages_targets::need(l, lane.need).0,
        href: format!("{}/targets#target-{}", shown.href(), lane.target),
        marks: lane
            .sessions
            .iter()
            .map(|mark| MarkView { on: mark.on, kind: kind(mark.kind), label: words::session(l, definition, &mark.session) })
            .collect(),
        ticks: lane.observed_on.iter().map(|on| TickView { on: *on, label: String::new() }).collect(),
        ..LaneView::default()
    }
}

fn told(l: L, shown: &Shown, gap: &Gap) -> String {
    let target = |id: &str| words::target(l, shown.definition(), id);
    match gap {
        Gap::NoSession { target: id } => l.t1("cases-gap-no-session", "target", target(id)),
        Gap::NoMeasure { target: id, sessions } => l.t2("cases-gap-no-measure", "target", target(id), "sessions", *sessions),
        Gap::NoObservation { target: id, need } => {
            l.t2("cases-gap-no-observation", "target", target(id), "need", pages_targets::need(l, *need).0)
        }
        Gap::NoTarget { .. } => l.t("cases-gap-no-target"),
    }
    .into_owned()
}
