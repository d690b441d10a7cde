//! A programme as data: what a clinician writes in a folder, read into types and checked.
//!
//! `definition` holds the types and the questions the rest of the program asks of them; `check` reads a folder's files
//! and reports every fault at once; `show` gives the structure to other programs. The format itself is described in
//! `docs/programme-format.md`. Nothing here, and nothing built on it, knows a programme's, phase's or module's name:
//! behaviour is always a typed field.

mod chapter;
mod check;
mod condition;
mod constructs;
mod definition;
mod fault;
mod folder;
mod markdown;
pub(crate) mod nearest;
pub(crate) mod places;
mod plan;
mod prose;
mod read;
mod read_gates;
mod read_plan;
pub(crate) mod reader;
mod rules;
mod search;
mod session_text;
mod show;
pub(crate) mod source;
mod text;

#[cfg(test)]
pub(crate) mod tests;

pub use chapter::ChapterText;
pub use check::{Files, Outcome, Programme, check};
pub use condition::{Condition, DuePoint};
pub use constructs::{Constructs, Model};
pub use definition::{
    Chapter, Completion, Criterion, Definition, Extent, GroupSize, Material, Measure, Phase, Reason, Reasons, Report, Target,
};
pub use fault::{Fault, check_report};
pub use markdown::{Link, links, with_links};
pub use plan::{Cadence, Format, LeaveOut, Level, Levels, MakeUp, MakeUpBy, Module, SessionPlan, Track};
pub use prose::{Denied, SHEET_TENTHS, denied, link_target, sheet_tenths};
pub use search::{Hit, Index, Piece};
pub use session_text::{Activity, SECTIONS, Section, SessionText};
pub use show::show;
pub use text::{Text, Version, VersionRefused};
