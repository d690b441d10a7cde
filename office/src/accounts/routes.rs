//! Addresses of signing in, of one's own settings, and of keeping accounts.

use fairway_domain::permission::Action;

use super::{pages, pages_keep};
use crate::web::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Action::Public, pages::sign_in)
        .post("/sign-in", Action::Public, pages::signing_in)
        .post("/sign-out", Action::OwnAccount, pages::signing_out)
        .post("/language", Action::Public, pages::choosing_language)
        .get("/settings", Action::OwnAccount, pages::settings)
        .post("/settings/password", Action::OwnAccount, pages::changing_password)
        .get("/accounts", Action::KeepAccounts, pages_keep::list)
        .get("/accounts/new", Action::KeepAccounts, pages_keep::blank)
        .post("/accounts/new", Action::KeepAccounts, pages_keep::making)
        .get("/accounts/{id}", Action::KeepAccounts, pages_keep::account)
        .post("/accounts/{id}", Action::KeepAccounts, pages_keep::changing)
        .post("/accounts/{id}/password", Action::KeepAccounts, pages_keep::giving_password)
        .post("/accounts/{id}/closing", Action::KeepAccounts, pages_keep::closing)
        .post("/accounts/{id}/opening", Action::KeepAccounts, pages_keep::opening)
}
