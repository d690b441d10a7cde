//! `fairway demo`.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::start::{log, office, runtime};
use super::{Place, Stop, serve};
use crate::accounts::pages::{DEMO_PASSWORD, DEMO_SIGN_INS};
use crate::app::{App, Clock};
use crate::cli::say::say;
use crate::config::Config;
use crate::demo::{self, Outcome};

/// How many cases a demo has when nobody says.
const CASES: u32 = 120;
/// Its seed.
const SEED: u64 = 1;
/// From how many cases on making takes long enough to show how far it is.
const SHOWN_FROM: u32 = 1_000;

/// What demo is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How many cases, if somebody said.
    pub cases: Option<u32>,
    /// The seed, if somebody said.
    pub seed: Option<u64>,
    /// Whether to serve it.
    pub serve: bool,
}

/// Makes the demo service unless it is there, and serves it.
pub fn demo(place: &Place, wanted: &Wanted, clock: Clock, seed: [u8; 32]) -> Result<(), Stop> {
    let config = place.config(&[("data", "data/demo"), ("https", "false")])?;
    log(&config.log);
    runtime()?.block_on(async {
        let app = office(&config, clock, seed, true).await?;
        made(&app, wanted, &config).await?;
        if wanted.serve {
            print_sign_ins(&config);
            return serve::listen(&config, app).await;
        }
        app.db.close().await;
        Ok(())
    })
}

/// Makes the demo, with a bar for a large one, and says what came of it.
async fn made(app: &App, wanted: &Wanted, config: &Config) -> Result<(), Stop> {
    let asked = wanted.cases.is_some() || wanted.seed.is_some();
    let which = demo::Wanted { cases: wanted.cases.unwrap_or(CASES), seed: wanted.seed.unwrap_or(SEED) };
    let bar = if which.cases < SHOWN_FROM { ProgressBar::hidden() } else { ProgressBar::new(u64::from(which.cases)) };
    bar.set_style(
        ProgressStyle::with_template("{elapsed_precise} {wide_bar} {human_pos}/{human_len} cases, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.enable_steady_tick(Duration::from_millis(500));
    let outcome = demo::make(app, which, asked, |cases| bar.set_position(cases)).await;
    bar.finish_and_clear();
    match outcome? {
        Outcome::Made => say!("Made a demo of {} cases with seed {} in {}.", which.cases, which.seed, config.data.display()),
        Outcome::Found => say!("The demo in {} is there already; it is served as it is.", config.data.display()),
    }
    Ok(())
}

fn print_sign_ins(config: &Config) {
    say!("Fairway demo at http://{}", config.listen);
    say!("");
    for shown in DEMO_SIGN_INS {
        say!("  {:<18} sign in as  {}", shown.role.code(), shown.sign_in);
    }
    say!("  Password for all: {DEMO_PASSWORD}");
    say!("");
    say!("Everybody in it is invented. Stop with Ctrl-C.");
}
