//! Accounts: signing in and out, one's own settings, and keeping accounts and places.

pub mod pages;
pub mod pages_keep;
pub mod password;
pub mod routes;
pub mod store;
pub mod store_keep;
