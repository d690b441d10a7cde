//! Addresses of the manual.

use fairway_domain::permission::Action;

use super::{pages, pages_book, pages_search, pages_sheets};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/programmes", Action::SeeProgrammes, pages::list)
        .get("/programmes/{code}", Action::SeeProgrammes, pages::contents)
        .get("/programmes/{code}/manual", Action::SeeProgrammes, pages_book::book)
        .get("/programmes/{code}/sessions/{id}", Action::SeeProgrammes, pages_book::session)
        .get("/programmes/{code}/modules/{id}", Action::SeeProgrammes, pages_book::module)
        .get("/programmes/{code}/handbook/{id}", Action::SeeProgrammes, pages_book::chapter)
        .get("/programmes/{code}/sheets", Action::SeeProgrammes, pages_sheets::sheets)
        .get("/programmes/{code}/search", Action::SeeProgrammes, pages_search::search)
}
