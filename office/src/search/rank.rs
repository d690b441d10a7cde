//! What was typed, and how well a case answers it.

use fairway_domain::naming::{CaseNumber, KeyKind, lookups, rank, words};

/// The most words of a search that are looked at.
const WORDS_MAX: usize = 5;
/// The most characters of a search.
pub const TYPED_MAX: usize = 120;

/// A search as it was typed, made ready.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words of a name or of an identifier, folded, without repeats.
    pub words: Vec<String>,
    /// Case numbers it may mean.
    pub numbers: Vec<String>,
    /// Whether it says a whole case number, and nothing else.
    pub is_number: bool,
}

impl Asked {
    /// Reads a search. Figures alone are a running number of this year or one of the four before.
    pub fn read(typed: &str, this_year: i16) -> Self {
        if let Ok(number) = typed.trim().parse::<CaseNumber>() {
            return Self { words: Vec::new(), numbers: vec![number.to_string()], is_number: true };
        }
        let mut found: Vec<String> = Vec::new();
        for word in words(typed) {
            if !found.contains(&word) && found.len() < WORDS_MAX {
                found.push(word);
            }
        }
        let running = match found.as_slice() {
            [only] if only.len() <= 7 => only.parse::<u32>().ok(),
            _ => None,
        };
        let numbers = running
            .map(|running| (0..5).filter_map(|back| CaseNumber::new(this_year - back, running)).map(|number| number.to_string()).collect())
            .unwrap_or_default();
        Self { words: found, numbers, is_number: false }
    }

    /// The word that narrows most: the longest.
    pub fn driver(&self) -> usize {
        (0..self.words.len()).max_by_key(|at| self.words.get(*at).map_or(0, |word| word.chars().count())).unwrap_or(0)
    }

    /// What to look up for each typed word: key, kind, the place of the word and the rank of what it finds.
    pub fn keys(&self) -> Vec<(String, KeyKind, usize, u8)> {
        self.words
            .iter()
            .enumerate()
            .flat_map(|(at, word)| lookups(word).into_iter().map(move |(key, rank)| (key.text, key.kind, at, rank)))
            .collect()
    }

    /// How well a text of names answers: the sum over the words typed, 0 for all of them exactly; words that match
    /// nothing here (an identifier was typed) count as exact, for the case was found by them.
    pub fn rank(&self, names: &str) -> u32 {
        let stored = words(names);
        self.words.iter().map(|typed| stored.iter().filter_map(|word| rank(typed, word)).min().map_or(0, u32::from)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_told_apart() {
        assert!(Asked::read("2026/143", 2026).is_number);
        assert_eq!(Asked::read(" 143/2026 ", 2026).numbers, ["2026-0143"]);
        let figures = Asked::read("143", 2026);
        assert_eq!((figures.numbers.len(), figures.numbers.first().map(String::as_str)), (5, Some("2026-0143")));
        assert_eq!(Asked::read("Tomás  tomas Ficticio", 2026).words, ["tomas", "ficticio"]);
        assert_eq!(Asked::read("", 2026), Asked::default());
    }

    #[test]
    fn the_exact_stands_before_a_beginning_and_a_slip() {
        let asked = Asked::read("tomas ficticio", 2026);
        assert_eq!(asked.rank("Tomás Ficticio"), 0);
        assert!(asked.rank("Tomás Ficticios") < asked.rank("Tomás Fictico"));
        assert_eq!(asked.driver(), 1);
    }
}
