//! Addresses of the manual.

use fairway_domain::permission::Action;

use super::pages;
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/programmes", Action::SeeProgrammes, pages::list)
        .get("/programmes/{code}", Action::SeeProgrammes, pages::contents)
        .get("/programmes/{code}/sessions/{id}", Action::SeeProgrammes, pages::session)
}
