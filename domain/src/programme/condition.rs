//! Gate conditions of a phase, and the points at which measures and reports fall due.

use serde::{Deserialize, Serialize};

use super::Text;

/// One condition of a phase's gate. All conditions of a gate must hold; a gate may still be opened against the rule
/// by a named person with a reason, which is recorded with the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Condition {
    /// The case was judged suitable (or the judgement was overridden by a named person).
    Suitable,
    /// The order ends after the phase would, by the track's cadences.
    OrderCovers,
    /// The exit gate of another, earlier phase was passed.
    PhasePassed {
        /// Id of that phase.
        phase: String,
    },
    /// Enough of this phase's counting sessions of the case's track were attended or made up.
    SessionsDone {
        /// Share needed, 0 < share <= 1.
        share: f64,
    },
    /// Enough targets have a judged need: present, absent or unclear (not "not yet assessed").
    TargetsJudged {
        /// How many; `None` means every target of the programme.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<u16>,
    },
    /// A professional confirms it by name.
    Confirmed {
        /// Id of the confirmation, unique within the programme.
        id: String,
        /// What is confirmed, as a statement.
        title: Text,
    },
    /// The measure due in this phase (or an earlier one) has been taken.
    MeasureTaken {
        /// Id of the measure.
        measure: String,
    },
}

/// A point at which a measure or a report falls due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "kebab-case")]
pub enum DuePoint {
    /// When the phase begins.
    PhaseStart {
        /// Phase id.
        of: String,
    },
    /// When the phase's last session of the track has been held.
    PhaseEnd {
        /// Phase id.
        of: String,
    },
    /// When the module's last session of the track has been held.
    ModuleEnd {
        /// Module id.
        of: String,
    },
    /// A number of weeks after the case was completed.
    AfterCompletion {
        /// Weeks, at least 1.
        weeks: u16,
    },
    /// Again and again while the case runs, counted from its start. Reports only.
    EveryMonths {
        /// Months, at least 1.
        months: u16,
    },
}
