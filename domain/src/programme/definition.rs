//! The definition as a whole and what the rest of the program asks of it.

use serde::{Deserialize, Serialize};

use super::{Condition, Constructs, DuePoint, Level, Levels, Module, SessionPlan, Text, Track, Version};

/// A programme's definition, read and checked. A case stores the one it started on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// Names the programme through all its versions.
    pub id: String,
    /// Which version this is.
    pub version: Version,
    /// Languages in which every text and session exists; at least one. The first is the one it was written in.
    pub languages: Vec<String>,
    /// Name.
    pub title: Text,
    /// What it is, in a few sentences.
    pub summary: Text,
    /// Where it comes from and what it is not.
    pub provenance: Text,
    /// Literature, free text.
    pub sources: Vec<String>,
    /// The longest a track may take by its own cadences, in weeks.
    pub max_weeks: u16,
    /// Size of groups; `None` when no session is held in a group.
    #[serde(default)]
    pub group: Option<GroupSize>,
    /// When a case is complete.
    pub completion: Completion,
    /// Dynamic risk factors the programme works on.
    pub targets: Vec<Target>,
    /// Criteria judged before the waiting list.
    pub suitability: Vec<Criterion>,
    /// Measures and when they fall due.
    pub measures: Vec<Measure>,
    /// Phases in order.
    pub phases: Vec<Phase>,
    /// Materials that sessions name.
    pub materials: Vec<Material>,
    /// Tracks; every pair of risk and need belongs to exactly one.
    pub tracks: Vec<Track>,
    /// Reasons a case can end without completion.
    pub reasons: Reasons,
    /// Reports due on top of what the jurisdiction demands.
    pub reports: Vec<Report>,
    /// Whether the sessions are written out. Outlines in a definition stored before this was asked.
    #[serde(default)]
    pub text: Extent,
    /// The handbook's chapters in order; may be empty.
    #[serde(default)]
    pub handbook: Vec<Chapter>,
}

/// How far a programme's sessions are written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Every session can be run from its text: the check holds it to every rule of the full text.
    Full,
    /// Sessions are sketched; the check asks for aims and timed activities only.
    #[default]
    Outline,
}

/// A chapter of the facilitator's handbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// Unique among the chapters; names its files.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// How large a group may be, in people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSize {
    /// Fewest members with which a group begins.
    pub min: u16,
    /// Most members.
    pub max: u16,
    /// Facilitators who hold a session together.
    pub facilitators: u16,
}

/// When a case is complete: all of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// Ids of phases whose exit gate must have been passed.
    pub phases: Vec<String>,
    /// Share of the track's counting sessions attended or made up, 0 < share <= 1.
    pub share: f64,
}

/// A dynamic risk factor the programme works on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Unique among the targets.
    pub id: String,
    /// Name.
    pub title: Text,
    /// One or two sentences.
    pub about: Text,
    /// What it corresponds to in the five models.
    pub constructs: Constructs,
}

/// A suitability criterion, judged met, not met or unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Unique among the criteria.
    pub id: String,
    /// The criterion as a statement.
    pub title: Text,
    /// How to judge it.
    pub help: Text,
    /// Not met means not suitable, unless a named person overrides it with a reason.
    pub required: bool,
}

/// Something measured at fixed points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Unique among the measures.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Id of a shipped instrument; `None` when the service brings its own.
    #[serde(default)]
    pub instrument: Option<String>,
    /// Ids of the instrument's scales that say something about the targets, the most telling first; empty for all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<String>,
    /// Ids of the targets it tracks; at least one.
    pub targets: Vec<String>,
    /// When it falls due; at least once.
    pub due: Vec<DuePoint>,
}

/// A phase: a gate in, modules, a gate out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// Unique among the phases.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it is for.
    pub purpose: Text,
    /// Conditions to begin it; all must hold.
    pub entry: Vec<Condition>,
    /// Conditions to have passed it; all must hold.
    pub exit: Vec<Condition>,
    /// Modules in order; at least one.
    pub modules: Vec<Module>,
}

