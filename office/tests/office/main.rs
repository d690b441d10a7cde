//! The office's tests: the whole program in one process, on both engines, with a fixed cast.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails loudly")]

#[macro_use]
mod world;

mod accounts;
mod answers;
mod cases;
mod cast;
mod concerns;
mod demo;
mod groups;
mod groups_setting;
mod jar;
mod library;
mod matrix;
mod measures;
mod measures_bad;
mod measures_due;
mod planning;
mod postgres;
mod programmes;
mod referrals;
mod reports;
mod search;
mod service;
mod sessions;
mod sessions_follow;
mod sessions_setting;
mod sight;
mod signing_in;
mod store;
mod today;
mod trouble;
mod waiting;
