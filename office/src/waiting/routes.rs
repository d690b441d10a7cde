//! The address of the waiting list.

use fairway_domain::permission::Action;

use super::pages;
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get("/waiting", Action::SeeWaiting, pages::list)
}
