//! What is wrong with the content, where, and what to do.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be served like this.
    Broken,
    /// It can be served; it should not be published.
    Careless,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How bad.
    pub severity: Severity,
    /// The file, below the content folder.
    pub file: String,
    /// The line, from 1; 0 when it is the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Fault {
    /// A fault that keeps the site from being served.
    pub fn broken(file: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Broken, file: file.to_owned(), line, what: what.into(), remedy: remedy.into() }
    }

    /// A fault that must be mended before publishing.
    pub fn careless(file: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Careless, ..Self::broken(file, line, what, remedy) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what, remedy, .. } = self;
        if *line == 0 { write!(f, "{file}: {what}. {remedy}") } else { write!(f, "{file}:{line}: {what}. {remedy}") }
    }
}

/// The line, from 1, of a byte of a text.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// The line on which a word first stands; 0 if nowhere.
pub(super) fn line_with(text: &str, word: &str) -> usize {
    text.find(word).map_or(0, |at| line_of(text, at))
}

/// A TOML text as a value, or the fault in it.
pub(super) fn toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_of(text, span.start));
        Fault::broken(file, line, error.message().trim().to_owned(), "Mend this entry; docs/self-help.md shows the format")
    })
}
