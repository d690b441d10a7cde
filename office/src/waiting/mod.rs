//! The waiting list: who waits, how long, and whose order ends before a group could.

mod pages;
pub mod routes;
mod store;
