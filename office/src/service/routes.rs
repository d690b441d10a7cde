//! The address of the indicators.

use fairway_domain::permission::Action;

use super::pages;
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get("/service", Action::SeeService, pages::service)
}
