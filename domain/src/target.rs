//! Targets of a case: what was observed, what need was judged from it, and the goals that answer to it.
//!
//! A need that nobody judged is not yet assessed; it is never nought. Judgements are only ever added.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::codes::coded;
use crate::programme::{Model, Target};

coded! {
    /// Whether a target is a need of this person.
    pub enum Need {
        /// It is.
        Present = "present",
        /// It is not.
        Absent = "absent",
        /// It was looked at, and it cannot be told.
        Unclear = "unclear",
        /// Nobody has judged it yet.
        NotYetAssessed = "not-yet-assessed",
    }
}

impl Need {
    /// Whether somebody judged it.
    pub const fn is_judged(self) -> bool {
        !matches!(self, Self::NotYetAssessed)
    }
}

coded! {
    /// Where an observation comes from.
    pub enum Source {
        /// An interview.
        Interview = "interview",
        /// A file.
        File = "file",
        /// The score of a measure.
        Score = "score",
        /// A session of the programme.
        Session = "session",
    }
}

/// What an observation bears on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "kebab-case")]
pub enum Bears {
    /// A target of the programme.
    Target {
        /// Its id.
        id: String,
    },
    /// A construct of one of the five models.
    Construct {
        /// The model.
        model: Model,
        /// The construct's id.
        id: String,
    },
}

impl Bears {
    /// Whether this concerns a target: the target itself or a construct it stands for.
    pub fn concerns(&self, target: &Target) -> bool {
        match self {
            Self::Target { id } => *id == target.id,
            Self::Construct { model, id } => target.constructs.of(*model).contains(id),
        }
    }
}

/// Something observed. What was seen, in words, is sealed text of the store and not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// Its id.
    pub id: Uuid,
    /// Where it comes from.
    pub source: Source,
    /// The day it was made.
    pub observed_on: Date,
    /// Who made it.
    pub by: Uuid,
    /// What it bears on; at least one.
    pub bears: Vec<Bears>,
}

/// A need judged, with the observations it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The target's id.
    pub target: String,
    /// What was judged; never [`Need::NotYetAssessed`].
    pub need: Need,
    /// The day.
    pub judged_on: Date,
    /// Who judged.
    pub by: Uuid,
    /// Ids of the observations it cites; at least one.
    pub cites: Vec<Uuid>,
}

/// Why a judgement is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JudgementRefused {
    /// "Not yet assessed" is the absence of a judgement and cannot be judged.
    #[error("a judgement says present, absent or unclear")]
    NothingJudged,
    /// A judgement rests on at least one observation.
    #[error("a judgement cites at least one observation")]
    NoObservation,
    /// A cited observation does not exist in this case.
    #[error("the observation {0} is not one of this case")]
    UnknownObservation(Uuid),
    /// A cited observation has nothing to do with the target.
    #[error("the observation {observation} bears on neither the target nor its constructs")]
    DoesNotBear {
        /// The observation.
        observation: Uuid,
    },
    /// A cited observation was made after the judgement.
    #[error("the observation of {observed_on} is later than the judgement of {judged_on}")]
    ObservedLater {
        /// When it was observed.
        observed_on: Date,
        /// When it was judged.
        judged_on: Date,
    },
    /// A judgement cannot lie before the one it follows.
    #[error("the target was judged on {previous_on} already; {judged_on} lies before that")]
    BeforePrevious {
        /// The judgement before.
        previous_on: Date,
        /// The day given.
        judged_on: Date,
    },
    /// The day lies in the future.
    #[error("{judged_on} lies after today")]
    InFuture {
        /// The day given.
        judged_on: Date,
    },
}

/// The judgements of a case in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Judgements(Vec<Judgement>);

impl Judgements {
    /// What was stored, in its order.
    pub const fn stored(judgements: Vec<Judgement>) -> Self {
        Self(judgements)
    }

    /// Adds a judgement of `target`, which must be the one the judgement names; nothing before it is changed.
    pub fn judge(
        &mut self,
        target: &Target,
        judgement: Judgement,
        observations: &[Observation],
        today: Date,
    ) -> Result<(), JudgementRefused> {
        let judged_on = judgement.judged_on;
        if !judgement.need.is_judged() {
            return Err(JudgementRefused::NothingJudged);
        }
        if judged_on > today {
            return Err(JudgementRefused::InFuture { judged_on });
        }
        if judgement.cites.is_empty() {
            return Err(JudgementRefused::NoObservation);
        }
        for cited in &judgement.cites {
            let observation = observations.iter().find(|observation| observation.id == *cited);
            let observation = observation.ok_or(JudgementRefused::UnknownObservation(*cited))?;
            if !observation.bears.iter().any(|bears| bears.concerns(target)) {
                return Err(JudgementRefused::DoesNotBear { observation: *cited });
            }
            let observed_on = observation.observed_on;
            if observed_on > judged_on {
                return Err(JudgementRefused::ObservedLater { observed_on, judged_on });
            }
        }
        if let Some(previous) = self.current(&target.id).filter(|previous| previous.judged_on > judged_on) {
            return Err(JudgementRefused::BeforePrevious { previous_on: previous.judged_on, judged_on });
        }
        self.0.push(Judgement { target: target.id.clone(), ..judgement });
        Ok(())
    }

    /// The judgement that stands for a target.
    pub fn current(&self, target: &str) -> Option<&Judgement> {
        self.0.iter().rev().find(|judgement| judgement.target == target)
    }

    /// The need that stands for a target.
    pub fn need(&self, target: &str) -> Need {
        self.current(target).map_or(Need::NotYetAssessed, |judgement| judgement.need)
    }

    /// Every judgement of a target, the oldest first.
    pub fn history<'a>(&'a self, target: &'a str) -> impl Iterator<Item = &'a Judgement> {
        self.0.iter().filter(move |judgement| judgement.target == target)
    }

    /// How many of these targets have been judged.
    pub fn judged(&self, targets: &[Target]) -> usize {
        targets.iter().filter(|target| self.need(&target.id).is_judged()).count()
    }
}

/// A goal of the Good Lives Plan. Its words are the participant's, sealed text of the store and not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its id.
    pub id: Uuid,
    /// The primary good it serves: a construct of the Good Lives Model.
    pub good: String,
    /// Ids of the targets it is tied to; at least one.
    pub targets: BTreeSet<String>,
}

/// Why a goal is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GoalRefused {
    /// There are eleven primary goods; this is none of them.
    #[error("`{0}` is none of the primary goods")]
    UnknownGood(String),
    /// A goal is tied to at least one target.
    #[error("a goal is tied to at least one target")]
    NoTarget,
    /// The programme has no such target.
    #[error("the programme has no target `{0}`")]
    UnknownTarget(String),
}

impl Goal {
    /// A goal which serves a primary good and is tied to targets of the programme.
    pub fn new(id: Uuid, good: &str, targets: BTreeSet<String>, programme: &[Target]) -> Result<Self, GoalRefused> {
        if !Model::Glm.constructs().contains(&good) {
            return Err(GoalRefused::UnknownGood(good.to_owned()));
        }
        if targets.is_empty() {
            return Err(GoalRefused::NoTarget);
        }
        if let Some(unknown) = targets.iter().find(|id| !programme.iter().any(|target| target.id == **id)) {
            return Err(GoalRefused::UnknownTarget(unknown.clone()));
        }
        Ok(Self { id, good: good.to_owned(), targets })
    }
}

#[cfg(test)]
mod tests;
