//! From a laid-out schedule to planned sessions in the database.

use fairway_domain::schedule::{Placed, Schedule, State, plan};
use uuid::Uuid;

use super::Owner;
use super::ground::{Ground, group_ground};
use super::store::{self, Place, Standing, read_date, read_time};
use crate::app::App;
use crate::db::{Stored, Tx};

/// The schedule of a group as it would be laid now; nothing is stored.
pub async fn group_schedule(tx: &mut Tx, app: &App, owner: &Owner) -> Stored<(Ground, Schedule)> {
    let ground = group_ground(tx, app, owner).await?;
    let schedule = plan(&ground.request);
    Ok((ground, schedule))
}

/// Stores a schedule: new sessions are added, moved ones get their new place, those for which no day is left are taken
/// out, and what stands as it should is not touched.
pub async fn write(tx: &mut Tx, app: &App, ground: &Ground, schedule: &Schedule) -> Stored<()> {
    let mut rows = store::new_rows();
    for placed in schedule.sessions.iter().filter(|placed| placed.state != State::Recorded) {
        let place = place_of(placed);
        match ground.row(&placed.session) {
            Some(row) if row.facilitator_id == ground.lead && stands(row)? == place => {}
            Some(row) => store::replace(tx, &ground.owner, row.id, &place, ground.lead).await?,
            None => {
                let new = store::NewSession {
                    id: app.new_id(),
                    phase: &placed.phase,
                    session: &placed.session,
                    seq: ground.seq.get(&placed.session).copied().unwrap_or_default(),
                    facilitator: ground.lead,
                    make_up: None,
                };
                store::push(&mut rows, &ground.owner, &new, &place);
            }
        }
    }
    rows.write(tx).await?;
    for row in ground.rows.iter().filter(|row| row.standing == "planned") {
        if schedule.of(&row.session).is_none() {
            store::take_out(tx, &ground.owner, row.id).await?;
        }
    }
    Ok(())
}

/// Where the domain put a session.
pub fn place_of(placed: &Placed) -> Place {
    Place {
        on: placed.on,
        starts: placed.starts,
        minutes: i64::from(placed.minutes),
        room: placed.room.as_deref().and_then(|room| Uuid::try_parse(room).ok()),
        pinned: placed.state == State::Pinned,
        counts_from_on: placed.counts_from_on,
    }
}

/// Where a session stands.
pub fn stands(row: &Standing) -> Stored<Place> {
    let on = read_date(&row.on_date)?;
    Ok(Place {
        on,
        starts: read_time(&row.starts_at_time)?,
        minutes: row.minutes,
        room: row.room_id,
        pinned: row.pinned,
        counts_from_on: row.counts_from_on.as_deref().map(read_date).transpose()?.unwrap_or(on),
    })
}
