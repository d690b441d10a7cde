//! The command line of `fairway`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::Clock;
use crate::config::{Config, ConfigError};

mod demo;
mod import;
mod instrument;
mod library;
mod measure;
mod print;
mod programme;
mod say;
mod serve;
mod start;
mod user;

/// Fairway, the office: runs structured treatment programmes, from the court's order to the last follow-up.
#[derive(Debug, Parser)]
#[command(name = "fairway", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the office.
    Serve(Place),
    /// Make and serve a demo service with invented people; prints its sign-ins.
    Demo {
        #[command(flatten)]
        place: Place,
        /// How many cases to invent.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000), help = "How many cases to invent [default: 120]")]
        cases: Option<u32>,
        /// The seed: the same seed and number give the same service.
        #[arg(long, help = "The seed: the same seed and number give the same service [default: 1]")]
        seed: Option<u64>,
        /// Make the service and stop.
        #[arg(long)]
        no_serve: bool,
    },
    /// Bring the database's schema up to date.
    Migrate(Place),
    /// Accounts.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Programme definitions.
    #[command(subcommand)]
    Programme(programme::ProgrammeCommand),
    /// Instruments: what measures are made of.
    #[command(subcommand)]
    Instrument(instrument::InstrumentCommand),
    /// Scores, change and reliability from files.
    #[command(subcommand)]
    Measure(measure::MeasureCommand),
    /// The practitioners' library.
    #[command(subcommand)]
    Library(library::LibraryCommand),
    /// Print a configuration file with every setting explained.
    Config,
}

/// Where the program works: flags that win over the environment and the file.
#[derive(Debug, Clone, Default, Args)]
pub struct Place {
    /// The configuration file.
    #[arg(long, value_name = "FILE", env = "FAIRWAY_CONFIG")]
    config: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The folder of the embedded database and the service key.
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// The database: postgres://… or sqlite://FILE; left out, embedded in the data folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The folder with programmes and jurisdictions; left out, what is built in.
    #[arg(long, value_name = "DIR")]
    content: Option<String>,
}

impl Place {
    /// The configuration these flags lead to; `defaults` stand below every other layer's word but the schema's.
    fn config(&self, defaults: &[(&'static str, &str)]) -> Result<Config, ConfigError> {
        let flag = |name: &'static str, value: &Option<String>| (name, value.clone());
        let mut flags =
            vec![flag("listen", &self.listen), flag("data", &self.data), flag("database", &self.database), flag("content", &self.content)];
        let variable = |name: &str| std::env::var(name).ok();
        for (name, value) in defaults {
            let said = flags.iter().any(|(flag, value)| flag == name && value.is_some());
            if !said && variable(&format!("FAIRWAY_{}", name.to_uppercase())).is_none() && self.config.is_none() {
                flags.push((name, Some((*value).to_owned())));
            }
        }
        Config::read(self.config.as_deref(), variable, &flags)
    }
}

/// How a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What stops a command: one sentence that says what is wrong, where, and what to do.
type Stop = Box<dyn std::error::Error + Send + Sync>;

impl Cli {
    /// Carries the command out. The clock and the seed of randomness are the system's, given by `main`.
    pub fn run(self, clock: Clock, seed: [u8; 32]) -> ExitCode {
        let outcome = match self.command {
            Command::Serve(place) => serve::serve(&place, clock, seed),
            Command::Demo { place, cases, seed: demo_seed, no_serve } => {
                demo::demo(&place, &demo::Wanted { cases, seed: demo_seed, serve: !no_serve }, clock, seed)
            }
            Command::Migrate(place) => serve::migrate(&place),
            Command::User(command) => user::run(command, clock, seed),
            Command::Programme(command) => return programme::run(command, clock()),
            Command::Library(command) => return library::run(command),
            Command::Instrument(command) => return instrument::run(command),
            Command::Measure(command) => return measure::run(command),
            Command::Config => {
                say::tell(format_args!("{}", crate::config::template()), "");
                Ok(())
            }
        };
        match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(stop) => {
                eprintln!("fairway: {stop}");
                ExitCode::FAILURE
            }
        }
    }
}
