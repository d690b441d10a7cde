//! Scoring a large table against its mere parsing and against pandas: `cargo bench -p fairway-office --bench scoring`.
//!
//! `scoring.py` makes the table, runs the three in turn as processes of their own and reads what CPU time each used. This
//! program is one of the three: called with `parse FILE` it reads a table with the csv crate, into one record kept from
//! line to line, and does nothing with it. Linux, and a Python with pandas: name it in `PYTHON` unless `python3` is one.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails loudly and prints its figures")]

use std::path::Path;
use std::process::Command;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [what, file] = given.as_slice()
        && what == "parse"
    {
        parse(Path::new(file));
        return;
    }
    let status = Command::new(std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned()))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scoring.py"))
        .arg(std::env::current_exe().unwrap())
        .arg(env!("CARGO_BIN_EXE_fairway"))
        .args(given)
        .status()
        .unwrap();
    std::process::exit(status.code().unwrap_or(1));
}

fn parse(file: &Path) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let (mut record, mut fields) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).unwrap() {
        fields += record.len();
    }
    println!("{fields} fields");
}
