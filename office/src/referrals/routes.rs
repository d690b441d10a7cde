//! Addresses of referrals, of suitability and of putting somebody on the waiting list.

use fairway_domain::permission::Action;

use super::{pages, pages_edit, pages_new, pages_suitability, suitability_acts};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/referrals", Action::SeeReferrals, pages::list)
        .get("/referrals/new", Action::RegisterReferral, pages_new::blank)
        .post("/referrals/new", Action::RegisterReferral, pages_new::registering)
        .get("/referrals/{case}", Action::EditReferral, pages_edit::stored)
        .post("/referrals/{case}", Action::EditReferral, pages_edit::correcting)
        .get("/cases/{case}/suitability", Action::SeeHistory, pages_suitability::shown)
        .post("/cases/{case}/suitability", Action::JudgeSuitability, suitability_acts::judging)
        .post("/cases/{case}/suitability/decision", Action::JudgeSuitability, suitability_acts::deciding)
        .post("/cases/{case}/waiting", Action::QueueCase, suitability_acts::queueing)
}
