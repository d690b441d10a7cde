//! The golden thread of a case as data: evidence, need, target, session, measure, change; and where it is torn.
//!
//! Nothing is drawn and nothing is worded here: lanes and gaps carry ids, days and numbers, from which the page draws
//! the chart and says the same in sentences.

use std::collections::BTreeSet;

use jiff::civil::Date;
use uuid::Uuid;

use crate::codes::coded;
use crate::target::{Goal, Need};

coded! {
    /// How a session stands for this person.
    pub enum MarkKind {
        /// It is planned.
        Planned = "planned",
        /// The person attended.
        Attended = "attended",
        /// The person attended in part.
        Part = "part",
        /// The person missed it.
        Missed = "missed",
        /// It was missed and made up.
        MadeUp = "made-up",
    }
}

/// The start of a phase: an upright rule in the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseRule {
    /// The phase's id.
    pub phase: String,
    /// The day it was entered, or is planned to be.
    pub on: Date,
}

/// A session of the case, planned or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFact {
    /// The session's id in the definition.
    pub session: String,
    /// Ids of the targets it works on.
    pub targets: BTreeSet<String>,
    /// The day.
    pub on: Date,
    /// How it stands.
    pub kind: MarkKind,
}

/// An observation of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationFact {
    /// Ids of the targets it bears on, by themselves or by a construct.
    pub targets: BTreeSet<String>,
    /// The day.
    pub on: Date,
}

/// The band around the first score within which a difference may be mere error of measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Lower bound, in the measure's units.
    pub low: f64,
    /// Upper bound, in the measure's units.
    pub high: f64,
}

/// A score of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The measure's id.
    pub measure: String,
    /// The day.
    pub on: Date,
    /// The score, in the measure's units.
    pub value: f64,
    /// The band of reliable change, where the measure has a norm.
    pub band: Option<Band>,
}

/// A measure of the definition and the targets it tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureFact {
    /// The measure's id.
    pub measure: String,
    /// Ids of the targets it tracks.
    pub targets: BTreeSet<String>,
}

/// A target of the definition and its judged need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFact {
    /// The target's id.
    pub target: String,
    /// The need that stands.
    pub need: Need,
    /// How many observations the judgement cites.
    pub cited: usize,
}

/// What a thread is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadFacts<'a> {
    /// The first day shown: the referral.
    pub from: Date,
    /// Today.
    pub today: Date,
    /// Phases entered and planned.
    pub phases: &'a [PhaseRule],
    /// The definition's targets, in its order.
    pub targets: &'a [TargetFact],
    /// Every session of the case's track, planned and held.
    pub sessions: &'a [SessionFact],
    /// Every observation.
    pub observations: &'a [ObservationFact],
    /// The definition's measures.
    pub measures: &'a [MeasureFact],
    /// Every score.
    pub scores: &'a [Score],
    /// The goals of the Good Lives Plan.
    pub goals: &'a [Goal],
}

/// A session on a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The session's id.
    pub session: String,
    /// The day.
    pub on: Date,
    /// How it stands.
    pub kind: MarkKind,
}

/// How many sessions of a lane stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Planned.
    pub planned: usize,
    /// Attended.
    pub attended: usize,
    /// Attended in part.
    pub part: usize,
    /// Missed and not made up.
    pub missed: usize,
    /// Made up.
    pub made_up: usize,
}

/// The first and the last score of a measure on a lane: what moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The measure's id.
    pub measure: String,
    /// The first score.
    pub first: f64,
    /// The day of the first.
    pub first_on: Date,
    /// The last score.
    pub last: f64,
    /// The day of the last.
    pub last_on: Date,
    /// Whether the last lies outside the band of the first; nothing without a band or a second score.
    pub reliable: Option<bool>,
}

/// One target over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The target's id.
    pub target: String,
    /// The need that stands.
    pub need: Need,
    /// Its sessions in the order of their days.
    pub sessions: Vec<Mark>,
    /// The days on which something was observed, in order.
    pub observed_on: Vec<Date>,
    /// Its scores in the order of their days.
    pub scores: Vec<Score>,
}

impl Lane {
    /// How many of the lane's sessions stand how.
    pub fn tally(&self) -> Tally {
        let count = |kind| self.sessions.iter().filter(|mark| mark.kind == kind).count();
        Tally {
            planned: count(MarkKind::Planned),
            attended: count(MarkKind::Attended),
            part: count(MarkKind::Part),
            missed: count(MarkKind::Missed),
            made_up: count(MarkKind::MadeUp),
        }
    }

