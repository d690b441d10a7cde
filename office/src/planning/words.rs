//! What the schedule's rules say, in the reader's words.

use std::collections::BTreeMap;

use fairway_domain::programme::Definition;
use fairway_domain::schedule::{Kind, MoveRefused, Placed, Schedule, Whom, Why};
use fairway_site::{L, Problem};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::ground::Ground;

/// One line of a schedule.
#[derive(Debug, Clone)]
pub struct Line {
    /// The session's title.
    pub title: String,
    /// The day, with its weekday.
    pub day: String,
    /// The hour.
    pub time: String,
    /// The room, or nothing.
    pub room: String,
    /// What pushed it off earlier days; empty when nothing did.
    pub because: String,
}

/// A date with its weekday and year.
pub fn day(l: L, on: Date) -> String {
    format!("{} {}", l.weekday(on), l.date(on))
}

/// The title of a session in the reader's language; its id where the definition does not know it.
pub fn title(l: L, definition: &Definition, session: &str) -> String {
    definition.session(session).map_or_else(|| session.to_owned(), |(_, _, plan)| plan.title.in_language(l.code()).to_owned())
}

/// The lines of a schedule.
pub fn lines(l: L, ground: &Ground, definition: &Definition, schedule: &Schedule) -> Vec<Line> {
    schedule.sessions.iter().map(|placed| line(l, ground, definition, placed)).collect()
}

fn line(l: L, ground: &Ground, definition: &Definition, placed: &Placed) -> Line {
    let because: Vec<String> = placed.reason_moved.iter().take(3).map(|reason| why(l, &ground.names, reason)).collect();
    Line {
        title: title(l, definition, &placed.session),
        day: day(l, placed.on),
        time: l.time(placed.starts),
        room: placed.room.as_deref().map(|room| name(&ground.names, room)).unwrap_or_default(),
        because: because.join(" "),
    }
}

fn name(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_default()
}

/// Why a session is not on the day it would have had, as a sentence.
pub fn why(l: L, names: &BTreeMap<String, String>, why: &Why) -> String {
    problem_of(l, names, why).say(&l).into_owned()
}

/// The same as a problem beside a field.
pub fn problem_of(l: L, names: &BTreeMap<String, String>, why: &Why) -> Problem {
    let with_day = |id: &'static str, on: &Date| Problem::new(id).arg("day", day(l, *on));
    match why {
        Why::Holiday(on) => with_day("planning-why-holiday", on),
        Why::Absent(who, on) if names.contains_key(who) => with_day("planning-why-absent", on).arg("who", name(names, who)),
        Why::Busy(Whom::Room(room), on) => with_day("planning-why-room", on).arg("room", name(names, room)),
        Why::Busy(Whom::Person(who), on) if names.contains_key(who) => with_day("planning-why-person", on).arg("who", name(names, who)),
        Why::Absent(_, on) | Why::Busy(Whom::Person(_), on) => with_day("planning-why-participant", on),
        Why::OwnSession(on) => with_day("planning-why-own", on),
        Why::NotHeld(on) => with_day("planning-why-not-held", on),
        Why::BeforeStart(on) => with_day("planning-why-before-start", on),
        Why::Overtaken(on) => with_day("planning-why-overtaken", on),
        Why::NoSlot(Kind::Individual | Kind::Group) => Problem::new("planning-why-no-slot"),
        Why::PastMidnight => Problem::new("planning-why-midnight"),
        Why::BeyondHorizon => Problem::new("planning-why-horizon"),
        Why::After(_) => Problem::new("planning-why-after"),
    }
}

/// A refused move: the field it is about, and what to say beside it.
pub fn refused(l: L, ground: &Ground, definition: &Definition, refused: &MoveRefused) -> (&'static str, Problem) {
    match refused {
        MoveRefused::UnknownSession(_) => ("", Problem::new("planning-move-unknown")),
        MoveRefused::Recorded => ("", Problem::new("planning-move-recorded")),
        MoveRefused::IntoThePast => ("on", Problem::new("planning-move-past")),
        MoveRefused::BeforeStart(on) => ("on", Problem::new("planning-move-before-start").arg("day", day(l, *on))),
        MoveRefused::BeforePrevious(session) => {
            ("on", Problem::new("planning-move-before-previous").arg("session", title(l, definition, session)))
        }
        MoveRefused::AfterNext(session) => ("on", Problem::new("planning-move-after-next").arg("session", title(l, definition, session))),
        MoveRefused::PastMidnight => ("time", Problem::new("planning-why-midnight")),
        MoveRefused::Barred(why) => (field_of(why), problem_of(l, &ground.names, why)),
    }
}

/// The field that something in the way is about.
pub fn field_of(why: &Why) -> &'static str {
    if matches!(why, Why::Busy(..) | Why::OwnSession(_) | Why::PastMidnight) { "time" } else { "on" }
}

/// Where a schedule ends: the sentence beneath it, and whether it is to be read as a warning.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// The last day.
    pub text: String,
    /// What is wrong with it; empty when nothing is.
    pub warning: String,
}

/// The sentence about a schedule's end.
pub fn ending(l: L, ground: &Ground, schedule: &Schedule) -> Ending {
    let Some(ends_on) = schedule.ends_on else { return Ending::default() };
    let mut warnings = Vec::new();
    if let (Some(days), Some(order)) = (schedule.days_beyond_order, ground.request.order_ends_on) {
        warnings.push(l.t2("planning-beyond-order", "days", days, "day", l.date(order)).into_owned());
    }
    if let Some((_, reason)) = schedule.unplaced.first() {
        warnings.push(l.t2("planning-unplaced", "count", schedule.unplaced.len(), "why", why(l, &ground.names, reason)).into_owned());
    }
    Ending { text: l.t1("planning-ends", "day", day(l, ends_on)).into_owned(), warning: warnings.join(" ") }
}

/// A short digest of a schedule and of what it was made from: what somebody confirms is what they saw.
pub fn digest(ground: &Ground, schedule: &Schedule) -> String {
    let mut hash = Sha256::new();
    for row in &ground.rows {
        hash.update(format!("{} {}\n", row.id, row.revision));
    }
    for placed in &schedule.sessions {
        hash.update(format!("{} {} {} {:?}\n", placed.session, placed.on, placed.starts, placed.room));
    }
    hex::encode(&hash.finalize()[..8])
}
