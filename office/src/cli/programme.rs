//! `fairway programme check`, `show` and `print`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use fairway_domain::programme::{Fault, Files, check, check_report, show};
use jiff::Timestamp;

use super::{Shape, print};
use crate::cli::say::say;
use crate::content::read_folder;

/// What can be done with a definition.
#[derive(Debug, Subcommand)]
pub enum ProgrammeCommand {
    /// Report every fault of a programme folder, each with its place and what to do. Exit 1 when there is one.
    Check {
        /// The folder that holds programme.toml.
        path: PathBuf,
        /// How to answer.
        #[arg(long, value_enum, default_value_t = Shape::Text)]
        format: Shape,
    },
    /// Print the whole manual: a tagged PDF, an EPUB, or a folder of HTML.
    Print(print::Wanted),
    /// Show phases, modules, sessions and tracks in order.
    Show {
        /// The folder that holds programme.toml.
        path: PathBuf,
        /// How to answer.
        #[arg(long, value_enum, default_value_t = Shape::Text)]
        format: Shape,
    },
}

/// Carries it out.
pub fn run(command: ProgrammeCommand, now: Timestamp) -> ExitCode {
    let (path, format, only_check) = match command {
        ProgrammeCommand::Check { path, format } => (path, format, true),
        ProgrammeCommand::Show { path, format } => (path, format, false),
        ProgrammeCommand::Print(wanted) => {
            return match print::run(&wanted, now) {
                Ok(()) => ExitCode::SUCCESS,
                Err(stop) => {
                    eprintln!("fairway: {stop}");
                    ExitCode::FAILURE
                }
            };
        }
    };
    let files = if path.is_dir() {
        read_folder(&path).unwrap_or_else(|error| {
            eprintln!("fairway: {error}");
            Files::new()
        })
    } else {
        Files::new()
    };
    if !path.is_dir() {
        eprintln!("fairway: {} is no folder; name the folder that holds programme.toml", path.display());
    }
    let outcome = check(&files);
    if let (false, true, Some(programme)) = (only_check, outcome.faults.is_empty(), &outcome.programme) {
        match format {
            Shape::Json => print_json(&show(programme)),
            Shape::Text => super::say::tell(format_args!("{}", outline(&programme.definition)), ""),
        }
        return ExitCode::SUCCESS;
    }
    report(&outcome.faults, format);
    if outcome.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

pub(super) fn report(faults: &[Fault], format: Shape) {
    match format {
        Shape::Json => print_json(&check_report(faults)),
        Shape::Text if faults.is_empty() => say!("No faults."),
        Shape::Text => {
            for fault in faults {
                say!("{}\n", fault.render());
            }
            match faults.len() {
                1 => say!("1 fault."),
                count => say!("{count} faults."),
            }
        }
    }
}

fn print_json(value: &serde_json::Value) {
    say!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}

fn outline(definition: &fairway_domain::programme::Definition) -> String {
    use std::fmt::Write as _;
    let language = definition.languages.first().map_or("en", String::as_str);
    let mut text = format!("{} {}\n", definition.title.in_language(language), definition.version);
    for phase in &definition.phases {
        let _ = writeln!(text, "\n{}", phase.title.in_language(language));
        for module in &phase.modules {
            let _ = writeln!(text, "  {}", module.title.in_language(language));
            for session in &module.sessions {
                let _ = writeln!(text, "    {:<32} {:>4} min  {}", session.id, session.minutes, session.title.in_language(language));
            }
        }
    }
    text.push_str("\nTracks\n");
    for track in &definition.tracks {
        let sessions = definition.sessions_of(track).count();
        let _ = writeln!(text, "  {:<32} {sessions} sessions, {} days", track.id, definition.length_in_days(track));
    }
    text
}
