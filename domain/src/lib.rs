//! Fairway: domain.

pub mod programme;
