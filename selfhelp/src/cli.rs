//! The command line.

mod run;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::{Chance, Clock};

/// The anonymous self-help site of Fairway.
#[derive(Debug, Parser)]
#[command(name = "fairway-selfhelp", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site.
    Serve(Serve),
    /// Look for faults in the content: missing translations, steps nobody reaches, stale lines of help, denied words.
    Check {
        /// The content folder (self-help and instruments, and locales for another language); what the program carries if not given.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
        /// The day on which it must be right; today if not given.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
    },
    /// Delete notes that were not used for 90 days, and tidy the store. A running site does it daily by itself.
    Purge {
        #[command(flatten)]
        store: StoreArgs,
        /// Today's date: says that the system's clock is right, when the store was not in use for some days or the clock was wrong.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
    },
    /// Print the coarse daily totals, if they were kept.
    Totals {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Serve the site with a store in memory that is gone when it stops.
    Demo {
        /// Where to listen.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090", value_parser = address)]
        listen: SocketAddr,
        /// The content folder; what the program carries if not given.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
    },
    /// Compress pages for a site that is starting; not for people.
    #[command(hide = true)]
    Press,
}

#[derive(Debug, Args)]
struct StoreArgs {
    /// The store: sqlite://FILE or postgres://user@host/name.
    #[arg(long, value_name = "ADDRESS", default_value = "sqlite://selfhelp.db", env = "FAIRWAY_SELFHELP_STORE")]
    store: String,
}

#[derive(Debug, Args)]
struct Serve {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090", value_parser = address)]
    listen: SocketAddr,
    #[command(flatten)]
    store: StoreArgs,
    /// The content folder; what the program carries if not given.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// Where “Leave now” leads: an https address of no meaning.
    #[arg(long, value_name = "URL", default_value = "https://www.wikipedia.org/")]
    exit_to: String,
    /// A file with at least 32 random bytes, the same on each of several nodes, so that each opens the other's handles. It is renewed in its
    /// place each day; keep it in a folder in memory (tmpfs) that the program may write.
    #[arg(long, value_name = "FILE")]
    handle_secret: Option<PathBuf>,
    /// Certificate chain (PEM), to serve TLS without a proxy.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Tell browsers to use HTTPS only for this host, for two years. Set it when HTTPS is sure to stay.
    #[arg(long)]
    hsts: bool,
    /// The site's onion address (http://….onion), for the Onion-Location header.
    #[arg(long, value_name = "URL")]
    onion: Option<String>,
    /// Keep coarse daily totals of readings by course, with noise, and none below 120.
    #[arg(long)]
    totals: bool,
    /// Threads that answer pages; one a core if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    threads: Option<u8>,
}

/// An address to listen on.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "give an address and a port, such as 127.0.0.1:8090, 0.0.0.0:8090 or [::1]:8090".to_owned())
}

/// Why the program stops.
struct Stop(String);

impl<E: fmt::Display> From<E> for Stop {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl Cli {
    /// Runs it.
    pub fn run(self, clock: &Clock, chance: &Chance) -> ExitCode {
        fairway_site::Language::read_only(crate::WORDS);
        let done = match self.command {
            Command::Serve(serve) => run::serve(&serve, clock, chance),
            Command::Check { content, on } => run::check(content.as_deref(), on.unwrap_or_else(|| crate::day::of(clock))),
            Command::Purge { store, on } => run::purge(&store.store, on, clock),
            Command::Totals { store } => run::totals(&store.store),
            Command::Demo { listen, content } => run::demo(listen, content, clock, chance),
            Command::Press => run::press(),
        };
        done.unwrap_or_else(|stop| {
            eprintln!("fairway-selfhelp: {}", stop.0);
            ExitCode::FAILURE
        })
    }
}
