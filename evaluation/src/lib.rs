//! The statistics of Fairway: pure functions, each with its source. Change scores, survival and matching join later.

pub mod proportion;
pub mod rank;
