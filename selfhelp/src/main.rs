//! `fairway-selfhelp`: the self-help site.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use fairway_selfhelp::{Chance, Clock, cli::Cli};
use rand::Rng as _;

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the system's randomness")]
fn main() -> ExitCode {
    let clock: Clock = Arc::new(jiff::Timestamp::now);
    let chance: Chance = Arc::new(|bytes: &mut [u8]| rand::rng().fill_bytes(bytes));
    Cli::parse().run(&clock, &chance)
}
