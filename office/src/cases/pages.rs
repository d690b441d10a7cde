//! The overview of a case, and what a referrer sees instead.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::case::{EventKind, offered};
use fairway_domain::permission::Action;
use fairway_domain::schedule::{StartAlarm, start_alarm};
use fairway_site::parts::{Fact, Stage, StageState};
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::change::Change;
use super::head::{Head, Page, Shown};
use super::{life, store_overview, words};
use crate::db::{Stored, Tx};
use crate::web::{CasePermit, Guard, WebResult, page};

/// Something the case needs of its people: what, where, and whether its day has passed.
struct Due {
    text: String,
    href: String,
    note: String,
    late: bool,
}

struct Button {
    label: String,
    href: String,
}

#[derive(Template)]
#[template(path = "cases/overview.html")]
struct Overview {
    frame: Frame,
    l: L,
    head: Head,
    way: Vec<Stage>,
    facts: Vec<Fact>,
    dues: Vec<Due>,
    dose: Option<(String, u32, u32)>,
    dose_note: String,
    next: Vec<Button>,
    more: Vec<Button>,
    alarm: Option<(String, bool)>,
    next_session: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "cases/restricted.html")]
struct Restricted {
    frame: Frame,
    l: L,
    name: String,
    facts: Vec<Fact>,
    way: Vec<Stage>,
    reports: Vec<(String, String, Option<String>)>,
}

/// `GET /cases/{id}`
pub async fn overview(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let l = guard.l;
    if !shown.could(&guard, Action::SeeHistory) {
        let template = restricted(&mut tx, &guard, &permit, &shown).await?;
        tx.commit().await?;
        return page(&template);
    }
    let dues = dues(&mut tx, &guard, &permit, &shown).await?;
    let group = store_overview::group(&mut tx, &permit).await?;
    let (way, dose) = progress(&mut tx, l, &permit, &shown).await?;
    let next_session = store_overview::next_session(&mut tx, &permit).await?;
    tx.commit().await?;
    let (next, more) = buttons(&guard, &shown);
    page(&Overview {
        frame: guard.frame(shown.row.name()),
        l,
        head: Head::of(&guard, &shown, Page::Overview),
        way,
        facts: facts(l, &shown, group),
        dues,
        dose: dose.map(|dose| (l.t("cases-dose-minutes").into_owned(), dose.minutes_delivered, dose.minutes_planned)),
        dose_note: dose
            .map(|dose| {
                l.with(
                    "cases-dose-note",
                    &[
                        ("done", dose.counting_done.into()),
                        ("counting", dose.counting.into()),
                        ("made_up", dose.made_up.into()),
                        ("missed", dose.missed.into()),
                    ],
                )
                .into_owned()
            })
            .unwrap_or_default(),
        next,
        more,
        alarm: alarm(&guard, &shown),
        next_session: next_session.map(|(session, id, on, time)| {
            (
                format!("{}, {} {}", words::session(l, shown.definition(), &id), l.day(on), time.get(..5).unwrap_or(&time)),
                session_href(&guard, &shown, session),
            )
        }),
    })
}

/// Where a session is read: its own page, or the list of sessions for somebody who may not see what was said in it.
fn session_href(guard: &Guard, shown: &Shown, planned: Uuid) -> String {
    if shown.could(guard, Action::SeeSession) { format!("/sessions/{planned}") } else { format!("{}/sessions", shown.href()) }
}

async fn restricted(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown) -> Stored<Restricted> {
    let l = guard.l;
    let row = &shown.row;
    let (way, _) = progress(tx, l, permit, shown).await?;
    let reports = store_overview::reports(tx, permit).await?;
    let mut facts = vec![
        Fact::bare(row.case_number.clone()),
        Fact::new(l.t("cases-stage"), words::stage(l, row.stage.code())),
        Fact::new(l.t("cases-date-referred"), l.date(row.referred_on)),
    ];
    let later = [
        ("cases-date-waiting", row.waiting_since_on),
        ("cases-started", row.started_on),
        ("cases-date-ended", row.ended_on),
        ("cases-order-ends", row.order_ends_on),
    ];
    facts.extend(later.into_iter().filter_map(|(label, on)| on.map(|on| Fact::new(l.t(label), l.date(on)))));
    if let Some(reason) = row.end_reason.as_deref() {
        facts.push(Fact::new(l.t("cases-reason"), words::reason(l, shown.definition(), reason)));
    }
    Ok(Restricted {
        frame: guard.frame(row.name()),
        l,
        name: row.name(),
        facts,
        way,
        reports: reports
            .into_iter()
            .map(|report| {
                let href = (report.standing == "signed").then(|| format!("/reports/{}", report.id));
                (report_title(guard, shown, &report.rule), l.date(report.due_on), href)
            })
            .collect(),
    })
}

