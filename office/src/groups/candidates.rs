//! Who could join, how each fits, best fit first.

use fairway_domain::group::{Candidate, Fit, Judged, Offer, Point, fit, point};
use fairway_domain::programme::Definition;
use fairway_domain::referral::Availability;
use fairway_site::L;
use jiff::civil::Date;
use uuid::Uuid;

use super::store::{GroupRow, SessionRow};
use super::store_candidates::{self as store, CandidateRow};
use super::store_members::AttendanceRow;
use super::words::{date, group_sessions, is_done};
use crate::db::{Stored, Tx};
use crate::planning::slot::{read_weekdays, weekday_name};
use crate::web::GroupPermit;

/// One point of the comparison.
#[derive(Debug, Clone)]
pub struct Said {
    /// What is said.
    pub text: String,
    /// `ok`, `late` or `plain`; the words say the same.
    pub mood: &'static str,
}

/// Somebody who could join.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// The name.
    pub name: String,
    /// Since when the person waits, or is in the phase.
    pub since_on: Date,
    /// The latest start.
    pub latest_start_on: Option<Date>,
    /// The comparison, point by point.
    pub points: Vec<Said>,
    /// Where the person stands seen from a running group.
    pub point: Option<Point>,
    /// Whether the person may be ticked.
    pub admissible: bool,
    order: (u8, u8, Date),
}

/// What the candidates are compared with.
pub struct Against<'a> {
    /// The definition.
    pub definition: &'a Definition,
    /// The group.
    pub row: &'a GroupRow,
    /// Its sessions.
    pub sessions: &'a [SessionRow],
    /// How many may still join.
    pub places: u16,
}

/// Everybody who could join the group.
pub async fn load(tx: &mut Tx, permit: &GroupPermit, l: L, against: &Against<'_>) -> Stored<Vec<Shown>> {
    let phase = against.row.phase.as_str();
    let index = against.definition.phase_index(phase).unwrap_or(0);
    let before = index.checked_sub(1).and_then(|index| against.definition.phases.get(index)).map(|phase| phase.id.as_str());
    let mut rows = match before {
        None if against.row.standing == "forming" => store::waiting(tx, permit).await?,
        _ => Vec::new(),
    };
    rows.extend(store::in_phases(tx, permit, before.unwrap_or(phase), phase).await?);
    let done = store::done(tx, permit, phase).await?;
    let offer = offer(against)?;
    let mut shown = rows.iter().map(|row| one(l, against, &offer, row, &done)).collect::<Stored<Vec<_>>>()?;
    shown.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| l.order(&a.name, &b.name)));
    Ok(shown)
}

fn offer(against: &Against<'_>) -> Stored<Offer> {
    let starts = crate::cases::store::some_day(against.row.last_on.as_deref())?;
    let time = fairway_domain::dates::parse_time(&against.row.starts_at_time).unwrap_or(jiff::civil::Time::midnight());
    Ok(Offer {
        slots: read_weekdays(&against.row.weekdays).into_iter().map(|day| (day, time)).collect(),
        language: against.row.spoken_language.clone(),
        ends_on: starts,
        places: against.places,
    })
}