    /// What moved, a line a measure, in the order of their first scores.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for score in &self.scores {
            if changes.iter().any(|change| change.measure == score.measure) {
                continue;
            }
            let last = self.scores.iter().rev().find(|other| other.measure == score.measure).unwrap_or(score);
            let band = score.band.filter(|_| last.on > score.on);
            changes.push(Change {
                measure: score.measure.clone(),
                first: score.value,
                first_on: score.on,
                last: last.value,
                last_on: last.on,
                reliable: band.map(|band| last.value < band.low || last.value > band.high),
            });
        }
        changes
    }
}

/// Where the thread is torn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// The need is present, and no session of the case's track works on it.
    NoSession {
        /// The target.
        target: String,
    },
    /// Sessions work on a need that is present, and no measure tracks it.
    NoMeasure {
        /// The target.
        target: String,
        /// How many sessions.
        sessions: usize,
    },
    /// The need was judged without citing an observation.
    NoObservation {
        /// The target.
        target: String,
        /// What was judged.
        need: Need,
    },
    /// A goal is tied to no target of the programme.
    NoTarget {
        /// The goal.
        goal: Uuid,
    },
}

impl Gap {
    /// A stable code, for message keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSession { .. } => "no-session",
            Self::NoMeasure { .. } => "no-measure",
            Self::NoObservation { .. } => "no-observation",
            Self::NoTarget { .. } => "no-target",
        }
    }
}

/// The thread of a case: a lane a target, and where it is torn.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The first day shown.
    pub from: Date,
    /// The last day shown: the last thing on it, or today.
    pub to: Date,
    /// Today.
    pub today: Date,
    /// Starts of phases in the order of their days.
    pub phases: Vec<PhaseRule>,
    /// Lanes in the definition's order.
    pub lanes: Vec<Lane>,
    /// Where the thread is torn, by targets in the definition's order and then goals.
    pub gaps: Vec<Gap>,
}

impl Thread {
    /// The thread which these facts make.
    pub fn of(facts: &ThreadFacts<'_>) -> Self {
        let days = [facts.from, facts.today]
            .into_iter()
            .chain(facts.phases.iter().map(|phase| phase.on))
            .chain(facts.sessions.iter().map(|session| session.on))
            .chain(facts.observations.iter().map(|observation| observation.on))
            .chain(facts.scores.iter().map(|score| score.on));
        let (from, to) = days.fold((facts.from, facts.from), |(from, to), on| (from.min(on), to.max(on)));
        let mut phases = facts.phases.to_vec();
        phases.sort_by_key(|phase| phase.on);
        let lanes: Vec<Lane> = facts.targets.iter().map(|target| lane(target, facts)).collect();
        let mut gaps: Vec<Gap> = facts.targets.iter().zip(&lanes).flat_map(|(target, lane)| gaps_of(target, lane, facts)).collect();
        let tied = |goal: &&Goal| facts.targets.iter().any(|target| goal.targets.contains(&target.target));
        gaps.extend(facts.goals.iter().filter(|goal| !tied(goal)).map(|goal| Gap::NoTarget { goal: goal.id }));
        Self { from, to, today: facts.today, phases, lanes, gaps }
    }
}

fn lane(target: &TargetFact, facts: &ThreadFacts<'_>) -> Lane {
    let id = &target.target;
    let mark = |session: &SessionFact| Mark { session: session.session.clone(), on: session.on, kind: session.kind };
    let mut sessions: Vec<Mark> = facts.sessions.iter().filter(|one| one.targets.contains(id)).map(mark).collect();
    sessions.sort_by_key(|mark| mark.on);
    let mut observed_on: Vec<Date> = facts.observations.iter().filter(|one| one.targets.contains(id)).map(|one| one.on).collect();
    observed_on.sort_unstable();
    let tracks = |score: &&Score| facts.measures.iter().any(|measure| measure.measure == score.measure && measure.targets.contains(id));
    let mut scores: Vec<Score> = facts.scores.iter().filter(tracks).cloned().collect();
    scores.sort_by_key(|score| score.on);
    Lane { target: id.clone(), need: target.need, sessions, observed_on, scores }
}

fn gaps_of(target: &TargetFact, lane: &Lane, facts: &ThreadFacts<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let id = &target.target;
    if target.need == Need::Present && lane.sessions.is_empty() {
        gaps.push(Gap::NoSession { target: id.clone() });
    }
    let tracked = facts.measures.iter().any(|measure| measure.targets.contains(id));
    if target.need == Need::Present && !lane.sessions.is_empty() && !tracked {
        gaps.push(Gap::NoMeasure { target: id.clone(), sessions: lane.sessions.len() });
    }
    if target.need.is_judged() && target.cited == 0 {
        gaps.push(Gap::NoObservation { target: id.clone(), need: target.need });
    }
    gaps
}

#[cfg(test)]
mod tests;
