//! Everything a plan stands on, gathered from the database into the domain's request.

use std::collections::BTreeMap;

use fairway_domain::calendar::Closed;
use fairway_domain::programme::{Definition, Track};
use fairway_domain::referral::Availability;
use fairway_domain::schedule::{Absence, Busy, Fixed, Kind, Request, Slot, ToPlan, Whom};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::Owner;
use super::slot::{SlotChoice, read_weekdays, usual};
use super::store::{self, Engaged, Standing, read_date, read_time};
use crate::app::App;
use crate::db::{StoreError, Stored, Tx};

/// For how many years ahead holidays are reckoned: the horizon of a schedule and one to spare.
const YEARS: i16 = 4;

/// How the individual sessions of a phase are to be laid.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The slot to lay them in; `None`: the one kept for the case, else whenever the person can come.
    pub slot: Option<SlotChoice>,
    /// No session before this day.
    pub first_on: Date,
    /// Whether sessions whose day passed without a record are given a new day too.
    pub overdue_too: bool,
}

/// What a plan stands on.
#[derive(Debug)]
pub struct Ground {
    /// Whose plan it is.
    pub owner: Owner,
    /// The phase planned.
    pub phase: String,
    /// The question to the domain.
    pub request: Request,
    /// The sessions as they stand.
    pub rows: Vec<Standing>,
    /// Names of the people and rooms the request names by id.
    pub names: BTreeMap<String, String>,
    /// Who is noted as leading each session: the facilitator, or the first of a group's.
    pub lead: Option<Uuid>,
    /// The place of each session in the track, over all phases.
    pub seq: BTreeMap<String, i64>,
    /// The slot used, where somebody chose one.
    pub slot: Option<SlotChoice>,
}

impl Ground {
    /// The row of a session, if it has one.
    pub fn row(&self, session: &str) -> Option<&Standing> {
        self.rows.iter().find(|row| row.session == session)
    }
}

/// The definition an owner runs on.
pub fn definition<'a>(app: &'a App, owner: &Owner) -> Stored<&'a Definition> {
    let programme = app
        .content
        .programme(owner.programme())
        .ok_or_else(|| StoreError::Unreadable(format!("programme {} is not known", owner.programme())))?;
    Ok(&programme.definition)
}

/// The ground of the individual sessions of a case's phase.
pub async fn case_ground(tx: &mut Tx, app: &App, owner: &Owner, phase: &str, wanted: &Wanted) -> Stored<Ground> {
    let facts = store::case_facts(tx, owner).await?;
    let slot = match &wanted.slot {
        Some(slot) => Some(slot.clone()),
        None => store::case_slot(tx, owner).await?,
    };
    let people = people(tx, facts.facilitator_id).await?;
    let ids = ids(&people);
    let slots = match &slot {
        Some(slot) => vec![slot.slot(Kind::Individual, &ids)],
        None => usual(facts.availability.parse::<Availability>().unwrap_or_default(), &ids),
    };
    let definition = definition(app, owner)?;
    let track = facts.track.as_deref().and_then(|track| definition.track(track));
    let laid = Laid {
        phase,
        kind: Kind::Individual,
        track,
        slots,
        first_on: wanted.first_on,
        overdue_too: wanted.overdue_too,
        order_ends_on: facts.order_ends_on,
        lead: facts.facilitator_id,
        people,
    };
    let mut ground = gather(tx, app, owner, laid).await?;
    let participant = owner.id().to_string();
    let engaged = store::case_engaged(tx, owner.id(), owner.today()).await?;
    ground.request.busy.extend(busy(owner, phase, &engaged, Whom::Person)?);
    ground.request.attending.push(participant);
    ground.slot = slot;
    Ok(ground)
}

/// The ground of a group's sessions.
pub async fn group_ground(tx: &mut Tx, app: &App, owner: &Owner) -> Stored<Ground> {
    let facts = store::group_facts(tx, owner).await?;
    let slot = SlotChoice { weekdays: read_weekdays(&facts.weekdays), starts: read_time(&facts.starts_at_time)?, room: facts.room_id };
    let people = people(tx, Some(owner.id())).await?;
    let slots = vec![slot.slot(Kind::Group, &ids(&people))];
    let definition = definition(app, owner)?;
    let lead = people.first().map(|(id, _)| *id);
    let track = definition.track(&facts.track);
    let first_on = read_date(&facts.first_on)?;
    let laid = Laid {
        phase: &facts.phase,
        kind: Kind::Group,
        track,
        slots,
        first_on,
        overdue_too: false,
        order_ends_on: facts.order_ends_on,
        lead,
        people,
    };
    let mut ground = gather(tx, app, owner, laid).await?;
    ground.slot = Some(slot);
    Ok(ground)
}

/// What differs between cases and groups.
struct Laid<'a> {
    phase: &'a str,
    kind: Kind,
    track: Option<&'a Track>,
    slots: Vec<Slot>,
    first_on: Date,
    overdue_too: bool,
    order_ends_on: Option<String>,
    lead: Option<Uuid>,
    people: Vec<(Uuid, String)>,
}

async fn people(tx: &mut Tx, lead: Option<Uuid>) -> Stored<Vec<(Uuid, String)>> {
    match lead {
        Some(lead) => store::people(tx, lead).await,
        None => Ok(Vec::new()),
    }
}

fn ids(people: &[(Uuid, String)]) -> Vec<String> {
    people.iter().map(|(id, _)| id.to_string()).collect()
}

