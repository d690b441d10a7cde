//! Gathers the instruments that the self-checks need, so that the program carries them.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const INSTRUMENTS: [&str; 2] = ["phq-9", "gad-7"];
const FILES: [&str; 2] = ["questionnaire.json", "scoring.toml"];

fn main() -> io::Result<()> {
    for folder in ["../content/self-help", "../content/instruments", "../content/locales", "src"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("instruments");
    fs::create_dir_all(&out)?;
    for instrument in INSTRUMENTS {
        for file in FILES {
            let from = Path::new("../content/instruments").join(instrument).join(file);
            let to = out.join(instrument).join(file);
            if from.exists() {
                fs::create_dir_all(out.join(instrument))?;
                fs::copy(&from, &to)?;
            } else if to.exists() {
                fs::remove_file(&to)?;
            }
        }
    }
    Ok(())
}
