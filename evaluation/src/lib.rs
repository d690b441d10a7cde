//! Fairway: evaluation.
