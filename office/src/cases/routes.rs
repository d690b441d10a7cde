//! Addresses of cases.

use fairway_domain::permission::Action;

use super::{
    pages, pages_change as change, pages_evidence as evidence, pages_history, pages_list, pages_notes, pages_sessions, pages_targets,
    pages_thread,
};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases", Action::SeeCases, pages_list::list)
        .get("/cases/{id}", Action::SeeCase, pages::overview)
        .get("/cases/{id}/history", Action::SeeHistory, pages_history::history)
        .get("/cases/{id}/notes", Action::SeeNotes, pages_notes::notes)
        .post("/cases/{id}/notes", Action::WriteNote, pages_notes::writing)
        .get("/cases/{id}/sessions", Action::SeeThread, pages_sessions::sessions)
        .get("/cases/{id}/thread", Action::SeeThread, pages_thread::thread)
        .get("/cases/{id}/targets", Action::SeeThread, pages_targets::targets)
        .get("/cases/{id}/observations/new", Action::Observe, evidence::observation)
        .post("/cases/{id}/observations", Action::Observe, evidence::observing)
        .get("/cases/{id}/targets/{target}/judgement", Action::JudgeNeed, evidence::judgement)
        .post("/cases/{id}/targets/{target}/judgement", Action::JudgeNeed, evidence::judging)
        .get("/cases/{id}/goals/new", Action::SetGoal, evidence::goal)
        .post("/cases/{id}/goals", Action::SetGoal, evidence::setting_goal)
        .post("/cases/{id}/goals/{goal}/closure", Action::SetGoal, evidence::closing_goal)
        .and(changes())
}

/// The changes of a case; each asks what [`super::change::Change::action`] says.
fn changes() -> Routes {
    Routes::new()
        .post("/cases/{id}/confirmations", Action::ConfirmGate, change::confirming)
        .get("/cases/{id}/facilitator", Action::AssignFacilitator, change::facilitator)
        .post("/cases/{id}/facilitator", Action::AssignFacilitator, change::assigning)
        .get("/cases/{id}/levels", Action::StartCase, change::levels)
        .post("/cases/{id}/levels", Action::StartCase, change::setting_levels)
        .get("/cases/{id}/start", Action::StartCase, change::start)
        .post("/cases/{id}/start", Action::StartCase, change::starting)
        .get("/cases/{id}/phase", Action::MovePhase, change::phase)
        .post("/cases/{id}/phase", Action::MovePhase, change::moving)
        .get("/cases/{id}/completion", Action::EndCase, change::completion)
        .post("/cases/{id}/completion", Action::EndCase, change::completing)
        .get("/cases/{id}/ending", Action::EndCase, change::ending)
        .post("/cases/{id}/ending", Action::EndCase, change::ending_early)
        .get("/cases/{id}/never-started", Action::EndCase, change::never_started)
        .post("/cases/{id}/never-started", Action::EndCase, change::never_starting)
        .get("/cases/{id}/reopening", Action::CorrectCase, change::reopening)
        .post("/cases/{id}/reopening", Action::CorrectCase, change::reopening_now)
        .get("/cases/{id}/correction", Action::CorrectCase, change::correction)
        .post("/cases/{id}/correction", Action::CorrectCase, change::correcting)
        .get("/cases/{id}/transfer", Action::CorrectCase, change::transfer)
        .post("/cases/{id}/transfer", Action::CorrectCase, change::transferring)
}
