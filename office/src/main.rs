//! `fairway`: the office.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use rand::Rng as _;

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the system's randomness")]
fn main() -> ExitCode {
    let mut seed = [0; 32];
    rand::rng().fill_bytes(&mut seed);
    fairway_office::cli::Cli::parse().run(Arc::new(jiff::Timestamp::now), seed)
}
