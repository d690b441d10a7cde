//! What is wrong in a jurisdiction file, and where.

use std::fmt;

use thiserror::Error;

/// A fault and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.problem)
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// The file does not read: no TOML, an unknown key or word, a missing key. The message says what is allowed.
    #[error("{0}")]
    Unreadable(String),
    /// A format this program does not know.
    #[error("format {found} is not known; this program reads format 1")]
    Format {
        /// What stands there.
        found: u16,
    },
    /// An id has not the shape of one.
    #[error("`{0}` is no id: lower-case letters, digits and hyphens, starting with a letter")]
    Id(String),
    /// An id stands twice in one list.
    #[error("`{id}` stands twice in `{list}`")]
    Twice {
        /// The list.
        list: &'static str,
        /// The id.
        id: String,
    },
    /// Something is pointed at which is not there.
    #[error("there is no `{id}` in `{list}`; known are: {}", known.join(", "))]
    Unknown {
        /// The list.
        list: &'static str,
        /// The id.
        id: String,
        /// What is there.
        known: Vec<String>,
    },
    /// A list that needs a member is empty.
    #[error("`{0}` needs at least one entry")]
    Empty(&'static str),
    /// A text is not written in one of the languages.
    #[error("the `{field}` of `{of}` is missing in `{language}`")]
    NoText {
        /// The field.
        field: &'static str,
        /// The id of what it belongs to.
        of: String,
        /// The language.
        language: String,
    },
    /// A kind of concern has no entry.
    #[error("`concerns` has no `{0}`; each of the six kinds is needed once")]
    NoConcern(String),
    /// A number that must be at least 1 is 0.
    #[error("`{0}` must be at least 1")]
    Zero(&'static str),
    /// Either unchecked or checked on a day.
    #[error("write either `checked = false` or `checked_on = \"YYYY-MM-DD\"`")]
    Checked,
    /// A holiday is said in no way or in several, or its date does not exist.
    #[error("a holiday needs exactly one of `fixed` (MM-DD), `easter` (-100 to 100) and `on` (YYYY-MM-DD)")]
    Holiday,
    /// The example of an identifier breaks its own rule.
    #[error("the example `{0}` does not follow its own pattern and check")]
    Example(String),
}

/// Line and column, both from 1, of a byte of the text.
pub(super) fn place(text: &str, byte: usize) -> (usize, usize) {
    let before: String = text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c).collect();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}
