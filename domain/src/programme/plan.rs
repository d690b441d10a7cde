//! Sessions as they are planned: modules, session plans, cadences, make-ups, and the tracks that select among them.

use serde::{Deserialize, Serialize};

use super::Text;

/// A theme within a phase: sessions in the order in which they are held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// Unique among the programme's modules.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// At least one.
    pub sessions: Vec<SessionPlan>,
}

/// One session as the definition plans it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionPlan {
    /// Unique within the programme; also the name of its Markdown files.
    pub id: String,
    /// Its name, the same as the heading of its Markdown files.
    pub title: Text,
    /// With one person or with the group.
    pub format: Format,
    /// Planned length in minutes, 1 to 480.
    pub minutes: u16,
    /// Distance to the session before it in the track.
    pub cadence: Cadence,
    /// Days that must pass before the next session, over and above that one's cadence.
    #[serde(default)]
    pub gap_after: u16,
    /// What happens when a participant misses it.
    pub make_up: MakeUp,
    /// Whether it counts towards dose, gates and completion.
    pub counts_to_completion: bool,
    /// Ids of the targets it works on; at least one.
    pub targets: Vec<String>,
    /// Ids of the materials it needs.
    #[serde(default)]
    pub materials: Vec<String>,
    /// Ids of earlier sessions that must have been done before this one.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// With one person or with the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One participant and one professional.
    Individual,
    /// The group and its facilitators.
    Group,
}

impl Format {
    /// The word in a definition: `individual` or `group`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Group => "group",
        }
    }
}

/// Distance of a session to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// Two sessions a week.
    TwiceWeekly,
    /// Seven days.
    Weekly,
    /// Fourteen days.
    Fortnightly,
    /// Four weeks.
    Monthly,
    /// Nine weeks.
    Bimonthly,
    /// Thirteen weeks.
    Quarterly,
}

impl Cadence {
    /// The distance in half weeks. Services hold a session on a fixed weekday, so months are taken to the nearest
    /// whole number of weeks: 4 (one month), 9 (two), 13 (three).
    pub fn half_weeks(self) -> u32 {
        match self {
            Self::TwiceWeekly => 1,
            Self::Weekly => 2,
            Self::Fortnightly => 4,
            Self::Monthly => 8,
            Self::Bimonthly => 18,
            Self::Quarterly => 26,
        }
    }

    /// The shortest distance in whole days that keeps the cadence: 3 for twice weekly, otherwise whole weeks.
    pub fn days(self) -> u16 {
        match self {
            Self::TwiceWeekly => 3,
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::Monthly => 28,
            Self::Bimonthly => 63,
            Self::Quarterly => 91,
        }
    }
}

/// What makes up for a missed session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeUp {
    /// The way.
    pub by: MakeUpBy,
    /// Days after the missed session within which it must happen; `None`: no limit. Never set for `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u16>,
    /// Length in minutes; `None`: the session's own. Only for `individual` and `sheet`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
}

/// The way a missed session is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakeUpBy {
    /// In a session of its own with one professional.
    Individual,
    /// In another group that holds the same session.
    NextGroup,
    /// By working through the participant sheet.
    Sheet,
    /// It cannot be made up.
    None,
}

/// A level of assessed risk or need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Level {
    /// All three, from low to high.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word in a definition: `low`, `medium` or `high`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// One pair of risk and need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Levels {
    /// Assessed risk.
    pub risk: Level,
    /// Assessed need.
    pub need: Level,
}

/// Who gets which dose. Every pair of risk and need belongs to exactly one track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// Unique among the tracks.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// The pairs it is for. A file may say it as two lists (`risk`, `need`); here it is always the pairs.
    pub levels: Vec<Levels>,
    /// What the track leaves out of the whole programme.
    #[serde(default)]
    pub leave_out: LeaveOut,
}

/// What a track leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaveOut {
    /// Ids of whole modules.
    pub modules: Vec<String>,
    /// Ids of single sessions.
    pub sessions: Vec<String>,
}

impl Track {
    /// Whether a session of a module belongs to this track.
    pub fn includes(&self, module: &Module, session: &SessionPlan) -> bool {
        !self.leave_out.modules.contains(&module.id) && !self.leave_out.sessions.contains(&session.id)
    }
}
