//! Reads and checks an instrument's folder: every fault at once.

use toml::de::DeTable;

use super::instrument::Instrument;
use super::read_items::{self, LeftOut, ReadItems};
use super::read_scoring::{self, Scoring};
use super::rules;
use crate::programme::nearest::did_you_mean;
use crate::programme::reader::{Reader, Table};
use crate::programme::source::{Source, without_text};
use crate::programme::{Fault, Files};

/// The FHIR Questionnaire.
pub(super) const ITEMS: &str = "questionnaire.json";
/// What the answers add up to.
pub(super) const SCORING: &str = "scoring.toml";

/// What a check found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The instrument, only when there is no fault.
    pub instrument: Option<Instrument>,
    /// Ordered by file, line and column.
    pub faults: Vec<Fault>,
    /// What the questionnaire says that the program does not use.
    pub left_out: Vec<LeftOut>,
}

impl Instrument {
    /// Reads a folder's files.
    ///
    /// # Errors
    /// All faults of the folder, ordered by file, line and column.
    pub fn of(files: &Files) -> Result<Self, Vec<Fault>> {
        let outcome = check(files);
        outcome.instrument.ok_or(outcome.faults)
    }
}

/// Checks an instrument's folder. Never panics, whatever the bytes.
pub fn check(files: &Files) -> Outcome {
    let mut faults = Vec::new();
    let items_bytes = file(files, ITEMS, &mut faults);
    let scoring_bytes = file(files, SCORING, &mut faults);
    let mut read = None;
    if let Some(source) = opened(ITEMS, items_bytes, &mut faults) {
        read = read_items::read(&source, false);
        faults.extend(source.finish());
    }
    let read_whole = read.unwrap_or_default();
    let mut scoring = None;
    let mut languages = Vec::new();
    if let Some(source) = opened(SCORING, scoring_bytes, &mut faults) {
        let (tree, errors) = DeTable::parse_recoverable(source.text);
        for error in errors.iter().take(5) {
            let span = error.span().unwrap_or(0..0);
            source.fault(span, "bad-toml", format!("bad TOML: {}", error.message()), "correct the syntax and check again");
        }
        if errors.is_empty() {
            let reader = Reader { source: &source, languages: Vec::new().into() };
            let root = Table::root_of(&reader, tree.get_ref(), "instrument");
            root.not_empty("languages");
            languages = root.strings("languages");
            // Staff may be told of it in more languages than it can be answered in.
            let told = if root.has("told_in") { root.strings("told_in") } else { languages.clone() };
            reader.languages.replace(told.into_iter().filter(|tag| !tag.is_empty()).collect());
            let said = read_scoring::scoring(&root, &read_whole.items);
            rules::apply(&source, tree.get_ref(), &said, &read_whole, &languages);
            scoring = Some(said);
        }
        faults.extend(source.finish());
    }
    faults.sort_by(|a, b| (&a.file, a.line, a.column, a.code).cmp(&(&b.file, b.line, b.column, b.code)));
    let text = items_bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let left_out = read_whole.left_out.clone();
    let instrument = scoring.filter(|_| faults.is_empty()).map(|scoring| join(scoring, read_whole, languages, text));
    Outcome { instrument, faults, left_out }
}

fn join(scoring: Scoring, read: ReadItems, languages: Vec<String>, questionnaire: String) -> Instrument {
    Instrument {
        id: scoring.id,
        version: scoring.version,
        languages,
        title: scoring.title,
        answered_by: scoring.answered_by,
        loinc: read.loinc,
        licence: scoring.licence,
        headings: read.headings,
        items: read.items,
        alerts: scoring.alerts,
        scales: scoring.scales,
        questionnaire,
    }
}

fn file<'a>(files: &'a Files, name: &str, faults: &mut Vec<Fault>) -> Option<&'a [u8]> {
    let found = files.get(name).map(Vec::as_slice);
    if found.is_none() {
        let help = match did_you_mean(name, files.keys().map(String::as_str)) {
            near if near.starts_with("did") => near,
            _ => format!("give the folder that has {ITEMS} and {SCORING} in it"),
        };
        let place = if name == ITEMS { ITEMS } else { SCORING };
        faults.push(without_text(place, "missing-file", format!("the file {name:?} is missing"), help));
    }
    found
}

fn opened<'a>(name: &'a str, bytes: Option<&'a [u8]>, faults: &mut Vec<Fault>) -> Option<Source<'a>> {
    match Source::open(name, bytes?) {
        Ok(source) => Some(source),
        Err(fault) => {
            faults.push(*fault);
            None
        }
    }
}
