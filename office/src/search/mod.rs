//! Finding a case by a name or a number: accents and typing slips forgiven, by equality of keys only.

mod pages;
mod rank;
pub mod routes;
pub mod store;
mod store_find;

pub use store::{closeness, index_case, word_id, words_of};