/// Something a session needs in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Unique among the materials.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// Reasons a case can end without completion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// For a case that never began.
    pub never_started: Vec<Reason>,
    /// For a case that began and stopped.
    pub ended_early: Vec<Reason>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Unique within its list.
    pub id: String,
    /// The reason in words.
    pub title: Text,
}

/// A report that falls due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Unique among the reports.
    pub id: String,
    /// Name.
    pub title: Text,
    /// When; at least once.
    pub due: Vec<DuePoint>,
}

impl Phase {
    /// The phase's sessions in order, each with its module.
    pub fn sessions(&self) -> impl Iterator<Item = (&Module, &SessionPlan)> {
        self.modules.iter().flat_map(|module| module.sessions.iter().map(move |session| (module, session)))
    }
}

impl Definition {
    /// The phase with this id.
    pub fn phase(&self, id: &str) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.id == id)
    }

    /// The phase's place in the order, from 0.
    pub fn phase_index(&self, id: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.id == id)
    }

    /// The phase after this one; `None` after the last.
    pub fn phase_after(&self, id: &str) -> Option<&Phase> {
        self.phases.get(self.phase_index(id)? + 1)
    }

    /// The module with this id, and its phase.
    pub fn module(&self, id: &str) -> Option<(&Phase, &Module)> {
        self.phases.iter().flat_map(|phase| phase.modules.iter().map(move |module| (phase, module))).find(|(_, module)| module.id == id)
    }

    /// The session with this id, with its phase and module.
    pub fn session(&self, id: &str) -> Option<(&Phase, &Module, &SessionPlan)> {
        self.sessions().find(|(_, _, session)| session.id == id)
    }

    /// The target with this id.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == id)
    }

    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// The suitability criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.suitability.iter().find(|criterion| criterion.id == id)
    }

    /// The material with this id.
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.id == id)
    }

    /// The track with this id.
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The chapter of the handbook with this id.
    pub fn chapter(&self, id: &str) -> Option<&Chapter> {
        self.handbook.iter().find(|chapter| chapter.id == id)
    }

    /// The track for a person's assessed risk and need. A checked definition has one for every pair.
    pub fn track_for(&self, risk: Level, need: Level) -> Option<&Track> {
        self.tracks.iter().find(|track| track.levels.contains(&Levels { risk, need }))
    }

    /// Every session of the programme in order, with its phase and module.
    pub fn sessions(&self) -> impl Iterator<Item = (&Phase, &Module, &SessionPlan)> {
        self.phases.iter().flat_map(|phase| phase.sessions().map(move |(module, session)| (phase, module, session)))
    }

    /// The sessions of a track in order, with their phase and module.
    pub fn sessions_of<'a>(&'a self, track: &'a Track) -> impl Iterator<Item = (&'a Phase, &'a Module, &'a SessionPlan)> {
        self.sessions().filter(|(_, module, session)| track.includes(module, session))
    }

    /// How many days the track takes by its own cadences, from its first session to its last, both included
    /// (one session: 1). Holidays and absences come on top; see the schedule.
    pub fn length_in_days(&self, track: &Track) -> u32 {
        length_in_days(self.sessions_of(track).map(|(_, _, session)| session))
    }

    /// How many days the track's part of one phase takes, from its first session to its last, both included;
    /// 0 when the track leaves the phase out.
    pub fn phase_length_in_days(&self, track: &Track, phase: &str) -> u32 {
        let within = self.sessions_of(track).filter(|(of, _, _)| of.id == phase);
        length_in_days(within.map(|(_, _, session)| session))
    }
}

/// Days from the first session to the last, both included; 0 for none.
fn length_in_days<'a>(sessions: impl Iterator<Item = &'a SessionPlan>) -> u32 {
    let (mut half_weeks, mut gaps, mut gap_before) = (0_u32, 0_u32, None);
    for session in sessions {
        if let Some(gap) = gap_before {
            half_weeks = half_weeks.saturating_add(session.cadence.half_weeks());
            gaps = gaps.saturating_add(u32::from(gap));
        }
        gap_before = Some(session.gap_after);
    }
    if gap_before.is_none() {
        return 0;
    }
    half_weeks.saturating_mul(7).div_ceil(2).saturating_add(gaps).saturating_add(1)
}
