//! Addresses of reports.

use fairway_domain::permission::Action;

use super::{pages, pages_paper};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/reports", Action::SeeReport, pages::of_case)
        .get("/reports/{id}", Action::SeeReport, pages_paper::show)
        .get("/reports/{id}/text", Action::WriteReport, pages::edit)
        .post("/reports/{id}/text", Action::WriteReport, pages::saving)
        .post("/reports/{id}/signature", Action::SignReport, pages::signing)
        .post("/reports/{id}/addition", Action::WriteReport, pages::adding)
}
