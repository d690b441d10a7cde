//! Addresses of signing in and of one's own settings.

use fairway_domain::permission::Action;

use super::pages;
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
}