fn one(l: L, against: &Against<'_>, offer: &Offer, row: &CandidateRow, done: &[AttendanceRow]) -> Stored<Shown> {
    let candidate = Candidate {
        availability: row.availability.parse::<Availability>().unwrap_or_default(),
        languages: if row.spoken_language.is_empty() { Vec::new() } else { vec![row.spoken_language.clone()] },
        order_ends_on: row.order_ends_on.as_deref().map(date).transpose()?,
    };
    let fit = fit(&candidate, offer);
    let mut points = said(l, &fit, against);
    let point = (against.row.standing == "running").then(|| seen_from(against, row, done));
    if let Some(point) = point {
        points.insert(0, said_of_point(l, point));
    }
    if let Some(track) = row.track.as_deref().filter(|track| *track != against.row.track) {
        let title = against.definition.track(track).map_or(track, |track| track.title.in_language(l.code())).to_owned();
        points.push(Said { text: l.t1("groups-fit-track", "track", title).into_owned(), mood: "plain" });
    }
    let latest_start_on = row.latest_start_on.as_deref().map(date).transpose()?;
    let (misfits, unknown) = fit.misfits();
    let missing = matches!(point, Some(Point::GroupAhead { .. }));
    Ok(Shown {
        id: row.id,
        number: row.case_number.clone(),
        name: format!("{} {}", row.given_names, row.family_names),
        since_on: date(&row.since_on)?,
        latest_start_on,
        points,
        point,
        admissible: !missing && against.row.standing != "closed",
        order: (misfits + u8::from(missing), unknown, latest_start_on.unwrap_or(Date::MAX)),
    })
}

/// Where a running group stands, seen from this person.
fn seen_from(against: &Against<'_>, row: &CandidateRow, done: &[AttendanceRow]) -> Point {
    let track =
        row.track.as_deref().and_then(|track| against.definition.track(track)).or_else(|| against.definition.track(&against.row.track));
    let plans: Vec<_> = track.map(|track| group_sessions(against.definition, track, &against.row.phase).collect()).unwrap_or_default();
    let order: Vec<&str> = plans.iter().map(|plan| plan.id.as_str()).collect();
    let minutes = |session: &str| plans.iter().find(|plan| plan.id == session).map_or(0, |plan| plan.minutes);
    let own: Vec<&str> =
        done.iter().filter(|one| one.case_id == row.id && is_done(one, minutes(&one.session))).map(|one| one.session.as_str()).collect();
    let held: Vec<&str> = against
        .sessions
        .iter()
        .filter(|session| matches!(session.standing.as_str(), "recorded" | "signed"))
        .map(|session| session.session.as_str())
        .collect();
    point(&order, &own, &held)
}

fn said_of_point(l: L, point: Point) -> Said {
    let (text, mood) = match point {
        Point::Same => (l.t("groups-point-same"), "ok"),
        Point::GroupBehind { repeated } => (l.t1("groups-point-behind", "count", repeated), "plain"),
        Point::GroupAhead { missing } => (l.t1("groups-point-ahead", "count", missing), "late"),
    };
    Said { text: text.into_owned(), mood }
}

fn said(l: L, fit: &Fit, against: &Against<'_>) -> Vec<Said> {
    let say = |text: String, mood: &'static str| Said { text, mood };
    let ok = |id: &str| say(l.t(id).into_owned(), "ok");
    let unknown = |id: &str| say(l.t(id).into_owned(), "plain");
    let slot = match &fit.slot {
        Judged::Fits => ok("groups-fit-slot"),
        Judged::DoesNot(wrong) => {
            say(l.t2("groups-fit-slot-not", "day", weekday_name(l, wrong.weekday), "time", l.time(wrong.starts)).into_owned(), "late")
        }
        Judged::Unknown => unknown("groups-fit-slot-unknown"),
    };
    let language = match &fit.language {
        Judged::Fits => ok("groups-fit-language"),
        Judged::DoesNot(_) => say(l.t("groups-fit-language-not").into_owned(), "late"),
        Judged::Unknown => unknown("groups-fit-language-unknown"),
    };
    let order = match &fit.order {
        Judged::Fits => ok("groups-fit-order"),
        Judged::DoesNot(short) => say(l.t1("groups-fit-order-not", "days", short.days).into_owned(), "late"),
        Judged::Unknown => unknown("groups-fit-order-unknown"),
    };
    let size = match fit.size {
        Judged::Fits => ok("groups-fit-size"),
        Judged::DoesNot(()) | Judged::Unknown => {
            say(l.t1("groups-fit-size-not", "most", super::words::size(against.definition).max).into_owned(), "late")
        }
    };
    vec![slot, language, order, size]
}
