//! `fairway-selfhelp`: the self-help site.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The anonymous self-help site of Fairway.
#[derive(Debug, Parser)]
#[command(name = "fairway-selfhelp", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site.
    Serve {
        /// Where to listen.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve { listen } = Cli::parse().command;
    match tokio::net::TcpListener::bind(listen).await {
        Ok(listener) => {
            println!("The self-help site is at http://{listen}");
            match axum::serve(listener, fairway_selfhelp::service()).await {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => stop(&error),
            }
        }
        Err(error) => stop(&format!("cannot listen on {listen}: {error}. Choose another address with --listen")),
    }
}

fn stop(why: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("fairway-selfhelp: {why}");
    ExitCode::FAILURE
}
