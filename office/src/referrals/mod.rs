//! Referrals: registering and correcting them, judging suitability, putting on the waiting list.

pub mod choices;
mod fields;
mod filled;
mod pages;
mod pages_edit;
mod pages_new;
mod pages_suitability;
pub mod routes;
mod store;
mod store_people;
mod store_suitability;
mod suitability_acts;

pub use pages::query_of;
