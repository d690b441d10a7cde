//! One fault of a programme's folder, with its place and what to do.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

/// A fault, as it is reported. Serialises to `file`, `line`, `column`, `code`, `message` and `help`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Path within the programme's folder, with `/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What kind of fault, in kebab-case; stable between versions.
    pub code: &'static str,
    /// What is wrong; the offending text stands in it between quotes.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The offending text as it stands in the file (at most its first line); empty when something is missing.
    #[serde(skip)]
    pub offending: String,
    /// The part of the source line around the place, control characters made blank.
    #[serde(skip)]
    pub excerpt: String,
    /// Where in `excerpt` the place is, in characters, from 0.
    #[serde(skip)]
    pub excerpt_column: usize,
}

impl Fault {
    /// The fault for a terminal: place, code and message, the source line with the place underlined, the help.
    /// No colours; ends without a line break.
    ///
    /// ```text
    /// programme.toml:12:13: unknown-target: there is no target "redines"
    ///    12 | targets = ["redines"]
    ///       |             ^^^^^^^
    ///   help: did you mean "readiness"?
    /// ```
    pub fn render(&self) -> String {
        let mut out = format!("{}:{}:{}: {}: {}", self.file, self.line, self.column, self.code, self.message);
        if !self.excerpt.trim().is_empty() {
            let room = self.excerpt.chars().count().saturating_sub(self.excerpt_column);
            let marks = self.offending.chars().count().min(room).max(1);
            // Writing to a String cannot fail.
            let _ = write!(out, "\n{:>6} | {}", self.line, self.excerpt);
            let _ = write!(out, "\n{:>6} | {}{}", "", " ".repeat(self.excerpt_column), "^".repeat(marks));
        }
        let _ = write!(out, "\n  help: {}", self.help);
        out
    }
}

/// The report of a check as JSON: `{"ok": bool, "faults": […]}`.
pub fn check_report(faults: &[Fault]) -> Value {
    json!({ "ok": faults.is_empty(), "faults": faults })
}