async fn gather(tx: &mut Tx, app: &App, owner: &Owner, laid: Laid<'_>) -> Stored<Ground> {
    let today = owner.today();
    let rows = store::standing(tx, owner, laid.phase).await?;
    let mut names: BTreeMap<String, String> = laid.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    for (room, title) in crate::accounts::store::rooms(tx, owner.unit()).await? {
        names.insert(room.to_string(), title);
    }
    // A group is asked for its people by its own id, a case by that of its facilitator.
    let asked = owner.group().or(laid.lead);
    let (mut absences, mut engaged) = (Vec::new(), Vec::new());
    if let Some(asked) = asked {
        for (who, from, to) in store::absences(tx, asked, today).await? {
            absences.push(Absence { who: who.to_string(), from_on: read_date(&from)?, to_on: read_date(&to)? });
        }
        engaged.extend(busy(owner, laid.phase, &store::people_engaged(tx, asked, today).await?, Whom::Person)?);
    }
    for room in rooms(&laid.slots, &rows) {
        engaged.extend(busy(owner, laid.phase, &store::room_engaged(tx, room, today).await?, Whom::Room)?);
    }
    let sessions = sessions(definition(app, owner)?, &laid);
    let (recorded, pinned) = given(&rows, today, laid.overdue_too, &ids(&laid.people))?;
    let request = Request {
        today,
        not_before_on: laid.first_on,
        sessions: sessions.iter().filter(|(_, one)| one.kind == laid.kind && one.phase == laid.phase).map(|(_, one)| one.clone()).collect(),
        slots: laid.slots,
        closed: closed(tx, app, owner).await?,
        absences,
        busy: engaged,
        attending: Vec::new(),
        recorded,
        pinned,
        order_ends_on: laid.order_ends_on.as_deref().map(read_date).transpose()?,
    };
    let seq = sessions.into_iter().map(|(seq, one)| (one.session, seq)).collect();
    Ok(Ground { owner: *owner, phase: laid.phase.to_owned(), request, rows, names, lead: laid.lead, seq, slot: None })
}

/// Every session of the track with its place in it.
fn sessions(definition: &Definition, laid: &Laid<'_>) -> Vec<(i64, ToPlan)> {
    let Some(track) = laid.track else { return Vec::new() };
    (0_i64..).zip(definition.sessions_of(track)).map(|(seq, (phase, _, plan))| (seq, ToPlan::of(plan, &phase.id))).collect()
}

/// The rooms that matter: those of the slots, and those in which sessions stand.
fn rooms(slots: &[Slot], rows: &[Standing]) -> Vec<Uuid> {
    let of_slots = slots.iter().filter_map(|slot| slot.room.as_deref()?.parse().ok());
    let mut rooms: Vec<Uuid> = of_slots.chain(rows.iter().filter(|row| row.standing == "planned").filter_map(|row| row.room_id)).collect();
    rooms.sort();
    rooms.dedup();
    rooms
}

/// The days on which the place is closed.
pub async fn closed(tx: &mut Tx, app: &App, owner: &Owner) -> Stored<Closed> {
    let jurisdiction = store::jurisdiction(tx, owner.unit()).await?;
    let year = owner.today().year();
    let mut closed = app.content.jurisdiction(&jurisdiction).map_or_else(Closed::none, |law| law.closed(year..=year.saturating_add(YEARS)));
    closed.extend(store::closures(tx, owner.unit(), owner.today()).await?);
    Ok(closed)
}

/// The sessions whose day is given: held ones (and, unless they are to be planned anew, those whose day passed without a
/// record), and those moved by hand.
fn given(rows: &[Standing], today: Date, overdue_too: bool, people: &[String]) -> Stored<(Vec<Fixed>, Vec<Fixed>)> {
    let (mut recorded, mut pinned) = (Vec::new(), Vec::new());
    for row in rows {
        let fixed = fixed(row, people)?;
        if row.standing != "planned" || (fixed.on < today && !overdue_too) {
            recorded.push(fixed);
        } else if row.pinned {
            pinned.push(fixed);
        }
    }
    Ok((recorded, pinned))
}

/// A session where it stands.
pub fn fixed(row: &Standing, people: &[String]) -> Stored<Fixed> {
    let on = read_date(row.held_on.as_deref().unwrap_or(&row.on_date))?;
    let counts_from_on = match (&row.held_on, &row.counts_from_on) {
        (None, Some(counts_from)) => read_date(counts_from)?,
        _ => on,
    };
    Ok(Fixed {
        session: row.session.clone(),
        on,
        starts: read_time(row.held_at_time.as_deref().unwrap_or(&row.starts_at_time))?,
        room: row.room_id.map(|room| room.to_string()),
        facilitators: people.to_vec(),
        counts_from_on,
    })
}

/// The domain's engagements, less those of the plan itself.
pub fn busy(owner: &Owner, phase: &str, engaged: &[Engaged], whom: fn(String) -> Whom) -> Stored<Vec<Busy>> {
    let elsewhere = |one: &&Engaged| one.owner != owner.id() || one.phase != phase || one.make_up_id.is_some();
    engaged.iter().filter(elsewhere).map(|one| one_busy(one, whom)).collect()
}

/// One engagement in the domain's words; what runs past midnight ends there.
pub fn one_busy(one: &Engaged, whom: fn(String) -> Whom) -> Stored<Busy> {
    let from = read_time(&one.starts_at_time)?;
    let midnight = Time::constant(23, 59, 0, 0);
    let to = from.checked_add(one.minutes.minutes()).unwrap_or(midnight);
    Ok(Busy { whom: whom(one.whom.to_string()), on: read_date(&one.on_date)?, from, to })
}
