//! Sessions that stand alone, outside the order of a phase: make-ups.

use fairway_domain::schedule::{Busy, Cadence, Fixed, Kind, Request, Schedule, Slot, State, ToPlan, Whom, Why, plan};
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::Owner;
use super::ground::{Ground, closed, one_busy};
use super::store::{self, Engaged, read_date};
use crate::app::App;
use crate::db::{Stored, Tx};

/// A session that stands alone.
#[derive(Debug, Clone)]
pub struct Single<'a> {
    /// Its row, if it has one: no engagement in its own way.
    pub row: Option<Uuid>,
    /// Its id in the definition.
    pub session: &'a str,
    /// The phase it belongs to.
    pub phase: &'a str,
    /// Its length.
    pub minutes: u16,
    /// The room, if any.
    pub room: Option<Uuid>,
    /// Who leads it.
    pub facilitator: Option<Uuid>,
    /// Where it is to be held.
    pub at: (Date, Time),
}

/// Whether the session can be held there: the schedule of it alone, or what stands in the way.
pub async fn single(tx: &mut Tx, app: &App, owner: &Owner, wanted: &Single<'_>) -> Stored<(Ground, Result<Schedule, Why>)> {
    let today = owner.today();
    let people = match wanted.facilitator {
        Some(facilitator) => store::people(tx, facilitator).await?,
        None => Vec::new(),
    };
    let mut names: std::collections::BTreeMap<String, String> = people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    names.extend(crate::accounts::store::rooms(tx, owner.unit()).await?.into_iter().map(|(room, title)| (room.to_string(), title)));
    let (mut engaged, mut absences) = (Vec::new(), Vec::new());
    if let Some(facilitator) = wanted.facilitator {
        engaged.extend(others(wanted.row, &store::people_engaged(tx, facilitator, today).await?, Whom::Person)?);
        for (who, from, to) in store::absences(tx, facilitator, today).await? {
            absences.push(fairway_domain::schedule::Absence { who: who.to_string(), from_on: read_date(&from)?, to_on: read_date(&to)? });
        }
    }
    if let Some(room) = wanted.room {
        engaged.extend(others(wanted.row, &store::room_engaged(tx, room, today).await?, Whom::Room)?);
    }
    let attending = owner.case();
    if let Some(case) = attending {
        engaged.extend(others(wanted.row, &store::case_engaged(tx, case, today).await?, Whom::Person)?);
    }
    let facilitators: Vec<String> = people.iter().map(|(id, _)| id.to_string()).collect();
    let room = wanted.room.map(|room| room.to_string());
    let (on, starts) = wanted.at;
    let request = Request {
        today,
        not_before_on: today,
        sessions: vec![ToPlan {
            session: wanted.session.to_owned(),
            phase: wanted.phase.to_owned(),
            kind: Kind::Individual,
            minutes: wanted.minutes,
            cadence: Cadence::Weekly,
            gap_after: 0,
        }],
        slots: Vec::<Slot>::new(),
        closed: closed(tx, app, owner).await?,
        absences,
        busy: engaged,
        attending: attending.iter().map(Uuid::to_string).collect(),
        recorded: Vec::new(),
        pinned: vec![Fixed { session: wanted.session.to_owned(), on, starts, room, facilitators, counts_from_on: on }],
        order_ends_on: store::order_ends_on(tx, owner).await?,
    };
    // Past its own day and hour nothing else is tried: a person chose them.
    let schedule = plan(&request);
    let verdict = match schedule.sessions.first() {
        Some(placed) if placed.state == State::Pinned => Ok(schedule),
        _ => Err(barred(&request)),
    };
    let ground = Ground {
        owner: *owner,
        phase: wanted.phase.to_owned(),
        request,
        rows: Vec::new(),
        names,
        lead: wanted.facilitator,
        seq: std::collections::BTreeMap::new(),
        slot: None,
    };
    Ok((ground, verdict))
}

/// What bars the one session of a request from where it was put: with a slot at every hour of that day it is told.
fn barred(request: &Request) -> Why {
    let weekdays = super::slot::WEEKDAYS.iter().map(|(_, day)| *day).collect();
    let slots = request
        .pinned
        .first()
        .map(|pin| Slot {
            kind: Kind::Individual,
            weekdays,
            starts: pin.starts,
            room: pin.room.clone(),
            facilitators: pin.facilitators.clone(),
        })
        .into_iter()
        .collect();
    let again = plan(&Request { slots, ..request.clone() });
    let reasons = again.sessions.into_iter().flat_map(|placed| placed.reason_moved);
    reasons.chain(again.unplaced.into_iter().map(|(_, why)| why)).next().unwrap_or(Why::PastMidnight)
}

fn others(row: Option<Uuid>, engaged: &[Engaged], whom: fn(String) -> Whom) -> Stored<Vec<Busy>> {
    engaged.iter().filter(|one| Some(one.id) != row).map(|one| one_busy(one, whom)).collect()
}
