//! `fairway programme print`: the whole manual as one PDF, an EPUB or a folder of HTML.

use std::path::{Path, PathBuf};

use clap::Args;
use fairway_domain::programme::{Programme, check};
use fairway_print::{Book, Failure, Words, epub, html, pdf};
use fairway_site::{L, Language};
use jiff::Timestamp;

use super::Stop;
use crate::content::read_folder;

/// What to print, and where to.
#[derive(Debug, Args)]
pub struct Wanted {
    /// The folder that holds programme.toml.
    path: PathBuf,
    /// The language: one of the programme's, such as en or es.
    #[arg(long, value_name = "LANGUAGE")]
    lang: String,
    /// The file to write: FILE.pdf, FILE.epub, or a folder (a name without an ending, or FILE.html) for HTML.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the book.
pub fn run(wanted: &Wanted, now: Timestamp) -> Result<(), Stop> {
    let programme = read(&wanted.path)?;
    let language = Language::parse(&wanted.lang).or_else(|| Language::parse("en"));
    let words = words(language.ok_or("there is no language to print in")?.words());
    let book = Book { programme: &programme, language: &wanted.lang, words: &words };
    let told = |failure: Failure| -> Stop { Box::new(failure) };
    match wanted.out.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => write(&wanted.out, &pdf(&book).map_err(told)?),
        Some("epub") => write(&wanted.out, &epub(&book, &now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).map_err(told)?),
        Some("html") | None => folder(&wanted.out, &html(&book).map_err(told)?),
        Some(other) => {
            Err(format!("cannot write a .{other} file; give --out a name that ends in .pdf or .epub, or a folder for HTML").into())
        }
    }
}

fn read(path: &Path) -> Result<Programme, Stop> {
    if !path.is_dir() {
        return Err(format!("{} is no folder; name the folder that holds programme.toml", path.display()).into());
    }
    let outcome = check(&read_folder(path)?);
    outcome.programme.ok_or_else(|| {
        let count = outcome.faults.len();
        format!("{} has {count} faults; `fairway programme check {}` lists them", path.display(), path.display()).into()
    })
}

fn words(l: L) -> Words {
    let t = |id: &str| l.t(id).into_owned();
    Words {
        contents: t("print-contents"),
        handbook: t("manual-handbook"),
        version: t("programmes-version"),
        sources: t("programmes-sources"),
        targets: t("programmes-col-targets"),
        individual: t("programmes-format-individual"),
        group: t("programmes-format-group"),
    }
}

fn folder(out: &Path, files: &[(String, String)]) -> Result<(), Stop> {
    std::fs::create_dir_all(out).map_err(|cause| format!("{} cannot be made: {cause}; choose another --out", out.display()))?;
    files.iter().try_for_each(|(name, text)| write(&out.join(name), text.as_bytes()))
}

fn write(out: &Path, bytes: &[u8]) -> Result<(), Stop> {
    std::fs::write(out, bytes).map_err(|cause| format!("{} cannot be written: {cause}; choose another --out", out.display()).into())
}
