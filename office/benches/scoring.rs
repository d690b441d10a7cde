//! What scoring a million people's answers from a table costs, beside the csv crate merely reading the same file and beside
//! a pandas script that does the same a column at a time.
//!
//! `cargo bench -p fairway-office --bench scoring` makes the table below `target/bench-data`, runs the three in turns, each in a
//! process of its own, and prints processor seconds (user and system) and peak memory. `FAIRWAY_BENCH_PYTHON` names a Python
//! that has pandas; left out, pandas is not compared. Beyond a limit the bench exits with 1.
#![expect(clippy::unwrap_used, reason = "a bench fails loudly")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;

const PEOPLE: usize = 1_000_000;
/// A tenth of it, to see whether memory grows with the file.
const FEWER: usize = 100_000;
const ROUNDS: usize = 5;
/// Ticks of `/proc/PID/stat` in a second.
const TICKS: f64 = 100.0;
const MOST_OF_CSV: f64 = 2.0;
const LEAST_BEFORE_PANDAS: f64 = 5.0;

/// Processor seconds and peak resident megabytes of one run.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    peak: f64,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    if let [_, mode, file] = words.as_slice()
        && mode == "parse"
    {
        println!("{}", parse(Path::new(file)));
        return ExitCode::SUCCESS;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../bench-data");
    std::fs::create_dir_all(&folder).unwrap();
    let (many, fewer) = (folder.join("phq-9-many.csv"), folder.join("phq-9-fewer.csv"));
    table(&many, PEOPLE);
    table(&fewer, FEWER);
    let me = std::env::current_exe().unwrap();
    let python = std::env::var("FAIRWAY_BENCH_PYTHON").ok();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scoring.py");
    let (mut csv, mut own, mut pandas) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        csv.push(run(Command::new(&me).arg("parse").arg(&many)));
        own.push(run(&mut score(&many)));
        if let Some(python) = &python {
            pandas.push(run(Command::new(python).arg(&script).arg(&many).arg("json").env("OMP_NUM_THREADS", "1")));
        }
    }
    let (csv, own, few) = (median(csv), median(own), run(&mut score(&fewer)));
    println!(
        "{PEOPLE} people: csv crate {:.2} s; fairway measure score {:.2} s, {:.0} MB ({FEWER} people: {:.0} MB)",
        csv.seconds, own.seconds, own.peak, few.peak
    );
    let over = own.seconds / csv.seconds;
    println!("{over:.2} times the csv crate (limit {MOST_OF_CSV})");
    let mut kept = over <= MOST_OF_CSV;
    if !pandas.is_empty() {
        let pandas = median(pandas);
        let ahead = pandas.seconds / own.seconds;
        println!("pandas {:.2} s, {:.0} MB: {ahead:.1} times as long (at least {LEAST_BEFORE_PANDAS})", pandas.seconds, pandas.peak);
        kept &= ahead >= LEAST_BEFORE_PANDAS;
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn score(file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairway"));
    command.args(["measure", "score", "phq-9", "--format", "json", "--answers"]).arg(file);
    command
}

/// What the csv crate needs at least: every field of every record is found.
fn parse(file: &Path) -> usize {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let mut record = csv::ByteRecord::new();
    let mut fields = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        fields += record.len();
    }
    fields
}

/// Answers of people who were never there: one in fifty is missing.
fn table(file: &Path, people: usize) {
    if file.exists() {
        return;
    }
    let mut rng = ChaCha20Rng::seed_from_u64(9);
    let mut text = String::from("id,1,2,3,4,5,6,7,8,9\n");
    for person in 0..people {
        write!(text, "p{person}").unwrap();
        for _ in 0..9 {
            match rng.random_range(0..50) {
                0 => text.push(','),
                other => write!(text, ",{}", other % 4).unwrap(),
            }
        }
        text.push('\n');
    }
    std::fs::write(file, text).unwrap();
}

/// Runs it with its words thrown away. The kernel's figures are read once it has ended and before it is buried.
fn run(command: &mut Command) -> Cost {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let place = PathBuf::from(format!("/proc/{}", child.id()));
    let mut peak = 0.0_f64;
    let mut fields = figures(&place);
    while fields[0] != "Z" {
        let status = std::fs::read_to_string(place.join("status")).unwrap();
        let high = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|rest| rest.split_whitespace().next());
        peak = high.and_then(|kilobytes| kilobytes.parse::<f64>().ok()).map_or(peak, |kilobytes| peak.max(kilobytes / 1024.0));
        std::thread::sleep(Duration::from_millis(2));
        fields = figures(&place);
    }
    assert!(child.wait().unwrap().success());
    let ticks = |at: usize| fields[at].parse::<f64>().unwrap();
    Cost { seconds: (ticks(11) + ticks(12)) / TICKS, peak }
}

/// What the kernel keeps of a process, from its state on.
fn figures(place: &Path) -> Vec<String> {
    let stat = std::fs::read_to_string(place.join("stat")).unwrap();
    stat.rsplit(')').next().unwrap().split_whitespace().map(str::to_owned).collect()
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    costs[costs.len() / 2]
}
