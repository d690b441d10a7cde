//! Addresses of planning.

use fairway_domain::permission::Action;

use super::{pages_make_up, pages_move, pages_plan};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/plan", Action::PlanSessions, pages_plan::plan)
        .post("/cases/{id}/plan", Action::PlanSessions, pages_plan::planning)
        .get("/cases/{id}/make-ups/{make_up}", Action::PlanSessions, pages_make_up::make_up)
        .post("/cases/{id}/make-ups/{make_up}", Action::PlanSessions, pages_make_up::planning)
        .get("/sessions/{id}/move", Action::MoveSession, pages_move::asking)
        .post("/sessions/{id}/move", Action::MoveSession, pages_move::moving)
}
