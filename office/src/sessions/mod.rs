//! Sessions: what is planned, the record of what happened, its signature, amendments and make-ups.
//!
//! One save writes the whole record in one transaction: attendance, what was seen on the session's targets, notes, and
//! the make-ups that follow from it. After the signature the record is only amended.

mod pages;
mod pages_after;
mod pages_record;
mod pages_sheets;
mod reading;
mod routes;
mod show;
pub mod store;
mod store_after;
pub mod store_record;
mod store_save;
mod store_sheets;

pub use routes::routes;