/// The way through the phases with what was delivered of each, and the dose of the whole track.
async fn progress(tx: &mut Tx, l: L, permit: &CasePermit, shown: &Shown) -> Stored<(Vec<Stage>, Option<fairway_domain::dose::Dose>)> {
    let definition = shown.definition();
    let track = shown.row.track.as_deref().and_then(|track| definition.track(track));
    let deliveries = super::store_gates::deliveries(tx, permit).await?;
    let entered = shown.case.phases();
    let mut stages = Vec::new();
    for (index, phase) in definition.phases.iter().enumerate() {
        let dose = track.map(|track| life::dose_in(definition, track, Some(&phase.id), &deliveries, permit.holder().today));
        let state = match entered.len() {
            count if index + 1 < count => StageState::Done,
            count if index + 1 == count => {
                if shown.row.stage.is_end() {
                    StageState::Done
                } else {
                    StageState::Now
                }
            }
            _ => StageState::Ahead,
        };
        let (held, of) = dose.map_or((0, 0), |dose| (dose.delivered + dose.made_up, dose.planned));
        stages.push(Stage {
            label: phase.title.in_language(l.code()).to_owned(),
            note: if of > 0 && state != StageState::Ahead {
                l.t2("cases-way-note", "done", held, "of", of).into_owned()
            } else {
                String::new()
            },
            state,
            share: if of > 0 { f64::from(held) / f64::from(of) } else { 0.0 },
            weight: if of > 0 { of.clamp(4, 40) } else { 8 },
        });
    }
    Ok((stages, track.map(|track| life::dose_in(definition, track, None, &deliveries, permit.holder().today))))
}

fn facts(l: L, shown: &Shown, group: Option<(Uuid, String)>) -> Vec<Fact> {
    let row = &shown.row;
    let none = || l.t("cases-none-yet").into_owned();
    let level = |level: Option<fairway_domain::programme::Level>| {
        level.map_or_else(none, |level| l.t(&format!("cases-level-{}", level.id())).into_owned())
    };
    let mut facts = vec![
        Fact::new(l.t("cases-facilitator"), row.facilitator.clone().unwrap_or_else(none)),
        Fact::new(l.t("cases-date-referred"), l.date(row.referred_on)),
        Fact::new(l.t("cases-started"), words::day_or(l, row.started_on)),
        Fact::new(l.t("cases-risk"), level(row.risk)),
        Fact::new(l.t("cases-need"), level(row.need)),
        Fact::new(l.t("cases-order-ends"), words::day_or(l, row.order_ends_on)),
    ];
    if row.started_on.is_none() && !row.stage.is_end() {
        facts.push(Fact::new(l.t("cases-latest-start"), words::day_or(l, row.latest_start_on)));
    }
    if let Some(referrer) = &row.referrer {
        facts.push(Fact::new(l.t("cases-referrer"), referrer.clone()));
    }
    if let Some((_, title)) = group {
        facts.push(Fact::new(l.t("cases-group"), title));
    }
    if let Some(on) = row.ended_on {
        facts.push(Fact::new(l.t("cases-date-ended"), l.date(on)));
    }
    if let Some(reason) = row.end_reason.as_deref() {
        facts.push(Fact::new(l.t("cases-reason"), words::reason(l, shown.definition(), reason)));
    }
    facts
}

/// The title of a report's rule: of the programme, or of the law the place works under.
fn report_title(guard: &Guard, shown: &Shown, rule: &str) -> String {
    let code = guard.l.code();
    let id = rule.rsplit(':').next().unwrap_or(rule);
    let of_programme =
        shown.definition().reports.iter().find(|report| report.id == id).map(|report| report.title.in_language(code).to_owned());
    let by_law = || {
        guard
            .app
            .content
            .jurisdictions()
            .find_map(|jurisdiction| jurisdiction.report(id).map(|report| report.title.in_language(code).to_owned()))
    };
    of_programme.or_else(by_law).unwrap_or_else(|| id.to_owned())
}

