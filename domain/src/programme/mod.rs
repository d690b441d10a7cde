//! A programme as data: what a clinician writes in a folder, read into types.
//!
//! `definition` holds the types and the questions the rest of the program asks of them. The format itself is
//! described in `docs/programme-format.md`. Nothing here, and nothing built on it, knows a programme's, phase's or
//! module's name: behaviour is always a typed field.

mod condition;
mod constructs;
mod definition;
mod plan;
mod text;

pub use condition::{Condition, DuePoint};
pub use constructs::{Constructs, Model};
pub use definition::{
    Completion, Criterion, Definition, GroupSize, Material, Measure, Phase, Reason, Reasons, Report, Target,
};
pub use plan::{Cadence, Format, LeaveOut, Level, Levels, MakeUp, MakeUpBy, Module, SessionPlan, Track};
pub use text::{Text, Version, VersionRefused};
