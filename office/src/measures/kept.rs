//! What of a response is kept, sealed under the case's key: the answers, and what they added up to on the day.

use fairway_domain::measure::{Answers, Instrument, Refusal};
use serde::{Deserialize, Serialize};

/// Answers and scores together. Scores are kept as they were told, so that no later version of a scoring changes what a
/// report said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The answers.
    pub answers: Answers,
    /// A line a scale, in the instrument's order.
    pub scores: Vec<KeptScore>,
}

/// A scale's outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptScore {
    /// The scale's id.
    pub scale: String,
    /// The score, if there is one.
    pub score: Option<f64>,
    /// Why there is none.
    pub refused: Option<Refusal>,
    /// How many items are missing.
    pub missing: u16,
    /// Whether they were pro-rated.
    pub prorated: bool,
}

impl Kept {
    /// Scores the answers.
    pub fn of(instrument: &Instrument, answers: Answers) -> Self {
        let scores = instrument
            .score(&answers.values)
            .into_iter()
            .zip(&instrument.scales)
            .map(|(score, scale)| KeptScore {
                scale: scale.id.clone(),
                score: score.value.ok(),
                refused: score.value.err(),
                missing: score.missing,
                prorated: score.prorated,
            })
            .collect();
        Self { answers, scores }
    }

    /// The outcome of a scale.
    pub fn score(&self, scale: &str) -> Option<&KeptScore> {
        self.scores.iter().find(|score| score.scale == scale)
    }
}
