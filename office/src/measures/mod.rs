//! Measures: what falls due, entering and answering, scores over time, and what moved.

mod entry;
pub mod fhir;
pub mod kept;
mod level;
pub(crate) mod openings;
mod pages_answer;
mod pages_case;
mod pages_due;
mod pages_entry;
mod pages_level;
mod pages_response;
mod pages_take;
pub mod routes;
pub mod series;
pub mod store;
mod store_due;
mod store_level;
mod store_list;
mod store_openings;
mod subject;
pub mod words;

pub use store_due::{DUE_COLUMNS, due_row};
pub(crate) use store_due::{refresh, refresh_present};
pub(crate) use store_list::AT_PLACE_BY_DAY;
