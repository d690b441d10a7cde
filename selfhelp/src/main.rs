//! `fairway-selfhelp`: the self-help site.

use std::alloc::System;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use fairway_selfhelp::{Chance, Clock, cli::Cli};
use rand::TryRng as _;
use rand::rngs::SysRng;
use zeroizing_alloc::ZeroAlloc;

/// Memory that is given back is wiped first: what somebody wrote does not lie around after the answer.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the system's randomness")]
fn main() -> ExitCode {
    let clock: Clock = Arc::new(jiff::Timestamp::now);
    // From the system each time: a generator of our own could be run backwards from its state, to phrases of the hours before.
    let chance: Chance = Arc::new(|bytes: &mut [u8]| {
        if SysRng.try_fill_bytes(bytes).is_err() {
            // Without randomness nothing here may go on.
            std::process::abort();
        }
    });
    Cli::parse().run(&clock, &chance)
}
