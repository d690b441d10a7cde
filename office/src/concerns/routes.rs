//! Addresses of concerns.

use fairway_domain::permission::Action;

use super::{pages, pages_list, pages_one};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/concerns", Action::SeeConcerns, pages_list::list)
        .get("/concerns/new", Action::SeeConcerns, pages_list::choose_case)
        .get("/cases/{id}/concerns/new", Action::RecordConcern, pages::new)
        .post("/cases/{id}/concerns", Action::RecordConcern, pages::recording)
        .get("/concerns/{id}", Action::SeeConcerns, pages_one::show)
        .post("/concerns/{id}/owner", Action::CloseConcern, pages_one::handing_over)
        .post("/concerns/{id}/closing", Action::CloseConcern, pages_one::closing)
}
