//! `fairway library check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use fairway_domain::library::Library;

use super::Shape;
use super::programme::report;

/// What can be done with the practitioners' library.
#[derive(Debug, Subcommand)]
pub enum LibraryCommand {
    /// Report every fault of a catalogue, each with its place and what to do. Exit 1 when there is one.
    Check {
        /// The file library.toml, or the folder that holds it.
        path: PathBuf,
        /// How to answer.
        #[arg(long, value_enum, default_value_t = Shape::Text)]
        format: Shape,
    },
}

/// Carries it out.
pub fn run(command: LibraryCommand) -> ExitCode {
    let LibraryCommand::Check { path, format } = command;
    let file = if path.is_dir() { path.join("library.toml") } else { path };
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(cause) => {
            eprintln!("fairway: {} cannot be read: {cause}; name the file library.toml", file.display());
            return ExitCode::FAILURE;
        }
    };
    let faults = Library::read(&bytes).err().unwrap_or_default();
    report(&faults, format);
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
