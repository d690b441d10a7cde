//! What answers add up to.

use serde::{Deserialize, Serialize};

use super::instrument::{Instrument, Item, Method, MissingThen, Scale};

/// Why a scale has no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Refusal {
    /// Nothing was answered.
    NothingAnswered,
    /// More items are missing than the scale's rule allows.
    TooManyMissing {
        /// How many are.
        missing: u16,
        /// How many may be.
        at_most: u16,
    },
}

impl Refusal {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingAnswered => "nothing-answered",
            Self::TooManyMissing { .. } => "too-many-missing",
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingAnswered => f.write_str("nothing answered"),
            Self::TooManyMissing { missing, at_most } => write!(f, "{missing} items missing, at most {at_most} may be"),
        }
    }
}

/// A scale's outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The score, or why there is none.
    pub value: Result<f64, Refusal>,
    /// How many items are missing.
    pub missing: u16,
    /// Whether missing items were filled with the mean of the others.
    pub prorated: bool,
}

impl Instrument {
    /// The outcome of each scale, in order. `answers` are values by item, `None` for missing; a value that is not one of
    /// the item's makes the score meaningless, so values are checked where they are read (`Answers`).
    pub fn score(&self, answers: &[Option<f64>]) -> Vec<Score> {
        self.scales.iter().map(|scale| scale.score(&self.items, answers)).collect()
    }

    /// Indices into `alerts` of those that the answers raise.
    pub fn raised(&self, answers: &[Option<f64>]) -> Vec<usize> {
        let raises = |alert: &super::Alert| answers.get(alert.item).copied().flatten().is_some_and(|value| value >= alert.at_least);
        self.alerts.iter().enumerate().filter(|(_, alert)| raises(alert)).map(|(index, _)| index).collect()
    }
}

impl Scale {
    /// The scale's outcome.
    pub fn score(&self, items: &[Item], answers: &[Option<f64>]) -> Score {
        let (mut sum, mut answered) = (0.0, 0_u16);
        for index in &self.items {
            let (Some(item), Some(value)) = (items.get(*index), answers.get(*index).copied().flatten()) else { continue };
            let turned = if self.reversed.contains(index) { turned(item, value) } else { value };
            sum += self.cap.map_or(turned, |cap| turned.min(cap));
            answered += 1;
        }
        self.outcome(sum, answered)
    }

    /// The outcome of a sum over so many answered items.
    pub(super) fn outcome(&self, sum: f64, answered: u16) -> Score {
        let all = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        let missing = all - answered;
        let none = |refusal| Score { value: Err(refusal), missing, prorated: false };
        if answered == 0 {
            return none(Refusal::NothingAnswered);
        }
        let at_most = self.missing.at_most;
        if missing > at_most || (missing > 0 && self.missing.then == MissingThen::Refuse) {
            let at_most = if self.missing.then == MissingThen::Refuse { 0 } else { at_most };
            return none(Refusal::TooManyMissing { missing, at_most });
        }
        let mean = sum / f64::from(answered);
        let score = match self.method {
            Method::Mean => mean,
            Method::Sum | Method::Entered if missing == 0 => sum,
            Method::Sum | Method::Entered => mean * f64::from(all),
        };
        Score { value: Ok(score * self.times.unwrap_or(1.0)), missing, prorated: missing > 0 }
    }
}

/// The value with the scale of its answers turned round: the least for the greatest. Turning twice gives it back.
pub fn turned(item: &Item, value: f64) -> f64 {
    item.limits().map_or(value, |(low, high)| low + high - value)
}
