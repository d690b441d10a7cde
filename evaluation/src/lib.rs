//! The statistics of Fairway: pure functions, each with its source.

pub mod agreement;
pub mod before_after;
pub mod change;
pub mod effect;
pub mod moments;
pub mod proportion;
pub mod rank;
