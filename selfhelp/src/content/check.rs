//! Self-checks: questions, what the answers add up to, and kind words about the sum and its change.

use fairway_site::Language;
use serde::Deserialize;

use super::Words;

/// An answer that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Points.
    pub score: u8,
    /// Its words.
    pub text: Words,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its words.
    pub text: Words,
    /// From how many points the answer says that the visitor may be in danger from themselves.
    #[serde(skip)]
    pub danger_from: Option<u8>,
}

/// Words about a range of sums.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The lowest sum.
    pub from: u16,
    /// The highest sum.
    pub to: u16,
    /// What it says; links are written as in a step.
    pub text: Words,
    /// The place offered first after it, as in a link.
    pub way: Option<String>,
}

/// Words about change.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// When the sum is lower.
    pub lower: Words,
    /// When it is about the same.
    pub same: Words,
    /// When it is higher.
    pub higher: Words,
}

/// A self-check.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its id, which steps name.
    pub id: String,
    /// What it is called.
    pub title: Words,
    /// What it is and is not.
    pub intro: Words,
    /// The sentence above the questions, where an instrument has one.
    #[serde(skip)]
    pub stem: Option<Words>,
    /// The answers to choose from, the same for each question.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// The questions.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// What sums mean.
    pub readings: Vec<Reading>,
    /// What change means.
    pub change: Change,
    /// Up to which difference in points two sums count as about the same.
    pub same_within: u16,
}

/// How two sums differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Lower than before.
    Lower,
    /// About the same.
    Same,
    /// Higher than before.
    Higher,
}

impl Check {
    /// Reads the answers of a form: for each question the place of the chosen answer, or nothing.
    pub fn answers<'f>(&self, given: impl Fn(usize) -> Option<&'f str>) -> Vec<Option<u8>> {
        (0..self.questions.len())
            .map(|at| {
                let score = given(at)?.parse().ok()?;
                self.options.iter().any(|option| option.score == score).then_some(score)
            })
            .collect()
    }

    /// The sum; nothing when an answer is missing, since missing is not zero.
    pub fn sum(&self, answers: &[Option<u8>]) -> Option<u16> {
        if answers.len() != self.questions.len() {
            return None;
        }
        answers.iter().try_fold(0_u16, |sum, answer| Some(sum + u16::from((*answer)?)))
    }

    /// The highest possible sum.
    pub fn highest(&self) -> u16 {
        let most = self.options.iter().map(|option| u16::from(option.score)).max().unwrap_or(0);
        most * u16::try_from(self.questions.len()).unwrap_or(u16::MAX)
    }

    /// Whether an answer says that the visitor may be in danger from themselves. Unanswered questions do not hide it.
    pub fn danger(&self, answers: &[Option<u8>]) -> bool {
        self.questions
            .iter()
            .zip(answers)
            .any(|(question, answer)| question.danger_from.is_some_and(|from| answer.is_some_and(|given| given >= from)))
    }

    /// What is said about a sum.
    pub fn reading(&self, sum: u16) -> Option<&Reading> {
        self.readings.iter().find(|reading| (reading.from..=reading.to).contains(&sum))
    }

    /// How a sum differs from an earlier one.
    pub fn direction(&self, before: u16, now: u16) -> Direction {
        if before.abs_diff(now) <= self.same_within {
            Direction::Same
        } else if now < before {
            Direction::Lower
        } else {
            Direction::Higher
        }
    }

    /// The words about the change between two sums.
    pub fn changed(&self, before: u16, now: u16, language: Language) -> &str {
        match self.direction(before, now) {
            Direction::Lower => &self.change.lower,
            Direction::Same => &self.change.same,
            Direction::Higher => &self.change.higher,
        }
        .in_language(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Files, read};

    #[test]
    fn missing_is_not_zero_and_danger_is_seen_even_so() {
        let (content, _) = read(&Files::embedded());
        let check = content.check("phq-9").unwrap();
        let mut answers = vec![Some(0); 8];
        answers.push(Some(1));
        assert_eq!(check.sum(&answers), Some(1));
        answers[3] = None;
        assert_eq!(check.sum(&answers), None);
        assert!(check.danger(&answers));
        answers[8] = Some(0);
        assert!(!check.danger(&answers));
        assert_eq!(check.highest(), 27);
        // Six points are more than chance (test-retest), five are not.
        assert_eq!(check.direction(12, 7), Direction::Same);
        assert_eq!(check.direction(12, 6), Direction::Lower);
        assert_eq!(check.direction(6, 12), Direction::Higher);
        let worry = content.check("gad-7").unwrap();
        assert_eq!((worry.direction(10, 7), worry.direction(10, 6)), (Direction::Same, Direction::Lower));
        for check in &content.checks {
            for sum in 0..=check.highest() {
                for language in &content.languages {
                    assert!(
                        check.reading(sum).is_some_and(|reading| !reading.text.in_language(*language).is_empty()),
                        "{} says nothing about {sum}",
                        check.id
                    );
                }
            }
        }
    }
}
