//! Moving a session by hand, with a preview of what would move with it.

use jiff::civil::{Date, Time};
use thiserror::Error;

use super::lay::Obstacles;
use super::{Fixed, Placed, Request, Schedule, Span, State, Why, plan};

/// How far a move reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The others stay where they are.
    ThisOne,
    /// The sessions after it are laid anew from its new day; what had been moved by hand among them is given up.
    ThisAndAfter,
}

/// A session that would change its day or hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Which.
    pub session: String,
    /// Where it stood.
    pub from: (Date, Time),
    /// Where it would stand; `None` when no day is left for it.
    pub to: Option<(Date, Time)>,
}

/// What a move would do. Nothing has happened until `pinned` is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The schedule after the move: what [`plan`] gives for the request with these pins.
    pub schedule: Schedule,
    /// The sessions that change, the moved one included.
    pub moves: Vec<Move>,
    /// The moves by hand to be stored in place of the request's.
    pub pinned: Vec<Fixed>,
    /// Whether the moved session comes closer to the one before, or the next one to it, than the cadence asks.
    pub closer_than_cadence: bool,
}

/// Why a session cannot be moved there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoveRefused {
    /// The schedule has no place for a session of this id.
    #[error("the schedule has no session `{0}`")]
    UnknownSession(String),
    /// It has been held.
    #[error("a recorded session cannot be moved")]
    Recorded,
    /// The day lies before today.
    #[error("a session cannot be moved into the past")]
    IntoThePast,
    /// The day lies before the programme may start.
    #[error("the programme cannot start before {0}")]
    BeforeStart(Date),
    /// It would start before the end of the one that precedes it.
    #[error("it would come before `{0}`")]
    BeforePrevious(String),
    /// It would end after the start of the one that follows it.
    #[error("it would come after `{0}`")]
    AfterNext(String),
    /// It would run past midnight.
    #[error("it would run past midnight")]
    PastMidnight,
    /// The day is closed, somebody is away, or a room, a person or this very schedule is engaged at that hour.
    #[error("it cannot be held then")]
    Barred(Why),
}

/// What would happen if `session` were moved to the day and hour `to`. It keeps its room and facilitators.
///
/// `schedule` is the plan of `request`.
pub fn move_session(request: &Request, schedule: &Schedule, session: &str, to: (Date, Time), reach: Reach) -> Result<Preview, MoveRefused> {
    let index = schedule
        .sessions
        .iter()
        .position(|placed| placed.session == session)
        .ok_or_else(|| MoveRefused::UnknownSession(session.to_owned()))?;
    check(request, schedule, index, to, reach)?;
    let moved = &schedule.sessions[index];
    let counts_from_on = match reach {
        Reach::ThisOne => moved.counts_from_on,
        Reach::ThisAndAfter => to.0,
    };
    let pin = Fixed { on: to.0, starts: to.1, counts_from_on, ..moved.as_fixed() };
    let pinned = pins(request, schedule, index, pin, reach);
    let after = plan(&Request { pinned: pinned.clone(), ..request.clone() });
    Ok(Preview {
        moves: moves(schedule, &after),
        closer_than_cadence: closer_than_cadence(request, &after, session),
        schedule: after,
        pinned,
    })
}

fn check(request: &Request, schedule: &Schedule, index: usize, (on, starts): (Date, Time), reach: Reach) -> Result<(), MoveRefused> {
    let moved = &schedule.sessions[index];
    let span = Span::of(starts, moved.minutes);
    if moved.state == State::Recorded {
        return Err(MoveRefused::Recorded);
    }
    if on < request.today {
        return Err(MoveRefused::IntoThePast);
    }
    if on < request.not_before_on {
        return Err(MoveRefused::BeforeStart(request.not_before_on));
    }
    let too_early = |before: &&Placed| (before.on, before.span().end) > (on, span.start);
    if let Some(before) = schedule.sessions[..index].iter().rfind(too_early) {
        return Err(MoveRefused::BeforePrevious(before.session.clone()));
    }
    // Sessions recorded out of turn lie before today and bar nothing; of the rest, all that stay must come after.
    let stays = |after: &&Placed| after.state != State::Recorded && reach == Reach::ThisOne;
    let too_late = |after: &&Placed| (after.on, after.span().start) < (on, span.end);
    if let Some(after) = schedule.sessions[index + 1..].iter().filter(stays).find(too_late) {
        return Err(MoveRefused::AfterNext(after.session.clone()));
    }
    if span.past_midnight() {
        return Err(MoveRefused::PastMidnight);
    }
    let taken = |held: &&Placed| held.state == State::Recorded && held.on == on && held.span().overlaps(span);
    if schedule.sessions.iter().any(|held| taken(&held)) {
        return Err(MoveRefused::Barred(Why::OwnSession(on)));
    }
    match Obstacles::of(request).bar(on, span, moved.room.as_deref(), &moved.facilitators) {
        Some(why) => Err(MoveRefused::Barred(why)),
        None => Ok(()),
    }
}

/// The request's pins with the new one, less those the move gives up.
fn pins(request: &Request, schedule: &Schedule, index: usize, pin: Fixed, reach: Reach) -> Vec<Fixed> {
    let place = |id: &str| schedule.sessions.iter().position(|placed| placed.session == id);
    let kept = |old: &&Fixed| match place(&old.session) {
        Some(at) if at == index => false,
        Some(at) => reach == Reach::ThisOne || at < index,
        None => reach == Reach::ThisOne,
    };
    let mut pinned: Vec<_> = request.pinned.iter().filter(kept).cloned().collect();
    pinned.push(pin);
    pinned
}

fn moves(before: &Schedule, after: &Schedule) -> Vec<Move> {
    let changed = |old: &Placed| {
        let from = (old.on, old.starts);
        let to = after.of(&old.session).map(|new| (new.on, new.starts));
        (to != Some(from)).then(|| Move { session: old.session.clone(), from, to })
    };
    before.sessions.iter().filter_map(changed).collect()
}

fn closer_than_cadence(request: &Request, after: &Schedule, session: &str) -> bool {
    let asked = |first: &Placed, second: &Placed| {
        let of = |id: &str| request.sessions.iter().find(|one| one.session == id);
        let gap = of(&first.session).map_or(0, |one| i64::from(one.gap_after));
        of(&second.session).map_or(0, |one| one.cadence.days()) + gap
    };
    after.sessions.windows(2).any(|pair| {
        let touches = pair.iter().any(|placed| placed.session == session);
        let days = pair[0].on.until(pair[1].on).map_or(0, |span| span.get_days());
        touches && i64::from(days) < asked(&pair[0], &pair[1])
    })
}