async fn dues(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown) -> Stored<Vec<Due>> {
    let l = guard.l;
    let (definition, base) = (shown.definition(), shown.href());
    let mut dues = Vec::new();
    let (concerns, earliest) = store_overview::open_concerns(tx, permit).await?;
    if concerns > 0 {
        let due = earliest.and_then(|at| at.parse::<jiff::Timestamp>().ok());
        dues.push(Due {
            text: l.t1("cases-due-concerns", "count", concerns).into_owned(),
            href: "/concerns".to_owned(),
            note: due.map(|at| l.instant(at, &guard.app.zone)).unwrap_or_default(),
            late: due.is_some_and(|at| at < guard.now),
        });
    }
    for unsigned in store_overview::unsigned(tx, permit).await? {
        let text = l.t1("cases-due-note", "session", words::session(l, definition, &unsigned.session)).into_owned();
        dues.push(Due { text, href: session_href(guard, shown, unsigned.planned), note: l.date(unsigned.held_on), late: true });
    }
    for make_up in store_overview::make_ups(tx, permit).await?.into_iter().filter(|make_up| make_up.standing == "due") {
        let text = l.t1("cases-due-make-up", "session", words::session(l, definition, &make_up.session)).into_owned();
        let late = make_up.due_on.is_some_and(|on| on < guard.today);
        dues.push(Due { text, href: format!("{base}/sessions"), note: make_up.due_on.map(|on| l.date(on)).unwrap_or_default(), late });
    }
    let reports = store_overview::reports(tx, permit).await?;
    for report in reports.into_iter().filter(|report| report.standing != "signed") {
        let text = l.t1("cases-due-report", "report", report_title(guard, shown, &report.rule)).into_owned();
        dues.push(Due { text, href: format!("{base}/reports"), note: l.date(report.due_on), late: report.due_on < guard.today });
    }
    Ok(dues)
}

/// How pressing the start is, while the case has none.
fn alarm(guard: &Guard, shown: &Shown) -> Option<(String, bool)> {
    let l = guard.l;
    if shown.row.stage.is_end() || shown.row.started_on.is_some() {
        return None;
    }
    let latest = shown.row.latest_start_on?;
    match start_alarm(guard.today, latest) {
        StartAlarm::Passed { days } => Some((l.t2("cases-alarm-passed", "on", l.date(latest), "days", days).into_owned(), true)),
        StartAlarm::Within { days } => Some((l.t2("cases-alarm-within", "on", l.date(latest), "days", days).into_owned(), false)),
        StartAlarm::Fine => None,
    }
}

/// What may be done with the case now: the steps of its way first, what is rarer after them.
fn buttons(guard: &Guard, shown: &Shown) -> (Vec<Button>, Vec<Button>) {
    let l = guard.l;
    let base = shown.href();
    let mut next = Vec::new();
    let mut more = Vec::new();
    let judged = offered(shown.row.stage)
        .any(|transition| matches!(transition.event, EventKind::JudgeSuitable | EventKind::JudgeNotSuitable | EventKind::PutOnList));
    if judged && (shown.could(guard, Action::JudgeSuitability) || shown.could(guard, Action::QueueCase)) {
        next.push(Button { label: l.t("cases-suitability").into_owned(), href: format!("{base}/suitability") });
    }
    for change in Change::ALL.iter().filter(|change| change.fits(shown) && shown.could(guard, change.action())) {
        let button =
            Button { label: l.t(&format!("cases-{}-button", change.code())).into_owned(), href: format!("{base}/{}", change.code()) };
        let first = matches!(change, Change::Start | Change::Phase | Change::Completion | Change::Reopening)
            || (*change == Change::Facilitator && shown.row.facilitator_id.is_none())
            || (*change == Change::Levels && shown.row.track.is_none());
        if first { next.push(button) } else { more.push(button) }
    }
    if shown.row.stage == fairway_domain::case::StageKind::InPhase && shown.could(guard, Action::PlanSessions) {
        more.push(Button { label: l.t("cases-plan-button").into_owned(), href: format!("{base}/plan") });
    }
    if shown.could(guard, Action::RecordConcern) {
        more.push(Button { label: l.t("cases-concern-button").into_owned(), href: format!("{base}/concerns/new") });
    }
    if shown.could(guard, Action::EditReferral) {
        more.push(Button { label: l.t("cases-referral-button").into_owned(), href: format!("/referrals/{}", shown.row.id) });
    }
    (next, more)
}
