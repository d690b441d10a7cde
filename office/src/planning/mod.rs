//! Planning: the sessions of a case's phase or of a group get their days, by `domain::schedule`, and keep them.
//!
//! What has been recorded is never touched, and neither is a session whose day has passed and whose record is still
//! missing: it was held or it was not, and only a person knows. To plan again with nothing changed changes nothing.

mod ground;
mod lay;
mod make_up;
mod moving;
mod owner;
mod pages_make_up;
mod pages_move;
mod pages_plan;
pub mod routes;
pub mod slot;
mod store;
mod store_make_up;
mod store_taken;
pub mod words;

use fairway_domain::schedule::{Schedule, plan};
use jiff::civil::Date;

pub use ground::{Ground, Wanted, case_ground, group_ground};
pub use lay::{group_schedule, write};
pub use owner::Owner;
pub use pages_plan::{fill_slot, read_slot, room_choices, weekday_choices};

use crate::app::App;
use crate::db::{Stored, Tx};
use crate::web::{CasePermit, GroupPermit};

/// Lays out the individual sessions of `phase` for a case, none before `first_on`, and stores them. A phase without
/// individual sessions, or a case whose track is not known yet, has nothing to lay out.
pub async fn plan_phase(tx: &mut Tx, app: &App, permit: &CasePermit, phase: &str, first_on: Date) -> Stored<()> {
    let wanted = Wanted { slot: None, first_on, overdue_too: false };
    let ground = case_ground(tx, app, &Owner::from(permit), phase, &wanted).await?;
    let schedule = plan(&ground.request);
    write(tx, app, &ground, &schedule).await
}

/// Lays out the group sessions of a group's phase in its slot from its first day, stores them, and gives the schedule.
pub async fn plan_group(tx: &mut Tx, app: &App, permit: &GroupPermit) -> Stored<Schedule> {
    let (ground, schedule) = group_schedule(tx, app, &Owner::from(permit)).await?;
    write(tx, app, &ground, &schedule).await?;
    store::end_of_group(tx, permit, schedule.ends_on).await?;
    Ok(schedule)
}
