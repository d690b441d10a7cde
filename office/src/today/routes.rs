//! The address of Today.

use fairway_domain::permission::Action;

use super::pages;
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get("/today", Action::SeeToday, pages::today)
}
