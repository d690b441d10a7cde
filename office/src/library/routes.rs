//! Addresses of the library.

use fairway_domain::permission::Action;

use super::pages;
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get("/library", Action::SeeProgrammes, pages::list)
}
