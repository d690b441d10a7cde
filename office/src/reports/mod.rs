//! Reports: when they fall due, filled from what is there, written by a professional, signed.

mod due;
mod fill;
pub mod pages;
mod pages_paper;
pub mod routes;
pub mod store;
mod store_told;

pub use due::{falls_due_after, refresh_due};
