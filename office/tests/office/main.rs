//! The office's tests: the whole program in one process, on both engines, with a fixed cast.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails loudly")]

#[macro_use]
mod world;

mod accounts;
mod cases;
mod concerns;
mod demo;
mod groups;
mod library;
mod matrix;
mod measures;
mod planning;
mod programmes;
mod referrals;
mod reports;
mod search;
mod service;
mod sessions;
mod sight;
mod signing_in;
mod store;
mod today;
mod trouble;
mod waiting;
