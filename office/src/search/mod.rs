//! Finding a case by a name or a number: accents and typing slips forgiven, by equality of keys only.

pub mod store;

pub use store::{closeness, index_case, word_id, words_of};
