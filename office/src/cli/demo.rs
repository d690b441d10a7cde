//! `fairway demo`.

use super::start::{log, office, runtime};
use super::{Place, Stop, serve};
use crate::app::Clock;

/// What demo is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How many cases.
    pub cases: u32,
    /// The seed.
    pub seed: u64,
    /// Whether to serve it.
    pub serve: bool,
}

/// Makes the demo service unless it is there, and serves it.
pub fn demo(place: &Place, wanted: &Wanted, clock: Clock, seed: [u8; 32]) -> Result<(), Stop> {
    let config = place.config(&[("data", "data/demo"), ("https", "false")])?;
    log(&config.log);
    runtime()?.block_on(async {
        let app = office(&config, clock, seed, true).await?;
        let _ = wanted.cases;
        if wanted.serve {
            println!("Fairway demo at http://{}", config.listen);
            return serve::listen(&config, app).await;
        }
        Ok(())
    })
}
