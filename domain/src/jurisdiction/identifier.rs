//! Whether an identifier has the shape its register gives it.
//!
//! A pattern is a small part of what regular expressions can say, and enough for registers: characters, sets such as
//! `[A-Z0-9]`, and repetitions `?`, `*`, `+`, `{n}`, `{n,m}`. Matching it takes time in proportion to the value.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{CheckRule, IdentifierRule};

/// The most characters a value may have.
const VALUE_MAX: usize = 64;

/// The shape of an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    written: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    allowed: Vec<(char, char)>,
    least: usize,
    most: usize,
}

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the pattern `{0}` is not understood; use characters, sets like [A-Z0-9] and repetitions ?, *, +, {{n}}, {{n,m}}")]
pub struct PatternRefused(pub String);

/// Why an identifier is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdentifierRefused {
    /// It has not the shape.
    #[error("this is not the shape of such an identifier")]
    Shape,
    /// Its check letter is another.
    #[error("the check letter should be {expected}")]
    CheckLetter {
        /// What it should be.
        expected: char,
    },
}

impl Pattern {
    /// The pattern as the file writes it; browsers understand it in a form's `pattern` attribute.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether the whole value has this shape.
    pub fn matches(&self, value: &str) -> bool {
        let letters: Vec<char> = value.chars().take(VALUE_MAX + 1).collect();
        if letters.len() > VALUE_MAX {
            return false;
        }
        // Every place in the value at which the parts so far may end.
        let mut ends = BTreeSet::from([0_usize]);
        for part in &self.parts {
            let mut next = BTreeSet::new();
            for start in ends {
                let run = letters.iter().skip(start).take(part.most).take_while(|c| part.allows(**c)).count();
                next.extend((part.least..=run).map(|length| start + length));
            }
            ends = next;
        }
        ends.contains(&letters.len())
    }
}

impl Part {
    fn allows(&self, c: char) -> bool {
        self.allowed.iter().any(|(from, to)| (*from..=*to).contains(&c))
    }
}

impl FromStr for Pattern {
    type Err = PatternRefused;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let parts = parts(written).ok_or_else(|| PatternRefused(written.to_owned()))?;
        Ok(Self { written: written.to_owned(), parts })
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternRefused;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        written.parse()
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.written
    }
}

fn parts(written: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = written;
    while let Some(first) = rest.chars().next() {
        let (allowed, after) = match first {
            '[' => {
                let (set, after) = rest.get(1..)?.split_once(']')?;
                (ranges(set)?, after)
            }
            '(' | ')' | '|' | '^' | '$' | '.' | '\\' | '?' | '*' | '+' | '{' | '}' | ']' => return None,
            literal => (vec![(literal, literal)], rest.get(literal.len_utf8()..)?),
        };
        let ((least, most), after) = repetition(after)?;
        parts.push(Part { allowed, least, most });
        rest = after;
    }
    (!parts.is_empty()).then_some(parts)
}

fn ranges(set: &str) -> Option<Vec<(char, char)>> {
    let letters: Vec<char> = set.chars().collect();
    if letters.is_empty() || letters.first() == Some(&'^') || letters.contains(&'\\') || letters.contains(&'[') {
        return None;
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(from) = letters.get(at) {
        match (letters.get(at + 1), letters.get(at + 2)) {
            (Some('-'), Some(to)) if from <= to => {
                ranges.push((*from, *to));
                at += 3;
            }
            (Some('-'), Some(_)) => return None,
            _ => {
                ranges.push((*from, *from));
                at += 1;
            }
        }
    }
    Some(ranges)
}

fn repetition(after: &str) -> Option<((usize, usize), &str)> {
    let rest = after.get(1..);
    match after.chars().next() {
        Some('?') => Some(((0, 1), rest?)),
        Some('*') => Some(((0, VALUE_MAX), rest?)),
        Some('+') => Some(((1, VALUE_MAX), rest?)),
        Some('{') => {
            let (bounds, after) = rest?.split_once('}')?;
            let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
            let (least, most): (usize, usize) = (least.parse().ok()?, most.parse().ok()?);
            (least <= most && most <= VALUE_MAX).then_some(((least, most), after))
        }
        _ => Some(((1, 1), after)),
    }
}

impl IdentifierRule {
    /// The value as it is kept: upper-cased and without spaces. Refused when it has not the shape or its check letter
    /// is wrong.
    pub fn tidy(&self, value: &str) -> Result<String, IdentifierRefused> {
        let tidy: String = value.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        if !self.pattern.matches(&tidy) {
            return Err(IdentifierRefused::Shape);
        }
        match self.check {
            Some(rule) => rule.check(&tidy).map(|()| tidy),
            None => Ok(tidy),
        }
    }
}

impl CheckRule {
    /// Checks the last letter of a value of nine characters.
    fn check(self, value: &str) -> Result<(), IdentifierRefused> {
        const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
        let (number, letter) = value.split_at_checked(8).ok_or(IdentifierRefused::Shape)?;
        let digits = match self {
            Self::EsDni => number.to_owned(),
            Self::EsNie => {
                let (first, rest) = number.split_at_checked(1).ok_or(IdentifierRefused::Shape)?;
                let first = ["X", "Y", "Z"].iter().position(|x| *x == first).ok_or(IdentifierRefused::Shape)?;
                format!("{first}{rest}")
            }
        };
        let number: usize = digits.parse().map_err(|_| IdentifierRefused::Shape)?;
        let expected = LETTERS.get(number % LETTERS.len()).map_or('?', |byte| char::from(*byte));
        if letter.chars().eq([expected]) { Ok(()) } else { Err(IdentifierRefused::CheckLetter { expected }) }
    }
}
