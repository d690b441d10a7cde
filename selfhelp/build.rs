//! Gathers the instruments that the self-checks need, so that the program carries them.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const INSTRUMENTS: [&str; 2] = ["phq-9", "gad-7"];
const FILES: [&str; 2] = ["questionnaire.json", "scoring.toml"];

fn main() -> io::Result<()> {
    for folder in ["../content/self-help", "../content/instruments", "../content/locales", "src"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    // The list of places that are filled in at the start is packed: it was a fifteenth of the program's memory. A release then needs glibc 2.36
    // (2022) or newer to run; an older system's loader says so.
    let of = |name: &str| env::var(name).unwrap_or_default();
    if of("PROFILE") == "release" && of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
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
