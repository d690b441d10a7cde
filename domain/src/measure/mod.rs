//! Instruments as data, and what their answers add up to.
//!
//! An instrument is a folder: `questionnaire.json`, a FHIR R4 Questionnaire with the items and the ordinal value of each
//! answer option, and `scoring.toml`, which says what the answers add up to (`docs/instrument-format.md`). `check` reads
//! a folder and reports every fault; `Instrument::score` is pure arithmetic. An answer that is missing never counts as
//! zero, and no score says anything about risk.
#![expect(clippy::naive_bytecount, clippy::struct_field_names, reason = "a header is short; the names are those of the field")]

mod answers;
mod check;
mod due;
mod instrument;
mod json_place;
mod read_items;
mod read_scoring;
mod row;
mod rules;
mod score;
mod table;

#[cfg(test)]
mod tests;

pub use answers::{AnswerFault, AnswerFaultKind, Answers, Sheet, read_sheets};
pub use check::{Outcome, check};
pub use due::{DueFacts, DueItem, DueStanding, GRACE_DAYS, OpenPoint, TakenMeasure, due_items, open_points, point_code, reached};
pub use instrument::{
    Alert, AnsweredBy, Band, Cutoff, Instrument, Item, ItemKind, Licence, Method, Missing, MissingThen, Norm, NormGroup, Range,
    ReliabilityKind, Scale, Shipped, Tick,
};
pub use json_place::{Step, locate};
pub use read_items::{LeftOut, read_items};
pub use row::{Ready, Row, Tally};
pub use score::{Refusal, Score, turned};
pub use table::{Columns, Dialect, without_mark};
