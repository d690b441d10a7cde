#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod each_fault;
mod hostile;
mod prose;
pub(crate) mod valid;
pub(super) use valid::files;
mod whole;
