//! Addresses of groups.

use fairway_domain::permission::Action;

use super::{pages_form, pages_list, pages_members, pages_show, pages_start};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/groups", Action::SeeGroups, pages_list::list)
        .get("/groups/new", Action::FormGroup, pages_form::new)
        .post("/groups/new", Action::FormGroup, pages_form::forming)
        .get("/groups/{id}", Action::SeeGroup, pages_show::show)
        .get("/groups/{id}/edit", Action::ChangeGroup, pages_form::edit)
        .post("/groups/{id}/edit", Action::ChangeGroup, pages_form::editing)
        .post("/groups/{id}/members", Action::ChangeGroup, pages_members::admission)
        .get("/groups/{id}/members/{case}/leaving", Action::ChangeGroup, pages_members::leaving)
        .post("/groups/{id}/members/{case}/leaving", Action::ChangeGroup, pages_members::left)
        .get("/groups/{id}/start", Action::ChangeGroup, pages_start::asking)
        .post("/groups/{id}/start", Action::ChangeGroup, pages_start::starting)
        .get("/groups/{id}/closing", Action::ChangeGroup, pages_start::closing_asked)
        .post("/groups/{id}/closing", Action::ChangeGroup, pages_start::closing)
}
