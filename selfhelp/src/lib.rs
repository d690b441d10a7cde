//! x
#![cfg_attr(test, expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly"))]
pub mod content;
pub mod handle;
pub mod notes;
pub mod phrase;
pub mod seal;
pub mod store;
use std::sync::Arc;
/// Says
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;
/// Fills
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;
