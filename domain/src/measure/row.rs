//! A person's answers as a table gives them, and scales made ready to score many such rows.

use super::instrument::{Instrument, Item};
use super::score::Score;

/// A code that stands for no answer, after those of the digits.
const NONE: u8 = 10;
/// A code that stands for an answer which is not one digit: it is among the others.
const OTHER: u8 = 11;
const CODES: usize = 12;

/// One line, read; kept from line to line. Nearly all answers are one digit, so that each is kept as a code of one byte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// As the table names the person; empty where it does not.
    pub id: Vec<u8>,
    codes: Vec<u8>,
    others: Vec<f64>,
}

impl Row {
    /// A row of so many items, none answered.
    pub fn empty(items: usize) -> Self {
        Self { id: Vec::new(), codes: vec![NONE; items], others: vec![0.0; items] }
    }

    /// A person's answers, by item.
    pub fn of(id: &[u8], answers: &[Option<f64>]) -> Self {
        let mut row = Self { id: id.to_vec(), ..Self::empty(answers.len()) };
        for (index, value) in answers.iter().enumerate() {
            row.set(index, *value);
        }
        row
    }

    /// The answers, by item.
    pub fn values(&self) -> Vec<Option<f64>> {
        (0..self.codes.len()).map(|index| self.value(index)).collect()
    }

    fn value(&self, index: usize) -> Option<f64> {
        match *self.codes.get(index)? {
            OTHER => self.others.get(index).copied(),
            NONE => None,
            digit => Some(f64::from(digit)),
        }
    }

    /// Notes an answer of one digit, or none.
    pub(super) fn answer(&mut self, index: usize, digit: Option<u8>) {
        if let Some(code) = self.codes.get_mut(index) {
            *code = digit.unwrap_or(NONE);
        }
    }

    /// Notes any answer.
    pub(super) fn set(&mut self, index: usize, value: Option<f64>) {
        let (Some(code), Some(other)) = (self.codes.get_mut(index), self.others.get_mut(index)) else { return };
        #[expect(clippy::float_cmp, reason = "a digit is exact")]
        match value {
            None => *code = NONE,
            Some(value) => {
                *code = (0..NONE).find(|digit| f64::from(*digit) == value).unwrap_or(OTHER);
                *other = value;
            }
        }
    }
}

/// What a scale's answers come to before its rule for missing ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tally {
    /// One of a scale's few sums of whole numbers: its place, below `Ready::places`. The same place has the same outcome.
    Place(usize),
    /// Any other sum.
    Sum {
        /// The sum of the answered items.
        sum: f64,
        /// How many those are.
        answered: u16,
    },
}

/// A part's answers in one number: the sum in the low bits, then how many were answered, then how many have no place.
const ANSWERED: u32 = 1 << 16;
const NO_PLACE: u32 = 1 << 24;

/// A scale made ready to score many people: what would be looked up for each of them is looked up once.
#[derive(Debug)]
pub struct Ready<'a> {
    scale: &'a super::Scale,
    parts: Vec<Part>,
    /// The greatest sum of digits, and one.
    sums: u32,
}

/// An item within a scale.
#[derive(Debug)]
struct Part {
    index: usize,
    /// What the answer is taken from when it is turned round.
    turned: Option<f64>,
    /// By code: what it adds.
    adds: [u32; CODES],
}

impl<'a> Ready<'a> {
    /// Makes every scale of the instrument ready.
    pub fn all(instrument: &'a Instrument) -> Vec<Self> {
        instrument.scales.iter().map(|scale| Self::of(instrument, scale)).collect()
    }

    fn of(instrument: &'a Instrument, scale: &'a super::Scale) -> Self {
        let few = scale.items.len() < 255;
        let part = |index: &usize| {
            let limits = instrument.items.get(*index).and_then(Item::limits).filter(|_| scale.reversed.contains(index));
            let mut part = Part { index: *index, turned: limits.map(|(low, high)| low + high), adds: [NO_PLACE; CODES] };
            part.adds[usize::from(NONE)] = 0;
            for digit in 0..NONE {
                // A value is within a digit's reach if it is a small whole number: 255 of them stay below 2^16.
                let value = part.counts(scale, f64::from(digit));
                let whole = (0..=u8::MAX).find(|whole| (f64::from(*whole) - value).abs() < f64::EPSILON).filter(|_| few);
                if let Some(whole) = whole {
                    part.adds[usize::from(digit)] = ANSWERED + u32::from(whole);
                }
            }
            part
        };
        let parts: Vec<Part> = scale.items.iter().map(part).collect();
        let greatest = |part: &Part| part.adds.iter().map(|adds| adds & (ANSWERED - 1)).max().unwrap_or(0);
        let sums = parts.iter().map(greatest).sum::<u32>() + 1;
        Self { scale, parts, sums }
    }

    /// The scale.
    pub fn scale(&self) -> &'a super::Scale {
        self.scale
    }

    /// How many places a tally may have.
    pub fn places(&self) -> usize {
        (self.parts.len() + 1) * self.sums as usize
    }

    /// What the row's answers come to.
    pub fn tally(&self, row: &Row) -> Tally {
        let mut all = 0;
        for part in &self.parts {
            let code = row.codes.get(part.index).copied().unwrap_or(NONE);
            all += part.adds[usize::from(code) % CODES];
        }
        if all < NO_PLACE {
            let (answered, sum) = (all / ANSWERED, all % ANSWERED);
            return Tally::Place((answered * self.sums + sum) as usize);
        }
        let (mut sum, mut answered) = (0.0, 0);
        for part in &self.parts {
            if let Some(value) = row.value(part.index) {
                sum += part.counts(self.scale, value);
                answered += 1;
            }
        }
        Tally::Sum { sum, answered }
    }

    /// The outcome of a tally.
    pub fn outcome(&self, tally: Tally) -> Score {
        match tally {
            Tally::Sum { sum, answered } => self.scale.outcome(sum, answered),
            Tally::Place(place) => {
                let (answered, sum) = (place / self.sums as usize, place % self.sums as usize);
                let sum = u32::try_from(sum).map_or(0.0, f64::from);
                self.scale.outcome(sum, u16::try_from(answered).unwrap_or(u16::MAX))
            }
        }
    }

    /// The same as `Scale::score`.
    pub fn score(&self, row: &Row) -> Score {
        self.outcome(self.tally(row))
    }
}

impl Part {
    /// What an answer counts: turned round where it is, and not above the scale's cap.
    fn counts(&self, scale: &super::Scale, value: f64) -> f64 {
        let value = self.turned.map_or(value, |from| from - value);
        scale.cap.map_or(value, |cap| value.min(cap))
    }
}
