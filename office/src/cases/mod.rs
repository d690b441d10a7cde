//! Cases: the life of each from the referral to its end, and the pages about it.

pub mod life;
pub mod store;
pub mod store_facts;
mod store_new;
