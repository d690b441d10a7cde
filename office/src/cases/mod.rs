//! Cases: the life of each from the referral to its end, and the pages about it.

pub mod change;
pub mod gate_words;
pub mod gates;
pub mod head;
pub mod life;
pub mod pages;
pub mod pages_change;
pub mod pages_evidence;
pub mod pages_history;
pub mod pages_list;
pub mod pages_notes;
pub mod pages_sessions;
pub mod pages_targets;
pub mod pages_thread;
pub mod refusal;
pub mod routes;
pub mod store;
pub mod store_change;
pub mod store_facts;
pub mod store_history;
pub mod store_list;
mod store_new;
pub mod store_notes;
pub mod store_overview;
pub mod store_sessions;
pub mod store_targets;
pub mod words;
