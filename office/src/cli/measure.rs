//! `fairway measure`: scores, change, reliability and effect sizes from files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use fairway_domain::measure::Instrument;
use fairway_domain::programme::Files;

use super::Shape;
use crate::content::{instrument, instruments, read_folder};

mod change;
mod pairs;
mod score;
mod seen;
mod statistics;

/// What can be reckoned.
#[derive(Debug, Subcommand)]
pub enum MeasureCommand {
    /// Score answers: JSON ({"linkId": value}, or a list of such) or CSV (a line a person), which is streamed.
    Score {
        /// The instrument's id, or the folder that holds it.
        instrument: String,
        /// The answers; a name that ends in .json is JSON, any other a table.
        #[arg(long, value_name = "FILE")]
        answers: PathBuf,
        /// The content folder; left out, what is built in.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
        /// How to answer.
        #[arg(long, value_enum, default_value_t = Shape::Text)]
        format: Shape,
    },
    /// Say whose scores changed by more than error of measurement, and across the cut-off.
    Change(Box<ChangeArgs>),
    /// Cronbach's alpha of a table: a line a person, a column an item, no other columns but id.
    Alpha(Data),
    /// The intraclass correlations of Shrout and Fleiss: a line a target, a column a rater, no other columns but id.
    Icc(Data),
    /// Effect sizes of a table with the columns id, pre and post, each named.
    Effect(Data),
}

/// A table and how to answer.
#[derive(Debug, Args)]
pub struct Data {
    /// The table.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// How to answer.
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    format: Shape,
}

/// Either an instrument with answers before and after and a norm, or scores with their spread and reliability.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The instrument's id, or the folder that holds it.
    #[arg(long, requires = "pre", requires = "post", conflicts_with = "data")]
    instrument: Option<String>,
    /// Answers before.
    #[arg(long, value_name = "FILE", requires = "instrument")]
    pre: Option<PathBuf>,
    /// Answers after.
    #[arg(long, value_name = "FILE", requires = "instrument")]
    post: Option<PathBuf>,
    /// The scale; left out, the instrument's first.
    #[arg(long, requires = "instrument")]
    scale: Option<String>,
    /// The norm; left out, the first with a standard deviation and a reliability, of test and retest before others.
    #[arg(long, requires = "instrument")]
    norm: Option<String>,
    /// The content folder; left out, what is built in.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// Scores: a table with the columns id, pre and post.
    #[arg(long, value_name = "FILE", required_unless_present = "instrument")]
    data: Option<PathBuf>,
    /// The standard deviation that the standard error is reckoned with.
    #[arg(long, allow_negative_numbers = true)]
    sd: Option<f64>,
    /// The reliability.
    #[arg(long, allow_negative_numbers = true)]
    reliability: Option<f64>,
    /// The mean of people in treatment.
    #[arg(long, allow_negative_numbers = true)]
    clinical_mean: Option<f64>,
    /// Their standard deviation; left out, --sd.
    #[arg(long)]
    clinical_sd: Option<f64>,
    /// The mean of people in general.
    #[arg(long, allow_negative_numbers = true)]
    normal_mean: Option<f64>,
    /// Their standard deviation.
    #[arg(long)]
    normal_sd: Option<f64>,
    /// Whether a lower score is the better one; an instrument says so itself.
    #[arg(long)]
    lower_is_better: bool,
    /// How to answer.
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    format: Shape,
}

/// Carries it out. What is wrong with a file goes to standard error, what could be reckoned to standard output; the exit
/// code is 1 when something was wrong.
pub fn run(command: MeasureCommand) -> ExitCode {
    let done = match command {
        MeasureCommand::Score { instrument, answers, content, format } => {
            find(&instrument, content.as_deref()).and_then(|instrument| score::run(&instrument, &answers, format))
        }
        MeasureCommand::Change(args) => change::run(&args),
        MeasureCommand::Alpha(data) => statistics::alpha(&data),
        MeasureCommand::Icc(data) => statistics::icc(&data),
        MeasureCommand::Effect(data) => statistics::effect(&data),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(faults) => {
            eprintln!("{faults} {}.", if faults == 1 { "fault" } else { "faults" });
            ExitCode::FAILURE
        }
        Err(stop) => {
            eprintln!("fairway: {stop}");
            ExitCode::FAILURE
        }
    }
}

/// The instrument by its id, or in a folder.
fn find(name: &str, content: Option<&Path>) -> Result<Instrument, String> {
    if Path::new(name).is_dir() {
        let files: Files = read_folder(Path::new(name)).map_err(|error| error.to_string())?;
        return Instrument::of(&files).map_err(|faults| {
            let rendered: Vec<String> = faults.iter().take(5).map(fairway_domain::programme::Fault::render).collect();
            format!("{name} has {} faults; `fairway instrument check` lists them:\n{}", faults.len(), rendered.join("\n"))
        });
    }
    if let Some(found) = instrument(content, name).map_err(|error| error.to_string())? {
        return Ok(found);
    }
    let all = instruments(content).map_err(|error| error.to_string())?;
    let known: Vec<&str> = all.keys().map(String::as_str).collect();
    Err(format!("there is no instrument {name:?}; there are: {}", known.join(", ")))
}

/// What reading or scoring came to: the number of faults that were told, or what stopped it.
type Told = Result<usize, String>;

fn cannot(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be read: {error}", path.display())
}
