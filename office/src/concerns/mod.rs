//! Concerns: recorded in a minute, owned by somebody, due by the jurisdiction file, open until closed with an outcome.

pub mod pages;
mod pages_list;
mod pages_one;
pub mod routes;
pub mod store;
mod store_list;
