//! The service in numbers: indicators, each defined once.

pub mod pages;
pub mod routes;
pub mod store;
