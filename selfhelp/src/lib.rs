//! The self-help site: help for somebody who is afraid to ask.
//!
//! It shares nothing with the office at run time and keeps nothing about its readers: no cookie, no script, no account, no
//! log of addresses. What somebody writes is stored only if they ask for a return phrase, and only they can open it.
//! `docs/self-help.md` walks through it.

#![cfg_attr(test, expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly"))]

pub mod cli;
pub mod content;
pub mod day;
pub mod handle;
pub mod notes;
pub mod phrase;
pub mod process;
pub mod seal;
pub mod server;
pub mod shelf;
pub mod store;
pub mod totals;
pub mod view;
pub mod web;

use std::sync::Arc;

/// Says what time it is. Only `main` reads the machine's clock.
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;
/// Fills bytes with randomness. Only `main` reads the machine's.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The files of `content/locales` whose words this site speaks: the office's would take more memory than all its pages.
pub const WORDS: &[&str] = &["site", "selfhelp"];

/// The day this version was made. Its lines of help must not be older than a year on it.
pub const RELEASED_ON: jiff::civil::Date = jiff::civil::date(2026, 11, 30);
