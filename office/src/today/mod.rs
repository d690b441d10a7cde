//! Today: what waits for the person who signed in.

pub mod pages;
pub mod routes;
pub mod store;
