//! `fairway instrument check`, `list` and `import`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use fairway_domain::measure::{Instrument, LeftOut, Shipped, check};
use fairway_domain::programme::{Fault, Files};
use serde_json::{Value, json};

use super::Shape;
use crate::cli::say::say;
use crate::content::{instruments, read_folder};

/// What can be done with an instrument.
#[derive(Debug, Subcommand)]
pub enum InstrumentCommand {
    /// Report every fault of an instrument's folder, each with its place and what to do. Exit 1 when there is one.
    Check {
        /// The folder that holds questionnaire.json and scoring.toml.
        path: PathBuf,
        /// How to answer.
        #[arg(long, value_enum, default_value_t = Shape::Text)]
        format: Shape,
    },
    /// Make an instrument's folder from any FHIR R4 Questionnaire; what it cannot use it names.
    Import {
        /// The questionnaire, in JSON.
        file: PathBuf,
        /// The folder to make; left out, one named after the questionnaire's id, here.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// List the instruments there are.
    List {
        /// The content folder; left out, what is built in.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
        /// How to answer.
        #[arg(long, value_enum, default_value_t = Shape::Text)]
        format: Shape,
    },
}

/// Carries it out.
pub fn run(command: InstrumentCommand) -> ExitCode {
    match command {
        InstrumentCommand::Check { path, format } => run_check(&path, format),
        InstrumentCommand::Import { file, into } => super::import::run(&file, into),
        InstrumentCommand::List { content, format } => list(content.as_deref(), format),
    }
}

fn run_check(path: &Path, format: Shape) -> ExitCode {
    let files = if path.is_dir() {
        read_folder(path).unwrap_or_else(|error| {
            eprintln!("fairway: {error}");
            Files::new()
        })
    } else {
        eprintln!("fairway: {} is no folder; name the folder that holds questionnaire.json and scoring.toml", path.display());
        Files::new()
    };
    let outcome = check(&files);
    report(&outcome.faults, &outcome.left_out, format);
    if outcome.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints faults and what is not used.
fn report(faults: &[Fault], left_out: &[LeftOut], format: Shape) {
    match format {
        Shape::Json => {
            let unused: Vec<Value> =
                left_out.iter().map(|left| json!({ "place": left.place, "line": left.line, "what": left.what })).collect();
            print_json(&json!({ "ok": faults.is_empty(), "faults": faults, "not_used": unused }));
        }
        Shape::Text => {
            for fault in faults {
                say!("{}\n", fault.render());
            }
            for left in left_out {
                say!("questionnaire.json:{}: not used: {}: {}", left.line, left.place, left.what);
            }
            match faults.len() {
                0 => say!("No faults."),
                1 => say!("1 fault."),
                count => say!("{count} faults."),
            }
        }
    }
}

fn list(content: Option<&Path>, format: Shape) -> ExitCode {
    let found = match instruments(content) {
        Ok(found) => found,
        Err(error) => {
            eprintln!("fairway: {error}");
            return ExitCode::FAILURE;
        }
    };
    match format {
        Shape::Json => print_json(&Value::Array(found.values().map(line).collect())),
        Shape::Text => {
            for one in found.values() {
                let text = if one.licence.text == Shipped::NotShipped { "without its wording" } else { "with its wording" };
                let languages = one.languages.join(", ");
                say!(
                    "{:<22} {:<7} {:>3} items  {:<12} {:<20} {}",
                    one.id,
                    one.version.to_string(),
                    one.items.len(),
                    one.answered_by.code(),
                    text,
                    languages
                );
            }
        }
    }
    ExitCode::SUCCESS
}

fn line(one: &Instrument) -> Value {
    json!({
        "id": one.id,
        "version": one.version.to_string(),
        "title": one.title,
        "languages": one.languages,
        "answered_by": one.answered_by,
        "text": one.licence.text,
        "licence": one.licence.kind,
        "items": one.items.iter().map(|item| json!({ "linkId": item.link, "takes": item.taken() })).collect::<Vec<_>>(),
        "scales": one.scales.iter().map(|scale| scale.id.as_str()).collect::<Vec<_>>(),
    })
}

fn print_json(value: &Value) {
    say!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}
