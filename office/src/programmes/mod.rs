//! The manual: programmes on offer, their contents, and a readable page for every session.

mod manual;
pub mod pages;
pub mod routes;
