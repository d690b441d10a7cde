//! Addresses of sessions.

use fairway_domain::permission::Action;

use super::{pages, pages_after, pages_record, pages_sheets};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sessions/{id}", Action::SeeSession, pages::show)
        .post("/sessions/{id}", Action::RecordSession, pages_record::recording)
        .get("/sessions/{id}/sheets", Action::PrintSheets, pages_sheets::sheets)
        .post("/sessions/{id}/draft", Action::RecordSession, pages_record::drafting)
        .post("/sessions/{id}/draft/removal", Action::RecordSession, pages_record::removing_draft)
        .post("/sessions/{id}/signature", Action::SignSession, pages_after::signing)
        .post("/sessions/{id}/amendments", Action::AmendSession, pages_after::amending)
        .post("/sessions/{id}/make-ups/{make_up}/waiver", Action::PlanSessions, pages_after::waiving)
        .post("/sessions/{id}/make-ups/{make_up}/completion", Action::PlanSessions, pages_after::completing)
}
