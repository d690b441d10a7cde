//! Moving one session: what would move with it, and doing it.

use fairway_domain::schedule::{MoveRefused, Preview, Reach, State, move_session, plan};
use jiff::civil::{Date, Time};

use super::Owner;
use super::ground::{Ground, Wanted, case_ground, fixed, group_ground};
use super::lay::{place_of, stands};
use super::store::{self, Asked, read_date};
use crate::app::App;
use crate::db::{Stored, Tx};
use crate::web::{SessionOwner, SessionPermit};

/// A session that would stand elsewhere.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its id in the definition.
    pub session: String,
    /// Where it stands.
    pub from: (Date, Time),
    /// Where it would stand; `None` when no day is left for it.
    pub to: Option<(Date, Time)>,
}

/// The ground of a move. Every session still to come stays where it stands unless the move itself reaches it; whatever
/// has become impossible there meanwhile is laid anew, and shown.
pub async fn ground(tx: &mut Tx, app: &App, permit: &SessionPermit, asked: &Asked) -> Stored<Ground> {
    let owner = Owner::from(permit);
    let mut ground = match permit.owner() {
        SessionOwner::Case(_) => {
            case_ground(tx, app, &owner, &asked.phase, &Wanted { slot: None, first_on: owner.today(), overdue_too: false }).await?
        }
        SessionOwner::Group(_) => group_ground(tx, app, &owner).await?,
    };
    let people = ground.request.slots.first().map(|slot| slot.facilitators.clone()).unwrap_or_default();
    let today = owner.today();
    ground.request.pinned.clear();
    for row in ground.rows.iter().filter(|row| row.standing == "planned") {
        let place = fixed(row, &people)?;
        if place.on >= today {
            ground.request.pinned.push(place);
        } else if row.id == permit.session() {
            // Its day has passed without a record: this one is to have another.
            ground.request.recorded.retain(|held| held.session != row.session);
        }
    }
    Ok(ground)
}

/// What the move would do.
pub fn preview(ground: &Ground, asked: &Asked, to: (Date, Time), reach: Reach) -> Result<Preview, MoveRefused> {
    if asked.standing != "planned" {
        return Err(MoveRefused::Recorded);
    }
    let schedule = plan(&ground.request);
    move_session(&ground.request, &schedule, &asked.session, to, reach)
}

/// Which sessions would stand elsewhere than they do now.
pub fn changes(ground: &Ground, preview: &Preview) -> Stored<Vec<Change>> {
    let mut changes = Vec::new();
    for row in ground.rows.iter().filter(|row| row.standing == "planned") {
        let now = stands(row)?;
        let to = preview.schedule.of(&row.session).map(|placed| (placed.on, placed.starts));
        if to != Some((now.on, now.starts)) {
            changes.push(Change { session: row.session.clone(), from: (now.on, now.starts), to });
        }
    }
    Ok(changes)
}

/// Carries the move out.
pub async fn carry_out(tx: &mut Tx, permit: &SessionPermit, ground: &Ground, asked: &Asked, preview: &Preview) -> Stored<()> {
    for row in ground.rows.iter().filter(|row| row.standing == "planned") {
        let Some(placed) = preview.schedule.of(&row.session) else {
            store::take_out(tx, &ground.owner, row.id).await?;
            continue;
        };
        let mut place = place_of(placed);
        // Pins that only held the others still during the move are not kept.
        place.pinned = placed.state == State::Pinned && (row.session == asked.session || row.pinned);
        if placed.state == State::Recorded {
            continue;
        }
        if stands(row)? != place {
            store::replace(tx, &ground.owner, row.id, &place, row.facilitator_id).await?;
        }
    }
    store::end_after_move(tx, permit).await
}

/// Where a session stands, from its own row.
pub fn stands_at(asked: &Asked) -> Stored<(Date, Time)> {
    Ok((read_date(&asked.on_date)?, store::read_time(&asked.starts_at_time)?))
}
