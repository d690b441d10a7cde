//! The address of the search.

use fairway_domain::permission::Action;

use super::pages;
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get("/search", Action::SearchCases, pages::find)
}
